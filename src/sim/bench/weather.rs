//! Days outdoors on the virtual clock: a module with its session, and a seeded storm of everything that takes a session away.
//! What really happened is told by the module's own lines, before anybody reads them.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use chrono::DateTime;

use super::{World, broker};
use crate::{
    modem::{
        event::{Event, PortFault},
        request::{Request, RequestId},
    },
    sim::{Steer, VirtualSpec, rng::Rng},
    time::{Moment, WallAnchor},
};

/// A loss that really happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrueDrop {
    /// When the module lost its session, or its cable.
    pub begin: Moment,
    /// When it said that the broker had taken its login again.
    pub end: Option<Moment>,
    /// The cause in the catalogue; `None` for one of which no line and no time tells anything.
    pub cause: Option<&'static str>,
}

/// What takes a session away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strike {
    /// No cell for a while.
    Coverage,
    /// A weak signal, and in the middle of it the network gives up.
    Weak,
    /// The supply dips.
    Supply,
    /// The firmware fails.
    Crash,
    /// The network takes the bearer away.
    Bearer,
    /// The broker's machine restarts.
    Broker,
    /// The carrier drops everything without a word, for longer than a keep-alive.
    Cut,
    /// The broker closes, and says nothing.
    Kick,
    /// The card has a bad contact.
    Card,
    /// The cable is pulled.
    Unplug,
    /// A second client with the same id, which comes back as often as it is kicked out itself.
    Fight,
}

/// What is done to the world at its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Strike(Strike),
    Steer(Steer),
    /// The other side closes, for this reason.
    Close(Option<&'static str>),
    BrokerUp,
    PlugIn,
    Rival,
}

/// A world with a storm in it.
#[derive(Debug)]
pub struct Weather {
    world: World,
    changes: BTreeMap<(Moment, u64), Change>,
    count: u64,
    rng: Rng,
    client_id: String,
    anchor: WallAnchor,
    told: VecDeque<(Moment, Event)>,
    truth: Vec<TrueDrop>,
    /// A line of the module that has not ended.
    line: Vec<u8>,
    is_up: bool,
    /// What takes the session away that is lost next.
    cause: Option<&'static str>,
    /// How often the second client comes back.
    rounds: u64,
}

impl Weather {
    /// A world in which something strikes every ten to twenty-five minutes until `span` is over. The module's client logs in
    /// under `client_id`.
    pub fn new(seed: u64, span: Duration, client_id: &str) -> Self {
        let spec = VirtualSpec { seed, ..VirtualSpec::default() };
        let mut weather = Self {
            world: World::new(&spec, broker(&[])),
            changes: BTreeMap::new(),
            count: 0,
            rng: Rng::new(seed.wrapping_mul(0x9E37_79B9).wrapping_add(1)),
            client_id: client_id.to_owned(),
            anchor: WallAnchor::new(DateTime::from_timestamp(NEW_YEAR, 0).unwrap_or_default().into()),
            told: VecDeque::new(),
            truth: Vec::new(),
            line: Vec::new(),
            is_up: false,
            cause: None,
            rounds: 0,
        };
        weather.brew(span);
        weather.open();
        weather
    }

    /// Milliseconds since 1970 (UTC) at [`Moment::ZERO`].
    pub fn base_millis(&self) -> i64 {
        self.anchor.at(Moment::ZERO).timestamp_millis()
    }

    /// The virtual time.
    pub const fn now(&self) -> Moment {
        self.world.now()
    }

    /// Hands a request to the core.
    pub fn request(&mut self, request: Request) -> RequestId {
        let id = self.world.request(request);
        self.collect();
        id
    }

    /// Lets time pass until something is told, at most until `limit`.
    pub fn advance(&mut self, limit: Moment) {
        while self.told.is_empty() {
            let due = self.changes.keys().next().map(|(at, _)| *at).filter(|at| *at <= limit);
            if !self.world.step(due.unwrap_or(limit)) {
                self.world.now = self.world.now.max(due.unwrap_or(limit));
                let Some(_) = due else { return };
                if let Some((_, change)) = self.changes.pop_first() {
                    self.change(change);
                }
            }
            self.collect();
        }
    }

    /// What the core told next, and when.
    pub fn poll_event(&mut self) -> Option<(Moment, Event)> {
        self.told.pop_front()
    }

    /// Every loss that really happened, oldest first.
    pub fn truth(&self) -> &[TrueDrop] {
        &self.truth
    }

    /// Fills the time with strikes.
    fn brew(&mut self, span: Duration) {
        let mut at = Moment::ZERO;
        loop {
            at += self.between(600, 1_500);
            // The last one has time to be over.
            if at + AFTERMATH > Moment::ZERO + span {
                return;
            }
            let index = usize::try_from(self.rng.between(0, STRIKES.len() as u64 - 1)).unwrap_or(0);
            let strike = STRIKES.get(index).copied().unwrap_or(Strike::Kick);
            self.at(at, Change::Strike(strike));
        }
    }

    fn between(&mut self, low_s: u64, high_s: u64) -> Duration {
        Duration::from_millis(self.rng.between(low_s * 1_000, high_s * 1_000))
    }

    fn at(&mut self, at: Moment, change: Change) {
        self.count += 1;
        self.changes.insert((at, self.count), change);
    }

    fn later(&mut self, (low_s, high_s): (u64, u64), change: Change) {
        let at = self.now() + self.between(low_s, high_s);
        self.at(at, change);
    }

    fn change(&mut self, change: Change) {
        let now = self.now();
        match change {
            Change::Strike(strike) => self.strike(strike),
            Change::Steer(steer) => self.world.steer(steer),
            Change::Close(cause) => {
                self.cause = cause;
                self.world.steer(Steer::Kick);
            }
            Change::BrokerUp => self.world.net.set_down(now, false),
            Change::PlugIn => {
                self.world.plug_in();
                self.open();
            }
            // It is kicked out itself first, and comes back then.
            Change::Rival if !self.is_up => self.later((4, 9), Change::Rival),
            Change::Rival => {
                self.cause = Strike::Fight.cause();
                self.world.net.rival(now, &self.client_id);
                self.world.exchange();
            }
        }
    }

    fn strike(&mut self, strike: Strike) {
        let now = self.now();
        self.cause = strike.cause();
        match strike {
            Strike::Coverage => {
                self.world.steer(Steer::Signal(99));
                self.later((30, 150), Change::Steer(Steer::Signal(GOOD)));
            }
            Strike::Weak => {
                let rssi = u8::try_from(self.rng.between(2, 8)).unwrap_or(2);
                self.world.steer(Steer::Signal(rssi));
                self.later((150, 240), Change::Close(strike.cause()));
                self.later((300, 330), Change::Steer(Steer::Signal(GOOD)));
            }
            Strike::Supply => self.world.steer(Steer::Restart),
            Strike::Crash => self.world.steer(Steer::Crash),
            Strike::Bearer => {
                let back_after = Some(self.between(20, 90));
                self.world.steer(Steer::DropBearer { back_after });
            }
            Strike::Broker => {
                self.world.net.set_down(now, true);
                self.world.exchange();
                self.later((20, 100), Change::BrokerUp);
            }
            Strike::Cut => {
                self.world.steer(Steer::Swallow(true));
                self.later((280, 300), Change::Steer(Steer::Swallow(false)));
            }
            Strike::Kick => self.world.steer(Steer::Kick),
            Strike::Card => {
                self.world.steer(Steer::RemoveSim);
                self.later((20, 60), Change::Steer(Steer::InsertSim));
            }
            Strike::Unplug => self.unplug(),
            Strike::Fight => {
                self.rounds = self.rng.between(3, 6);
                self.change(Change::Rival);
            }
        }
    }

    fn unplug(&mut self) {
        if std::mem::take(&mut self.is_up) {
            self.truth.push(TrueDrop { begin: self.now(), end: None, cause: self.cause });
        }
        self.world.unplug(PortFault::Unplugged { port: PORT.to_owned() });
        self.later((10, 90), Change::PlugIn);
    }

    fn open(&mut self) {
        let opened = Event::Opened { port: PORT.to_owned(), anchor: self.anchor, is_simulated: true };
        self.told.push_back((self.now(), opened));
        self.collect();
    }

    /// Takes what was told and what the module said.
    fn collect(&mut self) {
        let now = self.now();
        self.told.extend(self.world.events.drain(..).map(|event| (now, event)));
        for byte in std::mem::take(&mut self.world.said) {
            if byte != b'\n' {
                self.line.push(byte);
                continue;
            }
            let line = std::mem::take(&mut self.line);
            self.hear(String::from_utf8_lossy(&line).trim());
        }
        // The banner of the boot loader has no end of line.
        if self.line.ends_with(b"!\\n") {
            let line = std::mem::take(&mut self.line);
            self.hear(String::from_utf8_lossy(&line).trim());
        }
    }

    /// One line of the module, as it leaves it.
    fn hear(&mut self, line: &str) {
        let now = self.now();
        if line == "CONNACK OK" {
            self.is_up = true;
            if let Some(open) = self.truth.last_mut().filter(|open| open.end.is_none()) {
                open.end = Some(now);
            }
            if self.rounds > 0 && self.cause == Strike::Fight.cause() {
                self.rounds -= 1;
                self.later((4, 9), Change::Rival);
            }
        } else if self.is_up && takes_session(line) {
            self.is_up = false;
            self.truth.push(TrueDrop { begin: now, end: None, cause: self.cause });
        }
    }
}

impl Strike {
    const fn cause(self) -> Option<&'static str> {
        match self {
            Self::Coverage | Self::Weak => Some("F-185"),
            Self::Supply => Some("F-187"),
            Self::Crash => Some("F-188"),
            Self::Bearer => Some("F-049"),
            Self::Broker => Some("F-189"),
            Self::Cut => Some("F-182"),
            Self::Kick => None,
            Self::Card => Some("F-021"),
            Self::Unplug => Some("F-020"),
            Self::Fight => Some("F-149"),
        }
    }
}

/// Whether the module says by `line` that its session is gone (reference, sections 3 and 12).
fn takes_session(line: &str) -> bool {
    let is_bearer = line.starts_with("+CGEV:") && (line.contains("DETACH") || line.contains("DEACT"));
    line == "CLOSED" || is_bearer || line.contains("^boot.rom") || line.starts_with("+CPIN: SIM REMOVED")
}

const STRIKES: [Strike; 11] = [
    Strike::Coverage,
    Strike::Weak,
    Strike::Supply,
    Strike::Crash,
    Strike::Bearer,
    Strike::Broker,
    Strike::Cut,
    Strike::Kick,
    Strike::Card,
    Strike::Unplug,
    Strike::Fight,
];
/// A signal that carries a session, as `AT+CSQ` shows it.
const GOOD: u8 = 24;
/// What a strike brings is over by then.
const AFTERMATH: Duration = Duration::from_mins(8);
/// The beginning of 2026, in seconds since 1970 (UTC).
const NEW_YEAR: i64 = 1_767_225_600;
const PORT: &str = "virtual";
