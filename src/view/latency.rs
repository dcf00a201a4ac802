//! What the Latency page shows.

use crate::{
    model::Model,
    settings::{Profile, Settings},
    time::Moment,
};

/// What the user has open, typed and chosen on the Latency page.
#[derive(Clone, Debug, Default)]
pub struct Screen {}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct LatencyView {}

/// The page at `now`, which counts like the moments of the running connection.
pub fn view(_model: &Model, _screen: &Screen, _profile: &Profile, _settings: &Settings, _now: Moment) -> LatencyView {
    LatencyView {}
}
