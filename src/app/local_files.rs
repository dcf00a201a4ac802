//! The files for the module as they are on this computer: which are named, and what was read of them. One reading at a time;
//! what is asked for meanwhile is read next.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    path::Path,
    sync::Arc,
};

use zeroize::Zeroizing;

use crate::{
    certs::{FileFacts, FileRole},
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
    /// Texts of files that were pasted where a path should be.
    pasted: BTreeMap<FileRole, Pasted>,
}

/// The text of a file. It stays in memory, is wiped when it goes, and is never shown: it may be a key's.
#[derive(Clone, PartialEq, Eq)]
struct Pasted(Arc<Zeroizing<Vec<u8>>>);

impl fmt::Debug for Pasted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pasted(***)")
    }
}

/// One file that shall be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    path: String,
    /// Whether its bytes shall be repaired in memory.
    repairs: bool,
    /// Its text, when there is no such file.
    pasted: Option<Pasted>,
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
        ROLES.map(|role| self.of_role(security, role))
    }

    /// Keeps the text of a file that was pasted where its path should be; `security` gets a word in its place, so that the
    /// text reaches neither the screen nor the settings.
    pub(super) fn keep_pasted(&mut self, security: &mut SecurityEntry) {
        for role in ROLES {
            let entry = files::entry_mut(security, role);
            if is_text_of_file(&entry.path) {
                let text = Zeroizing::new(std::mem::take(&mut entry.path));
                self.keep_text(security, role, &text);
            }
        }
    }

    /// Keeps the text of the file for `role`, which `security` then takes from memory.
    pub(super) fn keep_text(&mut self, security: &mut SecurityEntry, role: FileRole, text: &str) {
        let entry = files::entry_mut(security, role);
        PASTED.clone_into(&mut entry.path);
        entry.is_on_module = false;
        self.pasted.insert(role, Pasted(Arc::new(Zeroizing::new(text.as_bytes().to_vec()))));
    }

    /// Whether the file for `role` is a text that was pasted, which lies nowhere on the disk.
    pub(super) fn is_pasted(&self, security: &SecurityEntry, role: FileRole) -> bool {
        self.of_role(security, role).pasted.is_some()
    }

    fn of_role(&self, security: &SecurityEntry, role: FileRole) -> Wanted {
        let entry = files::entry(security, role);
        let path = if entry.is_on_module { String::new() } else { entry.path.trim().to_owned() };
        let pasted = self.pasted.get(&role).filter(|_| path == PASTED).cloned();
        // A field of one line has made blanks of the line ends.
        let repairs = pasted.is_some() || self.repaired.contains(&(role, path.clone()));
        Wanted { path, repairs, pasted }
    }

    fn know(&mut self, files: LocalFiles) {
        if files != self.known {
            self.revision += 1;
        }
        self.known = files;
    }
}

/// No name of a file is so long and holds a certificate or a key.
fn is_text_of_file(path: &str) -> bool {
    path.len() > SHORTEST_TEXT && FileFacts::read(path.as_bytes()).items().next().is_some()
}

const SHORTEST_TEXT: usize = 200;
/// Stands where a path would.
const PASTED: &str = "(pasted)";

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
    if let Some(Pasted(text)) = &wanted.pasted {
        return FileState::Read(Arc::new(LocalFile::of(wanted.path.clone(), text.to_vec(), role, wanted.repairs)));
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
    use crate::user_file::FileFault;

    fn state_of(path: &Path) -> FileState {
        read(&Wanted { path: path.display().to_string(), ..Wanted::default() }, FileRole::Authority)
    }

    #[test]
    fn why_a_file_cannot_be_read_is_known() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(state_of(&folder.path().join("none.crt")), FileState::Failed(FileFault::Missing));
        assert_eq!(state_of(folder.path()), FileState::Failed(FileFault::Folder));
        let large = folder.path().join("large.crt");
        fs::write(&large, vec![b'x'; (1 << 20) + 1]).expect("written");
        assert_eq!(state_of(&large), FileState::Failed(FileFault::TooLarge { bytes: (1 << 20) + 1, most: 1 << 20 }));
        assert_eq!(read(&Wanted::default(), FileRole::Authority), FileState::None);
    }

    #[test]
    fn a_text_in_place_of_a_path_stays_in_memory() {
        let key = crate::tls::authority::key(crate::tls::authority::KeyKind::Rsa(2048), 0).expect("a key");
        let pem = String::from_utf8(key.private_key_to_pem_pkcs8().expect("PEM")).expect("text");
        let mut security = SecurityEntry::default();
        let mut files = Files::default();
        files::entry_mut(&mut security, FileRole::ClientKey).path = pem.replace('\n', " ");
        files.keep_pasted(&mut security);
        assert_eq!(files::entry(&security, FileRole::ClientKey).path, PASTED);
        let wanted = files.named(&security);
        assert!(!format!("{files:?} {wanted:?} {security:?}").contains("MII"));
        let found = Found::read(wanted);
        let file = found.files.file(FileRole::ClientKey).expect("it is read");
        assert!(file.contents.is_secret() && file.facts.key().is_some() && file.facts.damage().is_none());
        files::entry_mut(&mut security, FileRole::ClientKey).path = "/some/where/client.key".to_owned();
        files.keep_pasted(&mut security);
        assert_eq!(files::entry(&security, FileRole::ClientKey).path, "/some/where/client.key");
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
