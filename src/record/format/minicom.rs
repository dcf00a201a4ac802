//! minicom's capture: stamps at the start of each line, with parts of a second or without, or on a line of their own once a
//! second, without a closing bracket. Returns and NUL are gone; the direction is not marked.

use super::{Form, Format, Head, no_bonus, plainly};
use crate::record::stamp::{self, StampKind};

/// `[2024-11-02 08:40:12.301] OK`.
pub(in crate::record) static EXTENDED: Format = Format {
    key: "minicom",
    name: "minicom (extended stamps)",
    head: extended,
    settle: plainly,
    bonus: no_bonus,
    least: 2,
    drops_returns: true,
};

/// `[2024-11-02 08:40:12] OK`.
pub(in crate::record) static SIMPLE: Format = Format {
    key: "minicom-simple",
    name: "minicom (stamps)",
    head: simple,
    settle: plainly,
    bonus: no_bonus,
    least: 2,
    drops_returns: true,
};

/// `[2024-11-02 08:40:12` on a line of its own.
pub(in crate::record) static PER_SECOND: Format = Format {
    key: "minicom-per-second",
    name: "minicom (a stamp a second)",
    head: per_second,
    settle: plainly,
    bonus: no_bonus,
    least: 1,
    drops_returns: true,
};

fn extended(line: &str) -> Option<Head<'_>> {
    dated(line, true)
}

fn simple(line: &str) -> Option<Head<'_>> {
    dated(line, false)
}

fn dated(line: &str, is_fine: bool) -> Option<Head<'_>> {
    let (stamp, taken) = stamp::read(line).filter(|_| line.starts_with('['))?;
    // It writes its dates with hyphens; slashes are LLCOM's.
    if stamp.kind != StampKind::Date || stamp.is_fine != is_fine || line[..taken].contains(['T', '/']) {
        return None;
    }
    let rest = &line[taken..];
    if rest.starts_with(": ") {
        return None;
    }
    Some(Head::line(Some(stamp), line.len() - rest.strip_prefix(' ').unwrap_or(rest).len()))
}

fn per_second(line: &str) -> Option<Head<'_>> {
    let (stamp, taken) = stamp::bare(line.strip_prefix('[')?)?;
    let is_alone = line[1 + taken..].trim().is_empty() && stamp.kind == StampKind::Date && !stamp.is_fine;
    is_alone.then_some(Head { form: Form::Time, is_sure: true, ..Head::line(Some(stamp), line.len()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_kinds_of_stamps() {
        let lines = ["[2024-11-02 08:40:12.301] OK", "[2024-11-02 08:40:12] OK", "[2024-11-02 08:40:12"];
        let seen = lines.map(|line| [extended(line), simple(line), per_second(line)].map(|head| head.is_some()));
        assert_eq!(seen, [[true, false, false], [false, true, false], [false, false, true]]);
        assert!(per_second("[2024-11-02 08:40:12] ").is_none());
        assert!(extended("[2024/11/02 08:40:12.301] → OK").is_none());
    }
}
