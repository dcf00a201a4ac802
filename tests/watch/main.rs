//! A watch from outside: on a virtual clock in a storm whose truth is known, and on real ports and brokers.
//!
//! Needs mosquitto and its clients (Debian: mosquitto, mosquitto-clients); without them the tests fail and say so.
#![cfg(all(unix, feature = "serial"))]

#[path = "../kit/mod.rs"]
mod kit;

mod real;
mod weather;

use serde_json::Value;

#[track_caller]
fn object(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{line:?} is not JSON: {error}"))
}

/// The time in `value`, in milliseconds since 1970.
#[track_caller]
fn millis(value: &Value) -> i64 {
    let text = value.as_str().unwrap_or_else(|| panic!("{value} is no time"));
    chrono::DateTime::parse_from_rfc3339(text).unwrap_or_else(|error| panic!("{text}: {error}")).timestamp_millis()
}

/// How often each cause is named.
fn causes<'a>(drops: impl IntoIterator<Item = &'a Value>) -> std::collections::BTreeMap<String, usize> {
    let mut counts = std::collections::BTreeMap::new();
    for drop in drops {
        *counts.entry(drop["finding"].as_str().unwrap_or("none").to_owned()).or_default() += 1;
    }
    counts
}
