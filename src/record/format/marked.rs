//! Marks at the start of the line, with a stamp or without: `>> AT`, `[08:15:30.112] TX: AT`, `→ AT`, and comment lines `//tx` before
//! each block.

use super::{Form, Format, Head, Unit, no_bonus, plainly};
use crate::record::{entry::Way, marks, ports, stamp};

pub(in crate::record) static MARKED: Format = Format {
    key: "marked",
    name: "lines with marks",
    head,
    settle: plainly,
    bonus: no_bonus,
    least: 2,
    drops_returns: false,
};

fn head(line: &str) -> Option<Head<'_>> {
    let (stamp, taken) = stamp::read(line).map_or((None, 0), |(stamp, taken)| (Some(stamp), taken));
    let rest = &line[taken..];
    if let Some(way) = remark(rest) {
        return Some(Head {
            stamp,
            way,
            port: None,
            body: line.len(),
            form: Form::Text,
            unit: Unit::Chunk,
            is_sure: false,
            goes_on: false,
        });
    }
    let shown = rest.trim_start_matches(' ');
    let (port, gone) = ports::leading(shown).map_or((None, 0), |(port, gone)| (Some(port), gone));
    let shown = &shown[gone..];
    // `[TX][08:15:30.112] AT`: the stamp may follow.
    let mark = marks::read(shown)?;
    let (late, more) = match stamp {
        None => stamp::read(&shown[mark.taken..]).map_or((None, 0), |(stamp, taken)| (Some(stamp), taken)),
        Some(_) => (None, 0),
    };
    let data = &shown[mark.taken + more..];
    let data = if more > 0 { data.trim_start_matches([' ', ':']) } else { data };
    Some(Head {
        stamp: stamp.or(late),
        way: mark.way,
        port,
        body: line.len() - data.len(),
        form: Form::Text,
        unit: Unit::Chunk,
        is_sure: false,
        goes_on: false,
    })
}

/// `//tx`, `// 接收`: what follows went this way.
fn remark(text: &str) -> Option<Way> {
    let word = text.trim().strip_prefix("//")?.trim().trim_end_matches(':');
    marks::within(word).filter(|_| word.chars().count() <= 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_with_and_without_a_stamp() {
        let of = |line| head(line).map(|head| (head.way, head.stamp.is_some(), &line[head.body..]));
        assert_eq!(of(">> AT+CSQ"), Some((Way::Right, false, "AT+CSQ")));
        assert_eq!(of("[08:15:30.112] TX: AT"), Some((Way::Sent, true, "AT")));
        assert_eq!(of("[TX][08:15:30.112] AT"), Some((Way::Sent, true, "AT")));
        assert_eq!(of("//rx"), Some((Way::Received, false, "")));
        assert_eq!(of("[08:15:30.112] OK"), None);
    }
}
