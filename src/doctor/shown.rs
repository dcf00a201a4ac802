//! The lines of a log wherever they are looked at: as they stand, secrets masked, and as they are understood.
//!
//! Nothing holds the log: both are made again from its bytes, from some way before what is looked at.

use std::io::Read;

use super::{Origin, Veil};
use crate::{
    at::text::Within,
    modem::event::{Event, WireKind},
    record::{Encoding, LineIndex, Options, Reader, Watcher, lines_behind},
};

/// Lines that somebody looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The first of them, from 1.
    pub first: u32,
    /// How many there are at most.
    pub count: u32,
}

/// A line of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownLine {
    /// As it stands, secrets masked, a very long one cut.
    pub text: String,
    /// What was understood of it; nothing where it says nothing, or only together with a later one.
    pub understood: Vec<Understood>,
}

/// What was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// What it is.
    pub kind: WireKind,
    /// Its text, secrets masked.
    pub text: String,
}

/// What of a log may be shown now.
pub(super) struct Shown<'a> {
    pub(super) origin: &'a Origin,
    pub(super) index: &'a LineIndex,
    pub(super) encoding: Encoding,
    pub(super) options: &'a Options,
    pub(super) veil: Option<&'a Veil>,
    pub(super) lines: u32,
}

impl Shown<'_> {
    /// The lines that are wished for; fewer where there are no more.
    pub(super) fn lines(&self, wish: Wish) -> Vec<ShownLine> {
        let last = wish.first.saturating_add(wish.count.saturating_sub(1)).min(self.lines);
        if wish.first > last {
            return Vec::new();
        }
        let mut lines = self.texts(wish.first, last);
        let read = self.understand(wish.first, last, &mut |number, understood| {
            let place = number.checked_sub(wish.first).and_then(|place| usize::try_from(place).ok());
            if let Some(line) = place.and_then(|place| lines.get_mut(place))
                && line.understood.len() < MOST_OF_LINE
            {
                line.understood.push(understood);
            }
        });
        if let Err(error) = read {
            tracing::warn!(%error, "lines of a log cannot be understood again");
        }
        lines
    }

    fn texts(&self, first: u32, last: u32) -> Vec<ShownLine> {
        let place = self.index.before(first);
        let (mut lines, mut within) = (Vec::new(), Within::Nothing);
        let (Ok(mut from), Some(veil)) = (self.origin.behind(place.offset), self.veil) else { return lines };
        // A key may have begun before: all lines behind the place are looked at.
        let read = lines_behind(&mut *from, self.encoding, place.line, &(place.line..=last), &mut |number, line| {
            let mut text = veil.shown(number, line, &mut within);
            text.truncate(text.floor_char_boundary(LONGEST));
            if number >= first {
                lines.push(ShownLine { text, understood: Vec::new() });
            }
        });
        if let Err(error) = read {
            tracing::warn!(%error, "lines of a log cannot be read again");
        }
        lines
    }

    /// Understands from some way before `first` to some way behind `last`, where what began may end.
    fn understand(&self, first: u32, last: u32, tell: &mut dyn FnMut(u32, Understood)) -> std::io::Result<()> {
        let place = self.index.before(first.saturating_sub(BEFORE).max(1));
        let Ok(mut from) = self.origin.behind(place.offset) else { return Ok(()) };
        let (mut watcher, mut bytes) = (Watcher::default(), vec![0; STEP]);
        let mut reader = if place.line > 1 {
            Reader::behind(self.options.clone(), &self.beginning()?, place.line)
        } else {
            Reader::new(self.options.clone())
        };
        let mut take = |reader: &mut Reader, bytes: Option<&[u8]>| {
            let mut piece = |_, piece: crate::record::Piece| {
                watcher.take(&piece, |told| {
                    if let Event::Wire(mut wire) = told.event {
                        wire.text.truncate(wire.text.floor_char_boundary(LONGEST));
                        tell(told.line, Understood { kind: wire.kind, text: wire.text });
                    }
                });
            };
            match bytes {
                Some(bytes) => reader.push(bytes, &mut piece),
                None => reader.finish(&mut piece),
            }
        };
        while reader.lines() <= last.saturating_add(BEHIND) {
            let count = from.read(&mut bytes)?;
            if count == 0 {
                break;
            }
            take(&mut reader, Some(&bytes[..count]));
        }
        take(&mut reader, None);
        Ok(())
    }

    fn beginning(&self) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if let Ok(from) = self.origin.behind(0) {
            from.take(Reader::BEGINNING as u64).read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }
}

/// Of a longer line only the beginning is shown.
const LONGEST: usize = 1_024;
/// So many lines before those that are looked at are understood too: what was set there may matter.
const BEFORE: u32 = 4_096;
/// An entry that begins in sight ends within so many lines.
const BEHIND: u32 = 64;
/// Bytes that are read at once.
const STEP: usize = 64 * 1_024;
/// Several lines of a port in one of the log: a read, a dump.
const MOST_OF_LINE: usize = 16;
