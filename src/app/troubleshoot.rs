//! The Troubleshoot page: from model and screen to the panel, and what it asks.

use std::fmt;

use crossbeam_channel::{Sender, bounded};
use eframe::egui::Ui;

use crate::{
    action::{Remedy, TroubleshootAction},
    diagnosis::seconds_of_clock,
    link::{baud::Reply, ports},
    model::{Input, connection::Phase, request::Request},
    settings::LinkChoice,
    ui::{self, Cx},
    view::{
        Page, Port, Rung, RungState,
        connect::link,
        troubleshoot::{PortSearch, view},
    },
    worker::probe::{self, Probed},
};

use super::{App, clock::Clock, crosscheck, dispatch as general, draw::Shown, leaving::Leaving, tasks::TaskResult};

/// A try from this computer that can be stopped: letting go of it stops it.
#[derive(Default)]
pub(super) struct Comparison(Option<Sender<()>>);

impl fmt::Debug for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Comparison").field(&self.0.is_some()).finish()
    }
}

/// Draws the page.
pub(super) fn page_ui(shown: &mut Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) {
    let view = view(shown.model, &shown.screen.troubleshoot);
    ui::troubleshoot::page_ui(ui, cx, &view);
}

/// Does what the page asks.
pub(super) fn dispatch(app: &mut App, action: TroubleshootAction) {
    match action {
        TroubleshootAction::Open(id) => app.screen.troubleshoot.toggle(id),
        TroubleshootAction::Help(remedy) => help(app, remedy),
        TroubleshootAction::Compare { is_quick } => compare(app, is_quick),
        TroubleshootAction::StopComparing => app.comparison = Comparison::default(),
        TroubleshootAction::UsePort => use_port(app),
    }
}

fn help(app: &mut App, remedy: Remedy) {
    match remedy {
        Remedy::FindPort => find_port(app),
        Remedy::AskAgain => app.ask(Request::BringUp),
        Remedy::Connect => general::connect_when_idle(app),
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
        Remedy::Compare => compare(app, true),
        Remedy::EditConnection => edit_connection(app),
        Remedy::Certificates => general::go(app, Page::Certificates),
        Remedy::Messages => general::go(app, Page::Messages),
    }
}

/// Leads to the field of the form that the failed rung is about.
fn edit_connection(app: &mut App) {
    general::go(app, Page::Connect);
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
fn compare(app: &mut App, is_quick: bool) {
    let Some(wish) = app.model.evidence().target().cloned() else { return };
    let now = Clock::wall().timestamp();
    let order =
        crosscheck::Order { route: app.session.route(&wish.host, wish.port), wish, is_quick, now, clocks: clocks(app) };
    let (keep, stop) = bounded(1);
    app.comparison = Comparison(Some(keep));
    app.tasks.start_telling("task-compare", move |tell| {
        crosscheck::run(&order, &stop, |here| tell(TaskResult::Compared(Box::new(here.clone()))));
    });
}

/// The module's clock and this computer's at the moment when it was read.
fn clocks(app: &App) -> Option<(i64, i64)> {
    let seen = app.model.connection().status().details.clock.as_ref()?;
    let here = app.model.anchor()?.at(seen.at).timestamp();
    Some((seconds_of_clock(&seen.value)?, here))
}

/// Looks which port answers, and at which rate. The port in use must be closed.
fn find_port(app: &mut App) {
    if *app.model.connection().phase() != Phase::Idle {
        return;
    }
    app.screen.troubleshoot.search = PortSearch::Running;
    let (baud, chosen, leaving) = (app.profile.baud, link(&app.profile, &app.ports), app.session.leaving());
    app.tasks.start("task-find-port", move || Some(TaskResult::FoundPort(answering(&chosen, baud, &leaving))));
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
    general::connect_when_idle(app);
}

/// Takes what a task of this page brings.
pub(super) fn finish(app: &mut App, result: TaskResult) {
    match result {
        TaskResult::Compared(here) => app.apply(&Input::Compared(here)),
        TaskResult::FoundPort(found) => {
            app.screen.troubleshoot.search =
                found.map_or(PortSearch::Nothing, |(name, baud)| PortSearch::Found(name, baud));
        }
        _ => {}
    }
}
