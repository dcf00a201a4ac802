//! The access point of a private network (reference, section 6.2, `AT+CPNETAPN`).

use crate::{
    at::{
        exchange::{Exchange, Info},
        text::CommandLine,
    },
    mqtt::Password,
};

use super::{
    Command,
    command::{fields, last_value, value},
    limits,
};

/// How the network checks user and password.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Authentication {
    /// Not at all.
    #[default]
    None,
    /// PAP: the password travels in clear.
    Pap,
    /// CHAP: the tutorial's choice.
    Chap,
}

impl Authentication {
    /// All three, by number.
    pub const ALL: [Self; 3] = [Self::None, Self::Pap, Self::Chap];

    /// The number on the wire.
    pub const fn number(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Pap => 1,
            Self::Chap => 2,
        }
    }
}

/// `AT+CPNETAPN=2,…`: save an access point and apply it. The modem restarts its protocol stack itself.
#[derive(Clone, Debug)]
pub struct SaveApn<'a> {
    /// Name of the access point, 1 to 128 bytes.
    pub apn: &'a str,
    /// User, at most 32 bytes.
    pub user: &'a str,
    /// Password, at most 32 bytes.
    pub password: &'a Password,
    /// How both are checked.
    pub authentication: Authentication,
}

/// `AT+CPNETAPN=3,…`: delete the saved access point.
#[derive(Clone, Copy, Debug)]
pub struct DeleteApn;

/// `AT+CPNETAPN?`: which access point is saved?
#[derive(Clone, Copy, Debug)]
pub struct ReadApn;

/// The answer to `AT+CPNETAPN?`, without the password that the module prints in clear.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedApn {
    /// Whether a set is saved: mode 2. Before V1169 it stays 2 after a deletion.
    pub is_saved: bool,
    /// Name of the access point.
    pub apn: String,
    /// User.
    pub user: String,
    /// Number of the authentication, 0 to 2.
    pub authentication: u8,
}

/// `AT+CGDCONT?`: which access points are in use?
#[derive(Clone, Copy, Debug)]
pub struct ReadContexts;

/// What the first bearer uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedApn {
    /// Name of the access point, perhaps with the operator's ending.
    pub apn: String,
    /// Whether it has an address.
    pub has_address: bool,
}

impl UsedApn {
    /// Whether it is the access point `name`: networks add an ending such as `.mnc001.mcc460.gprs`.
    pub fn is(&self, name: &str) -> bool {
        let start = self.apn.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        start && matches!(self.apn.as_bytes().get(name.len()), None | Some(b'.'))
    }
}

impl Command for ReadContexts {
    /// Of the first bearer.
    type Answer = UsedApn;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CGDCONT?")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("+CGDCONT".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<UsedApn> {
        let contexts = lines.iter().filter_map(|line| value(line, "+CGDCONT")).map(fields);
        let first = contexts.into_iter().find(|fields| fields.first() == Some(&"1"))?;
        let address = first.get(3).copied().unwrap_or("");
        let has_address =
            address.contains(['1', '2', '3', '4', '5', '6', '7', '8', '9']) && address.contains(['.', ':']);
        Some(UsedApn { apn: (*first.get(2)?).to_owned(), has_address })
    }
}

impl Command for SaveApn<'_> {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CPNETAPN=")
            .arg(2)
            .quoted(self.apn)
            .quoted(self.user)
            .quoted_secret(self.password.reveal())
            .arg(self.authentication.number())
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for DeleteApn {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CPNETAPN=").arg(3).quoted("").quoted("").quoted("").arg(0)
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for ReadApn {
    type Answer = SavedApn;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CPNETAPN?")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Where(is_apn_line))
    }

    fn answer(&self, lines: &[String]) -> Option<SavedApn> {
        let text = |prefix| last_value(lines, prefix).map(|value| value.trim_matches('"').to_owned());
        Some(SavedApn {
            is_saved: text("MODE")? == "2",
            apn: text("APN")?,
            user: text("USR").unwrap_or_default(),
            authentication: text("AUTHMODE").and_then(|number| number.parse().ok()).unwrap_or(0),
        })
    }
}

fn is_apn_line(line: &str) -> bool {
    ["MODE:", "APN:", "USR:", "PWD:", "AUTHMODE:"].iter().any(|prefix| line.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tutorials_access_point() {
        let password = Password::new("iot98765");
        let authentication = Authentication::Chap;
        let save = SaveApn { apn: "jscmiot", user: "u9682", password: &password, authentication };
        assert_eq!(save.line().bytes(), b"AT+CPNETAPN=2,\"jscmiot\",\"u9682\",\"iot98765\",2\r");
        assert_eq!(save.line().masked(), r#"AT+CPNETAPN=2,"jscmiot","u9682","***",2"#);
        assert_eq!(DeleteApn.line().masked(), r#"AT+CPNETAPN=3,"","","",0"#);
    }

    #[test]
    fn the_first_bearer_tells_its_access_point() {
        let table = [
            (r#"+CGDCONT: 1,"IP","cmiot","10.126.200.230""#, Some(("cmiot", true))),
            (r#"+CGDCONT: 1,"IP","cmiot.mnc004.mcc460.gprs","10.126.200.230",0,0"#, Some(("cmiot", true))),
            (r#"+CGDCONT:1,"IP","cmiot","",,,,"#, Some(("cmiot", false))),
            (r#"+CGDCONT: 1,"IP","cmiot""#, Some(("cmiot", false))),
            (r#"+CGDCONT: 1,"IP","cmiot","0.0.0.0""#, Some(("cmiot", false))),
            (r#"+CGDCONT: 2,"IP","ims","10.1.1.1""#, None),
        ];
        for (line, expected) in table {
            let used = ReadContexts.answer(&[line.to_owned()]);
            assert_eq!(used.is_some(), expected.is_some(), "{line}");
            if let (Some(used), Some((name, has_address))) = (used, expected) {
                assert!(used.is(name) && !used.is("cm") && !used.is("cmiotx"), "{line}");
                assert_eq!(used.has_address, has_address, "{line}");
            }
        }
    }

    #[test]
    fn five_lines_say_what_is_saved() {
        let lines = ["MODE:2", "APN:jscmiot", "USR:u9682", "PWD:***", "AUTHMODE:2"].map(str::to_owned);
        assert!(lines.iter().all(|line| ReadApn.exchange().info.covers(line)));
        let saved = ReadApn.answer(&lines).expect("an answer");
        assert_eq!((saved.is_saved, saved.apn.as_str(), saved.authentication), (true, "jscmiot", 2));
        assert_eq!(ReadApn.answer(&["OK".to_owned()]), None);
    }
}
