//! Coming back to a lost session, in words: what was lost, what is tried and when, and what a hand must do.

use std::time::Duration;

use crate::{
    lang::Text,
    time::Moment,
    watch::{Comeback, Lost, Stage},
};

/// The bar that stands below the ladder while a session is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComebackView {
    /// When and by what it was lost.
    pub lost: Text,
    /// How far coming back is.
    pub text: Text,
    /// The user is asked.
    pub is_question: bool,
    /// A pause is waited for, which can be cut short.
    pub can_hurry: bool,
    /// What only a hand can do.
    pub hand: Option<Text>,
}

/// The bar at `now`; `None` where nothing is lost, or nothing shall come back.
pub fn view(comeback: &Comeback, now: Moment) -> Option<ComebackView> {
    let stage = comeback.stage();
    let number = comeback.losses().back().map_or(1, |last| last.vain + 1);
    let text = match stage {
        Stage::Rest => return None,
        Stage::Asking => Text::new("comeback-asking"),
        Stage::Waiting { due } => {
            let seconds = due.since(now).as_millis().div_ceil(1_000);
            Text::new("comeback-waiting").put("number", number).put("seconds", seconds)
        }
        Stage::Trying(way) => Text::new("comeback-trying").put("number", number).with("way", way.words()),
        Stage::PortGone => Text::new("comeback-port"),
    };
    let lost = comeback.losses().back().map(lost_text).unwrap_or_default();
    Some(ComebackView {
        lost,
        text,
        is_question: stage == Stage::Asking,
        can_hurry: matches!(stage, Stage::Waiting { .. }),
        hand: comeback.needs_hand().then(|| Text::new("watch-no-way-back-helped")),
    })
}

/// When and by what a session was lost.
fn lost_text(lost: &Lost) -> Text {
    Text::new("comeback-lost").put("time", lost.at.clock()).with("why", lost.by.words())
}

/// How often the time that is left is told anew.
pub const LOOKS_AGAIN: Duration = Duration::from_secs(1);
