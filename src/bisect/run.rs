//! The course of a bisect: look, keep, try, put back. One wish at a time.

use std::{collections::VecDeque, time::Duration};

use crate::{
    diagnosis::{Changed, Decided},
    modem::{
        event::{Awaited, Event, Fault, FileProgress},
        request::{Connection, Contents, FileRef, Request, TlsChange},
    },
};

use super::{
    UndoList,
    changes::{self, Settings},
    undo::Kept,
};

/// What a bisect wants done now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Ask the module, tell the events meanwhile to [`Bisect::handle_event`], and the end to [`Bisect::handle_done`].
    Ask(Request),
    /// Put the list on disk, and tell [`Bisect::handle_kept`] whether it is there.
    Keep(UndoList),
    /// Take the list away; nothing need be told.
    Forget(String),
}

/// Where a bisect is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Is the module up, and which one is it?
    Identify,
    /// How do the settings stand, and what is in the files?
    Look,
    /// The undo list goes to the disk.
    Keep,
    /// Links are tried.
    Try,
    /// Everything is put back.
    PutBack,
    /// It is over.
    Over,
}

/// What came of one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The link opened.
    Opened,
    /// It did not.
    Failed(Fault),
    /// The module does not take the change.
    Refused(Fault),
    /// It was not tried: the module does not tell how the setting stands, so that it could not be put back.
    Untold(&'static str),
}

/// One try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// What was changed; `None` for the connection as it is wanted.
    pub changed: Option<Changed>,
    /// What came of it.
    pub outcome: Outcome,
}

/// A file of the connection, as it lies on the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileSeen {
    /// Byte for byte the one that is wanted.
    Same,
    /// It holds so many bytes, and others.
    Other(usize),
    /// It is not there, or cannot be read.
    Missing,
    /// What should be in it is not known here.
    Unknown,
}

/// What a bisect came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The link opens as it is wanted: there is nothing to find.
    Opens,
    /// This change decides.
    Decides(Decided),
    /// The link opened with this change, and then without it as well: what failed came and went by itself.
    Passing(Changed),
    /// No single change opens the link.
    Nothing,
    /// The module could not be asked any more.
    Broken(Fault),
    /// The undo list could not be put on disk, so nothing was changed.
    NotKept(String),
    /// Another bisect of this module was never undone.
    UndoFirst(UndoList),
    /// It was to end.
    Stopped,
    /// An older bisect was undone; nothing else was asked for.
    Restored,
    /// The list belongs to another module.
    OtherModule,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    BringUp,
    Identify,
    Read,
    ReadFile(usize),
    Keep,
    Upload,
    Set(Aim),
    Try(Aim),
    PutBack,
    DeleteMade(usize),
    Verify,
    Over,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Aim {
    Base,
    Change(Changed),
    Confirm(Changed),
}

/// A bisect of one connection at one module.
///
/// After each `handle_…` the caller takes [`poll_wish`](Self::poll_wish) until it is empty, does what it says, and tells what came
/// of it. [`verdict`](Self::verdict) is final once [`is_over`](Self::is_over).
#[derive(Debug)]
pub struct Bisect {
    /// What is wanted, with the names of the files that are used.
    connection: Connection,
    port: String,
    part: Part,
    wish: Option<Wish>,
    is_restoring: bool,
    is_stopped: bool,
    list: UndoList,
    has_kept: bool,
    /// How the settings stand now, as far as known.
    current: Settings,
    files: Vec<(FileRef, FileSeen)>,
    /// Names of files with the names of their fresh copies, for those that are not there and those that hold something else.
    fresh: Vec<(String, String)>,
    other: Vec<(String, usize, usize)>,
    imei: Option<String>,
    read: Option<Contents>,
    steps: VecDeque<Changed>,
    tried: Vec<Tried>,
    verdict: Option<Verdict>,
    /// Settings and files that could not be put back.
    left: Vec<String>,
    older: Vec<UndoList>,
}

impl Bisect {
    /// A bisect of `connection`, whose link is encrypted and whose files are as it says, at the module behind `port`. `older` are
    /// the lists that were never undone; `now` is in seconds since 1970.
    pub fn new(connection: Connection, port: impl Into<String>, older: Vec<UndoList>, now: i64) -> Self {
        Self::begin(connection, port.into(), older, now, None)
    }

    /// Only puts back what `list` says.
    pub fn restoring(list: UndoList, port: impl Into<String>) -> Self {
        let made_at = list.made_at;
        Self::begin(Connection::new("", 0, ""), port.into(), Vec::new(), made_at, Some(list))
    }

    fn begin(connection: Connection, port: String, older: Vec<UndoList>, now: i64, list: Option<UndoList>) -> Self {
        let files = connection.security.files().into_iter().map(|file| (file, FileSeen::Unknown)).collect();
        let is_restoring = list.is_some();
        let fresh = UndoList {
            version: UndoList::VERSION,
            module: String::new(),
            port: port.clone(),
            made_at: now,
            settings: Vec::new(),
            files: Vec::new(),
        };
        let first = if is_restoring { Part::Identify } else { Part::BringUp };
        let mut new = Self {
            connection,
            port,
            part: first.clone(),
            wish: None,
            is_restoring,
            is_stopped: false,
            list: list.unwrap_or(fresh),
            has_kept: is_restoring,
            current: Settings::new(),
            files,
            fresh: Vec::new(),
            other: Vec::new(),
            imei: None,
            read: None,
            steps: VecDeque::new(),
            tried: Vec::new(),
            verdict: None,
            left: Vec::new(),
            older,
        };
        new.go(first);
        new
    }

    /// The next thing to do.
    pub const fn poll_wish(&mut self) -> Option<Wish> {
        self.wish.take()
    }

    /// Learns what the module told while a request ran.
    pub fn handle_event(&mut self, event: &Event) {
        match event {
            Event::TlsSettings { values, .. } => self.take_settings(values),
            Event::File(update) => {
                if let FileProgress::Read(contents) = &update.progress {
                    self.read = Some(contents.clone());
                }
            }
            Event::Exchange(record) if self.part == Part::Identify => {
                let is_number = |line: &&String| line.len() >= 14 && line.bytes().all(|byte| byte.is_ascii_digit());
                let bare = record.answer.iter().find(is_number).cloned();
                self.imei = self.imei.take().or(bare);
            }
            _ => {}
        }
    }

    /// Learns how the request ended.
    pub fn handle_done(&mut self, result: Result<(), Fault>) {
        let broken = result.as_ref().err().filter(|fault| is_end(fault)).cloned();
        if let Some(fault) = broken {
            return self.broken(fault);
        }
        match self.part.clone() {
            Part::BringUp => self.unless(result, Part::Identify),
            Part::Identify => self.identified(),
            Part::Read => self.unless(result, Part::ReadFile(0)),
            Part::ReadFile(place) => self.file_read(place, result.is_ok()),
            Part::Upload => self.unless(result, Part::Set(Aim::Base)),
            Part::Set(aim) => self.set(aim, result),
            Part::Try(aim) => self.tried(aim, result),
            Part::PutBack => self.put_back(&result),
            Part::DeleteMade(place) => self.deleted(place, &result),
            Part::Verify => self.finish(),
            Part::Keep | Part::Over => {}
        }
    }

    /// Learns whether the undo list is on disk.
    pub fn handle_kept(&mut self, result: Result<(), String>) {
        if self.part != Part::Keep {
            return;
        }
        match result {
            Ok(()) => {
                self.has_kept = true;
                let uploads = if self.fresh.is_empty() { Part::Set(Aim::Base) } else { Part::Upload };
                self.proceed(uploads);
            }
            Err(why) => self.end(Verdict::NotKept(why)),
        }
    }

    /// Ends it: what was changed is put back first. A try that runs should be cancelled.
    pub const fn stop(&mut self) {
        self.is_stopped = true;
    }

    /// Where it is.
    pub const fn stage(&self) -> Stage {
        match self.part {
            Part::BringUp | Part::Identify => Stage::Identify,
            Part::Read | Part::ReadFile(_) => Stage::Look,
            Part::Keep => Stage::Keep,
            Part::Upload | Part::Set(_) | Part::Try(_) => Stage::Try,
            Part::PutBack | Part::DeleteMade(_) | Part::Verify => Stage::PutBack,
            Part::Over => Stage::Over,
        }
    }

    /// What is tried now; `None` inside for the connection as it is wanted, outside where nothing is tried.
    pub const fn trying(&self) -> Option<Option<&Changed>> {
        match &self.part {
            Part::Set(Aim::Change(change)) | Part::Try(Aim::Change(change)) => Some(Some(change)),
            Part::Set(_) | Part::Try(_) => Some(None),
            _ => None,
        }
    }

    /// So many changes are still to be tried at most.
    pub fn to_come(&self) -> usize {
        self.steps.len()
    }

    /// Everything that was tried, in order.
    pub fn tries(&self) -> &[Tried] {
        &self.tried
    }

    /// The files of the connection, as they lie on the module.
    pub fn files(&self) -> &[(FileRef, FileSeen)] {
        &self.files
    }

    /// Settings that the module does not tell.
    pub fn untold(&self) -> Vec<&str> {
        self.list.untold()
    }

    /// Settings and files that could not be put back as they were.
    pub fn left(&self) -> &[String] {
        &self.left
    }

    /// What it came to; `None` while that is open.
    pub const fn verdict(&self) -> Option<&Verdict> {
        self.verdict.as_ref()
    }

    /// Whether nothing more comes.
    pub fn is_over(&self) -> bool {
        self.part == Part::Over
    }

    /// Whether something may still be as a bisect left it: the list stays on disk then.
    pub fn is_undone(&self) -> bool {
        !self.has_kept || self.left.is_empty()
    }

    fn go(&mut self, part: Part) {
        self.wish = match &part {
            Part::BringUp => Some(Wish::Ask(Request::BringUp)),
            Part::Identify => Some(Wish::Ask(Request::Raw("AT+CGSN".to_owned()))),
            Part::Read | Part::Verify => Some(Wish::Ask(Request::ReadLinkSettings)),
            Part::ReadFile(place) => match self.next_file(*place) {
                Some((place, name)) => {
                    self.part = Part::ReadFile(place);
                    self.wish = Some(Wish::Ask(Request::ReadFile(name)));
                    return;
                }
                None => return self.looked(),
            },
            Part::Keep => Some(Wish::Keep(self.list.clone())),
            Part::Upload => Some(Wish::Ask(Request::Provision(self.copies()))),
            Part::Set(aim) => {
                let aim = aim.clone();
                let changes = self.changes_to(&self.wanted(&aim));
                if changes.is_empty() {
                    return self.go(Part::Try(aim));
                }
                Some(Wish::Ask(Request::ChangeTls(changes)))
            }
            Part::Try(_) => {
                let Connection { host, port, .. } = self.connection.clone();
                let is_slow = self.current.get("negotiatetimeout").is_some_and(|limit| {
                    limit.as_deref().and_then(|text| text.parse::<u64>().ok()).is_some_and(|seconds| seconds > 60)
                });
                Some(Wish::Ask(Request::TryLink { host, port, is_slow }))
            }
            Part::PutBack => {
                let changes = self.changes_back();
                if changes.is_empty() {
                    return self.go(Part::DeleteMade(0));
                }
                Some(Wish::Ask(Request::ChangeTls(changes)))
            }
            Part::DeleteMade(place) => match self.list.files.get(*place) {
                Some(name) => Some(Wish::Ask(Request::DeleteFile(name.clone()))),
                None => return self.go(Part::Verify),
            },
            Part::Over => self.undone().then(|| Wish::Forget(self.list.module.clone())),
        };
        self.part = part;
    }

    /// The list goes once everything stands as before.
    fn undone(&self) -> bool {
        self.has_kept && self.left.is_empty() && !self.is_other_module()
    }

    /// Goes on, unless it was to end.
    fn proceed(&mut self, part: Part) {
        if self.is_stopped { self.end(Verdict::Stopped) } else { self.go(part) }
    }

    fn unless(&mut self, result: Result<(), Fault>, next: Part) {
        match result {
            Ok(()) => self.proceed(next),
            Err(_) if self.is_stopped => self.end(Verdict::Stopped),
            Err(fault) => self.end(Verdict::Broken(fault)),
        }
    }

    /// The verdict stands; what was changed is put back.
    fn end(&mut self, verdict: Verdict) {
        if matches!(verdict, Verdict::Broken(_)) {
            // A module that restarted has lost them all.
            self.current.clear();
        }
        self.verdict.get_or_insert(verdict);
        let part = if self.has_kept && !self.is_other_module() { Part::PutBack } else { Part::Over };
        self.go(part);
    }

    fn is_other_module(&self) -> bool {
        matches!(self.verdict, Some(Verdict::OtherModule | Verdict::UndoFirst(_)))
    }

    /// Nobody answers: nothing can be put back now, and the list stays.
    fn broken(&mut self, fault: Fault) {
        let is_changed = self.has_kept;
        self.verdict.get_or_insert(Verdict::Broken(fault));
        if is_changed {
            self.left = self.list.settings.iter().map(|one| one.key.clone()).collect();
            self.left.extend(self.list.files.iter().cloned());
        }
        self.part = Part::Over;
        self.wish = None;
    }

    fn identified(&mut self) {
        let Some(imei) = self.imei.take() else {
            return self.end(Verdict::Broken(Fault::Unfitting { command: "AT+CGSN".into(), got: String::new() }));
        };
        let module = UndoList::module_of(&imei);
        if self.is_restoring {
            if module != self.list.module {
                return self.end(Verdict::OtherModule);
            }
            self.verdict = Some(Verdict::Restored);
            return self.go(Part::Read);
        }
        self.list.module = module;
        if let Some(older) = self.older.iter().find(|list| list.module == self.list.module) {
            return self.end(Verdict::UndoFirst(older.clone()));
        }
        self.proceed(Part::Read);
    }

    fn take_settings(&mut self, values: &[(&'static str, Option<String>)]) {
        self.current.clear();
        for (key, value) in values {
            if let Some(value) = value {
                self.current.insert(key, Some(value.clone()).filter(|value| !value.is_empty()));
            }
        }
        if self.part == Part::Read && !self.is_restoring {
            let wanted = changes::settings(&self.connection);
            // What the module does not tell is changed only where the connection itself needs it.
            let may_change =
                |(key, value): &&(&'static str, Option<String>)| value.is_some() || wanted.contains_key(key);
            let kept =
                |(key, value): &(&'static str, Option<String>)| Kept { key: (*key).to_owned(), value: value.clone() };
            self.list.settings = values.iter().filter(may_change).map(kept).collect();
        }
    }

    /// The next file from `place` on that can be compared.
    fn next_file(&self, place: usize) -> Option<(usize, String)> {
        if self.is_restoring {
            return None;
        }
        let mut rest = self.files.iter().enumerate().skip(place);
        rest.find(|(_, (file, _))| file.contents.is_some()).map(|(place, (file, _))| (place, file.name.clone()))
    }

    fn file_read(&mut self, place: usize, is_read: bool) {
        let read = self.read.take().filter(|_| is_read);
        let (file, seen) = &mut self.files[place];
        let wanted = file.contents.as_ref().map_or(&[][..], Contents::bytes);
        *seen = match &read {
            None => FileSeen::Missing,
            Some(contents) if contents.bytes() == wanted => FileSeen::Same,
            Some(contents) => FileSeen::Other(contents.bytes().len()),
        };
        let (name, bytes) = (file.name.clone(), wanted.len());
        if *seen != FileSeen::Same {
            self.fresh.push((name.clone(), format!("{COPY}{name}")));
        }
        if let FileSeen::Other(found) = *seen {
            self.other.push((name, bytes, found));
        }
        self.proceed(Part::ReadFile(place + 1));
    }

    /// Everything that must be known before the first change is known.
    fn looked(&mut self) {
        if self.is_restoring {
            return self.go(Part::PutBack);
        }
        self.list.files = self.fresh.iter().map(|(_, fresh)| fresh.clone()).collect();
        // What is not there at all is used under the name of its copy from the beginning.
        let missing: Vec<_> = self.files.iter().filter(|(_, seen)| *seen == FileSeen::Missing).collect();
        let is_missing = |name: &String| missing.iter().any(|(file, _)| file.name == *name);
        let copies: Vec<_> = self.fresh.iter().filter(|(name, _)| is_missing(name)).cloned().collect();
        self.connection.security = changes::renamed(&self.connection.security, &copies);
        self.proceed(Part::Keep);
    }

    fn copies(&self) -> Vec<FileRef> {
        let copy = |(name, fresh): &(String, String)| {
            let (file, _) = self.files.iter().find(|(file, _)| file.name == *name)?;
            Some(FileRef { name: fresh.clone(), contents: file.contents.clone() })
        };
        self.fresh.iter().filter_map(copy).collect()
    }

    fn wanted(&self, aim: &Aim) -> Settings {
        let base = || changes::settings(&self.connection);
        match aim {
            Aim::Base | Aim::Confirm(_) => {
                let mut base = base();
                // What a change touched beyond the wanted settings goes back to what it was.
                for one in &self.list.settings {
                    if let Some((key, _)) = self.current.get_key_value(one.key.as_str()) {
                        base.entry(key).or_insert_with(|| one.value.clone().filter(|value| !value.is_empty()));
                    }
                }
                base
            }
            Aim::Change(change) => {
                let mut wanted = self.wanted(&Aim::Base);
                wanted.extend(changes::changed(&self.connection, &self.fresh, change).unwrap_or_else(base));
                wanted
            }
        }
    }

    /// The changes from how the settings stand to how they should.
    fn changes_to(&self, wanted: &Settings) -> Vec<TlsChange> {
        let differs = |(key, value): &(&&'static str, &Option<String>)| {
            self.current.get(**key).is_none_or(|known| !is_same(known.as_deref(), value.as_deref()))
        };
        let change = |(key, value): (&&'static str, &Option<String>)| TlsChange { key, value: value.clone() };
        wanted.iter().filter(differs).map(change).collect()
    }

    /// The changes from how the settings stand to how they were. One that the module did not tell is erased where it was changed.
    fn changes_back(&self) -> Vec<TlsChange> {
        let was = |one: &Kept| Some((key_of(&one.key)?, one.value.clone().filter(|value| !value.is_empty())));
        self.changes_to(&self.list.settings.iter().filter_map(was).collect())
    }

    fn set(&mut self, aim: Aim, result: Result<(), Fault>) {
        let wanted = self.wanted(&aim);
        match result {
            Ok(()) => {
                self.current.extend(wanted);
                self.proceed(Part::Try(aim));
            }
            Err(fault) => {
                // How far it came is not known.
                self.current.retain(|key, value| wanted.get(key).is_none_or(|wanted| wanted == value));
                match aim {
                    Aim::Change(change) if !self.is_stopped => {
                        self.tried.push(Tried { changed: Some(change), outcome: Outcome::Refused(fault) });
                        self.next_step();
                    }
                    _ => self.end(if self.is_stopped { Verdict::Stopped } else { Verdict::Broken(fault) }),
                }
            }
        }
    }

    fn tried(&mut self, aim: Aim, result: Result<(), Fault>) {
        if self.is_stopped && result.is_err() {
            return self.end(Verdict::Stopped);
        }
        let is_answer = result.as_ref().err().is_none_or(is_of_link);
        let outcome = match &result {
            Ok(()) => Outcome::Opened,
            Err(fault) => Outcome::Failed(fault.clone()),
        };
        let changed = if let Aim::Change(change) = &aim { Some(change.clone()) } else { None };
        self.tried.push(Tried { changed, outcome });
        match (aim, result) {
            (_, Err(fault)) if !is_answer => self.end(Verdict::Broken(fault)),
            (Aim::Base, Ok(())) => self.end(Verdict::Opens),
            (Aim::Base, Err(fault)) => {
                let ran_out = took(&fault).is_some_and(|took| took >= SHORTEST_LIMIT);
                let other = std::mem::take(&mut self.other);
                self.steps = changes::in_order(&self.connection, other, ran_out).into();
                self.next_step();
            }
            (Aim::Change(change), Ok(())) => self.proceed(Part::Set(Aim::Confirm(change))),
            (Aim::Change(_), Err(_)) => self.next_step(),
            (Aim::Confirm(change), Ok(())) => self.end(Verdict::Passing(change)),
            (Aim::Confirm(changed), Err(_)) => {
                let lines = self.lines(&changed);
                self.end(Verdict::Decides(Decided { changed, lines }));
            }
        }
    }

    /// The lines that make a change on the module.
    fn lines(&self, change: &Changed) -> Vec<String> {
        let base = changes::settings(&self.connection);
        let Some(wanted) = changes::changed(&self.connection, &self.fresh, change) else { return Vec::new() };
        // A fresh copy belongs under the name of its own, not of the copy.
        if let Changed::Files { .. } = change {
            return Vec::new();
        }
        let changed = wanted.into_iter().filter(|(key, value)| base.get(key) != Some(value));
        changed.map(|(key, value)| TlsChange { key, value }.line()).collect()
    }

    fn next_step(&mut self) {
        let Some(change) = self.steps.pop_front() else { return self.end(Verdict::Nothing) };
        let untold = self.untold_by(&change);
        match (changes::changed(&self.connection, &self.fresh, &change), untold) {
            (None, _) => self.next_step(),
            (Some(_), Some(key)) => {
                self.tried.push(Tried { changed: Some(change), outcome: Outcome::Untold(key) });
                self.next_step();
            }
            (Some(_), None) => self.proceed(Part::Set(Aim::Change(change))),
        }
    }

    /// A setting that only this change touches, and that could not be put back.
    fn untold_by(&self, change: &Changed) -> Option<&'static str> {
        let base = changes::settings(&self.connection);
        let wanted = changes::changed(&self.connection, &self.fresh, change)?;
        let is_told = |key: &str| self.list.settings.iter().any(|one| one.key == key && one.value.is_some());
        wanted.keys().find(|key| !base.contains_key(**key) && !is_told(key)).copied()
    }

    fn put_back(&mut self, result: &Result<(), Fault>) {
        if result.is_err() {
            self.current.clear();
        }
        self.go(Part::DeleteMade(0));
    }

    fn deleted(&mut self, place: usize, result: &Result<(), Fault>) {
        // What was never made cannot be deleted.
        if let Err(fault) = result {
            tracing::debug!(%fault, "a copy was not deleted");
        }
        self.go(Part::DeleteMade(place + 1));
    }

    /// What was read in the end is held against the list.
    fn finish(&mut self) {
        for one in &self.list.settings {
            let Some(was) = &one.value else { continue };
            let was = Some(was.as_str()).filter(|was| !was.is_empty());
            let is_back = self.current.get(one.key.as_str()).is_some_and(|now| is_same(now.as_deref(), was));
            if !is_back {
                self.left.push(one.key.clone());
            }
        }
        self.go(Part::Over);
    }

    /// Where the module is.
    pub fn port(&self) -> &str {
        &self.port
    }
}

/// Whether the link itself is what failed.
const fn is_of_link(fault: &Fault) -> bool {
    matches!(fault, Fault::BadOutcome { expected: Awaited::Link, .. } | Fault::TimedOut { expected: Awaited::Link, .. })
}

/// Whether nobody is there any more to be asked.
const fn is_end(fault: &Fault) -> bool {
    matches!(fault, Fault::Port(_) | Fault::Silent { .. } | Fault::Noise { .. } | Fault::LuaFirmware { .. })
}

const fn took(fault: &Fault) -> Option<Duration> {
    match fault {
        Fault::BadOutcome { after, .. } | Fault::TimedOut { after, .. } => Some(*after),
        _ => None,
    }
}

fn is_same(known: Option<&str>, wanted: Option<&str>) -> bool {
    match (known, wanted) {
        (Some(known), Some(wanted)) => crate::modem::plan::reads_as(known, wanted),
        (known, wanted) => known == wanted,
    }
}

/// The key word as the program knows it.
fn key_of(key: &str) -> Option<&'static str> {
    crate::modem::plan::TLS_KEYS.into_iter().find(|known| *known == key)
}

/// What stands before the name of a file's fresh copy.
const COPY: &str = "bisect-";
/// The module lets no handshake end by a limit below this (reference, section 9).
const SHORTEST_LIMIT: Duration = Duration::from_secs(10);
