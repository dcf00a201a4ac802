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
use crate::{
    at::{
        reply::Final,
        text::{CommandLine, MASK, Within},
    },
    keys,
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
    if keys::is_key_line(line) {
        return std::iter::once(0..line.len()).collect();
    }
    // A key that stands in a value is one wherever that is.
    let mut found = keys::bodies(line);
    let mut at = 0;
    while at < line.len() {
        at = secrets_of_call(line, at, &mut found).max(at + 1);
        while !line.is_char_boundary(at) {
            at += 1;
        }
    }
    keys::joined(found)
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

/// A line for people with every secret value, every shown password and every line of a private key masked.
///
/// `within` is kept from line to line. A final result ends a key in any case.
pub fn veil(shown: &str, within: &mut Within) -> String {
    if *within == Within::Key {
        return veil_in_key(shown, within);
    }
    if let Some(start) = keys::body_start(shown) {
        let (head, body) = shown.split_at(start);
        *within = Within::Key;
        let body = if body.trim().is_empty() { body.to_owned() } else { veil_in_key(body, within) };
        return veil_line(head) + &body;
    }
    let is_certificate = *within == Within::Certificate || shown.contains(FIRST);
    let was_key = std::mem::take(within) == Within::KeyLines;
    let masked = veil_line(shown);
    if is_certificate {
        *within = if shown.contains(LAST) { Within::Nothing } else { Within::Certificate };
        return masked;
    }
    if keys::is_key_line(shown) {
        *within = Within::KeyLines;
    } else if was_key && keys::is_last_line(shown) && Final::parse(shown.trim()).is_none() {
        return MASK.to_owned();
    }
    keys::without_key_text(&masked).into_owned()
}

/// A line within a private key: all of it is masked but what stands behind its end.
fn veil_in_key(shown: &str, within: &mut Within) -> String {
    let end = shown.find(LAST);
    let body = &shown[..end.unwrap_or(shown.len())];
    if end.is_none() && Final::parse(shown.trim()).is_none() {
        return MASK.to_owned();
    }
    *within = Within::Nothing;
    match end {
        None => shown.to_owned(),
        Some(end) => (if body.trim().is_empty() { body } else { MASK }).to_owned() + &veil(&shown[end..], within),
    }
}

/// A line for people with its secret values and shown passwords masked.
fn veil_line(shown: &str) -> String {
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

/// Begins the text of a key or a certificate, and ends it.
const FIRST: &str = "-----BEGIN";
const LAST: &str = "-----END";

#[cfg(test)]
mod tests;
