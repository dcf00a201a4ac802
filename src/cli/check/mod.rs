//! `air780e check`: one modem, one broker, every step with its time, and a verdict.
//!
//! `words` names steps and states; `options` and `plan` turn the arguments into what to do, `run` does it, `report` prints what happens, `tally` counts, `verdict`
//! says how it ended. `trace` is the file of `--save-trace`, `messages` that of `--messages-csv`; `place` knows where
//! the modem hangs, `traced` puts the verdicts of traced messages into words, `crosscheck` tries the same from this computer, `files` judges certificate files.

pub(super) mod crosscheck;
mod details;
mod files;
pub(super) mod inputs;
mod messages;
pub(super) mod options;
pub(super) mod place;
pub(super) mod plan;
pub(super) mod report;
mod run;
pub(super) mod tally;
pub(super) mod trace;
mod traced;
pub(super) mod verdict;
mod words;

use std::process::ExitCode;

use self::{
    messages::MessagesFile,
    plan::Plan,
    report::Report,
    run::Run,
    verdict::{Failure, Verdict},
};
use super::{WRONG_INPUT, args::CheckArgs, complain, reported, signals::StopSignal};
use crate::{
    doctor::Live,
    lang::{Lang, Text},
    time::Moment,
    worker::RecordInto,
};

/// Runs the check and prints its verdict, whatever happens.
pub(super) fn run(asked: &CheckArgs, lang: Lang) -> ExitCode {
    let mut report = Report::new(asked.json, lang);
    let (verdict, code) = match prepare(asked) {
        Err(failure) => (Verdict::failed(failure), ExitCode::from(WRONG_INPUT)),
        Ok(Prepared { plan, record, stop, messages }) => {
            report.messages = messages;
            plan.notes.iter().for_each(|note| report.notice(Moment::ZERO, note));
            let trace = trace::TraceFile::of(&asked.trace);
            let run = Run::new(&plan, record, trace, &mut report, &stop).keeping(asked.report.is_some());
            let (verdict, kept) = run.finish();
            let is_written = kept.is_none_or(|kept| write(asked, &kept, lang));
            let code = if verdict.is_ok() && is_written { ExitCode::SUCCESS } else { ExitCode::FAILURE };
            (verdict, code)
        }
    };
    report.verdict(&verdict);
    code
}

/// What a check needs before a port is opened.
struct Prepared {
    plan: Plan,
    record: Option<RecordInto>,
    stop: StopSignal,
    messages: Option<MessagesFile>,
}

/// Writes the report that was asked for; says why not, where that fails.
fn write(asked: &CheckArgs, kept: &Live, lang: Lang) -> bool {
    let Some(path) = &asked.report else { return true };
    let written = reported::write(path, &kept.report(), asked.lang);
    if let Err(sentence) = &written {
        complain(sentence, lang);
    }
    written.is_ok()
}

/// Everything that can fail before a port is opened.
fn prepare(asked: &CheckArgs) -> Result<Prepared, Failure> {
    let mut plan = Plan::new(asked)?;
    if plan.finds_baud {
        plan.link = place::at_answering_rate(plan.link)?;
    }
    let stop = StopSignal::listen().map_err(|error| no_signals(&error))?;
    let record = trace::TraceFile::of(&asked.trace).map(|file| file.begin()).transpose()?;
    let broker = format!("{}:{}", plan.connection.host, plan.connection.port);
    let messages = asked.messages_csv.as_deref().map(|path| MessagesFile::begin(path, broker)).transpose()?;
    Ok(Prepared { plan, record, stop, messages })
}

/// Why nobody could end a command from outside.
pub(super) fn no_signals(error: &std::io::Error) -> Failure {
    Failure::plain(Text::new("command-no-signals").with("error", super::words::system(error)))
}

/// The verdict of a check whose arguments made no sense, for a reader of JSON. The text for people is out already.
pub(super) fn print_empty_verdict() {
    let failure = Failure::plain(Text::new("command-no-sense"));
    super::print_line(&Verdict::failed(failure).as_json().to_string());
}
