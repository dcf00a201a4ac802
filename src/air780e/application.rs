//! The bearer of the module's own applications (reference, section 6.3): `AT+SAPBR`. HTTP, FTP and the time server of
//! `AT+CNTP` use it; MQTT does not.

use crate::{
    at::{
        exchange::{Exchange, Info},
        text::CommandLine,
    },
    mqtt::Password,
};

use super::{
    Command,
    command::{fields, last_value, plain_command, told_command},
    limits,
};

/// `AT+SAPBR=3,1,…`: one setting of the bearer. Lost at a restart (section 17).
#[derive(Clone, Copy, Debug)]
pub enum SetApplication<'a> {
    /// Access point, at most 128 bytes; empty lets the network choose.
    Apn(&'a str),
    /// User name, at most 32 bytes.
    User(&'a str),
    /// Password, at most 32 bytes.
    Password(&'a Password),
}

/// `AT+SAPBR=1,1`: bring it up.
#[derive(Clone, Copy, Debug)]
pub struct OpenApplication;

/// `AT+SAPBR=0,1`: take it down.
#[derive(Clone, Copy, Debug)]
pub struct CloseApplication;

/// `AT+SAPBR=2,1`: is it up, and with which address?
#[derive(Clone, Copy, Debug)]
pub struct ReadApplication;

/// The answer to `AT+SAPBR=2,1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationBearer {
    /// State 1.
    pub is_open: bool,
    /// Its address, when it has one.
    pub address: Option<String>,
}

told_command!(SetApplication<'_>, limits::DEFAULT, |wanted| {
    let line = CommandLine::new("AT+SAPBR=").arg(3).arg(1);
    match wanted {
        Self::Apn(apn) => line.quoted("APN").quoted(apn),
        Self::User(user) => line.quoted("USER").quoted(user),
        Self::Password(password) => line.quoted("PWD").quoted_secret(password.reveal()),
    }
});
plain_command!(OpenApplication, "AT+SAPBR=1,1", limits::DEFAULT);
plain_command!(CloseApplication, "AT+SAPBR=0,1", limits::DEFAULT);

impl Command for ReadApplication {
    type Answer = ApplicationBearer;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+SAPBR=2,1")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("+SAPBR:".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<ApplicationBearer> {
        let fields = fields(last_value(lines, "+SAPBR")?);
        let [_, state, rest @ ..] = fields.as_slice() else { return None };
        let state: u8 = state.parse().ok()?;
        let address = rest.first().filter(|address| !address.is_empty() && **address != "0.0.0.0");
        Some(ApplicationBearer { is_open: state == 1, address: address.map(|address| (*address).to_owned()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::air780e::urc::Urc;

    #[test]
    fn texts_of_the_bearer() {
        let password = Password::new("iot98765");
        let texts = [
            (SetApplication::Apn("").line(), r#"AT+SAPBR=3,1,"APN","""#),
            (SetApplication::User("u9682").line(), r#"AT+SAPBR=3,1,"USER","u9682""#),
            (SetApplication::Password(&password).line(), r#"AT+SAPBR=3,1,"PWD","***""#),
            (OpenApplication.line(), "AT+SAPBR=1,1"),
            (CloseApplication.line(), "AT+SAPBR=0,1"),
            (ReadApplication.line(), "AT+SAPBR=2,1"),
        ];
        for (line, expected) in texts {
            assert_eq!(line.masked(), expected);
        }
        assert_eq!(SetApplication::Password(&password).line().bytes(), b"AT+SAPBR=3,1,\"PWD\",\"iot98765\"\r");
        assert_eq!([OpenApplication.exchange().limit, CloseApplication.exchange().limit], [limits::DEFAULT; 2]);
    }

    #[test]
    fn its_state_and_its_end() {
        let answer = |line: &str| ReadApplication.answer(&[line.to_owned()]);
        let open = ApplicationBearer { is_open: true, address: Some("10.212.65.203".into()) };
        for line in ["+SAPBR: 1,1,\"10.212.65.203\"", "+SAPBR:1,1,10.212.65.203", "+SAPBR: 1, 1, \"10.212.65.203\" "] {
            assert_eq!(answer(line), Some(open.clone()), "{line}");
            assert!(ReadApplication.exchange().info.covers(line));
        }
        let closed = ApplicationBearer { is_open: false, address: None };
        assert_eq!(answer("+SAPBR: 1,3,\"0.0.0.0\""), Some(closed.clone()));
        assert_eq!(answer("+SAPBR: 1,3"), Some(closed));
        assert_eq!((answer("+SAPBR: 1"), answer("+SAPBR 1: DEACT")), (None, None));
        assert!(!ReadApplication.exchange().info.covers("+SAPBR 1: DEACT"));
        assert_eq!(Urc::parse("+SAPBR 1: DEACT"), Some(Urc::ApplicationDown));
    }
}
