//! How far closing the window is: it waits for the module to log off.

use super::clock::Clock;

/// How far closing the window is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Closing {
    /// Nobody wants it.
    #[default]
    No,
    /// The module is logging off, since then.
    LoggingOff(Clock),
    /// It closes.
    Yes,
}
