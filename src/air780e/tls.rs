//! Encryption (reference, section 9): `AT+SSLCFG` for context 88, `AT+SSLMIPSTART`.

use std::time::Duration;

use crate::{
    at::{
        exchange::{Exchange, Info},
        text::{CommandLine, MASK},
    },
    mqtt::Password,
};

use super::{
    Command,
    command::{fields, last_value},
    limits,
    mqtt::{LONG_TLS_LINK_WORDS, TLS_LINK_WORDS},
};

/// One setting of the MQTT context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Newest protocol version allowed.
    Version(Version),
    /// Suites offered.
    Suites(Suite),
    /// File with the certificates of the authorities that are believed.
    Authority(String),
    /// File with the certificate the module shows.
    ClientCertificate(String),
    /// File with the key to that certificate.
    ClientKey(String),
    /// What is checked.
    Level(Level),
    /// Name asked of the server (SNI) and held against its certificate.
    HostName(String),
    /// Whether the dates of certificates are left unchecked.
    IgnoreDates(bool),
    /// How long the handshake may take, 10 to 300 s.
    NegotiationLimit(Duration),
    /// Random bytes of the client, 56 or 64 hex digits: for debugging.
    ClientRandom(String),
    /// The secret both sides agree on before the master secret: for debugging.
    Premaster(Password),
    /// Which certificate the server's is held against.
    VerifyMode(VerifyMode),
}

/// Whether `read` says the same as `value`: numbers may be printed in another base.
pub fn reads_as(read: &str, value: &str) -> bool {
    let number = |text: &str| match text.get(..2) {
        Some("0x" | "0X") => u32::from_str_radix(&text[2..], 16).ok(),
        _ => text.parse().ok(),
    };
    read == value || number(read).is_some_and(|read| number(value) == Some(read))
}

/// Which certificate the server's is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VerifyMode {
    /// That of the root authority.
    Root = 0,
    /// Another one.
    Other = 1,
}

/// Protocol versions by number. There is no TLS 1.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Version {
    /// SSL 3.0.
    Ssl3 = 0,
    /// TLS 1.0.
    Tls10 = 1,
    /// TLS 1.1.
    Tls11 = 2,
    /// TLS 1.2.
    Tls12 = 3,
    /// Any of them.
    All = 4,
}

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Nothing.
    Nothing = 0,
    /// The server.
    Server = 1,
    /// The server, and the module shows its own certificate.
    Both = 2,
}

/// The cipher suites of the tutorial, all with RSA key exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Suite {
    /// `TLS_RSA_WITH_AES_256_CBC_SHA`.
    Aes256Sha = 0x0035,
    /// `TLS_RSA_WITH_AES_128_CBC_SHA`.
    Aes128Sha = 0x002f,
    /// `TLS_RSA_WITH_RC4_128_SHA`.
    Rc4Sha = 0x0005,
    /// `TLS_RSA_WITH_RC4_128_MD5`.
    Rc4Md5 = 0x0004,
    /// `TLS_RSA_WITH_3DES_EDE_CBC_SHA`.
    TripleDesSha = 0x000a,
    /// `TLS_RSA_WITH_AES_256_CBC_SHA256`.
    Aes256Sha256 = 0x003d,
    /// All of them.
    All = 0xffff,
}

impl Setting {
    /// The value as the module is told, without quotes; a secret one is masked.
    pub fn value(&self) -> String {
        match self {
            Self::Version(version) => (*version as u8).to_string(),
            Self::Level(level) => (*level as u8).to_string(),
            Self::IgnoreDates(is_on) => u8::from(*is_on).to_string(),
            Self::NegotiationLimit(limit) => limit.as_secs().to_string(),
            Self::VerifyMode(mode) => (*mode as u8).to_string(),
            Self::Premaster(_) => MASK.to_owned(),
            Self::Suites(suite) => format!("0X{:04X}", *suite as u16),
            Self::Authority(text)
            | Self::ClientCertificate(text)
            | Self::ClientKey(text)
            | Self::HostName(text)
            | Self::ClientRandom(text) => text.clone(),
        }
    }

    /// Whether `read` says the same as [`value`](Self::value): numbers may be printed in another base.
    pub fn is_read_as(&self, read: &str) -> bool {
        reads_as(read, &self.value())
    }

    fn is_text(&self) -> bool {
        QUOTED.contains(&self.key())
    }

    /// Its key word.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Version(_) => "sslversion",
            Self::Suites(_) => "ciphersuite",
            Self::Authority(_) => "cacert",
            Self::ClientCertificate(_) => "clientcert",
            Self::ClientKey(_) => "clientkey",
            Self::Level(_) => "seclevel",
            Self::HostName(_) => "hostname",
            Self::IgnoreDates(_) => "ignorelocaltime",
            Self::NegotiationLimit(_) => "negotiatetimeout",
            Self::ClientRandom(_) => "clientrandom",
            Self::Premaster(_) => "premaster",
            Self::VerifyMode(_) => "verifymode",
        }
    }
}

/// `AT+SSLCFG="key",88,value`: change one setting. Lost at a restart.
#[derive(Clone, Debug)]
pub struct Configure(pub Setting);

/// `AT+SSLCFG="key",88,value` of any setting, as it was read or as [`Setting::value`] gives it.
#[derive(Clone, Copy, Debug)]
pub struct SetValue<'a> {
    /// Its key word.
    pub key: &'a str,
    /// The value, without quotes.
    pub value: &'a str,
}

/// `AT+SSLCFG="key",88`: read one setting.
#[derive(Clone, Copy, Debug)]
pub struct ReadSetting(pub &'static str);

/// `AT+SSLCFG="key",88,`: erase one setting.
#[derive(Clone, Copy, Debug)]
pub struct EraseSetting<'a>(pub &'a str);

/// `AT+SSLMIPSTART`: open the encrypted link (section 11.2).
#[derive(Clone, Copy, Debug)]
pub struct OpenEncryptedLink<'a> {
    /// Host name or numeric address.
    pub host: &'a str,
    /// Port.
    pub port: u16,
    /// Whether the handshake was given more than a minute.
    pub is_slow: bool,
}

impl Command for Configure {
    type Answer = ();

    fn line(&self) -> CommandLine {
        let line = key_line(self.0.key());
        if let Setting::Premaster(secret) = &self.0 {
            return line.secret_arg(secret.reveal());
        }
        if self.0.is_text() { line.quoted(&self.0.value()) } else { line.arg(self.0.value()) }
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for SetValue<'_> {
    type Answer = ();

    fn line(&self) -> CommandLine {
        let line = key_line(self.key);
        if QUOTED.contains(&self.key) { line.quoted(self.value) } else { line.arg(self.value) }
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for ReadSetting {
    /// The value as printed, without quotes.
    type Answer = String;

    fn line(&self) -> CommandLine {
        key_line(self.0)
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("+SSLCFG".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<String> {
        let fields = fields(last_value(lines, "+SSLCFG")?);
        (fields.first()?.eq_ignore_ascii_case(self.0)).then(|| fields.get(2).copied().unwrap_or("").to_owned())
    }
}

impl Command for EraseSetting<'_> {
    type Answer = ();

    fn line(&self) -> CommandLine {
        key_line(self.0).arg("")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for OpenEncryptedLink<'_> {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+SSLMIPSTART=").quoted(self.host).arg(self.port)
    }

    fn exchange(&self) -> Exchange {
        let words = if self.is_slow { &LONG_TLS_LINK_WORDS } else { &TLS_LINK_WORDS };
        Exchange::new(self.line(), limits::DEFAULT).with_words(words)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

fn key_line(key: &str) -> CommandLine {
    CommandLine::new("AT+SSLCFG=").quoted(key).arg(MQTT_CONTEXT)
}

/// Key words of settings whose value stands in quotes.
const QUOTED: [&str; 4] = ["cacert", "clientcert", "clientkey", "hostname"];

/// Every key word of a setting.
pub const KEYS: [&str; 12] = [
    "sslversion",
    "ciphersuite",
    "cacert",
    "clientcert",
    "clientkey",
    "seclevel",
    "hostname",
    "ignorelocaltime",
    "negotiatetimeout",
    "clientrandom",
    "premaster",
    "verifymode",
];

/// The context of MQTT; 0 to 5 are TCP, 34 FTP, 153 HTTP.
const MQTT_CONTEXT: u8 = 88;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_as_the_reference_prints_them() {
        let table = [
            (Setting::Version(Version::All), r#"AT+SSLCFG="sslversion",88,4"#),
            (Setting::Suites(Suite::All), r#"AT+SSLCFG="ciphersuite",88,0XFFFF"#),
            (Setting::Suites(Suite::Aes256Sha), r#"AT+SSLCFG="ciphersuite",88,0X0035"#),
            (Setting::Authority("ca.crt".into()), r#"AT+SSLCFG="cacert",88,"ca.crt""#),
            (Setting::ClientCertificate("client.crt".into()), r#"AT+SSLCFG="clientcert",88,"client.crt""#),
            (Setting::ClientKey("client.key".into()), r#"AT+SSLCFG="clientkey",88,"client.key""#),
            (Setting::Level(Level::Both), r#"AT+SSLCFG="seclevel",88,2"#),
            (Setting::HostName("broker.example".into()), r#"AT+SSLCFG="hostname",88,"broker.example""#),
            (Setting::IgnoreDates(true), r#"AT+SSLCFG="ignorelocaltime",88,1"#),
            (Setting::NegotiationLimit(Duration::from_mins(1)), r#"AT+SSLCFG="negotiatetimeout",88,60"#),
            (Setting::ClientRandom("0A1B".into()), r#"AT+SSLCFG="clientrandom",88,0A1B"#),
            (Setting::Premaster(Password::new("0303AB")), r#"AT+SSLCFG="premaster",88,***"#),
            (Setting::VerifyMode(VerifyMode::Other), r#"AT+SSLCFG="verifymode",88,1"#),
        ];
        assert!(table.iter().all(|(setting, _)| KEYS.contains(&setting.key())));
        for (setting, expected) in table {
            assert_eq!(Configure(setting).line().masked(), expected);
        }
        assert_eq!(ReadSetting("cacert").line().masked(), r#"AT+SSLCFG="cacert",88"#);
        assert_eq!(EraseSetting("cacert").line().masked(), r#"AT+SSLCFG="cacert",88,"#);
        let open = OpenEncryptedLink { host: "broker.example", port: 8883, is_slow: false };
        assert_eq!(open.line().masked(), r#"AT+SSLMIPSTART="broker.example",8883"#);
    }

    #[test]
    fn a_setting_is_read_back_with_or_without_blank() {
        for line in [r#"+SSLCFG: "cacert",88,"ca.crt""#, r#"+SSLCFG:"cacert",88,ca.crt"#] {
            assert_eq!(ReadSetting("cacert").answer(&[line.to_owned()]).as_deref(), Some("ca.crt"), "{line}");
        }
        assert!(Setting::Suites(Suite::Aes256Sha).is_read_as("53") && Setting::Level(Level::Server).is_read_as("1"));
        assert!(!Setting::Level(Level::Both).is_read_as("1") && !Setting::Authority("a".into()).is_read_as("b"));
        let other = [r#"+SSLCFG: "seclevel",88,2"#.to_owned()];
        assert_eq!(ReadSetting("cacert").answer(&other), None);
    }
}
