//! This computer's own tries: name, port, suites, chain, the whole handshake as the module would do it, a login when the
//! user agreed to one. They tell apart what the module says `CONNECT FAIL` to.
//!
//! Each try that may wait runs on a thread of its own and is given up on a wish to stop or at its limit; nothing here
//! judges. No login and no MQTT message is sent unless the order carries the user's consent. The clock is handed in.

mod apart;
mod authority;
mod chain;
mod files;
mod login;
mod order;
mod place;
mod port;
mod scan;
mod suites;
#[cfg(test)]
mod tests;
mod world;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use crate::diagnosis::here::{Here, HereStage};

pub use self::{
    authority::{Candidate, Choice, Hurdle, NoChoice, Origin, authority_for, system_roots},
    files::{concerns_of, pairing_of},
    login::Login,
    order::{Depth, Order},
    place::{NotAPlace, Place},
    world::{System, Unresolved, World},
};

/// What a try stands on.
pub struct Surroundings<'a> {
    /// Whether somebody wants it to end; asked every 50 ms and between all steps.
    pub stop: &'a dyn Fn() -> bool,
    /// Time since any fixed point.
    pub clock: &'a dyn Fn() -> Duration,
    /// Who resolves names.
    pub world: Arc<dyn World>,
}

/// Tries what `order` says and waits for the end: at most five seconds for [`Depth::Quick`], a minute for [`Depth::Full`], twenty
/// seconds or the order's own limit for [`Depth::Scan`].
///
/// `stop` ends it within 50 ms; `clock` counts from any fixed point. What was not tried stays `None` in the answer.
pub fn look(order: &Order, stop: &dyn Fn() -> bool, clock: &dyn Fn() -> Duration) -> Here {
    look_telling(order, &Surroundings { stop, clock, world: Arc::new(System) }, &mut |_| {})
}

/// As [`look`], in these surroundings, and tells after each step how far it is.
pub fn look_telling(order: &Order, around: &Surroundings<'_>, tell: &mut dyn FnMut(&Here)) -> Here {
    let mut one = Try { order, around, tell, begun: (around.clock)(), here: order.untried() };
    let end = if one.steps() == Err(End::Stopped) { HereStage::Stopped } else { HereStage::Done };
    one.enter(end);
    one.here
}

/// Why there are no more steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Somebody wanted it.
    Stopped,
    /// The time for everything is over.
    Late,
    /// After what came, the next steps would say nothing.
    Enough,
    /// There were as many connections as there may be.
    Spent,
}

/// A try under way.
struct Try<'a> {
    order: &'a Order,
    around: &'a Surroundings<'a>,
    tell: &'a mut dyn FnMut(&Here),
    begun: Duration,
    here: Here,
}

/// So many pauses fit into the time for everything, with nothing between them.
const PAUSES: u32 = 40;

/// Where the steps go once the port is open.
#[derive(Clone, Debug)]
struct Peer {
    address: SocketAddr,
    /// The name that the module would send: an address is never one.
    name: Option<String>,
}

impl Try<'_> {
    fn steps(&mut self) -> Result<(), End> {
        self.judge_files();
        self.enter(HereStage::Name);
        let address = self.resolve()?;
        self.enter(HereStage::Port);
        self.open(address)?;
        let peer = Peer { address, name: self.order.server_name() };
        if self.order.is_scan() {
            // A login is the last step, whatever of the tables is left open.
            let scanned = self.scan(&peer);
            return match scanned {
                Err(End::Stopped | End::Late) => scanned,
                _ if self.here.speaks_tls() => self.log_in(&peer),
                _ => scanned,
            };
        }
        self.enter(HereStage::Suites(0));
        self.offer(&peer)?;
        if self.order.is_tls() {
            self.go_on()?;
            self.enter(HereStage::Chain);
            self.read_chain(&peer)?;
            if !self.here.speaks_tls() {
                return self.ask_who_drops(&peer);
            }
            self.go_on()?;
            self.enter(HereStage::AsModule);
            self.shake_hands(&peer)?;
            self.go_unnamed(&peer)?;
        }
        self.log_in(&peer)
    }

    fn enter(&mut self, stage: HereStage) {
        self.here.stage = stage;
        (self.tell)(&self.here);
    }

    /// What is left of the time for everything.
    fn left(&self) -> Duration {
        let spent = (self.around.clock)().saturating_sub(self.begun);
        self.order.whole().saturating_sub(spent)
    }

    /// How long one connection may take.
    fn limit(&self) -> Duration {
        self.order.depth.connection().min(self.left())
    }

    /// Waits as long as is polite between two connections. This computer itself need not be spared.
    fn go_on(&self) -> Result<(), End> {
        let is_own = self.here.port_here.as_ref().is_some_and(|port| port.address.ip().is_loopback());
        let pause = if is_own { Duration::ZERO } else { self.order.depth.pause() };
        self.wait(pause.min(self.order.whole() / PAUSES))
    }

    /// Counts one more connection, if there may be one more.
    fn count(&mut self) -> Result<(), End> {
        if self.here.connections >= self.order.depth.connections() {
            return Err(End::Spent);
        }
        self.here.connections += 1;
        Ok(())
    }
}
