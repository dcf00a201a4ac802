//! How a recording ends that never came to a session: what was asked for again and again, and not had.

use std::time::Duration;

use crate::{
    air780e::verb::{Awaited, Verb},
    modem::{
        event::Fault,
        status::{Rung, RungState},
    },
};

use super::{Course, Tracker};

impl Course {
    /// The recording is over: what was asked again and again, and never had by its last line, is how it ends.
    pub fn end_recording(&mut self) {
        if let Some(fault) = self.owed().filter(|_| self.trouble().is_none()) {
            return self.give_up(&fault);
        }
        // Where nothing was ever answered, that is all there is to say.
        if let Some((at, fault)) = self.mute.fault() {
            self.tracker = Tracker::default();
            return self.give_up_at(at, &fault);
        }
        if let Some(fault) = self.garbled().filter(|_| self.trouble().is_none()) {
            return self.give_up(&fault);
        }
        let has_session = !self.logins.is_empty() || !self.traffic.is_empty();
        if self.trouble().is_some() || has_session {
            return;
        }
        if let Some(fault) = self.unmet() {
            self.give_up(&fault);
        }
    }

    /// Nothing was ever answered, and what came is no text.
    fn garbled(&self) -> Option<Fault> {
        let is_mute = self.exchanges.iter().all(|record| record.result.is_err() && record.accepted_at.is_none());
        let garbled = self.lines.iter().filter(|(_, text)| text.contains(char::REPLACEMENT_CHARACTER));
        let bytes = garbled.map(|(_, text)| text.len()).sum();
        (is_mute && bytes > 0 && self.boots.is_empty()).then_some(Fault::Noise { bytes })
    }

    /// The prompt behind which data are still awaited, when the recording goes on for longer than any data take to come.
    fn owed(&self) -> Option<Fault> {
        let open = self.status.open_prompt.as_ref()?;
        let Some(after) = self.gap(open.at, self.newest) else {
            // Without times the data that stand there tell: some came, and nothing else did.
            let place = if open.value.verb() == Verb::WriteFile { 2 } else { 3 };
            let announced = open.value.argument(place).and_then(|count| count.trim().parse::<usize>().ok());
            let is_short = announced.is_some_and(|announced| (1..announced).contains(&self.behind_prompt));
            let (command, after) = (open.value.clone(), Duration::ZERO);
            return is_short.then_some(Fault::TimedOut { command, expected: Awaited::Acceptance, after });
        };
        let own = if open.value.verb() == Verb::WriteFile { open.value.argument(3) } else { None };
        let limit = own.and_then(|seconds| seconds.trim().parse().ok()).map_or(DATA, Duration::from_secs);
        let command = open.value.clone();
        (after >= limit).then_some(Fault::TimedOut { command, expected: Awaited::Acceptance, after })
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
}

/// So long a silence ends data whose length nobody gave (reference, section 11.6).
const DATA: Duration = Duration::from_secs(5);
