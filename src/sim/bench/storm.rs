//! An hour of everything that can go wrong, for a thousand seeds: answers lost, late, doubled and cut short; restarts, lost
//! bearers and hang-ups at whatever state the session is in. Every wish ends exactly once, and afterwards all is well again.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fmt::Write,
    hash::{DefaultHasher, Hasher},
    thread,
    time::Duration,
};

use super::{broker, connection};
use crate::{
    modem::{
        Modem,
        event::{Delivery, Event, WireKind},
        request::{Connection, Reception, Reconnect, Request, RequestId, Subscription},
    },
    mqtt::{Message, Qos},
    sim::{Steer, VirtualModem, VirtualSpec, net::simulated::Simulated, rng::Rng},
    time::Moment,
};

const SEEDS: u64 = 1_000;
const HOUR: Duration = Duration::from_hours(1);
/// One piece of so many that the module says is lost, late, doubled or cut short.
const WIRE_FAULTS: u64 = 60;
/// At one piece of so many the module restarts, or its bearer or its broker goes.
const STRIKES: u64 = 400;

struct Storm {
    core: Modem,
    modem: VirtualModem,
    net: Simulated,
    now: Moment,
    rng: Rng,
    is_raging: bool,
    /// What the module said and has not arrived.
    coming: VecDeque<(Moment, Vec<u8>)>,
    next_wish: Moment,
    ids: u64,
    /// Each wish, and how often it ended.
    ends: BTreeMap<RequestId, u32>,
    /// Each message, its quality of service, and how often it came to an end.
    messages: BTreeMap<RequestId, (Qos, u32)>,
    last_result: Option<bool>,
    /// The command that was sent last, and those at which something struck.
    last_command: String,
    struck_at: BTreeSet<String>,
    told: Told,
}

/// Everything told, as one number.
struct Told(DefaultHasher);

impl Write for Told {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.write(text.as_bytes());
        Ok(())
    }
}

impl Storm {
    fn new(seed: u64) -> Self {
        let spec = VirtualSpec { seed, ..VirtualSpec::default() };
        Self {
            core: Modem::new(Moment::ZERO),
            modem: VirtualModem::new(&spec, Moment::ZERO),
            net: broker(&[]),
            now: Moment::ZERO,
            rng: Rng::new(seed),
            is_raging: true,
            coming: VecDeque::new(),
            next_wish: Moment::ZERO,
            ids: 0,
            ends: BTreeMap::new(),
            messages: BTreeMap::new(),
            last_result: None,
            last_command: String::new(),
            struck_at: BTreeSet::new(),
            told: Told(DefaultHasher::new()),
        }
    }

    fn wanted(&mut self) -> Connection {
        let reception = if self.rng.between(0, 3) == 0 { Reception::Cached } else { Reception::Direct };
        let filter = "t/#".parse().expect("a filter");
        Connection {
            subscriptions: vec![Subscription { filter, qos: Qos::AtLeastOnce }],
            reconnect: Some(Reconnect::default()),
            reception,
            ..connection()
        }
    }

    fn message(&mut self) -> Message {
        let payload = (0..self.rng.between(0, 60)).map(|_| u8::try_from(self.rng.between(0, 255)).expect("a byte"));
        let payload: Vec<u8> = payload.collect();
        let qos = Qos::ALL[usize::try_from(self.rng.between(0, 2)).expect("small")];
        Message { topic: "t/1".parse().expect("a topic"), payload, qos, retain: false }
    }

    fn wish(&mut self) -> Request {
        if self.ids == 0 {
            return Request::Connect(Box::new(self.wanted()));
        }
        match self.rng.between(0, 19) {
            0 => Request::Connect(Box::new(self.wanted())),
            1 => Request::Disconnect,
            2 => Request::Recover,
            3 => Request::ReadSignal,
            4 => Request::ReadDetails,
            5 => Request::ListFiles,
            6 => Request::Raw("AT+CCLK?".into()),
            7 => Request::Resolve(super::HOST.into()),
            8 => Request::BringUp,
            9 => Request::Unsubscribe("t/2".parse().expect("a filter")),
            10 => Request::Cancel(RequestId(self.ids)),
            _ => Request::Publish(self.message()),
        }
    }

    fn ask(&mut self, request: Request) -> RequestId {
        self.ids += 1;
        let id = RequestId(self.ids);
        self.ends.insert(id, 0);
        if let Request::Publish(message) = &request {
            self.messages.insert(id, (message.qos, 0));
        }
        self.core.request(self.now, id, request);
        id
    }

    /// Lets `span` pass.
    fn run_for(&mut self, span: Duration) {
        let end = self.now + span;
        self.exchange();
        loop {
            let wish = Some(self.next_wish).filter(|_| self.is_raging);
            let byte = self.coming.front().map(|(at, _)| *at);
            let due = [wish, byte, self.core.poll_timeout(), self.modem.poll_timeout(), self.net.poll_timeout()];
            let Some(due) = due.into_iter().flatten().min().filter(|due| *due <= end) else { break };
            self.now = self.now.max(due);
            if wish == Some(due) {
                self.next_wish = self.now + Duration::from_millis(self.rng.between(1_000, 120_000));
                let request = self.wish();
                self.ask(request);
                if self.rng.between(0, 3) == 0 {
                    let message = self.message();
                    self.net.publish(self.now, message);
                }
            }
            self.core.handle_timeout(self.now);
            self.modem.handle_timeout(self.now);
            self.net.handle_timeout(self.now);
            self.exchange();
        }
        self.now = end;
    }

    fn exchange(&mut self) {
        loop {
            let mut has_moved = self.net.serve(self.now, &mut self.modem);
            while let Some(bytes) = self.modem.poll_transmit(self.now) {
                self.pass(bytes);
                has_moved = true;
            }
            while let Some((_, bytes)) = self.coming.pop_front_if(|(at, _)| *at <= self.now) {
                self.core.handle_bytes(self.now, &bytes);
                has_moved = true;
            }
            while let Some(event) = self.core.poll_event() {
                self.take(&event);
            }
            while let Some(transmit) = self.core.poll_transmit() {
                self.modem.handle_bytes(self.now, &transmit.bytes);
                self.core.handle_sent(self.now);
                has_moved = true;
            }
            if !has_moved {
                return;
            }
        }
    }

    /// One piece on its way from the module to the PC.
    fn pass(&mut self, mut bytes: Vec<u8>) {
        let mut delay = Duration::ZERO;
        if self.is_raging {
            match self.rng.between(0, WIRE_FAULTS * 4 - 1) {
                0 => return,
                1 => delay = Duration::from_millis(self.rng.between(100, 40_000)),
                2 => bytes.extend_from_within(..),
                3 => bytes.truncate(usize::try_from(self.rng.between(0, bytes.len() as u64)).expect("a length")),
                _ => {}
            }
            if self.rng.between(0, STRIKES - 1) == 0 {
                self.strike();
            }
        }
        // A line cannot reorder: what is behind a late answer is late too.
        let earliest = self.coming.back().map_or(self.now, |(at, _)| *at);
        self.coming.push_back((earliest.max(self.now + delay), bytes));
    }

    fn strike(&mut self) {
        let back_after = Some(Duration::from_secs(self.rng.between(1, 90)));
        let steer = match self.rng.between(0, 2) {
            0 => Steer::Restart,
            1 => Steer::DropBearer { back_after },
            _ => Steer::Kick,
        };
        let kind = if let Steer::DropBearer { .. } = steer { "DropBearer".to_owned() } else { format!("{steer:?}") };
        let command = self.last_command.split('=').next().unwrap_or("");
        self.struck_at.insert(format!("{kind} at {command}"));
        self.modem.steer(self.now, steer);
    }

    fn take(&mut self, event: &Event) {
        match event {
            Event::Status(_) => return,
            Event::Done { id, result, .. } => {
                *self.ends.get_mut(id).expect("a wish that was made") += 1;
                self.last_result = Some(result.is_ok());
            }
            Event::Publish(update) => {
                let (qos, ends) = self.messages.get_mut(&update.id).expect("a message that was handed over");
                let is_end = match update.delivery {
                    Delivery::Confirmed { .. } | Delivery::Failed(_) | Delivery::Unknown(_) => true,
                    Delivery::Accepted { .. } => *qos == Qos::AtMostOnce && *ends == 0,
                    _ => false,
                };
                *ends += u32::from(is_end);
            }
            Event::Wire(line) if line.kind == WireKind::Sent => self.last_command.clone_from(&line.text),
            _ => {}
        }
        write!(self.told, "{event:?}").expect("a hash takes all");
    }

    /// The storm is over: what runs may end, then a session must open.
    fn assert_well(mut self, seed: u64) -> (u64, BTreeSet<String>) {
        self.is_raging = false;
        self.run_for(Duration::from_mins(20));
        let wanted = self.wanted();
        let id = self.ask(Request::Connect(Box::new(wanted)));
        self.run_for(Duration::from_mins(10));
        assert_eq!((self.ends[&id], self.last_result), (1, Some(true)), "seed {seed}: no session after the storm");
        for (id, ends) in &self.ends {
            assert_eq!(*ends, 1, "seed {seed}: wish {} ended {ends} times", id.0);
        }
        for (id, (qos, ends)) in &self.messages {
            assert_eq!(*ends, 1, "seed {seed}: message {} at QoS {qos} came to {ends} ends", id.0);
        }
        (self.told.0.finish(), self.struck_at)
    }
}

fn weather(seed: u64) -> (u64, BTreeSet<String>) {
    let mut storm = Storm::new(seed);
    storm.run_for(HOUR);
    storm.assert_well(seed)
}

#[test]
fn a_thousand_seeds_of_an_hour_each_end_well_and_the_same() {
    let struck: Vec<BTreeSet<String>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS)
            .map(|worker| {
                let work = move || {
                    let mut all = BTreeSet::new();
                    for seed in (0..SEEDS).filter(|seed| seed % WORKERS == worker) {
                        let guard = SeedOnPanic(seed);
                        let (hash, struck) = weather(seed);
                        assert_eq!(weather(seed).0, hash, "seed {seed}: the replay tells something else");
                        std::mem::forget(guard);
                        all.extend(struck);
                    }
                    all
                };
                thread::Builder::new().spawn_scoped(scope, work).expect("a thread")
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("the seed is told above")).collect()
    });
    let struck: BTreeSet<String> = struck.into_iter().flatten().collect();
    for command in ["AT+MIPSTART", "AT+MCONNECT", "AT+MSUB", "AT+MPUB", "AT+CSQ", "AT+CEREG?", "AT+MCONFIG"] {
        let kinds = struck.iter().filter(|place| place.ends_with(&format!(" at {command}"))).count();
        assert!(kinds >= 2, "{command} was hardly ever struck: {struck:?}");
    }
}

/// Names the seed when something panics inside the core or the virtual modem.
struct SeedOnPanic(u64);

impl Drop for SeedOnPanic {
    fn drop(&mut self) {
        eprintln!("the storm of seed {} ended badly", self.0);
    }
}

const WORKERS: u64 = 2;
