//! The loop on a scripted link and a virtual clock: no thread, no waiting.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard},
};

use super::{clock::Clock, *};
use crate::time::Moment;

const QUICK: (usize, Duration) = (usize::MAX, Duration::ZERO);
const STUCK: (usize, Duration) = (0, Duration::from_millis(10));

/// What the link does, and the time that passes while it is asked.
#[derive(Default)]
struct Script {
    now: Moment,
    /// Bytes and when they arrive, in order.
    incoming: VecDeque<(Moment, Vec<u8>)>,
    /// What is answered to a line, and how long after it.
    answers: Vec<(&'static str, &'static str, Duration)>,
    written: Vec<u8>,
    /// `w` and the size for each write, `r` for each read.
    calls: Vec<(char, usize)>,
    /// Bytes taken by one write, and the time that needs; a port that takes none needs some, too.
    takes: (usize, Duration),
    panics: bool,
    record: Option<RecordInto>,
    /// When the other end goes, or the stop is asked for.
    gone_at: Option<Moment>,
    stop_at: Option<(Moment, Arc<AtomicBool>)>,
    /// When it was read, and how long that might have taken.
    waits: Vec<(Moment, Duration)>,
}

#[derive(Clone)]
struct Scripted(Arc<Mutex<Script>>);

impl Scripted {
    fn new(script: Script) -> Self {
        Self(Arc::new(Mutex::new(script)))
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Runs a worker on this link to its end and returns everything it told.
    fn run(&self, requests: Vec<Request>) -> Vec<Event> {
        let (sender, queue) = bounded(REQUESTS);
        for (id, request) in (1..).map(RequestId).zip(requests) {
            sender.try_send((id, request)).expect("room");
        }
        let (events, told) = bounded(EVENTS);
        let stop = Arc::new(AtomicBool::new(false));
        if let Some((_, flag)) = &mut self.script().stop_at {
            *flag = Arc::clone(&stop);
        }
        let task =
            Task { port: "scripted".to_owned(), is_simulated: true, requests: queue, events, stop, earlier: None };
        let (link, clock) = (self.clone(), self.clone());
        let record = self.script().record.take();
        let anchor = WallAnchor::new(chrono::DateTime::default());
        task.run(move || Ok(Box::new(link) as Box<dyn Link>), move || (clock, anchor), record, &|| ());
        told.try_iter().collect()
    }
}

impl Clock for Scripted {
    fn now(&mut self) -> Moment {
        self.script().now
    }
}

impl Link for Scripted {
    fn read(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LinkError> {
        let mut script = self.script();
        assert!(wait <= Duration::from_millis(50), "a read of {wait:?} would keep wishes waiting");
        let at = script.now;
        script.waits.push((at, wait));
        assert!(!script.panics, "the driver is broken");
        script.calls.push(('r', 0));
        let until = script.now + wait;
        if let Some((at, bytes)) = script.incoming.pop_front_if(|(at, _)| *at <= until) {
            script.now = script.now.max(at);
            buffer[..bytes.len()].copy_from_slice(&bytes);
            return Ok(bytes.len());
        }
        script.now = until;
        if let Some((at, flag)) = &script.stop_at
            && *at <= until
        {
            flag.store(true, Ordering::Relaxed);
        }
        if script.gone_at.is_some_and(|at| at <= until) { Err(LinkError::Gone) } else { Ok(0) }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        let mut script = self.script();
        script.calls.push(('w', bytes.len()));
        let (room, time) = script.takes;
        script.now += time;
        let bytes = &bytes[..bytes.len().min(room)];
        if let Some((at, flag)) = &script.stop_at
            && *at <= script.now
        {
            flag.store(true, Ordering::Relaxed);
        }
        script.written.extend_from_slice(bytes);
        let line = String::from_utf8_lossy(&script.written).into_owned();
        let now = script.now;
        for (asked, answer, after) in script.answers.clone() {
            if line.ends_with(asked) {
                script.incoming.push_back((now + after, answer.as_bytes().to_vec()));
            }
        }
        Ok(bytes.len())
    }
}

fn end_of(events: &[Event]) -> (Moment, Option<PortFault>) {
    match events.last() {
        Some(Event::Closed { at, fault }) => (*at, fault.clone()),
        other => panic!("the last event is {other:?}"),
    }
}

fn port() -> String {
    "scripted".to_owned()
}

#[test]
fn the_first_event_is_opened_and_the_last_is_closed() {
    let link = Scripted::new(Script { gone_at: Some(Moment::from_millis(30)), ..Script::default() });
    let events = link.run(vec![]);
    assert!(matches!(events.first(), Some(Event::Opened { is_simulated: true, .. })), "{events:?}");
    assert_eq!(end_of(&events), (Moment::from_millis(30), Some(PortFault::Unplugged { port: port() })));
}

#[test]
fn a_wanted_end_has_no_fault() {
    let stop_at = Some((Moment::from_millis(20), Arc::default()));
    let link = Scripted::new(Script { stop_at, ..Script::default() });
    assert_eq!(end_of(&link.run(vec![])).1, None);
}

#[test]
fn an_answer_is_stamped_with_the_time_of_its_arrival() {
    let link = Scripted::new(Script {
        takes: QUICK,
        answers: vec![("AT+CSQ\r", "\r\n+CSQ: 21,99\r\n\r\nOK\r\n", Duration::from_millis(47))],
        gone_at: Some(Moment::from_millis(200)),
        ..Script::default()
    });
    let events = link.run(vec![Request::Raw("AT+CSQ".to_owned())]);
    let record = events.iter().find_map(|event| match event {
        Event::Exchange(record) => Some(record),
        _ => None,
    });
    let record = record.unwrap_or_else(|| panic!("no exchange in {events:?}"));
    assert_eq!(record.accepted_at, Some(record.sent_at + Duration::from_millis(47)));
    assert!(events.iter().any(|event| matches!(event, Event::Done { result: Ok(()), .. })), "{events:?}");
}

#[test]
fn a_long_line_is_written_in_slices_with_a_read_between() {
    let gone_at = Some(Moment::from_millis(50));
    let link = Scripted::new(Script { takes: QUICK, gone_at, ..Script::default() });
    link.run(vec![Request::Raw(format!("AT+X={}", "y".repeat(700)))]);
    let script = link.script();
    let first = script.calls.iter().position(|(call, _)| *call == 'w').expect("a write");
    assert_eq!(script.calls[first..first + 5], [('w', 256), ('r', 0), ('w', 256), ('r', 0), ('w', 194)]);
}

#[test]
fn a_slow_port_is_not_a_stuck_one() {
    let takes = (16, Duration::from_secs(1));
    let link = Scripted::new(Script { takes, gone_at: Some(Moment::from_millis(60_000)), ..Script::default() });
    let command = format!("AT+X={}", "y".repeat(700));
    link.run(vec![Request::Raw(command.clone())]);
    assert!(link.script().written.starts_with(command.as_bytes()));
}

#[test]
fn a_port_that_takes_no_bytes_ends_the_worker_in_bounded_time() {
    let link = Scripted::new(Script { takes: STUCK, ..Script::default() });
    let events = link.run(vec![Request::Raw("AT".to_owned())]);
    let (at, fault) = end_of(&events);
    assert!(matches!(fault, Some(PortFault::Other { .. })), "{fault:?}");
    assert_eq!(at.since_open().as_secs(), 5);
}

#[test]
fn a_stuck_port_does_not_delay_a_wanted_end() {
    let stop_at = Some((Moment::from_millis(40), Arc::default()));
    let link = Scripted::new(Script { stop_at, takes: STUCK, ..Script::default() });
    let (at, fault) = end_of(&link.run(vec![Request::Raw("AT".to_owned())]));
    assert_eq!(fault, None);
    assert!(at <= Moment::from_millis(60), "{at}");
}

#[test]
fn a_panic_is_told_as_the_workers_death() {
    let link = Scripted::new(Script { panics: true, ..Script::default() });
    let events = link.run(vec![]);
    assert!(matches!(events.first(), Some(Event::Opened { .. })), "{events:?}");
    let (_, fault) = end_of(&events);
    assert_eq!(fault, Some(PortFault::WorkerDied { port: port(), detail: "the driver is broken".to_owned() }));
}

#[test]
fn what_does_not_open_says_why() {
    let table = [
        (LinkError::Missing, PortFault::Missing { port: port() }),
        (LinkError::Busy, PortFault::Busy { port: port() }),
        (LinkError::NotSerial, PortFault::NotSerial { port: port() }),
        (
            LinkError::NoPermission { group: Some("dialout".into()) },
            PortFault::NoPermission { port: port(), group: Some("dialout".into()) },
        ),
    ];
    for (error, fault) in table {
        let worker = Worker::spawn_on(port(), false, move || Err(error), None, || ());
        let event = worker.wait_event(Duration::from_secs(30));
        assert_eq!(event, Some(Event::Closed { at: Moment::ZERO, fault: Some(fault) }));
    }
}

#[test]
fn a_wish_that_was_cut_off_is_told_before_the_end() {
    let gone_at = Some(Moment::from_millis(500));
    let link = Scripted::new(Script { gone_at, takes: QUICK, ..Script::default() });
    let events = link.run(vec![Request::Raw("AT+COPS=?".to_owned())]);
    let done = events.iter().position(|event| matches!(event, Event::Done { result: Err(_), .. }));
    assert!(done.is_some_and(|done| done < events.len() - 1), "{events:?}");
    assert_eq!(end_of(&events).1, Some(PortFault::Unplugged { port: port() }));
}

#[test]
fn wishes_that_nobody_took_end_too_before_the_link_does() {
    let gone_at = Some(Moment::ZERO);
    let link = Scripted::new(Script { gone_at, takes: (0, Duration::ZERO), ..Script::default() });
    // The port takes nothing: the first wish holds the loop until the port is gone, the others wait in the channel.
    let events = link.run((0..5).map(|_| Request::Raw("AT+CSQ".to_owned())).collect());
    let ends: Vec<_> = events
        .iter()
        .filter_map(
            |event| if let Event::Done { id, result, .. } = event { Some((id.0, result.is_err())) } else { None },
        )
        .collect();
    assert_eq!(ends, (1..=5).map(|id| (id, true)).collect::<Vec<_>>(), "{events:?}");
    assert!(matches!(events.last(), Some(Event::Closed { .. })));
}

/// Something to write into that can be read while somebody else owns it.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_passes_is_recorded_both_ways_and_to_the_end() {
    let shared = Shared::default();
    let link = Scripted::new(Script {
        takes: QUICK,
        answers: vec![("AT+CSQ\r", "\r\n+CSQ: 21,99\r\n\r\nOK\r\n", Duration::from_millis(47))],
        gone_at: Some(Moment::from_millis(200)),
        record: Some(RecordInto { out: Box::new(shared.clone()), keeps_identifiers: false, goes_on_after: None }),
        ..Script::default()
    });
    link.run(vec![Request::Raw("AT+CSQ".to_owned())]);
    let text = String::from_utf8(shared.0.lock().expect("nobody panicked").clone()).expect("text");
    let trace = crate::trace::Trace::parse(&text).expect("a trace");
    assert!(trace.header.is_simulated);
    let bytes: Vec<_> = trace.entries.iter().map(|entry| String::from_utf8_lossy(&entry.bytes)).collect();
    assert_eq!(bytes.concat(), "AT+CSQ\r\r\n+CSQ: 21,99\r\n\r\nOK\r\n", "{text}");
}

#[test]
fn a_connection_at_rest_is_looked_at_less_often_until_something_happens() {
    let link = Scripted::new(Script {
        incoming: [(Moment::from_millis(5_000), b"\r\nRDY\r\n".to_vec())].into(),
        gone_at: Some(Moment::from_millis(9_000)),
        ..Script::default()
    });
    link.run(vec![]);
    let waits = link.script().waits.clone();
    let longest = |from: u64, to: u64| {
        let inside = Moment::from_millis(from)..Moment::from_millis(to);
        waits.iter().filter(|(at, _)| inside.contains(at)).map(|(_, wait)| wait.as_millis()).max()
    };
    assert_eq!(
        [(0, 1_900), (2_100, 4_900), (5_050, 6_900), (7_200, 8_900)].map(|(from, to)| longest(from, to)),
        [Some(10), Some(50), Some(10), Some(50)]
    );
}
