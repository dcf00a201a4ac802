//! The core watches what passed the ports of a log, each port by a core of its own, as it watches a trace.

use std::time::Duration;

use super::weave::{Piece, What};
use crate::{
    modem::{Modem, event::Event},
    time::Moment,
};

/// The cores that watch a log.
#[derive(Debug, Default)]
pub struct Watcher {
    modems: Vec<Option<Modem>>,
    last: Moment,
}

/// Something that a core told.
#[derive(Debug)]
pub struct Told {
    /// Of which port.
    pub port: usize,
    /// At which line of the log.
    pub line: u32,
    /// What the core made of that line.
    pub event: Event,
}

impl Watcher {
    /// Whether no dialogue waits for anything.
    pub fn is_idle(&self) -> bool {
        self.modems.iter().flatten().all(|modem| modem.poll_timeout().is_none())
    }

    /// When what stands at `at` in the log is told: nothing is told to have been before what was told already.
    pub fn moment(&self, at: Moment) -> Moment {
        at.max(self.last)
    }

    /// Takes one piece and gives what the core makes of it to `tell`.
    pub fn take(&mut self, piece: &Piece, mut tell: impl FnMut(Told)) {
        let Piece { port, line, at, what, .. } = piece;
        let (port, line, at) = (*port, *line, self.moment(*at));
        while self.modems.len() <= port {
            self.modems.push(None);
        }
        let modem = self.modems[port].get_or_insert_with(|| Modem::new(Moment::ZERO));
        while let Some(due) = modem.poll_timeout().filter(|due| *due < at) {
            modem.handle_timeout(due);
            drain(modem, port, line, &mut tell);
        }
        self.last = at;
        match what {
            What::Sent(bytes) => modem.observe(at, bytes),
            What::Received(bytes) => modem.handle_bytes(at, bytes),
            // What comes next has a moment of its own.
            What::CutShort => self.last = give_up(modem, at) + Duration::from_micros(1),
        }
        drain(modem, port, line, &mut tell);
    }
}

/// Lets the core give up bytes that were announced and do not come.
fn give_up(modem: &mut Modem, at: Moment) -> Moment {
    let mut last = at;
    while let Some(due) = modem.poll_timeout().filter(|due| *due <= at + LONGEST_WAIT) {
        last = last.max(due);
        modem.handle_timeout(due);
    }
    last
}

fn drain(modem: &mut Modem, port: usize, line: u32, tell: &mut impl FnMut(Told)) {
    while let Some(event) = modem.poll_event() {
        tell(Told { port, line, event });
    }
}

/// The core gives up sooner.
const LONGEST_WAIT: Duration = Duration::from_millis(1_100);
