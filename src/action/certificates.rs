//! What the Certificates page may ask.

use crate::view::files::FileRole;

/// What the Certificates page may ask; pages with TLS fields ask it too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificatesAction {
    /// Name the demonstration's throw-away certificates in the profile, and make them first when there are none.
    UseDemo,
    /// Read all files of the profile again.
    ReadAgain,
    /// Open a file dialog for one place.
    Pick(FileRole),
}
