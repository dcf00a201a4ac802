//! What the Connect page shows: the link, the form with what is wrong in it, and the plan with its answers.

pub mod form;
mod plan;

use crate::{
    lang::Text,
    model::{Model, connection::Phase, plan::PlannedLine},
    settings::{LinkChoice, Profile},
};

use super::{fault, files::LocalFiles};

pub use self::{
    form::{Field, Problem},
    plan::{PlanRow, RowState},
};

/// The link that will be used, or is in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Port {
    /// The virtual modem.
    Virtual,
    /// A serial port by name or path.
    Serial(String),
}

/// The serial ports of this machine, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Ports {
    /// They are being looked for.
    #[default]
    Looking,
    /// These were found, those of the module first.
    Found(Vec<PortRow>),
    /// They cannot be listed.
    Failed(String),
}

/// One serial port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortRow {
    /// What to open.
    pub name: String,
    /// What the USB bus says of it: ids, product, interface.
    pub detail: String,
    /// Whether its USB id is that of the module.
    pub is_air780e: bool,
}

impl Ports {
    /// The names of the ports.
    pub fn names(&self) -> Vec<String> {
        self.rows().iter().map(|row| row.name.clone()).collect()
    }

    /// The ports that were found.
    pub fn rows(&self) -> &[PortRow] {
        match self {
            Self::Found(rows) => rows,
            Self::Looking | Self::Failed(_) => &[],
        }
    }
}

/// State of the Connect page that is neither kept nor known of the modem.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    /// The path field for a port that is not listed.
    pub path: String,
    /// The name field for saving the profile.
    pub name: String,
    /// Whether the user tried to connect with a form that cannot be used: then empty fields are complained of too.
    pub was_tried: bool,
    /// Whether the window asks if the profile shall be forgotten.
    pub asks_delete: bool,
}

/// Where the connection stands, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was tried yet.
    Nothing,
    /// It runs.
    Running(Text),
    /// The session stands.
    Connected(Text),
    /// It failed or ended, and why.
    Failed(Text),
}

/// The Connect page.
#[derive(Clone, Debug)]
pub struct ConnectView<'a> {
    /// The link that will be used, or is in use.
    pub link: Port,
    /// The serial ports.
    pub ports: &'a Ports,
    /// What the user typed beside the profile.
    pub screen: &'a Screen,
    /// The profile in use, as typed.
    pub profile: &'a Profile,
    /// The password as typed; kept in memory only.
    pub password: &'a str,
    /// Names of all saved profiles.
    pub profiles: Vec<String>,
    /// What is wrong with the form.
    pub problems: Vec<Problem>,
    /// Whether the keep alive lies outside what the vendor's tutorial advises.
    pub keep_alive_is_doubtful: bool,
    /// Where the built-in broker listens, while it runs.
    pub own_broker: Option<&'a str>,
    /// Whether the form can be changed now.
    pub is_editable: bool,
    /// The plan with its answers.
    pub plan: Vec<PlanRow>,
    /// Where the connection stands.
    pub outcome: Outcome,
}

/// What the page needs beside the model.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// The profile in use.
    pub profile: &'a Profile,
    /// The password, kept in memory only.
    pub password: &'a str,
    /// Names of all saved profiles.
    pub profiles: Vec<String>,
    /// The serial ports.
    pub ports: &'a Ports,
    /// The plan of the profile in use; empty while the form cannot be used.
    pub plan: &'a [PlannedLine],
    /// The files for the module as far as they were read.
    pub files: &'a LocalFiles,
}

/// The page.
pub fn view<'a>(model: &'a Model, screen: &'a Screen, inputs: Inputs<'a>) -> ConnectView<'a> {
    let connection = model.connection();
    let phase = connection.phase();
    let link = link(inputs.profile, inputs.ports);
    let uses_own_broker = link == Port::Virtual && inputs.profile.uses_own_broker;
    ConnectView {
        problems: form::problems(inputs.profile, uses_own_broker, inputs.files),
        keep_alive_is_doubtful: form::keep_alive_is_doubtful(inputs.profile),
        link,
        ports: inputs.ports,
        screen,
        profile: inputs.profile,
        password: inputs.password,
        profiles: inputs.profiles,
        own_broker: connection.own_broker(),
        is_editable: matches!(phase, Phase::Idle | Phase::Open),
        plan: plan::rows(connection, inputs.plan),
        outcome: outcome(model),
    }
}

/// The link that `profile` will use with these ports.
pub fn link(profile: &Profile, ports: &Ports) -> Port {
    match &profile.link {
        LinkChoice::Virtual => Port::Virtual,
        LinkChoice::Port(name) => Port::Serial(name.clone()),
        LinkChoice::Auto => match ports.rows().iter().find(|row| row.is_air780e) {
            Some(row) => Port::Serial(row.name.clone()),
            None => Port::Virtual,
        },
    }
}

fn outcome(model: &Model) -> Outcome {
    let connection = model.connection();
    match (connection.phase(), connection.fault()) {
        (Phase::Connected, _) => Outcome::Connected(Text::new("outcome-connected")),
        (Phase::Opening, _) => Outcome::Running(Text::new("outcome-opening").with("port", connection.link())),
        (Phase::Connecting, _) => Outcome::Running(Text::new("outcome-connecting")),
        (Phase::Closing, _) => Outcome::Running(Text::new("outcome-closing")),
        (Phase::Idle | Phase::Open, Some(fault)) => Outcome::Failed(fault::text(fault)),
        (Phase::Idle | Phase::Open, None) => Outcome::Nothing,
    }
}
