//! Profiles to and from files. The disk and the system's dialogs are touched on task threads only.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    action::FilesAction,
    lang::Text,
    own_file,
    settings::{
        Profile, Secrets, SecurityCase,
        exchange::{self, ImportError, Parcel},
        mqttx::{self, Peer, PeerTls},
    },
    user_file::{self, FileFault},
    view::{
        connect::files::{FileDialog, FileOutcome},
        files::fault_text,
    },
};

use super::{
    App, connecting, folders, in_use,
    pick::{self, Picked},
    secrets,
};

/// What a task on a file brought.
enum Told {
    /// The system's dialog closed; without a path it was cancelled, or there is no such dialog.
    Picked(Picked),
    /// A file was read.
    Read(Result<Vec<Parcel>, Text>),
    /// A file was written, or not and why.
    Written(Result<PathBuf, Text>),
    /// A file of that name is there already.
    Exists(PathBuf),
}

/// Does what was asked.
pub(super) fn dispatch(app: &mut App, action: FilesAction) {
    match action {
        FilesAction::Open(dialog) => open(app, dialog),
        FilesAction::Path(path) => {
            app.screen.connect.files.path = path;
            app.screen.connect.files.outcome = None;
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
    let files = &app.screen.connect.files;
    let Some(dialog) = files.open.filter(|_| !files.is_busy && !files.path.trim().is_empty()) else { return };
    let path = typed_path(&files.path);
    let (may_replace, is_private) = (files.may_replace.as_deref() == Some(files.path.trim()), files.has_secrets);
    let text = match dialog {
        FileDialog::Import => None,
        FileDialog::Export => Some(exchange::export(&parcels(app), is_private)),
        FileDialog::Mqttx => mqttx_text(app),
    };
    app.screen.connect.files.is_busy = true;
    let work = move || match text {
        None => Told::Read(read(&path)),
        Some(text) => write(path, &text, may_replace),
    };
    app.tasks.start("task-file", work, finish);
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

fn mqttx_text(app: &App) -> Option<String> {
    let address = connecting::address_for_others(app)?;
    let bits = || u128::from(RandomState::new().build_hasher().finish());
    let peer = Peer {
        host: &address.host,
        port: address.port.parse().ok()?,
        id: bits() << 64 | bits(),
        secrets: app.screen.connect.files.has_secrets.then_some(&app.secrets),
        tls: tls_for_others(&app.profile),
    };
    Some(mqttx::export(&app.profile, &peer))
}

/// How another client on this computer protects its way to that broker.
fn tls_for_others(profile: &Profile) -> PeerTls<'_> {
    let security = &profile.security;
    let (ca, certificate, key) = (security.ca.path.trim(), security.certificate.path.trim(), security.key.path.trim());
    match security.case {
        SecurityCase::Plain => PeerTls::None,
        SecurityCase::Encrypted => PeerTls::Unchecked,
        SecurityCase::Server => PeerTls::Server { ca },
        SecurityCase::Both => PeerTls::Mutual { ca, certificate, key },
    }
}

fn read(path: &Path) -> Result<Vec<Parcel>, Text> {
    match user_file::read_text(path, user_file::PROFILES) {
        Ok(text) => exchange::import(&text).map_err(|error| import_text(&error)),
        Err(FileFault::TooLarge { .. }) => Err(Text::new("import-too-large")),
        Err(FileFault::NotText { .. }) => Err(Text::new("import-not-text")),
        Err(fault) => Err(fault_text(&path.display().to_string(), &fault)),
    }
}

fn import_text(error: &ImportError) -> Text {
    match error {
        ImportError::NotJson { line, column } => {
            Text::new("import-not-json").with("line", *line).with("column", *column)
        }
        ImportError::NotProfiles => Text::new("import-not-profiles"),
        ImportError::Mqttx => Text::new("import-mqttx"),
        ImportError::TooNew { found, known } => Text::new("import-too-new").with("found", *found).with("known", *known),
        ImportError::Empty => Text::new("import-empty"),
        ImportError::BadProfile { number, name, field, .. } => Text::new("import-bad-profile")
            .with("number", *number)
            .with("name", name.as_str())
            .with("field", field.as_str()),
    }
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
        Err(error) => Told::Written(Err(Text::new("notice-file")
            .with("path", path.display().to_string())
            .with("detail", error.to_string()))),
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
        }
        Told::Read(Ok(parcels)) => {
            let lines = import(app, parcels);
            say(app, FileOutcome::Good(lines));
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
        let is_same = |saved: &&Profile| saved.name == profile.name && **saved == profile;
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
