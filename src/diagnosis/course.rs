//! What happened since the link opened, as far as it explains trouble: dialogues, unasked lines, restarts, logins, and the
//! episodes that they make.
//!
//! Fed with events and bounded; the newest status itself is kept by whoever feeds it. Window, command line and recordings feed
//! it alike, and nothing else keeps track of what went wrong.

mod ending;
mod files;
mod minded;
mod mute;
mod places;
mod starts;
mod told;
mod troubles;

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use crate::{
    air780e::verb::{Awaited, Line, Verb},
    modem::{
        event::{Delivery, Event, ExchangeRecord, Fault, FileProgress, LossCause, Note, WireKind},
        status::{Rung, RungState, Status},
    },
    time::{Moment, WallAnchor},
};

use self::{
    minded::is_unanswered_question,
    mute::Mute,
    starts::{BootLine, Starts},
};
use super::{
    Decided, Finding, Here, Trouble, Undecided,
    episode::{Open, Tracker},
    messages::Messages,
    trouble::{command_of, is_glued},
};

/// The course of one connection, or of one recording.
#[derive(Clone, Debug, Default)]
pub struct Course {
    /// The newest status.
    pub status: Status,
    anchor: Option<WallAnchor>,
    exchanges: VecDeque<ExchangeRecord>,
    lines: VecDeque<(Moment, String)>,
    boots: VecDeque<Moment>,
    starts: Starts,
    logins: VecDeque<Moment>,
    /// Links that opened: host, port, whether encrypted, when.
    reached: VecDeque<(String, u16, bool, Moment)>,
    /// Name, result, and when.
    resolved: Option<(Moment, String, Result<String, Fault>)>,
    here: Option<Box<Here>>,
    decided: Option<Decided>,
    tracker: Tracker,
    /// The failed rung that was noted last, and since when it fails.
    failed: Option<(Rung, Moment)>,
    /// The refusal that was not minded last.
    forgiven: Option<Fault>,
    /// What the user or the program asked for that ended a session: when it ended, and the line.
    asked: VecDeque<(Moment, Line)>,
    /// Refused questions and probes: odd, and no trouble.
    remarks: VecDeque<Trouble>,
    /// A session that typed commands opened; the status does not follow those.
    has_typed_session: bool,
    arrivals: u64,
    notes: VecDeque<(Moment, Note)>,
    messages: Messages,
    /// When something certainly passed between module and broker: the last time before each loss, and the last of all.
    traffic: VecDeque<Moment>,
    /// A session was lost since the last of them.
    is_traffic_over: bool,
    /// The dialogue that is just putting a trouble right.
    mending: Option<Box<ExchangeRecord>>,
    /// A trouble that is over is judged: what was changed after this is not what failed.
    horizon: Option<Moment>,
    newest: Moment,
    revision: u64,
    /// The rate at which a line answers that gave no text at the one in use.
    answering_rate: Option<u32>,
    /// How long a message was awaited in vain, in seconds, and since when nobody waits any more.
    missed: Option<(Moment, u64)>,
    /// What a trace shows the broker to have taken and sent to nobody.
    kept_by_broker: Option<KeptByBroker>,
    /// Moments are only an order, not times.
    is_untimed: bool,
    /// Where moments stand in the recording, by its lines.
    places: BTreeMap<Moment, u32>,
    place: Option<u32>,
    /// Whether the module ever answered.
    mute: Mute,
    /// Bytes that were sent behind the last prompt.
    behind_prompt: usize,
    /// The last line of an answer, and where it stands.
    answer_place: Option<(Moment, u32)>,
    judge: Judge,
}

/// Everything known when a diagnosis is made.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The course of the connection, with the newest status and what this computer got.
    pub course: &'a Course,
    /// Now, as a moment of the link: some verdicts ripen without an event.
    pub now: Moment,
}

/// Messages that the broker confirmed and did not send to a subscriber whose connection stood all the while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptByBroker {
    /// When the broker's answer without them came.
    pub at: Moment,
    /// The number of the first of them.
    pub number: u32,
    /// How many there are.
    pub count: usize,
    /// How many were traced.
    pub traced: usize,
}

/// Who judges a trouble the moment it is over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judge(pub(super) fn(&Course, &Open, Moment) -> Judged);

/// Causes, or what would decide between them.
pub(super) type Judged = (Vec<Finding>, Option<Undecided>);

impl Course {
    /// A course whose moments give an order and no times: of a recording without stamps.
    pub fn untimed() -> Self {
        Self { is_untimed: true, ..Self::default() }
    }

    /// What is told from here on stands in line `line` of the recording, from 1.
    pub const fn stands_at(&mut self, line: u32) {
        self.place = Some(line);
    }

    /// Takes what this computer got, or that it belongs to another target.
    pub fn take_here(&mut self, here: Option<Box<Here>>) {
        self.here = here;
        self.revision += 1;
    }

    /// Takes the one change with which the link opens, or that there is none.
    pub fn take_decided(&mut self, decided: Option<Decided>) {
        self.decided = decided;
        self.revision += 1;
    }

    /// The one change with which the link opens, where a bisect found one.
    pub const fn decided(&self) -> Option<&Decided> {
        self.decided.as_ref()
    }

    /// Takes the rate at which the line answers.
    pub const fn take_rate(&mut self, rate: u32) {
        self.answering_rate = Some(rate);
        self.revision += 1;
    }

    /// A message was awaited for so many seconds and did not come.
    pub const fn take_missed_message(&mut self, seconds: u64) {
        self.missed = Some((self.newest, seconds));
        self.revision += 1;
    }

    /// A trace shows that the broker took messages and did not send them to a subscriber that was there.
    pub fn take_kept_by_broker(&mut self, kept: KeptByBroker) {
        self.kept_by_broker = Some(kept);
        self.revision += 1;
    }

    /// Nothing was told until `at`.
    pub fn pass(&mut self, at: Moment) {
        self.newest = self.newest.max(at);
    }

    /// Somebody gave up on the whole with `fault`: a limit that is not the module's own.
    pub fn give_up(&mut self, fault: &Fault) {
        self.note(self.newest, fault);
        self.revision += 1;
    }

    /// Somebody gave up on the whole with `fault`, which showed itself at `at`.
    pub fn give_up_at(&mut self, at: Moment, fault: &Fault) {
        self.note(at, fault);
        self.revision += 1;
    }

    /// The card was told to be ready, whoever asked.
    pub fn see_card(&mut self, at: Moment) {
        let is_card = |trouble: &Trouble| trouble.stopped_at() == Some(Rung::Sim);
        self.put_right(at, is_card);
    }

    /// Takes what happened.
    pub fn take(&mut self, event: &Event) {
        let is_telling = self.messages.take(event);
        match event {
            Event::Opened { anchor, .. } if self.anchor == Some(*anchor) => self.link_again(),
            Event::Opened { anchor, .. } => self.open_anew(*anchor),
            Event::Wire(line) => return self.take_line(line.at, line.kind, &line.text),
            Event::Exchange(record) => return self.take_exchange(record),
            Event::Status(status) => {
                if self.status == **status {
                    return;
                }
                self.status = (**status).clone();
                self.take_ladder();
            }
            Event::Rung { at, rung, state } => {
                self.see(*at);
                self.take_rung(*at, *rung, *state);
            }
            Event::SessionLost { at, cause, asked } => {
                self.has_typed_session = false;
                if let Some(line) = asked {
                    push(&mut self.asked, (*at, line.clone()), LOGINS);
                }
                self.note(*at, &Fault::SessionLost(*cause));
            }
            // Whoever asked did not mind.
            Event::Done { result: Err(fault), .. } if self.forgiven.as_ref() == Some(fault) => return,
            Event::Done { at, result: Err(fault), .. } => self.note(*at, fault),
            Event::Closed { at, fault: Some(fault) } => self.note(*at, &Fault::Port(fault.clone())),
            Event::Resolved { at, host, result } => {
                self.see(*at);
                self.resolved = Some((*at, host.clone(), result.clone()));
            }
            Event::Publish(update) => return self.take_delivery(update.at, &update.delivery),
            Event::Subscription { at, result, .. } => match result {
                Ok(_) => self.put_right(*at, |trouble| is_of(trouble, Verb::subscribes)),
                Err(fault) => self.note(*at, fault),
            },
            Event::File(update) => match &update.progress {
                FileProgress::Failed(fault) => self.note(update.at, fault),
                FileProgress::Verified { .. } => self.put_right(update.at, is_about_files),
                _ => return,
            },
            Event::Message(arrival) => {
                if is_telling {
                    self.see(arrival.at);
                }
                self.arrivals += 1;
                self.pass_traffic(arrival.at);
                self.missed = None;
                // A burst must not be judged message by message: the first one counts, and what tells of something.
                if self.arrivals > 1 && !is_telling {
                    return;
                }
            }
            Event::Note { at, note } => {
                self.see(*at);
                push(&mut self.notes, (*at, note.clone()), NOTES);
            }
            _ => return,
        }
        self.revision += 1;
    }

    fn open_anew(&mut self, anchor: WallAnchor) {
        *self = Self {
            anchor: Some(anchor),
            revision: self.revision,
            is_untimed: self.is_untimed,
            place: self.place,
            here: self.here.take(),
            ..Self::default()
        };
    }

    /// The link was lost and came back: its moments go on, and what was told before stays true of what was before.
    fn link_again(&mut self) {
        self.has_typed_session = false;
        (self.failed, self.forgiven) = (None, None);
        self.status = Status::default();
    }

    fn take_line(&mut self, at: Moment, kind: WireKind, text: &str) {
        self.see(at);
        self.mute.take(at, kind, text);
        match kind {
            WireKind::Prompt => self.behind_prompt = 0,
            // What a recording shows behind a prompt before any result was sent, whoever wrote it down.
            WireKind::SentData | WireKind::Answer if !is_final(text) => self.behind_prompt += text.len(),
            _ => {}
        }
        if kind == WireKind::Answer && !is_final(text) {
            self.answer_place = self.place.map(|line| (at, line));
        }
        // The number of a link that failed may come while the command that asked for it is not over.
        let is_unasked = matches!(kind, WireKind::Unsolicited | WireKind::Late | WireKind::Unrecognised)
            || text.starts_with("TCP ERROR:");
        if !is_unasked || text.starts_with("+MSUB") {
            return;
        }
        if let Some(line) = BootLine::of(text) {
            if self.starts.is_new(line, at, !self.is_untimed) {
                push(&mut self.boots, at, BOOTS);
                self.revision += 1;
            }
            return self.lose_typed_session(at, LossCause::ModuleRestarted);
        }
        self.starts.pass_line();
        if loss_by(text).is_some() || self.lines.back().is_none_or(|(_, last)| last != text) {
            push(&mut self.lines, (at, text.chars().take(LONGEST).collect()), LINES);
            self.revision += 1;
        }
        if let Some(cause) = loss_by(text) {
            self.lose_typed_session(at, cause);
        }
        if loss_by(text) == Some(LossCause::Closed) {
            self.close_typed_link(at, text);
        }
    }

    /// A session that was opened by typed commands is lost like any other, and nobody else tells.
    fn lose_typed_session(&mut self, at: Moment, cause: LossCause) {
        if std::mem::take(&mut self.has_typed_session) {
            self.note(at, &Fault::SessionLost(cause));
            self.revision += 1;
        }
    }

    /// A link that was opened by a typed command and is closed again before anybody can have logged in. Without times it may have
    /// stood idle until the broker lost patience.
    fn close_typed_link(&mut self, at: Moment, text: &str) {
        let Some(last) = self.exchanges.back().filter(|record| record.command.verb().opens()) else { return };
        let after = at.since(last.ended_at);
        if last.result.is_err() || last.step.is_some() || !(self.is_untimed || after <= AT_ONCE) {
            return;
        }
        let (command, got) = (last.command.clone(), text.to_owned());
        self.note(at, &Fault::BadOutcome { command, expected: Awaited::Link, got, after });
        self.revision += 1;
    }

    fn take_exchange(&mut self, record: &ExchangeRecord) {
        self.see(record.sent_at);
        self.see(record.ended_at);
        self.place_answer(record);
        if record.accepted_at.is_some() || !record.answer.is_empty() {
            self.starts.pass_dialogue();
        }
        // The core's own polling would push out what a person did. How it opens a session again is a fact like any other.
        if record.request.is_none() {
            if record.command.verb().is_of_session() {
                self.keep_exchange(record);
            }
            return;
        }
        let verb = record.command.verb();
        if verb.opens() {
            self.tracker.try_anew();
        }
        match &record.result {
            // A step of a flow may be refused without harm: the request's end tells.
            // The link that is open leads elsewhere: nobody may go on with it.
            Err(fault) if self.is_other_link(fault) => self.note(record.ended_at, fault),
            Err(fault) if record.is_forgiven => self.forgiven = Some(fault.clone()),
            // The confirmation came before the `OK`, where nobody waits for it yet.
            Err(_) if self.is_confirmed_early(record) => self.pass_traffic(record.ended_at),
            Err(fault) if record.step.is_none() => self.note(record.ended_at, fault),
            Ok(()) => {
                self.mending = Some(Box::new(record.clone()));
                self.take_success(record);
                self.mending = None;
            }
            Err(_) => {}
        }
        self.keep_exchange(record);
    }

    /// What is asked again and again makes room first: how the session was opened tells of a loss hours later.
    fn keep_exchange(&mut self, record: &ExchangeRecord) {
        let mut record = record.clone();
        record.answer.truncate(ANSWER_LINES);
        record.command = record.command.shortened(LONGEST_COMMAND);
        for text in record.answer.iter_mut().filter(|text| text.len() > LONGEST_COMMAND) {
            *text = text.chars().take(LONGEST_COMMAND).collect();
        }
        if self.exchanges.len() == EXCHANGES {
            let old = self.exchanges.iter().take(EXCHANGES / 2);
            let routine = old.map(|record| is_routine(&record.command)).position(|is_one| is_one);
            self.exchanges.remove(routine.unwrap_or(0));
        }
        self.exchanges.push_back(record);
        self.revision += 1;
    }

    fn take_success(&mut self, record: &ExchangeRecord) {
        let (verb, at) = (record.command.verb(), record.ended_at);
        if verb.subscribes() || verb.publishes() {
            self.pass_traffic(at);
            // A module without a session refuses it: the login that was refused before was one too many.
            self.put_right(at, |trouble| is_of(trouble, |verb| verb == Verb::LogIn));
        }
        match verb {
            Verb::LogIn => {
                self.has_typed_session = record.step.is_none();
                self.log_in(at);
            }
            _ if verb.closes() || verb == Verb::Restart => self.has_typed_session = false,
            Verb::Unlock => self.put_right(at, |trouble| matches!(trouble.fault, Fault::SimNotReady { .. })),
            Verb::OpenLink | Verb::OpenTls => {
                if let Some(target) = record.command.target()
                    && let Some(port) = target.port
                {
                    let reached = (target.host.to_owned(), port, verb == Verb::OpenTls, at);
                    push(&mut self.reached, reached, LOGINS);
                }
                self.put_right(at, |trouble| {
                    !is_closed_link(trouble) && (trouble.depth() < Rung::Mqtt as usize || is_about_files(trouble))
                });
            }
            _ => {}
        }
        self.take_file(record);
        self.put_right(at, is_unanswered_question);
        self.put_right(at, |trouble| command_of(&trouble.fault).is_some_and(is_glued));
        self.put_right(at, |trouble| {
            !is_closed_link(trouble)
                && command_of(&trouble.fault)
                    .is_some_and(|failed| failed.name() == record.command.name() && failed.verb() == verb)
        });
        self.tracker.forgive(|fault| command_of(fault).is_some_and(|failed| failed.name() == record.command.name()));
    }

    fn log_in(&mut self, at: Moment) {
        // What is over is judged by what was before it was put right.
        self.put_right(at, |trouble| trouble.depth() <= Rung::Mqtt as usize || command_of(&trouble.fault).is_some());
        if self.logins.back().is_none_or(|last| *last != at) {
            push(&mut self.logins, at, LOGINS);
        }
        self.pass_traffic(at);
        self.arrivals = 0;
    }

    /// Something certainly passed between module and broker.
    fn pass_traffic(&mut self, at: Moment) {
        match self.traffic.back_mut() {
            Some(last) if !std::mem::take(&mut self.is_traffic_over) => *last = at,
            _ => push(&mut self.traffic, at, LOGINS),
        }
    }

    /// A rung that failed says more than the line that failed it.
    fn take_ladder(&mut self) {
        let failed =
            self.status.ladder.first_failed().and_then(|(rung, entry)| Some((rung, entry.since, entry.fault.clone()?)));
        let key = failed.as_ref().map(|(rung, since, _)| (*rung, *since));
        if key == self.failed {
            return;
        }
        self.failed = key;
        if let Some((rung, since, fault)) = failed {
            self.note_trouble(Trouble { at: since, fault, rung: Some(rung) });
        }
    }

    fn take_rung(&mut self, at: Moment, rung: Rung, state: RungState) {
        if state != RungState::Confirmed {
            return;
        }
        if rung == Rung::Mqtt {
            return self.log_in(at);
        }
        // A module without a card hears cells all the same.
        let shows = |stopped| rung >= stopped && !(rung == Rung::Signal && stopped == Rung::Sim);
        let is_hasty = self.was_hasty();
        self.put_right(at, |trouble| {
            !matches!(trouble.fault, Fault::SessionLost(_)) && trouble.stopped_at().is_some_and(shows) && !is_hasty
        });
    }

    fn take_delivery(&mut self, at: Moment, delivery: &Delivery) {
        match delivery {
            Delivery::Confirmed { .. } => {
                self.pass_traffic(at);
                self.put_right(at, |trouble| {
                    is_of(trouble, Verb::publishes) || matches!(trouble.fault, Fault::Draft(_))
                });
            }
            Delivery::Failed(fault) | Delivery::Unknown(fault) => {
                self.note(at, fault);
                self.revision += 1;
            }
            _ => {}
        }
    }
}

/// What a watch or a person asks again and again while a session is open.
fn is_routine(command: &Line) -> bool {
    command.verb().publishes() || command.is_question()
}

/// What a line tells of a session, when nobody follows it (reference, section 12).
fn loss_by(text: &str) -> Option<LossCause> {
    match text {
        "CLOSED" | "7,CLOSED" => Some(LossCause::Closed),
        _ if text.starts_with("+PDP") && text.ends_with("DEACT") => Some(LossCause::BearerLost),
        _ if text.starts_with("+CGEV:") && (text.contains("PDN DEACT") || text.contains("DETACH")) => {
            Some(LossCause::BearerLost)
        }
        _ if text.starts_with("+CPIN: SIM REMOVED") => Some(LossCause::SimRemoved),
        _ => None,
    }
}

/// A final result (reference, section 1).
fn is_final(text: &str) -> bool {
    text == "OK" || text.ends_with("ERROR") || text.contains(" ERROR:")
}

/// A link that opened and was closed at once: that it opens again puts nothing right.
fn is_closed_link(trouble: &Trouble) -> bool {
    matches!(&trouble.fault, Fault::BadOutcome { expected: Awaited::Link, got, .. } if loss_by(got).is_some())
}

fn is_of(trouble: &Trouble, is_one: impl Fn(Verb) -> bool) -> bool {
    command_of(&trouble.fault).is_some_and(|command| is_one(command.verb()))
}

fn is_about_files(trouble: &Trouble) -> bool {
    matches!(trouble.fault, Fault::FileDiffers { .. } | Fault::ReadingDisturbed { .. })
        || is_of(trouble, Verb::is_about_files)
}

fn push<T>(list: &mut VecDeque<T>, one: T, most: usize) {
    if list.len() == most {
        list.pop_front();
    }
    list.push_back(one);
}

/// A server that wants nobody closes within this (catalogue, F-065).
const AT_ONCE: Duration = Duration::from_secs(1);
const EXCHANGES: usize = 96;
const ANSWER_LINES: usize = 8;
const LINES: usize = 64;
const LONGEST: usize = 200;
const LONGEST_COMMAND: usize = 6_000;
const BOOTS: usize = 32;
const LOGINS: usize = 32;
const NOTES: usize = 32;
const REMARKS: usize = 32;
