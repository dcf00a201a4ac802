//! Why something did not happen. Expected against got, as data. A fault is no event: events tell of it.

mod loss;
mod value;

use std::time::Duration;

use thiserror::Error;

use crate::{
    air780e::verb::{Awaited, Line},
    mqtt::DraftError,
};

pub use self::{loss::LossCause, value::ValueFault};

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
    #[error("the part of this program that served {port} ended unexpectedly ({detail}): connect again and report this")]
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
        command: Line,
        /// The word of the module: `ERROR`, or a number.
        refusal: Refusal,
    },
    /// The modem accepted a command but its outcome was bad.
    #[error("{command} was accepted, then: {got}")]
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
    #[error("{command}: no {expected} within {} s", after.as_secs())]
    TimedOut {
        /// The command, secrets masked.
        command: Line,
        /// What was awaited.
        expected: Awaited,
        /// How long.
        after: Duration,
    },
    /// An answer that does not fit the command.
    #[error("{command} was answered by {got:?}, which does not fit")]
    Unfitting {
        /// The command, secrets masked.
        command: Line,
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
    /// The radio is switched off, so that no network can be found.
    #[error("the radio is off: AT+CFUN? says {function}; switch it on with AT+CFUN=1")]
    RadioOff {
        /// 0 minimum, 4 flight mode.
        function: u8,
    },
    /// The module reports that it has no service any more.
    #[error("the network is gone: the module reports no service")]
    NoService,
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
        why: ValueFault,
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
    /// A file could not be read back to compare it: other lines came between its bytes, or bytes were lost.
    #[error(
        "the file {name} could not be read back to compare it: other lines disturbed the reading; its length, {bytes} bytes, is right: switch off what the module prints by itself (AT+CGNSTST=0), then try again"
    )]
    ReadingDisturbed {
        /// Its name.
        name: String,
        /// Bytes it has, by the module's own word.
        bytes: usize,
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
