//! What comes of setting the module's clock from the network (reference, section 4): `AT+CNTP`. Certificates are checked
//! against it.

use crate::at::{
    exchange::{Verdict, Word},
    reply::Final,
};

use super::{command::value, limits};

/// What became of `AT+CNTP`, by its number. 61 to 65 mean something else here than behind `+CME ERROR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClockResult(pub u32);

impl ClockResult {
    /// Reads the line `+CNTP: …`.
    pub fn parse(line: &str) -> Option<Self> {
        value(line, "+CNTP")?.parse().ok().map(Self)
    }
}

/// Any number ends it; whether the clock is right is what the answer says.
fn judge(line: &str) -> Option<Verdict> {
    if ClockResult::parse(line).is_some() {
        return Some(Verdict::Good);
    }
    Final::parse(line).filter(|result| *result != Final::Ok).map(|_| Verdict::Bad)
}

/// What follows `AT+CNTP`. Nothing is stated: a connect's time is given, because it makes one.
pub static CLOCK_WORDS: [Word; 1] = [Word { expected: "+CNTP", limit: limits::CONNECT, judge }];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outcome_comes_after_ok_and_has_its_own_numbers() {
        let words = &CLOCK_WORDS;
        for (line, expected) in [
            ("+CNTP: 1", Some(Verdict::Good)),
            ("+CNTP: 62", Some(Verdict::Good)),
            ("+CME ERROR: 3", Some(Verdict::Bad)),
            ("OK", None),
            ("+CNTP: x", None),
        ] {
            assert_eq!((words[0].judge)(line), expected, "{line}");
        }
        assert_eq!(ClockResult::parse("+CNTP: 65"), Some(ClockResult(65)));
    }
}
