//! Staying connected: keep-alives that do not fit, a module sent to sleep, messages that nobody confirms.

use std::time::Duration;

use super::{ended, met, sent, told};
use crate::{
    air780e::{
        firmware::{self, Topic},
        verb::{Line, Verb},
    },
    diagnosis::{Course, Fact, Trouble, catalogue as c, suspects::Suspects},
    lang::Text,
    modem::{
        event::{ExchangeRecord, Fault, LossCause},
        status::Session,
    },
    time::Moment,
};

/// A session that the broker or the network ended, held against the keep-alive of its login.
pub(super) fn keep_alive(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    if !matches!(trouble.fault, Fault::SessionLost(LossCause::Closed)) {
        return;
    }
    let login = course.last_until(trouble.at, |verb| verb == Verb::LogIn).filter(|record| record.result.is_ok());
    let Some((login, seconds)) = login.and_then(|record| Some((record, seconds(&record.command)?))) else { return };
    if seconds < SHORT
        && let Some(seen) = course.status.signal.as_ref().filter(|seen| (1..=WEAK).contains(&seen.value.rssi))
    {
        suspects.likely(
            &c::KEEP_ALIVE_SHORT,
            [sent(login), Fact::at(seen.at, format!("{}: {}", seen.by, seen.value.rssi))],
        );
    }
    let Some(idle) = course.traffic_until(trouble.at).and_then(|last| course.gap(last, trouble.at)) else { return };
    let seconds_idle = idle.as_secs();
    let closed = || told(trouble.at, Text::new("fact-staying-closed-after-last-traffic").put("seconds", seconds_idle));
    if seconds > CLAMP
        && (CLAMP - 10..=CLAMP * 3 / 2 + 30).contains(&idle.as_secs())
        && let Some(seen) = &course.status.firmware
        && firmware::facts(&seen.value).any(|fact| fact.topic == Topic::LongKeepAlive)
    {
        let version = Fact::at(seen.at, format!("ATI → {}", seen.value.name));
        suspects.likely(&c::KEEP_ALIVE_FIRMWARE, [sent(login), closed(), version]);
    }
    if OF_THE_MANUAL.contains(&seconds) && idle.as_secs() >= FORGOTTEN {
        suspects.possible(&c::KEEP_ALIVE_MANUAL, [sent(login), closed()]);
    }
}

fn seconds(login: &Line) -> Option<u64> {
    login.argument(1)?.trim().parse().ok()
}

/// The module was sent to sleep in the session that ended, and not woken since.
pub(super) fn asleep(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    if !matches!(trouble.fault, Fault::SessionLost(LossCause::Closed | LossCause::Silent | LossCause::BearerLost)) {
        return;
    }
    let login = course.last_until(trouble.at, |verb| verb == Verb::LogIn).filter(|record| record.result.is_ok());
    let setting = |record: &&ExchangeRecord| {
        record.command.verb() == Verb::Sleep
            && !record.command.is_question()
            && record.result.is_ok()
            && record.sent_at < trouble.at
    };
    let Some(last) = course.exchanges().rfind(setting) else { return };
    if last.command.argument(0).is_none_or(|mode| mode == "0") {
        return;
    }
    let is_used_since = course.exchanges().any(|record| {
        (record.command.verb().publishes() || record.command.verb().subscribes())
            && record.result.is_ok()
            && record.sent_at > last.ended_at
            && record.sent_at < trouble.at
    });
    if login.is_none_or(|login| login.sent_at < last.sent_at) && !is_used_since {
        suspects.likely(&c::SLEEP_DROP, [sent(last), met(trouble)]);
    }
}

/// The module sleeps: what is sent first after a pause is lost, and what is sent next is answered.
pub(super) fn lost_first(course: &Course, suspects: &mut Suspects) {
    let is_setting = |record: &&ExchangeRecord| {
        record.command.verb() == Verb::Sleep && !record.command.is_question() && record.result.is_ok()
    };
    let Some(set) = course.exchanges().rfind(is_setting) else { return };
    if set.command.argument(0).is_none_or(|mode| mode == "0") {
        return;
    }
    let later: Vec<_> = course.exchanges().filter(|record| record.sent_at >= set.sent_at).collect();
    let lost: Vec<_> = later
        .windows(3)
        .filter_map(|three| {
            let [before, lost, again] = three else { return None };
            let is_lost = matches!(&lost.result, Err(Fault::TimedOut { .. })) && lost.accepted_at.is_none();
            let is_after_pause = course.gap(before.ended_at, lost.sent_at).is_some_and(|gap| gap >= FALLS_ASLEEP);
            (is_lost && is_after_pause && again.result.is_ok() && again.command.name() == lost.command.name())
                .then_some([*lost, *again])
        })
        .collect();
    if lost.len() >= 2 {
        let facts = lost.iter().flat_map(|[lost, again]| [sent(lost), ended(again)]);
        suspects.seen(&c::ASLEEP, [sent(set)].into_iter().chain(facts));
    }
}

/// Messages of QoS 0 came back at first and do not any more, although the session still counts as one.
pub(super) fn unconfirmed(course: &Course, now: Moment, suspects: &mut Suspects) {
    if course.status.session != Session::Connected {
        return;
    }
    let since = course.logins().back().copied().unwrap_or_default();
    let is_plain = |record: &&ExchangeRecord| {
        record.sent_at >= since
            && record.command.verb().publishes()
            && record.result.is_ok()
            && record.command.argument(1) == Some("0")
    };
    let Some(last) = course.exchanges().rfind(is_plain) else { return };
    let Some(topic) = last.command.argument(0) else { return };
    let on_topic = || course.messages().arrived().filter(|one| one.topic == topic);
    let before = course.exchanges().any(|record| {
        is_plain(&record)
            && record.command.argument(0) == Some(topic)
            && record.ended_at < last.sent_at
            && on_topic().any(|one| one.at >= record.sent_at && one.at < last.sent_at)
    });
    let is_still_read =
        !course.exchanges().any(|record| record.command.verb() == Verb::Unsubscribe && record.result.is_ok());
    let is_back = on_topic().any(|one| one.at >= last.sent_at);
    let is_overdue = course.gap(last.ended_at, now).is_some_and(|gap| gap >= COMES_BACK);
    if before && is_still_read && !is_back && is_overdue {
        suspects.likely(&c::UNCONFIRMED, [ended(last), told(now, Text::new("fact-staying-did-not-come-back"))]);
    }
}

/// Below this a keep-alive does not outlast a weak moment (catalogue, F-181).
const SHORT: u64 = 60;
/// A module that may sleep does so after this (catalogue, F-007).
const FALLS_ASLEEP: Duration = Duration::from_secs(5);
/// Up to here a signal is weak (reference, section 4).
const WEAK: u8 = 10;
/// What firmware before V1161 makes of a longer keep-alive (reference, section 11.3).
const CLAMP: u64 = 300;
/// Values that the command manual shows (reference, section 11.3).
const OF_THE_MANUAL: [u64; 3] = [300, 360, 600];
/// From here on mobile networks forget idle connections (reference, section 10).
const FORGOTTEN: u64 = 240;
/// A message that is not back by then does not come.
const COMES_BACK: Duration = Duration::from_secs(20);

#[cfg(test)]
mod tests {
    use super::{super::tests::Kit, *};
    use crate::{
        air780e::{identity::Firmware, signal::Signal},
        diagnosis::Certainty::{Likely, Possible},
        time::Observed,
    };

    fn with_signal(kit: Kit, rssi: u8) -> Kit {
        kit.knows(|status| status.signal = Some(Observed::new(Signal { rssi, ber: 99 }, Moment::ZERO, "AT+CSQ")))
    }

    fn with_firmware(kit: Kit, name: &str) -> Kit {
        kit.knows(|status| status.firmware = Some(Observed::new(Firmware::parse(name), Moment::ZERO, "ATI")))
    }

    fn idle(keep_alive: &str, millis: u64) -> Kit {
        Kit::default().logs_in("b", keep_alive).later(millis)
    }

    #[test]
    fn a_short_keep_alive_is_blamed_only_where_the_signal_is_weak() {
        let said = |kit: Kit| kit.of(keep_alive, &kit.loss(LossCause::Closed));
        assert_eq!(said(with_signal(idle("AT+MCONNECT=1,30", 45_000), 8)), [("F-181", Likely)]);
        assert_eq!(said(with_signal(idle("AT+MCONNECT=1,30", 45_000), 24)), []);
        assert_eq!(said(with_signal(idle("AT+MCONNECT=1,120", 45_000), 8)), []);
    }

    #[test]
    fn old_firmware_and_the_manuals_values_are_told_by_the_idle_time() {
        let said = |kit: Kit| kit.of(keep_alive, &kit.loss(LossCause::Closed));
        let old = "AirM2M_780E_V1160_LTE_AT";
        let both = said(with_firmware(idle("AT+MCONNECT=1,600", 301_000), old));
        assert_eq!(both, [("F-183", Likely), ("F-184", Possible)]);
        assert_eq!(
            said(with_firmware(idle("AT+MCONNECT=1,600", 301_000), "AirM2M_780E_V1169_LTE_AT")),
            [("F-184", Possible)]
        );
        assert_eq!(said(with_firmware(idle("AT+MCONNECT=1,240", 301_000), old)), []);
        assert_eq!(said(with_firmware(idle("AT+MCONNECT=1,600", 9_000), old)), []);
        let kit = idle("AT+MCONNECT=1,600", 301_000);
        assert_eq!(kit.of(keep_alive, &kit.loss(LossCause::SimRemoved)), []);
    }

    #[test]
    fn sleep_is_blamed_while_nothing_woke_the_module() {
        let kit = idle("AT+MCONNECT=1,120", 5_000).works("AT+CSCLK=2", "OK").later(90_000);
        assert_eq!(kit.of(asleep, &kit.loss(LossCause::Closed)), [("F-193", Likely)]);
        let awake = idle("AT+MCONNECT=1,120", 5_000).works("AT+CSCLK=2", "OK").works("AT+CSCLK=0", "OK").later(90_000);
        assert_eq!(awake.of(asleep, &awake.loss(LossCause::Closed)), []);
        let used = kit.works("AT+MPUB=\"t\",1,0,\"x\"", "PUBACK").later(9_000);
        assert_eq!(used.of(asleep, &used.loss(LossCause::Closed)), []);
        let before = Kit::default().works("AT+CSCLK=2", "OK").logs_in("b", "AT+MCONNECT=1,120").later(9_000);
        assert_eq!(before.of(asleep, &before.loss(LossCause::Closed)), [], "the session was opened in that mode");
    }

    #[test]
    fn a_message_of_qos_0_that_used_to_come_back_is_missed() {
        let publish = "AT+MPUB=\"t\",0,0,\"x\"";
        let online = |kit: Kit| kit.knows(|status| status.session = Session::Connected);
        let once =
            || online(idle("AT+MCONNECT=1,120", 0).works(publish, "OK").receives("t", b"x", 1).works(publish, "OK"));
        let late = once().later(21_000);
        assert_eq!(late.rest(|course, suspects| unconfirmed(course, late.now(), suspects)), [("F-169", Likely)]);
        let soon = once().later(1_000);
        assert_eq!(soon.rest(|course, suspects| unconfirmed(course, soon.now(), suspects)), []);
        let back = once().receives("t", b"x", 1).later(21_000);
        assert_eq!(back.rest(|course, suspects| unconfirmed(course, back.now(), suspects)), []);
        let never = online(idle("AT+MCONNECT=1,120", 0).works(publish, "OK").works(publish, "OK")).later(21_000);
        assert_eq!(
            never.rest(|course, suspects| unconfirmed(course, never.now(), suspects)),
            [],
            "nobody reads it here"
        );
    }
}
