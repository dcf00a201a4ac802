//! The system's own file dialogs, on a thread of their own.

use std::path::PathBuf;

use crate::{
    model::{Input, notices::Notice},
    view::files::{FileRole, entry, entry_mut},
};

use super::{App, clock::Clock};

/// How a dialog ended.
#[derive(Debug)]
pub(super) struct Picked {
    /// What was picked; `None` when it was cancelled, or when there is none.
    pub(super) path: Option<PathBuf>,
    was_shown: bool,
}

impl Picked {
    /// Whether this system shows no such dialog.
    pub(super) const fn has_no_dialog(&self) -> bool {
        self.path.is_none() && !self.was_shown
    }
}

/// Shows a dialog and waits for it: never on the UI thread. Where the system has none, it answers at once as if it were
/// cancelled.
pub(super) fn shown(dialog: impl FnOnce() -> Option<PathBuf>) -> Picked {
    let began = Clock::start();
    let path = dialog();
    Picked { path, was_shown: began.has_run_for(NO_DIALOG) }
}

/// Lets the user pick the file for one place.
pub(super) fn file(app: &App, role: FileRole) {
    let typed = PathBuf::from(entry(&app.profile.security, role).path.trim());
    let folder = typed.parent().filter(|folder| folder.is_absolute()).map(ToOwned::to_owned);
    let work = move || {
        let dialog = rfd::FileDialog::new();
        let dialog = folder.iter().fold(dialog, rfd::FileDialog::set_directory);
        shown(|| dialog.pick_file())
    };
    app.tasks.start("task-dialog", work, move |app, picked| finish(app, role, picked));
}

/// Names the picked file in the profile.
fn finish(app: &mut App, role: FileRole, picked: Picked) {
    let screen = &mut app.screen.certificates;
    screen.picks = None;
    screen.picked_nothing = picked.has_no_dialog();
    if picked.has_no_dialog() {
        tell_no_dialog(app);
    }
    if let Some(path) = picked.path {
        let entry = entry_mut(&mut app.profile.security, role);
        entry.path = path.display().to_string();
        entry.is_on_module = false;
        app.save();
    }
}

/// Says that this system shows no dialog.
pub(super) fn tell_no_dialog(app: &mut App) {
    app.apply(&Input::Notice(Notice::NoFileDialog));
}

/// Nobody cancels a dialog so fast: there was none.
const NO_DIALOG: std::time::Duration = std::time::Duration::from_millis(300);
