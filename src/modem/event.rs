//! What the core (and the worker around it) tells the outside.
//!
//! Facts only: what happened, expected against got. Advice is the diagnosis' work, wording that of the
//! language files. No event carries a secret: lines are masked where they are built.

mod note;
mod progress;
mod record;

use crate::{
    modem::{
        request::RequestId,
        status::{Rung, RungState, Status},
    },
    mqtt::Filter,
    time::{Moment, WallAnchor},
};

/// Why something did not happen.
pub use super::fault::{Fault, LossCause, PortFault, Refusal, ValueFault};
/// What a command asks and awaits: the words in which faults and dialogues speak of it.
pub use crate::air780e::verb::{Awaited, Line, Verb};

pub use self::{
    note::Note,
    progress::{
        Delivery, FileProgress, FileUpdate, Means, MeasureStep, MeasureUpdate, PublishUpdate, RecoveryStep,
        RecoveryUpdate,
    },
    record::{Arrival, DataCount, ExchangeRecord, WireKind, WireLine},
};

/// Something the outside may want to know, in the order in which it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The link is open; moments count from here, or go on where it was lost and came back. Told by the worker, before anything else.
    Opened {
        /// Name of the port, or of the virtual modem.
        port: String,
        /// The time of day at [`Moment::ZERO`]. The same as before says that the link came back and its moments go on.
        anchor: WallAnchor,
        /// Whether a virtual modem is at the other end.
        is_simulated: bool,
    },
    /// One line of the conversation, for the terminal.
    Wire(WireLine),
    /// One AT dialogue ended.
    Exchange(Box<ExchangeRecord>),
    /// A rung changed its state. The new [`Status`] follows in an [`Event::Status`].
    Rung {
        /// When it happened, on the clock of the link.
        at: Moment,
        /// The rung of the ladder.
        rung: Rung,
        /// What it is now.
        state: RungState,
    },
    /// The status changed; the newest one replaces all older ones.
    Status(Box<Status>),
    /// A message arrived.
    Message(Arrival),
    /// A publish moved on.
    Publish(PublishUpdate),
    /// A measuring run moved on.
    Measure(Box<MeasureUpdate>),
    /// A subscription was confirmed, refused or ended.
    Subscription {
        /// When it happened, on the clock of the link.
        at: Moment,
        /// The topic filter.
        filter: Filter,
        /// `Ok(true)` subscribed, `Ok(false)` unsubscribed.
        result: Result<bool, Fault>,
    },
    /// The session with the broker was lost, and nobody closed it in order.
    SessionLost {
        /// When it happened, on the clock of the link.
        at: Moment,
        /// By what.
        cause: LossCause,
        /// The line that brought it about shortly before, where one did: nothing is broken then.
        asked: Option<Line>,
    },
    /// A lost session, or a session asked for again: what is tried, and what helped.
    Recovery(RecoveryUpdate),
    /// Which files the module holds.
    Files {
        /// When it happened, on the clock of the link.
        at: Moment,
        /// Their names.
        names: Vec<String>,
        /// Free space in bytes, when the module tells it.
        free: Option<u64>,
    },
    /// How encryption is set on the module.
    TlsSettings {
        /// When it happened, on the clock of the link.
        at: Moment,
        /// Each key with its value as printed; `None` when the module does not tell it.
        values: Vec<(&'static str, Option<String>)>,
    },
    /// One file on the module moved on.
    File(FileUpdate),
    /// The module resolved a host name, or could not.
    Resolved {
        /// When it happened, on the clock of the link.
        at: Moment,
        /// The name.
        host: String,
        /// Its address.
        result: Result<String, Fault>,
    },
    /// Something worth knowing that is no failure.
    Note {
        /// When it happened, on the clock of the link.
        at: Moment,
        /// What is worth a word and changes nothing.
        note: Note,
    },
    /// A request ended.
    Done {
        /// When it happened, on the clock of the link.
        at: Moment,
        /// The request that it answers.
        id: RequestId,
        /// Whether it succeeded, and why not.
        result: Result<(), Fault>,
    },
    /// The link ended, or could not be opened. Nothing more will come after this.
    Closed {
        /// When it happened, on the clock of the link.
        at: Moment,
        /// Why; `None` when it was asked for.
        fault: Option<PortFault>,
    },
    /// The reader was too slow: so much was left out before the next event.
    Dropped {
        /// Terminal lines left out.
        lines: u64,
        /// Other events left out, messages among them, as there were too few lines to leave out.
        others: u64,
    },
}
