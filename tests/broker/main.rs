//! The broker on real sockets, plain and TLS: with the clients of mosquitto, and with clients that mean no good; and the
//! command `air780e broker`.

mod command;
mod hostile;
#[path = "../kit/mod.rs"]
mod kit;
mod lifecycle;
mod mosquitto;
mod support;
mod tls;
