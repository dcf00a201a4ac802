//! Sizes the module accepts (reference, section 16).

/// Most bytes of a client id, user name, password, topic or will topic.
pub const FIELD_BYTES: usize = 256;
/// Most bytes of a will message.
pub const WILL_BYTES: usize = 1_360;
/// Most bytes of the quoted message of `AT+MPUB`, after escaping (the vendor's tutorial).
pub const MPUB_BYTES: usize = 2_384;
/// Most bytes of the data of `AT+MPUBEX` (the vendor's tutorial).
pub const MPUBEX_BYTES: usize = 4_100;
/// Most bytes of a payload that arrives in direct mode (the vendor's tutorial).
pub const DIRECT_BYTES: usize = 1_360;
