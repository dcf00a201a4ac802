//! Final result codes, and how an exchange ended.

use std::{fmt, time::Duration};

use crate::time::Moment;

/// The line with which a modem ends its answer to a command (reference, section 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Final {
    /// `OK`.
    Ok,
    /// `ERROR`.
    Error,
    /// `+CME ERROR: n`.
    Cme(u32),
    /// `+CMS ERROR: n`.
    Cms(u32),
    /// `+CME ERROR:` with words instead of a number, as with `AT+CMEE=2`.
    CmeText(String),
}

impl Final {
    /// The final result that `line` is, if it is one.
    pub fn parse(line: &str) -> Option<Self> {
        match line {
            "OK" => return Some(Self::Ok),
            "ERROR" => return Some(Self::Error),
            _ => {}
        }
        if let Some(code) = line.strip_prefix("+CMS ERROR:") {
            return Some(code.trim().parse().map_or(Self::Error, Self::Cms));
        }
        let code = line.strip_prefix("+CME ERROR:")?.trim();
        Some(code.parse().map_or_else(|_| Self::CmeText(code.to_owned()), Self::Cme))
    }
}

/// How an exchange ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// As hoped for.
    Done,
    /// With a final result other than `OK`.
    Refused(Final),
    /// Accepted, but then the wrong line came.
    Bad {
        /// The line hoped for.
        expected: &'static str,
        /// The line that came.
        got: String,
    },
    /// Nothing that ends it came in time.
    TimedOut {
        /// What was awaited.
        expected: &'static str,
        /// How long.
        after: Duration,
    },
}

/// One exchange that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The command, secrets masked.
    pub command: String,
    /// Information and deciding lines in order, secrets masked.
    pub answer: Vec<String>,
    /// When the last byte of the command was handed to the link.
    pub sent_at: Moment,
    /// When its `OK` (or refusal) came.
    pub accepted_at: Option<Moment>,
    /// When it ended.
    pub ended_at: Moment,
    /// The raw bytes of the answer, when all of them came.
    pub block: Option<Block>,
    /// How many bytes of data went out after the prompt; `None` for a command without data.
    pub data_sent: Option<usize>,
    /// A line that nobody knows, but for a byte or two the one that was awaited.
    pub unreadable: Option<String>,
    /// Why the connection ended.
    pub end: End,
}

/// Raw bytes of an answer. `Debug` shows only how many: they may be a key.
#[derive(Clone, PartialEq, Eq)]
pub struct Block(pub Vec<u8>);

impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Block({} bytes)", self.0.len())
    }
}

impl Ended {
    /// The line that decided, or nothing when silence did.
    pub fn deciding_line(&self) -> &str {
        match self.end {
            End::TimedOut { .. } => "",
            _ => self.answer.last().map_or("", String::as_str),
        }
    }

    /// From the command's last byte to the end.
    pub fn took(&self) -> Duration {
        self.ended_at.since(self.sent_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn final_results_are_whole_lines() {
        let table = [
            ("OK", Some(Final::Ok)),
            ("ERROR", Some(Final::Error)),
            ("+CME ERROR: 767", Some(Final::Cme(767))),
            ("+CME ERROR:10", Some(Final::Cme(10))),
            ("+CMS ERROR: 500", Some(Final::Cms(500))),
            ("+CME ERROR: SIM not inserted", Some(Final::CmeText("SIM not inserted".into()))),
            ("CONNECT OK", None),
            ("OK then", None),
            ("TCP ERROR:11", None),
            ("", None),
        ];
        for (line, expected) in table {
            assert_eq!(Final::parse(line), expected, "{line:?}");
        }
    }
}
