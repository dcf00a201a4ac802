//! A whole session under everything a line can do to it: other echoes and line ends, a report at every place, a byte lost,
//! turned or doubled at every place.

use std::cell::Cell;

use super::{
    answering::{Answering, Echo, whole_session, wishes},
    *,
};
use crate::modem::event::Delivery;

/// What was told, but for lines that only repeat what was sent, and for moments.
fn told(world: &Answering<'_>) -> Vec<String> {
    let lines = world.events.iter().filter_map(|event| match event {
        Event::Status(_) => None,
        Event::Wire(line) if matches!(line.kind, WireKind::Echo | WireKind::Unrecognised) => None,
        Event::Wire(line) => Some(format!("{:?} {}", line.kind, line.text)),
        Event::Exchange(record) => Some(format!("{} {:?} {:?}", record.command, record.answer, record.result)),
        Event::Rung { rung, state, .. } => Some(format!("{rung} {state:?}")),
        Event::Message(arrival) => Some(format!("{:?}", arrival.message)),
        Event::Done { id, result, .. } => Some(format!("{id:?} {result:?}")),
        Event::Publish(update) => Some(format!("{:?} {:?}", update.id, std::mem::discriminant(&update.delivery))),
        other => Some(format!("{:?}", std::mem::discriminant(other))),
    });
    lines.collect()
}

fn undisturbed() -> Vec<String> {
    let world = whole_session(Echo::On, "\r\n", |_, bytes| bytes);
    assert_eq!(world.events.iter().filter(|event| matches!(event, Event::Done { result: Ok(()), .. })).count(), 7);
    told(&world)
}

#[test]
fn echo_on_off_toggled_or_garbled_tells_the_same() {
    let expected = undisturbed();
    for echo in [Echo::Off, Echo::Toggled, Echo::Garbled] {
        assert_eq!(told(&whole_session(echo, "\r\n", |_, bytes| bytes)), expected, "{echo:?}");
    }
}

#[test]
fn every_kind_of_line_end_tells_the_same() {
    let expected = undisturbed();
    for line_end in ["\r\r\n", "\n", "\r"] {
        assert_eq!(told(&whole_session(Echo::On, line_end, |_, bytes| bytes)), expected, "{line_end:?}");
    }
}

/// Reports that take nothing away. Those of the first group begin like an answer.
const REPORTS: [&str; 11] = [
    "+CEREG: 1,\"1A2B\",\"0C3D4E5F\",7",
    "+CGREG: 1",
    "+CPIN: READY 0",
    "+CGEV: ME PDN ACT 1,0",
    "^MODE: 17,17",
    "+E_UTRAN Service",
    "+NITZ: 24/08/22,07:00:02+32, ",
    "+MSUB: \"t\",4 byte,\r\nOK",
    "+CGEV: NW MODIFY 1",
    "SMS READY",
    "+MSUB: t,14 byte,\r\n+CSQ: 1,1\r\n>",
];

/// Whether the report is there, as one that nobody asked for or, when it begins like the answer, inside it.
fn is_told(world: &Answering<'_>, report: &str) -> bool {
    let shown = crate::at::text::visible(report.trim_end().as_bytes()).into_owned();
    world.events.iter().any(|event| match event {
        Event::Wire(line) => {
            line.text.trim_end() == shown && matches!(line.kind, WireKind::Unsolicited | WireKind::Answer)
        }
        _ => false,
    })
}

#[test]
fn a_report_at_every_place_is_never_lost_and_never_the_answer() {
    let mut pieces = 0;
    whole_session(Echo::On, "\r\n", |piece, bytes| {
        pieces = piece + 1;
        bytes
    });
    assert!(pieces > 50, "{pieces}");
    for report in REPORTS {
        let framed = [b"\r\n", report.as_bytes(), b"\r\n"].concat();
        for place in 0..=pieces {
            // Before a piece; the last place is behind the last one. File content is counted, not read line by line.
            let is_skipped = Cell::new(false);
            let world = whole_session(Echo::On, "\r\n", |piece, bytes| match piece {
                _ if bytes == b"\r\nalpha\r\n" => {
                    is_skipped.set(is_skipped.get() || piece == place);
                    bytes
                }
                _ if piece == place => [&framed, bytes.as_slice()].concat(),
                _ if piece + 1 == place && place == pieces => [bytes.as_slice(), &framed].concat(),
                _ => bytes,
            });
            let is_skipped = is_skipped.get();
            for id in 1..=7 {
                assert_eq!(world.ends(id), [Ok(())], "{report:?} at {place}: wish {id}");
            }
            assert!(is_skipped || is_told(&world, report), "{report:?} at {place} is lost");
            let signal = world.modem.status().signal.as_ref().map(|seen| seen.value.rssi);
            assert_eq!(signal, Some(23), "{report:?} at {place}");
            let messages = world.events.iter().filter(|event| matches!(event, Event::Message(_))).count();
            let expected = usize::from(report.starts_with("+MSUB") && !is_skipped);
            assert_eq!(messages, expected, "{report:?} at {place}");
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Harm {
    Lost,
    Turned,
    Doubled,
}

impl Harm {
    fn done_to(self, bytes: &[u8], at: usize) -> Vec<u8> {
        let mut harmed = bytes.to_vec();
        match self {
            Self::Lost => drop(harmed.remove(at)),
            Self::Turned => harmed[at] ^= 1 << (at % 8),
            Self::Doubled => harmed.insert(at, bytes[at]),
        }
        harmed
    }
}

fn is_final(delivery: &Delivery, qos: Qos) -> bool {
    match delivery {
        Delivery::Queued | Delivery::Sending | Delivery::Received { .. } => false,
        Delivery::Accepted { .. } => qos == Qos::AtMostOnce,
        Delivery::Confirmed { .. } | Delivery::Failed(_) | Delivery::Unknown(_) => true,
    }
}

/// Whether each wish ended once, and each message in exactly one of the ways there are.
fn assert_ended(world: &Answering<'_>, context: &str) {
    for (id, wish) in (1..).zip(wishes()) {
        assert_eq!(world.ends(id).len(), 1, "{context}: wish {id} ends {:?}", world.ends(id));
        let Request::Publish(sent) = wish else { continue };
        let ends = world.events.iter().filter(|event| {
            matches!(event, Event::Publish(update) if update.id.0 == id && is_final(&update.delivery, sent.qos))
        });
        // At QoS 0 the acceptance is told on its way and again as the end.
        let count = ends.count();
        let most = if sent.qos == Qos::AtMostOnce { 2 } else { 1 };
        assert!((1..=most).contains(&count), "{context}: message {id} ends {count} times");
    }
}

fn harm_everywhere(harm: Harm) {
    let mut length = 0;
    whole_session(Echo::On, "\r\n", |_, bytes| {
        length += bytes.len();
        bytes
    });
    for place in 0..length {
        let mut passed = 0;
        let mut world = whole_session(Echo::On, "\r\n", |_, bytes| {
            let start = passed;
            passed += bytes.len();
            if (start..passed).contains(&place) { harm.done_to(&bytes, place - start) } else { bytes }
        });
        let context = format!("{harm:?} at {place}");
        assert_ended(&world, &context);
        world.request(99, Request::ReadSignal);
        assert!(world.run(), "{context}: it hangs");
        assert_eq!(world.ends(99), [Ok(())], "{context}: the next whole line is not understood");
    }
}

#[test]
fn a_byte_lost_anywhere_does_no_more_harm_than_it_must() {
    harm_everywhere(Harm::Lost);
}

#[test]
fn a_byte_turned_anywhere_does_no_more_harm_than_it_must() {
    harm_everywhere(Harm::Turned);
}

#[test]
fn a_byte_doubled_anywhere_does_no_more_harm_than_it_must() {
    harm_everywhere(Harm::Doubled);
}
