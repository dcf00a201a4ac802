//! Whoever looks at a log while it is read: how far it is, what it comes to, its lines wherever they are looked at, and then all
//! that passed, as a connection would have told it.
//!
//! A log is read twice: for what it comes to, which is soon known however long it is; and once more for whoever keeps what a
//! connection tells. A file that grows or is written anew is read again when it is followed.

use std::{path::Path, time::Duration};

use crossbeam_channel::{Receiver, RecvTimeoutError, TryRecvError};

use super::{
    Comparison, Findings, Judge, Origin, Source, Stop, Veil,
    retelling::{Passed, Retelling, retell},
    shown::{Shown, ShownLine, Wish},
    source::Stamp,
    timeline::Timeline,
};
use crate::record::{self, Encoding, LineIndex, Options, Reader};

/// What somebody who looks at a log is told.
#[derive(Debug)]
pub enum Answer {
    /// So much was read.
    Read {
        /// Bytes so far.
        bytes: u64,
        /// Bytes that it had when it was opened.
        length: Option<u64>,
        /// Lines that may be shown.
        lines: u32,
    },
    /// Lines as they may be shown; fewer than were wished for where there are no more.
    Lines {
        /// Number of the first.
        first: u32,
        /// They themselves.
        lines: Vec<ShownLine>,
    },
    /// It was read to its end, or to where that was given up.
    Ended {
        /// What it comes to.
        findings: Box<Findings>,
        /// Why it was given up.
        stop: Option<Stop>,
    },
    /// All that passed was told; each port with its name, where the log names it.
    Retold(Vec<Retold>),
}

/// A port of which all that passed was told.
#[derive(Clone, Debug, Default)]
pub struct Retold {
    /// Its name, where the log names it.
    pub name: Option<String>,
    /// What happened when.
    pub time: Timeline,
    /// What differs between a try that failed and one that did not, where there are both.
    pub comparison: Option<Comparison>,
}

/// Whoever looks at a log.
pub trait Onlooker {
    /// What is to be known of it.
    fn take(&mut self, answer: Answer);
    /// It is told from its beginning; what was told before is of no worth any more.
    fn begin(&mut self);
    /// Something passed its port `port` at its line `line`.
    fn pass(&mut self, port: usize, line: u32, passed: Passed);
}

/// How a log is to be read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The family that somebody said it is of; found out when `None`.
    pub format: Option<&'static str>,
    /// Whether it is read again when the file becomes another.
    pub follows: bool,
}

/// The families that a log may be of: key, and name for people.
pub fn formats() -> impl Iterator<Item = (&'static str, &'static str)> {
    record::FORMATS.iter().map(|format| (format.key, format.name))
}

/// Reads the log `origin`, called `name`, to its end, and answers `wishes` meanwhile and afterwards until nobody can wish any
/// more.
pub fn attend(origin: &Origin, name: &str, reading: &Reading, wishes: &Receiver<Wish>, onlooker: &mut dyn Onlooker) {
    let options = Options { format: reading.format.and_then(record::by_key), lines: None };
    loop {
        let mut attended = Attended { origin, options: &options, wishes, onlooker };
        let stamp = origin.stamp();
        let Some(log) = attended.read(name) else { return };
        if log.is_read && !attended.retell(&log) {
            return;
        }
        let pause = LEAST_PAUSE + Duration::from_micros(log.bytes / RESTED_BYTES);
        if !attended.rest(&log, reading.follows.then_some(pause), stamp) {
            return;
        }
    }
}

/// A log that was read.
struct Log {
    index: LineIndex,
    encoding: Encoding,
    veil: Option<Veil>,
    lines: u32,
    bytes: u64,
    /// It was read to its end.
    is_read: bool,
}

impl Log {
    const fn shown<'a>(&'a self, origin: &'a Origin, options: &'a Options) -> Shown<'a> {
        let Self { index, encoding, veil, lines, .. } = self;
        Shown { origin, index, encoding: *encoding, options, veil: veil.as_ref(), lines: *lines }
    }
}

struct Attended<'a> {
    origin: &'a Origin,
    options: &'a Options,
    wishes: &'a Receiver<Wish>,
    onlooker: &'a mut dyn Onlooker,
}

impl Attended<'_> {
    /// What it comes to; `None` when nobody wants to know any more.
    fn read(&mut self, name: &str) -> Option<Log> {
        let (origin, options, wishes) = (self.origin, self.options, self.wishes);
        let onlooker = &mut *self.onlooker;
        let (mut judge, mut reader) = (Judge::new(false).noting_secrets(), Reader::new(options.clone()));
        let mut index = None;
        let (mut bytes, mut steps) = (0, 0_u32);
        let mut read = |source: &mut Source| {
            let length = source.length();
            judge.read(source, &mut reader, &mut |judge, reader, step| {
                let index = index.get_or_insert_with(|| LineIndex::new(reader.encoding()));
                index.push(step);
                bytes += step.len() as u64;
                // The last line may still go on.
                let lines = judge.last_line().saturating_sub(1);
                if steps.is_multiple_of(STEPS_TOLD) {
                    onlooker.take(Answer::Read { bytes, length, lines });
                }
                steps += 1;
                let encoding = reader.encoding();
                let shown = Shown { origin, index, encoding, options, veil: judge.veil(), lines };
                answer_all(wishes, &shown, onlooker)
            })
        };
        let stop = origin.open().and_then(|mut source| read(&mut source)).err();
        if stop == Some(Stop::Unwanted) {
            return None;
        }
        let veil = judge.take_veil();
        let findings = Box::new(judge.conclude(name, &reader, stop.is_some()));
        let (lines, encoding) = (findings.lines, reader.encoding());
        let index = settled(index, encoding, origin);
        let is_read = stop.is_none();
        onlooker.take(Answer::Ended { findings, stop });
        Some(Log { index, encoding, veil, lines, bytes, is_read })
    }

    /// All that passed, from the beginning; `false` when nobody wants to know any more.
    fn retell(&mut self, log: &Log) -> bool {
        let (mut reader, mut retelling) = (Reader::new(self.options.clone()), Retelling::default());
        let Ok(mut source) = self.origin.open() else { return true };
        self.onlooker.begin();
        while let Ok(bytes) = source.next_bytes() {
            if bytes.is_empty() {
                break;
            }
            let onlooker = &mut *self.onlooker;
            retell(bytes, &mut reader, &mut retelling, &mut |port, line, passed| onlooker.pass(port, line, passed));
            if !answer_all(self.wishes, &log.shown(self.origin, self.options), self.onlooker) {
                return false;
            }
        }
        let onlooker = &mut *self.onlooker;
        reader.finish(&mut |nature, piece| {
            retelling.take(&piece, nature, &mut |port, line, passed| onlooker.pass(port, line, passed));
        });
        let named = retelling.end().into_iter().enumerate();
        let retold = |(port, (time, comparison))| {
            let name = reader.port(port).map(ToOwned::to_owned);
            Retold { name, time, comparison }
        };
        let ports = named.map(retold).collect();
        onlooker.take(Answer::Retold(ports));
        true
    }

    /// Answers wishes; `true` when the file is to be read again, `false` when nobody wishes any more.
    fn rest(&mut self, log: &Log, pause: Option<Duration>, stamp: Option<Stamp>) -> bool {
        loop {
            let wish = match pause {
                None => self.wishes.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(pause) => self.wishes.recv_timeout(pause),
            };
            match wish {
                Ok(wish) => answer(&log.shown(self.origin, self.options), wish, self.onlooker),
                Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) if self.origin.stamp() != stamp => return true,
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

/// Answers what is wished for now; `false` when nobody can wish any more.
fn answer_all(wishes: &Receiver<Wish>, shown: &Shown<'_>, onlooker: &mut dyn Onlooker) -> bool {
    loop {
        match wishes.try_recv() {
            Ok(wish) => answer(shown, wish, onlooker),
            Err(TryRecvError::Empty) => return true,
            Err(TryRecvError::Disconnected) => return false,
        }
    }
}

fn answer(shown: &Shown<'_>, wish: Wish, onlooker: &mut dyn Onlooker) {
    onlooker.take(Answer::Lines { first: wish.first, lines: shown.lines(wish) });
}

/// Whether the file at `path` begins like a log of a module.
pub fn looks_like_log(path: &Path) -> bool {
    let mut reader = Reader::new(Options::default());
    let Ok(mut source) = Source::open(path) else { return false };
    let Ok(bytes) = source.next_bytes() else { return false };
    reader.push(bytes, &mut |_, _| {});
    reader.finish(&mut |_, _| {});
    let evidence = reader.evidence();
    evidence.is_at_log() || !evidence.lua.is_empty() || !evidence.foreign.is_empty()
}

/// The index of a log that has ended. What is in a very short one is known only at its end.
fn settled(index: Option<LineIndex>, encoding: Encoding, origin: &Origin) -> LineIndex {
    let is_wide = |encoding| matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
    match index {
        Some(index) if index.is_wide() == is_wide(encoding) => index,
        _ => {
            let mut index = LineIndex::new(encoding);
            if let Ok(mut source) = origin.open()
                && let Ok(bytes) = source.next_bytes()
            {
                index.push(bytes);
            }
            index
        }
    }
}

/// So many steps of reading pass before somebody hears of them again.
const STEPS_TOLD: u32 = 32;
/// A file that is followed is let alone for some time, and longer the longer it takes to read it: a microsecond for so many
/// bytes.
const RESTED_BYTES: u64 = 20;
const LEAST_PAUSE: Duration = Duration::from_millis(500);

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crossbeam_channel::{Sender, bounded};

    use super::*;
    use crate::modem::event::Event;

    /// Keeps what it is told; wishes for `late` when the log is read.
    #[derive(Default)]
    struct Kept {
        answers: Vec<Answer>,
        passed: Vec<(usize, u32, Passed)>,
        late: Option<(Sender<Wish>, Vec<Wish>)>,
    }

    impl Onlooker for Kept {
        fn take(&mut self, answer: Answer) {
            if matches!(answer, Answer::Retold(_))
                && let Some((sender, wishes)) = self.late.take()
            {
                wish(&sender, &wishes);
            }
            if matches!(answer, Answer::Ended { stop: Some(_), .. }) {
                self.late = None;
            }
            self.answers.push(answer);
        }

        fn begin(&mut self) {
            self.passed.clear();
        }

        fn pass(&mut self, port: usize, line: u32, passed: Passed) {
            self.passed.push((port, line, passed));
        }
    }

    fn wish(sender: &Sender<Wish>, wishes: &[Wish]) {
        for wish in wishes {
            sender.try_send(*wish).expect("there is room");
        }
    }

    /// What is told of `origin` to somebody who wishes for `early` before it is read, and for `late` when it is.
    fn attended(origin: &Origin, early: &[Wish], late: &[Wish]) -> Kept {
        let (sender, receiver) = bounded(early.len() + late.len() + 1);
        wish(&sender, early);
        let mut kept = Kept { late: Some((sender, late.to_vec())), ..Kept::default() };
        attend(origin, "a.log", &Reading::default(), &receiver, &mut kept);
        kept
    }

    fn lines(kept: &Kept) -> Vec<(u32, Vec<String>)> {
        let told = |answer: &Answer| match answer {
            Answer::Lines { first, lines } => Some((*first, lines.iter().map(|line| line.text.clone()).collect())),
            _ => None,
        };
        kept.answers.iter().filter_map(told).collect()
    }

    #[test]
    fn a_log_is_told_with_its_end_and_its_lines() {
        let log = "AT+CSQ\r\n+CSQ: 7,0\r\nOK\r\n".repeat(60_000);
        let text = Origin::Text(Arc::from(format!("{log}AT+CPIN?\r\n+CME ERROR: 10\r\n")));
        let wish = |first| Wish { first, count: 9 };
        let kept = attended(&text, &[wish(3), wish(180_001)], &[wish(180_001), wish(14_999)]);
        let ended = kept.answers.iter().find_map(|answer| match answer {
            Answer::Ended { findings, stop } => Some((findings.result.key(), findings.lines, stop.clone())),
            _ => None,
        });
        assert_eq!(ended, Some(("trouble", 180_002, None)));
        let lines = lines(&kept);
        let whole = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        assert!(lines[1].1.is_empty(), "what is not judged yet is not shown: {:?}", lines[1]);
        assert_eq!(lines[2], (180_001, whole(&["AT+CPIN?", "+CME ERROR: 10"])));
        assert_eq!(lines[3].1[..3], whole(&["+CSQ: 7,0", "OK", "AT+CSQ"]));
    }

    #[test]
    fn each_line_stands_beside_what_is_understood_of_it_wherever_it_is_looked_at() {
        let far = "[10:00:00.000]发→◇AT+CSQ\r\n□\r\n[10:00:00.010]收←◆\r\n+CSQ: 7,0\r\n\r\nOK\r\n\r\n".repeat(3_000);
        let log =
            format!("{far}[10:00:01.000]收←◆\r\n+CGEV: ME PDN DEACT 1\r\n\r\n[10:00:02.000]发→◇AT+CPIN?\r\n□\r\n");
        let first = u32::try_from(far.lines().count()).expect("a short log") + 1;
        let kept =
            attended(&Origin::Text(Arc::from(log)), &[], &[Wish { first, count: 9 }, Wish { first: 1, count: 4 }]);
        let shown: Vec<Vec<(String, Vec<String>)>> = kept
            .answers
            .iter()
            .filter_map(|answer| match answer {
                Answer::Lines { lines, .. } => Some(lines),
                _ => None,
            })
            .map(|lines| {
                let words = |line: &ShownLine| {
                    line.understood.iter().map(|one| format!("{:?} {}", one.kind, one.text)).collect()
                };
                lines.iter().map(|line| (line.text.clone(), words(line))).collect()
            })
            .collect();
        let row = |text: &str, understood: &[&str]| {
            (text.to_owned(), understood.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(shown[0][1], row("+CGEV: ME PDN DEACT 1", &["Unsolicited +CGEV: ME PDN DEACT 1"]));
        assert_eq!(shown[0][3], row("[10:00:02.000]发→◇AT+CPIN?", &["Sent AT+CPIN?"]));
        assert_eq!(shown[1][0], row("[10:00:00.000]发→◇AT+CSQ", &["Sent AT+CSQ"]));
        assert_eq!(shown[1][3], row("+CSQ: 7,0", &["Answer +CSQ: 7,0"]));
    }

    #[test]
    fn all_that_passed_is_told_as_a_connection_would_tell_it() {
        let log = "[10:00:00.000]发→◇AT+MPUB=\"a/b\",1,0,\"\\22hi\\22\"\r\n□\r\n[10:00:00.010]收←◆\r\nOK\r\n\r\n\
                   [10:00:00.200]收←◆\r\nPUBACK\r\n\r\n[10:00:01.000]收←◆\r\n+MSUB: \"c\",2 byte,ok\r\n\r\n";
        let kept = attended(&Origin::Text(Arc::from(log)), &[], &[]);
        let ten = 10 * 3_600 * 1_000_000;
        assert!(
            matches!(kept.passed.first(), Some((0, 1, Passed::Began(began))) if *began == ten),
            "{:?}",
            kept.passed
        );
        let published = kept.passed.iter().position(|(_, _, passed)| {
            matches!(passed, Passed::Published(_, message)
            if message.topic.as_str() == "a/b" && message.payload == b"\"hi\"")
        });
        let moved = kept.passed.iter().position(|(.., passed)| matches!(passed, Passed::Told(Event::Publish(_))));
        assert!(published.is_some() && published < moved, "a publish is known before it moves on: {:?}", kept.passed);
        assert!(
            kept.passed.iter().any(|(_, line, passed)| {
                matches!(passed, Passed::Told(Event::Message(arrival)) if arrival.message.payload == b"ok")
                    && *line == 10
            }),
            "{:?}",
            kept.passed
        );
        let Some(Answer::Retold(ports)) = kept.answers.last() else { panic!("{:?}", kept.answers) };
        assert_eq!((ports.len(), ports[0].time.sessions.len()), (1, 1), "a confirmation shows a session");
    }

    /// Lets the file grow when it is read for the first time, and goes when it is read again.
    struct Grown {
        path: std::path::PathBuf,
        sender: Option<Sender<Wish>>,
        lines: Vec<u32>,
    }
    impl Onlooker for Grown {
        fn take(&mut self, answer: Answer) {
            let Answer::Ended { findings, .. } = answer else { return };
            self.lines.push(findings.lines);
            if self.lines.len() == 2 {
                self.sender = None;
            } else {
                std::fs::write(&self.path, "AT\r\nOK\r\nAT+CSQ\r\nOK\r\n").expect("a file");
            }
        }
        fn begin(&mut self) {}
        fn pass(&mut self, _: usize, _: u32, _: Passed) {}
    }

    #[test]
    fn a_file_that_grows_is_read_again_when_it_is_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.log");
        std::fs::write(&path, "AT\r\nOK\r\n").expect("a file");
        let (sender, receiver) = bounded(1);
        let mut grown = Grown { path: path.clone(), sender: Some(sender), lines: Vec::new() };
        let reading = Reading { follows: true, ..Reading::default() };
        attend(&Origin::File(path), "a.log", &reading, &receiver, &mut grown);
        assert_eq!(grown.lines, [2, 4]);
    }

    #[test]
    fn a_short_file_in_utf_16_is_shown_as_text() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.log");
        let bytes: Vec<_> = "\u{feff}AT\r\nOK\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        std::fs::write(&path, bytes).expect("a file");
        assert!(looks_like_log(&path));
        let kept = attended(&Origin::File(path), &[], &[Wish { first: 1, count: 5 }]);
        assert_eq!(lines(&kept), [(1, vec!["AT".to_owned(), "OK".to_owned()])]);
    }

    #[test]
    fn what_cannot_be_read_is_told_and_nobody_waits() {
        let kept = attended(&Origin::File("/nowhere/at/all.log".into()), &[], &[]);
        assert!(matches!(&kept.answers[..], [Answer::Ended { stop: Some(Stop::Refused(_)), .. }]));
    }

    #[test]
    fn nothing_is_read_on_when_nobody_can_wish_any_more() {
        let (sender, receiver) = bounded(1);
        drop(sender);
        let mut kept = Kept::default();
        // Sixteen times as much as is read at once.
        let log = Origin::Text(Arc::from("AT\r\nOK\r\n".repeat(128 * 1_024)));
        attend(&log, "a.log", &Reading::default(), &receiver, &mut kept);
        assert!(!kept.answers.iter().any(|answer| matches!(answer, Answer::Ended { .. })), "{:?}", kept.answers.len());
        assert_eq!(kept.answers.len(), 1, "one step of reading and no more");
    }
}
