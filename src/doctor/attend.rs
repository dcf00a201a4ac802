//! Whoever looks at a log while it is read: how far it is, what it comes to, and its lines wherever they are looked at.
//!
//! Nothing holds the log: lines are cut again from its bytes, and only once it is known what of them may be shown.

use std::path::Path;

use crossbeam_channel::{Receiver, TryRecvError};

use super::{Findings, Judge, Origin, Source, Stop, Veil};
use crate::{
    at::text::Within,
    record::{Encoding, LineIndex, Options, Reader, lines_behind},
};

/// Lines that somebody looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The first of them, from 1.
    pub first: u32,
    /// How many there are at most.
    pub count: u32,
}

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
        /// Their texts, the very long ones cut.
        lines: Vec<String>,
    },
    /// It was read to its end, or to where that was given up.
    Ended {
        /// What it comes to.
        findings: Box<Findings>,
        /// Why it was given up.
        stop: Option<Stop>,
    },
}

/// Reads the log `origin`, called `name`, to its end, and answers `wishes` meanwhile and afterwards until nobody can wish any
/// more.
pub fn attend(origin: &Origin, name: &str, wishes: &Receiver<Wish>, tell: &mut dyn FnMut(Answer)) {
    let (mut judge, mut reader) = (Judge::new(false).noting_secrets(), Reader::new(Options::default()));
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
                tell(Answer::Read { bytes, length, lines });
            }
            steps += 1;
            loop {
                let shown = Shown { origin, index, encoding: reader.encoding(), veil: judge.veil(), lines };
                match wishes.try_recv() {
                    Ok(wish) => tell(shown.answer(wish)),
                    Err(TryRecvError::Empty) => return true,
                    Err(TryRecvError::Disconnected) => return false,
                }
            }
        })
    };
    let stop = origin.open().and_then(|mut source| read(&mut source)).err();
    if stop == Some(Stop::Unwanted) {
        return;
    }
    let veil = judge.take_veil();
    let findings = Box::new(judge.conclude(name, &reader, stop.is_some()));
    let (lines, encoding) = (findings.lines, reader.encoding());
    let index = settled(index, encoding, origin);
    tell(Answer::Ended { findings, stop });
    while let Ok(wish) = wishes.recv() {
        tell(Shown { origin, index: &index, encoding, veil: veil.as_ref(), lines }.answer(wish));
    }
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

/// What of a log may be shown now.
struct Shown<'a> {
    origin: &'a Origin,
    index: &'a LineIndex,
    encoding: Encoding,
    veil: Option<&'a Veil>,
    lines: u32,
}

impl Shown<'_> {
    fn answer(&self, wish: Wish) -> Answer {
        let last = wish.first.saturating_add(wish.count.saturating_sub(1)).min(self.lines);
        let place = self.index.before(wish.first);
        let (mut lines, mut within) = (Vec::new(), Within::Nothing);
        if let Ok(mut from) = self.origin.behind(place.offset)
            && let Some(veil) = self.veil
            && wish.first <= last
        {
            // A key may have begun before: all lines behind the place are looked at.
            let read =
                lines_behind(&mut *from, self.encoding, place.line, &(place.line..=last), &mut |number, line| {
                    let mut shown = veil.shown(number, line, &mut within);
                    shown.truncate(shown.floor_char_boundary(LONGEST));
                    if number >= wish.first {
                        lines.push(shown);
                    }
                });
            if let Err(error) = read {
                tracing::warn!(%error, "lines of a log cannot be read again");
            }
        }
        Answer::Lines { first: wish.first, lines }
    }
}

/// So many steps of reading pass before somebody hears of them again.
const STEPS_TOLD: u32 = 32;
/// Of a longer line only the beginning is shown.
const LONGEST: usize = 1_024;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crossbeam_channel::{Sender, bounded};

    use super::*;

    /// What is told of `origin` to somebody who wishes for `early` before it is read, and for `late` when it is.
    fn attended(origin: &Origin, early: &[Wish], late: &[Wish]) -> Vec<Answer> {
        let (sender, receiver) = bounded(early.len() + late.len());
        let wish = |sender: &Sender<Wish>, wishes: &[Wish]| {
            for wish in wishes {
                sender.try_send(*wish).expect("there is room");
            }
        };
        wish(&sender, early);
        let mut sender = Some(sender);
        let mut answers = Vec::new();
        attend(origin, "a.log", &receiver, &mut |answer| {
            if matches!(answer, Answer::Ended { .. })
                && let Some(sender) = sender.take()
            {
                wish(&sender, late);
            }
            answers.push(answer);
        });
        answers
    }

    fn lines(answers: &[Answer]) -> Vec<(u32, Vec<String>)> {
        let told = |answer: &Answer| match answer {
            Answer::Lines { first, lines } => Some((*first, lines.clone())),
            _ => None,
        };
        answers.iter().filter_map(told).collect()
    }

    #[test]
    fn a_log_is_told_with_its_end_and_its_lines() {
        let log = "AT+CSQ\r\n+CSQ: 7,0\r\nOK\r\n".repeat(60_000);
        let text = Origin::Text(Arc::from(format!("{log}AT+CPIN?\r\n+CME ERROR: 10\r\n")));
        let wish = |first| Wish { first, count: 9 };
        let answers = attended(&text, &[wish(3), wish(180_001)], &[wish(180_001), wish(14_999)]);
        let ended = answers.iter().find_map(|answer| match answer {
            Answer::Ended { findings, stop } => Some((findings.result.key(), findings.lines, stop.clone())),
            _ => None,
        });
        assert_eq!(ended, Some(("trouble", 180_002, None)));
        let lines = lines(&answers);
        let whole = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        assert!(lines[1].1.is_empty(), "what is not judged yet is not shown: {:?}", lines[1]);
        assert_eq!(lines[2], (180_001, whole(&["AT+CPIN?", "+CME ERROR: 10"])));
        assert_eq!(lines[3].1[..3], whole(&["+CSQ: 7,0", "OK", "AT+CSQ"]));
    }

    #[test]
    fn a_short_file_in_utf_16_is_shown_as_text() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.log");
        let bytes: Vec<_> = "\u{feff}AT\r\nOK\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        std::fs::write(&path, bytes).expect("a file");
        assert!(looks_like_log(&path));
        let answers = attended(&Origin::File(path), &[], &[Wish { first: 1, count: 5 }]);
        assert_eq!(lines(&answers), [(1, vec!["AT".to_owned(), "OK".to_owned()])]);
    }

    #[test]
    fn what_cannot_be_read_is_told_and_nobody_waits() {
        let answers = attended(&Origin::File("/nowhere/at/all.log".into()), &[], &[]);
        assert!(matches!(&answers[..], [Answer::Ended { stop: Some(Stop::Refused(_)), .. }]));
    }

    #[test]
    fn nothing_is_read_on_when_nobody_can_wish_any_more() {
        let (sender, receiver) = bounded(1);
        drop(sender);
        let mut answers = Vec::new();
        let log = Origin::Text(Arc::from("AT\r\nOK\r\n"));
        attend(&log, "a.log", &receiver, &mut |answer| answers.push(answer));
        assert!(!answers.iter().any(|answer| matches!(answer, Answer::Ended { .. })), "{answers:?}");
    }
}
