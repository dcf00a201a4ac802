//! The pages, found by their words and names, without a screen.
#![cfg(feature = "gui")]

mod connect;
mod demo;
mod desk;
mod latency;
mod messages;
mod settings;
mod terminal;
