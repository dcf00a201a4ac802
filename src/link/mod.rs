//! Something bytes go through. The worker cannot tell which.

pub mod spec;

use std::time::Duration;

use thiserror::Error;

use crate::sim::host;

use self::spec::LinkSpec;

/// Something bytes go through.
pub trait Link: Send {
    /// Waits at most `wait` for bytes; `Ok(0)` when none came. Returns as soon as there are some.
    fn read(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LinkError>;

    /// Writes some of `bytes` and returns how many; waits only as long as the line needs.
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
        /// Owner group of the device file, where there is one.
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
pub fn open(_spec: &LinkSpec) -> Result<Box<dyn Link>, LinkError> {
    let _ = host::VirtualSpec::default();
    todo!()
}
