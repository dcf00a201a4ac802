//! What the broker tells about its clients: for the lines of `air780e broker` and for the window.

use std::{fmt, net::SocketAddr};

use super::{fault::ClientFault, limit::Limit, packet::Version};
use crate::{
    mqtt::{Filter, Qos, Topic},
    time::Moment,
};

/// Something that happened at the broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When it happened, on the clock of the broker.
    pub at: Moment,
    /// What happened.
    pub what: Happening,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A client was let in.
    Connected {
        /// Its name; where it sent none, the one it was given.
        client_id: String,
        /// Where it came from.
        peer: Peer,
        /// What it speaks.
        version: Version,
        /// The name it logged in with.
        user: Option<String>,
        /// Seconds; zero is none.
        keep_alive: u16,
        /// Whether its session was there before.
        present: bool,
    },
    /// A connection was not let in.
    Refused {
        /// Where it came from.
        peer: Peer,
        /// Its name, if it got so far as to say it.
        client_id: Option<String>,
        /// The protocol level in its CONNECT, if there was one.
        level: Option<u8>,
        /// What the client did wrong.
        fault: ClientFault,
    },
    /// A client that was let in is gone.
    Disconnected {
        /// Its name.
        client_id: String,
        /// Where it came from.
        peer: Peer,
        /// How it went.
        end: End,
    },
    /// A client subscribed.
    Subscribed {
        /// Its name.
        client_id: String,
        /// To what.
        filter: Filter,
        /// The QoS granted, or the reason code of the refusal.
        granted: Result<Qos, u8>,
    },
    /// A client does not want a filter any more.
    Unsubscribed {
        /// Its name.
        client_id: String,
        /// Which one.
        filter: Filter,
    },
    /// A client published where it may not; nobody gets the message.
    Forbidden {
        /// Its name.
        client_id: String,
        /// The topic as the broker knows it.
        topic: Topic,
    },
    /// A last will was published.
    Will {
        /// Whose.
        client_id: String,
        /// The topic as the broker knows it.
        topic: Topic,
    },
    /// The session of an absent client came to its end.
    SessionExpired {
        /// Whose.
        client_id: String,
    },
    /// A limit took effect. Told when it happens, and then at most once a minute for each limit.
    Limited {
        /// Which one.
        limit: Limit,
        /// Whom it met last.
        client_id: Option<String>,
        /// How often since it was told last.
        times: u64,
    },
    /// The file that shall keep sessions and messages cannot be written; the broker goes on in memory.
    NotKept {
        /// What the system says.
        error: String,
    },
    /// More happened than anybody read.
    Missed {
        /// Events left out.
        count: u64,
    },
}

/// How a client that was let in went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// With DISCONNECT. MQTT 5 has a reason code, which is zero otherwise; 4 asks for the will.
    Goodbye {
        /// The reason code.
        code: u8,
    },
    /// Without a word: the connection was closed or lost.
    Lost,
    /// The broker ended it.
    Fault(ClientFault),
}

/// The other end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Its address, where it has one.
    pub address: Option<SocketAddr>,
    /// What its bytes go through.
    pub transport: Transport,
}

impl Peer {
    /// A client within this program.
    pub const INSIDE: Self = Self { address: None, transport: Transport::Inside };
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.address {
            Some(address) => write!(f, "{address} ({})", self.transport),
            None => write!(f, "{}", self.transport),
        }
    }
}

/// What the bytes of a client go through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Within this program.
    Inside,
    /// Plain TCP.
    Tcp,
    /// TLS.
    Tls,
    /// A WebSocket on plain TCP.
    WebSocket,
    /// A WebSocket within TLS.
    SecureWebSocket,
}

impl fmt::Display for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Inside => "inside",
            Self::Tcp => "TCP",
            Self::Tls => "TLS",
            Self::WebSocket => "WebSocket",
            Self::SecureWebSocket => "WebSocket over TLS",
        })
    }
}

/// A client that is here, as the program may ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its name.
    pub client_id: String,
    /// Where it came from.
    pub peer: Peer,
    /// What it speaks.
    pub version: Version,
    /// The name it logged in with.
    pub user: Option<String>,
    /// Since when.
    pub since: Moment,
    /// What it subscribed to.
    pub subscriptions: Vec<(Filter, Qos)>,
    /// Messages that came from it since then.
    pub received: u64,
    /// Messages that went to it since then.
    pub sent: u64,
    /// Messages that wait for it.
    pub waiting: usize,
}
