//! The tabs of a message.

/// A way to look at a payload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PayloadForm {
    /// Text with visible tokens.
    #[default]
    Text,
    /// A tree of JSON values.
    Json,
    /// Offset, bytes, characters.
    Hex,
    /// Base64 of RFC 4648.
    Base64,
    /// The messages of the same topic, and what this one changed.
    History,
}

impl PayloadForm {
    /// All forms in the order of their tabs.
    pub const ALL: [Self; 5] = [Self::Text, Self::Json, Self::Hex, Self::Base64, Self::History];
}
