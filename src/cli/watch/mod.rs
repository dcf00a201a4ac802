//! `air780e watch`: one session for hours, its losses explained; `air780e drops` reads its journal again.
//!
//! The watch itself is [`watch`](crate::watch); here are the clock, the port, the journal's file and the printing. `run` drives
//! a real modem, `weather` a virtual one on a virtual clock, `book` keeps journal and output.

mod book;
pub(super) mod quiet;
mod run;
mod said;
mod weather;

use std::{path::Path, process::ExitCode};

use serde_json::{Value, json};

use self::{
    book::{Book, Face},
    run::Run,
};
use super::{
    WRONG_INPUT,
    args::{DropsArgs, SimArgs, WatchArgs},
    check::verdict::Failure,
    complain, print_line, reported, say_to_user,
};
use crate::{
    lang::{Lang, Text},
    user_file,
    watch::{Comparison, Ending, Summary, Told, Verdict, compare, page},
};

/// Watches and prints the verdict, whatever happens.
pub(super) fn run(asked: &WatchArgs, lang: Lang) -> ExitCode {
    let face = Face { is_json: asked.json, lang };
    let run = match Run::new(asked, face) {
        Ok(run) => run,
        Err(failure) => {
            let ending = Ending { fault: Some(failure.said().clone()), ..Ending::default() };
            tell(&Summary::default(), &ending, face);
            return ExitCode::from(WRONG_INPUT);
        }
    };
    let (summary, trail, ending) = run.finish();
    let name = summary.plan.as_ref().map_or_else(String::new, |plan| plan.broker.clone());
    let told = Told { name: &name, summary: &summary, trail: &trail, ending: &ending };
    let is_written = asked.report.as_deref().is_none_or(|path| write_report(path, told, None, lang));
    if tell(&summary, &ending, face) && is_written { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The same watch in the weather of the virtual modem.
pub(super) fn run_in_weather(asked: &SimArgs, lang: Lang) -> Result<(), Text> {
    weather::run(asked, lang)
}

/// Reads one journal again, or compares two.
pub(super) fn tell_again(asked: &DropsArgs, lang: Lang) -> ExitCode {
    let read = |path: &Path| Book::read(path).map(|(summary, trail, _)| (summary, trail));
    let (one, trail) = match read(&asked.journal) {
        Ok(one) => one,
        Err(failure) => return wrong(&failure, lang),
    };
    let other = match asked.other.as_deref().map(read).transpose() {
        Ok(other) => other,
        Err(failure) => return wrong(&failure, lang),
    };
    let ending = Ending { is_early: !one.is_over, ..Ending::default() };
    let is_ok = tell(&one, &ending, Face { is_json: asked.json && other.is_none(), lang });
    let name = user_file::named(&asked.journal);
    let told = Told { name: &name, summary: &one, trail: &trail, ending: &ending };
    let Some((other, other_trail)) = other else {
        let is_written = asked.report.as_deref().is_none_or(|path| write_report(path, told, None, lang));
        return if is_ok && is_written { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    };
    let of_other = Ending { is_early: !other.is_over, ..Ending::default() };
    let other_name = asked.other.as_deref().map_or_else(String::new, user_file::named);
    let other_told = Told { name: &other_name, summary: &other, trail: &other_trail, ending: &of_other };
    let both = Some((other_told, compare(&one, &other)));
    let is_written = asked.report.as_deref().is_none_or(|path| write_report(path, told, both, lang));
    tell(&other, &of_other, Face { is_json: false, lang });
    let compared = compare(&one, &other);
    if asked.json {
        print_line(&comparison_json(&compared).to_string());
    } else {
        print_line(&compared.words().to(lang));
    }
    if is_written { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Writes the report; says whether it is there.
fn write_report(path: &Path, one: Told<'_>, other: Option<(Told<'_>, Comparison)>, lang: Lang) -> bool {
    let written = reported::write(path, &page(one, other), None);
    if let Err(why) = &written {
        complain(why, lang);
    }
    written.is_ok()
}

/// The verdict of a watch whose arguments made no sense, for a reader of JSON. The text for people is out already.
pub(super) fn print_empty_verdict() {
    let ending = Ending { fault: Some(Text::new("command-no-sense")), ..Ending::default() };
    print_line(&Verdict::new(&Summary::default(), &ending).as_json().to_string());
}

/// Prints how a watch ended, and says whether all was well. In JSON the verdict is the last line, and people get theirs on
/// stderr.
fn tell(summary: &Summary, ending: &Ending, Face { is_json, lang }: Face) -> bool {
    let verdict = Verdict::new(summary, ending);
    if is_json {
        if !verdict.is_ok() {
            say_to_user(&verdict.as_text(lang));
        }
        print_line(&verdict.summary_json().to_string());
        print_line(&verdict.as_json().to_string());
    } else {
        print_line(&verdict.as_text(lang));
    }
    verdict.is_ok()
}

fn wrong(failure: &Failure, lang: Lang) -> ExitCode {
    complain(failure.said(), lang);
    ExitCode::from(WRONG_INPUT)
}

fn comparison_json(compared: &Comparison) -> Value {
    let words = compared.words();
    json!({
        "kind": "comparison",
        "drops": compared.drops,
        "watched_s": compared.watched.map(|time| time.as_secs()),
        "chance": compared.chance,
        "certain": compared.is_certain(),
        "words": { "en": words.to(Lang::En), "zh": words.to(Lang::ZhCn) },
    })
}
