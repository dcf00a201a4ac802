//! What the core (and the worker around it) tells the outside.
//!
//! Facts only: what happened, expected against got. Advice is the diagnosis' work, wording that of the
//! language files. No event carries a secret: lines are masked where they are built.

use std::time::Duration;

use thiserror::Error;

use crate::{
    modem::{
        plan::Step,
        request::RequestId,
        status::{Rung, RungState, Status},
    },
    mqtt::{DraftError, Filter, Message},
    time::{Moment, WallAnchor},
};

/// Something the outside may want to know, in the order in which it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The link is open; moments count from here. Told by the worker, before anything else.
    Opened {
        /// Name of the port, or of the virtual modem.
        port: String,
        /// The time of day at [`Moment::ZERO`].
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
        /// When.
        at: Moment,
        /// Which.
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
    /// A subscription was confirmed, refused or ended.
    Subscription {
        /// When.
        at: Moment,
        /// Which.
        filter: Filter,
        /// `Ok(true)` subscribed, `Ok(false)` unsubscribed.
        result: Result<bool, Fault>,
    },
    /// The session with the broker was lost without being asked for.
    SessionLost {
        /// When.
        at: Moment,
        /// By what.
        cause: LossCause,
    },
    /// A request ended.
    Done {
        /// When.
        at: Moment,
        /// Which.
        id: RequestId,
        /// How.
        result: Result<(), Fault>,
    },
    /// The link ended, or could not be opened. Nothing more will come after this.
    Closed {
        /// When.
        at: Moment,
        /// Why; `None` when it was asked for.
        fault: Option<PortFault>,
    },
    /// The reader was too slow: so many terminal lines were left out before the next event.
    Dropped {
        /// Terminal lines left out.
        lines: u64,
    },
}

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
}

/// One AT dialogue from its command to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeRecord {
    /// The request that caused it; `None` for the core's own polling.
    pub request: Option<RequestId>,
    /// Its place in the plan, when it has one.
    pub step: Option<Step>,
    /// The command, secrets masked.
    pub command: String,
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

/// How far a publish is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It waits for the ones before it.
    Queued,
    /// Its command is on the wire.
    Sending,
    /// The modem said `OK`. For QoS 0 this is all that will ever be known.
    Accepted {
        /// From the command's last byte to `OK`.
        accept: Duration,
    },
    /// `PUBREC` came; `PUBCOMP` is still open (QoS 2 only).
    Received {
        /// From the command's last byte to `PUBREC`.
        after: Duration,
    },
    /// `PUBACK` or `PUBCOMP` came.
    Confirmed {
        /// From the command's last byte to `OK`.
        accept: Duration,
        /// From `OK` to `PUBACK` or `PUBCOMP`.
        ack: Duration,
    },
    /// It did not happen, and it is certain that it did not.
    Failed(Fault),
    /// The command was sent, its outcome never came: it may have happened. Never repeated on its own.
    Unknown(Fault),
}

/// One step of a publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishUpdate {
    /// When.
    pub at: Moment,
    /// The request that asked for it.
    pub id: RequestId,
    /// How far it is now.
    pub delivery: Delivery,
}

/// How a session was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum LossCause {
    /// `CLOSED`: the other side closed the TCP connection.
    #[error("the broker (or the network) closed the connection: CLOSED")]
    Closed,
    /// `+PDP DEACT` or `+CGEV: … DEACT`: the bearer is gone.
    #[error("the network took the data bearer away")]
    BearerLost,
    /// Boot lines in the middle: the module restarted.
    #[error("the module restarted: its session and all MQTT settings are gone")]
    ModuleRestarted,
    /// `+CPIN: SIM REMOVED`: the card is out.
    #[error("the SIM card was removed")]
    SimRemoved,
}

/// Why a port is of no use. Text for people; each says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PortFault {
    /// No such port.
    #[error("there is no port {port}: check the cable, then list the ports again")]
    Missing {
        /// Name or path as asked for.
        port: String,
    },
    /// Held by another program.
    #[error("{port} is in use by another program: close it there (often Luatools, SSCOM, LLCOM) and try again")]
    Busy {
        /// Name or path as asked for.
        port: String,
    },
    /// The system does not let this user open it.
    #[error(
        "no permission for {port}{}",
        group.as_ref().map_or_else(
            || ": run as a user who may open it".to_owned(),
            |g| format!(": add your user to the group {g} (sudo usermod -aG {g} $USER) and log in again")
        )
    )]
    NoPermission {
        /// Name or path as asked for.
        port: String,
        /// The group that owns the device file, where the system has such.
        group: Option<String>,
    },
    /// It was there and is gone.
    #[error("{port} was unplugged (or its device restarted): check cable and power, then connect again")]
    Unplugged {
        /// Name or path as asked for.
        port: String,
    },
    /// The path exists but is not a serial port.
    #[error("{port} is not a serial port: choose the module's AT port")]
    NotSerial {
        /// Name or path as asked for.
        port: String,
    },
    /// Anything else the system said.
    #[error("{port}: {detail}")]
    Other {
        /// Name or path as asked for.
        port: String,
        /// The system's own words.
        detail: String,
    },
    /// The thread that served the port ended unexpectedly.
    #[error("the thread that served {port} ended unexpectedly ({detail}): connect again and report this")]
    WorkerDied {
        /// Name or path as asked for.
        port: String,
        /// What it said last.
        detail: String,
    },
}

/// How the modem itself refused a command (reference, section 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum Refusal {
    /// `ERROR` without a number.
    #[error("ERROR")]
    Error,
    /// `+CME ERROR: n`.
    #[error("+CME ERROR: {0}")]
    Cme(u32),
    /// `+CMS ERROR: n`.
    #[error("+CMS ERROR: {0}")]
    Cms(u32),
}

/// Why something did not happen. Expected against got, as data.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// The port is of no use.
    #[error(transparent)]
    Port(#[from] PortFault),
    /// Nothing at all answers.
    #[error("no answer to AT after {tries} tries: wrong port, wrong baud rate, or the module is off")]
    Silent {
        /// How often `AT` was sent.
        tries: u32,
    },
    /// Something answers, but not text: another port of the module, or a wrong baud rate.
    #[error("{bytes} bytes came, but no text: this is the module's log port, or the baud rate is wrong")]
    Noise {
        /// Bytes received since the first `AT`.
        bytes: usize,
    },
    /// Script firmware answers instead of AT firmware.
    #[error("this is Lua script firmware, not AT firmware: flash the AT firmware of this model with Luatools ({line})")]
    LuaFirmware {
        /// The line that shows it.
        line: String,
    },
    /// The modem refused a command.
    #[error("{command} was refused: {refusal}")]
    Refused {
        /// The command, secrets masked.
        command: String,
        /// How.
        refusal: Refusal,
    },
    /// The modem accepted a command but its outcome was bad.
    #[error("{command} was accepted, then: {got}")]
    BadOutcome {
        /// The command, secrets masked.
        command: String,
        /// The word that hoped for: `CONNECT OK`, `CONNACK OK`, …
        expected: &'static str,
        /// The line that came instead.
        got: String,
        /// From the command's last byte to that line.
        after: Duration,
    },
    /// An awaited line did not come in time.
    #[error("{command}: no {expected} within {} s", after.as_secs())]
    TimedOut {
        /// The command, secrets masked.
        command: String,
        /// What was awaited.
        expected: &'static str,
        /// How long.
        after: Duration,
    },
    /// An answer that does not fit the command.
    #[error("{command} was answered by {got:?}, which does not fit")]
    Unfitting {
        /// The command, secrets masked.
        command: String,
        /// What came.
        got: String,
    },
    /// No usable card.
    #[error("the SIM card is not usable: {state}")]
    SimNotReady {
        /// Its state in the modem's words, e.g. `SIM PIN`.
        state: String,
    },
    /// No cell is heard.
    #[error("no signal: the modem reports {rssi} (99 is unknown)")]
    NoSignal {
        /// Reported value, 0 to 31, or 99.
        rssi: u8,
    },
    /// The network does not have the modem.
    #[error("not registered in the network: state {stat} after {} s", after.as_secs())]
    NotRegistered {
        /// Registration state of 3GPP 27.007, 0 to 11.
        stat: u8,
        /// How long was waited.
        after: Duration,
    },
    /// Registered, but without data.
    #[error("registered, but no data connection after {} s", after.as_secs())]
    NotAttached {
        /// How long was waited.
        after: Duration,
    },
    /// The session was lost while the request ran.
    #[error(transparent)]
    SessionLost(#[from] LossCause),
    /// The request needs a session and there is none.
    #[error("not connected to a broker")]
    NotConnected,
    /// Another flow is running.
    #[error("busy with another step; wait for it or stop it")]
    Busy,
    /// The draft breaks a rule before anything was sent.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// A value cannot be put into a command.
    #[error("{what}: {why}")]
    BadValue {
        /// Which value: `client id`, `host`, …
        what: &'static str,
        /// Why it cannot be sent.
        why: String,
    },
    /// It was stopped on request.
    #[error("stopped on request")]
    Cancelled,
}
