//! An encrypted connection that did not open. The modem says `CONNECT FAIL` for name, port, suites and trust alike: here is
//! what its own settings and the time it took can tell; the rest needs this computer (`tls_here`).

use std::time::Duration;

use super::{Causes, signal, tcp};
use crate::{
    air780e::firmware::Feature,
    diagnosis::{Fact, History, Innocent, catalogue as c, history::name, suspects::Suspects},
    modem::{event::ExchangeRecord, status::Status},
};

/// Whether the command opens an encrypted link.
pub(super) fn is_encrypted(command: &str) -> bool {
    command.starts_with("AT+SSLMIPSTART")
}

/// `SSLMIPSTART` ended in `got` after `after`.
pub(super) fn not_opened(status: &Status, command: &str, got: &str, after: Duration) -> Causes {
    if got.contains("ALREADY CONNECT") {
        return vec![&c::ALREADY_OPEN];
    }
    let target = tcp::Target::of(command);
    if target.is_misspelt() {
        return vec![&c::HOST_FORM];
    }
    if after >= tcp::QUICK {
        let mut causes = tcp::nobody(status, &target);
        causes.extend([&c::HANDSHAKE_SLOW, &c::MIDDLE_BOX]);
        return causes;
    }
    let mut causes = Causes::new();
    if target.port == Some(PLAIN_PORT) {
        causes.push(&c::TLS_ON_PLAIN);
    }
    causes.extend([&c::NO_COMMON_SUITE, &c::ELLIPTIC_SERVER, &c::ONLY_TLS13, &c::CA_WRONG, &c::INTERMEDIATE_MISSING]);
    if target.address.is_some() {
        causes.push(&c::ADDRESS_FOR_NAME);
    } else {
        causes.push(&c::NAME_UNKNOWN);
    }
    let sends_name = status.firmware.as_ref().is_none_or(|seen| Feature::ServerName.is_in(&seen.value));
    if !sends_name {
        causes.push(&c::SERVER_NAME_NEEDED);
    }
    causes.extend([&c::CLOCK_WRONG, &c::NEEDS_CLIENT_CERTIFICATE, &c::TLS_ON_PLAIN, &c::TCP_REFUSED]);
    causes
}

/// `SSLMIPSTART` brought no outcome at all.
pub(super) fn no_answer(status: &Status) -> Causes {
    let mut causes = Causes::new();
    if signal::is_weak(status) {
        causes.push(&c::SIGNAL_WEAK);
    }
    causes.extend([&c::HANDSHAKE_SLOW, &c::TCP_DROPPED, &c::WHITE_LIST, &c::MIDDLE_BOX]);
    causes
}

/// A setting reads back as `found`.
pub(super) fn setting_differs(setting: &str, found: &str) -> Causes {
    match setting {
        "cacert" | "clientcert" | "clientkey" if found.is_empty() => {
            vec![&c::CONTEXT_WRONG, &c::FIRMWARE_WITHOUT_TLS, &c::COMMAND_TEXT]
        }
        _ => vec![&c::SETTINGS_LATE, &c::CONTEXT_WRONG, &c::COMMAND_TEXT, &c::PORT_SHARED],
    }
}

/// What the settings that were sent since the module's start say about an encrypted connection that failed.
pub(super) fn by_settings(history: &History, suspects: &mut Suspects) {
    let all: Vec<Setting<'_>> = history.exchanges().filter_map(Setting::of).collect();
    let last = |key: &str| all.iter().rev().find(|one| one.key == key && one.context == MQTT);
    let fact = |one: &Setting<'_>| Fact::at(one.record.sent_at, one.record.command.clone());
    if let (Some(boot), Some(set)) = (history.boots().back(), all.last())
        && *boot > set.record.ended_at
    {
        return suspects.seen(&c::SETTINGS_LOST, [fact(set), Fact::at(*boot, "RDY")]);
    }
    let is_elsewhere = |one: &&Setting<'_>| one.context != MQTT;
    if all.iter().all(|one| one.context != MQTT)
        && let Some(other) = all.iter().find(is_elsewhere)
    {
        return suspects.seen(&c::CONTEXT_WRONG, [fact(other)]);
    }
    let level = last("seclevel").map_or("0", |one| one.value);
    let is_set = |key: &str| last(key).is_some_and(|one| !one.value.is_empty());
    if level == "2" && !(is_set("clientcert") && is_set("clientkey")) {
        suspects.seen(&c::CLIENT_FILES_MISSING, last("seclevel").map(fact));
    }
    if level != "0" && !is_set("cacert") {
        suspects.seen(&c::CA_NOT_SET, last("seclevel").map(fact));
    }
    if level == "0" && !all.is_empty() {
        let proof = last("seclevel").map_or_else(|| "seclevel 0".to_owned(), |one| one.record.command.to_string());
        suspects.clear(UNCHECKED, Innocent::Authority, proof);
    }
    if let Some(pinned) = last("ciphersuite").filter(|one| !one.value.is_empty() && !is_all_suites(one.value)) {
        suspects.likely(&c::SUITE_PINNED, [fact(pinned)]);
    }
    if let Some(pinned) = last("sslversion").filter(|one| matches!(one.value, "0" | "1" | "2")) {
        suspects.likely(&c::VERSION_PINNED, [fact(pinned)]);
    }
    by_files(history, &last, suspects);
    if level != "0" && last("ignorelocaltime").is_none_or(|one| one.value != "1") {
        by_clock(history, suspects);
    }
}

/// Files that the settings name and the module's own list does not.
fn by_files<'a>(history: &History, last: &impl Fn(&str) -> Option<&'a Setting<'a>>, suspects: &mut Suspects) {
    let listed = history.last(&["AT+FSLS"]).filter(|record| record.result.is_ok());
    for key in ["cacert", "clientcert", "clientkey"] {
        let Some(set) = last(key).filter(|one| !one.value.is_empty()) else { continue };
        let written = history.exchanges().any(|record| {
            name(&record.command).starts_with("AT+FSWRITE")
                && record.command.contains(set.value)
                && record.result.is_ok()
        });
        if let Some(listed) = listed
            && !written
            && !listed.answer.iter().any(|line| line.contains(set.value))
        {
            let facts = [
                Fact::at(set.record.sent_at, set.record.command.clone()),
                Fact::at(listed.ended_at, format!("AT+FSLS → {}", listed.answer.join(" "))),
            ];
            suspects.seen(&c::FILE_MISSING, facts);
        }
    }
}

/// A module's clock that is more than a day off this computer's.
fn by_clock(history: &History, suspects: &mut Suspects) {
    let Some(seen) = &history.status.details.clock else { return };
    let Some((module, here)) = clocks(history) else { return };
    let days = (module - here).abs() / DAY;
    if days >= 1 {
        suspects.likely(&c::CLOCK_WRONG, [Fact::at(seen.at, format!("AT+CCLK? → {} ({days} d)", seen.value))]);
    } else {
        suspects.clear(&[&c::CLOCK_WRONG], Innocent::Dates, format!("AT+CCLK? → {}", seen.value));
    }
}

/// The module's clock and this computer's in seconds since 1970, at the same moment.
fn clocks(history: &History) -> Option<(i64, i64)> {
    let seen = history.status.details.clock.as_ref()?;
    let here = history.anchor()?.at(seen.at).timestamp();
    Some((seconds(&seen.value)?, here))
}

/// Seconds since 1970 by the module's clock. Reads `26/03/04,08:30:00+32`, the zone in quarters of an hour (reference, section 4).
pub fn seconds(clock: &str) -> Option<i64> {
    let clock = clock.trim().trim_matches('"');
    let (clock, zone) = clock.split_at_checked(17).unwrap_or((clock, ""));
    let time = chrono::NaiveDateTime::parse_from_str(clock, "%y/%m/%d,%H:%M:%S").ok()?;
    let quarters: i64 = zone.trim_start_matches('+').parse().unwrap_or(0);
    Some(time.and_utc().timestamp() - quarters * 15 * 60)
}

fn is_all_suites(value: &str) -> bool {
    value.to_ascii_uppercase().trim_start_matches("0X") == "FFFF"
}

/// One `AT+SSLCFG` that sets something.
struct Setting<'a> {
    record: &'a ExchangeRecord,
    key: &'a str,
    context: &'a str,
    value: &'a str,
}

impl<'a> Setting<'a> {
    fn of(record: &'a ExchangeRecord) -> Option<Self> {
        let arguments = record.command.strip_prefix("AT+SSLCFG=")?;
        let mut fields = arguments.splitn(3, ',').map(|field| field.trim().trim_matches('"'));
        let (key, context) = (fields.next()?, fields.next()?);
        Some(Self { record, key, context, value: fields.next()? })
    }
}

/// The context of MQTT (reference, section 9).
const MQTT: &str = "88";
const PLAIN_PORT: u16 = 1_883;
const DAY: i64 = 86_400;
/// What cannot fail when nobody is checked.
const UNCHECKED: &[&crate::diagnosis::Cause] = &[
    &c::CA_WRONG,
    &c::CA_TWIN,
    &c::CA_IS_LEAF,
    &c::INTERMEDIATE_MISSING,
    &c::SELF_SIGNED,
    &c::SERVER_EXPIRED,
    &c::CLOCK_WRONG,
    &c::NAME_MISMATCH,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_modules_clock_is_read_with_its_zone() {
        assert_eq!(seconds("70/01/01,00:00:00+00"), None.or(seconds("70/01/01,00:00:00")));
        let china = seconds("26/03/04,08:30:00+32").expect("a time");
        assert_eq!(seconds("26/03/04,00:30:00+00"), Some(china));
        assert_eq!(seconds("nonsense"), None);
    }
}
