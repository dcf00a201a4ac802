//! XCOM: `[10:31:07.215]OK`, received data only, a stamp at each line end of the data. What has no line end, such as a prompt,
//! has no stamp of its own.

use super::{Format, Head, no_bonus, plainly};
use crate::record::stamp::{self, StampKind};

pub(in crate::record) static XCOM: Format =
    Format { key: "xcom", name: "XCOM", head, settle: plainly, bonus: no_bonus, least: 2, drops_returns: false };

fn head(line: &str) -> Option<Head<'_>> {
    let (stamp, taken) = stamp::read(line).filter(|_| line.starts_with('['))?;
    // Terminals that put a date before each line also put a blank behind it.
    let blank = stamp.kind == StampKind::Date && line[taken..].starts_with(' ');
    let is_one = stamp.kind == StampKind::Day || stamp.kind == StampKind::Date;
    is_one.then(|| Head::line(Some(stamp), taken + usize::from(blank)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_follow_the_stamp_at_once() {
        let line = "[10:31:07.431]CONNECT OK";
        assert_eq!(head(line).map(|head| &line[head.body..]), Some("CONNECT OK"));
    }
}
