//! What the user may want of the modem.

use std::{fmt, net::Ipv4Addr, time::Duration};

use zeroize::Zeroizing;

pub use crate::air780e::{
    apn::Authentication,
    tls::{Suite, Version},
};
use crate::{
    air780e::{
        Command,
        tls::{EraseSetting, SetValue},
    },
    at::text::MASK,
    keys,
    mqtt::{Filter, Message, Password, Qos, Topic},
};

/// Names one request; later events refer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// What the user wants of the modem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Look at the modem from `AT` to an address, and say how far it gets.
    BringUp,
    /// Bring the modem up, then open a session with a broker and subscribe.
    ///
    /// An existing session is closed first.
    Connect(Box<Connection>),
    /// Ask for one more topic filter.
    Subscribe(Subscription),
    /// Stop asking for a topic filter.
    Unsubscribe(Filter),
    /// Send one message. At most one message above QoS 0 is in flight; later ones wait in order.
    Publish(Message),
    /// Publish at planned instants and time each publish from its plan, told by
    /// [`Event::Measure`](super::event::Event::Measure). Others may use the session between its publishes.
    Measure(MeasurePlan),
    /// Close the session in order: `MDISCONNECT`, `MIPCLOSE`.
    Disconnect,
    /// Ask for the signal strength again.
    ReadSignal,
    /// Ask for everything the module can say of itself: identity block, cell, operator, clock, supply, last restart.
    ReadDetails,
    /// Put these files on the module, and read each back. Files without contents are only looked for.
    Provision(Vec<FileRef>),
    /// Save the access point of a private network and wait until the modem has an address through it.
    SetAccessPoint(AccessPoint),
    /// Delete the saved access point and wait until the modem has an address without it.
    ClearAccessPoint,
    /// Resolve a host name as the module sees it, told by [`Event::Resolved`](super::event::Event::Resolved).
    Resolve(String),
    /// Read back how encryption is set, told by [`Event::TlsSettings`](super::event::Event::TlsSettings).
    ReadTlsSettings,
    /// As [`ReadTlsSettings`](Self::ReadTlsSettings), of every setting that decides whether an encrypted link opens.
    ReadLinkSettings,
    /// Change settings of the encryption one after the other, and read each back. The first that cannot be had ends it.
    ChangeTls(Vec<TlsChange>),
    /// Open an encrypted link and close it again at once: no login is sent. A link that is open is closed first.
    TryLink {
        /// Host name or numeric address.
        host: String,
        /// TCP port, 1 to 65535.
        port: u16,
        /// Whether the handshake was given more than a minute.
        is_slow: bool,
    },
    /// Unlock the card with its PIN, 4 to 8 digits. After three wrong ones it wants its PUK.
    EnterPin(Password),
    /// Set the name servers that the module asks, until its next restart.
    SetNameServers {
        /// The one asked first.
        primary: Ipv4Addr,
        /// The one asked when the first does not answer.
        secondary: Option<Ipv4Addr>,
    },
    /// Erase one setting of the encryption by its key word, such as `hostname`.
    EraseTlsSetting(String),
    /// List the module's files and its free space, told by [`Event::Files`](super::event::Event::Files).
    ListFiles,
    /// Read one file back, told by [`Event::File`](super::event::Event::File).
    ReadFile(String),
    /// Delete one file.
    DeleteFile(String),
    /// Open the last connection again by the mildest means that helps, from closing the link to a restart.
    Recover,
    /// Restart the module: `AT+RESET`. Files stay, settings and session go.
    Restart,
    /// Send one line typed by hand, without its carriage return.
    Raw(String),
    /// Give up what is still waiting or running for this request. A command on the wire is awaited first.
    Cancel(RequestId),
}

/// A measuring run with a fixed plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasurePlan {
    /// Where to.
    pub topic: Topic,
    /// With which quality of service.
    pub qos: Qos,
    /// Bytes of each payload.
    pub bytes: usize,
    /// From one planned instant to the next.
    pub period: Duration,
    /// How many publishes.
    pub count: u32,
    /// Whether the signal is asked for where the plan leaves room, about every ten seconds.
    pub reads_signal: bool,
}

impl MeasurePlan {
    /// The message with this number: its number, filled up with dots to the planned size.
    pub fn message(&self, number: u32) -> Message {
        let mut payload = number.to_string().into_bytes();
        payload.resize(self.bytes, b'.');
        Message { topic: self.topic.clone(), payload, qos: self.qos, retain: false }
    }
}

/// One setting of the encryption (reference, section 9) and what it shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsChange {
    /// Its key word, such as `hostname`.
    pub key: &'static str,
    /// Its value as the module is told, without quotes; `None` erases it.
    pub value: Option<String>,
}

impl TlsChange {
    /// The line that makes the change.
    pub fn line(&self) -> String {
        match &self.value {
            Some(value) => SetValue { key: self.key, value }.line().masked(),
            None => EraseSetting(self.key).line().masked(),
        }
    }
}

/// User name and password of a broker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credentials {
    /// User name.
    pub user: String,
    /// Password.
    pub password: Password,
}

/// What the broker says for this client when the client is lost (reference, section 11.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Will {
    /// The message; at most 1,360 bytes of payload, a topic of at most 256.
    pub message: Message,
}

/// One wanted subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// What is asked for.
    pub filter: Filter,
    /// Highest quality of service wanted.
    pub qos: Qos,
}

/// A file on the module, and what must be in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRef {
    /// Its name on the module, 1 to 64 bytes.
    pub name: String,
    /// What is written before it is used; `None` when it is there already.
    pub contents: Option<Contents>,
}

/// The bytes of a file, wiped when they are dropped. `Debug` shows only how many.
#[derive(Clone, PartialEq, Eq)]
pub struct Contents {
    bytes: Zeroizing<Vec<u8>>,
    is_secret: bool,
}

/// How the way to the broker is protected (reference, section 9).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Security {
    /// Not at all: `AT+MIPSTART`.
    #[default]
    Plain,
    /// Encrypted, but anybody may be at the other end: level 0.
    Encrypted,
    /// Encrypted, and the server must show a certificate of this authority: level 1.
    Server {
        /// Certificates of the authorities that are believed.
        ca: FileRef,
    },
    /// As before, and the module shows a certificate too: level 2.
    Mutual {
        /// Certificates of the authorities that are believed.
        ca: FileRef,
        /// The certificate the module shows.
        certificate: FileRef,
        /// The key to that certificate. Its contents are a secret, however they were made.
        key: FileRef,
    },
}

impl Security {
    /// What was written onto the module need not be written again: from now on its files are only looked for.
    pub fn forget_contents(&mut self) {
        match self {
            Self::Plain | Self::Encrypted => {}
            Self::Server { ca } => ca.contents = None,
            Self::Mutual { ca, certificate, key } => {
                for file in [ca, certificate, key] {
                    file.contents = None;
                }
            }
        }
    }
}

/// The details of encryption. Of no effect with [`Security::Plain`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TlsOptions {
    /// Name asked of the server (SNI) and held against its certificate; `None` takes the host, unless that is an
    /// address.
    pub server_name: Option<String>,
    /// Whether the dates of certificates are left unchecked.
    pub ignore_clock: bool,
    /// The suite offered; `None` offers all of the module's.
    pub suite: Option<Suite>,
    /// The protocol version; `None` allows all of the module's.
    pub version: Option<Version>,
    /// How long the handshake may take, 10 to 300 s; `None` leaves it to the module.
    pub negotiate_timeout: Option<Duration>,
}

/// The access point of a private network (reference, section 6.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessPoint {
    /// Its name, 1 to 128 bytes.
    pub name: String,
    /// User, at most 32 bytes, may be empty.
    pub user: String,
    /// Password, at most 32 bytes, may be empty.
    pub password: Password,
    /// How both are checked.
    pub auth: Authentication,
}

/// How messages come from the module (reference, section 11.7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Reception {
    /// Printed as they arrive; at most 1,360 bytes each.
    #[default]
    Direct,
    /// Kept in four slots until they are fetched.
    Cached,
}

/// Whether and how a lost session is opened again on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reconnect {
    /// From the loss to the first try.
    pub first_pause: Duration,
    /// No pause is longer.
    pub longest_pause: Duration,
    /// Each pause is this many times the one before; at least 1.
    pub factor: u32,
}

/// Everything needed to open a session with a broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Host name or numeric address.
    pub host: String,
    /// TCP port, 1 to 65535.
    pub port: u16,
    /// Client identifier, unique at the broker; at most 256 bytes.
    pub client_id: String,
    /// Login, when the broker wants one.
    pub credentials: Option<Credentials>,
    /// Keep alive in seconds; the vendor's tutorial advises 60 to 240.
    pub keep_alive: u16,
    /// Whether the broker shall forget the session when it ends.
    pub clean_session: bool,
    /// Last will.
    pub will: Option<Will>,
    /// Subscriptions made right after the login.
    pub subscriptions: Vec<Subscription>,
    /// How the way is protected.
    pub security: Security,
    /// The details of the protection.
    pub tls: TlsOptions,
    /// The access point of a private card, saved before anything else when the module has another.
    pub apn: Option<AccessPoint>,
    /// How messages come from the module.
    pub reception: Reception,
    /// Whether a lost session is opened again on its own.
    pub reconnect: Option<Reconnect>,
}

impl Connection {
    /// An unprotected connection without login, will and subscriptions, and with a keep alive of two minutes.
    pub fn new(host: impl Into<String>, port: u16, client_id: impl Into<String>) -> Self {
        Self {
            host: host.into(),
            port,
            client_id: client_id.into(),
            credentials: None,
            keep_alive: KEEP_ALIVE,
            clean_session: true,
            will: None,
            subscriptions: Vec::new(),
            security: Security::Plain,
            tls: TlsOptions::default(),
            apn: None,
            reception: Reception::Direct,
            reconnect: None,
        }
    }
}

impl FileRef {
    /// A file that is on the module already.
    pub fn existing(name: impl Into<String>) -> Self {
        Self { name: name.into(), contents: None }
    }

    /// A file that is written before it is used.
    pub fn with(name: impl Into<String>, contents: Contents) -> Self {
        Self { name: name.into(), contents: Some(contents) }
    }

    /// The same file, its contents a secret.
    fn into_secret(mut self) -> Self {
        if let Some(contents) = &mut self.contents {
            contents.is_secret = true;
        }
        self
    }
}

impl Contents {
    /// What everybody may see, as a certificate; a secret all the same when a private key stands among it.
    pub fn public(bytes: Vec<u8>) -> Self {
        Self { is_secret: keys::holds_key(&bytes), bytes: Zeroizing::new(bytes) }
    }

    /// What only the wire may see, as a private key.
    pub fn secret(bytes: Vec<u8>) -> Self {
        Self { bytes: Zeroizing::new(bytes), is_secret: true }
    }

    /// The bytes themselves.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether only the wire may see them.
    pub const fn is_secret(&self) -> bool {
        self.is_secret
    }
}

impl fmt::Debug for Contents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.is_secret { MASK } else { "" };
        write!(f, "Contents({mark}{} bytes)", self.bytes.len())
    }
}

impl Security {
    /// The files that must be on the module, in the order in which they are written. A key is a secret here.
    pub fn files(&self) -> Vec<FileRef> {
        match self {
            Self::Plain | Self::Encrypted => Vec::new(),
            Self::Server { ca } => vec![ca.clone()],
            Self::Mutual { ca, certificate, key } => vec![ca.clone(), certificate.clone(), key.clone().into_secret()],
        }
    }
}

impl Default for Reconnect {
    /// After 2 s, then twice as long each time, at most 2 minutes.
    fn default() -> Self {
        Self { first_pause: Duration::from_secs(2), longest_pause: Duration::from_mins(2), factor: 2 }
    }
}

/// Seconds; the tutorial's best value.
const KEEP_ALIVE: u16 = 120;
