//! Files that were dropped onto the window: each goes where it belongs, by what is in it.

mod sorting;

use std::path::{Path, PathBuf};

use crate::{
    certs::FileRole,
    doctor::{Origin, looks_like_log},
    user_file,
    view::{Page, files},
};

use self::sorting::Sorted;
use super::{App, recorded};

/// Finds out what the dropped files are, off the UI thread.
pub(super) fn sort(app: &App, paths: Vec<PathBuf>) {
    let read = |path: &Path| user_file::read(path, user_file::CERTIFICATES).ok();
    app.tasks.start("task-sort", move || sorting::sort(paths, read, looks_like_log), finish);
}

/// Puts dropped files into their places, and reads a log.
fn finish(app: &mut App, sorted: Sorted) {
    if let Some(path) = sorted.log {
        recorded::open(app, Origin::File(path));
        if sorted.placed.is_empty() && sorted.useless.is_empty() {
            return;
        }
    }
    app.screen.page = Page::Certificates;
    app.screen.certificates.picked_nothing = false;
    for (role, path) in &sorted.placed {
        name(app, *role, path);
    }
    app.screen.certificates.dropped_in_vain = sorted.useless;
}

fn name(app: &mut App, role: FileRole, path: &Path) {
    let entry = files::entry_mut(&mut app.profile.security, role);
    entry.path = path.display().to_string();
    entry.is_on_module = false;
    app.screen.certificates.dropped_in_vain.clear();
}
