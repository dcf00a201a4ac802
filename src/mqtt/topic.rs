//! Topic names and topic filters, MQTT 3.1.1 section 4.7.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a text is not a topic or not a filter.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TopicError {
    /// There is nothing in it.
    #[error("the topic is empty; write at least one character")]
    Empty,
    /// Longer than MQTT can carry.
    #[error("the topic has {bytes} bytes; MQTT carries at most 65535")]
    TooLong {
        /// Length in bytes of UTF-8.
        bytes: usize,
    },
    /// A NUL character, which MQTT forbids.
    #[error("the topic contains a NUL character, which MQTT forbids")]
    Nul,
    /// `+` or `#` in the name of a publish.
    #[error("{wildcard:?} is a wildcard: it may stand in a subscription, not in the topic of a publish")]
    Wildcard {
        /// The wildcard found first.
        wildcard: char,
    },
    /// `#` not alone in the last level, or `+` not alone in its level.
    #[error("{wildcard:?} must stand alone in its level{}", if *.wildcard == '#' { ", and the level must be the last" } else { "" })]
    MisplacedWildcard {
        /// The wildcard that is out of place.
        wildcard: char,
    },
}

/// The name of one topic: no wildcards, not empty, at most 65,535 bytes, no NUL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Topic(String);

impl Topic {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The levels between the slashes; an empty level counts.
    pub fn levels(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }
}

/// What a subscription asks for: a topic in which `+` stands for one level and a last `#` for the rest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Filter(String);

impl Filter {
    /// The filter as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a message to `topic` is asked for by this filter.
    ///
    /// A filter that begins with a wildcard never matches a topic that begins with `$`
    /// (MQTT 3.1.1, section 4.7.2).
    pub fn matches(&self, topic: &Topic) -> bool {
        if topic.0.starts_with('$') && self.0.starts_with(['+', '#']) {
            return false;
        }
        let mut levels = topic.levels();
        for wanted in self.0.split('/') {
            match (wanted, levels.next()) {
                ("#", _) => return true,
                (_, None) => return false,
                ("+", Some(_)) => {}
                (wanted, Some(level)) if wanted != level => return false,
                _ => {}
            }
        }
        levels.next().is_none()
    }
}

fn check_text(text: &str) -> Result<(), TopicError> {
    if text.is_empty() {
        return Err(TopicError::Empty);
    }
    if text.len() > MAX_BYTES {
        return Err(TopicError::TooLong { bytes: text.len() });
    }
    if text.contains('\0') {
        return Err(TopicError::Nul);
    }
    Ok(())
}

impl FromStr for Topic {
    type Err = TopicError;

    fn from_str(text: &str) -> Result<Self, TopicError> {
        check_text(text)?;
        match text.chars().find(|c| matches!(c, '+' | '#')) {
            Some(wildcard) => Err(TopicError::Wildcard { wildcard }),
            None => Ok(Self(text.to_owned())),
        }
    }
}

impl FromStr for Filter {
    type Err = TopicError;

    fn from_str(text: &str) -> Result<Self, TopicError> {
        check_text(text)?;
        let last = text.split('/').count() - 1;
        for (index, level) in text.split('/').enumerate() {
            if level.contains('#') && (level != "#" || index != last) {
                return Err(TopicError::MisplacedWildcard { wildcard: '#' });
            }
            if level.contains('+') && level != "+" {
                return Err(TopicError::MisplacedWildcard { wildcard: '+' });
            }
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for Topic {
    type Error = TopicError;

    fn try_from(text: String) -> Result<Self, TopicError> {
        text.parse()
    }
}

impl TryFrom<String> for Filter {
    type Error = TopicError;

    fn try_from(text: String) -> Result<Self, TopicError> {
        text.parse()
    }
}

impl From<Topic> for String {
    fn from(topic: Topic) -> Self {
        topic.0
    }
}

impl From<Filter> for String {
    fn from(filter: Filter) -> Self {
        filter.0
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Longest string MQTT can carry: its length travels in two bytes.
const MAX_BYTES: usize = 65_535;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_match_as_section_4_7_says() {
        let table = [
            ("sport/tennis/player1/#", "sport/tennis/player1", true),
            ("sport/tennis/player1/#", "sport/tennis/player1/ranking", true),
            ("sport/#", "sport", true),
            ("#", "a/b", true),
            ("#", "$SYS/uptime", false),
            ("+/uptime", "$SYS/uptime", false),
            ("$SYS/#", "$SYS/uptime", true),
            ("sport/tennis/+", "sport/tennis/player1", true),
            ("sport/tennis/+", "sport/tennis/player1/ranking", false),
            ("sport/+", "sport", false),
            ("sport/+", "sport/", true),
            ("+/+", "/finance", true),
            ("/+", "/finance", true),
            ("+", "/finance", false),
            ("a/b", "a/b/c", false),
            ("a/b/c", "a/b", false),
        ];
        for (filter, topic, expected) in table {
            let filter: Filter = filter.parse().expect("a filter");
            let topic: Topic = topic.parse().expect("a topic");
            assert_eq!(filter.matches(&topic), expected, "{filter} against {topic}");
        }
    }

    #[test]
    fn misplaced_wildcards_are_refused() {
        for text in ["a/#/b", "a#", "a/b#", "a+/b", "+a", ""] {
            assert!(text.parse::<Filter>().is_err(), "{text:?}");
        }
        for text in ["a/+", "#", "", "a\0b"] {
            assert!(text.parse::<Topic>().is_err(), "{text:?}");
        }
    }
}
