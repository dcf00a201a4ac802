//! Two tries to reach a broker side by side: one that failed and one that did not. What differs is told step by step: what was set,
//! what was sent in another order or not at all, what was answered otherwise, what took much longer.
//!
//! A difference is no cause. It is told to people and to nobody else: two logs of two devices differ in much that means nothing.

use std::{collections::BTreeMap, time::Duration};

use super::{Source, Stop, heard::without_client_id};
use crate::{
    air780e::verb::{Line, Verb},
    at::text::MASK,
    lang::Text,
    modem::{
        event::{Event, ExchangeRecord, WireKind},
        status::Session,
    },
    record::{Options, Piece, Reader, Watcher},
};

/// A try to reach a broker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Try {
    /// The line at which its link was opened.
    pub line: u32,
    /// Whether the broker let it in.
    pub is_good: bool,
    /// What was set when it began: each by what it sets, with the whole command.
    settings: BTreeMap<String, Told>,
    /// What was sent since the try before, in order.
    steps: Vec<Step>,
}

/// A command where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    line: u32,
    text: String,
}

/// A dialogue.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    key: String,
    told: Told,
    /// What came: the deciding line.
    answer: String,
    is_good: bool,
    took: Duration,
}

/// All tries of one port.
#[derive(Clone, Debug, Default)]
pub(super) struct Tries {
    done: Vec<Try>,
    settings: BTreeMap<String, Told>,
    steps: Vec<Step>,
    open: Option<Try>,
    /// The line of the command that was sent last.
    sent: u32,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What kind it is.
    pub kind: Kind,
    /// How it was where it failed, with its line.
    pub failed: Option<(u32, String)>,
    /// How it was where it did not.
    pub good: Option<(u32, String)>,
}

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something is set otherwise.
    Setting,
    /// Something is set or sent in one of them only.
    Missing,
    /// The same is sent in another order.
    Order,
    /// The same is answered otherwise.
    Answer,
    /// The same takes much longer.
    Slow,
}

impl Kind {
    /// A short stable name: `setting`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Setting => "setting",
            Self::Missing => "missing",
            Self::Order => "order",
            Self::Answer => "answer",
            Self::Slow => "slow",
        }
    }

    /// The sentence about it.
    pub fn text(self) -> Text {
        Text::new(match self {
            Self::Setting => "compare-setting",
            Self::Missing => "compare-missing",
            Self::Order => "compare-order",
            Self::Answer => "compare-answer",
            Self::Slow => "compare-slow",
        })
    }
}

/// Two tries with what differs between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The line at which the one began that failed.
    pub failed: u32,
    /// The line at which the other one began, perhaps of another log.
    pub good: u32,
    /// What differs, settings first.
    pub differences: Vec<Difference>,
    /// Passwords and keys are masked in both: whether they are the same is not known.
    pub has_hidden: bool,
}

impl Tries {
    /// Something was told at `line`.
    pub(super) fn take(&mut self, line: u32, event: &Event) {
        match event {
            Event::Wire(wire) if wire.kind == WireKind::Sent => self.sent = line,
            Event::Exchange(record) => self.exchanged(self.sent, record),
            Event::SessionLost { .. } => self.close(),
            Event::Status(status) if status.session == Session::Connected => {
                if let Some(open) = &mut self.open {
                    open.is_good = true;
                }
            }
            _ => {}
        }
    }

    /// The tries, oldest first.
    pub(super) fn done(mut self) -> Vec<Try> {
        self.close();
        self.done
    }

    fn exchanged(&mut self, line: u32, record: &ExchangeRecord) {
        let command = &record.command;
        let verb = command.verb();
        // One without values may do something: AT+CIICR.
        let asks = command.as_str().trim_end().ends_with('?');
        if verb.publishes() || asks || only_looks(verb) {
            return;
        }
        if matches!(verb, Verb::Restart | Verb::PowerDown) {
            self.settings.clear();
        }
        let key = key(command);
        let told = Told { line, text: without_client_id(command.as_str()) };
        let answer = match (&record.result, record.answer.last()) {
            (Err(fault), _) => without_client_id(&fault.to_string()),
            (Ok(()), Some(line)) => line.clone(),
            (Ok(()), None) => "OK".to_owned(),
        };
        let is_good = record.result.is_ok() || record.is_forgiven;
        let step = Step { key: key.clone(), told: told.clone(), answer, is_good, took: record.took() };
        if verb.opens() {
            self.close();
            let steps = std::mem::take(&mut self.steps);
            self.open = Some(Try { line, is_good: false, settings: self.settings.clone(), steps });
        }
        let is_step_of_try =
            self.open.as_ref().is_some_and(|open| !open.is_good) || verb.opens() || verb == Verb::LogIn;
        match &mut self.open {
            Some(open) if is_step_of_try && open.steps.len() < MOST_STEPS => open.steps.push(step),
            _ => {
                if self.steps.len() >= MOST_STEPS {
                    self.steps.remove(0);
                }
                self.steps.push(step);
            }
        }
        if record.result.is_ok() && command.as_str().contains('=') {
            self.settings.insert(key, told);
        }
        // What comes next is of the next try.
        if !is_good && (verb.opens() || verb == Verb::LogIn) {
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            if self.done.len() >= MOST_TRIES {
                self.done.remove(0);
            }
            self.done.push(open);
        }
    }
}

/// Whether a command changes nothing: when it is sent means nothing.
const fn only_looks(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::Attention
            | Verb::LineSetting
            | Verb::Identity
            | Verb::Signal
            | Verb::Clock
            | Verb::Supply
            | Verb::StartReason
            | Verb::ReadFile
            | Verb::FileSize
            | Verb::ListFiles
            | Verb::FileRoom
    )
}

/// The tries that a log shows, one list a port.
pub fn tries(source: &mut Source, options: &Options) -> Result<Vec<Vec<Try>>, Stop> {
    let (mut ports, mut watcher, mut reader) = (Vec::<Tries>::new(), Watcher::default(), Reader::new(options.clone()));
    let mut take = |_, piece: Piece| {
        watcher.take(&piece, |told| {
            if ports.len() <= told.port {
                ports.resize_with(told.port + 1, Tries::default);
            }
            ports[told.port].take(told.line, &told.event);
        });
    };
    loop {
        let bytes = source.next_bytes()?;
        if bytes.is_empty() {
            break;
        }
        reader.push(bytes, &mut take);
    }
    reader.finish(&mut take);
    Ok(ports.into_iter().map(Tries::done).collect())
}

/// The tries that are compared when nobody says which: the last one that failed, and the nearest good one, after it if there is one.
/// `None` where all of them failed, or none.
pub fn pair(tries: &[Try]) -> Option<(&Try, &Try)> {
    let failed = tries.iter().rposition(|one| !one.is_good)?;
    let (before, after) = tries.split_at(failed);
    let good = after.iter().find(|one| one.is_good).or_else(|| before.iter().rev().find(|one| one.is_good))?;
    Some((&tries[failed], good))
}

impl Try {
    /// The same without what follows the step at which `failed` came to its end.
    fn as_far_as(&self, failed: &Self) -> Self {
        let end = failed.steps.last().filter(|last| !last.is_good);
        let place = end.and_then(|last| self.steps.iter().position(|step| step.key == last.key));
        let reached = place.map_or(self.steps.len(), |place| place + 1);
        Self { steps: self.steps[..reached].to_vec(), ..self.clone() }
    }
}

/// What differs between `failed` and `good`.
pub fn compare(failed: &Try, good: &Try) -> Comparison {
    let good = &good.as_far_as(failed);
    let mut differences = settings(failed, good);
    differences.extend(missing(failed, good));
    differences.extend(order(failed, good));
    differences.extend(answers(failed, good));
    let hidden = |one: &Try| one.settings.values().any(|told| told.text.contains(MASK));
    Comparison { failed: failed.line, good: good.line, differences, has_hidden: hidden(failed) && hidden(good) }
}

fn shown(told: &Told) -> (u32, String) {
    (told.line, told.text.clone())
}

/// What is in force otherwise, or in one of them only. The link itself is opened with what is compared first.
fn settings(failed: &Try, good: &Try) -> Vec<Difference> {
    let in_force = |one: &Try| {
        let mut all = one.settings.clone();
        let begun = one.steps.iter().filter(|step| step.told.text.contains('='));
        all.extend(begun.map(|step| (step.key.clone(), step.told.clone())));
        all
    };
    let (failed, good) = (in_force(failed), in_force(good));
    let mut keys: Vec<&String> = failed.keys().chain(good.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    let difference = |key: &String| {
        let (one, other) = (failed.get(key), good.get(key));
        if one.map(|told| &told.text) == other.map(|told| &told.text) {
            return None;
        }
        let kind = if one.is_some() && other.is_some() { Kind::Setting } else { Kind::Missing };
        Some(Difference { kind, failed: one.map(shown), good: other.map(shown) })
    };
    keys.into_iter().filter_map(difference).collect()
}

/// Commands without values that only one of them has.
fn missing(failed: &Try, good: &Try) -> Vec<Difference> {
    let plain = |one: &Try| one.steps.iter().filter(|step| !step.told.text.contains('=')).cloned().collect::<Vec<_>>();
    let (in_failed, in_good) = (plain(failed), plain(good));
    let is_reached = |one: &Step, all: &[Step]| all.iter().any(|other| other.key == one.key);
    let mut differences = Vec::new();
    for step in in_failed.iter().filter(|step| !is_reached(step, &in_good)) {
        differences.push(Difference { kind: Kind::Missing, failed: Some(shown(&step.told)), good: None });
    }
    for step in in_good.iter().filter(|step| !is_reached(step, &in_failed)) {
        differences.push(Difference { kind: Kind::Missing, failed: None, good: Some(shown(&step.told)) });
    }
    differences
}

/// The first command that comes before another in one of them and behind it in the other.
fn order(failed: &Try, good: &Try) -> Option<Difference> {
    let place = |all: &Try, key: &str| all.steps.iter().position(|step| step.key == key);
    let common: Vec<&Step> = failed.steps.iter().filter(|step| place(good, &step.key).is_some()).collect();
    common.windows(2).find_map(|pair| {
        let [first, second] = pair else { return None };
        let (one, other) = (place(good, &first.key)?, place(good, &second.key)?);
        let in_good = &good.steps[other].told;
        (one > other).then(|| Difference {
            kind: Kind::Order,
            failed: Some((first.told.line, format!("{} → {}", first.told.text, second.told.text))),
            good: Some((in_good.line, format!("{} → {}", in_good.text, good.steps[one].told.text))),
        })
    })
}

/// The first step that went another way, and those that took much longer.
fn answers(failed: &Try, good: &Try) -> Vec<Difference> {
    // A fault may begin with its command.
    let answer = |step: &Step| step.answer.strip_prefix(&step.told.text).unwrap_or(&step.answer).trim().to_owned();
    let told = |step: &Step| (step.told.line, format!("{} → {}", step.told.text, answer(step)));
    let took = |step: &Step| (step.told.line, format!("{}: {} ms", step.told.text, step.took.as_millis()));
    let same = |step: &Step| good.steps.iter().find(|other| other.key == step.key);
    let mut differences = Vec::new();
    for (step, other) in failed.steps.iter().filter_map(|step| Some((step, same(step)?))) {
        if step.is_good != other.is_good {
            differences.push(Difference { kind: Kind::Answer, failed: Some(told(step)), good: Some(told(other)) });
        } else if step.took > other.took * MUCH_LONGER && step.took > LEAST_SLOW {
            differences.push(Difference { kind: Kind::Slow, failed: Some(took(step)), good: Some(took(other)) });
        }
    }
    differences
}

/// What a command sets: its name, and its first value where that names one of several.
fn key(command: &Line) -> String {
    let text = command.as_str();
    let (name, values) = text.split_once('=').unwrap_or((text, ""));
    let name = name.trim().to_ascii_uppercase();
    let first = values.split(',').next().unwrap_or("").trim();
    let names_one = values.contains(',') && NAMING.contains(&name.as_str());
    if names_one { format!("{name}={}", first.to_ascii_lowercase()) } else { name }
}

/// Commands of which the first value names what they set (reference, sections 5, 8, 12).
const NAMING: [&str; 7] = ["AT+SSLCFG", "AT+FSWRITE", "AT+FSCREATE", "AT+FSDEL", "AT+CGDCONT", "AT+SAPBR", "AT+MSUB"];
/// A log has no more steps between two tries that anybody compares.
const MOST_STEPS: usize = 256;
const MOST_TRIES: usize = 512;
/// A step that takes so many times as long, and at least so long, is worth a word.
const MUCH_LONGER: u32 = 5;
const LEAST_SLOW: Duration = Duration::from_secs(2);

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::doctor::Origin;

    fn tries(log: &str) -> Vec<Try> {
        let mut source = Origin::Text(Arc::from(log)).open().expect("a text");
        super::tries(&mut source, &Options::default()).expect("it is read").remove(0)
    }

    const CONFIG: &str = "AT+MCONFIG=\"unit\",\"u\",\"secret77\"\r\nOK\r\n";
    const FAILED: &str = "AT+MIPSTART=\"broker.test\",\"1884\"\r\nOK\r\nCONNECT FAIL\r\n";
    const GOOD: &str =
        "AT+MIPSTART=\"broker.test\",\"1883\"\r\nOK\r\nCONNECT OK\r\nAT+MCONNECT=1,60\r\nOK\r\nCONNACK OK\r\n";

    #[test]
    fn what_is_set_otherwise_is_told_with_both_lines() {
        let log = format!("AT+CSTT=\"iot\"\r\nOK\r\n{CONFIG}{FAILED}AT+CSTT=\"cmnet\"\r\nOK\r\n{GOOD}");
        let tries = tries(&log);
        let (failed, good) = pair(&tries).expect("a failed one and a good one");
        let told = compare(failed, good);
        let settings: Vec<_> = told.differences.iter().filter(|one| one.kind == Kind::Setting).cloned().collect();
        let both = |one: (u32, &str), other: (u32, &str)| {
            (Some((one.0, one.1.to_owned())), Some((other.0, other.1.to_owned())))
        };
        let found: Vec<_> = settings.into_iter().map(|one| (one.failed, one.good)).collect();
        assert_eq!(found[0], both((1, "AT+CSTT=\"iot\""), (8, "AT+CSTT=\"cmnet\"")));
        let host = |port: &str| format!("AT+MIPSTART=\"broker.test\",\"{port}\"");
        assert_eq!(found[1], both((5, &host("1884")), (10, &host("1883"))));
        assert!(told.has_hidden && !format!("{told:?}").contains("secret77"));
    }

    #[test]
    fn without_one_that_failed_nothing_is_compared() {
        assert!(pair(&tries(&format!("{CONFIG}{GOOD}"))).is_none());
        assert!(pair(&tries(&format!("{CONFIG}{FAILED}{FAILED}"))).is_none());
    }

    #[test]
    fn what_is_sent_in_one_of_them_only_and_in_another_order_is_told() {
        let late = format!("AT+CIICR\r\nOK\r\n{CONFIG}{FAILED}AT+MIPCLOSE\r\nOK\r\n");
        let log = format!("{late}{CONFIG}AT+CIICR\r\nOK\r\nAT+CREG=1\r\nOK\r\n{GOOD}");
        let tries = tries(&log);
        let (failed, good) = pair(&tries).expect("a failed one and a good one");
        let kinds: Vec<_> = compare(failed, good).differences.iter().map(|one| one.kind).collect();
        assert!(kinds.contains(&Kind::Order) && kinds.contains(&Kind::Missing), "{kinds:?}");
    }
}
