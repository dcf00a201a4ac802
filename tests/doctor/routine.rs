//! What is counted is what would have been understood: logs of routine and of everything that breaks it, once read with the
//! path that counts what repeats and once line by line. Both say the same, by the line.

use std::{
    fmt::Write as _,
    sync::atomic::{AtomicU64, Ordering},
};

use air780e_companion::{
    at::text::Within,
    doctor::Judge,
    record::{Options, Reader},
};
use proptest::prelude::*;

/// One dialogue, or what breaks the routine.
#[derive(Clone, Debug)]
enum Step {
    /// A message and what comes back, with its payload.
    Publish { qos: u8, payload: String, comes_back: bool },
    /// `AT+CSQ`.
    Signal(u8),
    /// A message that comes alone.
    Message(String),
    /// A message over two lines.
    Lines(u32, u32),
    /// A line of the module.
    Line(&'static str),
    /// A command that is refused.
    Refused(&'static str, &'static str),
    /// A command without an answer.
    Silence(&'static str),
    /// A login with a password.
    Login(&'static str),
    /// The link is opened again.
    Open,
    /// A pause, in milliseconds.
    Pause(u32),
    /// A message that is cut short.
    Cut,
}

/// How the log is written.
#[derive(Clone, Copy, Debug)]
enum Style {
    Sscom { echoes: bool },
    Tio,
    Raw,
    LlcomLike,
}

struct Log {
    text: String,
    clock: u32,
    style: Style,
}

impl Log {
    fn new(style: Style, clock: u32) -> Self {
        Self { text: String::new(), clock, style }
    }

    fn stamp(&self) -> String {
        let at = self.clock % 86_400_000;
        format!("{:02}:{:02}:{:02}.{:03}", at / 3_600_000, at / 60_000 % 60, at / 1_000 % 60, at % 1_000)
    }

    fn sent(&mut self, after: u32, command: &str) {
        self.clock += after;
        let stamp = self.stamp();
        match self.style {
            Style::Sscom { .. } => write!(self.text, "[{stamp}]发→◇{command}\r\n□\r\n"),
            Style::Tio => write!(self.text, "[{stamp}] {command}\r\n"),
            Style::Raw => write!(self.text, "{command}\r\n"),
            Style::LlcomLike => writeln!(self.text, "[{stamp}] TX: {command}"),
        }
        .expect("a text takes everything");
    }

    fn received(&mut self, after: u32, command: &str, lines: &[&str]) {
        self.clock += after;
        let stamp = self.stamp();
        let out = &mut self.text;
        match self.style {
            Style::Sscom { echoes } => {
                let echo = if echoes { command } else { "" };
                write!(out, "[{stamp}]收←◆{echo}\r\n").expect("a text takes everything");
                for line in lines {
                    write!(out, "{line}\r\n\r\n").expect("a text takes everything");
                }
            }
            Style::Tio => {
                for line in lines {
                    write!(out, "[{stamp}] \r\n[{stamp}] {line}\r\n").expect("a text takes everything");
                }
            }
            Style::Raw => {
                for line in lines {
                    write!(out, "\r\n{line}\r\n").expect("a text takes everything");
                }
            }
            Style::LlcomLike => {
                for line in lines {
                    writeln!(out, "[{stamp}] RX: {line}").expect("a text takes everything");
                }
            }
        }
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Publish { qos, payload, comes_back } => {
                let command = format!("AT+MPUB=\"a/b\",{qos},0,\"{payload}\"");
                self.sent(400, &command);
                self.received(12, &command, &["OK"]);
                match qos {
                    1 => self.received(90, "", &["PUBACK"]),
                    2 => self.received(90, "", &["PUBREC", "PUBCOMP"]),
                    _ => {}
                }
                if *comes_back {
                    self.received(60, "", &[&format!("+MSUB: \"a/b\",{} byte,{payload}", payload.len())]);
                }
            }
            Step::Signal(rssi) => {
                self.sent(100, "AT+CSQ");
                self.received(12, "AT+CSQ", &[&format!("+CSQ: {rssi},0"), "OK"]);
            }
            Step::Message(payload) => {
                self.received(300, "", &[&format!("+MSUB: \"a/b\",{} byte,{payload}", payload.len())]);
            }
            Step::Lines(one, two) => {
                self.received(300, "", &[&format!("+MSUB: \"a/b\",18 byte,{one:>8}\r\n{two:>8}")]);
            }
            Step::Line(line) => self.received(200, "", &[line]),
            Step::Refused(command, error) => {
                self.sent(100, command);
                self.received(12, command, &[error]);
            }
            Step::Silence(command) => self.sent(100, command),
            Step::Login(password) => {
                let command = format!("AT+MCONFIG=\"dev\",\"user\",\"{password}\"");
                self.sent(100, &command);
                self.received(12, &command, &["OK"]);
            }
            Step::Open => {
                for (command, word) in [
                    ("AT+MIPSTART=\"broker.test\",1883", "CONNECT OK"),
                    ("AT+MCONNECT=1,60", "CONNACK OK"),
                    ("AT+MSUB=\"a/b\",0", "SUBACK"),
                ] {
                    self.sent(100, command);
                    self.received(12, command, &["OK"]);
                    self.received(300, "", &[word]);
                }
            }
            Step::Pause(millis) => self.clock += millis,
            Step::Cut => self.received(300, "", &["+MSUB: \"a/b\",40 byte,{\"t\":1"]),
        }
    }
}

/// The lines that are not shown as they stand.
fn masked(text: &[u8], judge: &Judge) -> String {
    let veil = judge.veil().expect("it notes secrets");
    let text = String::from_utf8_lossy(text);
    let mut within = Within::Nothing;
    let shown = (1..).zip(text.split("\r\n").flat_map(|line| line.split(['\r', '\n'])));
    let shown = shown.map(|(number, line)| format!("{number}: {}", veil.shown(number, line, &mut within)));
    shown.filter(|line| line.contains("***")).collect::<Vec<_>>().join("\n")
}

/// What the log comes to, by the line, and how many bytes had to be understood for it.
fn told(text: &[u8], cuts: &[usize], counts_routine: bool) -> (String, u64) {
    let judge = Judge::new(true).noting_secrets();
    let mut judge = if counts_routine { judge } else { judge.line_by_line() };
    let mut reader = Reader::new(Options::default());
    let mut rest = text;
    for cut in cuts.iter().copied().chain([usize::MAX]) {
        let (bytes, after) = rest.split_at(cut.min(rest.len()));
        judge.push(bytes, &mut reader);
        rest = after;
    }
    judge.finish(&mut reader);
    let (evidence, understood) = (format!("{:?}", reader.evidence()), judge.understood());
    let masked = masked(text, &judge);
    (format!("{:#?}\n{evidence}\n{masked}", judge.conclude("a.log", &reader, false)), understood)
}

fn payload() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "value [0-9]{4}",
        1 => "[ -!#-~]{0,40}",
        1 => Just("温度 21".to_owned()),
        1 => Just("{\\22code\\22:0}".to_owned()),
        1 => Just("AirM2M_780E LuatOS@ +CME ERROR: 10 CLOSED".to_owned()),
        1 => Just("AT+CSQ OK +MSUB: \\0D\\0A".to_owned()),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0_u8..3, payload(), any::<bool>())
            .prop_map(|(qos, payload, comes_back)| Step::Publish { qos, payload, comes_back }),
        2 => prop_oneof![Just(24), Just(24), Just(22), Just(9), Just(99)].prop_map(Step::Signal),
        1 => payload().prop_map(Step::Message),
        1 => (0..100_u32, 0..99_999_999_u32).prop_map(|(one, two)| Step::Lines(one, two)),
        1 => prop_oneof![
            Just("CLOSED"), Just("+CGEV: NW PDN DEACT 1"), Just("RDY"), Just("+CGREG: 1"), Just("PUBACK"), Just("OK"),
            Just("^boot.rom'v'!\\n"), Just("+MSUB: 0"), Just("I/user.main started"), Just("noise \u{1b}[31m red"),
        ].prop_map(Step::Line),
        1 => prop_oneof![
            Just(("AT+CGEREP=1", "ERROR")), Just(("AT+MPUB=\"a/b\",1,0,\"x\"", "+CME ERROR: 767")),
            Just(("AT+CPIN?", "+CME ERROR: 10")), Just(("AT+QMTOPEN=0,\"b\",1", "ERROR")),
        ].prop_map(|(command, error)| Step::Refused(command, error)),
        1 => prop_oneof![Just("AT+CSQ"), Just("AT+MPUB=\"a/b\",1,0,\"lost\"")].prop_map(Step::Silence),
        1 => prop_oneof![Just("S3cret-One"), Just("S3cret-Two")].prop_map(Step::Login),
        1 => Just(Step::Open),
        1 => prop_oneof![Just(900_u32), Just(2_000), Just(12_000), Just(95_000), Just(43_200_000)].prop_map(Step::Pause),
        1 => Just(Step::Cut),
    ]
}

fn style() -> impl Strategy<Value = Style> {
    prop_oneof![
        Just(Style::Sscom { echoes: true }),
        Just(Style::Sscom { echoes: false }),
        Just(Style::Tio),
        Just(Style::Raw),
        Just(Style::LlcomLike),
    ]
}

/// A few dialogues, again and again, and then one thing that is not of them.
fn part() -> impl Strategy<Value = (Vec<Step>, usize, Step)> {
    let routine = prop_oneof![
        3 => (1_u8..3, "value [0-9]{4}").prop_map(|(qos, payload)| Step::Publish { qos, payload, comes_back: true }),
        1 => Just(Step::Signal(24)),
        1 => Just(Step::Lines(7, 12_345)),
        1 => Just(Step::Publish { qos: 0, payload: "温度".to_owned(), comes_back: true }),
    ];
    (proptest::collection::vec(routine, 1..4), 200_usize..800, step())
}

/// Bytes of all logs so far, and how many of them were understood where routine is counted.
static BYTES: AtomicU64 = AtomicU64::new(0);
static UNDERSTOOD: AtomicU64 = AtomicU64::new(0);

#[test]
fn counting_says_what_reading_each_line_says() {
    counting_what_repeats_says_what_reading_each_line_says();
    let (bytes, understood) = (BYTES.load(Ordering::Relaxed), UNDERSTOOD.load(Ordering::Relaxed));
    assert!(understood * 10 < bytes * 9, "nothing was counted: {understood} of {bytes} bytes were read line by line");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 100, ..ProptestConfig::default() })]

    fn counting_what_repeats_says_what_reading_each_line_says(
        style in style(),
        begin in prop_oneof![Just(36_000_000_u32), Just(86_300_000)],
        parts in proptest::collection::vec(part(), 1..4),
        cuts in proptest::collection::vec(1_usize..60_000, 0..20),
        flips in proptest::collection::vec((200_usize..1_000, any::<u8>()), 0..3),
    ) {
        let mut log = Log::new(style, begin);
        log.take(&Step::Login("S3cret-One"));
        log.take(&Step::Open);
        for (routine, times, other) in &parts {
            for number in 0..*times {
                for step in routine {
                    match step {
                        Step::Publish { qos, payload, comes_back } if payload.starts_with("value") => {
                            let payload = format!("value {number:04}");
                            log.take(&Step::Publish { qos: *qos, payload, comes_back: *comes_back });
                        }
                        Step::Lines(..) => log.take(&Step::Lines(u32::try_from(number).unwrap_or(0), 7)),
                        other => log.take(other),
                    }
                }
            }
            log.take(other);
        }
        let mut bytes = log.text.into_bytes();
        for (place, byte) in flips {
            let at = bytes.len() * place / 1_000;
            bytes[at] = byte;
        }
        let (plain, all) = told(&bytes, &[], false);
        let (counted, understood) = told(&bytes, &cuts, true);
        BYTES.fetch_add(all, Ordering::Relaxed);
        UNDERSTOOD.fetch_add(understood, Ordering::Relaxed);
        if plain != counted {
            let path = std::env::temp_dir().join("routine-differs.log");
            std::fs::write(&path, &bytes).expect("written");
            let differs = plain.lines().zip(counted.lines()).filter(|(one, other)| one != other).take(12);
            let differs: Vec<_> = differs.map(|(one, other)| format!("{one}  <>  {other}")).collect();
            prop_assert!(false, "{:?}: {} against {}, {}\n{}", style, plain.len(), counted.len(), path.display(), differs.join("\n"));
        }
        prop_assert!(!counted.contains("S3cret"), "a password is told");
    }
}

#[test]
fn a_long_routine_is_counted_and_not_understood_line_by_line() {
    let mut log = Log::new(Style::Sscom { echoes: false }, 36_000_000);
    log.take(&Step::Open);
    for number in 0..20_000 {
        log.take(&Step::Publish { qos: 1, payload: format!("value {number:08}"), comes_back: true });
    }
    let bytes = log.text.into_bytes();
    let (mut judge, mut reader) = (Judge::new(false), Reader::new(Options::default()));
    for piece in bytes.chunks(65_536) {
        judge.push(piece, &mut reader);
    }
    judge.finish(&mut reader);
    let understood = judge.understood();
    assert!(understood * 4 < bytes.len() as u64, "{understood} of {} bytes were read line by line", bytes.len());
    let findings = judge.conclude("a.log", &reader, false);
    assert_eq!((findings.published, findings.confirmed, findings.received), (20_000, 20_000, 20_000));
}

/// Each message with its own line and length, and no less is counted for it.
#[test]
fn each_message_of_a_routine_is_told_without_being_understood() {
    let mut log = Log::new(Style::Sscom { echoes: true }, 36_000_000);
    log.take(&Step::Open);
    for number in 0..6_000_usize {
        let payload = "x".repeat(number % 37 + 1);
        log.take(&Step::Publish { qos: 1, payload: payload.clone(), comes_back: false });
        log.take(&Step::Message(payload));
    }
    let bytes = log.text.into_bytes();
    let whole = |judge: Judge| {
        let (mut judge, mut reader) = (judge, Reader::new(Options::default()));
        bytes.chunks(65_536).for_each(|piece| judge.push(piece, &mut reader));
        judge.finish(&mut reader);
        let understood = judge.understood();
        (judge.conclude("a.log", &reader, false).messages, understood)
    };
    let (counted, understood) = whole(Judge::new(true));
    assert!(understood * 3 < bytes.len() as u64, "{understood} of {} bytes were read line by line", bytes.len());
    assert_eq!(counted.len(), 12_000);
    assert!(counted == whole(Judge::new(true).line_by_line()).0, "other messages than line by line");
}

#[test]
fn messages_of_several_kinds_are_counted_too() {
    let mut log = Log::new(Style::Sscom { echoes: false }, 36_000_000);
    log.take(&Step::Open);
    for number in 0..8_000_u32 {
        let payload = format!("value {number:08}");
        log.take(&Step::Publish { qos: 1, payload: payload.clone(), comes_back: false });
        match number % 4 {
            0 => log.take(&Step::Message(payload)),
            1 => log.received(60, "", &["+MSUB: \"a/b\",4 byte,温度"]),
            2 => log.take(&Step::Message(format!("{{\"n\": {number:>15}}}"))),
            _ => log.take(&Step::Lines(number, number)),
        }
        if number.is_multiple_of(5) {
            log.take(&Step::Signal(24));
        }
    }
    let bytes = encoding_rs::GBK.encode(&log.text).0;
    let (mut judge, mut reader) = (Judge::new(false), Reader::new(Options::default()));
    for piece in bytes.chunks(65_536) {
        judge.push(piece, &mut reader);
    }
    judge.finish(&mut reader);
    let understood = judge.understood();
    assert!(understood * 4 < bytes.len() as u64, "{understood} of {} bytes were read line by line", bytes.len());
    let findings = judge.conclude("a.log", &reader, false);
    assert_eq!((findings.published, findings.confirmed, findings.received), (8_000, 8_000, 8_000));
}
