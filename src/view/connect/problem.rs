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
    /// The modem's port.
    Modem,
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

impl Field {
    /// What the field is called on the Connect page.
    pub fn label(self) -> Text {
        Text::new(match self {
            Self::Modem => "modem-title",
            Self::Host => "field-host",
            Self::Port => "field-port",
            Self::ClientId => "field-client-id",
            Self::User => "field-user",
            Self::Password => "field-password",
            Self::KeepAlive => "field-keep-alive",
            Self::Subscription(index) => return Text::new("subscription-filter").with("number", index + 1),
            Self::WillTopic => "will-topic",
            Self::WillPayload => "will-payload",
            Self::AccessPoint => "sim-apn",
            Self::AccessUser => "sim-user",
            Self::AccessPassword => "sim-password",
            Self::ServerName => "field-server-name",
            Self::File(role) | Self::FileName(role) => match role {
                FileRole::Authority => "slot-ca",
                FileRole::ClientCertificate => "slot-certificate-client",
                FileRole::ClientKey => "slot-key-client",
            },
        })
    }
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
            Fault::BadValue { why, .. } => self.push(field, why.text()),
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
