//! What stands in the journal of a watch. Each entry is one line; none holds a secret, nor the client id, which often is the
//! number of the device.

use serde::{Deserialize, Serialize};

use super::Wall;
use crate::{
    diagnosis::Fact,
    lang::{Lang, Text},
    modem::event::LossCause,
};

/// What a watch shall do, as its journal begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// When it began.
    pub t: Wall,
    /// The form of the journal.
    pub version: u32,
    /// How long is watched, in seconds, without the gaps.
    pub for_s: u64,
    /// Seconds from one message of its own to the next; `None` sends none.
    pub publish_every_s: Option<u32>,
    /// Quality of service of these messages.
    pub qos: u8,
    /// Seconds from one question for the signal to the next; `None` asks nothing.
    pub signal_every_s: Option<u32>,
    /// Keep-alive of the session, in seconds.
    pub keep_alive_s: u16,
    /// Host and port of the broker.
    pub broker: String,
    /// So many drops are allowed; `None` for no limit.
    pub max_drops: Option<u32>,
}

impl Plan {
    /// The form that is written now.
    pub const VERSION: u32 = 1;
}

/// What took a session away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The other side closed the connection.
    Closed,
    /// The data bearer went.
    Bearer,
    /// The module restarted.
    Restart,
    /// The card was removed.
    Sim,
    /// The module answered nothing any more.
    Silent,
    /// The port vanished.
    Port,
}

/// A way back to a session, from mild to harsh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// A new connection.
    Link,
    /// A new TCP context first (`AT+CIPSHUT`).
    Context,
    /// The radio off and on first (`AT+CFUN`).
    Radio,
    /// A restart of the module first (`AT+RESET`).
    Module,
}

impl Way {
    /// In a few words.
    pub const fn words(self) -> Text {
        Text::new(match self {
            Self::Link => "watch-way-link",
            Self::Context => "watch-way-context",
            Self::Radio => "watch-way-radio",
            Self::Module => "watch-way-module",
        })
    }
}

impl Reason {
    /// In words.
    pub const fn words(self) -> Text {
        match self {
            Self::Closed => LossCause::Closed.text(),
            Self::Bearer => LossCause::BearerLost.text(),
            Self::Restart => LossCause::ModuleRestarted.text(),
            Self::Sim => LossCause::SimRemoved.text(),
            Self::Silent => LossCause::Silent.text(),
            Self::Port => Text::new("watch-port-gone"),
        }
    }
}

/// One fact that shows a cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// When it was seen; `None` for what has no time of its own.
    pub t: Option<Wall>,
    /// What was seen, in English or as it passed the wire.
    pub text: String,
    /// The same in Chinese, where that is something else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zh: String,
}

impl Proof {
    /// What was seen at `t`, as `mask` leaves it.
    pub fn new(t: Option<Wall>, what: &Fact, mask: fn(&str) -> String) -> Self {
        let text = mask(&what.to_string());
        Self { t, zh: other_than(&text, mask(&what.told(Lang::ZhCn))), text }
    }

    /// What was seen, in `lang`.
    pub fn to(&self, lang: Lang) -> &str {
        in_lang(&self.text, &self.zh, lang)
    }
}

/// `zh`, where it is not what `text` says already.
pub(super) fn other_than(text: &str, zh: String) -> String {
    if zh == text { String::new() } else { zh }
}

/// What a journal has in two languages.
fn in_lang<'a>(text: &'a str, zh: &'a str, lang: Lang) -> &'a str {
    if lang == Lang::ZhCn && !zh.is_empty() { zh } else { text }
}

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Entry {
    /// A watch begins.
    Watch(Plan),
    /// A program begins to watch, for the first time or again.
    Run {
        /// When it happened, by the wall clock of this computer.
        t: Wall,
        /// The name of the port.
        port: String,
    },
    /// The session is open.
    Up {
        /// When the broker accepted the login.
        t: Wall,
    },
    /// The session was lost.
    Drop {
        /// When it happened, by the wall clock of this computer.
        t: Wall,
        /// Its number, from 1.
        n: u32,
        /// By what.
        by: Reason,
        /// The same in words.
        text: String,
        /// The last known signal.
        rssi_dbm: Option<i16>,
        /// How old that was, in seconds.
        signal_age_s: Option<u64>,
        /// Since when nothing certain had passed, in seconds.
        quiet_s: u64,
        /// What the module had said unasked shortly before.
        lines: Vec<String>,
    },
    /// Why a session was lost, by everything known until now. A later one about the same drop replaces it.
    Why {
        /// When it was judged.
        t: Wall,
        /// The number of the drop.
        n: u32,
        /// The cause; `None` while nothing decides.
        finding: Option<String>,
        /// How sure it is.
        certainty: Option<String>,
        /// What it may be, when nothing decides.
        undecided: Vec<String>,
        /// What shows it.
        evidence: Vec<Proof>,
    },
    /// A way back is tried.
    Try {
        /// When it happened, by the wall clock of this computer.
        t: Wall,
        /// By which way back it was tried.
        way: Way,
    },
    /// It did not help.
    Vain {
        /// When it happened, by the wall clock of this computer.
        t: Wall,
        /// By which way back it was tried.
        way: Way,
        /// What went wrong.
        fault: String,
        /// The same in Chinese.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        zh: String,
    },
    /// It helped.
    Helped {
        /// When it happened, by the wall clock of this computer.
        t: Wall,
        /// By which way back it was tried.
        way: Way,
    },
    /// No way helped: it needs a hand.
    Hand {
        /// When it happened, by the wall clock of this computer.
        t: Wall,
        /// What a hand may do.
        text: String,
        /// The same in Chinese.
        zh: String,
    },
    /// The port went or came back.
    Port {
        /// When it happened, by the wall clock of this computer.
        t: Wall,
        /// Its name.
        name: String,
        /// Whether it is there.
        there: bool,
    },
    /// The signal, as it was seen.
    Signal {
        /// When it happened, by the wall clock of this computer.
        t: Wall,
        /// Strength by `AT+CSQ`; `None` without a cell.
        rssi_dbm: Option<i16>,
    },
    /// The cell, as the module named it: it tells one only where `AT+CEREG=2` was set.
    Cell {
        /// When it happened, by the wall clock of this computer.
        t: Wall,
        /// Tracking area code.
        area: u32,
        /// Cell identity.
        cell: u32,
    },
    /// What the module says of itself, where it tells.
    Details {
        /// When it happened, by the wall clock of this computer.
        t: Wall,
        /// Operator.
        operator: Option<String>,
        /// Supply in millivolts.
        supply_mv: Option<u32>,
        /// Power by `AT+CESQ`, in dBm.
        rsrp_dbm: Option<i16>,
        /// Quality by `AT+CESQ`, in tenths of a decibel.
        rsrq_tenths: Option<i16>,
        /// Why it started last, by `AT*EXINFO?`.
        start_reason: Option<u8>,
    },
    /// Nobody watched: the computer slept, or the program was stopped for a while.
    Gap {
        /// When watching went on.
        t: Wall,
        /// Since when nobody had watched.
        from: Wall,
    },
    /// The session was lost while nobody watched: that is no drop.
    Missed {
        /// When that was seen.
        t: Wall,
    },
    /// Where things stand, at most once a second.
    Beat {
        /// When it happened, by the wall clock of this computer.
        t: Wall,
        /// Messages that the module took.
        published: u64,
        /// Messages that the broker confirmed.
        confirmed: u64,
        /// Messages that certainly did not leave.
        failed: u64,
        /// Messages that may have left, or not.
        unknown: u64,
        /// Messages that came.
        received: u64,
        /// The longest quiet time that a session survived, in milliseconds.
        quiet_ms: u64,
    },
    /// The time is over.
    End {
        /// When it happened, by the wall clock of this computer.
        t: Wall,
    },
}

impl Entry {
    /// What it says in a sentence of its own, in `lang`; nothing where it has none.
    pub fn sentence(&self, lang: Lang) -> &str {
        match self {
            Self::Vain { fault: text, zh, .. } | Self::Hand { text, zh, .. } => in_lang(text, zh, lang),
            _ => "",
        }
    }

    /// When it was written.
    pub const fn time(&self) -> Wall {
        match self {
            Self::Watch(plan) => plan.t,
            Self::Run { t, .. }
            | Self::Up { t }
            | Self::Drop { t, .. }
            | Self::Why { t, .. }
            | Self::Try { t, .. }
            | Self::Vain { t, .. }
            | Self::Helped { t, .. }
            | Self::Hand { t, .. }
            | Self::Port { t, .. }
            | Self::Signal { t, .. }
            | Self::Cell { t, .. }
            | Self::Details { t, .. }
            | Self::Gap { t, .. }
            | Self::Missed { t }
            | Self::Beat { t, .. }
            | Self::End { t } => *t,
        }
    }

    /// Whether it must not be lost with the power either.
    pub const fn is_weighty(&self) -> bool {
        !matches!(self, Self::Beat { .. } | Self::Signal { .. } | Self::Cell { .. } | Self::Details { .. })
    }
}
