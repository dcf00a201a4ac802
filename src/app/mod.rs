//! The application: `logic` drains events, `show` only draws, what panels ask is done after the frame.

mod certificates;
mod clock;
mod crosscheck;
mod demo;
mod demo_panel;
mod dispatch;
mod draw;
mod files;
#[cfg(feature = "keyring")]
mod keyring;
mod keys;
mod latency;
mod leaving;
mod log;
mod messages;
mod pick;
mod ports;
mod profile_files;
mod profiles;
mod save;
mod secrets;
mod session;
mod signal;
pub mod startup;
mod store;
mod tasks;
mod terminal;
mod troubleshoot;
mod window;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use eframe::egui::{self, Context, Ui};

use crate::{
    lang::{Lang, Translator},
    link::spec::LinkSpec,
    model::{
        Input, Model,
        connection::Phase,
        event::Event,
        notices::Notice,
        plan::{self, PlannedLine},
        request::{Connection, Request},
    },
    settings::{Profile, SecretKind, Secrets, Settings, ThemeChoice},
    time::Moment,
    ui::theme,
    view::{
        Page, Screen,
        connect::{
            Ports,
            form::{self, Address},
        },
    },
};

#[cfg(feature = "keyring")]
pub use self::keyring::SystemKeyring;
use self::{
    clock::Clock, crosscheck::Comparison, demo::DemoState, demo_panel::DemoPanel, files::Files, secrets::Keeper,
    session::Session, tasks::TaskResult, tasks::Tasks,
};
pub use self::{
    secrets::Vault,
    store::{Damage, Loaded, Store},
    window::kept_page,
};

/// How the application shall start.
#[derive(Debug, Default)]
pub struct Options {
    /// Where settings live; nothing is kept without.
    pub store: Option<Store>,
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
    demo: DemoState,
    /// Whether the user asked to connect while files were still being read.
    waits_to_connect: bool,
    plan: Plan,
    translator: Translator,
    session: Session,
    demo_panel: DemoPanel,
    /// When the signal was last asked for beside what the user does.
    signal_asked: Option<Moment>,
    tasks: Tasks,
    comparison: Comparison,
    store: Option<Store>,
    /// How far each movable border is from its side, in points.
    borders: BTreeMap<String, f32>,
    clock: Clock,
}

/// The AT plan of the profile it was made for.
#[derive(Debug, Default)]
struct Plan {
    made_for: Option<PlanKey>,
    lines: Vec<PlannedLine>,
}

/// What a plan depends on: the profile, whether the modem is virtual, which passwords are there, the files.
type PlanKey = (Profile, bool, [bool; 2], u64);

impl Plan {
    /// The plan of `connection`, made from the profile in use.
    fn of(app: &App, connection: &Connection) -> Self {
        Self { made_for: Some(Self::key(app)), lines: plan::plan(connection) }
    }

    fn key(app: &App) -> PlanKey {
        (app.profile.clone(), dispatch::uses_virtual(app), app.password_marks(), app.files.revision())
    }
}

impl App {
    /// The application on `ctx`, as `options` say.
    pub fn new(ctx: &Context, options: Options) -> Self {
        theme::install(ctx);
        let mut settings = options.settings;
        settings.theme = options.theme.unwrap_or(settings.theme);
        let lang = options.lang.or(settings.lang).unwrap_or(options.system_lang);
        let chosen = options.profile.unwrap_or_else(|| settings.chosen.clone());
        let tasks = Tasks::new(ctx.clone());
        let keeper = Keeper::new(options.vault, &tasks);
        let mut app = Self {
            ctx: ctx.clone(),
            model: Model::default(),
            screen: Screen { page: options.page, ..Screen::default() },
            profile: Profile::default(),
            secrets: Secrets::default(),
            keeper,
            ports: Ports::default(),
            files: Files::default(),
            demo: DemoState::default(),
            waits_to_connect: false,
            plan: Plan::default(),
            translator: Translator::new(lang),
            session: Session::new(ctx.clone()),
            demo_panel: DemoPanel::default(),
            signal_asked: None,
            tasks,
            comparison: Comparison::default(),
            store: options.store,
            borders: settings.window.borders.clone(),
            clock: Clock::start(),
            settings,
        };
        app.screen.messages.seed = u64::from(Clock::wall().timestamp_subsec_nanos());
        app.wear_look();
        window::restore(&mut app);
        match app.settings.draft.clone().filter(|draft| draft.name == chosen) {
            Some(draft) => profiles::take(&mut app, draft),
            None => profiles::take_named(&mut app, &chosen),
        }
        if let Some(Damage { kept_as, detail, profiles }) = options.damage {
            let path = kept_as.display().to_string();
            app.apply(&Input::Notice(Notice::SettingsPutAside { path, detail, profiles }));
        }
        if let Some(detail) = options.settings_fault {
            let path =
                app.store.as_ref().map_or_else(|| "settings.json".to_owned(), |s| s.file().display().to_string());
            app.apply(&Input::Notice(Notice::FileFailed { path, detail }));
        }
        dispatch::list_ports(&mut app);
        if options.connects_virtual {
            dispatch::connect_virtual(&mut app);
        }
        app
    }

    /// Takes what happened since the last frame. Draws nothing.
    pub fn logic(&mut self) {
        let deadline = Clock::start();
        while let Some(inputs) = self.session.next(&self.tasks) {
            self.apply_all(&inputs);
            if deadline.has_run_for(DRAIN_BUDGET) {
                self.ctx.request_repaint();
                break;
            }
        }
        while let Some(result) = self.tasks.next() {
            self.finish(result);
        }
        messages::recall_colours(self);
        messages::drive_repeat(self);
        files::follow(self);
        dispatch::connect_waiting(self);
        self.make_plan();
        let now = self.clock.now(self.model.connection().newest());
        self.screen.troubleshoot.refresh(&self.model, now);
        if let Some(pause) = self.screen.troubleshoot.ripens_in(&self.model, now) {
            self.ctx.request_repaint_after(pause);
        }
        if let Some(pause) = self.next_look() {
            self.ctx.request_repaint_after(pause);
        }
    }

    /// Draws the window, then does what its panels asked.
    pub fn show(&mut self, ui: &mut Ui) {
        let mut actions = Vec::new();
        keys::read(ui, self, &mut actions);
        draw::window_ui(self, ui, &mut actions);
        if !actions.is_empty() {
            self.ctx.request_repaint();
        }
        for action in actions {
            dispatch::dispatch(self, action);
        }
    }

    /// Takes what happened, as if the running connection had told it.
    pub fn load(&mut self, inputs: impl IntoIterator<Item = Input>) {
        for input in inputs {
            self.apply(&input);
        }
    }

    /// Keeps what shall be kept; call it when the window closes.
    pub fn close(&mut self) {
        window::close(self);
        self.session.end();
    }

    /// What the app knows.
    pub const fn model(&self) -> &Model {
        &self.model
    }

    fn apply(&mut self, input: &Input) {
        if let Input::Told { event: Event::Opened { .. }, .. } = input {
            self.clock = Clock::start();
            self.demo_panel.begin();
            self.signal_asked = None;
        }
        let is_told_by_running = self.model.is_current(input);
        let was_closing = *self.model.connection().phase() == Phase::Closing;
        self.model.apply(input);
        if was_closing && *self.model.connection().phase() == Phase::Open {
            self.session.close();
        }
        if is_told_by_running {
            certificates::follow_up(self, input);
            signal::follow(self, input);
            troubleshoot::follow(self, input);
        }
    }

    fn apply_all(&mut self, inputs: &[Input]) {
        for input in inputs {
            self.apply(input);
        }
    }

    /// Opens `spec`, unless it is open, and asks `requests` of it.
    fn connect(&mut self, spec: LinkSpec, requests: Vec<Request>) {
        self.session.log.folder = log::folder(self);
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

    fn finish(&mut self, result: TaskResult) {
        match result {
            TaskResult::Ports(found) => ports::listed(self, found),
            TaskResult::Probed(probes) => ports::asked(self, &probes),
            TaskResult::Picked(picked) => pick::finish(self, picked),
            TaskResult::Profiles(told) => profile_files::finish(self, told),
            TaskResult::Keyring(told) => secrets::finish(self, told),
            TaskResult::Files(found) => files::finish(self, *found),
            TaskResult::Sorted(sorted) => files::finish_sort(self, sorted),
            TaskResult::Repaired { role, from, written } => files::finish_repair(self, role, &from, written),
            TaskResult::Demo(made) => demo::finish(self, made),
            TaskResult::Staged(staged) => demo_panel::staged(self, *staged),
            TaskResult::Saved(result) => {
                if let Some(store) = &self.store {
                    self.tasks.saved(store);
                }
                self.report_file(result.err());
            }
            TaskResult::LogFailed(path, detail) => self.report_file(Some((path, detail))),
            TaskResult::LogEnded(path) => {
                self.apply(&Input::Notice(Notice::LogEnded { path: path.display().to_string() }));
            }
            TaskResult::Save(outcome) => save::finish(self, outcome),
            TaskResult::Text(text) => self.ctx.copy_text(text),
            TaskResult::Compared(..) | TaskResult::FoundPort(_) => troubleshoot::finish(self, result),
            TaskResult::Payload(state) => messages::take_file(self, state),
        }
    }

    fn report_file(&mut self, fault: Option<(PathBuf, String)>) {
        if let Some((path, detail)) = fault {
            self.apply(&Input::Notice(Notice::FileFailed { path: path.display().to_string(), detail }));
        }
    }

    fn save(&mut self) {
        window::note(self);
        if let Some(store) = &self.store {
            self.tasks.save(store, self.settings.clone());
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

    fn export_folder(&self) -> Option<PathBuf> {
        directories::UserDirs::new()
            .and_then(|folders| folders.document_dir().map(ToOwned::to_owned))
            .or_else(|| self.store.as_ref().map(|store| store.folder().to_owned()))
    }

    /// Makes egui and the model wear what the settings say.
    fn wear_look(&mut self) {
        self.ctx.set_theme(dispatch::preference(self.settings.theme));
        self.ctx.set_zoom_factor(if self.settings.is_stage { theme::size::STAGE_ZOOM } else { 1.0 });
        let Settings { terminal_lines, messages, .. } = self.settings;
        self.apply(&Input::Limits { terminal_lines, messages });
    }

    /// Works the plan out again when the profile has changed.
    fn make_plan(&mut self) {
        let is_virtual = dispatch::uses_virtual(self);
        let is_current = self.plan.made_for.as_ref().is_some_and(|(profile, was_virtual, marks, files)| {
            *profile == self.profile
                && *was_virtual == is_virtual
                && *marks == self.password_marks()
                && *files == self.files.revision()
        });
        if is_current || !matches!(self.model.connection().phase(), Phase::Idle | Phase::Open) {
            return;
        }
        let address = match self.session.own_broker_address(self.profile.security.case) {
            Some(address) if is_virtual && self.profile.uses_own_broker => {
                Address { host: address.ip().to_string(), port: address.port().to_string() }
            }
            _ => Address::of(&self.profile, is_virtual && self.profile.uses_own_broker),
        };
        let connection = form::connection(&self.profile, &self.secrets, &address, self.files.known());
        let lines = connection.map(|connection| plan::plan(&connection)).unwrap_or_default();
        self.plan = Plan { made_for: Some(Plan::key(self)), lines };
    }

    /// Which passwords are there: all that a plan shows of them.
    fn password_marks(&self) -> [bool; 2] {
        SecretKind::ALL.map(|kind| !self.secrets.of(kind).is_empty())
    }

    /// When the window must be drawn again although nothing happens: never, unless something on it grows older.
    fn next_look(&self) -> Option<Duration> {
        let step = match self.model.connection().phase() {
            Phase::Idle => None,
            Phase::Connected | Phase::Open => self.age_step(),
            Phase::Opening | Phase::Connecting | Phase::Closing => Some(BUSY_STEP),
        };
        step.into_iter().chain(messages::repeat_wait(self)).min()
    }

    fn age_step(&self) -> Option<Duration> {
        if self.screen.rung.is_some() {
            return Some(AGE_STEP);
        }
        messages::age_step(self).filter(|_| self.screen.page == Page::Messages)
    }
}

impl eframe::App for App {
    fn logic(&mut self, _ctx: &Context, _frame: &mut eframe::Frame) {
        Self::logic(self);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.close();
    }
}

/// How long one frame may take in events before it is drawn.
const DRAIN_BUDGET: Duration = Duration::from_millis(8);
/// How often ages on screen move on.
const AGE_STEP: Duration = Duration::from_secs(1);
/// How often something under way is drawn again.
const BUSY_STEP: Duration = Duration::from_millis(200);
