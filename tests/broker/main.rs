//! The broker on real sockets: with the clients of mosquitto, and with clients that mean no good.

mod hostile;
mod lifecycle;
mod mosquitto;
mod support;
