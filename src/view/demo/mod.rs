//! The demo panel: which scenarios there are, what the chosen one shows and needs, and what can be done to the virtual
//! modem while it runs.
//!
//! It knows scenarios and steering as data; building and steering are the application's.

mod broker;
mod course;
mod group;
mod hands;

use std::borrow::Cow;

use crate::{
    diagnosis::catalogue,
    lang::{Lang, Text},
    model::{Model, connection::Phase},
    sim::scenario::{self, Scenario},
};

pub use self::{
    broker::{BrokerState, BrokerView, ClientRow, LogRow},
    course::{Course, StepState, StepView},
    group::Group,
    hands::{BEARER_AWAY, DELAYS, GARBLES, Hands, LOSSES, SPEEDS, help, unfit},
};
/// The words of steering; panels take them from here.
pub use crate::sim::steer::{Delay, Share, Speed, Steer};

use super::Port;

/// A part of the panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// Choose and start a scenario.
    #[default]
    Scenarios,
    /// Do something to the running module.
    Steering,
    /// The broker inside this program.
    Broker,
}

impl Tab {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Scenarios, Self::Steering, Self::Broker];

    /// The name of its word in the language files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Scenarios => "demo-tab-scenarios",
            Self::Steering => "demo-tab-steering",
            Self::Broker => "demo-tab-broker",
        }
    }
}

/// How much of the panel is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Extent {
    /// Nothing.
    #[default]
    Closed,
    /// One line below the page.
    Line,
    /// All of it.
    Whole,
}

/// What the user has open, typed and chosen in the panel.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    /// How much of the panel is open.
    pub extent: Extent,
    /// Whether it stands where the page was when it was last drawn: the window holds only one of them.
    pub fills_page: bool,
    /// The part in front.
    pub tab: Tab,
    /// The search text.
    pub search: String,
    /// The chosen scenario.
    pub chosen: Option<&'static Scenario>,
    /// Groups whose rows are hidden.
    pub folded: Vec<Group>,
    /// The seed as typed; empty for 1.
    pub seed: String,
    /// Whether to connect as the Connect page says instead of as the scenario says.
    pub uses_own_form: bool,
    /// The steering line as typed.
    pub line: String,
    /// What was wrong with the last steering line.
    pub line_fault: Option<Text>,
}

/// The seed when none is typed.
const FIRST_SEED: u64 = 1;

impl Screen {
    /// The seed; `None` when what is typed is no number.
    pub fn seed(&self) -> Option<u64> {
        let typed = self.seed.trim();
        if typed.is_empty() { Some(FIRST_SEED) } else { typed.parse().ok() }
    }

    /// Opens the panel or unfolds it; closes it when all of it is open.
    pub fn toggle(&mut self) {
        self.extent = if self.extent == Extent::Whole { Extent::Closed } else { Extent::Whole };
    }

    /// Somebody wants to see a page: a panel that stands in its place folds.
    pub fn make_way(&mut self) {
        if self.extent == Extent::Whole && self.fills_page {
            self.extent = Extent::Line;
        }
    }

    /// Chooses the scenario of this name, or lets go of it when it was chosen already.
    pub fn choose(&mut self, name: &str) {
        let is_chosen = self.chosen.is_some_and(|chosen| chosen.name == name);
        self.chosen = if is_chosen { None } else { scenario::find(name) };
    }

    /// Hides or shows the rows of a group.
    pub fn fold(&mut self, group: Group) {
        match self.folded.iter().position(|folded| *folded == group) {
            Some(place) => drop(self.folded.remove(place)),
            None => self.folded.push(group),
        }
    }
}

/// What is on.
#[derive(Clone, Debug, Default)]
pub enum Play {
    /// No scenario: the virtual modem is the usual one.
    #[default]
    Nothing,
    /// A scenario's surroundings are being built.
    Preparing(&'static Scenario),
    /// A scenario is on until it is left.
    On(Course),
}

/// A heading with its rows.
#[derive(Clone, Debug)]
pub struct GroupView {
    /// Which group.
    pub group: Group,
    /// How many of its scenarios fit the search.
    pub count: usize,
    /// Whether its rows are hidden.
    pub is_folded: bool,
    /// Its scenarios; empty while it is folded.
    pub rows: Vec<RowView>,
}

/// One scenario in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowView {
    /// Its name.
    pub name: &'static str,
    /// Its title in the language in use.
    pub title: Cow<'static, str>,
    /// The catalogue's entry.
    pub finding: Option<&'static str>,
    /// Whether it is chosen.
    pub is_chosen: bool,
    /// Whether it is on.
    pub is_on: bool,
}

/// What the chosen scenario shows and needs.
#[derive(Clone, Debug)]
pub struct Details {
    /// What to do about the fault, in the language in use.
    pub remedy: Option<Cow<'static, str>>,
    /// The rung that fails, by the name of its word.
    pub rung: Option<&'static str>,
    /// The catalogue's entry.
    pub finding: Option<&'static str>,
    /// What the module must print, in this order.
    pub wire: Vec<&'static str>,
    /// What is sent, step by step.
    pub steps: Vec<StepView>,
    /// What it stands behind the module, in words.
    pub surroundings: Vec<Text>,
}

/// What can be done next with the running scenario.
#[derive(Clone, Debug)]
pub struct NextStep {
    /// The step.
    pub text: Text,
    /// Why it cannot be done now.
    pub why_not: Option<Text>,
}

/// The panel.
#[derive(Clone, Debug)]
pub struct DemoView<'a> {
    /// What the user has open and typed.
    pub screen: &'a Screen,
    /// All groups that have something that fits the search.
    pub groups: Vec<GroupView>,
    /// The chosen scenario.
    pub details: Option<Details>,
    /// Why the chosen scenario cannot be started.
    pub why_not_start: Option<Text>,
    /// Why the chosen scenario cannot be written into the Connect page.
    pub why_not_fill: Option<Text>,
    /// Whether the chosen scenario is the one that is on: starting is starting again.
    pub is_restart: bool,
    /// Title and seed of what is on.
    pub on: Option<(Cow<'static, str>, u64)>,
    /// Title of what is being prepared.
    pub preparing: Option<Cow<'static, str>>,
    /// The next step of what is on, when there is one.
    pub next: Option<NextStep>,
    /// Why nothing can be done to the module.
    pub why_not_steer: Option<Text>,
    /// What was ordered last.
    pub hands: &'a Hands,
    /// The broker inside this program; `None` where nobody asks for it.
    pub broker: Option<BrokerView<'a>>,
}

impl<'a> DemoView<'a> {
    /// The same panel with the broker.
    #[must_use]
    pub fn with_broker(mut self, broker: BrokerView<'a>) -> Self {
        self.broker = Some(broker);
        self
    }
}

/// The panel in `lang`; `link` is the link in use.
pub fn view<'a>(
    model: &Model,
    screen: &'a Screen,
    play: &Play,
    hands: &'a Hands,
    link: &Port,
    lang: Lang,
) -> DemoView<'a> {
    let course = if let Play::On(course) = play { Some(course) } else { None };
    let is_on = |scenario: &Scenario| course.is_some_and(|course| course.scenario.name == scenario.name);
    DemoView {
        groups: groups(screen, &is_on, lang),
        details: screen.chosen.map(|scenario| details(scenario, course, lang)),
        why_not_start: why_not_start(model, screen, play, link),
        why_not_fill: why_not_fill(screen),
        is_restart: screen.chosen.is_some_and(is_on),
        on: course.map(|course| (title(course.scenario, lang), course.seed)),
        preparing: if let Play::Preparing(scenario) = play { Some(title(scenario, lang)) } else { None },
        next: course.and_then(|course| course.next_step(model)),
        why_not_steer: why_not_steer(model, link),
        hands,
        broker: None,
        screen,
    }
}

/// Title of the scenario that is on, or being prepared.
pub fn playing(play: &Play, lang: Lang) -> Option<Cow<'static, str>> {
    match play {
        Play::Nothing => None,
        Play::Preparing(scenario) => Some(title(scenario, lang)),
        Play::On(course) => Some(title(course.scenario, lang)),
    }
}

fn title(scenario: &'static Scenario, lang: Lang) -> Cow<'static, str> {
    lang.scenario(&scenario.name)
}

fn groups(screen: &Screen, is_on: &dyn Fn(&Scenario) -> bool, lang: Lang) -> Vec<GroupView> {
    let wanted = screen.search.trim().to_lowercase();
    let view = |group: Group| {
        let fitting = scenario::all().iter().filter(|one| Group::of(one) == group && fits(one, &wanted));
        // A search looks into folded groups too.
        let is_folded = wanted.is_empty() && screen.folded.contains(&group);
        let rows: Vec<_> = fitting.map(|one| row(one, screen, is_on(one), lang)).collect();
        GroupView { group, count: rows.len(), is_folded, rows: if is_folded { Vec::new() } else { rows } }
    };
    Group::ALL.into_iter().map(view).filter(|group| group.count > 0).collect()
}

/// Searches name, titles and catalogue entry, in every language.
fn fits(scenario: &'static Scenario, wanted: &str) -> bool {
    let finding = scenario.finding.as_deref().unwrap_or_default();
    let titles = Lang::ALL.map(|lang| title(scenario, lang));
    let texts = titles.iter().map(AsRef::as_ref).chain([scenario.name.as_str(), finding]);
    texts.into_iter().any(|text| text.to_lowercase().contains(wanted))
}

fn row(scenario: &'static Scenario, screen: &Screen, is_on: bool, lang: Lang) -> RowView {
    RowView {
        name: &scenario.name,
        title: title(scenario, lang),
        finding: scenario.finding.as_deref(),
        is_chosen: screen.chosen.is_some_and(|chosen| chosen.name == scenario.name),
        is_on,
    }
}

fn details(scenario: &'static Scenario, course: Option<&Course>, lang: Lang) -> Details {
    let course = course.filter(|course| course.scenario.name == scenario.name);
    Details {
        remedy: scenario.finding.as_deref().and_then(catalogue::by_id).map(|cause| cause.fix.to(lang)),
        rung: scenario.rung.as_deref().and_then(group::rung_word),
        finding: scenario.finding.as_deref(),
        wire: scenario.wire.iter().map(String::as_str).filter(|line| !line.is_empty()).collect(),
        steps: course::steps(scenario, course),
        surroundings: course::surroundings(scenario),
    }
}

fn why_not_start(model: &Model, screen: &Screen, play: &Play, link: &Port) -> Option<Text> {
    let is_serial_open = *link != Port::Virtual && *model.connection().phase() != Phase::Idle;
    if screen.chosen.is_none() {
        Some(Text::new("demo-why-choose"))
    } else if screen.seed().is_none() {
        Some(Text::new("demo-why-seed"))
    } else if matches!(play, Play::Preparing(_)) {
        Some(Text::new("demo-why-preparing"))
    } else if is_serial_open {
        Some(Text::new("demo-why-serial"))
    } else {
        None
    }
}

fn why_not_fill(screen: &Screen) -> Option<Text> {
    let Some(chosen) = screen.chosen else { return Some(Text::new("demo-why-choose")) };
    (!chosen.is_connecting()).then(|| Text::new("demo-why-typed"))
}

fn why_not_steer(model: &Model, link: &Port) -> Option<Text> {
    if *link != Port::Virtual {
        return Some(Text::new("demo-why-serial"));
    }
    let is_open = !matches!(model.connection().phase(), Phase::Idle | Phase::Opening);
    (!is_open).then(|| Text::new("demo-why-not-running"))
}
