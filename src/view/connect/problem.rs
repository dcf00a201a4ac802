//! What is wrong with the form, field by field.

use crate::{
    certs::FileRole,
    lang::Text,
    model::event::{Fault, ValueFault},
    view::fault,
};

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Broker's host.
    Host,
    /// Broker's port.
    Port,
    /// Client identifier.
    ClientId,
    /// User name.
    User,
    /// Password of the login.
    Password,
    /// Keep alive.
    KeepAlive,
    /// One subscription, by its place.
    Subscription(usize),
    /// Topic of the will.
    WillTopic,
    /// Payload of the will.
    WillPayload,
    /// Name of the access point.
    AccessPoint,
    /// User of the access point.
    AccessUser,
    /// Password of the access point.
    AccessPassword,
    /// Name asked of the server.
    ServerName,
    /// One of the files for the module.
    File(FileRole),
    /// What that file is called on the module.
    FileName(FileRole),
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field.
    pub field: Field,
    /// What is wrong and what it takes.
    pub text: Text,
    /// Whether the field is merely still empty.
    pub is_empty: bool,
}

/// What was found wrong so far.
#[derive(Default)]
pub(super) struct Found {
    pub(super) problems: Vec<Problem>,
}

impl Found {
    /// `text` is wrong with `field`.
    pub(super) fn push(&mut self, field: Field, text: Text) {
        self.problems.push(Problem { field, text, is_empty: false });
    }

    /// Nothing is in `field`, and something must be.
    pub(super) fn empty(&mut self, field: Field) {
        self.problems.push(Problem { field, text: Text::new("form-empty"), is_empty: true });
    }

    /// What the core says to the value of `field`; what could not even be read was complained of already.
    pub(super) fn judged(&mut self, field: Field, why: &Fault) {
        if self.problems.iter().any(|known| known.field == field) {
            return;
        }
        match why {
            Fault::BadValue { why: ValueFault::Empty, .. } => self.empty(field),
            Fault::BadValue { why, .. } => self.push(field, fault::value_text(why)),
            other => self.push(field, fault::text(other)),
        }
    }

    /// A number that fits its field; 0, which none of them takes, when it does not.
    pub(super) fn number(&mut self, field: Field, typed: &str) -> u16 {
        let number = typed.trim().parse().unwrap_or(0);
        if number == 0 {
            let text = Text::new("form-number").with("from", 1_u16).with("to", u16::MAX);
            self.problems.push(Problem { field, text, is_empty: typed.trim().is_empty() });
        }
        number
    }

    /// `thing`, when nothing was wrong.
    pub(super) fn in_order<T>(self, thing: T) -> Result<T, Vec<Problem>> {
        if self.problems.is_empty() { Ok(thing) } else { Err(self.problems) }
    }
}
