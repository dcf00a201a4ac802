//! `AT+MPUB`, `AT+MPUBEX` and `AT+MQTTMODE` (reference, sections 11.5, 11.6 and 11.8).

use crate::{
    sim::{
        Chip, VirtualModem,
        client::Publication,
        shell::{Answer, Args, Data, Failure, Form, Outcome, Target},
    },
    time::Moment,
};

/// Most bytes of one `AT+MPUBEX`.
const COUNTED_LIMIT: usize = 4_100;

/// Most bytes of one `AT+MPUB`, escapes counted as written (reference, sections 11.5 and 20).
fn quoted_limit(modem: &VirtualModem) -> usize {
    let identity = &modem.device.identity;
    match identity.chip {
        Chip::Ec618 => 2_384,
        Chip::Ec718 if identity.firmware.version >= 2_015 => 5_120,
        Chip::Ec718 => 4_100,
    }
}

/// `AT+MPUB=<topic>,<qos>,<retain>,"<message>"`
pub(super) fn quoted(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        modem.say(now, "+MPUB:<topic>,(0-2),(0-1),<message>");
        return Ok(Outcome::Done);
    }
    let args = form.args(Failure::Plain)?;
    args.expect_count(4..=4)?;
    let (topic, qos, is_retained) = head(&args)?;
    let message = args.quoted(3, quoted_limit(modem))?;
    let payload = if modem.session.is_hexadecimal { hexadecimal(message)? } else { unescape(message) };
    modem.publish(now, &Publication { topic, qos, is_retained, payload })
}

/// `AT+MPUBEX=<topic>,<qos>,<retain>[,<len>]`
pub(super) fn counted(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        modem.say(now, "+MPUBEX:<topic>,(0-2),(0-1),<len>");
        return Ok(Outcome::Done);
    }
    let args = form.args(Failure::Plain)?;
    args.expect_count(3..=4)?;
    let (topic, qos, is_retained) = head(&args)?;
    let length = match args.len() {
        4 => Some(usize::try_from(args.number(3, 1..=4_100)?).map_err(|_| Failure::Plain)?),
        _ => None,
    };
    modem.connected_client()?;
    let target = Target::Publish { topic, qos, is_retained };
    Ok(Outcome::Prompt(Box::new(Data::new(target, length, COUNTED_LIMIT))))
}

/// Topic, QoS and retain, the same in both commands.
fn head(args: &Args) -> Result<(String, u8, bool), Failure> {
    let topic = super::mqtt::topic(args)?;
    Ok((topic, args.digit(1, 0..=2)?, args.digit(2, 0..=1)? == 1))
}

/// `AT+MQTTMODE`: 0 text, 1 hexadecimal, for publishing only.
pub(super) fn mode(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read => {
            let text = format!("+MQTTMODE: {}", u8::from(modem.session.is_hexadecimal));
            modem.say(now, &text);
        }
        Form::Test => modem.say(now, "+MQTTMODE: (0,1)"),
        _ => modem.session.is_hexadecimal = form.args(Failure::Plain)?.digit(0, 0..=1)? == 1,
    }
    Ok(Outcome::Done)
}

/// Replaces the four documented escapes; every other backslash stays as it is.
fn unescape(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        if let Some(byte) = escaped(rest) {
            plain.push(byte);
            rest = &rest[3..];
        } else {
            plain.push(*first);
            rest = after;
        }
    }
    plain
}

fn escaped(text: &[u8]) -> Option<u8> {
    let code = text.strip_prefix(b"\\")?.get(..2)?.to_ascii_uppercase();
    match code.as_slice() {
        b"22" => Some(b'"'),
        b"0D" => Some(b'\r'),
        b"0A" => Some(b'\n'),
        b"5C" => Some(b'\\'),
        _ => None,
    }
}

fn hexadecimal(text: &[u8]) -> Result<Vec<u8>, Failure> {
    if text.len() % 2 == 1 {
        return Err(Failure::Plain);
    }
    text.chunks(2)
        .map(|pair| {
            let digits = std::str::from_utf8(pair).map_err(|_| Failure::Plain)?;
            if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                u8::from_str_radix(digits, 16).map_err(|_| Failure::Plain)
            } else {
                Err(Failure::Plain)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_escapes_and_nothing_else() {
        let table: [(&[u8], &[u8]); 5] = [
            (br"{\22a\22:1}", br#"{"a":1}"#),
            (br"x\0D\0a\5C", b"x\r\n\\"),
            (br"\41 \", br"\41 \"),
            (br"\5C22", br"\22"),
            ("温度".as_bytes(), "温度".as_bytes()),
        ];
        for (written, meant) in table {
            assert_eq!(unescape(written), meant);
        }
    }

    #[test]
    fn hexadecimal_text_comes_in_pairs() {
        assert_eq!(hexadecimal(b"313233"), Ok(b"123".to_vec()));
        assert_eq!(hexadecimal(b"3"), Err(Failure::Plain));
        assert_eq!(hexadecimal(b"+1"), Err(Failure::Plain));
        assert_eq!(hexadecimal(b"zz"), Err(Failure::Plain));
    }
}
