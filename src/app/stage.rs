//! The demonstration's stage: the scenario that is on, with its surroundings and what was done to its module by hand.

use crate::{
    model::request::Request,
    sim::{
        VirtualSpec,
        bench::{plan::connection, stage::Stage},
        scenario::Scenario,
    },
    view::demo::{Hands, Play},
};

/// What is on, and what it needs.
#[derive(Debug, Default)]
pub(super) struct DemoPanel {
    pub(super) play: Play,
    pub(super) hands: Hands,
    pub(super) stage: Option<Stage>,
}

impl DemoPanel {
    /// Learns that a link was opened anew: nobody has laid hands on the module yet.
    pub(super) fn begin(&mut self) {
        self.hands = if let Play::On(course) = &self.play { Hands::of(course.scenario) } else { Hands::default() };
    }

    /// The virtual modem as what is on has it, or the usual one.
    pub(super) fn spec(&self, baud: u32) -> VirtualSpec {
        let staged = self.stage.as_ref().map(|stage| stage.spec().clone());
        VirtualSpec { baud, ..staged.unwrap_or_default() }
    }

    /// Whether a scenario is on.
    pub(super) const fn is_on(&self) -> bool {
        matches!(self.play, Play::On(_))
    }

    /// What to ask of the scenario's module first; `None` when none is on.
    pub(super) fn request(&self) -> Option<Request> {
        let Play::On(course) = &self.play else { return None };
        let files = self.stage.as_ref().map_or(&[][..], |stage| &stage.spec().files);
        // The data is held to its form by tests; a module without a broker is still worth looking at.
        let wanted = course.connection().and_then(|plan| connection(plan, files).ok());
        Some(wanted.map_or(Request::BringUp, |wanted| Request::Connect(Box::new(wanted))))
    }
}

/// A scenario with its surroundings, or why they cannot be built.
#[derive(Debug)]
pub(super) struct Staged {
    pub(super) scenario: &'static Scenario,
    pub(super) seed: u64,
    pub(super) stage: std::io::Result<Stage>,
}
