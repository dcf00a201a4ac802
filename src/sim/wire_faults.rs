//! Faults put on the serial line and on what comes back from the network, drawn from the seeded source.

use std::time::Duration;

use crate::time::Moment;

use super::{
    Delay, VirtualModem,
    net::NetEvent,
    steer::Share,
    truth::{Fact, Way},
};

/// What is wrong at the moment.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WireFaults {
    pub(super) lost: Share,
    pub(super) garbled: Share,
    pub(super) delay: Option<Delay>,
    /// The firewall lets nothing through.
    pub(super) is_swallowing: bool,
}

impl VirtualModem {
    /// What the serial line makes of `bytes`.
    pub(super) fn pass_line(&mut self, now: Moment, way: Way, bytes: &[u8]) -> Vec<u8> {
        let WireFaults { lost, garbled, .. } = self.faults;
        if lost.parts() == 0 && garbled.parts() == 0 {
            return bytes.to_vec();
        }
        let mut passed = Vec::with_capacity(bytes.len());
        let mut garbled_count = 0;
        for byte in bytes {
            if self.rng.is_hit(lost.parts()) {
                continue;
            }
            let is_garbled = self.rng.is_hit(garbled.parts());
            garbled_count += usize::from(is_garbled);
            // One bit of eight turned over, as a wrong level or rate does.
            let mask = if is_garbled { 1_u8 << self.rng.between(0, 7) } else { 0 };
            passed.push(byte ^ mask);
        }
        let lost_count = bytes.len() - passed.len();
        if lost_count > 0 {
            self.note(now, || Fact::Lost { way, bytes: lost_count });
        }
        if garbled_count > 0 {
            self.note(now, || Fact::Garbled { way, bytes: garbled_count });
        }
        passed
    }

    /// How much later than usual `event` arrives.
    pub(super) fn hold_up(&mut self, now: Moment, event: &NetEvent) -> Duration {
        let Some(delay) = self.faults.delay.filter(|_| matches!(event, NetEvent::Received { .. })) else {
            return Duration::ZERO;
        };
        let span = delay.draw(&mut self.rng);
        self.note(now, || Fact::Delayed { us: u64::try_from(span.as_micros()).unwrap_or(u64::MAX) });
        span
    }
}
