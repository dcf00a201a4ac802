//! One session in the form of every family, read back: what the core makes of it must be what it makes of the session itself.

mod hostile;
mod peculiar;
mod writers;

use proptest::prelude::*;

use super::{Options, Piece, Reader, Watcher, What};
use crate::{modem::event::Event, time::Moment};
use writers::{FAMILIES, Family, Step};

/// The pieces of a log that is read in reads of `cut` bytes.
fn pieces(log: &[u8], cut: usize) -> (Vec<Piece>, Reader) {
    let (mut reader, mut pieces) = (Reader::new(Options::default()), Vec::new());
    log.chunks(cut.max(1)).for_each(|bytes| reader.push(bytes, &mut |_, piece| pieces.push(piece)));
    reader.finish(&mut |_, piece| pieces.push(piece));
    (pieces, reader)
}

/// What the core makes of pieces, times left out.
fn story(pieces: &[Piece]) -> Vec<String> {
    let (mut watcher, mut story) = (Watcher::default(), Vec::new());
    for piece in pieces {
        watcher.take(piece, |told| match told.event {
            Event::Exchange(record) => {
                let result = if record.result.is_ok() { "ok" } else { "failed" };
                story.push(format!("{} {:?} {result} {:?}", &*record.command, record.answer, record.data));
            }
            // By what its lines ended is not told where a line end is only shown.
            Event::Message(arrival) => {
                let payload = &arrival.message.payload;
                let text = String::from_utf8_lossy(payload).replace(['\r', '\n'], "");
                let topic = arrival.message.topic.as_str();
                story.push(format!("message {topic} {text:?} {} of {}", payload.len(), arrival.announced));
            }
            Event::SessionLost { cause, .. } => story.push(format!("lost {cause:?}")),
            _ => {}
        });
    }
    story
}

/// What the core makes of a log.
fn told(log: &[u8]) -> Vec<String> {
    story(&pieces(log, usize::MAX).0)
}

/// What the core makes of the session itself.
fn itself(steps: &[Step]) -> Vec<String> {
    let pieces: Vec<_> = (1..)
        .zip(steps)
        .map(|(line, step)| {
            let bytes = step.bytes.clone();
            let what = if step.is_sent { What::Sent(bytes) } else { What::Received(bytes) };
            Piece { port: 0, line, at: Moment::from_millis(step.at), wall: None, what }
        })
        .collect();
    story(&pieces)
}

/// What is sent, and what comes, each some milliseconds after the one before.
type Dialogue = (&'static str, &'static [(u64, &'static str)]);

const DIALOGUES: [Dialogue; 14] = [
    ("AT", &[(12, "OK")]),
    ("AT+CPIN?", &[(12, "+CPIN: READY"), (1, "OK")]),
    ("AT+CSQ", &[(12, "+CSQ: 24,0"), (1, "OK")]),
    ("AT+CGATT?", &[(12, "+CGATT: 1"), (1, "OK")]),
    ("AT+MCONFIG=\"unit\",\"u\",\"p\"", &[(12, "OK")]),
    ("AT+MIPSTART=\"broker.test\",\"1883\"", &[(12, "OK"), (300, "CONNECT OK")]),
    ("AT+MIPSTART=\"broker.test\",\"1884\"", &[(12, "OK"), (900, "CONNECT FAIL")]),
    ("AT+MCONNECT=1,60", &[(12, "OK"), (200, "CONNACK OK")]),
    ("AT+MSUB=\"a/b\",0", &[(12, "OK"), (200, "SUBACK")]),
    ("AT+MPUB=\"a/b\",1,0,\"hello\"", &[(12, "OK"), (90, "PUBACK"), (80, "+MSUB: \"a/b\",5 byte,hello")]),
    ("AT+MPUB=\"a/b\",0,0,\"x\"", &[(12, "+CME ERROR: 767")]),
    ("AT+CGREG?", &[(12, "+CGREG: 0,1"), (1, "OK"), (400, "+CGEV: ME PDN ACT 1")]),
    ("AT+MQTTSTATU", &[(12, "+MQTTSTATU :1"), (1, "OK"), (700, "+MSUB: \"a/b\",13 byte,{\"t\":21.5}\r\nx")]),
    ("AT+CCLK?", &[(12, "+CCLK: \"24/11/02,08:15:30+32\""), (1, "OK"), (900, "CLOSED")]),
];

/// Dialogues one behind the other, each after a pause in milliseconds.
fn steps(dialogues: impl IntoIterator<Item = (Dialogue, u64)>) -> Vec<Step> {
    let (mut at, mut steps) = (0, Vec::<Step>::new());
    for ((line, answers), pause) in dialogues {
        at += pause;
        steps.push(Step { at, is_sent: true, bytes: format!("{line}\r").into_bytes() });
        at += 3;
        steps.push(Step { at, is_sent: false, bytes: format!("{line}\r").into_bytes() });
        for (after, text) in answers {
            at += after;
            let text = format!("\r\n{text}\r\n");
            match steps.last_mut().filter(|last| !last.is_sent && *after < 20 && last.at + 2 > at) {
                Some(last) => last.bytes.extend_from_slice(text.as_bytes()),
                None => steps.push(Step { at, is_sent: false, bytes: text.into_bytes() }),
            }
        }
    }
    steps
}

fn session() -> impl Strategy<Value = Vec<Step>> {
    let dialogue = proptest::sample::select(&DIALOGUES[..]);
    proptest::collection::vec((dialogue, 50_u64..4_000), 3..9).prop_map(steps)
}

/// The received bytes of a session cut anew, as reads may cut them.
fn recut(steps: &[Step], length: usize) -> Vec<Step> {
    let cut = |step: &Step| -> Vec<Step> {
        if step.is_sent {
            return vec![step.clone()];
        }
        let parts = (0..).zip(step.bytes.chunks(length));
        parts.map(|(place, bytes)| Step { at: step.at + place, is_sent: false, bytes: bytes.to_vec() }).collect()
    };
    steps.iter().flat_map(cut).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_family_gives_the_session_back(steps in session()) {
        let expected = itself(&steps);
        for Family { key, write, .. } in FAMILIES {
            let log = write(&steps);
            prop_assert_eq!(told(&log), expected.clone(), "{}:\n{}", key, String::from_utf8_lossy(&log));
        }
    }

    #[test]
    fn every_family_is_recognised(steps in session()) {
        for Family { key, write, is_recognised, .. } in FAMILIES.iter().filter(|family| family.is_recognised) {
            let (_, reader) = pieces(&write(&steps), usize::MAX);
            prop_assert!(*is_recognised);
            prop_assert_eq!(reader.format().key, *key);
        }
    }

    #[test]
    fn any_cutting_of_the_file_gives_the_same(steps in session(), cut in 1_usize..500) {
        for Family { key, write, .. } in FAMILIES {
            let log = write(&steps);
            prop_assert_eq!(pieces(&log, cut).0, pieces(&log, usize::MAX).0, "{}", key);
        }
    }
}

/// Each dialogue stands twice, as what happens once is no evidence of a family.
#[test]
fn reads_that_cut_lines_are_joined() {
    for (place, dialogue) in DIALOGUES.into_iter().enumerate() {
        let next = DIALOGUES[(place + 1) % DIALOGUES.len()];
        let steps = steps([(dialogue, 50), (dialogue, 900), (next, 2_000)]);
        let expected = itself(&steps);
        for length in (2..=12).chain([20, 33]) {
            let steps = recut(&steps, length);
            for Family { key, write, .. } in FAMILIES.iter().filter(|family| family.keeps_reads) {
                let log = write(&steps);
                assert_eq!(told(&log), expected, "{key}, reads of {length}:\n{}", String::from_utf8_lossy(&log));
            }
        }
    }
}

#[test]
fn lines_of_the_log_are_counted_exactly() {
    let step = |at, is_sent, text: &str| Step { at, is_sent, bytes: text.as_bytes().to_vec() };
    let steps = [step(0, true, "AT\r"), step(4, false, "AT\r\r\nOK\r\n"), step(900, false, "\r\nCLOSED\r\n")];
    for Family { key, write, .. } in FAMILIES.iter().filter(|family| family.shows_text) {
        let log = write(&steps);
        let (pieces, reader) = pieces(&log, usize::MAX);
        let closed =
            pieces.iter().find(|piece| matches!(&piece.what, What::Received(bytes) if bytes.starts_with(b"CLOSED")));
        let line = closed.map_or_else(|| panic!("{key}: {pieces:?}"), |piece| piece.line);
        let text: String = match reader.encoding() {
            super::Encoding::Utf16Le => {
                char::decode_utf16(log.chunks(2).map(|two| u16::from_le_bytes([two[0], two[1]])))
                    .map(|c| c.unwrap_or('?'))
                    .collect()
            }
            _ => String::from_utf8_lossy(&log).into_owned(),
        };
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let expected = text.lines().position(|line| line.contains("CLOSED")).expect("it stands there") + 1;
        assert_eq!(line as usize, expected, "{key}\n{text}");
    }
}
