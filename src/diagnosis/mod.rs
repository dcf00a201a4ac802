//! From facts to advice: what is wrong, why we think so, what to do next.
//!
//! `rules` reads a status and a fault, one file a stage of the way from the cable to the message; `catalogue` holds the
//! causes with their words in both languages. Nothing here asks the modem anything.

pub mod catalogue;
mod comparison;
mod evidence;
mod excluded;
mod finding;
mod rules;

pub use self::{
    comparison::FromHere,
    excluded::Excluded,
    finding::{Cause, Finding, Text},
};

use crate::modem::{event::Fault, status::Status};

/// What `fault` means in the light of `status`, the most likely cause first.
///
/// Empty only for [`Fault::Cancelled`], which is nobody's fault.
pub fn judge(status: &Status, fault: &Fault) -> Vec<Finding> {
    let proof = evidence::of(status, fault);
    named(status, rules::causes(status, fault), &proof)
}

/// What it means when a subscribed and connected modem is sent a message and prints none within `seconds`.
pub fn judge_missing_message(status: &Status, seconds: u64) -> Vec<Finding> {
    let proof = evidence::of_missing_message(status, seconds);
    named(status, rules::traffic::missing_message(), &proof)
}

/// As [`judge`], for a line that spoke no text, with the rate at which it answers.
pub fn judge_with_rate(status: &Status, fault: &Fault, rate: u32) -> Vec<Finding> {
    let mut proof = evidence::of(status, fault);
    proof.push(format!("AT → OK: {rate} bit/s"));
    let mut causes = vec![&catalogue::BAUD_WRONG];
    causes.extend(rules::causes(status, fault));
    named(status, causes, &proof)
}

/// As [`judge`], for a connection that did not open, with what the same step gave on this computer.
pub fn judge_with_comparison(status: &Status, fault: &Fault, here: &FromHere) -> Vec<Finding> {
    let mut proof = evidence::of(status, fault);
    proof.push(here.to_string());
    named(status, rules::tcp::compared(rules::causes(status, fault), here), &proof)
}

fn named(status: &Status, causes: Vec<&'static Cause>, proof: &[String]) -> Vec<Finding> {
    let excluded = excluded::by_ladder(status, &causes);
    let mut findings: Vec<Finding> = Vec::with_capacity(causes.len());
    for cause in causes {
        if findings.iter().all(|finding| finding.id != cause.id) {
            findings.push(Finding::new(cause, proof.to_vec(), excluded.clone()));
        }
    }
    findings
}
