//! ESP-IDF: `I (10311) at_engine: TX: │ATE0`; the time counts in milliseconds from the start, or is one of the day.

use super::{Format, Head, no_bonus, plainly};
use crate::record::stamp;

pub(in crate::record) static ESP_IDF: Format =
    Format { key: "esp-idf", name: "ESP-IDF", head, settle: plainly, bonus: no_bonus, least: 2, drops_returns: false };

fn head(line: &str) -> Option<Head<'_>> {
    let rest = match line.as_bytes() {
        [b'I' | b'D' | b'W' | b'E' | b'V', b' ', b'(', ..] => &line[2..],
        _ => return None,
    };
    let (stamp, taken) = stamp::read(rest)?;
    let rest = rest[taken..].strip_prefix(' ')?;
    let (tag, message) = rest.split_once(": ").or_else(|| rest.split_once(':'))?;
    Some(super::message(Some(stamp), tag, message, line.len() - message.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{entry::Way, format::Form};

    #[test]
    fn messages_with_and_without_a_way() {
        let of = |line| head(line).map(|head| (head.way, head.form, &line[head.body..]));
        assert_eq!(of("I (10311) at_engine: TX: │ATE0"), Some((Way::Sent, Form::Text, "ATE0")));
        assert_eq!(of("I (10330) at_engine: RX: │OK"), Some((Way::Received, Form::Text, "OK")));
        assert_eq!(of("I (10330) uart_tx: AT+CSQ"), Some((Way::Sent, Form::Text, "AT+CSQ")));
        assert_eq!(of("I (10330) wifi: connected").map(|(_, form, _)| form), Some(Form::Remark));
        assert_eq!(of("I am here"), None);
    }
}
