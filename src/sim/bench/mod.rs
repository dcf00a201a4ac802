//! Both ends on one virtual clock: the one place that may see the modem core, the virtual modem and the broker.
//!
//! A [`World`] jumps from one event to the next, so that hours pass in milliseconds and every run is the same.

pub mod plan;
mod silence;
pub mod stage;
pub mod weather;

use std::time::Duration;

use crate::{
    broker::{Core, CoreConfig, TopicRule, Users},
    modem::{
        Modem,
        event::{Event, Fault, PortFault},
        request::{Connection, Request, RequestId},
    },
    mqtt::{Filter, Password},
    time::Moment,
};

use super::{Steer, VirtualModem, VirtualSpec, net::simulated::Simulated};

/// Where the bench's broker listens.
pub const HOST: &str = "broker.test";
/// See [`HOST`].
pub const PORT: u16 = 1_883;
/// Longest virtual time that any request may take.
const PATIENCE: Duration = Duration::from_mins(10);

/// A broker at [`HOST`] that admits the given users, or everybody when there are none.
pub fn broker(users: &[(&str, &str)]) -> Simulated {
    let admit = |all: Users, (name, password): &(&str, &str)| all.with(*name, Password::new(*password));
    let users = (!users.is_empty()).then(|| users.iter().fold(Users::default(), admit));
    Simulated::new(Core::new(CoreConfig { users, ..CoreConfig::default() }), HOST, PORT)
}

/// A broker at [`HOST`] that admits everybody and forbids what `forbidden` covers.
pub fn broker_without(forbidden: Filter) -> Simulated {
    let rules = vec![TopicRule::forbid(forbidden)];
    Simulated::new(Core::new(CoreConfig { rules, ..CoreConfig::default() }), HOST, PORT)
}

/// A connection to the bench's broker, without a login and without subscriptions.
pub fn connection() -> Connection {
    Connection::new(HOST, PORT, "bench")
}

/// The core, a virtual modem and a broker, joined.
#[derive(Debug)]
pub struct World {
    /// The PC's side.
    pub core: Modem,
    /// The module.
    pub modem: VirtualModem,
    /// What lies behind it.
    pub net: Simulated,
    /// Everything the module said so far.
    pub said: Vec<u8>,
    /// Everything the core told so far.
    pub events: Vec<Event>,
    now: Moment,
    requests: u64,
    is_plugged: bool,
}

impl World {
    /// A world at its first moment, with the module plugged in.
    pub fn new(spec: &VirtualSpec, net: Simulated) -> Self {
        Self {
            core: Modem::new(Moment::ZERO),
            modem: VirtualModem::new(spec, Moment::ZERO),
            net,
            said: Vec::new(),
            events: Vec::new(),
            now: Moment::ZERO,
            requests: 0,
            is_plugged: true,
        }
    }

    /// The virtual time.
    pub const fn now(&self) -> Moment {
        self.now
    }

    /// Hands a request to the core.
    pub fn request(&mut self, request: Request) -> RequestId {
        self.requests += 1;
        let id = RequestId(self.requests);
        self.core.request(self.now, id, request);
        self.exchange();
        id
    }

    /// Hands a request to the core and runs until it is done; `None` when it does not end.
    pub fn perform(&mut self, request: Request) -> Option<Result<(), Fault>> {
        let id = self.request(request);
        self.run_until(|event| match event {
            Event::Done { id: done, result, .. } if *done == id => Some(result.clone()),
            _ => None,
        })
    }

    /// Runs until an event that has not been looked at yet fits; `None` when none comes in ten minutes.
    pub fn run_until<T>(&mut self, fits: impl Fn(&Event) -> Option<T>) -> Option<T> {
        let limit = self.now + PATIENCE;
        let mut seen = 0;
        loop {
            if let Some(found) = self.events[seen..].iter().find_map(&fits) {
                return Some(found);
            }
            seen = self.events.len();
            if !self.step(limit) {
                return None;
            }
        }
    }

    /// Lets time pass.
    pub fn run_for(&mut self, span: Duration) {
        let limit = self.now + span;
        while self.step(limit) {}
        self.now = limit;
    }

    /// Does something to the module.
    pub fn steer(&mut self, steer: Steer) {
        self.modem.steer(self.now, steer);
        self.exchange();
    }

    /// Cuts the broker's connections from its side.
    pub fn cut(&mut self) {
        self.net.cut(self.now);
        self.exchange();
    }

    /// Pulls the cable: the core learns that the link ended, the module goes on alone.
    pub fn unplug(&mut self, fault: PortFault) {
        self.is_plugged = false;
        self.core.handle_closed(self.now, Some(fault));
        self.exchange();
    }

    /// Puts the cable in again: the module goes on, and a new core meets it.
    pub fn plug_in(&mut self) {
        self.is_plugged = true;
        self.core = Modem::new(self.now);
        self.exchange();
    }

    /// Jumps to the next thing that happens until `limit`; `false` when there is none.
    fn step(&mut self, limit: Moment) -> bool {
        let timeouts = [self.core.poll_timeout(), self.modem.poll_timeout(), self.net.poll_timeout()];
        let Some(next) = timeouts.into_iter().flatten().min().filter(|next| *next <= limit) else { return false };
        self.now = self.now.max(next);
        self.core.handle_timeout(self.now);
        self.modem.handle_timeout(self.now);
        self.net.handle_timeout(self.now);
        self.exchange();
        true
    }

    /// Carries everything over that is ready now, until nothing moves any more.
    fn exchange(&mut self) {
        loop {
            let mut has_moved = self.net.serve(self.now, &mut self.modem);
            has_moved |= self.cross_the_wire();
            while let Some(event) = self.core.poll_event() {
                self.events.push(event);
            }
            if !has_moved {
                return;
            }
        }
    }

    fn cross_the_wire(&mut self) -> bool {
        let mut has_moved = false;
        while let Some(transmit) = self.core.poll_transmit() {
            if self.is_plugged {
                self.modem.handle_bytes(self.now, &transmit.bytes);
            }
            self.core.handle_sent(self.now);
            has_moved = true;
        }
        while let Some(bytes) = self.modem.poll_transmit(self.now) {
            self.said.extend_from_slice(&bytes);
            if self.is_plugged {
                self.core.handle_bytes(self.now, &bytes);
            }
            has_moved = true;
        }
        has_moved
    }
}

#[cfg(test)]
mod left;
#[cfg(test)]
mod real_tcp;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod services;
#[cfg(test)]
mod storm;
#[cfg(test)]
mod tests;
