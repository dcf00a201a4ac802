//! Looking at the module's files: list, read, delete.

use crate::{
    air780e::{
        Command,
        files::{DeleteFile, ListFiles, ReadFileSize, ReadFreeSpace},
    },
    at::reply::Ended,
    modem::{
        board::Board,
        event::{Event, Fault, FileProgress, FileUpdate},
        outcome,
        step::Step,
    },
    time::Moment,
};

use super::{Flow, Input, Turn, ask, probe, read_back::ReadBack};

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
        probe(&ReadFreeSpace, Step::FreeSpace)
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
    /// What was read, once the length of the file is known.
    read: Option<ReadBack>,
}

impl ReadFlow {
    /// The flow of a name that has been checked.
    pub(crate) const fn new(name: String) -> Self {
        Self { name, read: None }
    }

    fn answered(&mut self, ended: &Ended) -> Turn {
        if let Err(fault) = outcome::result(ended) {
            return Turn::Done(Err(fault));
        }
        match &mut self.read {
            Some(read) => {
                if !read.take(ended) {
                    let (name, bytes) = (self.name.clone(), read.total());
                    return Turn::Done(Err(Fault::ReadingDisturbed { name, bytes }));
                }
            }
            None => match ReadFileSize(&self.name).answer(&ended.answer) {
                Some(total) if total <= FILE_BYTES => self.read = Some(ReadBack::new(self.name.clone(), total, true)),
                _ => return Turn::Done(Err(outcome::unfitting(ended))),
            },
        }
        self.go()
    }

    fn go(&self) -> Turn {
        match &self.read {
            None => ask(&ReadFileSize(&self.name), Step::FileSize),
            Some(read) => read.next().unwrap_or(Turn::Done(Ok(()))),
        }
    }
}

impl Flow for ReadFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, _board: &mut Board) -> Turn {
        match input {
            Input::Ended(ended) => self.answered(ended),
            Input::Start | Input::Woken => self.go(),
        }
    }

    fn settle(&mut self, now: Moment, result: &Result<(), Fault>, _was_sent: bool, board: &mut Board) {
        let progress = match (result, self.read.take()) {
            (Err(fault), _) => FileProgress::Failed(fault.clone()),
            (Ok(()), read) => {
                let read = read.unwrap_or_else(|| ReadBack::new(self.name.clone(), 0, false));
                let is_key = is_key(read.bytes());
                FileProgress::Read(read.into_contents(is_key))
            }
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
