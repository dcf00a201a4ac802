//! Files on the module: what a difference says about how it came there, and what speaks against a file itself.

use crate::{
    air780e::verb::Verb,
    certs::{Concern, Damage, FileRole, Pairing},
    diagnosis::{Cause, Fact, Here, Innocent, catalogue as c, suspects::Suspects},
    lang::{Phrase, Text},
    modem::event::{ExchangeRecord, Fault},
};

/// A file has `found` bytes (or is right up to there) where `expected` were sent.
pub(super) fn differs(expected: usize, found: usize, suspects: &mut Suspects) {
    match found {
        0 => suspects.likely(&c::FILE_MISSING, []),
        _ if found < expected => suspects.likely(&c::COUNT_TOO_SMALL, []),
        // More than was ever written: the rest was there before.
        _ => suspects.seen(&c::OLD_FILE, []),
    }
    suspects.any_of(&[&c::LINE_ENDS, &c::NO_ROOM, &c::PORT_SHARED]);
}

/// The length is right, and what was read could not be compared: nothing is said of the file itself.
pub(super) fn reading_disturbed(suspects: &mut Suspects) {
    suspects.any_of(&[&c::PORT_SHARED]);
}

/// The bytes behind a prompt of `record`, counted against what was announced.
pub(super) fn by_count(record: &ExchangeRecord, suspects: &mut Suspects) {
    let Some(data) = record.data else { return };
    let Some(announced) = data.announced else { return };
    // Nobody was asked for data, or the module took them and the recording does not show them.
    let has_run_out = record.answer.iter().any(|line| line == "TimeOut");
    let is_refused = matches!(record.result, Err(Fault::Refused { .. })) && !has_run_out;
    if data.sent == 0 && (record.result.is_ok() || is_refused) {
        return;
    }
    let is_file = record.command.verb() == Verb::WriteFile;
    let (line, sent) = (&record.command, data.sent);
    let fact = Fact::said(
        Text::new("fact-file-bytes-announced-sent").put("line", line).put("announced", announced).put("sent", sent),
    );
    let cause = match (data.missing() > 0 || data.ends_in_command, data.surplus() > LINE_END) {
        (true, _) if is_file => &c::COUNT_TOO_BIG,
        (_, true) if is_file => &c::COUNT_TOO_SMALL,
        (false, false) => return,
        _ => &c::DATA_LENGTH,
    };
    suspects.seen(cause, [Fact::at(record.sent_at, line.to_string()), fact.when(record.ended_at)]);
}

/// What must fail of the files in use, while nothing was tried with them.
pub(super) fn at_rest(here: &Here, suspects: &mut Suspects) {
    let is_enough = |(role, concern): &(FileRole, Concern)| by_concern(*role, concern).1;
    let files = here.files.iter().copied().filter(is_enough).collect();
    by_concerns(&Here { files, wanted: here.wanted.clone(), pairing: here.pairing, ..Here::default() }, suspects);
}

/// What speaks against the files in use, as they lie on this computer.
pub(super) fn by_concerns(here: &Here, suspects: &mut Suspects) {
    let works = matches!(here.as_module, Some(Ok(_)));
    for (role, concern) in &here.files {
        let (cause, is_enough) = by_concern(*role, concern);
        let is_dated = matches!(concern, Concern::Expired | Concern::NotYetValid) && *role == FileRole::Authority;
        if is_dated && here.wanted.ignores_clock {
            continue;
        }
        // A handshake that works with a file outweighs what stands in it, not how it is written.
        let is_outweighed = works && is_about_contents(concern);
        let fact = Fact::said(sentence(*role, concern));
        if is_enough && !is_outweighed { suspects.seen(cause, [fact]) } else { suspects.possible(cause, [fact]) }
    }
    match here.pairing {
        Some(Pairing::Pair) => {
            let fact = Fact::said(Text::new("fact-file-pair"));
            suspects.clear(&[&c::KEY_MISMATCH], Innocent::ClientPair, fact);
        }
        Some(Pairing::NotAPair) => {
            let fact = Fact::said(Text::new("fact-file-not-a-pair"));
            suspects.seen(&c::KEY_MISMATCH, [fact]);
        }
        Some(Pairing::Unreadable) | None => {}
    }
}

/// What one thing that speaks against a file comes to.
#[derive(Clone, Debug)]
pub struct FileJudgement {
    /// The entry of the catalogue.
    pub cause: &'static Cause,
    /// Whether it is enough to fail a connection.
    pub is_enough: bool,
    /// The thing itself in a sentence that names the file by its role.
    pub fact: Fact,
    /// The same without its subject: "is empty".
    pub predicate: Text,
    /// What to do with this file.
    pub fix: Phrase,
}

/// Judges one thing that speaks against a file in its role.
pub fn judge_file(role: FileRole, concern: &Concern) -> FileJudgement {
    let (cause, is_enough) = by_concern(role, concern);
    let fact = Fact::said(sentence(role, concern));
    FileJudgement {
        cause,
        is_enough,
        fact,
        predicate: predicate(role, concern),
        fix: fix(role, concern).unwrap_or(cause.fix),
    }
}

/// Where the catalogue speaks of the broker's side, or of files in general.
const fn fix(role: FileRole, concern: &Concern) -> Option<Phrase> {
    Some(match (role, concern) {
        (FileRole::Authority, Concern::UsageMissing) => Phrase::new("fix-file-issue-authority-again-keyusage"),
        (_, Concern::UsageMissing) => Phrase::new("fix-file-issue-client-certificate-again"),
        (_, Concern::WrongOrder) => Phrase::new("fix-file-device-own-certificate-must"),
        (FileRole::Authority, Concern::NotYetValid) => Phrase::new("fix-file-check-clock-machine-issued"),
        (FileRole::Authority, Concern::KeySize { .. }) => Phrase::new("fix-file-use-authority-rsa-key"),
        (_, Concern::KeySize { .. }) => Phrase::new("fix-file-make-client-key-rsa"),
        (FileRole::Authority, Concern::EllipticKey | Concern::NotRsa) => {
            Phrase::new("fix-file-take-rsa-authority-elliptic")
        }
        (_, Concern::CriticalExtension { .. }) => Phrase::new("fix-file-issue-without-critical-name"),
        (FileRole::ClientCertificate, Concern::UncommonSignature | Concern::OldSignature) => {
            Phrase::new("fix-file-issue-client-certificate-again-signed")
        }
        (FileRole::ClientCertificate, Concern::LongChain { .. }) => Phrase::new("fix-file-leave-root-whatever-broker"),
        (_, Concern::Damaged(_)) => Phrase::new("fix-file-take-original-file-again"),
        (_, Concern::OpenSshKey) => Phrase::new("fix-file-convert-ssh-keygen-p"),
        _ => return None,
    })
}

/// The cause behind one thing that speaks against a file, and whether it is enough to fail a connection.
const fn by_concern(role: FileRole, concern: &Concern) -> (&'static Cause, bool) {
    let is_authority = matches!(role, FileRole::Authority);
    match concern {
        Concern::Utf16 => (&c::BYTE_ORDER_MARK, true),
        Concern::ByteOrderMark => (&c::BYTE_ORDER_MARK, false),
        Concern::Empty | Concern::NotCertificates | Concern::WrongContent => (&c::FILES_MIXED, true),
        // Many a certificate that signed itself says so of itself and serves a client well.
        Concern::IsAnAuthority => (&c::FILES_MIXED, false),
        Concern::CarriageReturnsOnly => (&c::LINE_ENDS, true),
        Concern::Binary | Concern::Container => (&c::NOT_PEM, true),
        Concern::LiteralLineEnds | Concern::Damaged(_) | Concern::TrustedHeader => (&c::PEM_DAMAGED, true),
        Concern::TooBig { .. } => (&c::NO_ROOM, true),
        Concern::Bundle { .. } => (&c::BUNDLE, false),
        Concern::PassPhrase => (&c::KEY_ENCRYPTED, true),
        Concern::Pkcs8 => (&c::KEY_FORM, false),
        Concern::EllipticKey | Concern::NotRsa if is_authority => (&c::SIGNATURE_UNCOMMON, false),
        Concern::CurveParameters | Concern::EllipticKey | Concern::NotRsa => (&c::KEY_ELLIPTIC, true),
        Concern::Expired if is_authority => (&c::SERVER_EXPIRED, true),
        Concern::Expired => (&c::CLIENT_EXPIRED, true),
        Concern::NotAnAuthority => (&c::CA_IS_LEAF, true),
        Concern::NotForClients => (&c::CLIENT_USAGE, true),
        Concern::KeySize { .. } => (&c::KEY_SIZE, false),
        Concern::OldSignature => (&c::OLD_SIGNATURE, false),
        Concern::StrayText { .. } => (&c::STRAY_TEXT, false),
        Concern::NotYetValid => (&c::SERVER_NOT_YET, true),
        Concern::OpenSshKey => (&c::KEY_FORM, true),
        Concern::UsageMissing => (&c::USAGE_MISSING, true),
        Concern::NoKeyEncipherment => (&c::USAGE_MISSING, false),
        Concern::WrongOrder => (&c::CHAIN_ORDER, true),
        Concern::LongChain { .. } => (&c::CHAIN_TOO_BIG, false),
        Concern::UncommonSignature | Concern::CriticalExtension { .. } => (&c::SIGNATURE_UNCOMMON, false),
    }
}

/// Whether it is what the certificate says, not how the file is written.
const fn is_about_contents(concern: &Concern) -> bool {
    matches!(
        concern,
        Concern::Expired
            | Concern::NotYetValid
            | Concern::NotAnAuthority
            | Concern::NotForClients
            | Concern::UsageMissing
            | Concern::WrongOrder
    )
}

/// The whole sentence: the file by its role, and what is the matter with it.
fn sentence(role: FileRole, concern: &Concern) -> Text {
    let file = Phrase::new(match role {
        FileRole::Authority => "file-of-authority",
        FileRole::ClientCertificate => "file-of-client-certificate",
        FileRole::ClientKey => "file-of-client-key",
    });
    Text::new("file-sentence").with("file", file).with("what", predicate(role, concern))
}

fn predicate(role: FileRole, concern: &Concern) -> Text {
    match concern {
        Concern::Damaged(damage) => damaged(*damage),
        Concern::Empty => Text::new("file-empty"),
        Concern::NotCertificates => Text::new("file-not-certificates"),
        Concern::WrongContent if role == FileRole::ClientKey => Text::new("file-wrong-content-key"),
        Concern::WrongContent => Text::new("file-wrong-content"),
        Concern::Utf16 => Text::new("file-utf16"),
        Concern::ByteOrderMark => Text::new("file-byte-order-mark"),
        Concern::CarriageReturnsOnly => Text::new("file-carriage-returns-only"),
        Concern::LiteralLineEnds => Text::new("file-literal-line-ends"),
        Concern::Binary => Text::new("file-binary"),
        Concern::Container => Text::new("file-container"),
        Concern::TrustedHeader => Text::new("file-trusted-header"),
        Concern::StrayText { bytes } => Text::new("file-stray-text").put("bytes", bytes),
        Concern::TooBig { bytes } => Text::new("file-too-big").put("bytes", bytes),
        Concern::Bundle { certificates } => Text::new("file-bundle").put("certificates", certificates),
        Concern::PassPhrase => Text::new("file-pass-phrase"),
        Concern::Pkcs8 => Text::new("file-pkcs8"),
        Concern::CurveParameters => Text::new("file-curve-parameters"),
        Concern::EllipticKey => Text::new("file-elliptic-key"),
        Concern::KeySize { bits } => Text::new("file-key-size").put("bits", bits),
        Concern::Expired => Text::new("file-expired"),
        Concern::NotYetValid => Text::new("file-not-yet-valid"),
        Concern::NotAnAuthority => Text::new("file-not-an-authority"),
        Concern::IsAnAuthority => Text::new("file-is-an-authority"),
        Concern::NotForClients => Text::new("file-not-for-clients"),
        Concern::OldSignature => Text::new("file-old-signature"),
        Concern::UncommonSignature => Text::new("file-uncommon-signature"),
        Concern::OpenSshKey => Text::new("file-open-ssh-key"),
        Concern::NotRsa => Text::new("file-not-rsa"),
        Concern::UsageMissing if role == FileRole::Authority => Text::new("file-usage-missing-authority"),
        Concern::UsageMissing => Text::new("file-usage-missing"),
        Concern::NoKeyEncipherment => Text::new("file-no-key-encipherment"),
        Concern::WrongOrder => Text::new("file-wrong-order"),
        Concern::LongChain { bytes } => Text::new("file-long-chain").put("bytes", bytes),
        Concern::CriticalExtension { name } => Text::new("file-critical-extension").put("name", name),
    }
}

fn damaged(damage: Damage) -> Text {
    match damage {
        Damage::Lost { characters, line: None } => Text::new("file-damage-lost").put("characters", characters),
        Damage::Lost { characters, line: Some(line) } => {
            Text::new("file-damage-lost-at").put("characters", characters).put("line", line)
        }
        Damage::Surplus { characters, line: None } => Text::new("file-damage-surplus").put("characters", characters),
        Damage::Surplus { characters, line: Some(line) } => {
            Text::new("file-damage-surplus-at").put("characters", characters).put("line", line)
        }
        Damage::Joined => Text::new("file-damage-joined"),
        Damage::NoFooter => Text::new("file-damage-no-footer"),
        Damage::OtherFooter => Text::new("file-damage-other-footer"),
        Damage::Dashes { line } => Text::new("file-damage-dashes").put("line", line),
        Damage::Indented { line } => Text::new("file-damage-indented").put("line", line),
        Damage::Character { line, column } => {
            Text::new("file-damage-character").put("line", line).put("column", column)
        }
        Damage::Dressed => Text::new("file-damage-dressed"),
        Damage::Cut { bytes, wanted } => Text::new("file-damage-cut").put("bytes", bytes).put("wanted", wanted),
        Damage::Behind { bytes } => Text::new("file-damage-behind").put("bytes", bytes),
        Damage::Signature => Text::new("file-damage-signature"),
        Damage::Content => Text::new("file-damage-content"),
    }
}

/// A line end behind the last byte is harmless (reference, section 8).
const LINE_END: usize = 2;
