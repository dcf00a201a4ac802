//! The Messages and Latency pages, found by their words and names, without a screen.
#![cfg(feature = "gui")]

mod certificates;
mod desk;
mod latency;
mod messages;
