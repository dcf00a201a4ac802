//! Placeholders such as `{{seq}}` that are filled in when a message is sent.
//!
//! Filling is pure: number, time and chance come from outside, so that what is shown before sending is what is sent.
//! Double braces that name nothing known are sent as they stand, and the composer says so.

use std::fmt::Write as _;

use chrono::{DateTime, Local, SecondsFormat};

/// Where the values come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filling {
    /// Number of the message, from 1.
    pub number: u64,
    /// The time of day.
    pub now: DateTime<Local>,
    /// What chance begins with; the same seed gives the same values.
    pub seed: u64,
}

/// One placeholder that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// As it is written.
    pub text: &'static str,
    /// The name of the sentence that explains it.
    pub hint_key: &'static str,
}

/// All placeholders in the order of their list.
pub const PLACEHOLDERS: [Placeholder; 8] = [
    Placeholder { text: "{{seq}}", hint_key: "placeholder-seq" },
    Placeholder { text: "{{time}}", hint_key: "placeholder-time" },
    Placeholder { text: "{{date}}", hint_key: "placeholder-date" },
    Placeholder { text: "{{iso}}", hint_key: "placeholder-iso" },
    Placeholder { text: "{{unix}}", hint_key: "placeholder-unix" },
    Placeholder { text: "{{unix_ms}}", hint_key: "placeholder-unix-ms" },
    Placeholder { text: "{{random:20:30.0}}", hint_key: "placeholder-random" },
    Placeholder { text: "{{hex:8}}", hint_key: "placeholder-hex" },
];

/// A text with its placeholders filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The text.
    pub text: String,
    /// How many were filled in.
    pub count: usize,
    /// The first pair of braces that names nothing known.
    pub unknown: Option<String>,
}

/// Fills in the placeholders of `text`.
pub fn fill(text: &str, filling: Filling) -> Filled {
    let mut filled = Filled { text: String::with_capacity(text.len()), ..Filled::default() };
    let mut chance = Chance(filling.seed.wrapping_add(filling.number));
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.text.push_str(before);
        let named = after.split_once("}}").filter(|(name, _)| name.len() <= LONGEST_NAME);
        let Some((name, behind)) = named else {
            filled.text.push_str("{{");
            rest = after;
            continue;
        };
        if let Some(value) = value(name.trim(), filling, &mut chance) {
            filled.text.push_str(&value);
            filled.count += 1;
        } else {
            filled.unknown.get_or_insert_with(|| format!("{{{{{name}}}}}"));
            // Writing to a string cannot fail.
            let _ = write!(filled.text, "{{{{{name}}}}}");
        }
        rest = behind;
    }
    filled.text.push_str(rest);
    filled
}

fn value(name: &str, filling: Filling, chance: &mut Chance) -> Option<String> {
    let now = filling.now;
    Some(match name {
        "seq" => filling.number.to_string(),
        "time" => now.format("%H:%M:%S%.3f").to_string(),
        "date" => now.format("%Y-%m-%d").to_string(),
        "iso" => now.to_rfc3339_opts(SecondsFormat::Millis, false),
        "unix" => now.timestamp().to_string(),
        "unix_ms" => now.timestamp_millis().to_string(),
        "random" => chance.below(100).to_string(),
        _ => {
            let (kind, arguments) = name.split_once(':')?;
            match kind {
                "random" => chance.between(arguments)?,
                "hex" => chance.hex(arguments.parse().ok().filter(|bytes| (1..=MOST_HEX).contains(bytes))?),
                _ => return None,
            }
        }
    })
}

/// Numbers that look like chance (`SplitMix64`); nobody's secret depends on them.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// A number from `LOW:HIGH`, both included, with as many decimals as the longer of them has.
    fn between(&mut self, arguments: &str) -> Option<String> {
        let (low, high) = arguments.split_once(':')?;
        let decimals = |number: &str| number.trim().split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let digits = u32::try_from(decimals(low).max(decimals(high))).ok().filter(|digits| *digits <= MOST_DECIMALS)?;
        let scale = 10_i64.pow(digits);
        let (low, high) = (scaled(low, digits)?, scaled(high, digits)?);
        let span = u64::try_from(high.checked_sub(low)?).ok()?.checked_add(1)?;
        let number = low.checked_add(i64::try_from(self.below(span)).ok()?)?;
        if digits == 0 {
            return Some(number.to_string());
        }
        let sign = if number < 0 { "-" } else { "" };
        let (whole, part) =
            (number.unsigned_abs() / scale.unsigned_abs(), number.unsigned_abs() % scale.unsigned_abs());
        Some(format!("{sign}{whole}.{part:0width$}", width = digits as usize))
    }

    fn hex(&mut self, bytes: usize) -> String {
        (0..bytes).fold(String::with_capacity(bytes * 2), |mut text, _| {
            let _ = write!(text, "{:02x}", self.below(256));
            text
        })
    }
}

/// `number` without its point: `2.5` with two digits is 250.
fn scaled(number: &str, digits: u32) -> Option<i64> {
    let number = number.trim();
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let padded = format!("{whole}{part:0<width$}", width = digits as usize);
    padded.parse().ok()
}

const LONGEST_NAME: usize = 48;
const MOST_HEX: usize = 256;
const MOST_DECIMALS: u32 = 9;

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn filling(number: u64) -> Filling {
        let now = Local.with_ymd_and_hms(2026, 1, 2, 3, 4, 5).single().expect("a time");
        Filling { number, now, seed: 7 }
    }

    #[test]
    fn each_placeholder_is_filled_in() {
        let unix = filling(1).now.timestamp();
        let table = [
            ("n={{seq}}", "n=12".to_owned()),
            ("{{ seq }}{{seq}}", "1212".to_owned()),
            ("{{time}} {{date}}", "03:04:05.000 2026-01-02".to_owned()),
            ("{{unix}} {{unix_ms}}", format!("{unix} {unix}000")),
            ("{{random:5:5}} {{random:2.50:2.5}} {{random:-1.5:-1.5}}", "5 2.50 -1.5".to_owned()),
        ];
        for (text, expected) in table {
            let filled = fill(text, filling(12));
            assert_eq!((filled.text, filled.unknown), (expected, None), "{text}");
        }
        assert_eq!(fill("{{hex:3}}", filling(1)).text.len(), 6);
        for placeholder in PLACEHOLDERS {
            assert_eq!(fill(placeholder.text, filling(1)).count, 1, "{}", placeholder.text);
        }
    }

    #[test]
    fn what_names_nothing_is_sent_as_it_stands() {
        for text in ["{\"a\":{\"b\":{}}}", "{{", "a {{b", "}} {{ }} {{nope}}", "{{random:9:1}}", "{{hex:0}}", "{{{{"] {
            let filled = fill(text, filling(1));
            assert_eq!((filled.text.as_str(), filled.count), (text, 0));
        }
        assert_eq!(fill("x {{nope}} {{seq}}", filling(3)).unknown.as_deref(), Some("{{nope}}"));
        assert_eq!(fill("x {{nope}} {{seq}}", filling(3)).text, "x {{nope}} 3");
    }

    #[test]
    fn the_same_number_gives_the_same_chance_and_another_gives_another() {
        let value = |number| fill("{{random:0:1000000}}", filling(number)).text;
        assert_eq!(value(1), value(1));
        assert_ne!(value(1), value(2));
    }

    proptest! {
        #[test]
        fn chance_stays_within_its_limits(low in -1_000_i64..1_000, span in 0_i64..1_000, number in any::<u64>()) {
            let high = low + span;
            let text = fill(&format!("{{{{random:{low}:{high}}}}}"), Filling { number, ..filling(1) }).text;
            let value: i64 = text.parse().expect("a number");
            prop_assert!((low..=high).contains(&value));
        }

        #[test]
        fn no_text_makes_it_panic(text in "[{}a-z:0-9. ]{0,60}") {
            fill(&text, filling(1));
        }
    }
}
