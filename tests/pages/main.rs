//! The pages, found by their words and names, without a screen.
#![cfg(feature = "gui")]

mod bars;
mod certificates;
mod connect;
mod demo;
mod demo_broker;
mod desk;
mod dialogs;
mod icons;
mod ladder;
mod latency;
mod latency_plot;
mod messages;
mod messages_details;
mod messages_party;
mod messages_tools;
mod messages_tree;
mod named;
mod pictures;
mod recorded;
mod report;
mod scan;
mod settings;
mod terminal;
mod troubleshoot;
mod watch;
mod words;
