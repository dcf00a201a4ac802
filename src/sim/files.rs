//! The file system of the module (reference, section 8). It survives every restart.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Chip, VirtualModem,
    shell::{Answer, DataEnd, Failure, Outcome},
};
use crate::time::Moment;

/// Bytes that every file takes besides its own, and every directory.
const OVERHEAD: usize = 64;

/// Files by name.
#[derive(Clone, Debug)]
pub(super) struct Files {
    capacity: usize,
    entries: BTreeMap<String, Vec<u8>>,
    directories: BTreeSet<String>,
}

/// The data of `AT+FSWRITE` is meant for this file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileWrite {
    pub(super) name: String,
    pub(super) is_appended: bool,
}

impl Files {
    /// An empty data partition of the size that the chip's build has.
    pub(super) fn new(chip: Chip, build: &str) -> Self {
        let capacity = match (chip, build) {
            (Chip::Ec618, "AUAT") => 512 * 1_024,
            (Chip::Ec618, _) => 256 * 1_024,
            (Chip::Ec718, _) => 96 * 1_024,
        };
        Self { capacity, entries: BTreeMap::new(), directories: BTreeSet::new() }
    }

    /// Makes an empty file. One that exists already is a failure: no document says otherwise.
    pub(super) fn create(&mut self, name: &str) -> Result<(), Failure> {
        let has_place = name.rsplit_once('/').is_none_or(|(directory, _)| self.directories.contains(directory));
        if !has_place || self.entries.contains_key(name) || self.free() < OVERHEAD {
            return Err(Failure::Plain);
        }
        self.entries.insert(name.to_owned(), Vec::new());
        Ok(())
    }

    /// Puts a file there before anybody asks.
    pub(super) fn preset(&mut self, name: &str, bytes: &[u8]) {
        self.entries.insert(name.to_owned(), bytes.to_vec());
    }

    pub(super) fn remove(&mut self, name: &str) -> Result<(), Failure> {
        self.entries.remove(name).map(drop).ok_or(Failure::Plain)
    }

    pub(super) fn bytes(&self, name: &str) -> Result<&[u8], Failure> {
        self.entries.get(name).map(Vec::as_slice).ok_or(Failure::Plain)
    }

    pub(super) fn make_directory(&mut self, name: &str) -> Result<(), Failure> {
        let name = name.trim_end_matches('/');
        if self.free() < OVERHEAD || self.entries.contains_key(name) || !self.directories.insert(name.to_owned()) {
            return Err(Failure::Plain);
        }
        Ok(())
    }

    /// Fails unless the directory is there and empty.
    pub(super) fn remove_directory(&mut self, name: &str) -> Result<(), Failure> {
        let name = name.trim_end_matches('/');
        let is_used = self.entries.keys().any(|file| file.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')));
        if is_used || !self.directories.remove(name) {
            return Err(Failure::Plain);
        }
        Ok(())
    }

    /// What lies in a directory, `/` for the top; directories end in a backslash.
    pub(super) fn list(&self, directory: &str) -> Result<Vec<String>, Failure> {
        let directory = directory.trim_matches('/');
        if !directory.is_empty() && !self.directories.contains(directory) {
            return Err(Failure::Plain);
        }
        let directories = self.directories.iter().map(|name| (name, "\\"));
        let all = directories.chain(self.entries.keys().map(|name| (name, "")));
        let inside = all.filter_map(|(name, end)| {
            let (parent, own) = name.rsplit_once('/').unwrap_or(("", name));
            (parent == directory).then(|| format!("{own}{end}"))
        });
        Ok(inside.collect())
    }

    pub(super) fn free(&self) -> usize {
        let used: usize = self.entries.values().map(|bytes| bytes.len() + OVERHEAD).sum();
        self.capacity.saturating_sub(used + self.directories.len() * OVERHEAD)
    }

    fn write(&mut self, target: &FileWrite, bytes: &[u8]) -> Result<(), Failure> {
        let room = self.free();
        let entry = self.entries.get_mut(&target.name).ok_or(Failure::Plain)?;
        let freed = if target.is_appended { 0 } else { entry.len() };
        if bytes.len() > room + freed {
            return Err(Failure::Plain);
        }
        if !target.is_appended {
            entry.clear();
        }
        entry.extend_from_slice(bytes);
        Ok(())
    }
}

impl VirtualModem {
    /// Takes the data of `AT+FSWRITE`; `TimeOut` when it did not come in time, and then nothing is written.
    pub(super) fn write_file(&mut self, now: Moment, target: &FileWrite, bytes: &[u8], end: DataEnd) -> Answer {
        if end == DataEnd::Silence {
            self.say(now, "TimeOut");
            return Ok(Outcome::Spoken);
        }
        self.files.write(target, bytes)?;
        Ok(Outcome::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn space_is_counted_and_given_back() {
        let mut files = Files::new(Chip::Ec718, "AT");
        let empty = files.free();
        files.create("a").unwrap();
        let target = FileWrite { name: "a".to_owned(), is_appended: true };
        files.write(&target, &[0; 1_000]).unwrap();
        assert_eq!(files.free(), empty - 1_000 - OVERHEAD);
        assert_eq!(files.write(&target, &vec![0; empty]), Err(Failure::Plain));
        assert_eq!(files.bytes("a").unwrap().len(), 1_000);
        files.remove("a").unwrap();
        assert_eq!(files.free(), empty);
        assert_eq!(files.remove("a"), Err(Failure::Plain));
    }
}
