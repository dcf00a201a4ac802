//! `air780e check`: one modem, one broker, every step with its time, and a verdict.
//!
//! `plan` turns the arguments into what to do, `run` does it, `report` prints what happens, `tally` counts, `verdict`
//! says how it ended.

mod plan;
mod report;
mod run;
mod tally;
mod verdict;

use std::process::ExitCode;

use self::{
    plan::Plan,
    report::Report,
    run::Run,
    verdict::{Failure, Verdict},
};
use super::{WRONG_INPUT, args::CheckArgs, signals::StopSignal};

/// Runs the check and prints its verdict, whatever happens.
pub(super) fn run(asked: &CheckArgs) -> ExitCode {
    let mut report = Report::new(asked.json);
    let (verdict, code) = match Plan::new(asked) {
        Err(failure) => (Verdict::failed(failure), ExitCode::from(WRONG_INPUT)),
        Ok(plan) => {
            let verdict = match StopSignal::listen() {
                Ok(stop) => Run::new(&plan, &mut report, &stop).finish(),
                Err(error) => Verdict::failed(Failure::plain(format!("no signals: {error}"))),
            };
            let code = if verdict.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
            (verdict, code)
        }
    };
    report.verdict(&verdict);
    code
}

/// The verdict of a check whose arguments made no sense, for a reader of JSON. The text for people is out already.
pub(super) fn print_empty_verdict() {
    let failure = Failure::plain("the arguments make no sense".to_owned());
    super::print_line(&Verdict::failed(failure).as_json().to_string());
}
