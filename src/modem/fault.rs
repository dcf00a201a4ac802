//! Why something did not happen. Expected against got, as data. A fault is no event: events tell of it.

mod loss;
mod value;
mod words;

use std::time::Duration;

use thiserror::Error;

use crate::{
    air780e::verb::{Awaited, Line},
    mqtt::DraftError,
};

pub(in crate::modem) use self::words::{origin_of, value as value_name};
pub use self::{
    loss::LossCause,
    value::ValueFault,
    words::{draft as draft_words, topic as topic_words},
};

/// Why a port is of no use. Text for people; each says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PortFault {
    /// No such port.
    Missing {
        /// Name or path as asked for.
        port: String,
    },
    /// Held by another program.
    Busy {
        /// Name or path as asked for.
        port: String,
    },
    /// The system does not let this user open it.
    NoPermission {
        /// Name or path as asked for.
        port: String,
        /// The group that owns the device file, where the system has such.
        group: Option<String>,
    },
    /// It was there and is gone.
    Unplugged {
        /// Name or path as asked for.
        port: String,
    },
    /// The path exists but is not a serial port.
    NotSerial {
        /// Name or path as asked for.
        port: String,
    },
    /// Anything else the system said.
    Other {
        /// Name or path as asked for.
        port: String,
        /// The system's own words.
        detail: String,
    },
    /// The thread that served the port ended unexpectedly.
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
    Port(#[from] PortFault),
    /// Nothing at all answers.
    Silent {
        /// How often `AT` was sent.
        tries: u32,
    },
    /// Something answers, but not text: another port of the module, or a wrong baud rate.
    Noise {
        /// Bytes received since the first `AT`.
        bytes: usize,
    },
    /// Script firmware answers instead of AT firmware.
    LuaFirmware {
        /// The line that shows it.
        line: String,
    },
    /// The modem refused a command.
    Refused {
        /// The command, secrets masked.
        command: Line,
        /// The word of the module: `ERROR`, or a number.
        refusal: Refusal,
    },
    /// The modem accepted a command but its outcome was bad.
    BadOutcome {
        /// The command, secrets masked.
        command: Line,
        /// The word that hoped for: `CONNECT OK`, `CONNACK OK`, …
        expected: Awaited,
        /// The line that came instead.
        got: String,
        /// From the command's last byte to that line.
        after: Duration,
    },
    /// An awaited line did not come in time.
    TimedOut {
        /// The command, secrets masked.
        command: Line,
        /// What was awaited.
        expected: Awaited,
        /// How long.
        after: Duration,
    },
    /// An answer that does not fit the command.
    Unfitting {
        /// The command, secrets masked.
        command: Line,
        /// What came.
        got: String,
    },
    /// No usable card.
    SimNotReady {
        /// Its state in the modem's words, e.g. `SIM PIN`.
        state: String,
    },
    /// No cell is heard.
    NoSignal {
        /// Reported value, 0 to 31, or 99.
        rssi: u8,
    },
    /// The network does not have the modem.
    NotRegistered {
        /// Registration state of 3GPP 27.007, 0 to 11.
        stat: u8,
        /// How long was waited.
        after: Duration,
    },
    /// The radio is switched off, so that no network can be found.
    RadioOff {
        /// 0 minimum, 4 flight mode.
        function: u8,
    },
    /// The module reports that it has no service any more.
    NoService,
    /// Registered, but without data.
    NotAttached {
        /// How long was waited.
        after: Duration,
    },
    /// The session was lost while the request ran.
    SessionLost(#[from] LossCause),
    /// The request needs a session and there is none.
    NotConnected,
    /// Another flow is running.
    Busy,
    /// The draft breaks a rule before anything was sent.
    Draft(#[from] DraftError),
    /// A value cannot be put into a command.
    BadValue {
        /// Which value: `client id`, `host`, …
        what: &'static str,
        /// Why it cannot be sent.
        why: ValueFault,
    },
    /// The module could not resolve a host name.
    NotResolved {
        /// The name.
        host: String,
        /// Error number of `+CDNSGIP`, 10 to 15.
        number: Option<u32>,
    },
    /// A file on the module is not what it should be.
    FileDiffers {
        /// Its name.
        name: String,
        /// Bytes it should have.
        expected: usize,
        /// Bytes it has, or the bytes up to the first wrong one.
        found: usize,
    },
    /// A file could not be read back to compare it: other lines came between its bytes, or bytes were lost.
    ReadingDisturbed {
        /// Its name.
        name: String,
        /// Bytes it has, by the module's own word.
        bytes: usize,
    },
    /// A setting reads back as something else than was set.
    SettingDiffers {
        /// Its name.
        setting: &'static str,
        /// What was set.
        expected: String,
        /// What reads back.
        found: String,
    },
    /// It was stopped on request.
    Cancelled,
}
