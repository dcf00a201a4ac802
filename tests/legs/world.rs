//! A sender, a receiver and a broker between two wires, one fault, and each verdict held against what the wires saw.
//!
//! Both ways are judged at once: as if the sender were the module and this computer the receiver, and the other way round.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    time::{Duration, Instant},
};

use air780e_companion::{
    broker::{Access, CoreConfig, Limits, Server, ServerConfig, TopicRule},
    legs::{Carrier, Cell, Leg, Mark, Place, Tracer, Verdict},
    modem::{
        event::{self, Delivery, Fault as ModemFault, PublishUpdate},
        request::RequestId,
    },
    mqtt::{Filter, Message, Qos, Topic},
    peer::{Deed, Event, Happening, Joining, Peer, PublishId},
    time::Moment,
};

use crate::{
    kit::{LIMIT, mosquitto::Mosquitto, now, wait_for},
    tap::{Scissors, Tap, Truth},
};

/// A broker with a topic to which nobody may publish, and queues of two.
pub(crate) enum Broker {
    Mosquitto(Mosquitto),
    Ours(Server),
}

impl Broker {
    pub(crate) fn mosquitto() -> Self {
        Self::Mosquitto(Mosquitto::start(|folder| {
            let file = folder.join("acl");
            let rules = "topic readwrite open/#\ntopic read forbidden/#\n";
            std::fs::write(&file, rules).expect("a file in the test's folder");
            format!(
                "allow_anonymous true\nacl_file {}\nmax_inflight_messages 1\nmax_queued_messages 2\n",
                file.display()
            )
        }))
    }

    pub(crate) fn ours() -> Self {
        let limits = Limits { max_in_flight: 1, max_queued_messages: 2, ..Limits::default() };
        let rules =
            vec![TopicRule { user: None, filter: "forbidden/#".parse().expect("a filter"), access: Access::Read }];
        let core = CoreConfig { limits, rules, ..CoreConfig::default() };
        Self::Ours(Server::start(ServerConfig { core, ..ServerConfig::default() }).expect("a free port"))
    }

    fn address(&self) -> SocketAddr {
        match self {
            Self::Mosquitto(broker) => SocketAddr::from(([127, 0, 0, 1], broker.port)),
            Self::Ours(server) => server.local_addr(),
        }
    }
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    Nothing,
    /// The sender's connection is cut before the broker gets a message.
    CutBeforeBroker,
    /// It is cut behind a message: the broker has it, and nobody is told.
    CutBehindSender,
    /// The receiver's connection is cut before it gets a message.
    CutBeforeReceiver,
    /// Somebody joins under the sender's client id.
    SenderKicked,
    /// Somebody joins under the receiver's client id.
    ReceiverKicked,
    /// Nobody may publish there.
    Forbidden,
    /// The receiver confirms nothing until more has come than its queue holds.
    FullQueue,
    /// The receiver has left, and comes back to its session.
    Offline,
}

impl Fault {
    pub(crate) const ALL: [Self; 9] = [
        Self::Nothing,
        Self::CutBeforeBroker,
        Self::CutBehindSender,
        Self::CutBeforeReceiver,
        Self::SenderKicked,
        Self::ReceiverKicked,
        Self::Forbidden,
        Self::FullQueue,
        Self::Offline,
    ];
}

/// How the verdicts are.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    verdicts: usize,
    wrong: Vec<String>,
    places: BTreeMap<(Fault, u8, &'static str, &'static str), usize>,
}

impl Tally {
    fn count(&self, fault: Fault, way: &str, place: Place) -> usize {
        let fits = |key: &&(Fault, u8, &'static str, &'static str)| (key.0, key.2, key.3) == (fault, way, place.key());
        self.places.keys().filter(fits).map(|key| self.places[key]).sum()
    }

    /// None is wrong; and a tracer that only shrugs is none.
    ///
    /// `confirms_what_it_drops`: whether a publisher is told that a message arrived for which the only receiver's queue has
    /// no room; the broker of this program ends it instead.
    pub(crate) fn assert_sound(&self, confirms_what_it_drops: bool) {
        assert!(self.wrong.is_empty(), "{} of {} verdicts: {:#?}", self.wrong.len(), self.verdicts, self.wrong);
        for (fault, way, place) in [
            (Fault::Nothing, "out", Place::Arrived),
            (Fault::Nothing, "back", Place::Arrived),
            (Fault::CutBeforeBroker, "out", Place::AtSender),
            (Fault::Forbidden, "out", Place::AtBroker),
            (Fault::CutBeforeReceiver, "out", Place::BehindBroker),
        ]
        .into_iter()
        .chain(confirms_what_it_drops.then_some((Fault::FullQueue, "out", Place::AtBroker)))
        {
            assert!(self.count(fault, way, place) > 0, "{fault:?} {way} is never {place:?}: {:#?}", self.places);
        }
        let sure: usize = self.places.iter().filter(|(key, _)| key.0 == Fault::Nothing && key.3 != "arrived").count();
        assert_eq!(sure, 0, "without a fault all arrives");
    }
}

/// One trace.
pub(crate) struct World<'a> {
    broker: &'a Broker,
    fault: Fault,
    qos: Qos,
    mark: Mark,
    seed: usize,
    started: Instant,
    up: Tap,
    down: Tap,
    names: [String; 2],
    topic: Topic,
}

/// Two tracers of the same messages.
#[expect(clippy::struct_excessive_bools, reason = "what has happened, each by itself")]
struct Tracers {
    out: Tracer,
    back: Tracer,
    is_joined: bool,
    subscribed: bool,
    receiver_ended: bool,
    sender_ended: bool,
}

const PATIENCE: Duration = Duration::from_millis(250);

impl<'a> World<'a> {
    pub(crate) fn new(broker: &'a Broker, fault: Fault, qos: u8, seed: usize) -> Self {
        let carrier = if seed.is_multiple_of(2) { Carrier::Payload } else { Carrier::Topic };
        let run = u16::try_from((seed * 9 + fault as usize) * 3 + usize::from(qos)).unwrap_or(u16::MAX);
        let mark = Mark::new(run, carrier);
        let victim = Some(u32::try_from(seed % 3).unwrap_or(0) + 2);
        let none = Scissors::default();
        let (up, down) = match fault {
            Fault::CutBeforeBroker => (Scissors { before_broker: victim, ..none }, none),
            Fault::CutBehindSender => (Scissors { behind_client: victim, ..none }, none),
            Fault::CutBeforeReceiver => (none, Scissors { before_client: victim, ..none }),
            Fault::FullQueue => (none, Scissors { holds_confirmations: true, ..none }),
            _ => (none, none),
        };
        let level = if fault == Fault::Forbidden { "forbidden" } else { "open" };
        Self {
            broker,
            fault,
            qos: Qos::try_from(qos).expect("0 to 2"),
            mark,
            seed,
            started: now(),
            up: Tap::new(broker.address(), mark, up),
            down: Tap::new(broker.address(), mark, down),
            names: [format!("sender-{run}"), format!("receiver-{run}")],
            topic: format!("{level}/{run}").parse().expect("a topic"),
        }
    }

    fn now(&self) -> Moment {
        self.started.elapsed().into()
    }

    fn filter(&self) -> Filter {
        self.mark.filter(&self.topic).expect("room")
    }

    fn join(&self, tap: &Tap, name: &str, is_subscribed: bool) -> Peer {
        let wanted = is_subscribed.then(|| (self.filter(), Qos::ExactlyOnce));
        let joining = Joining {
            route: Some(tap.address),
            clean_session: !(self.fault == Fault::Offline && is_subscribed),
            subscriptions: wanted.into_iter().collect(),
            ..Joining::new("", 0, name)
        };
        let started = self.started;
        Peer::join(joining, move || started.elapsed().into(), || ()).expect("a thread")
    }

    /// Sends `count` messages and judges each.
    pub(crate) fn run(self, count: usize, tally: &mut Tally) {
        let tracer = |leg| Tracer::new(leg, self.mark, self.topic.clone(), PATIENCE);
        let mut tracers = Tracers {
            out: tracer(Leg::Out),
            back: tracer(Leg::Back),
            is_joined: false,
            subscribed: false,
            receiver_ended: false,
            sender_ended: false,
        };
        let mut receiver = self.join(&self.down, &self.names[1], true);
        Self::follow(&receiver, &mut tracers, false, |tracers| tracers.subscribed);
        // The sender may listen too, as the client in the window does.
        let sender = self.join(&self.up, &self.names[0], self.seed % 4 > 1);
        Self::follow(&sender, &mut tracers, true, |tracers| tracers.is_joined);
        if self.fault == Fault::Offline {
            receiver.try_do(Deed::Leave).expect("a client that is there");
            Self::follow(&receiver, &mut tracers, false, |tracers| tracers.receiver_ended);
            // Until the broker has read the good-bye it may still send to a client that reads no more.
            wait_for("the broker's end of the connection", || self.down.is_quiet().then_some(()));
        }
        let mut intruder = None;
        for n in 1..=count {
            self.hand(n, &sender, &mut tracers);
            if n == count / 2 {
                intruder = self.intruder();
            }
            if Some(n) == self.cut_at() {
                Self::follow(&sender, &mut tracers, true, |tracers| tracers.sender_ended);
            }
            Self::listen(&sender, &receiver, &mut tracers);
            if self.fault == Fault::Nothing {
                // The queues hold two: nothing is lost while each message is let through first.
                wait_for("an arrival", || {
                    Self::listen(&sender, &receiver, &mut tracers);
                    (self.down.truth().reached_client.len() == n).then_some(())
                });
            }
        }
        self.down.release();
        if self.fault == Fault::Offline {
            tracers.subscribed = false;
            receiver = self.join(&self.down, &self.names[1], true);
            Self::follow(&receiver, &mut tracers, false, |tracers| tracers.subscribed);
        }
        self.settle(&sender, &receiver, &mut tracers);
        let truth = (self.up.truth(), self.down.truth());
        let end = self.now();
        for (way, verdicts) in [("out", tracers.out.verdicts(end)), ("back", tracers.back.verdicts(end))] {
            for verdict in verdicts {
                self.hold(way, &verdict, &truth, tally);
            }
        }
        drop(intruder);
    }

    /// Behind this number the sender learns that its connection is cut: what follows certainly does not leave it.
    fn cut_at(&self) -> Option<usize> {
        matches!(self.fault, Fault::CutBeforeBroker | Fault::CutBehindSender).then_some(self.seed % 3 + 2)
    }

    /// Somebody with the client id of another.
    fn intruder(&self) -> Option<Peer> {
        let name = match self.fault {
            Fault::SenderKicked => &self.names[0],
            Fault::ReceiverKicked => &self.names[1],
            _ => return None,
        };
        let way = Tap::new(self.broker.address(), self.mark, Scissors::default());
        Some(self.join(&way, name, false))
    }

    fn hand(&self, n: usize, sender: &Peer, tracers: &mut Tracers) {
        let number = u32::try_from(n).expect("few");
        let message = Message { topic: self.topic.clone(), payload: b"21.5".to_vec(), qos: self.qos, retain: false };
        let marked = self.mark.put(&message, number).expect("room");
        let id = u64::from(number);
        tracers.out.handed(number, id, self.now(), &marked);
        tracers.back.handed(number, id, self.now(), &marked);
        if sender.try_do(Deed::Publish(PublishId(id), marked)).is_err() {
            let event = Event { at: self.now(), what: Happening::NotSent(PublishId(id)) };
            Self::take(&event, tracers, true);
        }
    }

    fn listen(sender: &Peer, receiver: &Peer, tracers: &mut Tracers) {
        while let Some(event) = sender.try_event() {
            Self::take(&event, tracers, true);
        }
        while let Some(event) = receiver.try_event() {
            Self::take(&event, tracers, false);
        }
    }

    fn follow(peer: &Peer, tracers: &mut Tracers, is_sender: bool, is_enough: impl Fn(&Tracers) -> bool) {
        while !is_enough(tracers) {
            let event = peer.wait_event(LIMIT).expect("an event in time");
            Self::take(&event, tracers, is_sender);
        }
    }

    /// Until both tracers want nothing more, or the connections that could tell are gone.
    fn settle(&self, sender: &Peer, receiver: &Peer, tracers: &mut Tracers) {
        wait_for("verdicts", || {
            Self::listen(sender, receiver, tracers);
            let now = self.now();
            if tracers.out.wants_answer(now) {
                let _ = receiver.try_do(Deed::Ask);
            }
            if tracers.back.wants_answer(now) {
                let _ = sender.try_do(Deed::Ask);
            }
            (tracers.out.is_settled(now) && tracers.back.is_settled(now)).then_some(())
        });
    }

    fn take(event: &Event, tracers: &mut Tracers, is_sender: bool) {
        match (&event.what, is_sender) {
            (Happening::Joined { .. }, true) => tracers.is_joined = true,
            (Happening::Subscribed { granted: Some(_), .. }, false) => tracers.subscribed = true,
            (Happening::Ended(_), false) => tracers.receiver_ended = true,
            (Happening::Ended(_), true) => tracers.sender_ended = true,
            _ => {}
        }
        if is_sender {
            tracers.back.take_peer(event);
            if let Some(told) = as_modem_tells(event) {
                tracers.out.take_modem(&told);
            }
        } else {
            tracers.out.take_peer(event);
            if let Happening::Message(arrival) = &event.what {
                let (at, message) = (event.at, arrival.message.clone());
                let announced = message.payload.len();
                tracers.back.take_modem(&event::Event::Message(event::Arrival { at, message, announced }));
            }
        }
    }

    fn hold(&self, way: &'static str, verdict: &Verdict, (up, down): &(Truth, Truth), tally: &mut Tally) {
        let n = verdict.number;
        let cells = [
            ("left the sender", verdict.left_sender, up.left_client.contains(&n)),
            ("reached the broker", verdict.reached_broker, up.reached_broker.contains(&n)),
            ("left the broker", verdict.left_broker, down.left_broker.contains(&n)),
            ("arrived", verdict.arrived, down.reached_client.contains(&n)),
        ];
        tally.verdicts += 1;
        *tally.places.entry((self.fault, self.qos.number(), way, verdict.place().key())).or_default() += 1;
        for (what, cell, is_so) in cells {
            let is_wrong = matches!((cell, is_so), (Cell::Yes(..), false) | (Cell::No(..), true) | (Cell::Open, _));
            if is_wrong {
                let Self { fault, qos, seed, .. } = self;
                tally.wrong.push(format!(
                    "{fault:?} QoS {qos} seed {seed} {way} #{n}: {what} is {cell:?}, and the wire says {is_so}"
                ));
            }
        }
    }
}

/// What the core of the module's side would tell of the same.
fn as_modem_tells(event: &Event) -> Option<event::Event> {
    let (id, delivery) = match event.what {
        Happening::Sent(id) => (id, Delivery::Accepted { accept: Duration::ZERO }),
        Happening::Received(id) => (id, Delivery::Received { after: Duration::ZERO }),
        Happening::Confirmed(id) => (id, Delivery::Confirmed { accept: Duration::ZERO, ack: Duration::ZERO }),
        Happening::NotSent(id) => (id, Delivery::Failed(ModemFault::NotConnected)),
        _ => return None,
    };
    Some(event::Event::Publish(PublishUpdate { at: event.at, id: RequestId(id.0), delivery }))
}
