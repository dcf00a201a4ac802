//! The broker in virtual time: each test says on which section of MQTT 3.1.1 or MQTT 5 it rests.

mod connecting;
mod hostile;
mod interop;
mod keeping;
mod limits;
mod messages;
mod report;
mod retained;
mod sessions;
mod v5;
mod version5;
mod world;
