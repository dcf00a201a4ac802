//! What is known of the modem: the ladder and every observed value, each with when and by which command.

use std::{fmt, time::Duration};

use crate::{
    air780e::{
        apn::SavedApn,
        bearer::Bearer,
        details::{ExtendedSignal, IdentityBlock},
        firmware::models,
        network::Registration,
        power::StartReason,
        signal::Signal,
        sim::SimState,
        verb::Line,
    },
    modem::event::{Fault, LossCause},
    mqtt::{Filter, Qos},
    time::{Moment, Observed},
};

pub use crate::air780e::{identity::Firmware, network::Cell};

/// One step between the cable and the message, in the order in which they must hold (`ui.md`, layout).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// The serial port is open.
    Port,
    /// Something answers `AT`.
    At,
    /// A card is in and unlocked.
    Sim,
    /// The radio hears a cell.
    Signal,
    /// Registered in the network.
    Network,
    /// Attached, with an address.
    Data,
    /// The broker's name resolves.
    Dns,
    /// The broker's port answers.
    Tcp,
    /// The TLS handshake is done.
    Tls,
    /// The broker accepted the login.
    Mqtt,
    /// Every wanted subscription is confirmed.
    Subscribed,
}

impl Rung {
    /// All rungs from the cable up.
    pub const ALL: [Self; 11] = [
        Self::Port,
        Self::At,
        Self::Sim,
        Self::Signal,
        Self::Network,
        Self::Data,
        Self::Dns,
        Self::Tcp,
        Self::Tls,
        Self::Mqtt,
        Self::Subscribed,
    ];

    /// A short stable name for files and tests: `port`, `at`, … `subscribed`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Port => "port",
            Self::At => "at",
            Self::Sim => "sim",
            Self::Signal => "signal",
            Self::Network => "network",
            Self::Data => "data",
            Self::Dns => "dns",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Mqtt => "mqtt",
            Self::Subscribed => "subscribed",
        }
    }
}

impl fmt::Display for Rung {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// How far one rung is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RungState {
    /// Nothing has been asked yet.
    #[default]
    Unknown,
    /// The question is on its way.
    Trying,
    /// The modem accepted the request (`OK`); the outcome is still open.
    Accepted,
    /// The outcome itself was seen.
    Confirmed,
    /// The outcome was seen and it is bad.
    Failed,
    /// It was confirmed once, but something since then took the ground away.
    Stale,
    /// This connection does not need it (TLS in a plain connection, DNS for a numeric address).
    NotNeeded,
}

/// What shows a rung to be as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The command asked, secrets masked; empty when an unsolicited line showed it.
    pub command: String,
    /// The deciding answer, secrets masked; empty when the answer is silence.
    pub line: String,
    /// When the answer (or the end of waiting) came.
    pub at: Moment,
    /// From the last byte of the command to the answer.
    pub took: Duration,
}

/// One rung with its evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RungEntry {
    /// How far it is.
    pub state: RungState,
    /// Since when it is so.
    pub since: Moment,
    /// What shows it.
    pub evidence: Option<Evidence>,
    /// Why it failed; only with [`RungState::Failed`].
    pub fault: Option<Fault>,
}

/// All rungs. Only the first failed one accuses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ladder([RungEntry; Rung::ALL.len()]);

impl Ladder {
    /// The entry of `rung`.
    pub fn entry(&self, rung: Rung) -> &RungEntry {
        &self.0[rung as usize]
    }

    /// The entry of `rung`, to change it.
    pub fn entry_mut(&mut self, rung: Rung) -> &mut RungEntry {
        &mut self.0[rung as usize]
    }

    /// All entries, to change them.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut RungEntry> {
        self.0.iter_mut()
    }

    /// Rungs from the cable up with their entries.
    pub fn iter(&self) -> impl Iterator<Item = (Rung, &RungEntry)> {
        Rung::ALL.into_iter().zip(&self.0)
    }

    /// The lowest rung that failed.
    pub fn first_failed(&self) -> Option<(Rung, &RungEntry)> {
        self.iter().find(|(_, entry)| entry.state == RungState::Failed)
    }
}

/// Where the connection to the broker stands (reference, section 10: `MQTTSTATU`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Session {
    /// No link to the broker (`MQTTSTATU` 0).
    #[default]
    Offline,
    /// TCP or TLS is up, the login is still to come (`MQTTSTATU` 2).
    LinkUp,
    /// The broker accepted the login (`MQTTSTATU` 1).
    Connected,
}

/// How far one subscription is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubscriptionState {
    /// Wanted, not yet asked for.
    Wanted,
    /// The modem said `OK`, the broker's `SUBACK` is still open.
    Accepted,
    /// `SUBACK` came. The granted QoS is not printed by the modem.
    Confirmed,
    /// It was refused or got no answer.
    Failed,
}

/// One wanted topic filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscribed {
    /// What is asked for.
    pub filter: Filter,
    /// Highest quality of service asked for.
    pub qos: Qos,
    /// How far it is.
    pub state: SubscriptionState,
}

/// What the module says of itself; blank until asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// Identity block by `AT*I`.
    pub identity: Option<Observed<IdentityBlock>>,
    /// Signal in the terms of 3GPP by `AT+CESQ`.
    pub signal: Option<Observed<ExtendedSignal>>,
    /// Operator by `AT+COPS?`.
    pub operator: Option<Observed<String>>,
    /// Clock by `AT+CCLK?`, as printed.
    pub clock: Option<Observed<String>>,
    /// Supply voltage in millivolts by `AT+CBC`.
    pub supply_mv: Option<Observed<u32>>,
    /// Why the module started last, by `AT*EXINFO?`.
    pub start_reason: Option<Observed<StartReason>>,
    /// 0 minimum, 1 full, 4 flight mode, by `AT+CFUN?`.
    pub function: Option<Observed<u8>>,
    /// Fixed baud rate by `AT+IPR?`; 0 is automatic.
    pub baud_rate: Option<Observed<u32>>,
    /// Chip by `AT^HVER`.
    pub chip: Option<Observed<String>>,
    /// Bearers and whether each is up, by `AT+CGACT?`.
    pub bearers: Option<Observed<Vec<Bearer>>>,
    /// State of TCP by `AT+CIPSTATUS`, as printed.
    pub tcp_state: Option<Observed<String>>,
}

/// One loss of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// When it happened, on the clock of the link.
    pub at: Moment,
    /// By what.
    pub cause: LossCause,
}

/// A planned try to open a lost session again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// Which try, from 1.
    pub attempt: u32,
    /// When it begins.
    pub due: Moment,
    /// What the session was lost by.
    pub cause: LossCause,
}

/// Everything known of the modem at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// The rungs.
    pub ladder: Ladder,
    /// Firmware by `ATI`.
    pub firmware: Option<Observed<Firmware>>,
    /// State of the card by `AT+CPIN?`.
    pub sim: Option<Observed<SimState>>,
    /// Signal by `AT+CSQ`.
    pub signal: Option<Observed<Signal>>,
    /// Registration by `AT+CEREG?`, `AT+CGREG?` or their unsolicited forms.
    pub registration: Option<Observed<Registration>>,
    /// Attached to the packet network by `AT+CGATT?`.
    pub attached: Option<Observed<bool>>,
    /// Address of the first bearer by `AT+CGPADDR=1`.
    pub address: Option<Observed<String>>,
    /// The access point that was saved since the link opened, by whom ever; empty when the saved one was deleted.
    pub access_point_set: Option<Observed<String>>,
    /// The command whose prompt for data is open: the module takes everything for data. By the prompt itself.
    pub open_prompt: Option<Observed<Line>>,
    /// The saved access point by `AT+CPNETAPN?`.
    pub access_point: Option<Observed<SavedApn>>,
    /// Primary and secondary name server by `AT+CDNSCFG?`.
    pub name_servers: Option<Observed<(String, Option<String>)>>,
    /// What the module says of itself when asked for details.
    pub details: Details,
    /// Where the connection to the broker stands.
    pub session: Session,
    /// Wanted subscriptions in the order of asking.
    pub subscriptions: Vec<Subscribed>,
    /// Losses of the session since the link opened, oldest first; the newest 64.
    pub losses: Vec<Loss>,
    /// The next try to open a lost session again.
    pub retry: Option<Retry>,
    /// Messages that were overwritten in the module's cache since the link opened.
    pub overwritten: u64,
    /// Messages that the module's cache held when it restarted, since the link opened: lost, at least so many.
    pub lost_in_cache: u64,
    /// Whether a flow is running: bring-up, connect, close.
    pub is_busy: bool,
}

impl Status {
    /// So many bytes a message has at most that the module prints in direct mode (reference, section 11.7); several where nothing
    /// is stated for its model, or the model is not known yet.
    pub fn printed_limits(&self) -> &'static [usize] {
        let chip = self.details.chip.as_ref().map(|seen| seen.value.as_str());
        models::printed_limits(self.firmware.as_ref().map(|seen| &seen.value), chip)
    }
}
