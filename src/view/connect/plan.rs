//! The plan: each AT line with what it is for, how far it is, and what was answered.

use std::time::Duration;

use crate::{
    lang::Text,
    model::{
        connection::{Connection, Phase},
        event::ExchangeRecord,
        plan::{PlannedLine, Step},
    },
    view::fault,
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
    /// Answered badly, or not at all.
    Failed,
    /// Passed over: it was not needed.
    Skipped,
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
    /// Whether it is sent only when something turns out to need it.
    pub is_conditional: bool,
    /// Whether the plan did not foresee it: an old session was open, the radio had to be restarted.
    pub is_extra: bool,
    /// What was answered.
    pub answer: String,
    /// What went wrong.
    pub fault: Option<Text>,
    /// From the line's last byte to the end of the dialogue.
    pub took: Option<Duration>,
}

impl PlanRow {
    /// The name of the words that say why the line may not be sent, or was sent unforeseen.
    pub const fn remark(&self) -> Option<&'static str> {
        match (self.is_extra, self.is_conditional, self.state) {
            (true, ..) => Some("row-extra"),
            (false, true, RowState::Planned) => Some("row-if-needed"),
            _ => None,
        }
    }
}

/// The rows of `plan` with what the connect request of `connection` brought so far. Lines that the plan did not foresee
/// stand where they were sent.
pub(super) fn rows(connection: &Connection, plan: &[PlannedLine]) -> Vec<PlanRow> {
    let answered: Vec<Option<&ExchangeRecord>> = plan.iter().map(|line| answer_to(connection, plan, line)).collect();
    let last_answered = answered.iter().rposition(Option::is_some);
    let is_running = matches!(connection.phase(), Phase::Connecting);
    let running = last_answered.map_or(0, |index| index + 1);
    let mut extras = extras(connection, plan).peekable();
    let mut rows = Vec::with_capacity(plan.len());
    for (index, (line, record)) in plan.iter().zip(answered).enumerate() {
        let state = match record {
            Some(record) => ended(record),
            None if is_running && index == running => RowState::Running,
            None if last_answered.is_some_and(|last| index < last) => RowState::Skipped,
            None => RowState::Planned,
        };
        let is_before = |extra: &&ExchangeRecord| match record {
            Some(record) => extra.ended_at < record.ended_at,
            None => index >= running,
        };
        while let Some(extra) = extras.next_if(is_before) {
            rows.push(extra_row(extra));
        }
        rows.push(row(line, state, record));
    }
    rows.extend(extras.map(extra_row));
    rows
}

/// The last dialogue for `line`: by its step, and by its text where the plan has that step more than once.
fn answer_to<'a>(connection: &'a Connection, plan: &[PlannedLine], line: &PlannedLine) -> Option<&'a ExchangeRecord> {
    let is_only = plan.iter().filter(|other| other.step == line.step).count() == 1;
    connection
        .exchanges()
        .iter()
        .rev()
        .find(|record| record.step == Some(line.step) && (is_only || record.command == line.text))
}

/// Dialogues of a purpose that the plan does not have, in the order of their ends.
fn extras<'a>(connection: &'a Connection, plan: &[PlannedLine]) -> impl Iterator<Item = &'a ExchangeRecord> {
    connection.exchanges().iter().filter(|record| !plan.iter().any(|line| record.step == Some(line.step)))
}

const fn ended(record: &ExchangeRecord) -> RowState {
    // A refusal that was reckoned with is none.
    if record.result.is_ok() || record.is_forgiven { RowState::Done } else { RowState::Failed }
}

fn row(line: &PlannedLine, state: RowState, record: Option<&ExchangeRecord>) -> PlanRow {
    PlanRow {
        line: line.text.clone(),
        explanation: explanation(line.step),
        state,
        is_conditional: is_conditional(line.step),
        is_extra: false,
        answer: record.map(|record| record.answer.join("  ")).unwrap_or_default(),
        fault: record
            .filter(|record| !record.is_forgiven)
            .and_then(|record| record.result.as_ref().err())
            .map(fault::text),
        took: record.map(ExchangeRecord::took),
    }
}

fn extra_row(record: &ExchangeRecord) -> PlanRow {
    let step = record.step.unwrap_or(Step::Detail);
    let line = PlannedLine { step, text: record.command.as_str().to_owned() };
    PlanRow { is_conditional: false, is_extra: true, ..row(&line, ended(record), Some(record)) }
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
