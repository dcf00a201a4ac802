//! Cuts a text into lines and counts them: CRLF, CR and LF each end one. Nothing is kept but the line that is open.

use memchr::memchr2;

/// One line of a text, or a part of a very long one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SourceLine<'a> {
    /// From 1.
    pub(super) number: u32,
    /// Its bytes without the line end.
    pub(super) bytes: &'a [u8],
    /// It goes on the part before.
    pub(super) goes_on: bool,
    /// A line end stood behind it, and not the end of the text or of a part.
    pub(super) is_ended: bool,
}

/// The cutter.
#[derive(Debug, Default)]
pub(super) struct Cutter {
    open: Vec<u8>,
    /// Lines that have ended.
    ended: u32,
    /// The last byte was a carriage return that ended a line.
    after_return: bool,
    /// A part of the open line has been given out.
    in_parts: bool,
}

impl Cutter {
    /// Takes more of the text and gives each line that is complete to `tell`.
    pub(super) fn push(&mut self, mut bytes: &[u8], mut tell: impl FnMut(SourceLine<'_>)) {
        if bytes.is_empty() {
            return;
        }
        if std::mem::take(&mut self.after_return) && bytes[0] == b'\n' {
            bytes = &bytes[1..];
        }
        while let Some(end) = memchr2(b'\r', b'\n', bytes) {
            self.line(&bytes[..end], true, &mut tell);
            let is_return = bytes[end] == b'\r';
            bytes = &bytes[end + 1..];
            match bytes.first() {
                Some(b'\n') if is_return => bytes = &bytes[1..],
                None => self.after_return = is_return,
                Some(_) => {}
            }
        }
        self.open.extend_from_slice(bytes);
        while self.open.len() > LONGEST {
            let rest = self.open.split_off(LONGEST);
            let part = std::mem::replace(&mut self.open, rest);
            tell(SourceLine { number: self.ended + 1, bytes: &part, goes_on: self.in_parts, is_ended: false });
            self.in_parts = true;
        }
    }

    /// Gives out the last line, which nothing ended.
    pub(super) fn finish(&mut self, mut tell: impl FnMut(SourceLine<'_>)) {
        if !self.open.is_empty() || self.in_parts {
            self.line(&[], false, &mut tell);
        }
    }

    /// Lines so far, the open one not counted.
    pub(super) const fn count(&self) -> u32 {
        self.ended
    }

    /// Counts lines that were not cut, while no line is open.
    pub(super) fn skip(&mut self, lines: u64) {
        self.ended = self.ended.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
    }

    /// Whether a line begins with what comes next.
    pub(super) const fn is_at_start(&self) -> bool {
        self.open.is_empty() && !self.in_parts && !self.after_return
    }

    fn line(&mut self, rest: &[u8], is_ended: bool, tell: &mut impl FnMut(SourceLine<'_>)) {
        let number = self.ended + 1;
        let goes_on = std::mem::take(&mut self.in_parts);
        if self.open.is_empty() && rest.len() <= LONGEST {
            tell(SourceLine { number, bytes: rest, goes_on, is_ended });
        } else {
            self.open.extend_from_slice(rest);
            let whole = std::mem::take(&mut self.open);
            let parts = whole.len().div_ceil(LONGEST);
            for (place, bytes) in whole.chunks(LONGEST).enumerate() {
                let is_last = place + 1 == parts;
                tell(SourceLine { number, bytes, goes_on: goes_on || place > 0, is_ended: is_ended && is_last });
            }
        }
        self.ended = self.ended.saturating_add(1);
    }
}

/// A longer line comes in parts.
const LONGEST: usize = 64 * 1_024;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(pieces: &[&[u8]]) -> (Vec<(u32, Vec<u8>)>, u32) {
        let (mut cutter, mut lines) = (Cutter::default(), Vec::new());
        let mut tell = |line: SourceLine<'_>| lines.push((line.number, line.bytes.to_vec()));
        for piece in pieces {
            cutter.push(piece, &mut tell);
        }
        cutter.finish(&mut tell);
        (lines, cutter.count())
    }

    #[test]
    fn every_line_end_ends_one_line() {
        let (lines, count) = cut(&[b"a\r\nb\rc\n\r\r\nlast"]);
        let expected = [(1, "a"), (2, "b"), (3, "c"), (4, ""), (5, ""), (6, "last")];
        assert_eq!(lines, expected.map(|(number, text)| (number, text.as_bytes().to_vec())));
        assert_eq!((count, cut(&[]).1, cut(&[b"\n"]).1), (6, 0, 1));
    }

    #[test]
    fn a_very_long_line_comes_in_parts_of_one_number() {
        let long = vec![b'x'; 3 * LONGEST + 5];
        let (lines, count) = cut(&[b"a\n", &long, b"\nb"]);
        assert_eq!(
            lines.iter().map(|(number, part)| (*number, part.len())).collect::<Vec<_>>()[1..],
            [(2, LONGEST), (2, LONGEST), (2, LONGEST), (2, 5), (3, 1)]
        );
        assert_eq!(count, 3);
    }

    proptest! {
        #[test]
        fn any_cutting_gives_the_same_lines(text in "[ab\r\n]{0,60}", cuts in proptest::collection::vec(0_usize..60, 0..8)) {
            let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(text.len())).chain([0, text.len()]).collect();
            cuts.sort_unstable();
            let pieces: Vec<_> = cuts.windows(2).map(|pair| &text.as_bytes()[pair[0]..pair[1]]).collect();
            prop_assert_eq!(cut(&pieces), cut(&[text.as_bytes()]));
        }
    }
}
