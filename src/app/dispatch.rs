//! Does what panels ask.

use std::sync::Arc;

use eframe::egui::ThemePreference;

use crate::{
    action::{Action, Edit, Look, SecretKind},
    lang::Translator,
    link::spec::LinkSpec,
    model::{Input, connection::Phase, notices::Notice, request::Request},
    settings::{LinkChoice, SubscriptionEntry, ThemeChoice},
    view::{
        Page, Port,
        connect::{
            self, Ports,
            form::{self, Address},
        },
        files::needed,
    },
};

use super::{
    App, Plan, certificates, demo, demo_panel, files, latency, messages, ports, profiles, save, secrets, terminal,
    troubleshoot,
};

/// Does what was asked.
pub(super) fn dispatch(app: &mut App, action: Action) {
    match action {
        Action::Go(page) => go(app, page),
        Action::ShowRung(rung) => app.screen.rung = rung,
        Action::ShowHelp(is_open) => app.screen.is_help_open = is_open,
        Action::Connect => connect_when_idle(app),
        Action::Disconnect => disconnect(app),
        Action::ListPorts => list_ports(app),
        Action::Edit(edit) => change(app, edit),
        Action::ProbePorts(names) => ports::ask(app, names),
        Action::Secrets(action) => secrets::dispatch(app, action),
        Action::Profile(action) => profiles::dispatch(app, action),
        Action::Look(look) => change_look(app, look),
        Action::Terminal(action) => terminal::dispatch(app, action),
        Action::Messages(action) => messages::dispatch(app, action),
        Action::Certificates(action) => certificates::dispatch(app, action),
        Action::Latency(action) => latency::dispatch(app, action),
        Action::Save(action) => save::dispatch(app, action),
        Action::Troubleshoot(action) => troubleshoot::dispatch(app, action),
        Action::Demo(action) => demo_panel::dispatch(app, action),
        Action::DismissNotice(id) => app.apply(&Input::Dismissed(id)),
        Action::Copy(text) => app.ctx.copy_text(text),
    }
}

/// Brings a page to the front.
pub(super) fn go(app: &mut App, page: Page) {
    app.screen.page = page;
    app.screen.demo.make_way();
    app.save();
    if page == Page::Certificates {
        files::read_again(app);
    }
}

/// Asks the system for its serial ports again.
pub(super) fn list_ports(app: &mut App) {
    app.ports = Ports::Looking;
    app.tasks.list_ports();
}

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
    if demo_panel::connect(app) {
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
    let Ok(connection) = form::connection(&app.profile, &app.secrets, &address, app.files.known()) else {
        app.screen.connect.was_tried = true;
        app.screen.page = Page::Connect;
        return;
    };
    let spec = link_spec(app);
    app.plan = Plan::of(app, &connection);
    app.connect(spec, vec![Request::Connect(Box::new(connection))]);
}

/// The link that the profile in use means.
pub(super) fn link_spec(app: &App) -> LinkSpec {
    match connect::link(&app.profile, &app.ports) {
        Port::Virtual => LinkSpec::Virtual(demo_panel::spec(app)),
        Port::Serial(port) => LinkSpec::Serial { port, baud: app.profile.baud },
    }
}

/// The broker's address: as typed, or of the broker inside this program.
fn address(app: &mut App, uses_own_broker: bool) -> Option<Address> {
    if !uses_own_broker {
        return Some(Address::of(&app.profile, false));
    }
    let case = app.profile.security.case;
    match app.session.own_broker(case, app.demo.ready().map(Arc::as_ref)) {
        Ok(address) => Some(Address { host: address.ip().to_string(), port: address.port().to_string() }),
        Err(error) => {
            app.apply(&Input::Notice(Notice::OwnBrokerFailed { detail: error.to_string() }));
            None
        }
    }
}

fn disconnect(app: &mut App) {
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

fn change(app: &mut App, edit: Edit) {
    let profile = &mut app.profile;
    match edit {
        Edit::Link(link) => profile.link = link,
        Edit::Fields(fields) => {
            if fields.publish_topic != profile.publish_topic {
                app.screen.messages.composer.topic.clone_from(&fields.publish_topic);
            }
            *profile = profile.changed_to(*fields);
        }
        Edit::Secret(kind, password) => {
            match kind {
                SecretKind::Login => profile.passwords.has_login = !password.is_empty(),
                SecretKind::AccessPoint => profile.passwords.has_access_point = !password.is_empty(),
            }
            app.secrets.set(kind, password);
        }
        Edit::AddSubscription => {
            profile.subscriptions.push(SubscriptionEntry { filter: String::new(), ..SubscriptionEntry::default() });
        }
        Edit::PortPath(path) => app.screen.connect.path = path,
        Edit::ProfileName(name) => app.screen.connect.name = name,
    }
    app.save();
}

fn change_look(app: &mut App, look: Look) {
    let settings = &mut app.settings;
    match look {
        Look::Lang(lang) => {
            settings.lang = Some(lang);
            app.translator = Translator::new(lang);
        }
        Look::Theme(theme) => settings.theme = theme,
        Look::Stage(is_stage) => settings.is_stage = is_stage,
        Look::Strip(is_open) => settings.is_strip_open = is_open,
        Look::TerminalLines(lines) => settings.terminal_lines = lines.clamp(1_000, 1_000_000),
        Look::Messages(messages) => settings.messages = messages.clamp(100, 100_000),
        Look::TriesHere(is_on) => settings.tries_here = is_on,
        Look::Log(is_on) => settings.log.is_on = is_on,
        Look::LogFolder(folder) => settings.log.folder = folder,
    }
    app.wear_look();
    app.save();
}

/// What egui calls the theme chosen.
pub(super) const fn preference(theme: ThemeChoice) -> ThemePreference {
    match theme {
        ThemeChoice::System => ThemePreference::System,
        ThemeChoice::Light => ThemePreference::Light,
        ThemeChoice::Dark => ThemePreference::Dark,
    }
}
