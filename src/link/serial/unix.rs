//! Unix: bytes move through our own non-blocking handle, and `poll` does the waiting.
//!
//! The serialport crate opens the device a second time, configures it and holds the locks that keep other programs
//! out; its handle is blocking and moves no byte.

use std::{
    fs::{File, OpenOptions},
    io::{self, ErrorKind, Read, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::OFlags,
    io::Errno,
};
use serialport::TTYPort;

use super::{WRITE_SLICE, raise_control_lines, settings};
use crate::link::{Link, LinkError};

/// An open serial port.
#[derive(Debug)]
pub(in crate::link) struct SerialLink {
    wire: File,
    /// Keeps the settings and the exclusive lock for as long as the link lives.
    _lock: TTYPort,
}

impl SerialLink {
    /// Opens `port` at `baud` bits per second, for this program alone.
    pub(in crate::link) fn open(port: &str, baud: u32) -> Result<Self, LinkError> {
        let wire = open_wire(port)?;
        let mut lock = TTYPort::open(&settings(port, baud)).map_err(|error| sort_settings_error(&error))?;
        raise_control_lines(&mut lock);
        Ok(Self { wire, _lock: lock })
    }
}

impl Link for SerialLink {
    fn read(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LinkError> {
        if !is_ready(&self.wire, PollFlags::IN, wait)? {
            return Ok(0);
        }
        match self.wire.read(buffer) {
            // A terminal that is ready and has nothing to say has been hung up.
            Ok(0) => Err(LinkError::Gone),
            Ok(count) => Ok(count),
            Err(error) => nothing_or_fault(&error),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        if !is_ready(&self.wire, PollFlags::OUT, WRITE_SLICE)? {
            return Ok(0);
        }
        self.wire.write(bytes).or_else(|error| nothing_or_fault(&error))
    }
}

/// Waits at most `wait`. A hang-up counts as ready, so that the read or write behind it names it.
fn is_ready(wire: &File, what: PollFlags, wait: Duration) -> Result<bool, LinkError> {
    let mut watched = [PollFd::new(wire, what)];
    let limit = Timespec { tv_sec: wait.as_secs().cast_signed(), tv_nsec: wait.subsec_nanos().into() };
    match poll(&mut watched, Some(&limit)) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(false),
        Err(error) => Err(LinkError::Other(error.to_string())),
    }
}

fn nothing_or_fault(error: &io::Error) -> Result<usize, LinkError> {
    match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::Interrupted => Ok(0),
        _ if is_gone(error) => Err(LinkError::Gone),
        _ => Err(LinkError::Other(error.to_string())),
    }
}

fn is_gone(error: &io::Error) -> bool {
    error.kind() == ErrorKind::BrokenPipe
        || [Errno::IO, Errno::NODEV, Errno::NXIO].iter().any(|gone| error.raw_os_error() == Some(gone.raw_os_error()))
}

fn open_wire(port: &str) -> Result<File, LinkError> {
    let flags = OFlags::NOCTTY | OFlags::NONBLOCK;
    let opened = OpenOptions::new().read(true).write(true).custom_flags(flags.bits().cast_signed()).open(port);
    let wire = opened.map_err(|error| sort_open_error(&error, port))?;
    if rustix::termios::isatty(&wire) { Ok(wire) } else { Err(LinkError::NotSerial) }
}

fn sort_open_error(error: &io::Error, port: &str) -> LinkError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => LinkError::Missing,
        ErrorKind::PermissionDenied => LinkError::NoPermission { group: owning_group(port) },
        ErrorKind::ResourceBusy => LinkError::Busy,
        ErrorKind::IsADirectory => LinkError::NotSerial,
        // The device file is left over, the device behind it is not there.
        _ if is_gone(error) => LinkError::Missing,
        _ => LinkError::Other(error.to_string()),
    }
}

/// The device itself opened a moment ago, so what fails now is the lock or a setting.
fn sort_settings_error(error: &serialport::Error) -> LinkError {
    match error.kind {
        serialport::ErrorKind::NoDevice | serialport::ErrorKind::Io(ErrorKind::ResourceBusy) => LinkError::Busy,
        serialport::ErrorKind::Io(ErrorKind::NotFound) => LinkError::Missing,
        _ => LinkError::Other(error.to_string()),
    }
}

/// The group whose members may open `path`; `None` when no group may, or only root's.
fn owning_group(path: &str) -> Option<String> {
    let device = std::fs::metadata(path).ok()?;
    let may_open = device.mode() & GROUP_READ_WRITE == GROUP_READ_WRITE;
    if !may_open || device.gid() == 0 {
        return None;
    }
    group_name(&std::fs::read_to_string("/etc/group").ok()?, device.gid())
}

fn group_name(groups: &str, gid: u32) -> Option<String> {
    groups.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let id = fields.nth(1)?;
        (id.parse() == Ok(gid)).then(|| name.to_owned())
    })
}

const GROUP_READ_WRITE: u32 = 0o060;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_named_by_its_number() {
        let groups = "root:x:0:\ndialout:x:20:ann,bob\nbroken line\nuucp:x:14:\n";
        assert_eq!(group_name(groups, 20).as_deref(), Some("dialout"));
        assert_eq!(group_name(groups, 14).as_deref(), Some("uucp"));
        assert_eq!(group_name(groups, 99), None);
    }

    #[test]
    fn what_is_no_serial_port_is_told_apart() {
        let missing = SerialLink::open("/dev/no-such-port-here", 115_200);
        assert!(matches!(missing, Err(LinkError::Missing)), "{missing:?}");
        let below_a_file = SerialLink::open("/dev/null/ttyUSB0", 115_200);
        assert!(matches!(below_a_file, Err(LinkError::Missing)), "{below_a_file:?}");
        let null = SerialLink::open("/dev/null", 115_200);
        assert!(matches!(null, Err(LinkError::NotSerial)), "{null:?}");
        let directory = SerialLink::open("/dev", 115_200);
        assert!(matches!(directory, Err(LinkError::NotSerial)), "{directory:?}");
    }
}
