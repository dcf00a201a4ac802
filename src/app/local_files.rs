//! The files for the module as they are on this computer: which are named, and what was read of them. One reading at a time;
//! what is asked for meanwhile is read next.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use crate::{
    certs::FileRole,
    settings::SecurityEntry,
    user_file,
    view::files::{self, FileState, LocalFile, LocalFiles, ROLES},
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
    pub(super) repaired: BTreeSet<(FileRole, String)>,
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

    /// Learns what shall be known: what must be read for it now, unless that waits for the reading under way.
    pub(super) fn want(&mut self, wanted: [Wanted; 3]) -> Option<[Wanted; 3]> {
        let is_same: [bool; 3] = std::array::from_fn(|place| self.wanted[place] == wanted[place]);
        let known = std::mem::take(&mut self.known);
        self.know(known.reading(|role| ROLES.iter().zip(is_same).any(|(other, same)| *other == role && !same)));
        self.wanted = wanted;
        self.is_outdated |= self.is_reading;
        if std::mem::replace(&mut self.is_reading, true) { None } else { Some(self.wanted.clone()) }
    }

    /// Takes what was found; what must be read next, when something else is meant by now.
    pub(super) fn found(&mut self, found: Found) -> Option<[Wanted; 3]> {
        self.is_reading = false;
        if std::mem::take(&mut self.is_outdated) || found.wanted != self.wanted {
            return self.want(self.wanted.clone());
        }
        self.know(found.files);
        None
    }

    /// What `security` names, when that is not what is known or being read.
    pub(super) fn named_anew(&self, security: &SecurityEntry) -> Option<[Wanted; 3]> {
        Some(self.named(security)).filter(|wanted| *wanted != self.wanted)
    }

    /// What `security` names.
    pub(super) fn named(&self, security: &SecurityEntry) -> [Wanted; 3] {
        ROLES.map(|role| of_role(security, role, &self.repaired))
    }

    fn know(&mut self, files: LocalFiles) {
        if files != self.known {
            self.revision += 1;
        }
        self.known = files;
    }
}

fn of_role(security: &SecurityEntry, role: FileRole, repaired: &BTreeSet<(FileRole, String)>) -> Wanted {
    let entry = files::entry(security, role);
    let path = if entry.is_on_module { String::new() } else { entry.path.trim().to_owned() };
    let repairs = repaired.contains(&(role, path.clone()));
    Wanted { path, repairs }
}

impl Found {
    /// Reads what `wanted` names.
    pub(super) fn read(wanted: [Wanted; 3]) -> Self {
        let files = LocalFiles::new(std::array::from_fn(|place| read(&wanted[place], ROLES[place])));
        Self { wanted, files }
    }
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
