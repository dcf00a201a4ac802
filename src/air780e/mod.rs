//! What is true only of this module, mostly tables, each with its section of the reference.

pub mod address;
pub mod apn;
pub mod attach;
pub mod basic;
pub mod bearer;
pub mod clock;
pub mod codes;
pub mod command;
pub mod details;
pub mod dialect;
pub mod dns;
pub mod files;
pub mod firmware;
pub mod handbook;
pub mod identity;
pub mod limits;
pub mod message;
pub mod mqtt;
pub mod network;
pub mod power;
pub mod raw;
pub mod secrets;
pub mod serials;
pub mod signal;
pub mod sim;
pub mod tls;
pub mod urc;
pub mod verb;

pub use command::Command;
