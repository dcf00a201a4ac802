//! From events to findings: single faults, whole courses, recordings.

mod catalogue;
mod course;
mod here;
mod rules;
mod watched;
