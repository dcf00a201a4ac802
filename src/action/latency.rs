//! What the Latency page may ask.

use crate::view::latency::{Budget, Deletion, Part, PlanForm, SeriesKind, Window};

/// What the Latency page may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Compare runs, or look at them one by one.
    Compare(bool),
    /// Take a run into the comparison, or out of it.
    Compared(u32),
    /// Compare this part of the way, or draw its distribution.
    Part(Part),
    /// Draw the distribution of times, or the times over the time of day.
    Distribution(bool),
    /// What publishes are held against.
    Budget(Budget),
    /// The name of the run that shall begin, as typed; `None` when it shall not.
    BeginName(Option<String>),
    /// Begin it.
    Begin,
    /// A run's name, as typed; `None` when it stays.
    RenameName(Option<(u32, String)>),
    /// Call the run so.
    Rename,
    /// Ask before something is deleted, or no longer ask.
    AskDelete(Option<Deletion>),
    /// Delete it.
    Delete,
    /// Open the form of a measuring run, or close it.
    ShowPlan(bool),
    /// What is typed in the form.
    Plan(Box<PlanForm>),
    /// Begin the measuring run.
    Start,
    /// Stop it.
    Stop,
    /// Save what is shown as a table of comma-separated values.
    Export,
}
