//! tio's log: a stamp and a blank before the first character of each line; time of day, ISO date, or seconds since 1970.

use super::{Format, Head, no_bonus, plainly};
use crate::record::stamp::{self, StampKind};

pub(in crate::record) static TIO: Format =
    Format { key: "tio", name: "tio", head, settle: plainly, bonus: no_bonus, least: 2, drops_returns: false };

fn head(line: &str) -> Option<Head<'_>> {
    let (stamp, taken) = stamp::read(line).filter(|_| line.starts_with('['))?;
    let is_its_own = match stamp.kind {
        StampKind::Day | StampKind::Epoch => stamp.is_fine,
        StampKind::Date => line[..taken].contains('T'),
        StampKind::Uptime => line[..taken].contains('.'),
    };
    let rest = &line[taken..];
    let is_apart = rest.is_empty() || rest.starts_with(' ');
    (is_its_own && is_apart).then(|| Head::line(Some(stamp), line.len() - rest.strip_prefix(' ').unwrap_or(rest).len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_its_kinds() {
        for line in
            ["[08:40:12.301] OK", "[2024-11-02T08:40:12.301] OK", "[1730505330.112] OK", "[1730505330.112345] OK"]
        {
            let head = head(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(&line[head.body..], "OK");
        }
        assert!(head("[08:40:12.301]OK").is_none());
    }
}
