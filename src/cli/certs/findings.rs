//! The verdict: what speaks against the files, by the entries of the failure catalogue.

use std::borrow::Cow;

use super::words;
use crate::{
    certs::{Change, Concern, Detail, Dress, FileRole, KeyForm, Kit, PieceKind, Problem},
    diagnosis::{Cause, Certainty, catalogue as c, judge_file},
    lang::{Lang, Text},
};

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The module can use them.
    Usable,
    /// It may be able to; the doubts are told.
    Doubtful,
    /// No connection would come of them.
    Refused,
}

impl Verdict {
    /// 0, 1, 2.
    pub(super) const fn exit_code(self) -> u8 {
        match self {
            Self::Usable => 0,
            Self::Doubtful => 1,
            Self::Refused => 2,
        }
    }

    /// A stable word.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Usable => "usable",
            Self::Doubtful => "doubtful",
            Self::Refused => "refused",
        }
    }
}

/// One thing that speaks against a file.
pub(super) struct FileFinding {
    /// The number of the file.
    pub(super) file: usize,
    pub(super) cause: &'static Cause,
    pub(super) is_enough: bool,
    evidence: Text,
    fix: Text,
}

impl FileFinding {
    pub(super) const fn certainty(&self) -> Certainty {
        if self.is_enough { Certainty::Seen } else { Certainty::Possible }
    }

    pub(super) fn evidence(&self, lang: Lang) -> Cow<'_, str> {
        self.evidence.to(lang)
    }

    pub(super) fn fix(&self, lang: Lang) -> Cow<'_, str> {
        self.fix.to(lang)
    }
}

/// Everything that speaks against the files, what is enough to fail a connection first.
pub(super) fn of(kit: &Kit) -> Vec<FileFinding> {
    let mut all: Vec<_> = kit.problems().map(|(file, problem)| finding(kit, file, &problem)).collect();
    for (file, taken) in kit.files.iter().enumerate() {
        if taken.changes.contains(&Change::Dress(Dress::Padding)) {
            all.push(without_padding(&taken.name, file));
        }
    }
    if kit.ready.is_empty() && all.is_empty() {
        let problem =
            Problem { role: FileRole::Authority, concern: Concern::WrongContent, detail: Some(Detail::OnlyUseless) };
        all.push(finding(kit, 0, &problem));
    }
    if all.iter().all(|one| !one.is_enough) {
        all.extend(half_of_a_pair(kit));
    }
    all.sort_by_key(|one| !one.is_enough);
    let mut once: Vec<FileFinding> = Vec::with_capacity(all.len());
    for one in all {
        if once.iter().all(|other| (other.cause.id, &other.evidence) != (one.cause.id, &one.evidence)) {
            once.push(one);
        }
    }
    once
}

/// The verdict on all of them together.
pub(super) fn verdict(kit: &Kit, findings: &[FileFinding]) -> Verdict {
    if kit.ready.is_empty() || findings.iter().any(|one| one.is_enough) {
        Verdict::Refused
    } else if findings.is_empty() {
        Verdict::Usable
    } else {
        Verdict::Doubtful
    }
}

fn finding(kit: &Kit, file: usize, problem: &Problem) -> FileFinding {
    let name = kit.files.get(file).map_or("", |file| file.name.as_str());
    let judged = judge_file(problem.role, &problem.concern);
    let is_openssh = kit.files.get(file).is_some_and(|file| {
        file.pieces.iter().any(|piece| matches!(piece.what, PieceKind::Key { form: KeyForm::OpenSsh, .. }))
    });
    let told = problem.detail.as_ref().and_then(|detail| words::detail(detail, is_openssh));
    let (cause, is_enough) = match &problem.detail {
        Some(Detail::LeafLeftOut(_)) => (&c::CA_IS_LEAF, false),
        Some(Detail::EllipticLeftOut(_)) => (&c::SIGNATURE_UNCOMMON, false),
        Some(Detail::NoPair) => (&c::KEY_MISMATCH, true),
        Some(Detail::MoreKeys | Detail::AuthorityKey | Detail::AuthorityAsDevice) => (&c::FILES_MIXED, false),
        // What lies beside things of use harms nobody.
        Some(Detail::Foreign(_)) if !kit.ready.is_empty() => (judged.cause, false),
        _ => (judged.cause, judged.is_enough),
    };
    let (what, fix) = told.unwrap_or_else(|| (judged.predicate, judged.fix.into()));
    let evidence = Text::new("certs-of-file").put("name", name).with("what", what);
    FileFinding { file, cause, is_enough, evidence, fix }
}

/// A client certificate without its key, or the other way round: enough for a check of the server, and for no more.
fn half_of_a_pair(kit: &Kit) -> Option<FileFinding> {
    let (certificate, key) = (kit.file(FileRole::ClientCertificate), kit.file(FileRole::ClientKey));
    let has = |wanted: PieceKind| kit.files.iter().flat_map(|file| &file.pieces).any(|piece| piece.what == wanted);
    let (half, text, fix) = match (certificate, key) {
        (Some(certificate), None) => {
            let is_public = has(PieceKind::PublicKey);
            let fix = if is_public { "certs-give-no-public-key" } else { "certs-give-key-too" };
            (certificate, "certs-half-certificate", fix)
        }
        (None, Some(key)) => {
            let is_request = has(PieceKind::Request);
            let fix = if is_request { "certs-give-no-request" } else { "certs-give-certificate-too" };
            (key, "certs-half-key", fix)
        }
        _ => return None,
    };
    let name = kit.files.get(half.from).map_or("", |file| file.name.as_str());
    Some(FileFinding {
        file: half.from,
        cause: &c::CLIENT_FILES_MISSING,
        is_enough: false,
        evidence: Text::new(text).put("name", name),
        fix: Text::new(fix),
    })
}

/// Whole by its own length; but something was lost on the way, and that is told.
fn without_padding(name: &str, file: usize) -> FileFinding {
    FileFinding {
        file,
        cause: &c::PEM_DAMAGED,
        is_enough: false,
        evidence: Text::new("certs-lost-end-own-length").put("name", name),
        fix: Text::new("certs-take-original-file-when"),
    }
}
