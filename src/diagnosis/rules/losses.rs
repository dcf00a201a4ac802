//! A session that was lost: the time since the last traffic, the rhythm of the losses, what came just before.

use std::time::Duration;

use crate::{
    diagnosis::{Fact, History, Innocent, catalogue as c, history::name, suspects::Suspects},
    modem::event::LossCause,
    time::Moment,
};

/// The session ended at `at` by `loss`.
pub(super) fn by_loss(history: &History, at: Moment, loss: LossCause, suspects: &mut Suspects) {
    match loss {
        LossCause::Closed => by_close(history, at, suspects),
        LossCause::BearerLost => by_bearer(history, at, suspects),
        LossCause::ModuleRestarted => by_restart(history, at, suspects),
        LossCause::SimRemoved | LossCause::Silent => {}
    }
}

fn by_close(history: &History, at: Moment, suspects: &mut Suspects) {
    let before = |command: &str| CLOSING.contains(&name(command)) || command.starts_with("AT+CFUN=0");
    let by_hand = history
        .exchanges()
        .rfind(|record| before(&record.command) && record.sent_at <= at && at.since(record.sent_at) <= JUST_BEFORE);
    if let Some(record) = by_hand {
        return suspects.seen(&c::CLOSED_BY_SCRIPT, [Fact::at(record.sent_at, record.command.clone())]);
    }
    if lost_the_cell(history, at, suspects) {
        return;
    }
    by_idle_time(history, at, suspects);
    by_rhythm(history, suspects);
}

/// How long nothing certain had passed, against the keep-alive.
fn by_idle_time(history: &History, at: Moment, suspects: &mut Suspects) {
    let Some((command, keep_alive)) = keep_alive(history) else { return };
    let Some(last) = history.traffic_at().filter(|last| *last <= at) else { return };
    let idle = at.since(last);
    let fact = Fact::new(format!("{command}: CLOSED, {} s idle", idle.as_secs()));
    let too_long = keep_alive > LONGEST_KEEP_ALIVE;
    if too_long && idle >= Duration::from_secs(LONGEST_KEEP_ALIVE) {
        suspects.likely(&c::KEEP_ALIVE_LONG, [fact.clone()]);
    }
    // The module closes when its own ping stays unanswered, the broker after one and a half of the time.
    if idle >= Duration::from_secs(keep_alive) {
        suspects.likely(&c::KEEP_ALIVE_MISSED, [fact]);
    } else {
        let proof = format!("{} s < {keep_alive} s", idle.as_secs());
        suspects.clear(&[&c::KEEP_ALIVE_MISSED], Innocent::KeepAlive, proof.clone());
        if !too_long {
            suspects.clear(&[&c::KEEP_ALIVE_LONG], Innocent::KeepAlive, proof);
        }
    }
}

/// Losses that follow the logins at a steady distance.
fn by_rhythm(history: &History, suspects: &mut Suspects) {
    let lives: Vec<Duration> = history
        .status
        .losses
        .iter()
        .filter(|loss| loss.cause == LossCause::Closed)
        .filter_map(|loss| {
            let login = history.logins().iter().rfind(|login| **login <= loss.at)?;
            Some(loss.at.since(*login))
        })
        .collect();
    let [.., first, second, third] = lives[..] else { return };
    let (least, most) = (first.min(second).min(third), first.max(second).max(third));
    let told = format!("CONNACK OK → CLOSED: {:.1} s, {:.1} s, {:.1} s", secs(first), secs(second), secs(third));
    if most < SHORT_LIFE {
        suspects.likely(&c::SAME_ID, [Fact::new(told.clone())]);
    }
    if most.saturating_sub(least) <= Duration::from_secs(2) && most >= SHORT_LIFE {
        suspects.likely(&c::BROKER_KICK, [Fact::new(told.clone())]);
    }
    if lives.len() >= MANY {
        suspects.possible(&c::BANNED, [Fact::new(told)]);
    }
}

fn by_bearer(history: &History, at: Moment, suspects: &mut Suspects) {
    lost_the_cell(history, at, suspects);
    for start in ["+CGEV: NW", "+PDP", "+CGEV: ME"] {
        if let Some((at, line)) = history.line(start) {
            return suspects.likely(&c::BEARER_DROPPED, [Fact::at(at, line)]);
        }
    }
}

/// The radio lost its cell shortly before or after.
pub(super) fn lost_the_cell(history: &History, at: Moment, suspects: &mut Suspects) -> bool {
    let near = |(seen, line): (Moment, &str)| {
        let is_near = seen.since(at) <= NEAR && at.since(seen) <= NEAR;
        is_near.then(|| Fact::at(seen, line))
    };
    let fact = ["^MODE: 0,0", "+NO Service"].into_iter().find_map(|start| history.line(start).and_then(near));
    let is_lost = fact.is_some();
    if let Some(fact) = fact {
        suspects.seen(&c::SIGNAL_DROP, [fact]);
    }
    is_lost
}

fn by_restart(history: &History, at: Moment, suspects: &mut Suspects) {
    let recent = history.boots().iter().filter(|boot| at.since(**boot) <= LOOP).count();
    let boots = || history.boots().iter().map(|boot| Fact::at(*boot, "RDY")).collect::<Vec<_>>();
    if let Some(seen) = &history.status.details.start_reason
        && seen.value.is_trouble()
    {
        suspects.seen(&c::RESTARTED, [Fact::at(seen.at, format!("{}: {}", seen.by, seen.value.0))]);
    } else if recent >= 2 {
        suspects.seen(&c::RESTARTED, boots());
    } else {
        suspects.likely(&c::POWER_DIPS, boots());
    }
    if let Some(seen) = history.status.details.supply_mv.as_ref().filter(|seen| seen.value < LOW_SUPPLY_MV) {
        suspects.seen(&c::POWER_DIPS, [Fact::at(seen.at, format!("{}: {} mV", seen.by, seen.value))]);
    }
}

/// The last login's keep-alive in seconds, with its command.
fn keep_alive(history: &History) -> Option<(&str, u64)> {
    let record = history.last(&["AT+MCONNECT"])?;
    let (_, seconds) = record.command.rsplit_once(',')?;
    Some((&record.command, seconds.trim().parse().ok()?))
}

fn secs(span: Duration) -> f64 {
    span.as_secs_f64()
}

/// Commands that close a session.
const CLOSING: [&str; 4] = ["AT+MDISCONNECT", "AT+MIPCLOSE", "AT+CIPSHUT", "AT+RESET"];
const JUST_BEFORE: Duration = Duration::from_secs(2);
const NEAR: Duration = Duration::from_secs(30);
/// Beyond this, mobile networks forget idle connections (reference, section 10).
const LONGEST_KEEP_ALIVE: u64 = 240;
/// Sessions shorter than this end by somebody's will, not by idleness.
const SHORT_LIFE: Duration = Duration::from_mins(1);
const MANY: usize = 8;
/// Restarts within this are a loop.
const LOOP: Duration = Duration::from_hours(1);
/// Below this a module's supply dips under load (catalogue, F-187).
const LOW_SUPPLY_MV: u32 = 3_400;
