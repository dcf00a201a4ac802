//! The line of time above a log: sessions, episodes, losses and the signal of the port that is looked at.

use crate::{doctor::Timeline, model::Model, time::WallAnchor};

use super::Log;

/// Something that lasts, from its part of the way to another: 0 is where the log begins, 1 where it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Where it begins.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
}

/// The line of time.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeView<'a> {
    /// When the log begins and ends; `None` where it tells no times.
    pub clocks: Option<(String, String)>,
    /// Sessions with a broker.
    pub sessions: Vec<Stretch>,
    /// Episodes with their places among all, and whether they were put right.
    pub episodes: Vec<(Stretch, usize, bool)>,
    /// Where a session was lost, with the line.
    pub drops: Vec<(f32, u32)>,
    /// The signal in stretches: where, and how strong from 0 to 1.
    pub signal: Vec<Vec<(f32, f32)>>,
    /// Where the chosen line stands.
    pub chosen: Option<f32>,
    timeline: &'a Timeline,
    anchor: Option<WallAnchor>,
}

/// The line of time above `log`; `None` while it is not known.
pub fn time<'a>(log: &'a Log, model: Option<&Model>) -> Option<TimeView<'a>> {
    let port = log.looked_at()?;
    let timeline = &port.time;
    let (first, last) = timeline.ends()?;
    let episodes = log.end.iter().flat_map(|end| end.findings.episodes.iter().enumerate());
    let anchor = model.and_then(Model::anchor).filter(|_| timeline.is_timed);
    let mut signal: Vec<Vec<(f32, f32)>> = vec![Vec::new()];
    for (spot, dbm) in &timeline.signal {
        match (dbm, signal.last_mut()) {
            (Some(dbm), Some(stretch)) => stretch.push((timeline.part(*spot), strength(*dbm))),
            _ => signal.push(Vec::new()),
        }
    }
    Some(TimeView {
        clocks: anchor.map(|anchor| (clock(&anchor.clock_text(first.at)), clock(&anchor.clock_text(last.at)))),
        sessions: timeline
            .sessions
            .iter()
            .map(|(begin, end)| Stretch { from: timeline.part(*begin), to: end.map_or(1.0, |end| timeline.part(end)) })
            .collect(),
        episodes: episodes
            .filter(|(_, told)| told.device == port.name)
            .map(|(place, told)| {
                let (from, to) = (timeline.part_of(told.begin_line), timeline.part_of(told.end_line));
                (Stretch { from, to }, place, told.is_recovered)
            })
            .collect(),
        drops: timeline.drops.iter().map(|spot| (timeline.part(*spot), spot.line)).collect(),
        signal: signal.into_iter().filter(|stretch| !stretch.is_empty()).collect(),
        chosen: log.chosen.map(|line| timeline.part_of(line)),
        timeline,
        anchor,
    })
}

impl TimeView<'_> {
    /// The line at this part of the way.
    pub fn line_at(&self, part: f32) -> Option<u32> {
        self.timeline.line_at(part)
    }

    /// When it is at this part of the way; `None` where the log tells no times.
    pub fn clock_at(&self, part: f32) -> Option<String> {
        let (first, last) = self.timeline.ends()?;
        Some(clock(
            &self.anchor?.clock_text(first.at + last.at.since(first.at).mul_f64(f64::from(part.clamp(0.0, 1.0)))),
        ))
    }
}

/// Without the milliseconds.
fn clock(text: &str) -> String {
    text.split('.').next().unwrap_or(text).to_owned()
}

/// From the weakest signal that the module tells to the strongest.
fn strength(dbm: i16) -> f32 {
    (f32::from(dbm) + 113.0) / 62.0
}
