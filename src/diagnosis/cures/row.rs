//! One row of the table of cures: places, lines, causes.

use crate::lang::Phrase;

/// Where lines belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// `mosquitto.conf`, within the listener.
    Mosquitto,
    /// `emqx.conf` of EMQX 5.
    Emqx,
    /// `vernemq.conf`.
    VerneMq,
    /// nginx, a server within `stream`.
    Nginx,
    /// `HAProxy`, a `bind` line.
    HaProxy,
    /// `HiveMQ`'s `config.xml`, within the listener's `tls`.
    HiveMq,
    /// AT lines for the module.
    Module,
    /// Commands at a prompt that make files, or show which one it takes.
    Files,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Module,
        Self::Files,
        Self::Mosquitto,
        Self::Emqx,
        Self::VerneMq,
        Self::HiveMq,
        Self::Nginx,
        Self::HaProxy,
    ];

    /// A short stable name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mosquitto => "mosquitto",
            Self::Emqx => "emqx",
            Self::VerneMq => "vernemq",
            Self::Nginx => "nginx",
            Self::HaProxy => "haproxy",
            Self::HiveMq => "hivemq",
            Self::Module => "module",
            Self::Files => "files",
        }
    }
}

/// Where lines belong, and the lines.
pub(super) type Lines = (Place, &'static [&'static str]);

/// What helps against some causes.
pub(super) struct Row {
    /// The numbers of the causes.
    pub(super) causes: &'static [&'static str],
    pub(super) lines: &'static [Lines],
    pub(super) why: Phrase,
}
