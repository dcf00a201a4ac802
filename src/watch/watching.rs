//! The watch itself: events and time in, wishes and entries out.

use std::{collections::VecDeque, time::Duration};

use super::{
    Entry, Plan, Proof, Reason, Summary, Wall, Way,
    clock::Clock,
    entry::other_than,
    pursuit::{Pursuit, Step, Tried},
};
use crate::{
    diagnosis::{Course, Fact, Finding, Trouble, Undecided, diagnose_loss},
    lang::{Lang, Phrase},
    modem::{
        event::{
            Delivery, Event, ExchangeRecord, Fault, LossCause, Means, PublishUpdate, RecoveryStep, Verb, WireKind,
            WireLine,
        },
        request::RequestId,
        status::{Cell, Rung, RungState, Status},
    },
    time::Moment,
    trace::unnamed,
};

/// What the modem is to be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Open the session.
    Connect,
    /// Open it by harsher means.
    Recover,
    /// Send the message of this number.
    Publish(u64),
    /// Ask for the signal.
    ReadSignal,
    /// Ask for everything the module says of itself.
    ReadDetails,
    /// Ask whether the session is still open (`AT+MQTTSTATU`).
    ReadSession,
}

/// A loss that lasts.
#[derive(Debug)]
struct Loss {
    /// The number of its drop; `None` for one that happened while nobody watched.
    number: Option<u32>,
    trouble: Trouble,
    /// It was judged once.
    is_judged: bool,
    /// A login was seen: what showed the cause is gone now.
    is_settled: bool,
}

/// One watch.
///
/// After [`event`](Self::event), [`tick`](Self::tick) and [`was_away`](Self::was_away) poll [`poll_entry`](Self::poll_entry) and
/// [`poll_wish`](Self::poll_wish) until each is empty, then wait for an event or for [`poll_timeout`](Self::poll_timeout). Each
/// entry is to be on disk before the wishes are granted. Moments count from the begin of this run and never go back, also when
/// the port is lost and comes back.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is true or not whatever the others are")]
pub struct Watch {
    clock: Clock,
    course: Course,
    summary: Summary,
    entries: VecDeque<Entry>,
    pursuit: Pursuit,
    now: Moment,
    port: String,
    is_up: bool,
    loss: Option<Loss>,
    /// A restart whose reason the module has not told.
    restarted: Option<(u32, Trouble)>,
    /// Nobody watched for a while, and nothing has shown since that the session is alive.
    is_doubtful: bool,
    /// The session is to be asked for.
    asks_session: bool,
    counts: Counts,
    /// When something certain passed last.
    traffic_at: Option<Moment>,
    quiet: Duration,
    lines: VecDeque<(Moment, String)>,
    /// The message on its way: its request, and whether the module took it.
    on_the_way: Option<(RequestId, bool)>,
    publish_at: Option<Moment>,
    signal_at: Option<Moment>,
    details_at: Option<Moment>,
    details_id: Option<RequestId>,
    /// The signal that was written down last.
    signal: Option<(Moment, Option<i16>)>,
    /// The cell that was written down last.
    cell: Option<(Moment, Cell)>,
    beat_at: Moment,
    failure: Option<Fault>,
    /// Somebody else sees to coming back.
    is_led: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    published: u64,
    confirmed: u64,
    failed: u64,
    unknown: u64,
    received: u64,
}

impl Watch {
    /// Begins a watch as `plan` says, or goes on with the one that `earlier` is the journal of. It is `base` at
    /// [`Moment::ZERO`], which is now.
    pub fn begin(plan: Plan, earlier: Option<Summary>, base: Wall, port: &str) -> Self {
        let is_new = earlier.is_none();
        let summary = earlier.unwrap_or_default();
        let counts = Counts {
            published: summary.published,
            confirmed: summary.confirmed,
            failed: summary.failed,
            unknown: summary.unknown,
            received: summary.received,
        };
        let mut watch = Self {
            clock: Clock::new(base),
            course: Course::default(),
            summary,
            entries: VecDeque::new(),
            pursuit: Pursuit::default(),
            now: Moment::ZERO,
            port: port.to_owned(),
            is_up: false,
            loss: None,
            restarted: None,
            is_doubtful: false,
            asks_session: false,
            counts,
            traffic_at: None,
            quiet: Duration::ZERO,
            lines: VecDeque::new(),
            on_the_way: None,
            publish_at: None,
            signal_at: None,
            details_at: None,
            details_id: None,
            signal: None,
            cell: None,
            beat_at: Moment::ZERO + BEAT,
            failure: None,
            is_led: false,
        };
        if is_new {
            watch.write(Entry::Watch(plan));
        }
        watch.write(Entry::Run { t: base, port: port.to_owned() });
        watch
    }

    /// As [`begin`](Self::begin), on a link that opened when it was `anchor` and of which `course` is known, at `now`; the
    /// session is open. Somebody else sees to coming back: no [`Wish::Connect`] and no [`Wish::Recover`] comes from here, and
    /// what he asks for it is told by [`asked`](Self::asked).
    pub fn beside(
        plan: Plan,
        earlier: Option<Summary>,
        anchor: Wall,
        now: Moment,
        course: &Course,
        port: &str,
    ) -> Self {
        let clock = Clock::new(anchor);
        let mut watch = Self::begin(Plan { t: clock.wall(now), ..plan }, earlier, clock.wall(now), port);
        (watch.clock, watch.now, watch.beat_at) = (clock, now, now + BEAT);
        (watch.course, watch.is_led) = (course.clone(), true);
        watch.come_up(now);
        watch
    }

    /// What was watched so far.
    pub const fn summary(&self) -> &Summary {
        &self.summary
    }

    /// The course of this run.
    pub const fn course(&self) -> &Course {
        &self.course
    }

    /// Whether the session is open.
    pub const fn is_up(&self) -> bool {
        self.is_up
    }

    /// Why there never was a session: nothing is to be watched.
    pub const fn failure(&self) -> Option<&Fault> {
        self.failure.as_ref()
    }

    /// Whether there is nothing more to watch.
    pub const fn is_over(&self) -> bool {
        self.summary.is_over || self.failure.is_some()
    }

    /// The next line of the journal.
    pub fn poll_entry(&mut self) -> Option<Entry> {
        self.entries.pop_front()
    }

    /// What is to be asked of the modem now. Say with [`asked`](Self::asked) that it was.
    pub fn poll_wish(&mut self) -> Option<Wish> {
        if self.is_over() {
            return None;
        }
        if let Some(step) = self.pursuit.due(self.now).filter(|_| !self.is_led) {
            return Some(match step {
                Step::Connect => Wish::Connect,
                Step::Recover => Wish::Recover,
            });
        }
        if !self.is_up {
            return None;
        }
        let is_due = |at: Option<Moment>| at.is_some_and(|at| at <= self.now);
        if self.asks_session {
            return Some(Wish::ReadSession);
        }
        if is_due(self.publish_at) && self.on_the_way.is_none() {
            return Some(Wish::Publish(self.counts.published + self.counts.failed + self.counts.unknown + 1));
        }
        if is_due(self.details_at) {
            return Some(Wish::ReadDetails);
        }
        is_due(self.signal_at).then_some(Wish::ReadSignal)
    }

    /// A wish was handed over under this id; `None` when it could not be: it is due again a second later.
    pub fn asked(&mut self, wish: Wish, id: Option<RequestId>) {
        let later = Some(self.now + Duration::from_secs(1));
        match (wish, id) {
            (Wish::Connect, Some(id)) => {
                self.pursuit.asked(Step::Connect, id);
                if self.is_led && self.is_missing() {
                    self.write(Entry::Try { t: self.wall(), way: Way::Link });
                }
            }
            (Wish::Recover, Some(id)) => self.pursuit.asked(Step::Recover, id),
            // The link is gone, and its end is on its way.
            (Wish::Connect | Wish::Recover, None) => self.pursuit.link_closed(self.now),
            (Wish::Publish(_), Some(id)) => {
                self.on_the_way = Some((id, false));
                self.publish_at = next(self.publish_at, self.plan().and_then(|plan| plan.publish_every_s), self.now);
            }
            (Wish::Publish(_), None) => self.publish_at = later,
            (Wish::ReadSignal, _) => {
                self.signal_at = next(self.signal_at, self.plan().and_then(|plan| plan.signal_every_s), self.now);
            }
            (Wish::ReadDetails, id) => {
                self.details_id = id;
                self.details_at = self.plan().and_then(|plan| plan.signal_every_s).map(|_| self.now + DETAILS);
            }
            (Wish::ReadSession, _) => self.asks_session = false,
        }
    }

    /// When [`tick`](Self::tick) must be called at the latest.
    pub fn poll_timeout(&self) -> Moment {
        let unjudged = self.loss.as_ref().filter(|loss| !loss.is_judged).map(|loss| loss.trouble.at + Course::SETTLES);
        let polls = [self.publish_at, self.signal_at, self.details_at].into_iter().filter(|_| self.is_up).flatten();
        let polls = polls.filter(|at| *at > self.now);
        let pursuit = self.pursuit.poll_timeout().filter(|_| !self.is_led);
        polls.chain(unjudged).chain(pursuit).fold(self.beat_at, Moment::min)
    }

    /// Learns that `now` has come.
    pub fn tick(&mut self, now: Moment) {
        self.now = self.now.max(now);
        if self.loss.as_ref().is_some_and(|loss| !loss.is_judged && self.now >= loss.trouble.at + Course::SETTLES) {
            self.judge_loss();
        }
        if self.now >= self.beat_at && !self.summary.is_over {
            self.beat_at = self.now + BEAT;
            self.beat();
            self.end_in_time();
        }
    }

    /// Nobody watched from `from` until `now`: the program was stopped, or the computer slept, for which no moment counts
    /// `slept`. A session that was lost meanwhile is no drop.
    pub fn was_away(&mut self, from: Moment, now: Moment, slept: Duration) {
        let from = self.clock.wall(from);
        self.clock.sleep(slept);
        self.now = self.now.max(now);
        self.write(Entry::Gap { t: self.wall(), from });
        (self.is_doubtful, self.asks_session) = (self.is_up, self.is_up);
    }

    /// Writes down where things stand. To be called when the watch ends before its time.
    pub fn beat(&mut self) {
        let Counts { published, confirmed, failed, unknown, received } = self.counts;
        let quiet_ms = u64::try_from(self.quiet.as_millis()).unwrap_or(u64::MAX);
        self.write(Entry::Beat { t: self.wall(), published, confirmed, failed, unknown, received, quiet_ms });
    }

    /// Takes what happened, at `now`.
    pub fn event(&mut self, now: Moment, event: &Event) {
        self.tick(now);
        if is_login(event) && self.loss.as_ref().is_some_and(|loss| !loss.is_settled) {
            self.judge_loss();
            self.loss.iter_mut().for_each(|loss| loss.is_settled = true);
        }
        self.course.take(event);
        match event {
            Event::Opened { port, .. } => self.link_opened(port),
            Event::Rung { at, rung: Rung::Mqtt, state: RungState::Confirmed } => self.come_up(*at),
            Event::SessionLost { at, cause, asked: None } => {
                self.lose(Trouble { at: *at, fault: Fault::SessionLost(*cause), rung: None }, reason(*cause));
            }
            Event::SessionLost { asked: Some(_), .. } => self.leave(),
            Event::Closed { at, fault } => self.link_closed(*at, fault.clone().map(Fault::Port)),
            Event::Done { id, result, .. } => self.request_ended(*id, result),
            Event::Publish(update) => self.take_delivery(update),
            Event::Message(arrival) => {
                self.counts.received += 1;
                self.traffic(arrival.at);
            }
            Event::Recovery(update) => self.take_recovery(&update.step),
            Event::Status(status) => self.take_status(status),
            Event::Exchange(record) => self.take_exchange(record),
            // Messages are the user's own.
            Event::Wire(line) if is_report(line) => {
                if self.lines.len() == LINES {
                    self.lines.pop_front();
                }
                self.lines.push_back((line.at, shown(&line.text).chars().take(LONGEST_LINE).collect()));
            }
            _ => {}
        }
    }

    /// Whether there never was a session, and nobody has watched before: what fails now is said at once, as it may never work.
    pub const fn is_first(&self) -> bool {
        self.summary.openings == 0 && self.summary.runs <= 1
    }

    /// Whether a lost session is not back.
    fn is_missing(&self) -> bool {
        self.loss.is_some() && !self.is_up
    }

    fn plan(&self) -> Option<&Plan> {
        self.summary.plan.as_ref()
    }

    fn wall(&self) -> Wall {
        self.clock.wall(self.now)
    }

    fn write(&mut self, entry: Entry) {
        self.summary.take(&entry);
        self.entries.push_back(entry);
    }

    fn end_in_time(&mut self) {
        let limit = self.plan().map_or(0, |plan| plan.for_s);
        if self.summary.watched >= Duration::from_secs(limit) {
            if self.loss.as_ref().is_some_and(|loss| !loss.is_settled) {
                self.judge_loss();
            }
            self.write(Entry::End { t: self.wall() });
        }
    }

    fn link_opened(&mut self, port: &str) {
        self.pursuit.link_opened(self.now);
        if self.summary.openings > 0 || port != self.port {
            port.clone_into(&mut self.port);
            self.write(Entry::Port { t: self.wall(), name: self.port.clone(), there: true });
        }
    }

    fn link_closed(&mut self, at: Moment, fault: Option<Fault>) {
        self.pursuit.link_closed(self.now);
        self.write(Entry::Port { t: self.wall(), name: self.port.clone(), there: false });
        match fault {
            Some(fault) => self.lose(Trouble { at, fault, rung: None }, Reason::Port),
            None => self.leave(),
        }
        self.on_the_way = None;
    }

    fn come_up(&mut self, at: Moment) {
        if self.is_up {
            return;
        }
        let loss = self.loss.take();
        (self.is_up, self.is_doubtful, self.asks_session) = (true, false, false);
        self.pursuit.came_up();
        self.write(Entry::Up { t: self.clock.wall(at) });
        self.traffic_at = Some(at);
        let plan = self.plan();
        let (publishes, polls) = plan.map_or((None, None), |plan| (plan.publish_every_s, plan.signal_every_s));
        self.publish_at = publishes.map(|_| at + SOON);
        self.signal_at = polls.map(|seconds| at + Duration::from_secs(seconds.into()));
        self.details_at = polls.map(|_| at + DETAILS);
        if let Some(Loss { number: Some(number), trouble, .. }) = loss {
            let is_restart = matches!(trouble.fault, Fault::SessionLost(LossCause::ModuleRestarted));
            self.restarted = is_restart.then_some((number, trouble));
            // Why the module started stands in what it says of itself.
            self.details_at = if is_restart { Some(at + SOON) } else { self.details_at };
        }
    }

    /// The session is no more, and nobody lost it.
    fn leave(&mut self) {
        self.is_up = false;
        (self.traffic_at, self.publish_at) = (None, None);
    }

    fn lose(&mut self, trouble: Trouble, by: Reason) {
        if !std::mem::take(&mut self.is_up) {
            return;
        }
        self.pursuit.lost(self.now);
        let at = trouble.at;
        let number = if std::mem::take(&mut self.is_doubtful) {
            self.write(Entry::Missed { t: self.clock.wall(at) });
            None
        } else {
            let number = u32::try_from(self.summary.drops.len() + 1).unwrap_or(u32::MAX);
            let drop = self.drop(number, &trouble, by);
            self.write(drop);
            Some(number)
        };
        self.restarted = None;
        self.loss = Some(Loss { number, trouble, is_judged: number.is_none(), is_settled: number.is_none() });
        self.leave();
    }

    fn drop(&self, number: u32, trouble: &Trouble, by: Reason) -> Entry {
        let at = trouble.at;
        let seen = self.course.status.signal.as_ref();
        let lines = self.lines.iter().filter(|(seen, _)| at.since(*seen) <= JUST_BEFORE);
        Entry::Drop {
            t: self.clock.wall(at),
            n: number,
            by,
            text: shown(&trouble.fault.to_string()),
            rssi_dbm: seen.and_then(|seen| seen.value.rssi_dbm()),
            signal_age_s: seen.map(|seen| at.since(seen.at).as_secs()),
            quiet_s: self.traffic_at.map_or(0, |last| at.since(last).as_secs()),
            lines: lines.map(|(_, text)| text.clone()).collect(),
        }
    }

    /// Asks the one judge why the session that lasts no more was lost, and writes it down when it is news.
    fn judge_loss(&mut self) {
        let Some(loss) = &mut self.loss else { return };
        let is_first = !std::mem::replace(&mut loss.is_judged, true);
        let Some(number) = loss.number else { return };
        let trouble = loss.trouble.clone();
        self.judge(number, &trouble, is_first);
    }

    fn judge(&mut self, number: u32, trouble: &Trouble, is_first: bool) {
        let (findings, undecided) = diagnose_loss(&self.course, trouble, self.now);
        let why = self.why(number, &findings, undecided.as_ref());
        let known = self.summary.drops.iter().rev().find(|drop| drop.number == number);
        let Entry::Why { finding, undecided, .. } = &why else { return };
        if is_first || known.is_some_and(|drop| drop.finding != *finding || drop.undecided != *undecided) {
            self.write(why);
            self.spread(number, &findings);
        }
    }

    fn why(&self, n: u32, findings: &[Finding], undecided: Option<&Undecided>) -> Entry {
        let named = findings.first().filter(|first| undecided.is_none() && first.is_named());
        let proof = |fact: &Fact| Proof::new(fact.at.map(|at| self.clock.wall(at)), fact, shown);
        Entry::Why {
            t: self.wall(),
            n,
            finding: named.map(|first| first.id.to_owned()),
            certainty: named.map(|first| first.certainty.key().to_owned()),
            undecided: undecided
                .map(|open| open.causes.iter().map(|cause| cause.id.to_owned()).collect())
                .unwrap_or_default(),
            evidence: findings.first().map(|first| first.evidence.iter().map(proof).collect()).unwrap_or_default(),
        }
    }

    /// What only a series of losses shows explains the others of the series, too: those that the other side closed one after
    /// the other, each soon after its login, and the one that began it.
    fn spread(&mut self, number: u32, findings: &[Finding]) {
        let Some(first) = findings.first().filter(|first| first.is_named() && BY_RHYTHM.contains(&first.id)) else {
            return;
        };
        let mut begin = self.summary.drops.iter().find(|drop| drop.number == number).map(|drop| drop.begin);
        let earlier = self.summary.drops.iter().rev().filter(|drop| drop.number < number);
        let series: Vec<u32> = earlier
            .take_while(|drop| {
                let lived = drop.end.zip(begin).map(|(login, lost)| lost.since(login));
                begin = Some(drop.begin);
                let is_open = drop.finding.is_none() && drop.undecided.iter().any(|id| id == first.id);
                is_open && drop.by == Reason::Closed && lived.is_some_and(|lived| lived < SHORT_LIFE)
            })
            .map(|drop| drop.number)
            .collect();
        for earlier in series {
            let why = self.why(earlier, findings, None);
            self.write(why);
        }
    }

    fn request_ended(&mut self, id: RequestId, result: &Result<(), Fault>) {
        if self.details_id.take_if(|asked| *asked == id).is_some() {
            self.write_details();
        }
        self.on_the_way.take_if(|(asked, _)| *asked == id);
        let Some(tried) = self.pursuit.ended(self.now, id, result.is_ok()) else { return };
        let Err(fault) = result else {
            if self.is_led && tried == Tried::Connect {
                self.write(Entry::Helped { t: self.wall(), way: Way::Link });
            }
            return;
        };
        // A port that is gone comes back; whoever owns it waits for that.
        let is_port = matches!(fault, Fault::Port(_));
        if tried == Tried::Connect && self.is_first() && !is_port && !self.is_led {
            self.failure = Some(fault.clone());
        } else if tried == Tried::Connect {
            self.write(vain(self.wall(), Way::Link, fault));
        } else if !is_port && !matches!(fault, Fault::Cancelled) {
            self.write(Entry::Hand {
                t: self.wall(),
                text: HAND.to(Lang::En).into_owned(),
                zh: HAND.to(Lang::ZhCn).into_owned(),
            });
        }
    }

    fn take_recovery(&mut self, step: &RecoveryStep) {
        let t = self.wall();
        match step {
            RecoveryStep::Planned { .. } => {}
            RecoveryStep::Trying(means) => self.write(Entry::Try { t, way: way(*means) }),
            RecoveryStep::InVain(means, fault) => {
                self.pursuit.was_in_vain(self.now);
                self.write(vain(t, way(*means), fault));
            }
            RecoveryStep::Helped(means) => self.write(Entry::Helped { t, way: way(*means) }),
        }
    }

    fn take_delivery(&mut self, update: &PublishUpdate) {
        let Some((id, was_taken)) = &mut self.on_the_way else { return };
        if *id != update.id {
            return;
        }
        match update.delivery {
            Delivery::Accepted { .. } => self.counts.published += u64::from(!std::mem::replace(was_taken, true)),
            Delivery::Confirmed { .. } => {
                self.counts.published += u64::from(!std::mem::replace(was_taken, true));
                self.counts.confirmed += 1;
                self.traffic(update.at);
            }
            Delivery::Failed(_) => self.counts.failed += 1,
            Delivery::Unknown(_) => self.counts.unknown += 1,
            Delivery::Queued | Delivery::Sending | Delivery::Received { .. } => {}
        }
    }

    fn take_exchange(&mut self, record: &ExchangeRecord) {
        let shows_session = record.command.verb() == Verb::SessionState
            && record.answer.iter().any(|line| line.replace(' ', "") == "+MQTTSTATU:1");
        if shows_session && self.is_up {
            self.is_doubtful = false;
        }
    }

    fn take_status(&mut self, status: &Status) {
        if let Some(seen) = &status.signal {
            let dbm = seen.value.rssi_dbm();
            let is_news = self.signal.is_none_or(|(at, known)| {
                known != dbm && seen.at.since(at) >= SIGNAL_LEAST || seen.at.since(at) >= SIGNAL_MOST
            });
            if is_news {
                self.signal = Some((seen.at, dbm));
                self.write(Entry::Signal { t: self.clock.wall(seen.at), rssi_dbm: dbm });
            }
        }
        if let Some(seen) = &status.registration
            && let Some(cell) = seen.value.cell
            && self.cell.is_none_or(|(at, known)| known != cell && seen.at.since(at) >= SIGNAL_LEAST)
        {
            self.cell = Some((seen.at, cell));
            let t = self.clock.wall(seen.at);
            self.write(Entry::Cell { t, area: cell.area, cell: cell.cell });
        }
        let told = status.details.start_reason.as_ref().map(|seen| seen.at);
        if let Some((number, trouble)) = self.restarted.take_if(|(_, trouble)| told.is_some_and(|at| at >= trouble.at))
        {
            self.judge(number, &trouble, false);
        }
    }

    fn write_details(&mut self) {
        let details = &self.course.status.details;
        let signal = details.signal.as_ref();
        let entry = Entry::Details {
            t: self.wall(),
            operator: details.operator.as_ref().map(|seen| seen.value.clone()),
            supply_mv: details.supply_mv.as_ref().map(|seen| seen.value),
            rsrp_dbm: signal.and_then(|seen| seen.value.rsrp_dbm()),
            rsrq_tenths: signal.and_then(|seen| seen.value.rsrq_tenths()),
            start_reason: details.start_reason.as_ref().map(|seen| seen.value.0),
        };
        self.write(entry);
    }

    /// Something certain passed between module and broker.
    fn traffic(&mut self, at: Moment) {
        if !self.is_up {
            return;
        }
        self.is_doubtful = false;
        if let Some(last) = self.traffic_at.replace(at) {
            self.quiet = self.quiet.max(at.since(last));
        }
    }
}

/// A line for the journal: without the numbers that name device and card, and without the client id, which often is one.
fn vain(t: Wall, way: Way, fault: &Fault) -> Entry {
    let told = |lang| shown(&fault.text().to(lang));
    let text = told(Lang::En);
    Entry::Vain { t, way, zh: other_than(&text, told(Lang::ZhCn)), fault: text }
}

fn shown(text: &str) -> String {
    let Some((before, after)) = text.split_once(CONFIG) else { return unnamed(text) };
    let id = after.find([',', ' ']).unwrap_or(after.len());
    unnamed(&format!("{before}{CONFIG}***{}", &after[id..]))
}

/// Begins the line that holds the client id.
const CONFIG: &str = "AT+MCONFIG=";

fn is_report(line: &WireLine) -> bool {
    matches!(line.kind, WireKind::Unsolicited | WireKind::Unrecognised) && !line.text.starts_with("+MSUB")
}

/// The next time of something that is due every so many seconds: times that are over are left out.
fn next(due: Option<Moment>, every_s: Option<u32>, now: Moment) -> Option<Moment> {
    let every = Duration::from_secs(every_s?.into());
    let next = due.unwrap_or(now) + every;
    Some(if next > now { next } else { now + every })
}

fn is_login(event: &Event) -> bool {
    match event {
        Event::Rung { rung: Rung::Mqtt, state: RungState::Confirmed, .. } => true,
        Event::Exchange(record) => record.command.verb() == Verb::LogIn && record.result.is_ok(),
        _ => false,
    }
}

pub(super) const fn reason(cause: LossCause) -> Reason {
    match cause {
        LossCause::Closed => Reason::Closed,
        LossCause::BearerLost => Reason::Bearer,
        LossCause::ModuleRestarted => Reason::Restart,
        LossCause::SimRemoved => Reason::Sim,
        LossCause::Silent => Reason::Silent,
    }
}

pub(super) const fn way(means: Means) -> Way {
    match means {
        Means::Reconnect => Way::Link,
        Means::ShutContext => Way::Context,
        Means::RestartRadio => Way::Radio,
        Means::RestartModule => Way::Module,
    }
}

/// What a hand may do when no line helps (reference, section 13).
const HAND: Phrase = Phrase::new("watch-no-way-back-helped");
/// Causes that show in the rhythm of several losses.
const BY_RHYTHM: [&str; 1] = ["F-149"];
/// A session that is kicked out by its double lives less than this.
const SHORT_LIFE: Duration = Duration::from_mins(1);
/// From one line about where things stand to the next.
const BEAT: Duration = Duration::from_secs(1);
/// From the login to the first message and to the question why the module started.
const SOON: Duration = Duration::from_secs(1);
/// From one look at what the module says of itself to the next.
const DETAILS: Duration = Duration::from_mins(10);
/// What was said unasked so shortly before a loss may belong to it.
const JUST_BEFORE: Duration = Duration::from_secs(5);
const LINES: usize = 8;
const LONGEST_LINE: usize = 200;
/// A signal that changed is written down after this, one that did not after the other.
const SIGNAL_LEAST: Duration = Duration::from_secs(5);
const SIGNAL_MOST: Duration = Duration::from_mins(1);
