//! Reads the files for the module, on a task: when their paths change, when the window is looked at again, before a
//! connection is opened, and on demand. One task at a time; what was asked meanwhile is read next.

mod repaired;
mod sorting;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    action::RepairPlace,
    certs::FileRole,
    model::{Input, notices::Notice},
    settings::SecurityEntry,
    user_file,
    view::{
        Page,
        files::{self, FileState, LocalFile, LocalFiles, ROLES},
    },
};

pub(super) use self::{repaired::write_private, sorting::Sorted};

use super::{
    App,
    tasks::{TaskResult, Tasks},
};

/// The files, and what is being done about them.
#[derive(Debug, Default)]
pub(super) struct Files {
    known: LocalFiles,
    /// What `known` speaks of, or will when the task ends.
    wanted: [Wanted; 3],
    is_reading: bool,
    is_outdated: bool,
    revision: u64,
    /// Files that are used repaired from memory.
    repaired: BTreeSet<(FileRole, String)>,
}

/// One file that shall be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    path: String,
    /// Whether its bytes shall be repaired in memory.
    repairs: bool,
}

/// What a task found.
#[derive(Debug)]
pub(super) struct Found {
    wanted: [Wanted; 3],
    files: LocalFiles,
}

impl Files {
    /// What is known.
    pub(super) const fn known(&self) -> &LocalFiles {
        &self.known
    }

    /// Whether something is being read.
    pub(super) const fn is_reading(&self) -> bool {
        self.is_reading
    }

    /// Changes whenever what is known changes.
    pub(super) const fn revision(&self) -> u64 {
        self.revision
    }

    /// Reads what `wanted` names, at once or after the task that runs.
    fn read(&mut self, wanted: [Wanted; 3], tasks: &Tasks) {
        let is_same: [bool; 3] = std::array::from_fn(|place| self.wanted[place] == wanted[place]);
        let known = std::mem::take(&mut self.known);
        self.know(known.reading(|role| ROLES.iter().zip(is_same).any(|(other, same)| *other == role && !same)));
        self.wanted = wanted;
        if self.is_reading {
            self.is_outdated = true;
            return;
        }
        self.is_reading = true;
        let wanted = self.wanted.clone();
        tasks.start("task-files", move || {
            let files = LocalFiles::new(std::array::from_fn(|place| read(&wanted[place], ROLES[place])));
            Some(TaskResult::Files(Box::new(Found { wanted, files })))
        });
    }

    fn know(&mut self, files: LocalFiles) {
        if files != self.known {
            self.revision += 1;
        }
        self.known = files;
    }
}

/// Reads again when other files are named than those that are known.
pub(super) fn follow(app: &mut App) {
    let wanted = wanted(app);
    if wanted != app.files.wanted {
        app.files.read(wanted, &app.tasks);
    }
}

/// Reads all files again: they may have changed on disk.
pub(super) fn read_again(app: &mut App) {
    let wanted = wanted(app);
    app.files.read(wanted, &app.tasks);
}

/// Takes what a task found.
pub(super) fn finish(app: &mut App, found: Found) {
    app.files.is_reading = false;
    if std::mem::take(&mut app.files.is_outdated) || found.wanted != app.files.wanted {
        let wanted = app.files.wanted.clone();
        app.files.read(wanted, &app.tasks);
        return;
    }
    app.files.know(found.files);
}

/// Finds out what the dropped files are, off the UI thread.
pub(super) fn sort_dropped(app: &App, paths: Vec<PathBuf>) {
    app.tasks.start("task-sort", move || {
        Some(TaskResult::Sorted(sorting::sort(paths, |path| user_file::read(path, user_file::CERTIFICATES).ok())))
    });
}

/// Puts dropped files into their places.
pub(super) fn finish_sort(app: &mut App, sorted: Sorted) {
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

/// Repairs the file for `role`, or takes a repair in memory back.
pub(super) fn repair(app: &mut App, role: FileRole, place: RepairPlace) {
    let Some(file) = app.files.known.file(role).cloned() else { return };
    let key = (role, file.path.clone());
    match place {
        RepairPlace::Memory => drop(app.files.repaired.insert(key)),
        RepairPlace::Nowhere => drop(app.files.repaired.remove(&key)),
        RepairPlace::NewFile => app.tasks.start("task-repair", move || {
            let written = repaired::write_beside(Path::new(&file.path), &file.repair, file.contents.is_secret());
            Some(TaskResult::Repaired { role, from: file.path.clone(), written })
        }),
    }
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

fn wanted(app: &App) -> [Wanted; 3] {
    ROLES.map(|role| of_role(&app.profile.security, role, &app.files.repaired))
}

fn of_role(security: &SecurityEntry, role: FileRole, repaired: &BTreeSet<(FileRole, String)>) -> Wanted {
    let entry = files::entry(security, role);
    let path = if entry.is_on_module { String::new() } else { entry.path.trim().to_owned() };
    let repairs = repaired.contains(&(role, path.clone()));
    Wanted { path, repairs }
}

fn read(wanted: &Wanted, role: FileRole) -> FileState {
    if wanted.path.is_empty() {
        return FileState::None;
    }
    match user_file::read(Path::new(&wanted.path), user_file::CERTIFICATES) {
        Ok(bytes) => FileState::Read(Arc::new(LocalFile::of(wanted.path.clone(), bytes, role, wanted.repairs))),
        Err(fault) => FileState::Failed(fault),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::user_file::Fault as ReadFault;

    fn state_of(path: &Path) -> FileState {
        read(&Wanted { path: path.display().to_string(), repairs: false }, FileRole::Authority)
    }

    #[test]
    fn why_a_file_cannot_be_read_is_known() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(state_of(&folder.path().join("none.crt")), FileState::Failed(ReadFault::Missing));
        assert_eq!(state_of(folder.path()), FileState::Failed(ReadFault::Folder));
        let large = folder.path().join("large.crt");
        fs::write(&large, vec![b'x'; (1 << 20) + 1]).expect("written");
        assert_eq!(state_of(&large), FileState::Failed(ReadFault::TooLarge { bytes: (1 << 20) + 1, most: 1 << 20 }));
        assert_eq!(read(&Wanted::default(), FileRole::Authority), FileState::None);
    }

    #[test]
    fn what_may_hold_a_key_is_a_secret_in_every_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("some.pem");
        fs::write(&path, "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n").expect("written");
        let FileState::Read(file) = state_of(&path) else { panic!("it is read") };
        assert!(file.contents.is_secret());
        assert!(!format!("{file:?}").contains("AAAA"));
    }
}
