//! The pure core: bytes and time in, bytes and events out. It knows the Air780E and nothing else.

mod board;
mod cache;
pub mod check;
pub mod event;
pub mod fault;
mod file_veil;
mod flow;
mod keeper;
mod loss;
mod observe;
mod outcome;
pub mod plan;
mod reception;
pub mod request;
mod schedule;
pub mod status;
mod step;
mod veil;

use std::{fmt, ops::Range};

use crate::{
    air780e::{dialect, files, message, secrets},
    at::{client::Client, framer::Framer},
    keys,
    time::Moment,
};

use self::{
    board::Board,
    event::{Event, Fault, LossCause, PortFault, WireKind, WireLine},
    file_veil::FileVeil,
    flow::Progress,
    observe::Watch,
    request::{Request, RequestId},
    schedule::Schedule,
    status::{Rung, RungState, Status},
};

/// Bytes the caller must write to the link now, whole and in order. `Debug` shows only their number.
#[derive(Clone, PartialEq, Eq)]
pub struct Transmit {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The parts of `bytes` that no log, trace or screen may show.
    pub secret: Vec<Range<usize>>,
}

impl fmt::Debug for Transmit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Transmit({} bytes, {} secret parts)", self.bytes.len(), self.secret.len())
    }
}

/// One modem, seen from the PC.
///
/// The caller owns the link and the clock. After any of [`handle_bytes`](Self::handle_bytes),
/// [`handle_sent`](Self::handle_sent), [`handle_timeout`](Self::handle_timeout),
/// [`handle_closed`](Self::handle_closed) and [`request`](Self::request) it polls
/// [`poll_transmit`](Self::poll_transmit) and [`poll_event`](Self::poll_event) until each is empty, then waits for
/// bytes or for [`poll_timeout`](Self::poll_timeout). Moments never go back.
#[derive(Debug)]
pub struct Modem {
    framer: Framer,
    client: Client,
    schedule: Schedule,
    board: Board,
    /// Bytes were given out and have not been told as sent.
    is_writing: bool,
    /// Nobody takes the bytes given out any more.
    is_void: bool,
    /// Why the link is no more, once it is so.
    closed_by: Option<Fault>,
    /// Somebody else speaks to the modem; nothing is sent from here.
    watch: Option<Watch>,
    /// Hides keys in files that are read by hand.
    file_veil: FileVeil,
}

impl Modem {
    /// A modem behind a link that opened at `now`. Nothing is sent until something is requested.
    pub fn new(now: Moment) -> Self {
        let mut board = Board::default();
        board.rung(now, Rung::Port, RungState::Confirmed);
        Self {
            framer: Framer::new(message::recognise),
            client: Client::new(secrets::veil, files::is_no_file),
            schedule: Schedule::default(),
            board,
            is_writing: false,
            is_void: false,
            closed_by: None,
            watch: None,
            file_veil: FileVeil::default(),
        }
    }

    /// Takes bytes that arrived at `now`, cut anywhere.
    pub fn handle_bytes(&mut self, now: Moment, bytes: &[u8]) {
        if self.is_closed() || bytes.is_empty() {
            return;
        }
        self.board.contact.bytes += bytes.len();
        self.board.contact.text_bytes += dialect::count_text(bytes);
        self.client.handle_bytes(now);
        self.framer.push(now, &self.file_veil.received(bytes));
        self.take_frames(now);
    }

    /// Learns that the last byte of the oldest unwritten [`Transmit`] was handed to the link at `now`.
    pub fn handle_sent(&mut self, now: Moment) {
        (self.is_writing, self.is_void) = (false, false);
        let Some(sent) = self.client.handle_sent(now) else { return };
        let kind = if sent.is_data { WireKind::SentData } else { WireKind::Sent };
        if !sent.is_data {
            self.note_own_action(now, &sent.text);
        }
        self.board.tell(Event::Wire(WireLine::of_bytes(now, kind, sent.text, &sent.data)));
        if kind == WireKind::Sent {
            self.schedule.progress(now, now, Progress::Sent, &mut self.board);
        }
    }

    /// Learns that `now` has come; call it when [`poll_timeout`](Self::poll_timeout) is reached.
    pub fn handle_timeout(&mut self, now: Moment) {
        if self.is_closed() {
            return;
        }
        self.framer.release(now);
        self.take_frames(now);
        if let Some(change) = self.client.handle_timeout(now) {
            self.apply(now, change);
        }
        self.schedule.wake_due(now, &mut self.board);
        self.run(now);
    }

    /// Learns that the link ended. Everything open fails; [`Event::Closed`] is the last event but for the refusal of later
    /// wishes.
    pub fn handle_closed(&mut self, now: Moment, fault: Option<PortFault>) {
        if self.is_closed() {
            return;
        }
        let why = fault.clone().map_or(Fault::Cancelled, Fault::Port);
        self.closed_by = Some(why.clone());
        if let Some(ended) = self.client.abandon(now) {
            self.record(&ended, Err(why.clone()), false);
        }
        match &fault {
            Some(fault) => self.board.rung_failed(now, Rung::Port, Fault::Port(fault.clone()), None),
            None => self.board.rung(now, Rung::Port, RungState::Unknown),
        }
        self.board.stale_above(now, Rung::Port);
        self.board.status_mut().session = status::Session::Offline;
        self.schedule.let_go(&mut self.board);
        self.schedule.fail_all(now, &why, &mut self.board);
        self.schedule.note_busy(&mut self.board);
        self.board.tell_status();
        self.board.tell(Event::Closed { at: now, fault });
    }

    /// Takes a wish. Its end is told by exactly one [`Event::Done`] with the same id, even after the link has ended.
    pub fn request(&mut self, now: Moment, id: RequestId, request: Request) {
        if let Some(why) = &self.closed_by {
            return self.board.finish(now, id, Err(why.clone()));
        }
        self.board.past.is_asked = true;
        self.schedule.take(now, id, request, &mut self.board);
        self.run(now);
    }

    /// The next bytes to write. The next is given out only after [`handle_sent`](Self::handle_sent).
    pub fn poll_transmit(&mut self) -> Option<Transmit> {
        if self.is_writing || self.is_closed() || self.watch.is_some() {
            return None;
        }
        let outgoing = self.client.poll_transmit()?;
        self.is_writing = true;
        self.board.learned.learn(&outgoing.bytes, &outgoing.secret);
        self.note_files(&outgoing.bytes, !outgoing.secret.is_empty());
        Some(Transmit { bytes: outgoing.bytes, secret: outgoing.secret })
    }

    /// What is read by hand may be a key; our own flows say themselves what is secret, and need the bytes.
    fn note_files(&mut self, sent: &[u8], has_secret: bool) {
        if self.client.reads_block() {
            self.file_veil.step_aside();
        } else {
            self.file_veil.sent(sent, has_secret);
        }
    }

    /// Whether the rest of the bytes given out last need not be written: the module restarted and nobody waits for them.
    pub const fn is_transmit_void(&self) -> bool {
        self.is_void
    }

    /// The next thing to tell.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.board.poll_event()
    }

    /// When [`handle_timeout`](Self::handle_timeout) must be called at the latest.
    pub fn poll_timeout(&self) -> Option<Moment> {
        if self.is_closed() {
            return None;
        }
        let due = [self.framer.poll_timeout(), self.client.poll_timeout(), self.schedule.poll_timeout()];
        due.into_iter().flatten().min()
    }

    const fn is_closed(&self) -> bool {
        self.closed_by.is_some()
    }

    /// Everything known now.
    pub fn status(&self) -> &Status {
        self.board.status()
    }

    /// Starts whatever may start now.
    fn run(&mut self, now: Moment) {
        while self.client.is_free() {
            let Some(mut exchange) = self.schedule.next_exchange(now, &mut self.board) else { break };
            // A key is one in a message too.
            if let Some(data) = &mut exchange.data {
                data.is_secret |= keys::holds_key(&data.bytes);
            }
            self.client.start(now, exchange);
            self.note_observed(now);
        }
        if let Some(line) = self.board.found_offline.take() {
            self.lose(now, LossCause::Closed, &line, None);
        }
        if std::mem::take(&mut self.board.is_let_go) {
            self.schedule.let_go(&mut self.board);
        }
        self.schedule.note_busy(&mut self.board);
    }
}

#[cfg(test)]
mod tests;
