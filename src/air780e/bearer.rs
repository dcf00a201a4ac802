//! Bearers of the packet network (reference, sections 4 and 6.3): `AT+CGACT`, `AT+CGATT=`, `AT+CGDCONT=`, `AT+CGAUTH`,
//! `AT+CIPSTATUS`. MQTT needs none of them: they help a bearer that does not come up, and tests of the network.

use std::time::Duration;

use crate::{
    at::{
        exchange::{Exchange, Info, Verdict, Word},
        reply::Final,
        text::CommandLine,
    },
    mqtt::Password,
};

use super::{
    Command,
    apn::Authentication,
    command::{fields, told_command, value},
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

/// `AT+CGACT=`: bring a bearer up, or take it down.
#[derive(Clone, Copy, Debug)]
pub struct SetBearer(pub Bearer);

/// `AT+CGATT=`: attach to the packet network, or detach.
#[derive(Clone, Copy, Debug)]
pub struct SetAttach(pub bool);

/// `AT+CGDCONT=`: which access point a bearer uses. Lost at a restart.
#[derive(Clone, Copy, Debug)]
pub struct DefineBearer<'a> {
    /// Its number.
    pub context: u8,
    /// Access point, at most 128 bytes.
    pub apn: &'a str,
}

/// `AT+CGAUTH=`: the login of a bearer.
#[derive(Clone, Debug)]
pub struct SetLogin<'a> {
    /// Number of the bearer.
    pub context: u8,
    /// How the login travels.
    pub authentication: Authentication,
    /// User name, at most 32 bytes.
    pub user: &'a str,
    /// Password, at most 32 bytes.
    pub password: &'a Password,
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

told_command!(SetBearer, ACTIVATION, |wanted| {
    CommandLine::new("AT+CGACT=").arg(u8::from(wanted.0.is_up)).arg(wanted.0.context)
});
told_command!(SetAttach, ACTIVATION, |wanted| CommandLine::new("AT+CGATT=").arg(u8::from(wanted.0)));
told_command!(DefineBearer<'_>, limits::DEFAULT, |wanted| {
    CommandLine::new("AT+CGDCONT=").arg(wanted.context).quoted("IP").quoted(wanted.apn)
});
told_command!(SetLogin<'_>, limits::DEFAULT, |wanted| {
    let line = CommandLine::new("AT+CGAUTH=").arg(wanted.context).arg(wanted.authentication.number());
    line.quoted(wanted.user).quoted_secret(wanted.password.reveal())
});

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
/// The vendor's limit for `AT+CGACT=` and `AT+CGATT=`.
const ACTIVATION: Duration = Duration::from_secs(108);

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
    fn texts_and_the_vendors_limits() {
        let password = Password::new("iot98765");
        let login = SetLogin { context: 1, authentication: Authentication::Chap, user: "u9682", password: &password };
        let up = SetBearer(Bearer { context: 5, is_up: true });
        let texts = [
            (up.line(), "AT+CGACT=1,5"),
            (SetAttach(false).line(), "AT+CGATT=0"),
            (DefineBearer { context: 5, apn: "cmiot" }.line(), "AT+CGDCONT=5,\"IP\",\"cmiot\""),
            (login.line(), "AT+CGAUTH=1,2,\"u9682\",\"***\""),
            (ReadTcpState.line(), "AT+CIPSTATUS"),
        ];
        for (line, expected) in texts {
            assert_eq!(line.masked(), expected);
        }
        assert_eq!(login.line().bytes(), b"AT+CGAUTH=1,2,\"u9682\",\"iot98765\"\r");
        assert_eq!([up.exchange().limit, SetAttach(true).exchange().limit], [Duration::from_secs(108); 2]);
    }

    #[test]
    fn the_tcp_state_comes_after_ok() {
        let judge = ReadTcpState.exchange().words[0].judge;
        assert_eq!(judge("STATE: IP INITIAL"), Some(Verdict::Good));
        assert_eq!(judge("+CME ERROR: 3"), Some(Verdict::Bad));
        assert_eq!((judge("OK"), judge("+CGEV: ME PDN ACT 1")), (None, None));
        let lines = ["OK".to_owned(), "STATE: IP STATUS".to_owned()];
        assert_eq!(ReadTcpState.answer(&lines).as_deref(), Some("IP STATUS"));
        assert_eq!(ReadTcpState.answer(&["OK".to_owned()]), None);
    }
}
