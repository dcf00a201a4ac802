//! The Latency page: from model and screen to the panel, and what it asks.

use eframe::egui::Ui;

use crate::{
    action::LatencyAction,
    model::Input,
    ui::{self, Cx},
    view::latency::{Export, view},
};

use super::{App, draw::Shown, tasks::TaskResult};

/// Draws the page.
pub(super) fn page_ui(shown: &mut Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) {
    let baud = Some(shown.profile.baud).filter(|_| !shown.is_usb());
    let view = view(shown.model.latency(), &mut shown.screen.latency, baud);
    ui::latency::page_ui(ui, cx, &view);
}

/// Does what the page asks.
pub(super) fn dispatch(app: &mut App, action: LatencyAction) {
    let screen = &mut app.screen.latency;
    match action {
        LatencyAction::Run(run) => screen.run = run,
        LatencyAction::Toggle(kind) => screen.toggle(kind),
        LatencyAction::Look { window, columns } => screen.look(window, columns),
        LatencyAction::Export => export(app),
        LatencyAction::Clear => app.apply(&Input::LatencyCleared),
    }
}

/// Asks where to, and writes the table: both off the UI thread.
fn export(app: &App) {
    let export = Export::new(app.model.latency(), app.screen.latency.run);
    let folder = app.export_folder();
    app.tasks.start("task-export", move || {
        let chosen = rfd::FileDialog::new().set_file_name(export.file_name()).save_file();
        // Without a dialog service the answer is that of a cancel; a folder of our own is better than nothing.
        let path = chosen.or_else(|| folder.map(|folder| folder.join(export.file_name())))?;
        let written = std::fs::write(&path, export.csv());
        Some(TaskResult::Exported(written.map(|()| path.clone()).map_err(|error| (path, error.to_string()))))
    });
}
