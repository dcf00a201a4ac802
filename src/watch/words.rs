//! A watch in words.

use std::{collections::BTreeMap, time::Duration};

use super::{Dropped, Summary};
use crate::{
    diagnosis::catalogue,
    lang::{Phrase, Text},
};

impl Summary {
    /// `12 drops in 10 h: 9 after a signal of −105 dBm or less, 2 restarts by the supply, 1 unexplained.`, and for how long the
    /// session was open.
    pub fn words(&self) -> Text {
        let time = span(self.watched);
        let counts = self.drops.len();
        let drops = match counts {
            0 => Text::new("watch-no-drop").with("time", time),
            _ => Text::new("watch-drops").with("count", counts).with("time", time),
        };
        let parts = self.parts();
        let summary = if parts.is_empty() {
            Text::new("watch-summary")
        } else {
            Text::new("watch-summary-by-cause").with("causes", Text::list(parts, "watch-comma"))
        };
        summary.with("drops", drops).with("uptime", self.uptime())
    }

    fn uptime(&self) -> Text {
        let share =
            if self.watched.is_zero() { 0.0 } else { self.up.as_secs_f64() / self.watched.as_secs_f64() * 100.0 };
        let mut pieces = vec![Text::new("watch-uptime").put("share", format_args!("{share:.2}"))];
        if self.longest_quiet >= Duration::from_secs(1) {
            pieces.push(Text::new("watch-longest-quiet").with("time", span(self.longest_quiet)));
        }
        if !self.unwatched.is_zero() {
            pieces.push(Text::new("watch-unwatched").with("time", span(self.unwatched)));
        }
        Text::new("watch-sentence").with("what", Text::list(pieces, "watch-semicolon"))
    }

    /// The causes, the most frequent first, and what nothing explains at the end.
    fn parts(&self) -> Vec<Text> {
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
            count => parts.push(Text::new("watch-unexplained").put("count", count)),
        }
        parts
    }
}

fn part(id: &str, drops: &[&Dropped]) -> Text {
    let count = drops.len();
    let text = match id {
        "F-185" => return by_signal(drops),
        "F-187" => Text::new("watch-restart-supply"),
        "F-188" => Text::new("watch-restart-module-itself"),
        "F-149" => Text::new("watch-another-client-same-client"),
        "F-189" => Text::new("watch-broker-restarts"),
        "F-182" => Text::new("watch-after-nothing-had-reached"),
        "F-180" => Text::new("watch-after-keep-alive-too"),
        "F-049" => Text::new("watch-network-took-data-connection"),
        "F-021" => Text::new("watch-without-sim-card"),
        "F-020" => Text::new("watch-port-vanished"),
        "F-191" => Text::new("watch-command-side"),
        _ => {
            let cause = catalogue::by_id(id).map(|cause| Text::from(cause.cause).in_brackets());
            Text::new("watch-by").put("id", id).with("cause", cause.unwrap_or_default())
        }
    };
    text.with("count", count)
}

/// Drops by the signal: at how much, where the last look had a figure for each of them.
fn by_signal(drops: &[&Dropped]) -> Text {
    let count = drops.len();
    let seen: Vec<i16> = drops.iter().filter_map(|drop| drop.rssi_dbm).collect();
    match seen.iter().max().filter(|most| seen.len() == count && **most <= WEAK_DBM) {
        Some(most) => {
            let most = format!("−{}", most.unsigned_abs());
            Text::new("watch-after-signal-dbm-less").put("count", count).put("most", most)
        }
        None => Text::new("watch-after-signal-lost").put("count", count),
    }
}

/// `10 h`, `10.5 h`, `12 min`, `45 s`.
pub(super) fn span(time: Duration) -> Text {
    let seconds = time.as_secs();
    let (value, unit) = if seconds >= 7_200 {
        let tenths = (seconds + 180) / 360;
        let rest = if tenths.is_multiple_of(10) { String::new() } else { format!(".{}", tenths % 10) };
        (format!("{}{rest}", tenths / 10), Phrase::new("watch-h"))
    } else if seconds >= 120 {
        (((seconds + 30) / 60).to_string(), Phrase::new("watch-min"))
    } else {
        (seconds.to_string(), Phrase::new("watch-s"))
    };
    Text::new("watch-span").put("value", value).with("unit", unit)
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
    use crate::lang::Lang;

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
        assert!(words.to(Lang::En).starts_with(drops), "{}", words.to(Lang::En));
        assert!(words.to(Lang::En).ends_with("Connected for 99.00 % of the time."), "{}", words.to(Lang::En));
        assert!(
            words
                .to(Lang::ZhCn)
                .starts_with("10 小时 内断线 12 次：9 次在信号不高于 −105 dBm 之后，2 次因供电重启，1 次原因不明。"),
            "{}",
            words.to(Lang::ZhCn)
        );
        assert!(of(&[run(0), beat(45)]).words().to(Lang::En).starts_with("No drop in 45 s. "));
    }

    #[test]
    fn every_cause_has_words() {
        for cause in catalogue::all() {
            let summary = of(&[run(0), lost(1, 1, Reason::Closed, None), why(1, 1, Some(cause.id)), beat(3)]);
            let words = summary.words();
            assert!(
                words.to(Lang::En).starts_with("1 drop in 3 s: 1 ") && !words.to(Lang::En).contains("()"),
                "{}",
                words.to(Lang::En)
            );
            assert!(words.to(Lang::ZhCn).contains("：1 次"), "{}", words.to(Lang::ZhCn));
        }
    }

    #[test]
    fn spans_are_as_long_as_people_say() {
        for (seconds, wanted) in
            [(36_000, "10 h"), (37_800, "10.5 h"), (720, "12 min"), (45, "45 s"), (7_199, "120 min")]
        {
            assert_eq!(span(Duration::from_secs(seconds)).to(Lang::En), wanted);
        }
    }
}
