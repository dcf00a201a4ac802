//! Wishes that come while a connection ends, on the virtual modem.

use std::time::Duration;

use super::*;
use crate::{model::event::Fault, sim::VirtualSpec};

/// Nobody who hears.
struct Nobody;

impl Hears for Nobody {
    fn hear(&mut self, _: Notice) {}
}

/// A session and everything it was told.
struct Bench {
    session: Session,
    tasks: Tasks<Nobody>,
    told: Vec<Input>,
}

impl Bench {
    fn new() -> Self {
        let ctx = Context::default();
        Self { session: Session::new(ctx.clone(), Duration::ZERO), tasks: Tasks::new(ctx), told: Vec::new() }
    }

    fn connect(&mut self, baud: u32) {
        let spec = LinkSpec::Virtual(VirtualSpec { baud, ..VirtualSpec::default() });
        let inputs = self.session.connect(spec, vec![Request::Raw("AT".to_owned())], &self.tasks);
        self.told.extend(inputs);
    }

    fn ask(&mut self, line: &str) {
        let inputs = self.session.request(Request::Raw(line.to_owned()));
        self.told.extend(inputs);
    }

    /// Takes what the worker tells until `count` inputs in all are such as `is_wanted` says.
    #[track_caller]
    fn take_until(&mut self, count: usize, is_wanted: impl Fn(&Input) -> bool) {
        let clock = super::super::clock::Clock::start();
        while self.told.iter().filter(|input| is_wanted(input)).count() < count {
            assert!(!clock.has_run_for(LIMIT), "not within {LIMIT:?}; told was {:#?}", self.told);
            match self.session.next(&self.tasks) {
                Some(inputs) => self.told.extend(inputs),
                None => std::thread::yield_now(),
            }
        }
    }

    /// How each request ended.
    fn ends(&self) -> Vec<Result<(), Fault>> {
        let end = |input: &Input| match input {
            Input::Told { event: Event::Done { result, .. }, .. } => Some(result.clone()),
            _ => None,
        };
        self.told.iter().filter_map(end).collect()
    }
}

fn is_done(input: &Input) -> bool {
    matches!(input, Input::Told { event: Event::Done { .. }, .. })
}

fn is_closed(input: &Input) -> bool {
    matches!(input, Input::Told { event: Event::Closed { .. }, .. })
}

fn is_refusal(input: &Input) -> bool {
    matches!(input, Input::NotTaken { why: Notice::NoPort, .. })
}

#[test]
fn who_connects_right_after_a_stop_is_served_by_a_new_worker() {
    let mut bench = Bench::new();
    bench.connect(115_200);
    bench.take_until(1, is_done);
    bench.session.close();
    // The worker has been told to stop and lives still.
    bench.connect(115_200);
    bench.ask("AT+CSQ");
    bench.take_until(3, is_done);
    assert_eq!(bench.ends(), [Ok(()), Ok(()), Ok(())], "nobody is told of a stop that he did not ask for");
    assert_eq!(bench.session.generation, Generation(2));
}

#[test]
fn who_asks_right_after_a_stop_is_told_that_no_port_is_open() {
    let mut bench = Bench::new();
    bench.connect(115_200);
    bench.take_until(1, is_done);
    bench.session.close();
    assert!(!bench.session.is_open() && !bench.session.takes_requests());
    bench.ask("AT+CSQ");
    assert!(bench.told.last().is_some_and(is_refusal), "{:#?}", bench.told);
    bench.take_until(1, is_closed);
    assert_eq!(bench.ends(), [Ok(())]);
}

#[test]
fn a_wish_that_waits_is_given_up_by_the_next_stop() {
    let mut bench = Bench::new();
    bench.connect(115_200);
    bench.take_until(1, is_done);
    // Another rate is another link: the open one closes first.
    bench.connect(57_600);
    assert!(!bench.session.is_open() && bench.session.takes_requests());
    bench.session.close();
    bench.take_until(1, is_closed);
    assert!(bench.session.worker.is_none() && bench.session.generation == Generation(1));
}

const LIMIT: Duration = Duration::from_mins(1);
