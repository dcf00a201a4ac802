//! What the virtual modem asks of the network and what comes back. How it is carried out is the submodules' work.

pub mod simulated;
pub mod sockets;

use std::net::IpAddr;

use crate::tls::{ClientConfig, TlsFailure};

/// The host name that leads to the broker of [`VirtualSpec::broker`](super::VirtualSpec::broker), if there is one.
pub const DEMO_HOST: &str = "broker.demo";

/// Names one connection; never used twice by one virtual modem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(pub u64);

/// What the virtual modem wants of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetRequest {
    /// The address of a name; answered by [`NetEvent::Resolved`].
    Resolve {
        /// The name as the PC wrote it.
        host: String,
    },
    /// A TCP connection, with a TLS handshake if wanted; answered by [`NetEvent::Opened`] or [`NetEvent::Failed`]. With
    /// TLS [`NetEvent::Reached`] comes before.
    Open {
        /// Its name from here on.
        id: LinkId,
        /// Name or address as the PC wrote it.
        host: String,
        /// Port, 1 to 65535.
        port: u16,
        /// How to shake hands; `None` for a plain connection.
        tls: Option<Box<ClientConfig>>,
    },
    /// Bytes for an open connection.
    Send {
        /// The connection of the module that it concerns.
        id: LinkId,
        /// The bytes, whole and in order.
        bytes: Vec<u8>,
    },
    /// The connection is not needed any more; nothing more may come from it.
    Close {
        /// The connection of the module that it concerns.
        id: LinkId,
    },
}

/// Why a connection was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetFailure {
    /// The name does not resolve.
    Name,
    /// The other side refused it, or there is no way to it.
    Refused,
    /// The TLS handshake failed. The module never tells why; the truth log does.
    Tls(Box<TlsFailure>),
}

/// What the network tells the virtual modem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetEvent {
    /// A name was looked up.
    Resolved {
        /// The name.
        host: String,
        /// Its first address, if it has one.
        address: Option<IpAddr>,
    },
    /// TCP stands and the TLS handshake begins.
    Reached {
        /// The connection of the module that it concerns.
        id: LinkId,
    },
    /// The connection stands.
    Opened {
        /// The connection of the module that it concerns.
        id: LinkId,
    },
    /// The connection was not made.
    Failed {
        /// The connection of the module that it concerns.
        id: LinkId,
        /// Why the network refused it.
        why: NetFailure,
    },
    /// Bytes came.
    Received {
        /// On which connection.
        id: LinkId,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// The other side closed the connection.
    Closed {
        /// The connection of the module that it concerns.
        id: LinkId,
    },
}
