//! What is wrong with the form, field by field.

use std::ops::RangeInclusive;

use crate::{air780e::limits, certs::FileRole, lang::Text, mqtt::Password};

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

    /// A text that the module can take: short enough, without control characters.
    pub(super) fn text(&mut self, field: Field, typed: &str, is_required: bool) -> String {
        self.limited(field, typed.trim(), limits::FIELD_BYTES, is_required)
    }

    /// The same with a limit of its own.
    pub(super) fn text_within(&mut self, field: Field, typed: &str, is_required: bool, limit: usize) -> String {
        self.limited(field, typed.trim(), limit, is_required)
    }

    /// The same, blanks at the ends included.
    pub(super) fn limited(&mut self, field: Field, typed: &str, limit: usize, is_required: bool) -> String {
        if typed.is_empty() && is_required {
            self.problems.push(Problem { field, text: Text::new("form-empty"), is_empty: true });
        } else if typed.len() > limit {
            self.push(field, Text::new("form-too-long").with("bytes", typed.len()).with("limit", limit));
        } else if typed.chars().any(|c| c.is_control() || c == '"') {
            self.push(field, Text::new("form-bad-character"));
        }
        typed.to_owned()
    }

    /// A password that the module can take. Blanks at its ends belong to it.
    pub(super) fn password(&mut self, field: Field, typed: &Password, limit: usize) -> Password {
        Password::new(self.limited(field, typed.reveal(), limit, false))
    }

    /// A number that lies in `range`.
    pub(super) fn number(&mut self, field: Field, typed: &str, range: RangeInclusive<u16>) -> u16 {
        match typed.trim().parse() {
            Ok(number) if range.contains(&number) => number,
            _ => {
                let text = Text::new("form-number").with("from", *range.start()).with("to", *range.end());
                self.problems.push(Problem { field, text, is_empty: typed.trim().is_empty() });
                0
            }
        }
    }
}
