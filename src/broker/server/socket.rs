//! One client's socket with the bytes that it did not take yet.

use std::{
    io::{self, Read, Write},
    net::Shutdown,
};

use mio::net::TcpStream;
use tracing::debug;

use crate::tls;

/// What the bytes of a client go through: TCP itself, or a layer over it.
///
/// Reading and writing never wait: they answer `WouldBlock`. A layer that must write in order to read (a handshake)
/// does so within its `read`; the loop calls both `write` and `read` at every readiness.
pub(super) trait Transport: Read + Write + Send {
    /// The socket whose readiness counts; `None` once a layer has let go of it.
    fn source(&mut self) -> Option<&mut TcpStream>;

    /// Why the layer could not begin, once it has failed.
    fn failure(&self) -> Option<String> {
        None
    }

    /// Says, as far as the socket takes it now, that nothing follows.
    fn say_goodbye(&mut self) {}
}

impl Transport for TcpStream {
    fn source(&mut self) -> Option<&mut TcpStream> {
        Some(self)
    }
}

impl Transport for tls::TlsConnection<TcpStream> {
    fn source(&mut self) -> Option<&mut TcpStream> {
        Some(self.get_mut())
    }

    fn failure(&self) -> Option<String> {
        Self::failure(self).map(|failure| format!("TLS: {}", failure.cause))
    }

    fn say_goodbye(&mut self) {
        if let Some(failure) = Self::failure(self) {
            debug!(cause = ?failure.cause, "a TLS handshake has failed");
        }
        self.close();
    }
}

/// A client's end as the loop sees it.
pub(super) struct Socket {
    pub(super) transport: Box<dyn Transport>,
    /// Whether the loop already has it on its list of those to read from.
    pub(super) listed: bool,
    pub(super) is_web: bool,
    pending: Vec<u8>,
    /// How much of `pending` is sent.
    sent: usize,
}

impl Socket {
    pub(super) fn new(transport: Box<dyn Transport>, is_web: bool) -> Self {
        Self { transport, listed: false, is_web, pending: Vec::new(), sent: 0 }
    }

    /// Sends what the socket takes now and keeps the rest.
    pub(super) fn send(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        if self.waiting() == 0 {
            self.pending = bytes;
            self.sent = 0;
        } else {
            self.pending.drain(..self.sent);
            self.sent = 0;
            self.pending.extend_from_slice(&bytes);
        }
        self.flush()
    }

    /// Sends on what was kept.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        while self.waiting() > 0 {
            match self.transport.write(&self.pending[self.sent..]) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(taken) => self.sent += taken,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.pending = Vec::new();
        self.sent = 0;
        Ok(())
    }

    /// Bytes that the socket did not take yet.
    pub(super) const fn waiting(&self) -> usize {
        self.pending.len() - self.sent
    }

    /// Ends the connection so that the client reads all that was sent, a TLS alert included: what it still sends is read
    /// and dropped first, because closing a socket with unread bytes resets the connection.
    pub(super) fn hang_up(&mut self) {
        self.transport.say_goodbye();
        let Some(stream) = self.transport.source() else { return };
        // A client that has gone needs no goodbye.
        stream.shutdown(Shutdown::Write).ok();
        self.is_over();
    }

    /// Reads and drops what came, as far as it is reasonable; whether the client has closed its side.
    pub(super) fn is_over(&mut self) -> bool {
        let Some(stream) = self.transport.source() else { return true };
        let mut dropped = [0; 1_024];
        for _ in 0..DROPPED_READS {
            match stream.read(&mut dropped) {
                Ok(0) => return true,
                Ok(_) => {}
                Err(error) => return error.kind() != io::ErrorKind::WouldBlock,
            }
        }
        false
    }
}

/// Most reads of bytes that nobody wants any more.
const DROPPED_READS: usize = 64;
