//! What the module says of itself, as `check --details` prints it. The numbers that name the device and the card are left
//! out: what is printed here is passed on when somebody asks for help.

use serde_json::Value;

use crate::{
    lang::{Lang, Phrase},
    modem::status::Status,
};

/// One value: its name, and what it is.
type Row = (&'static str, Option<String>);

/// The values as a line for people, those that are not known left out.
pub(super) fn text(status: &Status) -> String {
    let known: Vec<_> =
        rows(status).into_iter().filter_map(|(name, value)| Some(format!("{name} {}", value?))).collect();
    format!("the module: {}", if known.is_empty() { "it says nothing of itself".to_owned() } else { known.join("; ") })
}

/// The values as members of an object, `null` where nothing is known.
pub(super) fn members(status: &Status) -> Value {
    let members = rows(status).into_iter().map(|(name, value)| (name.replace(' ', "_"), value.into()));
    Value::Object(members.collect::<serde_json::Map<String, Value>>())
}

fn rows(status: &Status) -> Vec<Row> {
    let details = &status.details;
    let reason = details.start_reason.as_ref().map(|seen| {
        let meaning = seen.value.text().unwrap_or(Phrase::new("not-documented")).to(Lang::En);
        format!("{} ({meaning})", seen.value.0)
    });
    let bearers = details.bearers.as_ref().map(|seen| {
        let words = seen.value.iter().map(|bearer| {
            let state = if bearer.is_up { "up" } else { "down" };
            format!("{} {state}", bearer.context)
        });
        words.collect::<Vec<_>>().join(", ")
    });
    let signal = details.signal.as_ref().and_then(|seen| {
        let (dbm, word) = (seen.value.rsrp_dbm()?, seen.value.strength()?);
        Some(format!("{dbm} dBm ({})", word.text().to(Lang::En)))
    });
    let said = |seen: &crate::time::Observed<String>| seen.value.clone();
    vec![
        ("firmware", status.firmware.as_ref().map(|seen| seen.value.name.clone())),
        ("chip", details.chip.as_ref().map(said)),
        ("built", details.identity.as_ref().map(|seen| seen.value.built.clone()).filter(|built| !built.is_empty())),
        ("clock", details.clock.as_ref().map(said)),
        ("last start", reason),
        ("supply", details.supply_mv.as_ref().map(|seen| format!("{} mV", seen.value))),
        ("radio", details.function.as_ref().map(|seen| radio(seen.value))),
        ("operator", details.operator.as_ref().map(said)),
        ("signal", signal),
        ("bearers", bearers),
        ("TCP", details.tcp_state.as_ref().map(said)),
        ("rate", details.baud_rate.as_ref().map(|seen| rate(seen.value))),
    ]
}

fn radio(function: u8) -> String {
    match function {
        0 => "0 (off)".to_owned(),
        1 => "1 (on)".to_owned(),
        4 => "4 (flight mode)".to_owned(),
        other => other.to_string(),
    }
}

fn rate(bits: u32) -> String {
    if bits == 0 { "automatic".to_owned() } else { bits.to_string() }
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
        assert!(text(&status).ends_with("it says nothing of itself"));
        status.details.start_reason = Some(Observed::new(StartReason(8), Moment::ZERO, "AT*EXINFO?"));
        status.details.supply_mv = Some(Observed::new(3_836, Moment::ZERO, "AT+CBC"));
        let identity =
            IdentityBlock { imei: "866000000000017".into(), built: "Oct 11 2024".into(), ..IdentityBlock::default() };
        status.details.identity = Some(Observed::new(identity, Moment::ZERO, "AT*I"));
        let text = text(&status);
        assert_eq!(text, "the module: built Oct 11 2024; last start 8 (watchdog); supply 3836 mV");
        let members = members(&status);
        assert_eq!(members["last_start"], "8 (watchdog)");
        assert!(members["clock"].is_null() && !members.to_string().contains("866000"), "{members}");
    }
}
