//! The broker inside this program as the panel shows it: where it listens, who is there, and what happened.

use std::{collections::VecDeque, net::SocketAddr};

use chrono::{DateTime, Local};

use crate::{
    broker::{ClientFault, End, Happening, Snapshot},
    lang::Text,
    payload::visible_line,
    settings::BrokerEntry,
    time::WallAnchor,
};

/// What is known of the broker.
#[derive(Clone, Debug, Default)]
pub struct BrokerState {
    /// Where it listens, while it runs.
    pub address: Option<SocketAddr>,
    /// Addresses under which other computers reach it.
    pub others: Vec<String>,
    /// Whether it lets in nobody without a login.
    pub has_login: bool,
    /// The time of day at which its moments count from zero.
    pub anchor: Option<WallAnchor>,
    /// Who is there.
    pub snapshot: Option<Snapshot>,
    /// What happened, the newest last.
    pub log: VecDeque<(DateTime<Local>, Happening)>,
    /// Why it could not be started.
    pub fault: Option<String>,
}

impl BrokerState {
    /// Notes what happened; the oldest goes when there is no more room.
    pub fn note(&mut self, at: DateTime<Local>, what: Happening) {
        if self.log.len() >= MOST_LINES {
            self.log.pop_front();
        }
        self.log.push_back((at, what));
    }

    /// Whether other computers reach it.
    pub fn is_on_network(&self) -> bool {
        self.address.is_some_and(|address| !address.ip().is_loopback())
    }

    /// What stands above everything while other computers reach it.
    pub fn banner(&self) -> Option<Text> {
        let address = self.address.filter(|_| self.is_on_network())?;
        let known = self.others.first().cloned().unwrap_or_else(|| address.to_string());
        let key = if self.has_login { "desk-banner-login" } else { "desk-banner-open" };
        Some(Text::new(key).put("address", known))
    }
}

/// One client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientRow {
    /// Its client id, as it is.
    pub client_id: String,
    /// The same with visible tokens.
    pub name: String,
    /// Protocol, address and way, login, since when.
    pub about: Text,
    /// Subscriptions with their QoS.
    pub subscriptions: String,
    /// Messages from it, to it, and waiting for it.
    pub counts: Text,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// Local time of day.
    pub time: String,
    /// What.
    pub words: Text,
    /// Whether somebody should look at it.
    pub is_bad: bool,
}

/// The part of the panel.
#[derive(Clone, Debug)]
pub struct BrokerView<'a> {
    state: &'a BrokerState,
    /// What the user wants of it.
    pub entry: &'a BrokerEntry,
    /// The password that clients need; shown on demand only.
    pub password: &'a str,
    /// Why what is typed as port is none.
    pub port_fault: Option<Text>,
    /// Why it cannot be started as it is wanted.
    pub why_not_start: Option<Text>,
}

impl<'a> BrokerView<'a> {
    /// The part for this state and these wishes.
    pub fn new(state: &'a BrokerState, entry: &'a BrokerEntry, password: &'a str) -> Self {
        let port_fault = entry.ports().is_none().then(|| Text::new("desk-port-wrong"));
        let is_incomplete = entry.wants_login && (password.is_empty() || entry.user.is_empty());
        let why_not_start = port_fault.clone().or(is_incomplete.then(|| Text::new("desk-why-login")));
        Self { state, entry, password, port_fault, why_not_start }
    }

    /// Whether it runs.
    pub const fn is_running(&self) -> bool {
        self.state.address.is_some()
    }

    /// The addresses to type: for this computer, or for the others.
    pub fn addresses(&self) -> Vec<String> {
        match self.state.address {
            Some(address) if self.state.is_on_network() => {
                let here = SocketAddr::from(([127, 0, 0, 1], address.port())).to_string();
                self.state.others.iter().cloned().chain([here]).collect()
            }
            Some(address) => vec![address.to_string()],
            None => Vec::new(),
        }
    }

    /// Why it could not be started.
    pub fn fault(&self) -> Option<&'a str> {
        self.state.fault.as_deref()
    }

    /// Who is there.
    pub fn clients(&self) -> Vec<ClientRow> {
        let clients = self.state.snapshot.iter().flat_map(|snapshot| &snapshot.clients);
        let anchor = self.state.anchor;
        let row = |client: &crate::broker::Client| {
            let since = anchor.map_or_else(String::new, |anchor| anchor.clock_text(client.since));
            let subscriptions = client.subscriptions.iter();
            let subscriptions = subscriptions.map(|(filter, qos)| format!("{} ({qos})", visible_line(filter.as_str())));
            let user = client.user.as_deref().map_or_else(|| "–".to_owned(), visible_line);
            ClientRow {
                client_id: client.client_id.clone(),
                name: visible_line(&client.client_id),
                about: Text::new("desk-client-about")
                    .put("version", client.version)
                    .put("peer", client.peer)
                    .put("user", user)
                    .put("since", since),
                subscriptions: subscriptions.collect::<Vec<_>>().join(", "),
                counts: Text::new("desk-client-counts")
                    .put("received", client.received)
                    .put("sent", client.sent)
                    .put("waiting", client.waiting),
            }
        };
        clients.map(row).collect()
    }

    /// What happened, the newest first.
    pub fn log(&self) -> Vec<LogRow> {
        let row = |(at, what): &(DateTime<Local>, Happening)| LogRow {
            time: at.format("%H:%M:%S").to_string(),
            words: words(what),
            is_bad: is_bad(what),
        };
        self.state.log.iter().rev().map(row).collect()
    }
}

fn is_bad(what: &Happening) -> bool {
    matches!(
        what,
        Happening::Refused { .. }
            | Happening::Forbidden { .. }
            | Happening::Limited { .. }
            | Happening::NotKept { .. }
            | Happening::Missed { .. }
            | Happening::Subscribed { granted: Err(_), .. }
            | Happening::Disconnected { end: End::Lost | End::Fault(_), .. }
    )
}

/// What happened in a sentence. Names, topics and filters come from strangers.
fn words(what: &Happening) -> Text {
    let of = |key: &'static str, client_id: &str| Text::new(key).put("id", visible_line(client_id));
    match what {
        Happening::Connected { client_id, peer, version, .. } => {
            of("desk-connected", client_id).put("peer", peer).put("version", version)
        }
        Happening::Refused { peer, client_id, fault, .. } => {
            of("desk-refused", client_id.as_deref().unwrap_or("–")).put("peer", peer).put("why", reason(fault))
        }
        Happening::Disconnected { client_id, end, .. } => match end {
            End::Goodbye { .. } => of("desk-left", client_id),
            End::Lost => of("desk-lost", client_id),
            End::Fault(fault) => of("desk-cut", client_id).put("why", reason(fault)),
        },
        Happening::Subscribed { client_id, filter, granted } => match granted {
            Ok(qos) => of("desk-subscribed", client_id).put("filter", visible_line(filter.as_str())).put("qos", qos),
            Err(code) => of("desk-not-subscribed", client_id)
                .put("filter", visible_line(filter.as_str()))
                .put("code", format!("0x{code:02x}")),
        },
        Happening::Unsubscribed { client_id, filter } => {
            of("desk-unsubscribed", client_id).put("filter", visible_line(filter.as_str()))
        }
        Happening::Forbidden { client_id, topic } => {
            of("desk-forbidden", client_id).put("topic", visible_line(topic.as_str()))
        }
        Happening::Will { client_id, topic } => of("desk-will", client_id).put("topic", visible_line(topic.as_str())),
        Happening::SessionExpired { client_id } => of("desk-expired", client_id),
        Happening::Limited { limit, times, .. } => Text::new("desk-limited").put("limit", limit).put("times", times),
        Happening::NotKept { error } => Text::new("desk-not-kept").put("error", error),
        Happening::Missed { count } => Text::new("desk-missed").put("count", count),
    }
}

/// The reason in the broker's own words, without what could act.
fn reason(fault: &ClientFault) -> String {
    visible_line(&fault.to_string())
}

/// Lines that are kept.
const MOST_LINES: usize = 500;
