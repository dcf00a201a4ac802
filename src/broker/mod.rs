//! The embedded broker for MQTT 3.1.1 and MQTT 5.
//!
//! [`Core`] is the broker without sockets, threads or a clock: bytes and moments in, bytes out. [`Server`] is the one
//! thread that joins it to TCP, TLS and WebSockets. The packets are read and written by the crate `mqtt-protocol-core`; what is kept here
//! is what a broker adds to them: sessions, subscriptions, retained messages, wills, limits.

mod access;
mod config;
mod connection;
mod core;
mod event;
mod fault;
mod frame;
mod limit;
mod packet;
mod publication;
mod retained;
mod server;
mod session;
mod subscriptions;

pub use self::{
    access::{Access, TopicRule, Users, UsersError},
    config::{CoreConfig, Echo, Limits},
    core::{Core, Stats},
    event::{Client, End, Event, Happening, Peer, Transport},
    fault::ClientFault,
    limit::Limit,
    packet::Version,
    server::{FileError, ListenFault, NotTaken, Server, ServerConfig, Snapshot, TlsListener},
};

/// Names one network connection; whoever owns the connections chooses the numbers and never uses one twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u64);

/// Names one session within one broker; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct SessionId(u64);

#[cfg(test)]
mod tests;
