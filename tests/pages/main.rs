//! Pages, found by their words and names, without a screen.
#![cfg(feature = "gui")]

mod demo;
mod desk;
mod latency;
mod messages;
mod terminal;
