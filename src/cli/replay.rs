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
    words,
};
use crate::{
    diagnosis::{Case, Course, diagnose},
    lang::{Lang, Text},
    trace::Trace,
    user_file,
    worker::replay,
};

/// Prints the events of a trace and its verdict.
pub(super) fn run(asked: &ReplayArgs, lang: Lang) -> ExitCode {
    let mut report = Report::new(asked.json, lang);
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
    let told = |why: Text| Failure::plain(Text::new("command-file").put("path", &path).with("why", why));
    let bytes = user_file::read(&asked.trace, user_file::TRACE).map_err(|fault| told(fault.text()))?;
    Trace::read(&bytes).map_err(|error| told(Text::new("replay-bad-line").with("why", words::trace(&error))))
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
        report.notice(course.newest(), &Text::new("replay-cut").put("line", line));
    }
    course.end_recording();
    let diagnosis = diagnose(&Case { course: &course, now: course.newest() });
    let failure = diagnosis.trouble.as_ref().map(|trouble| trouble.fault.text());
    Verdict::new(failure.map(Failure::plain), diagnosis, tally)
}
