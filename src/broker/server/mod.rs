//! The broker on TCP: a handle for the program, and the thread "broker" behind it.

mod event_loop;
mod socket;

use std::{
    io,
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
use crate::mqtt::Message;

/// Where a broker listens and what it is told.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Address and port; port 0 takes a free one.
    pub bind: SocketAddr,
    /// What the broker itself is told.
    pub core: CoreConfig,
}

impl Default for ServerConfig {
    /// A free port that only this computer reaches.
    fn default() -> Self {
        Self { bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), core: CoreConfig::default() }
    }
}

/// Why a message of the program's own was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotPublished {
    /// The broker has more messages of the program than it can hold.
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
    commands: Sender<Message>,
    stopping: Arc<AtomicBool>,
    waker: Arc<Waker>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Opens the port and starts the thread.
    ///
    /// The error says what to do when the port is taken, needs rights, or lies on an address of another computer.
    pub fn start(config: ServerConfig) -> io::Result<Self> {
        let (commands, received) = crossbeam_channel::bounded(MAX_COMMANDS);
        let stopping = Arc::new(AtomicBool::new(false));
        let mut event_loop = EventLoop::new(config.core.limits.max_outbound_bytes, received, Arc::clone(&stopping))?;
        let local_addr = event_loop.listen(config.bind).map_err(|error| explain(&error, config.bind))?;
        let waker = event_loop.waker();
        let core = Core::new(config.core);
        let thread = Builder::new().name("broker".into()).spawn(move || event_loop.run(core))?;
        Ok(Self { local_addr, commands, stopping, waker, thread: Some(thread) })
    }

    /// Where it listens; the port is the real one when a free one was asked for.
    pub const fn local_addr(&self) -> SocketAddr {
        self.local_addr
    }

    /// Publishes a message to all clients that want it, without waiting.
    pub fn publish(&self, message: Message) -> Result<(), NotPublished> {
        self.commands.try_send(message).map_err(|refused| match refused {
            TrySendError::Full(_) => NotPublished::Full,
            TrySendError::Disconnected(_) => NotPublished::Ended,
        })?;
        self.waker.wake().map_err(|_| NotPublished::Ended)
    }

    /// Closes the port and all connections, and waits until that is done. Wills are not published.
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
