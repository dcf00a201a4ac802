//! What can be done to the virtual modem from outside while it runs.

use std::time::Duration;

/// One hand on the virtual modem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steer {
    /// Pull the card out.
    RemoveSim,
    /// Put the card in.
    InsertSim,
    /// Set the signal: 0 to 31, or 99 for none.
    Signal(u8),
    /// Set the registration: 0 idle, 1 home, 2 searching, 3 denied, 5 roaming.
    Registration(u8),
    /// The network takes the bearer away; it returns after a while, or never.
    DropBearer {
        /// Time until it comes back.
        back_after: Option<Duration>,
    },
    /// The supply dips: the module restarts.
    Restart,
    /// Switch the module off: it is silent until it is restarted.
    PowerOff,
    /// The firewall swallows everything towards the network (`true`), or no longer (`false`).
    Swallow(bool),
}
