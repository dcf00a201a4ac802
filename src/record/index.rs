//! Where the lines of a log stand among its bytes: a place every few dozen lines is kept, and the lines behind a place are
//! cut again when somebody looks at them. Lines are counted as the reader counts them.

use std::{
    io::{self, Read},
    ops::RangeInclusive,
};

use memchr::memchr2;

use super::{
    encoding::{self, Encoding, Unfolder},
    lines::Cutter,
};

/// The places of a log that is read from its beginning.
#[derive(Clone, Debug)]
pub struct LineIndex {
    encoding: Encoding,
    /// Where each line of which the number is one more than a multiple of [`EVERY`] begins, the first one left out.
    places: Vec<u64>,
    ended: u32,
    /// Bytes so far.
    taken: u64,
    /// The last unit was a carriage return that ended a line.
    after_return: bool,
    /// The first byte of a unit of two, until the other comes.
    half: Option<u8>,
}

/// A place to read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinePlace {
    /// Bytes before it.
    pub offset: u64,
    /// The line that begins there, from 1.
    pub line: u32,
}

impl LineIndex {
    /// An index of a text in `encoding`: only whether it is UTF-16 matters.
    pub const fn new(encoding: Encoding) -> Self {
        Self { encoding, places: Vec::new(), ended: 0, taken: 0, after_return: false, half: None }
    }

    /// Whether its text is UTF-16.
    pub const fn is_wide(&self) -> bool {
        matches!(self.encoding, Encoding::Utf16Le | Encoding::Utf16Be)
    }

    /// Takes the next bytes of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        match self.encoding {
            Encoding::Utf16Le => self.push_wide(bytes, u16::from_le_bytes),
            Encoding::Utf16Be => self.push_wide(bytes, u16::from_be_bytes),
            _ => self.push_plain(bytes),
        }
    }

    /// The last place that is known at or before `line`.
    pub fn before(&self, line: u32) -> LinePlace {
        let wanted = (line.saturating_sub(1) / EVERY) as usize;
        match wanted.min(self.places.len()) {
            0 => LinePlace { offset: 0, line: 1 },
            place => LinePlace {
                offset: self.places[place - 1],
                line: u32::try_from(place).unwrap_or(u32::MAX).saturating_mul(EVERY).saturating_add(1),
            },
        }
    }

    fn push_plain(&mut self, bytes: &[u8]) {
        let Some(first) = bytes.first() else { return };
        let mut from = 0;
        if std::mem::take(&mut self.after_return) && *first == b'\n' {
            self.pass_line_feed(1);
            from = 1;
        }
        while let Some(end) = memchr2(b'\r', b'\n', &bytes[from..]).map(|end| from + end) {
            from = end + 1;
            if bytes[end] == b'\r' {
                match bytes.get(from) {
                    Some(b'\n') => from += 1,
                    None => self.after_return = true,
                    Some(_) => {}
                }
            }
            self.end_line(self.taken + from as u64);
        }
        self.taken += bytes.len() as u64;
    }

    fn push_wide(&mut self, bytes: &[u8], unit: fn([u8; 2]) -> u16) {
        for byte in bytes {
            self.taken += 1;
            let Some(first) = self.half.take() else {
                self.half = Some(*byte);
                continue;
            };
            let unit = unit([first, *byte]);
            let is_feed = unit == u16::from(b'\n');
            if std::mem::take(&mut self.after_return) && is_feed {
                self.pass_line_feed(2);
            } else if is_feed || unit == u16::from(b'\r') {
                self.after_return = !is_feed;
                self.end_line(self.taken);
            }
        }
    }

    /// The line feed of a pair belongs to the line that its carriage return has ended.
    fn pass_line_feed(&mut self, width: u64) {
        if self.ended.is_multiple_of(EVERY)
            && let Some(last) = self.places.last_mut()
        {
            *last += width;
        }
    }

    fn end_line(&mut self, behind: u64) {
        self.ended = self.ended.saturating_add(1);
        if self.ended.is_multiple_of(EVERY) {
            self.places.push(behind);
        }
    }
}

/// Gives the lines `wanted` to `tell`, each with its number and its beginning; `from` stands at the line `first`.
pub fn lines_behind(
    from: &mut dyn Read,
    encoding: Encoding,
    first: u32,
    wanted: &RangeInclusive<u32>,
    tell: &mut dyn FnMut(u32, &str),
) -> io::Result<()> {
    let (mut unfolder, mut cutter) = (Unfolder::within(encoding), Cutter::default());
    let (mut bytes, mut text) = (vec![0; STEP], Vec::new());
    let prefers_utf8 = encoding != Encoding::Gb18030;
    let mut line = |line: super::lines::SourceLine<'_>| {
        let number = line.number.saturating_add(first - 1);
        if !line.goes_on && wanted.contains(&number) {
            let shown = encoding::text(&line.bytes[..line.bytes.len().min(LONGEST)], prefers_utf8);
            tell(number, shown.trim_start_matches('\u{feff}'));
        }
    };
    while cutter.count().saturating_add(first) <= *wanted.end() {
        let count = from.read(&mut bytes)?;
        text.clear();
        if count == 0 {
            unfolder.finish(&mut text);
            cutter.push(&text, &mut line);
            cutter.finish(&mut line);
            break;
        }
        unfolder.push(&bytes[..count], &mut text);
        cutter.push(&text, &mut line);
    }
    Ok(())
}

/// Lines between two places.
const EVERY: u32 = 64;
/// Bytes that are read at once behind a place.
const STEP: usize = 32 * 1_024;
/// Of a longer line only the beginning is shown.
const LONGEST: usize = 4 * 1_024;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut_again(file: &[u8], encoding: Encoding, index: &LineIndex, line: u32) -> Vec<(u32, String)> {
        let place = index.before(line);
        let offset = usize::try_from(place.offset).expect("a small file");
        let mut lines = Vec::new();
        lines_behind(&mut &file[offset..], encoding, place.line, &(line..=line), &mut |number, text| {
            lines.push((number, text.to_owned()));
        })
        .expect("bytes in memory");
        lines
    }

    fn indexed(file: &[u8], encoding: Encoding, step: usize) -> LineIndex {
        let mut index = LineIndex::new(encoding);
        file.chunks(step).for_each(|bytes| index.push(bytes));
        index
    }

    fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn a_long_line_is_told_by_its_beginning_and_counted_once() {
        let mut file = vec![b'x'; 300_000];
        file.extend_from_slice(b"\nnext\n");
        let index = indexed(&file, Encoding::Ascii, 7_000);
        assert_eq!(cut_again(&file, Encoding::Ascii, &index, 1)[0].1.len(), LONGEST);
        assert_eq!(cut_again(&file, Encoding::Ascii, &index, 2), [(2, "next".to_owned())]);
        assert_eq!(cut_again(&file, Encoding::Ascii, &index, 3), []);
    }

    /// Each line says its number.
    #[test]
    fn ten_thousand_jumps_land_on_their_lines() {
        let count = 2_000_000_u32;
        let file: Vec<u8> = (1..=count).flat_map(|line| format!("{line:08}\r\n").into_bytes()).collect();
        let index = indexed(&file, Encoding::Ascii, 65_536);
        let mut line = 77_u32;
        for _ in 0..10_000 {
            line = line.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let wanted = line % count + 1;
            let place = index.before(wanted);
            assert!(place.line <= wanted && wanted - place.line < EVERY);
            let from = usize::try_from(place.offset).expect("a small file");
            let at = from + (wanted - place.line) as usize * 10;
            assert_eq!(&file[at..at + 8], format!("{wanted:08}").as_bytes());
        }
        assert_eq!(cut_again(&file, Encoding::Ascii, &index, 1_999_999)[0].1, "01999999");
    }

    proptest! {
        #[test]
        fn every_line_is_found_again_whatever_ends_it_and_however_it_was_read(
            lines in proptest::collection::vec(("[a-z温]{0,3}", 0_usize..3), 1..300),
            step in 1_usize..40,
            kind in 0_usize..3,
        ) {
            let ends = ["\r\n", "\n", "\r"];
            let text: String = lines.iter().flat_map(|(text, end)| [text.as_str(), ends[*end]]).collect();
            let (file, encoding) = match kind {
                0 => (text.clone().into_bytes(), Encoding::Utf8),
                1 => (wide(&text, u16::to_le_bytes), Encoding::Utf16Le),
                _ => (wide(&text, u16::to_be_bytes), Encoding::Utf16Be),
            };
            let mut expected = Vec::new();
            let mut cutter = Cutter::default();
            cutter.push(text.as_bytes(), |line| {
                expected.push((line.number, String::from_utf8(line.bytes.to_vec()).expect("text")));
            });
            let index = indexed(&file, encoding, step);
            for (number, line) in expected {
                prop_assert_eq!(cut_again(&file, encoding, &index, number), [(number, line)]);
            }
        }
    }
}
