//! The plan: each AT line with what it is for, how far it is, and what was answered.
//!
//! An answer stands only beside the line that brought it, and only as long as everything before it is what it was when it ran.

use std::time::Duration;

use crate::{
    lang::Text,
    model::{
        connection::{LinkState, Phase, Run},
        event::ExchangeRecord,
        plan::{PlannedLine, Step},
        request,
    },
    view::{
        fault,
        waiting::{self, Waiting},
    },
};

/// How far one line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowState {
    /// Not sent yet.
    Planned,
    /// Sent, or next to be sent.
    Running,
    /// Answered well.
    Done,
    /// Refused, as was reckoned with: no fault.
    Absent,
    /// Answered badly, or not at all.
    Failed,
    /// Passed over: it was not needed.
    Skipped,
}

/// Why a line is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// The plan has it.
    Foreseen,
    /// The plan has it, and sends it only when something turns out to need it.
    Conditional,
    /// The plan did not foresee it: an old session was open, the radio had to be restarted.
    Extra,
    /// It was sent after something had failed, to find out why.
    Probe,
}

/// One line of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRow {
    /// The AT line, secrets masked.
    pub line: String,
    /// The name of its explanation in the language files.
    pub explanation: &'static str,
    /// How far it is.
    pub state: RowState,
    /// Why it is there.
    pub kind: RowKind,
    /// What was answered.
    pub answer: String,
    /// What went wrong.
    pub fault: Option<Text>,
    /// From the line's last byte to the end of the dialogue.
    pub took: Option<Duration>,
    /// What it waits for, while it runs.
    pub waiting: Option<Waiting>,
}

impl PlanRow {
    /// The name of the words that say why the line may not be sent, was sent unforeseen, or was refused without harm.
    pub const fn remark(&self) -> Option<&'static str> {
        match (self.kind, self.state) {
            (_, RowState::Absent) => Some("row-absent"),
            (RowKind::Extra, _) => Some("row-extra"),
            (RowKind::Conditional, RowState::Planned) => Some("row-if-needed"),
            _ => None,
        }
    }
}

/// The rows of `plan`, which `form` asks for, with what the connect request of `connection` brought so far. Lines that the
/// plan did not foresee stand where they were sent.
pub(super) fn rows(
    connection: &LinkState,
    plan: &[PlannedLine],
    form: Option<&request::Connection>,
    waiting: Option<&Waiting>,
) -> Vec<PlanRow> {
    let standing = standing(connection, plan, form);
    let answered: Vec<Option<&ExchangeRecord>> =
        plan[..standing].iter().map(|line| answer_to(connection, line)).collect();
    let last_answered = answered.iter().rposition(Option::is_some);
    let is_running = matches!(connection.phase(), Phase::Connecting);
    let running = running(connection, plan, last_answered);
    let mut extras = extras(connection, plan, standing).into_iter().peekable();
    let mut rows = Vec::with_capacity(plan.len());
    for (index, line) in plan.iter().enumerate() {
        let record = answered.get(index).copied().flatten();
        let state = match record {
            _ if is_running && index == running => RowState::Running,
            Some(record) => ended(record),
            None if last_answered.is_some_and(|last| index < last) => RowState::Skipped,
            None => RowState::Planned,
        };
        let is_before = |(extra, _): &(&ExchangeRecord, RowKind)| match record {
            Some(record) => extra.ended_at < record.ended_at,
            None => index >= running,
        };
        while let Some((extra, kind)) = extras.next_if(is_before) {
            rows.push(extra_row(extra, kind));
        }
        let waiting = waiting.filter(|_| state == RowState::Running).cloned();
        rows.push(PlanRow { waiting, ..row(line, state, record) });
    }
    rows.extend(extras.map(|(extra, kind)| extra_row(extra, kind)));
    rows
}

/// Whether the last run is one of `plan`, which `form` asks for, and of nothing that has changed since.
pub(super) fn is_of_form(connection: &LinkState, plan: &[PlannedLine], form: Option<&request::Connection>) -> bool {
    // A port that did not open was never asked for anything: its fault has nothing to do with the form.
    let Some(run) = connection.run() else { return true };
    run.lines.len() == plan.len() && standing(connection, plan, form) == run.lines.len()
}

/// How many lines at the beginning of `plan` are what they were when they ran: what came after another line, another file or
/// another password is no answer to these.
fn standing(connection: &LinkState, plan: &[PlannedLine], form: Option<&request::Connection>) -> usize {
    let Some(run) = connection.run() else { return 0 };
    let same = plan.iter().zip(&run.lines).take_while(|(line, ran)| line == ran).count();
    let is_fixed = !matches!(connection.phase(), Phase::Idle | Phase::Open);
    match form {
        Some(form) if !is_fixed => same.min(secretly_same(run, form, plan)),
        _ => same,
    }
}

/// The same for what the lines do not show: passwords, and what is in the files.
fn secretly_same(run: &Run, form: &request::Connection, plan: &[PlannedLine]) -> usize {
    let asked = &run.asked;
    let changed = [
        (asked.apn != form.apn, Step::SaveAccessPoint),
        (asked.security != form.security, Step::DeleteFile),
        (asked.credentials != form.credentials, Step::Config),
    ];
    let place = |step: Step| plan.iter().position(|line| line.step == step).unwrap_or(plan.len());
    changed.into_iter().filter(|(is_changed, _)| *is_changed).map(|(_, step)| place(step)).min().unwrap_or(plan.len())
}

/// The last dialogue for `line`, up to the first that failed: what is asked again afterwards looks for the cause.
fn answer_to<'a>(connection: &'a LinkState, line: &PlannedLine) -> Option<&'a ExchangeRecord> {
    let (told, after) = connection.exchanges().split_at(told(connection));
    let is_its = |record: &&ExchangeRecord| record.command == line.text;
    told.iter().rev().find(is_its).or_else(|| after.iter().rev().find(is_its))
}

/// How many dialogues there were up to the first that failed, itself included.
fn told(connection: &LinkState) -> usize {
    let records = connection.exchanges();
    records.iter().position(|record| ended(record) == RowState::Failed).map_or(records.len(), |failed| failed + 1)
}

/// The line under way: the one on the wire, the one that is asked again until it is answered as wanted, or else the next.
fn running(connection: &LinkState, plan: &[PlannedLine], last_answered: Option<usize>) -> usize {
    let flying = connection.in_flight().and_then(|flying| plan.iter().position(|line| line.text == flying.command));
    let next = last_answered.map_or(0, |last| last + 1);
    let again = last_answered.filter(|last| waiting::is_asked_again(connection, plan[*last].step));
    flying.filter(|flying| Some(*flying) >= last_answered).or(again).unwrap_or(next)
}

/// Dialogues that are no answer to a line of the plan, in the order of their ends, each line once; only those of a run that
/// stands, and before what has changed since.
fn extras<'a>(connection: &'a LinkState, plan: &[PlannedLine], standing: usize) -> Vec<(&'a ExchangeRecord, RowKind)> {
    let Some(run) = connection.run() else { return Vec::new() };
    let all = connection.exchanges();
    let is_whole = standing >= plan.len().max(run.lines.len());
    let changed = &run.lines[standing.min(run.lines.len())..];
    let is_changed = |record: &ExchangeRecord| changed.iter().any(|line| record.command == line.text);
    let end = if is_whole { all.len() } else { all.iter().position(is_changed).unwrap_or(all.len()) };
    let told = told(connection).min(end);
    let is_in = |records: &[ExchangeRecord], record: &ExchangeRecord| {
        records.iter().any(|other| other.command == record.command)
    };
    let is_answer = |index: usize, record: &ExchangeRecord| {
        run.lines.iter().any(|line| record.command == line.text) && (index < told || !is_in(&all[..told], record))
    };
    let kind = |index: usize| if index < told { RowKind::Extra } else { RowKind::Probe };
    let last_of = |index: usize| if index < told { told } else { end };
    all[..end]
        .iter()
        .enumerate()
        .filter(|(index, record)| !is_answer(*index, record) && !is_in(&all[index + 1..last_of(*index)], record))
        .map(|(index, record)| (record, kind(index)))
        .collect()
}

const fn ended(record: &ExchangeRecord) -> RowState {
    match (&record.result, record.is_forgiven) {
        (Ok(()), _) => RowState::Done,
        (Err(_), true) => RowState::Absent,
        (Err(_), false) => RowState::Failed,
    }
}

fn row(line: &PlannedLine, state: RowState, record: Option<&ExchangeRecord>) -> PlanRow {
    PlanRow {
        line: line.text.clone(),
        explanation: explanation(line.step),
        state,
        kind: if is_conditional(line.step) { RowKind::Conditional } else { RowKind::Foreseen },
        answer: record.map(|record| record.answer.join("  ")).unwrap_or_default(),
        fault: record
            .filter(|record| !record.is_forgiven)
            .and_then(|record| record.result.as_ref().err())
            .map(fault::text),
        took: record.map(ExchangeRecord::took),
        waiting: None,
    }
}

fn extra_row(record: &ExchangeRecord, kind: RowKind) -> PlanRow {
    let step = record.step.unwrap_or(Step::Detail);
    let line = PlannedLine { step, text: record.command.as_str().to_owned() };
    PlanRow { kind, ..row(&line, ended(record), Some(record)) }
}

/// Whether a connection sends it only when another access point is saved.
const fn is_conditional(step: Step) -> bool {
    matches!(step, Step::SaveAccessPoint | Step::UsedAccessPoint)
}

const fn explanation(step: Step) -> &'static str {
    match step {
        Step::Attention => "step-attention",
        Step::Identity => "step-identity",
        Step::ErrorNumbers => "step-error-numbers",
        Step::SimState => "step-sim",
        Step::Signal => "step-signal",
        Step::Registration => "step-registration",
        Step::Attach => "step-attach",
        Step::Address => "step-address",
        Step::DirectMessages => "step-direct-messages",
        Step::TextMode => "step-text-mode",
        Step::SessionState => "step-session-state",
        Step::Goodbye => "step-goodbye",
        Step::CloseLink => "step-close-link",
        Step::Config => "step-config",
        Step::OpenLink => "step-open-link",
        Step::Login => "step-login",
        Step::Subscribe => "step-subscribe",
        Step::CachedMessages => "step-cached-messages",
        Step::FetchMessages => "step-fetch-messages",
        Step::OpenEncryptedLink => "step-open-encrypted-link",
        Step::TlsSetting => "step-tls-setting",
        Step::TlsCheck => "step-tls-check",
        Step::DeleteFile => "step-delete-file",
        Step::CreateFile => "step-create-file",
        Step::WriteFile => "step-write-file",
        Step::FileSize => "step-file-size",
        Step::ReadFile => "step-read-file",
        Step::ListFiles => "step-list-files",
        Step::FreeSpace => "step-free-space",
        Step::SavedAccessPoint => "step-saved-access-point",
        Step::SaveAccessPoint => "step-save-access-point",
        Step::ClearAccessPoint => "step-clear-access-point",
        Step::UsedAccessPoint => "step-used-access-point",
        Step::RadioOff => "step-radio-off",
        Step::RadioOn => "step-radio-on",
        Step::ShutContext => "step-shut-context",
        Step::Restart => "step-restart",
        Step::StartContext => "step-start-context",
        Step::RaiseContext => "step-raise-context",
        Step::ContextAddress => "step-context-address",
        Step::Resolve => "step-resolve",
        Step::NameServers => "step-name-servers",
        Step::EnterPin => "step-enter-pin",
        Step::SetNameServers => "step-set-name-servers",
        Step::KeptMessages => "step-kept-messages",
        Step::Detail => "step-detail",
    }
}

#[cfg(test)]
mod tests;
