//! What passed on the wire: lines, dialogues, messages.

use std::time::Duration;

use crate::{
    air780e::verb::Line,
    at::text::visible,
    modem::{request::RequestId, step::Step},
    mqtt::Message,
    time::Moment,
};

use super::Fault;

/// What a line of the conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WireKind {
    /// A command we sent.
    Sent,
    /// Data we sent after a prompt.
    SentData,
    /// The modem's echo of our command.
    Echo,
    /// Part of the answer to the running command.
    Answer,
    /// The `>` that asks for data.
    Prompt,
    /// An answer that came after its exchange had been given up.
    Late,
    /// A line that came unasked and is known.
    Unsolicited,
    /// A line nobody asked for and nobody knows.
    Unrecognised,
}

impl WireKind {
    /// Whether we sent it, or the modem repeats what we sent.
    pub const fn is_ours(self) -> bool {
        matches!(self, Self::Sent | Self::SentData | Self::Echo)
    }

    /// Appends `bytes` with the line ends that such a line has on the wire (reference, section 1).
    pub fn put_on_wire(self, bytes: &[u8], into: &mut Vec<u8>) {
        into.extend_from_slice(bytes);
        match self {
            Self::Sent => into.push(b'\r'),
            Self::Echo => into.extend_from_slice(b"\r\r\n"),
            Self::SentData | Self::Prompt => {}
            _ => into.extend_from_slice(b"\r\n"),
        }
    }
}

/// One line of the conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireLine {
    /// When its last byte passed.
    pub at: Moment,
    /// What it is.
    pub kind: WireKind,
    /// Its text without line end, secrets masked. Bytes that are not UTF-8 and control characters stand
    /// as visible tokens such as `<1A>`.
    pub text: String,
    /// Its exact bytes without line end, where the text shows them as tokens; never with a secret among them.
    pub bytes: Option<Box<[u8]>>,
}

impl WireLine {
    /// A line whose text says its bytes.
    pub const fn plain(at: Moment, kind: WireKind, text: String) -> Self {
        Self { at, kind, text, bytes: None }
    }

    /// The line, with the bytes that its text may show as tokens. A text that hides more than that keeps them out.
    pub fn of_bytes(at: Moment, kind: WireKind, text: String, bytes: &[u8]) -> Self {
        let is_token_only = text.as_bytes() != bytes && visible(bytes) == text;
        Self { at, kind, text, bytes: is_token_only.then(|| bytes.into()) }
    }
}

/// One AT dialogue from its command to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeRecord {
    /// The request that caused it; `None` for the core's own polling.
    pub request: Option<RequestId>,
    /// Its place in the plan, when it has one.
    pub step: Option<Step>,
    /// The command, secrets masked.
    pub command: Line,
    /// Information and deciding lines, secrets masked.
    pub answer: Vec<String>,
    /// When the last byte of the command was handed to the link.
    pub sent_at: Moment,
    /// When the final result (`OK`, `ERROR`, …) came; `None` when it never did.
    pub accepted_at: Option<Moment>,
    /// When the dialogue ended.
    pub ended_at: Moment,
    /// How it ended.
    pub result: Result<(), Fault>,
    /// It did not end well, and whoever asked did not mind: a probe, a clearing away, or a command that is asked again.
    pub is_forgiven: bool,
    /// The data behind its prompt; `None` for a command without data.
    pub data: Option<DataCount>,
    /// A line that came meanwhile and that nobody knows: the awaited one but for a byte or two, damaged on the way.
    pub unreadable: Option<String>,
}

/// How many bytes went out after a prompt (reference, sections 8 and 11.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataCount {
    /// What the command announced; `None` when a mark or a pause ends the data.
    pub announced: Option<usize>,
    /// What was seen to go out before the command's end, the surplus included. 0 also when a recording does not show it.
    pub sent: usize,
    /// The data that were seen end in a command: whoever sent it did not know that the module still took data.
    pub ends_in_command: bool,
}

impl DataCount {
    /// Bytes beyond what was announced: they fell into the command parser.
    pub fn surplus(self) -> usize {
        self.announced.map_or(0, |announced| self.sent.saturating_sub(announced))
    }

    /// Bytes that the module still waited for at the end.
    pub fn missing(self) -> usize {
        self.announced.map_or(0, |announced| announced.saturating_sub(self.sent))
    }
}

impl ExchangeRecord {
    /// From the command's last byte to the end.
    pub fn took(&self) -> Duration {
        self.ended_at.since(self.sent_at)
    }
}

/// A message that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// When its last byte arrived.
    pub at: Moment,
    /// The message.
    pub message: Message,
    /// The length the modem announced, in bytes; differs from the payload's when the line was cut short.
    pub announced: usize,
}
