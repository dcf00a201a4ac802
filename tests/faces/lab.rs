//! A session on a virtual clock, with everything that passes recorded: the core or a pair of hands at one end, the virtual
//! modem with its broker at the other.

use std::time::Duration;

use air780e_companion::{
    broker::Core,
    modem::{
        Modem,
        event::Event,
        request::{Request, RequestId},
    },
    sim::{
        VirtualModem, VirtualSpec,
        bench::{HOST, PORT, plan, stage},
        net::simulated::Simulated,
        scenario::{BrokerPlan, PcStep, Scenario},
    },
    time::{Moment, WallAnchor},
    trace::{Header, Recorder},
};
use chrono::{DateTime, Local};

use crate::{
    today,
    window::{PATIENCE, Session},
};

/// Both ends and what passed between them.
pub(crate) struct Lab {
    /// `None` when hands type.
    core: Option<Modem>,
    modem: VirtualModem,
    net: Simulated,
    recorder: Recorder<Vec<u8>>,
    said: Vec<u8>,
    now: Moment,
    requests: u64,
    session: Session,
}

impl Lab {
    /// What the core does with a scenario.
    pub(crate) fn play(scenario: &Scenario) -> Session {
        Self::new(scenario.spec(7).unwrap(), &scenario.broker).with_core().play_steps(scenario)
    }

    /// What hands do with a scenario: they type, and look.
    pub(crate) fn type_by_hand(scenario: &Scenario) -> Session {
        Self::new(scenario.spec(7).unwrap(), &scenario.broker).type_steps(scenario)
    }

    /// A module with nobody beside it yet but hands.
    pub(crate) fn new(mut spec: VirtualSpec, broker: &BrokerPlan) -> Self {
        let today = today();
        spec.device.utc_at_open = Some(today);
        let opened = DateTime::from_timestamp(today, 0).unwrap().with_timezone(&Local);
        let header = Header { port: "lab".to_owned(), opened: opened.to_rfc3339(), is_simulated: true };
        let config = stage::broker_config("lab", broker).unwrap();
        let told = Event::Opened { port: "lab".to_owned(), anchor: WallAnchor::new(opened), is_simulated: true };
        Self {
            core: None,
            modem: VirtualModem::new(&spec, Moment::ZERO),
            net: Simulated::new(Core::new(config), HOST, PORT),
            recorder: Recorder::keeping_identifiers(Vec::new(), &header).unwrap(),
            said: Vec::new(),
            now: Moment::ZERO,
            requests: 0,
            session: Session { events: vec![told], ..Session::default() },
        }
    }

    /// The core takes the place of the hands.
    pub(crate) fn with_core(mut self) -> Self {
        self.core = Some(Modem::new(Moment::ZERO));
        self.exchange();
        self
    }

    fn play_steps(mut self, scenario: &Scenario) -> Session {
        if !scenario.is_connecting() {
            self.perform(Request::BringUp);
        }
        for step in &scenario.pc {
            self.run_for(HAND);
            match step {
                PcStep::Connect(wanted) => {
                    let wanted = plan::connection(wanted, &[]).unwrap();
                    self.perform(Request::Connect(Box::new(wanted)));
                }
                PcStep::Publish(wanted) => self.perform(plan::publish(wanted).unwrap()),
                PcStep::Raw(line) => self.perform(Request::Raw(line.clone())),
                PcStep::Ask(line, end) => self.type_line(line, end),
                PcStep::Send(_) => panic!("{}: the core sends lines only", scenario.name),
                PcStep::Await(text) => _ = self.await_text(0, text),
                PcStep::WaitMs(span) => self.run_for(Duration::from_millis(*span)),
            }
        }
        self.finish()
    }

    fn type_steps(mut self, scenario: &Scenario) -> Session {
        let mut read = 0;
        for step in &scenario.pc {
            match step {
                PcStep::Ask(line, end) => {
                    self.type_line(line, end);
                    read = self.said.len();
                }
                PcStep::Send(bytes) => self.send(bytes.as_bytes()),
                PcStep::Await(text) => read = self.await_text(read, text),
                PcStep::WaitMs(span) => self.run_for(Duration::from_millis(*span)),
                _ => panic!("{}: hands connect nothing by themselves", scenario.name),
            }
        }
        self.finish()
    }

    /// Types a line, by the core as the terminal does or by hand, and waits for a text.
    pub(crate) fn type_line(&mut self, line: &str, end: &str) {
        self.run_for(HAND);
        let from = self.said.len();
        if self.core.is_some() {
            self.perform(Request::Raw(line.to_owned()));
        } else {
            self.send(format!("{line}\r").as_bytes());
        }
        self.await_text(from, end);
    }

    pub(crate) fn finish(mut self) -> Session {
        self.run_for(SETTLES);
        self.session.now = self.now;
        self.session.trace = String::from_utf8(self.recorder.finish().unwrap()).unwrap();
        self.session
    }

    /// Hands a request to the core and runs until it is done.
    pub(crate) fn perform(&mut self, request: Request) {
        self.requests += 1;
        let id = RequestId(self.requests);
        if let Request::Connect(connection) = &request {
            self.session.connects.push((id, (**connection).clone()));
        }
        self.core.as_mut().unwrap().request(self.now, id, request);
        self.exchange();
        let limit = self.now + LONGEST;
        let is_end = |event: &Event| matches!(event, Event::Done { id: done, .. } if *done == id);
        while !self.session.events.iter().rev().any(is_end) && self.step(limit) {}
    }

    fn send(&mut self, bytes: &[u8]) {
        self.recorder.sent(self.now, bytes, &[]).unwrap();
        self.modem.handle_bytes(self.now, bytes);
        self.exchange();
    }

    /// Lets time pass until the module said `text` behind `from`; gives the place behind it. A text that never comes is no
    /// matter of this test.
    fn await_text(&mut self, from: usize, text: &str) -> usize {
        let limit = self.now + PATIENCE;
        loop {
            let found = (from..=self.said.len()).find(|place| self.said[*place..].starts_with(text.as_bytes()));
            if let Some(place) = found {
                return place + text.len();
            }
            if !self.step(limit) {
                return self.said.len();
            }
        }
    }

    pub(crate) fn run_for(&mut self, span: Duration) {
        let limit = self.now + span;
        while self.step(limit) {}
        self.now = limit;
    }

    /// Jumps to the next thing that happens until `limit`; `false` when there is none.
    fn step(&mut self, limit: Moment) -> bool {
        let core = self.core.as_ref().and_then(Modem::poll_timeout);
        let next = [core, self.modem.poll_timeout(), self.net.poll_timeout()].into_iter().flatten().min();
        let Some(next) = next.filter(|next| *next <= limit) else { return false };
        self.now = self.now.max(next);
        if let Some(core) = &mut self.core {
            core.handle_timeout(self.now);
        }
        self.modem.handle_timeout(self.now);
        self.net.handle_timeout(self.now);
        self.exchange();
        true
    }

    fn exchange(&mut self) {
        loop {
            let mut has_moved = self.net.serve(self.now, &mut self.modem);
            while let Some(transmit) = self.core.as_mut().and_then(Modem::poll_transmit) {
                self.recorder.sent(self.now, &transmit.bytes, &transmit.secret).unwrap();
                self.modem.handle_bytes(self.now, &transmit.bytes);
                self.core.as_mut().unwrap().handle_sent(self.now);
                has_moved = true;
            }
            while let Some(bytes) = self.modem.poll_transmit(self.now) {
                self.recorder.received(self.now, &bytes).unwrap();
                self.said.extend_from_slice(&bytes);
                if let Some(core) = &mut self.core {
                    core.handle_bytes(self.now, &bytes);
                }
                has_moved = true;
            }
            while let Some(event) = self.core.as_mut().and_then(Modem::poll_event) {
                self.session.events.push(event);
            }
            if !has_moved {
                return;
            }
        }
    }
}

/// Nobody's hand is faster.
const HAND: Duration = Duration::from_millis(20);
/// Late lines have come by then.
const SETTLES: Duration = Duration::from_secs(2);
/// Longest virtual time of one request.
const LONGEST: Duration = Duration::from_mins(10);
