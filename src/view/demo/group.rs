//! Where a scenario stands in the list: healthy, or the part of the way to the broker that its fault belongs to.

use crate::sim::scenario::Scenario;

/// A group of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Nothing is wrong.
    Healthy,
    /// Port, console, supply.
    Port,
    /// The card.
    Sim,
    /// The air.
    Signal,
    /// Registration.
    Network,
    /// Attach, access point, address.
    Data,
    /// Names.
    Dns,
    /// The broker's port.
    Tcp,
    /// Encryption.
    Tls,
    /// Login and staying logged in.
    Mqtt,
    /// Subscribing and receiving.
    Subscribed,
    /// Publishing.
    Publish,
    /// What was typed.
    Commands,
}

impl Group {
    /// All of them in the order of the ladder.
    pub const ALL: [Self; 13] = [
        Self::Healthy,
        Self::Port,
        Self::Sim,
        Self::Signal,
        Self::Network,
        Self::Data,
        Self::Dns,
        Self::Tcp,
        Self::Tls,
        Self::Mqtt,
        Self::Subscribed,
        Self::Publish,
        Self::Commands,
    ];

    /// The group of `scenario`: by its rung, else by the chapter of the catalogue that its entry stands in.
    pub fn of(scenario: &Scenario) -> Self {
        let Some(finding) = &scenario.finding else { return Self::Healthy };
        let by_rung = scenario.rung.as_deref().and_then(|key| BY_RUNG.iter().find(|(rung, ..)| *rung == key));
        if let Some((_, group, _)) = by_rung {
            return *group;
        }
        let number: u16 = finding.trim_start_matches("F-").parse().unwrap_or_default();
        let chapter = CHAPTERS.iter().rev().find(|(first, _)| *first <= number);
        chapter.map_or(Self::Commands, |(_, group)| *group)
    }

    /// The name of its word in the language files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Healthy => "demo-group-healthy",
            Self::Port => "demo-group-port",
            Self::Sim => "rung-sim",
            Self::Signal => "rung-signal",
            Self::Network => "rung-network",
            Self::Data => "rung-data",
            Self::Dns => "rung-dns",
            Self::Tcp => "rung-tcp",
            Self::Tls => "rung-tls",
            Self::Mqtt => "rung-mqtt",
            Self::Subscribed => "rung-subscribed",
            Self::Publish => "demo-group-publish",
            Self::Commands => "demo-group-commands",
        }
    }
}

/// The word of the rung with this key.
pub(super) fn rung_word(key: &str) -> Option<&'static str> {
    BY_RUNG.iter().find(|(rung, ..)| *rung == key).map(|(.., word)| *word)
}

/// The rungs by their keys, with their groups and words.
const BY_RUNG: [(&str, Group, &str); 11] = [
    ("port", Group::Port, "rung-port"),
    ("at", Group::Port, "rung-at"),
    ("sim", Group::Sim, "rung-sim"),
    ("signal", Group::Signal, "rung-signal"),
    ("network", Group::Network, "rung-network"),
    ("data", Group::Data, "rung-data"),
    ("dns", Group::Dns, "rung-dns"),
    ("tcp", Group::Tcp, "rung-tcp"),
    ("tls", Group::Tls, "rung-tls"),
    ("mqtt", Group::Mqtt, "rung-mqtt"),
    ("subscribed", Group::Subscribed, "rung-subscribed"),
];

/// First entry of each chapter of the failure catalogue.
const CHAPTERS: [(u16, Group); 16] = [
    (1, Group::Commands),
    (21, Group::Sim),
    (31, Group::Signal),
    (37, Group::Network),
    (43, Group::Data),
    (52, Group::Dns),
    (58, Group::Tcp),
    (69, Group::Tls),
    (134, Group::Mqtt),
    (153, Group::Subscribed),
    (162, Group::Publish),
    (175, Group::Subscribed),
    (180, Group::Mqtt),
    (187, Group::Port),
    (189, Group::Mqtt),
    (200, Group::Commands),
];
