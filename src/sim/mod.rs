//! The virtual Air780E, written from the AT reference alone.
//!
//! [`VirtualModem`] is as pure as the core it talks to: bytes, network events and time in, bytes and network requests
//! out. [`net`] carries its requests out, [`host`] gives it a thread and a wire. Nothing here may know `at`, `air780e`
//! or `modem`: both ends written by one hand would share their mistakes.

mod agenda;
pub mod bench;
mod client;
mod clock;
mod commands;
mod context;
mod delay;
mod device;
mod files;
pub mod host;
mod line;
mod messages;
pub mod net;
mod pace;
mod pipe;
mod radio;
pub mod range;
mod rng;
pub mod scenario;
mod session;
mod shell;
mod spec;
pub mod steer;
mod timing;
mod tls_settings;
pub mod truth;
mod virtual_modem;
mod wire_faults;

pub use context::AccessPoint;
pub use delay::Delay;
pub use device::{Card, Chip, Device, Firmware, Identity, Power, Quirks, Radio};
pub use spec::{PresetFile, Route, VirtualSpec};
pub use steer::Steer;
pub use timing::{AnswerTimes, BootTimes, Span, Timing};
pub use virtual_modem::{Spent, VirtualModem};

#[cfg(test)]
mod tests;
