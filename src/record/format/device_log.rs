//! Logs of programs and firmware in general: a stamp, level and names, then a mark such as `TX:` before the data.

use super::{Format, Head, Unit, hexdump, no_bonus, plainly};
use crate::record::{entry::Way, marks, stamp};

pub(in crate::record) static DEVICE_LOG: Format = Format {
    key: "device",
    name: "log of a program",
    head,
    settle: plainly,
    bonus: no_bonus,
    least: 3,
    drops_returns: false,
};

fn head(line: &str) -> Option<Head<'_>> {
    let (stamp, taken) = stamp::read(line).map_or((None, 0), |(stamp, taken)| (Some(stamp), taken));
    let rest = &line[taken..];
    // The text beside a dump is no mark.
    if hexdump::place(rest).is_some() {
        return None;
    }
    let starts = rest
        .char_indices()
        .take(LONGEST_PREFIX)
        .filter(|(at, _)| *at > 0 && rest[..*at].ends_with([' ', ']', ':', '>', '|', ')']));
    for (at, _) in starts {
        // What stands before is words, and no data.
        if rest[..at].contains(['"', '=']) || rest[..at].trim_start().starts_with(['+', '^']) {
            return None;
        }
        let Some(mark) = marks::read(&rest[at..]) else { continue };
        let body = taken + at + mark.taken;
        if mark.is_word || marks::is_data(&line[body..]) {
            return Some(Head { stamp, unit: Unit::Chunk, way: mark.way, ..Head::line(None, body) })
                .map(|head| Head { stamp, ..head });
        }
    }
    plain(line, stamp, taken)
}

/// `2024-11-02 08:30:00 INFO modem AT+CSQ`: a level, a name, data without a mark.
fn plain(line: &str, stamp: Option<stamp::Stamp>, taken: usize) -> Option<Head<'_>> {
    stamp?;
    let rest = &line[taken..];
    let level = LEVELS.iter().find_map(|level| rest.find(level).map(|at| at + level.len()))?;
    let at = rest[level..].find(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '^'))? + level;
    let data = |at: usize| marks::is_data(&rest[at..]).then_some(taken + at);
    let behind = rest[at..].find([' ', ']', ':']).map(|end| at + end);
    let behind = behind.and_then(|end| {
        rest[end..].find(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '^')).map(|more| end + more)
    });
    let body = data(at).or_else(|| behind.and_then(data))?;
    Some(Head { way: Way::Unknown, ..Head::line(stamp, body) })
}

const LEVELS: [&str; 8] = ["DEBUG", "INFO", "TRACE", "WARN", "debug", "info", "DBG", "INF"];
/// Names and levels take no more characters.
const LONGEST_PREFIX: usize = 96;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_behind_names_and_levels() {
        let of = |line| head(line).map(|head| (head.way, &line[head.body..]));
        assert_eq!(of("2024-11-02 08:30:00.120 [INFO] modem: TX: AT+CSQ"), Some((Way::Sent, "AT+CSQ")));
        assert_eq!(of("Nov  2 08:30:00 gw atd[71]: recv: OK"), Some((Way::Received, "OK")));
        assert_eq!(of("[main] >> AT"), Some((Way::Right, "AT")));
        assert_eq!(of("2024-11-02 08:30:00 INFO modem AT+CSQ"), Some((Way::Unknown, "AT+CSQ")));
        assert_eq!(of("+MSUB: \"t\",4 byte,x TX: AT"), None);
        assert_eq!(of("00000000  49 4E 3A 20 52                                   |IN: R|"), None);
    }
}
