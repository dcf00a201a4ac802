//! The verdicts of traced messages as text and as JSON.

use std::time::Duration;

use serde_json::{Value, json};

use super::{report::millis, run::legs::way};
use crate::{
    legs::{Cell, Leg, Oddity, Place, Proof, Verdict, Why},
    time::Moment,
};

/// One message for people.
pub(super) fn text(leg: Leg, verdict: &Verdict) -> String {
    let Verdict { number, qos, left_sender, reached_broker, left_broker, arrived, .. } = verdict;
    let (left, came) = match leg {
        Leg::Out => ("left the module", "arrived at this computer"),
        Leg::Back => ("left this computer", "arrived at the module"),
    };
    let cells = [
        (left, *left_sender),
        ("reached the broker", *reached_broker),
        ("left the broker", *left_broker),
        (came, *arrived),
    ];
    let cells = cells.map(|(name, cell)| format!("{name}: {}", said(cell, verdict.handed)));
    let odd: String = verdict.oddities.iter().map(|odd| format!("; {}", odd_text(*odd))).collect();
    let way = way(leg);
    format!("{way} #{number} (QoS {qos}): {}{odd}", cells.join(", "))
}

/// One message for programs.
pub(super) fn members(leg: Leg, verdict: &Verdict) -> Value {
    json!({
        "way": key(leg),
        "number": verdict.number,
        "qos": verdict.qos.number(),
        "handed_ms": millis(verdict.handed.since_open()),
        "left_sender": cell(verdict.left_sender),
        "reached_broker": cell(verdict.reached_broker),
        "left_broker": cell(verdict.left_broker),
        "arrived": cell(verdict.arrived),
        "place": verdict.place().key(),
        "first_leg_ms": verdict.first_leg().map(millis),
        "second_leg_ms": verdict.second_leg().map(millis),
        "end_to_end_ms": verdict.end_to_end().map(millis),
        "oddities": verdict.oddities.iter().map(|odd| odd_json(*odd)).collect::<Vec<_>>(),
    })
}

/// All messages of one way for people.
pub(super) fn all_text(leg: Leg, verdicts: &[Verdict]) -> String {
    let arrived = arrived(verdicts);
    let [first, second, whole] = spans(verdicts).map(|span| {
        span.map_or_else(|| "not known".to_owned(), |(middle, most)| format!("{middle:.1} ms (at most {most:.1} ms)"))
    });
    format!(
        "{}: {arrived} of {} arrived; to the broker and back {first}, from its confirmation to the arrival {second}, end to end {whole}",
        way(leg),
        verdicts.len()
    )
}

/// All messages of one way for programs.
pub(super) fn all_members(leg: Leg, verdicts: &[Verdict]) -> Value {
    let [first, second, whole] =
        spans(verdicts).map(|span| span.map(|(middle, most)| json!({ "p50": middle, "max": most })));
    json!({
        "way": key(leg),
        "messages": verdicts.len(),
        "arrived": arrived(verdicts),
        "first_leg_ms": first,
        "second_leg_ms": second,
        "end_to_end_ms": whole,
    })
}

const fn key(leg: Leg) -> &'static str {
    match leg {
        Leg::Out => "out",
        Leg::Back => "back",
    }
}

fn arrived(verdicts: &[Verdict]) -> usize {
    verdicts.iter().filter(|verdict| verdict.place() == Place::Arrived).count()
}

/// The middle and the longest of each leg and of the whole way, in milliseconds.
fn spans(verdicts: &[Verdict]) -> [Option<(f64, f64)>; 3] {
    [Verdict::first_leg, Verdict::second_leg, Verdict::end_to_end].map(|of| {
        let mut times: Vec<Duration> = verdicts.iter().filter_map(of).collect();
        times.sort_unstable();
        Some((millis(*times.get(times.len() / 2)?), millis(*times.last()?)))
    })
}

fn said(cell: Cell, handed: Moment) -> String {
    match cell {
        Cell::Yes(at, proof) => format!("yes ({}, {:.1} ms)", proof_text(proof), millis(at.since(handed))),
        Cell::No(_, proof) => format!("no ({})", proof_text(proof)),
        Cell::Open => "not yet".to_owned(),
        Cell::Unknown(why) => format!("unknown ({})", why_text(why)),
    }
}

fn cell(cell: Cell) -> Value {
    match cell {
        Cell::Yes(at, proof) | Cell::No(at, proof) => {
            json!({ "is": cell.key(), "at_ms": millis(at.since_open()), "by": proof.key() })
        }
        Cell::Open => json!({ "is": cell.key() }),
        Cell::Unknown(why) => json!({ "is": cell.key(), "why": why.key() }),
    }
}

const fn proof_text(proof: Proof) -> &'static str {
    match proof {
        Proof::Arrival => "it came",
        Proof::Echo => "this computer got it from there too",
        Proof::Confirmation => "confirmed",
        Proof::LaterAnswer => "the broker answered what was sent after it",
        Proof::Refusal => "it was not sent",
        Proof::Before => "it did not get so far",
        Proof::EmptyAnswer => "the broker answered without it on a connection that stood all the while",
        Proof::Silence => "nothing came",
    }
}

const fn why_text(why: Why) -> &'static str {
    match why {
        Why::NobodyConfirms => "nobody confirms QoS 0",
        Why::NotConfirmed => "no confirmation came",
        Why::ReceiverAway => "the receiver was not connected all the while",
        Why::NobodyAsks => "nobody can ask the broker for the module",
        Why::Blind => "not all that the module said was seen",
    }
}

fn odd_text(odd: Oddity) -> String {
    match odd {
        Oddity::Times(times) => format!("it came {times} times"),
        Oddity::Resent => "the broker may have sent it before".to_owned(),
        Oddity::Overtaken => "a later one came before it".to_owned(),
        Oddity::Retained => "it came as one that the broker had kept".to_owned(),
        Oddity::QosLowered { to } => format!("it came with QoS {to}"),
        Oddity::Cut { came, sent } => format!("only {came} of its {sent} bytes came"),
    }
}

fn odd_json(odd: Oddity) -> Value {
    match odd {
        Oddity::Times(times) => json!({ "kind": "times", "times": times }),
        Oddity::Resent => json!({ "kind": "resent" }),
        Oddity::Overtaken => json!({ "kind": "overtaken" }),
        Oddity::Retained => json!({ "kind": "retained" }),
        Oddity::QosLowered { to } => json!({ "kind": "qos_lowered", "to": to.number() }),
        Oddity::Cut { came, sent } => json!({ "kind": "cut", "came": came, "sent": sent }),
    }
}
