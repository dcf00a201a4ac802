//! How a session was lost.

use thiserror::Error;

/// How a session was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum LossCause {
    /// `CLOSED`: the other side closed the TCP connection.
    Closed,
    /// `+PDP DEACT` or `+CGEV: … DEACT`: the bearer is gone.
    BearerLost,
    /// Boot lines in the middle: the module restarted.
    ModuleRestarted,
    /// `+CPIN: SIM REMOVED`: the card is out.
    SimRemoved,
    /// The module answers nothing any more.
    Silent,
}
