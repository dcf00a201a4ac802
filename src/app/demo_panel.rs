//! The demo panel: from model and screen to the panel, and what it asks.
//!
//! Building a scenario's surroundings makes keys and certificates, so a task does it; the connection follows when it is
//! ready. What is on stays on until it is left: connecting again means the same module.

use eframe::egui::Ui;

use crate::{
    action::DemoAction,
    model::{Input, connection::Phase, notices::Notice, request::Request},
    mqtt::Password,
    settings::{LinkChoice, SecurityCase, SecurityEntry, SubscriptionEntry},
    sim::{
        Steer,
        bench::{plan::publish, stage::Stage},
        scenario::{ConnectPlan, PcStep, SecurityPlan},
        steer::{self, Order},
    },
    ui::{self, Cx},
    view::demo::{self, BrokerView, Course, Extent, Play, view},
};

use super::{App, broker, connecting, shown::Shown, stage::Staged};

/// Draws the panel; tells whether the page has room beside it.
pub(super) fn panel_ui(shown: &mut Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
    let is_beside = ui::demo::fits_beside(shown.width);
    shown.screen.demo.fills_page = !is_beside && shown.screen.demo.extent == Extent::Whole;
    let link = shown.link();
    let view =
        view(shown.model, &shown.screen.demo, &shown.demo_panel.play, &shown.demo_panel.hands, &link, cx.lang.lang());
    let broker = BrokerView::new(&shown.broker.state, &shown.settings.broker, shown.broker.password.reveal());
    ui::demo::panel_ui(ui, cx, &view.with_broker(broker), is_beside);
    !shown.screen.demo.fills_page
}

/// How much of the window's width the panel takes from navigation and page.
pub(super) fn width(shown: &Shown<'_>) -> f32 {
    let is_beside = shown.screen.demo.extent == Extent::Whole && ui::demo::fits_beside(shown.width);
    if is_beside { ui::demo::WIDTH } else { 0.0 }
}

/// Does what the panel asks.
pub(super) fn dispatch(app: &mut App, action: DemoAction) {
    let screen = &mut app.screen.demo;
    match action {
        DemoAction::Toggle => screen.toggle(),
        DemoAction::Extend(extent) => screen.extent = extent,
        DemoAction::Show(tab) => screen.tab = tab,
        DemoAction::Search(text) => screen.search = text,
        DemoAction::Fold(group) => screen.fold(group),
        DemoAction::Choose(name) => screen.choose(name),
        DemoAction::Seed(text) => screen.seed = text,
        DemoAction::UseOwnForm(uses) => screen.uses_own_form = uses,
        DemoAction::Start => start(app),
        DemoAction::Leave => leave(app),
        DemoAction::FillForm => fill_form(app),
        DemoAction::NextStep => next_step(app),
        DemoAction::Steer(steer) => lay_hands_on(app, steer),
        DemoAction::Type(text) => {
            screen.line = text;
            screen.line_fault = None;
        }
        DemoAction::Obey => obey(app),
        DemoAction::Broker(_)
        | DemoAction::BrokerPassword(_)
        | DemoAction::StartBroker
        | DemoAction::StopBroker
        | DemoAction::Kick(_) => broker::dispatch(app, action),
    }
}

/// Builds what the chosen scenario needs, on a thread of its own.
fn start(app: &mut App) {
    let screen = &mut app.screen.demo;
    let (Some(scenario), Some(seed)) = (screen.chosen, screen.seed()) else { return };
    if matches!(app.demo_panel.play, Play::Preparing(_)) {
        return;
    }
    screen.make_way();
    app.demo_panel.play = Play::Preparing(scenario);
    let work = move || Staged { scenario, seed, stage: Stage::start(scenario, seed, utc_now()) };
    app.tasks.start("task-stage", work, staged);
}

/// What certificates are made for and the module's network tells.
#[expect(clippy::disallowed_methods, reason = "a scenario in this window plays today")]
fn utc_now() -> i64 {
    chrono::Utc::now().timestamp()
}

/// Connects to the module that a task has put in its place.
fn staged(app: &mut App, staged: Staged) {
    match staged.stage {
        Err(error) => {
            app.demo_panel.play = Play::Nothing;
            let path = staged.scenario.name.clone();
            app.apply(&Input::Notice(Notice::FileFailed { path, detail: error.to_string() }));
        }
        Ok(stage) => {
            let old = app.demo_panel.stage.replace(stage);
            app.tasks.let_go(old);
            app.demo_panel.play = Play::On(Course::new(staged.scenario, staged.seed));
            app.added.leave_scenario();
            app.profile.link = LinkChoice::Virtual;
            connecting::connect(app);
        }
    }
}

/// The usual virtual modem again; what is open closes.
fn leave(app: &mut App) {
    app.demo_panel.play = Play::Nothing;
    app.added.leave_scenario();
    app.tasks.let_go(app.demo_panel.stage.take());
    if connecting::uses_virtual(app) && *app.model.connection().phase() != Phase::Idle {
        app.session.close();
    }
}

/// Writes into the Connect page what the chosen scenario would connect with.
fn fill_form(app: &mut App) {
    let Some(plan) = app.screen.demo.chosen.and_then(|chosen| Course::new(chosen, 1).connection()) else { return };
    let profile = &mut app.profile;
    profile.link = LinkChoice::Virtual;
    profile.uses_own_broker = false;
    profile.host.clone_from(&plan.host);
    profile.port = plan.port.to_string();
    profile.is_port_typed = true;
    fill_security(&mut profile.security, plan);
    profile.client_id.clone_from(&plan.client_id);
    profile.keep_alive = plan.keep_alive.to_string();
    let entry = |filter: &String| SubscriptionEntry { filter: filter.clone(), ..SubscriptionEntry::default() };
    profile.subscriptions = plan.subscribe.iter().map(entry).collect();
    let (user, word) = plan.login.clone().unwrap_or_default();
    profile.user = user;
    app.secrets.login = Password::new(word.as_str());
    app.screen.demo.uses_own_form = true;
    app.screen.demo.make_way();
    app.screen.page = crate::view::Page::Connect;
}

/// The scenario's files are on its module already.
fn fill_security(entry: &mut SecurityEntry, plan: &ConnectPlan) {
    *entry = SecurityEntry {
        case: match plan.security {
            SecurityPlan::Plain => SecurityCase::Plain,
            SecurityPlan::Encrypted => SecurityCase::Encrypted,
            SecurityPlan::Server => SecurityCase::Server,
            SecurityPlan::Mutual => SecurityCase::Both,
        },
        ignore_clock: plan.ignore_clock,
        ..SecurityEntry::default()
    };
    for file in [&mut entry.ca, &mut entry.certificate, &mut entry.key] {
        file.is_on_module = true;
    }
}

fn next_step(app: &mut App) {
    let Play::On(course) = &mut app.demo_panel.play else { return };
    let Some(step) = course.step() else { return };
    course.advance();
    match step {
        PcStep::Ask(line, _) | PcStep::Raw(line) => app.ask(Request::Raw(line.clone())),
        PcStep::Publish(plan) => {
            if let Ok(request) = publish(plan) {
                app.ask(request);
            }
        }
        PcStep::Connect(_) => drop(connecting::connect_staged(app)),
        PcStep::Send(_) | PcStep::Await(_) | PcStep::WaitMs(_) => {}
    }
}

fn lay_hands_on(app: &mut App, steer: Steer) {
    if app.session.steer(steer) {
        app.demo_panel.hands.note(steer);
        let at = app.clock.now(app.model.connection().newest());
        app.apply(&Input::Steered { at, order: steer.to_string() });
    } else {
        let why = if app.session.is_open() { Notice::TooManyRequests } else { Notice::NoPort };
        app.apply(&Input::Notice(why));
    }
}

fn obey(app: &mut App) {
    match steer::parse(&app.screen.demo.line) {
        Ok(Order::Steer(steer)) => {
            app.screen.demo.line.clear();
            lay_hands_on(app, steer);
        }
        Ok(Order::Help) => app.screen.demo.line_fault = Some(demo::help()),
        Ok(Order::Nothing) => {}
        Err(error) => app.screen.demo.line_fault = Some(demo::unfit(error)),
    }
}
