//! Why a value cannot be put into a command: as data, so that the window can say it in either language.

use thiserror::Error;

use crate::mqtt::TopicError;

/// What is wrong with a value. Each text says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ValueFault {
    /// There is nothing in it.
    #[error("it is empty; write at least one character")]
    Empty,
    /// More bytes than the module takes.
    #[error("it has {bytes} bytes; the module takes at most {limit} ({origin})")]
    TooLong {
        /// How many it has.
        bytes: usize,
        /// How many are allowed.
        limit: usize,
        /// Who says so.
        origin: &'static str,
    },
    /// A number outside what the module takes.
    #[error("{value} is outside {lowest} to {highest}")]
    OutOfRange {
        /// The number.
        value: u64,
        /// The lowest that is taken.
        lowest: u64,
        /// The highest that is taken.
        highest: u64,
    },
    /// A quotation mark, plain or of another script: it ends the argument, or makes the module fail later.
    #[error("it holds the quotation mark {mark}, which breaks the command; remove it")]
    Quote {
        /// The mark.
        mark: char,
    },
    /// A character that acts or that nobody sees.
    #[error("it holds the invisible character U+{:04X}, often from copying; remove it", u32::from(*character))]
    Invisible {
        /// The character.
        character: char,
    },
    /// Something that belongs to a URL and not to a name: a scheme, a port, a path, a comma.
    #[error("it holds {found}; write only the name or the address, and the port in its own field")]
    NotAName {
        /// What does not belong there, as it was written.
        found: String,
    },
    /// A blank where none may be.
    #[error("it holds a blank; write only the name or the address")]
    Blank,
    /// A control character or a line end in a typed line.
    #[error("it holds a control character or a line end; send one line at a time")]
    Control,
    /// A typed command that asks for data.
    #[error("it waits for data after a prompt, which a typed line cannot give; use the page for it")]
    WantsData,
    /// Bytes where the module takes only text.
    #[error("it is no plain text; the module takes only text here")]
    NotText,
    /// A file without contents.
    #[error("{name} has no contents; choose the right file")]
    NoContents {
        /// Name of the file.
        name: String,
    },
    /// Something that must be digits is not.
    #[error("it must be {lowest} to {highest} digits")]
    NotDigits {
        /// Fewest digits.
        lowest: usize,
        /// Most digits.
        highest: usize,
    },
    /// Not a name of a setting that this module has.
    #[error("the module has no setting of this name")]
    UnknownName,
    /// No topic or topic filter.
    #[error(transparent)]
    Topic(#[from] TopicError),
}
