//! Python and its kin: literals of bytes, `DEBUG:root:sent: b'AT\r'`, `2024-11-02 08:30:00,120 - RX b'\r\nOK\r\n'`.

use super::{Form, Format, Head, Unit, no_bonus, plainly};
use crate::record::{entry::Way, literal, marks, stamp};

pub(in crate::record) static PYTHON: Format =
    Format { key: "python", name: "Python", head, settle: plainly, bonus: no_bonus, least: 2, drops_returns: false };

fn head(line: &str) -> Option<Head<'_>> {
    let at = ["b'", "b\""].iter().filter_map(|start| line.find(start)).min()?;
    let prefix = &line[..at];
    let is_word = prefix.chars().last().is_some_and(char::is_alphanumeric);
    let (_, rest) = literal::quoted(&line[at..]).filter(|_| !is_word)?;
    // A piece of a line that a read cut may begin and go on as if it were one: b",1,0,"hel.
    let (text, is_alone) = (&line[at..line.len() - rest.len()], prefix.trim().is_empty());
    let is_piece =
        rest.starts_with(char::is_alphanumeric) || is_alone && text.starts_with("b\"") && !text.contains(['\'', '\\']);
    if is_piece || rest.trim().len() > LONGEST_TAIL || prefix.contains('"') {
        return None;
    }
    let way = marks::within(prefix).or_else(|| marks::within(rest)).unwrap_or(Way::Unknown);
    let stamp = stamp::read(prefix.trim_start()).map(|(stamp, _)| stamp);
    Some(Head {
        stamp,
        way,
        port: None,
        body: at,
        form: Form::Literal,
        unit: Unit::Chunk,
        is_sure: false,
        goes_on: false,
    })
}

/// Behind the literal stands at most a count or a word.
const LONGEST_TAIL: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_with_a_way() {
        let of = |line| head(line).map(|head| (head.way, &line[head.body..]));
        assert_eq!(of("DEBUG:root:sent: b'AT\\r'"), Some((Way::Sent, "b'AT\\r'")));
        assert_eq!(of("2024-11-02 08:30:00,120 - RX b'OK'"), Some((Way::Received, "b'OK'")));
        assert_eq!(of(">>> b'AT'"), Some((Way::Right, "b'AT'")));
        assert_eq!(of("+MSUB: \"t\",4 byte,b'x'"), None);
        assert_eq!(of("b\",1,0,\"hel"), None);
        assert_eq!(of("b\",1,0,\""), None);
        assert_eq!(of("b\"\\r\\nOK\""), Some((Way::Unknown, "b\"\\r\\nOK\"")));
    }
}
