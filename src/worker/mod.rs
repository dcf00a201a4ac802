//! The one thread that owns a modem and its link, and the handle by which the outside reaches it.
//!
//! Requests go in and events come out through bounded channels. What the thread does is in `drive`, what it keeps
//! for a slow reader in `outbox`; the modem itself is `modem`'s.

pub mod away;
mod clock;
mod drive;
mod outbox;
pub mod probe;
mod recording;
pub mod replay;

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TrySendError, bounded};
use thiserror::Error;

pub use self::{clock::LinkStart, drive::port_fault, recording::RecordInto};

use self::{clock::LinkClock, drive::Task};
use crate::{
    link::{self, Link, LinkError, spec::LinkSpec},
    modem::{
        event::{Event, PortFault},
        request::{Request, RequestId},
    },
    time::{Moment, WallAnchor},
};

/// Why a request was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotTaken {
    /// The worker has more requests than it can hold; try again.
    #[error("too many requests are waiting; try again in a moment")]
    Full,
    /// The worker has ended, or is about to: what it were asked now would end with it.
    #[error("the connection to the port has ended")]
    Ended,
}

/// A running worker. Dropping it ends the thread and closes the port.
#[derive(Debug)]
pub struct Worker {
    requests: Sender<(RequestId, Request)>,
    /// `None` only while the worker is dropped.
    events: Option<Receiver<Event>>,
    /// Set by either side: the end is wanted, or has come.
    stop: Arc<AtomicBool>,
    /// Disconnects when the thread has ended; nothing is ever sent.
    ended: Receiver<()>,
    /// When the link opened; filled by the thread.
    start: Arc<OnceLock<LinkStart>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts a worker. Opening happens on its thread: the first event is [`Event::Opened`] or [`Event::Closed`].
    ///
    /// `wake` is called after events became available, from the worker's thread; it must not block.
    pub fn spawn(spec: LinkSpec, wake: impl Fn() + Send + 'static) -> Self {
        Self::spawn_recorded(spec, None, wake)
    }

    /// As [`spawn`](Self::spawn), and everything that passes is written into `record`, secrets masked.
    pub fn spawn_recorded(spec: LinkSpec, record: Option<RecordInto>, wake: impl Fn() + Send + 'static) -> Self {
        let (port, is_simulated) = (spec.name().to_owned(), spec.is_simulated());
        Self::spawn_on(port, is_simulated, move || link::open(&spec), record, wake)
    }

    /// As [`spawn_recorded`](Self::spawn_recorded) for a link that came back: its moments go on from `start`, when it was
    /// first opened, and [`Event::Opened`] has the same anchor as then.
    pub fn spawn_again(
        spec: LinkSpec,
        start: LinkStart,
        record: Option<RecordInto>,
        wake: impl Fn() + Send + 'static,
    ) -> Self {
        let (port, is_simulated) = (spec.name().to_owned(), spec.is_simulated());
        Self::start(port, is_simulated, move || link::open(&spec), Some(start), record, wake)
    }

    /// As [`spawn_recorded`](Self::spawn_recorded), on whatever link `open` brings, under the name `port`.
    pub fn spawn_on(
        port: String,
        is_simulated: bool,
        open: impl FnOnce() -> Result<Box<dyn Link>, LinkError> + Send + 'static,
        record: Option<RecordInto>,
        wake: impl Fn() + Send + 'static,
    ) -> Self {
        Self::start(port, is_simulated, open, None, record, wake)
    }

    /// As [`spawn_on`](Self::spawn_on) for a link that came back, whose moments go on from `start`.
    pub fn spawn_again_on(
        port: String,
        open: impl FnOnce() -> Result<Box<dyn Link>, LinkError> + Send + 'static,
        start: LinkStart,
        record: Option<RecordInto>,
        wake: impl Fn() + Send + 'static,
    ) -> Self {
        Self::start(port, false, open, Some(start), record, wake)
    }

    fn start(
        port: String,
        is_simulated: bool,
        open: impl FnOnce() -> Result<Box<dyn Link>, LinkError> + Send + 'static,
        earlier: Option<LinkStart>,
        record: Option<RecordInto>,
        wake: impl Fn() + Send + 'static,
    ) -> Self {
        let (requests, request_queue) = bounded(REQUESTS);
        let (event_sender, events) = bounded(EVENTS);
        let (alive, ended) = bounded(0);
        let stop = Arc::new(AtomicBool::new(false));
        let task = Task {
            port: port.clone(),
            is_simulated,
            requests: request_queue,
            events: event_sender.clone(),
            stop: Arc::clone(&stop),
            earlier,
        };
        let start = Arc::new(OnceLock::new());
        let started_at = Arc::clone(&start);
        let started = thread::Builder::new().name("modem-worker".to_owned()).spawn(move || {
            let _alive: Sender<()> = alive;
            let start_clock = || {
                let start = *started_at.get_or_init(|| earlier.unwrap_or_else(now));
                (LinkClock::starting_at(start.opened), start.anchor)
            };
            task.run(open, start_clock, record, &wake);
        });
        if let Err(error) = &started {
            let fault = PortFault::WorkerDied { port, detail: error.to_string() };
            let at = earlier.map_or(Moment::ZERO, LinkStart::now);
            // The channel is new and empty: there is room.
            let _ = event_sender.try_send(Event::Closed { at, fault: Some(fault) });
        }
        Self { requests, events: Some(events), stop, ended, start, thread: started.ok() }
    }

    /// Hands over a request without waiting.
    pub fn try_request(&self, id: RequestId, request: Request) -> Result<(), NotTaken> {
        if !self.takes_requests() {
            return Err(NotTaken::Ended);
        }
        self.requests.try_send((id, request)).map_err(|error| match error {
            TrySendError::Full(_) => NotTaken::Full,
            TrySendError::Disconnected(_) => NotTaken::Ended,
        })
    }

    /// The next event, if there is one.
    pub fn try_event(&self) -> Option<Event> {
        self.events.as_ref()?.try_recv().ok()
    }

    /// The next event, waiting at most `wait` for it. After the last one it answers `None` at once.
    pub fn wait_event(&self, wait: Duration) -> Option<Event> {
        self.events.as_ref()?.recv_timeout(wait).ok()
    }

    /// Whether requests are taken: until it is told to stop or its port is of no more use, although [`Event::Closed`] may
    /// still have to be read.
    pub fn takes_requests(&self) -> bool {
        !self.stop.load(Ordering::Relaxed)
    }

    /// When the link opened, or the one whose moments it goes on with; `None` until it is open.
    pub fn link_start(&self) -> Option<LinkStart> {
        self.start.get().copied()
    }

    /// Disconnects when the thread has ended and holds the port no more, which is a moment after [`Event::Closed`]. Nothing
    /// is ever sent.
    pub fn ended(&self) -> Receiver<()> {
        self.ended.clone()
    }

    /// Asks the thread to close the port and end; does not wait. [`Event::Closed`] follows.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
        // Without a reader the thread has nobody left to wait for.
        self.events = None;
        let Some(thread) = self.thread.take() else { return };
        if self.ended.recv_timeout(JOIN_LIMIT) == Err(RecvTimeoutError::Disconnected) {
            // Its panic, if any, has been told as an event.
            let _ = thread.join();
        } else {
            // A driver that hangs in the kernel must not take the window with it.
            tracing::warn!("the port does not close; its thread is left behind");
        }
    }
}

impl LinkStart {
    /// Moments that count from now, before any link is open.
    pub fn begin() -> Self {
        now()
    }
}

#[expect(clippy::disallowed_methods, reason = "the worker owns the clock of its link")]
fn now() -> LinkStart {
    LinkStart { opened: std::time::Instant::now(), anchor: WallAnchor::new(chrono::Local::now()) }
}

/// Requests that may wait for the thread.
const REQUESTS: usize = 64;
/// Events that may wait for the reader before the outbox starts to choose.
const EVENTS: usize = 1_024;
/// How long dropping a worker waits for its thread.
const JOIN_LIMIT: Duration = Duration::from_millis(500);

#[cfg(test)]
mod tests;
