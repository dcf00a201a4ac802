//! Setting the module's clock from the network (reference, section 4): `AT+CNTP`. Certificates are checked against it.

use crate::at::{
    exchange::{Exchange, Verdict, Word},
    reply::Final,
    text::CommandLine,
};

use super::{Command, codes::Text, command::value, limits};

/// `AT+CNTP`: ask a time server. It needs the context of `AT+SAPBR` (section 6.3).
#[derive(Clone, Copy, Debug)]
pub struct SynchronizeClock;

/// What became of it, by its number. 61 to 65 mean something else here than behind `+CME ERROR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClockResult(pub u32);

impl ClockResult {
    /// Whether the clock is right now.
    pub const fn is_good(self) -> bool {
        self.0 == 1
    }

    /// What the number means.
    pub const fn text(self) -> Option<Text> {
        let (english, chinese) = match self.0 {
            1 => ("the clock was set", "时间同步成功"),
            61 => ("no network", "网络错误"),
            62 => ("the time server's name was not resolved", "时间服务器域名解析失败"),
            63 => ("the time server could not be reached", "连接时间服务器失败"),
            64 => ("the time server answered wrongly", "时间服务器响应错误"),
            65 => ("the time server did not answer in time", "时间服务器响应超时"),
            _ => return None,
        };
        Some(Text { english, chinese })
    }

    /// Reads the line `+CNTP: …`.
    pub fn parse(line: &str) -> Option<Self> {
        value(line, "+CNTP")?.parse().ok().map(Self)
    }
}

impl Command for SynchronizeClock {
    type Answer = ClockResult;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CNTP")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_words(&CLOCK_WORDS)
    }

    fn answer(&self, lines: &[String]) -> Option<ClockResult> {
        lines.iter().rev().find_map(|line| ClockResult::parse(line))
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
        let words = SynchronizeClock.exchange().words;
        for (line, expected) in [
            ("+CNTP: 1", Some(Verdict::Good)),
            ("+CNTP: 62", Some(Verdict::Good)),
            ("+CME ERROR: 3", Some(Verdict::Bad)),
            ("OK", None),
            ("+CNTP: x", None),
        ] {
            assert_eq!((words[0].judge)(line), expected, "{line}");
        }
        let lines = ["OK".to_owned(), "+CNTP: 65".to_owned()];
        let result = SynchronizeClock.answer(&lines).expect("a result");
        assert!(!result.is_good() && ClockResult(1).is_good());
        assert_eq!(result.text().map(|text| text.english), Some("the time server did not answer in time"));
        assert_eq!(ClockResult(2).text(), None);
        assert_eq!(SynchronizeClock.line().masked(), "AT+CNTP");
    }
}
