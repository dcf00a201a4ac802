//! What happened since the link opened, as far as it explains trouble: dialogues, unasked lines, restarts, logins, and the
//! episodes that they make.
//!
//! Fed with events and bounded; the newest status itself is kept by whoever feeds it. Window, command line and recordings feed
//! it alike, and nothing else keeps track of what went wrong.

mod told;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::Duration,
};

use crate::{
    air780e::verb::{Awaited, Line, Verb},
    modem::{
        event::{Delivery, Event, ExchangeRecord, Fault, FileProgress, LossCause, Note, Refusal, WireKind},
        status::{Rung, RungState, Status},
    },
    time::{Moment, WallAnchor},
};

use super::{
    Finding, Here, Trouble, Undecided,
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
    logins: VecDeque<Moment>,
    /// Links that opened: host, port, whether encrypted, when.
    reached: VecDeque<(String, u16, bool, Moment)>,
    /// Name, result, and when.
    resolved: Option<(Moment, String, Result<String, Fault>)>,
    here: Option<Box<Here>>,
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
    /// Moments are only an order, not times.
    is_untimed: bool,
    /// Where moments stand in the recording, by its lines.
    places: BTreeMap<Moment, u32>,
    place: Option<u32>,
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

    /// Nothing was told until `at`.
    pub fn pass(&mut self, at: Moment) {
        self.newest = self.newest.max(at);
    }

    /// The recording is over: what was asked again and again, and never had by its last line, is how it ends.
    pub fn end_recording(&mut self) {
        let has_session = !self.logins.is_empty() || !self.traffic.is_empty();
        if self.trouble().is_some() || has_session {
            return;
        }
        if let Some(fault) = self.unmet() {
            self.give_up(&fault);
        }
    }

    /// The lowest rung that was asked for more than once and is not there by the last answer.
    fn unmet(&self) -> Option<Fault> {
        let asked = |verbs: &[Verb]| {
            let mut all = self.exchanges.iter().filter(|record| verbs.contains(&record.command.verb()));
            let first = all.next()?;
            all.next().map(|_| self.newest.since(first.sent_at))
        };
        let status = &self.status;
        if let Some(signal) = status.signal.as_ref().filter(|seen| seen.value.rssi_dbm().is_none()) {
            return asked(&[Verb::Signal, Verb::Registration]).map(|_| Fault::NoSignal { rssi: signal.value.rssi });
        }
        let told = status.registration.as_ref().map(|seen| (seen.value.stat, seen.value.is_registered()));
        if let Some((stat, _)) = told.or_else(|| self.voice()).filter(|(_, is_registered)| !is_registered) {
            return asked(&[Verb::Registration]).map(|after| Fault::NotRegistered { stat, after });
        }
        let has_address = status.ladder.entry(Rung::Data).state == RungState::Confirmed;
        (!has_address).then(|| asked(&[Verb::Attach, Verb::Bearer])).flatten().map(|after| Fault::NotAttached { after })
    }

    /// The state of the voice network, where nobody asked for the one of data: state, and whether it is a registered one.
    fn voice(&self) -> Option<(u8, bool)> {
        let record = self.exchanges.iter().rev().find(|record| record.command.verb() == Verb::Registration)?;
        let line = record.answer.iter().find(|line| line.starts_with("+CREG:"))?;
        let stat = line.split([':', ',']).nth(2)?.trim().parse().ok()?;
        Some((stat, matches!(stat, 1 | 5 | 9 | 10)))
    }

    /// Somebody gave up on the whole with `fault`: a limit that is not the module's own.
    pub fn give_up(&mut self, fault: &Fault) {
        self.note(self.newest, fault);
        self.revision += 1;
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
        if kind == WireKind::Answer && !is_final(text) {
            self.answer_place = self.place.map(|line| (at, line));
        }
        if !matches!(kind, WireKind::Unsolicited | WireKind::Late | WireKind::Unrecognised) || text.starts_with("+MSUB")
        {
            return;
        }
        if text.starts_with("^boot.rom") || text == "RDY" {
            // Both lines tell of one start.
            if self.boots.back().is_none_or(|last| at.since(*last) > ONE_BOOT) {
                push(&mut self.boots, at, BOOTS);
                self.revision += 1;
            }
            self.lose_typed_session(at, LossCause::ModuleRestarted);
        } else if loss_by(text).is_some() || self.lines.back().is_none_or(|(_, last)| last != text) {
            push(&mut self.lines, (at, text.chars().take(LONGEST).collect()), LINES);
            self.revision += 1;
        }
        if let Some(cause) = loss_by(text) {
            self.lose_typed_session(at, cause);
        }
    }

    /// A session that was opened by typed commands is lost like any other, and nobody else tells.
    fn lose_typed_session(&mut self, at: Moment, cause: LossCause) {
        if std::mem::take(&mut self.has_typed_session) {
            self.note(at, &Fault::SessionLost(cause));
            self.revision += 1;
        }
    }

    fn take_exchange(&mut self, record: &ExchangeRecord) {
        self.see(record.sent_at);
        self.see(record.ended_at);
        self.place_answer(record);
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

    /// What a question brought stands where its answer does, not where the `OK` behind it does.
    /// What brought nothing but an `OK` stands where it was sent.
    fn place_answer(&mut self, record: &ExchangeRecord) {
        let told = self.answer_place.take().filter(|(at, _)| record.sent_at <= *at && *at <= record.ended_at);
        if record.result.is_err() || record.accepted_at != Some(record.ended_at) {
            return;
        }
        let line = told.map(|(_, line)| line).or_else(|| self.places.get(&record.sent_at).copied());
        if let Some(line) = line {
            self.places.insert(record.ended_at, line);
        }
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
            Verb::OpenLink | Verb::OpenTls => {
                if let Some(target) = record.command.target()
                    && let Some(port) = target.port
                {
                    let reached = (target.host.to_owned(), port, verb == Verb::OpenTls, at);
                    push(&mut self.reached, reached, LOGINS);
                }
                self.put_right(at, |trouble| trouble.depth() < Rung::Mqtt as usize || is_about_files(trouble));
            }
            _ => {}
        }
        self.take_file(record);
        self.put_right(at, is_unanswered_question);
        self.put_right(at, |trouble| command_of(&trouble.fault).is_some_and(is_glued));
        self.put_right(at, |trouble| {
            command_of(&trouble.fault)
                .is_some_and(|failed| failed.name() == record.command.name() && failed.verb() == verb)
        });
        self.tracker.forgive(|fault| command_of(fault).is_some_and(|failed| failed.name() == record.command.name()));
    }

    /// A file that was typed or sent by somebody's program: bytes beyond what was announced did not get into it.
    fn take_file(&mut self, record: &ExchangeRecord) {
        let Some(data) = record.data.filter(|_| record.command.verb() == Verb::WriteFile && record.step.is_none())
        else {
            return;
        };
        let name = record.command.argument(0).unwrap_or_default();
        let surplus = data.surplus();
        if surplus > LINE_END {
            let (name, found) = (name.to_owned(), data.sent - surplus);
            return self.note(record.ended_at, &Fault::FileDiffers { name, expected: data.sent, found });
        }
        let is_same = |fault: &Fault| matches!(fault, Fault::FileDiffers { name: other, .. } if other == name);
        self.put_right(record.ended_at, |trouble| is_same(&trouble.fault));
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
        self.put_right(at, |trouble| {
            !matches!(trouble.fault, Fault::SessionLost(_)) && trouble.stopped_at().is_some_and(shows)
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

    fn note(&mut self, at: Moment, fault: &Fault) {
        self.see(at);
        if !matches!(fault, Fault::Cancelled | Fault::Busy) {
            self.note_trouble(Trouble { at, fault: fault.clone(), rung: None });
        }
    }

    fn note_trouble(&mut self, trouble: Trouble) {
        let at = trouble.at;
        self.is_traffic_over |= matches!(trouble.fault, Fault::SessionLost(_));
        // What was closed by order is closed in order.
        let is_harmless = is_harmless(&trouble.fault) && !self.is_wrong_step(&trouble.fault);
        if is_harmless || self.is_wanted(&trouble) {
            return push(&mut self.remarks, trouble, REMARKS);
        }
        if let Some(left) = self.tracker.note(trouble) {
            self.finish(left, at, false);
        }
    }

    /// A step of a session in another maker's words, or two commands in one line, while there is no session: whoever sends it
    /// means to open one.
    fn is_wrong_step(&self, fault: &Fault) -> bool {
        let Fault::Refused { command, .. } = fault else { return false };
        let is_step = is_glued(command) || (command.verb() == Verb::Foreign && !command.is_question());
        is_step && self.logins.is_empty() && self.traffic.is_empty()
    }

    /// The close that the user or the program asked for: a good-bye, and what only follows from it.
    fn is_wanted(&self, trouble: &Trouble) -> bool {
        if self.asked(trouble.at).is_some_and(|line| line.verb() == Verb::LogOut) {
            return true;
        }
        matches!(trouble.fault, Fault::SessionLost(LossCause::Closed))
            && self.exchanges.iter().rev().any(|record| {
                record.command.verb() == Verb::LogOut
                    && record.result.is_ok()
                    && record.sent_at <= trouble.at
                    && self.gap(record.sent_at, trouble.at).is_none_or(|gap| gap <= GOOD_BYE)
            })
    }

    fn put_right(&mut self, at: Moment, is_right: impl Fn(&Trouble) -> bool) {
        self.see(at);
        if let Some(over) = self.tracker.put_right(is_right) {
            if self.was_harmless(&over.root, at) {
                push(&mut self.remarks, over.root, REMARKS);
            } else {
                self.finish(over, at, true);
            }
            self.revision += 1;
        }
    }

    /// What was odd and came to nothing: a question that got no answer and then did, a link that was there already.
    fn was_harmless(&self, root: &Trouble, at: Moment) -> bool {
        match &root.fault {
            Fault::TimedOut { expected: Awaited::Acceptance, .. } => {
                is_unanswered_question(root) && self.gap(root.at, at).is_none_or(|gap| gap <= SOON)
            }
            Fault::BadOutcome { got, .. } => got.contains("ALREADY CONNECT") && !self.is_other_link(&root.fault),
            _ => false,
        }
    }

    /// Whether a link was asked for while one to another place was open.
    fn is_other_link(&self, fault: &Fault) -> bool {
        let Fault::BadOutcome { command, got, .. } = fault else { return false };
        let asked = command.target().and_then(|target| Some((target.host, target.port?)));
        let open = self.reached.back().map(|(host, port, ..)| (host.as_str(), *port));
        got.contains("ALREADY CONNECT") && open.is_some() && asked != open
    }

    /// Judges a trouble that is over while everything that shows it is at hand.
    fn finish(&mut self, over: Open, at: Moment, is_recovered: bool) {
        self.horizon = Some(over.last);
        let (findings, undecided) = (self.judge.0)(self, &over, at);
        self.horizon = None;
        let mut episode = over.ended(Some(at), is_recovered);
        (episode.findings, episode.undecided) = (findings, undecided);
        self.tracker.keep(episode);
    }

    fn see(&mut self, at: Moment) {
        self.newest = self.newest.max(at);
        if let Some(line) = self.place {
            self.places.entry(at).or_insert(line);
            if self.places.len() > PLACES {
                self.forget_places();
            }
        }
    }
}

impl Course {
    /// Forgets where the older half stands, but for what may still be quoted.
    fn forget_places(&mut self) {
        let Some(middle) = self.places.keys().nth(PLACES / 2).copied() else { return };
        let quoted = self.quotable();
        self.places.retain(|at, _| *at >= middle || quoted.contains(at));
    }

    /// The moments of everything that a rule may look back to.
    fn quotable(&self) -> BTreeSet<Moment> {
        let status = &self.status;
        let seen = [
            status.signal.as_ref().map(|seen| seen.at),
            status.registration.as_ref().map(|seen| seen.at),
            status.sim.as_ref().map(|seen| seen.at),
            self.resolved.as_ref().map(|(at, ..)| *at),
        ];
        let ladder = Rung::ALL.into_iter().map(|rung| status.ladder.entry(rung));
        let ladder = ladder.filter_map(|entry| entry.evidence.as_ref()).map(|evidence| evidence.at);
        let open = self.tracker.open().into_iter();
        let troubles = open.flat_map(|open| [open.root.at].into_iter().chain(open.followers.iter().map(|one| one.at)));
        let dialogues = self
            .exchanges
            .iter()
            .flat_map(|record| [record.sent_at, record.accepted_at.unwrap_or(record.sent_at), record.ended_at]);
        seen.into_iter()
            .flatten()
            .chain(ladder)
            .chain(troubles)
            .chain(dialogues)
            .chain(self.lines.iter().map(|(at, _)| *at))
            .chain(self.boots.iter().chain(&self.logins).chain(&self.traffic).copied())
            .chain(self.reached.iter().map(|(.., at)| *at))
            .chain(self.asked.iter().map(|(at, _)| *at))
            .chain(self.remarks.iter().map(|trouble| trouble.at))
            .chain(self.notes.iter().map(|(at, _)| *at))
            .chain(self.messages.arrived().map(|arrived| arrived.at))
            .chain(self.messages.named())
            .chain(self.messages.strays().map(|(at, _)| at))
            .chain(self.messages.foreign().map(|(at, _)| at))
            .collect()
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

/// A refused question, probe or good-bye: no step of a session, of its files or of its card depends on it.
fn is_harmless(fault: &Fault) -> bool {
    let (Fault::Refused { command, .. } | Fault::Unfitting { command, .. }) = fault else { return false };
    // The card, the access point's login and the radio are told by these numbers, whatever was asked.
    if matches!(fault, Fault::Refused { refusal: Refusal::Cme(10..=15 | 149 | 797), .. }) {
        return false;
    }
    let matters = match command.verb() {
        Verb::CreateFile | Verb::WriteFile | Verb::Unlock | Verb::AccessPoint | Verb::TlsSetting => {
            !command.is_question()
        }
        Verb::Card | Verb::Resolve => true,
        // Whoever answers `AT` with something else is asked by another program.
        Verb::Attention => matches!(fault, Fault::Unfitting { .. }),
        verb => verb.is_of_session() && !command.is_question(),
    };
    !matters
}

/// A final result (reference, section 1).
fn is_final(text: &str) -> bool {
    text == "OK" || text.ends_with("ERROR") || text.contains(" ERROR:")
}

/// A question, or a bare `AT`, that got no answer: whatever is answered later shows that the module is there.
fn is_unanswered_question(trouble: &Trouble) -> bool {
    let Fault::TimedOut { command, expected: Awaited::Acceptance, .. } = &trouble.fault else { return false };
    command.is_question()
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

/// Lines of one start come within this.
const ONE_BOOT: Duration = Duration::from_secs(3);
/// The broker closes the link within this after a good-bye.
const GOOD_BYE: Duration = Duration::from_secs(2);
/// What is answered again within this was no trouble.
const SOON: Duration = Duration::from_secs(30);
/// A line end behind the last byte of a file is harmless (reference, section 8).
const LINE_END: usize = 2;
const EXCHANGES: usize = 96;
const ANSWER_LINES: usize = 8;
const LINES: usize = 64;
const LONGEST: usize = 200;
const LONGEST_COMMAND: usize = 6_000;
const BOOTS: usize = 32;
const LOGINS: usize = 32;
const NOTES: usize = 32;
const REMARKS: usize = 32;
const PLACES: usize = 16_384;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_quoted_keeps_its_place_however_much_follows() {
        let mut course = Course::default();
        let at = |line: u32| Moment::from_millis(u64::from(line));
        for line in 1..=100_000 {
            course.stands_at(line);
            let text = if line == 7 { "+CGEV: ME PDN ACT 1" } else { "+MSUB: 0" };
            course.take_line(at(line), WireKind::Unsolicited, text);
        }
        assert_eq!((course.line_of(at(7)), course.line_of(at(99_999))), (Some(7), Some(99_999)));
        assert_eq!(course.line_of(at(8)), None);
        assert!(course.places.len() <= PLACES);
    }
}
