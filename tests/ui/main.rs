//! The window, driven as a person drives it: by the names of its controls, against the virtual modem.

#[cfg(unix)]
mod broker_limits;
mod certificates;
#[cfg(unix)]
mod clearing;
mod clipping;
mod closing;
#[cfg(unix)]
mod comeback;
mod demo;
mod doctor;
mod files;
mod hostile;
mod kit;
mod log;
mod measure;
mod messages;
mod ports;
mod profiles;
mod recorded;
mod room;
mod scan;
mod shell;
mod signal;
mod troubleshoot;
mod typing;
#[cfg(unix)]
mod unplugged;
#[cfg(unix)]
mod watch;

#[cfg(unix)]
#[path = "../kit/mod.rs"]
mod programs;
