//! What was last ordered of the virtual modem, and what the panel offers to choose from.

use std::time::Duration;

use crate::{
    lang::Text,
    sim::{
        scenario::Scenario,
        steer::{self, Delay, Order, Share, Speed, Steer, SteerError},
    },
};

/// What was last ordered; a scenario's own timeline beyond its first moment is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hands {
    /// How long the broker's words are held up.
    pub delay: Option<Delay>,
    /// The share of bytes that are lost.
    pub lost: Share,
    /// The share of bytes that are garbled.
    pub garbled: Share,
    /// Whether the network drops everything.
    pub is_swallowing: bool,
    /// The pace of the module's time.
    pub speed: Speed,
    /// The last order, as a steering line.
    pub last: Option<String>,
}

/// What can be written to steer, one word a line, each with what it does.
pub fn help() -> Text {
    Text::chain(steer::words().enumerate().flat_map(|(number, (usage, does))| {
        let begin = if number == 0 { "" } else { "\n" };
        [Text::plain(format!("{begin}{usage}\n    ")), Text::new(does)]
    }))
}

/// Why a steering line says nothing that can be done.
pub fn unfit(error: SteerError) -> Text {
    match error {
        SteerError::Unknown(word) => Text::new("sim-unknown-word").put("word", word),
        SteerError::Unfit { given, usage } => Text::new("sim-unfit-order").put("given", given).put("usage", usage),
    }
}

impl Hands {
    /// What `scenario` orders before anything else.
    pub fn of(scenario: &Scenario) -> Self {
        let mut hands = Self::default();
        for hand in scenario.timeline.iter().filter(|hand| hand.at_ms == 0) {
            if let Ok(Order::Steer(steer)) = steer::parse(&hand.steer) {
                hands.note(steer);
            }
        }
        Self { last: None, ..hands }
    }

    /// Learns that `steer` was ordered.
    pub fn note(&mut self, steer: Steer) {
        self.last = Some(steer.to_string());
        match steer {
            Steer::Delay(delay) => self.delay = delay,
            Steer::Lose(share) => self.lost = share,
            Steer::Garble(share) => self.garbled = share,
            Steer::Swallow(is_swallowing) => self.is_swallowing = is_swallowing,
            Steer::Speed(speed) => self.speed = speed,
            _ => {}
        }
    }
}

/// Delays to choose from.
pub const DELAYS: [Option<Delay>; 6] = [
    None,
    Some(Delay::Fixed { ms: 200 }),
    Some(Delay::Uniform { min_ms: 50, max_ms: 500 }),
    Some(Delay::Exponential { mean_ms: 300 }),
    Some(Delay::LogNormal { median_ms: 200, sigma_percent: 80 }),
    Some(Delay::Fixed { ms: 12_000 }),
];

/// Shares of lost bytes to choose from: none, 0.1 %, 1 %, 5 %.
pub const LOSSES: [Share; 4] = SHARES;
/// Shares of garbled bytes to choose from.
pub const GARBLES: [Share; 4] = SHARES;

const SHARES: [Share; 4] =
    [Share::millionths(0), Share::millionths(1_000), Share::millionths(10_000), Share::millionths(50_000)];

/// Paces to choose from, in percent of real time.
pub const SPEEDS: [u32; 6] = [25, 50, 100, 200, 400, 800];

/// How long a bearer that comes back by itself is away.
pub const BEARER_AWAY: Duration = Duration::from_secs(10);
