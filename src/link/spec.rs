//! Which link is wanted, as plain data.

use crate::sim::host::VirtualSpec;

/// Which link is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "there is one of them a connection; a box would only be in the way")]
pub enum LinkSpec {
    /// A serial port (or a PTY) by name or path.
    Serial {
        /// `COM5`, `/dev/ttyUSB0`, `/dev/pts/3`.
        port: String,
        /// Bits per second; of no meaning on USB and on a PTY.
        baud: u32,
    },
    /// A virtual Air780E inside this program.
    Virtual(VirtualSpec),
}

impl LinkSpec {
    /// What to call it on screen.
    pub fn name(&self) -> &str {
        match self {
            Self::Serial { port, .. } => port,
            Self::Virtual(_) => "Virtual Air780E",
        }
    }

    /// Whether a virtual modem is at the other end, as far as can be known.
    pub const fn is_simulated(&self) -> bool {
        matches!(self, Self::Virtual(_))
    }
}
