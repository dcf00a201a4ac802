//! Which virtual modem is wanted.

use std::net::SocketAddr;

use super::Device;

/// Which virtual modem is wanted, as plain data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VirtualSpec {
    /// Line rate in bits per second that paces its answers; 300 at least.
    pub baud: u32,
    /// Seed of everything random in it.
    pub seed: u64,
    /// Where the host name [`DEMO_HOST`](super::net::DEMO_HOST) leads, whatever port is asked for. Every other name and
    /// address is resolved and connected for real.
    pub broker: Option<SocketAddr>,
    /// The module, its card and its network.
    pub device: Device,
}

impl Default for VirtualSpec {
    fn default() -> Self {
        Self { baud: 115_200, seed: 1, broker: None, device: Device::default() }
    }
}
