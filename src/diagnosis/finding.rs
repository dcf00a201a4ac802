//! The shape of a finding: a cause from the catalogue, how sure it is, and the facts that point to it.

use std::{borrow::Cow, fmt, time::Duration};

use crate::{
    lang::{Lang, Phrase, Text},
    time::Moment,
};

use super::{
    catalogue::{self, Stage},
    cause::{Cause, Innocent},
};

/// What is sure and harmed nothing, by what was seen.
const HINTS: [&Cause; 18] = [
    &catalogue::ECHO,
    &catalogue::NO_ERROR_NUMBERS,
    &catalogue::SIGNAL_WEAK,
    &catalogue::SIGNAL_DIRTY,
    &catalogue::ANTENNA_PLACE,
    &catalogue::ANTENNA_DESIGN,
    &catalogue::FAR_BROKER,
    &catalogue::APN_STALE,
    &catalogue::NOBODY_CHECKED,
    &catalogue::DATES_UNCHECKED,
    &catalogue::NAME_ONLY_COMMON,
    &catalogue::KEY_FORM,
    &catalogue::OLD_SESSION,
    &catalogue::QOS_LOWERED,
    &catalogue::KEEP_ALIVE_MANUAL,
    &catalogue::FIRMWARE_OLD,
    &catalogue::OWN_RESTART,
    &catalogue::PC_OFFLINE,
];

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The wire, a file or this computer shows exactly this.
    Seen,
    /// The facts fit it better than its neighbours.
    Likely,
    /// Nothing speaks against it.
    Possible,
}

impl Certainty {
    /// A short stable name: `seen`, `likely`, `possible`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }
}

/// One fact, as it was seen: a command with its answer, a line, a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// When it was seen; `None` for what has no moment of the link, as what this computer got.
    pub at: Option<Moment>,
    /// What was seen, secrets masked: what passed the wire, or a sentence of ours.
    pub what: Text,
    /// From the command's last byte to the answer.
    pub took: Option<Duration>,
    /// Where it stands in the recording, by its lines from 1; `None` outside of one.
    pub line: Option<u32>,
}

impl Fact {
    /// What passed the wire, without a moment.
    pub fn new(text: impl Into<String>) -> Self {
        Self::said(Text::plain(text))
    }

    /// What passed the wire at `at`.
    pub fn at(at: Moment, text: impl Into<String>) -> Self {
        Self { at: Some(at), ..Self::new(text) }
    }

    /// A sentence of ours, without a moment.
    pub const fn said(what: Text) -> Self {
        Self { at: None, what, took: None, line: None }
    }

    /// The same fact, seen at `at`.
    #[must_use]
    pub const fn when(mut self, at: Moment) -> Self {
        self.at = Some(at);
        self
    }

    /// What was seen, in `lang`.
    pub fn to(&self, lang: Lang) -> Cow<'_, str> {
        self.what.to(lang)
    }

    /// What was seen, in `lang`, with the time it took.
    pub fn told(&self, lang: Lang) -> String {
        let took = self.took.map(|took| format!(" ({}.{:03} s)", took.as_secs(), took.subsec_millis()));
        format!("{}{}", self.to(lang), took.unwrap_or_default())
    }

    /// The same fact with the time it took.
    #[must_use]
    pub const fn taking(mut self, took: Duration) -> Self {
        self.took = Some(took);
        self
    }
}

/// What passed the wire.
impl<T: Into<String>> From<T> for Fact {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

/// `AT+CEREG? → +CEREG: 0,2 (0.012 s)`, in English.
impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Lang::En))
    }
}

/// A cause that cannot be the one, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// Stable number of the cause, `F-021`.
    pub id: &'static str,
    /// The same as a readable word, `sim_none`.
    pub key: &'static str,
    /// The thing that is in order.
    pub what: Innocent,
    /// The answer that proves it, as it was seen.
    pub proof: Text,
}

/// A cause found in one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable number of the cause, `F-002`.
    pub id: &'static str,
    /// The same as a readable word, `port_busy`.
    pub key: &'static str,
    /// What is wrong.
    pub cause: Phrase,
    /// What to do next.
    pub fix: Phrase,
    /// How sure it is.
    pub certainty: Certainty,
    /// Why we think so: commands, answers, values and times of this session, as they were seen.
    pub evidence: Vec<Fact>,
    /// What it is not, as far as a confirmed step of this session, a file or this computer proves it.
    pub excluded: Vec<Excluded>,
}

impl Finding {
    /// Whether the facts point to it: it may be named as the cause.
    pub fn is_named(&self) -> bool {
        self.certainty != Certainty::Possible
    }

    /// Whether it is worth a word while all works, and no trouble by itself: a weak signal, an old firmware, a will.
    pub fn is_hint(&self) -> bool {
        let stage = catalogue::by_id(self.id).map(|cause| cause.stage);
        stage == Some(Stage::Will) || HINTS.iter().any(|hint| hint.id == self.id)
    }

    /// Whether something shows exactly this.
    pub fn is_seen(&self) -> bool {
        self.certainty == Certainty::Seen
    }
}
