//! A world for the core: a scripted modem at the other end of a wire, and a clock that jumps.

use std::{collections::VecDeque, time::Duration};

use crate::{
    modem::{
        Modem,
        event::{Event, ExchangeRecord, Fault, WireKind},
        request::{Connection, Credentials, Request, RequestId, Subscription},
        status::{Rung, RungState},
    },
    mqtt::{Message, Password, Qos},
    time::Moment,
};

mod answering;
mod chunks;
mod connecting;
mod data_mode;
mod dice;
mod digits;
mod disturbed;
mod early;
mod generated;
mod hostile;
mod kept;
mod keys;
mod late;
mod left_open;
mod looking;
mod measuring;
mod protecting;
mod publishing;
mod reports;
mod restarting;
mod returning;
mod seen;
mod trouble;
mod watching;

/// One line the scripted modem expects, and what it says to it.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    expects: String,
    replies: Vec<(Duration, Vec<u8>)>,
}

/// The world: a core, a scripted modem, a clock.
#[derive(Debug)]
pub(super) struct World {
    pub(super) modem: Modem,
    pub(super) now: Moment,
    pub(super) events: Vec<Event>,
    pub(super) sent: Vec<String>,
    cues: VecDeque<Cue>,
    /// Bytes on their way to the core.
    coming: VecDeque<(Moment, Vec<u8>)>,
    echoes: bool,
    next_id: u64,
}

/// A cue: to `expects` the modem says `replies`, 10 ms apart. A reply is a text whose line ends are CRLF.
pub(super) fn cue(expects: &str, replies: &[&str]) -> Cue {
    let replies = replies.iter().map(|reply| (Duration::from_millis(10), framed(reply))).collect();
    Cue { expects: expects.to_owned(), replies }
}

/// A text as the modem prints it. One that begins with `>` has no line end.
pub(super) fn framed(text: &str) -> Vec<u8> {
    if text.starts_with('>') {
        return format!("\r\n{text}").into_bytes();
    }
    format!("\r\n{}\r\n", text.replace('\n', "\r\n\r\n")).into_bytes()
}

impl World {
    pub(super) fn new(cues: impl IntoIterator<Item = Cue>) -> Self {
        Self {
            modem: Modem::new(Moment::ZERO),
            now: Moment::ZERO,
            events: Vec::new(),
            sent: Vec::new(),
            cues: cues.into_iter().collect(),
            coming: VecDeque::new(),
            echoes: true,
            next_id: 1,
        }
    }

    pub(super) fn without_echo(mut self) -> Self {
        self.echoes = false;
        self
    }

    pub(super) fn request(&mut self, request: Request) -> RequestId {
        let id = RequestId(self.next_id);
        self.next_id += 1;
        self.modem.request(self.now, id, request);
        self.poll();
        id
    }

    /// The modem says something by itself, now.
    pub(super) fn says(&mut self, bytes: &[u8]) {
        self.modem.handle_bytes(self.now, bytes);
        self.poll();
    }

    /// Lets time pass until nothing is left to happen.
    pub(super) fn run(&mut self) {
        self.run_until(Moment::from_millis(3_600_000));
    }

    /// Lets time pass until `until` at most.
    pub(super) fn run_until(&mut self, until: Moment) {
        for _ in 0..10_000 {
            let byte_due = self.coming.front().map(|(at, _)| *at);
            let due = [byte_due, self.modem.poll_timeout()].into_iter().flatten().min();
            let Some(due) = due.filter(|due| *due <= until) else { return };
            self.now = self.now.max(due);
            if byte_due == Some(due)
                && let Some((_, bytes)) = self.coming.pop_front()
            {
                self.modem.handle_bytes(self.now, &bytes);
            } else {
                self.modem.handle_timeout(self.now);
            }
            self.poll();
        }
        panic!("it never comes to rest; next timeout {:?}", self.modem.poll_timeout());
    }

    pub(super) fn poll(&mut self) {
        loop {
            while let Some(event) = self.modem.poll_event() {
                self.events.push(event);
            }
            let Some(transmit) = self.modem.poll_transmit() else { break };
            self.modem.handle_sent(self.now);
            self.hears(&transmit.bytes);
        }
    }

    fn hears(&mut self, bytes: &[u8]) {
        let is_command = bytes.starts_with(b"AT") || bytes.starts_with(b"at");
        let text = String::from_utf8_lossy(bytes).trim_end_matches('\r').to_owned();
        self.sent.push(text.clone());
        let mut at = self.now + Duration::from_millis(1);
        if self.echoes && is_command {
            self.coming.push_back((at, [bytes, b"\r"].concat()));
        }
        let Some(cue) = self.cues.pop_front() else { return };
        assert_eq!(cue.expects, text, "after {:?}", self.sent);
        for (delay, reply) in cue.replies {
            at += delay;
            self.coming.push_back((at, reply));
        }
        self.coming.make_contiguous().sort_by_key(|(at, _)| *at);
    }

    pub(super) fn results(&self) -> Vec<(RequestId, Result<(), Fault>)> {
        let done = self.events.iter().filter_map(|event| match event {
            Event::Done { id, result, .. } => Some((*id, result.clone())),
            _ => None,
        });
        done.collect()
    }

    pub(super) fn only_result(&self) -> Result<(), Fault> {
        let results = self.results();
        assert_eq!(results.len(), 1, "{results:?}");
        results[0].1.clone()
    }

    pub(super) fn records(&self) -> Vec<&ExchangeRecord> {
        let records = self.events.iter().filter_map(|event| match event {
            Event::Exchange(record) => Some(record.as_ref()),
            _ => None,
        });
        records.collect()
    }

    pub(super) fn wire(&self, kind: WireKind) -> Vec<&str> {
        let lines = self.events.iter().filter_map(|event| match event {
            Event::Wire(line) if line.kind == kind => Some(line.text.as_str()),
            _ => None,
        });
        lines.collect()
    }

    pub(super) fn state(&self, rung: Rung) -> RungState {
        self.modem.status().ladder.entry(rung).state
    }
}

/// A modem that answers every question of a bring-up well.
pub(super) fn good_bring_up() -> Vec<Cue> {
    vec![
        cue("AT", &["OK"]),
        cue("AT+CMEE=1", &["OK"]),
        cue("ATI", &["AirM2M_780E_V1169_LTE_AT\nOK"]),
        cue("AT+CPIN?", &["+CPIN: READY\nOK"]),
        cue("AT+CSQ", &["+CSQ: 23,0\nOK"]),
        cue("AT+CEREG?", &["+CEREG: 0,1\nOK"]),
        cue("AT+CGATT?", &["+CGATT: 1\nOK"]),
        cue("AT+CGPADDR=1", &["+CGPADDR: 1,\"10.143.27.227\"\nOK"]),
    ]
}

/// A link that does not open although the name resolves.
pub(super) fn failed_link(replies: &[&str]) -> Vec<Cue> {
    vec![
        cue(r#"AT+MIPSTART="broker.example",1883"#, replies),
        cue("AT+CSTT", &["+CME ERROR: 3"]),
        cue("AT+CIICR", &["ERROR"]),
        cue("AT+CIFSR", &["10.1.2.3"]),
        cue(r#"AT+CDNSGIP="broker.example""#, &["OK", "+CDNSGIP: 1,\"broker.example\",\"192.0.2.7\""]),
    ]
}

/// A modem and a broker that take everything of [`connection`].
pub(super) fn good_connect() -> Vec<Cue> {
    let mut cues = good_bring_up();
    cues.extend([
        cue("AT+MQTTSTATU", &["+MQTTSTATU :0\nOK"]),
        cue("AT+MQTTMSGSET=0", &["OK"]),
        cue("AT+MQTTMODE=0", &["OK"]),
        cue(r#"AT+MCONFIG="unit-7","root","s3cret""#, &["OK"]),
        cue(r#"AT+MIPSTART="broker.example",1883"#, &["OK", "CONNECT OK"]),
        cue("AT+MCONNECT=1,120", &["OK", "CONNACK OK"]),
        cue(r#"AT+MSUB="mqtt/pub",1"#, &["OK", "SUBACK"]),
    ]);
    cues
}

pub(super) fn connection() -> Connection {
    Connection {
        credentials: Some(Credentials { user: "root".to_owned(), password: Password::new("s3cret") }),
        subscriptions: vec![Subscription { filter: "mqtt/pub".parse().expect("a filter"), qos: Qos::AtLeastOnce }],
        ..Connection::new("broker.example", 1883, "unit-7")
    }
}

pub(super) fn connect() -> Request {
    Request::Connect(Box::new(connection()))
}

/// A world in which a session is open; what led to it is forgotten.
pub(super) fn connected(more: impl IntoIterator<Item = Cue>) -> World {
    let mut world = World::new(good_connect().into_iter().chain(more));
    world.request(connect());
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    world.events.clear();
    world.sent.clear();
    world
}

pub(super) fn message(payload: &[u8], qos: Qos) -> Message {
    Message { topic: "mqtt/sub".parse().expect("a topic"), payload: payload.to_vec(), qos, retain: false }
}
