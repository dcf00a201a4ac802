//! Where everything inside the core writes what it found: the status, and the events in order.

use std::collections::VecDeque;

use crate::{
    air780e::{dialect, limits},
    at::reply::Ended,
    keys::Learned,
    modem::{
        cache::Cache,
        event::{Event, Fault, Line},
        request::RequestId,
        status::{Evidence, Rung, RungState, Status},
        veil::veiled,
    },
    time::Moment,
};

/// Status and events.
#[derive(Debug, Default)]
pub(crate) struct Board {
    status: Status,
    events: VecDeque<Event>,
    is_dirty: bool,
    /// What came since the first `AT` of a bring-up.
    pub(crate) contact: Contact,
    /// The session was closed by a line typed by hand: it shall not come back on its own.
    pub(crate) is_let_go: bool,
    /// When the module last reported that it has started.
    pub(crate) booted_at: Option<Moment>,
    /// What is known of the module's message cache.
    pub(crate) cache: Cache,
    /// What is known of how this module takes messages.
    pub(crate) publishing: Publishing,
    /// The line that showed a session to be gone which was believed to be open.
    pub(crate) found_offline: Option<String>,
    /// What is known of the module's start.
    pub(crate) start: Start,
    /// The last line that takes a link, a bearer or the module away.
    pub(crate) own_action: Option<OwnAction>,
    /// What has happened once.
    pub(crate) past: Past,
    /// The command of which it was told last that it came too early.
    pub(crate) told_early: Option<Line>,
    /// Settings of the encryption that were read one by one.
    pub(crate) tls_settings: Vec<(&'static str, Option<String>)>,
    /// What was sent as a secret: it stands in no event.
    pub(crate) learned: Learned,
}

/// What has happened once since the link opened.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Past {
    /// Something has been asked of this core.
    pub(crate) is_asked: bool,
    /// Whether there is a link to the broker has been seen.
    pub(crate) has_seen_link: bool,
    /// A report of another maker's module has been told.
    pub(crate) has_told_vendor: bool,
}

/// What is known of the module's start.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Start {
    /// When the first of the newest boot lines came.
    pub(crate) began: Option<Moment>,
    /// When the module first answered.
    pub(crate) first_answer: Option<Moment>,
    /// How often one command was asked again because it came too early.
    pub(crate) tries: u32,
    /// A command stayed refused however often it was asked: it was not too early.
    pub(crate) is_over: bool,
}

impl Start {
    /// Whether the module may still be starting.
    pub(crate) fn is_early(self, now: Moment) -> bool {
        self.began.or(self.first_answer).is_none_or(|since| now.since(since) < limits::START)
    }

    /// Counts one more try; whether it is worth it.
    pub(crate) const fn try_again(&mut self) -> bool {
        self.tries += 1;
        let most = if self.began.is_some() { limits::START_TRIES } else { limits::START_TRIES_BLIND };
        self.is_over |= self.tries > most;
        !self.is_over
    }
}

/// A line that takes something away, and may be why something goes.
#[derive(Clone, Debug)]
pub(crate) struct OwnAction {
    pub(crate) at: Moment,
    pub(crate) line: Line,
}

/// What is known of how a module takes messages.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Publishing {
    /// It said that it does not know `AT+MPUBEX`.
    pub(crate) lacks_extended: bool,
    /// It may read the text of `AT+MPUB` as hex digits: nothing showed that this was taken back.
    pub(crate) may_read_hex: bool,
}

/// What came from the link, to tell silence from noise.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contact {
    /// All bytes.
    pub(crate) bytes: usize,
    /// Those that are ordinary text.
    pub(crate) text_bytes: usize,
    /// A line that shows script firmware.
    pub(crate) lua_line: Option<String>,
}

impl Contact {
    /// Why nothing answered `tries` lines.
    pub(crate) fn fault(&self, tries: u32) -> Fault {
        match &self.lua_line {
            Some(line) => Fault::LuaFirmware { line: line.clone() },
            None if dialect::is_noise(self.bytes, self.text_bytes) => Fault::Noise { bytes: self.bytes },
            None => Fault::Silent { tries },
        }
    }
}

impl Board {
    pub(crate) const fn status(&self) -> &Status {
        &self.status
    }

    /// The status, to change it; the new one will be told.
    pub(crate) const fn status_mut(&mut self) -> &mut Status {
        self.is_dirty = true;
        &mut self.status
    }

    pub(crate) fn tell(&mut self, event: Event) {
        self.events.push_back(event);
    }

    /// The end of a request: the status it led to is told first.
    pub(crate) fn finish(&mut self, at: Moment, id: RequestId, result: Result<(), Fault>) {
        self.tell_status();
        self.tell(Event::Done { at, id, result });
    }

    pub(crate) fn tell_status(&mut self) {
        if std::mem::take(&mut self.is_dirty) {
            self.events.push_back(Event::Status(Box::new(self.status.clone())));
        }
    }

    /// The next event; a changed status is told after everything that led to it.
    pub(crate) fn poll_event(&mut self) -> Option<Event> {
        if self.events.is_empty() {
            self.tell_status();
        }
        self.events.pop_front().map(|event| veiled(event, &self.learned))
    }

    pub(crate) fn rung(&mut self, at: Moment, rung: Rung, state: RungState) {
        self.write_rung(at, rung, state, None, None);
    }

    pub(crate) fn rung_shown(&mut self, at: Moment, rung: Rung, state: RungState, evidence: Evidence) {
        self.write_rung(at, rung, state, Some(evidence), None);
    }

    pub(crate) fn rung_failed(&mut self, at: Moment, rung: Rung, fault: Fault, evidence: Option<Evidence>) {
        self.write_rung(at, rung, RungState::Failed, evidence, Some(fault));
    }

    /// Every rung above `base` that stood (or was being tried) loses its ground.
    pub(crate) fn stale_above(&mut self, at: Moment, base: Rung) {
        for rung in Rung::ALL.into_iter().filter(|rung| *rung > base) {
            self.stale(at, rung);
        }
    }

    /// `rung` loses its ground, if it had any.
    pub(crate) fn stale(&mut self, at: Moment, rung: Rung) {
        if matches!(self.state(rung), RungState::Confirmed | RungState::Accepted | RungState::Trying) {
            let evidence = self.status.ladder.entry(rung).evidence.clone();
            self.write_rung(at, rung, RungState::Stale, evidence, None);
        }
    }

    pub(crate) fn state(&self, rung: Rung) -> RungState {
        self.status.ladder.entry(rung).state
    }

    fn write_rung(
        &mut self,
        at: Moment,
        rung: Rung,
        state: RungState,
        evidence: Option<Evidence>,
        fault: Option<Fault>,
    ) {
        let entry = self.status.ladder.entry(rung);
        let is_new = entry.state != state;
        if !is_new && entry.evidence == evidence && entry.fault == fault {
            return;
        }
        self.is_dirty = true;
        let entry = self.status.ladder.entry_mut(rung);
        if is_new {
            entry.since = at;
        }
        entry.state = state;
        entry.evidence = evidence;
        entry.fault = fault;
        if is_new {
            self.events.push_back(Event::Rung { at, rung, state });
        }
    }
}

/// What an exchange shows.
pub(crate) fn evidence(ended: &Ended) -> Evidence {
    Evidence {
        command: ended.command.clone(),
        line: ended.deciding_line().to_owned(),
        at: ended.ended_at,
        took: ended.took(),
    }
}

/// What an exchange shows by its information rather than by its final result.
pub(crate) fn evidence_by(ended: &Ended, prefix: &str) -> Evidence {
    let line = ended.answer.iter().rev().find(|line| line.starts_with(prefix));
    Evidence { line: line.map_or_else(|| ended.deciding_line().to_owned(), Clone::clone), ..evidence(ended) }
}

/// What an unsolicited line shows.
pub(crate) fn evidence_unasked(at: Moment, line: &str) -> Evidence {
    Evidence { command: String::new(), line: line.to_owned(), at, took: std::time::Duration::ZERO }
}
