//! Exchanges in virtual time, byte for byte.

mod bearer;
mod context;
pub(super) mod desk;
mod files;
mod hostile;
mod line;
mod mqtt;
mod publish;
mod radio;
mod restart;
mod steering;
mod versions;
