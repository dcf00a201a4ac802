//! Where a log comes from: a file, standard input or a text, read in steps. What is no file is refused.

use std::{
    cmp::Ordering,
    io::{self, Cursor, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::user_file::{self, FileFault};

/// An open log.
pub struct Source {
    from: Box<dyn Read + Send>,
    /// How long the file was when it was opened; `None` for what has no length.
    length: Option<u64>,
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
        let length = file.metadata().map_err(|error| unreadable(&error))?.len();
        Ok(Self::new(Box::new(file), Some(length)))
    }

    /// What comes from standard input.
    pub fn standard_input() -> Self {
        Self::new(Box::new(io::stdin()), None)
    }

    fn new(from: Box<dyn Read + Send>, length: Option<u64>) -> Self {
        Self { from, length, read: 0, buffer: vec![0; STEP], ahead: 0 }
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
            Ordering::Equal => None,
            Ordering::Less => Some(Change::Shrank { read, length }),
            Ordering::Greater => Some(Change::Grew { read, length }),
        }
    }
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

    #[test]
    fn what_is_no_file_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(Source::open(folder.path()).is_err());
        assert!(Source::open(&folder.path().join("none")).is_err());
        #[cfg(unix)]
        assert!(Source::open(Path::new("/dev/zero")).is_err());
    }
}
