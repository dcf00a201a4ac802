//! The thread "peer": name, socket, handshake, then readiness in and bytes out until the client is over.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, SocketAddr, ToSocketAddrs},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender};
use mio::{Events, Interest, Poll, Token, net::TcpStream};

use super::{Client, Deed, End, Event, Happening, Joining};
use crate::{
    time::Moment,
    tls::{ClientContext, Step, TlsConnection},
};

/// Everything the thread owns.
pub(super) struct Thread {
    pub(super) poll: Poll,
    pub(super) orders: Receiver<Deed>,
    pub(super) events: Sender<Event>,
    pub(super) stopping: Arc<AtomicBool>,
    pub(super) clock: Box<dyn Fn() -> Moment + Send>,
    pub(super) wake: Box<dyn Fn() + Send>,
}

/// The way to the broker.
enum Stream {
    Plain(TcpStream),
    Encrypted(Box<TlsConnection<TcpStream>>),
}

impl Stream {
    fn socket(&mut self) -> &mut TcpStream {
        match self {
            Self::Plain(stream) => stream,
            Self::Encrypted(connection) => connection.get_mut(),
        }
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(buffer),
            Self::Encrypted(connection) => connection.read(buffer),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.write(bytes),
            Self::Encrypted(connection) => connection.write(bytes),
        }
    }
}

impl Thread {
    /// Runs until the client is over, or nobody wants it any more.
    pub(super) fn run(mut self, joining: &Joining) {
        let end = match self.open(joining) {
            Ok(mut stream) => return self.serve(joining, &mut stream),
            Err(end) => end,
        };
        self.tell([Event { at: (self.clock)(), what: Happening::Ended(end) }]);
        self.refuse_rest();
    }

    /// What was handed over behind the end is not sent, and that is told.
    fn refuse_rest(&self) {
        let publishes = self.orders.try_iter().filter_map(|deed| match deed {
            Deed::Publish(id, _) => Some(Event { at: (self.clock)(), what: Happening::NotSent(id) }),
            _ => None,
        });
        self.tell(publishes);
    }

    fn open(&mut self, joining: &Joining) -> Result<Stream, End> {
        let unreachable = |error: io::Error| End::Unreachable { detail: error.to_string() };
        let mut stream = TcpStream::from_std(dial(joining).map_err(unreachable)?);
        let interest = Interest::READABLE | Interest::WRITABLE;
        self.poll.registry().register(&mut stream, SOCKET, interest).map_err(unreachable)?;
        let Some(config) = &joining.tls else { return Ok(Stream::Plain(stream)) };
        let failed = |detail: String| End::Tls { detail };
        let context = ClientContext::new(config).map_err(|refusal| failed(refusal.to_string()))?;
        let mut connection = context.connect(stream).map_err(|failure| failed(failure.cause.to_string()))?;
        let deadline = (self.clock)() + SHAKING;
        let mut ready = Events::with_capacity(8);
        loop {
            match connection.handshake() {
                Step::Done(_) => return Ok(Stream::Encrypted(Box::new(connection))),
                Step::Failed(failure) => return Err(failed(failure.cause.to_string())),
                Step::WantRead | Step::WantWrite => {}
            }
            let now = (self.clock)();
            if now >= deadline || self.stopping.load(Ordering::Acquire) {
                return Err(failed(connection.give_up().cause.to_string()));
            }
            self.poll.poll(&mut ready, Some(deadline.since(now))).or_else(interrupted).map_err(unreachable)?;
        }
    }

    fn serve(&mut self, joining: &Joining, stream: &mut Stream) {
        let mut client = Client::new((self.clock)(), joining);
        let mut unsent = Vec::new();
        let mut ready = Events::with_capacity(8);
        loop {
            let failed = self.exchange(&mut client, stream, &mut unsent).err();
            if let Some(error) = failed {
                client.handle_closed((self.clock)(), ended(&error));
            }
            let events: Vec<_> = std::iter::from_fn(|| client.poll_event()).collect();
            self.tell(events);
            if client.is_over() {
                // Whoever is gone needs no good-bye.
                stream.socket().shutdown(Shutdown::Both).ok();
                return self.refuse_rest();
            }
            let wait = client.poll_timeout().map(|due| due.since((self.clock)()));
            if self.poll.poll(&mut ready, wait).or_else(interrupted).is_err() {
                return;
            }
            if self.stopping.load(Ordering::Acquire) {
                client.handle_deed((self.clock)(), Deed::Leave);
            }
            for deed in self.orders.try_iter() {
                client.handle_deed((self.clock)(), deed);
            }
            client.handle_timeout((self.clock)());
        }
    }

    /// Reads and writes as far as the socket allows now.
    fn exchange(&mut self, client: &mut Client, stream: &mut Stream, unsent: &mut Vec<u8>) -> io::Result<()> {
        flush(client, stream, unsent)?;
        let mut buffer = [0; 16 * 1024];
        while !client.is_over() {
            match stream.read(&mut buffer) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => client.handle_bytes((self.clock)(), &buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        flush(client, stream, unsent)
    }

    /// Tells what happened. A reader that is slow holds the thread, and with it the broker; one that has gone holds nobody.
    fn tell(&self, events: impl IntoIterator<Item = Event>) {
        let mut has_told = false;
        for event in events {
            let mut event = event;
            while let Err(error) = self.events.send_timeout(event, READER) {
                if error.is_disconnected() || self.stopping.load(Ordering::Acquire) {
                    return;
                }
                (self.wake)();
                event = error.into_inner();
            }
            has_told = true;
        }
        if has_told {
            (self.wake)();
        }
    }
}

/// Sends what waits, as far as the socket takes it now.
fn flush(client: &mut Client, stream: &mut Stream, unsent: &mut Vec<u8>) -> io::Result<()> {
    if let Some(bytes) = client.poll_transmit() {
        unsent.extend(bytes);
    }
    while !unsent.is_empty() {
        match stream.write(unsent) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => drop(unsent.drain(..count)),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn ended(error: &io::Error) -> End {
    if error.kind() == io::ErrorKind::UnexpectedEof { End::Closed } else { End::Broken { detail: error.to_string() } }
}

fn interrupted(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::Interrupted { Ok(()) } else { Err(error) }
}

/// A connection to the first address that answers.
fn dial(joining: &Joining) -> io::Result<std::net::TcpStream> {
    let addresses: Vec<SocketAddr> = match joining.route {
        Some(route) => vec![route],
        None => (joining.host.as_str(), joining.port).to_socket_addrs()?.take(MOST_ADDRESSES).collect(),
    };
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for address in addresses {
        match std::net::TcpStream::connect_timeout(&address, DIALLING) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                stream.set_nonblocking(true)?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

pub(super) const WAKER: Token = Token(0);
const SOCKET: Token = Token(1);
const MOST_ADDRESSES: usize = 4;
const DIALLING: Duration = Duration::from_secs(5);
const SHAKING: Duration = Duration::from_secs(10);
/// How long a full queue is waited for before the reader is woken again.
const READER: Duration = Duration::from_millis(50);
