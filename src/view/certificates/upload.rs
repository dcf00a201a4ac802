//! An upload: exactly what will be sent, and then how far it is.

use crate::{
    lang::Text,
    model::{
        Model,
        event::{Fault, FileProgress},
        files::Upload,
        plan::{self, PlannedLine, Step},
        request::FileRef,
    },
    settings::Profile,
    view::{
        fault,
        files::{self, LocalFiles, ROLES},
        messages::grouped,
    },
};

use super::why_busy;

/// An upload, before, while and after it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UploadView {
    /// The files in order: name on the module and size.
    pub files: Vec<(String, Text)>,
    /// The lines, secrets masked.
    pub rows: Vec<UploadRow>,
    /// Bytes of all files together.
    pub total: usize,
    /// Why it cannot be started.
    pub why_not: Option<Text>,
    /// How far it is, while it runs.
    pub running: Option<Progress>,
    /// How the last one ended: whether well, and in words.
    pub outcome: Option<(bool, Text)>,
}

/// One line of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadRow {
    /// The AT line.
    pub line: String,
    /// The bytes that follow it, if any.
    pub data: Option<usize>,
    /// How far it is.
    pub state: UploadRowState,
}

/// How far one line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UploadRowState {
    /// Not sent yet.
    Planned,
    /// Sent, or next to be sent.
    Running,
    /// Answered well, or badly where that is harmless.
    Done,
    /// Answered badly.
    Failed,
}

/// How far a running upload is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Lines answered, of all, in permille.
    pub permille: u16,
    /// Bytes written of all, file of all, and what is being done.
    pub text: Text,
}

/// The files that would be written: all that are read and fit.
pub(crate) fn wanted(profile: &Profile, files: &LocalFiles) -> Result<Vec<FileRef>, Text> {
    let mut refs: Vec<FileRef> = Vec::new();
    for role in ROLES {
        let entry = files::entry(&profile.security, role);
        if entry.is_on_module || entry.path.trim().is_empty() {
            continue;
        }
        let file = files::file_ref(&profile.security, files, role).map_err(|unfit| {
            Text::new("upload-why-unfit").with("role", Text::new(super::role_key(role))).with("why", unfit.text)
        })?;
        if file.name.is_empty() || file.name.len() > LONGEST_NAME {
            return Err(Text::new("upload-why-name"));
        }
        if refs.iter().any(|other| other.name == file.name) {
            return Err(Text::new("form-file-same-name"));
        }
        refs.push(file);
    }
    if refs.is_empty() { Err(Text::new("upload-why-no-file")) } else { Ok(refs) }
}

/// The upload of `profile`, and how far the one that runs is.
pub(super) fn view(model: &Model, profile: &Profile, local: &LocalFiles) -> UploadView {
    let running = model.files().upload().filter(|upload| upload.end.is_none());
    if let Some(upload) = running {
        let mut view = of_files(&upload.files, rows(upload, true));
        view.running = Some(progress(upload, view.total));
        view.why_not = Some(Text::new("upload-why-running"));
        return view;
    }
    let last = model.files().upload();
    let mut view = match wanted(profile, local) {
        Ok(refs) => {
            // What was just done stays in sight until other files are chosen.
            let done = last.filter(|upload| upload.files == refs);
            let rows = done.map_or_else(|| planned(&plan::upload(&refs), &refs), |upload| rows(upload, false));
            UploadView { why_not: why_busy(model.connection().phase()), ..of_files(&refs, rows) }
        }
        Err(why) => UploadView { why_not: Some(why), ..UploadView::default() },
    };
    view.outcome = last.and_then(outcome);
    view
}

fn of_files(files: &[FileRef], rows: Vec<UploadRow>) -> UploadView {
    let size = |file: &FileRef| file.contents.as_ref().map_or(0, |contents| contents.bytes().len());
    UploadView {
        files: files
            .iter()
            .map(|file| (file.name.clone(), Text::new("file-bytes").with("count", grouped(size(file) as u64))))
            .collect(),
        rows,
        total: files.iter().map(size).sum(),
        ..UploadView::default()
    }
}

fn planned(lines: &[PlannedLine], files: &[FileRef]) -> Vec<UploadRow> {
    let mut sizes = files.iter().filter_map(|file| file.contents.as_ref().map(|contents| contents.bytes().len()));
    let mut left = 0;
    lines
        .iter()
        .map(|line| {
            match line.step {
                Step::DeleteFile => left = sizes.next().unwrap_or_default(),
                Step::WriteFile => {
                    let now = left.min(BLOCK);
                    left -= now;
                    return row(line, Some(now));
                }
                _ => {}
            }
            row(line, None)
        })
        .collect()
}

fn row(line: &PlannedLine, data: Option<usize>) -> UploadRow {
    UploadRow { line: line.text.clone(), data, state: UploadRowState::Planned }
}

/// The dialogues run in the order of the plan; one that is repeated stays at its line.
fn rows(upload: &Upload, is_running: bool) -> Vec<UploadRow> {
    let mut rows = planned(&upload.plan, &upload.files);
    let mut next = 0;
    for record in &upload.exchanges {
        let Some(found) = upload.plan.iter().skip(next.max(1) - 1).position(|line| line.text == record.command) else {
            continue;
        };
        let place = found + next.max(1) - 1;
        let is_good = record.result.is_ok() || record.is_forgiven;
        rows[place].state = if is_good { UploadRowState::Done } else { UploadRowState::Failed };
        next = place + 1;
    }
    if is_running && let Some(row) = rows.get_mut(next) {
        row.state = UploadRowState::Running;
    }
    rows
}

fn progress(upload: &Upload, total: usize) -> Progress {
    let rows = rows(upload, true);
    let done = rows.iter().filter(|row| row.state == UploadRowState::Done).count();
    let permille = u16::try_from(done * 1_000 / rows.len().max(1)).unwrap_or(1_000);
    let written: usize = upload
        .progress
        .values()
        .map(|progress| match progress {
            FileProgress::Writing { written: bytes, .. } | FileProgress::Verified { bytes } => *bytes,
            _ => 0,
        })
        .sum();
    let is_ready = |file: &&FileRef| matches!(upload.progress.get(&file.name), Some(FileProgress::Verified { .. }));
    let ready = upload.files.iter().filter(is_ready).count();
    let current = upload.files.get(ready).map_or("", |file| file.name.as_str());
    let step = upload.plan.get(rows.iter().position(|row| row.state == UploadRowState::Running).unwrap_or(0));
    let text = Text::new("upload-progress")
        .with("percent", permille / 10)
        .with("written", grouped(written as u64))
        .with("total", grouped(total as u64))
        .with("number", (ready + 1).min(upload.files.len()))
        .with("count", upload.files.len())
        .with("name", current)
        .with("step", Text::new(step.map_or("upload-step-create", |line| step_key(line.step))));
    Progress { permille, text }
}

const fn step_key(step: Step) -> &'static str {
    match step {
        Step::DeleteFile | Step::CreateFile => "upload-step-create",
        Step::WriteFile => "upload-step-write",
        Step::FileSize => "upload-step-size",
        _ => "upload-step-read",
    }
}

fn outcome(upload: &Upload) -> Option<(bool, Text)> {
    let total: usize = upload.files.iter().filter_map(|file| file.contents.as_ref()).map(|all| all.bytes().len()).sum();
    Some(match upload.end.as_ref()? {
        Ok(()) => {
            let text = Text::new("upload-done").with("count", upload.files.len()).with("bytes", grouped(total as u64));
            (true, text)
        }
        Err(Fault::Cancelled) => (false, Text::new("upload-stopped").with("name", unfinished(upload))),
        Err(why) => (false, Text::new("upload-failed").with("name", unfinished(upload)).with("why", fault::text(why))),
    })
}

/// The first file that was not read back equal.
fn unfinished(upload: &Upload) -> &str {
    let is_open = |file: &&FileRef| !matches!(upload.progress.get(&file.name), Some(FileProgress::Verified { .. }));
    upload.files.iter().find(is_open).map_or("", |file| file.name.as_str())
}

/// What `AT+FSWRITE` takes in one piece (reference, section 8).
const BLOCK: usize = 10_240;
const LONGEST_NAME: usize = crate::air780e::limits::FILE_NAME_BYTES;
