//! Bearers of the packet network (reference, sections 4 and 6.3): `AT+CGACT?`, `AT+CIPSTATUS`. MQTT needs neither: they show
//! why a bearer does not come up.

use crate::at::{
    exchange::{Exchange, Info, Verdict, Word},
    reply::Final,
    text::CommandLine,
};

use super::{
    Command,
    command::{fields, value},
    limits,
};

/// `AT+CGACT?`: which bearers are up?
#[derive(Clone, Copy, Debug)]
pub struct ReadBearers;

/// One bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bearer {
    /// Its number; 1 is the one that comes up by itself.
    pub context: u8,
    /// Whether it is up.
    pub is_up: bool,
}

/// `AT+CIPSTATUS`: where is the TCP state machine? `OK` comes first, then the state.
#[derive(Clone, Copy, Debug)]
pub struct ReadTcpState;

impl Command for ReadBearers {
    type Answer = Vec<Bearer>;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CGACT?")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("+CGACT".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<Vec<Bearer>> {
        let read = |line: &str| {
            let fields = fields(value(line, "+CGACT")?);
            let is_up = match *fields.get(1)? {
                "1" => true,
                "0" => false,
                _ => return None,
            };
            Some(Bearer { context: fields.first()?.parse().ok()?, is_up })
        };
        let bearers: Vec<_> = lines.iter().filter_map(|line| read(line)).collect();
        (!bearers.is_empty()).then_some(bearers)
    }
}

impl Command for ReadTcpState {
    /// As printed, e.g. `IP INITIAL`.
    type Answer = String;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CIPSTATUS")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_words(&STATE_WORDS)
    }

    fn answer(&self, lines: &[String]) -> Option<String> {
        lines.iter().rev().find_map(|line| value(line, "STATE")).map(str::to_owned).filter(|state| !state.is_empty())
    }
}

fn judge_state(line: &str) -> Option<Verdict> {
    if line.starts_with("STATE:") {
        return Some(Verdict::Good);
    }
    Final::parse(line).filter(|result| *result != Final::Ok).map(|_| Verdict::Bad)
}

/// What follows `AT+CIPSTATUS`.
pub static STATE_WORDS: [Word; 1] = [Word { expected: "STATE:", limit: limits::DEFAULT, judge: judge_state }];
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bearers_one_a_line() {
        let lines = ["+CGACT: 1,1", "+CGEV: ME PDN ACT 1", "+CGACT: 5,0"].map(str::to_owned);
        let [first, second] = [Bearer { context: 1, is_up: true }, Bearer { context: 5, is_up: false }];
        assert_eq!(ReadBearers.answer(&lines), Some(vec![first, second]));
        assert_eq!(ReadBearers.answer(&["+CGACT: 1,x".to_owned()]), None);
        assert_eq!(ReadBearers.line().masked(), "AT+CGACT?");
    }

    #[test]
    fn the_tcp_state_comes_after_ok() {
        let judge = ReadTcpState.exchange().words[0].judge;
        assert_eq!(judge("STATE: IP INITIAL"), Some(Verdict::Good));
        assert_eq!(judge("+CME ERROR: 3"), Some(Verdict::Bad));
        assert_eq!((judge("OK"), judge("+CGEV: ME PDN ACT 1")), (None, None));
        assert_eq!(ReadTcpState.line().masked(), "AT+CIPSTATUS");
        let lines = ["OK".to_owned(), "STATE: IP STATUS".to_owned()];
        assert_eq!(ReadTcpState.answer(&lines).as_deref(), Some("IP STATUS"));
        assert_eq!(ReadTcpState.answer(&["OK".to_owned()]), None);
    }
}
