//! Writes files into a folder: all of them or none, and never over others without a word.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    certs::{FileRole, Ready},
    cli::words,
    lang::Text,
};

/// A file that shall be written.
pub(super) struct Wanted<'a> {
    pub(super) name: &'a str,
    pub(super) bytes: &'a [u8],
    /// Whether it is for its owner alone.
    pub(super) is_secret: bool,
}

/// The name of the file for `role`, as the program names it on the module.
pub(super) const fn name_of(role: FileRole) -> &'static str {
    match role {
        FileRole::Authority => "ca.crt",
        FileRole::ClientCertificate => "client.crt",
        FileRole::ClientKey => "client.key",
    }
}

/// Writes the files of a kit; returns their paths.
pub(super) fn all(folder: &Path, ready: &[Ready], overwrites: bool) -> Result<Vec<PathBuf>, Text> {
    let wanted: Vec<_> = ready
        .iter()
        .map(|one| Wanted { name: name_of(one.role), bytes: &one.bytes, is_secret: one.role == FileRole::ClientKey })
        .collect();
    written(folder, &wanted, overwrites)
}

/// Writes `wanted` into `folder`, which is made when it is not there. What is there already with the same bytes is left.
pub(super) fn written(folder: &Path, wanted: &[Wanted<'_>], overwrites: bool) -> Result<Vec<PathBuf>, Text> {
    fs::create_dir_all(folder).map_err(|error| not_written(folder, &error))?;
    let paths: Vec<_> = wanted.iter().map(|one| folder.join(one.name)).collect();
    if !overwrites {
        for (one, path) in wanted.iter().zip(&paths) {
            let is_other = fs::symlink_metadata(path).is_ok() && fs::read(path).ok().as_deref() != Some(one.bytes);
            if is_other {
                return Err(Text::new("certs-there-already").put("path", path.display()));
            }
        }
    }
    let mut made = Made::default();
    let result =
        wanted.iter().zip(&paths).try_for_each(|(one, path)| made.prepare(one, path)).and_then(|()| made.settle());
    match result {
        Ok(()) => Ok(paths),
        Err(error) => {
            made.undo();
            Err(not_written(folder, &error))
        }
    }
}

/// Why nothing was written.
pub(super) fn not_written(folder: &Path, error: &io::Error) -> Text {
    Text::new("certs-nothing-written").put("folder", folder.display()).with("why", words::system(error))
}

/// A key is its owner's alone.
#[cfg(unix)]
fn for_whom(options: &mut OpenOptions, is_secret: bool) {
    std::os::unix::fs::OpenOptionsExt::mode(options, if is_secret { 0o600 } else { 0o644 });
}

/// On Windows files take the rights of their folder, which lies in the user's own place.
#[cfg(not(unix))]
fn for_whom(_: &mut OpenOptions, _is_secret: bool) {}

/// What was written so far under names of its own, and what was put aside for it.
#[derive(Default)]
struct Made {
    /// New file, its final name, and where the old one of that name was put.
    files: Vec<(PathBuf, PathBuf, Option<PathBuf>)>,
    settled: usize,
}

impl Made {
    fn prepare(&mut self, wanted: &Wanted<'_>, path: &Path) -> io::Result<()> {
        let beside = |word: &str| path.with_file_name(format!(".{}.{word}-{}", wanted.name, std::process::id()));
        let new = beside("new");
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        for_whom(&mut options, wanted.is_secret);
        let mut file = options.open(&new)?;
        self.files.push((new, path.to_owned(), None));
        file.write_all(wanted.bytes)?;
        file.sync_all()
    }

    /// Gives all of them their names; what had one of them is put aside until all is done.
    fn settle(&mut self) -> io::Result<()> {
        for number in 0..self.files.len() {
            let (new, path, old) = &mut self.files[number];
            if fs::symlink_metadata(&*path).is_ok() {
                let aside = new.with_extension("old");
                fs::rename(&*path, &aside)?;
                *old = Some(aside);
            }
            self.settled = number + 1;
            fs::rename(&*new, &*path)?;
        }
        for aside in self.files.iter().filter_map(|(_, _, old)| old.as_ref()) {
            // The new ones stand; an old one that stays behind harms nobody.
            let _ = fs::remove_file(aside);
        }
        Ok(())
    }

    fn undo(&mut self) {
        for (number, (new, path, old)) in self.files.iter().enumerate() {
            let _ = fs::remove_file(new);
            if number < self.settled && old.is_none() {
                let _ = fs::remove_file(path);
            }
            if let Some(aside) = old {
                let _ = fs::rename(aside, path);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(secret: &[u8]) -> [Wanted<'_>; 2] {
        [
            Wanted { name: "ca.crt", bytes: b"public", is_secret: false },
            Wanted { name: "client.key", bytes: secret, is_secret: true },
        ]
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn others_files_stay_and_a_word_is_needed() {
        let folder = tempfile::tempdir().expect("a folder");
        let into = folder.path().join("deep/er");
        written(&into, &files(b"one"), false).expect("written");
        written(&into, &files(b"one"), false).expect("the same again harms nobody");
        let refused = written(&into, &files(b"two"), false).expect_err("another key is there");
        let refused = refused.to(crate::lang::Lang::En);
        assert!(refused.contains("client.key") && refused.contains("--overwrite"), "{refused}");
        assert_eq!(fs::read(into.join("client.key")).expect("still there"), b"one");
        written(&into, &files(b"two"), true).expect("written over");
        assert_eq!(fs::read(into.join("client.key")).expect("there"), b"two");
        assert_eq!(names(&into), ["ca.crt", "client.key"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(into.join("client.key")).expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn all_or_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("ca.crt"), "old").expect("written");
        // A folder of that name that is not empty cannot be replaced.
        fs::create_dir_all(folder.path().join("client.key/inside")).expect("a folder");
        let blocked = folder.path().join("a-file");
        fs::write(&blocked, "x").expect("written");
        written(&blocked.join("sub"), &files(b"two"), true).expect_err("no folder");
        let [first, second] = files(b"two");
        let lost = [first, Wanted { name: "none/client.key", ..second }];
        written(folder.path(), &lost, true).expect_err("a name with a folder that is not there");
        assert_eq!(fs::read_to_string(folder.path().join("ca.crt")).expect("there"), "old");
        assert_eq!(names(folder.path()), ["a-file", "ca.crt", "client.key"]);
    }
}
