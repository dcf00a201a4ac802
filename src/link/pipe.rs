//! A pipe inside this process with a virtual modem at its far end.
//!
//! The modem lives on its host's thread and ends with this link.

use std::{
    io::{self, ErrorKind},
    time::Duration,
};

use super::{Link, LinkError};
use crate::sim::host::{self, Host, PipeEnd, Remote, VirtualSpec};

/// Our end of the pipe, and the virtual modem's life.
#[derive(Debug)]
pub struct PipeLink {
    end: PipeEnd,
    /// Dropping it ends the virtual modem.
    host: Host,
}

impl PipeLink {
    /// Starts a virtual modem and opens the pipe to it.
    pub fn open(spec: &VirtualSpec) -> Result<Self, LinkError> {
        let (host, end) = host::spawn_on_pipe(spec).map_err(|error| LinkError::Other(error.to_string()))?;
        Ok(Self { end, host })
    }

    /// A hand on the virtual modem for another thread.
    pub fn remote(&self) -> Remote {
        self.host.remote()
    }
}

impl Link for PipeLink {
    fn read(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LinkError> {
        self.end.read(buffer, wait).or_else(|error| nothing_or_fault(&error))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        self.end.write(bytes).or_else(|error| nothing_or_fault(&error))
    }
}

fn nothing_or_fault(error: &io::Error) -> Result<usize, LinkError> {
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock | ErrorKind::Interrupted => Ok(0),
        ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset => Err(LinkError::Gone),
        _ => Err(LinkError::Other(error.to_string())),
    }
}
