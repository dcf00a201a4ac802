//! Prints what happens: text for people, or one JSON object a line.
//!
//! Lines of the modem come masked from the core; nothing here could show a password.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{
    details,
    messages::MessagesFile,
    traced,
    verdict::Verdict,
    words::{self, millis},
};
use crate::{
    air780e::firmware::models,
    at::text::visible,
    cli::{print_line, say_to_user, words::system},
    lang::{Lang, Text},
    legs::{self, Leg},
    modem::{
        event::{
            Arrival, Delivery, Event, ExchangeRecord, Fault, PublishUpdate, RecoveryStep, Verb, WireKind, WireLine,
        },
        plan::Step,
        status::{Rung, RungState, Status},
    },
    payload::Charset,
    time::Moment,
    trace::unnamed,
};

/// Where the course of a check goes.
#[derive(Debug)]
pub(in crate::cli) struct Report {
    is_json: bool,
    lang: Lang,
    /// Whether the module keeps messages until they are fetched, and prints long ones whole.
    is_cached: bool,
    /// So many bytes a message has at most that the module prints; several where nothing is stated for its model.
    printed_limits: &'static [usize],
    /// Where messages go beside the output.
    pub(super) messages: Option<MessagesFile>,
}

impl Report {
    /// A report as JSON lines, or as text in `lang`.
    pub(in crate::cli) fn new(is_json: bool, lang: Lang) -> Self {
        Self { is_json, lang, is_cached: false, printed_limits: models::printed_limits(None, None), messages: None }
    }

    /// Prints an event, if it is one to print.
    pub(in crate::cli) fn event(&mut self, event: &Event) {
        self.messages.iter_mut().for_each(|file| file.note(event));
        match event {
            Event::Opened { port, is_simulated, .. } => self.opened(port, *is_simulated),
            Event::Wire(line) => self.wire(line),
            Event::Exchange(record) => self.exchange(record),
            Event::Rung { at, rung, state } => self.rung(*at, *rung, *state),
            Event::Message(arrival) => self.message(arrival),
            Event::Publish(update) => self.publish(update),
            Event::Subscription { at, filter, result } => self.subscription(*at, filter.as_str(), result),
            Event::SessionLost { at, cause, .. } => self.notice(*at, &cause.text()),
            Event::Note { at, note } => self.notice(*at, &note.text()),
            Event::Files { .. }
            | Event::TlsSettings { .. }
            | Event::File(_)
            | Event::Measure(_)
            | Event::Resolved { .. }
            | Event::Done { .. }
            | Event::Closed { .. }
            | Event::Dropped { .. } => {}
            Event::Status(status) => self.printed_limits = status.printed_limits(),
            Event::Recovery(update) => self.recovery(update.at, &update.step),
        }
    }

    /// Prints a word to the user.
    pub(in crate::cli) fn notice(&mut self, at: Moment, text: &Text) {
        if self.is_json {
            line(at, "notice", json!({ "text": text.to(Lang::En) }));
        } else {
            self.say(at, text);
        }
    }

    /// A line for people.
    fn say(&self, at: Moment, text: &Text) {
        print_line(&format!("{}  {}", stamp(at), text.to(self.lang)));
    }

    /// Prints what the module says of itself.
    pub(super) fn details(&mut self, at: Moment, status: &Status) {
        if self.is_json {
            line(at, "details", details::members(status));
        } else {
            self.say(at, &details::text(status));
        }
    }

    /// Prints what became of a traced message.
    pub(super) fn leg(&mut self, at: Moment, leg: Leg, verdict: &legs::Verdict) {
        if self.is_json {
            line(at, "leg", traced::members(leg, verdict));
        } else {
            self.notice(at, &traced::text(leg, verdict));
        }
    }

    /// Prints what became of all traced messages of one way.
    pub(super) fn legs(&mut self, at: Moment, leg: Leg, verdicts: &[legs::Verdict]) {
        if self.is_json {
            line(at, "legs", traced::all_members(leg, verdicts));
        } else {
            self.notice(at, &traced::all_text(leg, verdicts));
        }
    }

    /// Prints the end. In JSON it is the last line, and people get theirs on stderr.
    pub(in crate::cli) fn verdict(&mut self, verdict: &Verdict) {
        if !self.is_json {
            return print_line(&verdict.as_text(self.lang));
        }
        if !verdict.is_ok() {
            say_to_user(&verdict.as_text(self.lang));
        }
        print_line(&verdict.as_json().to_string());
    }

    fn recovery(&mut self, at: Moment, step: &RecoveryStep) {
        let text = match step {
            RecoveryStep::Planned { attempt, due, .. } => {
                Text::new("check-try-planned").put("attempt", attempt).put("due", due)
            }
            RecoveryStep::Trying(means) => Text::new("check-trying").with("way", words::way(*means)),
            RecoveryStep::InVain(means, fault) => {
                Text::new("check-in-vain").with("way", words::way(*means)).with("fault", fault.text())
            }
            RecoveryStep::Helped(means) => Text::new("check-back").with("way", words::way(*means)),
        };
        self.notice(at, &text);
    }

    fn opened(&mut self, port: &str, is_simulated: bool) {
        let opened = Text::new(if is_simulated { "check-open-simulated" } else { "check-open" });
        self.notice(Moment::ZERO, &opened.put("port", port));
    }

    fn wire(&mut self, wire: &WireLine) {
        if !matches!(wire.kind, WireKind::Unsolicited | WireKind::Unrecognised) {
            return;
        }
        if self.is_json {
            let is_known = wire.kind == WireKind::Unsolicited;
            line(wire.at, "urc", json!({ "text": wire.text, "known": is_known }));
        } else {
            print_line(&format!("{}  < {}", stamp(wire.at), wire.text));
        }
    }

    fn exchange(&mut self, record: &ExchangeRecord) {
        if record.command.verb() == Verb::Reception && record.result.is_ok() && !record.command.is_question() {
            self.is_cached = record.command.argument(0) == Some("1");
        }
        let fault = record.result.as_ref().err();
        if self.is_json {
            let accept = record.accepted_at.map(|accepted| millis(accepted.since(record.sent_at)));
            let members = json!({
                "command": record.command.as_str(),
                "answer": record.answer.iter().map(|line| unnamed(line)).collect::<Vec<_>>(),
                "sent_ms": millis(record.sent_at.since_open()),
                "accept_ms": accept,
                "took_ms": millis(record.took()),
                "result": if fault.is_none() { "ok" } else { "failed" },
                "fault": fault.map(Fault::to_string),
            });
            line(record.ended_at, "exchange", members);
        } else {
            // Every file is deleted before it is written: that there was none is no trouble.
            let was_none = matches!(record.result, Err(Fault::Refused { .. })) && record.step == Some(Step::DeleteFile);
            let answer = match fault.map(|fault| fault.text().to(self.lang).into_owned()) {
                Some(_) if was_none => {
                    Text::new("check-was-none").put("answer", record.answer.join(" | ")).to(self.lang).into_owned()
                }
                // The command stands in front already.
                Some(fault) => fault.strip_prefix(record.command.as_str()).unwrap_or(&fault).trim_start().to_owned(),
                None => unnamed(&record.answer.join(" | ")),
            };
            print_line(&format!(
                "{}  {} → {answer} ({:.0} ms)",
                stamp(record.ended_at),
                record.command,
                millis(record.took())
            ));
        }
    }

    fn rung(&mut self, at: Moment, rung: Rung, state: RungState) {
        if self.is_json {
            line(at, "rung", json!({ "rung": rung.key(), "state": word(state) }));
        } else if let Some(state) = words::settled(state) {
            self.say(at, &Text::new("check-rung").with("rung", words::rung(rung)).with("state", state));
        }
    }

    fn message(&mut self, arrival: &Arrival) {
        let message = &arrival.message;
        let is_probably_cut = !self.is_cached && self.printed_limits.contains(&message.payload.len());
        if let Some(Err(error)) = self.messages.as_mut().map(|file| file.take(arrival, is_probably_cut)) {
            // Said once; a table with a gap would be worse than one that ends.
            self.messages = None;
            self.notice(arrival.at, &Text::new("check-messages-ended").with("why", system(&error)));
        }
        if self.is_json {
            let text = String::from_utf8_lossy(&message.payload);
            let members = json!({
                "topic": message.topic.as_str(),
                "payload": text,
                "payload_hex": hex(&message.payload),
                "bytes": message.payload.len(),
                "announced": arrival.announced,
                "probably_cut": is_probably_cut,
            });
            line(arrival.at, "message", members);
        } else {
            let topic = message.topic.as_str().escape_debug();
            let told = Text::new("check-message").put("topic", topic).with("payload", shown(&message.payload));
            self.say(arrival.at, &told);
            if is_probably_cut {
                let is_stated = self.printed_limits.len() == 1;
                self.say(arrival.at, &Text::new(if is_stated { "check-probably-cut" } else { "check-perhaps-cut" }));
            }
        }
    }

    fn publish(&mut self, update: &PublishUpdate) {
        let (state, accept, ack, fault) = match &update.delivery {
            Delivery::Queued => ("queued", None, None, None),
            Delivery::Sending => ("sending", None, None, None),
            Delivery::Accepted { accept } => ("accepted", Some(*accept), None, None),
            Delivery::Received { after } => ("received", Some(*after), None, None),
            Delivery::Confirmed { accept, ack } => ("confirmed", Some(*accept), Some(*ack), None),
            Delivery::Failed(fault) => ("failed", None, None, Some(fault)),
            Delivery::Unknown(fault) => ("unknown", None, None, Some(fault)),
        };
        if self.is_json {
            let members = json!({
                "id": update.id.0,
                "state": state,
                "accept_ms": accept.map(millis),
                "ack_ms": ack.map(millis),
                "fault": fault.map(Fault::to_string),
            });
            line(update.at, "publish", members);
        } else if let Some(told) = delivered(&update.delivery) {
            self.say(update.at, &Text::new("check-publish").put("id", update.id.0).with("state", told));
        }
    }

    fn subscription(&mut self, at: Moment, filter: &str, result: &Result<bool, Fault>) {
        let (state, fault) = match result {
            Ok(true) => ("confirmed", None),
            Ok(false) => ("ended", None),
            Err(fault) => ("failed", Some(fault.to_string())),
        };
        if self.is_json {
            line(at, "subscription", json!({ "filter": filter, "state": state, "fault": fault }));
        } else {
            let told = match result {
                Ok(true) => Text::new("check-subscribed"),
                Ok(false) => Text::new("check-unsubscribed"),
                Err(fault) => Text::new("check-not-subscribed").with("fault", fault.text()),
            };
            self.say(at, &told.put("filter", filter.escape_debug()));
        }
    }
}

/// One JSON object: the time, the kind, and `members`.
fn line(at: Moment, kind: &str, members: Value) {
    let mut object = json!({ "t_ms": millis(at.since_open()), "kind": kind });
    if let (Some(object), Value::Object(members)) = (object.as_object_mut(), members) {
        object.extend(members);
    }
    print_line(&object.to_string());
}

/// How far a message is, where that is news for people.
fn delivered(delivery: &Delivery) -> Option<Text> {
    Some(match delivery {
        Delivery::Queued | Delivery::Sending => return None,
        Delivery::Accepted { .. } => Text::new("check-delivery-accepted"),
        Delivery::Received { .. } => Text::new("check-delivery-received"),
        Delivery::Confirmed { .. } => Text::new("check-delivery-confirmed"),
        Delivery::Failed(fault) => Text::new("check-delivery-failed").with("fault", fault.text()),
        Delivery::Unknown(fault) => Text::new("check-delivery-unknown").with("fault", fault.text()),
    })
}

const fn word(state: RungState) -> &'static str {
    match state {
        RungState::Unknown => "unknown",
        RungState::Trying => "trying",
        RungState::Accepted => "accepted",
        RungState::Confirmed => "confirmed",
        RungState::Failed => "failed",
        RungState::Stale => "stale",
        RungState::NotNeeded => "not_needed",
    }
}

fn stamp(at: Moment) -> String {
    format!("{:>9} s", at.to_string())
}

/// A payload for people: text as it is, by its charset, what acts or is not seen as tokens, and bytes that are no text as
/// digits.
fn shown(payload: &[u8]) -> Text {
    if std::str::from_utf8(payload).is_ok() {
        return Text::plain(visible(payload));
    }
    let charset = Charset::of(payload);
    if let Some(text) = charset.text(payload) {
        return Text::new("check-text-in").put("text", visible(text.as_bytes())).put("charset", charset.name());
    }
    let rest = if payload.len() > MOST_DIGITS { "…" } else { "" };
    let digits = hex(&payload[..payload.len().min(MOST_DIGITS)]);
    Text::new("check-no-text").put("bytes", payload.len()).put("digits", format_args!("{digits}{rest}"))
}

/// So many bytes of a payload stand on a line.
const MOST_DIGITS: usize = 48;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payloads_for_people() {
        let shown = |payload: &[u8]| shown(payload).to(Lang::En).into_owned();
        assert_eq!(shown("{\"t\":21} 温度".as_bytes()), "{\"t\":21} 温度");
        assert_eq!(shown(b"a\r\n"), "a<0D><0A>");
        assert_eq!(shown(b"\xce\xc2\xb6\xc8 21"), "温度 21 (GBK)");
        assert_eq!(shown(b"\xff\x00"), "2 bytes that are no UTF-8: ff00");
        let long = shown(&[0xff; 300]);
        assert!(long.starts_with("300 bytes") && long.ends_with("ff…") && long.len() < 150, "{long}");
    }

    #[test]
    fn what_names_device_and_card_is_not_printed() {
        assert_eq!(unnamed("IMEI:866000000000017 | OK"), "IMEI:*************** | OK");
        assert_eq!(millis(std::time::Duration::from_micros(2_751_356)).to_string(), "2751.356");
    }
}
