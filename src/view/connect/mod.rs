//! What the Connect page shows: the link, the form with what is wrong in it, and the plan with its answers.

mod access;
pub mod files;
pub mod form;
pub mod module;
mod plan;
mod ports;
mod problem;
mod secrets;
pub mod security;

use crate::{
    lang::Text,
    model::{
        Model,
        check::Endpoint,
        connection::{LinkState, Phase},
        plan::PlannedLine,
        request::Subscription,
    },
    mqtt::{Filter, Qos},
    payload::visible_line,
    settings::{Profile, Secrets},
    time::Moment,
};

use super::{
    Rung,
    certificates::clock_of,
    fault,
    files::{FileState, LocalFiles},
    troubleshoot::{self, FirstWord},
    waiting,
};

pub use self::{
    files::FilesScreen,
    plan::{PlanRow, RowKind, RowState},
    ports::{Port, PortRow, Ports, Probe, link},
    problem::{Field, Problem},
    secrets::{Keyring, missing},
    security::SlotView,
};

/// State of the Connect page that is neither kept nor known of the modem.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    /// The path field for a port that is not listed.
    pub path: String,
    /// What the port typed by hand said when it was asked.
    pub typed_probe: Option<(String, Probe)>,
    /// The name field for saving the profile.
    pub name: String,
    /// Whether the user tried to connect with a form that cannot be used: then empty fields are complained of too.
    pub was_tried: bool,
    /// Whether the window asks if the profile shall be forgotten.
    pub asks_delete: bool,
    /// Whether the window asks for the passwords that are missing, to connect with them.
    pub asks_secrets: bool,
    /// What was typed into that question; used or dropped when it closes.
    pub typed: Secrets,
    /// Profiles to and from files.
    pub files: FilesScreen,
    /// What is typed of the module itself.
    pub module: module::ModuleScreen,
}

/// Where the connection stands, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was tried yet, and everything for it is there.
    Nothing,
    /// Something is wrong or missing, the first of it in this field; without words when the field is merely still empty.
    Missing(Field, Option<Text>),
    /// Files are still being read.
    Reading,
    /// It runs.
    Running(Text),
    /// The session stands.
    Connected(Text),
    /// It failed or ended, what was seen, and what the doctor says to it.
    Failed(Text, Option<FirstWord>),
}

/// The Connect page.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that one control asks for")]
pub struct ConnectView<'a> {
    /// The link that will be used, or is in use.
    pub link: Port,
    /// The serial ports.
    pub ports: &'a Ports,
    /// What the user typed beside the profile.
    pub screen: &'a Screen,
    /// The profile in use, as typed.
    pub profile: &'a Profile,
    /// The passwords as typed.
    pub secrets: &'a Secrets,
    /// Whether the system's keyring can keep them.
    pub keyring: &'a Keyring,
    /// Whether what is typed differs from what is saved under the profile's name.
    pub is_changed: bool,
    /// Names of all saved profiles.
    pub profiles: Vec<String>,
    /// What is wrong with the form.
    pub problems: Vec<Problem>,
    /// What the host means, where it is none as it stands but one can be read out of it.
    pub host_meant: Option<Endpoint>,
    /// What to think of when the keep alive lies outside what the vendor's tutorial advises.
    pub keep_alive_advice: Option<Text>,
    /// Fields whose text is secret and is not saved, and what to say of each.
    pub not_saved: Vec<(Field, Text)>,
    /// Where the built-in broker listens for the chosen protection, while it runs.
    pub own_broker: Option<String>,
    /// What that broker threw away or turned away, and why.
    pub losses: Vec<Text>,
    /// Subscriptions beside the profile's, made on the Messages page.
    pub added: &'a [Subscription],
    /// The places for files that the chosen protection needs.
    pub slots: Vec<SlotView<'a>>,
    /// Whether the broker inside this program is meant.
    pub uses_own_broker: bool,
    /// Whether another client on this computer can be told where the broker is.
    pub can_be_joined: bool,
    /// Whether a port is open, so that no other can be asked.
    pub is_link_open: bool,
    /// Whether the form can be changed now.
    pub is_editable: bool,
    /// The plan with its answers.
    pub plan: Vec<PlanRow>,
    /// The rung of the ladder that accuses, when one does.
    pub failed_rung: Option<Rung>,
    /// Where the connection stands.
    pub outcome: Outcome,
    /// The module itself.
    pub module: module::ModuleView,
}

/// What the page needs beside the model.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// The profile in use.
    pub profile: &'a Profile,
    /// The passwords as typed.
    pub secrets: &'a Secrets,
    /// Whether the system's keyring can keep them.
    pub keyring: &'a Keyring,
    /// All saved profiles.
    pub profiles: &'a [Profile],
    /// The serial ports.
    pub ports: &'a Ports,
    /// Subscriptions beside the profile's.
    pub added: &'a [Subscription],
    /// The plan of the profile in use; empty while the form cannot be used.
    pub plan: &'a [PlannedLine],
    /// The files for the module as far as they were read.
    pub files: &'a LocalFiles,
    /// Where the built-in broker listens for the chosen protection, while it runs.
    pub own_broker: Option<String>,
    /// What that broker threw away or turned away, and why.
    pub losses: Vec<Text>,
    /// The last verdict on the connection.
    pub doctor: &'a troubleshoot::Screen,
    /// Now, as a moment of the running connection.
    pub now: Moment,
    /// This computer's clock in seconds since 1970.
    pub pc_clock: i64,
}

/// The page.
pub fn view<'a>(model: &'a Model, screen: &'a Screen, inputs: Inputs<'a>) -> ConnectView<'a> {
    let connection = model.connection();
    let phase = connection.phase();
    let link = link(inputs.profile, inputs.ports);
    let uses_own_broker = link == Port::Virtual && inputs.profile.uses_own_broker;
    let address = form::Address::of(inputs.profile, uses_own_broker);
    let form = form::connection(inputs.profile, inputs.secrets, &address, inputs.files);
    let form = form.map(|form| form::with_added(form, inputs.added));
    let waiting = waiting::view(model, inputs.now);
    let plan = plan::rows(connection, inputs.plan, form.as_ref().ok(), waiting.as_ref());
    let is_of_form = plan::is_of_form(connection, inputs.plan, form.as_ref().ok()) && is_of_link(connection, &link);
    let problems = form.err().unwrap_or_default();
    let clock = clock_of(model, inputs.pc_clock, inputs.now);
    let first = first_missing(&inputs, screen, &link, &problems);
    ConnectView {
        outcome: outcome(model, first, is_of_form.then_some(inputs.doctor)),
        problems,
        host_meant: form::host_meant(inputs.profile).filter(|_| !uses_own_broker),
        keep_alive_advice: form::keep_alive_advice(inputs.profile),
        not_saved: form::not_saved(inputs.profile, inputs.secrets),
        link,
        ports: inputs.ports,
        screen,
        profile: inputs.profile,
        secrets: inputs.secrets,
        keyring: inputs.keyring,
        is_changed: is_changed(inputs.profile, inputs.profiles),
        profiles: inputs.profiles.iter().map(|profile| profile.name.clone()).collect(),
        added: inputs.added,
        slots: security::slots(inputs.profile, inputs.files, clock.now),
        uses_own_broker,
        can_be_joined: if uses_own_broker {
            inputs.own_broker.is_some()
        } else {
            !inputs.profile.host.trim().is_empty()
        },
        own_broker: inputs.own_broker,
        losses: inputs.losses,
        module: module::view(model, &screen.module),
        is_link_open: *phase != Phase::Idle,
        is_editable: matches!(phase, Phase::Idle | Phase::Open),
        plan,
        failed_rung: connection.status().ladder.first_failed().map(|(rung, _)| rung),
    }
}

impl ConnectView<'_> {
    /// Subscriptions that were made on the Messages page and that the profile does not ask for so.
    pub fn offered(&self) -> impl Iterator<Item = Offered> {
        let is_new = |wanted: &&Subscription| self.profile.asks_for(wanted.filter.as_str()) != Some(wanted.qos);
        self.added.iter().filter(is_new).map(|wanted| Offered {
            filter: wanted.filter.clone(),
            text: visible_line(wanted.filter.as_str()),
            qos: wanted.qos,
        })
    }
}

/// A subscription that was made on the Messages page, for the profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// What is asked for.
    pub filter: Filter,
    /// The same with visible tokens.
    pub text: String,
    /// Highest quality of service asked for.
    pub qos: Qos,
}

/// Whether `profile` differs from what is saved under its name.
pub fn is_changed(profile: &Profile, saved: &[Profile]) -> bool {
    match saved.iter().find(|saved| saved.name == profile.name) {
        Some(saved) => saved != profile,
        None => *profile != Profile::default(),
    }
}

/// Whether the last connection went over this link.
fn is_of_link(connection: &LinkState, link: &Port) -> bool {
    match link {
        Port::Virtual => connection.is_simulated(),
        Port::Serial(name) => connection.link() == name,
    }
}

/// What is missing first: a port that opens, then what the form wants.
fn first_missing(inputs: &Inputs<'_>, screen: &Screen, link: &Port, problems: &[Problem]) -> Option<Outcome> {
    if let Some(why) = unusable(inputs.ports, screen, link) {
        return Some(Outcome::Missing(Field::Modem, Some(why)));
    }
    let is_being_read = |problem: &&Problem| matches!(problem.field, Field::File(role) if *inputs.files.state(role) == FileState::Reading);
    let found = problems.iter().find(|problem| !is_being_read(problem));
    let missing =
        found.map(|problem| Outcome::Missing(problem.field, (!problem.is_empty).then(|| problem.text.clone())));
    missing.or_else(|| (!problems.is_empty()).then_some(Outcome::Reading))
}

/// Why the port does not open, as it said when it was asked.
fn unusable(ports: &Ports, screen: &Screen, link: &Port) -> Option<Text> {
    let Port::Serial(name) = link else { return None };
    let listed = ports.rows().iter().find(|row| row.name == *name).map(|row| &row.probe);
    let typed = || screen.typed_probe.as_ref().filter(|(asked, _)| asked == name).map(|(_, probe)| probe);
    match listed.or_else(typed)? {
        Probe::Unusable(why) => Some(why.clone()),
        _ => None,
    }
}

/// `doctor` judged the connection that the form still describes; `None` when it describes another.
fn outcome(model: &Model, missing: Option<Outcome>, doctor: Option<&troubleshoot::Screen>) -> Outcome {
    let connection = model.connection();
    match connection.phase() {
        Phase::Connected => Outcome::Connected(Text::new("outcome-connected")),
        Phase::Opening => Outcome::Running(Text::new("outcome-opening").with("port", connection.link())),
        Phase::Connecting => Outcome::Running(Text::new("outcome-connecting")),
        Phase::Closing => Outcome::Running(Text::new("outcome-closing")),
        Phase::Idle | Phase::Open => {
            let failed = connection.fault().zip(doctor);
            let failed = failed.map(|(fault, doctor)| Outcome::Failed(fault::text(fault), doctor.first_word()));
            missing
                .filter(|missing| failed.is_none() || !matches!(missing, Outcome::Missing(Field::Modem, _)))
                .or(failed)
                .unwrap_or(Outcome::Nothing)
        }
    }
}
