//! Whether a host can be reached (reference, section 4): `AT+CIPPING`. It needs the context of `AT+CSTT` and `AT+CIICR`.

use std::time::Duration;

use crate::at::{
    exchange::{Exchange, Info},
    text::CommandLine,
};

use super::{
    Command,
    command::{fields, value},
    limits,
};

/// `AT+CIPPING=`: ask a host whether it is there, as often as the module does by itself.
#[derive(Clone, Copy, Debug)]
pub struct Ping<'a>(pub &'a str);

/// One answer of the host. The reference names the command and not the form: the fields are those of the family the
/// commands come from, number, address, time and lifetime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PingReply {
    /// Its number, from 1.
    pub number: u32,
    /// Who answered.
    pub address: String,
    /// Time there and back; the module counts in steps of 100 ms. `None` when nobody answered in time.
    pub time: Option<Duration>,
}

impl Command for Ping<'_> {
    type Answer = Vec<PingReply>;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CIPPING=").quoted(self.0)
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::PING).with_info(Info::Prefix("+CIPPING".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<Vec<PingReply>> {
        let replies: Vec<_> = lines.iter().filter_map(|line| reply(value(line, "+CIPPING")?)).collect();
        (!replies.is_empty()).then_some(replies)
    }
}

fn reply(text: &str) -> Option<PingReply> {
    let fields = fields(text);
    let steps: u64 = fields.get(2)?.parse().ok()?;
    let time = (steps < NOBODY).then(|| Duration::from_millis(100 * steps));
    Some(PingReply { number: fields.first()?.parse().ok()?, address: (*fields.get(1)?).to_owned(), time })
}

/// So many steps stand for no answer.
const NOBODY: u64 = 600;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_one_a_line() {
        assert_eq!(Ping("broker.example").line().masked(), "AT+CIPPING=\"broker.example\"");
        let lines = ["+CIPPING: 1,\"192.0.2.1\",3,57", "+CGEV: ME PDN ACT 1", "+CIPPING:2, 192.0.2.1 ,600,255"]
            .map(str::to_owned);
        let reply = |number, time| PingReply { number, address: "192.0.2.1".into(), time };
        let expected = vec![reply(1, Some(Duration::from_millis(300))), reply(2, None)];
        assert_eq!(Ping("x").answer(&lines), Some(expected));
        assert_eq!(Ping("x").answer(&["+CIPPING: x".to_owned()]), None);
        assert!(Ping("x").exchange().limit > limits::DEFAULT, "several answers may each be slow");
    }
}
