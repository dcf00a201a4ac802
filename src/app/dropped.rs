//! Files that were dropped onto the window: each goes where it belongs, by what is in it and by the page in front.

mod sorting;

use std::path::{Path, PathBuf};

use crate::{
    certs::FileRole,
    doctor::{Origin, looks_like_log},
    settings::SecurityCase,
    user_file,
    view::{
        Page,
        files::{self, needed},
        messages::PayloadFormat,
    },
};

use self::sorting::{IsIt, Rest, Sorted};
use super::{App, foreign, messages, profile_files, recorded};

/// Finds out what the dropped files are, off the UI thread.
pub(super) fn sort(app: &App, paths: Vec<PathBuf>) {
    let rest = match app.screen.page {
        Page::Messages => Rest::Payload,
        Page::Terminal | Page::Troubleshoot => Rest::Log,
        Page::Connect | Page::Certificates | Page::Latency | Page::Watch | Page::Settings => Rest::Unknown,
    };
    let read = |path: &Path| user_file::read(path, user_file::CERTIFICATES).ok();
    app.tasks.start(
        "task-sort",
        move || sorting::sort(paths, rest, read, &IsIt { log: looks_like_log, profiles: foreign::holds_profiles }),
        finish,
    );
}

/// Puts dropped files into their places, reads a log, and lays ready what shall be published.
fn finish(app: &mut App, sorted: Sorted) {
    let Sorted { placed, log, profiles, payload, useless } = sorted;
    let is_for_certificates = !placed.is_empty() || log.is_none() && profiles.is_none() && payload.is_none();
    if let Some(path) = profiles {
        app.screen.page = Page::Connect;
        profile_files::read_dropped(app, &path);
    }
    if let Some(path) = payload {
        app.screen.messages.composer.format = PayloadFormat::File;
        messages::read_file(app, path.display().to_string());
    }
    if let Some(path) = log {
        recorded::open(app, Origin::File(path));
    }
    if !is_for_certificates {
        return;
    }
    app.screen.page = Page::Certificates;
    app.screen.certificates.picked_nothing = false;
    for (role, path) in &placed {
        name(app, *role, path);
    }
    let roles: Vec<_> = placed.iter().map(|(role, _)| *role).collect();
    app.screen.certificates.offers = offered(app.profile.security.case, &roles);
    app.screen.certificates.dropped_in_vain = useless;
}

/// The protection that these files are for, where the profile has one that does not need them.
fn offered(case: SecurityCase, roles: &[FileRole]) -> Option<SecurityCase> {
    let is_needed = |role: &FileRole| needed(case).contains(role);
    let fits =
        if roles.iter().all(|role| *role == FileRole::Authority) { SecurityCase::Server } else { SecurityCase::Both };
    (!roles.iter().all(is_needed)).then_some(fits)
}

fn name(app: &mut App, role: FileRole, path: &Path) {
    let entry = files::entry_mut(&mut app.profile.security, role);
    entry.path = path.display().to_string();
    entry.is_on_module = false;
}
