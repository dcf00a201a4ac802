//! `air780e replay`: a saved trace read again, event by event, and what went wrong in the end.

use std::process::ExitCode;

use super::{
    WRONG_INPUT,
    args::ReplayArgs,
    check::{
        report::Report,
        tally::Tally,
        verdict::{Failure, Verdict},
    },
};
use crate::{
    diagnosis::{Case, Course, diagnose},
    trace::Trace,
    user_file::{self, Fault},
    worker::replay,
};

/// Prints the events of a trace and its verdict.
pub(super) fn run(asked: &ReplayArgs) -> ExitCode {
    let mut report = Report::new(asked.json);
    let (verdict, code) = match read(asked) {
        Err(failure) => (Verdict::failed(failure), ExitCode::from(WRONG_INPUT)),
        Ok(trace) => {
            let verdict = play(&trace, &mut report);
            let code = if verdict.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
            (verdict, code)
        }
    };
    report.verdict(&verdict);
    code
}

fn read(asked: &ReplayArgs) -> Result<Trace, Failure> {
    let path = asked.trace.display();
    let text = user_file::read_text(&asked.trace, user_file::TRACE).map_err(|fault| match fault {
        Fault::NotText { line } => {
            Failure::plain(format!("{path}: line {line}: this is no text (UTF-8); give a file that --save-trace wrote"))
        }
        fault => Failure::plain(format!("{path}: {fault}")),
    })?;
    Trace::parse(&text).map_err(|error| {
        Failure::plain(format!("{path}: {error}. Correct this line, or cut the file off before it, and try again"))
    })
}

fn play(trace: &Trace, report: &mut Report) -> Verdict {
    let (mut course, mut tally) = (Course::default(), Tally::default());
    replay::watch_lines(trace, |line, event| {
        report.event(&event);
        tally.take(&event);
        if let Some(line) = line {
            course.stands_at(line);
        }
        course.take(&event);
    });
    course.end_recording();
    let diagnosis = diagnose(&Case { course: &course, now: course.newest() });
    let failure = diagnosis.trouble.as_ref().map(|trouble| trouble.fault.to_string());
    Verdict::new(failure.map(Failure::plain), diagnosis, tally)
}
