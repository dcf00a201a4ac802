//! What speaks against a file, in words: how bad it is, what it means, what to do.

use crate::{
    certs::{Concern, Content, Damage, FileRole, ModuleVerdict, Pairing, RepairKind, concerns},
    lang::Text,
    view::{
        files::{LocalFile, LocalFiles, refusal_text},
        messages::grouped,
    },
};

/// How bad something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Harmless; good to know.
    Note,
    /// It may fail.
    Doubt,
    /// It will fail.
    Bad,
}

/// One thing to know about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcernView {
    /// How bad it is.
    pub severity: Severity,
    /// What it is.
    pub text: Text,
    /// What to do.
    pub advice: Text,
}

/// Everything to know about `file` in the place of `role` among `files` at `now` (seconds since 1970), the worst first: the one
/// verdict that every page shows.
pub(crate) fn of_slot(file: &LocalFile, role: FileRole, files: &LocalFiles, now: i64) -> Vec<ConcernView> {
    let mut all = view(file, role, now);
    let is_of_pair = matches!(role, FileRole::ClientCertificate | FileRole::ClientKey);
    if is_of_pair && files.pairing() == Some(Pairing::NotAPair) {
        let text = Text::new("pair-no");
        all.insert(0, one(Severity::Bad, text, Text::new("pair-no-do")));
    }
    all
}

/// Everything to know about `file` alone as a `role`.
fn view(file: &LocalFile, role: FileRole, now: i64) -> Vec<ConcernView> {
    let mut all: Vec<_> = concerns(&file.facts, role, now).iter().map(|one| of_concern(*one, role)).collect();
    if file.repair.kinds.is_empty() {
        all.iter_mut().for_each(promise_no_repair);
    }
    all.extend(layout_notes(file));
    if let ModuleVerdict::Refuses(why) = file.verdict
        && !all.iter().any(|one| one.severity == Severity::Bad)
    {
        all.push(one(
            Severity::Bad,
            Text::new("form-file-refused").with("why", refusal_text(why)),
            Text::new("concern-do-other-file"),
        ));
    }
    let (repair, again) = (Text::new("concern-do-repair"), Text::new("concern-do-fetch-again"));
    for one in &mut all {
        // Only what can be repaired is said to be; and what is whole need not be fetched again.
        if one.advice == repair && file.repair.kinds.is_empty() {
            one.advice = again.clone();
        } else if one.advice == again && file.repair.kinds.contains(&RepairKind::Rebuild) {
            one.advice = repair.clone();
        }
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.severity));
    all
}

/// Advice that leads to a tidier form leads nowhere where no repair is offered.
fn promise_no_repair(concern: &mut ConcernView) {
    if concern.advice.key() == "concern-do-repair-better" {
        concern.advice = Text::new("concern-do-nothing");
    }
}

/// What is harmless but changes the byte count, or looks odd.
fn layout_notes(file: &LocalFile) -> Vec<ConcernView> {
    let facts = &file.facts;
    if !matches!(facts.content, Content::Pem(_)) {
        return Vec::new();
    }
    let mut notes = Vec::new();
    if facts.line_ends.crlf > 0 {
        let text = Text::new("concern-crlf")
            .with("lines", facts.line_ends.crlf)
            .with("bytes", grouped(facts.bytes as u64))
            .with("lf", grouped(facts.bytes_with_lf() as u64));
        notes.push(one(Severity::Note, text, Text::new("concern-crlf-do")));
    }
    if !file.contents.bytes().ends_with(b"\n") && facts.damage().is_none() {
        notes.push(one(Severity::Note, Text::new("concern-no-last-line-end"), Text::new("concern-do-nothing")));
    }
    let certificates = facts.certificates().count();
    if (2..=3).contains(&certificates) {
        let text = Text::new("concern-several").with("count", certificates);
        notes.push(one(Severity::Note, text, Text::new("concern-do-nothing")));
    }
    notes
}

const fn one(severity: Severity, text: Text, advice: Text) -> ConcernView {
    ConcernView { severity, text, advice }
}

fn of_concern(concern: Concern, role: FileRole) -> ConcernView {
    use Severity::{Bad, Doubt, Note};
    let simple = |severity, text: &'static str, advice: &'static str| one(severity, Text::new(text), Text::new(advice));
    match concern {
        Concern::Empty => simple(Bad, "concern-empty", "concern-do-other-file"),
        Concern::NotCertificates => simple(Bad, "concern-not-certificates", "concern-do-other-file"),
        Concern::WrongContent => simple(Bad, wrong_content_key(role), "concern-do-other-place"),
        Concern::Utf16 => simple(Bad, "concern-utf16", "concern-do-repair"),
        Concern::ByteOrderMark => simple(Note, "concern-bom", "concern-do-repair-better"),
        Concern::CarriageReturnsOnly => simple(Bad, "concern-cr-only", "concern-do-repair"),
        Concern::LiteralLineEnds => simple(Bad, "concern-literal", "concern-do-repair"),
        Concern::Binary => simple(Doubt, "concern-binary", "concern-do-repair"),
        Concern::Container => simple(Bad, "concern-container", "concern-container-do"),
        Concern::Damaged(damage) => one(Bad, damage_text(damage), Text::new(damage_advice(damage))),
        Concern::TrustedHeader => simple(Bad, "concern-trusted", "concern-do-repair"),
        Concern::StrayText { bytes } => {
            one(Note, Text::new("concern-stray").with("bytes", bytes), Text::new("concern-do-repair-better"))
        }
        Concern::TooBig { bytes } => one(
            Doubt,
            Text::new("concern-too-big").with("bytes", grouped(bytes as u64)),
            Text::new("concern-bundle-do"),
        ),
        Concern::Bundle { certificates } => {
            one(Doubt, Text::new("concern-bundle").with("count", certificates), Text::new("concern-bundle-do"))
        }
        Concern::PassPhrase => simple(Bad, "concern-pass-phrase", "concern-pass-phrase-do"),
        Concern::Pkcs8 => simple(Note, "concern-pkcs8", "concern-do-repair-better"),
        Concern::CurveParameters => simple(Doubt, "concern-curve-parameters", "concern-elliptic-do"),
        Concern::OpenSshKey => simple(Bad, "concern-openssh", "concern-do-repair"),
        Concern::EllipticKey | Concern::NotRsa if role == FileRole::Authority => {
            simple(Doubt, "concern-elliptic-ca", "concern-elliptic-do")
        }
        Concern::NotRsa => simple(Bad, "concern-not-rsa", "concern-elliptic-do"),
        Concern::EllipticKey => simple(Bad, "concern-elliptic", "concern-elliptic-do"),
        Concern::KeySize { bits } => {
            one(Doubt, Text::new("concern-key-size").with("bits", bits), Text::new("concern-key-size-do"))
        }
        Concern::Expired => simple(Bad, "concern-expired", "concern-expired-do"),
        Concern::NotYetValid => simple(Bad, "concern-not-yet-valid", "concern-not-yet-valid-do"),
        Concern::NotAnAuthority => simple(Bad, "concern-not-an-authority", "concern-not-an-authority-do"),
        Concern::IsAnAuthority => simple(Doubt, "concern-is-an-authority", "concern-do-other-place"),
        Concern::NotForClients => simple(Bad, "concern-not-for-clients", "concern-not-for-clients-do"),
        Concern::UsageMissing if role == FileRole::Authority => {
            simple(Bad, "concern-usage-ca", "concern-not-an-authority-do")
        }
        Concern::UsageMissing => simple(Bad, "concern-usage", "concern-usage-do"),
        Concern::NoKeyEncipherment => simple(Doubt, "concern-no-encipherment", "concern-usage-do"),
        Concern::WrongOrder => simple(Bad, "concern-order", "concern-do-repair"),
        Concern::LongChain { bytes } => one(
            Doubt,
            Text::new("concern-long-chain").with("bytes", grouped(bytes as u64)),
            Text::new("concern-long-chain-do"),
        ),
        Concern::CriticalExtension { name } => {
            one(Doubt, Text::new("concern-critical").with("name", name), Text::new("concern-critical-do"))
        }
        Concern::OldSignature => simple(Doubt, "concern-old-signature", "concern-signature-do"),
        Concern::UncommonSignature => simple(Doubt, "concern-uncommon-signature", "concern-signature-do"),
    }
}

const fn wrong_content_key(role: FileRole) -> &'static str {
    match role {
        FileRole::Authority | FileRole::ClientCertificate => "concern-no-certificate",
        FileRole::ClientKey => "concern-no-key",
    }
}

fn damage_text(damage: Damage) -> Text {
    match damage {
        Damage::Joined => Text::new("damage-joined"),
        Damage::NoFooter => Text::new("damage-no-footer"),
        Damage::OtherFooter => Text::new("damage-other-footer"),
        Damage::Dashes { line } => Text::new("damage-dashes").with("line", line),
        Damage::Indented { line } => Text::new("damage-indented").with("line", line),
        Damage::Character { line, column } => Text::new("damage-character").with("line", line).with("column", column),
        Damage::Dressed => Text::new("damage-dressed"),
        Damage::Lost { characters, line } => by_line("damage-lost", characters, line),
        Damage::Surplus { characters, line } => by_line("damage-surplus", characters, line),
        Damage::Cut { bytes, wanted } => Text::new("damage-cut").with("bytes", bytes).with("wanted", wanted),
        Damage::Behind { bytes } => Text::new("damage-behind").with("bytes", bytes),
        Damage::Signature => Text::new("damage-signature"),
        Damage::Content => Text::new("damage-content"),
    }
}

/// The line is told where it is known: 0 is none.
fn by_line(key: &'static str, characters: usize, line: Option<usize>) -> Text {
    Text::new(key).with("count", characters).with("line", line.unwrap_or(0))
}

/// What was cut off or is wrong inside cannot be made good here.
const fn damage_advice(damage: Damage) -> &'static str {
    match damage {
        Damage::Joined | Damage::Dashes { .. } | Damage::Indented { .. } | Damage::Dressed => "concern-do-repair",
        Damage::NoFooter
        | Damage::OtherFooter
        | Damage::Character { .. }
        | Damage::Lost { .. }
        | Damage::Surplus { .. }
        | Damage::Cut { .. }
        | Damage::Behind { .. }
        | Damage::Signature
        | Damage::Content => "concern-do-fetch-again",
    }
}
