//! A recording without a thread and without waiting: the core watches it, or acts against it on the recording's own time.

use std::time::Duration;

use chrono::{DateTime, Local};

use crate::{
    link::replay::{Difference, Player},
    modem::{
        Modem,
        event::Event,
        request::{Request, RequestId},
    },
    time::{Moment, WallAnchor},
    trace::{Direction, Header, Trace},
};

/// What acting against a recording led to.
#[derive(Debug)]
pub struct Driven {
    /// Everything the core told.
    pub events: Vec<Event>,
    /// Where what it sent differs from what the recording sent.
    pub differences: Vec<Difference>,
}

/// Lets the core watch a recording, both directions, and gives each event to `tell`. Nothing is sent.
///
/// What is open at the end stays open: a recording may end in the middle.
pub fn watch(trace: &Trace, mut tell: impl FnMut(Event)) {
    watch_lines(trace, |_, event| tell(event));
}

/// As [`watch`], with the line of the text at which each event was seen, where the trace was read from one.
pub fn watch_lines(trace: &Trace, mut tell: impl FnMut(Option<u32>, Event)) {
    tell(None, opened(&trace.header));
    let mut modem = Modem::new(Moment::ZERO);
    for (line, at, direction, bytes) in trace.pieces() {
        while let Some(due) = modem.poll_timeout().filter(|due| *due < at) {
            modem.handle_timeout(due);
            drain(&mut modem, |event| tell(line, event));
        }
        match direction {
            Direction::Sent => modem.observe(at, bytes),
            Direction::Received => modem.handle_bytes(at, bytes),
        }
        drain(&mut modem, |event| tell(line, event));
    }
}

/// Lets the core do `requests`, in order and all at once, against a recording that plays the modem.
///
/// It ends when all of them are done and the recording is over, or when both sides wait for nothing but each other.
pub fn drive(trace: &Trace, requests: impl IntoIterator<Item = (RequestId, Request)>) -> Driven {
    let mut driven = Driven { events: vec![opened(&trace.header)], differences: Vec::new() };
    let mut modem = Modem::new(Moment::ZERO);
    let mut player = Player::new(trace);
    let (mut now, mut open) = (Moment::ZERO, 0_usize);
    for (id, request) in requests {
        open += 1;
        modem.request(now, id, request);
    }
    for _ in 0..MOST_TURNS {
        settle(now, &mut modem, &mut player);
        drain(&mut modem, |event| {
            open -= usize::from(matches!(event, Event::Done { .. }) && open > 0);
            driven.events.push(event);
        });
        let is_done = open == 0 && player.is_over();
        if is_done || !turn(&mut now, &mut modem, &mut player) {
            break;
        }
    }
    player.finish();
    driven.differences = player.take_differences();
    driven
}

/// Sends what the core wants to send.
fn settle(now: Moment, modem: &mut Modem, player: &mut Player) {
    while let Some(transmit) = modem.poll_transmit() {
        player.take_sent(&transmit.bytes, &transmit.secret);
        modem.handle_sent(now);
    }
}

/// The next thing that happens: bytes of the recorded modem, or a moment the core waits for. Says whether there was one.
fn turn(now: &mut Moment, modem: &mut Modem, player: &mut Player) -> bool {
    if let Some((pause, bytes)) = player.next_received() {
        let arrival = *now + pause.min(LONGEST_PAUSE);
        while let Some(due) = modem.poll_timeout().filter(|due| *due < arrival) {
            modem.handle_timeout(due);
        }
        *now = arrival;
        modem.handle_bytes(*now, &bytes);
        return true;
    }
    let Some(due) = modem.poll_timeout() else { return false };
    *now = due.max(*now);
    modem.handle_timeout(*now);
    true
}

fn drain(modem: &mut Modem, mut tell: impl FnMut(Event)) {
    while let Some(event) = modem.poll_event() {
        tell(event);
    }
}

fn opened(header: &Header) -> Event {
    let time = DateTime::parse_from_rfc3339(&header.opened).unwrap_or_default();
    Event::Opened {
        port: header.port.clone(),
        anchor: WallAnchor::new(time.with_timezone(&Local)),
        is_simulated: header.is_simulated,
    }
}

/// A pause in the recording longer than this is somebody thinking, not the modem.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);
/// Ends a play in which the core asks without end what the recording does not answer.
const MOST_TURNS: usize = 100_000;
