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
        cache::Cache,
        event::{Event, Note},
        outcome,
        step::Step,
    },
    time::Moment,
};

use super::{Flow, Input, Turn, ask, probe};

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
