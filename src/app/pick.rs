//! The system's dialog for one file of the profile, on a task thread.

use std::{path::PathBuf, time::Duration};

use crate::{
    model::{Input, notices::Notice},
    view::files::{FileRole, entry, entry_mut},
};

use super::{App, clock::Clock};

/// How a dialog ended.
struct Picked {
    role: FileRole,
    path: Option<PathBuf>,
    was_shown: bool,
}

/// Shows the dialog. Where the system has none, it answers at once as if it were cancelled.
pub(super) fn file(app: &App, role: FileRole) {
    let typed = PathBuf::from(entry(&app.profile.security, role).path.trim());
    let folder = typed.parent().filter(|folder| folder.is_absolute()).map(ToOwned::to_owned);
    let work = move || {
        let began = Clock::start();
        let mut dialog = rfd::FileDialog::new();
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        let path = dialog.pick_file();
        Picked { role, path, was_shown: began.has_run_for(NO_DIALOG) }
    };
    app.tasks.start("task-dialog", work, finish);
}

/// Names the picked file in the profile.
fn finish(app: &mut App, picked: Picked) {
    let screen = &mut app.screen.certificates;
    screen.picks = None;
    screen.picked_nothing = picked.path.is_none() && !picked.was_shown;
    match picked.path {
        Some(path) => {
            let entry = entry_mut(&mut app.profile.security, picked.role);
            entry.path = path.display().to_string();
            entry.is_on_module = false;
            app.save();
        }
        None if picked.was_shown => {}
        None => app.apply(&Input::Notice(Notice::NoFileDialog)),
    }
}

/// Nobody cancels a dialog so fast: there was none.
pub(super) const NO_DIALOG: Duration = Duration::from_millis(300);
