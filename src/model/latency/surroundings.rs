//! What was around the measurements: the signal, and times without a session.

use crate::{
    modem::{event::Event, status::Session},
    time::{Moment, WallAnchor},
};

/// One reading of the signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignalPoint {
    /// Local time of day in microseconds since 1970.
    pub at_micros: i64,
    /// Strength in dBm; `None` when the modem knew none.
    pub rssi_dbm: Option<i16>,
}

/// A time without a session that nobody asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    /// Local time of day in microseconds since 1970.
    pub from_micros: i64,
    /// When the session stood again; `None` while it does not.
    pub to_micros: Option<i64>,
}

/// The newest readings and outages, oldest first.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    anchor: Option<WallAnchor>,
    signal: Vec<SignalPoint>,
    last_read: Option<Moment>,
    outages: Vec<Outage>,
}

impl Surroundings {
    pub(super) fn signal(&self) -> &[SignalPoint] {
        &self.signal
    }

    pub(super) fn outages(&self) -> &[Outage] {
        &self.outages
    }

    pub(super) fn open(&mut self, anchor: WallAnchor) {
        (self.anchor, self.last_read) = (Some(anchor), None);
    }

    pub(super) fn clear(&mut self) {
        self.signal.clear();
        self.outages.clear();
    }

    /// Says whether something changed.
    pub(super) fn apply(&mut self, event: &Event) -> bool {
        match event {
            Event::Status(status) => {
                let read = status.signal.as_ref().filter(|read| self.last_read != Some(read.at));
                let is_read = read.is_some();
                if let Some(read) = read {
                    self.last_read = Some(read.at);
                    self.note_signal(read.at, read.value.rssi_dbm());
                }
                let is_back = status.session == Session::Connected && self.end_outage(status.ladder.entry(MQTT).since);
                is_read || is_back
            }
            Event::SessionLost { at, .. } | Event::Closed { at, fault: Some(_) } => self.begin_outage(*at),
            _ => false,
        }
    }

    fn note_signal(&mut self, at: Moment, rssi_dbm: Option<i16>) {
        let Some(at_micros) = self.micros(at) else { return };
        self.signal.push(SignalPoint { at_micros, rssi_dbm });
        if self.signal.len() > MOST {
            self.signal.drain(..MOST / 2);
        }
    }

    fn begin_outage(&mut self, at: Moment) -> bool {
        let Some(from_micros) = self.micros(at) else { return false };
        if self.outages.last().is_some_and(|outage| outage.to_micros.is_none()) {
            return false;
        }
        self.outages.push(Outage { from_micros, to_micros: None });
        if self.outages.len() > MOST {
            self.outages.drain(..MOST / 2);
        }
        true
    }

    fn end_outage(&mut self, at: Moment) -> bool {
        let Some(to_micros) = self.micros(at) else { return false };
        let open =
            self.outages.last_mut().filter(|outage| outage.to_micros.is_none() && outage.from_micros < to_micros);
        open.is_some_and(|outage| outage.to_micros.replace(to_micros).is_none())
    }

    fn micros(&self, at: Moment) -> Option<i64> {
        self.anchor.map(|anchor| anchor.at(at).timestamp_micros())
    }
}

const MQTT: crate::modem::status::Rung = crate::modem::status::Rung::Mqtt;
/// Readings (and outages) kept: at one in ten seconds more than five days.
const MOST: usize = 50_000;
