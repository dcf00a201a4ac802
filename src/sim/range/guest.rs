//! One client of the range: its socket, what lies over it, and the stream it is handed on to.

use std::{
    io::{self, Read, Write},
    net::Shutdown,
};

use mio::net::TcpStream;

use super::answer::Answer;
use crate::tls::{Step, TlsConnection};

/// A client and, once it is let in, the other end of its stream.
pub(super) struct Guest {
    front: Front,
    back: Option<TcpStream>,
    inward: Way,
    outward: Way,
    /// Told that it is over; its last bytes are read so that what we said is not lost by a reset.
    leaving: bool,
}

enum Front {
    Plain(TcpStream),
    Tls(Box<TlsConnection<TcpStream>>),
    /// Says what is left of this after the client's first bytes.
    Says(TcpStream, Vec<u8>),
    Silent(TcpStream),
    Gone,
}

/// What a turn came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Wait for the sockets.
    Waits,
    /// Let in: it wants to be handed on.
    WantsBack,
    /// Wait for its end, but not for long.
    Leaves,
    /// Over.
    Ended,
}

impl Guest {
    pub(super) fn new(stream: TcpStream, answer: &Answer) -> Self {
        let front = match answer {
            Answer::Tls(context) => match context.accept(stream) {
                Ok(connection) => Front::Tls(Box::new(connection)),
                Err(_) => Front::Gone,
            },
            Answer::Plain => Front::Plain(stream),
            Answer::Says(bytes) => Front::Says(stream, bytes.clone()),
            Answer::Silent => Front::Silent(stream),
            Answer::Closes => Front::Gone,
        };
        Self { front, back: None, inward: Way::default(), outward: Way::default(), leaving: false }
    }

    /// The client's socket, for the poll.
    pub(super) fn socket(&mut self) -> Option<&mut TcpStream> {
        match &mut self.front {
            Front::Tls(connection) => Some(connection.get_mut()),
            Front::Plain(stream) | Front::Says(stream, _) | Front::Silent(stream) => Some(stream),
            Front::Gone => None,
        }
    }

    /// Hands the client on to `back`.
    pub(super) fn hand_on(&mut self, back: TcpStream) {
        self.back = Some(back);
    }

    /// Carries on as far as the sockets allow now.
    pub(super) fn carry_on(&mut self, has_upstream: bool) -> Turn {
        if self.leaving {
            return self.see_off();
        }
        match &mut self.front {
            Front::Tls(connection) if !connection.is_established() => match connection.handshake() {
                Step::Done(_) => self.relay(has_upstream),
                Step::WantRead | Step::WantWrite => Turn::Waits,
                Step::Failed(_) => self.leave(),
            },
            Front::Tls(_) | Front::Plain(_) => self.relay(has_upstream),
            Front::Says(..) => self.say(),
            Front::Silent(stream) => wait_for_end(stream, Turn::Waits),
            Front::Gone => Turn::Ended,
        }
    }

    /// Moves bytes both ways until neither side gives or takes any.
    fn relay(&mut self, has_upstream: bool) -> Turn {
        if has_upstream && self.back.is_none() {
            return Turn::WantsBack;
        }
        let front: &mut dyn Stream = match &mut self.front {
            Front::Tls(connection) => connection.as_mut(),
            Front::Plain(stream) => stream,
            _ => return Turn::Ended,
        };
        let Some(back) = &mut self.back else {
            return wait_for_end(front, Turn::Waits);
        };
        while self.inward.step(front, back) | self.outward.step(back, front) {}
        if self.inward.is_over() || self.outward.is_over() { self.leave() } else { Turn::Waits }
    }

    fn say(&mut self) -> Turn {
        let Front::Says(stream, bytes) = &mut self.front else { return Turn::Ended };
        match stream.read(&mut [0; 4096]) {
            Ok(0) => Turn::Ended,
            // So few bytes fit into the socket's buffer at once.
            Ok(_) if stream.write_all(bytes).is_ok() => self.leave(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Turn::Waits,
            Ok(_) | Err(_) => Turn::Ended,
        }
    }

    /// Says goodbye on both sides.
    fn leave(&mut self) -> Turn {
        if let Some(back) = self.back.take() {
            // A broker that closed first is gone already.
            back.shutdown(Shutdown::Both).ok();
        }
        if let Front::Tls(connection) = &mut self.front {
            connection.close();
        }
        self.leaving = self.socket().is_some_and(|stream| stream.shutdown(Shutdown::Write).is_ok());
        if self.leaving { self.see_off() } else { Turn::Ended }
    }

    fn see_off(&mut self) -> Turn {
        self.socket().map_or(Turn::Ended, |stream| wait_for_end(stream, Turn::Leaves))
    }
}

trait Stream: Read + Write {}
impl<S: Read + Write> Stream for S {}

/// Reads and forgets until the client ends; `meanwhile` as long as it does not.
fn wait_for_end(stream: &mut (impl Read + ?Sized), meanwhile: Turn) -> Turn {
    let mut rest = [0; 4096];
    loop {
        match stream.read(&mut rest) {
            Ok(0) => return Turn::Ended,
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return meanwhile,
            Err(_) => return Turn::Ended,
        }
    }
}

/// Bytes on their way from one stream to the other.
#[derive(Default)]
struct Way {
    waiting: Vec<u8>,
    ended: bool,
}

impl Way {
    /// Writes what waits, or reads more when nothing does; whether anything moved.
    fn step(&mut self, from: &mut (impl Read + ?Sized), to: &mut (impl Write + ?Sized)) -> bool {
        if self.waiting.is_empty() {
            return !self.ended && self.fill(from);
        }
        match to.write(&self.waiting) {
            Ok(count) => {
                self.waiting.drain(..count);
                count > 0
            }
            Err(error) if may_come_later(&error) => false,
            Err(_) => {
                self.waiting.clear();
                self.ended = true;
                false
            }
        }
    }

    fn fill(&mut self, from: &mut (impl Read + ?Sized)) -> bool {
        let mut piece = [0; 4096];
        match from.read(&mut piece) {
            Ok(count) if count > 0 => {
                self.waiting.extend_from_slice(&piece[..count]);
                true
            }
            Err(error) if may_come_later(&error) => false,
            Ok(_) | Err(_) => {
                self.ended = true;
                false
            }
        }
    }

    const fn is_over(&self) -> bool {
        self.ended && self.waiting.is_empty()
    }
}

/// A stream that is still connecting says `NotConnected`.
fn may_come_later(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::NotConnected | io::ErrorKind::Interrupted)
}
