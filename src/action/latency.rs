//! What the Latency page may ask.

use crate::view::latency::{SeriesKind, Window};

/// What the Latency page may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LatencyAction {
    /// Look at one run, or at all.
    Run(Option<u32>),
    /// Draw marks of this kind, or leave them out.
    Toggle(SeriesKind),
    /// The plot shows this part (all when `None`) on so many pixel columns.
    Look {
        /// The part shown.
        window: Option<Window>,
        /// Pixel columns of the plot.
        columns: usize,
    },
    /// Save what is shown as a table of comma-separated values.
    Export,
    /// Empty the measurements.
    Clear,
}
