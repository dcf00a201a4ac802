//! The course of a scenario: what the PC does step by step, and how far that is.

use crate::{
    lang::Text,
    model::{Model, connection::Phase},
    sim::scenario::{ConnectPlan, PcStep, Scenario, SecurityPlan},
};

use super::NextStep;

/// A scenario that is on.
#[derive(Clone, Debug)]
pub struct Course {
    /// The scenario that is played.
    pub scenario: &'static Scenario,
    /// With which seed.
    pub seed: u64,
    /// The step that comes next.
    next: usize,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepState {
    /// Nothing is on, or its turn has not come.
    Later,
    /// It is next.
    Next,
    /// It was begun.
    Done,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepView {
    /// What is done, in words.
    pub text: Text,
    /// What crosses the wire, where a person types it.
    pub line: Option<String>,
    /// How far it is.
    pub state: StepState,
}

impl Course {
    /// A scenario whose first step, if it is a connection, has been begun.
    pub fn new(scenario: &'static Scenario, seed: u64) -> Self {
        let begins_connecting = matches!(scenario.pc.first(), Some(PcStep::Connect(_)));
        let mut course = Self { scenario, seed, next: usize::from(begins_connecting) };
        course.pass_waiting();
        course
    }

    /// The connection that the scenario asks for.
    pub fn connection(&self) -> Option<&'static ConnectPlan> {
        self.scenario.pc.iter().find_map(|step| if let PcStep::Connect(plan) = step { Some(&**plan) } else { None })
    }

    /// The step that comes next; `None` at the end and where a typed line is not enough.
    pub fn step(&self) -> Option<&'static PcStep> {
        self.scenario.pc.get(self.next).filter(|_| can_be_typed(self.scenario))
    }

    /// The next step was begun.
    pub fn advance(&mut self) {
        self.next += 1;
        self.pass_waiting();
    }

    /// Whoever clicks sees what is awaited.
    fn pass_waiting(&mut self) {
        while matches!(self.scenario.pc.get(self.next), Some(PcStep::Await(_) | PcStep::WaitMs(_))) {
            self.next += 1;
        }
    }

    /// What a click would do next.
    pub(super) fn next_step(&self, model: &Model) -> Option<NextStep> {
        let step = self.scenario.pc.get(self.next)?;
        let phase = model.connection().phase();
        let needs_session = matches!(step, PcStep::Publish(_));
        let why_not = if !can_be_typed(self.scenario) {
            Some(Text::new("demo-why-raw-bytes").with("name", self.scenario.name.as_str()))
        } else if matches!(phase, Phase::Idle | Phase::Opening | Phase::Connecting | Phase::Closing) {
            Some(Text::new("demo-why-busy"))
        } else if needs_session && *phase != Phase::Connected {
            Some(Text::new("demo-why-no-session"))
        } else {
            None
        };
        Some(NextStep { text: words(step), why_not })
    }
}

/// Bytes without a line end, or after a prompt, cannot be typed into the window.
fn can_be_typed(scenario: &Scenario) -> bool {
    !scenario.pc.iter().any(|step| matches!(step, PcStep::Send(_)))
}

/// All steps of `scenario`; `course` when it is on.
pub(super) fn steps(scenario: &'static Scenario, course: Option<&Course>) -> Vec<StepView> {
    let state = |index: usize| match course {
        Some(course) if index < course.next => StepState::Done,
        Some(course) if index == course.next => StepState::Next,
        _ => StepState::Later,
    };
    let view = |(index, step): (usize, &PcStep)| StepView { text: words(step), line: line(step), state: state(index) };
    scenario.pc.iter().enumerate().map(view).collect()
}

fn line(step: &PcStep) -> Option<String> {
    match step {
        PcStep::Ask(line, _) | PcStep::Raw(line) => Some(line.clone()),
        PcStep::Send(bytes) => Some(bytes.escape_default().to_string()),
        PcStep::Connect(_) | PcStep::Publish(_) | PcStep::Await(_) | PcStep::WaitMs(_) => None,
    }
}

fn words(step: &PcStep) -> Text {
    match step {
        PcStep::Connect(plan) => Text::new("demo-step-connect")
            .with("host", plan.host.as_str())
            .with("port", plan.port.to_string())
            .with("security", Text::new(security(plan.security))),
        PcStep::Publish(plan) => Text::new("demo-step-publish")
            .with("payload", plan.payload.as_str())
            .with("topic", plan.topic.as_str())
            .with("qos", plan.qos.to_string()),
        PcStep::Ask(..) | PcStep::Raw(_) => Text::new("demo-step-type"),
        PcStep::Send(_) => Text::new("demo-step-send"),
        PcStep::Await(text) => Text::new("demo-step-await").with("text", text.as_str()),
        PcStep::WaitMs(millis) => Text::new("demo-step-wait").with("seconds", millis.div_ceil(1_000).to_string()),
    }
}

const fn security(plan: SecurityPlan) -> &'static str {
    match plan {
        SecurityPlan::Plain => "demo-security-plain",
        SecurityPlan::Encrypted => "demo-security-encrypted",
        SecurityPlan::Server => "demo-security-server",
        SecurityPlan::Mutual => "demo-security-mutual",
    }
}

/// What stands around the module and lies in it.
pub(super) fn surroundings(scenario: &Scenario) -> Vec<Text> {
    let mut found = Vec::new();
    if let Some(listener) = &scenario.listener {
        found.push(Text::new("demo-with-listener").with("listener", listener.as_str()));
    }
    if !scenario.files.is_empty() {
        let names: Vec<_> = scenario.files.iter().map(|file| file.name.as_str()).collect();
        found.push(Text::new("demo-with-files").with("files", names.join(", ")));
    }
    if let Some((name, user, _, _)) = &scenario.device.private {
        found.push(Text::new("demo-with-private").with("apn", name.as_str()).with("user", user.as_str()));
    }
    if let Some(version) = scenario.device.firmware {
        found.push(Text::new("demo-with-firmware").with("version", format!("V{version}")));
    }
    for hand in &scenario.timeline {
        let seconds = hand.at_ms.div_ceil(1_000);
        found.push(Text::new("demo-with-hand").with("seconds", seconds.to_string()).with("line", hand.steer.as_str()));
    }
    found
}
