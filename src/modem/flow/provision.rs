//! Files on the module: written, measured, read back and compared.
//!
//! A write is never repeated on its own; reading is, once, because a report may fall between the bytes.

use crate::{
    air780e::{
        Command,
        files::{BLOCK_BYTES, CreateFile, DeleteFile, ReadFileSize, WriteFile},
    },
    at::reply::{End, Ended},
    modem::{
        board::Board,
        event::{Event, Fault, FileProgress, FileUpdate},
        outcome,
        request::{Contents, FileRef},
        step::Step,
    },
    time::Moment,
};

use super::{Flow, Input, Turn, ask, probe, read_back::ReadBack};

/// The flow that puts files on the module, one after the other.
#[derive(Debug)]
pub(crate) struct Provision {
    files: Vec<FileRef>,
    index: usize,
    stage: Stage,
    /// Bytes of this file written.
    written: usize,
    back: ReadBack,
    has_reread: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Delete,
    Create,
    Write,
    Size,
    Read,
}

impl Provision {
    /// The flow of files that have been checked.
    pub(crate) const fn new(files: Vec<FileRef>) -> Self {
        let back = ReadBack::new(String::new(), 0, false);
        Self { files, index: 0, stage: Stage::Delete, written: 0, back, has_reread: false }
    }

    fn begin_file(&mut self) -> Turn {
        (self.written, self.has_reread) = (0, false);
        let Some(file) = self.files.get(self.index) else { return Turn::Done(Ok(())) };
        self.back = back(file);
        let stage = if file.contents.is_some() { Stage::Delete } else { Stage::Size };
        self.go(stage)
    }

    fn go(&mut self, stage: Stage) -> Turn {
        self.stage = stage;
        let file = &self.files[self.index];
        match (stage, &file.contents) {
            (Stage::Create, _) => ask(&CreateFile(&file.name), Step::CreateFile),
            (Stage::Write, Some(contents)) => ask(&write(file, contents, self.written), Step::WriteFile),
            (Stage::Read, _) => self.back.next().unwrap_or(Turn::Done(Ok(()))),
            (Stage::Delete, _) => probe(&DeleteFile(&file.name), Step::DeleteFile),
            (Stage::Size | Stage::Write, _) => ask(&ReadFileSize(&file.name), Step::FileSize),
        }
    }

    fn answered(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let is_forgiven = match self.stage {
            Stage::Delete => !matches!(ended.end, End::TimedOut { .. }),
            Stage::Read => !self.has_reread,
            Stage::Create | Stage::Write | Stage::Size => false,
        };
        if let Some(fault) = outcome::result(ended).err().filter(|_| !is_forgiven) {
            return self.fail(ended.ended_at, fault, board);
        }
        match self.stage {
            Stage::Delete => self.go(Stage::Create),
            Stage::Create => self.go(Stage::Write),
            Stage::Write => self.after_write(ended.ended_at, board),
            Stage::Size => self.after_size(ended, board),
            Stage::Read => self.after_read(ended, board),
        }
    }

    fn after_write(&mut self, now: Moment, board: &mut Board) -> Turn {
        let total = self.total().unwrap_or_default();
        self.written = (self.written + BLOCK_BYTES).min(total);
        self.tell(now, FileProgress::Writing { written: self.written, total }, board);
        self.go(if self.written < total { Stage::Write } else { Stage::Size })
    }

    fn after_size(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let name = self.files[self.index].name.clone();
        let Some(found) = ReadFileSize(&name).answer(&ended.answer) else {
            return self.fail(ended.ended_at, outcome::unfitting(ended), board);
        };
        match self.total() {
            Some(expected) if expected != found => {
                self.fail(ended.ended_at, Fault::FileDiffers { name, expected, found }, board)
            }
            Some(_) => self.go(Stage::Read),
            None => self.finish_file(ended.ended_at, FileProgress::Found { bytes: found }, board),
        }
    }

    fn after_read(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let right = self.back.bytes().len();
        let has_come = self.back.take(ended);
        let file = &self.files[self.index];
        let expected = file.contents.as_ref().map_or(&[][..], Contents::bytes);
        let got = self.back.bytes();
        if has_come && expected.starts_with(got) {
            let bytes = got.len();
            if bytes < expected.len() {
                return self.go(Stage::Read);
            }
            return self.finish_file(ended.ended_at, FileProgress::Verified { bytes }, board);
        }
        let same = expected.iter().zip(got).take_while(|(expected, got)| expected == got).count();
        if !std::mem::replace(&mut self.has_reread, true) {
            self.back.go_back(right);
            return self.go(Stage::Read);
        }
        let (name, bytes) = (file.name.clone(), expected.len());
        let fault = if has_come {
            Fault::FileDiffers { name, expected: bytes, found: same }
        } else {
            Fault::ReadingDisturbed { name, bytes }
        };
        self.fail(ended.ended_at, fault, board)
    }

    fn finish_file(&mut self, now: Moment, progress: FileProgress, board: &mut Board) -> Turn {
        self.tell(now, progress, board);
        self.index += 1;
        self.begin_file()
    }

    fn fail(&self, now: Moment, fault: Fault, board: &mut Board) -> Turn {
        self.tell(now, FileProgress::Failed(fault.clone()), board);
        Turn::Done(Err(fault))
    }

    fn tell(&self, at: Moment, progress: FileProgress, board: &mut Board) {
        let name = self.files[self.index].name.clone();
        board.tell(Event::File(FileUpdate { at, name, progress }));
    }

    /// Bytes this file must have, when that is known.
    fn total(&self) -> Option<usize> {
        self.files[self.index].contents.as_ref().map(|contents| contents.bytes().len())
    }
}

impl Flow for Provision {
    fn advance(&mut self, _now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        match input {
            Input::Start => self.begin_file(),
            Input::Ended(ended) => self.answered(ended, board),
            Input::Woken => self.go(self.stage),
        }
    }
}

fn chunk(contents: &Contents, from: usize) -> &[u8] {
    let bytes = contents.bytes();
    &bytes[from.min(bytes.len())..(from + BLOCK_BYTES).min(bytes.len())]
}

fn write<'a>(file: &'a FileRef, contents: &'a Contents, from: usize) -> WriteFile<'a> {
    let bytes = chunk(contents, from);
    WriteFile { name: &file.name, appends: from > 0, bytes, is_secret: contents.is_secret() }
}

fn back(file: &FileRef) -> ReadBack {
    let (total, is_secret) =
        file.contents.as_ref().map_or((0, false), |contents| (contents.bytes().len(), contents.is_secret()));
    ReadBack::new(file.name.clone(), total, is_secret)
}

/// The lines that putting `files` on the module sends when every answer is good, in order.
pub(crate) fn planned(files: &[FileRef]) -> Vec<(Step, String)> {
    let mut lines = Vec::new();
    for file in files {
        let Some(contents) = &file.contents else {
            lines.push((Step::FileSize, ReadFileSize(&file.name).line().masked()));
            continue;
        };
        let starts = (0..contents.bytes().len()).step_by(BLOCK_BYTES);
        lines.push((Step::DeleteFile, DeleteFile(&file.name).line().masked()));
        lines.push((Step::CreateFile, CreateFile(&file.name).line().masked()));
        lines.extend(starts.map(|from| (Step::WriteFile, write(file, contents, from).line().masked())));
        lines.push((Step::FileSize, ReadFileSize(&file.name).line().masked()));
        lines.extend(back(file).planned());
    }
    lines
}
