//! The two ways of a message, and how one arrives.

use crate::mqtt::Qos;

/// Which way the traced messages go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Leg {
    /// From the module to this computer.
    Out,
    /// From this computer to the module.
    Back,
}

/// How a message arrived; `None` is what the receiver does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arrival {
    pub(super) qos: Option<Qos>,
    pub(super) retain: Option<bool>,
    /// Whether the broker says that it may have sent it before.
    pub(super) is_dup: bool,
    pub(super) bytes: usize,
}
