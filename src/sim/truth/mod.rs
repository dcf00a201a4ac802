//! The truth log: what the module itself received, said and sent, and which faults were put on it, on its own clock.
//!
//! Passwords, keys and file contents never enter it: texts are masked before they become a fact.

mod mask;
mod packets;

use std::collections::VecDeque;

use serde::Serialize;

use crate::time::Moment;

use super::{
    VirtualModem,
    net::{NetEvent, NetFailure, NetRequest},
};

use packets::Cutter;

/// Facts that wait for their reader at most; the oldest go first.
const MOST_FACTS: usize = 16_384;

/// One fact and when it was so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Microseconds since the module's link opened.
    pub at_us: u64,
    /// What was so.
    #[serde(flatten)]
    pub fact: Fact,
}

/// Which way something goes, seen from the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// To the module.
    In,
    /// From the module.
    Out,
}

/// Something that was so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Fact {
    /// A command line was complete; secrets masked.
    Command {
        /// The line.
        text: String,
    },
    /// The module asked for data.
    Prompt,
    /// The data after a prompt was complete, or its time was over.
    Data {
        /// How many bytes came.
        bytes: usize,
    },
    /// A line was sent to the PC; secrets masked.
    Line {
        /// The line.
        text: String,
    },
    /// A line with contents (a message, a file) was sent to the PC.
    Block {
        /// Its length with its head.
        bytes: usize,
    },
    /// An MQTT packet left or came.
    Packet {
        /// Which way.
        way: Way,
        /// Its name in the standard.
        kind: &'static str,
        /// Its packet identifier, where it has one.
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<u16>,
        /// Its length with the fixed header.
        bytes: usize,
    },
    /// Something happened to the connection or to a name.
    Network {
        /// What happened, as a line for people.
        text: String,
    },
    /// Bytes were lost on the serial line.
    Lost {
        /// Which way they went.
        way: Way,
        /// How many.
        bytes: usize,
    },
    /// Bytes were garbled on the serial line.
    Garbled {
        /// Which way they went.
        way: Way,
        /// How many.
        bytes: usize,
    },
    /// Something from the broker was held up.
    Delayed {
        /// How long, in microseconds.
        us: u64,
    },
    /// The firewall dropped something.
    Swallowed {
        /// Which way it went.
        way: Way,
    },
    /// A hand on the module.
    Steered {
        /// The steering line.
        line: String,
    },
}

/// Collects facts until somebody takes them.
#[derive(Debug, Default)]
pub(super) struct Truth {
    entries: VecDeque<Entry>,
    incoming: Cutter,
    outgoing: Cutter,
}

impl Truth {
    fn note(&mut self, now: Moment, fact: Fact) {
        if self.entries.len() == MOST_FACTS {
            self.entries.pop_front();
        }
        let at_us = u64::try_from(now.since_open().as_micros()).unwrap_or(u64::MAX);
        self.entries.push_back(Entry { at_us, fact });
    }

    fn note_packets(&mut self, now: Moment, way: Way, bytes: &[u8]) {
        let cutter = match way {
            Way::In => &mut self.incoming,
            Way::Out => &mut self.outgoing,
        };
        for (kind, id, bytes) in cutter.cut(bytes) {
            self.note(now, Fact::Packet { way, kind, id, bytes });
        }
    }
}

impl VirtualModem {
    /// The next fact; none unless [`VirtualSpec::truth`](super::VirtualSpec::truth) is set.
    pub fn poll_truth(&mut self) -> Option<Entry> {
        self.truth.as_mut()?.entries.pop_front()
    }

    pub(super) fn note(&mut self, now: Moment, fact: impl FnOnce() -> Fact) {
        if let Some(truth) = &mut self.truth {
            truth.note(now, fact());
        }
    }

    pub(super) fn note_command(&mut self, now: Moment, line: &[u8]) {
        self.note(now, || Fact::Command { text: mask::command(&String::from_utf8_lossy(line)) });
    }

    pub(super) fn note_line(&mut self, now: Moment, text: &str) {
        self.note(now, || Fact::Line { text: mask::line(text) });
    }

    /// Tells what the module asks of the network.
    pub(super) fn note_request(&mut self, now: Moment, request: &NetRequest) {
        let Some(truth) = &mut self.truth else { return };
        let text = match request {
            NetRequest::Send { bytes, .. } => return truth.note_packets(now, Way::Out, bytes),
            NetRequest::Resolve { host } => format!("asks for {host}"),
            NetRequest::Open { host, port, tls, .. } => {
                (truth.incoming, truth.outgoing) = Default::default();
                format!("opens {host}:{port} {}", if tls.is_some() { "with TLS" } else { "plain" })
            }
            NetRequest::Close { .. } => "closes".to_owned(),
        };
        truth.note(now, Fact::Network { text });
    }

    /// Tells what the network told the module.
    pub(super) fn note_event(&mut self, now: Moment, event: &NetEvent) {
        let Some(truth) = &mut self.truth else { return };
        let text = match event {
            NetEvent::Received { bytes, .. } => return truth.note_packets(now, Way::In, bytes),
            NetEvent::Resolved { host, address: Some(address) } => format!("{host} is {address}"),
            NetEvent::Resolved { host, address: None } => format!("{host} is not known"),
            NetEvent::Reached { .. } => "TCP stands".to_owned(),
            NetEvent::Opened { .. } => "open".to_owned(),
            NetEvent::Closed { .. } => "closed by the other side".to_owned(),
            NetEvent::Failed { why, .. } => match why {
                NetFailure::Name => "failed: the name does not resolve".to_owned(),
                NetFailure::Refused => "failed: refused or unreachable".to_owned(),
                NetFailure::Tls(failure) => format!("failed: {failure}"),
            },
        };
        truth.note(now, Fact::Network { text });
    }
}
