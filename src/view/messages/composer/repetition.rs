//! How often and how many times a message shall be sent again, as typed.

use std::time::Duration;

use crate::lang::Text;

/// The fields of a repeat, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepeatFields {
    /// Whether they are shown.
    pub is_open: bool,
    /// Milliseconds from one message to the next.
    pub interval: String,
    /// How many messages; empty for as many as come until it is stopped.
    pub count: String,
}

impl Default for RepeatFields {
    fn default() -> Self {
        Self { is_open: false, interval: "1000".to_owned(), count: "10".to_owned() }
    }
}

/// What is wrong with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatProblem {
    /// The interval is no whole number of milliseconds, or out of range.
    Interval,
    /// The count is no whole number, or out of range.
    Count,
}

impl RepeatProblem {
    /// The sentence that says it.
    pub fn text(self) -> Text {
        match self {
            Self::Interval => Text::new("repeat-interval-wrong").with("least", LEAST_MILLIS).with("most", MOST_MILLIS),
            Self::Count => Text::new("repeat-count-wrong").with("most", MOST_COUNT),
        }
    }
}

/// How often, and how many times; `None` for until it is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepeatPlan {
    /// From one planned start to the next.
    pub interval: Duration,
    /// How many messages.
    pub count: Option<u64>,
}

impl RepeatFields {
    /// What the fields ask for.
    pub fn plan(&self) -> Result<RepeatPlan, RepeatProblem> {
        let millis = self.interval.trim().parse().ok().filter(|millis| (LEAST_MILLIS..=MOST_MILLIS).contains(millis));
        let interval = Duration::from_millis(millis.ok_or(RepeatProblem::Interval)?);
        let count = match self.count.trim() {
            "" => None,
            count => Some(count.parse().ok().filter(|count| (1..=MOST_COUNT).contains(count))),
        };
        match count {
            None => Ok(RepeatPlan { interval, count: None }),
            Some(Some(count)) => Ok(RepeatPlan { interval, count: Some(count) }),
            Some(None) => Err(RepeatProblem::Count),
        }
    }
}

/// The vendor's field codes keep 25 to 60 ms between publishes (reference, section 11.5).
const LEAST_MILLIS: u64 = 50;
/// A day.
const MOST_MILLIS: u64 = 86_400_000;
const MOST_COUNT: u64 = 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_are_read_within_their_limits() {
        let plan = |interval: &str, count: &str| {
            RepeatFields { is_open: true, interval: interval.to_owned(), count: count.to_owned() }.plan()
        };
        let every = |millis, count| Ok(RepeatPlan { interval: Duration::from_millis(millis), count });
        assert_eq!(plan(" 50 ", "3"), every(50, Some(3)));
        assert_eq!(plan("1000", " "), every(1_000, None));
        for interval in ["49", "", "1.5", "-1", "86400001"] {
            assert_eq!(plan(interval, "3"), Err(RepeatProblem::Interval), "{interval}");
        }
        for count in ["0", "x", "1000001"] {
            assert_eq!(plan("100", count), Err(RepeatProblem::Count), "{count}");
        }
    }
}
