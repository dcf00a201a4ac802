//! The log that writes itself: each connection's bytes both ways as a trace, secrets and card numbers masked.
//!
//! A task owns the file. The worker hands it what passes and never waits for the disk; a disk that does not keep up ends the
//! log, never the connection.

use std::{
    fs,
    io::{self, ErrorKind, LineWriter, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use crate::{model::notices::Notice, own_file, settings::LogEntry, worker::RecordInto};

use super::{clock::Clock, store::Store, tasks::Tasks};

/// Whoever hears how a log ended.
pub(super) trait Hears: 'static {
    /// Hears it.
    fn hear(&mut self, notice: Notice);
}

/// Where the logs go: beside what `store` keeps, unless the user says otherwise; `None` when none are wanted or nothing is
/// kept at all.
pub(super) fn folder(settings: &LogEntry, store: Option<&Store>) -> Option<PathBuf> {
    let typed = settings.folder.trim();
    let store = store.filter(|_| settings.is_on)?;
    Some(if typed.is_empty() { store.logs().to_owned() } else { PathBuf::from(typed) })
}

/// The log of the running connection.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// Where the next one goes.
    pub(super) folder: Option<PathBuf>,
    /// Ends when the newest file is whole.
    pub(super) ended: Option<Receiver<()>>,
}

impl Log {
    /// Begins the log of a connection to `link`.
    pub(super) fn begin<A: Hears>(&mut self, tasks: &Tasks<A>, link: &str, is_simulated: bool) -> Option<RecordInto> {
        let folder = self.folder.clone()?;
        let name = file_name(link, is_simulated);
        let (sender, pieces) = bounded(PIECES);
        let (alive, ended) = bounded(0);
        let falls_behind = Arc::new(AtomicBool::new(false));
        let feed = Feed { sender, falls_behind: Arc::clone(&falls_behind) };
        self.ended = Some(ended);
        tasks.start_telling("task-log", move |tell| {
            let alive: Sender<()> = alive;
            let file = folder.join(name);
            let path = file.display().to_string();
            let written = write(&folder, &file, &pieces);
            drop(alive);
            let notice = match written {
                Ok(()) if !falls_behind.load(Ordering::Relaxed) => return,
                Ok(()) => Notice::LogEnded { path },
                Err(error) if error.kind() == ErrorKind::FileTooLarge => Notice::LogEnded { path },
                Err(error) => Notice::FileFailed { path, detail: error.to_string() },
            };
            tell(Box::new(move |app: &mut A| app.hear(notice)));
        });
        Some(RecordInto { out: Box::new(LineWriter::new(feed)), keeps_identifiers: false, goes_on_after: None })
    }

    /// Waits until the newest log is whole, but not for a dead disk.
    pub(super) fn wait(&mut self) {
        if let Some(ended) = self.ended.take() {
            let _ = ended.recv_timeout(LAST_WAIT);
        }
    }
}

/// What the worker writes into.
struct Feed {
    sender: Sender<Vec<u8>>,
    falls_behind: Arc<AtomicBool>,
}

impl Write for Feed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.sender.try_send(bytes.to_vec()) {
            Ok(()) => Ok(bytes.len()),
            Err(TrySendError::Full(_)) => {
                self.falls_behind.store(true, Ordering::Relaxed);
                Err(io::Error::other("the disk does not keep up"))
            }
            Err(TrySendError::Disconnected(_)) => Err(ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes the file at `path` to the end of `pieces`.
fn write(folder: &Path, path: &Path, pieces: &Receiver<Vec<u8>>) -> io::Result<()> {
    own_file::create_folder(folder)?;
    let mut file = own_file::create(path)?;
    forget_oldest(folder);
    let mut left = MOST_BYTES;
    while let Ok(piece) = pieces.recv() {
        left = left.checked_sub(piece.len()).ok_or(ErrorKind::FileTooLarge)?;
        file.write_all(&piece)?;
    }
    Ok(())
}

/// Keeps the newest logs of this program in `folder`. Nothing else there is touched.
fn forget_oldest(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.filter(|name| is_log(name)).collect();
    // The time stands first in the name.
    names.sort_unstable();
    names.truncate(names.len().saturating_sub(MOST_FILES));
    for name in names {
        if let Err(error) = fs::remove_file(folder.join(&name)) {
            tracing::warn!(%error, name, "an old log stays");
        }
    }
}

/// `air780e-20261123-083012.512-ttyUSB0.trace`: the time, the port, and `SIMULATED` when it is so.
fn file_name(link: &str, is_simulated: bool) -> String {
    let port = link.rsplit(['/', '\\']).next().unwrap_or(link);
    let port: String = port.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(40).collect();
    let mark = if is_simulated { "-SIMULATED" } else { "" };
    format!("{START}{}-{port}{mark}{END}", Clock::wall().format("%Y%m%d-%H%M%S%.3f"))
}

/// Whether a file of this name is a log of ours.
pub(super) fn is_log(name: &str) -> bool {
    let time = name.strip_prefix(START).filter(|_| name.ends_with(END));
    time.is_some_and(|time| time.bytes().take(8).filter(u8::is_ascii_digit).count() == 8)
}

const START: &str = "air780e-";
const END: &str = ".trace";
/// Logs kept.
const MOST_FILES: usize = 200;
/// Most bytes of one log.
const MOST_BYTES: usize = 1_000_000_000;
/// Pieces that may wait for the disk: many seconds of a busy line.
const PIECES: usize = 8_192;
const LAST_WAIT: Duration = Duration::from_millis(500);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_logs_stay_and_nothing_else_goes() {
        let folder = tempfile::tempdir().expect("a folder");
        let name = |number: usize| format!("air780e-202611{:02}-{number:06}-COM5.trace", 1 + number / 100);
        for number in 0..MOST_FILES + 7 {
            fs::write(folder.path().join(name(number)), b"x").expect("written");
        }
        for other in ["air780e-customer.trace", "notes.txt"] {
            fs::write(folder.path().join(other), b"x").expect("written");
        }
        forget_oldest(folder.path());
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), MOST_FILES + 2);
        assert!(!folder.path().join(name(6)).exists() && folder.path().join(name(7)).exists());
        assert!(folder.path().join("air780e-customer.trace").exists());
    }

    #[test]
    fn a_name_says_when_where_and_whether_it_is_simulated() {
        let name = file_name("/dev/serial/by-id/usb AirM2M", true);
        assert!(is_log(&name) && name.ends_with("-usb_AirM2M-SIMULATED.trace"), "{name}");
        assert!(file_name("COM5", false).ends_with("-COM5.trace"));
    }

    #[test]
    fn a_disk_that_does_not_keep_up_ends_the_log_and_says_so() {
        let (sender, _pieces) = bounded(1);
        let falls_behind = Arc::new(AtomicBool::new(false));
        let mut feed = Feed { sender, falls_behind: Arc::clone(&falls_behind) };
        assert_eq!(feed.write(b"one").expect("there is room"), 3);
        assert!(feed.write(b"two").is_err() && falls_behind.load(Ordering::Relaxed));
    }
}
