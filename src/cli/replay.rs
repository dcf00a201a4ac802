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
    user_file,
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
    let path = user_file::named(&asked.trace);
    let bytes =
        user_file::read(&asked.trace, user_file::TRACE).map_err(|fault| Failure::plain(format!("{path}: {fault}")))?;
    Trace::read(&bytes).map_err(|error| {
        Failure::plain(format!("{path}: {error}. Correct this line, or cut the file off before it, and try again"))
    })
}

fn play(trace: &Trace, report: &mut Report) -> Verdict {
    let (mut course, mut tally) = (Course::default(), Tally::default());
    replay::watch(trace, |line, event| {
        report.event(&event);
        tally.take(&event);
        if let Some(line) = line {
            course.stands_at(line);
        }
        course.take(&event);
    });
    if let Some(line) = trace.cut_at {
        let text = format!("the recording breaks off in the middle of line {line}; it is read up to there");
        report.notice(course.newest(), &text);
    }
    course.end_recording();
    let diagnosis = diagnose(&Case { course: &course, now: course.newest() });
    let failure = diagnosis.trouble.as_ref().map(|trouble| trouble.fault.to_string());
    Verdict::new(failure.map(Failure::plain), diagnosis, tally)
}
