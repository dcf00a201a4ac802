//! What the answers of the module tell where the questions do not stand in the log: tools that show only what came in.

use std::time::Duration;

use crate::{
    air780e::urc,
    modem::event::{Awaited, Fault, Refusal},
    time::Moment,
};

/// The answers about signal, network and attachment so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Alone {
    signal: Asked,
    network: Asked,
    attached: Asked,
    /// The module was connected to somebody: what was asked before is of no matter.
    has_link: bool,
}

/// What was answered to one question again and again.
#[derive(Clone, Copy, Debug, Default)]
struct Asked {
    times: u32,
    /// The last answer, and when it came.
    last: Option<(Moment, u8)>,
}

impl Asked {
    fn take(&mut self, at: Moment, value: u8) {
        self.times += 1;
        self.last = Some((at, value));
    }

    /// The last answer, when it was asked for more than once.
    fn stays(self) -> Option<(Moment, u8)> {
        self.last.filter(|_| self.times >= 2)
    }
}

impl Alone {
    /// Takes a line of the module; gives the fault that it tells of by itself.
    pub(super) fn take(&mut self, at: Moment, text: &str) -> Option<Fault> {
        if matches!(urc::without_link_number(text), "CONNECT OK" | "CONNACK OK") {
            self.has_link = true;
        }
        if let Some(stat) = registration(text) {
            self.network.take(at, stat);
        } else if let Some(level) = text.strip_prefix("+CSQ:").and_then(first) {
            self.signal.take(at, level);
        } else if let Some(state) = text.strip_prefix("+CGATT:").and_then(first) {
            self.attached.take(at, state);
        }
        fault_of(text)
    }

    /// What was asked again and again and was not there by the last answer, the nearest to the cable first.
    pub(super) fn unmet(&self) -> Option<(Moment, Fault)> {
        if self.has_link {
            return None;
        }
        let unknown = self.signal.stays().filter(|(_, level)| *level == UNKNOWN);
        if let Some((at, rssi)) = unknown {
            return Some((at, Fault::NoSignal { rssi }));
        }
        let after = Duration::ZERO;
        if let Some((at, stat)) = self.network.stays() {
            let is_registered = matches!(stat, 1 | 5 | 9 | 10);
            return (!is_registered).then_some((at, Fault::NotRegistered { stat, after }));
        }
        let detached = self.attached.stays().filter(|(_, state)| *state == 0);
        detached.map(|(at, _)| (at, Fault::NotAttached { after }))
    }
}

/// Whether the module says that its card can be used.
pub(super) fn is_ready(text: &str) -> bool {
    text.strip_prefix("+CPIN:").is_some_and(|state| state.trim_start().starts_with("READY"))
}

/// The state in an answer to `AT+CEREG?` or `AT+CGREG?`: the second of its numbers (reference, section 4).
fn registration(text: &str) -> Option<u8> {
    let rest = ["+CEREG:", "+CGREG:"].iter().find_map(|name| text.strip_prefix(name))?;
    let mut fields = rest.split(',').map(str::trim);
    let (_, stat) = (fields.next()?.parse::<u8>().ok()?, fields.next()?);
    stat.parse().ok()
}

fn first(rest: &str) -> Option<u8> {
    rest.split(',').next()?.trim().parse().ok()
}

/// What a line of the module says of a command that does not stand in the log.
fn fault_of(text: &str) -> Option<Fault> {
    if let Some(number) = text.strip_prefix("+CME ERROR:").and_then(|number| number.trim().parse().ok()) {
        // These tell of the card, whatever was asked.
        let refusal = Some(Refusal::Cme(number)).filter(|_| (10..=15).contains(&number))?;
        return Some(Fault::Refused { command: "AT+CPIN?".into(), refusal });
    }
    if let Some(state) = text.strip_prefix("+CPIN:").map(str::trim).filter(|state| !state.starts_with("READY")) {
        return Some(Fault::SimNotReady { state: state.to_owned() });
    }
    if let Some(number) = text.strip_prefix("+CDNSGIP:").map(str::trim).and_then(|rest| rest.strip_prefix("0,")) {
        return Some(Fault::NotResolved { host: "…".to_owned(), number: number.trim().parse().ok() });
    }
    let is_failed = urc::without_link_number(text) == "CONNECT FAIL";
    is_failed.then(|| Fault::BadOutcome {
        command: "AT+MIPSTART=\"…\",…".into(),
        expected: Awaited::Link,
        got: text.to_owned(),
        after: Duration::ZERO,
    })
}

const UNKNOWN: u8 = 99;

#[cfg(test)]
mod tests {
    use super::*;

    fn unmet(lines: &[&str]) -> Option<Fault> {
        let mut alone = Alone::default();
        for (at, line) in lines.iter().enumerate() {
            assert_eq!(alone.take(Moment::from_millis(at as u64), line), None, "{line}");
        }
        alone.unmet().map(|(_, fault)| fault)
    }

    #[test]
    fn what_stays_missing_is_told_and_what_comes_is_not() {
        let denied = Fault::NotRegistered { stat: 3, after: Duration::ZERO };
        assert_eq!(unmet(&["+CEREG: 0,3", "OK", "+CEREG: 0,3"]), Some(denied));
        assert_eq!(unmet(&["+CEREG: 0,2", "+CEREG: 0,1"]), None);
        assert_eq!(unmet(&["+CEREG: 0,2"]), None, "asked once");
        assert_eq!(unmet(&["+CSQ: 99,99", "+CSQ: 99,99"]), Some(Fault::NoSignal { rssi: 99 }));
        assert_eq!(unmet(&["+CGATT: 0", "+CGATT: 0"]), Some(Fault::NotAttached { after: Duration::ZERO }));
        assert_eq!(unmet(&["+CSQ: 99,99", "+CSQ: 99,99", "CONNECT OK"]), None);
        assert_eq!(unmet(&["+CEREG: 3", "+CEREG: 3"]), None, "a report names no question");
    }
}
