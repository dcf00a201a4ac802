//! Times as tools and frameworks write them at the start of a line: dates, times of day, seconds since 1970, time since the
//! start; with or without brackets, parts of a second, a zone.

use chrono::{Datelike, NaiveDate};

/// A time that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// What it counts from.
    pub(super) kind: StampKind,
    /// Microseconds: since 1970 (as shown, in whatever zone), since midnight, or since the start.
    pub(super) micros: i64,
    /// It tells parts of a second.
    pub(super) is_fine: bool,
    /// Minutes east of Greenwich, where it tells.
    pub(super) zone: Option<i16>,
}

/// What a stamp counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum StampKind {
    /// Date and time of day.
    Date,
    /// Time of day without a date.
    Day,
    /// Seconds since 1970.
    Epoch,
    /// Time since something started.
    Uptime,
}

impl Stamp {
    /// Time since the start, in microseconds.
    pub(super) const fn uptime(micros: i64) -> Self {
        Self { kind: StampKind::Uptime, micros, is_fine: true, zone: None }
    }
}

/// The stamp at the start of `text`, and how many bytes it takes, its brackets included.
pub(super) fn read(text: &str) -> Option<(Stamp, usize)> {
    let close = match text.as_bytes().first()? {
        b'[' => ']',
        b'(' => ')',
        b'<' => '>',
        b'{' => '}',
        byte if byte.is_ascii_alphanumeric() || *byte == b'+' => {
            return bare(text).filter(|(_, taken)| is_over(&text[*taken..]));
        }
        _ => return None,
    };
    let inner = &text[1..];
    let blanks = inner.len() - inner.trim_start_matches(' ').len();
    let inside = &inner[blanks..];
    let (stamp, taken) = bare(inside).or_else(|| elapsed(inside)).or_else(|| uptime(inside))?;
    let rest = &inside[taken..];
    let padded = rest.len() - rest.trim_start_matches(' ').len();
    rest[padded..].starts_with(close).then_some((stamp, 1 + blanks + taken + padded + 1))
}

/// A stamp without brackets at the start of `text`. Time since a start is none: any number would be one.
pub(super) fn bare(text: &str) -> Option<(Stamp, usize)> {
    if !text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    if let Some(read) = compact(text) {
        return Some(read);
    }
    if let Some((days, taken)) = date(text) {
        let rest = &text[taken..];
        let (clock, more) = GAPS.iter().find_map(|gap| {
            let rest = rest.strip_prefix(gap)?;
            let (clock, more) = time(rest).or_else(|| dotted(rest))?;
            Some((clock, gap.len() + more))
        })?;
        let at = taken + more;
        let (zone, zoned) = zone(&text[at..]);
        let (days, yeared) = year_behind(days, &text[at + zoned..]);
        let stamp = Stamp { kind: StampKind::Date, micros: days * DAY + clock.0, is_fine: clock.1, zone };
        return Some((stamp, at + zoned + yeared));
    }
    if let Some((clock, taken)) = time(text) {
        let (zone, zoned) = zone(&text[taken..]);
        return Some((Stamp { kind: StampKind::Day, micros: clock.0, is_fine: clock.1, zone }, taken + zoned));
    }
    epoch(text)
}

/// `20241102T081530.112`, `20241102_081530`: date and time of day without signs inside.
fn compact(text: &str) -> Option<(Stamp, usize)> {
    let (date, rest) = digits(text, 8, 8)?;
    let rest = rest.strip_prefix(['T', '_', '-', ' '])?;
    let (clock, rest) = digits(rest, 6, 6)?;
    let (hour, minute, second) = (clock / 10_000, clock / 100 % 100, clock % 100);
    let days = days(i32::try_from(date / 10_000).ok()?, date / 100 % 100, date % 100)?;
    let is_time = hour < 24 && minute < 60 && second <= 60 && (1990..2100).contains(&(date / 10_000));
    let (part, rest) = match rest.strip_prefix(['.', ',']).and_then(fraction) {
        Some((part, rest)) => (Some(part), rest),
        None => (None, rest),
    };
    let (zone, zoned) = zone(rest);
    let seconds = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
    let micros = days * DAY + seconds * SECOND + part.unwrap_or(0);
    let stamp = Stamp { kind: StampKind::Date, micros, is_fine: part.is_some(), zone };
    let taken = text.len() - rest.len() + zoned;
    (is_time && is_over(&text[taken..])).then_some((stamp, taken))
}

/// What may stand behind a stamp without brackets.
fn is_over(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
}

/// `2024-11-02`, `2024/11/02`, `2024.11.02`, `2024年11月02日`, `11-02`, `Nov  2`: days since 1970, and the bytes taken.
fn date(text: &str) -> Option<(i64, usize)> {
    named_date(text).or_else(|| long_date(text)).or_else(|| short_date(text))
}

fn long_date(text: &str) -> Option<(i64, usize)> {
    let (year, rest) = digits(text, 4, 4)?;
    let (separator, after) = split_first(rest)?;
    let is_chinese = separator == '年';
    if !is_chinese && !matches!(separator, '-' | '/' | '.' | '_') {
        return None;
    }
    let (month, rest) = digits(after, 1, 2)?;
    let rest = if is_chinese { rest.strip_prefix('月')? } else { rest.strip_prefix(separator)? };
    let (day, rest) = digits(rest, 1, 2)?;
    let rest = if is_chinese { rest.strip_prefix('日')? } else { rest };
    Some((days(i32::try_from(year).ok()?, month, day)?, text.len() - rest.len()))
}

/// Month and day only: the year does not matter for what follows what.
fn short_date(text: &str) -> Option<(i64, usize)> {
    let (first, rest) = digits(text, 2, 2)?;
    let (separator, after) = split_first(rest)?;
    if !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    let (second, rest) = digits(after, 2, 2)?;
    // `02/11/2024`: which is the month is told by the one that is none.
    if let Some((year, rest)) = rest.strip_prefix(separator).and_then(|rest| digits(rest, 4, 4)) {
        let (month, day) = if separator == '/' && second > 12 { (first, second) } else { (second, first) };
        return Some((days(i32::try_from(year).ok()?, month, day)?, text.len() - rest.len()));
    }
    if let Some((third, after)) = rest.strip_prefix(separator).and_then(|rest| digits(rest, 2, 2))
        && after.starts_with([' ', '\t'])
    {
        return Some((two_digit_year(first, second, third, separator)?, text.len() - after.len()));
    }
    (rest.starts_with(' ') && separator != '.').then_some((days(LEAP_YEAR, first, second)?, text.len() - rest.len()))
}

fn named_date(text: &str) -> Option<(i64, usize)> {
    if !text.as_bytes().first().is_some_and(u8::is_ascii_uppercase) {
        return None;
    }
    let rest =
        WEEKDAYS.iter().find_map(|day| text.strip_prefix(day)).map_or(text, |rest| rest.trim_start_matches([',', ' ']));
    let month = MONTHS.iter().position(|month| rest.starts_with(month))?;
    let rest = rest[3..].trim_start_matches(' ');
    let (day, rest) = digits(rest, 1, 2)?;
    Some((days(LEAP_YEAR, u32::try_from(month + 1).ok()?, day)?, text.len() - rest.len()))
}

/// `Tue Nov  5 08:15:30.112 2024`: the year behind the time of a date that told none, and the bytes it takes.
fn year_behind(days: i64, rest: &str) -> (i64, usize) {
    let with_year = || {
        let (year, after) = digits(rest.strip_prefix(' ')?, 4, 4)?;
        let date = NaiveDate::default().checked_add_signed(chrono::TimeDelta::days(days))?;
        let is_told = date.year() == LEAP_YEAR && (1970..2100).contains(&year) && is_over(after);
        let date = date.with_year(i32::try_from(year).ok()?).filter(|_| is_told)?;
        Some((date.signed_duration_since(NaiveDate::default()).num_days(), rest.len() - after.len()))
    };
    with_year().unwrap_or((days, 0))
}

/// `24/11/05`, `11/05/24`, `05.11.24`: the year has two digits, and a blank or a tab follows.
fn two_digit_year(first: u32, second: u32, third: u32, separator: char) -> Option<i64> {
    let year = |short: u32| i32::try_from(2_000 + short).ok();
    // A day of a month is told from a year by its place where it could be either.
    if (20..=69).contains(&first) && (first > 31 || (1..=12).contains(&second)) {
        return days(year(first)?, second, third);
    }
    let (month, day) = if separator == '/' && first <= 12 { (first, second) } else { (second, first) };
    days(year(third)?, month, day)
}

fn days(year: i32, month: u32, day: u32) -> Option<i64> {
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    Some(date.signed_duration_since(NaiveDate::default()).num_days())
}

/// `8:15:30`, `08:15:30.112`, `08:15:30,112`, `08:15:30:112`, `08时15分30秒`, perhaps with AM or PM: microseconds since midnight and
/// whether parts of a second are told.
fn time(text: &str) -> Option<((i64, bool), usize)> {
    let (hour, rest) = digits(text, 1, 2)?;
    let rest = rest.strip_prefix([':', '时'])?;
    let (minute, rest) = digits(rest, 2, 2)?;
    let rest = rest.strip_prefix([':', '分'])?;
    let (second, mut rest) = digits(rest, 2, 2)?;
    rest = rest.strip_prefix('秒').unwrap_or(rest);
    if hour > 24 || minute > 59 || second > 60 {
        return None;
    }
    let mut micros = (i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second)) * SECOND;
    let mut is_fine = false;
    if let Some((part, after)) = rest.strip_prefix(['.', ',', ':']).and_then(fraction) {
        (micros, rest, is_fine) = (micros + part, after, true);
        // Zephyr writes microseconds behind milliseconds.
        if let Some((more, after)) = rest.strip_prefix(',').and_then(|rest| digits(rest, 3, 3)) {
            (micros, rest) = (micros + i64::from(more), after);
        }
    }
    let half = rest.trim_start_matches(' ');
    for (word, is_later) in [("AM", false), ("PM", true), ("am", false), ("pm", true)] {
        if let Some(after) = half.strip_prefix(word).filter(|after| is_over(after) && hour <= 12) {
            let shift = if is_later { i64::from(hour != 12) } else { -i64::from(hour == 12) };
            (micros, rest) = (micros + shift * 12 * 3_600 * SECOND, after);
        }
    }
    Some(((micros, is_fine), text.len() - rest.len()))
}

/// `08:15.30`: a point before the seconds. Only behind a date, since anything may look like this.
fn dotted(text: &str) -> Option<((i64, bool), usize)> {
    let (hour, rest) = digits(text, 2, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2, 2)?;
    let (second, rest) = digits(rest.strip_prefix('.')?, 2, 2)?;
    let is_time = hour < 24 && minute < 60 && second <= 60 && is_over(rest);
    let micros = (i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second)) * SECOND;
    is_time.then_some(((micros, false), text.len() - rest.len()))
}

/// Parts of a second in microseconds. Four digits are milliseconds that were rounded up to a whole second.
fn fraction(text: &str) -> Option<(i64, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    let value: i64 = text.get(..count).filter(|_| (1..=9).contains(&count))?.parse().ok()?;
    let micros = match count {
        4 => value * 1_000,
        1..=6 => value * 10_i64.pow(6 - u32::try_from(count).ok()?),
        _ => value / 10_i64.pow(u32::try_from(count).ok()? - 6),
    };
    Some((micros, &text[count..]))
}

/// ` +08:00`, `+0800`, `Z`: minutes east of Greenwich, and the bytes taken.
fn zone(text: &str) -> (Option<i16>, usize) {
    if text.starts_with('Z') && is_over(&text[1..]) {
        return (Some(0), 1);
    }
    let shown = text.strip_prefix(' ').unwrap_or(text);
    let sign = match shown.as_bytes().first() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return (None, 0),
    };
    let read = || {
        let (hours, rest) = digits(&shown[1..], 2, 2)?;
        let (minutes, rest) = digits(rest.strip_prefix(':').unwrap_or(rest), 2, 2)?;
        let is_zone = hours <= 14 && minutes < 60 && is_over(rest);
        is_zone.then(|| (sign * i16::try_from(hours * 60 + minutes).unwrap_or(0), rest))
    };
    read().map_or((None, 0), |(minutes, rest)| (Some(minutes), text.len() - rest.len()))
}

/// `1730505330.112`, `1730505330112`: seconds since 1970.
fn epoch(text: &str) -> Option<(Stamp, usize)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    let value: i64 = text[..count].parse().ok()?;
    let rest = &text[count..];
    let (micros, rest, is_fine) = match (count, rest.strip_prefix('.').and_then(fraction)) {
        (10, Some((part, rest))) => (value * SECOND + part, rest, true),
        (13, None) => (value * 1_000, rest, true),
        (16, None) => (value, rest, true),
        (10, None) if !rest.starts_with(':') => (value * SECOND, rest, false),
        _ => return None,
    };
    // Between 2001 and 2065: any other number is none.
    let is_likely = (1_000_000_000 * SECOND..3_000_000_000 * SECOND).contains(&micros);
    is_likely.then_some((Stamp { kind: StampKind::Epoch, micros, is_fine, zone: Some(0) }, text.len() - rest.len()))
}

/// `0 00:00:10.311`: days and time of day since a start, between brackets.
fn elapsed(text: &str) -> Option<(Stamp, usize)> {
    let (days, rest) = digits(text, 1, 3)?;
    let (clock, taken) = time(rest.strip_prefix(' ')?)?;
    let micros = i64::from(days) * DAY + clock.0;
    Some((Stamp { is_fine: clock.1, ..Stamp::uptime(micros) }, text.len() - rest.len() + 1 + taken))
}

/// `12.345678`, `10311` (milliseconds), `12.3 s`: time since a start, between brackets.
pub(super) fn uptime(text: &str) -> Option<(Stamp, usize)> {
    let shown = text.strip_prefix('+').unwrap_or(text);
    let count = shown.bytes().take_while(u8::is_ascii_digit).count();
    let value: i64 = shown.get(..count).filter(|_| (1..=10).contains(&count))?.parse().ok()?;
    let rest = &shown[count..];
    let (micros, rest) = match rest.strip_prefix('.').and_then(fraction) {
        Some((part, rest)) => (value.checked_mul(SECOND)? + part, rest),
        None => (value.checked_mul(1_000)?, rest),
    };
    let unit = rest.trim_start_matches(' ');
    let rest = unit.strip_prefix("ms").or_else(|| unit.strip_prefix('s')).unwrap_or(rest);
    Some((Stamp::uptime(micros), text.len() - rest.len()))
}

fn digits(text: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if count < least {
        return None;
    }
    Some((text[..count].parse().ok()?, &text[count..]))
}

fn split_first(text: &str) -> Option<(char, &str)> {
    let first = text.chars().next()?;
    Some((first, &text[first.len_utf8()..]))
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// What may stand between date and time of day.
const GAPS: [&str; 8] = ["\t", "/", "-", "  ", ", ", "_", "T", " "];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// Has every day that a date without a year may name.
const LEAP_YEAR: i32 = 1972;
/// A second, in microseconds.
pub(super) const SECOND: i64 = 1_000_000;
/// A day, in microseconds.
pub(super) const DAY: i64 = 86_400 * SECOND;

#[cfg(test)]
mod tests {
    use super::*;

    /// Kind, milliseconds within the day or since the start, and what follows.
    fn shown(text: &str) -> Option<(StampKind, i64, &str)> {
        let (stamp, taken) = read(text)?;
        let micros = if stamp.kind == StampKind::Date { stamp.micros % DAY } else { stamp.micros };
        Some((stamp.kind, micros / 1_000, &text[taken..]))
    }

    #[test]
    fn stamps_of_all_kinds() {
        use StampKind::{Date, Day, Epoch, Uptime};
        let morning = (8 * 3_600 + 15 * 60 + 30) * 1_000;
        let table = [
            ("[08:15:30.112]OK", Some((Day, morning + 112, "OK"))),
            ("[8:15:30:112]OK", Some((Day, morning + 112, "OK"))),
            ("08:15:30.112 -> OK", Some((Day, morning + 112, " -> OK"))),
            ("[2024-11-02 08:15:30.112] OK", Some((Date, morning + 112, " OK"))),
            ("[2024/11/02 08:15:30.112] x", Some((Date, morning + 112, " x"))),
            ("[2024-11-02T08:15:30.112] x", Some((Date, morning + 112, " x"))),
            ("[2024-11-02 08:15:30] x", Some((Date, morning, " x"))),
            ("2024-11-02 08:15:30.112 +08:00 [INF] x", Some((Date, morning + 112, " [INF] x"))),
            ("2024-11-02 08:15:30,112 DEBUG x", Some((Date, morning + 112, " DEBUG x"))),
            ("[2024-11-02 08:15:30.1000]: x", Some((Date, morning + 1_000, ": x"))),
            ("Nov  2 08:15:30 host x", Some((Date, morning, " host x"))),
            ("11-02 08:15:30.112 x", Some((Date, morning + 112, " x"))),
            ("02/11/2024 08:15:30 x", Some((Date, morning, " x"))),
            ("[11/02/24 08:15:30] x", Some((Date, morning, " x"))),
            ("24-11-02 08:15:30.112 x", Some((Date, morning + 112, " x"))),
            ("02.11.24 08:15:30 x", Some((Date, morning, " x"))),
            ("[Sat Nov 02 08:15:30.112 2024] x", Some((Date, morning + 112, " x"))),
            ("24/11/02,08:15:30+32", None),
            ("[2024-11-02 08:15.30] x", Some((Date, morning, " x"))),
            ("8:15:30 PM x", Some((Day, morning + 12 * 3_600_000, " x"))),
            ("[1730505330.112] x", Some((Epoch, 1_730_505_330_112, " x"))),
            ("1730505330112 x", Some((Epoch, 1_730_505_330_112, " x"))),
            ("[   12.345678] x", Some((Uptime, 12_345, " x"))),
            ("(10311) x", Some((Uptime, 10_311, " x"))),
            ("[00:00:10.311,000] <dbg> x", Some((Day, 10_311, " <dbg> x"))),
            ("[0 00:00:10.311] x", Some((Uptime, 10_311, " x"))),
            ("20241102T081530.112 x", Some((Date, morning + 112, " x"))),
            ("20241102_081530 x", Some((Date, morning, " x"))),
            ("20249902T081530 x", None),
            ("+CSQ: 24,0", None),
            ("[24,0] x", None),
            ("AT+CCLK=\"24/11/02,08:15:30+32\"", None),
            ("8613800000000 x", None),
            ("860000000000001", None),
            ("12:61:00 x", None),
            ("[INF] x", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert_eq!(read("2024-11-02 08:15:30.112 +08:00 x").and_then(|(stamp, _)| stamp.zone), Some(480));
    }
}
