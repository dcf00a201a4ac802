//! Arrived messages: printed at once, or kept in four slots (reference, section 11.7).

use crate::time::Moment;

use super::{Chip, VirtualModem};

/// Slots of the cache.
pub(super) const SLOTS: usize = 4;

/// A message that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Arrived {
    topic: String,
    payload: Vec<u8>,
}

/// The cache of `AT+MQTTMSGSET=1`.
#[derive(Clone, Debug, Default)]
pub(super) struct Inbox {
    pub(super) is_caching: bool,
    slots: [Option<Arrived>; SLOTS],
    /// Where the next message goes; when all slots are in use it is the oldest.
    next: usize,
}

impl Inbox {
    /// Keeps a message and says in which slot.
    fn keep(&mut self, message: Arrived) -> usize {
        let slot = self.next;
        self.slots[slot] = Some(message);
        self.next = (slot + 1) % SLOTS;
        slot
    }

    /// Whether each slot holds a message.
    pub(super) fn valid(&self) -> [bool; SLOTS] {
        self.slots.each_ref().map(Option::is_some)
    }

    /// Takes everything out, oldest first.
    fn take_all(&mut self) -> Vec<Arrived> {
        let oldest = self.next;
        self.next = 0;
        (0..SLOTS).filter_map(|step| self.slots[(oldest + step) % SLOTS].take()).collect()
    }
}

impl VirtualModem {
    pub(super) fn take_message(&mut self, now: Moment, topic: String, payload: Vec<u8>) {
        let mut message = Arrived { topic, payload };
        if self.session.inbox.is_caching {
            message.payload.truncate(CACHED_LIMIT);
            let slot = self.session.inbox.keep(message);
            self.say(now, &format!("+MSUB: {slot}"));
        } else {
            message.payload.truncate(direct_limit(self.device.identity.chip));
            self.print_message(now, &message, true);
        }
    }

    /// `AT+MQTTMSGGET`: prints and forgets what is kept.
    pub(super) fn print_kept(&mut self, now: Moment) {
        let has_quotes = self.device.identity.chip == Chip::Ec718;
        for message in self.session.inbox.take_all() {
            self.print_message(now, &message, has_quotes);
        }
    }

    fn print_message(&mut self, now: Moment, message: &Arrived, has_quotes: bool) {
        let quote = if has_quotes { "\"" } else { "" };
        let head = format!("+MSUB: {quote}{}{quote},{} byte,", message.topic, message.payload.len());
        let mut text = head.into_bytes();
        text.extend_from_slice(&message.payload);
        self.say_bytes(now, &text);
    }
}

/// Longest cached payload.
const CACHED_LIMIT: usize = 4_096;

/// Longest payload that is printed at once. What lies above is cut off: no document says what the module does.
const fn direct_limit(chip: Chip) -> usize {
    match chip {
        Chip::Ec618 => 1_360,
        Chip::Ec718 => 4_100,
    }
}
