//! A client on this computer at the module's broker: the third party that receives what the module publishes, and publishes
//! what the module shall receive.
//!
//! [`Client`] is MQTT 3.1.1 without sockets, threads or a clock: bytes and moments in, bytes and events out. [`Peer`] is the one
//! thread that joins it to TCP and TLS. It never takes the module's client id, comes back to no connection by itself and
//! repeats no message: what happened to one stays what happened to it.

mod client;
mod drive;
mod event;
mod joining;
mod packets;

#[cfg(test)]
mod tests;

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender, TryRecvError, TrySendError, bounded};
use mio::{Poll, Waker};

use crate::{
    mqtt::{Filter, Message, Qos},
    time::Moment,
};

pub use self::{
    client::Client,
    event::{Arrival, End, Event, Happening},
    joining::Joining,
};

/// Names one publish of this client; whoever publishes chooses the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublishId(pub u64);

/// What the client shall do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Send a message.
    Publish(PublishId, Message),
    /// Ask for messages.
    Subscribe(Filter, Qos),
    /// Ask for an answer that shows what the broker has read and sent: [`Happening::Answered`].
    Ask,
    /// Leave with DISCONNECT: no will is published.
    Leave,
    /// Break the connection without a word, as a loss does: the will is published.
    Break,
}

/// Why a deed was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// Too many wait; try again.
    Full,
    /// The client has gone.
    Gone,
}

/// A client on its thread. Dropping it leaves the broker in order, without waiting for that.
#[derive(Debug)]
pub struct Peer {
    deeds: Sender<Deed>,
    events: Receiver<Event>,
    waker: Arc<Waker>,
    stopping: Arc<AtomicBool>,
}

impl Peer {
    /// Starts to join. `clock` tells the moments of its events; `wake` is called after events became available, from the client's
    /// thread, and must not block.
    ///
    /// # Errors
    ///
    /// When the system has no thread or no handles left.
    pub fn join(
        joining: Joining,
        clock: impl Fn() -> Moment + Send + 'static,
        wake: impl Fn() + Send + 'static,
    ) -> io::Result<Self> {
        let poll = Poll::new()?;
        let waker = Arc::new(Waker::new(poll.registry(), drive::WAKER)?);
        let (deeds, orders) = bounded(DEEDS);
        let (teller, events) = bounded(EVENTS);
        let stopping = Arc::new(AtomicBool::new(false));
        let thread = drive::Thread {
            poll,
            orders,
            events: teller,
            stopping: Arc::clone(&stopping),
            clock: Box::new(clock),
            wake: Box::new(wake),
        };
        thread::Builder::new().name("peer".to_owned()).spawn(move || thread.run(&joining))?;
        Ok(Self { deeds, events, waker, stopping })
    }

    /// Hands a deed over without waiting.
    ///
    /// # Errors
    ///
    /// When too many wait, or the client has gone.
    pub fn try_do(&self, deed: Deed) -> Result<(), NotTaken> {
        self.deeds.try_send(deed).map_err(|error| match error {
            TrySendError::Full(_) => NotTaken::Full,
            TrySendError::Disconnected(_) => NotTaken::Gone,
        })?;
        self.poke();
        Ok(())
    }

    /// The next event, if there is one.
    pub fn try_event(&self) -> Option<Event> {
        self.events.try_recv().ok()
    }

    /// The next event, waiting at most `wait` for it. After the last one it answers `None` at once.
    pub fn wait_event(&self, wait: Duration) -> Option<Event> {
        self.events.recv_timeout(wait).ok()
    }

    /// Whether it is over and everything that it told is read.
    pub fn is_over(&self) -> bool {
        matches!(self.events.is_empty().then(|| self.events.try_recv()), Some(Err(TryRecvError::Disconnected)))
    }

    fn poke(&self) {
        if let Err(error) = self.waker.wake() {
            tracing::warn!(%error, "the client on this computer cannot be woken");
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Release);
        self.poke();
    }
}

/// Deeds that may wait for the thread.
const DEEDS: usize = 256;
/// Events that may wait for the reader. Then the thread waits too, and the broker with it: nothing is lost.
const EVENTS: usize = 1_024;
