//! `air780e certs`: what somebody was handed becomes the three files that the module reads, or is refused with the reason.
//!
//! `findings` judges by the same catalogue as everything else, `words` says what was made good, `report` prints, `save` writes,
//! `source` reads, `new` makes a test authority.

mod findings;
mod new;
mod report;
mod save;
pub(in crate::cli) mod source;
pub(in crate::cli) mod words;

use std::{path::Path, process::ExitCode};

use self::{findings::Verdict, report::Report, source::Source};
use super::{
    WRONG_INPUT,
    args::{CertsArgs, CertsCommand},
    complain, words as common,
};
use crate::{
    certs::{Closed, Concern, Detail, Given, Kit, PassPhrase},
    lang::{Lang, Text},
    user_file,
};

/// Judges the files, and writes what they come to.
pub(super) fn run(asked: &CertsArgs, lang: Lang) -> ExitCode {
    if let Some(CertsCommand::New(asked)) = &asked.command {
        return new::run(asked, lang);
    }
    match judged(asked, lang) {
        Ok(verdict) => ExitCode::from(verdict.exit_code()),
        Err(sentence) => {
            if asked.json {
                super::print_line(&report::failed(&sentence.to(Lang::En)).to_string());
            } else {
                complain(&sentence, lang);
            }
            ExitCode::from(WRONG_INPUT)
        }
    }
}

/// The verdict where the arguments made no sense, for a reader of JSON. The text for people is out already.
pub(super) fn print_empty_verdict() {
    super::print_line(&report::failed("the arguments make no sense").to_string());
}

fn judged(asked: &CertsArgs, lang: Lang) -> Result<Verdict, Text> {
    let sources = asked.files.iter().map(|path| source::read(path)).collect::<Result<Vec<_>, _>>()?;
    let mut phrase = asked.passphrase_file.as_deref().map(read_phrase).transpose()?;
    let today = super::check::crosscheck::today();
    let mut kit = kit_of(&sources, phrase.as_ref(), today);
    if phrase.is_none() && waits_for_phrase(&kit) && !asked.json {
        phrase = source::ask_phrase(lang);
        if phrase.is_some() {
            kit = kit_of(&sources, phrase.as_ref(), today);
        }
    }
    let findings = findings::of(&kit);
    let verdict = findings::verdict(&kit, &findings);
    let written = match &asked.out {
        Some(folder) if verdict != Verdict::Refused => save::all(folder, &kit.ready, asked.overwrite)?,
        _ => Vec::new(),
    };
    let report = Report { kit: &kit, findings: &findings, verdict, written: &written, lang };
    if asked.json {
        super::print_line(&report.as_json().to_string());
    } else {
        super::print_line(&report.as_text());
    }
    Ok(verdict)
}

fn kit_of(sources: &[Source], phrase: Option<&PassPhrase>, today: i64) -> Kit {
    let given: Vec<_> = sources.iter().map(|one| Given { name: &one.name, bytes: &one.bytes }).collect();
    Kit::of(&given, phrase, today)
}

fn waits_for_phrase(kit: &Kit) -> bool {
    kit.problems().any(|(_, problem)| {
        problem.concern == Concern::PassPhrase && problem.detail == Some(Detail::Closed(Closed::NoPassPhrase))
    })
}

fn read_phrase(path: &Path) -> Result<PassPhrase, Text> {
    let read = user_file::read(path, user_file::PASSWORD).and_then(user_file::unmarked);
    read.map(PassPhrase::from_file).map_err(|fault| common::file("--passphrase-file", path, &fault))
}
