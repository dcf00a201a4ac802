//! The files of the chosen protection: for each place what was typed, and in one line what lies there.

use chrono::DateTime;

use crate::{
    certs::{ModuleVerdict, PublicKey},
    lang::Text,
    settings::{FileEntry, Profile, SecurityCase},
    view::{
        certificates::{self, Severity},
        files::{self, FileRole, FileState, LocalFile, LocalFiles, needed},
    },
};

/// The four cases in the order in which they are offered: the one with a warning last.
pub const CASES: [SecurityCase; 4] =
    [SecurityCase::Plain, SecurityCase::Server, SecurityCase::Both, SecurityCase::Encrypted];

/// One place for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotView<'a> {
    /// What the file is to the module: CA, client certificate or client key.
    pub role: FileRole,
    /// What was typed.
    pub entry: &'a FileEntry,
    /// What lies there; `None` when there is nothing to say, or when what is wrong stands with the problems.
    pub verdict: Option<Verdict>,
}

/// What a file is, in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How bad the worst thing about it is; `None` when there is nothing to say.
    pub worst: Option<Severity>,
    /// What it is.
    pub text: Text,
    /// The worst thing about it.
    pub concern: Option<Text>,
}

impl Verdict {
    const fn of(text: Text) -> Self {
        Self { worst: None, text, concern: None }
    }
}

/// The places that `profile` needs files for, dates judged at `now` (seconds since 1970).
pub fn slots<'a>(profile: &'a Profile, known: &LocalFiles, now: i64) -> Vec<SlotView<'a>> {
    let security = &profile.security;
    let slot = |role: &FileRole| SlotView {
        role: *role,
        entry: files::entry(security, *role),
        verdict: verdict(profile, known, *role, now),
    };
    needed(security.case).iter().map(slot).collect()
}

fn verdict(profile: &Profile, known: &LocalFiles, role: FileRole, now: i64) -> Option<Verdict> {
    let entry = files::entry(&profile.security, role);
    if entry.is_on_module {
        return Some(Verdict::of(Text::new("slot-on-module").with("name", entry.name.trim())));
    }
    match known.state(role) {
        FileState::Read(file) => of_file(file, role, known, now),
        FileState::Reading => Some(Verdict::of(Text::new("form-file-reading"))),
        FileState::None | FileState::Failed(_) => None,
    }
}

/// The same verdict as on the Certificates page. What stands in the way of connecting stands with the field itself.
fn of_file(file: &LocalFile, role: FileRole, known: &LocalFiles, now: i64) -> Option<Verdict> {
    if matches!(file.verdict, ModuleVerdict::Refuses(_)) {
        return None;
    }
    let worst = certificates::of_slot(file, role, known, now).into_iter().next();
    let text = what(file).unwrap_or_else(|| Text::new("slot-other"));
    let severity = worst.as_ref().map(|worst| worst.severity);
    let concern = worst.filter(|worst| worst.severity != Severity::Note).map(|worst| worst.text);
    Some(Verdict { worst: severity, text, concern })
}

fn what(file: &LocalFile) -> Option<Text> {
    let mut certificates = file.facts.certificates();
    if let Some(first) = certificates.next() {
        let name = first.common_name.clone().unwrap_or_else(|| first.subject.clone());
        let until = first.not_after.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        let until = until.map_or_else(|| "?".to_owned(), |until| until.format("%Y-%m-%d").to_string());
        let text = Text::new("slot-certificate").with("name", name).with("until", until);
        return Some(text.with("more", certificates.count()));
    }
    let kind = file.facts.key()?.kind.unwrap_or(PublicKey::Other).to_string();
    Some(Text::new("slot-key").with("kind", kind))
}
