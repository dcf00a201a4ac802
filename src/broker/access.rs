//! Who may connect, and who may read and write which topics.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::mqtt::{Filter, Password, Topic};

/// Names and passwords that are let in. Neither its `Debug` nor its errors show a password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Users(BTreeMap<String, Password>);

/// Why a list of users was not understood. The text of the line is left out: it holds a password.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UsersError {
    /// A line without a colon.
    #[error("line {line}: write one user a line as name:password")]
    NoColon {
        /// Counted from 1.
        line: usize,
    },
    /// A line that begins with the colon.
    #[error("line {line}: the name before the colon is empty")]
    NoName {
        /// Counted from 1.
        line: usize,
    },
    /// The same name a second time.
    #[error("line {line}: this name stands on an earlier line too; keep one of them")]
    Twice {
        /// Counted from 1.
        line: usize,
    },
}

impl Users {
    /// Reads a list: one `name:password` a line, the first colon divides. Empty lines and lines that begin with `#`
    /// are skipped.
    pub fn from_text(text: &str) -> Result<Self, UsersError> {
        let mut users = BTreeMap::new();
        for (index, content) in text.lines().enumerate() {
            let line = index + 1;
            let content = content.trim_end_matches('\r');
            if content.trim().is_empty() || content.starts_with('#') {
                continue;
            }
            let (name, password) = content.split_once(':').ok_or(UsersError::NoColon { line })?;
            if name.is_empty() {
                return Err(UsersError::NoName { line });
            }
            if users.insert(name.to_owned(), Password::new(password)).is_some() {
                return Err(UsersError::Twice { line });
            }
        }
        Ok(Self(users))
    }

    /// Adds a user, or gives a known one another password.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, password: Password) -> Self {
        self.0.insert(name.into(), password);
        self
    }

    /// Whether `password` is that of `name`. Takes as long for a wrong byte at the end as at the beginning.
    pub(super) fn admits(&self, name: &str, password: &[u8]) -> bool {
        let Some(known) = self.0.get(name) else { return false };
        let known = known.reveal().as_bytes();
        let differing = known.iter().zip(password).fold(0, |differing, (a, b)| differing | (a ^ b));
        known.len() == password.len() && differing == 0
    }
}

/// What a rule allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Neither subscribe nor publish.
    Nothing,
    /// Subscribe only.
    Read,
    /// Publish only.
    Write,
    /// Both.
    ReadWrite,
}

impl Access {
    const fn may_read(self) -> bool {
        matches!(self, Self::Read | Self::ReadWrite)
    }

    const fn may_write(self) -> bool {
        matches!(self, Self::Write | Self::ReadWrite)
    }
}

/// One line of the access list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicRule {
    /// For whom; `None` is everybody, the nameless included.
    pub user: Option<String>,
    /// For which topics.
    pub filter: Filter,
    /// What is allowed there.
    pub access: Access,
}

impl TopicRule {
    /// Forbids `filter` to everybody.
    pub const fn forbid(filter: Filter) -> Self {
        Self { user: None, filter, access: Access::Nothing }
    }

    fn is_for(&self, user: Option<&str>) -> bool {
        self.user.is_none() || self.user.as_deref() == user
    }
}

/// Whether `user` may publish to `topic`.
pub(super) fn may_publish(rules: &[TopicRule], user: Option<&str>, topic: &Topic) -> bool {
    rules.iter().find(|rule| rule.is_for(user) && rule.filter.matches(topic)).is_none_or(|rule| rule.access.may_write())
}

/// Whether a message on `topic` may go to `user`.
pub(super) fn may_receive(rules: &[TopicRule], user: Option<&str>, topic: &Topic) -> bool {
    rules.iter().find(|rule| rule.is_for(user) && rule.filter.matches(topic)).is_none_or(|rule| rule.access.may_read())
}

/// Whether `user` may subscribe to `filter`; otherwise the reason code of MQTT 5. A filter that is only partly forbidden is
/// granted; the forbidden messages are then held back one by one.
pub(super) fn may_subscribe(rules: &[TopicRule], user: Option<&str>, filter: &Filter) -> Result<(), u8> {
    match rules.iter().find(|rule| rule.is_for(user) && covers(&rule.filter, filter)) {
        Some(rule) if !rule.access.may_read() => {
            // Where nobody may, it is no matter of who asks.
            Err(if rule.user.is_none() && rule.access == Access::Nothing { UNSPECIFIED_ERROR } else { NOT_AUTHORIZED })
        }
        _ => Ok(()),
    }
}

const UNSPECIFIED_ERROR: u8 = 0x80;
const NOT_AUTHORIZED: u8 = 0x87;

/// Whether every topic that `narrow` matches is also matched by `wide`.
fn covers(wide: &Filter, narrow: &Filter) -> bool {
    if narrow.as_str().starts_with('$') && wide.as_str().starts_with(['+', '#']) {
        return false;
    }
    let mut narrow = narrow.as_str().split('/');
    for level in wide.as_str().split('/') {
        match (level, narrow.next()) {
            ("#", _) => return true,
            (_, None | Some("#")) => return false,
            ("+", Some(_)) => {}
            (level, Some(other)) if level != other => return false,
            _ => {}
        }
    }
    narrow.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(text: &str) -> Filter {
        text.parse().expect("a filter")
    }

    #[test]
    fn a_list_of_users_is_read_and_admits_only_the_right_password() {
        let users = Users::from_text("# test users\r\nanna:se:cret\r\n\r\nbob:\n").expect("a list");
        assert!(users.admits("anna", b"se:cret"));
        assert!(!users.admits("anna", b"se:cre"));
        assert!(!users.admits("anna", b"se:cret "));
        assert!(!users.admits("Anna", b"se:cret"));
        assert!(users.admits("bob", b""));
    }

    #[test]
    fn a_bad_list_of_users_names_the_line_and_hides_its_text() {
        let table = [
            ("a:b\nhunter2\n", UsersError::NoColon { line: 2 }),
            (":hunter2", UsersError::NoName { line: 1 }),
            ("a:hunter2\n\na:hunter2", UsersError::Twice { line: 3 }),
        ];
        for (text, expected) in table {
            let error = Users::from_text(text).expect_err("a bad list");
            assert_eq!(error, expected);
            assert!(!error.to_string().contains("hunter2"));
        }
    }

    #[test]
    fn a_filter_covers_what_it_matches_whole() {
        let table = [
            ("#", "a/b", true),
            ("#", "$SYS/a", false),
            ("a/#", "a", true),
            ("a/#", "a/+/c", true),
            ("a/+", "a/b", true),
            ("a/+", "a/#", false),
            ("a/b", "a/+", false),
            ("a/b", "a/b", true),
            ("a/b", "a/b/c", false),
            ("+/b", "#", false),
        ];
        for (wide, narrow, expected) in table {
            assert_eq!(covers(&filter(wide), &filter(narrow)), expected, "{wide} over {narrow}");
        }
    }

    #[test]
    fn the_first_rule_that_fits_decides() {
        let rules = [
            TopicRule { user: Some("anna".into()), filter: filter("secret/#"), access: Access::Read },
            TopicRule::forbid(filter("secret/#")),
        ];
        let topic = "secret/door".parse().expect("a topic");
        assert!(may_receive(&rules, Some("anna"), &topic));
        assert!(!may_publish(&rules, Some("anna"), &topic));
        assert!(!may_receive(&rules, Some("bob"), &topic));
        assert_eq!(may_subscribe(&rules, None, &filter("secret/+")), Err(0x80));
        assert_eq!(may_subscribe(&rules, None, &filter("#")), Ok(()));
        let write_only = [TopicRule { user: None, filter: filter("in/#"), access: Access::Write }];
        assert_eq!(may_subscribe(&write_only, None, &filter("in/a")), Err(0x87));
        assert!(may_publish(&rules, None, &"open".parse().expect("a topic")));
    }
}
