//! The certificate files of a check, judged before a port is opened: what must fail with them is told with its cause.

use std::{fmt, path::Path};

use super::verdict::Failure;
use crate::{
    certs::{self, Concern, Damage, FileFacts, FileRole, Given, Kit, ModuleVerdict, Pairing},
    cli::certs::{source, words},
    diagnosis::{Case, Course, Finding, Here, diagnose, judge_file},
    lang::Text,
    time::Moment,
};

/// How files are judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judging {
    /// This computer's clock in seconds since 1970.
    pub(super) today: i64,
    /// Whether the module leaves dates unchecked.
    pub(super) ignores_clock: bool,
}

/// A file for a check, and what is to be told of it before the port is opened.
pub(super) struct Judged {
    /// As they go to the module.
    pub(super) bytes: Vec<u8>,
    /// One sentence each: what was made good in memory, and what may go wrong all the same, with its number.
    pub(super) notes: Vec<Text>,
}

/// Without the bytes: they may be those of a key.
impl fmt::Debug for Judged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Judged").field("notes", &self.notes).finish_non_exhaustive()
    }
}

fn read_source(option: &str, path: &Path) -> Result<source::Source, Failure> {
    source::read(path)
        .map_err(|why| Failure::plain(Text::new("command-option-file").put("option", option).with("why", why)))
}

/// The bytes of a file that can serve as `role`; what is only written differently is made good in memory.
pub(super) fn read(option: &str, path: &Path, role: FileRole, judging: Judging) -> Result<Judged, Failure> {
    let source = read_source(option, path)?;
    let mut notes = Vec::new();
    let mut bytes = source.bytes.to_vec();
    let mut against = hopeless(&bytes, role, judging);
    if !against.is_empty() {
        let given = Given { name: &source.name, bytes: &source.bytes };
        let kit = Kit::for_role(given, role, None, judging.today);
        let is_locked = kit.files.iter().flat_map(|file| &file.problems).any(|one| one.concern == Concern::PassPhrase);
        if is_locked {
            // What is in it nobody can say; that it is locked comes before how it is written.
            against = vec![Concern::PassPhrase];
        } else if let Some(ready) = kit.file(role) {
            bytes = ready.bytes.to_vec();
            against = hopeless(&bytes, role, judging);
            against.extend(
                kit.files.iter().flat_map(|file| &file.problems).map(|problem| problem.concern).filter(is_inside),
            );
            notes.extend(kit.files.iter().flat_map(|file| &file.changes).map(|change| {
                let told = words::told(*change);
                Text::new("check-repaired")
                    .put("option", option)
                    .put("name", &source.name)
                    .with("before", told.before)
                    .with("after", told.after)
            }));
        }
    }
    if against.is_empty() {
        let facts = FileFacts::read(&bytes);
        let doubts = certs::concerns(&facts, role, judging.today).into_iter().filter(is_doubt);
        notes.extend(doubts.map(|concern| {
            let judged = judge_file(role, &concern);
            Text::new("check-doubt")
                .put("option", option)
                .put("name", &source.name)
                .put("id", judged.cause.id)
                .with("what", judged.predicate)
                .with("fix", judged.fix)
        }));
        return Ok(Judged { bytes, notes });
    }
    Err(refused(option, &source.name, &bytes, role, against))
}

fn refused(option: &str, name: &str, bytes: &[u8], role: FileRole, against: Vec<Concern>) -> Failure {
    let is_refused = matches!(certs::module_verdict(bytes, role), ModuleVerdict::Refuses(_));
    let files: Vec<_> = against.into_iter().map(|concern| (role, concern)).collect();
    let findings = judged(Here { files, ..Here::default() });
    let why = findings.first().into_iter().flat_map(|first| first.evidence.iter().map(|fact| fact.what.clone()));
    let why = Text::list(why.collect::<Vec<_>>(), "watch-semicolon");
    let refused = Text::new(if is_refused { "check-file-not-taken" } else { "check-file-hopeless" });
    let wanted = Text::new(match role {
        FileRole::Authority => "check-wanted-authority",
        FileRole::ClientCertificate => "check-wanted-certificate",
        FileRole::ClientKey => "check-wanted-key",
    });
    let told = refused.put("option", option).put("name", name).with("why", why).with("wanted", wanted);
    Failure::input(told, findings)
}

/// What a repair of how the file is written does not touch.
const fn is_inside(concern: &Concern) -> bool {
    matches!(concern, Concern::Damaged(_))
}

/// What a broker may mind, while the file can be tried.
const fn is_doubt(concern: &Concern) -> bool {
    matches!(
        concern,
        Concern::KeySize { .. }
            | Concern::OldSignature
            | Concern::UncommonSignature
            | Concern::Bundle { .. }
            | Concern::LongChain { .. }
            | Concern::CriticalExtension { .. }
            | Concern::EllipticKey
            | Concern::NotRsa
    )
}

/// The key that belongs to `certificate`: `key` as it was read from `path`, or another one that lies in the same file.
pub(super) fn belonging(certificate: &[u8], key: Judged, path: &Path, judging: Judging) -> Result<Judged, Failure> {
    let is_its = |bytes: &[u8]| certs::pairing(certificate, bytes) != Pairing::NotAPair;
    if is_its(&key.bytes) {
        return Ok(key);
    }
    let source = read_source("--key", path)?;
    let given = [Given { name: "--cert", bytes: certificate }, Given { name: &source.name, bytes: &source.bytes }];
    let kit = Kit::of(&given, None, judging.today);
    if let Some(ready) = kit.file(FileRole::ClientKey).filter(|ready| is_its(&ready.bytes)) {
        let note = Text::new("check-several-keys").put("path", &source.name);
        return Ok(Judged { bytes: ready.bytes.to_vec(), notes: key.notes.into_iter().chain([note]).collect() });
    }
    let told = Text::new("check-not-a-pair");
    Err(Failure::input(told, judged(Here { pairing: Some(Pairing::NotAPair), ..Here::default() })))
}

fn judged(here: Here) -> Vec<Finding> {
    let mut course = Course::default();
    course.take_here(Some(Box::new(here)));
    diagnose(&Case { course: &course, now: Moment::ZERO }).findings
}

/// What no connection can come of. What a broker may take all the same is tried.
fn hopeless(bytes: &[u8], role: FileRole, judging: Judging) -> Vec<Concern> {
    let facts = FileFacts::read(bytes);
    let mut all = certs::concerns(&facts, role, judging.today);
    // A server's certificate that signed itself is the right CA file for that server, whatever it says of itself.
    let is_own_root = facts.certificates().next().is_some_and(|first| first.is_self_issued);
    all.retain(|concern| match concern {
        Concern::Empty
        | Concern::NotCertificates
        | Concern::WrongContent
        | Concern::Utf16
        | Concern::CarriageReturnsOnly
        | Concern::LiteralLineEnds
        | Concern::Binary
        | Concern::Container
        | Concern::Damaged(_)
        | Concern::TrustedHeader
        | Concern::PassPhrase
        | Concern::OpenSshKey
        | Concern::WrongOrder => true,
        Concern::EllipticKey | Concern::NotRsa | Concern::CurveParameters => role != FileRole::Authority,
        Concern::Expired | Concern::NotYetValid => role != FileRole::Authority || !judging.ignores_clock,
        Concern::NotAnAuthority => !is_own_root,
        _ => false,
    });
    if all.is_empty() && matches!(certs::module_verdict(bytes, role), ModuleVerdict::Refuses(_)) {
        all.push(Concern::Damaged(Damage::Content));
    }
    all
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::{
        lang::Lang,
        sim::range::{ClientKind, Range, RangeConfig},
    };

    const NOW: i64 = 1_790_000_000;
    const JUDGING: Judging = Judging { today: NOW, ignores_clock: false };

    fn read_bytes(bytes: &[u8], role: FileRole, judging: Judging) -> Result<Vec<u8>, Failure> {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(bytes).expect("written");
        read("--file", file.path(), role, judging).map(|judged| judged.bytes)
    }

    /// The key for `certificate` out of a file with these bytes.
    fn key_for(certificate: &[u8], key: &[u8]) -> Result<Judged, Failure> {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(key).expect("written");
        let read = read("--key", file.path(), FileRole::ClientKey, JUDGING)?;
        belonging(certificate, read, file.path(), JUDGING)
    }

    #[test]
    fn of_two_keys_in_one_file_the_one_of_the_certificate_is_taken() {
        let range = Range::start(&RangeConfig { now: NOW, upstream: None, faults: Vec::new() }).expect("a range");
        let (own, other) = (range.files().client(ClientKind::Good), range.files().client(ClientKind::WrongKey));
        for both in [[&other.key[..], &own.key].concat(), [&own.key[..], &other.key].concat()] {
            let taken = key_for(&own.certificate, &both).expect("the pair is in it");
            assert_eq!(certs::pairing(&own.certificate, &taken.bytes), Pairing::Pair);
        }
        let last = key_for(&own.certificate, &[&other.key[..], &own.key].concat()).expect("the pair is in it");
        assert_eq!(last.bytes, own.key.clone(), "nothing but that key goes to the module");
        assert!(last.notes.iter().any(|note| note.to(Lang::En).contains("more than one key")), "{:?}", last.notes);
    }

    #[test]
    fn what_must_fail_is_told_with_its_cause_in_words() {
        let range = Range::start(&RangeConfig { now: NOW, upstream: None, faults: Vec::new() }).expect("a range");
        let files = range.files();
        let (good, expired) = (files.client(ClientKind::Good), files.client(ClientKind::Expired));
        let der = openssl::x509::X509::from_pem(files.ca()).and_then(|one| one.to_der()).expect("DER");
        let cut = &files.ca()[..files.ca().len() - 40];
        let open = openssl::pkey::PKey::private_key_from_pem(&good.key).expect("a key");
        let cipher = openssl::symm::Cipher::aes_128_cbc();
        let locked = open.private_key_to_pem_pkcs8_passphrase(cipher, b"x").expect("a locked key");
        let (ca, certificate, key) = (FileRole::Authority, FileRole::ClientCertificate, FileRole::ClientKey);
        let table: [(&[u8], FileRole, &str, &str); 9] = [
            (b"no such thing", ca, "F-122", "neither a certificate nor a key"),
            (b"", ca, "F-122", "is empty"),
            (cut, ca, "F-120", "no END line"),
            (&good.certificate, ca, "F-099", "no authority's"),
            (&good.key, ca, "F-122", "no certificate"),
            (&good.key, certificate, "F-122", "no certificate"),
            (&good.certificate, key, "F-122", "no key"),
            (&locked, key, "F-127", "pass phrase"),
            (&expired.certificate, certificate, "F-131", "expired"),
        ];
        for (bytes, role, id, words) in table {
            let failure = read_bytes(bytes, role, JUDGING).expect_err(id);
            assert_eq!(failure.finding_id(), Some(id), "{}", failure.text());
            assert!(failure.text().contains(words), "{id}: {}", failure.text());
            assert!(!failure.text().contains("NoBlock") && !failure.text().contains("PRIVATE"), "{}", failure.text());
        }
        let bare = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(bare.path(), &der).expect("written");
        let repaired = read("--ca", bare.path(), ca, JUDGING).expect("it is only written differently");
        assert_eq!(repaired.bytes, files.ca());
        assert!(repaired.notes.iter().any(|note| note.to(Lang::En).contains("binary")), "{:?}", repaired.notes);
        let failure = key_for(&good.certificate, &files.client(ClientKind::WrongKey).key).expect_err("no pair");
        assert_eq!(failure.finding_id(), Some("F-129"));
        key_for(&good.certificate, &good.key).expect("a pair");
        for (bytes, role) in [(files.ca(), ca), (&good.certificate, certificate), (&good.key, key)] {
            read_bytes(bytes, role, JUDGING).expect("a sound file");
        }
    }

    #[test]
    fn an_old_authority_passes_where_dates_are_left_unchecked() {
        let range = Range::start(&RangeConfig { now: NOW, upstream: None, faults: Vec::new() }).expect("a range");
        let ca = range.files().ca();
        let late = Judging { today: NOW + 100 * 365 * 86_400, ignores_clock: false };
        let failure = read_bytes(ca, FileRole::Authority, late).expect_err("expired");
        assert_eq!(failure.finding_id(), Some("F-104"));
        read_bytes(ca, FileRole::Authority, Judging { ignores_clock: true, ..late }).expect("dates do not count");
    }
}
