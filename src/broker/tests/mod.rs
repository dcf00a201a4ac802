//! The broker in virtual time: each test says on which section of MQTT 3.1.1 it rests.

mod connecting;
mod hostile;
mod interop;
mod messages;
mod report;
mod retained;
mod sessions;
mod world;
