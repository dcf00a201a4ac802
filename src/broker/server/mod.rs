//! The broker on TCP, TLS and WebSockets: a handle for the program, and the thread "broker" behind it.

mod capture;
mod event_loop;
mod lingering;
mod socket;
mod store;
mod websocket;

use std::{
    fmt,
    fs::{File, OpenOptions},
    io,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{Builder, JoinHandle},
    time::{Duration, SystemTime},
};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use mio::Waker;
use thiserror::Error;

use self::{capture::Capture, event_loop::EventLoop, store::Store};
use super::{Client, Core, CoreConfig, Event, Stats};
use crate::{mqtt::Message, tls};

/// Where a broker listens and what it is told.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Address and port; port 0 takes a free one.
    pub bind: SocketAddr,
    /// More ports, for TLS; each has rules of its own and all share what is published.
    pub tls: Vec<TlsListener>,
    /// More ports, for WebSockets at the path `/mqtt`.
    pub web: Vec<SocketAddr>,
    /// More ports, for WebSockets within TLS.
    pub secure_web: Vec<TlsListener>,
    /// What the broker itself is told.
    pub core: CoreConfig,
    /// Where events go; one that finds no room waits in the broker, see [`CoreConfig::max_events`], and is then counted.
    pub events: Option<Sender<Event>>,
    /// File that keeps retained messages and sessions over a restart; without one they are kept in memory.
    pub store: Option<PathBuf>,
    /// New file for a capture of what the broker sees, in the format pcapng; passwords are not in it.
    pub capture: Option<PathBuf>,
}

/// What a broker holds at a moment, and who is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The clients that are here, by name.
    pub clients: Vec<Client>,
    /// Its counts.
    pub stats: Stats,
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
        Self {
            bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            tls: Vec::new(),
            web: Vec::new(),
            secure_web: Vec::new(),
            core: CoreConfig::default(),
            events: None,
            store: None,
            capture: None,
        }
    }
}

/// What the program asks of the thread.
enum Command {
    Publish(Message),
    Kick(String),
    Look(Sender<Snapshot>),
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

/// Which file could not be opened when the broker started, and why.
#[derive(Debug, Error)]
pub enum FileError {
    /// The one that keeps sessions and retained messages.
    #[error("{0}")]
    Store(io::Error),
    /// The one for the capture.
    #[error("{0}")]
    Capture(io::Error),
}

/// A running broker. Dropping it closes the port and all connections.
#[derive(Debug)]
pub struct Server {
    local_addr: SocketAddr,
    tls_addrs: Vec<SocketAddr>,
    web_addrs: Vec<SocketAddr>,
    secure_web_addrs: Vec<SocketAddr>,
    commands: Sender<Command>,
    stopping: Arc<AtomicBool>,
    waker: Arc<Waker>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Opens the ports and the files, and starts the thread.
    ///
    /// The error says what to do when a port is taken, needs rights, or lies on an address of another computer, and which
    /// of the files is unfit.
    pub fn start(config: ServerConfig) -> io::Result<Self> {
        let (commands, received) = bounded(MAX_COMMANDS);
        let stopping = Arc::new(AtomicBool::new(false));
        let mut event_loop = EventLoop::new(&config.core.limits, received, Arc::clone(&stopping))?;
        let tls = loaded(&config.tls)?;
        let secure_web = loaded(&config.secure_web)?;
        let mut listen =
            |bind, tls, is_web| event_loop.listen(bind, tls, is_web).map_err(|error| explain(&error, bind));
        let local_addr = listen(config.bind, None, false)?;
        let tls_addrs = tls.into_iter().map(|(bind, tls)| listen(bind, Some(tls), false)).collect::<io::Result<_>>()?;
        let web_addrs = config.web.iter().map(|&bind| listen(bind, None, true)).collect::<io::Result<_>>()?;
        let secure_web_addrs =
            secure_web.into_iter().map(|(bind, tls)| listen(bind, Some(tls), true)).collect::<io::Result<_>>()?;
        let mut core = Core::new(config.core);
        let wall = since_1970();
        if let Some(path) = &config.store {
            let (store, kept) = Store::open(path).map_err(|error| io::Error::other(FileError::Store(error)))?;
            core.keep(u64::try_from(wall.as_millis()).unwrap_or(u64::MAX), kept);
            event_loop.keep_in(store);
        }
        if let Some(path) = &config.capture {
            core.look_at_packets();
            let capture = Capture::create(path, wall);
            event_loop.capture_to(capture.map_err(|error| io::Error::other(FileError::Capture(error)))?);
        }
        if let Some(events) = config.events {
            event_loop.tell(events);
        }
        let waker = event_loop.waker();
        let thread = Builder::new().name("broker".into()).spawn(move || event_loop.run(core))?;
        Ok(Self { local_addr, tls_addrs, web_addrs, secure_web_addrs, commands, stopping, waker, thread: Some(thread) })
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

    /// Where it listens for WebSockets, in the order of its configuration.
    pub fn web_addrs(&self) -> &[SocketAddr] {
        &self.web_addrs
    }

    /// Where it listens for WebSockets within TLS, in the order of its configuration.
    pub fn secure_web_addrs(&self) -> &[SocketAddr] {
        &self.secure_web_addrs
    }

    /// Asks who is there and what is held, without waiting: the answer comes through the channel.
    pub fn look(&self) -> Result<Receiver<Snapshot>, NotTaken> {
        let (answer, received) = bounded(1);
        self.ask(Command::Look(answer))?;
        Ok(received)
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

/// The addresses with what TLS needs there.
fn loaded(listeners: &[TlsListener]) -> io::Result<Vec<(SocketAddr, tls::ServerContext)>> {
    listeners.iter().map(|listener| Ok((listener.bind, load(listener)?))).collect()
}

#[expect(clippy::disallowed_methods, reason = "the broker's owner gives its clock the time of day, once")]
fn since_1970() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

/// A new file that only this user can read. What stood at its path is replaced, not written into: it may be a link.
fn private_file(path: &Path) -> io::Result<File> {
    match std::fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() || metadata.is_symlink() => std::fs::remove_file(path)?,
        Ok(_) => return Err(io::Error::new(io::ErrorKind::InvalidInput, ListenFault::NoFile)),
        Err(_) => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    private(&mut options).open(path)
}

/// A file that goes on, or a new one that only this user can read.
fn private_file_to_keep(path: &Path) -> io::Result<File> {
    if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, ListenFault::NoFile));
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    private(&mut options).open(path)
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

fn load(listener: &TlsListener) -> io::Result<tls::ServerContext> {
    if listener.require_client_certificate && listener.ca.is_none() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, ListenFault::NoAuthority));
    }
    listener.context().map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))
}

/// Why the broker cannot be where it shall be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ListenFault {
    /// Another program listens there.
    #[error("port {} on {} is taken by another program; stop that program or choose another port", .0.port(), .0.ip())]
    Taken(SocketAddr),
    /// A port that only an administrator opens.
    #[error("port {} may not be opened without administrator rights; choose a port above 1023", .0.port())]
    NoRight(SocketAddr),
    /// A port that Windows keeps.
    #[error(
        "Windows keeps port {} for itself, often for Hyper-V or WSL (netsh int ipv4 show excludedportrange protocol=tcp lists them); choose another port",
        .0.port()
    )]
    Kept(SocketAddr),
    /// An address of another computer.
    #[error("{} is not an address of this computer; choose 127.0.0.1, or 0.0.0.0 for all its addresses", .0.ip())]
    Foreign(SocketAddr),
    /// Anything else, in the system's own words.
    #[error("the broker cannot listen on {0}: {1}")]
    Other(SocketAddr, String),
    /// Nobody to check client certificates against.
    #[error("demanding client certificates needs the CA file that they are checked against")]
    NoAuthority,
    /// A folder, a pipe or a device where a file shall be.
    #[error("this is no file")]
    NoFile,
}

fn explain(error: &io::Error, bind: SocketAddr) -> io::Error {
    let fault = match error.kind() {
        io::ErrorKind::AddrInUse => ListenFault::Taken(bind),
        io::ErrorKind::PermissionDenied if cfg!(windows) => ListenFault::Kept(bind),
        io::ErrorKind::PermissionDenied => ListenFault::NoRight(bind),
        io::ErrorKind::AddrNotAvailable => ListenFault::Foreign(bind),
        _ => ListenFault::Other(bind, error.to_string()),
    };
    io::Error::new(error.kind(), fault)
}

/// Messages of the program that may wait for the thread.
const MAX_COMMANDS: usize = 1_024;
