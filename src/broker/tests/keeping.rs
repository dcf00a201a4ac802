//! What outlives a restart: the records of one broker are given to the next.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use mqtt_protocol_core::mqtt::packet::{ContentType, MessageExpiryInterval, Properties, SessionExpiryInterval};

use super::{
    v5,
    world::{PUBREC, PUBREL, Q0, Q1, Q2, World, confirm},
};
use crate::{
    broker::core::{Change, Kept},
    time::Moment,
};

/// Milliseconds since 1970 at which the first broker begins.
const WALL: u64 = 1_700_000_000_000;

/// What a store does with the changes.
#[derive(Default)]
struct Records {
    retained: BTreeMap<String, Vec<u8>>,
    sessions: BTreeMap<String, Vec<u8>>,
    messages: BTreeMap<(String, u64), Vec<u8>>,
}

impl Records {
    fn take(&mut self, world: &mut World) {
        for change in world.core.take_changes() {
            match change {
                Change::Retained { topic, record: Some(record) } => drop(self.retained.insert(topic, record)),
                Change::Retained { topic, record: None } => drop(self.retained.remove(&topic)),
                Change::Session { client_id, record: Some(record) } => drop(self.sessions.insert(client_id, record)),
                Change::Session { client_id, record: None } => {
                    self.sessions.remove(&client_id);
                    self.messages.retain(|(owner, _), _| *owner != client_id);
                }
                Change::Message { client_id, number, record: Some(record) } => {
                    self.messages.insert((client_id, number), record);
                }
                Change::Message { client_id, number, record: None } => drop(self.messages.remove(&(client_id, number))),
            }
        }
    }

    fn kept(&self) -> Kept {
        Kept {
            retained: self.retained.values().cloned().collect(),
            sessions: self.sessions.clone().into_iter().collect(),
            messages: self.messages.iter().map(|((id, number), r)| (id.clone(), *number, r.clone())).collect(),
        }
    }

    /// The next broker, so long after the first one began.
    fn restart(&mut self, world: &mut World, after: Duration) -> World {
        self.take(world);
        let mut next = World::default();
        let wall = WALL + u64::try_from(after.as_millis()).expect("a short time");
        next.core.keep(wall, self.kept());
        assert!(next.core.take_changes().is_empty(), "what is taken back is not told again");
        next
    }
}

fn beginning() -> (World, Records) {
    let mut world = World::default();
    world.core.keep(WALL, Kept::default());
    (world, Records::default())
}

#[test]
fn retained_messages_come_back_with_their_properties_until_they_are_over_or_cleared() {
    let (mut world, mut records) = beginning();
    let desk = world.v5_client(&v5::Connect::clean("desk"));
    let kind = ContentType::new("text/plain").expect("a text");
    let expiry = MessageExpiryInterval::new(10).expect("seconds");
    world.bytes(desk, &v5::publish("a", "1", Q2, true, vec![kind.into()]));
    world.bytes(desk, &v5::publish("b", "2", Q1, true, vec![expiry.into()]));
    world.bytes(desk, &v5::publish("c", "3", Q0, true, Properties::new()));
    world.bytes(desk, &v5::publish("c", "", Q0, true, Properties::new()));
    let mut soon = records.restart(&mut world, Duration::from_secs(4));
    let reader = soon.v5_client(&v5::Connect::clean("reader"));
    soon.bytes(reader, &v5::subscribe("#", v5::options(Q2), Properties::new()));
    let expected = ["SUBACK #7 02", "PUBLISH #1 q2 retain a=1 type=text/plain", "PUBLISH #2 q1 retain b=2 expiry=6"];
    assert_eq!(soon.lines(reader), expected);
    let late = records.restart(&mut world, Duration::from_secs(10));
    assert_eq!(late.core.stats().retained, 1);
}

#[test]
fn a_session_comes_back_with_its_subscriptions_and_every_message_at_its_stage() {
    let (mut world, mut records) = beginning();
    let reader = world.persistent("reader");
    world.subscribe(reader, "a/+", Q2);
    for number in 0..3 {
        world.inject("a/b", &number.to_string(), Q2);
    }
    world.bytes(reader, &confirm(PUBREC, 2));
    world.lose(reader);
    world.inject("a/b", "while away", Q1);
    let mut next = records.restart(&mut world, Duration::from_secs(1));
    next.inject("a/c", "after", Q1);
    let reader = next.returning("reader");
    let expected = [
        "PUBLISH #1 q2 dup a/b=0",
        "PUBREL #2",
        "PUBLISH #3 q2 dup a/b=2",
        "PUBLISH #4 q1 a/b=while away",
        "PUBLISH #5 q1 a/c=after",
    ];
    assert_eq!(next.lines(reader), expected);
    for (kind, id) in [(PUBREC, 1), (7, 1), (7, 2), (PUBREC, 3), (7, 3), (4, 4), (4, 5)] {
        next.bytes(reader, &confirm(kind, id));
    }
    records.take(&mut next);
    assert_eq!((records.sessions.len(), records.messages.len()), (1, 0), "nothing is left of what is done");
}

#[test]
fn a_qos_2_message_that_was_not_released_is_not_passed_on_twice() {
    let (mut world, mut records) = beginning();
    let writer = world.persistent("writer");
    world.publish(writer, "a", "once", Q2);
    let mut next = records.restart(&mut world, Duration::ZERO);
    let reader = next.clean("reader");
    next.subscribe(reader, "a", Q0);
    let writer = next.returning("writer");
    next.publish(writer, "a", "once", Q2);
    next.bytes(writer, &confirm(PUBREL, 1));
    assert_eq!(next.lines(writer), ["PUBREC #1", "PUBCOMP #1"]);
    assert!(next.lines(reader).is_empty());
}

#[test]
fn sessions_that_end_leave_no_record_and_those_that_are_over_do_not_come_back() {
    let (mut world, mut records) = beginning();
    let expiry = |seconds| SessionExpiryInterval::new(seconds).expect("seconds");
    world.clean("clean");
    let gone = world.persistent("gone");
    world.subscribe(gone, "a", Q1);
    world.disconnect(gone);
    world.inject("a", "1", Q1);
    world.clean("gone");
    let short = world.v5_client(&v5::Connect::clean("short").with(expiry(10)));
    world.lose(short);
    world.v5_client(&v5::Connect::clean("here").with(expiry(20)));
    records.take(&mut world);
    let ids: BTreeSet<_> = records.sessions.keys().map(String::as_str).collect();
    assert_eq!(ids, BTreeSet::from(["here", "short"]));
    assert!(records.messages.is_empty());
    let mut next = records.restart(&mut world, Duration::from_secs(9));
    assert_eq!(next.core.stats().sessions, 2);
    next.wait(Duration::from_secs(1));
    assert_eq!(next.core.stats().sessions, 1);
    next.wait(Duration::from_secs(18));
    assert_eq!(next.core.stats().sessions, 1, "whoever was here has all its time");
    next.wait(Duration::from_secs(1));
    assert_eq!((next.core.stats().sessions, next.now), (0, Moment::from_millis(20_000)));
}

#[test]
fn records_that_cannot_be_read_are_left_out() {
    let mut world = World::default();
    let kept = Kept {
        retained: vec![Vec::new(), vec![0; 9], vec![0xff; 20]],
        sessions: vec![("bad".into(), b"{".to_vec()), ("worse".into(), Vec::new())],
        messages: vec![("bad".into(), 1, vec![0; 30]), ("nobody".into(), 1, Vec::new())],
    };
    world.core.keep(WALL, kept);
    assert_eq!((world.core.stats().sessions, world.core.stats().retained), (0, 0));
    world.clean("good");
}
