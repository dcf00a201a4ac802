//! The Arduino monitor: `08:45:44.201 -> OK`. All of it was received from the board, which may have marks of its own.

use super::{Format, Head, Unit, no_bonus, plainly};
use crate::record::{
    marks,
    stamp::{self, StampKind},
};

pub(in crate::record) static ARDUINO: Format = Format {
    key: "arduino",
    name: "Arduino monitor",
    head,
    settle: plainly,
    bonus: no_bonus,
    least: 2,
    drops_returns: false,
};

fn head(line: &str) -> Option<Head<'_>> {
    let (stamp, taken) = stamp::bare(line).filter(|(stamp, _)| stamp.kind == StampKind::Day)?;
    let rest = line[taken..].strip_prefix(" ->")?;
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let body = line.len() - rest.len();
    let head = Head::line(Some(stamp), body);
    Some(match marks::read(rest) {
        Some(mark) => Head { way: mark.way, unit: Unit::Chunk, body: body + mark.taken, ..head },
        None => head,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::entry::Way;

    #[test]
    fn lines_of_the_board_with_and_without_marks() {
        let of = |line| head(line).map(|head| (head.way, &line[head.body..]));
        assert_eq!(of("08:45:44.201 -> OK"), Some((Way::Unknown, "OK")));
        assert_eq!(of("08:45:44.201 -> TX: AT"), Some((Way::Sent, "AT")));
        assert_eq!(of("08:45:44.201 -> "), Some((Way::Unknown, "")));
        assert_eq!(of("OK"), None);
    }
}
