//! From events to findings: single faults, whole courses, scenarios of the virtual modem, recordings.

mod catalogue;
mod course;
mod here;
mod rules;
mod scenarios;
mod watched;
