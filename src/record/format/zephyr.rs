//! Zephyr: `[00:00:10.311,000] <dbg> modem: TX: AT+CSQ`. The time counts from the start.

use super::{Format, Head, no_bonus, plainly};
use crate::record::stamp::{self, Stamp, StampKind};

pub(in crate::record) static ZEPHYR: Format =
    Format { key: "zephyr", name: "Zephyr", head, settle: plainly, bonus: no_bonus, least: 2, drops_returns: false };

fn head(line: &str) -> Option<Head<'_>> {
    let (stamp, taken) = stamp::read(line).filter(|_| line.starts_with('['))?;
    let rest = line[taken..].strip_prefix(" <")?;
    let rest = ["dbg> ", "inf> ", "wrn> ", "err> "].iter().find_map(|level| rest.strip_prefix(level))?;
    let (tag, message) = rest.split_once(": ").unwrap_or(("", rest));
    let stamp = if stamp.kind == StampKind::Day { Stamp { kind: StampKind::Uptime, ..stamp } } else { stamp };
    Some(super::message(Some(stamp), tag, message, line.len() - message.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::entry::Way;

    #[test]
    fn messages_with_a_way() {
        let line = "[00:00:10.311,000] <dbg> modem_cellular: TX: AT+CSQ";
        let head = head(line).expect("an entry");
        assert_eq!((head.way, &line[head.body..]), (Way::Sent, "AT+CSQ"));
        assert_eq!(head.stamp.map(|stamp| stamp.kind), Some(StampKind::Uptime));
    }
}
