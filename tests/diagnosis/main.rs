//! From events to findings: single faults, whole courses, recordings.

mod catalogue;
mod course;
mod each;
mod episodes;
mod here;
mod numbers;
mod rules;
mod silent;
mod strangers;
mod watched;
