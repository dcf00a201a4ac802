//! Scenarios as data: a module in its place, what happens to it, what the PC does, and what must come of it.
//!
//! One list is demonstration menu, test table and specification of the diagnosis. The data stands in
//! `assets/scenarios/`; what surrounds the module (broker, TLS listener) is built by [`bench`](super::bench::stage).

mod device;
mod files;
mod script;

use std::{sync::LazyLock, time::Duration};

use serde::Deserialize;
use thiserror::Error;

pub use self::{device::DevicePlan, files::FilePlan, script::Instruction};

use super::{
    PresetFile, VirtualSpec,
    range::{Fault, RangeFiles},
    steer::{self, Order, Steer, SteerError},
};

/// One scenario.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Short name for the command line, unique; its title is named by it in the language files.
    pub name: String,
    /// The entry of the failure catalogue that a diagnosis must come to; `None` where nothing is wrong.
    #[serde(default)]
    pub finding: Option<String>,
    /// The step of the ladder that fails or was lost, by its key (`port`, `at`, … `subscribed`); `None` where all hold,
    /// or where the PC only types commands.
    #[serde(default)]
    pub rung: Option<String>,
    /// How the module differs from the usual one.
    #[serde(default)]
    pub device: DevicePlan,
    /// What is done to it when.
    #[serde(default)]
    pub timeline: Vec<Hand>,
    /// The broker behind it.
    #[serde(default)]
    pub broker: BrokerPlan,
    /// Which listener of the TLS range stands at port 8883; without one there is none.
    #[serde(default)]
    pub listener: Option<String>,
    /// Files that the PC has and that lie in the module's file system at the start; needs a listener.
    #[serde(default)]
    pub files: Vec<FilePlan>,
    /// What the PC itself gets when it tries the broker.
    #[serde(default)]
    pub from_here: FromHere,
    /// What the PC does.
    pub pc: Vec<PcStep>,
    /// What the truth log must tell of the network: why a connection really failed. Empty where that is not the point.
    #[serde(default)]
    pub cause: String,
    /// What the module must print, in this order, with anything between.
    pub wire: Vec<String>,
}

/// One hand on the module.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hand {
    /// Milliseconds after the start.
    pub at_ms: u64,
    /// As [`steer::parse`] reads it.
    pub steer: String,
}

/// The broker of a scenario. [`Default`] admits everybody.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BrokerPlan {
    /// User names with their passwords; none admits everybody.
    pub logins: Vec<(String, String)>,
    /// A filter that nobody may use.
    pub forbidden: Option<String>,
    /// Topics with what the broker keeps on them from the start.
    pub retained: Vec<(String, String)>,
}

/// What the PC itself gets when it tries the broker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromHere {
    /// What stands there.
    #[default]
    Broker,
    /// No answer: what keeps the module out keeps everybody out.
    Silence,
}

/// One thing that the PC does.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PcStep {
    /// Brings the module up and opens a session.
    Connect(Box<ConnectPlan>),
    /// Publishes.
    Publish(PublishPlan),
    /// Types a command line beside the session that it opened.
    Raw(String),
    /// Types a command line and waits for a text.
    Ask(String, String),
    /// Types bytes as they are.
    Send(String),
    /// Waits for a text.
    Await(String),
    /// Lets time pass.
    WaitMs(u64),
}

/// A session as the PC wants it.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConnectPlan {
    /// Name or address of the broker.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Client id.
    pub client_id: String,
    /// User name and password.
    pub login: Option<(String, String)>,
    /// Keep alive in seconds.
    pub keep_alive: u16,
    /// Topic filters.
    pub subscribe: Vec<String>,
    /// Topic and payload of the will.
    pub will: Option<(String, String)>,
    /// How the way is protected. The files are `ca.crt`, `client.crt` and `client.key` of the scenario.
    pub security: SecurityPlan,
    /// Whether the dates of certificates are left unchecked.
    pub ignore_clock: bool,
    /// The only suite offered, by its number.
    pub suite: Option<u16>,
    /// The protocol version, by its number in `AT+SSLCFG`.
    pub version: Option<u8>,
    /// How long the handshake may take, in seconds.
    pub negotiate_s: Option<u64>,
    /// Name, user, password and kind of login of the access point that is saved first.
    pub access_point: Option<(String, String, String, u8)>,
    /// Whether messages are kept in the module until they are fetched.
    pub cached: bool,
    /// Whether a lost session is opened again.
    pub reconnect: bool,
}

/// How the way to the broker is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecurityPlan {
    /// Not at all.
    #[default]
    Plain,
    /// Encrypted, nobody checked.
    Encrypted,
    /// The server checked.
    Server,
    /// Both sides checked.
    Mutual,
}

impl Default for ConnectPlan {
    fn default() -> Self {
        Self {
            host: HOST.to_owned(),
            port: 1_883,
            client_id: "companion".to_owned(),
            login: None,
            keep_alive: 120,
            subscribe: Vec::new(),
            will: None,
            security: SecurityPlan::Plain,
            ignore_clock: false,
            suite: None,
            version: None,
            negotiate_s: None,
            access_point: None,
            cached: false,
            reconnect: false,
        }
    }
}

/// A message as the PC sends it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishPlan {
    /// The topic, as text.
    pub topic: String,
    /// The payload, as text.
    pub payload: String,
    /// 0 to 2.
    #[serde(default)]
    pub qos: u8,
}

/// What is wrong with a scenario's own data.
#[derive(Debug, Error)]
pub enum BadScenario {
    /// A timeline holds a line that says nothing.
    #[error("{scenario}: {line:?} steers nothing")]
    Steer {
        /// Which scenario.
        scenario: String,
        /// Which line.
        line: String,
    },
    /// A timeline holds a line that cannot be read.
    #[error("{scenario}: {error}")]
    Unreadable {
        /// Which scenario.
        scenario: String,
        /// Why the line was not understood.
        error: SteerError,
    },
    /// No such listener in the range.
    #[error("{scenario}: the TLS range has no listener {listener:?}")]
    Listener {
        /// Which scenario.
        scenario: String,
        /// Which listener.
        listener: String,
    },
    /// No such file.
    #[error("{scenario}: the TLS range makes no file {file:?}")]
    File {
        /// Which scenario.
        scenario: String,
        /// What was asked for.
        file: String,
    },
    /// A number that stands for nothing.
    #[error("{given} stands for nothing here")]
    Number {
        /// What was given.
        given: u32,
    },
    /// The broker's plan holds something that is no topic or filter.
    #[error("{scenario}: {topic:?} is no topic")]
    Topic {
        /// Which scenario.
        scenario: String,
        /// What was given.
        topic: String,
    },
}

/// The name of every scenario's broker; the same as in the certificates of the range.
pub const HOST: &str = super::range::HOST;

/// All scenarios, healthy ones first.
pub fn all() -> &'static [Scenario] {
    &ALL
}

/// The scenario with this name.
pub fn find(name: &str) -> Option<&'static Scenario> {
    ALL.iter().find(|scenario| scenario.name == name)
}

impl Scenario {
    /// Whether the PC opens the session itself; otherwise it only types commands.
    pub fn is_connecting(&self) -> bool {
        self.pc.iter().any(|step| matches!(step, PcStep::Connect(_)))
    }

    /// The module with its timeline; files and routes are added by whoever builds the surroundings.
    pub fn spec(&self, seed: u64) -> Result<VirtualSpec, BadScenario> {
        let timeline: Result<Vec<_>, _> = self.timeline.iter().map(|hand| self.hand(hand)).collect();
        Ok(VirtualSpec { seed, device: self.device.device(), timeline: timeline?, ..VirtualSpec::default() })
    }

    /// The listener of the TLS range that it needs.
    pub fn fault(&self) -> Result<Option<Fault>, BadScenario> {
        let Some(name) = &self.listener else { return Ok(None) };
        let unknown = || BadScenario::Listener { scenario: self.name.clone(), listener: name.clone() };
        Fault::from_name(name).map(Some).ok_or_else(unknown)
    }

    /// The module's files, made of those of the range.
    pub fn preset(&self, range: &RangeFiles) -> Result<Vec<PresetFile>, BadScenario> {
        let made = |plan: &FilePlan| {
            let unknown = || BadScenario::File { scenario: self.name.clone(), file: plan.from.clone() };
            Ok(PresetFile { name: plan.name.clone(), bytes: plan.bytes(range).ok_or_else(unknown)? })
        };
        self.files.iter().map(made).collect()
    }

    fn hand(&self, hand: &Hand) -> Result<(Duration, Steer), BadScenario> {
        let scenario = || self.name.clone();
        match steer::parse(&hand.steer) {
            // A timeline is in the module's own time, which cannot change its pace.
            Ok(Order::Steer(steer)) if !matches!(steer, Steer::Speed(_)) => {
                Ok((Duration::from_millis(hand.at_ms), steer))
            }
            Ok(_) => Err(BadScenario::Steer { scenario: scenario(), line: hand.steer.clone() }),
            Err(error) => Err(BadScenario::Unreadable { scenario: scenario(), error }),
        }
    }
}

static ALL: LazyLock<Vec<Scenario>> =
    LazyLock::new(|| FILES.iter().flat_map(|(name, text)| read(name, text)).collect());

/// The data is compiled in and a test reads it; a fault in it is a fault of the program.
fn read(name: &str, text: &str) -> Vec<Scenario> {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("assets/scenarios/{name}: {error}"))
}

macro_rules! files {
    ($($name:literal),*) => { [$(($name, include_str!(concat!("../../../assets/scenarios/", $name)))),*] };
}

const FILES: [(&str, &str); 5] = files!["healthy.json", "ground.json", "tls.json", "session.json", "commands.json"];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_data_holds_together() {
        let mut names = BTreeSet::new();
        for scenario in all() {
            assert!(names.insert(&scenario.name), "{} stands twice", scenario.name);
            assert!(scenario.spec(1).is_ok() && scenario.fault().is_ok(), "{}", scenario.name);
            assert!(scenario.files.is_empty() || scenario.listener.is_some(), "{}: files of no range", scenario.name);
            let is_typing = scenario.pc.iter().any(|step| matches!(step, PcStep::Ask(..) | PcStep::Send(_)));
            assert_ne!(is_typing, scenario.is_connecting(), "{}: one way of doing things", scenario.name);
            assert!(!scenario.wire.is_empty(), "{}", scenario.name);
            let is_catalogued = |id: &String| id.len() == 5 && id.starts_with("F-");
            assert!(scenario.finding.as_ref().is_none_or(is_catalogued), "{}", scenario.name);
        }
        assert!(names.len() >= 40, "{}", names.len());
        assert!(all().iter().filter(|scenario| scenario.finding.is_none()).count() >= 8);
    }
}
