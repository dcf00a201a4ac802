//! The Troubleshoot page: from model and screen to the panel, and what it asks.

use eframe::egui::Ui;

use crate::{
    action::{Remedy, TroubleshootAction},
    diagnosis::{FailedStep, Here},
    here::{Depth, Login, Order},
    link::{baud::Reply, ports},
    model::{
        Input,
        connection::Phase,
        event::Event,
        request::{Request, Security},
    },
    settings::LinkChoice,
    ui::{self, Cx},
    view::{
        Page, Port, Rung, RungState,
        connect::link,
        troubleshoot::{LoginQuestion, PortSearch, view},
    },
    worker::probe::{self, Probed},
};

use super::{App, bisect, clock::Clock, comparison, connecting, leaving::Leaving, places, scan, shown::Shown};

/// Draws the page.
pub(super) fn page_ui(shown: &mut Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) {
    let has_files = scan::has_files(shown.profile, shown.files);
    let view = view(shown.model, &shown.screen.troubleshoot, has_files, shown.now());
    ui::troubleshoot::page_ui(ui, cx, &view);
}

/// Does what the page asks.
pub(super) fn dispatch(app: &mut App, action: TroubleshootAction) {
    match action {
        TroubleshootAction::Open(id) => app.screen.troubleshoot.toggle(id),
        TroubleshootAction::Help(remedy) => help(app, remedy),
        TroubleshootAction::Compare { is_quick } => compare(app, if is_quick { Depth::Quick } else { Depth::Full }),
        TroubleshootAction::AskLogin(asks) => {
            app.screen.troubleshoot.login = login(app).filter(|_| asks).map(|(question, _)| question);
        }
        TroubleshootAction::LogIn => {
            app.screen.troubleshoot.login = None;
            // Agreed to for this one try; the next one asks again.
            let login = login(app).map(|(_, login)| Login { is_agreed: true, ..login });
            let failed = failed_step(app);
            compare_after(app, Depth::Quick, failed, login);
        }
        TroubleshootAction::StopComparing => app.comparison.stop(),
        TroubleshootAction::UsePort => use_port(app),
        TroubleshootAction::Scan(action) => scan::dispatch(app, action),
        TroubleshootAction::Bisect(action) => bisect::dispatch(app, action),
    }
}

fn help(app: &mut App, remedy: Remedy) {
    match remedy {
        Remedy::FindPort => find_port(app),
        Remedy::AskAgain => app.ask(Request::BringUp),
        Remedy::Connect => connecting::connect_when_idle(app),
        Remedy::Recover => app.ask(Request::Recover),
        Remedy::ReadDetails => app.ask(Request::ReadDetails),
        Remedy::Resolve => {
            if let Some(target) = app.model.evidence().target() {
                let host = target.host.clone();
                app.ask(Request::Resolve(host));
            }
        }
        Remedy::ErrorNumbers => app.ask(Request::Raw("AT+CMEE=1".to_owned())),
        Remedy::RadioOn => app.ask(Request::Raw("AT+CFUN=1".to_owned())),
        Remedy::AnyOperator => app.ask(Request::Raw("AT+COPS=0".to_owned())),
        Remedy::Wake => app.ask(Request::Raw("AT".to_owned())),
        Remedy::Compare => compare(app, Depth::Quick),
        Remedy::EditConnection => edit_connection(app),
        Remedy::Certificates => places::go(app, Page::Certificates),
        Remedy::Messages => places::go(app, Page::Messages),
    }
}

/// Leads to the field of the form that the failed rung is about.
fn edit_connection(app: &mut App) {
    places::go(app, Page::Connect);
    let ladder = &app.model.connection().status().ladder;
    let failed = Rung::ALL.into_iter().find(|rung| ladder.entry(*rung).state == RungState::Failed);
    let key = match failed {
        Some(Rung::Data) if app.profile.sim.is_private => "sim-apn",
        Some(Rung::Mqtt) if app.profile.user.is_empty() => "field-client-id",
        Some(Rung::Mqtt) => "field-user",
        _ => "field-host",
    };
    let field = ui::widgets::field_id(&app.translator.tr(key));
    app.ctx.memory_mut(|memory| memory.request_focus(field));
}

/// Tries the same steps from this computer.
fn compare(app: &mut App, depth: Depth) {
    let failed = failed_step(app);
    compare_after(app, depth, failed, None);
}

fn failed_step(app: &App) -> Option<FailedStep> {
    app.model.evidence().course().trouble().and_then(|trouble| FailedStep::of(&trouble.fault))
}

/// What a login from this computer would be, in words and as it would be sent; the user has not agreed to it yet.
fn login(app: &App) -> Option<(LoginQuestion, Login)> {
    let asked = &app.model.connection().run()?.asked;
    let credentials = asked.credentials.as_ref();
    let user = credentials.map(|login| login.user.clone()).filter(|user| !user.is_empty());
    let password = credentials.map(|login| login.password.clone()).unwrap_or_default();
    let login = Login {
        is_agreed: false,
        module_id: asked.client_id.clone(),
        user,
        password,
        filters: asked.subscriptions.clone(),
        as_computer: false,
    };
    let question = LoginQuestion {
        target: format!("{}:{}", asked.host, asked.port),
        client_id: login.client_id(),
        user: login.user.clone(),
        has_password: login.user.is_some() && !login.password.is_empty(),
        filters: login.filters.iter().map(|one| one.filter.as_str().to_owned()).collect(),
        is_encrypted: asked.security != Security::Plain,
    };
    Some((question, login))
}

fn compare_after(app: &mut App, depth: Depth, failed: Option<FailedStep>, login: Option<Login>) {
    let Some(target) = app.model.evidence().target().cloned() else { return };
    let today = Clock::wall().timestamp();
    let (host, port) = (target.host.clone(), target.port);
    let order = Order {
        route: app.session.route(&host, port),
        depth,
        clocks: scan::clocks(app),
        was_open: matches!(failed, Some(FailedStep::Login { .. })),
        login,
        ..Order::quick(host, port, target.security.clone(), target.tls.clone(), today)
    };
    let (number, stop) = app.comparison.begin(target, failed);
    app.tasks.start_telling("task-compare", move |tell| {
        comparison::run(&order, &stop, |here| {
            let here = Box::new(here.clone());
            tell(Box::new(move |app: &mut App| compared(app, number, here)));
        });
    });
}

/// Takes what try `number` got so far.
fn compared(app: &mut App, number: u64, here: Box<Here>) {
    if app.comparison.is_of(number, app.model.evidence().target()) {
        app.apply(&Input::Compared(here));
    }
}

/// Tries the same from this computer when the connection that was asked for did not open, if the settings allow it and it was
/// not tried yet.
pub(super) fn follow(app: &mut App, input: &Input) {
    let Input::Told { event: Event::Done { id, result: Err(fault), .. }, .. } = input else { return };
    let Some(failed) = FailedStep::of(fault).filter(|failed| failed.calls_for_a_look()) else { return };
    let is_connect = app.model.connection().connect_request() == Some(*id);
    let is_known = app.model.evidence().target().is_some_and(|target| app.comparison.has_tried(target, failed));
    if is_connect && !is_known && app.settings.tries_here {
        compare_after(app, Depth::Quick, Some(failed), None);
    }
}

/// Looks which port answers, and at which rate. The port in use must be closed.
fn find_port(app: &mut App) {
    if *app.model.connection().phase() != Phase::Idle {
        return;
    }
    app.screen.troubleshoot.search = PortSearch::Running;
    let (baud, chosen, leaving) = (app.profile.baud, link(&app.profile, &app.ports), app.session.leaving());
    app.tasks.start("task-find-port", move || answering(&chosen, baud, &leaving), found_port);
}

fn found_port(app: &mut App, found: Option<(String, u32)>) {
    app.screen.troubleshoot.search = found.map_or(PortSearch::Nothing, |(name, baud)| PortSearch::Found(name, baud));
}

fn answering(chosen: &Port, baud: u32, leaving: &Leaving) -> Option<(String, u32)> {
    let listed = std::panic::catch_unwind(ports::list).ok().and_then(Result::ok).unwrap_or_default();
    let mut names: Vec<_> = listed.into_iter().map(|entry| entry.name).collect();
    if let Port::Serial(name) = chosen
        && !names.contains(name)
    {
        names.insert(0, name.clone());
    }
    leaving.wait_for(&names);
    let heard = probe::ports(&names, baud);
    let answers = |probed: &Probed| matches!(probed, Probed::Heard(Reply::Answer));
    if let Some((name, _)) = names.iter().zip(&heard).find(|(_, probed)| answers(probed)) {
        return Some((name.clone(), baud));
    }
    let Port::Serial(name) = chosen else { return None };
    probe::find_baud(name).ok().flatten().map(|rate| (name.clone(), rate))
}

fn use_port(app: &mut App) {
    let PortSearch::Found(name, baud) = std::mem::take(&mut app.screen.troubleshoot.search) else { return };
    app.profile.link = LinkChoice::Port(name);
    app.profile.baud = baud;
    connecting::connect_when_idle(app);
}
