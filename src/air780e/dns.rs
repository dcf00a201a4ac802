//! Names and addresses (reference, sections 6.3 and 7): `AT+CDNSGIP`, `AT+CDNSCFG`, and the context they need.

use std::{net::Ipv4Addr, time::Duration};

use crate::at::{
    exchange::{Exchange, Info, Verdict, Word},
    reply::Final,
    text::CommandLine,
};

use super::{
    Command,
    command::{fields, last_value, plain_command, value},
    limits,
};

/// `AT+CSTT`: begin the context that resolving needs. A second time is refused with 3.
#[derive(Clone, Copy, Debug)]
pub struct StartTask;

/// `AT+CIICR`: bring the context up.
#[derive(Clone, Copy, Debug)]
pub struct BringUpContext;

/// `AT+CIFSR`: the context's address. It ends with the bare address, without `OK`.
#[derive(Clone, Copy, Debug)]
pub struct ReadContextAddress;

/// `AT+CIPSHUT`: take the context and every link down. It ends with `SHUT OK`, in the MQTT chapter of the manual with
/// `OK`.
#[derive(Clone, Copy, Debug)]
pub struct ShutContext;

/// `AT+CDNSGIP`: resolve a name, as the module sees it. Works only after the three above.
#[derive(Clone, Copy, Debug)]
pub struct Resolve<'a>(pub &'a str);

/// `AT+CDNSCFG=`: set the servers. Lost at a restart.
#[derive(Clone, Copy, Debug)]
pub struct SetServers {
    /// The server asked first.
    pub primary: Ipv4Addr,
    /// The server asked when the first does not answer.
    pub secondary: Option<Ipv4Addr>,
}

/// `AT+CDNSCFG?`: which servers are asked? Broken before V1118.
#[derive(Clone, Copy, Debug)]
pub struct ReadServers;

/// What resolving led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// An address.
    Address(String),
    /// An error number, 10 to 15.
    Failed(u32),
}

impl Resolved {
    /// Reads the line `+CDNSGIP: …`.
    pub fn parse(line: &str) -> Option<Self> {
        let fields = fields(value(line, "+CDNSGIP")?);
        match (*fields.first()?, fields.get(1), fields.get(2)) {
            ("1", Some(_), Some(address)) => Some(Self::Address((*address).to_owned())),
            ("0", Some(number), _) => number.parse().ok().map(Self::Failed),
            _ => None,
        }
    }
}

plain_command!(StartTask, "AT+CSTT", Duration::from_mins(1));
plain_command!(BringUpContext, "AT+CIICR", Duration::from_secs(90));

impl Command for ShutContext {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CIPSHUT")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), Duration::from_secs(90))
            .with_own_final(|line| (line == "SHUT OK").then_some(Final::Ok))
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for ReadContextAddress {
    type Answer = String;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CIFSR")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
            .with_own_final(|line| line.parse::<Ipv4Addr>().ok().map(|_| Final::Ok))
    }

    fn answer(&self, lines: &[String]) -> Option<String> {
        lines.iter().find(|line| line.parse::<Ipv4Addr>().is_ok()).cloned()
    }
}

impl Command for Resolve<'_> {
    type Answer = Resolved;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CDNSGIP=").quoted(self.0)
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_words(&RESOLVE_WORDS)
    }

    fn answer(&self, lines: &[String]) -> Option<Resolved> {
        lines.iter().rev().find_map(|line| Resolved::parse(line))
    }
}

impl Command for SetServers {
    type Answer = ();

    fn line(&self) -> CommandLine {
        let line = CommandLine::new("AT+CDNSCFG=").quoted(&self.primary.to_string());
        match self.secondary {
            Some(secondary) => line.quoted(&secondary.to_string()),
            None => line,
        }
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for ReadServers {
    /// Primary and secondary, as printed.
    type Answer = (String, Option<String>);

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CDNSCFG?")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
            .with_info(Info::Where(|line| line.starts_with("PrimaryDns") || line.starts_with("SecondaryDns")))
    }

    fn answer(&self, lines: &[String]) -> Option<(String, Option<String>)> {
        let primary = last_value(lines, "PrimaryDns")?.to_owned();
        Some((primary, last_value(lines, "SecondaryDns").map(str::to_owned)))
    }
}

fn judge_resolved(line: &str) -> Option<Verdict> {
    Some(match Resolved::parse(line)? {
        Resolved::Address(_) => Verdict::Good,
        Resolved::Failed(_) => Verdict::Bad,
    })
}

/// What follows `AT+CDNSGIP`. Nothing is stated about its time; field resolvers give up within half a minute.
pub static RESOLVE_WORDS: [Word; 1] =
    [Word { expected: "+CDNSGIP: 1", limit: Duration::from_secs(30), judge: judge_resolved }];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolving_ends_with_an_address_or_a_number() {
        let table = [
            (r#"+CDNSGIP: 1,"broker.example","192.0.2.7""#, Some(Resolved::Address("192.0.2.7".into()))),
            ("+CDNSGIP:0,11", Some(Resolved::Failed(11))),
            ("+CDNSGIP: 0,14", Some(Resolved::Failed(14))),
            ("+CDNSGIP: x", None),
            ("OK", None),
        ];
        for (line, expected) in table {
            assert_eq!(Resolved::parse(line), expected, "{line}");
        }
        assert_eq!(judge_resolved("+CDNSGIP:0,11"), Some(Verdict::Bad));
    }

    #[test]
    fn texts_and_answers() {
        assert_eq!(Resolve("broker.example").line().masked(), r#"AT+CDNSGIP="broker.example""#);
        let servers = SetServers { primary: Ipv4Addr::new(192, 0, 2, 1), secondary: Some(Ipv4Addr::new(192, 0, 2, 2)) };
        assert_eq!(servers.line().masked(), r#"AT+CDNSCFG="192.0.2.1","192.0.2.2""#);
        let lines = ["PrimaryDns: 192.0.2.1", "SecondaryDns: 192.0.2.2"].map(str::to_owned);
        assert_eq!(ReadServers.answer(&lines), Some(("192.0.2.1".into(), Some("192.0.2.2".into()))));
        assert_eq!((ReadContextAddress.exchange().own_final)("10.1.2.3"), Some(Final::Ok));
        assert_eq!(StartTask.exchange().limit, Duration::from_mins(1));
        assert_eq!(BringUpContext.line().masked(), "AT+CIICR");
    }
}
