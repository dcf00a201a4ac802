//! The options of a check that say how the connection is protected, through which access point it goes, what is said for a
//! lost client, and how messages come. Everything is checked here, before a port is opened.

use std::{
    net::Ipv4Addr,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::{Args, ValueEnum};

use super::{
    crosscheck::today,
    files::{self, Judged, Judging},
    inputs::{qos, read_password},
    verdict::Failure,
};
use crate::{
    air780e::limits,
    certs::FileRole,
    diagnosis::diagnose_input,
    lang::Text,
    modem::{
        event::Fault,
        fault::draft_words,
        request::{
            AccessPoint, Authentication, Connection, Contents, FileRef, Reception, Request, Security, Suite,
            TlsOptions, Version, Will,
        },
    },
    mqtt::Draft,
};

/// How the way to the broker is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Protection {
    /// Not at all.
    #[default]
    Plain,
    /// Encrypted; anybody may be at the other end.
    Encrypted,
    /// Encrypted; the server is checked by --ca.
    Server,
    /// As server, and the module shows --cert with --key.
    Mutual,
}

/// How user and password of an access point are checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ApnCheck {
    /// Not at all.
    #[default]
    None,
    /// PAP.
    Pap,
    /// CHAP.
    Chap,
}

/// Protocol versions that can be asked for alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TlsVersion {
    /// SSL 3.0.
    #[value(name = "ssl3.0")]
    Ssl3,
    /// TLS 1.0.
    #[value(name = "1.0")]
    Tls10,
    /// TLS 1.1.
    #[value(name = "1.1")]
    Tls11,
    /// TLS 1.2.
    #[value(name = "1.2")]
    Tls12,
}

/// Suites that can be offered alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TlsSuite {
    /// `TLS_RSA_WITH_AES_256_CBC_SHA`.
    Aes256Sha,
    /// `TLS_RSA_WITH_AES_128_CBC_SHA`.
    Aes128Sha,
    /// `TLS_RSA_WITH_AES_256_CBC_SHA256`.
    Aes256Sha256,
    /// `TLS_RSA_WITH_3DES_EDE_CBC_SHA`.
    TripleDesSha,
    /// `TLS_RSA_WITH_RC4_128_SHA`.
    Rc4Sha,
    /// `TLS_RSA_WITH_RC4_128_MD5`.
    Rc4Md5,
}

/// More of what a check may be told.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(in crate::cli) struct Options {
    /// How the way to the broker is protected.
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t)]
    pub(in crate::cli) security: Protection,
    /// File with the certificates of the authorities that are believed, PEM.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) ca: Option<PathBuf>,
    /// File with the certificate the module shows, PEM.
    #[arg(long, value_name = "FILE", requires = "key")]
    pub(in crate::cli) cert: Option<PathBuf>,
    /// File with the key to that certificate, PEM. It is never printed.
    #[arg(long, value_name = "FILE", requires = "cert")]
    pub(in crate::cli) key: Option<PathBuf>,
    /// Name to ask of the server (SNI) in place of the host.
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) sni: Option<String>,
    /// Do not check the dates of certificates: the module's clock may be wrong.
    #[arg(long)]
    pub(in crate::cli) ignore_clock: bool,
    /// Allow this version of the protocol alone; without it all that the module has.
    #[arg(long, value_enum, value_name = "VERSION")]
    pub(in crate::cli) tls_version: Option<TlsVersion>,
    /// Offer this suite alone; without it all that the module has.
    #[arg(long, value_enum, value_name = "SUITE")]
    pub(in crate::cli) tls_suite: Option<TlsSuite>,
    /// Longest time for the handshake, in seconds; without it the module's own.
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u16).range(10..=300))]
    pub(in crate::cli) negotiate_timeout: Option<u16>,
    /// Access point of a private network; the module keeps it.
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) apn: Option<String>,
    /// User of the access point.
    #[arg(long, value_name = "NAME", requires = "apn")]
    pub(in crate::cli) apn_user: Option<String>,
    /// File with the password of the access point; one line end at its end is not part of it.
    #[arg(long, value_name = "FILE", requires = "apn_user")]
    pub(in crate::cli) apn_password_file: Option<PathBuf>,
    /// How user and password of the access point are checked.
    #[arg(long, value_enum, value_name = "KIND", default_value_t, requires = "apn")]
    pub(in crate::cli) apn_auth: ApnCheck,
    /// Topic on which the broker speaks for this client when the client is lost.
    #[arg(long, value_name = "TOPIC")]
    pub(in crate::cli) will_topic: Option<String>,
    /// What the broker says then.
    #[arg(long, value_name = "TEXT", requires = "will_topic", allow_hyphen_values = true)]
    pub(in crate::cli) will_payload: Option<String>,
    /// Quality of service of it.
    #[arg(long, value_name = "Q", default_value_t = 0, requires = "will_topic", value_parser = clap::value_parser!(u8).range(0..=2))]
    pub(in crate::cli) will_qos: u8,
    /// Let the broker keep it as the topic's last known value.
    #[arg(long, requires = "will_topic")]
    pub(in crate::cli) will_retain: bool,
    /// Let the module keep messages in its four slots until they are fetched.
    #[arg(long)]
    pub(in crate::cli) cached: bool,
    /// Try the usual rates and take the one at which the module answers.
    #[arg(long)]
    pub(in crate::cli) find_baud: bool,
}

/// How long a check stays, and what it bears.
#[derive(Debug, Args)]
pub(in crate::cli) struct Staying {
    /// Open a lost session again, and a port that comes back under another name.
    #[arg(long)]
    pub(in crate::cli) reconnect: bool,
    /// Stay connected for so many seconds after everything else is done.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub(in crate::cli) watch: Option<u32>,
    /// Fail when the session was lost more often than this, also when each loss was put right.
    #[arg(long, value_name = "N")]
    pub(in crate::cli) max_drops: Option<u32>,
    /// At the end ask the module what it says of itself (clock, last start, supply, bearers), and print it.
    #[arg(long)]
    pub(in crate::cli) details: bool,
}

/// What is asked of the module before it connects, in this order.
#[derive(Debug, Args)]
pub(in crate::cli) struct Before {
    /// Restart the module first, and wait until it is there again.
    #[arg(long)]
    pub(in crate::cli) restart: bool,
    /// File with the PIN of the card; one line end at its end is not part of it. After three wrong ones in a row the card wants
    /// its PUK, and no program knows how many are left: give it once, and only where you are sure.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) pin_file: Option<PathBuf>,
    /// Delete the access point that the module keeps, as a public card needs none.
    #[arg(long, conflicts_with = "apn")]
    pub(in crate::cli) clear_apn: bool,
    /// Name servers for the module to ask until its next restart, one or two, with a comma between them.
    #[arg(long, value_name = "ADDRESS[,ADDRESS]", value_delimiter = ',', num_args = 1..=2)]
    pub(in crate::cli) dns: Vec<Ipv4Addr>,
    /// Erase a setting of the encryption by its key word, such as hostname; may be given several times.
    #[arg(long, value_name = "KEY")]
    pub(in crate::cli) erase_tls: Vec<String>,
}

impl Before {
    /// The requests that do it.
    pub(in crate::cli) fn requests(&self) -> Result<Vec<Request>, Failure> {
        let mut all = Vec::new();
        all.extend(self.restart.then_some(Request::Restart));
        if let Some(path) = &self.pin_file {
            all.push(Request::EnterPin(read_password("--pin-file", path)?));
        }
        all.extend(self.clear_apn.then_some(Request::ClearAccessPoint));
        match self.dns[..] {
            [] => {}
            [primary] => all.push(Request::SetNameServers { primary, secondary: None }),
            [primary, secondary, ..] => {
                all.push(Request::SetNameServers { primary, secondary: Some(secondary) });
            }
        }
        all.extend(self.erase_tls.iter().cloned().map(Request::EraseTlsSetting));
        Ok(all)
    }
}

impl Options {
    /// `connection` with what these options say; what is to be told of its files goes into `notes`.
    pub(in crate::cli) fn applied(&self, connection: Connection, notes: &mut Vec<Text>) -> Result<Connection, Failure> {
        Ok(Connection {
            security: self.protection(notes)?,
            tls: self.tls(),
            apn: self.access_point()?,
            will: self.will()?,
            reception: if self.cached { Reception::Cached } else { Reception::Direct },
            ..connection
        })
    }

    fn tls(&self) -> TlsOptions {
        let version = self.tls_version.map(|version| match version {
            TlsVersion::Ssl3 => Version::Ssl3,
            TlsVersion::Tls10 => Version::Tls10,
            TlsVersion::Tls11 => Version::Tls11,
            TlsVersion::Tls12 => Version::Tls12,
        });
        let suite = self.tls_suite.map(|suite| match suite {
            TlsSuite::Aes256Sha => Suite::Aes256Sha,
            TlsSuite::Aes128Sha => Suite::Aes128Sha,
            TlsSuite::Aes256Sha256 => Suite::Aes256Sha256,
            TlsSuite::TripleDesSha => Suite::TripleDesSha,
            TlsSuite::Rc4Sha => Suite::Rc4Sha,
            TlsSuite::Rc4Md5 => Suite::Rc4Md5,
        });
        TlsOptions {
            server_name: self.sni.clone(),
            ignore_clock: self.ignore_clock,
            suite,
            version,
            negotiate_timeout: self.negotiate_timeout.map(|seconds| Duration::from_secs(seconds.into())),
        }
    }

    fn protection(&self, notes: &mut Vec<Text>) -> Result<Security, Failure> {
        let is_encrypted = self.security != Protection::Plain;
        let has_files = self.ca.is_some() || self.cert.is_some();
        let given = [
            ("--sni", self.sni.is_some()),
            ("--ignore-clock", self.ignore_clock),
            ("--ca/--cert/--key", has_files),
            ("--tls-version", self.tls_version.is_some()),
            ("--tls-suite", self.tls_suite.is_some()),
            ("--negotiate-timeout", self.negotiate_timeout.is_some()),
        ];
        if let Some((option, _)) = given.iter().find(|(_, is_given)| *is_given && !is_encrypted) {
            return Err(Failure::plain(Text::new("check-needs-encryption").put("option", option)));
        }
        let without = |what: &'static str| {
            let level = self.security.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
            Failure::plain(Text::new("check-security-needs").put("level", level).with("what", Text::new(what)))
        };
        let judging = Judging { today: today(), ignores_clock: self.ignore_clock };
        let ca = || {
            let path = self.ca.as_deref().ok_or_else(|| without("check-needs-ca"))?;
            files::read("--ca", path, FileRole::Authority, judging)
        };
        match self.security {
            Protection::Plain => Ok(Security::Plain),
            Protection::Encrypted if has_files => Err(Failure::plain(Text::new("check-encrypted-takes-no-files"))),
            Protection::Encrypted => Ok(Security::Encrypted),
            Protection::Server if self.cert.is_some() => Err(Failure::plain(Text::new("check-cert-key-mutual"))),
            Protection::Server => Ok(Security::Server { ca: named("ca.crt", Contents::public(taken(ca()?, notes))) }),
            Protection::Mutual => {
                let (Some(cert), Some(key)) = (&self.cert, &self.key) else {
                    return Err(without("check-needs-cert-key"));
                };
                mutual(taken(ca()?, notes), cert, key, judging, notes)
            }
        }
    }

    fn access_point(&self) -> Result<Option<AccessPoint>, Failure> {
        let Some(name) = &self.apn else { return Ok(None) };
        let auth = match self.apn_auth {
            ApnCheck::None if self.apn_user.is_some() => {
                return Err(Failure::plain(Text::new("check-apn-user-without-auth")));
            }
            ApnCheck::None => Authentication::None,
            ApnCheck::Pap => Authentication::Pap,
            ApnCheck::Chap => Authentication::Chap,
        };
        let password = self.apn_password_file.as_deref();
        let password = password.map(|path| read_password("--apn-password-file", path)).transpose()?.unwrap_or_default();
        Ok(Some(AccessPoint { name: name.clone(), user: self.apn_user.clone().unwrap_or_default(), password, auth }))
    }

    fn will(&self) -> Result<Option<Will>, Failure> {
        let Some(topic) = &self.will_topic else { return Ok(None) };
        let payload = self.will_payload.clone().unwrap_or_default().into_bytes();
        let (bytes, limit) = (payload.len(), limits::WILL_BYTES);
        if bytes > limit {
            let text = Text::new("check-will-too-long").put("bytes", bytes).put("limit", limit);
            return Err(Failure::plain(text));
        }
        let qos = qos(self.will_qos)?;
        let draft = Draft { topic: topic.clone(), payload, qos, retain: self.will_retain };
        let message = draft.message().map_err(|error| {
            let option = format!("--will-topic {topic:?}");
            let text = Text::new("check-option").put("option", option).with("why", draft_words(&error));
            Failure::input(text, diagnose_input(&Fault::Draft(error)).findings)
        })?;
        Ok(Some(Will { message }))
    }
}

/// The bytes alone; what there is to be told of them goes to the others.
fn taken(judged: Judged, notes: &mut Vec<Text>) -> Vec<u8> {
    notes.extend(judged.notes);
    judged.bytes
}

fn mutual(ca: Vec<u8>, cert: &Path, key: &Path, judging: Judging, notes: &mut Vec<Text>) -> Result<Security, Failure> {
    let cert = taken(files::read("--cert", cert, FileRole::ClientCertificate, judging)?, notes);
    let read = files::read("--key", key, FileRole::ClientKey, judging)?;
    let key = taken(files::belonging(&cert, read, key, judging)?, notes);
    Ok(Security::Mutual {
        ca: named("ca.crt", Contents::public(ca)),
        certificate: named("client.crt", Contents::public(cert)),
        key: named("client.key", Contents::secret(key)),
    })
}

fn named(name: &str, contents: Contents) -> FileRef {
    FileRef::with(name, contents)
}
