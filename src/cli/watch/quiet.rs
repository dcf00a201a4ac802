//! `air780e quiet`: how long a connection may be quiet until the path cuts it, and which keep-alive is safe below that.

use std::{process::ExitCode, time::Duration};

use serde_json::{Value, json};

use super::book::Face;
use crate::{
    cli::{
        WRONG_INPUT,
        args::QuietArgs,
        check::{
            no_signals, place,
            plan::{self, RECONNECT},
            verdict::Failure,
        },
        print_line, say_to_user,
        signals::StopSignal,
    },
    lang::{Lang, Text},
    modem::{
        event::{Delivery, Event, Fault, LossCause},
        fault::topic_words,
        request::{Connection, Request, RequestId},
    },
    mqtt::{Message, Qos},
    time::Moment,
    watch::{Finder, Found, Quiet},
    worker::{LinkStart, NotTaken, Worker},
};

/// Looks for the longest quiet time and prints what it found.
pub(in crate::cli) fn run(asked: &QuietArgs, lang: Lang) -> ExitCode {
    let face = Face { is_json: asked.json, lang };
    let (mut path, mut finder) = match Path::new(asked, lang) {
        Ok(path) => (path, Finder::new(asked.from, asked.longest)),
        Err(failure) => {
            verdict(Finder::new(asked.from, asked.longest).found(), Some(failure.said()), face);
            return ExitCode::from(WRONG_INPUT);
        }
    };
    let fault = path.look(&mut finder, face).err();
    path.leave();
    let is_ok = verdict(finder.found(), fault.as_ref(), face);
    if is_ok { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints the end; says whether there is a safe value.
fn verdict(found: Found, fault: Option<&Text>, Face { is_json, lang }: Face) -> bool {
    let is_ok = fault.is_none() && found.safe().is_some();
    let words = found.words();
    if is_json {
        let seconds = |span: Option<Duration>| span.map(|span| span.as_secs());
        let told = json!({
            "kind": "verdict",
            "result": if is_ok { "ok" } else { "failed" },
            "survived_s": seconds(found.survived),
            "cut_s": seconds(found.cut),
            "keep_alive_s": seconds(found.safe()),
            "fault": fault.map(|fault| fault.to(Lang::En)),
            "words": { "en": words.to(Lang::En), "zh": words.to(Lang::ZhCn) },
        });
        print_line(&told.to_string());
    } else {
        print_line(&words.to(lang));
    }
    if let Some(fault) = fault {
        say_to_user(&Text::new("check-failed").with("why", fault.clone()).to(lang));
    }
    is_ok
}

/// The way to the broker, and who walks it.
struct Path {
    connection: Connection,
    message: Message,
    worker: Worker,
    start: LinkStart,
    stop: StopSignal,
    next_id: u64,
}

/// What took a session away.
enum Lost {
    /// The other side closed.
    Closed,
    /// Anything else, or a message that came: the time was not quiet.
    Otherwise,
}

impl Path {
    fn new(asked: &QuietArgs, lang: Lang) -> Result<Self, Failure> {
        let mut target = plan::connection_told(&asked.target, lang)?;
        // The module's own pings would break the quiet; the broker waits for half as long again.
        let seconds = asked.longest.as_secs().saturating_mul(2).clamp(1, u16::MAX.into());
        target.keep_alive = u16::try_from(seconds).unwrap_or(u16::MAX);
        (target.subscriptions, target.reconnect) = (Vec::new(), None);
        let message = plan::message(&asked.target)?.map_or_else(own_message, Ok)?;
        let mut link = plan::link(&asked.target);
        if plan::finds_baud(&asked.target)? {
            link = place::at_answering_rate(link)?;
        }
        let stop = StopSignal::listen().map_err(|error| no_signals(&error))?;
        let start = LinkStart::begin();
        let worker = Worker::spawn_again(link, start, None, || ());
        let message = Message { qos: Qos::AtLeastOnce, ..message };
        Ok(Self { connection: target, message, worker, start, stop, next_id: 0 })
    }

    /// Looks until it is found. An error is why it could not be.
    fn look(&mut self, finder: &mut Finder, face: Face) -> Result<(), Text> {
        let mut is_open = false;
        while let Some(quiet) = finder.quiet() {
            if !is_open {
                self.connect()?;
            }
            let outcome = self.try_quiet(quiet)?;
            is_open = outcome == Quiet::Survived;
            finder.tell(outcome);
            tell(self.start.now(), quiet, outcome, face);
        }
        Ok(())
    }

    /// Opens the session, again where it had been open before.
    fn connect(&mut self) -> Result<(), Text> {
        let mut pause = RECONNECT.first_pause;
        loop {
            let id = self.ask(Request::Connect(Box::new(self.connection.clone())))?;
            let ended = self.wait(Some(CONNECTING), |event| match event {
                Event::Done { id: ended, result, .. } if *ended == id => Some(result.clone()),
                _ => None,
            })?;
            match ended {
                Some(Ok(())) => return Ok(()),
                Some(Err(fault)) if pause > RECONNECT.longest_pause || self.next_id == 1 => {
                    return Err(fault.text());
                }
                _ => _ = self.wait(Some(pause), |_| None::<()>)?,
            }
            pause = pause.saturating_mul(2);
        }
    }

    /// Keeps quiet for `quiet`, then sends one message.
    fn try_quiet(&mut self, quiet: Duration) -> Result<Quiet, Text> {
        if let Some(lost) = self.wait(Some(quiet), disturbance)? {
            return Ok(if matches!(lost, Lost::Closed) { Quiet::Cut } else { Quiet::Disturbed });
        }
        let id = self.ask(Request::Publish(self.message.clone()))?;
        let ended = self.wait(Some(CONFIRMING), |event| match event {
            Event::Publish(update) if update.id == id => match &update.delivery {
                Delivery::Confirmed { .. } => Some(Quiet::Survived),
                Delivery::Failed(fault) | Delivery::Unknown(fault) => Some(unconfirmed(fault)),
                _ => None,
            },
            _ => None,
        })?;
        Ok(ended.unwrap_or(Quiet::Cut))
    }

    /// Waits until an event says something, at most for `limit`. An error is the end of the port, or the wish to stop.
    fn wait<T>(&mut self, limit: Option<Duration>, says: impl Fn(&Event) -> Option<T>) -> Result<Option<T>, Text> {
        let due = limit.map(|limit| self.start.now() + limit);
        loop {
            if self.stop.is_asked() {
                return Err(Text::new("check-stopped"));
            }
            let left = due.map_or(PATIENCE, |due| due.since(self.start.now()).min(PATIENCE));
            if left.is_zero() {
                return Ok(None);
            }
            match self.worker.wait_event(left) {
                Some(Event::Closed { fault, .. }) => {
                    return Err(fault.map_or(Text::new("quiet-port-closed"), |fault| fault.text()));
                }
                Some(event) => {
                    if let Some(said) = says(&event) {
                        return Ok(Some(said));
                    }
                }
                None => {}
            }
        }
    }

    fn ask(&mut self, request: Request) -> Result<RequestId, Text> {
        self.next_id += 1;
        let id = RequestId(self.next_id);
        match self.worker.try_request(id, request) {
            Ok(()) => Ok(id),
            // Why, is on its way.
            Err(error) => match self.wait(Some(CONFIRMING), |_| None::<()>) {
                Err(fault) => Err(fault),
                Ok(_) => Err(Text::new(match error {
                    NotTaken::Full => "quiet-too-many-requests",
                    NotTaken::Ended => "quiet-port-ended",
                })),
            },
        }
    }

    /// Says good-bye to the broker, and closes the port.
    fn leave(&mut self) {
        let id = RequestId(self.next_id + 1);
        if self.worker.try_request(id, Request::Disconnect).is_ok() {
            while let Some(event) = self.worker.wait_event(CONFIRMING) {
                if matches!(event, Event::Closed { .. })
                    || matches!(event, Event::Done { id: ended, .. } if ended == id)
                {
                    break;
                }
            }
        }
        self.worker.stop();
    }
}

fn disturbance(event: &Event) -> Option<Lost> {
    match event {
        Event::SessionLost { cause: LossCause::Closed, .. } => Some(Lost::Closed),
        Event::SessionLost { .. } | Event::Message(_) => Some(Lost::Otherwise),
        _ => None,
    }
}

/// A message that was not confirmed: by a dead connection, or by something else.
fn unconfirmed(fault: &Fault) -> Quiet {
    match fault {
        Fault::TimedOut { .. } | Fault::BadOutcome { .. } | Fault::SessionLost(LossCause::Closed) => Quiet::Cut,
        _ => Quiet::Disturbed,
    }
}

fn own_message() -> Result<Message, Failure> {
    let topic = TOPIC.parse().map_err(|error| Failure::plain(topic_words(&error)))?;
    Ok(Message { topic, payload: b"quiet".to_vec(), qos: Qos::AtLeastOnce, retain: false })
}

fn tell(at: Moment, quiet: Duration, outcome: Quiet, Face { is_json, lang }: Face) {
    let word = match outcome {
        Quiet::Survived => "survived",
        Quiet::Cut => "cut",
        Quiet::Disturbed => "disturbed",
    };
    let line: Value =
        json!({ "t_ms": at.as_millis(), "kind": "quiet", "quiet_s": quiet.as_secs_f64(), "outcome": word });
    let key = match outcome {
        Quiet::Survived => "quiet-survived",
        Quiet::Cut => "quiet-cut",
        Quiet::Disturbed => "quiet-disturbed",
    };
    let told = Text::new(key).put("seconds", quiet.as_secs());
    print_line(&if is_json { line.to_string() } else { format!("{at:>9} s  {}", told.to(lang)) });
}

/// Where the message goes when no topic is given.
const TOPIC: &str = "air780e/watch";
/// Longest time without a look at the signals.
const PATIENCE: Duration = Duration::from_millis(200);
/// A connection is open by then, or does not open.
const CONNECTING: Duration = Duration::from_mins(4);
/// A broker that lives has confirmed a message by then.
const CONFIRMING: Duration = Duration::from_secs(30);
