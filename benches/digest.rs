//! Digesting what a module says: ours against the `atat` digester on the same bytes in the same run, and how the time grows on
//! bytes that are meant to hurt.
//!
//! Ratios are printed and nothing is asserted: `cargo bench --no-default-features --bench digest`.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use air780e_companion::{
    air780e::{message, urc::Urc},
    at::{
        framer::{Expect, Frame, Framer},
        reply::Final,
        text::visible,
    },
    time::Moment,
};
use atat::digest::{AtDigester, DigestResult, Digester, ParseError, Parser, parser};

fn main() {
    let stream = mixed();
    let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
    let (mut our_things, mut their_things) = (0, 0);
    for _ in 0..TURNS {
        let (things, taken) = timed(|| digest_ours(&stream));
        (our_things, ours) = (things, ours.min(taken));
        let (things, taken) = timed(|| digest_theirs(&stream));
        (their_things, theirs) = (things, theirs.min(taken));
    }
    let rate = |taken: Duration| megabytes(stream.len()) / taken.as_secs_f64();
    println!("mixed stream of {:.1} MB in chunks of {CHUNK} bytes", megabytes(stream.len()));
    println!("  ours  {:8.1} MB/s, {our_things} lines, prompts and reports", rate(ours));
    println!("  atat  {:8.1} MB/s, {their_things} responses and URCs", rate(theirs));
    println!("  ratio {:8.2} (goal: at least 1.5)", theirs.as_secs_f64() / ours.as_secs_f64());
    println!("four times the bytes take how many times as long (linear: 4)");
    for (name, expect, make) in FAMILIES {
        let [small, large] = [1, 4].map(|times| {
            let bytes = make(times);
            (0..3).map(|_| timed(|| digest(&bytes, expect)).1).min().unwrap_or_default()
        });
        println!("  {name:<32} {:6.2}   {:8.1} MB/s", large.as_secs_f64() / small.as_secs_f64(), {
            megabytes(make(4).len()) / large.as_secs_f64()
        });
    }
}

/// What a module says in a busy session, about 2 MB of it.
fn mixed() -> Vec<u8> {
    let mut stream = Vec::new();
    for round in 0..10_000 {
        stream.extend_from_slice(b"AT+CSQ\r\r\n+CSQ: 23,0\r\n\r\nOK\r\n");
        stream.extend_from_slice(b"\r\n+CGEV: ME PDN ACT 1\r\n");
        let report = format!("\r\n+MSUB: \"room/1/t\",28 byte,{{\"t\": 21.5, \"n\": {round:>10}}}\r\n");
        stream.extend_from_slice(report.as_bytes());
        stream.extend_from_slice(b"AT+MPUB=\"room\",1,0,\"x\"\r\r\nOK\r\n\r\n+CEREG: 1\r\n");
        stream.extend_from_slice(b"AT+MCONNECT=1,60\r\r\n+CME ERROR: 767\r\n");
    }
    stream
}

fn digest_ours(stream: &[u8]) -> usize {
    digest(stream, false)
}

/// Frames, and for each line whether it ends an answer or is a report: what the atat digester decides too.
fn digest(stream: &[u8], may_prompt: bool) -> usize {
    let mut framer = Framer::new(message::recognise);
    let mut things = 0;
    for chunk in stream.chunks(CHUNK) {
        framer.push(Moment::ZERO, chunk);
        while let Some(frame) = framer.next_frame(Moment::ZERO, Expect::from(may_prompt)) {
            if let Frame::Line { bytes, .. } = &frame {
                let text = visible(bytes);
                black_box((Final::parse(&text), Urc::parse(&text)));
            }
            black_box(frame);
            things += 1;
        }
    }
    things
}

/// The reports that the stream holds, in the form that the derive macro of atat writes.
struct Reports;

impl Parser for Reports {
    fn parse(buffer: &[u8]) -> Result<(&[u8], usize), ParseError> {
        for token in ["+CGEV", "+MSUB", "+CEREG", "+CGREG", "+CPIN", "+NITZ", "^MODE"] {
            if let Some(found) = parser::try_urc(parser::urc_helper(token), buffer) {
                return found;
            }
        }
        Err(ParseError::NoMatch)
    }
}

fn digest_theirs(stream: &[u8]) -> usize {
    let mut digester = AtDigester::<Reports>::new();
    let mut buffer: Vec<u8> = Vec::new();
    let mut things = 0;
    for chunk in stream.chunks(CHUNK) {
        buffer.extend_from_slice(chunk);
        loop {
            let (result, taken) = digester.digest(&buffer);
            things += usize::from(result != DigestResult::None);
            let is_over = result == DigestResult::None;
            buffer.drain(..taken);
            if is_over {
                break;
            }
        }
    }
    things
}

fn timed(work: impl FnOnce() -> usize) -> (usize, Duration) {
    let started = now();
    let things = black_box(work());
    (things, started.elapsed())
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
fn now() -> Instant {
    Instant::now()
}

#[expect(clippy::cast_precision_loss, reason = "a few megabytes")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

type Family = (&'static str, bool, fn(usize) -> Vec<u8>);

/// Bytes that are meant to hurt, that many times, and whether a prompt is awaited.
const FAMILIES: [Family; 6] = [
    ("no line end at all", false, |times| vec![b'x'; times * 2_500_000]),
    ("one line of up to 10 MB", false, |times| [vec![b'x'; times * 2_500_000], b"\r\n".to_vec()].concat()),
    ("up to 400,000 prompts, awaited", true, |times| b"> ".repeat(times * 100_000)),
    ("up to 400,000 prompts, not awaited", false, |times| b"\r\n> \r\n".repeat(times * 100_000)),
    ("heads of reports without end", false, |times| b"+MSUB: \"t".repeat(times * 250_000)),
    ("a report longer than what comes", false, |times| {
        [b"+MSUB: \"t\",99999999 byte,".to_vec(), vec![b'x'; times * 2_500_000]].concat()
    }),
];

const CHUNK: usize = 256;
/// Each is measured so often, in turns; the best counts.
const TURNS: usize = 25;
