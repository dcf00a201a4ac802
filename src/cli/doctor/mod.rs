//! `air780e doctor`: a log that some program saved, read without knowing which, and what went wrong in it.

mod comparing;
mod following;
mod json;
mod page;
mod refusals;

use std::{path::Path, process::ExitCode};

use super::{args::DoctorArgs, language, print_line, reported, say_to_user};
use crate::{
    doctor::{Findings, Judge, Origin, Source, Stop, of_log},
    lang::{Lang, Text},
    record::{self, Options, Reader},
    report::{self as carried, Recording},
};

/// Reads each log and says what happened. The exit code is that of the worst.
pub(super) fn run(asked: &DoctorArgs) -> ExitCode {
    let lang = language::or_system(asked.lang);
    let options = match check(asked).and_then(|()| options(asked)) {
        Ok(options) => options,
        Err(sentence) => {
            say_to_user(&format!("air780e: {}", sentence.to(lang)));
            return ExitCode::from(super::WRONG_INPUT);
        }
    };
    if asked.follow {
        return following::follow(asked, &options, lang);
    }
    // For programs the verdict is the last line.
    let compared =
        asked.compare.as_ref().filter(|_| asked.json).map(|which| comparing::tell(asked, which, &options, lang));
    let worst = asked.files.iter().map(|file| examine(file, asked, &options, lang)).max();
    let compared =
        compared.or_else(|| asked.compare.as_ref().map(|which| comparing::tell(asked, which, &options, lang)));
    if let Some(Err(sentence)) = compared {
        say_to_user(&format!("air780e: {}", sentence.to(lang)));
        return ExitCode::from(super::WRONG_INPUT);
    }
    ExitCode::from(worst.unwrap_or(super::WRONG_INPUT))
}

/// A report is about one log, and never written over it.
fn check(asked: &DoctorArgs) -> Result<(), Text> {
    if asked.follow && (asked.files.len() != 1 || asked.files[0] == "-") {
        return Err(Text::new("log-follow-one"));
    }
    let Some(report) = &asked.report else { return Ok(()) };
    let [log] = asked.files.as_slice() else { return Err(refusals::one_log()) };
    let is_same =
        matches!((report.canonicalize(), Path::new(log).canonicalize()), (Ok(one), Ok(other)) if one == other);
    if is_same { Err(refusals::over_the_log(log)) } else { Ok(()) }
}

fn options(asked: &DoctorArgs) -> Result<Options, Text> {
    let format = match &asked.format {
        None => None,
        Some(name) => Some(record::by_key(name).ok_or_else(|| refusals::unknown_format(name))?),
    };
    let (from, to) = (asked.from.unwrap_or(1), asked.to.unwrap_or(u32::MAX));
    if from > to {
        return Err(refusals::no_lines(from, to));
    }
    Ok(Options { format, lines: (asked.from.is_some() || asked.to.is_some()).then_some(from..=to) })
}

/// What one file comes to, as an exit code: a log, or the recordings that a report carries.
fn examine(file: &str, asked: &DoctorArgs, options: &Options, lang: Lang) -> u8 {
    match open(file).map_err(|stop| refusals::stopped(&stop)).and_then(|source| logs_in(file, source)) {
        Ok(logs) => logs.into_iter().map(|(name, log)| judge(&name, Ok(log), asked, options, lang)).max().unwrap_or(0),
        Err(sentence) => judge(file, Err(sentence), asked, options, lang),
    }
}

/// The logs in a file, each with its name.
fn logs_in(file: &str, mut source: Source) -> Result<Vec<(String, Source)>, Text> {
    let stopped = |stop: Stop| refusals::stopped(&stop);
    if !carried::is_report(source.beginning().map_err(stopped)?) {
        return Ok(vec![(file.to_owned(), source)]);
    }
    let text = source.whole_text(LONGEST_REPORT).map_err(stopped)?.unwrap_or_default();
    let recordings = carried::recordings(&text);
    if recordings.is_empty() {
        return Err(refusals::carries_nothing());
    }
    let log = |recording: Recording| {
        let name = recording.device.map_or_else(|| file.to_owned(), |device| format!("{file} ({device})"));
        Ok((name, Origin::Text(recording.trace.into()).open().map_err(stopped)?))
    };
    recordings.into_iter().map(log).collect()
}

/// What one log comes to, as an exit code.
fn judge(file: &str, log: Result<Source, Text>, asked: &DoctorArgs, options: &Options, lang: Lang) -> u8 {
    let judge = Judge::new(asked.messages && asked.json);
    let mut judge = if asked.report.is_some() { judge.keeping_lines() } else { judge };
    let mut reader = Reader::new(options.clone());
    let stopped = log.and_then(|mut source| {
        let read = judge.read(&mut source, &mut reader, &mut |_, _, _| true);
        read.map_err(|stop| refusals::stopped(&stop))
    });
    let findings = judge.conclude(file, &reader, stopped.is_err());
    if let Err(sentence) = &stopped {
        say_to_user(&format!("air780e: {file}: {}", sentence.to(lang)));
    }
    if let Some(told) = told(&findings, asked, stopped.is_ok(), lang) {
        print_line(&told);
    }
    if let (Some(path), Ok(())) = (&asked.report, &stopped)
        && let Err(sentence) = reported::write(path, &of_log(&findings, &reader), asked.lang)
    {
        say_to_user(&format!("air780e: {}", sentence.to(lang)));
        return super::WRONG_INPUT;
    }
    findings.result.exit_code()
}

/// What is printed of it.
fn told(findings: &Findings, asked: &DoctorArgs, is_read: bool, lang: Lang) -> Option<String> {
    if asked.json {
        return Some(json::lines(findings, lang).join("\n"));
    }
    is_read.then(|| page::page(findings, lang).trim_end().to_owned())
}

/// The log at `path`; `-` is standard input.
fn open(path: &str) -> Result<Source, Stop> {
    if path == "-" { Ok(Source::standard_input()) } else { Source::open(Path::new(path)) }
}

/// The recordings of a report with their entities are shorter, in bytes.
const LONGEST_REPORT: usize = 256 << 20;

#[cfg(test)]
mod tests;
