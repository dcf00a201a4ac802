//! A session over real sockets, for what has encryption in it: the worker, or hands on a pipe, at the scenario's module.

use std::{fs::File, time::Duration};

use air780e_companion::{
    link::spec::LinkSpec,
    modem::{
        event::{Event, WireKind},
        request::{Request, RequestId},
    },
    sim::{
        VirtualSpec,
        bench::{plan, stage::Stage},
        host::spawn_on_pipe,
        scenario::{PcStep, Scenario},
        steer::Speed,
    },
    time::Moment,
    trace::{Header, Recorder},
    worker::{RecordInto, Worker},
};

use crate::{kit::now, window::Session};

/// Nothing real takes longer here, unless it never comes.
const LIMIT: Duration = Duration::from_secs(25);
/// How fast the module's time goes, in percent.
const SPEED: u32 = 400;
/// Nothing more is told when nothing came for so long.
const QUIET: Duration = Duration::from_millis(150);

fn spec(stage: &Stage) -> VirtualSpec {
    VirtualSpec { speed: Speed::of_percent(SPEED).unwrap(), ..stage.spec().clone() }
}

/// The worker at a window's place.
struct Desk<'a> {
    scenario: &'a str,
    worker: Worker,
    said: String,
    session: Session,
    requests: u64,
}

/// What the worker does for the steps of a PC.
pub(crate) fn play(scenario: &Scenario, stage: &Stage) -> Session {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trace.txt");
    let out = Box::new(File::create(&path).unwrap());
    let record = RecordInto { out, keeps_identifiers: true, goes_on_after: None };
    let worker = Worker::spawn_recorded(LinkSpec::Virtual(spec(stage)), Some(record), || ());
    let mut desk =
        Desk { scenario: &scenario.name, worker, said: String::new(), session: Session::default(), requests: 0 };
    if !scenario.is_connecting() {
        desk.perform(Request::BringUp);
    }
    for step in &scenario.pc {
        let from = desk.said.len();
        match step {
            PcStep::Connect(wanted) => {
                let wanted = plan::connection(wanted, &stage.spec().files).unwrap();
                desk.perform(Request::Connect(Box::new(wanted)));
            }
            PcStep::Publish(wanted) => desk.perform(plan::publish(wanted).unwrap()),
            PcStep::Raw(line) => desk.perform(Request::Raw(line.clone())),
            PcStep::Ask(line, end) => {
                desk.perform(Request::Raw(line.clone()));
                desk.await_text(from, end);
            }
            PcStep::Await(text) => desk.await_text(0, text),
            PcStep::Send(_) | PcStep::WaitMs(_) => panic!("{}: not over real sockets", scenario.name),
        }
    }
    desk.finish(&path)
}

impl Desk<'_> {
    fn perform(&mut self, request: Request) {
        self.requests += 1;
        let id = RequestId(self.requests);
        if let Request::Connect(connection) = &request {
            self.session.connects.push((id, (**connection).clone()));
        }
        self.worker.try_request(id, request).unwrap();
        let started = now();
        while !self.take(id) {
            assert!(started.elapsed() < LIMIT, "{}: nothing ends; the module said {:?}", self.scenario, self.said);
        }
        while let Some(event) = self.worker.wait_event(QUIET) {
            self.note(event);
        }
    }

    fn take(&mut self, awaited: RequestId) -> bool {
        let Some(event) = self.worker.wait_event(Duration::from_millis(200)) else { return false };
        let is_end = matches!(&event, Event::Done { id, .. } if *id == awaited);
        self.note(event);
        is_end
    }

    fn note(&mut self, event: Event) {
        if let Event::Wire(line) = &event
            && line.kind != WireKind::Sent
        {
            self.said.push_str(&line.text);
            self.said.push('\n');
            self.session.now = line.at;
        }
        self.session.events.push(event);
    }

    fn await_text(&mut self, from: usize, text: &str) {
        let started = now();
        while !self.said[from..].contains(text) {
            assert!(started.elapsed() < LIMIT, "{}: no {text:?} in {:?}", self.scenario, self.said);
            if let Some(event) = self.worker.wait_event(QUIET) {
                self.note(event);
            }
        }
    }

    fn finish(self, path: &std::path::Path) -> Session {
        let Self { worker, mut session, .. } = self;
        // The recording is whole when the thread has ended.
        drop(worker);
        session.trace = std::fs::read_to_string(path).unwrap();
        session
    }
}

/// What hands type at the scenario's module, recorded.
pub(crate) fn type_by_hand(scenario: &Scenario, stage: &Stage) -> String {
    let (host, mut end) = spawn_on_pipe(&spec(stage)).unwrap();
    let opened = chrono::DateTime::from_timestamp(crate::today(), 0).unwrap();
    let header = Header { port: "pipe".to_owned(), opened: opened.to_rfc3339(), is_simulated: true };
    let mut recorder = Recorder::keeping_identifiers(Vec::new(), &header).unwrap();
    let (begun, mut said, mut read) = (now(), Vec::new(), 0);
    let at = || Moment::from_micros(begun.elapsed().as_micros().try_into().unwrap());
    for step in &scenario.pc {
        let (bytes, text) = match step {
            PcStep::Ask(line, text) => (format!("{line}\r"), text.as_str()),
            PcStep::Await(text) => (String::new(), text.as_str()),
            PcStep::Send(bytes) => (bytes.clone(), ""),
            _ => panic!("{}: hands connect nothing by themselves", scenario.name),
        };
        if !bytes.is_empty() {
            assert_eq!(end.write(bytes.as_bytes()).unwrap(), bytes.len());
            recorder.sent(at(), bytes.as_bytes(), &[]).unwrap();
        }
        loop {
            let found = (0..=said.len() - read).find(|place| said[read + place..].starts_with(text.as_bytes()));
            if let Some(place) = found {
                read += place + text.len();
                break;
            }
            let mut piece = [0; 1_024];
            let count = end.read(&mut piece, Duration::from_millis(200)).unwrap();
            recorder.received(at(), &piece[..count]).unwrap();
            said.extend_from_slice(&piece[..count]);
            assert!(begun.elapsed() < LIMIT, "{}: no {text:?}: {}", scenario.name, String::from_utf8_lossy(&said));
        }
    }
    drop(host);
    String::from_utf8(recorder.finish().unwrap()).unwrap()
}
