//! The files of the chosen protection: for each place what was typed, and in one line what lies there.

use chrono::DateTime;

use crate::{
    certs::{ModuleVerdict, PublicKey},
    lang::Text,
    settings::{FileEntry, Profile, SecurityCase},
    view::files::{self, FileRole, FileState, LocalFile, LocalFiles, needed},
};

/// The four cases in the order in which they are offered: the one with a warning last.
pub const CASES: [SecurityCase; 4] =
    [SecurityCase::Plain, SecurityCase::Server, SecurityCase::Both, SecurityCase::Encrypted];

/// One place for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotView<'a> {
    /// Which.
    pub role: FileRole,
    /// What was typed.
    pub entry: &'a FileEntry,
    /// What lies there; `None` when there is nothing to say, or when what is wrong stands with the problems.
    pub verdict: Option<Verdict>,
}

/// What a file is, in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the module may refuse it all the same.
    pub is_doubtful: bool,
    /// What it is.
    pub text: Text,
}

/// The places that `profile` needs files for.
pub fn slots<'a>(profile: &'a Profile, known: &LocalFiles) -> Vec<SlotView<'a>> {
    let security = &profile.security;
    let slot = |role: &FileRole| SlotView {
        role: *role,
        entry: files::entry(security, *role),
        verdict: verdict(files::entry(security, *role), known.state(*role)),
    };
    needed(security.case).iter().map(slot).collect()
}

fn verdict(entry: &FileEntry, state: &FileState) -> Option<Verdict> {
    if entry.is_on_module {
        return Some(Verdict { is_doubtful: false, text: Text::new("slot-on-module").with("name", entry.name.trim()) });
    }
    match state {
        FileState::Read(file) => of_file(file),
        FileState::Reading => Some(Verdict { is_doubtful: false, text: Text::new("form-file-reading") }),
        FileState::None | FileState::Failed(_) => None,
    }
}

fn of_file(file: &LocalFile) -> Option<Verdict> {
    let is_doubtful = match file.verdict {
        ModuleVerdict::Takes => false,
        ModuleVerdict::Doubtful(_) => true,
        ModuleVerdict::Refuses(_) => return None,
    };
    Some(Verdict { is_doubtful, text: what(file)? })
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
    let kind = match file.facts.key()?.kind {
        Some(PublicKey::Rsa { bits }) => format!("RSA {bits}"),
        Some(PublicKey::Elliptic { bits }) => format!("EC {bits}"),
        Some(PublicKey::Other) | None => "?".to_owned(),
    };
    Some(Text::new("slot-key").with("kind", kind))
}
