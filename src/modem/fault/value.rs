//! Why a value cannot be put into a command: as data, so that the window can say it in either language.

use thiserror::Error;

use crate::mqtt::TopicError;

/// What is wrong with a value. Each text says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ValueFault {
    /// There is nothing in it.
    Empty,
    /// More bytes than the module takes.
    TooLong {
        /// How many it has.
        bytes: usize,
        /// How many are allowed.
        limit: usize,
        /// Who says so.
        origin: &'static str,
    },
    /// A number outside what the module takes.
    OutOfRange {
        /// The number.
        value: u64,
        /// The lowest that is taken.
        lowest: u64,
        /// The highest that is taken.
        highest: u64,
    },
    /// A quotation mark, plain or of another script: it ends the argument, or makes the module fail later.
    Quote {
        /// The mark.
        mark: char,
    },
    /// A character that acts or that nobody sees.
    Invisible {
        /// The character.
        character: char,
    },
    /// Something that belongs to a URL and not to a name: a scheme, a port, a path, a comma.
    NotAName {
        /// What does not belong there, as it was written.
        found: String,
    },
    /// A blank where none may be.
    Blank,
    /// A control character or a line end in a typed line.
    Control,
    /// A typed command that asks for data.
    WantsData,
    /// Bytes where the module takes only text.
    NotText,
    /// A file without contents.
    NoContents {
        /// Name of the file.
        name: String,
    },
    /// Something that must be digits is not.
    NotDigits {
        /// Fewest digits.
        lowest: usize,
        /// Most digits.
        highest: usize,
    },
    /// Not a name of a setting that this module has.
    UnknownName,
    /// No topic or topic filter.
    Topic(#[from] TopicError),
}
