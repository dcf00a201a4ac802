//! Key files that are read by hand, or written as a part of something public: no event, answer or row shows them.

use super::*;
use crate::{
    at::text::visible,
    keys::samples,
    modem::request::{Contents, FileRef},
};

/// What is told while somebody reads `file` under `name`, in pieces of `cut` bytes.
fn told(name: &str, from: usize, file: &[u8], cut: usize, is_watched: bool) -> (Vec<Event>, String) {
    let mut modem = Modem::new(Moment::ZERO);
    let line = format!("AT+FSREAD=\"{name}\",1,{},{from}", file.len());
    let mut now = Moment::ZERO;
    if is_watched {
        modem.observe(now, format!("{line}\r").as_bytes());
    } else {
        modem.request(now, RequestId(7), Request::Raw(line.clone()));
        assert!(modem.poll_transmit().is_some());
        modem.handle_sent(now);
    }
    let answer = [line.as_bytes(), b"\r\r\n+CGEV: ME PDN ACT 1\r\n\r\n", file, b"\r\n\r\nOK\r\n"].concat();
    for piece in answer.chunks(cut) {
        now += Duration::from_millis(2);
        modem.handle_bytes(now, piece);
    }
    let events: Vec<_> = std::iter::from_fn(|| modem.poll_event()).collect();
    let text = format!("{events:?} {modem:?}");
    (events, text)
}

/// Whether eight bytes in a row of `key` are told, as they are or as tokens.
fn shows(text: &str, events: &[Event], key: &[u8]) -> bool {
    let bytes: Vec<u8> = events
        .iter()
        .filter_map(|event| if let Event::Wire(line) = event { line.bytes.clone() } else { None })
        .flatten()
        .collect();
    key.windows(8).any(|part| bytes.windows(8).any(|seen| seen == part) || text.contains(visible(part).as_ref()))
}

#[test]
fn a_key_read_by_hand_or_by_somebody_else_is_shown_to_nobody() {
    for (form, key) in [samples::binary_keys(), samples::text_keys()].concat() {
        for (cut, is_watched) in [(1, false), (13, true), (4_000, false)] {
            let (events, text) = told("anything", 0, &key, cut, is_watched);
            assert!(!shows(&text, &events, samples::secret_of(&key)), "{form} by {cut}: {text}");
            let (events, text) = told("anything", 40, &key[40..], cut, is_watched);
            assert!(!shows(&text, &events, &samples::secret_of(&key)[12..]), "{form} by {cut} from the middle: {text}");
            assert!(text.contains("+CGEV: ME PDN ACT 1") && events.len() > 3, "{form}: {text}");
            let is_done = |event: &Event| matches!(event, Event::Exchange(record) if record.result.is_ok());
            assert!(events.iter().any(is_done), "{form}: {text}");
        }
    }
}

#[test]
fn a_certificate_read_by_hand_is_shown() {
    let certificate = samples::certificate_text();
    let (_, text) = told("ca.crt", 0, &certificate, 11, false);
    assert!(text.contains(std::str::from_utf8(&certificate[28..60]).expect("text")), "{text}");
}

#[test]
fn a_key_among_certificates_makes_the_whole_file_a_secret() {
    for (form, key) in [samples::binary_keys(), samples::text_keys()].concat() {
        let both = [samples::certificate_text(), key].concat();
        assert!(Contents::public(both).is_secret(), "{form}");
    }
    assert!(!Contents::public(samples::certificate_text()).is_secret());
    let file = FileRef::with("ca.crt", Contents::public(samples::binary_keys().remove(0).1));
    let mut modem = Modem::new(Moment::ZERO);
    modem.request(Moment::ZERO, RequestId(1), Request::Provision(vec![file]));
    let mut now = Moment::ZERO;
    let mut secret = 0;
    for answer in ["OK", "OK", ">", "OK"] {
        let transmit = modem.poll_transmit().expect("a line");
        modem.handle_sent(now);
        secret += transmit.secret.iter().map(std::iter::ExactSizeIterator::len).sum::<usize>();
        now += Duration::from_millis(5);
        modem.handle_bytes(now, format!("\r\n{answer}\r\n").as_bytes());
    }
    assert!(secret > 500, "{secret} secret bytes were sent");
}
