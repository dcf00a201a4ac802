//! The course of a watch on a real port: events and time to the watch, its wishes to the modem, its entries to the journal, and
//! the port looked for when it is gone.

use std::{path::PathBuf, time::Duration};

use crossbeam_channel::never;

use super::book::{Book, Face};
use crate::{
    cli::{
        args::WatchArgs,
        check::{
            inputs, no_signals, place,
            plan::{self, RECONNECT},
            trace::TraceFile,
            verdict::Failure,
        },
        complain, print_line,
        signals::StopSignal,
        words,
    },
    diagnosis::{Case, diagnose, diagnose_input},
    lang::{Lang, Text},
    link::place::Place,
    modem::{
        event::{Event, Fault},
        fault::topic_words,
        request::{Connection, Request, RequestId},
    },
    mqtt::Message,
    time::Moment,
    trace::unnamed,
    user_file,
    watch::{Ending, Plan, Proof, Summary, Trail, Wall, Watch, Wish},
    worker::{
        LinkStart, RecordInto, Worker,
        away::{self, Away},
    },
};

/// One running watch.
pub(super) struct Run {
    watch: Watch,
    book: Book,
    connection: Connection,
    /// What is published; an empty payload stands for the number of the message.
    message: Message,
    worker: Worker,
    start: LinkStart,
    place: Place,
    lang: Lang,
    trace: Option<TraceFile>,
    /// From the begin of the watch to that of this run.
    recorded_after: Duration,
    stop: StopSignal,
    away: Away,
    next_id: u64,
    /// The port has never been open in this run.
    is_unopened: bool,
    /// The port is gone.
    gone: bool,
    ending: Ending,
}

impl Run {
    /// Opens journal and port; the rest happens in [`finish`](Self::finish).
    pub(super) fn new(asked: &WatchArgs, face: Face) -> Result<Self, Failure> {
        let target = &asked.target;
        let connection = Connection { reconnect: Some(RECONNECT), ..plan::connection_told(target, face.lang)? };
        let message = message(asked)?;
        let mut link = plan::link(target);
        if plan::finds_baud(target)? {
            link = place::at_answering_rate(link)?;
        }
        let stop = StopSignal::listen().map_err(|error| no_signals(&error))?;
        let trace = TraceFile::of(&asked.trace);
        let start = LinkStart::begin();
        let base = Wall::from_millis(start.anchor().at(Moment::ZERO).timestamp_millis());
        let wanted = wanted(asked, &connection, base);
        let (book, earlier) = journal(asked, &wanted, start, face)?;
        let begun = earlier.as_ref().and_then(|earlier| earlier.plan.as_ref()).map_or(base, |plan| plan.t);
        let recorded_after = base.since(begun);
        // A recording of an earlier run is gone on with, as its journal is.
        let gone_on = |file: &TraceFile| earlier.as_ref().and_then(|_| file.go_on(recorded_after).ok());
        let record = match &trace {
            Some(file) => Some(gone_on(file).map_or_else(|| file.begin(), Ok)?),
            None => None,
        };
        let watch = Watch::begin(wanted, earlier, base, link.name());
        Ok(Self {
            watch,
            book,
            connection,
            message,
            worker: Worker::spawn_again(link.clone(), start, record, || ()),
            start,
            place: Place::of(&link),
            lang: face.lang,
            trace,
            recorded_after,
            stop,
            away: Away::new(Moment::ZERO),
            next_id: 0,
            is_unopened: true,
            gone: false,
            ending: Ending::default(),
        })
    }

    /// Watches until the time is over, somebody wants it to end, or there is nothing to watch. Gives what was watched, and its course.
    pub(super) fn finish(mut self) -> (Summary, Trail, Ending) {
        loop {
            self.settle();
            if self.ending.fault.is_some() || self.watch.is_over() {
                break;
            }
            if self.stop.is_asked() {
                self.ending.is_early = true;
                break;
            }
            self.turn();
        }
        if let Some(fault) = self.watch.failure().cloned() {
            self.give_up(&fault);
        }
        if self.ending.is_early {
            self.watch.beat();
            self.settle_entries();
        }
        self.leave();
        self.book.sync();
        (self.watch.summary().clone(), self.book.trail().clone(), self.ending)
    }

    /// Waits for what comes next and passes it on.
    fn turn(&mut self) {
        let wait = self.watch.poll_timeout().since(self.start.now()).min(PATIENCE);
        if self.gone {
            // Nothing tells of a port that comes: it can only be looked for again.
            let _: Result<(), _> = never().recv_timeout(wait.max(LEAST));
            self.look_for_port();
        } else if let Some(event) = self.worker.wait_event(wait) {
            self.note_absence();
            self.take(&event);
        }
        self.note_absence();
        self.watch.tick(self.start.now());
    }

    fn take(&mut self, event: &Event) {
        match event {
            Event::Opened { .. } => self.is_unopened = false,
            Event::Closed { fault: Some(fault), .. } if self.is_unopened && self.watch.is_first() => {
                return self.give_up(&Fault::Port(fault.clone()));
            }
            Event::Closed { .. } => self.gone = true,
            _ => {}
        }
        self.watch.event(self.start.now(), event);
    }

    /// Tells the watch of time for which nobody watched.
    fn note_absence(&mut self) {
        let now = self.start.now();
        if let Some((from, slept)) = self.away.look(now, away::lived()) {
            self.watch.tick(from);
            self.watch.was_away(from, now, slept);
        }
    }

    /// Opens the port when it is there again, whatever its name is then.
    fn look_for_port(&mut self) {
        let Some(link) = self.place.found_again() else { return };
        let record = self.go_on_recording();
        // A thread that still lets go of the lost port must not keep the new one from opening it.
        let _ = self.worker.ended().recv_timeout(PATIENCE);
        self.worker = Worker::spawn_again(link, self.start, record, || ());
        self.gone = false;
    }

    fn go_on_recording(&self) -> Option<RecordInto> {
        match self.trace.as_ref()?.go_on(self.recorded_after) {
            Ok(record) => Some(record),
            Err(error) => {
                complain(&words::recording_ended(&error), self.lang);
                None
            }
        }
    }

    /// Writes down what is to be written, then grants what is wished.
    fn settle(&mut self) {
        self.settle_entries();
        while let Some(wish) = self.watch.poll_wish() {
            let id = self.grant(wish);
            self.watch.asked(wish, id);
            self.settle_entries();
        }
        self.book.keep();
    }

    fn settle_entries(&mut self) {
        while let Some(entry) = self.watch.poll_entry() {
            self.book.take(&entry);
        }
    }

    fn grant(&mut self, wish: Wish) -> Option<RequestId> {
        let request = request(wish, &self.connection, &self.message);
        self.next_id += 1;
        let id = RequestId(self.next_id);
        self.worker.try_request(id, request).is_ok().then_some(id)
    }

    /// There is nothing to watch: says why, by the one judge.
    fn give_up(&mut self, fault: &Fault) {
        let course = self.watch.course();
        let known = diagnose(&Case { course, now: course.newest() });
        let diagnosis = if known.trouble.is_some() { known } else { diagnose_input(fault) };
        let named = diagnosis.cause().filter(|first| first.is_named());
        self.ending = Ending {
            fault: Some(fault.text()),
            finding: named.map(|first| first.id.to_owned()),
            evidence: named
                .map(|first| first.evidence.iter().map(|fact| Proof::new(None, fact, unnamed)).collect())
                .unwrap_or_default(),
            ..Ending::default()
        };
    }

    /// Says good-bye to the broker, if there is one, and closes the port.
    fn leave(&mut self) {
        if self.watch.is_up() && !self.gone {
            self.next_id += 1;
            let id = RequestId(self.next_id);
            if self.worker.try_request(id, Request::Disconnect).is_ok() {
                self.drain(|event| matches!(event, Event::Done { id: ended, .. } if *ended == id));
            }
        }
        self.worker.stop();
        if !self.gone {
            self.drain(|_| false);
        }
    }

    /// Takes events until one is the last, or none comes any more.
    fn drain(&self, is_last: impl Fn(&Event) -> bool) {
        for _ in 0..DRAINED_AT_MOST {
            match self.worker.wait_event(LEAVE_LIMIT) {
                Some(Event::Closed { .. }) | None => return,
                Some(event) if is_last(&event) => return,
                Some(_) => {}
            }
        }
    }
}

/// What a wish asks of the modem.
pub(super) fn request(wish: Wish, connection: &Connection, message: &Message) -> Request {
    match wish {
        Wish::Connect => Request::Connect(Box::new(connection.clone())),
        Wish::Recover => Request::Recover,
        Wish::ReadSignal => Request::ReadSignal,
        Wish::ReadDetails => Request::ReadDetails,
        Wish::ReadSession => Request::Raw("AT+MQTTSTATU".to_owned()),
        Wish::Publish(number) => {
            let mut message = message.clone();
            if message.payload.is_empty() {
                message.payload = number.to_string().into_bytes();
            }
            Request::Publish(message)
        }
    }
}

/// What is published, whether or not it is.
fn message(asked: &WatchArgs) -> Result<Message, Failure> {
    if asked.target.publish.is_some() && asked.pace.publish_every.is_none() {
        return Err(Failure::plain(Text::new("watch-publish-how-often")));
    }
    if let Some(message) = plan::message(&asked.target)? {
        return Ok(message);
    }
    let qos = inputs::qos(asked.target.qos)?;
    let topic = TOPIC.parse().map_err(|error| Failure::plain(topic_words(&error)))?;
    Ok(Message { topic, payload: Vec::new(), qos, retain: false })
}

fn wanted(asked: &WatchArgs, connection: &Connection, t: Wall) -> Plan {
    Plan {
        t,
        version: Plan::VERSION,
        for_s: asked.lasts.as_secs(),
        publish_every_s: asked.pace.publish_every,
        qos: asked.target.qos,
        signal_every_s: Some(asked.pace.signal_every).filter(|seconds| *seconds > 0),
        keep_alive_s: connection.keep_alive,
        broker: format!("{}:{}", connection.host, connection.port),
        max_drops: asked.pace.max_drops,
    }
}

/// The journal, new or gone on with, and what stands in it.
fn journal(asked: &WatchArgs, wanted: &Plan, start: LinkStart, face: Face) -> Result<(Book, Option<Summary>), Failure> {
    let path = asked.journal.clone().unwrap_or_else(|| {
        let name = start.anchor().at(Moment::ZERO).format("air780e-watch-%Y%m%d-%H%M%S.jsonl");
        PathBuf::from(name.to_string())
    });
    let is_empty = path.metadata().is_ok_and(|meta| meta.is_file() && meta.len() == 0);
    let is_there = path.exists() && !is_empty;
    let earlier = is_there.then(|| Book::read(&path)).transpose()?;
    let is_torn = earlier.as_ref().is_some_and(|(_, _, read)| read.ends_torn);
    let (earlier, trail) = earlier.map(|(summary, trail, _)| (summary, trail)).unzip();
    if let Some(summary) = &earlier {
        let fail = |key| Failure::plain(Text::new(key).put("path", user_file::named(&path)));
        if summary.is_over {
            return Err(fail("watch-journal-over"));
        }
        let is_same = summary.plan.as_ref().is_some_and(|plan| Plan { t: wanted.t, ..plan.clone() } == *wanted);
        if !is_same {
            return Err(fail("watch-journal-of-other"));
        }
    }
    let book = Book::open(&path, !is_there && !is_empty, is_torn, trail.unwrap_or_default(), face)?;
    let shown = path.display().to_string();
    print_line(&if asked.json {
        serde_json::json!({ "kind": "journal", "path": shown, "goes_on": earlier.is_some() }).to_string()
    } else {
        Text::new("watch-journal").put("path", shown).to(face.lang).into_owned()
    });
    Ok((book, earlier))
}

/// Where messages go when no topic is given.
const TOPIC: &str = "air780e/watch";
/// Longest time without a look at the clock and the signals.
const PATIENCE: Duration = Duration::from_millis(200);
/// Shortest time from one look for the port to the next.
const LEAST: Duration = Duration::from_millis(50);
/// Longest silence while closing.
const LEAVE_LIMIT: Duration = Duration::from_secs(5);
/// More events than this are traffic, not the end of something.
const DRAINED_AT_MOST: usize = 10_000;
