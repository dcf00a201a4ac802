//! A frame: what happened is taken, the window is drawn, what its panels asked is done; and how often that is needed.

use std::time::Duration;

use eframe::egui::{self, Context, Ui};

use crate::{
    lang::Translator,
    model::{Input, Model, connection::Phase, notices::Notice},
    settings::{Profile, Secrets},
    ui::theme,
    view::{Page, Screen, connect::Ports},
};

use super::{
    App, Damage, Options,
    added::Added,
    beside::Beside,
    bisect, broker,
    broker_desk::BrokerDesk,
    certificates,
    clearing::Clearing,
    clock::Clock,
    closing::Closing,
    comeback,
    comparison::{Comparison, Scanning},
    connecting,
    demo_files::DemoState,
    dispatch, draw, farewell, files, in_use,
    keeper::Keeper,
    keys,
    local_files::Files,
    look,
    losses::Losses,
    messages, module, own_broker, party,
    plan::Plan,
    ports,
    recording::Recording,
    reporting::Reporting,
    returning::ComebackState,
    saving::Saving,
    search::Search,
    secrets,
    session::Session,
    signal,
    stage::DemoPanel,
    tasks::Tasks,
    terminal, troubleshoot,
    watched::Watching,
    watching, window,
};

impl App {
    /// The application on `ctx`, as `options` say.
    pub fn new(ctx: &Context, options: Options) -> Self {
        theme::install(ctx);
        let mut settings = options.settings;
        settings.theme = options.theme.unwrap_or(settings.theme);
        let lang = options.lang.or(settings.lang).unwrap_or(options.system_lang);
        theme::speak(ctx, lang);
        let chosen = options.profile.unwrap_or_else(|| settings.chosen.clone());
        let tasks = Tasks::new(ctx.clone());
        let keeper = Keeper::new(options.vault);
        let mut app = Self {
            ctx: ctx.clone(),
            model: Model::default(),
            screen: Screen { page: options.page, ..Screen::default() },
            profile: Profile::default(),
            secrets: Secrets::default(),
            keeper,
            ports: Ports::default(),
            files: Files::default(),
            added: Added::default(),
            clearing: Clearing::default(),
            beside: Beside::default(),
            broker: BrokerDesk::default(),
            closing: Closing::default(),
            system_wish: options.system_wish,
            demo: DemoState::default(),
            waits_to_connect: false,
            plan: Plan::default(),
            translator: Translator::new(lang),
            session: Session::new(ctx.clone(), options.frame_pause),
            losses: Losses::default(),
            demo_panel: DemoPanel::default(),
            signal_asked: None,
            comeback: ComebackState::default(),
            watching: Watching::default(),
            tasks,
            saving: Saving::new(settings.clone()),
            comparison: Comparison::default(),
            scanning: Scanning::default(),
            search: Search::on(options.undo),
            recording: Recording::default(),
            reporting: Reporting::default(),
            store: options.store,
            borders: settings.window.borders.clone(),
            clock: Clock::start(),
            settings,
        };
        app.screen.messages.seed = u64::from(Clock::wall().timestamp_subsec_nanos());
        look::wear(&mut app);
        secrets::begin(&mut app);
        window::restore(&mut app);
        match app.settings.draft.clone().filter(|draft| draft.name == chosen) {
            Some(draft) => in_use::take(&mut app, draft),
            None => in_use::take_named(&mut app, &chosen),
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
        comeback::begin(&mut app);
        ports::list(&mut app);
        bisect::begin_with_older(&app);
        if options.connects_virtual {
            connecting::connect_virtual(&mut app);
        }
        app
    }

    /// Takes what happened since the last frame. Draws nothing.
    pub fn logic(&mut self) {
        let deadline = Clock::start();
        while let Some(inputs) = self.session.next(&self.tasks) {
            self.load(inputs);
            if deadline.has_run_for(DRAIN_BUDGET) {
                self.ctx.request_repaint();
                break;
            }
        }
        while let Some(end) = self.tasks.next() {
            end(self);
        }
        messages::recall_colours(self);
        messages::drive_repeat(self);
        messages::drive_clearing(self);
        party::drive(self);
        broker::drive(self);
        comeback::drive(self);
        watching::drive(self);
        files::follow(self);
        connecting::connect_waiting(self);
        connecting::make_plan(self);
        let now = self.clock.now(self.model.connection().newest());
        self.screen.troubleshoot.refresh(&self.model, now);
        if let Some(pause) = self.screen.troubleshoot.ripens_in(&self.model, now) {
            self.ctx.request_repaint_after(pause);
        }
        if let Some(pause) = own_broker::count(self) {
            self.ctx.request_repaint_after(pause);
        }
        if let Some(pause) = self.next_look() {
            self.ctx.request_repaint_after(pause);
        }
    }

    /// Draws the window, then does what its panels asked.
    pub fn show(&mut self, ui: &mut Ui) {
        farewell::follow(self);
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

    /// Takes what happened, as if the running connection had told it, and does what follows from it.
    pub fn load(&mut self, inputs: impl IntoIterator<Item = Input>) {
        for input in inputs {
            let is_told_by_running = self.model.is_current(&input);
            self.apply(&input);
            if is_told_by_running {
                certificates::follow_up(self, &input);
                terminal::follow(self, &input);
                signal::follow(self, &input);
                comeback::follow(self, &input);
                module::follow(self, &input);
                troubleshoot::follow(self, &input);
                bisect::follow(self, &input);
            }
        }
    }

    /// Keeps what shall be kept and logs off at the broker; call it when the window closes.
    pub fn close(&mut self) {
        window::close(self);
        self.watching.close();
        connecting::log_off(self);
        self.session.end();
    }

    /// When the window must be drawn again although nothing happens: never, unless something on it grows older.
    fn next_look(&self) -> Option<Duration> {
        let step = match self.model.connection().phase() {
            Phase::Idle => None,
            Phase::Connected | Phase::Open => self.age_step(),
            Phase::Opening | Phase::Connecting | Phase::Closing => Some(BUSY_STEP),
        };
        let driven = comeback::next_look(self).into_iter().chain(watching::next_look(self));
        step.into_iter().chain(messages::repeat_wait(self)).chain(driven).min()
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
