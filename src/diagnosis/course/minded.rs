//! What is no trouble although it was refused: questions, probes, what was closed by order, what came to nothing.

use std::time::Duration;

use crate::{
    air780e::verb::{Awaited, Verb},
    diagnosis::{
        Trouble,
        trouble::{activates, is_glued},
    },
    modem::event::{ExchangeRecord, Fault, LossCause, Refusal},
    time::Moment,
};

use super::Course;

impl Course {
    /// A step of a session in another maker's words, or two commands in one line, while there is no session: whoever sends it
    /// means to open one.
    pub(super) fn is_wrong_step(&self, fault: &Fault) -> bool {
        let Fault::Refused { command, .. } = fault else { return false };
        let is_step = is_glued(command) || (command.verb() == Verb::Foreign && !command.is_question());
        is_step && self.logins.is_empty() && self.traffic.is_empty()
    }

    /// A message whose confirmation stands before its `OK`, while none before it still waited for one.
    pub(super) fn is_confirmed_early(&self, record: &ExchangeRecord) -> bool {
        let is_missing = matches!(&record.result, Err(Fault::TimedOut { expected, .. }) if expected.confirms_publish());
        let before = self.exchanges.iter().rfind(|one| one.command.verb().publishes());
        let accepted = record.accepted_at.filter(|_| is_missing && before.is_none_or(|one| one.result.is_ok()));
        let is_word = |text: &str| matches!(text, "PUBACK" | "PUBCOMP");
        accepted.is_some_and(|accepted| {
            record.answer.iter().any(|text| is_word(text))
                || self.lines.iter().any(|(at, text)| is_word(text) && record.sent_at <= *at && *at <= accepted)
        })
    }

    /// Data were asked for and refused three times in a row: no probe any more. 3 says that the context is there, or not yet begun.
    pub(super) fn is_stuck(&self, fault: &Fault) -> bool {
        let Fault::Refused { command, refusal } = fault else { return false };
        let before = self.exchanges.iter().rev().filter(|record| activates(&record.command));
        activates(command)
            && *refusal != Refusal::Cme(3)
            && before.take_while(|record| record.result.is_err()).count() + 1 >= TOO_OFTEN
    }

    /// The close that the user or the program asked for: a good-bye, and what only follows from it.
    pub(super) fn is_wanted(&self, trouble: &Trouble) -> bool {
        if self.asked(trouble.at).is_some_and(|line| line.verb() == Verb::LogOut) {
            return true;
        }
        matches!(trouble.fault, Fault::SessionLost(LossCause::Closed))
            && self.exchanges.iter().rev().any(|record| {
                record.command.verb() == Verb::LogOut
                    && record.result.is_ok()
                    && record.sent_at <= trouble.at
                    && self.gap(record.sent_at, trouble.at).is_none_or(|gap| gap <= GOOD_BYE)
            })
    }

    /// What was odd and came to nothing: a question that got no answer and then did, a link that was there already.
    pub(super) fn was_harmless(&self, root: &Trouble, at: Moment) -> bool {
        match &root.fault {
            Fault::TimedOut { expected: Awaited::Acceptance, .. } => {
                is_unanswered_question(root) && self.gap(root.at, at).is_none_or(|gap| gap <= SOON)
            }
            // Made once before: written into it is what was meant, and its length tells the rest.
            Fault::Refused { command, refusal } => command.verb() == Verb::CreateFile && *refusal == Refusal::Error,
            Fault::BadOutcome { got, .. } => got.contains("ALREADY CONNECT") && !self.is_other_link(&root.fault),
            _ => false,
        }
    }

    /// Whether the trouble is a link that was not waited for: the login was sent too early and refused, so that the link alone puts
    /// nothing right.
    pub(super) fn was_hasty(&self) -> bool {
        let Some(trouble) = self.trouble() else { return false };
        let is_link = matches!(&trouble.fault, Fault::TimedOut { expected: Awaited::Link, .. });
        is_link
            && self.exchanges.iter().any(|record| {
                record.command.verb() == Verb::LogIn && record.sent_at >= trouble.at && record.result.is_err()
            })
    }

    /// Whether a link was asked for while one to another place was open.
    pub(super) fn is_other_link(&self, fault: &Fault) -> bool {
        let Fault::BadOutcome { command, got, .. } = fault else { return false };
        let asked = command.target().and_then(|target| Some((target.host, target.port?)));
        let open = self.reached.back().map(|(host, port, ..)| (host.as_str(), *port));
        got.contains("ALREADY CONNECT") && open.is_some() && asked != open
    }
}

/// A refused question, probe or good-bye: no step of a session, of its files or of its card depends on it.
pub(super) fn is_harmless(fault: &Fault) -> bool {
    let (Fault::Refused { command, .. } | Fault::Unfitting { command, .. }) = fault else { return false };
    // The card, the access point's login and the radio are told by these numbers, whatever was asked.
    if matches!(fault, Fault::Refused { refusal: Refusal::Cme(10..=15 | 149 | 797), .. }) {
        return false;
    }
    let matters = match command.verb() {
        Verb::CreateFile | Verb::WriteFile | Verb::Unlock | Verb::AccessPoint | Verb::TlsSetting => {
            !command.is_question()
        }
        Verb::Card | Verb::Resolve => true,
        // Whoever answers `AT` with something else is asked by another program.
        Verb::Attention => matches!(fault, Fault::Unfitting { .. }),
        verb => verb.is_of_session() && !command.is_question(),
    };
    !matters
}

/// A question, or a bare `AT`, that got no answer: whatever is answered later shows that the module is there.
pub(super) fn is_unanswered_question(trouble: &Trouble) -> bool {
    let Fault::TimedOut { command, expected: Awaited::Acceptance, .. } = &trouble.fault else { return false };
    command.is_question()
}

/// The broker closes the link within this after a good-bye.
const GOOD_BYE: Duration = Duration::from_secs(2);
/// What is answered again within this was no trouble.
const SOON: Duration = Duration::from_secs(30);
/// So many refusals in a row are no accident (catalogue, F-050).
const TOO_OFTEN: usize = 3;
