//! Who lost the message: numbers travel with test messages, and each gets a verdict in four cells.
//!
//! ```text
//!  sender ──1──► broker ──2──► receiver        did it leave the sender?  has it reached the broker?
//!  module or this computer     the other one   has the broker sent it?   has it arrived?
//! ```
//!
//! [`Tracer`] is pure: what the module, the client on this computer ([`crate::peer`]) and the clock show goes in, verdicts come
//! out. It works at any broker, because it rests on nothing but MQTT: a confirmation shows that the broker has taken a message,
//! an answer to PINGREQ shows that the broker has read all that was sent before on that connection, and that all that it had
//! sent before on that connection is here. What none of that shows is [`Cell::Unknown`].

mod cell;
mod feed;
mod leg;
mod mark;
mod tracer;

#[cfg(test)]
mod tests;

pub use self::{
    cell::{Cell, Place, Proof, Why},
    leg::Leg,
    mark::{Carrier, Mark},
    tracer::{Oddity, Tracer, Verdict},
};
