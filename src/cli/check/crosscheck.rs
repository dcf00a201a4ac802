//! The same step from this computer: the modem says `CONNECT FAIL` for a wrong name, a closed port and a firewall alike.
//!
//! It resolves the name and opens the port, nothing more; no byte is sent.

use std::{
    io::ErrorKind,
    net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs},
    thread,
    time::Duration,
};

use crossbeam_channel::bounded;

use crate::diagnosis::FromHere;

/// What this computer gets; `None` when it cannot tell in time.
pub(in crate::cli) fn reach(host: &str, port: u16) -> Option<FromHere> {
    let addresses = resolve(host.to_owned(), port)?;
    // The modem's bearer is IPv4.
    let Some(address) = addresses.iter().find(|address| address.is_ipv4()).or_else(|| addresses.first()) else {
        return Some(FromHere::NameUnknown { host: host.to_owned() });
    };
    let ip = address.ip();
    match TcpStream::connect_timeout(address, PATIENCE) {
        Ok(_) => Some(FromHere::Open { address: ip }),
        Err(error) => match error.kind() {
            ErrorKind::ConnectionRefused => Some(FromHere::Refused { address: ip }),
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Some(FromHere::Silent { address: ip }),
            // This computer has no way there itself.
            _ => None,
        },
    }
}

/// `None` when the resolver is silent; no addresses when it says there is no such name.
pub(crate) fn resolve(host: String, port: u16) -> Option<Vec<SocketAddr>> {
    if let Ok(ip) = host.parse::<IpAddr>() {
        return Some(vec![SocketAddr::new(ip, port)]);
    }
    // The system's resolver has no time limit of its own that we could set.
    let (answer, answered) = bounded(1);
    let look_up = move || {
        let found = (host.as_str(), port).to_socket_addrs();
        let found: Vec<_> = found.into_iter().flatten().collect();
        // After the limit nobody listens any more.
        let _ = answer.send(found);
    };
    thread::Builder::new().name("task-lookup".to_owned()).spawn(look_up).ok()?;
    answered.recv_timeout(PATIENCE).ok()
}

const PATIENCE: Duration = Duration::from_secs(3);

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;

    #[test]
    fn an_open_port_and_a_closed_one_are_told_apart() {
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let listener = TcpListener::bind((address, 0)).expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        assert_eq!(reach("127.0.0.1", port), Some(FromHere::Open { address }));
        drop(listener);
        assert_eq!(reach("127.0.0.1", port), Some(FromHere::Refused { address }));
    }
}
