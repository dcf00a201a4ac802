//! Exchanges in virtual time, byte for byte.

mod desk;
mod line;
mod mqtt;
mod publish;
mod radio;
mod restart;
