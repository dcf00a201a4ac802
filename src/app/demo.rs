//! Has the demonstration's certificates made, and names them in the profile in use.

use std::{path::PathBuf, sync::Arc};

use crate::{
    model::{Input, notices::Notice},
    settings::SecurityCase,
    view::files::{ROLES, entry_mut},
};

use super::{App, clock::Clock, demo_files::Demo, files};

/// Begins to make the certificates, or to read those of an earlier run.
pub(super) fn make(app: &mut App) {
    if !app.demo.begin() {
        return;
    }
    let folder = app.demo_folder();
    let now = Clock::wall().timestamp();
    let work = move || Demo::open(&folder, now).map(Arc::new).map_err(|error| (folder, error.to_string()));
    app.tasks.start("task-demo", work, finish);
}

/// Names the demonstration's certificates in the profile in use, now or as soon as they are there.
pub(super) fn fill_profile(app: &mut App) {
    app.demo.fills_profile = true;
    make(app);
    fill(app);
}

/// Takes what the task made. The profile in use may name files that were written a moment ago: all are read again.
fn finish(app: &mut App, made: Result<Arc<Demo>, (PathBuf, String)>) {
    match made {
        Ok(demo) => {
            app.demo.end(Some(demo));
            if app.demo.fills_profile {
                fill(app);
            }
        }
        Err(fault) => {
            app.demo.end(None);
            app.demo.fills_profile = false;
            app.report_file(Some(fault));
        }
    }
    files::read_again(app);
}

fn fill(app: &mut App) {
    let Some(demo) = app.demo.ready().cloned() else { return };
    app.demo.fills_profile = false;
    let mut fields = app.profile.clone();
    for role in ROLES {
        let entry = entry_mut(&mut fields.security, role);
        entry.path = demo.path(role).display().to_string();
        entry.is_on_module = false;
    }
    if !fields.security.case.is_encrypted() {
        fields.security.case = SecurityCase::Server;
    }
    app.profile = app.profile.changed_to(fields);
    app.apply(&Input::Notice(Notice::Exported { path: demo.folder().display().to_string() }));
}
