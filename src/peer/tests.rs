//! The client against the broker of this program, without sockets; the thread over TCP and TLS.

use std::time::Duration;

use super::*;
use crate::{
    broker::{ConnectionId, Core, CoreConfig, Server, ServerConfig, TopicRule},
    mqtt::Topic,
    time::Moment,
};

/// A client and the broker's core, joined byte by byte.
struct World {
    core: Core,
    client: Client,
    now: Moment,
    events: Vec<Happening>,
}

const ID: ConnectionId = ConnectionId(1);

impl World {
    fn new(config: CoreConfig, joining: &Joining) -> Self {
        let mut core = Core::new(config);
        core.open(Moment::ZERO, ID);
        let mut world =
            Self { core, client: Client::new(Moment::ZERO, joining), now: Moment::ZERO, events: Vec::new() };
        world.exchange();
        world
    }

    fn deed(&mut self, deed: Deed) {
        self.now += Duration::from_millis(1);
        self.client.handle_deed(self.now, deed);
        self.exchange();
    }

    /// Cuts what the broker sends into single bytes: any cutting gives the same events.
    fn exchange(&mut self) {
        loop {
            let mut has_moved = false;
            if let Some(bytes) = self.client.poll_transmit() {
                self.core.handle_bytes(self.now, ID, &bytes);
                has_moved = true;
            }
            while let Some((_, bytes)) = self.core.poll_transmit() {
                bytes.chunks(1).for_each(|byte| self.client.handle_bytes(self.now, byte));
                has_moved = true;
            }
            while let Some(event) = self.client.poll_event() {
                self.events.push(event.what);
            }
            if !has_moved {
                return;
            }
        }
    }
}

fn topic(text: &str) -> Topic {
    text.parse().expect("a topic")
}

fn filter(text: &str) -> Filter {
    text.parse().expect("a filter")
}

fn message(text: &str, payload: &str, qos: Qos) -> Message {
    Message { topic: topic(text), payload: payload.into(), qos, retain: false }
}

fn joining(subscriptions: &[&str]) -> Joining {
    let wanted = subscriptions.iter().map(|text| (filter(text), Qos::ExactlyOnce)).collect();
    Joining { subscriptions: wanted, ..Joining::new("broker.test", 1883, "pc") }
}

#[test]
fn each_quality_of_service_is_told_as_far_as_it_goes() {
    let mut world = World::new(CoreConfig::default(), &joining(&["t"]));
    let granted = Happening::Subscribed { filter: filter("t"), granted: Some(Qos::ExactlyOnce) };
    assert_eq!(world.events, [Happening::Joined { present: false }, granted]);
    let id = PublishId(7);
    for (qos, expected) in [
        (Qos::AtMostOnce, &[Happening::Sent(id)][..]),
        (Qos::AtLeastOnce, &[Happening::Sent(id), Happening::Confirmed(id)]),
        (Qos::ExactlyOnce, &[Happening::Sent(id), Happening::Received(id), Happening::Confirmed(id)]),
    ] {
        world.events.clear();
        world.deed(Deed::Publish(id, message("t", "data from tcp server", qos)));
        let (came, told): (Vec<_>, Vec<_>) =
            world.events.drain(..).partition(|what| matches!(what, Happening::Message(_)));
        assert_eq!(told, expected, "QoS {qos}");
        let arrival = Arrival { message: message("t", "data from tcp server", qos), is_dup: false };
        assert_eq!(came, [Happening::Message(arrival)], "QoS {qos}");
    }
}

#[test]
fn a_forbidden_filter_is_told_and_an_answer_comes_for_each_question() {
    let config = CoreConfig { rules: vec![TopicRule::forbid(filter("secret/#"))], ..CoreConfig::default() };
    let mut world = World::new(config, &joining(&["secret/a"]));
    let refused = Happening::Subscribed { filter: filter("secret/a"), granted: None };
    assert_eq!(world.events, [Happening::Joined { present: false }, refused]);
    world.events.clear();
    world.deed(Deed::Ask);
    world.deed(Deed::Ask);
    let answered = |millis| Happening::Answered { asked: Moment::from_millis(millis) };
    assert_eq!(world.events, [answered(1), answered(2)]);
}

#[test]
fn nothing_is_sent_before_the_login_nor_after_the_end() {
    let mut client = Client::new(Moment::ZERO, &joining(&[]));
    client.handle_deed(Moment::ZERO, Deed::Publish(PublishId(1), message("t", "x", Qos::AtMostOnce)));
    assert_eq!(client.poll_event().map(|event| event.what), Some(Happening::NotSent(PublishId(1))));
    client.handle_bytes(Moment::ZERO, &[0x20, 2, 0, 5]);
    assert_eq!(client.poll_event().map(|event| event.what), Some(Happening::Ended(End::Refused(5))));
    assert!(client.is_over() && client.poll_timeout().is_none());
}

#[test]
fn a_broker_that_says_nothing_or_nonsense_ends_it() {
    let mut silent = Client::new(Moment::ZERO, &joining(&[]));
    let due = silent.poll_timeout().expect("patience");
    silent.handle_timeout(due);
    assert_eq!(silent.poll_event().map(|event| event.what), Some(Happening::Ended(End::Silent)));
    for bytes in
        [&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], &[0x20, 0xff, 0xff, 0xff, 0xff, 1], &[0x30, 0xff, 0xff, 0x7f]]
    {
        let mut client = Client::new(Moment::ZERO, &joining(&[]));
        client.handle_bytes(Moment::ZERO, bytes);
        let told: Vec<_> = std::iter::from_fn(|| client.poll_event()).map(|event| event.what).collect();
        let is_waiting = told.is_empty() && !client.is_over();
        assert!(is_waiting || told == [Happening::Ended(End::Nonsense)], "{bytes:?}: {told:?}");
    }
}

#[test]
fn the_client_id_is_never_the_modules() {
    for module in ["", "m", "0123456789012345678901234567890", "温度温度温度温度温度"] {
        let connection = crate::modem::request::Connection::new("h", 1883, module);
        let own = Joining::beside(&connection).client_id;
        assert!(own != module && own.len() <= 23 && own.ends_with("-here"), "{own}");
    }
}

#[expect(clippy::disallowed_methods, reason = "a real thread has a real clock")]
fn peer_at(server: &Server, joining: Joining) -> Peer {
    let started = std::time::Instant::now();
    let joining = Joining { route: Some(server.local_addr()), ..joining };
    Peer::join(joining, move || started.elapsed().into(), || ()).expect("a thread")
}

fn wait(peer: &Peer, fits: impl Fn(&Happening) -> bool) -> Happening {
    loop {
        let event = peer.wait_event(Duration::from_secs(30)).expect("an event in time");
        if fits(&event.what) {
            return event.what;
        }
    }
}

#[test]
fn a_broken_connection_lets_the_will_out_and_a_good_bye_does_not() {
    let server = Server::start(ServerConfig::default()).expect("a free port");
    let watcher = peer_at(&server, joining(&["will/#", "end"]));
    wait(&watcher, |what| matches!(what, Happening::Subscribed { filter, .. } if filter.as_str() == "end"));
    for (deed, name) in [(Deed::Leave, "will/left"), (Deed::Break, "will/lost")] {
        let will = message(name, "gone", Qos::AtLeastOnce);
        let joining = Joining { will: Some(will), ..Joining::new("", 0, name) };
        let peer = peer_at(&server, joining);
        wait(&peer, |what| matches!(what, Happening::Joined { .. }));
        peer.try_do(deed).expect("a client that is there");
        assert_eq!(wait(&peer, |what| matches!(what, Happening::Ended(_))), Happening::Ended(End::Asked));
    }
    let came = wait(&watcher, |what| matches!(what, Happening::Message(_)));
    let Happening::Message(arrival) = came else { panic!("{came:?}") };
    assert_eq!(arrival.message.topic, topic("will/lost"));
}

#[test]
fn nobody_at_the_address_is_said() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address");
    let joining = Joining { route: Some(free), ..joining(&[]) };
    let peer = Peer::join(joining, || Moment::ZERO, || ()).expect("a thread");
    let end = wait(&peer, |_| true);
    assert!(matches!(end, Happening::Ended(End::Unreachable { .. })), "{end:?}");
}
