//! What is known of the files on the module: which there are, what they hold, what is being written, and which file
//! each place of the encryption points to.

use std::collections::BTreeMap;

use super::{
    Input,
    event::{Event, ExchangeRecord, Fault, FileProgress, FileUpdate},
    plan::{self, PlannedLine},
    request::{Contents, FileRef, Request, RequestId},
};
use crate::time::Moment;

/// Everything known of the files on the module.
#[derive(Debug, Default)]
pub struct ModuleFiles {
    listing: Option<Listing>,
    known: BTreeMap<String, OnModule>,
    settings: Option<SecuritySettings>,
    upload: Option<Upload>,
    /// What a running connect or upload writes, by name.
    offered: Vec<FileRef>,
    questions: Vec<(RequestId, Question)>,
    is_outdated: bool,
}

/// Which files there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// When it was told.
    pub at: Moment,
    /// Their names.
    pub names: Vec<String>,
    /// Free space in bytes, when the module tells it.
    pub free: Option<u64>,
}

/// What is known of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnModule {
    /// Its size in bytes.
    pub bytes: Option<usize>,
    /// What it holds: read back, or written and read back equal.
    pub contents: Option<Contents>,
}

/// How encryption is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecuritySettings {
    /// When it was told.
    pub at: Moment,
    /// Each key with its value; `None` when the module does not tell it.
    pub values: Vec<(&'static str, Option<String>)>,
}

/// Files on their way to the module, or the last that were.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The request.
    pub id: RequestId,
    /// The files in their order.
    pub files: Vec<FileRef>,
    /// The lines that are sent when all goes well.
    pub plan: Vec<PlannedLine>,
    /// The dialogues so far.
    pub exchanges: Vec<ExchangeRecord>,
    /// How far each file is, by name.
    pub progress: BTreeMap<String, FileProgress>,
    /// How it ended.
    pub end: Option<Result<(), Fault>>,
}

/// What was asked and is not answered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Which files there are.
    List,
    /// What a file holds.
    Read(String),
    /// That a file be deleted.
    Delete(String),
}

impl ModuleFiles {
    /// Takes what happened.
    pub(super) fn apply(&mut self, input: &Input) {
        match input {
            Input::Began { .. } => *self = Self::default(),
            Input::Asked { id, request } => self.asked(*id, request),
            Input::Told { event, .. } => self.told(event),
            _ => {}
        }
    }

    fn asked(&mut self, id: RequestId, request: &Request) {
        match request {
            Request::Connect(connection) => self.offered = connection.security.files(),
            Request::Provision(files) if files.iter().any(|file| file.contents.is_some()) => {
                self.offered.clone_from(files);
                self.upload = Some(Upload::new(id, files.clone()));
            }
            Request::ListFiles => self.questions.push((id, Question::List)),
            Request::ReadFile(name) => self.questions.push((id, Question::Read(name.clone()))),
            Request::DeleteFile(name) => self.questions.push((id, Question::Delete(name.clone()))),
            _ => {}
        }
    }

    fn told(&mut self, event: &Event) {
        match event {
            Event::Files { at, names, free } => {
                self.known.retain(|name, _| names.contains(name));
                self.listing = Some(Listing { at: *at, names: names.clone(), free: *free });
                self.is_outdated = false;
            }
            Event::TlsSettings { at, values } => {
                self.settings = Some(SecuritySettings { at: *at, values: values.clone() });
            }
            Event::File(update) => self.file_moved(update),
            Event::Exchange(record) => {
                if let Some(upload) = self.upload.as_mut().filter(|upload| record.request == Some(upload.id)) {
                    upload.exchanges.push((**record).clone());
                }
            }
            Event::Done { id, result, .. } => self.done(*id, result),
            Event::Closed { .. } => self.closed(),
            _ => {}
        }
    }

    fn file_moved(&mut self, update: &FileUpdate) {
        if let Some(upload) = self.upload.as_mut().filter(|upload| upload.end.is_none() && upload.holds(&update.name)) {
            upload.progress.insert(update.name.clone(), update.progress.clone());
        }
        let name = update.name.clone();
        match &update.progress {
            FileProgress::Writing { written, .. } => {
                self.known.insert(name, OnModule { bytes: Some(*written), contents: None });
                self.is_outdated = true;
            }
            FileProgress::Verified { bytes } => {
                let contents =
                    self.offered.iter().find(|file| file.name == name).and_then(|file| file.contents.clone());
                self.known.insert(name, OnModule { bytes: Some(*bytes), contents });
                self.is_outdated = true;
            }
            FileProgress::Found { bytes } => {
                let known = self.known.entry(name).or_default();
                if known.bytes != Some(*bytes) {
                    *known = OnModule { bytes: Some(*bytes), contents: None };
                }
            }
            FileProgress::Read(contents) => {
                let bytes = Some(contents.bytes().len());
                self.known.insert(name, OnModule { bytes, contents: Some(contents.clone()) });
            }
            FileProgress::Deleted => {
                self.known.remove(&name);
                if let Some(listing) = &mut self.listing {
                    listing.names.retain(|listed| *listed != name);
                }
                self.is_outdated = true;
            }
            FileProgress::Failed(_) => {}
        }
    }

    fn done(&mut self, id: RequestId, result: &Result<(), Fault>) {
        self.questions.retain(|(asked, _)| *asked != id);
        if let Some(upload) = self.upload.as_mut().filter(|upload| upload.id == id) {
            upload.end = Some(result.clone());
            self.is_outdated = true;
        }
    }

    fn closed(&mut self) {
        self.questions.clear();
        self.is_outdated = true;
        if let Some(upload) = self.upload.as_mut().filter(|upload| upload.end.is_none()) {
            upload.end = Some(Err(Fault::Cancelled));
        }
    }

    /// Which files there are; `None` before the module was asked.
    pub const fn listing(&self) -> Option<&Listing> {
        self.listing.as_ref()
    }

    /// What is known of the file `name`.
    pub fn known(&self, name: &str) -> Option<&OnModule> {
        self.known.get(name)
    }

    /// How encryption is set; `None` before the module was asked.
    pub const fn settings(&self) -> Option<&SecuritySettings> {
        self.settings.as_ref()
    }

    /// The upload that runs, or the last one of this connection.
    pub const fn upload(&self) -> Option<&Upload> {
        self.upload.as_ref()
    }

    /// Whether an upload runs.
    pub fn is_uploading(&self) -> bool {
        self.upload.as_ref().is_some_and(|upload| upload.end.is_none())
    }

    /// Whether `question` waits for its answer.
    pub fn is_asked(&self, question: &Question) -> bool {
        self.questions.iter().any(|(_, asked)| asked == question)
    }

    /// Whether files were written or deleted since the module was asked for them.
    pub const fn is_outdated(&self) -> bool {
        self.is_outdated
    }
}

impl Upload {
    fn new(id: RequestId, files: Vec<FileRef>) -> Self {
        let plan = plan::upload(&files);
        Self { id, files, plan, exchanges: Vec::new(), progress: BTreeMap::new(), end: None }
    }

    fn holds(&self, name: &str) -> bool {
        self.files.iter().any(|file| file.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Generation;

    fn told(files: &mut ModuleFiles, event: Event) {
        files.apply(&Input::Told { generation: Generation(1), event });
    }

    fn moved(files: &mut ModuleFiles, progress: FileProgress) {
        let update = FileUpdate { at: Moment::ZERO, name: "ca.crt".to_owned(), progress };
        told(files, Event::File(update));
    }

    fn uploading() -> ModuleFiles {
        let mut files = ModuleFiles::default();
        let file = FileRef::with("ca.crt", Contents::public(b"abc".to_vec()));
        let request = Box::new(Request::Provision(vec![file]));
        files.apply(&Input::Asked { id: RequestId(7), request });
        files
    }

    #[test]
    fn a_file_that_was_read_back_equal_holds_what_was_sent() {
        let mut files = uploading();
        assert!(files.is_uploading());
        moved(&mut files, FileProgress::Writing { written: 3, total: 3 });
        assert_eq!(files.known("ca.crt").and_then(|known| known.contents.clone()), None, "nothing was read back yet");
        moved(&mut files, FileProgress::Verified { bytes: 3 });
        let known = files.known("ca.crt").expect("known");
        assert_eq!(known.contents.as_ref().map(Contents::bytes), Some(&b"abc"[..]));
        told(&mut files, Event::Done { at: Moment::ZERO, id: RequestId(7), result: Ok(()) });
        assert!(!files.is_uploading() && files.is_outdated());
    }

    #[test]
    fn a_new_size_makes_what_was_known_void() {
        let mut files = uploading();
        moved(&mut files, FileProgress::Verified { bytes: 3 });
        moved(&mut files, FileProgress::Found { bytes: 3 });
        assert!(files.known("ca.crt").is_some_and(|known| known.contents.is_some()));
        moved(&mut files, FileProgress::Found { bytes: 4 });
        assert!(files.known("ca.crt").is_some_and(|known| known.contents.is_none()));
        moved(&mut files, FileProgress::Deleted);
        assert_eq!(files.known("ca.crt"), None);
    }

    #[test]
    fn an_upload_ends_with_its_port() {
        let mut files = uploading();
        told(&mut files, Event::Closed { at: Moment::ZERO, fault: None });
        assert!(!files.is_uploading());
    }
}
