//! Name and port: what they lead to, and who speaks there.

use std::{
    io::{ErrorKind, Read, Write},
    net::{IpAddr, SocketAddr, TcpStream},
    sync::Arc,
    time::Duration,
};

use crate::diagnosis::here::{NameFailure, NameHere, PortHere, PortOutcome};

use super::{End, Peer, Try, Unresolved};

impl Try<'_> {
    /// The address to try.
    pub(super) fn resolve(&mut self) -> Result<SocketAddr, End> {
        let port = self.order.port;
        if let Some(route) = self.order.route {
            let is_numeric = self.order.host.parse::<IpAddr>().is_ok();
            let found = || NameHere::Found(vec![route.ip()], Duration::ZERO);
            self.here.name = Some(if is_numeric { NameHere::Numeric } else { found() });
            return Ok(route);
        }
        if let Ok(address) = self.order.host.parse::<IpAddr>() {
            self.here.name = Some(NameHere::Numeric);
            return Ok(SocketAddr::new(address, port));
        }
        let (name, address) = self.look_up()?;
        self.here.name = Some(name);
        address.map(|address| SocketAddr::new(address, port)).ok_or(End::Enough)
    }

    fn look_up(&self) -> Result<(NameHere, Option<IpAddr>), End> {
        let began = (self.around.clock)();
        let (world, host) = (Arc::clone(&self.around.world), self.order.host.clone());
        let limit = self.order.depth.resolver().min(self.left());
        let answer = self.apart(limit, move || match world.resolve(&host) {
            // Some systems say "no such name" where they can ask nobody.
            Err(Unresolved::NoSuchName) if !world.has_way_out() => Err(Unresolved::Failed(NameFailure::NoNetwork)),
            answer => answer,
        })?;
        Ok(match answer {
            None => (NameHere::Silent, None),
            Some(Err(Unresolved::NoSuchName)) => (NameHere::Unknown, None),
            Some(Err(Unresolved::Failed(failure))) => (NameHere::Failed(failure), None),
            Some(Ok(list)) => {
                // The modem's bearer is IPv4.
                let address = list.iter().find(|address| address.is_ipv4()).or_else(|| list.first()).copied();
                (NameHere::Found(list, (self.around.clock)().saturating_sub(began)), address)
            }
        })
    }

    /// Opens the port and listens a moment: an MQTT broker never speaks first.
    pub(super) fn open(&mut self, address: SocketAddr) -> Result<(), End> {
        let began = (self.around.clock)();
        let limit = self.limit();
        self.count()?;
        let opened = self.apart(limit, move || TcpStream::connect_timeout(&address, limit))?;
        let took = (self.around.clock)().saturating_sub(began);
        let outcome = match opened {
            Some(Ok(stream)) => {
                let listening = self.order.depth.listening();
                self.apart(listening, move || listen(stream, listening))?.unwrap_or(PortOutcome::Open)
            }
            Some(Err(error)) => match error.kind() {
                ErrorKind::ConnectionRefused => PortOutcome::Refused,
                ErrorKind::TimedOut | ErrorKind::WouldBlock => PortOutcome::Silent,
                // It let this computer in and was quicker than the opening.
                kind if is_end(kind) => PortOutcome::Closes,
                kind => PortOutcome::NoWay(kind),
            },
            None => PortOutcome::Silent,
        };
        let is_open = outcome == PortOutcome::Open;
        self.here.port_here = Some(PortHere { address, outcome, took });
        if is_open { Ok(()) } else { Err(End::Enough) }
    }

    /// Whether a broker without TLS stands behind a port that drops the offer of it.
    pub(super) fn ask_in_clear(&mut self, peer: &Peer) -> Result<(), End> {
        self.go_on()?;
        self.count()?;
        let (address, limit) = (peer.address, self.limit().min(WEB));
        let ask = move || {
            let Ok(mut stream) = TcpStream::connect_timeout(&address, limit) else { return false };
            let is_limited = stream.set_read_timeout(Some(limit)).and_then(|()| stream.set_write_timeout(Some(limit)));
            is_limited.is_ok() && answers_in_clear(&mut stream)
        };
        self.here.is_mqtt_in_clear = Some(self.apart(limit, ask)?.unwrap_or(false));
        Ok(())
    }

    /// Whether the port answers a question for a web page; no MQTT broker does.
    pub(super) fn ask_for_web(&mut self, peer: &Peer) -> Result<(), End> {
        self.count()?;
        let (address, limit, host) = (peer.address, self.limit().min(WEB), self.order.host.clone());
        let ask = move || {
            let mut stream = TcpStream::connect_timeout(&address, limit).ok()?;
            stream.set_read_timeout(Some(limit)).ok()?;
            stream.set_write_timeout(Some(limit)).ok()?;
            web_answer(&mut stream, &host)
        };
        self.here.web = self.apart(limit, ask)?.flatten();
        Ok(())
    }
}

fn listen(mut stream: TcpStream, listening: Duration) -> PortOutcome {
    let mut first = [0; 256];
    match stream.set_read_timeout(Some(listening)).and_then(|()| stream.read(&mut first)) {
        Ok(0) => PortOutcome::Closes,
        Ok(count) => PortOutcome::Speaks(first[..count].to_vec()),
        Err(error) if is_end(error.kind()) => PortOutcome::Closes,
        Err(_) => PortOutcome::Open,
    }
}

/// Whether the other side ended a connection that had been open.
const fn is_end(kind: ErrorKind) -> bool {
    use ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected};
    matches!(kind, ConnectionReset | ConnectionAborted | BrokenPipe | NotConnected)
}

/// Whether a broker answers in clear to a login of a version that no broker knows: that names nobody and lets nobody in.
fn answers_in_clear(stream: &mut (impl Read + Write)) -> bool {
    let mut answer = [0; 1];
    stream.write_all(UNKNOWN_LOGIN).and_then(|()| stream.read_exact(&mut answer)).is_ok() && answer == [CONNACK]
}

/// The status line that a web server answers; `None` from everybody else.
pub(super) fn web_answer(stream: &mut (impl Read + Write), host: &str) -> Option<String> {
    let host: String = host.chars().filter(|c| !c.is_control()).collect();
    stream.write_all(format!("GET / HTTP/1.0\r\nHost: {host}\r\n\r\n").as_bytes()).ok()?;
    let mut answer = Vec::new();
    let mut piece = [0; 128];
    while answer.len() < STATUS_LINE && !answer.contains(&b'\n') {
        match stream.read(&mut piece) {
            Ok(count) if count > 0 => answer.extend_from_slice(&piece[..count]),
            _ => break,
        }
    }
    let line = String::from_utf8_lossy(&answer);
    let line = line.lines().next()?;
    line.starts_with("HTTP/").then(|| line.chars().filter(|c| !c.is_control()).take(STATUS_LINE).collect())
}

/// The longest to wait for a web page.
pub(super) const WEB: Duration = Duration::from_millis(1_500);
const STATUS_LINE: usize = 80;
/// CONNECT of protocol level 9, without a client id: a broker answers CONNACK 1 and closes (MQTT 3.1.1, section 3.1.2.2).
const UNKNOWN_LOGIN: &[u8] = b"\x10\x0C\0\x04MQTT\x09\x02\0\x3C\0\0";
const CONNACK: u8 = 0x20;
