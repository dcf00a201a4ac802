//! What was in something closed.

use openssl::pkey::{PKey, Private};

/// What was in a container.
#[derive(Default)]
pub(super) struct Contents {
    /// DER.
    pub(super) certificates: Vec<Vec<u8>>,
    pub(super) keys: Vec<PKey<Private>>,
}
