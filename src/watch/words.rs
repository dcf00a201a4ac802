//! A watch in words, in both languages.

use std::{collections::BTreeMap, fmt::Write, time::Duration};

use super::{Dropped, Summary};
use crate::diagnosis::catalogue;

/// One sentence in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

impl Summary {
    /// `12 drops in 10 h: 9 after a signal of −105 dBm or less, 2 restarts by the supply, 1 unexplained.`, and for how long the
    /// session was open.
    pub fn words(&self) -> Words {
        let time = span(self.watched);
        let counts = self.drops.len();
        let (mut en, mut zh) = match counts {
            0 => (format!("No drop in {}", time.en), format!("{} 内没有断线", time.zh)),
            1 => (format!("1 drop in {}", time.en), format!("{} 内断线 1 次", time.zh)),
            _ => (format!("{counts} drops in {}", time.en), format!("{} 内断线 {counts} 次", time.zh)),
        };
        let parts = self.parts();
        if !parts.is_empty() {
            let all =
                |pick: fn(&Words) -> &str, between: &str| parts.iter().map(pick).collect::<Vec<_>>().join(between);
            let _ = write!(en, ": {}", all(|part| &part.en, ", "));
            let _ = write!(zh, "：{}", all(|part| &part.zh, "，"));
        }
        let _ = write!(en, ". {}", self.uptime().en);
        let _ = write!(zh, "。{}", self.uptime().zh);
        Words { en, zh }
    }

    fn uptime(&self) -> Words {
        let share =
            if self.watched.is_zero() { 0.0 } else { self.up.as_secs_f64() / self.watched.as_secs_f64() * 100.0 };
        let quiet = (self.longest_quiet >= Duration::from_secs(1)).then(|| span(self.longest_quiet));
        let mut en = format!("Connected for {share:.2} % of the time");
        let mut zh = format!("在线时间占 {share:.2} %");
        if let Some(quiet) = quiet {
            let _ = write!(en, "; the longest quiet time survived was {}", quiet.en);
            let _ = write!(zh, "；存活的最长静默时间为 {}", quiet.zh);
        }
        if !self.unwatched.is_zero() {
            let gap = span(self.unwatched);
            let _ = write!(en, "; nobody watched for {}", gap.en);
            let _ = write!(zh, "；其间有 {} 无人观察", gap.zh);
        }
        Words { en: en + ".", zh: zh + "。" }
    }

    /// The causes, the most frequent first, and what nothing explains at the end.
    fn parts(&self) -> Vec<Words> {
        let mut by_cause: BTreeMap<&str, Vec<&Dropped>> = BTreeMap::new();
        for drop in &self.drops {
            if let Some(id) = &drop.finding {
                by_cause.entry(id).or_default().push(drop);
            }
        }
        let mut causes: Vec<_> = by_cause.into_iter().collect();
        causes.sort_by_key(|(id, drops)| (std::cmp::Reverse(drops.len()), *id));
        let mut parts: Vec<_> = causes.iter().map(|(id, drops)| part(id, drops)).collect();
        match self.unexplained() {
            0 => {}
            count => parts.push(Words { en: format!("{count} unexplained"), zh: format!("{count} 次原因不明") }),
        }
        parts
    }
}

fn part(id: &str, drops: &[&Dropped]) -> Words {
    let count = drops.len();
    let many = if count == 1 { "" } else { "s" };
    let (en, zh) = match id {
        "F-185" => return by_signal(drops),
        "F-187" => (format!("restart{many} by the supply"), "次因供电重启".to_owned()),
        "F-188" => (format!("restart{many} of the module itself"), "次模块自行重启".to_owned()),
        "F-149" => {
            ("by another client with the same client id".to_owned(), "次因另一客户端使用相同 clientid".to_owned())
        }
        "F-189" => (
            format!("by {} of the broker", if count == 1 { "a restart" } else { "restarts" }),
            "次因服务器重启".to_owned(),
        ),
        "F-182" => (
            "after nothing had reached the broker for a keep-alive".to_owned(),
            "次因心跳时间内无数据到达服务器".to_owned(),
        ),
        "F-180" => ("after a keep-alive too long for the network".to_owned(), "次因心跳过长被网络回收".to_owned()),
        "F-049" => {
            ("by the network, which took the data connection away".to_owned(), "次因网络释放数据连接".to_owned())
        }
        "F-021" => ("without a SIM card".to_owned(), "次因未检测到 SIM 卡".to_owned()),
        "F-020" => ("with the port, which vanished".to_owned(), "次因串口消失".to_owned()),
        "F-191" => ("by a command from this side".to_owned(), "次由本端命令断开".to_owned()),
        _ => {
            let cause = catalogue::by_id(id);
            let sentence = |text: &str, end: char| text.trim_end_matches(end).to_owned();
            let said = cause.map(|cause| (sentence(cause.cause.en, '.'), sentence(cause.cause.zh, '。')));
            let (en, zh) = said.unwrap_or_default();
            (format!("by {id} ({en})"), format!("次因 {id}（{zh}）"))
        }
    };
    Words { en: format!("{count} {en}"), zh: format!("{count} {zh}") }
}

/// Drops by the signal: at how much, where the last look had a figure for each of them.
fn by_signal(drops: &[&Dropped]) -> Words {
    let count = drops.len();
    let seen: Vec<i16> = drops.iter().filter_map(|drop| drop.rssi_dbm).collect();
    match seen.iter().max().filter(|most| seen.len() == count && **most <= WEAK_DBM) {
        Some(most) => {
            let most = format!("−{}", most.unsigned_abs());
            Words {
                en: format!("{count} after a signal of {most} dBm or less"),
                zh: format!("{count} 次在信号不高于 {most} dBm 之后"),
            }
        }
        None => {
            Words { en: format!("{count} after the signal was lost"), zh: format!("{count} 次在信号丢失之后") }
        }
    }
}

/// `10 h`, `10.5 h`, `12 min`, `45 s`.
pub(super) fn span(time: Duration) -> Words {
    let seconds = time.as_secs();
    let (value, en, zh) = if seconds >= 7_200 {
        let tenths = (seconds + 180) / 360;
        let rest = if tenths.is_multiple_of(10) { String::new() } else { format!(".{}", tenths % 10) };
        (format!("{}{rest}", tenths / 10), "h", "小时")
    } else if seconds >= 120 {
        (((seconds + 30) / 60).to_string(), "min", "分钟")
    } else {
        (seconds.to_string(), "s", "秒")
    };
    Words { en: format!("{value} {en}"), zh: format!("{value} {zh}") }
}

/// Up to here a signal is weak (reference, section 4).
const WEAK_DBM: i16 = -93;

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Entry, Reason,
            summary::tests::{beat, lost, of, run, wall, why},
        },
        *,
    };

    #[test]
    fn drops_are_told_by_cause() {
        let mut entries = vec![run(0), Entry::Up { t: wall(0) }];
        let mut drop = |n: u32, by, dbm, finding| {
            let at = i64::from(n) * 3_000;
            entries.extend([lost(at, n, by, dbm), why(at, n, finding), Entry::Up { t: wall(at + 30) }]);
        };
        for n in 1..=9 {
            drop(n, Reason::Closed, Some(-105 - i16::try_from(n % 3).expect("small") * 2), Some("F-185"));
        }
        for n in 10..=11 {
            drop(n, Reason::Restart, Some(-67), Some("F-187"));
        }
        drop(12, Reason::Closed, Some(-67), None);
        entries.push(beat(36_000));
        let words = of(&entries).words();
        let drops = "12 drops in 10 h: 9 after a signal of −105 dBm or less, 2 restarts by the supply, 1 unexplained. ";
        assert!(words.en.starts_with(drops), "{}", words.en);
        assert!(words.en.ends_with("Connected for 99.00 % of the time."), "{}", words.en);
        assert!(
            words
                .zh
                .starts_with("10 小时 内断线 12 次：9 次在信号不高于 −105 dBm 之后，2 次因供电重启，1 次原因不明。"),
            "{}",
            words.zh
        );
        assert!(of(&[run(0), beat(45)]).words().en.starts_with("No drop in 45 s. "));
    }

    #[test]
    fn every_cause_has_words() {
        for cause in catalogue::all() {
            let summary = of(&[run(0), lost(1, 1, Reason::Closed, None), why(1, 1, Some(cause.id)), beat(3)]);
            let words = summary.words();
            assert!(words.en.starts_with("1 drop in 3 s: 1 ") && !words.en.contains("()"), "{}", words.en);
            assert!(words.zh.contains("：1 次"), "{}", words.zh);
        }
    }

    #[test]
    fn spans_are_as_long_as_people_say() {
        for (seconds, wanted) in
            [(36_000, "10 h"), (37_800, "10.5 h"), (720, "12 min"), (45, "45 s"), (7_199, "120 min")]
        {
            assert_eq!(span(Duration::from_secs(seconds)).en, wanted);
        }
    }
}
