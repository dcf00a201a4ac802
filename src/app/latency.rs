//! Does what the Latency page asks.

use crate::action::LatencyAction;

use super::App;

/// Does what the Latency page asks.
pub(super) fn dispatch(_app: &mut App, action: LatencyAction) {
    match action {}
}
