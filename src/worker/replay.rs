//! A recording without a thread and without waiting: the core watches it on the recording's own time.

use chrono::{DateTime, Local};

use crate::{
    modem::{Modem, event::Event},
    time::{Moment, WallAnchor},
    trace::{Direction, Header, Trace},
};

/// Lets the core watch a recording, both directions, and gives each event to `tell`, with the line of the text at which it was
/// seen where the trace was read from one. Nothing is sent.
///
/// What is open at the end stays open: a recording may end in the middle.
pub fn watch(trace: &Trace, mut tell: impl FnMut(Option<u32>, Event)) {
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
