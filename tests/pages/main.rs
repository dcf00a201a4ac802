//! The pages, found by their words and names, without a screen.
#![cfg(feature = "gui")]

mod connect;
mod desk;
mod icons;
mod latency;
mod messages;
mod settings;
