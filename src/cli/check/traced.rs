//! The verdicts of traced messages as text and as JSON.

use std::time::Duration;

use serde_json::{Value, json};

use super::words::{self, millis};
use crate::{
    lang::Text,
    legs::{Cell, Leg, Oddity, Place, Proof, Verdict, Why},
    time::Moment,
};

/// One message for people.
pub(super) fn text(leg: Leg, verdict: &Verdict) -> Text {
    let Verdict { number, qos, left_sender, reached_broker, left_broker, arrived, .. } = verdict;
    let (left, came) = match leg {
        Leg::Out => ("check-left-module", "check-arrived-here"),
        Leg::Back => ("check-left-here", "check-arrived-module"),
    };
    let cells = [
        (left, *left_sender),
        ("check-reached-broker", *reached_broker),
        ("check-left-broker", *left_broker),
        (came, *arrived),
    ];
    let cells = cells.map(|(key, cell)| Text::new(key).with("answer", said(cell, verdict.handed)));
    let told = Text::new("check-leg")
        .with("way", words::leg(leg))
        .put("number", number)
        .put("qos", qos)
        .with("answers", Text::list(cells, "watch-comma"));
    let odd = verdict.oddities.iter().map(|odd| odd_text(*odd));
    Text::list(std::iter::once(told).chain(odd), "watch-semicolon")
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
pub(super) fn all_text(leg: Leg, verdicts: &[Verdict]) -> Text {
    let [first, second, whole] = spans(verdicts).map(|span| match span {
        Some((middle, most)) => Text::new("check-span").with("middle", tenths(middle)).with("most", tenths(most)),
        None => Text::new("check-span-unknown"),
    });
    Text::new("check-legs")
        .with("way", words::leg(leg))
        .put("arrived", arrived(verdicts))
        .put("sent", verdicts.len())
        .with("first", first)
        .with("second", second)
        .with("whole", whole)
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

fn said(cell: Cell, handed: Moment) -> Text {
    match cell {
        Cell::Yes(at, proof) => {
            Text::new("check-leg-yes").with("proof", proof_text(proof)).with("time", tenths(millis(at.since(handed))))
        }
        Cell::No(_, proof) => Text::new("check-leg-no").with("proof", proof_text(proof)),
        Cell::Open => Text::new("trace-open"),
        Cell::Unknown(why) => Text::new("check-leg-unknown").with("why", why_text(why)),
    }
}

fn tenths(time: f64) -> String {
    format!("{time:.1}")
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

const fn proof_text(proof: Proof) -> Text {
    Text::new(match proof {
        Proof::Arrival => "check-by-arrival",
        Proof::Echo => "check-by-echo",
        Proof::Confirmation => "check-by-confirmation",
        Proof::LaterAnswer => "check-by-later-answer",
        Proof::Refusal => "check-by-refusal",
        Proof::Before => "check-by-before",
        Proof::EmptyAnswer => "check-by-empty-answer",
        Proof::Silence => "check-by-silence",
    })
}

const fn why_text(why: Why) -> Text {
    Text::new(match why {
        Why::NobodyConfirms => "check-unknown-nobody-confirms",
        Why::NotConfirmed => "check-unknown-not-confirmed",
        Why::ReceiverAway => "check-unknown-receiver-away",
        Why::NobodyAsks => "check-unknown-nobody-asks",
        Why::Blind => "check-unknown-blind",
    })
}

fn odd_text(odd: Oddity) -> Text {
    match odd {
        Oddity::Times(times) => Text::new("trace-odd-times").put("times", times),
        Oddity::Resent => Text::new("trace-odd-resent"),
        Oddity::Overtaken => Text::new("trace-odd-overtaken"),
        Oddity::Retained => Text::new("trace-odd-retained"),
        Oddity::QosLowered { to } => Text::new("trace-odd-qos").put("to", to),
        Oddity::Cut { came, sent } => Text::new("trace-odd-cut").put("came", came).put("sent", sent),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lang::Lang, mqtt::Qos};

    const AT: Moment = Moment::from_micros(1_000);

    fn verdict(cells: [Cell; 4], oddities: Vec<Oddity>) -> Verdict {
        let [left_sender, reached_broker, left_broker, arrived] = cells;
        let (number, qos, handed) = (7, Qos::AtLeastOnce, Moment::ZERO);
        Verdict { number, qos, handed, left_sender, reached_broker, left_broker, arrived, oddities }
    }

    #[test]
    fn a_message_is_told_in_both_languages() {
        let cells =
            [Cell::Yes(AT, Proof::Confirmation), Cell::No(AT, Proof::Silence), Cell::Open, Cell::Unknown(Why::Blind)];
        let one = verdict(cells, vec![Oddity::Times(2), Oddity::Cut { came: 3, sent: 9 }]);
        let told = text(Leg::Out, &one);
        assert_eq!(
            told.to(Lang::En),
            "module to this computer #7 (QoS 1): left the module: yes (confirmed, 1.0 ms), reached the broker: no \
             (nothing came), left the broker: not yet, arrived at this computer: unknown (not all that the module said \
             was seen); it came 2 times; only 3 of its 9 bytes came"
        );
        let chinese = told.to(Lang::ZhCn).replace("QoS", "").replace("ms", "");
        assert!(!chinese.contains(|sign: char| sign.is_ascii_alphabetic()), "{chinese}");
    }

    #[test]
    fn all_messages_are_told_with_their_times() {
        let cells = [Cell::Yes(AT, Proof::Confirmation); 4];
        let told = all_text(Leg::Back, &[verdict(cells, Vec::new()), verdict([Cell::Open; 4], Vec::new())]);
        assert!(!all_text(Leg::Out, &[]).to(Lang::ZhCn).contains("known"));
        assert_eq!(
            told.to(Lang::En),
            "this computer to module: 1 of 2 arrived; to the broker and back 1.0 ms (at most 1.0 ms), from its \
             confirmation to the arrival 0.0 ms (at most 0.0 ms), end to end 1.0 ms (at most 1.0 ms)"
        );
    }

    #[test]
    fn no_answer_and_no_reason_is_told_in_english_to_who_reads_chinese() {
        let proofs = [
            Proof::Arrival,
            Proof::Echo,
            Proof::Confirmation,
            Proof::LaterAnswer,
            Proof::Refusal,
            Proof::Before,
            Proof::EmptyAnswer,
            Proof::Silence,
        ];
        let whys = [Why::NobodyConfirms, Why::NotConfirmed, Why::ReceiverAway, Why::NobodyAsks, Why::Blind];
        for text in proofs.map(proof_text).into_iter().chain(whys.map(why_text)) {
            let (english, chinese) = (text.to(Lang::En), text.to(Lang::ZhCn));
            assert!(english != text.key() && chinese != english && chinese != text.key(), "{}", text.key());
        }
    }
}
