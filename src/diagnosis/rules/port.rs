//! The port and the console: what stands between this computer and an `OK`.

use crate::{
    air780e::verb::Verb,
    diagnosis::{Course, Fact, Trouble, catalogue as c, suspects::Suspects},
    lang::Text,
    modem::{
        event::{ExchangeRecord, PortFault},
        status::{Rung, RungState},
    },
};

/// A port that cannot be opened, or no longer used.
pub(super) fn unusable(fault: &PortFault, suspects: &mut Suspects) {
    match fault {
        PortFault::Missing { .. } => {
            suspects.likely(&c::NOT_POWERED, []);
            suspects.any_of(&[&c::REENUMERATED]);
        }
        PortFault::Busy { port } => {
            suspects.seen(&c::PORT_BUSY, []);
            // A service that takes ports by itself: Linux has one (catalogue, F-004).
            if port.starts_with("/dev/tty") {
                suspects.any_of(&[&c::PORT_SHARED]);
            }
        }
        PortFault::NoPermission { .. } => suspects.seen(&c::PORT_PERMISSION, []),
        PortFault::Unplugged { .. } => {
            suspects.seen(&c::REENUMERATED, []);
            suspects.any_of(&[&c::POWER_DIPS]);
        }
        PortFault::NotSerial { .. } => suspects.seen(&c::PORT_WRONG, []),
        PortFault::Other { .. } => suspects.any_of(&[&c::PORT_WRONG, &c::REENUMERATED]),
        PortFault::WorkerDied { .. } => suspects.seen(&c::PROGRAM_FAULT, []),
    }
}

/// The port opens and nothing answers `AT`: silence alone tells nothing apart.
pub(super) fn silent(suspects: &mut Suspects) {
    suspects.any_of(&[
        &c::PORT_WRONG,
        &c::NOT_POWERED,
        &c::BAUD_WRONG,
        &c::BAUD_UNTRAINED,
        &c::ASLEEP,
        &c::DATA_MODE,
        &c::PROMPT_OPEN,
        &c::NOT_AT_FIRMWARE,
        &c::UART_WIRING,
        &c::NO_CARRIAGE_RETURN,
    ]);
}

/// Bytes come that are no text: the log port of a USB module, or a UART at another rate.
pub(super) fn noise(course: &Course, bytes: usize, suspects: &mut Suspects) {
    if let Some(rate) = course.answering_rate() {
        suspects.seen(&c::BAUD_WRONG, [Fact::said(Text::new("fact-port-answered-ok-bit").put("rate", rate))]);
        return;
    }
    if bytes <= LIKE_ANSWERS {
        // No more than short answers to each AT: a log port does not wait to be asked.
        let fact = Fact::said(Text::new("fact-port-bytes-answer-none-text").put("bytes", bytes));
        suspects.likely(&c::BAUD_WRONG, [fact]);
    }
    suspects.any_of(&[&c::BAUD_WRONG, &c::PORT_WRONG, &c::UART_WIRING]);
}

/// The module answered before and does not any more. No prompt is open unless the course shows one.
pub(super) fn fell_silent(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    if let Some(open) = course.status.open_prompt.as_ref().filter(|open| open.at <= trouble.at) {
        let fact = Fact::at(open.at, format!("{} → >", open.value));
        let is_publish = open.value.verb() == Verb::PublishBytes && open.value.argument(3).is_some();
        if is_publish {
            suspects.seen(&c::DATA_LENGTH, [fact.clone()]);
            return suspects.possible(&c::PROMPT_OPEN, [fact]);
        }
        return suspects.seen(&c::PROMPT_OPEN, [fact]);
    }
    if let Some(facts) = data_mode(course, trouble) {
        return suspects.seen(&c::DATA_MODE, facts);
    }
    if !has_answered(course) {
        return match course.noise() {
            0 => silent(suspects),
            bytes => noise(course, bytes, suspects),
        };
    }
    suspects.any_of(&[&c::ASLEEP, &c::RESTARTED, &c::POWER_DIPS, &c::REENUMERATED]);
}

/// The word with which a port goes over to data, and nothing answered since (catalogue, F-014).
fn data_mode(course: &Course, trouble: &Trouble) -> Option<Vec<Fact>> {
    let by_line = course.lines(DATA).find(|(at, text)| *text == DATA && *at <= trouble.at).map(|(at, _)| at);
    let is_its =
        |record: &&ExchangeRecord| record.answer.iter().any(|line| line == DATA || line.starts_with(WITH_RATE));
    let by_answer = course.exchanges().rfind(is_its).filter(|record| record.ended_at <= trouble.at);
    let at = by_line.max(by_answer.map(|record| record.ended_at))?;
    let has_answered =
        |record: &ExchangeRecord| record.sent_at > at && (record.result.is_ok() || record.accepted_at.is_some());
    let is_over = course.exchanges().any(has_answered) || course.boots().iter().any(|boot| *boot > at);
    let setting = course.exchanges().rfind(|record| {
        record.command.name() == MODE && record.command.argument(0) == Some("1") && record.result.is_ok()
    });
    let set = setting.map(|record| Fact::at(record.sent_at, record.command.to_string()));
    (!is_over).then(|| set.into_iter().chain([Fact::at(at, DATA)]).collect())
}

/// Whether the module ever answered anything.
fn has_answered(course: &Course) -> bool {
    let at = course.status.ladder.entry(Rung::At).state;
    at == RungState::Confirmed || course.exchanges().any(|record| record.result.is_ok() || record.accepted_at.is_some())
}

/// An answer that does not fit: another program's, or one command too late.
pub(super) fn unfitting(suspects: &mut Suspects) {
    suspects.any_of(&[&c::PORT_SHARED, &c::OVERLAP, &c::PORT_WRONG, &c::UART_LOSS]);
}

/// What a handful of answers to `AT` come to, in bytes; the module's log port gives more in the same time.
const LIKE_ANSWERS: usize = 60;
/// The port carries data from here on (reference, section 1: a command's own final word).
const DATA: &str = "CONNECT";
/// The same of a dial-up with its rate.
const WITH_RATE: &str = "CONNECT 1";
const MODE: &str = "AT+CIPMODE";
