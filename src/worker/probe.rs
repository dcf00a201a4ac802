//! Which port of a module takes AT commands, and at which rate a line speaks: `AT` is sent and what comes is judged.
//!
//! Each port is asked for a bounded time, all ports side by side; nothing else is sent.

use std::{thread, time::Duration};

use super::clock::{Clock, LinkClock};
use crate::{
    link::{
        self, Link, LinkError,
        baud::{self, RATES, Reply},
        spec::LinkSpec,
    },
    time::Moment,
};

/// What a port is.
#[derive(Debug)]
pub enum Probed {
    /// It opens, and this came after `AT`.
    Heard(Reply),
    /// It does not open, or ended.
    Unusable(LinkError),
}

impl Probed {
    /// Whether it takes AT commands.
    pub const fn is_at_port(&self) -> bool {
        matches!(self, Self::Heard(Reply::Answer))
    }
}

/// Asks every port at `baud`, side by side, for at most two seconds. The answers are in the order of the ports.
pub fn ports(names: &[String], baud: u32) -> Vec<Probed> {
    thread::scope(|scope| {
        let probes: Vec<_> = names
            .iter()
            .map(|name| {
                let thread = thread::Builder::new().name("task-probe".to_owned());
                thread.spawn_scoped(scope, move || port(name, baud, PATIENCE))
            })
            .collect();
        let ended = probes.into_iter().map(|probe| match probe.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(found)) => found,
            Ok(Err(_)) => Probed::Unusable(LinkError::Other("the driver failed".to_owned())),
            Err(error) => Probed::Unusable(LinkError::Other(error.to_string())),
        });
        ended.collect()
    })
}

/// The rate at which the port `name` answers, or at least speaks text. Ends with the first that answers.
pub fn find_baud(name: &str) -> Result<Option<u32>, LinkError> {
    find_rate(|rate| match port(name, rate, RATE_PATIENCE) {
        Probed::Heard(reply) => Ok(reply),
        Probed::Unusable(error) => Err(error),
    })
}

/// A rate that the port cannot be set to is passed over; a port that cannot be opened at all is an error.
fn find_rate(mut ask: impl FnMut(u32) -> Result<Reply, LinkError>) -> Result<Option<u32>, LinkError> {
    let mut replies = Vec::new();
    for rate in RATES {
        match ask(rate) {
            Ok(Reply::Answer) => return Ok(Some(rate)),
            Ok(reply) => replies.push((rate, reply)),
            Err(error @ LinkError::Other(_)) if rate != RATES[0] => tracing::debug!(rate, %error, "a rate is left out"),
            Err(error) => return Err(error),
        }
    }
    Ok(baud::best(&replies))
}

#[expect(clippy::disallowed_methods, reason = "whoever probes owns the clock of its own time limit")]
fn port(name: &str, baud: u32, patience: Duration) -> Probed {
    let spec = LinkSpec::Serial { port: name.to_owned(), baud };
    let heard = link::open(&spec)
        .and_then(|mut link| listen(&mut *link, &mut LinkClock::starting_at(std::time::Instant::now()), patience));
    heard.map_or_else(Probed::Unusable, Probed::Heard)
}

/// Sends `AT` now and then, and judges what comes within `patience`. A module that trains its rate needs several.
fn listen(link: &mut dyn Link, clock: &mut impl Clock, patience: Duration) -> Result<Reply, LinkError> {
    let (mut heard, mut next) = (Vec::new(), Moment::ZERO);
    let end = clock.now() + patience;
    loop {
        let now = clock.now();
        let reply = baud::judge(&heard);
        if now >= end || reply == Reply::Answer {
            return Ok(reply);
        }
        if now >= next {
            next = now + REPEAT;
            link.write(b"AT\r")?;
        }
        let mut buffer = [0; 512];
        let count = link.read(&mut buffer, next.min(end).since(now))?;
        if heard.len() < ENOUGH {
            heard.extend_from_slice(buffer.get(..count).unwrap_or_default());
        }
    }
}

/// How long a port may take to say `OK`; a module that lives answers within milliseconds.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// How long one rate is tried.
const RATE_PATIENCE: Duration = Duration::from_millis(600);
/// Pause between two `AT`s.
const REPEAT: Duration = Duration::from_millis(200);
/// A log port never stops; so much of it is enough to know it.
const ENOUGH: usize = 16_384;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rate_that_answers_is_taken() {
        let mut tried = Vec::new();
        let found = find_rate(|rate| {
            tried.push(rate);
            Ok(if rate == 460_800 { Reply::Answer } else { Reply::Noise { bytes: 20 } })
        });
        assert_eq!(found.expect("open"), Some(460_800));
        assert_eq!(tried, [115_200, 9_600, 460_800]);
    }

    #[test]
    fn a_module_that_only_reports_is_known_by_its_text() {
        let found =
            find_rate(|rate| Ok(if rate == 9_600 { Reply::Text { bytes: 30 } } else { Reply::Noise { bytes: 60 } }));
        assert_eq!(found.expect("open"), Some(9_600));
    }

    #[test]
    fn a_rate_the_port_does_not_know_is_passed_over() {
        let found = find_rate(|rate| match rate {
            921_600 => Err(LinkError::Other("invalid rate".to_owned())),
            57_600 => Ok(Reply::Answer),
            _ => Ok(Reply::Silence),
        });
        assert_eq!(found.expect("open"), Some(57_600));
        assert!(matches!(find_rate(|_| Err(LinkError::Busy)), Err(LinkError::Busy)));
    }
}
