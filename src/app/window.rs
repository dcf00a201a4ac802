//! What the window looked like: noted while it runs, given back when it starts again.

use std::{io, path::PathBuf, time::Duration};

use eframe::egui::Context;

use crate::{
    model::{Input, notices::Notice},
    settings::{Settings, WindowState},
    ui::pages::PageFacts,
    view::{WireLook, connect, latency::Budget},
};

use super::{App, store::Store};

/// Gives the screen back what was kept of it.
pub(super) fn restore(app: &mut App) {
    let kept = &app.settings.window.hidden_lines;
    app.screen.terminal.hidden =
        LOOKS.into_iter().filter(|(_, name)| kept.iter().any(|kept| kept == name)).map(|(look, _)| look).collect();
    app.screen.latency.budget = Budget::of(&app.settings.latency_budget);
}

/// Notes in the settings what they shall keep of the screen. Writes nothing.
fn note(app: &mut App) {
    let draft = connect::is_changed(&app.profile, &app.settings.profiles).then(|| app.profile.clone());
    let hidden = &app.screen.terminal.hidden;
    let names = LOOKS.into_iter().filter(|(look, _)| hidden.contains(look)).map(|(_, name)| name.to_owned());
    let state = &mut app.settings.window;
    PageFacts::of(app.screen.page).word.clone_into(&mut state.page);
    state.hidden_lines = names.collect();
    state.borders.clone_from(&app.borders);
    note_size(&app.ctx, state);
    app.settings.latency_budget = app.screen.latency.budget.entry();
    app.settings.draft = draft;
}

/// Points of a window grow with the zoom; what is kept is free of it. The size of a window that fills the screen is not
/// the one to go back to.
fn note_size(ctx: &Context, state: &mut WindowState) {
    let zoom = ctx.zoom_factor();
    let viewport = ctx.input(|input| input.viewport().clone());
    let Some(size) = viewport.inner_rect.map(|rect| rect.size() * zoom) else { return };
    state.is_maximized = viewport.maximized.unwrap_or(false) || viewport.fullscreen.unwrap_or(false);
    if !state.is_maximized && size.x > 0.0 && size.y > 0.0 {
        state.size = Some([size.x.round(), size.y.round()]);
    }
}

impl App {
    /// Keeps the settings and what they keep of the screen.
    pub(super) fn save(&mut self) {
        note(self);
        if let Some(store) = self.store.clone() {
            let settings = to_keep(self);
            write(self, store, settings);
        }
    }
}

/// The settings as a file may hold them.
fn to_keep(app: &App) -> Settings {
    let mut settings = app.settings.clone();
    settings.leave_out(&app.secrets);
    settings
}

fn write(app: &mut App, store: Store, settings: Settings) {
    let Some(hold) = app.saving.begin() else { return };
    let base = app.saving.base.clone();
    let work = move || {
        let kept = store.save(&base, &settings).map_err(|error| (store.file(), error));
        drop(hold);
        kept.map(|kept| Written { sent: settings, kept })
    };
    app.tasks.start("task-save", work, written);
}

/// Settings as this window sent them, and as they are in the file.
struct Written {
    sent: Settings,
    kept: Settings,
}

fn written(app: &mut App, result: Result<Written, (PathBuf, io::Error)>) {
    let is_due = app.saving.end();
    let fault = match result {
        Ok(Written { sent, kept }) => {
            app.saving.take_over(&mut app.settings, sent, &kept);
            None
        }
        Err(fault) => Some(fault),
    };
    if let Some(store) = app.store.clone().filter(|_| is_due) {
        let settings = to_keep(app);
        write(app, store, settings);
    }
    if let Some((path, error)) = fault {
        let path = path.display().to_string();
        app.apply(&Input::Notice(match error.kind() {
            io::ErrorKind::ResourceBusy => Notice::SettingsHeld { path },
            _ => Notice::FileFailed { path, detail: error.to_string() },
        }));
    }
}

/// Keeps everything before the program ends. Waits for a write that is under way, but not for a dead disk.
pub(super) fn close(app: &mut App) {
    note(app);
    let Some(store) = app.store.clone() else { return };
    app.saving.wait(LAST_WAIT);
    if let Err(error) = store.save(&app.saving.base, &to_keep(app)) {
        tracing::warn!(%error, "the settings are not kept");
    }
}

/// Names that stay the same whatever the language files call them.
const LOOKS: [(WireLook, &str); 5] = [
    (WireLook::Sent, "sent"),
    (WireLook::Echo, "echo"),
    (WireLook::Answer, "answer"),
    (WireLook::Unsolicited, "unsolicited"),
    (WireLook::Unrecognised, "unrecognised"),
];
/// How long the end of the program may wait for a write.
const LAST_WAIT: Duration = Duration::from_secs(2);
