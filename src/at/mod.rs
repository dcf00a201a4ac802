//! Any AT modem: cutting the byte stream, building lines, one dialogue at a time.
//!
//! Nothing here knows the Air780E; what is special to it comes in as small functions from `air780e`.

pub mod client;
pub mod exchange;
pub mod framer;
pub mod reply;
pub mod text;
