//! The application: `logic` drains events, `show` only draws, what panels ask is done after the frame.
//!
//! This file is what all pages share, and knows none of them: what the application is made of, and its two ways out, to the
//! model and to the connection. Upon it stand, from below: files, passwords, ports and connecting; the pages; the frame and
//! what it hands to them.

mod added;
mod beside;
mod bisect;
mod broker;
mod broker_desk;
mod certificates;
mod clearing;
mod clipboard;
mod clock;
mod closing;
mod comeback;
mod comparison;
mod connecting;
pub mod crash;
mod demo;
mod demo_files;
mod demo_panel;
mod dispatch;
mod draw;
mod dropped;
pub mod ending;
mod farewell;
mod files;
mod folders;
mod for_mqttx;
mod foreign;
mod frame;
mod in_use;
mod keeper;
#[cfg(feature = "keyring")]
mod keyring;
mod keys;
mod latency;
mod leaving;
mod local_files;
mod log;
mod look;
mod losses;
mod messages;
mod module;
mod own_broker;
mod pace;
mod party;
mod pick;
mod places;
mod plan;
mod ports;
mod private_file;
mod profile_files;
mod profiles;
mod publishing;
mod recorded;
mod recording;
mod replayed;
mod report;
mod reporting;
mod returning;
mod save;
mod saving;
mod scan;
mod search;
mod secrets;
mod session;
pub mod shader_cache;
mod shown;
mod signal;
mod stage;
pub mod startup;
mod store;
mod tasks;
mod terminal;
mod troubleshoot;
mod watched;
mod watching;
mod window;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use eframe::egui::Context;

use crate::{
    bisect::Shelf,
    lang::{Lang, Translator},
    link::spec::LinkSpec,
    model::{Input, Model, connection::Phase, event::Event, notices::Notice, request::Request},
    settings::{Profile, SecretKind, Secrets, Settings, ThemeChoice},
    time::Moment,
    view::{Page, Screen, connect::Ports},
};

#[cfg(feature = "keyring")]
pub use self::keyring::SystemKeyring;
use self::{
    added::Added,
    beside::Beside,
    broker_desk::BrokerDesk,
    clearing::Clearing,
    clock::Clock,
    closing::Closing,
    comparison::{Comparison, Scanning},
    demo_files::DemoState,
    ending::SystemWish,
    keeper::Keeper,
    local_files::Files,
    losses::Losses,
    plan::Plan,
    recording::Recording,
    reporting::Reporting,
    returning::ComebackState,
    saving::Saving,
    search::Search,
    session::Session,
    stage::DemoPanel,
    tasks::Tasks,
    watched::Watching,
};
pub use self::{
    keeper::Vault,
    pace::frame_pause,
    store::{Damage, Loaded, Store},
};

/// How the application shall start.
#[derive(Debug, Default)]
pub struct Options {
    /// Where settings live; nothing is kept without.
    pub store: Option<Store>,
    /// Where the lists lie that undo a search for the one setting that decides; without, there is none.
    pub undo: Option<Shelf>,
    /// What was kept there.
    pub settings: Settings,
    /// Why it could not be read.
    pub settings_fault: Option<String>,
    /// What of it could not be used.
    pub damage: Option<Damage>,
    /// Name of the profile to use instead of the last one.
    pub profile: Option<String>,
    /// Where passwords are kept between runs; without, they are asked for each time.
    pub vault: Option<Arc<dyn Vault>>,
    /// The page to begin with.
    pub page: Page,
    /// The system's language; what the settings say goes first.
    pub system_lang: Lang,
    /// Language for this run only.
    pub lang: Option<Lang>,
    /// Theme for this run only.
    pub theme: Option<ThemeChoice>,
    /// Connect to the virtual modem and the broker inside this program at once.
    pub connects_virtual: bool,
    /// The pause between frames while only traffic changes the window; none where nobody draws on a screen.
    pub frame_pause: Duration,
    /// Whether the system has asked for the end: then nobody is asked before the window closes.
    pub system_wish: SystemWish,
}

/// The application.
pub struct App {
    ctx: Context,
    model: Model,
    screen: Screen,
    settings: Settings,
    profile: Profile,
    secrets: Secrets,
    keeper: Keeper,
    ports: Ports,
    files: Files,
    added: Added,
    clearing: Clearing,
    /// The client on this computer.
    beside: Beside,
    broker: BrokerDesk,
    closing: Closing,
    system_wish: SystemWish,
    demo: DemoState,
    /// Whether the user asked to connect while files were still being read.
    waits_to_connect: bool,
    plan: Plan,
    translator: Translator,
    session: Session,
    losses: Losses,
    demo_panel: DemoPanel,
    /// When the signal was last asked for beside what the user does.
    signal_asked: Option<Moment>,
    comeback: ComebackState,
    watching: Watching,
    tasks: Tasks<Self>,
    saving: Saving,
    comparison: Comparison,
    scanning: Scanning,
    search: Search,
    recording: Recording,
    reporting: Reporting,
    store: Option<Store>,
    /// How far each movable border is from its side, in points.
    borders: BTreeMap<String, f32>,
    clock: Clock,
}

impl App {
    /// What the app knows.
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// Takes what happened; what follows from it is not done here.
    fn apply(&mut self, input: &Input) {
        if matches!(input, Input::Began { .. }) {
            // It went where the connection before went.
            self.beside = Beside::default();
        }
        // A port that came back goes on counting its moments.
        if let Input::Told { event: Event::Opened { anchor, .. }, .. } = input
            && self.model.anchor() != Some(*anchor)
        {
            self.clock = Clock::start();
            self.demo_panel.begin();
            self.signal_asked = None;
        }
        let was_closing = *self.model.connection().phase() == Phase::Closing;
        let is_current = self.model.is_current(input);
        self.model.apply(input);
        let now = self.clock.now(self.model.connection().newest());
        self.comeback.take(now, input, is_current);
        self.watching.take(now, input, is_current);
        if was_closing && *self.model.connection().phase() == Phase::Open {
            self.session.close();
        }
    }

    fn apply_all(&mut self, inputs: &[Input]) {
        for input in inputs {
            self.apply(input);
        }
    }

    /// Opens `spec`, unless it is open, and asks `requests` of it.
    fn connect(&mut self, spec: LinkSpec, requests: Vec<Request>) {
        self.session.log.folder = log::folder(&self.settings.log, self.store.as_ref());
        let inputs = self.session.connect(spec, requests, &self.tasks);
        self.apply_all(&inputs);
    }

    /// Hands a request to the running connection.
    fn ask(&mut self, request: Request) {
        let inputs = self.session.request(request);
        self.apply_all(&inputs);
    }

    /// Asks beside what the user does: nothing is said when it is not taken.
    fn ask_along(&mut self, request: Request) {
        if self.session.is_open() {
            let inputs = self.session.request(request);
            self.apply_all(
                &inputs.into_iter().filter(|input| matches!(input, Input::Asked { .. })).collect::<Vec<_>>(),
            );
        }
    }

    fn report_file(&mut self, fault: Option<(PathBuf, String)>) {
        if let Some((path, detail)) = fault {
            self.apply(&Input::Notice(Notice::FileFailed { path: path.display().to_string(), detail }));
        }
    }

    /// Where throw-away certificates go: beside the settings, or a temporary folder of this run when nothing is kept.
    fn demo_folder(&self) -> PathBuf {
        self.store
            .as_ref()
            .map_or_else(
                || std::env::temp_dir().join(format!("air780e-companion-{}", std::process::id())),
                |store| store.folder().to_owned(),
            )
            .join("demo-certificates")
    }

    /// Which passwords are there: all that a plan shows of them.
    fn password_marks(&self) -> [bool; 2] {
        SecretKind::ALL.map(|kind| !self.secrets.of(kind).is_empty())
    }
}

impl log::Hears for App {
    fn hear(&mut self, notice: Notice) {
        self.apply(&Input::Notice(notice));
    }
}
