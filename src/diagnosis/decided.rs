//! What a bisect on the module found: the one change with which the link opens, and without which it does not.

use crate::{
    lang::Text,
    tls::{Suite, TlsVersion},
};

use super::Fact;

/// One change against the connection as it was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Fresh copies of the files, under names of their own, in place of those on the module that hold something else.
    Files {
        /// Each file's name, the bytes that it should have and those that it has.
        other: Vec<(String, usize, usize)>,
    },
    /// The dates of certificates are not looked at.
    DatesIgnored,
    /// The host itself as server name, in place of the name that was set.
    HostAsName(String),
    /// No server name is set.
    NoName,
    /// The module shows no certificate of its own.
    ServerOnly,
    /// Nobody is checked.
    Unchecked,
    /// Every version that the module knows, in place of the one that was set.
    AnyVersion,
    /// This version alone.
    OneVersion(TlsVersion),
    /// Every suite of the module, in place of the one that was set.
    AnySuite,
    /// This suite alone.
    OneSuite(Suite),
    /// Five minutes for the handshake.
    MoreTime,
}

/// A change that decides whether the link opens: tried, taken back, and seen to fail again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What was changed.
    pub changed: Changed,
    /// The lines on the module that made the change.
    pub lines: Vec<String>,
}

impl Changed {
    /// The change in words.
    pub fn said(&self) -> Text {
        match self {
            Self::Files { other } => {
                let all: Vec<_> = other.iter().map(|(name, ..)| name.as_str()).collect();
                Text::new("bisect-step-files").put("names", all.join(", "))
            }
            Self::DatesIgnored => Text::new("bisect-step-dates"),
            Self::HostAsName(host) => Text::new("bisect-step-host-name").put("host", host),
            Self::NoName => Text::new("bisect-step-no-name"),
            Self::ServerOnly => Text::new("bisect-step-level-1"),
            Self::Unchecked => Text::new("bisect-step-level-0"),
            Self::AnyVersion => Text::new("bisect-step-any-version"),
            Self::OneVersion(version) => Text::new("bisect-step-version").put("version", version),
            Self::AnySuite => Text::new("bisect-step-any-suite"),
            Self::OneSuite(suite) => {
                let id = format!("0x{:04X}", suite.id());
                Text::new("bisect-step-suite").put("id", id).put("name", suite.iana_name())
            }
            Self::MoreTime => Text::new("bisect-step-more-time"),
        }
    }

    /// A short stable name for readers of JSON.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Files { .. } => "files",
            Self::DatesIgnored => "ignore-time",
            Self::HostAsName(_) => "host-name",
            Self::NoName => "no-name",
            Self::ServerOnly => "level-1",
            Self::Unchecked => "level-0",
            Self::AnyVersion => "any-version",
            Self::OneVersion(_) => "version",
            Self::AnySuite => "any-suite",
            Self::OneSuite(_) => "suite",
            Self::MoreTime => "negotiation-time",
        }
    }
}

impl Decided {
    /// The fact that a finding rests on.
    pub(super) fn fact(&self) -> Fact {
        Fact::said(Text::new("fact-bisect-decided").with("change", self.changed.said()))
    }
}
