//! A course in the making, for the cases in which a rule speaks and those in which it is silent.

use std::time::Duration;

use crate::{
    diagnosis::{Certainty, Course, Trouble, suspects::Suspects},
    modem::{
        event::{Arrival, Awaited, Event, ExchangeRecord, Fault, LossCause, Refusal, WireKind, WireLine},
        request::RequestId,
        status::{Rung, RungState, Status},
    },
    mqtt::{Message, Qos},
    time::Moment,
};

/// A course; every dialogue takes 100 ms.
#[derive(Default)]
pub(super) struct Kit {
    pub(super) course: Course,
    at: u64,
}

impl Kit {
    pub(super) fn now(&self) -> Moment {
        Moment::from_millis(self.at)
    }

    pub(super) fn later(mut self, millis: u64) -> Self {
        self.at += millis;
        self
    }

    fn record(self, command: &str, answer: &[&str], result: Result<(), Fault>) -> Self {
        self.lasting(100, command, answer, result)
    }

    fn lasting(mut self, millis: u64, command: &str, answer: &[&str], result: Result<(), Fault>) -> Self {
        let sent_at = self.now();
        self.at += millis;
        let record = ExchangeRecord {
            request: Some(RequestId(self.at)),
            step: None,
            command: command.into(),
            answer: answer.iter().map(|line| (*line).to_owned()).collect(),
            sent_at,
            accepted_at: Some(sent_at),
            ended_at: self.now(),
            result,
            is_forgiven: false,
            data: None,
            unreadable: None,
        };
        self.course.take(&Event::Exchange(Box::new(record)));
        self
    }

    /// A dialogue that ends well.
    pub(super) fn works(self, command: &str, answer: &str) -> Self {
        self.record(command, &[answer], Ok(()))
    }

    /// A dialogue that is refused, 0 for a bare `ERROR`.
    pub(super) fn refused(self, command: &str, number: u32) -> Self {
        let fault = refusal(command, number);
        self.record(command, &[], Err(fault))
    }

    /// A dialogue that ends in another line than hoped for.
    pub(super) fn ends_in(self, command: &str, expected: Awaited, got: &str) -> Self {
        let fault = outcome(command, expected, got);
        self.record(command, &[got], Err(fault))
    }

    /// A dialogue that ends in `fault` after so long.
    pub(super) fn fails(self, command: &str, millis: u64, fault: Fault) -> Self {
        self.lasting(millis, command, &[], Err(fault))
    }

    pub(super) fn hears(mut self, text: &str) -> Self {
        let line = WireLine::plain(self.now(), WireKind::Unsolicited, text.to_owned());
        self.course.take(&Event::Wire(line));
        self.at += 1;
        self
    }

    /// Somebody sends a line that is no command.
    pub(super) fn strays(mut self, text: &str) -> Self {
        let line = WireLine::plain(self.now(), WireKind::Sent, text.to_owned());
        self.course.take(&Event::Wire(line));
        self
    }

    /// A message comes; `announced` may be more than it has.
    pub(super) fn receives(mut self, topic: &str, payload: &[u8], announced: usize) -> Self {
        let message = Message {
            topic: topic.parse().expect("a topic"),
            payload: payload.to_vec(),
            qos: Qos::AtMostOnce,
            retain: false,
        };
        self.course.take(&Event::Message(Arrival { at: self.now(), message, announced }));
        self.at += 1;
        self
    }

    pub(super) fn logs_in(self, host: &str, login: &str) -> Self {
        let mut kit = self.works(&format!("AT+MIPSTART=\"{host}\",1883"), "CONNECT OK").works(login, "CONNACK OK");
        kit.course.take(&Event::Rung { at: kit.now(), rung: Rung::Mqtt, state: RungState::Confirmed });
        kit
    }

    pub(super) fn knows(mut self, change: impl FnOnce(&mut Status)) -> Self {
        change(&mut self.course.status);
        self
    }

    pub(super) fn trouble(&self, fault: Fault) -> Trouble {
        Trouble { at: self.now(), fault, rung: None }
    }

    pub(super) fn loss(&self, cause: LossCause) -> Trouble {
        self.trouble(Fault::SessionLost(cause))
    }

    /// What `rule` says of `trouble`.
    pub(super) fn of(
        &self,
        rule: impl Fn(&Course, &Trouble, &mut Suspects),
        trouble: &Trouble,
    ) -> Vec<(&'static str, Certainty)> {
        said(|suspects| rule(&self.course, trouble, suspects))
    }

    /// What `rule` says of the course alone.
    pub(super) fn rest(&self, rule: impl Fn(&Course, &mut Suspects)) -> Vec<(&'static str, Certainty)> {
        said(|suspects| rule(&self.course, suspects))
    }
}

/// What a rule says.
pub(super) fn said(rule: impl Fn(&mut Suspects)) -> Vec<(&'static str, Certainty)> {
    let mut suspects = Suspects::default();
    rule(&mut suspects);
    suspects.findings(&[]).into_iter().map(|finding| (finding.id, finding.certainty)).collect()
}

/// A refusal, 0 for a bare `ERROR`.
pub(super) fn refusal(command: &str, number: u32) -> Fault {
    let refusal = if number == 0 { Refusal::Error } else { Refusal::Cme(number) };
    Fault::Refused { command: command.into(), refusal }
}

/// Another line than hoped for.
pub(super) fn outcome(command: &str, expected: Awaited, got: &str) -> Fault {
    Fault::BadOutcome { command: command.into(), expected, got: got.to_owned(), after: Duration::from_millis(100) }
}
