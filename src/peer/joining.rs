//! Where the client goes, and as whom: mirrored from what the module is asked to connect with.

use std::{fmt, net::SocketAddr};

use crate::{
    modem::request::{Connection, Contents, FileRef, Security},
    mqtt::{Filter, Message, Password, Qos},
    tls::ClientConfig,
};

/// Everything that the client is told before it joins.
#[derive(Clone)]
pub struct Joining {
    /// Name or address of the broker.
    pub host: String,
    /// Its TCP port.
    pub port: u16,
    /// Where a virtual network leads the host to: then no name is resolved.
    pub route: Option<SocketAddr>,
    /// TLS as this computer speaks it; `None` is plain TCP.
    pub tls: Option<Box<ClientConfig>>,
    /// Its own client id.
    pub client_id: String,
    /// User and password.
    pub login: Option<(String, Password)>,
    /// Seconds; zero is none.
    pub keep_alive: u16,
    /// Whether the broker forgets the session at its end.
    pub clean_session: bool,
    /// Its last will.
    pub will: Option<Message>,
    /// What it asks for as soon as it is let in.
    pub subscriptions: Vec<(Filter, Qos)>,
}

impl Joining {
    /// A plain connection without a login that asks for nothing.
    pub fn new(host: impl Into<String>, port: u16, client_id: impl Into<String>) -> Self {
        Self {
            host: host.into(),
            port,
            route: None,
            tls: None,
            client_id: client_id.into(),
            login: None,
            keep_alive: KEEP_ALIVE,
            clean_session: true,
            will: None,
            subscriptions: Vec::new(),
        }
    }

    /// Beside the module that connects as `module`: the same broker, login and files under a client id of its own; no will. TLS is this
    /// computer's, with every version and suite that it has.
    pub fn beside(module: &Connection) -> Self {
        let login = module.credentials.as_ref().map(|login| (login.user.clone(), login.password.clone()));
        Self {
            tls: tls(module).map(Box::new),
            login,
            ..Self::new(module.host.clone(), module.port, id_beside(&module.client_id))
        }
    }
}

/// Sizes and names only: neither password nor key.
impl fmt::Debug for Joining {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Joining")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("client_id", &self.client_id)
            .field("subscriptions", &self.subscriptions)
            .finish_non_exhaustive()
    }
}

/// What is checked and shown is what the module checks and shows, as far as its files are on this computer.
fn tls(module: &Connection) -> Option<ClientConfig> {
    fn bytes(file: &FileRef) -> Option<&[u8]> {
        file.contents.as_ref().map(Contents::bytes)
    }
    let name = module.tls.server_name.as_ref().unwrap_or(&module.host);
    let config = ClientConfig { sni: Some(name.clone()), ..ClientConfig::unrestricted() };
    let checking = |ca: &FileRef| match bytes(ca) {
        Some(ca) => {
            let config = config.clone().for_host(name).trusting(ca);
            ClientConfig { ignore_dates: module.tls.ignore_clock, ..config }
        }
        None => config.clone(),
    };
    match &module.security {
        Security::Plain => None,
        Security::Encrypted => Some(config),
        Security::Server { ca } => Some(checking(ca)),
        Security::Mutual { ca, certificate, key } => {
            let config = checking(ca);
            Some(match (bytes(certificate), bytes(key)) {
                // Without a CA file nobody can be checked, and what is shown needs that level.
                (Some(certificate), Some(key)) if config.ca.is_some() => config.presenting(certificate, key),
                _ => config,
            })
        }
    }
}

/// The module's client id with a word behind it, cut to what every broker takes (MQTT 3.1.1, section 3.1.3.1).
fn id_beside(module: &str) -> String {
    let room = ID_BYTES - SUFFIX.len();
    let end = (0..=room.min(module.len())).rev().find(|end| module.is_char_boundary(*end));
    format!("{}{SUFFIX}", &module[..end.unwrap_or(0)])
}

const ID_BYTES: usize = 23;
const SUFFIX: &str = "-here";
/// Seconds.
const KEEP_ALIVE: u16 = 60;
