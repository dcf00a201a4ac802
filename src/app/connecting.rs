//! From the profile in use, or the scenario that is on, to a connection; and what that would send.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use crate::{
    link::spec::LinkSpec,
    model::{
        Input,
        connection::Phase,
        notices::Notice,
        plan,
        request::{Connection, Credentials, Request},
    },
    settings::LinkChoice,
    ui::widgets::field_id,
    view::{
        Page, Port,
        connect::{
            self, Problem,
            form::{self, Address},
        },
        files::needed,
    },
};

use super::{
    App, broker,
    clock::Clock,
    demo, files,
    plan::{Plan, PlanKey},
    ports,
};

/// Uses the virtual modem and the broker inside this program, and connects.
pub(super) fn connect_virtual(app: &mut App) {
    app.profile.link = LinkChoice::Virtual;
    app.profile.uses_own_broker = true;
    connect_when_idle(app);
}

/// Whether the profile in use means the virtual modem.
pub(super) fn uses_virtual(app: &App) -> bool {
    connect::link(&app.profile, &app.ports) == Port::Virtual
}

/// Connects as the profile, or the scenario that is on, says.
pub(super) fn connect_when_idle(app: &mut App) {
    if matches!(app.model.connection().phase(), Phase::Idle | Phase::Open) {
        connect(app);
    }
}

/// The same whatever is open: that is closed first. Passwords that are missing are asked for before anything is opened.
///
/// Asks for the passwords that are missing first. Files that the connection needs are read once more before it is opened,
/// because they may have changed on disk.
pub(super) fn connect(app: &mut App) {
    if connect_staged(app) {
        return;
    }
    if !connect::missing(&app.profile, &app.secrets).is_empty() {
        app.screen.connect.asks_secrets = true;
        return;
    }
    let case = app.profile.security.case;
    if case.is_encrypted() && uses_own_broker(app) {
        demo::make(app);
    }
    // What is being made now is read when it is there.
    if !needed(case).is_empty() && !app.demo.is_making() {
        files::read_again(app);
    }
    app.waits_to_connect = true;
    connect_waiting(app);
}

/// Connects if that was asked for and everything needed is there.
pub(super) fn connect_waiting(app: &mut App) {
    let is_busy = app.files.is_reading() || app.demo.is_making() || ports::is_asking(app);
    if app.waits_to_connect && !is_busy {
        app.waits_to_connect = false;
        connect_now(app);
    }
}

fn uses_own_broker(app: &App) -> bool {
    uses_virtual(app) && app.profile.uses_own_broker
}

fn connect_now(app: &mut App) {
    let uses_own_broker = uses_own_broker(app);
    let Some(address) = address(app, uses_own_broker) else { return };
    let connection = match form::connection(&app.profile, &app.secrets, &address, app.files.known()) {
        Ok(connection) => {
            let login = app.session.broker_login().filter(|_| uses_own_broker);
            let credentials =
                login.map(|(user, password)| Credentials { user, password }).or(connection.credentials.clone());
            form::with_added(Connection { credentials, ..connection }, app.added.own())
        }
        Err(problems) => return show_problem(app, problems.first()),
    };
    let spec = link_spec(app);
    note_plan(app, &connection);
    app.connect(spec, vec![Request::Connect(Box::new(connection))]);
}

/// Leads to the first field that stands in the way, wherever on the page it is.
fn show_problem(app: &mut App, first: Option<&Problem>) {
    app.screen.connect.was_tried = true;
    app.screen.page = Page::Connect;
    if let Some(problem) = first {
        let field = field_id(&app.translator.text(&problem.field.label()));
        app.ctx.memory_mut(|memory| memory.request_focus(field));
    }
}

/// Whether a connection is one of the scenario that is on, not of the user's own form.
pub(super) fn is_staged(app: &App) -> bool {
    !app.screen.demo.uses_own_form && uses_virtual(app) && app.demo_panel.is_on()
}

/// Connects as the scenario that is on says; `false` when none is on or the user's own form shall count.
pub(super) fn connect_staged(app: &mut App) -> bool {
    let Some(request) = app.demo_panel.request().filter(|_| is_staged(app)) else { return false };
    let request = match request {
        Request::Connect(wanted) => {
            let wanted = form::with_added(*wanted, app.added.of(true));
            note_plan(app, &wanted);
            Request::Connect(Box::new(wanted))
        }
        other => other,
    };
    app.connect(link_spec(app), vec![request]);
    true
}

/// The link that the profile in use means.
pub(super) fn link_spec(app: &App) -> LinkSpec {
    match connect::link(&app.profile, &app.ports) {
        Port::Virtual => LinkSpec::Virtual(app.demo_panel.spec(app.profile.baud)),
        Port::Serial(port) => LinkSpec::Serial { port, baud: app.profile.baud },
    }
}

/// The broker's address: as typed, or of the broker inside this program.
fn address(app: &mut App, uses_own_broker: bool) -> Option<Address> {
    if !uses_own_broker {
        return Some(Address::of(&app.profile, false));
    }
    let case = app.profile.security.case;
    let wanted = broker::wanted(app);
    match app.session.own_broker(case, app.demo.ready().map(Arc::as_ref), &wanted) {
        Ok(address) => Some(typed(address)),
        Err(error) => {
            app.apply(&Input::Notice(Notice::OwnBrokerFailed { detail: error.to_string() }));
            None
        }
    }
}

/// Closes the session and the port, or stops connecting.
pub(super) fn disconnect(app: &mut App) {
    if !app.session.is_open() {
        // What ends already takes no more orders; what waits for its end is given up.
        app.session.close();
        return;
    }
    match app.model.connection().phase() {
        Phase::Connected => app.ask(Request::Disconnect),
        Phase::Connecting => {
            if let Some(id) = app.model.connection().connect_request() {
                app.ask(Request::Cancel(id));
            }
            app.ask(Request::Disconnect);
        }
        Phase::Idle | Phase::Opening | Phase::Closing | Phase::Open => app.session.close(),
    }
}

/// Closes the session before the program ends: the module would stay logged in without its window. Waits for a module that
/// answers, at most [`LOG_OFF_LIMIT`].
pub(super) fn log_off(app: &mut App) {
    if !matches!(app.model.connection().phase(), Phase::Connected | Phase::Connecting) {
        return;
    }
    disconnect(app);
    let started = Clock::start();
    while *app.model.connection().phase() == Phase::Closing && !started.has_run_for(LOG_OFF_LIMIT) {
        let left = LOG_OFF_LIMIT.saturating_sub(started.elapsed());
        if let Some(input) = app.session.next_within(left) {
            app.apply(&input);
        } else {
            tracing::warn!("the module did not answer the log-off");
        }
    }
}

/// Where another client on this computer finds the broker; `None` while the broker inside this program does not run.
pub(super) fn address_for_others(app: &App) -> Option<Address> {
    let is_own = uses_own_broker(app);
    if is_own {
        let address = app.session.own_broker_address(app.profile.security.case)?;
        return Some(typed(address));
    }
    Some(Address::of(&app.profile, false)).filter(|address| !address.host.is_empty())
}

/// An address as one would type it.
fn typed(address: SocketAddr) -> Address {
    Address { host: address.ip().to_string(), port: address.port().to_string() }
}

/// Works the plan out again when the profile has changed.
pub(super) fn make_plan(app: &mut App) {
    let is_virtual = uses_virtual(app);
    let is_current = app.plan.made_for.as_ref().is_some_and(|key| {
        key.profile == app.profile
            && key.is_virtual == is_virtual
            && key.passwords == app.password_marks()
            && key.files == app.files.revision()
            && key.added == app.added.own()
    });
    if is_current || !matches!(app.model.connection().phase(), Phase::Idle | Phase::Open) {
        return;
    }
    let address = match app.session.own_broker_address(app.profile.security.case) {
        Some(address) if uses_own_broker(app) => typed(address),
        _ => Address::of(&app.profile, uses_own_broker(app)),
    };
    let connection = form::connection(&app.profile, &app.secrets, &address, app.files.known());
    let lines = connection.map(|form| plan::plan(&form::with_added(form, app.added.own()))).unwrap_or_default();
    app.plan = Plan { made_for: Some(plan_key(app)), lines };
}

/// The plan of the run that stands, with the subscriptions that were made since.
pub(super) fn follow_run(app: &mut App) {
    if let Some(run) = app.model.connection().run() {
        app.plan.lines.clone_from(&run.lines);
    }
}

/// The plan of `connection`, made from the profile in use.
fn note_plan(app: &mut App, connection: &Connection) {
    app.plan = Plan { made_for: Some(plan_key(app)), lines: plan::plan(connection) };
}

fn plan_key(app: &App) -> PlanKey {
    PlanKey {
        profile: app.profile.clone(),
        is_virtual: uses_virtual(app),
        passwords: app.password_marks(),
        files: app.files.revision(),
        added: app.added.own().to_vec(),
    }
}

/// How long the end of the program may wait for the module to log off.
const LOG_OFF_LIMIT: Duration = Duration::from_secs(1);
