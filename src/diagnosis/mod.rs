//! From facts to advice: what is wrong, why we think so, what it is not, what to do next.
//!
//! `rules` reads a status, a fault, the `history` of a connection and what this computer got (`here`), one file a stage of
//! the way from the cable to the message; `suspects` weighs what they say; `catalogue` holds the causes with their words in
//! both languages. Nothing here asks the modem or the network anything.

mod case;
pub mod catalogue;
mod comparison;
mod evidence;
mod excluded;
mod explained;
mod finding;
pub mod here;
mod history;
mod remedy;
mod rules;
mod suspects;

pub use self::{
    case::{Case, Diagnosis, diagnose},
    comparison::FromHere,
    excluded::{Excluded, Innocent},
    explained::{Explained, explained},
    finding::{Cause, Certainty, Fact, Finding, Text},
    here::{FailedStep, Here, HereStage, LoginHere, NameFailure, NameHere, PortHere, PortOutcome, Unnamed, WantedTls},
    history::{History, Trouble},
    remedy::Remedy,
};

pub use self::rules::seconds_of_clock;
/// The words of TLS in which [`Here`] speaks.
pub use crate::tls::{FailureCause, HelloAnswer, Suite, SuiteAnswer, VerifyCode};

use self::suspects::Suspects;
use crate::modem::{event::Fault, status::Status};

/// What `fault` means in the light of `status`, the most likely cause first.
///
/// Empty only for [`Fault::Cancelled`], which is nobody's fault.
pub fn judge(status: &Status, fault: &Fault) -> Vec<Finding> {
    named(status, &rules::causes(status, fault), &evidence::with_fault(status, fault))
}

/// What it means when a subscribed and connected modem is sent a message and prints none within `seconds`.
pub fn judge_missing_message(status: &Status, seconds: u64) -> Vec<Finding> {
    named(status, &rules::traffic::missing_message(), &evidence::of_missing_message(status, seconds))
}

/// As [`judge`], for a line that spoke no text, with the rate at which it answers.
pub fn judge_with_rate(status: &Status, fault: &Fault, rate: u32) -> Vec<Finding> {
    let mut facts = evidence::with_fault(status, fault);
    facts.push(Fact::new(format!("AT → OK: {rate} bit/s")));
    let mut causes = vec![&catalogue::BAUD_WRONG];
    causes.extend(rules::causes(status, fault));
    named(status, &causes, &facts)
}

/// As [`judge`], for a connection that did not open, with what the same step gave on this computer.
pub fn judge_with_comparison(status: &Status, fault: &Fault, here: &FromHere) -> Vec<Finding> {
    let mut facts = evidence::with_fault(status, fault);
    facts.push(Fact::new(here.to_string()));
    named(status, &rules::tcp::compared(rules::causes(status, fault), here), &facts)
}

fn named(status: &Status, causes: &[&'static Cause], facts: &[Fact]) -> Vec<Finding> {
    let mut suspects = Suspects::default();
    if causes.is_empty() {
        return Vec::new();
    }
    suspects.ranked(causes);
    // A step that was once confirmed and then lost may be named; what still stands only clears the others.
    excluded::by_ladder_except(status, causes, &mut suspects);
    suspects.findings(facts)
}
