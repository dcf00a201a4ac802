//! Secrets in lines that this program did not build itself: typed commands, stray echoes, answers.
//!
//! What a line is decides, not how it is spelled: it is read as the module reads it, with its slips. Where it cannot be
//! read, everything from the third value on is a secret.

mod call;
mod policy;

use std::ops::Range;

use self::{
    call::{Call, Values, begins_command},
    policy::Policy,
};
use crate::at::{
    reply::Final,
    text::{CommandLine, MASK},
};

/// The line with its secret values marked (passwords, PINs, keys).
pub fn marked(line: &str) -> CommandLine {
    let mut parts = CommandLine::new("");
    let mut at = 0;
    for secret in secrets(line) {
        parts = parts.plain(&line[at..secret.start]).secret(&line[secret.clone()]);
        at = secret.end;
    }
    parts.plain(&line[at..])
}

/// Where secrets stand in a line that is sent, in order.
fn secrets(line: &str) -> Vec<Range<usize>> {
    if is_key_text(line) {
        return std::iter::once(0..line.len()).collect();
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        at = secrets_of_call(line, at, &mut found).max(at + 1);
        while !line.is_char_boundary(at) {
            at += 1;
        }
    }
    found
}

/// Marks the secrets of the command at `at`; where the next one begins.
fn secrets_of_call(line: &str, at: usize, found: &mut Vec<Range<usize>>) -> usize {
    let call = Call::read(line, at);
    let (policy, length) = Policy::of(&call.name);
    let call = call.cut(length);
    match call.values(line) {
        None => call.end(line),
        Some(values) => mark(line, policy, &values, found),
    }
}

fn mark(line: &str, policy: Policy, values: &Values, found: &mut Vec<Range<usize>>) -> usize {
    let Some(first) = first_secret(line, policy, values) else {
        // Quotes of a text that is no secret may be any: a command may follow all the same.
        return if values.is_sound { values.end } else { next_call(line, values) };
    };
    let Some(place) = values.places.get(first) else { return values.end };
    if values.is_sound {
        let is_alone = matches!(policy, Policy::One(_)) && is_followed_well(line, first, values);
        let last = if is_alone { first } else { values.places.len() - 1 };
        found.extend(values.places[first..=last].iter().filter(|place| !place.is_empty()).cloned());
    } else if place.start < line.trim_end().len() {
        found.push(place.start..line.trim_end().len());
    }
    values.end
}

fn first_secret(line: &str, policy: Policy, values: &Values) -> Option<usize> {
    match policy {
        Policy::Keyed { key, value, plain } if values.is_sound => {
            let key = values.places.get(key).map_or("", |place| &line[place.clone()]);
            let is_plain = key.is_empty() || plain.iter().any(|known| known.eq_ignore_ascii_case(key));
            (!is_plain).then_some(value)
        }
        Policy::One(first) | Policy::From(first) if values.is_sound => Some(first),
        policy => policy.first(),
    }
}

/// Behind a password stands a number of one digit, or nothing: anything else may be the rest of a password with a comma.
fn is_followed_well(line: &str, secret: usize, values: &Values) -> bool {
    values.places.get(secret + 1).is_none_or(|next| matches!(line[next.clone()].as_bytes(), [] | [b'0'..=b'9']))
}

/// Where a command begins behind a text whose quotes cannot be read.
fn next_call(line: &str, values: &Values) -> usize {
    let from = values.places.first().map_or(line.len(), |place| place.start);
    let mut behind = line[from..].match_indices(';').map(|(place, _)| from + place + 1);
    behind.find(|place| begins_command(&line[*place..])).unwrap_or(line.len())
}

/// A line that is a piece of a key or a certificate: base64 and nothing else, longer than any word.
fn is_key_text(line: &str) -> bool {
    let line = line.trim();
    line.len() >= LEAST_KEY_TEXT
        && line.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}

/// A line for people with every secret value, every shown password and every line of a private key masked.
///
/// `is_in_key` is kept from line to line: whether a key has begun. A final result ends it in any case.
pub fn veil(shown: &str, is_in_key: &mut bool) -> String {
    let line = shown.trim_end();
    if line.contains("-----BEGIN") && line.contains("PRIVATE KEY") {
        *is_in_key = true;
        return shown.to_owned();
    }
    if *is_in_key {
        *is_in_key = !line.contains("-----END") && Final::parse(line).is_none();
        return if *is_in_key { MASK.to_owned() } else { shown.to_owned() };
    }
    let start = shown.len() - shown.trim_start().len();
    if shown.get(start..start + 2).is_some_and(|start| start.eq_ignore_ascii_case("AT")) {
        return masked(shown, secrets(shown));
    }
    if let Some(value) = shown[start..].strip_prefix("PWD").and_then(|rest| rest.trim_start().strip_prefix(':')) {
        let value = value.trim();
        return if value.is_empty() { shown.to_owned() } else { format!("PWD:{MASK}") };
    }
    let mut found = Vec::new();
    if let Some(at) = stray_call(shown) {
        secrets_of_call(shown, at, &mut found);
    } else if shown[start..].starts_with(['+', '^', '*']) {
        let call = Call::read(shown, start);
        if let (Some(policy), Some(values)) = (Policy::of_answer(&call.name), call.values(shown)) {
            mark(shown, policy, &values, &mut found);
        }
    }
    masked(shown, found)
}

/// Where in a line that is none of ours a command with secrets stands all the same: an echo that came with something before
/// it.
fn stray_call(line: &str) -> Option<usize> {
    line.match_indices('+').map(|(place, _)| place).find(|place| {
        let rest = &line[place + 1..];
        let name = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        rest[name..].trim_start().starts_with('=') && policy::has_secret(&rest[..name].to_ascii_uppercase())
    })
}

fn masked(line: &str, secrets: Vec<Range<usize>>) -> String {
    let mut shown = line.to_owned();
    for secret in secrets.into_iter().rev() {
        shown.replace_range(secret, MASK);
    }
    shown
}

/// A line of base64 is a piece of a key or a certificate from here on: PEM breaks lines after 64 signs.
const LEAST_KEY_TEXT: usize = 40;

#[cfg(test)]
mod tests;
