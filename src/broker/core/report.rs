//! What the broker tells about itself on topics below `$SYS/broker`, to those who subscribe to them by name.
//!
//! Nothing is kept: a new subscriber gets the values of its moment, and every ten seconds what has changed since. While
//! nobody listens, nothing is counted and no time is waited for.

use std::{collections::BTreeMap, time::Duration};

use super::{Core, Routed};
use crate::{
    broker::{SessionId, publication::Publication},
    mqtt::{Filter, Message, Qos, Topic},
    time::Moment,
};

/// What was told last, and when to look again.
#[derive(Debug, Default)]
pub(super) struct Report {
    told: BTreeMap<Topic, String>,
    /// `None` while nobody listens.
    pub(super) next: Option<Moment>,
}

impl Core {
    /// The present values that `filter` asks for, marked as retained.
    pub(super) fn send_report(&mut self, session: SessionId, filter: &Filter) {
        if filter.as_str().split('/').next() != Some(SYSTEM) {
            return;
        }
        for (topic, value) in self.values().into_iter().filter(|(topic, _)| filter.matches(topic)) {
            self.deliver(session, publication(topic, value, true));
        }
        self.report.next.get_or_insert(self.now + REPORT_EVERY);
    }

    /// Tells what has changed, if it is time and anybody listens.
    pub(super) fn renew_report(&mut self) {
        if self.report.next.is_none_or(|moment| moment > self.now) {
            return;
        }
        if !self.subscriptions.names(SYSTEM) {
            self.report = Report::default();
            return;
        }
        self.report.next = Some(self.now + REPORT_EVERY);
        for (topic, value) in self.values() {
            if self.report.told.get(&topic) != Some(&value) {
                self.report.told.insert(topic.clone(), value.clone());
                let publication = publication(topic, value, false);
                self.backlog.push_back(Routed::new(publication));
            }
        }
    }

    fn values(&self) -> Vec<(Topic, String)> {
        let connected = self.connections.values().filter(|connection| connection.session.is_some()).count();
        let values = [
            ("$SYS/broker/version", concat!("Air780E Companion ", env!("CARGO_PKG_VERSION")).to_owned()),
            ("$SYS/broker/uptime", format!("{} seconds", self.now.since(Moment::ZERO).as_secs())),
            ("$SYS/broker/clients/connected", connected.to_string()),
            ("$SYS/broker/messages/received", self.stats.received.to_string()),
            ("$SYS/broker/messages/sent", self.stats.delivered.to_string()),
            ("$SYS/broker/messages/dropped", self.stats.dropped.to_string()),
        ];
        values.into_iter().filter_map(|(topic, value)| Some((topic.parse().ok()?, value))).collect()
    }
}

fn publication(topic: Topic, value: String, retain: bool) -> Publication {
    Message { topic, payload: value.into_bytes(), qos: Qos::AtMostOnce, retain }.into()
}

/// First level of the broker's own topics.
pub(super) const SYSTEM: &str = "$SYS";
const REPORT_EVERY: Duration = Duration::from_secs(10);
