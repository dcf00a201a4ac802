//! A session that was lost: what came just before, the time since the last traffic, the rhythm of the losses, what followed.

use std::time::Duration;

use super::{port, signal, traffic};
use crate::{
    air780e::verb::Verb,
    diagnosis::{
        Course, Episode, Fact, Finding, Innocent, Trouble, catalogue as c, episode::LATE_LINE, suspects::Suspects,
    },
    lang::Text,
    modem::event::{ExchangeRecord, Fault, LossCause},
    time::Moment,
};

/// The session ended by `loss`.
pub(super) fn by_loss(course: &Course, trouble: &Trouble, loss: LossCause, suspects: &mut Suspects) {
    if let Some(line) = course.asked(trouble.at) {
        let is_restart = matches!(line.verb(), Verb::Restart | Verb::PowerDown);
        let cause = if is_restart { &c::OWN_RESTART } else { &c::CLOSED_BY_SCRIPT };
        let order = course.exchanges().rfind(|record| record.command == *line && record.sent_at <= trouble.at);
        let at = order.map_or(trouble.at, |record| record.sent_at);
        return suspects.seen(cause, [Fact::at(at, line.to_string())]);
    }
    match loss {
        LossCause::Closed => by_close(course, trouble.at, suspects),
        LossCause::BearerLost => by_bearer(course, trouble.at, suspects),
        LossCause::ModuleRestarted => by_restart(course, trouble.at, suspects),
        LossCause::SimRemoved => {
            suspects.seen(&c::SIM_MISSING, course.line("+CPIN: SIM REMOVED").map(|(at, line)| Fact::at(at, line)));
            suspects.any_of(&[&c::SIM_FAULTY]);
        }
        LossCause::Silent => port::fell_silent(course, trouble, suspects),
    }
}

fn by_close(course: &Course, at: Moment, suspects: &mut Suspects) {
    if let Some(record) = own_action(course, at, closes) {
        return suspects.seen(&c::CLOSED_BY_SCRIPT, [Fact::at(record.sent_at, record.command.to_string())]);
    }
    if lost_the_cell(course, at, suspects) {
        return;
    }
    by_what_was_sent(course, at, suspects);
    if let Some(weak) = signal::weakness(course) {
        suspects.likely(&c::SIGNAL_DROP, [weak]);
    }
    // A broker that refuses everybody for a while explains the end by itself.
    if !by_return(course, at, suspects) {
        by_idle_time(course, at, suspects);
    }
    by_rhythm(course, suspects);
    suspects.any_of(&[
        &c::SAME_ID,
        &c::BROKER_KICK,
        &c::KEEP_ALIVE_MISSED,
        &c::KEEP_ALIVE_LONG,
        &c::BROKER_RESTART,
        &c::TUNNEL,
    ]);
    // Only a later refusal tells of it: its own line is not there, or was overlooked.
    if course.lines("CLOSED").all(|(seen, _)| seen > at) {
        suspects.any_of(&[&c::CLOSED_IGNORED, &c::WRONG_STATE]);
    }
}

fn closes(record: &ExchangeRecord) -> bool {
    if record.command.is_question() && !record.command.verb().closes() && record.command.verb() != Verb::Restart {
        return false;
    }
    let verb = record.command.verb();
    let is_off = verb == Verb::Radio && matches!(record.command.argument(0), Some("0" | "4"));
    verb.closes() || is_off || matches!(verb, Verb::Restart | Verb::PowerDown)
}

/// What the user or the program did itself shortly before `at`.
fn own_action(course: &Course, at: Moment, is_one: impl Fn(&ExchangeRecord) -> bool) -> Option<&ExchangeRecord> {
    course.exchanges().rev().find(|record| {
        is_one(record) && record.sent_at <= at && course.gap(record.sent_at, at).is_none_or(|gap| gap <= JUST_BEFORE)
    })
}

/// A close right behind a subscription or a publish is the broker's answer to it.
fn by_what_was_sent(course: &Course, at: Moment, suspects: &mut Suspects) {
    // A dialogue that the close itself ended comes after it.
    let last = course.exchanges().rev().find(|record| record.sent_at <= at && is_of_traffic(record.command.verb()));
    let Some(record) = last else { return };
    let is_newest = course.logins().iter().rfind(|login| **login <= at).is_none_or(|login| *login <= record.sent_at);
    if !is_newest || is_acknowledged(record) || was_allowed(course, record) {
        return;
    }
    let by_form = if record.command.verb().subscribes() { traffic::by_filter } else { traffic::by_topic };
    let Some(gap) = course.gap(record.sent_at.max(record.accepted_at.unwrap_or(record.sent_at)), at) else {
        // Without times only the form of a topic is a fact; the broker's answer to it may be.
        by_form(&record.command, suspects);
        let denied = if record.command.verb().subscribes() { &c::SUBSCRIBE_DENIED } else { &c::PUBLISH_DENIED };
        return suspects.any_of(&[denied]);
    };
    if gap > ANSWERED {
        return;
    }
    by_form(&record.command, suspects);
    let facts = || [Fact::at(record.sent_at, record.command.to_string()), Fact::at(at, "CLOSED").taking(gap)];
    if record.command.verb().subscribes() {
        suspects.likely(&c::SUBSCRIBE_DENIED, facts());
    } else {
        suspects.likely(&c::PUBLISH_DENIED, facts());
        suspects.any_of(&[&c::BROKER_LIMIT]);
    }
}

/// The broker had taken the same before: the same verb with the same topic or filter.
fn was_allowed(course: &Course, record: &ExchangeRecord) -> bool {
    course.exchanges().any(|earlier| {
        earlier.sent_at < record.sent_at
            && earlier.command.verb() == record.command.verb()
            && earlier.command.argument(0) == record.command.argument(0)
            && is_acknowledged(earlier)
    })
}

const fn is_of_traffic(verb: Verb) -> bool {
    verb.subscribes() || verb.publishes()
}

/// The broker had answered it before it closed.
fn is_acknowledged(record: &ExchangeRecord) -> bool {
    record.answer.iter().any(|line| matches!(line.as_str(), "SUBACK" | "UNSUBACK" | "PUBACK" | "PUBCOMP"))
}

/// How long nothing certain had passed, against the keep-alive.
fn by_idle_time(course: &Course, at: Moment, suspects: &mut Suspects) {
    let Some((command, keep_alive)) = keep_alive(course, at) else { return };
    let Some(last) = course.traffic_until(at) else { return };
    let Some(idle) = course.gap(last, at) else { return };
    let seconds = idle.as_secs();
    let fact = Fact::said(
        Text::new("fact-losses-closed-after-without-traffic").put("command", command).put("seconds", seconds),
    );
    let fact = fact.when(at);
    let too_long = keep_alive > LONGEST_KEEP_ALIVE;
    if too_long && idle >= Duration::from_secs(LONGEST_KEEP_ALIVE) {
        suspects.likely(&c::KEEP_ALIVE_LONG, [fact.clone()]);
    }
    // The module closes when its own ping stays unanswered, the broker after one and a half of the time.
    if idle >= Duration::from_secs(keep_alive) {
        // Its pings are not printed: who stayed for much longer has sent them.
        if idle <= Duration::from_secs(keep_alive * 11 / 5) + SWEEP || fits_a_later_ping(idle, keep_alive) {
            suspects.likely(&c::KEEP_ALIVE_MISSED, [fact]);
        } else {
            suspects.possible(&c::KEEP_ALIVE_MISSED, [fact]);
        }
    } else {
        let proof = format!("{} s < {keep_alive} s", idle.as_secs());
        suspects.clear(&[&c::KEEP_ALIVE_MISSED], Innocent::KeepAlive, proof.clone());
        if !too_long {
            suspects.clear(&[&c::KEEP_ALIVE_LONG], Innocent::KeepAlive, proof);
        }
    }
}

/// Losses that follow the logins at a steady distance: also when each of them was put right.
pub(super) fn by_rhythm(course: &Course, suspects: &mut Suspects) {
    let lives = lives(course);
    let [.., first, second, third] = lives[..] else { return };
    let (least, most) = (first.min(second).min(third), first.max(second).max(third));
    let told = format!("CONNACK OK → CLOSED: {:.1} s, {:.1} s, {:.1} s", secs(first), secs(second), secs(third));
    if most < SHORT_LIFE && !ends_by_traffic(course) {
        suspects.likely(&c::SAME_ID, [Fact::new(told.clone())]);
    }
    if most.saturating_sub(least) <= STEADY && most >= SHORT_LIFE {
        suspects.likely(&c::BROKER_KICK, [Fact::new(told.clone())]);
    }
    if lives.len() >= MANY {
        suspects.possible(&c::BANNED, [Fact::new(told)]);
    }
}

/// Losses that were judged before their rhythm was known: what the later ones show holds for them too.
pub(in crate::diagnosis) fn by_later_rhythm(course: &Course, episodes: &mut [Episode]) {
    let is_close = |episode: &Episode| matches!(episode.root.fault, Fault::SessionLost(LossCause::Closed));
    let named = episodes.iter().rev().filter(|one| is_close(one) && one.undecided.is_none()).find_map(|episode| {
        let finding = episode.findings.first().filter(|first| RHYTHMS.iter().any(|cause| cause.id == first.id))?;
        Some((finding.clone(), life_until(course, episode.root.at)?))
    });
    let Some((named, length)) = named else { return };
    let fits = |life: Duration| {
        if named.id == c::SAME_ID.id { life < SHORT_LIFE } else { life.abs_diff(length) <= STEADY }
    };
    for episode in episodes.iter_mut().filter(|episode| is_close(episode) && episode.undecided.is_some()) {
        let at = episode.root.at;
        if !life_until(course, at).is_some_and(fits) {
            continue;
        }
        let told = named.evidence.iter().filter(|fact| fact.at.is_none()).cloned();
        let evidence = std::iter::once(Fact::at(at, "CLOSED")).chain(told).collect();
        episode.findings = course.placed(vec![Finding { evidence, ..named.clone() }]);
        episode.undecided = None;
    }
}

/// Whether the end came where a missed ping that was not the first would bring it: the module gives up at the next one, the
/// broker half a time after that.
fn fits_a_later_ping(idle: Duration, keep_alive: u64) -> bool {
    let half = Duration::from_secs(keep_alive) / 2;
    (3..=2 * MOST_PINGS).any(|halves| {
        let end = half * halves;
        idle + STEADY >= end && idle <= end + SWEEP.min(half / 4)
    })
}

/// How long the session lasted that ended at `end`.
fn life_until(course: &Course, end: Moment) -> Option<Duration> {
    let login = course.logins().iter().rfind(|login| **login <= end)?;
    course.gap(*login, end)
}

/// How long each session lasted that the other side closed.
fn lives(course: &Course) -> Vec<Duration> {
    let closed = course.status.losses.iter().filter(|loss| loss.cause == LossCause::Closed).map(|loss| loss.at);
    let typed = course.finished().iter().map(|episode| &episode.root).chain(course.trouble());
    let typed = typed.filter(|root| matches!(root.fault, Fault::SessionLost(LossCause::Closed))).map(|root| root.at);
    let mut ends: Vec<Moment> = closed.chain(typed).collect();
    ends.sort_unstable();
    ends.dedup();
    ends.iter().filter_map(|end| life_until(course, *end)).collect()
}

/// Whether the last sessions each ended right behind something that was sent.
fn ends_by_traffic(course: &Course) -> bool {
    let Some(end) = course.status.losses.last() else { return false };
    let last = course.exchanges().rev().find(|record| record.sent_at <= end.at && is_of_traffic(record.command.verb()));
    last.is_some_and(|record| {
        !is_acknowledged(record) && course.gap(record.sent_at, end.at).is_some_and(|gap| gap <= ANSWERED)
    })
}

/// The next try was refused at once: nobody listened there for a while.
fn by_return(course: &Course, at: Moment, suspects: &mut Suspects) -> bool {
    let refused = course.exchanges().find(|record| {
        record.sent_at >= at
            && record.command.verb().opens()
            && matches!(&record.result, Err(Fault::BadOutcome { after, .. }) if *after < Duration::from_secs(8))
    });
    if let Some(record) = refused {
        suspects.likely(&c::BROKER_RESTART, [Fact::at(at, "CLOSED"), Course::fact(record)]);
    }
    refused.is_some()
}

fn by_bearer(course: &Course, at: Moment, suspects: &mut Suspects) {
    if let Some(record) = own_action(course, at, |record| {
        closes(record) || record.command.verb() == Verb::Attach && !record.command.is_question()
    }) {
        return suspects.seen(&c::CLOSED_BY_SCRIPT, [Fact::at(record.sent_at, record.command.to_string())]);
    }
    if lost_the_cell(course, at, suspects) {
        return;
    }
    let is_drop = |(seen, text): &(Moment, &str)| *seen <= at + LATE_LINE && !text.contains("PDN ACT");
    let line = ["+CGEV: NW", "+PDP", "+CGEV: ME"].into_iter().find_map(|start| course.lines(start).find(is_drop));
    suspects.seen(&c::BEARER_DROPPED, line.map(|(at, line)| Fact::at(at, line)));
    suspects.any_of(&[&c::SIM_ARREARS]);
}

/// The radio lost its cell shortly before or after.
pub(super) fn lost_the_cell(course: &Course, at: Moment, suspects: &mut Suspects) -> bool {
    let near = |(seen, line): (Moment, &str)| {
        let is_near =
            course.gap(at, seen).is_none_or(|gap| gap <= NEAR) && course.gap(seen, at).is_none_or(|gap| gap <= NEAR);
        is_near.then(|| Fact::at(seen, line))
    };
    let fact = ["^MODE: 0,0", "+NO Service"].into_iter().find_map(|start| course.lines(start).find_map(near));
    let is_lost = fact.is_some();
    if let Some(fact) = fact {
        suspects.seen(&c::SIGNAL_DROP, [fact]);
    }
    is_lost
}

fn by_restart(course: &Course, at: Moment, suspects: &mut Suspects) {
    let boots = || course.boots().iter().map(|boot| Fact::at(*boot, "RDY")).collect::<Vec<_>>();
    let restarts = |record: &ExchangeRecord| matches!(record.command.verb(), Verb::Restart | Verb::PowerDown);
    let asked = course.exchanges().rev().find(|record| {
        restarts(record) && record.sent_at <= at && course.gap(record.sent_at, at).is_none_or(|gap| gap <= RESTARTING)
    });
    if let Some(record) = asked {
        let command = Fact::at(record.sent_at, record.command.to_string());
        return suspects.seen(&c::OWN_RESTART, std::iter::once(command).chain(boots()));
    }
    let details = &course.status.details;
    if let Some(seen) = details.supply_mv.as_ref().filter(|seen| seen.value < LOW_SUPPLY_MV) {
        suspects.seen(&c::POWER_DIPS, [Fact::at(seen.at, format!("{}: {} mV", seen.by, seen.value))]);
    }
    let recent = course.boots().iter().filter(|boot| course.gap(**boot, at).is_none_or(|gap| gap <= LOOP)).count();
    match details.start_reason.as_ref().filter(|seen| seen.at >= at) {
        Some(seen) if seen.value.is_trouble() => {
            suspects.seen(&c::RESTARTED, [Fact::at(seen.at, format!("{}: {}", seen.by, seen.value.0))]);
        }
        // In the middle of a session nobody pressed the power key: the supply was gone.
        Some(seen) if seen.value.0 == BY_POWER => {
            suspects.likely(&c::POWER_DIPS, [Fact::at(seen.at, format!("{}: {}", seen.by, seen.value.0))]);
        }
        _ if recent >= 2 => suspects.seen(&c::RESTARTED, boots()),
        _ => by_uplink(course, at, suspects),
    }
    suspects.any_of(&[&c::POWER_DIPS, &c::RESTARTED]);
}

/// A restart within a second of something that was sent points to the supply (catalogue, F-187).
fn by_uplink(course: &Course, at: Moment, suspects: &mut Suspects) {
    let sent = course.exchanges().rev().find(|record| {
        record.command.verb().is_of_session()
            && record.sent_at <= at
            && course.gap(record.sent_at, at).is_some_and(|gap| gap <= Duration::from_secs(1))
    });
    if let Some(record) = sent {
        suspects.likely(&c::POWER_DIPS, [Fact::at(record.sent_at, record.command.to_string()), Fact::at(at, "RDY")]);
    }
}

/// The keep-alive of the last login until `at` in seconds, with its command.
pub(super) fn keep_alive(course: &Course, at: Moment) -> Option<(&str, u64)> {
    let record = course.last_until(at, |verb| verb == Verb::LogIn).filter(|record| !record.command.is_question())?;
    Some((record.command.as_str(), record.command.argument(1)?.trim().parse().ok()?))
}

fn secs(span: Duration) -> f64 {
    span.as_secs_f64()
}

/// Brokers look for silent clients every few seconds (catalogue, F-182: 5 s end at 10.5 s, 20 s at 35.8 s).
const SWEEP: Duration = Duration::from_secs(10);
/// More pings than these without a word between show a path that holds.
const MOST_PINGS: u32 = 5;
const JUST_BEFORE: Duration = Duration::from_secs(2);
/// A restart that was asked for has printed its lines by then.
const RESTARTING: Duration = Duration::from_secs(30);
/// A broker that closes because of a message does so within this.
const ANSWERED: Duration = Duration::from_secs(1);
const NEAR: Duration = Duration::from_secs(30);
/// Beyond this, mobile networks forget idle connections (reference, section 10).
const LONGEST_KEEP_ALIVE: u64 = 240;
/// Sessions shorter than this end by somebody's will, not by idleness.
const SHORT_LIFE: Duration = Duration::from_mins(1);
/// Lives of one length differ by no more.
const STEADY: Duration = Duration::from_secs(2);
/// Causes that only the distance of several losses shows.
const RHYTHMS: [&crate::diagnosis::Cause; 2] = [&c::SAME_ID, &c::BROKER_KICK];
const MANY: usize = 8;
/// Restarts within this are a loop.
const LOOP: Duration = Duration::from_hours(1);
/// Below this a module's supply dips under load (catalogue, F-187).
const LOW_SUPPLY_MV: u32 = 3_400;
/// `*EXINFO`: power key or power (reference, section 3).
const BY_POWER: u8 = 0;
