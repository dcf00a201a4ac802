//! Profiles to and from files. The disk and the system's dialogs are touched on task threads only.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    action::FilesAction,
    lang::Text,
    own_file,
    settings::{
        Profile, Secrets,
        exchange::{self, Parcel},
        foreign::Import,
    },
    view::connect::files::{FileDialog, FileOutcome},
};

use super::{
    App, files as module_files, folders,
    for_mqttx::{self, Saved},
    foreign, in_use,
    pick::{self, Picked},
    secrets,
};

/// What a task on a file brought.
enum Told {
    /// The system's dialog closed; without a path it was cancelled, or there is no such dialog.
    Picked(Picked),
    /// A file was read.
    Read(Result<Import, Text>),
    /// A file was written, or not and why.
    Written(Result<PathBuf, Text>),
    /// Repaired files were saved first, and then that happened.
    Repaired(Vec<Saved>, Box<Self>),
    /// A file of that name is there already.
    Exists(PathBuf),
}

/// Does what was asked.
pub(super) fn dispatch(app: &mut App, action: FilesAction) {
    match action {
        FilesAction::Open(dialog) => open(app, dialog),
        FilesAction::Path(path) => {
            let files = &mut app.screen.connect.files;
            (files.path, files.outcome, files.found) = (path, None, None);
        }
        FilesAction::Pick => pick(app),
        FilesAction::All(is_all) => app.screen.connect.files.is_all = is_all,
        FilesAction::WithSecrets(has_secrets) => app.screen.connect.files.has_secrets = has_secrets,
        FilesAction::Run => run(app),
    }
}

fn open(app: &mut App, dialog: Option<FileDialog>) {
    let folder = folders::for_saving(app).unwrap_or_default();
    let files = &mut app.screen.connect.files;
    *files = crate::view::connect::FilesScreen { open: dialog, ..Default::default() };
    files.path = match dialog {
        None | Some(FileDialog::Import) => String::new(),
        Some(dialog) => folder.join(dialog.file_name(&app.profile.name)).display().to_string(),
    };
}

/// Shows the system's own dialog. Where there is none, it answers at once as if it were cancelled.
fn pick(app: &mut App) {
    let Some(dialog) = app.screen.connect.files.open else { return };
    app.screen.connect.files.is_busy = true;
    let (name, folder) = (dialog.file_name(&app.profile.name), folders::for_saving(app));
    let work = move || {
        let mut shown = rfd::FileDialog::new().add_filter("JSON", &["json"]);
        if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
            shown = shown.set_directory(folder);
        }
        Told::Picked(pick::shown(|| match dialog {
            FileDialog::Import => shown.pick_file(),
            FileDialog::Export | FileDialog::Mqttx => shown.set_file_name(name).save_file(),
        }))
    };
    app.tasks.start("task-dialog", work, finish);
}

fn run(app: &mut App) {
    let files = &mut app.screen.connect.files;
    let Some(dialog) = files.open.filter(|_| !files.is_busy && !files.path.trim().is_empty()) else { return };
    if let Some(found) = files.found.take() {
        let takes_secrets = std::mem::take(&mut files.has_secrets);
        let parcels = found.found.into_iter().map(|found| found.parcel);
        let lines = import(app, parcels.map(|parcel| asked_for(parcel, takes_secrets)).collect());
        return say(app, FileOutcome::Good(lines));
    }
    let path = typed_path(&files.path);
    let (may_replace, is_private) = (files.may_replace.as_deref() == Some(files.path.trim()), files.has_secrets);
    match dialog {
        FileDialog::Import => start(app, move || Told::Read(foreign::read(&path))),
        FileDialog::Export => {
            let text = exchange::export(&parcels(app), is_private);
            start(app, move || write(path, &text, may_replace));
        }
        FileDialog::Mqttx => match for_mqttx::order(app) {
            Ok(order) => start(app, move || write_for_mqttx(path, order, may_replace)),
            Err(why) => say(app, FileOutcome::Bad(why)),
        },
    }
}

fn start(app: &mut App, work: impl FnOnce() -> Told + Send + 'static) {
    app.screen.connect.files.is_busy = true;
    app.tasks.start("task-file", work, finish);
}

/// Opens the dialog for a file that was dropped, and reads it.
pub(super) fn read_dropped(app: &mut App, path: &Path) {
    open(app, Some(FileDialog::Import));
    app.screen.connect.files.path = path.display().to_string();
    run(app);
}

/// A password of another tool's file is taken by the user's word only; without it, it is asked for when it is needed.
fn asked_for(parcel: Parcel, takes_secrets: bool) -> Parcel {
    if takes_secrets { parcel } else { Parcel { secrets: Secrets::default(), ..parcel } }
}

/// Nothing is saved for a file that will not be written.
fn write_for_mqttx(path: PathBuf, order: for_mqttx::Order, may_replace: bool) -> Told {
    if !may_replace && path.exists() {
        return Told::Exists(path);
    }
    match order.text() {
        Ok((text, saved)) => Told::Repaired(saved, Box::new(write(path, &text, may_replace))),
        Err((path, detail)) => Told::Written(Err(fault(&path, detail))),
    }
}

fn fault(path: &Path, detail: String) -> Text {
    Text::new("notice-file").with("path", path.display().to_string()).with("detail", detail)
}

/// `~/` is the user's own folder, as in a shell.
fn typed_path(typed: &str) -> PathBuf {
    let typed = typed.trim();
    match (typed.strip_prefix("~/"), directories::UserDirs::new()) {
        (Some(rest), Some(user)) => user.home_dir().join(rest),
        _ => PathBuf::from(typed),
    }
}

/// The profiles to write. Passwords are known of the one in use only.
fn parcels(app: &App) -> Vec<Parcel> {
    let current = Parcel { profile: app.profile.clone(), secrets: app.secrets.clone() };
    if !app.screen.connect.files.is_all {
        return vec![current];
    }
    let saved = app.settings.profiles.iter().map(|profile| {
        let is_current = profile.name == app.profile.name;
        let secrets = if is_current { app.secrets.clone() } else { Secrets::default() };
        Parcel { profile: profile.clone(), secrets }
    });
    saved.collect()
}

/// A file that is there is replaced only when the user said so; it is for its owner only, with passwords or without.
fn write(path: PathBuf, text: &str, may_replace: bool) -> Told {
    let written = if may_replace {
        own_file::replace(&path, text.as_bytes())
    } else {
        own_file::create(&path).and_then(|mut file| file.write_all(text.as_bytes()))
    };
    match written {
        Ok(()) => Told::Written(Ok(path)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Told::Exists(path),
        Err(error) => Told::Written(Err(fault(&path, error.to_string()))),
    }
}

/// Takes what a task brought.
fn finish(app: &mut App, told: Told) {
    app.screen.connect.files.is_busy = false;
    match told {
        Told::Picked(picked) if picked.has_no_dialog() => {
            say(app, FileOutcome::Bad(Text::new("files-no-dialog")));
        }
        Told::Picked(Picked { path: None, .. }) => {}
        Told::Picked(Picked { path: Some(path), .. }) => {
            let path = path.display().to_string();
            let files = &mut app.screen.connect.files;
            // The dialog has asked whether a file of that name may go.
            (files.may_replace, files.path, files.outcome) = (Some(path.clone()), path, None);
            files.found = None;
        }
        Told::Read(Ok(Import::Ours(parcels))) => {
            let lines = import(app, parcels);
            say(app, FileOutcome::Good(lines));
        }
        Told::Read(Ok(Import::Foreign(found))) => {
            let files = &mut app.screen.connect.files;
            (files.found, files.outcome, files.has_secrets) = (Some(found), None, false);
        }
        Told::Repaired(saved, told) => {
            for (role, from, path) in saved {
                module_files::finish_repair(app, role, &from, Ok(path));
            }
            finish(app, *told);
        }
        Told::Read(Err(text)) | Told::Written(Err(text)) => say(app, FileOutcome::Bad(text)),
        Told::Written(Ok(path)) => {
            folders::remember(app, &path);
            let text = Text::new("notice-exported").with("path", path.display().to_string());
            say(app, FileOutcome::Good(vec![text]));
        }
        Told::Exists(path) => {
            let path = path.display().to_string();
            app.screen.connect.files.may_replace = Some(app.screen.connect.files.path.trim().to_owned());
            say(app, FileOutcome::Bad(Text::new("files-exists").with("path", path)));
        }
    }
}

fn say(app: &mut App, outcome: FileOutcome) {
    app.screen.connect.files.outcome = Some(outcome);
}

/// Adds what was read; nothing that is there is changed.
fn import(app: &mut App, parcels: Vec<Parcel>) -> Vec<Text> {
    let is_one = parcels.len() == 1;
    let mut lines = Vec::new();
    for Parcel { mut profile, secrets } in parcels {
        let is_same = |saved: &&Profile| {
            exchange::is_counted_on(&saved.name, &profile.name)
                && **saved == Profile { name: saved.name.clone(), ..profile.clone() }
        };
        if let Some(saved) = app.settings.profiles.iter().find(is_same) {
            lines.push(Text::new("import-same").with("name", saved.name.as_str()));
            continue;
        }
        let asked = std::mem::take(&mut profile.name);
        profile.name = exchange::free_name(&asked, |name| app.settings.profiles.iter().any(|saved| saved.name == name));
        lines.push(if profile.name == asked {
            Text::new("import-done").with("name", asked)
        } else {
            Text::new("import-renamed").with("asked", asked).with("name", profile.name.as_str())
        });
        if !secrets.is_empty() {
            secrets::take_over(app, &mut profile, secrets);
        }
        app.settings.profiles.push(profile);
    }
    let is_free = !crate::view::connect::is_changed(&app.profile, &app.settings.profiles);
    let last = app.settings.profiles.last().map(|profile| profile.name.clone());
    if let Some(name) = last.filter(|_| is_one && is_free) {
        in_use::choose(app, &name);
    }
    app.save();
    lines
}
