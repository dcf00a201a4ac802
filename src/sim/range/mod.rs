//! The TLS range: listeners on free loopback ports, each broken in exactly one way.
//!
//! The authorities, certificates and keys are made when the range starts and live in memory only. A listener that lets a
//! client in hands the decrypted stream on to a plain address (a broker's), so that a whole MQTT session works behind it.
//! What is wrong with each listener is [`Fault`]; `answer` sets it up, and one thread (`event_loop`) serves them all.

mod answer;
mod event_loop;
mod fault;
mod files;
mod guest;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{Builder, JoinHandle},
};

use mio::Waker;

use self::event_loop::EventLoop;
pub use self::{
    fault::{Fault, FaultFacts, Sees},
    files::{ClientFiles, ClientKind, RangeFiles},
};

/// The name in every good certificate of the range; it need not resolve.
pub const HOST: &str = "broker.test";

/// What a range shall hold.
#[derive(Clone, Debug)]
pub struct RangeConfig {
    /// The time around which certificates are made, in seconds since 1970.
    pub now: i64,
    /// Where decrypted streams go on to; `None` takes what clients say and answers nothing.
    pub upstream: Option<SocketAddr>,
    /// Which listeners are opened.
    pub faults: Vec<Fault>,
}

impl RangeConfig {
    /// Every listener.
    pub fn all(now: i64, upstream: Option<SocketAddr>) -> Self {
        Self { now, upstream, faults: Fault::ALL.to_vec() }
    }
}

/// A running range. Dropping it closes all ports.
#[derive(Debug)]
pub struct Range {
    addresses: Vec<(Fault, SocketAddr)>,
    files: RangeFiles,
    stopping: Arc<AtomicBool>,
    waker: Arc<Waker>,
    thread: Option<JoinHandle<()>>,
}

impl Range {
    /// Makes certificates, opens a port for each fault and starts the thread. The first range of a process makes its keys
    /// too, which takes about a second.
    pub fn start(config: &RangeConfig) -> io::Result<Self> {
        let files = RangeFiles::new(config.now).map_err(io::Error::other)?;
        let stopping = Arc::new(AtomicBool::new(false));
        let mut event_loop = EventLoop::new(config.upstream, Arc::clone(&stopping))?;
        let mut addresses = Vec::new();
        for &fault in &config.faults {
            let answer = answer::answer(fault, &files, config.now).map_err(io::Error::other)?;
            let address = event_loop.listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), answer)?;
            addresses.push((fault, address));
        }
        let waker = event_loop.waker();
        let thread = Builder::new().name("tls-range".into()).spawn(move || event_loop.run())?;
        Ok(Self { addresses, files, stopping, waker, thread: Some(thread) })
    }

    /// Where the listener with this fault is; `None` when it was not asked for.
    pub fn address(&self, fault: Fault) -> Option<SocketAddr> {
        self.addresses.iter().find(|(one, _)| *one == fault).map(|(_, address)| *address)
    }

    /// All listeners with their addresses.
    pub fn addresses(&self) -> &[(Fault, SocketAddr)] {
        &self.addresses
    }

    /// The files that a client of the range needs, the right ones and wrong ones.
    pub const fn files(&self) -> &RangeFiles {
        &self.files
    }
}

impl Drop for Range {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Release);
        if let Err(error) = self.waker.wake() {
            tracing::error!(%error, "the TLS range cannot be woken; it ends with its next event");
            return;
        }
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread of the TLS range had panicked");
        }
    }
}
