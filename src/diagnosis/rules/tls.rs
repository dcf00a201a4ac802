//! An encrypted connection that did not open. The modem says `CONNECT FAIL` for name, port, suites and trust alike: here is
//! what its own settings and the time it took can tell; the rest needs this computer (`tls_here`).

use std::time::Duration;

use super::{broker, files, tcp};
use crate::{
    air780e::{
        firmware::Feature,
        verb::{Line, Verb},
    },
    diagnosis::{Course, Fact, Innocent, Trouble, catalogue as c, suspects::Suspects},
    modem::event::{ExchangeRecord, Fault, Refusal},
    time::Moment,
};

/// `SSLMIPSTART` ended in `got` after `after`: a quick "no" may be name, port, negotiation or trust, and only facts beside it tell.
pub(super) fn not_opened(course: &Course, line: &Line, got: &str, after: Duration, suspects: &mut Suspects) {
    let Some(target) = line.target() else { return };
    if tcp::is_settled_by_text(course, line, &target, got, suspects) {
        return;
    }
    if tcp::by_own_number(course, line, &target, suspects) {
        return;
    }
    if got.contains("CLOSED") && broker::opening(course).is_some() {
        // The handshake was over.
        return suspects.any_of(&[&c::CLOSED_AT_ONCE, &c::CLIENT_NOT_REGISTERED]);
    }
    by_negotiation_limit(course, after, suspects);
    if !tcp::is_quick(course, after) {
        tcp::nobody(course, &target, suspects);
        return suspects.any_of(&[&c::HANDSHAKE_SLOW, &c::MIDDLE_BOX]);
    }
    suspects.any_of(&[
        &c::NO_COMMON_SUITE,
        &c::ELLIPTIC_SERVER,
        &c::ONLY_TLS13,
        &c::CA_WRONG,
        &c::INTERMEDIATE_MISSING,
        &c::SERVER_EXPIRED,
        &c::CLOCK_WRONG,
        &c::NAME_MISMATCH,
        &c::SELF_SIGNED,
        &c::NEEDS_CLIENT_CERTIFICATE,
        &c::TLS_ON_PLAIN,
        &c::TCP_REFUSED,
        &c::CA_TWIN,
        &c::CA_IS_LEAF,
        &c::SERVER_NOT_YET,
        &c::HANDSHAKE_SLOW,
        &c::PORT_ROLE,
        &c::NOT_TLS,
    ]);
    if tcp::is_untimed(course) {
        tcp::nobody(course, &target, suspects);
        suspects.any_of(&[&c::MIDDLE_BOX]);
    }
    if target.host.parse::<std::net::Ipv4Addr>().is_ok() {
        suspects.any_of(&[&c::ADDRESS_FOR_NAME]);
    } else if !tcp::has_resolved(course, target.host) {
        suspects.any_of(&[&c::NAME_UNKNOWN]);
    }
    let sends_name = course.status.firmware.as_ref().is_none_or(|seen| Feature::ServerName.is_in(&seen.value));
    if !sends_name {
        suspects.any_of(&[&c::SERVER_NAME_NEEDED]);
    }
    if level(course, course.newest()) == "2" {
        suspects.any_of(&[&c::KEY_MISMATCH, &c::CLIENT_UNTRUSTED, &c::CLIENT_EXPIRED]);
    }
    suspects.any_of(&[&c::FILE_MISSING, &c::PEM_DAMAGED, &c::LINE_ENDS, &c::CLOSED_AT_ONCE]);
}

/// A handshake that ended just when the limit set for it was over.
fn by_negotiation_limit(course: &Course, after: Duration, suspects: &mut Suspects) {
    let set = course
        .exchanges()
        .rev()
        .filter_map(Setting::of)
        .find(|one| one.key == "negotiatetimeout" && one.context == MQTT);
    let Some((set, limit)) = set.and_then(|set| Some((set.record, set.value.parse().ok().map(Duration::from_secs)?)))
    else {
        return;
    };
    if course.gap(set.ended_at, set.ended_at).is_some() && after.abs_diff(limit) <= NEAR_LIMIT {
        suspects.likely(&c::HANDSHAKE_SLOW, [Fact::at(set.sent_at, set.command.to_string())]);
    }
}

/// `SSLMIPSTART` brought no outcome at all.
pub(super) fn no_answer(course: &Course, line: &Line, suspects: &mut Suspects) {
    if let Some(target) = line.target() {
        tcp::nobody(course, &target, suspects);
    }
    suspects.any_of(&[&c::HANDSHAKE_SLOW, &c::MIDDLE_BOX]);
}

/// A setting reads back as `found`.
pub(super) fn setting_differs(setting: &str, found: &str, suspects: &mut Suspects) {
    match setting {
        "cacert" | "clientcert" | "clientkey" if found.is_empty() => {
            suspects.any_of(&[&c::CONTEXT_WRONG, &c::FIRMWARE_WITHOUT_TLS, &c::COMMAND_TEXT]);
        }
        _ => suspects.any_of(&[&c::SETTINGS_LATE, &c::CONTEXT_WRONG, &c::COMMAND_TEXT, &c::PORT_SHARED]),
    }
}

/// What the settings that were sent since the module's start say about an encrypted connection that failed.
pub(super) fn by_settings(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let opening = course.last_until(trouble.at, |verb| verb == Verb::OpenTls);
    let tried_at = opening.map_or(trouble.at, |record| record.sent_at);
    if let Some(opening) = opening {
        by_late_setting(course, opening, suspects);
    }
    // What was set once the try had begun had no part in it.
    let all: Vec<Setting<'_>> =
        course.exchanges().filter(|record| record.sent_at <= tried_at).filter_map(Setting::of).collect();
    let last = |key: &str| all.iter().rev().find(|one| one.key == key && one.context == MQTT);
    let fact = |one: &Setting<'_>| Fact::at(one.record.sent_at, one.record.command.to_string());
    if let (Some(boot), Some(set)) = (course.boots().iter().rfind(|boot| **boot <= tried_at), all.last())
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
    let level = level(course, tried_at);
    let is_set = |key: &str| last(key).is_some_and(|one| !one.value.is_empty());
    // A setting that is not in sight may stand in what was sent before the course began, unless the module's start is in sight.
    let is_whole = !course.boots().is_empty();
    let mut unset = |cause, keys: &[&str]| {
        let emptied = keys.iter().filter_map(|key| last(key)).find(|one| one.value.is_empty());
        // The module itself said that nothing is set.
        let told = keys.iter().find_map(|key| told_empty(course, key, tried_at));
        let is_told = emptied.is_some() || told.is_some();
        let facts = last("seclevel").into_iter().chain(emptied).map(fact).chain(told);
        if is_whole || is_told { suspects.seen(cause, facts) } else { suspects.likely(cause, facts) }
    };
    if level == "2" && !(is_set("clientcert") && is_set("clientkey")) {
        unset(&c::CLIENT_FILES_MISSING, &["clientcert", "clientkey"]);
    }
    if level != "0" && !is_set("cacert") {
        unset(&c::CA_NOT_SET, &["cacert"]);
    }
    if level == "0" && !all.is_empty() {
        let proof = last("seclevel").map_or_else(|| "seclevel 0".to_owned(), |one| one.record.command.to_string());
        suspects.clear(UNCHECKED, Innocent::Trust, proof);
    }
    if let Some(pinned) = last("ciphersuite").filter(|one| !one.value.is_empty() && !is_all_suites(one.value)) {
        suspects.likely(&c::SUITE_PINNED, [fact(pinned)]);
    }
    if let Some(pinned) = last("sslversion").filter(|one| matches!(one.value, "0" | "1" | "2")) {
        suspects.likely(&c::VERSION_PINNED, [fact(pinned)]);
    }
    let written = course.exchanges().filter(|record| record.command.verb() == Verb::WriteFile);
    written.for_each(|record| files::by_count(record, suspects));
    by_files(course, &last, suspects);
    if level != "0" && last("ignorelocaltime").is_none_or(|one| one.value != "1") {
        by_clock(course, suspects);
    }
}

/// The module's word that `key` of MQTT's context is empty, when it was asked last before `until`.
fn told_empty(course: &Course, key: &str, until: Moment) -> Option<Fact> {
    let is_about = |record: &&ExchangeRecord| {
        record.command.verb() == Verb::TlsSetting
            && record.command.argument(0) == Some(key)
            && record.command.argument(1) == Some(MQTT)
            && record.ended_at <= until
    };
    let asked = course.exchanges().rfind(is_about).filter(|record| record.command.argument(2).is_none())?;
    let line = asked.answer.iter().find(|line| line.starts_with("+SSLCFG"))?;
    let value = line.splitn(3, ',').nth(2).unwrap_or("").trim().trim_matches('"');
    value.is_empty().then(|| Fact::at(asked.ended_at, format!("{} → {line}", asked.command)))
}

/// Settings of MQTT's context that were sent while the link was already being opened.
fn by_late_setting(course: &Course, opening: &ExchangeRecord, suspects: &mut Suspects) {
    let is_overtaken = matches!(opening.result, Err(Fault::TimedOut { .. })) && opening.accepted_at.is_some();
    let mut later = course.exchanges().filter(|record| record.sent_at > opening.sent_at);
    let Some(set) = later.next().filter(|_| is_overtaken).and_then(Setting::of).filter(|set| set.context == MQTT)
    else {
        return;
    };
    let is_hasty = course.gap(opening.sent_at, set.record.sent_at).is_none_or(|gap| gap <= HANDSHAKE);
    if is_hasty {
        let facts = [opening, set.record].map(|record| Fact::at(record.sent_at, record.command.to_string()));
        suspects.likely(&c::SETTINGS_LATE, facts);
    }
}

/// A build whose module crashes when a handshake fails, and that started anew right after one (reference, section 18).
pub(super) fn by_old_build(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let Some(seen) = &course.status.firmware else { return };
    if seen.value.version.is_none_or(|version| version >= CRASH_MENDED) {
        return;
    }
    let told = Fact::at(seen.at, format!("ATI → {}", seen.value.name));
    let is_after =
        |boot: &&Moment| **boot >= trouble.at && course.gap(trouble.at, **boot).is_none_or(|gap| gap <= HANDSHAKE);
    match course.boots().iter().find(is_after) {
        Some(boot) => suspects.seen(&c::FIRMWARE_TLS, [told, Fact::at(*boot, "RDY")]),
        None => suspects.possible(&c::FIRMWARE_TLS, [told]),
    }
}

/// The security level in force at `at`, as far as it was set in sight.
fn level(course: &Course, at: Moment) -> &str {
    let mut all = course.exchanges().rev().filter(|record| record.sent_at <= at).filter_map(Setting::of);
    all.find(|one| one.key == "seclevel" && one.context == MQTT).map_or("0", |one| one.value)
}

/// Files that the settings name and the module's own list does not.
fn by_files<'a>(course: &Course, last: &impl Fn(&str) -> Option<&'a Setting<'a>>, suspects: &mut Suspects) {
    let listed = course.last(|verb| verb == Verb::ListFiles).filter(|record| record.result.is_ok());
    for key in ["cacert", "clientcert", "clientkey"] {
        let Some(set) = last(key).filter(|one| !one.value.is_empty()) else { continue };
        let written = course.exchanges().any(|record| {
            record.command.verb() == Verb::WriteFile && record.command.contains(set.value) && record.result.is_ok()
        });
        if let Some(listed) = listed
            && !written
            && !listed.answer.iter().any(|line| line.contains(set.value))
        {
            let facts = [
                Fact::at(set.record.sent_at, set.record.command.to_string()),
                Fact::at(listed.ended_at, format!("AT+FSLS → {}", listed.answer.join(" "))),
            ];
            suspects.seen(&c::FILE_MISSING, facts);
        }
        if let Some(refused) = refused_file(course, set).filter(|_| !written) {
            let facts = [
                Fact::at(set.record.sent_at, set.record.command.to_string()),
                Fact::at(refused.ended_at, format!("{} → +CME ERROR: {NO_FILE}", refused.command)),
            ];
            suspects.seen(&c::FILE_MISSING, facts);
        }
    }
}

/// The last question about the file of `set`, when the module knew none of that name (reference, section 5).
fn refused_file<'a>(course: &'a Course, set: &Setting<'_>) -> Option<&'a ExchangeRecord> {
    let is_about = |record: &&ExchangeRecord| {
        matches!(record.command.verb(), Verb::FileSize | Verb::ReadFile)
            && record.command.argument(0) == Some(set.value)
    };
    let last = course.exchanges().rfind(is_about)?;
    matches!(last.result, Err(Fault::Refused { refusal: Refusal::Cme(NO_FILE), .. })).then_some(last)
}

/// A module's clock that is more than a day off this computer's.
fn by_clock(course: &Course, suspects: &mut Suspects) {
    let Some(seen) = &course.status.details.clock else { return };
    let Some((module, here)) = clocks(course) else {
        // No module with these commands was ever used then, whatever the day is.
        if seconds(&seen.value).is_some_and(|module| module < FIRST_YEAR) {
            suspects.likely(&c::CLOCK_WRONG, [Fact::at(seen.at, format!("AT+CCLK? → {}", seen.value))]);
        }
        return;
    };
    let days = (module - here).abs() / DAY;
    if days >= 1 {
        suspects.likely(&c::CLOCK_WRONG, [Fact::at(seen.at, format!("AT+CCLK? → {} ({days} d)", seen.value))]);
    } else {
        suspects.clear(&[&c::CLOCK_WRONG], Innocent::Dates, format!("AT+CCLK? → {}", seen.value));
    }
}

/// The module's clock and this computer's in seconds since 1970, at the same moment.
fn clocks(course: &Course) -> Option<(i64, i64)> {
    let seen = course.status.details.clock.as_ref()?;
    let here = course.anchor()?.at(seen.at).timestamp();
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
        let arguments = (record.command.verb() == Verb::TlsSetting).then(|| record.command.split_once('='))??.1;
        let mut fields = arguments.splitn(3, ',').map(|field| field.trim().trim_matches('"'));
        let (key, context) = (fields.next()?, fields.next()?);
        Some(Self { record, key, context, value: fields.next()? })
    }
}

/// The context of MQTT (reference, section 9).
const MQTT: &str = "88";
/// A handshake that goes well takes no longer.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// From this version on a failed handshake does not crash the module.
const CRASH_MENDED: u32 = 1_026;
/// Between the limit and the module's line.
const NEAR_LIMIT: Duration = Duration::from_millis(1_500);
/// File not found.
const NO_FILE: u32 = 62;
const DAY: i64 = 86_400;
/// The first of January 2020, in seconds since 1970.
const FIRST_YEAR: i64 = 1_577_836_800;
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
