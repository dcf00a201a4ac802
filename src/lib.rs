//! Air780E Companion: a desktop window beside a 4G module.
//!
//! A pure core turns *bytes and time* into *bytes and events*; it knows the Air780E and nothing else. One worker
//! thread owns the core and one link, and does nothing clever. The UI thread owns a model that only events change;
//! a view is computed from the model; panels draw a view and push actions.

pub mod air780e;
pub mod at;
pub mod broker;
pub mod diagnosis;
pub mod link;
pub mod modem;
pub mod mqtt;
pub mod sim;
pub mod time;
pub mod worker;

#[cfg(feature = "gui")]
pub mod action;
#[cfg(feature = "gui")]
pub mod app;
#[cfg(feature = "gui")]
pub mod lang;
#[cfg(feature = "gui")]
pub mod model;
#[cfg(feature = "gui")]
pub mod settings;
#[cfg(feature = "gui")]
pub mod ui;
#[cfg(feature = "gui")]
pub mod view;
