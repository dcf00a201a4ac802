//! Looking at the module's files: list, read, delete.

use crate::{
    air780e::{
        Command,
        files::{BLOCK_BYTES, DeleteFile, ListFiles, ReadFile, ReadFileSize, ReadFreeSpace},
    },
    at::reply::{End, Ended},
    modem::{
        board::Board,
        event::{Event, Fault, FileProgress, FileUpdate},
        outcome,
        plan::Step,
        request::Contents,
    },
    time::Moment,
};

use super::{Flow, Input, Turn, ask};

/// Lists the files.
#[derive(Debug, Default)]
pub(crate) struct ListFlow {
    names: Option<Vec<String>>,
}

impl Flow for ListFlow {
    /// The free space is a bonus: a firmware that does not answer `AT+FSMEM` with `OK` must not spoil the list.
    fn advance(&mut self, _now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        let Input::Ended(ended) = input else { return ask(&ListFiles, Step::ListFiles) };
        if let Some(names) = self.names.take() {
            let free = ReadFreeSpace.answer(&ended.answer);
            board.tell(Event::Files { at: ended.ended_at, names, free });
            return Turn::Done(Ok(()));
        }
        if let Err(fault) = outcome::result(ended) {
            return Turn::Done(Err(fault));
        }
        self.names = Some(ListFiles.answer(&ended.answer).unwrap_or_default());
        ask(&ReadFreeSpace, Step::FreeSpace)
    }
}

/// Deletes one file.
#[derive(Debug)]
pub(crate) struct DeleteFlow {
    name: String,
}

impl DeleteFlow {
    /// The flow of a name that has been checked.
    pub(crate) const fn new(name: String) -> Self {
        Self { name }
    }
}

impl Flow for DeleteFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, _board: &mut Board) -> Turn {
        match input {
            Input::Ended(ended) => Turn::Done(outcome::result(ended)),
            Input::Start | Input::Woken => ask(&DeleteFile(&self.name), Step::DeleteFile),
        }
    }

    fn settle(&mut self, now: Moment, result: &Result<(), Fault>, _was_sent: bool, board: &mut Board) {
        let progress = result.clone().map_or_else(FileProgress::Failed, |()| FileProgress::Deleted);
        board.tell(Event::File(FileUpdate { at: now, name: self.name.clone(), progress }));
    }
}

/// Reads one file back. What looks like a key is a secret.
#[derive(Debug)]
pub(crate) struct ReadFlow {
    name: String,
    /// Length of the file, once it is known.
    total: Option<usize>,
    read: Read,
}

/// What was read so far. `Debug` shows only how much.
#[derive(Default)]
struct Read(Vec<u8>);

impl std::fmt::Debug for Read {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Read({} bytes)", self.0.len())
    }
}

impl ReadFlow {
    /// The flow of a name that has been checked.
    pub(crate) fn new(name: String) -> Self {
        Self { name, total: None, read: Read::default() }
    }

    fn answered(&mut self, ended: &Ended) -> Turn {
        if let Err(fault) = outcome::result(ended) {
            return Turn::Done(Err(fault));
        }
        match (&ended.block, self.total) {
            (Some(block), Some(_)) => self.read.0.extend_from_slice(&block.0),
            (None, Some(expected)) => {
                let (name, found) = (self.name.clone(), self.read.0.len());
                return Turn::Done(Err(Fault::FileDiffers { name, expected, found }));
            }
            (_, None) => match ReadFileSize(&self.name).answer(&ended.answer) {
                Some(total) if total <= FILE_BYTES => self.total = Some(total),
                _ => return Turn::Done(Err(outcome::unfitting(ended))),
            },
        }
        self.go()
    }

    fn go(&self) -> Turn {
        let Some(total) = self.total else { return ask(&ReadFileSize(&self.name), Step::FileSize) };
        let from = self.read.0.len();
        if from >= total {
            return Turn::Done(Ok(()));
        }
        let bytes = (total - from).min(BLOCK_BYTES);
        ask(&ReadFile { name: &self.name, from, bytes, is_secret: true }, Step::ReadFile)
    }
}

impl Flow for ReadFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, _board: &mut Board) -> Turn {
        match input {
            Input::Ended(ended) if !matches!(ended.end, End::TimedOut { .. }) => self.answered(ended),
            Input::Ended(ended) => Turn::Done(outcome::result(ended)),
            Input::Start | Input::Woken => self.go(),
        }
    }

    fn settle(&mut self, now: Moment, result: &Result<(), Fault>, _was_sent: bool, board: &mut Board) {
        let bytes = std::mem::take(&mut self.read.0);
        let progress = match result {
            Ok(()) if is_key(&bytes) => FileProgress::Read(Contents::secret(bytes)),
            Ok(()) => FileProgress::Read(Contents::public(bytes)),
            Err(fault) => FileProgress::Failed(fault.clone()),
        };
        board.tell(Event::File(FileUpdate { at: now, name: self.name.clone(), progress }));
    }
}

/// Anything but a certificate may be a key: keys in binary form do not say so.
fn is_key(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.contains("PRIVATE KEY") || !text.contains("BEGIN CERTIFICATE")
}

/// More than any file system of the family holds.
const FILE_BYTES: usize = 1 << 20;
