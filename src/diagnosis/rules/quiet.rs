//! When nothing failed: what is worth a word although all works, and messages that silently do not arrive.

use super::{command, files, losses, marks, signal, traffic};
use crate::{
    air780e::{
        firmware::{self, Topic as Concern},
        verb::{Line, Verb},
    },
    diagnosis::{Case, Course, Fact, catalogue as c, messages::Arrived, suspects::Suspects},
    lang::Text,
    modem::{
        event::{ExchangeRecord, Fault, Note},
        status::Session,
    },
    mqtt::Topic,
    time::Moment,
};

/// What `case`, without a failure, is worth a word about.
pub(in crate::diagnosis) fn at_rest(case: &Case<'_>, suspects: &mut Suspects) {
    let course = case.course;
    let status = &course.status;
    let boots: Vec<_> = course.boots().iter().filter(|boot| !marks::is_asked_for(course, **boot)).collect();
    if boots.len() >= 2 {
        suspects.seen(&c::RESTARTED, boots.iter().map(|boot| Fact::at(**boot, "RDY")));
    }
    if status.overwritten > 0 {
        let count = Fact::new(format!("+MSUB: {} overwritten", status.overwritten));
        suspects.seen(&c::CACHE_OVERRUN, [count].into_iter().chain(marks::overwriting(course)));
    }
    losses::by_rhythm(course, suspects);
    by_messages(course, case.now.max(course.newest()), suspects);
    by_escapes(course, suspects);
    marks::at_rest(course, case.now.max(course.newest()), suspects);
    by_remarks(course, suspects);
    by_access_point(course, suspects);
    if signal::is_weak(status)
        && let Some(seen) = &status.signal
    {
        suspects.seen(&c::SIGNAL_WEAK, [Fact::at(seen.at, format!("{}: {}", seen.by, seen.value.rssi))]);
    }
    by_extended_signal(course, suspects);
    by_clock_of_acknowledgements(course, suspects);
    by_firmware(course, suspects);
    by_notes(course, suspects);
    // What was refused or ran out was a trouble of its own, and so is a file that got other bytes than were sent.
    let is_quiet = |record: &&ExchangeRecord| record.result.is_ok() && record.command.verb() != Verb::WriteFile;
    course.exchanges().filter(is_quiet).for_each(|record| by_count(course, record, suspects));
    if let Some(kept) = course.kept_by_broker() {
        let fact = Text::new("fact-quiet-kept-by-broker").put("number", kept.number);
        let fact = Fact::said(fact.put("count", kept.count).put("traced", kept.traced)).when(kept.at);
        suspects.possible(&c::PUBLISH_DENIED, [fact.clone()]);
        suspects.possible(&c::READ_DENIED, [fact]);
    }
    if let Some((at, seconds)) = course.missed() {
        let fact = Fact::said(Text::new("fact-quiet-no-message").put("seconds", seconds));
        suspects.possible(&c::READ_DENIED, [fact.when(at)]);
        traffic::missing_message(suspects);
    }
}

/// Own messages that should come back and do not, and subscriptions that a new session lost.
fn by_messages(course: &Course, now: Moment, suspects: &mut Suspects) {
    let has_session = course.status.session == Session::Connected || was_typed(course);
    // A place in the cache is a message too.
    if !has_session || course.arrivals() > 0 || course.messages().named().next().is_some() {
        return;
    }
    let Some(login) = course.exchanges().rfind(|record| is_ok(record, Verb::LogIn)) else { return };
    let subscribed: Vec<(usize, String)> = course
        .exchanges()
        .enumerate()
        .filter(|(_, record)| is_ok(record, Verb::Subscribe))
        .filter_map(|(place, record)| Some((place, first_argument(&record.command)?.to_owned())))
        .collect();
    let login_place = course.exchanges().position(|record| std::ptr::eq(record, login)).unwrap_or_default();
    let sent = course.exchanges().skip(login_place).filter(|record| publishes(record));
    for record in sent {
        // A message needs a moment to come back.
        if course.gap(record.ended_at, now).is_some_and(|gap| gap < Course::COMES_BACK) {
            continue;
        }
        let Some(topic) = first_argument(&record.command) else { continue };
        let fits = |filter: &str| matches(filter, topic);
        let fact = Fact::at(record.ended_at, format!("{} → {}", shown(&record.command), last(&record.answer)));
        if let Some((place, filter)) = subscribed.iter().find(|(_, filter)| fits(filter)) {
            let subscription = Fact::new(format!("AT+MSUB {filter} → SUBACK, +MSUB: 0"));
            if *place < login_place {
                suspects.seen(&c::NOT_SUBSCRIBED_AGAIN, [subscription, fact]);
            } else {
                let confirms = record.answer.iter().any(|line| line == "PUBACK" || line == "PUBCOMP");
                let (first, second) = if confirms {
                    (&c::READ_DENIED, &c::SUBSCRIBE_DENIED)
                } else {
                    (&c::SUBSCRIBE_DENIED, &c::READ_DENIED)
                };
                suspects.likely(first, [subscription, fact]);
                suspects.possible(second, []);
                suspects.possible(&c::PUBLISH_DENIED, []);
            }
        } else if let Some((_, filter)) = subscribed.iter().find(|(_, filter)| is_near(filter, topic)) {
            suspects.likely(&c::TOPIC_DIFFERS, [Fact::new(format!("AT+MSUB {filter} / AT+MPUB {topic}")), fact]);
        }
    }
}

/// Bytes behind a prompt that were more or fewer than announced, unless the same was done again and well.
fn by_count(course: &Course, record: &ExchangeRecord, suspects: &mut Suspects) {
    let target = |record: &ExchangeRecord| first_argument(&record.command).map(str::to_owned);
    let is_done_again = course.exchanges().any(|later| {
        later.sent_at > record.sent_at
            && later.command.verb() == record.command.verb()
            && later.result.is_ok()
            && target(later) == target(record)
            && later.data.is_none_or(|data| data.missing() == 0 && data.surplus() == 0 || data.sent == 0)
    });
    if !is_done_again {
        files::by_count(record, suspects);
    }
}

/// What the core noted of the module: another maker's, or left in the middle of something by another program.
pub(super) fn by_notes(course: &Course, suspects: &mut Suspects) {
    for (at, note) in course.notes() {
        match note {
            Note::PromptLeftOpen { line } => suspects.seen(&c::PROMPT_OPEN, [Fact::at(*at, line.as_str())]),
            Note::OtherVendor { line } => suspects.seen(&c::OTHER_MODULE, [Fact::at(*at, line.as_str())]),
            _ => {}
        }
    }
}

/// A refused line whose text shows why, while there never was a session: then it is no mere question beside one.
fn by_remarks(course: &Course, suspects: &mut Suspects) {
    if !course.logins().is_empty() || course.status.session == Session::Connected {
        return;
    }
    for remark in course.remarks() {
        if let Fault::Refused { command: line, .. } = &remark.fault {
            let mut shown = Suspects::default();
            command::by_text(course, line, &mut shown);
            marks::glued(course, remark, &mut shown);
            suspects.add_all(shown, remark.at);
        }
    }
}

/// A payload typed with one layer of escapes too many.
fn by_escapes(course: &Course, suspects: &mut Suspects) {
    let sent = course.exchanges().rfind(|record| is_ok(record, Verb::Publish) && record.step.is_none());
    let Some(record) = sent else { return };
    let has_any = |escapes: &[&str]| escapes.iter().any(|escape| record.command.contains(escape));
    let fact = Fact::at(record.sent_at, shown(&record.command));
    if has_any(&DOUBLED) {
        suspects.seen(&c::PAYLOAD_OVERESCAPED, [fact]);
    } else if has_any(&SLASHED) {
        // What came back says what the broker got.
        let is_back = |one: &&Arrived| {
            let text = String::from_utf8_lossy(&one.payload);
            first_argument(&record.command) == Some(one.topic.as_str())
                && one.at >= record.sent_at
                && ESCAPES.iter().any(|escape| text.contains(escape))
        };
        match course.messages().arrived().find(is_back) {
            Some(back) => {
                let text: String = String::from_utf8_lossy(&back.payload).chars().take(80).collect();
                let back = Fact::at(back.at, format!("+MSUB: \"{}\": {text}", back.topic));
                suspects.seen(&c::PAYLOAD_OVERESCAPED, [fact, back]);
            }
            None => suspects.likely(&c::PAYLOAD_OVERESCAPED, [fact]),
        }
    }
}

/// A saved access point without an address, as typed by hand.
fn by_access_point(course: &Course, suspects: &mut Suspects) {
    let Some(saved) = course.last(|verb| verb == Verb::AccessPoint) else { return };
    let Some(line) = saved.answer.iter().find(|line| line.contains("MODE:2")) else { return };
    let fact = Fact::at(saved.ended_at, format!("{} → {line}", saved.command));
    let context = course.last(|verb| verb == Verb::Bearer).map(|record| record.answer.join(" "));
    if context.as_ref().is_some_and(|answer| answer.contains("\"\"")) {
        let shown = Fact::new(format!("AT+CGDCONT? → {}", context.unwrap_or_default()));
        suspects.likely(&c::APN_LOGIN, [fact.clone(), shown]);
        suspects.possible(&c::APN_STALE, [fact]);
    } else if course.status.session != Session::Connected && course.logins().is_empty() {
        suspects.likely(&c::APN_STALE, [fact]);
    }
}

/// A strong signal of bad quality (catalogue, F-033).
fn by_extended_signal(course: &Course, suspects: &mut Suspects) {
    let Some(seen) = &course.status.details.signal else { return };
    let (power, quality) = (seen.value.rsrp, seen.value.rsrq);
    if (STRONG..=70).contains(&power) && quality < DIRTY {
        suspects.likely(&c::SIGNAL_DIRTY, [Fact::at(seen.at, format!("{}: RSRP {power}, RSRQ {quality}", seen.by))]);
    }
}

/// Acknowledgements that take far longer than a network's round trip.
fn by_clock_of_acknowledgements(course: &Course, suspects: &mut Suspects) {
    let slow = course.exchanges().rfind(|record| {
        (is_ok(record, Verb::LogIn) || is_ok(record, Verb::Publish) || is_ok(record, Verb::Subscribe))
            && record.took() > SLOW
    });
    if let Some(record) = slow {
        let fact = Fact::at(record.ended_at, shown(&record.command)).taking(record.took());
        suspects.likely(&c::FAR_BROKER, [fact]);
    }
}

/// Known faults of the firmware in use that concern every session.
fn by_firmware(course: &Course, suspects: &mut Suspects) {
    let Some(seen) = &course.status.firmware else { return };
    if firmware::facts(&seen.value).any(|fact| fact.topic == Concern::General) {
        suspects.possible(&c::FIRMWARE_OLD, [Fact::at(seen.at, format!("ATI → {}", seen.value.name))]);
    }
}

/// Whether the session was opened by typed commands, which the status does not follow.
fn was_typed(course: &Course) -> bool {
    course.last(|verb| verb == Verb::LogIn).is_some_and(|record| record.step.is_none())
}

fn is_ok(record: &ExchangeRecord, verb: Verb) -> bool {
    record.command.verb() == verb && record.result.is_ok()
}

fn publishes(record: &ExchangeRecord) -> bool {
    record.command.verb().publishes() && record.result.is_ok()
}

fn first_argument(command: &Line) -> Option<&str> {
    command.argument(0)
}

fn matches(filter: &str, topic: &str) -> bool {
    let (Ok(filter), Ok(topic)) = (filter.parse::<crate::mqtt::Filter>(), topic.parse::<Topic>()) else { return false };
    filter.matches(&topic)
}

/// The same topic but for case, blanks and slashes at the ends.
fn is_near(filter: &str, topic: &str) -> bool {
    let plain = |text: &str| text.trim_matches(['/', ' ']).to_lowercase();
    plain(filter) == plain(topic)
}

fn shown(command: &str) -> String {
    command.chars().take(80).collect()
}

fn last(answer: &[String]) -> &str {
    answer.last().map_or("OK", String::as_str)
}

/// A mobile network's round trip takes 60 to 300 ms (catalogue, section 1).
const SLOW: std::time::Duration = std::time::Duration::from_secs(1);
/// From here a signal counts as strong (index of 27.007; dBm = index − 141).
const STRONG: u8 = 31;
/// Below this its quality counts as bad (index; dB = index / 2 − 20).
const DIRTY: u8 = 10;
/// An escape as it is written in the source of a program, and not as the module takes it.
const SLASHED: [&str; 4] = ["\\\\22", "\\\\0D", "\\\\0A", "\\\\5C"];
/// The escapes of the module (reference, section 11.5).
const ESCAPES: [&str; 4] = ["\\22", "\\0D", "\\0A", "\\5C"];
/// An escaped backslash in front of what would be an escape.
const DOUBLED: [&str; 4] = ["\\5C22", "\\5C0D", "\\5C0A", "\\5C5C"];
