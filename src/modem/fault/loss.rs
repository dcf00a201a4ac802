//! How a session was lost.

use thiserror::Error;

/// How a session was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum LossCause {
    /// `CLOSED`: the other side closed the TCP connection.
    #[error("the broker (or the network) closed the connection: CLOSED")]
    Closed,
    /// `+PDP DEACT` or `+CGEV: … DEACT`: the bearer is gone.
    #[error("the network took the data bearer away")]
    BearerLost,
    /// Boot lines in the middle: the module restarted.
    #[error("the module restarted: its session and all MQTT settings are gone")]
    ModuleRestarted,
    /// `+CPIN: SIM REMOVED`: the card is out.
    #[error("the SIM card was removed")]
    SimRemoved,
    /// The module answers nothing any more.
    #[error("the module no longer answers")]
    Silent,
}
