//! The network as real sockets: non-blocking TCP on `mio`, names looked up on short threads of their own.
//!
//! It carries out [`NetRequest`]s and collects [`NetEvent`]s; who waits for readiness is its owner.

use std::{
    collections::{BTreeMap, VecDeque},
    io::{self, ErrorKind, Read, Write},
    net::{IpAddr, SocketAddr, ToSocketAddrs},
    sync::Arc,
    thread,
};

use crossbeam_channel::{Receiver, Sender, bounded};
use mio::{Interest, Registry, Token, Waker, net::TcpStream};

use crate::tls::{ClientConfig, ClientContext, Step, TlsConnection, TlsFailure};

use super::{LinkId, NetEvent, NetFailure, NetRequest};
use crate::sim::Route;

/// Most names looked up at the same time.
const LOOKUPS: usize = 8;
/// Bytes read at once.
const READ_SIZE: usize = 4_096;

/// Connections made through the operating system.
#[derive(Debug)]
pub struct Sockets {
    registry: Registry,
    waker: Arc<Waker>,
    /// First token that belongs to a connection.
    first_token: usize,
    routes: Vec<Route>,
    links: BTreeMap<LinkId, Socket>,
    events: VecDeque<NetEvent>,
    found: (Sender<Lookup>, Receiver<Lookup>),
}

/// A name that was looked up.
#[derive(Debug)]
struct Lookup {
    purpose: Purpose,
    addresses: Vec<SocketAddr>,
}

#[derive(Clone, Debug)]
enum Purpose {
    Open(LinkId),
    Resolve(String),
}

/// One connection.
#[derive(Debug)]
struct Socket {
    stage: Stage,
    /// How to shake hands once TCP stands.
    tls: Option<Box<ClientConfig>>,
    /// Addresses still to be tried.
    addresses: VecDeque<SocketAddr>,
    /// Bytes that the system has not taken yet.
    unsent: VecDeque<u8>,
}

#[derive(Debug)]
enum Stage {
    LookingUp,
    Connecting(TcpStream),
    Shaking(Box<TlsConnection<TcpStream>>),
    Open(Stream),
}

/// An open connection.
#[derive(Debug)]
enum Stream {
    Plain(TcpStream),
    Encrypted(Box<TlsConnection<TcpStream>>),
}

impl Stream {
    /// Says good-bye where there is a word for it, and gives the socket.
    fn close(&mut self) -> &mut TcpStream {
        match self {
            Self::Plain(stream) => stream,
            Self::Encrypted(connection) => {
                connection.close();
                connection.get_mut()
            }
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(buffer),
            Self::Encrypted(connection) => connection.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.write(bytes),
            Self::Encrypted(connection) => connection.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sockets {
    /// Connections registered at `registry` with tokens from `first_token` up; `waker` is called when a name was found.
    /// A host of `routes` leads where they say, every other is looked up.
    pub fn new(registry: Registry, waker: Arc<Waker>, first_token: usize, routes: Vec<Route>) -> Self {
        Self {
            registry,
            waker,
            first_token,
            routes,
            links: BTreeMap::new(),
            events: VecDeque::new(),
            found: bounded(LOOKUPS),
        }
    }

    /// Carries out a request without waiting.
    pub fn request(&mut self, request: NetRequest) {
        match request {
            NetRequest::Resolve { host } => self.look_up(Purpose::Resolve(host.clone()), &host, 0),
            NetRequest::Open { id, host, port, tls } => {
                let (addresses, unsent) = (VecDeque::new(), VecDeque::new());
                let socket = Socket { stage: Stage::LookingUp, tls, addresses, unsent };
                self.links.insert(id, socket);
                self.look_up(Purpose::Open(id), &host, port);
            }
            NetRequest::Send { id, bytes } => {
                if let Some(socket) = self.links.get_mut(&id) {
                    socket.unsent.extend(bytes);
                    self.flush(id);
                }
            }
            NetRequest::Close { id } => {
                self.flush(id);
                self.drop_link(id);
            }
        }
    }

    /// Learns that the connection behind `token` can do something.
    pub fn handle_ready(&mut self, token: Token) {
        let Some(number) = token.0.checked_sub(self.first_token) else { return };
        let id = LinkId(number as u64);
        if let Some(Socket { stage: Stage::Connecting(_), .. }) = self.links.get(&id) {
            self.finish_connecting(id);
        }
        if let Some(Socket { stage: Stage::Shaking(_), .. }) = self.links.get(&id) {
            self.shake(id);
        }
        self.flush(id);
        self.receive(id);
    }

    /// Takes over the names that were found; call it when the waker was used.
    pub fn handle_lookups(&mut self) {
        while let Ok(lookup) = self.found.1.try_recv() {
            self.take_lookup(lookup);
        }
    }

    /// The next thing that happened.
    pub fn poll_event(&mut self) -> Option<NetEvent> {
        self.events.pop_front()
    }

    fn look_up(&mut self, purpose: Purpose, host: &str, port: u16) {
        let is_known = |route: &&Route| {
            route.host.eq_ignore_ascii_case(host) && route.port.is_none_or(|only| port == 0 || only == port)
        };
        let route = self.routes.iter().find(is_known).map(|route| route.to);
        let numeric = || host.parse::<IpAddr>().ok().map(|address| SocketAddr::new(address, port));
        if let Some(address) = route.or_else(numeric) {
            self.take_lookup(Lookup { purpose, addresses: vec![address] });
            return;
        }
        let target = (host.to_owned(), port);
        let (found, waker) = (self.found.0.clone(), Arc::clone(&self.waker));
        let asked = purpose.clone();
        let started = thread::Builder::new().name("virtual-modem-dns".to_owned()).spawn(move || {
            let addresses = target.to_socket_addrs().map(Iterator::collect).unwrap_or_default();
            // Both fail only when the virtual modem has ended; then nobody wants the answer.
            if found.send(Lookup { purpose: asked, addresses }).is_ok() {
                let _ = waker.wake();
            }
        });
        if started.is_err() {
            self.take_lookup(Lookup { purpose, addresses: Vec::new() });
        }
    }

    fn take_lookup(&mut self, lookup: Lookup) {
        match lookup.purpose {
            Purpose::Resolve(host) => {
                let address = lookup.addresses.first().map(SocketAddr::ip);
                self.events.push_back(NetEvent::Resolved { host, address });
            }
            Purpose::Open(id) => self.begin(id, lookup.addresses),
        }
    }

    fn begin(&mut self, id: LinkId, addresses: Vec<SocketAddr>) {
        let Some(socket) = self.links.get_mut(&id) else { return };
        socket.addresses = addresses.into();
        let why = if socket.addresses.is_empty() { NetFailure::Name } else { NetFailure::Refused };
        self.try_next(id, why);
    }

    /// Tries the next address, or gives up with `why`.
    fn try_next(&mut self, id: LinkId, why: NetFailure) {
        let token = self.token(id);
        let Some(socket) = self.links.get_mut(&id) else { return };
        while let Some(address) = socket.addresses.pop_front() {
            let Ok(mut stream) = TcpStream::connect(address) else { continue };
            let interest = Interest::READABLE | Interest::WRITABLE;
            if self.registry.register(&mut stream, token, interest).is_ok() {
                socket.stage = Stage::Connecting(stream);
                return;
            }
        }
        self.links.remove(&id);
        self.events.push_back(NetEvent::Failed { id, why });
    }

    fn finish_connecting(&mut self, id: LinkId) {
        let Some(socket) = self.links.get_mut(&id) else { return };
        let Stage::Connecting(stream) = std::mem::replace(&mut socket.stage, Stage::LookingUp) else { return };
        match connected(&stream) {
            Ok(true) => {
                // Without it small packets wait for each other; the connection works either way.
                let _ = stream.set_nodelay(true);
                match socket.tls.take() {
                    None => {
                        socket.stage = Stage::Open(Stream::Plain(stream));
                        self.events.push_back(NetEvent::Opened { id });
                    }
                    Some(config) => self.begin_handshake(id, stream, &config),
                }
            }
            Ok(false) => socket.stage = Stage::Connecting(stream),
            Err(_) => {
                drop(stream);
                self.try_next(id, NetFailure::Refused);
            }
        }
    }

    fn begin_handshake(&mut self, id: LinkId, stream: TcpStream, config: &ClientConfig) {
        self.events.push_back(NetEvent::Reached { id });
        let begun = ClientContext::new(config).map_err(TlsFailure::refused).and_then(|context| context.connect(stream));
        match (begun, self.links.get_mut(&id)) {
            (Ok(connection), Some(socket)) => socket.stage = Stage::Shaking(Box::new(connection)),
            (Err(failure), _) => self.fail_handshake(id, failure),
            (Ok(_), None) => {}
        }
    }

    /// Carries the handshake as far as the socket allows now.
    fn shake(&mut self, id: LinkId) {
        let Some(socket) = self.links.get_mut(&id) else { return };
        let Stage::Shaking(connection) = &mut socket.stage else { return };
        match connection.handshake() {
            Step::WantRead | Step::WantWrite => {}
            Step::Failed(failure) => self.fail_handshake(id, failure),
            Step::Done(_) => {
                let Stage::Shaking(connection) = std::mem::replace(&mut socket.stage, Stage::LookingUp) else { return };
                socket.stage = Stage::Open(Stream::Encrypted(connection));
                self.events.push_back(NetEvent::Opened { id });
            }
        }
    }

    fn fail_handshake(&mut self, id: LinkId, failure: TlsFailure) {
        self.drop_link(id);
        self.events.push_back(NetEvent::Failed { id, why: NetFailure::Tls(Box::new(failure)) });
    }

    fn flush(&mut self, id: LinkId) {
        let Some(Socket { stage: Stage::Open(stream), unsent, .. }) = self.links.get_mut(&id) else { return };
        while !unsent.is_empty() {
            match stream.write(unsent.as_slices().0) {
                Ok(0) => break,
                Ok(count) => drop(unsent.drain(..count)),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(_) => {
                    self.end(id);
                    return;
                }
            }
        }
    }

    fn receive(&mut self, id: LinkId) {
        let mut buffer = [0; READ_SIZE];
        loop {
            let Some(Socket { stage: Stage::Open(stream), .. }) = self.links.get_mut(&id) else { return };
            match stream.read(&mut buffer) {
                Ok(0) => return self.end(id),
                Ok(count) => {
                    self.events.push_back(NetEvent::Received { id, bytes: buffer[..count].to_vec() });
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                Err(_) => return self.end(id),
            }
        }
    }

    /// The other side is gone.
    fn end(&mut self, id: LinkId) {
        self.drop_link(id);
        self.events.push_back(NetEvent::Closed { id });
    }

    fn drop_link(&mut self, id: LinkId) {
        let Some(mut socket) = self.links.remove(&id) else { return };
        let stream = match &mut socket.stage {
            Stage::LookingUp => return,
            Stage::Connecting(stream) => stream,
            Stage::Shaking(connection) => connection.get_mut(),
            Stage::Open(stream) => stream.close(),
        };
        // Fails only when it was never registered; closing it deregisters as well.
        let _ = self.registry.deregister(stream);
    }

    fn token(&self, id: LinkId) -> Token {
        Token(self.first_token + usize::try_from(id.0).unwrap_or(usize::MAX / 2))
    }
}

/// Whether the connection stands, is still being made (`false`), or failed.
fn connected(stream: &TcpStream) -> io::Result<bool> {
    if let Some(error) = stream.take_error()? {
        return Err(error);
    }
    match stream.peer_addr() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotConnected => Ok(false),
        Err(error) if error.raw_os_error().is_some() && error.kind() == ErrorKind::WouldBlock => Ok(false),
        Err(error) => Err(error),
    }
}
