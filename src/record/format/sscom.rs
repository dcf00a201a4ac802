//! SSCOM with stamps (`加时间戳和分包显示`): `[10:02:11.318]发→◇AT`, `[10:02:11.322]收←◆`.
//!
//! The diamonds tell the way in every language of the program. What was sent ends with a square: on a line of its own when a
//! line end was sent behind it, on the same line when none was.

use super::{Form, Format, Head, Unit, no_bonus, plainly};
use crate::record::{
    entry::{End, Row, Way},
    stamp,
};

pub(in crate::record) static SSCOM: Format =
    Format { key: "sscom", name: "SSCOM", head, settle, bonus: no_bonus, least: 1, drops_returns: false };

fn head(line: &str) -> Option<Head<'_>> {
    if !line.starts_with('[') && !line.starts_with(['发', '收']) {
        return None;
    }
    let (stamp, taken) = stamp::read(line).map_or((None, 0), |(stamp, taken)| (Some(stamp), taken));
    let mark = line[taken..].char_indices().take(LONGEST_WORD).find(|(_, c)| matches!(c, '◇' | '◆'));
    let (at, way) =
        mark.map(|(at, c)| (taken + at + c.len_utf8(), if c == '◇' { Way::Sent } else { Way::Received }))?;
    Some(Head { stamp, way, port: None, body: at, form: Form::Text, unit: Unit::Chunk, is_sure: true, goes_on: false })
}

fn settle(head: &Head<'_>, rows: &mut Vec<Row>) {
    while rows.len() > 1 && rows.last().is_some_and(Row::is_blank) && head.way == Way::Sent {
        rows.pop();
    }
    if head.way == Way::Sent {
        take_square(rows);
    }
    plainly(head, rows);
}

/// What was sent ends with a square, here in UTF-8 or in GBK.
fn take_square(rows: &mut Vec<Row>) {
    let Some(last) = rows.last_mut() else { return };
    let blank = last.bytes.trim_ascii_end().len();
    let kept = SQUARES.iter().find_map(|square| last.bytes[..blank].strip_suffix(*square)).map(<[u8]>::len);
    let Some(kept) = kept else { return };
    last.bytes.truncate(kept);
    last.end = End::None;
    if rows.len() > 1 && rows.last().is_some_and(Row::is_blank) {
        rows.pop();
        if let Some(last) = rows.last_mut() {
            last.end = End::Shown;
        }
    }
}

const SQUARES: [&[u8]; 2] = ["□".as_bytes(), b"\xA1\xF5"];
/// Between the stamp and the diamond stand a word and an arrow.
const LONGEST_WORD: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: u32, text: &str) -> Row {
        Row { line, bytes: text.as_bytes().to_vec(), end: End::Shown }
    }

    #[test]
    fn entries_of_every_language_are_seen() {
        for (line, way) in [
            ("[10:02:11.318]发→◇AT", Way::Sent),
            ("[10:02:11.322]收←◆", Way::Received),
            ("[10:02:11.318]SEND→◇AT", Way::Sent),
            ("[10:02:11.322]RECV←◆OK", Way::Received),
        ] {
            assert_eq!(head(line).map(|head| head.way), Some(way), "{line}");
        }
        assert!(head("[10:02:11.318]OK").is_none() && head("+MSUB: \"◇\"").is_none());
    }

    #[test]
    fn the_square_tells_whether_a_line_end_was_sent() {
        let sent = head("[10:02:11.318]发→◇AT").expect("an entry");
        let mut rows = vec![row(1, "AT"), row(2, "□")];
        settle(&sent, &mut rows);
        assert_eq!(rows, [row(1, "AT")]);
        let mut rows = vec![row(1, "AT□")];
        settle(&sent, &mut rows);
        assert_eq!(rows, [Row { end: End::None, ..row(1, "AT") }]);
    }
}
