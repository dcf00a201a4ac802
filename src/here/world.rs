//! Who resolves names. The system's resolver says why it fails: only "no such name" is one; everything else is this
//! computer's own trouble.

use std::net::{IpAddr, UdpSocket};

use dns_lookup::LookupErrorKind;

use crate::diagnosis::here::NameFailure;

/// What this computer asks of the system; tests bring their own.
pub trait World: Send + Sync {
    /// The addresses of `host`, in the system's order. May wait as long as the system's resolver does.
    fn resolve(&self, host: &str) -> Result<Vec<IpAddr>, Unresolved>;

    /// Whether this computer knows a way to any address beyond its own networks. Sends nothing.
    fn has_way_out(&self) -> bool;
}

/// Why a name has no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// The resolver is sure that there is no such name, or none with an address (NXDOMAIN, NODATA).
    NoSuchName,
    /// The resolver could not find out.
    Failed(NameFailure),
}

/// The system's own resolver and routes.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl World for System {
    fn resolve(&self, host: &str) -> Result<Vec<IpAddr>, Unresolved> {
        match dns_lookup::lookup_host(host) {
            Ok(found) => {
                let mut all: Vec<IpAddr> = Vec::new();
                for address in found {
                    if !all.contains(&address) {
                        all.push(address);
                    }
                }
                if all.is_empty() { Err(Unresolved::NoSuchName) } else { Ok(all) }
            }
            Err(error) => Err(match error.kind() {
                LookupErrorKind::NoName | LookupErrorKind::NoData => Unresolved::NoSuchName,
                LookupErrorKind::Again => Unresolved::Failed(NameFailure::Temporary),
                _ => Unresolved::Failed(NameFailure::Resolver(error.error_num())),
            }),
        }
    }

    /// Connecting a datagram socket only looks for a route.
    fn has_way_out(&self) -> bool {
        let reaches = |own: &str, far: &str| UdpSocket::bind(own).and_then(|socket| socket.connect(far)).is_ok();
        reaches("0.0.0.0:0", ANYWHERE_V4) || reaches("[::]:0", ANYWHERE_V6)
    }
}

/// Addresses for documentation, RFC 5737 and RFC 3849; nothing is sent there.
const ANYWHERE_V4: &str = "192.0.2.1:9";
const ANYWHERE_V6: &str = "[2001:db8::1]:9";
