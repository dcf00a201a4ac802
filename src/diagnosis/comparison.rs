//! What this computer gets when it tries the same as the modem. Whoever tries it stands elsewhere.

use std::{fmt, net::IpAddr};

/// The outcome of resolving the broker's name and opening its port from this computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FromHere {
    /// The name has no address.
    NameUnknown {
        /// The name asked for.
        host: String,
    },
    /// The port refuses.
    Refused {
        /// The address tried.
        address: IpAddr,
    },
    /// Nobody answers.
    Silent {
        /// The address tried.
        address: IpAddr,
    },
    /// The port opens.
    Open {
        /// The address tried.
        address: IpAddr,
    },
}

impl fmt::Display for FromHere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameUnknown { host } => write!(f, "PC: {host}: NXDOMAIN"),
            Self::Refused { address } => write!(f, "PC: {address}: ECONNREFUSED"),
            Self::Silent { address } => write!(f, "PC: {address}: ETIMEDOUT"),
            Self::Open { address } => write!(f, "PC: {address}: OK"),
        }
    }
}
