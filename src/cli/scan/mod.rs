//! `air780e scan`: can a module connect to this server, why not, and which lines would let it? Without a module, without a login.
//!
//! `look` makes a place of what was typed and tries it; `json` and `text` print what it came to, `saved` keeps the CA file, `words`
//! holds what is said in both languages. The trying itself is the room `here`, the judging `diagnosis`.

mod json;
mod login;
mod look;
mod report;
mod saved;
mod text;
pub(super) mod words;

use std::{path::Path, process::ExitCode};

use self::look::{Looked, Refusal, Wish};
use super::{WRONG_INPUT, args::ScanArgs, print_line, reported, say_to_user, signals::StopSignal};
use crate::{
    diagnosis::{HereStage, Reach},
    lang::{Lang, Text},
    user_file,
};

/// Runs the scan of one server, or of each in a list.
pub(super) fn run(asked: &ScanArgs, lang: Lang) -> ExitCode {
    let told = Teller { is_json: asked.json, lang };
    let stop = match StopSignal::listen() {
        Ok(stop) => stop,
        Err(error) => {
            return told.refuse("", &Refusal::plain(Text::new("scanned-no-signals").put("error", error)));
        }
    };
    let wish = Wish::of(asked).and_then(|wish| Ok(wish.with_login(login::wanted(&asked.login)?)));
    let wish = match wish {
        Ok(wish) => wish,
        Err(refusal) => return told.refuse(asked.host.as_deref().unwrap_or(""), &refusal),
    };
    match (&asked.host, &asked.targets) {
        (Some(host), _) => one(&wish, host, told, &stop),
        (None, Some(list)) => each(&wish, list, told, &stop),
        (None, None) => told.refuse("", &Refusal::plain(Text::new("scanned-no-server-named"))),
    }
}

/// The verdict of a scan whose arguments made no sense, for a reader of JSON. The text for people is out already.
pub(super) fn print_empty_verdict() {
    print_line(&json::refused("", None, Lang::En).to_string());
}

fn one(wish: &Wish, typed: &str, told: Teller, stop: &StopSignal) -> ExitCode {
    let looked = match look::at(wish, typed, stop) {
        Ok(looked) => looked,
        Err(refusal) => return told.refuse(&refusal.shown(typed), &refusal),
    };
    let saved = wish.save_ca.as_deref().map(|path| saved::save(&looked, path));
    if told.is_json {
        print_line(&json::scanned(&looked, saved.as_ref(), wish.login.as_ref(), told.lang).to_string());
    } else {
        for line in text::lines(&looked, saved.as_ref(), wish.login.as_ref(), told.lang) {
            print_line(&line);
        }
    }
    if let Some(path) = &wish.report
        && let Err(sentence) = reported::write(path, &report::report(&looked, wish.login.as_ref()), Some(told.lang))
    {
        say_to_user(&format!("air780e: {}", sentence.to(told.lang)));
        return ExitCode::FAILURE;
    }
    let is_saved = saved.is_none_or(|saved| saved.is_kept());
    if is_saved || looked.scan.reach == Reach::Untried { code(&looked) } else { ExitCode::FAILURE }
}

/// One row a server; the worst of them is the end.
fn each(wish: &Wish, list: &Path, told: Teller, stop: &StopSignal) -> ExitCode {
    let text = match user_file::read_text(list, user_file::USERS) {
        Ok(text) => text,
        Err(fault) => return told.refuse("", &Refusal::unreadable("--targets", list, &fault)),
    };
    let targets: Vec<_> =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    if targets.is_empty() {
        let path = list.display();
        return told.refuse("", &Refusal::plain(Text::new("scanned-targets-no-server-stands").put("path", path)));
    }
    let mut worst = 0;
    for typed in targets {
        match look::at(wish, typed, stop) {
            Ok(looked) => {
                told.row(&looked);
                worst = worst.max(number(&looked));
            }
            Err(refusal) => {
                told.refused_row(&refusal.shown(typed), &refusal);
                worst = worst.max(WRONG_INPUT);
            }
        }
        if stop.is_asked() {
            return ExitCode::from(STOPPED);
        }
    }
    ExitCode::from(worst)
}

fn code(looked: &Looked) -> ExitCode {
    ExitCode::from(number(looked))
}

const fn number(looked: &Looked) -> u8 {
    match looked.scan.reach {
        Reach::Connects => 0,
        Reach::Unchecked | Reach::Cannot => 1,
        Reach::Untried if matches!(looked.here.stage, HereStage::Stopped) => STOPPED,
        Reach::Untried => WRONG_INPUT,
    }
}

/// How things are told.
#[derive(Clone, Copy)]
struct Teller {
    is_json: bool,
    lang: Lang,
}

impl Teller {
    fn refuse(self, target: &str, refusal: &Refusal) -> ExitCode {
        say_to_user(&format!("air780e: {}", refusal.said.to(self.lang)));
        if self.is_json {
            print_line(&json::refused(target, Some(refusal), self.lang).to_string());
        }
        ExitCode::from(WRONG_INPUT)
    }

    fn refused_row(self, target: &str, refusal: &Refusal) {
        if self.is_json {
            print_line(&json::refused(target, Some(refusal), self.lang).to_string());
        } else {
            print_line(&text::refused_row(target, refusal, self.lang));
        }
    }

    fn row(self, looked: &Looked) {
        if self.is_json {
            print_line(&json::scanned(looked, None, None, self.lang).to_string());
        } else {
            print_line(&text::row(looked, self.lang));
        }
    }
}

/// Exit code after a wish to stop, as a shell gives it for Ctrl-C.
const STOPPED: u8 = 130;
