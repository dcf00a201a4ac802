//! What the broker tells about itself: events, bounded in number, and limits, bounded in time.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use super::Core;
use crate::{
    broker::{
        connection::Connection,
        event::{End, Event, Happening, Peer},
        fault::ClientFault,
        limit::Limit,
    },
    time::Moment,
};

/// Events that wait to be read.
#[derive(Debug)]
pub(super) struct Teller {
    most: usize,
    waiting: VecDeque<Event>,
    missed: u64,
    limits: BTreeMap<Limit, Told>,
}

/// When a limit was told last, and what has happened since.
#[derive(Debug)]
struct Told {
    at: Moment,
    times: u64,
    client_id: Option<String>,
}

impl Teller {
    pub(super) const fn new(most: usize) -> Self {
        Self { most, waiting: VecDeque::new(), missed: 0, limits: BTreeMap::new() }
    }

    fn push(&mut self, at: Moment, what: Happening) {
        if self.waiting.len() < self.most {
            self.waiting.push_back(Event { at, what });
        } else {
            self.missed += 1;
        }
    }

    /// The next event; after the last one, how many there were that nobody had room for.
    pub(super) fn next(&mut self, now: Moment) -> Option<Event> {
        self.waiting.pop_front().or_else(|| {
            let count = std::mem::take(&mut self.missed);
            (count > 0).then_some(Event { at: now, what: Happening::Missed { count } })
        })
    }

    /// When a limit that was held back may be told.
    pub(super) fn next_limit(&self) -> Option<Moment> {
        self.limits.values().filter(|told| told.times > 0).map(|told| told.at + LIMIT_EVERY).min()
    }
}

impl Core {
    /// Tells an event, if anybody wants to know.
    pub(super) fn tell(&mut self, what: impl FnOnce() -> Happening) {
        if self.teller.most > 0 {
            self.teller.push(self.now, what());
        }
    }

    /// Tells how a connection ended.
    pub(super) fn tell_end(&mut self, connection: &Connection, end: &End) {
        let (peer, client_id) = (connection.peer, connection.client_id.clone());
        if connection.session.is_some() {
            let client_id = client_id.unwrap_or_default();
            self.tell(|| Happening::Disconnected { client_id, peer, end: end.clone() });
        } else if let End::Fault(fault) = end {
            self.stats.refused += 1;
            let (level, fault) = (connection.level, fault.clone());
            self.tell(|| Happening::Refused { peer, client_id, level, fault });
        }
    }

    /// A connection was closed before it began: there are too many of its kind.
    pub(in crate::broker) fn turn_away(&mut self, now: Moment, peer: Peer) {
        self.now = self.now.max(now);
        self.stats.refused += 1;
        self.limit(Limit::Connections, None);
        self.tell(|| Happening::Refused { peer, client_id: None, level: None, fault: ClientFault::Crowded });
    }

    /// The store could not be written.
    pub(in crate::broker) fn not_kept(&mut self, error: String) {
        self.tell(|| Happening::NotKept { error });
    }

    /// A limit took effect. It is told at once the first time, and then at most once a minute.
    pub(super) fn limit(&mut self, limit: Limit, client_id: Option<String>) {
        if self.teller.most == 0 {
            return;
        }
        match self.teller.limits.get_mut(&limit) {
            Some(told) if self.now < told.at + LIMIT_EVERY => {
                told.times += 1;
                told.client_id = client_id;
            }
            _ => {
                let told = Told { at: self.now, times: 0, client_id: None };
                let times = self.teller.limits.insert(limit, told).map_or(0, |before| before.times) + 1;
                self.teller.push(self.now, Happening::Limited { limit, client_id, times });
            }
        }
    }

    /// Tells the limits that were held back, when their minute is over.
    pub(super) fn tell_held_back_limits(&mut self) {
        let Teller { limits, .. } = &mut self.teller;
        let mut due = Vec::new();
        for (&limit, told) in limits.iter_mut() {
            if told.times > 0 && told.at + LIMIT_EVERY <= self.now {
                due.push(Happening::Limited { limit, client_id: told.client_id.take(), times: told.times });
                *told = Told { at: self.now, times: 0, client_id: None };
            }
        }
        for what in due {
            self.teller.push(self.now, what);
        }
    }
}

const LIMIT_EVERY: Duration = Duration::from_mins(1);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::broker::CoreConfig;

    fn told(core: &mut Core) -> Vec<(u64, Happening)> {
        std::iter::from_fn(|| core.poll_event()).map(|event| (event.at.as_millis(), event.what)).collect()
    }

    fn limited(times: u64, client_id: &str) -> Happening {
        Happening::Limited { limit: Limit::Queue, client_id: Some(client_id.into()), times }
    }

    #[test]
    fn a_limit_is_told_at_once_and_then_once_a_minute_with_its_number() {
        let mut core = Core::new(CoreConfig { max_events: 10, ..CoreConfig::default() });
        for _ in 0..5 {
            core.limit(Limit::Queue, Some("a".into()));
        }
        assert_eq!(told(&mut core), [(0, limited(1, "a"))]);
        assert_eq!(core.poll_timeout(), Some(Moment::from_millis(60_000)));
        core.handle_timeout(Moment::from_millis(60_000));
        assert_eq!(told(&mut core), [(60_000, limited(4, "a"))]);
        assert_eq!(core.poll_timeout(), None, "nothing is held back");
        core.now = Moment::from_millis(200_000);
        core.limit(Limit::Queue, Some("b".into()));
        assert_eq!(told(&mut core), [(200_000, limited(1, "b"))]);
    }

    #[test]
    fn events_that_nobody_reads_are_counted() {
        let mut core = Core::new(CoreConfig { max_events: 2, ..CoreConfig::default() });
        for number in 0..5 {
            core.tell(|| Happening::SessionExpired { client_id: number.to_string() });
        }
        let told: Vec<_> = told(&mut core).into_iter().map(|(_, what)| what).collect();
        let expired = |number: &str| Happening::SessionExpired { client_id: number.into() };
        assert_eq!(told, [expired("0"), expired("1"), Happening::Missed { count: 3 }]);
    }
}
