//! The same step from this computer: the modem says `CONNECT FAIL` for a wrong name, a closed port and a firewall alike.
//!
//! It resolves the name and opens the port, nothing more; no byte is sent.

use std::{
    net::{IpAddr, SocketAddr, ToSocketAddrs},
    thread,
    time::Duration,
};

use crossbeam_channel::bounded;

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
