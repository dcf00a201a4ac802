//! The broker on TCP and TLS: a handle for the program, and the thread "broker" behind it.

mod event_loop;
mod socket;

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{Builder, JoinHandle},
};

use crossbeam_channel::{Sender, TrySendError};
use mio::Waker;
use thiserror::Error;

use self::event_loop::EventLoop;
use super::{Core, CoreConfig};
use crate::{mqtt::Message, tls};

/// Where a broker listens and what it is told.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Address and port; port 0 takes a free one.
    pub bind: SocketAddr,
    /// More ports, for TLS; each has rules of its own and all share what is published.
    pub tls: Vec<TlsListener>,
    /// What the broker itself is told.
    pub core: CoreConfig,
}

/// A port for TLS 1.2 and 1.3. Its `Debug` shows sizes only: a key must not reach a log.
///
/// A handshake has to be complete, CONNECT included, within [`Limits::connect_deadline`](super::Limits).
#[derive(Clone, PartialEq, Eq)]
pub struct TlsListener {
    /// Address and port; port 0 takes a free one.
    pub bind: SocketAddr,
    /// CA file, PEM or DER: whose client certificates are accepted. Must load even when none is demanded.
    pub ca: Option<Vec<u8>>,
    /// Certificate file, PEM or DER: the server's own first, then what completes its chain.
    pub certificate: Vec<u8>,
    /// Key file, PEM or DER, that belongs to the certificate.
    pub key: Vec<u8>,
    /// Whether clients must show a certificate that `ca` vouches for.
    pub require_client_certificate: bool,
}

impl TlsListener {
    fn context(&self) -> Result<tls::ServerContext, tls::ServerError> {
        if let Some(ca) = &self.ca {
            tls::certificates_from(ca).map_err(tls::ServerError::ClientAuthority)?;
        }
        let config = tls::ServerConfig {
            client_ca: self.ca.clone().filter(|_| self.require_client_certificate),
            ..tls::ServerConfig::new(&self.certificate, &self.key)
        };
        tls::ServerContext::new(&config)
    }
}

impl fmt::Debug for TlsListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsListener")
            .field("bind", &self.bind)
            .field("ca_bytes", &self.ca.as_ref().map(Vec::len))
            .field("certificate_bytes", &self.certificate.len())
            .field("require_client_certificate", &self.require_client_certificate)
            .finish_non_exhaustive()
    }
}

impl Default for ServerConfig {
    /// A free port that only this computer reaches.
    fn default() -> Self {
        Self { bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), tls: Vec::new(), core: CoreConfig::default() }
    }
}

/// What the program asks of the thread.
enum Command {
    Publish(Message),
    Kick(String),
}

/// Why a wish of the program was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotTaken {
    /// The broker has more messages and wishes of the program than it can hold.
    #[error("too many messages are waiting for the broker; try again in a moment")]
    Full,
    /// The broker's thread has ended.
    #[error("the broker has ended")]
    Ended,
}

/// A running broker. Dropping it closes the port and all connections.
#[derive(Debug)]
pub struct Server {
    local_addr: SocketAddr,
    tls_addrs: Vec<SocketAddr>,
    commands: Sender<Command>,
    stopping: Arc<AtomicBool>,
    waker: Arc<Waker>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Opens the ports and starts the thread.
    ///
    /// The error says what to do when a port is taken, needs rights, or lies on an address of another computer, and which
    /// of the files for TLS is unfit.
    pub fn start(config: ServerConfig) -> io::Result<Self> {
        let (commands, received) = crossbeam_channel::bounded(MAX_COMMANDS);
        let stopping = Arc::new(AtomicBool::new(false));
        let mut event_loop = EventLoop::new(config.core.limits.max_outbound_bytes, received, Arc::clone(&stopping))?;
        let tls: Vec<_> =
            config.tls.iter().map(|tls| Ok::<_, io::Error>((tls.bind, load(tls)?))).collect::<Result<_, _>>()?;
        let local_addr = event_loop.listen(config.bind, None).map_err(|error| explain(&error, config.bind))?;
        let tls_addrs = tls
            .into_iter()
            .map(|(bind, context)| event_loop.listen(bind, Some(context)).map_err(|error| explain(&error, bind)))
            .collect::<Result<_, _>>()?;
        let waker = event_loop.waker();
        let core = Core::new(config.core);
        let thread = Builder::new().name("broker".into()).spawn(move || event_loop.run(core))?;
        Ok(Self { local_addr, tls_addrs, commands, stopping, waker, thread: Some(thread) })
    }

    /// Where it listens; the port is the real one when a free one was asked for.
    pub const fn local_addr(&self) -> SocketAddr {
        self.local_addr
    }

    /// Where it listens for TLS first, if it does.
    pub fn tls_addr(&self) -> Option<SocketAddr> {
        self.tls_addrs.first().copied()
    }

    /// Where it listens for TLS, in the order of its configuration.
    pub fn tls_addrs(&self) -> &[SocketAddr] {
        &self.tls_addrs
    }

    /// Publishes a message to all clients that want it, without waiting.
    pub fn publish(&self, message: Message) -> Result<(), NotTaken> {
        self.ask(Command::Publish(message))
    }

    /// Cuts off the client with this identifier, without waiting, as a broker does that is restarted: its will is
    /// published, its session stays if it asked for that, and it may come back at once. A client that is not here is
    /// not missed.
    pub fn kick(&self, client_id: &str) -> Result<(), NotTaken> {
        self.ask(Command::Kick(client_id.to_owned()))
    }

    fn ask(&self, command: Command) -> Result<(), NotTaken> {
        self.commands.try_send(command).map_err(|refused| match refused {
            TrySendError::Full(_) => NotTaken::Full,
            TrySendError::Disconnected(_) => NotTaken::Ended,
        })?;
        self.waker.wake().map_err(|_| NotTaken::Ended)
    }

    /// Closes the ports and all connections, and waits until that is done. What was published before is still sent, as far
    /// as the clients take it at once; a TLS client is told that the end is meant. Wills are not published.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Release);
        if let Err(error) = self.waker.wake() {
            tracing::error!(%error, "the broker cannot be woken; it ends with its next event");
            return;
        }
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the broker's thread had panicked");
        }
    }
}

fn load(listener: &TlsListener) -> io::Result<tls::ServerContext> {
    if listener.require_client_certificate && listener.ca.is_none() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "demanding client certificates needs the CA file that they are checked against",
        ));
    }
    listener.context().map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))
}

fn explain(error: &io::Error, bind: SocketAddr) -> io::Error {
    let (ip, port) = (bind.ip(), bind.port());
    let text = match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("port {port} on {ip} is taken by another program; stop that program or choose another port")
        }
        io::ErrorKind::PermissionDenied => {
            format!("port {port} may not be opened without administrator rights; choose a port above 1023")
        }
        io::ErrorKind::AddrNotAvailable => {
            format!("{ip} is not an address of this computer; choose 127.0.0.1, or 0.0.0.0 for all its addresses")
        }
        _ => format!("the broker cannot listen on {bind}: {error}"),
    };
    io::Error::new(error.kind(), text)
}

/// Messages of the program that may wait for the thread.
const MAX_COMMANDS: usize = 1_024;
