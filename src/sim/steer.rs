//! What can be done to the virtual modem from outside while it runs, and how it is written in a line of text.

use std::{fmt, time::Duration};

use thiserror::Error;

pub use super::Delay;

/// One hand on the virtual modem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steer {
    /// Pull the card out.
    RemoveSim,
    /// Put the card in.
    InsertSim,
    /// Set the signal: 0 to 31, or 99 for none.
    Signal(u8),
    /// Set the registration: 0 idle, 1 home, 2 searching, 3 denied, 5 roaming.
    Registration(u8),
    /// The network takes the bearer away; it returns after a while, or never.
    DropBearer {
        /// Time until it comes back.
        back_after: Option<Duration>,
    },
    /// The network gives the bearer back.
    RestoreBearer,
    /// The supply dips: the module restarts.
    Restart,
    /// A fault of its firmware: the module restarts, and says so of its last start.
    Crash,
    /// Switch the module off: it is silent until it is restarted.
    PowerOff,
    /// The firewall swallows everything towards the network (`true`), or no longer (`false`).
    Swallow(bool),
    /// The broker closes the TCP connection.
    Kick,
    /// What the broker sends, acknowledgements before all, arrives later by a draw from this; `None` as before.
    Delay(Option<Delay>),
    /// This share of the bytes is lost on the serial line, in both directions.
    Lose(Share),
    /// This share of the bytes is garbled on the serial line, in both directions.
    Garble(Share),
    /// The module's time goes at another pace: its boot, its line, its radio and its delays. Real sockets keep theirs.
    Speed(Speed),
}

/// How fast the module's time goes, kept in percent of real time: 10 to 1,600.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speed(u32);

impl Speed {
    /// Real time.
    pub const REAL: Self = Self(100);

    /// That many percent of real time; `None` outside 10 to 1,600.
    pub const fn of_percent(percent: u32) -> Option<Self> {
        if percent >= 10 && percent <= 1_600 { Some(Self(percent)) } else { None }
    }

    /// That many percent of real time.
    pub const fn percent(self) -> u32 {
        self.0
    }
}

impl Default for Speed {
    fn default() -> Self {
        Self::REAL
    }
}

/// A share from 0 to 1, kept in millionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share(u32);

impl Share {
    /// That many of a million; at most all.
    pub const fn millionths(parts: u32) -> Self {
        Self(if parts > MILLION { MILLION } else { parts })
    }

    /// That many of a million.
    pub const fn parts(self) -> u32 {
        self.0
    }
}

/// A steering line that says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Do this to the module.
    Steer(Steer),
    /// Show what can be said.
    Help,
    /// Nothing: the line was empty or a remark.
    Nothing,
}

/// Why a line says nothing that can be done.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SteerError {
    /// No such word.
    #[error("\"{0}\" is not known here; \"help\" lists what is")]
    Unknown(String),
    /// The word is known, what follows is not what it takes.
    #[error("\"{given}\" does not fit: write {usage}")]
    Unfit {
        /// The line as it was given.
        given: String,
        /// How it is written.
        usage: &'static str,
    },
}

/// The words with what they take and the key of what they do.
const WORDS: &[(&str, &str, &str, Parse)] = &[
    ("sim", "sim remove|insert", "sim-steer-card", sim),
    ("signal", "signal 0..31|99", "sim-steer-signal", signal),
    ("registration", "registration idle|home|searching|denied|roaming", "sim-steer-registration", registration),
    ("bearer", "bearer up | bearer down [SECONDS]", "sim-steer-bearer", bearer),
    ("restart", "restart", "sim-steer-restart", restart),
    ("crash", "crash", "sim-steer-crash", crash),
    ("off", "off", "sim-steer-off", off),
    ("kick", "kick", "sim-steer-kick", kick),
    ("swallow", "swallow on|off", "sim-steer-swallow", swallow),
    (
        "delay",
        "delay off | delay MS | delay MIN..MAX | delay exp MEAN | delay lognormal MEDIAN SIGMA",
        "sim-steer-delay",
        delay,
    ),
    ("lose", "lose SHARE|off", "sim-steer-lose", lose),
    ("garble", "garble SHARE|off", "sim-steer-garble", garble),
    ("speed", "speed 0.1..16", "sim-steer-speed", speed),
];

type Parse = fn(&[&str]) -> Option<Steer>;

const MILLION: u32 = 1_000_000;

/// What can be written: how it is written, and the key of the sentence that says what it does.
pub fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    WORDS.iter().map(|(_, usage, does, _)| (*usage, *does)).chain([("help", "sim-steer-help")])
}

/// Reads one steering line. Words are separated by blanks; case does not matter; `#` begins a remark.
pub fn parse(line: &str) -> Result<Order, SteerError> {
    let said = line.split('#').next().unwrap_or_default().trim();
    let lower = said.to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let Some((first, rest)) = words.split_first() else { return Ok(Order::Nothing) };
    if matches!(*first, "help" | "?") {
        return Ok(Order::Help);
    }
    let Some((_, usage, _, parse)) = WORDS.iter().find(|(word, ..)| word == first) else {
        return Err(SteerError::Unknown((*first).to_owned()));
    };
    parse(rest).map(Order::Steer).ok_or_else(|| SteerError::Unfit { given: said.to_owned(), usage })
}

fn sim(words: &[&str]) -> Option<Steer> {
    match words {
        ["remove"] => Some(Steer::RemoveSim),
        ["insert"] => Some(Steer::InsertSim),
        _ => None,
    }
}

fn signal(words: &[&str]) -> Option<Steer> {
    let [word] = words else { return None };
    word.parse().ok().filter(|rssi| matches!(rssi, 0..=31 | 99)).map(Steer::Signal)
}

fn registration(words: &[&str]) -> Option<Steer> {
    let [word] = words else { return None };
    let stat = match *word {
        "idle" | "0" => 0,
        "home" | "1" => 1,
        "searching" | "2" => 2,
        "denied" | "3" => 3,
        "roaming" | "5" => 5,
        _ => return None,
    };
    Some(Steer::Registration(stat))
}

fn bearer(words: &[&str]) -> Option<Steer> {
    match words {
        ["up"] => Some(Steer::RestoreBearer),
        ["down"] => Some(Steer::DropBearer { back_after: None }),
        ["down", seconds] => {
            let seconds: u32 = seconds.parse().ok()?;
            Some(Steer::DropBearer { back_after: Some(Duration::from_secs(seconds.into())) })
        }
        _ => None,
    }
}

fn restart(words: &[&str]) -> Option<Steer> {
    words.is_empty().then_some(Steer::Restart)
}

fn crash(words: &[&str]) -> Option<Steer> {
    words.is_empty().then_some(Steer::Crash)
}

fn off(words: &[&str]) -> Option<Steer> {
    words.is_empty().then_some(Steer::PowerOff)
}

fn kick(words: &[&str]) -> Option<Steer> {
    words.is_empty().then_some(Steer::Kick)
}

fn swallow(words: &[&str]) -> Option<Steer> {
    match words {
        ["on"] => Some(Steer::Swallow(true)),
        ["off"] => Some(Steer::Swallow(false)),
        _ => None,
    }
}

fn delay(words: &[&str]) -> Option<Steer> {
    let delay = match words {
        ["off"] => return Some(Steer::Delay(None)),
        [word] => match word.split_once("..") {
            Some((min, max)) => {
                let (min_ms, max_ms) = (min.parse().ok()?, max.parse().ok()?);
                (min_ms <= max_ms).then_some(Delay::Uniform { min_ms, max_ms })?
            }
            None => Delay::Fixed { ms: word.parse().ok()? },
        },
        ["exp", mean] => Delay::Exponential { mean_ms: mean.parse().ok()? },
        ["lognormal", median, sigma] => {
            Delay::LogNormal { median_ms: median.parse().ok()?, sigma_percent: fixed_point(sigma, 2)? }
        }
        _ => return None,
    };
    Some(Steer::Delay(Some(delay)))
}

fn lose(words: &[&str]) -> Option<Steer> {
    share(words).map(Steer::Lose)
}

fn garble(words: &[&str]) -> Option<Steer> {
    share(words).map(Steer::Garble)
}

fn speed(words: &[&str]) -> Option<Steer> {
    let [word] = words else { return None };
    Speed::of_percent(fixed_point(word, 2)?).map(Steer::Speed)
}

fn share(words: &[&str]) -> Option<Share> {
    match words {
        ["off"] => Some(Share::default()),
        [word] => fixed_point(word, 6).filter(|parts| *parts <= MILLION).map(Share),
        _ => None,
    }
}

/// `1.25` with two places is 125. More places than asked for do not fit.
fn fixed_point(text: &str, places: u32) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > usize::try_from(places).ok()? || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let missing = places - u32::try_from(part.len()).ok()?;
    let part: u32 = if part.is_empty() { 0 } else { part.parse().ok()? };
    let whole: u32 = whole.parse().ok()?;
    whole.checked_mul(10_u32.checked_pow(places)?)?.checked_add(part * 10_u32.checked_pow(missing)?)
}

/// As [`parse`] reads it.
impl fmt::Display for Steer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RemoveSim => f.write_str("sim remove"),
            Self::InsertSim => f.write_str("sim insert"),
            Self::Signal(rssi) => write!(f, "signal {rssi}"),
            Self::Registration(stat) => write!(f, "registration {stat}"),
            Self::DropBearer { back_after: None } => f.write_str("bearer down"),
            Self::DropBearer { back_after: Some(span) } => write!(f, "bearer down {}", span.as_secs()),
            Self::RestoreBearer => f.write_str("bearer up"),
            Self::Restart => f.write_str("restart"),
            Self::Crash => f.write_str("crash"),
            Self::PowerOff => f.write_str("off"),
            Self::Swallow(is_on) => write!(f, "swallow {}", if *is_on { "on" } else { "off" }),
            Self::Kick => f.write_str("kick"),
            Self::Delay(None) => f.write_str("delay off"),
            Self::Delay(Some(delay)) => write!(f, "delay {delay}"),
            Self::Lose(share) => write!(f, "lose {share}"),
            Self::Garble(share) => write!(f, "garble {share}"),
            Self::Speed(Speed(percent)) => write!(f, "speed {}.{:02}", percent / 100, percent % 100),
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:06}", self.0 / MILLION, self.0 % MILLION)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_say_what_they_mean() {
        let second = Some(Duration::from_secs(1));
        let table = [
            ("sim remove", Steer::RemoveSim),
            ("  SIM   Insert # back again", Steer::InsertSim),
            ("signal 7", Steer::Signal(7)),
            ("signal 99", Steer::Signal(99)),
            ("registration denied", Steer::Registration(3)),
            ("registration 5", Steer::Registration(5)),
            ("bearer down", Steer::DropBearer { back_after: None }),
            ("bearer down 1", Steer::DropBearer { back_after: second }),
            ("bearer up", Steer::RestoreBearer),
            ("restart", Steer::Restart),
            ("crash", Steer::Crash),
            ("off", Steer::PowerOff),
            ("kick", Steer::Kick),
            ("swallow on", Steer::Swallow(true)),
            ("delay off", Steer::Delay(None)),
            ("delay 50", Steer::Delay(Some(Delay::Fixed { ms: 50 }))),
            ("delay 50..300", Steer::Delay(Some(Delay::Uniform { min_ms: 50, max_ms: 300 }))),
            ("delay exp 80", Steer::Delay(Some(Delay::Exponential { mean_ms: 80 }))),
            ("delay lognormal 120 0.5", Steer::Delay(Some(Delay::LogNormal { median_ms: 120, sigma_percent: 50 }))),
            ("lose 0.01", Steer::Lose(Share::millionths(10_000))),
            ("garble 1", Steer::Garble(Share::millionths(1_000_000))),
            ("lose off", Steer::Lose(Share::default())),
            ("speed 2.5", Steer::Speed(Speed(250))),
        ];
        for (line, steer) in table {
            assert_eq!(parse(line), Ok(Order::Steer(steer)), "{line}");
            assert_eq!(parse(&steer.to_string()), Ok(Order::Steer(steer)), "{steer}");
        }
    }

    #[test]
    fn what_does_not_fit_says_how_it_is_written() {
        for line in [
            "sim",
            "sim out",
            "signal 32",
            "signal",
            "delay 300..50",
            "lose 1.1",
            "lose -1",
            "kick hard",
            "speed 17",
            "speed 0",
        ] {
            let error = parse(line).unwrap_err();
            assert!(matches!(error, SteerError::Unfit { .. }), "{line}: {error}");
            assert!(error.to_string().contains("write"), "{error}");
        }
        let error = parse("explode now").unwrap_err();
        assert_eq!(error.to_string(), "\"explode\" is not known here; \"help\" lists what is");
    }

    #[test]
    fn empty_lines_and_remarks_say_nothing() {
        assert_eq!(parse(" \t"), Ok(Order::Nothing));
        assert_eq!(parse("# later"), Ok(Order::Nothing));
        assert_eq!(parse("HELP"), Ok(Order::Help));
        assert!(WORDS.iter().all(|(word, ..)| words().any(|(usage, _)| usage.starts_with(word))));
    }
}
