//! Which virtual modem is wanted.

use std::{fmt, net::SocketAddr, path::PathBuf, time::Duration};

use super::{Device, Steer, steer::Speed};

/// Which virtual modem is wanted, as plain data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VirtualSpec {
    /// Line rate in bits per second that paces its answers; 300 at least.
    pub baud: u32,
    /// Seed of everything random in it.
    pub seed: u64,
    /// Where the host name [`DEMO_HOST`](super::net::DEMO_HOST) leads, whatever port is asked for. Every other name and
    /// address is resolved and connected for real, unless `routes` knows it.
    pub broker: Option<SocketAddr>,
    /// Names and addresses that lead elsewhere than they say.
    pub routes: Vec<Route>,
    /// The module, its card and its network.
    pub device: Device,
    /// What lies in its file system at the start.
    pub files: Vec<PresetFile>,
    /// What is done to it when, counted from the start.
    pub timeline: Vec<(Duration, Steer)>,
    /// How fast its time goes at the start.
    pub speed: Speed,
    /// Where the truth log goes, one JSON object a line; `None` writes none. A file that is there is replaced.
    pub truth: Option<PathBuf>,
}

impl Default for VirtualSpec {
    fn default() -> Self {
        Self {
            baud: 115_200,
            seed: 1,
            broker: None,
            routes: Vec::new(),
            device: Device::default(),
            files: Vec::new(),
            timeline: Vec::new(),
            speed: Speed::REAL,
            truth: None,
        }
    }
}

/// A host that leads elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Name or address as the PC writes it; case does not matter.
    pub host: String,
    /// The port that is meant; `None` for all.
    pub port: Option<u16>,
    /// Where it leads.
    pub to: SocketAddr,
}

/// A file in the module.
#[derive(Clone, PartialEq, Eq)]
pub struct PresetFile {
    /// Its name, at most 64 bytes.
    pub name: String,
    /// Its contents.
    pub bytes: Vec<u8>,
}

/// Sizes only: a key must not reach a log.
impl fmt::Debug for PresetFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.bytes.len())
    }
}
