//! A wire inside the program: the PC's end and the virtual modem's end of two bounded channels.

use std::{
    io::{self, ErrorKind, Read, Write},
    sync::Arc,
    time::Duration,
};

use crossbeam_channel::{Receiver, RecvTimeoutError, SendTimeoutError, Sender, TryRecvError, TrySendError, bounded};
use mio::{Interest, Registry, Token, Waker, event::Source};

/// Chunks that wait in each direction at most.
const DEPTH: usize = 256;
/// Longest chunk, so that the depth bounds the bytes.
const CHUNK: usize = 1_024;
/// How long a write may wait for room; the other end makes room all the time unless it hangs.
const WRITE_PATIENCE: Duration = Duration::from_secs(1);

/// The PC's end of a pipe to a virtual modem.
#[derive(Debug)]
pub struct PipeEnd {
    incoming: Unread,
    outgoing: Sender<Vec<u8>>,
    waker: Arc<Waker>,
}

/// The virtual modem's end.
#[derive(Debug)]
pub(super) struct PipeWire {
    incoming: Unread,
    outgoing: Sender<Vec<u8>>,
}

/// A receiver and what is left of the chunk taken last.
#[derive(Debug)]
struct Unread {
    chunks: Receiver<Vec<u8>>,
    rest: Vec<u8>,
}

impl Unread {
    const fn new(chunks: Receiver<Vec<u8>>) -> Self {
        Self { chunks, rest: Vec::new() }
    }

    /// Moves bytes of the current chunk into `buffer`.
    fn copy(&mut self, buffer: &mut [u8]) -> usize {
        let count = self.rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.rest[..count]);
        self.rest.drain(..count);
        count
    }
}

/// A pipe; `waker` wakes whoever serves the modem's end.
pub(super) fn pipe(waker: Arc<Waker>) -> (PipeEnd, PipeWire) {
    let (to_modem, from_pc) = bounded(DEPTH);
    let (to_pc, from_modem) = bounded(DEPTH);
    let end = PipeEnd { incoming: Unread::new(from_modem), outgoing: to_modem, waker };
    (end, PipeWire { incoming: Unread::new(from_pc), outgoing: to_pc })
}

impl PipeEnd {
    /// Waits at most `wait` for bytes; `Ok(0)` when none came. Returns as soon as there are some, and with an error of
    /// kind `BrokenPipe` when the virtual modem is gone and everything it sent has been read.
    pub fn read(&mut self, buffer: &mut [u8], wait: Duration) -> io::Result<usize> {
        if self.incoming.rest.is_empty() {
            match self.incoming.chunks.recv_timeout(wait) {
                Ok(chunk) => self.incoming.rest = chunk,
                Err(RecvTimeoutError::Timeout) => return Ok(0),
                Err(RecvTimeoutError::Disconnected) => return Err(gone()),
            }
            // The channel was full until now: the other end may be waiting for room.
            if self.incoming.chunks.len() + 1 >= DEPTH {
                self.waker.wake()?;
            }
        }
        Ok(self.incoming.copy(buffer))
    }

    /// Writes some of `bytes` and returns how many. It waits only while the virtual modem has no room, and fails with
    /// `TimedOut` when that lasts for a second, with `BrokenPipe` when the virtual modem is gone.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let chunk = &bytes[..bytes.len().min(CHUNK)];
        if chunk.is_empty() {
            return Ok(0);
        }
        match self.outgoing.send_timeout(chunk.to_vec(), WRITE_PATIENCE) {
            Ok(()) => self.waker.wake()?,
            Err(SendTimeoutError::Timeout(_)) => return Err(ErrorKind::TimedOut.into()),
            Err(SendTimeoutError::Disconnected(_)) => return Err(gone()),
        }
        Ok(chunk.len())
    }
}

impl Drop for PipeEnd {
    fn drop(&mut self) {
        let (unused, _) = bounded(0);
        self.outgoing = unused;
        // Fails only when nobody waits any more.
        let _ = self.waker.wake();
    }
}

impl Read for PipeWire {
    /// `Ok(0)` when the PC's end is gone.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.incoming.rest.is_empty() {
            match self.incoming.chunks.try_recv() {
                Ok(chunk) => self.incoming.rest = chunk,
                Err(TryRecvError::Empty) => return Err(ErrorKind::WouldBlock.into()),
                Err(TryRecvError::Disconnected) => return Ok(0),
            }
        }
        Ok(self.incoming.copy(buffer))
    }
}

impl Write for PipeWire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let chunk = &bytes[..bytes.len().min(CHUNK)];
        match self.outgoing.try_send(chunk.to_vec()) {
            Ok(()) => Ok(chunk.len()),
            Err(TrySendError::Full(_)) => Err(ErrorKind::WouldBlock.into()),
            Err(TrySendError::Disconnected(_)) => Err(gone()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Nothing to register: the pipe's waker wakes the poll.
impl Source for PipeWire {
    fn register(&mut self, _: &Registry, _: Token, _: Interest) -> io::Result<()> {
        Ok(())
    }

    fn reregister(&mut self, _: &Registry, _: Token, _: Interest) -> io::Result<()> {
        Ok(())
    }

    fn deregister(&mut self, _: &Registry) -> io::Result<()> {
        Ok(())
    }
}

fn gone() -> io::Error {
    io::Error::new(ErrorKind::BrokenPipe, "the virtual modem has ended")
}

#[cfg(test)]
mod tests {
    use mio::{Events, Poll};

    use super::*;

    /// A pipe and a poll whose waker outlives the pipe, as it does in a host.
    fn poll_and_pipe() -> (Poll, Arc<Waker>, PipeEnd, PipeWire) {
        let poll = Poll::new().unwrap();
        let waker = Arc::new(Waker::new(poll.registry(), Token(0)).unwrap());
        let (end, wire) = pipe(Arc::clone(&waker));
        (poll, waker, end, wire)
    }

    fn is_woken(poll: &mut Poll) -> bool {
        let mut events = Events::with_capacity(4);
        poll.poll(&mut events, Some(Duration::ZERO)).unwrap();
        !events.is_empty()
    }

    #[test]
    fn room_in_a_full_pipe_wakes_the_modem() {
        let (mut poll, _waker, mut end, mut wire) = poll_and_pipe();
        let mut written = 0;
        while wire.write(b"x").is_ok() {
            written += 1;
        }
        assert_eq!(written, DEPTH);
        assert!(!is_woken(&mut poll));
        assert_eq!(end.read(&mut [0; 8], Duration::ZERO).unwrap(), 1);
        assert!(is_woken(&mut poll));
        assert_eq!(wire.write(b"y").unwrap(), 1);
    }

    #[test]
    fn bytes_and_a_lost_end_wake_the_modem() {
        let (mut poll, _waker, mut end, mut wire) = poll_and_pipe();
        assert_eq!(wire.read(&mut [0; 8]).unwrap_err().kind(), ErrorKind::WouldBlock);
        assert_eq!(end.write(&[b'x'; CHUNK + 1]).unwrap(), CHUNK);
        assert!(is_woken(&mut poll));
        assert_eq!(wire.read(&mut [0; 8]).unwrap(), 8);
        assert_eq!(wire.read(&mut [0; CHUNK]).unwrap(), CHUNK - 8);
        drop(end);
        assert!(is_woken(&mut poll));
        assert_eq!(wire.read(&mut [0; 8]).unwrap(), 0);
    }
}
