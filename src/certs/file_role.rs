//! What a file shall be.

/// What a file is set as on the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileRole {
    /// `cacert`.
    Authority,
    /// `clientcert`.
    ClientCertificate,
    /// `clientkey`.
    ClientKey,
}
