//! The courses of a log, one a port, and what they come to.

mod alone;
mod routine;

use self::{alone::Alone, routine::Routine};
use super::{
    heard::Heard,
    messages::{self, Messages},
    places::Places,
    sessions::Sessions,
    source::{Change, Source, Stop},
    veil::Veil,
};
use crate::{
    diagnosis::{Case, Course, Diagnosis, Episode, Finding, Trouble, Undecided, diagnose},
    modem::{
        event::{Event, WireKind, WireLine},
        status::Rung,
    },
    record::{Nature, Piece, Reader, Tally, Told, Watcher, What},
    time::Moment,
};

/// Listens to a log while it is read.
#[derive(Debug)]
pub struct Judge {
    watcher: Watcher,
    ports: Vec<Port>,
    keeps_messages: bool,
    keeps_lines: bool,
    veil: Option<Veil>,
    /// What comes again and again; `None` where each line is asked for.
    routine: Option<Box<Routine>>,
    /// Bytes that were understood line by line.
    understood: u64,
    change: Option<Change>,
}

/// How far everything that is counted is, while nothing is open.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Standing {
    tally: Tally,
    /// Dialogues accepted; messages published, confirmed, received.
    counts: [u64; 4],
    /// Lines that were told.
    told: u64,
    /// Sessions, whether one is open, troubles: how many, and when the last began.
    course: (u64, bool, usize, Option<Moment>),
    /// Secrets that were found, and whether messages are read as hex digits.
    reading: (usize, bool),
    /// Moments that will be asked for.
    pinned: usize,
}

impl Standing {
    /// What was counted since `before`; `None` when anything else happened too.
    fn since(&self, before: &Self) -> Option<Self> {
        let tally = self.tally.since(&before.tally).filter(|tally| tally.marks == 0)?;
        let is_quiet = (self.course, self.reading, self.pinned) == (before.course, before.reading, before.pinned);
        let mut counts = self.counts;
        counts.iter_mut().zip(before.counts).for_each(|(count, before)| *count -= before);
        let told = self.told - before.told;
        is_quiet.then_some(Self { tally, counts, told, course: (0, false, 0, None), reading: (0, false), pinned: 0 })
    }
}

/// One port of the log.
#[derive(Debug)]
struct Port {
    course: Course,
    places: Places,
    sessions: Sessions,
    messages: Messages,
    /// The last line that belongs to it.
    last_line: u32,
    /// Dialogues that were accepted.
    accepted: u64,
    /// What the module answered, where nothing of what was sent stands in the log.
    alone: Option<Alone>,
    /// Its lines, where a report is wanted.
    heard: Option<Heard>,
}

/// What a log comes to.
#[derive(Clone, Debug)]
pub struct Findings {
    /// Its name, as it was given.
    pub file: String,
    /// Key of the family of formats.
    pub format: &'static str,
    /// The same for people.
    pub format_name: &'static str,
    /// Usual name of the encoding.
    pub encoding: &'static str,
    /// Lines of the log, counted from 1.
    pub lines: u32,
    /// Ports that it shows; 0 when it is no log of an AT line.
    pub devices: usize,
    /// Tries to open a link to a broker.
    pub sessions: u64,
    /// What went wrong, in the order of the lines.
    pub episodes: Vec<Account>,
    /// Each message, when they were wanted.
    pub messages: Vec<messages::Row>,
    /// The one word.
    pub result: Outcome,
    /// Messages that the module accepted.
    pub published: u64,
    /// Messages that the broker confirmed.
    pub confirmed: u64,
    /// Messages that came in.
    pub received: u64,
    /// What showed another firmware or maker.
    pub shown: Vec<u32>,
    /// What the file is, when it is no text.
    pub kind: Option<&'static str>,
    /// What happened to the file while it was read.
    pub change: Option<Change>,
    /// What was heard at each port, when its lines were to be kept.
    pub ports: Vec<Ended>,
}

/// A port at the end of the log.
#[derive(Clone, Debug)]
pub struct Ended {
    /// Its name, where the log tells one.
    pub device: Option<String>,
    /// Its lines.
    pub heard: Heard,
}

/// One episode with the places it stands at.
#[derive(Clone, Debug)]
pub struct Account {
    /// The port, where the log names it.
    pub device: Option<String>,
    /// The line that it begins at.
    pub begin_line: u32,
    /// The line that it ends at.
    pub end_line: u32,
    /// When it began, as people write it; `None` where the log has no times.
    pub begin: Option<String>,
    /// When it ended.
    pub end: Option<String>,
    /// The rung that it is about.
    pub rung: Option<Rung>,
    /// Whether it was put right.
    pub is_recovered: bool,
    /// The fault; `None` for what is wrong although nothing failed.
    pub root: Option<Trouble>,
    /// How often the same came again.
    pub times: u32,
    /// Why, likeliest first.
    pub findings: Vec<Finding>,
    /// What would decide, where the log does not.
    pub undecided: Option<Undecided>,
}

/// The one word for a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing went wrong.
    Healthy,
    /// Something is wrong at its end.
    Trouble,
    /// Something went wrong and was put right.
    Recovered,
    /// The module runs scripts and does not speak AT.
    OtherFirmware,
    /// Another maker's module.
    OtherVendor,
    /// No log of an AT line.
    NoLog,
}

impl Outcome {
    /// A short stable name: `healthy`, `other-vendor`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Trouble => "trouble",
            Self::Recovered => "recovered",
            Self::OtherFirmware => "other-firmware",
            Self::OtherVendor => "other-vendor",
            Self::NoLog => "no-log",
        }
    }

    /// 0 for healthy, 1 for a trouble, 2 for what is no log of this family.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Healthy => 0,
            Self::Trouble | Self::Recovered => 1,
            Self::OtherFirmware | Self::OtherVendor | Self::NoLog => 2,
        }
    }
}

impl Judge {
    /// Listens; `keeps_messages` when each message is wanted.
    pub fn new(keeps_messages: bool) -> Self {
        Self {
            watcher: Watcher::default(),
            ports: Vec::new(),
            keeps_messages,
            keeps_lines: false,
            veil: None,
            routine: Some(Box::default()),
            understood: 0,
            change: None,
        }
    }

    /// The same, which understands every line however often the same comes again.
    #[must_use]
    pub fn line_by_line(self) -> Self {
        Self { routine: None, ..self }
    }

    /// The same, which also keeps the lines, for a report.
    #[must_use]
    pub fn keeping_lines(self) -> Self {
        Self { keeps_lines: true, ..self }
    }

    /// The same, which also notes what of the log's lines may not be shown.
    #[must_use]
    pub fn noting_secrets(self) -> Self {
        Self { veil: Some(Veil::default()), ..self }
    }

    /// What of the lines so far may not be shown, when that was to be noted.
    pub const fn veil(&self) -> Option<&Veil> {
        self.veil.as_ref()
    }

    /// The same, for whoever shows lines when all is said.
    pub const fn take_veil(&mut self) -> Option<Veil> {
        self.veil.take()
    }

    /// The last line that was understood so far; 0 before the first.
    pub fn last_line(&self) -> u32 {
        self.ports.iter().map(|port| port.last_line).max().unwrap_or(0)
    }

    /// Reads `source` to its end. After each step `goes_on` is told its bytes, and says whether the log is still wanted.
    pub fn read(
        &mut self,
        source: &mut Source,
        reader: &mut Reader,
        goes_on: &mut dyn FnMut(&Self, &Reader, &[u8]) -> bool,
    ) -> Result<(), Stop> {
        loop {
            let bytes = source.next_bytes()?;
            if bytes.is_empty() {
                break;
            }
            self.push(bytes, reader);
            if !goes_on(self, reader, bytes) {
                return Err(Stop::Unwanted);
            }
            if source.read() > MOST_NOTHING && reader.evidence().lines == 0 {
                return Err(Stop::Nothing);
            }
        }
        self.finish(reader);
        self.change = source.change();
        Ok(())
    }

    /// Takes the next bytes of the log.
    pub fn push(&mut self, bytes: &[u8], reader: &mut Reader) {
        match self.routine.take() {
            Some(mut routine) => {
                routine.push(bytes, self, reader);
                self.routine = Some(routine);
            }
            None => self.understand(bytes, reader),
        }
    }

    /// Bytes that were understood line by line; of all others it was enough to count what they repeat.
    pub const fn understood(&self) -> u64 {
        self.understood
    }

    /// Takes the next bytes line by line.
    fn understand(&mut self, bytes: &[u8], reader: &mut Reader) {
        self.understood += bytes.len() as u64;
        reader.push(bytes, &mut |nature, piece| self.take(&piece, nature));
    }

    /// How far everything is, before a line that begins a dialogue; `None` while something is open, or wrong.
    fn standing(&mut self, reader: &mut Reader, is_headed: bool) -> Option<Standing> {
        let is_settled = reader.settle(is_headed, &mut |nature, piece| self.take(&piece, nature));
        let [port] = &self.ports[..] else { return None };
        let is_quiet = is_settled && self.watcher.is_idle() && port.course.trouble().is_none();
        let Messages { published, confirmed, received, .. } = port.messages;
        let finished = port.course.finished();
        Some(Standing {
            tally: reader.tally(),
            counts: [port.accepted, published, confirmed, received],
            told: port.heard.as_ref().map_or(0, Heard::told),
            reading: (self.veil.as_ref().map_or(0, Veil::found), port.messages.is_hex()),
            course: (
                port.sessions.count(),
                port.sessions.is_open(),
                finished.len(),
                finished.back().map(|episode| episode.begin),
            ),
            pinned: port.places.pinned().filter(|_| is_quiet)?,
        })
    }

    /// Counts what makes `counts`, so many times.
    fn count(&mut self, counts: &Standing, times: u64, reader: &mut Reader) {
        reader.add(&counts.tally, times);
        let Some(port) = self.ports.first_mut() else { return };
        let Messages { published, confirmed, received, .. } = &mut port.messages;
        for (count, more) in [&mut port.accepted, published, confirmed, received].into_iter().zip(counts.counts) {
            *count += more * times;
        }
        if let Some(heard) = &mut port.heard {
            heard.left_out += counts.told * times;
        }
    }

    /// Whether lines may be counted without being understood: a report that can carry all of them wants each.
    fn may_count(&self) -> bool {
        self.ports.iter().filter_map(|port| port.heard.as_ref()).all(|heard| heard.left_out > 0)
    }

    /// The messages of the log's first port: only where there is no other is anything counted.
    fn messages(&mut self) -> Option<&mut Messages> {
        self.ports.first_mut().map(|port| &mut port.messages)
    }

    /// The log is over.
    pub fn finish(&mut self, reader: &mut Reader) {
        if let Some(mut routine) = self.routine.take() {
            routine.flush(self, reader);
        }
        reader.finish(&mut |nature, piece| self.take(&piece, nature));
    }

    fn take(&mut self, piece: &Piece, nature: Nature) {
        while self.ports.len() <= piece.port {
            self.ports.push(Port::new(nature, self.keeps_messages, self.keeps_lines));
        }
        self.ports[piece.port].pass(piece, self.watcher.moment(piece.at));
        let Self { ports, veil, watcher, .. } = self;
        if let Some(veil) = veil {
            veil.piece(piece);
        }
        let mut is_told = false;
        watcher.take(piece, |told| {
            if let (Some(veil), Event::Wire(line)) = (veil.as_mut(), &told.event) {
                veil.told(told.port, told.line, &line.text);
                is_told |= told.port == piece.port;
            }
            ports[told.port].take(&told);
        });
        if let Some(veil) = veil {
            veil.passed(piece, is_told);
        }
    }

    /// What it comes to. `is_broken` when the file could not be read to its end.
    pub fn conclude(mut self, file: &str, reader: &Reader, is_broken: bool) -> Findings {
        let evidence = reader.evidence();
        let accepted: u64 = self.ports.iter().map(|port| port.accepted).sum();
        let logins = self.ports.iter().any(|port| port.sessions.count() > 0 && port.accepted > 0);
        let (early, shown) = if !evidence.foreign.is_empty() && evidence.own == 0 && !logins {
            (Some(Outcome::OtherVendor), evidence.foreign.clone())
        } else if !evidence.lua.is_empty() && accepted == 0 {
            (Some(Outcome::OtherFirmware), evidence.lua.clone())
        } else if !evidence.is_at_log() || is_broken {
            (Some(Outcome::NoLog), Vec::new())
        } else {
            (None, Vec::new())
        };
        let mut episodes = Vec::new();
        let mut lasts = false;
        for (place, port) in self.ports.iter_mut().enumerate() {
            let (found, is_lasting) = port.episodes(reader, reader.port(place));
            episodes.extend(found);
            lasts |= is_lasting;
        }
        episodes.sort_by_key(|episode| episode.begin_line);
        let result = early.unwrap_or(match (episodes.is_empty(), lasts) {
            (true, _) => Outcome::Healthy,
            (false, true) => Outcome::Trouble,
            (false, false) => Outcome::Recovered,
        });
        if early.is_some() {
            episodes.clear();
        }
        let heard = self.ports.iter_mut().map(|port| port.heard.take()).enumerate();
        let ports = heard
            .filter_map(|(place, heard)| {
                Some(Ended { device: reader.port(place).map(ToOwned::to_owned), heard: heard? })
            })
            .collect();
        let sum = |count: fn(&Messages) -> u64| self.ports.iter().map(|port| count(&port.messages)).sum();
        let format = reader.format();
        Findings {
            file: file.to_owned(),
            format: format.key,
            format_name: format.name,
            encoding: reader.encoding().name(),
            lines: reader.lines(),
            devices: if evidence.is_at_log() { self.ports.len() } else { 0 },
            sessions: if evidence.is_at_log() { self.ports.iter().map(|port| port.sessions.count()).sum() } else { 0 },
            episodes,
            result,
            published: sum(|messages| messages.published),
            confirmed: sum(|messages| messages.confirmed),
            received: sum(|messages| messages.received),
            shown,
            kind: evidence.kind,
            change: self.change,
            ports,
            messages: self.ports.into_iter().flat_map(|port| port.messages.into_rows()).collect(),
        }
    }
}

impl Port {
    fn new(nature: Nature, keeps_messages: bool, keeps_lines: bool) -> Self {
        Self {
            course: if nature.is_timed { Course::default() } else { Course::untimed() },
            alone: nature.is_one_sided.then(Alone::default),
            places: Places::default(),
            sessions: Sessions::default(),
            messages: Messages::new(keeps_messages),
            last_line: 0,
            accepted: 0,
            heard: keeps_lines.then(Heard::default),
        }
    }

    /// A piece of the log is about to be understood.
    fn pass(&mut self, piece: &Piece, at: Moment) {
        self.last_line = self.last_line.max(piece.line);
        self.places.note(at, piece.line);
        match &piece.what {
            What::Sent(bytes) => self.sessions.sent(&String::from_utf8_lossy(bytes)),
            What::Received(bytes) => self.sessions.received(&String::from_utf8_lossy(bytes)),
            What::CutShort => {}
        }
    }

    fn take(&mut self, told: &Told) {
        self.course.stands_at(told.line);
        match &told.event {
            Event::Message(arrival) => self.messages.arrived(arrival, told.line),
            Event::Publish(update) => self.messages.moved(update),
            Event::Exchange(record) => {
                self.accepted += u64::from(record.accepted_at.is_some());
                let line = self.places.line(record.sent_at).unwrap_or(told.line);
                self.messages.ended(record, line);
                if record.result.is_ok() && record.command.verb().publishes() {
                    self.sessions.show();
                }
                if record.result.is_err() {
                    self.places.pin(record.ended_at, told.line);
                    self.places.pin(record.sent_at, line);
                }
            }
            Event::SessionLost { at, .. } | Event::Rung { at, .. } | Event::Done { at, result: Err(_), .. } => {
                self.places.pin(*at, told.line);
            }
            _ => {}
        }
        if let Some(heard) = &mut self.heard {
            heard.take_event(told.line, &told.event);
        }
        let root = |course: &Course| course.trouble().map(|trouble| trouble.at);
        let before = root(&self.course);
        self.course.take(&told.event);
        let after = root(&self.course);
        if after != before {
            // A trouble began or was put right here: what went well is not kept, there may be millions of it.
            after.into_iter().chain([self.course.newest()]).for_each(|at| self.places.pin(at, told.line));
        }
        if let Event::Wire(WireLine { kind: WireKind::Late, text, .. }) = &told.event {
            self.messages.late_word(text);
        }
        if let (Event::Wire(line), Some(alone)) = (&told.event, &mut self.alone) {
            match alone.take(line.at, &line.text) {
                Some(fault) => self.course.give_up(&fault),
                None if alone::is_ready(&line.text) => self.course.see_card(line.at),
                None => {}
            }
        }
    }

    /// Its episodes, and whether something is wrong at the end.
    fn episodes(&mut self, reader: &Reader, device: Option<&str>) -> (Vec<Account>, bool) {
        if let Some((at, fault)) =
            self.alone.as_ref().and_then(Alone::unmet).filter(|_| self.course.trouble().is_none())
        {
            self.course.give_up_at(at, &fault);
        }
        self.course.end_recording();
        let diagnosis = diagnose(&Case { course: &self.course, now: self.course.newest() });
        let lasts = diagnosis.trouble.is_some();
        let mut told: Vec<_> =
            diagnosis.episodes.iter().map(|episode| self.tell(episode, reader, device, !lasts)).collect();
        if lasts {
            return (told, true);
        }
        let resting: Vec<_> = diagnosis
            .findings
            .iter()
            .filter(|finding| is_worth_an_episode(finding, reader.is_timed()))
            // An episode that was put right has told it.
            .filter(|finding| told.iter().all(|one| one.findings.first().is_none_or(|first| first.id != finding.id)))
            .cloned()
            .collect();
        if resting.is_empty() {
            return (told, false);
        }
        told.push(self.tell_resting(resting, reader, device));
        (told, true)
    }

    fn tell(&self, episode: &Episode, reader: &Reader, device: Option<&str>, all_is_well: bool) -> Account {
        let end_line = episode.end.and_then(|end| self.places.line(end)).unwrap_or(self.last_line);
        let stopped = Diagnosis {
            trouble: Some(episode.root.clone()),
            findings: episode.findings.clone(),
            undecided: episode.undecided.clone(),
            ..Diagnosis::default()
        };
        Account {
            device: device.map(ToOwned::to_owned),
            begin_line: self.line(episode.begin),
            end_line,
            begin: reader.time(episode.begin),
            end: episode.end.and_then(|end| reader.time(end)),
            rung: stopped.rung(),
            is_recovered: episode.is_recovered || (all_is_well && episode.end.is_some()),
            root: Some(episode.root.clone()),
            times: episode.times,
            findings: episode.findings.clone(),
            undecided: episode.undecided.clone(),
        }
    }

    /// What is wrong although nothing failed.
    fn tell_resting(&self, findings: Vec<Finding>, reader: &Reader, device: Option<&str>) -> Account {
        let facts = || findings.iter().flat_map(|finding| &finding.evidence);
        let begin = facts().filter_map(|fact| fact.line).min();
        let end = facts().filter_map(|fact| fact.line).max();
        let at = facts().filter_map(|fact| fact.at).min();
        Account {
            device: device.map(ToOwned::to_owned),
            begin_line: begin.unwrap_or(self.last_line),
            end_line: end.unwrap_or(self.last_line),
            begin: at.and_then(|at| reader.time(at)),
            end: None,
            rung: None,
            is_recovered: false,
            root: None,
            times: 1,
            findings,
            undecided: None,
        }
    }

    fn line(&self, at: Moment) -> u32 {
        self.places.line(at).unwrap_or(self.last_line)
    }
}

/// Whether a finding without a failure is one that somebody has to do something about: what only may be, and what is odd and
/// harmless, is none.
fn is_worth_an_episode(finding: &Finding, is_timed: bool) -> bool {
    let is_sure = finding.is_seen() || (finding.is_named() && is_timed);
    is_sure && !finding.is_hint()
}

/// A file of which so much is nothing is no log.
const MOST_NOTHING: u64 = 64 << 20;
