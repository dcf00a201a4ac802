//! What the module says of itself, as `check --details` prints it. The numbers that name the device and the card are left
//! out: what is printed here is passed on when somebody asks for help.

use serde_json::Value;

use crate::{
    lang::{Lang, Phrase, Text},
    modem::status::Status,
};

/// One value: its name for programs, that for people, and what it is.
type Row = (&'static str, Text, Option<Text>);

/// The values as a line for people, those that are not known left out.
pub(super) fn text(status: &Status) -> Text {
    let known: Vec<_> = rows(status)
        .into_iter()
        .filter_map(|(_, name, value)| Some(Text::new("details-value").with("name", name).with("value", value?)))
        .collect();
    if known.is_empty() {
        return Text::new("details-nothing");
    }
    Text::new("details-module").with("values", Text::list(known, "watch-semicolon"))
}

/// The values as members of an object, `null` where nothing is known.
pub(super) fn members(status: &Status) -> Value {
    let members = rows(status)
        .into_iter()
        .map(|(name, _, value)| (name.to_owned(), value.map(|value| value.to(Lang::En).into_owned()).into()));
    Value::Object(members.collect::<serde_json::Map<String, Value>>())
}

fn rows(status: &Status) -> Vec<Row> {
    let details = &status.details;
    let reason = details.start_reason.as_ref().map(|seen| {
        let meaning = seen.value.text().unwrap_or(Phrase::new("not-documented"));
        Text::new("details-explained").put("value", seen.value.0).with("meaning", meaning)
    });
    let bearers = details.bearers.as_ref().map(|seen| {
        let words = seen.value.iter().map(|bearer| {
            Text::new(if bearer.is_up { "details-bearer-up" } else { "details-bearer-down" })
                .put("context", bearer.context)
        });
        Text::list(words.collect::<Vec<_>>(), "watch-comma")
    });
    let signal = details.signal.as_ref().and_then(|seen| {
        let (dbm, word) = (seen.value.rsrp_dbm()?, seen.value.strength()?);
        Some(Text::new("details-explained").put("value", format_args!("{dbm} dBm")).with("meaning", word.text()))
    });
    let said = |seen: &crate::time::Observed<String>| Text::plain(seen.value.as_str());
    let built = details.identity.as_ref().map(|seen| seen.value.built.as_str()).filter(|built| !built.is_empty());
    let firmware = status.firmware.as_ref().map(|seen| Text::plain(seen.value.name.as_str()));
    vec![
        ("firmware", Text::new("details-firmware"), firmware),
        ("chip", Text::new("details-chip"), details.chip.as_ref().map(said)),
        ("built", Text::new("details-built"), built.map(Text::plain)),
        ("clock", Text::new("details-clock"), details.clock.as_ref().map(said)),
        ("last_start", Text::new("details-last-start"), reason),
        (
            "supply",
            Text::new("details-supply"),
            details.supply_mv.as_ref().map(|seen| Text::plain(format!("{} mV", seen.value))),
        ),
        ("radio", Text::new("details-radio"), details.function.as_ref().map(|seen| radio(seen.value))),
        ("operator", Text::new("details-operator"), details.operator.as_ref().map(said)),
        ("signal", Text::new("details-signal"), signal),
        ("bearers", Text::new("details-bearers"), bearers),
        ("TCP", Text::plain("TCP"), details.tcp_state.as_ref().map(said)),
        ("rate", Text::new("details-rate"), details.baud_rate.as_ref().map(|seen| rate(seen.value))),
    ]
}

fn radio(function: u8) -> Text {
    let meaning = match function {
        0 => Text::new("details-radio-off"),
        1 => Text::new("details-radio-on"),
        4 => Text::new("details-radio-flight"),
        other => return Text::plain(other.to_string()),
    };
    Text::new("details-explained").put("value", function).with("meaning", meaning)
}

fn rate(bits: u32) -> Text {
    if bits == 0 { Text::new("details-rate-automatic") } else { Text::plain(bits.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        air780e::{details::IdentityBlock, power::StartReason},
        time::{Moment, Observed},
    };

    #[test]
    fn what_is_known_is_told_and_nothing_that_names_somebody() {
        let mut status = Status::default();
        assert!(text(&status).to(Lang::En).ends_with("it says nothing of itself"));
        status.details.start_reason = Some(Observed::new(StartReason(8), Moment::ZERO, "AT*EXINFO?"));
        status.details.supply_mv = Some(Observed::new(3_836, Moment::ZERO, "AT+CBC"));
        let identity =
            IdentityBlock { imei: "866000000000017".into(), built: "Oct 11 2024".into(), ..IdentityBlock::default() };
        status.details.identity = Some(Observed::new(identity, Moment::ZERO, "AT*I"));
        let text = text(&status);
        assert_eq!(text.to(Lang::En), "the module: built Oct 11 2024; last start 8 (watchdog); supply 3836 mV");
        let members = members(&status);
        assert_eq!(members["last_start"], "8 (watchdog)");
        assert!(members["clock"].is_null() && !members.to_string().contains("866000"), "{members}");
    }
}
