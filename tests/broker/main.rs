//! The broker on real sockets, plain, TLS and WebSockets: with the clients of mosquitto and Paho, and with clients that mean
//! no good; and the command `air780e broker`.

#![allow(clippy::unwrap_used, reason = "a helper that fails shall fail its test")]

mod attacks;
mod clients;
mod command;
mod differential;
mod hostile;
#[path = "../kit/mod.rs"]
mod kit;
mod lasting;
mod lifecycle;
mod mosquitto;
mod support;
mod tls;
mod websocket;
