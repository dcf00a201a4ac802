//! Something bytes go through: a serial port, or a pipe to a virtual modem. The worker cannot tell which.
//!
//! This room opens links, moves bytes and sorts the system's errors. It knows no AT command and keeps no time.

pub mod baud;
pub mod devices;
pub mod pipe;
pub mod place;
pub mod ports;
#[cfg(unix)]
pub mod pty;
#[cfg(feature = "serial")]
mod serial;
pub mod spec;

use std::time::Duration;

use thiserror::Error;

use self::spec::LinkSpec;

/// Something bytes go through.
pub trait Link: Send {
    /// Waits at most `wait` for bytes; `Ok(0)` when none came. Returns as soon as there are some.
    fn read(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LinkError>;

    /// Writes some of `bytes` and returns how many; `Ok(0)` when the other side took none for a moment.
    /// Never waits longer than some ten milliseconds.
    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError>;
}

/// Why a link does not open or does not go on.
#[derive(Debug, Error)]
pub enum LinkError {
    /// No such port.
    #[error("no such port")]
    Missing,
    /// Held by another program.
    #[error("held by another program")]
    Busy,
    /// Not allowed; names the group that owns the device file.
    #[error("permission denied")]
    NoPermission {
        /// Owner group of the device file, where there is one that may open it.
        group: Option<String>,
    },
    /// The other end is gone.
    #[error("the other end is gone")]
    Gone,
    /// Not a serial port.
    #[error("not a serial port")]
    NotSerial,
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

/// Opens the link that `spec` describes.
pub fn open(spec: &LinkSpec) -> Result<Box<dyn Link>, LinkError> {
    match spec {
        #[cfg(feature = "serial")]
        LinkSpec::Serial { port, baud } => Ok(Box::new(serial::SerialLink::open(port, *baud)?)),
        #[cfg(not(feature = "serial"))]
        LinkSpec::Serial { .. } => Err(LinkError::Other("this program was built without serial ports".to_owned())),
        LinkSpec::Virtual(modem) => Ok(Box::new(pipe::PipeLink::open(modem)?)),
    }
}
