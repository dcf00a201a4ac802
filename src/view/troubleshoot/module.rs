//! What the module says of itself, as far as it was asked: each value with when and by which command.

use crate::{
    model::Model,
    time::{Observed, WallAnchor},
};

use super::clock;

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleRow {
    /// The name of its word in the language files.
    pub key: &'static str,
    /// As it was printed, with its unit.
    pub value: String,
    /// The command that showed it.
    pub by: String,
    /// The time of day; empty where nothing says it.
    pub clock: String,
}

/// All values that are known. The identity block is left out: it holds numbers that name the device and the card.
pub(super) fn rows(model: &Model) -> Vec<ModuleRow> {
    let status = model.connection().status();
    let details = &status.details;
    let anchor = model.anchor();
    let mut rows = Vec::new();
    rows.extend(row(anchor, "doctor-firmware", status.firmware.as_ref(), |firmware| firmware.name.clone()));
    rows.extend(row(anchor, "doctor-chip", details.chip.as_ref(), Clone::clone));
    rows.extend(row(anchor, "doctor-csq", status.signal.as_ref(), |signal| match signal.rssi_dbm() {
        Some(dbm) => format!("{} ({dbm} dBm)", signal.rssi),
        None => signal.rssi.to_string(),
    }));
    rows.extend(row(anchor, "doctor-cesq", details.signal.as_ref(), |signal| match signal.rsrp_dbm() {
        Some(dbm) => format!("RSRP {} ({dbm} dBm), RSRQ {}", signal.rsrp, signal.rsrq),
        None => format!("RSRP {}, RSRQ {}", signal.rsrp, signal.rsrq),
    }));
    rows.extend(row(anchor, "doctor-operator", details.operator.as_ref(), Clone::clone));
    rows.extend(row(anchor, "doctor-registration", status.registration.as_ref(), |seen| seen.stat.to_string()));
    rows.extend(row(anchor, "doctor-address", status.address.as_ref(), Clone::clone));
    rows.extend(row(anchor, "doctor-bearers", details.bearers.as_ref(), |bearers| {
        let words: Vec<_> =
            bearers.iter().map(|bearer| format!("{}: {}", bearer.context, u8::from(bearer.is_up))).collect();
        words.join(", ")
    }));
    rows.extend(row(anchor, "doctor-tcp-state", details.tcp_state.as_ref(), Clone::clone));
    rows.extend(row(anchor, "doctor-apn", status.access_point.as_ref().filter(|seen| seen.value.is_saved), |saved| {
        saved.apn.clone()
    }));
    rows.extend(row(anchor, "doctor-dns-servers", status.name_servers.as_ref(), |(first, second)| match second {
        Some(second) => format!("{first}, {second}"),
        None => first.clone(),
    }));
    rows.extend(resolved(model, anchor));
    rows.extend(row(anchor, "doctor-clock", details.clock.as_ref(), Clone::clone));
    rows.extend(row(anchor, "doctor-supply", details.supply_mv.as_ref(), |millivolts| format!("{millivolts} mV")));
    rows.extend(row(anchor, "doctor-start", details.start_reason.as_ref(), |reason| reason.0.to_string()));
    rows.extend(row(anchor, "doctor-function", details.function.as_ref(), ToString::to_string));
    rows.extend(row(anchor, "doctor-rate", details.baud_rate.as_ref(), ToString::to_string));
    rows
}

fn row<T>(
    anchor: Option<WallAnchor>,
    key: &'static str,
    seen: Option<&Observed<T>>,
    value: impl FnOnce(&T) -> String,
) -> Option<ModuleRow> {
    let seen = seen?;
    Some(ModuleRow { key, value: value(&seen.value), by: seen.by.to_string(), clock: clock(anchor, seen.at) })
}

/// The last name that the module was asked to resolve.
fn resolved(model: &Model, anchor: Option<WallAnchor>) -> Option<ModuleRow> {
    let (at, host, result) = model.evidence().course().resolved()?;
    let value = match result {
        Ok(address) => format!("{host} → {address}"),
        Err(fault) => format!("{host}: {fault}"),
    };
    Some(ModuleRow { key: "doctor-resolved", value, by: "AT+CDNSGIP".to_owned(), clock: clock(anchor, *at) })
}
