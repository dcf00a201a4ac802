//! What the core (and the worker around it) tells the outside.
//!
//! Facts only: what happened, expected against got. Advice is the diagnosis' work, wording that of the
//! language files. No event carries a secret: lines are masked where they are built.

use std::time::Duration;

use thiserror::Error;

use crate::{
    modem::{
        plan::Step,
        request::{Contents, RequestId},
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
    /// A lost session, or a session asked for again: what is tried, and what helped.
    Recovery(RecoveryUpdate),
    /// Which files the module holds.
    Files {
        /// When.
        at: Moment,
        /// Their names.
        names: Vec<String>,
        /// Free space in bytes, when the module tells it.
        free: Option<u64>,
    },
    /// How encryption is set on the module.
    TlsSettings {
        /// When.
        at: Moment,
        /// Each key with its value as printed; `None` when the module does not tell it.
        values: Vec<(&'static str, Option<String>)>,
    },
    /// One file on the module moved on.
    File(FileUpdate),
    /// The module resolved a host name, or could not.
    Resolved {
        /// When.
        at: Moment,
        /// The name.
        host: String,
        /// Its address.
        result: Result<String, Fault>,
    },
    /// Something worth knowing that is no failure.
    Note {
        /// When.
        at: Moment,
        /// What.
        note: Note,
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

/// One file on the module, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileUpdate {
    /// When.
    pub at: Moment,
    /// Its name.
    pub name: String,
    /// How far it is.
    pub progress: FileProgress,
}

/// How far one file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileProgress {
    /// So much of it is on the module.
    Writing {
        /// Bytes written.
        written: usize,
        /// Bytes in all.
        total: usize,
    },
    /// It was read back and is as it should be.
    Verified {
        /// Bytes.
        bytes: usize,
    },
    /// It was there already and is used as it is.
    Found {
        /// Bytes.
        bytes: usize,
    },
    /// It was read.
    Read(Contents),
    /// It is gone.
    Deleted,
    /// It is not as it should be.
    Failed(Fault),
}

/// One step on the way back to a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryUpdate {
    /// When.
    pub at: Moment,
    /// What.
    pub step: RecoveryStep,
}

/// A step on the way back to a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecoveryStep {
    /// The session will be opened again on its own.
    Planned {
        /// Which try, from 1.
        attempt: u32,
        /// When it begins.
        due: Moment,
        /// What the session was lost by.
        cause: LossCause,
    },
    /// These means are tried now.
    Trying(Means),
    /// They did not help.
    InVain(Means, Fault),
    /// They helped: the session is open again.
    Helped(Means),
}

/// Means to get a session back, from mild to harsh (reference, section 13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Means {
    /// `AT+MIPCLOSE` and a new connection.
    Reconnect,
    /// `AT+CIPSHUT` first: the TCP context anew.
    ShutContext,
    /// `AT+CFUN=0`, `AT+CFUN=1` first: the radio anew.
    RestartRadio,
    /// `AT+RESET` first: the whole module anew.
    RestartModule,
}

impl Means {
    /// From mild to harsh.
    pub const ALL: [Self; 4] = [Self::Reconnect, Self::ShutContext, Self::RestartRadio, Self::RestartModule];
}

/// Something worth knowing that is no failure.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Note {
    /// The answer to `ATI` is no name of this family: its answers may differ.
    #[error("{name:?} is not a firmware of the Air780E family: its answers may differ from what is expected")]
    UnknownDialect {
        /// The name as printed.
        name: String,
    },
    /// A setting that not every firmware knows was refused; its usual value is assumed.
    #[error("{command} was refused ({refusal}): an older firmware; the usual value is assumed")]
    SettingRefused {
        /// The command.
        command: String,
        /// How.
        refusal: Refusal,
    },
    /// Messages were overwritten in the module's cache before they could be read.
    #[error("{count} messages were overwritten in the module's cache before they could be read")]
    MessagesOverwritten {
        /// How many at least.
        count: u32,
    },
    /// Something known of this firmware concerns what is asked of it.
    #[error("firmware V{version}: {text}")]
    Firmware {
        /// The number after `V`.
        version: u32,
        /// What is known, in English.
        text: &'static str,
    },
    /// A value is beyond what one source allows, but within what another does.
    #[error("{what}: {value} is more than {limit}, the limit of {origin}")]
    BeyondLimit {
        /// Which value.
        what: &'static str,
        /// Its size.
        value: usize,
        /// The lower limit.
        limit: usize,
        /// Who states it.
        origin: &'static str,
    },
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
    /// The module answers nothing any more.
    #[error("the module no longer answers")]
    Silent,
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
    /// The module could not resolve a host name.
    #[error("the module could not resolve {host}{}", number.map_or_else(String::new, |n| format!(" (error {n})")))]
    NotResolved {
        /// The name.
        host: String,
        /// Error number of `+CDNSGIP`, 10 to 15.
        number: Option<u32>,
    },
    /// A file on the module is not what it should be.
    #[error("the file {name} on the module differs from what was sent: {found} bytes, {expected} expected")]
    FileDiffers {
        /// Its name.
        name: String,
        /// Bytes it should have.
        expected: usize,
        /// Bytes it has, or the bytes up to the first wrong one.
        found: usize,
    },
    /// A setting reads back as something else than was set.
    #[error("the setting {setting} reads back as {found:?}, {expected:?} was set")]
    SettingDiffers {
        /// Its name.
        setting: &'static str,
        /// What was set.
        expected: String,
        /// What reads back.
        found: String,
    },
    /// It was stopped on request.
    #[error("stopped on request")]
    Cancelled,
}
