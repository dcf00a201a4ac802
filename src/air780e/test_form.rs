//! Questions whether a command is known, and with which arguments: `AT+…=?` (reference, sections 6.2, 7, 9 and 11).

use crate::at::{
    exchange::{Exchange, Info},
    text::CommandLine,
};

use super::{Command, command::value, limits};

/// The commands whose test form the reference shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TestForm {
    /// `AT+CPNETAPN=?`
    AccessPoint,
    /// `AT+CDNSCFG=?`
    NameServers,
    /// `AT+SSLCFG=?`: `OK` and nothing else.
    TlsSetting,
    /// `AT+MCONFIG=?`
    Config,
    /// `AT+MIPSTART=?`
    Link,
    /// `AT+SSLMIPSTART=?`
    EncryptedLink,
    /// `AT+MCONNECT=?`
    Login,
    /// `AT+MSUB=?`
    Subscribe,
    /// `AT+MUNSUB=?`
    Unsubscribe,
    /// `AT+MPUB=?`
    Publish,
    /// `AT+MPUBEX=?`
    PublishExtended,
    /// `AT+MQTTMSGSET=?`
    MessageMode,
    /// `AT+MQTTMODE=?`
    HexMode,
    /// `AT+MDISCONNECT=?`: `OK` and nothing else.
    Disconnect,
    /// `AT+MIPCLOSE=?`: `OK` and nothing else.
    CloseLink,
}

impl TestForm {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::AccessPoint,
        Self::NameServers,
        Self::TlsSetting,
        Self::Config,
        Self::Link,
        Self::EncryptedLink,
        Self::Login,
        Self::Subscribe,
        Self::Unsubscribe,
        Self::Publish,
        Self::PublishExtended,
        Self::MessageMode,
        Self::HexMode,
        Self::Disconnect,
        Self::CloseLink,
    ];

    /// The command's name without `AT`: what its answer begins with.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccessPoint => "+CPNETAPN",
            Self::NameServers => "+CDNSCFG",
            Self::TlsSetting => "+SSLCFG",
            Self::Config => "+MCONFIG",
            Self::Link => "+MIPSTART",
            Self::EncryptedLink => "+SSLMIPSTART",
            Self::Login => "+MCONNECT",
            Self::Subscribe => "+MSUB",
            Self::Unsubscribe => "+MUNSUB",
            Self::Publish => "+MPUB",
            Self::PublishExtended => "+MPUBEX",
            Self::MessageMode => "+MQTTMSGSET",
            Self::HexMode => "+MQTTMODE",
            Self::Disconnect => "+MDISCONNECT",
            Self::CloseLink => "+MIPCLOSE",
        }
    }
}

impl Command for TestForm {
    /// The forms of the arguments as printed, one a line; none when the command is known and says no more.
    type Answer = Vec<String>;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT").plain(self.name()).plain("=?")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix(self.name().into()))
    }

    fn answer(&self, lines: &[String]) -> Option<Vec<String>> {
        Some(lines.iter().filter_map(|line| value(line, self.name())).map(str::to_owned).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_that_the_reference_prints() {
        let table = [
            (TestForm::AccessPoint, r#"+CPNETAPN:setmode=[2,3],"apn","Username","Password",authtype=[0,1,2]"#),
            (TestForm::NameServers, r#"+CDNSCFG: ("Primary DNS"),("Secondary DNS")"#),
            (
                TestForm::Config,
                "+MCONFIG: <clientid>[,<username>,<password>[,(0-2),(0,1),<will_topic>,<will_message>]]",
            ),
            (TestForm::Link, r#"+MIPSTART:"DOMAIN NAME",(1-65535)"#),
            (TestForm::Login, "+MCONNECT:(0-1),(1-65535)"),
            (TestForm::Subscribe, "+MSUB:<topic>,(0-2)"),
            (TestForm::Unsubscribe, "+MUNSUB:<topic>"),
            (TestForm::Publish, "+MPUB:<topic>,(0-2),(0-1),<message>"),
            (TestForm::PublishExtended, "+MPUBEX:<topic>,(0-2),(0-1),<len>"),
            (TestForm::MessageMode, "+MQTTMSGSET:(0,1)"),
            (TestForm::HexMode, "+MQTTMODE: (0,1)"),
        ];
        for (form, line) in table {
            assert!(form.exchange().info.covers(line), "{line}");
            let printed = form.answer(&["OK".to_owned(), line.to_owned()]).expect("an answer");
            assert_eq!(printed, [line.split_once(':').expect("a colon").1.trim()]);
        }
        assert_eq!(TestForm::TlsSetting.answer(&["OK".to_owned()]), Some(Vec::new()));
    }

    #[test]
    fn no_form_is_taken_for_another() {
        for (place, form) in TestForm::ALL.iter().enumerate() {
            assert_eq!(form.line().masked(), format!("AT{}=?", form.name()));
            let foreign = TestForm::ALL.iter().enumerate().filter(|(other, _)| *other != place);
            for (_, other) in foreign {
                assert_eq!(form.answer(&[format!("{}: x", other.name())]), Some(Vec::new()), "{form:?} {other:?}");
            }
        }
    }
}
