//! Windows: bytes move through the serialport crate's handle, whose time-outs hold for reads and writes.

use std::{
    io::{self, ErrorKind, Read, Write},
    time::Duration,
};

use serialport::{COMPort, SerialPort};

use super::{WRITE_SLICE, means_gone, raise_control_lines, settings};
use crate::link::{Link, LinkError, ports};

/// An open serial port.
#[derive(Debug)]
pub(in crate::link) struct SerialLink {
    port: COMPort,
    time_limit: Duration,
}

impl SerialLink {
    /// Opens `port` at `baud` bits per second, for this program alone.
    pub(in crate::link) fn open(port: &str, baud: u32) -> Result<Self, LinkError> {
        let mut opened = COMPort::open(&settings(port, baud)).map_err(|error| sort_open_error(&error, port))?;
        raise_control_lines(&mut opened);
        Ok(Self { port: opened, time_limit: WRITE_SLICE })
    }

    fn limit_to(&mut self, time: Duration) -> Result<(), LinkError> {
        if self.time_limit != time {
            self.port.set_timeout(time).map_err(|error| LinkError::Other(error.to_string()))?;
            self.time_limit = time;
        }
        Ok(())
    }
}

impl Link for SerialLink {
    fn read(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LinkError> {
        self.limit_to(wait.max(Duration::from_millis(1)))?;
        self.port.read(buffer).or_else(|error| nothing_or_fault(&error))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        self.limit_to(WRITE_SLICE)?;
        self.port.write(bytes).or_else(|error| nothing_or_fault(&error))
    }
}

fn nothing_or_fault(error: &io::Error) -> Result<usize, LinkError> {
    if error.raw_os_error().is_some_and(means_gone) {
        return Err(LinkError::Gone);
    }
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock | ErrorKind::Interrupted => Ok(0),
        ErrorKind::BrokenPipe | ErrorKind::NotFound => Err(LinkError::Gone),
        _ => Err(LinkError::Other(error.to_string())),
    }
}

/// Windows reports a missing port and a port in use by one error kind; the list of ports tells them apart.
fn sort_open_error(error: &serialport::Error, port: &str) -> LinkError {
    match error.kind {
        serialport::ErrorKind::NoDevice if is_listed(port) => LinkError::Busy,
        serialport::ErrorKind::NoDevice => LinkError::Missing,
        serialport::ErrorKind::InvalidInput => LinkError::NotSerial,
        _ => LinkError::Other(error.to_string()),
    }
}

fn is_listed(port: &str) -> bool {
    ports::list().is_ok_and(|listed| listed.iter().any(|known| known.is_named(port)))
}
