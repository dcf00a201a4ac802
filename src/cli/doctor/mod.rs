//! `air780e doctor`: a log that some program saved, read without knowing which, and what went wrong in it.

mod json;
mod page;
mod refusals;

use std::{path::Path, process::ExitCode};

use super::{
    args::DoctorArgs,
    print_line, say_to_user,
    tongue::{Sentence, Tongue},
};
use crate::{
    doctor::{Judge, Source, Stop},
    record::{self, Options, Reader},
};

/// Reads each log and says what happened. The exit code is that of the worst.
pub(super) fn run(asked: &DoctorArgs) -> ExitCode {
    let tongue = asked.lang.unwrap_or_else(Tongue::of_system);
    let options = match options(asked) {
        Ok(options) => options,
        Err(sentence) => {
            say_to_user(&format!("air780e: {}", sentence.of(tongue)));
            return ExitCode::from(super::WRONG_INPUT);
        }
    };
    let worst = asked.files.iter().map(|file| examine(file, asked, &options, tongue)).max();
    ExitCode::from(worst.unwrap_or(super::WRONG_INPUT))
}

fn options(asked: &DoctorArgs) -> Result<Options, Sentence> {
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

/// What one file comes to, as an exit code.
fn examine(file: &str, asked: &DoctorArgs, options: &Options, tongue: Tongue) -> u8 {
    let mut judge = Judge::new(asked.messages && asked.json);
    let mut reader = Reader::new(options.clone());
    let stopped = open(file).and_then(|mut source| judge.read(&mut source, &mut reader, &mut |_, _, _| true));
    let findings = judge.conclude(file, &reader, stopped.is_err());
    if let Err(stop) = &stopped {
        say_to_user(&format!("air780e: {file}: {}", refusals::stopped(stop).of(tongue)));
    }
    if asked.json {
        for line in json::lines(&findings, tongue) {
            print_line(&line);
        }
    } else if stopped.is_ok() {
        print_line(page::page(&findings, tongue).trim_end());
    }
    findings.result.exit_code()
}

/// The log at `path`; `-` is standard input.
fn open(path: &str) -> Result<Source, Stop> {
    if path == "-" { Ok(Source::standard_input()) } else { Source::open(Path::new(path)) }
}

#[cfg(test)]
mod tests;
