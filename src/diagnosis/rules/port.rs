//! The port and the console: what stands between this computer and an `OK`.

use super::Causes;
use crate::{diagnosis::catalogue as c, modem::event::PortFault};

/// A port that cannot be opened, or no longer used.
pub(super) fn unusable(fault: &PortFault) -> Causes {
    match fault {
        PortFault::Missing { .. } => vec![&c::NOT_POWERED, &c::REENUMERATED],
        PortFault::Busy { .. } => vec![&c::PORT_BUSY, &c::PORT_SHARED],
        PortFault::NoPermission { .. } => vec![&c::PORT_PERMISSION],
        PortFault::Unplugged { .. } => vec![&c::REENUMERATED, &c::POWER_DIPS],
        PortFault::NotSerial { .. } => vec![&c::PORT_WRONG],
        PortFault::Other { .. } => vec![&c::PORT_WRONG, &c::REENUMERATED],
        PortFault::WorkerDied { .. } => vec![&c::PROGRAM_FAULT],
    }
}

/// The port opens and nothing answers `AT`.
pub(super) fn silent() -> Causes {
    vec![
        &c::PORT_WRONG,
        &c::NOT_POWERED,
        &c::BAUD_WRONG,
        &c::BAUD_UNTRAINED,
        &c::ASLEEP,
        &c::DATA_MODE,
        &c::NOT_AT_FIRMWARE,
        &c::UART_WIRING,
    ]
}

/// Bytes come that are no text: the log port of a USB module, or a UART at another rate.
pub(super) fn noise() -> Causes {
    vec![&c::PORT_WRONG, &c::BAUD_WRONG, &c::UART_WIRING]
}

/// The module answered before and does not any more.
pub(super) fn fell_silent() -> Causes {
    vec![&c::PROMPT_OPEN, &c::ASLEEP, &c::RESTARTED, &c::POWER_DIPS]
}
