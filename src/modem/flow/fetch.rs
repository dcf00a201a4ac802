//! Cached reception: kept messages are fetched as soon as the module names a slot, before a fifth overwrites the first
//! (reference, section 11.7).

use crate::{
    air780e::{
        Command,
        mqtt::{FetchMessages, ReadSlots},
    },
    at::reply::{End, Ended},
    modem::{
        board::Board,
        event::{Event, Note},
        outcome,
        plan::Step,
    },
    time::Moment,
};

use super::{Flow, Input, Turn, ask, probe};

/// What is known of the cache.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cache {
    /// Messages the module has named and that have not been fetched.
    pub(crate) named: u32,
    /// A fetch is on the wire.
    is_fetching: bool,
    /// Messages this fetch has brought.
    taken: u32,
    /// How many were named when its first message came.
    named_before: Option<u32>,
}

impl Cache {
    /// A message arrived: while a fetch runs it comes out of the cache.
    pub(crate) const fn note_message(&mut self) {
        if self.is_fetching {
            self.taken += 1;
            if self.named_before.is_none() {
                self.named_before = Some(self.named);
            }
        }
    }

    /// Whether a fetch is on the wire: what arrives then may have been kept since long ago.
    pub(crate) const fn is_fetching(self) -> bool {
        self.is_fetching
    }

    /// How many messages were named and have not arrived.
    pub(crate) const fn kept(self) -> u32 {
        self.named.saturating_sub(self.taken)
    }

    const fn begin(&mut self) {
        *self = Self { named: self.named, is_fetching: true, taken: 0, named_before: None };
    }

    /// Ends a fetch; returns how many messages were named and did not come.
    const fn end(&mut self) -> u32 {
        let before = match self.named_before {
            Some(named) => named,
            None => self.named,
        };
        let missing = before.saturating_sub(self.taken);
        *self = Self { named: self.named - before, is_fetching: false, taken: 0, named_before: None };
        missing
    }
}

/// Fetches what is in the cache, and again as long as more was named meanwhile.
#[derive(Debug)]
pub(crate) struct FetchFlow {
    /// The slots are asked for first: they may hold messages whose naming nobody heard.
    looks_first: bool,
}

impl FetchFlow {
    /// Fetches what the module has named.
    pub(crate) const fn new() -> Self {
        Self { looks_first: false }
    }

    /// Fetches what the slots hold, if they hold anything.
    pub(crate) const fn looking() -> Self {
        Self { looks_first: true }
    }

    /// A firmware that does not know the question is asked for everything instead.
    fn after_look(ended: &Ended, board: &mut Board) -> Turn {
        if matches!(ended.end, End::TimedOut { .. }) {
            return Turn::Done(outcome::result(ended));
        }
        let held = ReadSlots.answer(&ended.answer);
        let count = held.as_ref().map_or(0, |slots| slots.iter().filter(|holds| **holds).count());
        board.cache.named = board.cache.named.max(u32::try_from(count).unwrap_or(u32::MAX));
        if held.is_some() && board.cache.named == 0 { Turn::Done(Ok(())) } else { Self::begin(board) }
    }

    fn begin(board: &mut Board) -> Turn {
        board.cache.begin();
        ask(&FetchMessages, Step::FetchMessages)
    }

    fn answered(ended: &Ended, board: &mut Board) -> Turn {
        let missing = board.cache.end();
        if ended.end != End::Done {
            board.cache = Cache::default();
            return Turn::Done(outcome::result(ended));
        }
        if missing > 0 {
            board.status_mut().overwritten += u64::from(missing);
            board.tell(Event::Note { at: ended.ended_at, note: Note::MessagesOverwritten { count: missing } });
        }
        if board.cache.named > 0 { Self::begin(board) } else { Turn::Done(Ok(())) }
    }
}

impl Flow for FetchFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        match input {
            Input::Ended(ended) if std::mem::take(&mut self.looks_first) => Self::after_look(ended, board),
            Input::Ended(ended) => Self::answered(ended, board),
            Input::Start | Input::Woken if self.looks_first => probe(&ReadSlots, Step::KeptMessages),
            Input::Start | Input::Woken => Self::begin(board),
        }
    }
}
