//! Where undo lists lie: one file a module, in this user's own folder, written and flushed to the disk before the first change.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use crate::{own_file, user_file};

use super::UndoList;

/// The folder of undo lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    folder: PathBuf,
}

impl Shelf {
    /// The user's own; `None` when the system names no place for it.
    pub fn of_user() -> Option<Self> {
        let folders = directories::ProjectDirs::from("", "", "air780e-companion")?;
        Some(Self::at(folders.data_local_dir().join("undo")))
    }

    /// A folder of one's own.
    pub const fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Puts `list` on the disk, in place of an older one of the same module.
    pub fn keep(&self, list: &UndoList) -> io::Result<()> {
        own_file::create_own_folder(&self.folder)?;
        // Its content is on the disk before it gets its name.
        own_file::replace_own(&self.path(&list.module), serde_json::to_string_pretty(list)?.as_bytes())?;
        // Where a folder can be opened, its entry reaches the disk as well.
        if let Ok(folder) = File::open(&self.folder) {
            folder.sync_all().ok();
        }
        Ok(())
    }

    /// Takes the list of `module` away.
    pub fn forget(&self, module: &str) -> io::Result<()> {
        match fs::remove_file(self.path(module)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Every list that is there, the oldest first. What is no list is left alone.
    pub fn lists(&self) -> Vec<UndoList> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let mut all: Vec<_> = entries.filter_map(|entry| read(&entry.ok()?.path())).collect();
        all.sort_by_key(|list| list.made_at);
        all
    }

    fn path(&self, module: &str) -> PathBuf {
        self.folder.join(format!("{module}.json"))
    }
}

fn read(path: &Path) -> Option<UndoList> {
    let text = user_file::read_text(path, user_file::SETTINGS).ok()?;
    serde_json::from_str::<UndoList>(&text).ok().filter(|list| list.version == UndoList::VERSION)
}
