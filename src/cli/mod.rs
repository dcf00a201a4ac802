//! The command line: reads the arguments, runs one subcommand and turns its end into an exit code.
//!
//! 0 means that everything asked for was confirmed, 1 that it was not, 2 that the question itself was wrong. A scan ends with 2
//! also when this computer could not look, and with 130 when it was stopped.

mod args;
mod bisect;
mod broker;
mod certs;
pub(crate) mod check;
mod doctor;
mod language;
mod pasted;
mod ports;
mod replay;
mod reported;
mod scan;
mod sim;
mod usage;
mod watch;
mod words;

use std::{
    env,
    ffi::{OsStr, OsString},
    io::Write,
    process::ExitCode,
};

use clap::{CommandFactory, Parser, error::ErrorKind};
use tracing_subscriber::EnvFilter;

use self::args::{Arguments, Command};
use crate::{
    lang::{Lang, Text},
    stop_signal as signals,
};

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let lang = language::before_all(env::args_os().skip(1));
    // What is pasted for a file of certificates is looked at by `certs` itself.
    let is_judged = env::args_os().nth(1).is_some_and(|command| command == "certs");
    if let Some(told) = pasted::in_arguments(env::args_os().skip(1)).filter(|_| !is_judged) {
        complain(&told, lang);
        return wrong_input();
    }
    let arguments = match Arguments::try_parse_from(env::args_os().map(as_value)) {
        Ok(arguments) => arguments,
        Err(error) => return wrong_arguments(&error, lang),
    };
    start_logging();
    match arguments.command {
        Command::Sim(asked) if asked.weather.is_some() => end(watch::run_in_weather(&asked, lang), lang),
        Command::Sim(asked) => end(sim::run(&asked, lang), lang),
        Command::Broker(asked) => broker::run(&asked, lang),
        Command::Ports(asked) => end(ports::run(&asked, lang), lang),
        Command::Check(asked) => {
            bisect::remind(lang);
            check::run(&args::CheckArgs { lang: arguments.lang, ..*asked }, lang)
        }
        Command::Bisect(asked) => bisect::run(&asked, lang),
        Command::Watch(asked) => watch::run(&asked, lang),
        Command::Quiet(asked) => watch::quiet::run(&asked, lang),
        Command::Drops(asked) => watch::tell_again(&asked, lang),
        Command::Replay(asked) => replay::run(&asked, lang),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "air780e", &mut script);
            // A reader that has gone is no fault of ours.
            let _ = std::io::stdout().write_all(&script);
            ExitCode::SUCCESS
        }
        Command::Manual { folder } => {
            let written = clap_mangen::generate_to(Arguments::command(), folder);
            end(written.map_err(|error| words::system(&error)), lang)
        }
        Command::Doctor(asked) => doctor::run(&args::DoctorArgs { lang: arguments.lang, ..asked }),
        Command::Scan(asked) => scan::run(&asked, lang),
        Command::Certs(asked) => certs::run(&asked, lang),
    }
}

fn end(result: Result<(), Text>, lang: Lang) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            complain(&why, lang);
            ExitCode::FAILURE
        }
    }
}

/// Help is an answer; anything else is a wrong question.
fn wrong_arguments(error: &clap::Error, lang: Lang) -> ExitCode {
    let is_answer = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if env::args_os().any(|argument| holds_key(&argument)) {
        // The library would repeat it.
        complain(&Text::new("command-key-on-line"), lang);
    } else if let Some(told) = usage::told(error, lang) {
        complain(&told, lang);
    } else if let Err(unwritten) = error.print() {
        tracing::debug!(%unwritten, "nobody reads the usage text");
    }
    if is_answer {
        return ExitCode::SUCCESS;
    }
    wrong_input()
}

/// The end for a wrong question. Whoever reads JSON gets a verdict also for that.
fn wrong_input() -> ExitCode {
    let given: Vec<_> = env::args_os().skip(1).collect();
    if given.iter().any(|argument| argument == "--json") {
        match given.first().and_then(|first| first.to_str()) {
            Some("check") => check::print_empty_verdict(),
            Some("scan") => scan::print_empty_verdict(),
            Some("bisect") => bisect::print_empty_verdict(),
            Some("certs") => certs::print_empty_verdict(),
            Some("watch") => watch::print_empty_verdict(),
            _ => {}
        }
    }
    ExitCode::from(WRONG_INPUT)
}

/// The text of a certificate begins with dashes, but is no option.
fn as_value(argument: OsString) -> OsString {
    let is_text = argument.to_str().is_some_and(|text| text.starts_with("-----BEGIN"));
    if is_text { OsString::from_iter([OsStr::new("\n"), &argument]) } else { argument }
}

fn holds_key(argument: &OsStr) -> bool {
    argument.to_string_lossy().contains("PRIVATE KEY")
}

/// Diagnostics of the program itself go to stderr; `AIR780E_LOG=debug` shows more. They never hold a secret.
fn start_logging() {
    let filter = EnvFilter::try_from_env("AIR780E_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).without_time();
    if let Err(error) = log.try_init() {
        say_to_user(&format!("air780e: no log: {error}"));
    }
}

/// One line on stdout, at once. A reader that has gone is no fault of ours.
fn print_line(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Says on stderr what went wrong, in the language of the command line.
fn complain(why: &Text, lang: Lang) {
    say_to_user(&format!("air780e: {}", why.to(lang)));
}

/// One line on stderr, for people.
fn say_to_user(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Exit code for arguments that make no sense, whatever the modem does.
const WRONG_INPUT: u8 = 2;
