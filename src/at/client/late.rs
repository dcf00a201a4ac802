//! Exchanges that were given up, and what may still come for them.
//!
//! A late answer belongs to the exchange that waited for it, never to the one that runs now.

use std::time::Duration;

use crate::{
    at::{
        exchange::{Data, Info, Verdict, Word},
        reply::Final,
        text::CommandLine,
    },
    time::Moment,
};

/// What an exchange that was given up may still get.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) line: CommandLine,
    pub(super) info: Info,
    pub(super) owes_final: bool,
    pub(super) words: &'static [Word],
    /// Data whose prompt has not come.
    pub(super) data: Option<Data>,
    /// When it left, for one of several of the same that went out because none was answered.
    pub(super) repeated_at: Option<Moment>,
}

/// All of them, oldest first.
#[derive(Debug)]
pub(super) struct Claims(Vec<Claim>);

impl Claims {
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    /// Remembers an exchange, unless nothing can come for it.
    pub(super) fn push(&mut self, claim: Claim) {
        let is_open = claim.owes_final || !claim.words.is_empty();
        if is_open && self.0.len() < CLAIMS_MAX {
            self.0.push(claim);
        }
    }

    /// Whether the modem may still ask for data.
    pub(super) fn owe_data(&self) -> bool {
        self.0.iter().any(|claim| claim.data.is_some())
    }

    /// The data that a late prompt asks for.
    pub(super) fn take_data(&mut self) -> Option<Data> {
        self.0.iter_mut().find_map(|claim| claim.data.take())
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// When the first of several of the same left that may still be answered.
    pub(super) fn repeated_since(&self) -> Option<Moment> {
        self.0.iter().filter(|claim| claim.owes_final).find_map(|claim| claim.repeated_at)
    }

    /// The answers of those that left longer ago than `patience` will not come any more.
    pub(super) fn forget_repeated(&mut self, now: Moment, patience: Duration) {
        self.0.retain(|claim| claim.repeated_at.is_none_or(|at| now.since(at) < patience));
    }

    /// The masked form of the command that `bytes` repeat.
    pub(super) fn echo(&self, bytes: &[u8]) -> Option<String> {
        self.0.iter().find(|claim| claim.line.is_echoed_by(bytes)).map(|claim| claim.line.masked())
    }

    /// `text` without what is secret in any of the commands.
    pub(super) fn veil(&self, text: String) -> String {
        self.0.iter().fold(text, |text, claim| claim.line.veil(text))
    }

    /// Whether a final result is still owed to one.
    pub(super) fn owe_final(&self) -> bool {
        self.0.iter().any(|claim| claim.owes_final)
    }

    /// Whether `line` is information of one.
    pub(super) fn cover(&self, line: &str) -> bool {
        self.0.iter().any(|claim| claim.owes_final && claim.info.covers(line))
    }

    /// Gives a final result to the oldest that lacks one. A refused command gets no word either.
    pub(super) fn take_final(&mut self, result: &Final) {
        if let Some(index) = self.0.iter().position(|claim| claim.owes_final) {
            self.0[index].owes_final = false;
            self.0[index].data = None;
            if *result != Final::Ok || self.0[index].words.is_empty() {
                self.0.remove(index);
            }
        }
    }

    /// Gives a good word to the oldest that lacks it: brokers acknowledge in order. Returns what the word is called.
    pub(super) fn take_word(&mut self, line: &str) -> Option<&'static str> {
        let is_good = |word: &Word| (word.judge)(line) == Some(Verdict::Good);
        let index = self.0.iter().position(|claim| claim.words.iter().any(is_good))?;
        let claim = &mut self.0[index];
        let found = claim.words.iter().position(is_good)?;
        let expected = claim.words[found].expected;
        claim.words = &claim.words[found + 1..];
        if claim.words.is_empty() && !claim.owes_final {
            self.0.remove(index);
        }
        Some(expected)
    }

    /// The modem answers again: what it has not said by now it will not say, except a word of the broker.
    pub(super) fn forget_finals(&mut self) {
        self.0.retain_mut(|claim| {
            claim.owes_final = false;
            claim.data = None;
            !claim.words.is_empty()
        });
    }

    /// The session that words belong to is over.
    pub(super) fn forget_words(&mut self) {
        self.0.retain_mut(|claim| {
            claim.words = &[];
            claim.owes_final
        });
    }
}

/// So many given-up exchanges are remembered.
const CLAIMS_MAX: usize = 8;
