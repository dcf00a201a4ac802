//! What goes back to whoever sent a log, or asked what is wrong with a connection: a report on everything that bears on it.

mod live;
mod log;
mod parts;
mod picture;

pub use self::{
    live::{Answered, Live},
    log::of_log,
    parts::{causes, lines_of},
};
