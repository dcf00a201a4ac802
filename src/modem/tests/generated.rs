//! 2,000 generated sessions, each cut at every single place, byte by byte and at random: always the same events.

use std::thread;

use super::{dice::Dice, *};

/// A wish, when there is one, and what the modem says to the line that then goes out.
struct Part {
    wish: Option<Request>,
    says: Vec<u8>,
}

const REPORTS: [&str; 10] = [
    "",
    "",
    "",
    "+CGEV: ME PDN ACT 1",
    "^MODE: 17,17",
    "+MSUB: \"t\",4 byte,\r\nOK",
    "+MSUB: t,3,>\0\"",
    "+CEREG: 5",
    "+MSUB: 2",
    "what > is \u{fe} this",
];

/// What a module may say to a line, without echo and line ends.
const DIALOGUES: [(&str, &[&str]); 12] = [
    ("AT", &["OK"]),
    ("AT+CSQ", &["+CSQ: 21,0", "OK"]),
    ("AT+CSQ", &["+CME ERROR: 14"]),
    ("AT+X?", &["+X: 1,\"a>b\"", "two", "OK"]),
    ("ATI", &["AirM2M_780E_V1169_LTE_AT", "OK"]),
    ("AT+MIPSTART=\"h\",1", &["OK", "CONNECT OK"]),
    ("AT+MIPSTART=\"h\",1", &["OK", "STATE: IP STATUS", "7,CONNECT FAIL"]),
    ("AT+MCONNECT=1,60", &["OK", "CONNACK OK"]),
    ("AT+MSUB=\"t\",0", &["OK", "SUBACK"]),
    ("AT+MPUB=\"t\",2,0,\"x\"", &["OK", "PUBREC", "PUBCOMP"]),
    ("AT+MPUB=\"t\",1,0,\"x\"", &["+CME ERROR: 767"]),
    ("AT+CIFSR", &["10.1.2.3"]),
];

fn session(seed: u64) -> Vec<Part> {
    let mut dice = Dice::new(seed);
    let mut parts = Vec::new();
    for _ in 0..=dice.below(2) {
        if dice.below(8) == 0 {
            parts.extend(read_file(&mut dice));
        } else {
            parts.push(dialogue(&mut dice));
        }
    }
    parts
}

fn report(dice: &mut Dice) -> Vec<u8> {
    let text = *dice.pick(&REPORTS);
    if text.is_empty() { Vec::new() } else { [b"\r\n", text.as_bytes(), b"\r\n"].concat() }
}

fn dialogue(dice: &mut Dice) -> Part {
    let (line, answer) = *dice.pick(&DIALOGUES);
    let mut says = if dice.below(4) == 0 { Vec::new() } else { format!("{line}\r").into_bytes() };
    for line in answer {
        says.extend(report(dice));
        says.extend(framed(line));
    }
    says.extend(report(dice));
    Part { wish: Some(Request::Raw(line.to_owned())), says }
}

fn read_file(dice: &mut Dice) -> [Part; 2] {
    let content: Vec<u8> = (0..dice.below(13)).map(|_| *dice.pick(b"\r\nOK>+A\0\xff-")).collect();
    let content = [b"-".as_slice(), &content].concat();
    let size = format!("AT+FSFLSIZE=\"a\"\r\r\n+FSFLSIZE: {}\r\n\r\nOK\r\n", content.len());
    let read = format!("AT+FSREAD=\"a\",0,{},0\r\r\n", content.len());
    let block = [read.as_bytes(), &content, b"\r\n\r\nOK\r\n"].concat();
    [Part { wish: Some(Request::ReadFile("a".into())), says: size.into_bytes() }, Part { wish: None, says: block }]
}

/// Plays a session in pieces that end where `is_cut` says, counted from its first byte. What the modem says to one line comes
/// before the next is sent, however it is cut.
fn play(parts: &[Part], mut is_cut: impl FnMut(usize) -> bool) -> Vec<Event> {
    let mut modem = Modem::new(Moment::ZERO);
    let (mut events, mut now, mut at) = (Vec::new(), Moment::ZERO, 0);
    for (id, part) in (1..).map(RequestId).zip(parts) {
        now += Duration::from_millis(10);
        if let Some(wish) = &part.wish {
            modem.request(now, id, wish.clone());
        }
        drain(&mut modem, now, &mut events);
        let mut from = 0;
        for end in 1..=part.says.len() {
            at += 1;
            if end == part.says.len() || is_cut(at) {
                modem.handle_bytes(now, &part.says[from..end]);
                from = end;
            }
        }
    }
    drain(&mut modem, now, &mut events);
    let closes = now + Duration::from_mins(5);
    modem.handle_closed(closes, None);
    drain(&mut modem, closes, &mut events);
    events.retain(|event| !matches!(event, Event::Status(_)));
    events
}

fn drain(modem: &mut Modem, now: Moment, events: &mut Vec<Event>) {
    loop {
        while let Some(event) = modem.poll_event() {
            events.push(event);
        }
        if modem.poll_transmit().is_none() {
            return;
        }
        modem.handle_sent(now);
    }
}

fn hold(seed: u64) {
    let parts = session(seed);
    let whole = play(&parts, |_| false);
    let wishes = parts.iter().filter(|part| part.wish.is_some()).count();
    assert_eq!(whole.iter().filter(|event| matches!(event, Event::Done { .. })).count(), wishes, "seed {seed}");
    let length: usize = parts.iter().map(|part| part.says.len()).sum();
    for cut in 1..length {
        assert_eq!(play(&parts, |at| at == cut), whole, "seed {seed}, cut at {cut}");
    }
    assert_eq!(play(&parts, |_| true), whole, "seed {seed}, byte by byte");
    for round in 0..8 {
        let mut dice = Dice::new(seed << 8 | round);
        let density = 1 + dice.below(20);
        assert_eq!(play(&parts, |_| dice.below(density) == 0), whole, "seed {seed}, random cuts {round}");
    }
}

#[test]
fn every_cut_of_2000_sessions_gives_the_same_events() {
    thread::scope(|scope| {
        for part in 0..WORKERS {
            let seeds = (0..2_000).filter(move |seed| seed % WORKERS == part);
            thread::Builder::new().spawn_scoped(scope, || seeds.for_each(hold)).expect("a thread");
        }
    });
}

const WORKERS: u64 = 2;
