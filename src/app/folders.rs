//! The folder in which saving begins: the one used last, or the user's documents.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::App;

/// Where saving begins. The folder may be gone by now: whoever writes there says so.
pub(super) fn for_saving(app: &App) -> Option<PathBuf> {
    let last = Some(PathBuf::from(&app.settings.last_folder)).filter(|folder| folder.is_absolute());
    let documents = || directories::UserDirs::new().and_then(|folders| folders.document_dir().map(ToOwned::to_owned));
    last.or_else(documents).or_else(|| app.store.as_ref().map(|store| store.folder().to_owned()))
}

/// Learns that a file was written at `path`: the next one begins beside it.
pub(super) fn remember(app: &mut App, path: &Path) {
    let Some(folder) = path.parent().filter(|folder| folder.is_absolute()) else { return };
    let folder = folder.display().to_string();
    if app.settings.last_folder != folder {
        app.settings.last_folder = folder;
        app.save();
    }
}

/// Shows the folder of the file at `path` in the system's own window for files.
pub(super) fn open(app: &App, path: String) {
    app.tasks.start("task-open-folder", move || shown(Path::new(&path)), App::report_file);
}

/// Starts the program that shows it and waits for its end; why that did not work.
fn shown(path: &Path) -> Option<(PathBuf, String)> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(path);
    let why = match Command::new(PROGRAM).arg(folder).status() {
        // Explorer ends with a fault when it has none.
        Ok(status) if status.success() || cfg!(windows) => return None,
        Ok(status) => format!("{PROGRAM}: {status}"),
        Err(error) => format!("{PROGRAM}: {error}"),
    };
    Some((folder.to_owned(), why))
}

/// What shows a folder.
const PROGRAM: &str = if cfg!(windows) {
    "explorer"
} else if cfg!(target_os = "macos") {
    "open"
} else {
    "xdg-open"
};
