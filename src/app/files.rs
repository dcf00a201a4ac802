//! Reads the files for the module, on a task: when their paths change, when the window is looked at again, before a
//! connection is opened, and on demand.

mod repaired;

use std::path::{Path, PathBuf};

use crate::{
    action::RepairPlace,
    certs::FileRole,
    model::{Input, notices::Notice},
    view::files::{self, LocalFile},
};

use super::{
    App,
    local_files::{Found, Wanted},
};

/// Reads again when other files are named than those that are known.
pub(super) fn follow(app: &mut App) {
    if let Some(wanted) = app.files.named_anew(&app.profile.security) {
        want(app, wanted);
    }
}

/// Reads all files again: they may have changed on disk.
pub(super) fn read_again(app: &mut App) {
    let wanted = app.files.named(&app.profile.security);
    want(app, wanted);
}

fn want(app: &mut App, wanted: [Wanted; 3]) {
    let next = app.files.want(wanted);
    read(app, next);
}

fn read(app: &App, wanted: Option<[Wanted; 3]>) {
    if let Some(wanted) = wanted {
        app.tasks.start("task-files", move || Found::read(wanted), finish);
    }
}

fn finish(app: &mut App, found: Found) {
    let next = app.files.found(found);
    read(app, next);
}

/// Repairs the file for `role`, or takes a repair in memory back.
pub(super) fn repair(app: &mut App, role: FileRole, place: RepairPlace) {
    let Some(file) = app.files.known().file(role).cloned() else { return };
    let key = (role, file.path.clone());
    match place {
        RepairPlace::Memory => drop(app.files.repaired.insert(key)),
        RepairPlace::Nowhere => drop(app.files.repaired.remove(&key)),
        RepairPlace::NewFile => {
            let from = file.path.clone();
            let work = move || save_repaired(&file);
            app.tasks.start("task-repair", work, move |app, written| finish_repair(app, role, &from, written));
        }
    }
}

/// Writes what is repaired in memory only beside the file that it was read from. It touches the disk: not for the UI thread.
pub(super) fn save_repaired(file: &LocalFile) -> Result<PathBuf, (PathBuf, String)> {
    repaired::write_beside(Path::new(&file.path), &file.repair, file.contents.is_secret())
}

/// The profile names the repaired file from now on, unless it names another by now.
pub(super) fn finish_repair(app: &mut App, role: FileRole, from: &str, written: Result<PathBuf, (PathBuf, String)>) {
    match written {
        Ok(path) => {
            let entry = files::entry_mut(&mut app.profile.security, role);
            if entry.path.trim() == from {
                entry.path = path.display().to_string();
            }
            app.apply(&Input::Notice(Notice::Exported { path: path.display().to_string() }));
        }
        Err(fault) => app.report_file(Some(fault)),
    }
}
