//! The Latency page: from model and screen to the panel, and what it asks.

use eframe::egui::Ui;

use crate::{
    action::LatencyAction,
    model::{Input, latency::Latency, request::Request, status::Session},
    ui::{self, Cx},
    view::{
        latency::{Deletion, Screen, plan, view},
        save::Purpose,
    },
};

use super::{App, save, shown::Shown};

/// Draws the page.
pub(super) fn page_ui(shown: &mut Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) {
    let baud = Some(shown.profile.baud).filter(|_| !shown.is_usb());
    let is_connected = shown.model.connection().status().session == Session::Connected;
    let view = view(shown.model.latency(), &mut shown.screen.latency, is_connected, baud);
    ui::latency::page_ui(ui, cx, &view);
}

/// Does what the page asks.
pub(super) fn dispatch(app: &mut App, action: LatencyAction) {
    let is_kept = matches!(action, LatencyAction::Budget(_));
    let rest = look(&mut app.screen.latency, action, app.model.latency());
    if is_kept {
        app.save();
    }
    let Some(action) = rest else { return };
    let screen = &mut app.screen.latency;
    match action {
        LatencyAction::BeginName(name) => screen.begins = name,
        LatencyAction::Begin => {
            let name = screen.begins.take().unwrap_or_default();
            screen.await_next(app.model.latency());
            app.apply(&Input::RunBegan(name));
        }
        LatencyAction::RenameName(renames) => screen.renames = renames,
        LatencyAction::Rename => {
            if let Some((number, name)) = screen.renames.take() {
                app.apply(&Input::RunRenamed(number, name));
            }
        }
        LatencyAction::AskDelete(deletion) => screen.deletes = deletion,
        LatencyAction::Delete => match screen.deletes.take() {
            Some(Deletion::Run(number)) => app.apply(&Input::RunDeleted(number)),
            Some(Deletion::All) => app.apply(&Input::LatencyCleared),
            None => {}
        },
        LatencyAction::ShowPlan(is_open) => screen.is_plan_open = is_open,
        LatencyAction::Plan(form) => screen.plan = *form,
        LatencyAction::Start => start(app),
        LatencyAction::Stop => {
            if let Some(id) = app.model.latency().measuring().map(|measuring| measuring.id) {
                app.ask(Request::Cancel(id));
            }
        }
        LatencyAction::Export => save::begin(app, Purpose::Latency),
        _ => {}
    }
}

/// Looks at what was measured in another way; gives back what is more than that.
pub(super) fn look(screen: &mut Screen, action: LatencyAction, latency: &Latency) -> Option<LatencyAction> {
    match action {
        LatencyAction::Run(run) => screen.choose(run),
        LatencyAction::Toggle(kind) => screen.toggle(kind),
        LatencyAction::Look { window, columns } => screen.look(window, columns),
        LatencyAction::Compare(compares) => screen.compare(compares, latency),
        LatencyAction::Compared(number) => screen.toggle_compared(number),
        LatencyAction::Part(part) => screen.part = part,
        LatencyAction::Distribution(shows) => (screen.shows_distribution, screen.window) = (shows, None),
        LatencyAction::Budget(budget) => screen.budget = budget,
        action => return Some(action),
    }
    None
}

/// Begins the measuring run that is typed, as a run of its own.
fn start(app: &mut App) {
    let form = app.screen.latency.plan.clone();
    if let Ok(plan) = plan::view(&app.model, &form, None).plan {
        app.screen.latency.await_next(app.model.latency());
        app.apply(&Input::RunBegan(form.name));
        app.ask(Request::Measure(plan));
    }
}
