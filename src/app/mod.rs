//! The application: `logic` drains events, `show` only draws, what panels ask is done after the frame.

mod certificates;
mod clock;
mod demo;
mod demo_panel;
mod dispatch;
mod draw;
mod files;
mod keys;
mod latency;
mod messages;
mod profiles;
mod save;
mod session;
mod store;
mod tasks;
mod terminal;

use std::{path::PathBuf, time::Duration};

use eframe::egui::{self, Context, Ui};

use crate::{
    lang::{Lang, Translator},
    model::{
        Input, Model,
        connection::Phase,
        event::Event,
        notices::Notice,
        plan::{self, PlannedLine},
        request::{Connection, Request},
    },
    mqtt::Password,
    settings::{Profile, Settings, ThemeChoice},
    ui::theme,
    view::{
        Page, Screen,
        connect::{
            Ports,
            form::{self, Address},
        },
    },
};

pub use self::store::Store;
use self::{
    clock::Clock, demo::DemoState, demo_panel::DemoPanel, files::Files, session::Session, tasks::TaskResult,
    tasks::Tasks,
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
    /// Name of the profile to use instead of the last one.
    pub profile: Option<String>,
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
    password: Password,
    ports: Ports,
    files: Files,
    demo: DemoState,
    /// Whether the user asked to connect while files were still being read.
    waits_to_connect: bool,
    plan: Plan,
    translator: Translator,
    session: Session,
    demo_panel: DemoPanel,
    tasks: Tasks,
    store: Option<Store>,
    clock: Clock,
}

/// The AT plan of the profile it was made for.
#[derive(Debug, Default)]
struct Plan {
    made_for: Option<PlanKey>,
    lines: Vec<PlannedLine>,
}

/// What a plan depends on: the profile, whether the modem is virtual, whether there is no password, the files.
type PlanKey = (Profile, bool, bool, u64);

impl Plan {
    /// The plan of `connection`, made from the profile in use.
    fn of(app: &App, connection: &Connection) -> Self {
        Self { made_for: Some(Self::key(app)), lines: plan::plan(connection) }
    }

    fn key(app: &App) -> PlanKey {
        (app.profile.clone(), dispatch::uses_virtual(app), app.password.is_empty(), app.files.revision())
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
        let mut app = Self {
            ctx: ctx.clone(),
            model: Model::default(),
            screen: Screen { page: options.page, ..Screen::default() },
            profile: Profile::default(),
            password: Password::default(),
            ports: Ports::default(),
            files: Files::default(),
            demo: DemoState::default(),
            waits_to_connect: false,
            plan: Plan::default(),
            translator: Translator::new(lang),
            session: Session::new(ctx.clone()),
            demo_panel: DemoPanel::default(),
            tasks: Tasks::new(ctx.clone()),
            store: options.store,
            clock: Clock::start(),
            settings,
        };
        app.wear_look();
        profiles::take_named(&mut app, &chosen);
        if let (Some(store), Some(detail)) = (&app.store, options.settings_fault) {
            let path = store.file().display().to_string();
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
        files::follow(self);
        dispatch::connect_waiting(self);
        self.make_plan();
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

    /// What the app knows.
    pub const fn model(&self) -> &Model {
        &self.model
    }

    fn apply(&mut self, input: &Input) {
        if let Input::Told { event: Event::Opened { .. }, .. } = input {
            self.clock = Clock::start();
            self.demo_panel.begin();
        }
        let was_closing = *self.model.connection().phase() == Phase::Closing;
        self.model.apply(input);
        if was_closing && *self.model.connection().phase() == Phase::Open {
            self.session.close();
        }
    }

    fn apply_all(&mut self, inputs: &[Input]) {
        for input in inputs {
            self.apply(input);
        }
    }

    /// Hands a request to the running connection.
    fn ask(&mut self, request: Request) {
        let inputs = self.session.request(request);
        self.apply_all(&inputs);
    }

    fn finish(&mut self, result: TaskResult) {
        match result {
            TaskResult::Ports(ports) => self.ports = ports,
            TaskResult::Files(found) => files::finish(self, *found),
            TaskResult::Demo(made) => demo::finish(self, made),
            TaskResult::Staged(staged) => demo_panel::staged(self, *staged),
            TaskResult::Saved(result) => {
                if let Some(store) = &self.store {
                    self.tasks.saved(store);
                }
                self.report_file(result.err());
            }
            TaskResult::Save(outcome) => save::finish(self, outcome),
            TaskResult::Text(text) => self.ctx.copy_text(text),
        }
    }

    fn report_file(&mut self, fault: Option<(PathBuf, String)>) {
        if let Some((path, detail)) = fault {
            self.apply(&Input::Notice(Notice::FileFailed { path: path.display().to_string(), detail }));
        }
    }

    fn save(&mut self) {
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
        let is_current = self.plan.made_for.as_ref().is_some_and(|(profile, was_virtual, had_no_password, files)| {
            *profile == self.profile
                && *was_virtual == is_virtual
                && *had_no_password == self.password.is_empty()
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
        let connection = form::connection(&self.profile, &self.password, &address, self.files.known());
        let lines = connection.map(|connection| plan::plan(&connection)).unwrap_or_default();
        self.plan = Plan { made_for: Some(Plan::key(self)), lines };
    }

    /// When the window must be drawn again although nothing happens: never, unless something on it grows older.
    fn next_look(&self) -> Option<Duration> {
        match self.model.connection().phase() {
            Phase::Idle => None,
            Phase::Connected | Phase::Open => Some(AGE_STEP).filter(|_| self.shows_ages()),
            Phase::Opening | Phase::Connecting | Phase::Closing => Some(BUSY_STEP),
        }
    }

    fn shows_ages(&self) -> bool {
        self.screen.page == Page::Messages || self.screen.rung.is_some()
    }
}

impl eframe::App for App {
    fn logic(&mut self, _ctx: &Context, _frame: &mut eframe::Frame) {
        Self::logic(self);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }
}

/// How long one frame may take in events before it is drawn.
const DRAIN_BUDGET: Duration = Duration::from_millis(8);
/// How often ages on screen move on.
const AGE_STEP: Duration = Duration::from_secs(1);
/// How often something under way is drawn again.
const BUSY_STEP: Duration = Duration::from_millis(200);
