//! A time without brackets before each line, and nothing else: terminals of phones, `CoolTerm`, `RealTerm`, `ts`. `08:15:30.112 OK`,
//! `20241102T081530.112 OK`, `2024-11-02 08:15:30.112: OK`.

use super::{Format, Head, no_bonus, plainly};
use crate::record::stamp;

pub(in crate::record) static STAMPED: Format = Format {
    key: "stamped",
    name: "lines with times",
    head,
    settle: plainly,
    bonus: no_bonus,
    least: 3,
    drops_returns: false,
};

fn head(line: &str) -> Option<Head<'_>> {
    let is_bare = line.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
    let (stamp, taken) = stamp::read(line).filter(|_| is_bare)?;
    let rest = &line[taken..];
    let body = GAPS.iter().find_map(|gap| rest.strip_prefix(gap)).or_else(|| rest.is_empty().then_some(rest))?;
    Some(Head::line(Some(stamp), line.len() - body.len()))
}

/// What may stand between the time and the data, the longest first.
const GAPS: [&str; 8] = [" : ", " | ", " - ", ": ", ", ", "\t", " ", ","];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_follow_the_time() {
        let of = |line| head(line).map(|head| &line[head.body..]);
        assert_eq!(of("08:15:30.112 OK"), Some("OK"));
        assert_eq!(of("20241102T081530.112 AT+CSQ"), Some("AT+CSQ"));
        assert_eq!(of("2024-11-02 08:15:30.112: +CSQ: 24,0"), Some("+CSQ: 24,0"));
        assert_eq!(of("08:15:30.112\tOK"), Some("OK"));
        assert_eq!(of("08:15:30.112"), Some(""));
        for line in ["10.143.27.227", "860000000000001", "[08:15:30.112] OK", "OK", "08:15:30,5"] {
            assert_eq!(of(line).filter(|_| line != "08:15:30,5"), None, "{line}");
        }
    }
}
