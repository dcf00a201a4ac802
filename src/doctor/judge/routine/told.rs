//! The messages of a dialogue that comes again: the same ones, at the same places in it, of any length.

use super::{
    super::messages::{Row, published_length},
    shape::{Shape, Varying, announced_bytes, data},
};

/// One message of a dialogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// Its row, with the number of its line counted from the dialogue's first, which is 0, and as long as it was once.
    row: Row,
    varying: Varying,
    is_hex: bool,
}

/// The messages in `rows` of a dialogue of these `shapes` that begins at the line `first`.
pub(super) fn patterns(rows: &[Row], shapes: &[Shape], first: u64, is_hex: bool) -> Vec<Pattern> {
    let pattern = |row: &Row| {
        let place = u64::from(row.line).saturating_sub(first);
        let shape = usize::try_from(place).ok().and_then(|place| shapes.get(place));
        let varying = shape.map_or(Varying::Nothing, Shape::varying);
        let bytes = if varying == Varying::Nothing { row.bytes } else { 0 };
        Pattern { row: Row { line: u32::try_from(place).unwrap_or(u32::MAX), bytes, ..row.clone() }, varying, is_hex }
    };
    rows.iter().map(pattern).collect()
}

impl Pattern {
    /// The message in `dialogue`, which begins at the line `first`.
    pub(super) fn row(&self, dialogue: &[u8], first: u64) -> Row {
        let line = u32::try_from(first + u64::from(self.row.line)).unwrap_or(u32::MAX);
        let bytes = match self.varying {
            Varying::Nothing => self.row.bytes,
            Varying::Published => published(self.line(dialogue), self.is_hex),
            Varying::Counted => announced_bytes(self.line(dialogue)).unwrap_or(0),
        };
        Row { line, bytes, ..self.row.clone() }
    }

    fn line<'a>(&self, dialogue: &'a [u8]) -> &'a [u8] {
        let mut rest = dialogue;
        for _ in 0..self.row.line {
            rest = memchr::memchr(b'\n', rest).map_or(&rest[..0], |end| &rest[end + 1..]);
        }
        data(memchr::memchr(b'\n', rest).map_or(rest, |end| &rest[..end]))
    }
}

fn published(line: &[u8], is_hex: bool) -> usize {
    let Some(text) = line.strip_suffix(b"\"") else { return 0 };
    let start = memchr::memrchr(b'"', text).map_or(0, |quote| quote + 1);
    std::str::from_utf8(&text[start..]).map_or(text.len() - start, |text| published_length(text, is_hex))
}
