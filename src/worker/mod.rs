//! The one thread that owns a modem and its link: the only loop, the same for every link.

use std::time::Duration;

use thiserror::Error;

use crate::{
    link::spec::LinkSpec,
    modem::{
        event::Event,
        request::{Request, RequestId},
    },
};

/// Why a request was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotTaken {
    /// The worker has more requests than it can hold; try again.
    #[error("too many requests are waiting; try again in a moment")]
    Full,
    /// The worker has ended.
    #[error("the connection to the port has ended")]
    Ended,
}

/// A running worker. Dropping it ends the thread and closes the port.
#[derive(Debug)]
pub struct Worker {}

impl Worker {
    /// Starts a worker. Opening happens on its thread: the first event is [`Event::Opened`] or [`Event::Closed`].
    ///
    /// `wake` is called after events became available, from the worker's thread; it must not block.
    pub fn spawn(_spec: LinkSpec, _wake: impl Fn() + Send + 'static) -> Self {
        todo!()
    }

    /// Hands over a request without waiting.
    pub fn try_request(&self, _id: RequestId, _request: Request) -> Result<(), NotTaken> {
        todo!()
    }

    /// The next event, if there is one.
    pub fn try_event(&self) -> Option<Event> {
        todo!()
    }

    /// The next event, waiting at most `wait` for it.
    pub fn wait_event(&self, _wait: Duration) -> Option<Event> {
        todo!()
    }

    /// Asks the thread to close the port and end; does not wait. [`Event::Closed`] follows.
    pub fn stop(&self) {
        todo!()
    }
}
