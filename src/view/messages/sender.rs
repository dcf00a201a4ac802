//! Who sends what the composer holds.

/// Who sends what the composer holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sender {
    /// The module.
    #[default]
    Module,
    /// The client on this computer.
    Here,
}

impl Sender {
    /// Both, in the order of the choice.
    pub const ALL: [Self; 2] = [Self::Module, Self::Here];

    /// The name of its word in the language files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Module => "sender-module",
            Self::Here => "sender-here",
        }
    }
}
