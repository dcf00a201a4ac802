//! What happened since the link opened, as far as it explains later trouble: dialogues, unasked lines, restarts, messages.
//!
//! Fed with events and bounded; the newest status itself is kept by whoever feeds it.

use std::{collections::VecDeque, time::Duration};

use crate::{
    modem::{
        event::{Delivery, Event, ExchangeRecord, Fault, FileProgress, WireKind},
        status::{Rung, RungState, Status},
    },
    time::{Moment, WallAnchor},
};

/// The course of one connection.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The newest status.
    pub status: Status,
    anchor: Option<WallAnchor>,
    exchanges: VecDeque<ExchangeRecord>,
    lines: VecDeque<(Moment, String)>,
    boots: VecDeque<Moment>,
    logins: VecDeque<Moment>,
    /// Name, result, and when.
    resolved: Option<(Moment, String, Result<String, Fault>)>,
    trouble: Option<Trouble>,
    arrivals: u64,
    traffic_at: Option<Moment>,
    newest: Moment,
    revision: u64,
}

/// The last thing that went wrong and was not put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// When.
    pub at: Moment,
    /// What.
    pub fault: Fault,
    /// The rung that failed by it, if one did.
    pub rung: Option<Rung>,
}

impl History {
    /// Takes what happened.
    pub fn take(&mut self, event: &Event) {
        match event {
            Event::Opened { anchor, .. } => {
                *self = Self { anchor: Some(*anchor), revision: self.revision, ..Self::default() }
            }
            Event::Wire(line) => return self.take_line(line.at, line.kind, &line.text),
            Event::Exchange(record) => return self.take_exchange(record),
            Event::Status(status) => {
                if self.status == **status {
                    return;
                }
                self.status = (**status).clone();
            }
            Event::Rung { at, rung, state } => {
                self.newest = *at;
                self.take_rung(*at, *rung, *state);
            }
            Event::SessionLost { at, cause, .. } => self.note(*at, &Fault::SessionLost(*cause)),
            Event::Done { at, result: Err(fault), .. } => self.note(*at, fault),
            Event::Closed { at, fault: Some(fault) } => self.note(*at, &Fault::Port(fault.clone())),
            Event::Resolved { at, host, result } => self.resolved = Some((*at, host.clone(), result.clone())),
            Event::Publish(update) => return self.take_delivery(update.at, &update.delivery),
            Event::Subscription { at, result, .. } => match result {
                Ok(_) => self.forgive(*at, is_subscribing),
                Err(fault) => self.note(*at, fault),
            },
            Event::File(update) => match &update.progress {
                FileProgress::Failed(fault) => self.note(update.at, fault),
                FileProgress::Verified { .. } => self.forgive(update.at, is_about_files),
                _ => return,
            },
            Event::Message(arrival) => {
                self.arrivals += 1;
                self.traffic_at = Some(arrival.at);
                // Only the first one can change a verdict; a burst must not be judged message by message.
                if self.arrivals > 1 {
                    return;
                }
            }
            _ => return,
        }
        self.revision += 1;
    }

    fn take_line(&mut self, at: Moment, kind: WireKind, text: &str) {
        self.newest = at;
        if !matches!(kind, WireKind::Unsolicited | WireKind::Late) || text.starts_with("+MSUB") {
            return;
        }
        if text.starts_with("^boot.rom") || text == "RDY" {
            // Both lines tell of one start.
            if self.boots.back().is_none_or(|last| at.since(*last) > ONE_BOOT) {
                push(&mut self.boots, at, BOOTS);
                self.revision += 1;
            }
        } else if self.lines.back().is_none_or(|(_, last)| last != text) {
            push(&mut self.lines, (at, text.chars().take(LONGEST).collect()), LINES);
            self.revision += 1;
        }
    }

    fn take_exchange(&mut self, record: &ExchangeRecord) {
        self.newest = record.ended_at;
        // The core's own polling would push out what a person did.
        if record.request.is_none() {
            return;
        }
        let command = name(&record.command);
        match &record.result {
            // A step of a flow may be refused without harm: the request's end tells.
            Err(fault) if record.step.is_none() => self.note(record.ended_at, fault),
            Ok(()) => {
                if ["AT+MCONNECT", "AT+MSUB", "AT+MPUB", "AT+MPUBEX"].contains(&command) {
                    self.traffic_at = Some(record.ended_at);
                }
                if self.trouble.as_ref().is_some_and(|trouble| command_of(&trouble.fault) == Some(command)) {
                    self.trouble = None;
                }
            }
            Err(_) => {}
        }
        let mut record = record.clone();
        record.answer.truncate(ANSWER_LINES);
        record.command = record.command.shortened(LONGEST_COMMAND);
        for text in record.answer.iter_mut().filter(|text| text.len() > LONGEST_COMMAND) {
            *text = text.chars().take(LONGEST_COMMAND).collect();
        }
        push(&mut self.exchanges, record, EXCHANGES);
        self.revision += 1;
    }

    fn take_rung(&mut self, at: Moment, rung: Rung, state: RungState) {
        if rung == Rung::Mqtt && state == RungState::Confirmed {
            push(&mut self.logins, at, LOGINS);
            self.trouble = None;
            self.traffic_at = Some(at);
            self.arrivals = 0;
        }
    }

    fn take_delivery(&mut self, at: Moment, delivery: &Delivery) {
        match delivery {
            Delivery::Confirmed { .. } => {
                self.traffic_at = Some(at);
                self.forgive(at, is_publishing);
            }
            Delivery::Failed(fault) | Delivery::Unknown(fault) => {
                self.note(at, fault);
                self.revision += 1;
            }
            _ => {}
        }
    }

    fn note(&mut self, at: Moment, fault: &Fault) {
        self.newest = at;
        let is_worse = matches!(self.trouble.as_ref().map(|trouble| &trouble.fault), Some(Fault::SessionLost(_)));
        // What fails because the session is gone says less than the loss itself.
        if matches!(fault, Fault::Cancelled | Fault::Busy) || is_worse && matches!(fault, Fault::NotConnected) {
            return;
        }
        self.trouble = Some(Trouble { at, fault: fault.clone(), rung: None });
    }

    fn forgive(&mut self, at: Moment, concerns: fn(&Fault) -> bool) {
        self.newest = at;
        if self.trouble.as_ref().is_some_and(|trouble| concerns(&trouble.fault)) {
            self.trouble = None;
            self.revision += 1;
        }
    }

    /// The trouble to explain: the first rung that failed, else the last thing that went wrong.
    pub fn trouble(&self) -> Option<Trouble> {
        let failed = self.status.ladder.first_failed();
        let by_rung = failed
            .and_then(|(rung, entry)| Some(Trouble { at: entry.since, fault: entry.fault.clone()?, rung: Some(rung) }));
        match (by_rung, &self.trouble) {
            // A line typed since then is what the user looks at.
            (Some(rung), Some(later))
                if later.at > rung.at && later.fault != rung.fault && command_of(&later.fault).is_some() =>
            {
                Some(later.clone())
            }
            (Some(rung), _) => Some(rung),
            (None, later) => later.clone(),
        }
    }

    /// When the verdict may change although nothing happens: a message that was sent should be back by then.
    pub fn ripens_at(&self) -> Option<Moment> {
        let sent = self.last(&["AT+MPUB", "AT+MPUBEX"]).filter(|record| record.result.is_ok() && self.arrivals == 0)?;
        Some(sent.ended_at + Self::COMES_BACK)
    }

    /// A message needs a moment to come back.
    pub(super) const COMES_BACK: Duration = Duration::from_secs(1);

    /// Counts everything that may change a verdict.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// The newest moment that anything was told.
    pub const fn newest(&self) -> Moment {
        self.newest
    }

    /// The time of day at the link's opening.
    pub const fn anchor(&self) -> Option<WallAnchor> {
        self.anchor
    }

    /// Dialogues that somebody asked for, oldest first; the newest of many.
    pub(super) fn exchanges(&self) -> impl DoubleEndedIterator<Item = &ExchangeRecord> {
        self.exchanges.iter()
    }

    /// The last dialogue of the command `wanted`, e.g. `AT+MIPSTART`.
    pub(super) fn last(&self, wanted: &[&str]) -> Option<&ExchangeRecord> {
        self.exchanges.iter().rev().find(|record| wanted.contains(&name(&record.command)))
    }

    /// The last unasked line that begins with `start`, and when it came.
    pub(super) fn line(&self, start: &str) -> Option<(Moment, &str)> {
        self.lines.iter().rev().find(|(_, text)| text.starts_with(start)).map(|(at, text)| (*at, text.as_str()))
    }

    /// When the module started, as far as it told.
    pub(super) const fn boots(&self) -> &VecDeque<Moment> {
        &self.boots
    }

    /// When the broker accepted a login.
    pub(super) const fn logins(&self) -> &VecDeque<Moment> {
        &self.logins
    }

    /// The last name that the module was asked to resolve.
    pub const fn resolved(&self) -> Option<&(Moment, String, Result<String, Fault>)> {
        self.resolved.as_ref()
    }

    /// Messages since the last login.
    pub(super) const fn arrivals(&self) -> u64 {
        self.arrivals
    }

    /// When something certainly passed between module and broker, the last time.
    pub(super) const fn traffic_at(&self) -> Option<Moment> {
        self.traffic_at
    }
}

/// The command of a line: `AT+CSQ`.
pub(super) fn name(line: &str) -> &str {
    line.split(['=', '?', ';']).next().unwrap_or(line).trim()
}

/// The command that a fault is about.
pub(super) fn command_of(fault: &Fault) -> Option<&str> {
    match fault {
        Fault::Refused { command, .. }
        | Fault::BadOutcome { command, .. }
        | Fault::TimedOut { command, .. }
        | Fault::Unfitting { command, .. } => Some(name(command)),
        _ => None,
    }
}

fn is_subscribing(fault: &Fault) -> bool {
    matches!(command_of(fault), Some("AT+MSUB" | "AT+MUNSUB"))
}

fn is_publishing(fault: &Fault) -> bool {
    matches!(command_of(fault), Some("AT+MPUB" | "AT+MPUBEX")) || matches!(fault, Fault::Draft(_))
}

fn is_about_files(fault: &Fault) -> bool {
    matches!(fault, Fault::FileDiffers { .. }) || command_of(fault).is_some_and(|name| name.starts_with("AT+FS"))
}

fn push<T>(list: &mut VecDeque<T>, one: T, most: usize) {
    if list.len() == most {
        list.pop_front();
    }
    list.push_back(one);
}

/// Lines of one start come within this.
const ONE_BOOT: Duration = Duration::from_secs(3);
const EXCHANGES: usize = 96;
const ANSWER_LINES: usize = 8;
const LINES: usize = 64;
const LONGEST: usize = 200;
const LONGEST_COMMAND: usize = 6_000;
const BOOTS: usize = 32;
const LOGINS: usize = 32;
