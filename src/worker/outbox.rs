//! What waits for a reader that is slower than the modem.
//!
//! It never blocks the worker, and never ends the connection. Of several statuses only the newest is kept; terminal lines
//! are left out first, those that come and those that wait. Only when that is not enough other events follow, the oldest
//! first: dialogues, then what happened. How a request ended is never left out. What was left out is counted and told where
//! it is missing.

use std::collections::VecDeque;

use crossbeam_channel::{Sender, TrySendError};

use crate::modem::{event::Event, status::Status};

/// Events on their way to the reader.
#[derive(Debug)]
pub(super) struct Outbox {
    reader: Sender<Event>,
    waiting: VecDeque<(u64, Event)>,
    /// The newest status, and its place among the waiting.
    status: Option<(u64, Box<Status>)>,
    next_place: u64,
    dropped_lines: u64,
    limits: Limits,
}

/// How much may wait beside the channel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// With more events than this waiting, terminal lines are left out.
    pub(super) lines: usize,
    /// With more events than this waiting, others are left out too.
    pub(super) events: usize,
}

impl Outbox {
    /// An outbox for the reader at the other end of `reader`.
    pub(super) const fn new(reader: Sender<Event>, limits: Limits) -> Self {
        Self { reader, waiting: VecDeque::new(), status: None, next_place: 0, dropped_lines: 0, limits }
    }

    /// Takes one event.
    pub(super) fn push(&mut self, event: Event) {
        match event {
            Event::Status(status) => self.status = Some((self.place(), status)),
            Event::Wire(_) if self.waiting.len() >= self.limits.lines => self.dropped_lines += 1,
            event => self.append(event),
        }
        if self.waiting.len() > self.limits.events {
            self.make_room();
        }
    }

    /// Leaves out half of what waits, as far as it may go.
    fn make_room(&mut self) {
        let wanted = self.limits.events / 2;
        for goes in [is_line, is_dialogue, is_happening] {
            let surplus = self.waiting.len().saturating_sub(wanted);
            self.leave_out(surplus, goes);
        }
    }

    /// Leaves out the oldest `most` of those that may go, and tells it in the place of the first.
    fn leave_out(&mut self, most: usize, goes: fn(&Event) -> bool) {
        let Some(first) = self.waiting.iter().position(|(_, event)| goes(event)).filter(|_| most > 0) else { return };
        let (place, _) = self.waiting[first];
        let (mut lines, mut others, mut gone) = (0, 0, 0);
        self.waiting.retain(|(_, event)| {
            if let Event::Dropped { lines: earlier, others: more } = event {
                (lines, others) = (lines + earlier, others + more);
                return false;
            }
            let stays = gone == most || !goes(event);
            if !stays {
                gone += 1;
                *if is_line(event) { &mut lines } else { &mut others } += 1;
            }
            stays
        });
        let at = self.waiting.partition_point(|(other, _)| *other < place);
        self.waiting.insert(at, (place, Event::Dropped { lines, others }));
    }

    /// Hands over what the reader has room for. Says whether it handed over anything.
    pub(super) fn pump(&mut self) -> bool {
        let mut handed_over = false;
        while let Some((place, event)) = self.take_next() {
            match self.reader.try_send(event) {
                Ok(()) => handed_over = true,
                Err(TrySendError::Full(event)) => {
                    self.put_back(place, event);
                    break;
                }
                Err(TrySendError::Disconnected(_)) => break,
            }
        }
        handed_over
    }

    /// Waits for the reader to take everything, or to go. Only for the end, when there is nothing else to do.
    pub(super) fn finish(mut self, wake: &dyn Fn()) {
        self.tell_dropped();
        while let Some((_, event)) = self.take_next() {
            if self.reader.send(event).is_err() {
                break;
            }
            wake();
        }
    }

    fn append(&mut self, event: Event) {
        self.tell_dropped();
        let place = self.place();
        self.waiting.push_back((place, event));
    }

    fn tell_dropped(&mut self) {
        if self.dropped_lines > 0 {
            let lines = std::mem::take(&mut self.dropped_lines);
            let place = self.place();
            self.waiting.push_back((place, Event::Dropped { lines, others: 0 }));
        }
    }

    const fn place(&mut self) -> u64 {
        self.next_place += 1;
        self.next_place
    }

    fn take_next(&mut self) -> Option<(u64, Event)> {
        let first_waiting = self.waiting.front().map_or(u64::MAX, |(place, _)| *place);
        match self.status.take_if(|(place, _)| *place < first_waiting) {
            Some((place, status)) => Some((place, Event::Status(status))),
            None => self.waiting.pop_front(),
        }
    }

    fn put_back(&mut self, place: u64, event: Event) {
        match event {
            Event::Status(status) => self.status = Some((place, status)),
            event => self.waiting.push_front((place, event)),
        }
    }
}

const fn is_line(event: &Event) -> bool {
    matches!(event, Event::Wire(_))
}

const fn is_dialogue(event: &Event) -> bool {
    matches!(event, Event::Exchange(_))
}

/// What happened and is over: nobody waits for it.
const fn is_happening(event: &Event) -> bool {
    matches!(event, Event::Message(_) | Event::Rung { .. } | Event::Note { .. })
}

/// Enough for every terminal line of several seconds, and for more messages than the line can carry in minutes.
pub(super) const LIMITS: Limits = Limits { lines: 4_096, events: 65_536 };

#[cfg(test)]
mod tests {
    use crossbeam_channel::{Receiver, bounded};

    use super::*;
    use crate::{
        modem::{
            event::{WireKind, WireLine},
            request::RequestId,
            status::{Rung, RungState},
        },
        time::Moment,
    };

    const SMALL: Limits = Limits { lines: 2, events: 5 };

    fn outbox(room: usize) -> (Outbox, Receiver<Event>) {
        let (sender, receiver) = bounded(room);
        (Outbox::new(sender, SMALL), receiver)
    }

    fn line(text: &str) -> Event {
        Event::Wire(WireLine::plain(Moment::ZERO, WireKind::Answer, text.to_owned()))
    }

    fn done(id: u64) -> Event {
        Event::Done { at: Moment::ZERO, id: RequestId(id), result: Ok(()) }
    }

    fn status(is_busy: bool) -> Event {
        Event::Status(Box::new(Status { is_busy, ..Status::default() }))
    }

    /// What a reader that comes back gets, in order.
    fn read_all(outbox: &mut Outbox, reader: &Receiver<Event>) -> Vec<Event> {
        let mut read = Vec::new();
        loop {
            outbox.pump();
            let before = read.len();
            read.extend(reader.try_iter());
            if read.len() == before {
                return read;
            }
        }
    }

    #[test]
    fn with_a_quick_reader_everything_arrives_in_order() {
        let (mut outbox, reader) = outbox(8);
        for event in [line("a"), status(true), done(1), status(false)] {
            outbox.push(event);
            outbox.pump();
        }
        let read: Vec<_> = reader.try_iter().collect();
        assert_eq!(read, [line("a"), status(true), done(1), status(false)]);
    }

    #[test]
    fn of_the_waiting_statuses_only_the_newest_comes() {
        let (mut outbox, reader) = outbox(1);
        for event in [done(1), status(true), done(2), status(false), done(3)] {
            outbox.push(event);
        }
        assert_eq!(read_all(&mut outbox, &reader), [done(1), done(2), status(false), done(3)]);
    }

    #[test]
    fn a_status_that_found_no_room_keeps_its_place() {
        let (mut outbox, reader) = outbox(1);
        outbox.push(done(1));
        outbox.push(status(true));
        outbox.pump();
        outbox.push(done(2));
        assert_eq!(read_all(&mut outbox, &reader), [done(1), status(true), done(2)]);
    }

    #[test]
    fn lines_go_first_and_are_counted_where_they_are_missing() {
        let (mut outbox, reader) = outbox(1);
        for event in [line("a"), line("b"), line("c"), line("d"), done(1)] {
            outbox.push(event);
        }
        assert_eq!(
            read_all(&mut outbox, &reader),
            [line("a"), line("b"), Event::Dropped { lines: 2, others: 0 }, done(1)]
        );
    }

    #[test]
    fn what_piles_up_costs_the_lines_that_wait_first_and_how_a_request_ended_never() {
        let (mut outbox, reader) = outbox(1);
        for event in [done(1), line("a"), rung(), done(2), done(3)] {
            outbox.push(event);
        }
        outbox.push(done(4));
        let first = read_all(&mut outbox, &reader);
        assert_eq!(first, [done(1), Event::Dropped { lines: 1, others: 1 }, done(2), done(3), done(4)]);
        for id in 1..=20 {
            outbox.push(done(id));
        }
        assert_eq!(read_all(&mut outbox, &reader).len(), 20, "even then nothing is lost");
    }

    fn rung() -> Event {
        Event::Rung { at: Moment::ZERO, rung: Rung::At, state: RungState::Trying }
    }

    #[test]
    fn of_a_burst_no_message_is_lost_and_every_line_is_there_or_counted() {
        let (sender, reader) = bounded(256);
        let mut outbox = Outbox::new(sender, LIMITS);
        for id in 0..20_000 {
            outbox.push(line("+MSUB"));
            outbox.push(done(id));
            outbox.pump();
        }
        let read = read_all(&mut outbox, &reader);
        let counted: u64 = read
            .iter()
            .map(|event| match event {
                Event::Dropped { lines, .. } => *lines,
                Event::Wire(_) => 1,
                _ => 0,
            })
            .sum();
        let ids = read.iter().filter(|event| matches!(event, Event::Done { .. })).count();
        assert_eq!((ids, counted + outbox.dropped_lines), (20_000, 20_000));
    }

    #[test]
    fn the_end_tells_what_was_left_out() {
        let (mut outbox, reader) = outbox(8);
        for text in ["a", "b", "c"] {
            outbox.push(line(text));
        }
        outbox.finish(&|| ());
        let read: Vec<_> = reader.try_iter().collect();
        assert_eq!(read, [line("a"), line("b"), Event::Dropped { lines: 1, others: 0 }]);
    }
}
