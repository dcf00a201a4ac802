//! How long the virtual modem takes for what, as data.

use std::time::Duration;

use super::rng::Rng;

/// A span of milliseconds from which a seeded draw is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Shortest, in milliseconds.
    pub min_ms: u64,
    /// Longest, in milliseconds.
    pub max_ms: u64,
}

impl Span {
    /// From `min_ms` to `max_ms` milliseconds, both included.
    pub const fn new(min_ms: u64, max_ms: u64) -> Self {
        Self { min_ms, max_ms }
    }

    pub(super) fn draw(self, rng: &mut Rng) -> Duration {
        Duration::from_micros(rng.between(self.min_ms.saturating_mul(1_000), self.max_ms.saturating_mul(1_000)))
    }
}

/// From the end of a command line to its final result, by kind of command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerTimes {
    /// Answered by the AT processor itself: `AT`, `ATI`, settings.
    pub quick: Span,
    /// Asks the radio or the card: `AT+CSQ`, `AT+CPIN?`.
    pub query: Span,
    /// Accepts a network step: the MQTT and TCP commands.
    pub network: Span,
    /// Changes the radio: `AT+CFUN`, `AT+CGATT`, `AT+CGACT`.
    pub radio: Span,
    /// Touches the flash: files, `AT&W`.
    pub flash: Span,
}

/// When things appear after power-on or a restart, counted from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BootTimes {
    /// Boot-loader banner.
    pub banner: Span,
    /// `RDY`: from here on commands are answered.
    pub ready: Span,
    /// From `RDY` until the card can be asked.
    pub card: Span,
    /// From a usable card to registration.
    pub registration: Span,
    /// From registration to an address.
    pub bearer: Span,
    /// From an address to the network time.
    pub network_time: Span,
}

/// Every delay of the virtual modem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Answer times of commands.
    pub answer: AnswerTimes,
    /// Boot and registration.
    pub boot: BootTimes,
    /// One way through the mobile network.
    pub air: Span,
    /// How long a connection attempt may last before `CONNECT FAIL` (reference, section 15).
    pub connect_limit_ms: u64,
    /// How long a TLS handshake may last without `AT+SSLCFG="negotiatetimeout"`; no document tells the default.
    pub negotiation_limit_ms: u64,
    /// Silence that ends `AT+MPUBEX` without a length (reference, section 11.6).
    pub data_silence_ms: u64,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            answer: AnswerTimes {
                quick: Span::new(2, 5),
                query: Span::new(4, 12),
                network: Span::new(8, 20),
                radio: Span::new(250, 600),
                flash: Span::new(15, 40),
            },
            boot: BootTimes {
                banner: Span::new(60, 90),
                ready: Span::new(350, 450),
                card: Span::new(500, 800),
                registration: Span::new(900, 1_600),
                bearer: Span::new(150, 300),
                network_time: Span::new(300, 500),
            },
            air: Span::new(25, 45),
            connect_limit_ms: 75_000,
            negotiation_limit_ms: 75_000,
            data_silence_ms: 5_000,
        }
    }
}
