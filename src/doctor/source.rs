//! Where a log comes from: a file, standard input or a text, read in steps. What is no file is refused.

use std::{
    cmp::Ordering,
    fs::File,
    io::{self, Cursor, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use crate::user_file::{self, FileFault};

/// An open log.
pub struct Source {
    from: Box<dyn Read + Send>,
    /// How long the file was when it was opened; `None` for what has no length.
    length: Option<u64>,
    /// The file itself and when it had been written last, to be asked again at the end.
    written: Option<(File, SystemTime)>,
    read: u64,
    buffer: Vec<u8>,
    /// So many bytes of the buffer were looked at and are to be given out first.
    ahead: usize,
}

/// Why a log is not read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It is not opened.
    Refused(FileFault),
    /// It cannot be read on: what the system says.
    Unreadable(String),
    /// There is no text in its first 64 MiB.
    Nothing,
    /// Nobody wants it any more.
    Unwanted,
}

/// What happened to a file while it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It became shorter.
    Shrank {
        /// Bytes that were there.
        read: u64,
        /// Bytes that it had.
        length: u64,
    },
    /// It is as long as before and was written meanwhile: what was read may be of neither.
    Rewritten,
    /// It became longer, and what was added is read too.
    Grew {
        /// Bytes that were there.
        read: u64,
        /// Bytes that it had.
        length: u64,
    },
}

impl Source {
    /// Opens the file at `path`.
    pub fn open(path: &Path) -> Result<Self, Stop> {
        let file = user_file::open(path).map_err(Stop::Refused)?;
        let known = file.metadata().map_err(|error| unreadable(&error))?;
        let written = known.modified().ok().zip(file.try_clone().ok()).map(|(at, file)| (file, at));
        Ok(Self { written, ..Self::new(Box::new(file), Some(known.len())) })
    }

    /// What comes from standard input.
    pub fn standard_input() -> Self {
        Self::new(Box::new(io::stdin()), None)
    }

    fn new(from: Box<dyn Read + Send>, length: Option<u64>) -> Self {
        Self { from, length, written: None, read: 0, buffer: vec![0; STEP], ahead: 0 }
    }

    /// The first bytes, which [`next_bytes`](Self::next_bytes) gives out again.
    pub fn beginning(&mut self) -> Result<&[u8], Stop> {
        self.ahead = self.next_bytes()?.len();
        Ok(&self.buffer[..self.ahead])
    }

    /// Everything, as text; nothing when it is longer than `most` bytes.
    pub fn whole_text(&mut self, most: usize) -> Result<Option<String>, Stop> {
        let mut all = Vec::new();
        loop {
            let bytes = self.next_bytes()?;
            if bytes.is_empty() {
                return Ok(Some(String::from_utf8_lossy(&all).into_owned()));
            }
            all.extend_from_slice(bytes);
            if all.len() > most {
                return Ok(None);
            }
        }
    }

    /// The next bytes; none at the end.
    pub fn next_bytes(&mut self) -> Result<&[u8], Stop> {
        let ahead = std::mem::take(&mut self.ahead);
        if ahead > 0 {
            return Ok(&self.buffer[..ahead]);
        }
        loop {
            match self.from.read(&mut self.buffer) {
                Ok(count) => {
                    self.read += count as u64;
                    return Ok(&self.buffer[..count]);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(unreadable(&error)),
            }
        }
    }

    /// Bytes read so far.
    pub const fn read(&self) -> u64 {
        self.read
    }

    /// Bytes that it had when it was opened; `None` for what has no length.
    pub const fn length(&self) -> Option<u64> {
        self.length
    }

    /// What happened to the file while it was read.
    pub(super) fn change(&self) -> Option<Change> {
        let (read, length) = (self.read, self.length?);
        match read.cmp(&length) {
            Ordering::Equal => self.is_rewritten().then_some(Change::Rewritten),
            Ordering::Less => Some(Change::Shrank { read, length }),
            Ordering::Greater => Some(Change::Grew { read, length }),
        }
    }

    fn is_rewritten(&self) -> bool {
        let now = |file: &File| file.metadata().and_then(|known| known.modified()).ok();
        self.written.as_ref().is_some_and(|(file, before)| now(file).is_some_and(|now| now != *before))
    }
}

/// How a file is, to be compared with how it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

/// What a log can be read from again and again.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// A text that is there.
    Text(Arc<str>),
}

impl Origin {
    /// Opens it for reading from its beginning.
    pub fn open(&self) -> Result<Source, Stop> {
        match self {
            Self::File(path) => Source::open(path),
            Self::Text(text) => {
                Ok(Source::new(Box::new(Cursor::new(Bytes(Arc::clone(text)))), Some(text.len() as u64)))
            }
        }
    }

    /// What tells whether it has become another; `None` for what cannot.
    pub fn stamp(&self) -> Option<Stamp> {
        let Self::File(path) = self else { return None };
        let known = std::fs::metadata(path).ok()?;
        Some(Stamp { length: known.len(), modified: known.modified().ok() })
    }

    /// Opens it for reading behind `offset` bytes.
    pub(super) fn behind(&self, offset: u64) -> Result<Box<dyn Read>, Stop> {
        match self {
            Self::File(path) => {
                let mut file = user_file::open(path).map_err(Stop::Refused)?;
                file.seek(SeekFrom::Start(offset)).map_err(|error| unreadable(&error))?;
                Ok(Box::new(file))
            }
            Self::Text(text) => {
                let mut text = Cursor::new(Bytes(Arc::clone(text)));
                text.set_position(offset);
                Ok(Box::new(text))
            }
        }
    }
}

/// The bytes of a shared text.
struct Bytes(Arc<str>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

fn unreadable(error: &io::Error) -> Stop {
    Stop::Unreadable(error.to_string())
}

/// So many bytes are read at once.
const STEP: usize = 64 * 1_024;

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of a file that `change` changes after its first bytes were read.
    fn told(change: impl Fn(&Path)) -> Option<Change> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.log");
        std::fs::write(&path, "AT\r\nOK\r\n".repeat(50_000)).expect("a file");
        let before = std::fs::metadata(&path).and_then(|known| known.modified()).expect("its time");
        let mut source = Source::open(&path).expect("a file");
        source.next_bytes().expect("its beginning");
        change(&path);
        let file = File::options().append(true).open(&path).expect("the file");
        file.set_modified(before + std::time::Duration::from_secs(2)).expect("its time");
        while !source.next_bytes().expect("it is read").is_empty() {}
        source.change()
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_told() {
        let length = 8 * 50_000;
        assert_eq!(told(|path| std::fs::write(path, "AT\r\n").expect("shorter")), {
            Some(Change::Shrank { read: STEP as u64, length })
        });
        let longer = |path: &Path| std::fs::write(path, "AT\r\nOK\r\n".repeat(50_001)).expect("longer");
        assert_eq!(told(longer), Some(Change::Grew { read: length + 8, length }));
        let other = |path: &Path| std::fs::write(path, "AT\r\nNO\r\n".repeat(50_000)).expect("another");
        assert_eq!(told(other), Some(Change::Rewritten));
    }

    #[test]
    fn what_is_no_file_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(Source::open(folder.path()).is_err());
        assert!(Source::open(&folder.path().join("none")).is_err());
        #[cfg(unix)]
        assert!(Source::open(Path::new("/dev/zero")).is_err());
    }
}
