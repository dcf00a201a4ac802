//! `UartAssist`, `NetAssist` and their kin: `[2024-11-02 08:30:00.120]# SEND ASCII>`, the data on the next lines or behind it.

use super::{Form, Format, Head, Unit, no_bonus, plainly};
use crate::record::{
    entry::{Row, Way},
    stamp,
};

pub(in crate::record) static UART_ASSIST: Format =
    Format { key: "uartassist", name: "UartAssist", head, settle, bonus: no_bonus, least: 1, drops_returns: false };

fn head(line: &str) -> Option<Head<'_>> {
    let (stamp, taken) = stamp::read(line).map_or((None, 0), |(stamp, taken)| (Some(stamp), taken));
    let rest = line[taken..].trim_start_matches(' ').strip_prefix("# ")?;
    let (words, data) = rest.split_once('>')?;
    let mut words = words.split_whitespace();
    let way = WAYS.iter().find(|(word, _)| words.clone().next() == Some(word)).map(|(_, way)| *way)?;
    let form = if words.any(|word| word.eq_ignore_ascii_case("HEX")) { Form::Hex } else { Form::Text };
    Some(Head {
        stamp,
        way,
        port: None,
        body: line.len() - data.len(),
        form,
        unit: Unit::Chunk,
        is_sure: true,
        goes_on: false,
    })
}

/// The data begin on the line behind the mark: its line end is the tool's.
fn settle(head: &Head<'_>, rows: &mut Vec<Row>) {
    if rows.len() > 1 && rows[0].bytes.is_empty() {
        rows.remove(0);
    }
    plainly(head, rows);
}

const WAYS: [(&str, Way); 4] =
    [("RECV", Way::Received), ("SEND", Way::Sent), ("接收", Way::Received), ("发送", Way::Sent)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_both_ways_and_forms() {
        let sent = head("[2024-11-02 08:30:00.120]# SEND ASCII>").expect("an entry");
        assert_eq!((sent.way, sent.form), (Way::Sent, Form::Text));
        let received = head("[2024-11-02 08:30:00.188]# RECV HEX>0D 0A").expect("an entry");
        assert_eq!((received.way, received.form), (Way::Received, Form::Hex));
        assert!(head("# a comment").is_none());
    }
}
