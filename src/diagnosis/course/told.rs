//! What the course tells: to the rules, and to those who show it.

use std::{collections::VecDeque, time::Duration};

use crate::{
    air780e::verb::{Line, Verb},
    diagnosis::{Episode, Fact, Finding, Here, Trouble, episode::Open, evidence, messages::Messages},
    modem::event::{ExchangeRecord, Fault, Note},
    time::{Moment, WallAnchor},
};

use super::{Course, KeptByBroker};

impl Course {
    /// The trouble that lasts, if there is one.
    pub fn trouble(&self) -> Option<&Trouble> {
        self.tracker.open().map(|open| &open.root)
    }

    pub(in crate::diagnosis) const fn open(&self) -> Option<&Open> {
        self.tracker.open()
    }

    /// Episodes that are over, oldest first; the newest of very many.
    pub const fn finished(&self) -> &VecDeque<Episode> {
        self.tracker.finished()
    }

    /// Refused questions and probes, and what was closed by order; the newest of many.
    pub(in crate::diagnosis) const fn remarks(&self) -> &VecDeque<Trouble> {
        &self.remarks
    }

    /// When the verdict may change although nothing happens: a late line may still come, a message should be back by then.
    pub fn ripens_at(&self) -> Option<Moment> {
        let late = self.trouble().filter(|trouble| matches!(trouble.fault, Fault::SessionLost(_)));
        let late = late.map(|trouble| trouble.at + Self::SETTLES);
        let sent = self.last(Verb::publishes).filter(|record| record.result.is_ok() && self.arrivals == 0);
        late.into_iter()
            .chain(sent.map(|record| record.ended_at + Self::COMES_BACK))
            .filter(|due| *due > self.newest)
            .min()
    }

    /// A message needs a moment to come back.
    pub(in crate::diagnosis) const COMES_BACK: Duration = Duration::from_secs(1);
    /// Lines that belong to one event of the module have come by then.
    pub const SETTLES: Duration = Duration::from_millis(1_500);

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

    /// The time between two moments; `None` when moments are only an order.
    pub(in crate::diagnosis) fn gap(&self, from: Moment, to: Moment) -> Option<Duration> {
        (!self.is_untimed).then(|| to.since(from))
    }

    /// The line of the recording at which `at` stands.
    pub(in crate::diagnosis) fn line_of(&self, at: Moment) -> Option<u32> {
        self.places.get(&at).copied()
    }

    /// `findings` with the lines of the recording in their evidence.
    pub(in crate::diagnosis) fn placed(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        let facts = findings.iter_mut().flat_map(|finding| &mut finding.evidence);
        facts.for_each(|fact| {
            fact.line = fact.line.or_else(|| self.line_of(fact.at?));
            if self.is_untimed {
                (fact.at, fact.took) = (None, None);
            }
        });
        findings
    }

    /// Dialogues that somebody asked for, oldest first; the newest of many. While a trouble that is over is judged, without what
    /// was changed in order to mend it.
    pub(in crate::diagnosis) fn exchanges(&self) -> impl DoubleEndedIterator<Item = &ExchangeRecord> {
        let is_hidden = |record: &ExchangeRecord| {
            self.horizon.is_some_and(|horizon| record.sent_at > horizon)
                && record.result.is_ok()
                && changes(&record.command)
        };
        self.exchanges.iter().filter(move |record| !is_hidden(record))
    }

    /// The last dialogue whose verb is `wanted`.
    pub(in crate::diagnosis) fn last(&self, wanted: impl Fn(Verb) -> bool) -> Option<&ExchangeRecord> {
        self.exchanges().rfind(|record| wanted(record.command.verb()))
    }

    /// The last unasked line that begins with `start`, and when it came.
    pub(in crate::diagnosis) fn line(&self, start: &str) -> Option<(Moment, &str)> {
        self.lines.iter().rev().find(|(_, text)| text.starts_with(start)).map(|(at, text)| (*at, text.as_str()))
    }

    /// The unasked lines that begin with `start`, the newest first.
    pub(in crate::diagnosis) fn lines(&self, start: &str) -> impl Iterator<Item = (Moment, &str)> {
        let told = self.lines.iter().rev().map(|(at, text)| (*at, text.as_str()));
        told.filter(move |(_, text)| text.starts_with(start))
    }

    /// The line that asked for the end of a session at `at`, if one did.
    pub(in crate::diagnosis) fn asked(&self, at: Moment) -> Option<&Line> {
        self.asked.iter().rev().find(|(when, _)| *when == at).map(|(_, line)| line)
    }

    /// Bytes of lines that are no text, as they come from a log port or at a wrong rate.
    pub(in crate::diagnosis) fn noise(&self) -> usize {
        let is_noise =
            |text: &&String| text.contains('<') && text.contains('>') || text.contains(char::REPLACEMENT_CHARACTER);
        self.lines.iter().map(|(_, text)| text).filter(is_noise).map(String::len).sum()
    }

    /// When the module started, as far as it told.
    pub(in crate::diagnosis) const fn boots(&self) -> &VecDeque<Moment> {
        &self.boots
    }

    /// When the broker accepted a login.
    pub(in crate::diagnosis) const fn logins(&self) -> &VecDeque<Moment> {
        &self.logins
    }

    /// When a link to this place opened before `until`, the last time.
    pub(in crate::diagnosis) fn reached(&self, host: &str, port: u16, is_tls: bool, until: Moment) -> Option<Moment> {
        let is_it = |to: &str, at_port, tls, at| to == host && at_port == port && tls == is_tls && at < until;
        self.reached.iter().rfind(|(to, port, tls, at)| is_it(to, *port, *tls, *at)).map(|(.., at)| *at)
    }

    /// The last name that the module was asked to resolve.
    pub const fn resolved(&self) -> Option<&(Moment, String, Result<String, Fault>)> {
        self.resolved.as_ref()
    }

    /// What this computer got.
    pub fn here(&self) -> Option<&Here> {
        self.here.as_deref()
    }

    /// Messages since the last login.
    pub(in crate::diagnosis) const fn arrivals(&self) -> u64 {
        self.arrivals
    }

    /// What was noted beside, oldest first; the newest of many.
    pub(in crate::diagnosis) const fn notes(&self) -> &VecDeque<(Moment, Note)> {
        &self.notes
    }

    /// Messages that came, and stray lines beside commands.
    pub(in crate::diagnosis) const fn messages(&self) -> &Messages {
        &self.messages
    }

    /// When something certainly passed between module and broker, the last time until `at`.
    pub(in crate::diagnosis) fn traffic_until(&self, at: Moment) -> Option<Moment> {
        self.traffic.iter().rfind(|last| **last <= at).copied()
    }

    /// The last dialogue until `at` whose verb is `wanted`.
    pub(in crate::diagnosis) fn last_until(
        &self,
        at: Moment,
        wanted: impl Fn(Verb) -> bool,
    ) -> Option<&ExchangeRecord> {
        self.exchanges().rfind(|record| record.sent_at <= at && wanted(record.command.verb()))
    }

    /// The dialogue that is just putting a trouble right; it stands among the others afterwards.
    pub(in crate::diagnosis) fn mending(&self) -> Option<&ExchangeRecord> {
        self.mending.as_deref()
    }

    /// The rate at which a line answers that gave no text.
    pub(in crate::diagnosis) const fn answering_rate(&self) -> Option<u32> {
        self.answering_rate
    }

    /// What a trace shows the broker to have taken and sent to nobody.
    pub(in crate::diagnosis) const fn kept_by_broker(&self) -> Option<KeptByBroker> {
        self.kept_by_broker
    }

    /// How long a message was awaited in vain, in seconds.
    pub(in crate::diagnosis) const fn missed(&self) -> Option<(Moment, u64)> {
        self.missed
    }

    /// Where `trouble` shows itself: what was awaited in vain stands behind the command that asked for it, not where somebody stopped
    /// waiting.
    pub(in crate::diagnosis) fn met_at(&self, trouble: &Trouble) -> Moment {
        let Fault::TimedOut { command, .. } = &trouble.fault else { return trouble.at };
        let record = self.exchanges().rfind(|record| record.command == *command && record.ended_at <= trouble.at);
        record.map_or(trouble.at, |record| record.accepted_at.unwrap_or(record.sent_at))
    }

    /// A dialogue as one fact: its command with the deciding line.
    pub(in crate::diagnosis) fn fact(record: &ExchangeRecord) -> Fact {
        let line = record.answer.last().map_or("OK", String::as_str);
        evidence::answered(record.ended_at, &record.command, line).taking(record.took())
    }
}

/// Whether it changes what the next try will be made with, or is that try.
fn changes(line: &Line) -> bool {
    let verb = line.verb();
    let is_step = verb.is_of_session()
        || verb.is_about_files()
        || matches!(verb, Verb::AccessPoint | Verb::TlsSetting | Verb::PayloadForm);
    is_step && !line.is_question() && verb != Verb::Resolve
}
