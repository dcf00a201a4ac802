//! The pure core: bytes and time in, bytes and events out. It knows the Air780E and nothing else.

pub mod event;
pub mod plan;
pub mod request;
pub mod status;

use std::ops::Range;

use crate::time::Moment;

use self::{
    event::{Event, PortFault},
    request::{Request, RequestId},
    status::Status,
};

/// Bytes the caller must write to the link now, whole and in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transmit {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The parts of `bytes` that no log, trace or screen may show.
    pub secret: Vec<Range<usize>>,
}

/// One modem, seen from the PC.
///
/// The caller owns the link and the clock. After any of [`handle_bytes`](Self::handle_bytes),
/// [`handle_sent`](Self::handle_sent), [`handle_timeout`](Self::handle_timeout),
/// [`handle_closed`](Self::handle_closed) and [`request`](Self::request) it polls
/// [`poll_transmit`](Self::poll_transmit) and [`poll_event`](Self::poll_event) until each is empty, then waits for
/// bytes or for [`poll_timeout`](Self::poll_timeout). Moments never go back.
#[derive(Debug)]
pub struct Modem {}

impl Modem {
    /// A modem behind a link that opened at `now`. Nothing is sent until something is requested.
    pub fn new(_now: Moment) -> Self {
        todo!()
    }

    /// Takes bytes that arrived at `now`, cut anywhere.
    pub fn handle_bytes(&mut self, _now: Moment, _bytes: &[u8]) {
        todo!()
    }

    /// Learns that the last byte of the oldest unwritten [`Transmit`] was handed to the link at `now`.
    pub fn handle_sent(&mut self, _now: Moment) {
        todo!()
    }

    /// Learns that `now` has come; call it when [`poll_timeout`](Self::poll_timeout) is reached.
    pub fn handle_timeout(&mut self, _now: Moment) {
        todo!()
    }

    /// Learns that the link ended. Everything open fails; [`Event::Closed`] is the last event.
    pub fn handle_closed(&mut self, _now: Moment, _fault: Option<PortFault>) {
        todo!()
    }

    /// Takes a wish. Its end is told by [`Event::Done`] with the same id.
    pub fn request(&mut self, _now: Moment, _id: RequestId, _request: Request) {
        todo!()
    }

    /// The next bytes to write. The next is given out only after [`handle_sent`](Self::handle_sent).
    pub fn poll_transmit(&mut self) -> Option<Transmit> {
        todo!()
    }

    /// The next thing to tell.
    pub fn poll_event(&mut self) -> Option<Event> {
        todo!()
    }

    /// When [`handle_timeout`](Self::handle_timeout) must be called at the latest.
    pub fn poll_timeout(&self) -> Option<Moment> {
        todo!()
    }

    /// Everything known now.
    pub fn status(&self) -> &Status {
        todo!()
    }
}
