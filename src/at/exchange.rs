//! One AT dialogue as data: its line, the data after a prompt, how it ends and how long each part may take.

use std::{borrow::Cow, fmt, time::Duration};

use super::{
    reply::Final,
    text::{CommandLine, MASK, visible},
};

/// One AT dialogue.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The command.
    pub line: CommandLine,
    /// Which lines are information of its answer.
    pub info: Info,
    /// How long the final result may take, from the last byte of command or data.
    pub limit: Duration,
    /// Raw bytes the modem asks for with a prompt.
    pub data: Option<Data>,
    /// Raw bytes the modem prints before its final result.
    pub block: Option<RawBlock>,
    /// What must come after `OK` before the outcome is known, in order.
    pub words: &'static [Word],
    /// Lines other than the usual final results that end this command's answer.
    pub own_final: fn(&str) -> Option<Final>,
    /// What becomes of it when it is not answered in time.
    pub unanswered: Unanswered,
    /// Whether words come in the order of the commands and never before `OK`: one that does may be an older command's.
    pub is_ordered: bool,
}

/// What becomes of a dialogue that is not answered in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// The modem is sounded with `AT`.
    Sounded,
    /// Nothing.
    Left,
    /// The same is sent again until it is answered: then the answers of those before may still come.
    Repeated,
    /// Somebody else sends it, and decides; its data may go unseen.
    Watched,
}

/// Bytes that go out after the prompt.
#[derive(Clone, PartialEq, Eq)]
pub struct Data {
    /// The bytes, nothing added.
    pub bytes: Vec<u8>,
    /// Whether only the wire may see them, as with a private key.
    pub is_secret: bool,
    /// How long the prompt may take.
    pub limit: Duration,
    /// How long a modem whose prompt was not seen may go on waiting for the bytes. Until then nothing else may be
    /// sent: it would be taken for them.
    pub hold: Duration,
}

/// Raw bytes in an answer that announces no length: the caller knows it.
#[derive(Clone, Copy, Debug)]
pub struct RawBlock {
    /// How many.
    pub bytes: usize,
    /// Whether they are hidden from people.
    pub is_secret: bool,
    /// Whether a line before the bytes or between them is none of them: an echo, a final result, a report.
    pub is_line: fn(&[u8]) -> bool,
    /// Whether a line ends the answer.
    pub is_end: fn(&[u8]) -> bool,
}

impl Data {
    /// The bytes for people: visible, or only their number.
    pub fn masked(&self) -> String {
        if self.is_secret { format!("{MASK} ({} bytes)", self.bytes.len()) } else { visible(&self.bytes).into_owned() }
    }
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Data({:?})", self.masked())
    }
}

/// A line that tells the outcome of an accepted command.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The line hoped for.
    pub expected: &'static str,
    /// How long it may take, from `OK` or from the word before it.
    pub limit: Duration,
    /// What a line means while this is awaited; `None` when nothing.
    pub judge: fn(&str) -> Option<Verdict>,
}

/// What a line means to an awaited word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the word.
    Good,
    /// It says that the word will not come.
    Bad,
    /// It belongs to the answer but decides nothing.
    Remark,
}

/// Which lines are information of an answer.
#[derive(Clone, Debug)]
pub enum Info {
    /// None.
    Nothing,
    /// Those that begin so.
    Prefix(Cow<'static, str>),
    /// Those for which the function holds.
    Where(fn(&str) -> bool),
    /// Those that begin so, and those for which the function holds.
    PrefixOr(String, fn(&str) -> bool),
}

impl Info {
    /// Whether `line` is information of the answer.
    pub fn covers(&self, line: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Prefix(prefix) => line.starts_with(prefix.as_ref()),
            Self::Where(holds) => holds(line),
            Self::PrefixOr(prefix, holds) => line.starts_with(prefix.as_str()) || holds(line),
        }
    }
}

impl Exchange {
    /// A command that ends with its final result and shows no information.
    pub fn new(line: CommandLine, limit: Duration) -> Self {
        Self {
            line,
            info: Info::Nothing,
            limit,
            data: None,
            block: None,
            words: &[],
            own_final: |_| None,
            unanswered: Unanswered::Sounded,
            is_ordered: false,
        }
    }

    /// With information lines.
    #[must_use]
    pub fn with_info(mut self, info: Info) -> Self {
        self.info = info;
        self
    }

    /// With words to await after `OK`.
    #[must_use]
    pub const fn with_words(mut self, words: &'static [Word]) -> Self {
        self.words = words;
        self
    }

    /// With data to send after a prompt.
    #[must_use]
    pub fn with_data(mut self, data: Data) -> Self {
        self.data = Some(data);
        self
    }

    /// With raw bytes in the answer.
    #[must_use]
    pub const fn with_block(mut self, block: RawBlock) -> Self {
        self.block = Some(block);
        self
    }

    /// With final results of its own.
    #[must_use]
    pub const fn with_own_final(mut self, own_final: fn(&str) -> Option<Final>) -> Self {
        self.own_final = own_final;
        self
    }

    /// One that may stay unanswered without further ado.
    #[must_use]
    pub const fn unsounded(mut self) -> Self {
        self.unanswered = Unanswered::Left;
        self
    }

    /// One that is sent again when it stays unanswered, until it is not.
    #[must_use]
    pub const fn repeated(mut self) -> Self {
        self.unanswered = Unanswered::Repeated;
        self
    }

    /// One that somebody else sends, who decides alone how long to wait.
    #[must_use]
    pub const fn watched(mut self) -> Self {
        self.unanswered = Unanswered::Watched;
        self
    }

    /// One whose words do not come before `OK`.
    #[must_use]
    pub const fn ordered(mut self) -> Self {
        self.is_ordered = true;
        self
    }
}
