//! What the app knows. Only [`Model::apply`] changes it.
//!
//! It owns everything that was seen and everything that was asked; not what the user has open or typed (that is the
//! screen's), nor what is kept between runs (the settings').

pub mod connection;
pub mod evidence;
pub mod files;
pub mod latency;
pub mod messages;
pub mod notices;
pub mod terminal;

use std::time::Duration;

use crate::{
    diagnosis::{Decided, Here},
    mqtt::Filter,
    time::{Moment, WallAnchor},
};

/// The words of the core in which the model keeps what it knows; views take them from here.
pub use crate::modem::{check, event, plan, request, status};

use self::{
    connection::LinkState,
    event::Event,
    evidence::Evidence,
    files::ModuleFiles,
    latency::Latency,
    messages::{HistoryLimit, Messages, PartyInput, RepeatEnd},
    notices::{Notice, Notices},
    request::{Request, RequestId},
    terminal::Terminal,
};

/// Counts connections: events of an older one than the running are ignored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(pub u64);

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// A connection was begun; everything known of the one before is history.
    Began {
        /// Its number.
        generation: Generation,
        /// What to call the link on screen.
        link: String,
        /// Whether a virtual modem is at the other end.
        is_simulated: bool,
        /// The address of the broker inside this program, when the connection uses it.
        own_broker: Option<String>,
    },
    /// The running connection told something.
    Told {
        /// The connection that told it.
        generation: Generation,
        /// What was reported.
        event: Event,
    },
    /// A request was handed to the worker.
    Asked {
        /// Under which id.
        id: RequestId,
        /// What was asked.
        request: Box<Request>,
    },
    /// A request was not taken.
    NotTaken {
        /// What was asked.
        request: Box<Request>,
        /// Why not.
        why: Notice,
    },
    /// A short word to the user.
    Notice(Notice),
    /// The user took a notice away.
    Dismissed(u64),
    /// How much is kept.
    Limits {
        /// Most terminal lines, at least 1.
        terminal_lines: usize,
        /// Most messages, at least 1.
        messages: usize,
    },
    /// The user laid hands on the virtual modem.
    Steered {
        /// When it happened, on the clock of the link.
        at: Moment,
        /// The order, as a line of steering.
        order: String,
    },
    /// This computer tried the same steps; each look replaces the one before.
    Compared(Box<Here>),
    /// A search for the one setting that decides begins, or is over: what it tries is no trouble of the connection.
    Searching(bool),
    /// It found the setting.
    Decided(Box<Decided>),
    /// The user wants the terminal empty.
    TerminalCleared,
    /// The user wants the message history empty.
    MessagesCleared,
    /// The user wants the measurements empty.
    LatencyCleared,
    /// What is measured from now on is a run of this name (of none when empty).
    RunBegan(String),
    /// The user calls the run of this number something else.
    RunRenamed(u32, String),
    /// The user wants the run of this number gone.
    RunDeleted(u32),
    /// The user takes a topic filter out of the list; it goes as soon as it is off.
    SubscriptionForgotten(Filter),
    /// The user gives a topic filter another colour.
    SubscriptionColoured {
        /// The filter.
        filter: Filter,
        /// Number of the colour.
        colour: usize,
    },
    /// A message sent again and again.
    Repeat(RepeatInput),
    /// The client on this computer.
    Party(PartyInput),
}

/// What happens to a message that is sent again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatInput {
    /// It begins.
    Began {
        /// When the first is due.
        at: Moment,
        /// From one to the next.
        interval: Duration,
        /// How many; `None` without end.
        count: Option<u64>,
    },
    /// One was handed over, or not taken.
    Sent {
        /// When it happened, on the clock of the link.
        at: Moment,
        /// Under which id; `None` when it was not taken.
        id: Option<RequestId>,
    },
    /// The user stops it.
    Stopped,
}

/// What the app knows.
#[derive(Debug, Default)]
pub struct Model {
    generation: Generation,
    connection: LinkState,
    files: ModuleFiles,
    terminal: Terminal,
    notices: Notices,
    messages: Messages,
    latency: Latency,
    evidence: Evidence,
}

impl Model {
    /// Takes what happened. What an older connection tells is ignored.
    pub fn apply(&mut self, input: &Input) {
        match input {
            Input::Began { generation, .. } => self.generation = *generation,
            Input::Told { generation, .. } if *generation != self.generation => return,
            _ => {}
        }
        self.connection.apply(input);
        self.files.apply(input);
        self.terminal.apply(input);
        self.notices.apply(input);
        self.latency.take(input);
        self.evidence.apply(input);
        self.apply_to_messages(input);
    }

    /// Whether `input` comes from the running connection, not from an older one.
    pub fn is_current(&self, input: &Input) -> bool {
        matches!(input, Input::Told { generation, .. } if *generation == self.generation)
    }

    fn apply_to_messages(&mut self, input: &Input) {
        match input {
            Input::Began { .. } => self.messages.begin(),
            Input::Told { event, .. } => self.messages.apply(event),
            Input::Asked { id, request } => match &**request {
                Request::Publish(message) => self.messages.record_publish(*id, message.clone()),
                Request::Connect(connection) => self.messages.will_reach(connection),
                Request::Subscribe(wanted) => self.messages.ask_subscription(&wanted.filter),
                _ => {}
            },
            Input::Limits { messages, .. } => {
                self.messages.set_limit(HistoryLimit { entries: (*messages).max(1), ..HistoryLimit::default() });
            }
            Input::MessagesCleared => self.messages.clear(),
            Input::SubscriptionForgotten(filter) => self.messages.forget_subscription(filter),
            Input::SubscriptionColoured { filter, colour } => self.messages.set_colour(filter, *colour),
            Input::Repeat(RepeatInput::Began { at, interval, count }) => {
                self.messages.begin_repeat(*at, *interval, *count);
            }
            Input::Repeat(RepeatInput::Sent { at, id }) => self.messages.note_repeated(*at, *id),
            Input::Party(input) => self.messages.take_party(input),
            Input::Repeat(RepeatInput::Stopped) => self.messages.end_repeat(RepeatEnd::Stopped),
            _ => {}
        }
    }

    /// The running connection, or the last one.
    pub const fn connection(&self) -> &LinkState {
        &self.connection
    }

    /// The files on the module.
    pub const fn files(&self) -> &ModuleFiles {
        &self.files
    }

    /// The conversation with the modem.
    pub const fn terminal(&self) -> &Terminal {
        &self.terminal
    }

    /// Short words to the user.
    pub const fn notices(&self) -> &Notices {
        &self.notices
    }

    /// Messages both ways.
    pub const fn messages(&self) -> &Messages {
        &self.messages
    }

    /// How long things took.
    pub const fn latency(&self) -> &Latency {
        &self.latency
    }

    /// What a diagnosis rests on.
    pub const fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// The time of day at which the moments of the running connection count from zero.
    pub const fn anchor(&self) -> Option<WallAnchor> {
        self.connection.anchor()
    }
}

#[cfg(test)]
mod tests;
