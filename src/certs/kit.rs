//! All that somebody was handed, and the three files that the module reads made of it: which certificate is the device's, which
//! key belongs to it, who stands above it, and which authorities are to be believed.

mod pick;
mod take;

use std::fmt;

use openssl::pkey::{PKey, Private};
use zeroize::Zeroizing;

use super::{
    certificate::{CertificateFacts, PublicKey},
    damage::Damage,
    dress::Dress,
    file::{Content, FileFacts, NotCertificates},
    file_role::FileRole,
    key::KeyForm,
    layout::Encoding,
    phrase::{Closed, PassPhrase},
    role::Concern,
};

/// A file as it was handed over.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// Its name, for the report.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What the files came to.
#[derive(Debug)]
pub struct Kit {
    /// Each file as it was understood, in the order given.
    pub files: Vec<Taken>,
    /// What the module can be given, at most one for each role, in their order.
    pub ready: Vec<Ready>,
}

/// One file as it was understood.
#[derive(Debug)]
pub struct Taken {
    /// Its name.
    pub name: String,
    /// What stands in it as it is.
    pub facts: FileFacts,
    /// What was found in it, also inside of what it wraps.
    pub pieces: Vec<Piece>,
    /// What was made good.
    pub changes: Vec<Change>,
    /// What speaks against it.
    pub problems: Vec<Problem>,
}

/// Something found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub what: PieceKind,
    /// What it will be on the module; `None` when it is left out.
    pub role: Option<FileRole>,
    /// SHA-256: of a certificate over its DER, of a key over its public half. Empty for others.
    pub fingerprint: Vec<u8>,
}

/// The kind of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// A certificate.
    Certificate(Box<CertificateFacts>),
    /// A private key.
    Key {
        /// How it was written.
        form: KeyForm,
        /// Kind and size; `None` behind a pass phrase.
        kind: Option<PublicKey>,
    },
    /// A request for a certificate.
    Request,
    /// A public key.
    PublicKey,
    /// A revocation list.
    RevocationList,
}

/// Something in which a file differed from what the module reads, and which was made good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// How characters were stored.
    Encoding(Encoding),
    /// Lines ended with CR alone.
    CarriageReturns,
    /// Lines ended with CR LF.
    CrLf,
    /// A block was written differently.
    Damage(Damage),
    /// A block came in a dress.
    Dress(Dress),
    /// Text stood around the blocks.
    Stray {
        /// How many bytes of it, blanks aside.
        bytes: usize,
        /// Whether some of it is no UTF-8.
        is_foreign: bool,
    },
    /// `TRUSTED CERTIFICATE`.
    Trusted,
    /// It was binary.
    FromDer,
    /// A PKCS#7 bundle was opened.
    FromPkcs7,
    /// A PKCS#12 store was opened.
    FromPkcs12,
    /// The pass phrase of a key was taken away.
    Unlocked,
    /// A key was in OpenSSH's own form.
    FromOpenSsh,
    /// A key was PKCS#8.
    ToPkcs1,
    /// The device's own certificate did not stand first.
    Reordered,
    /// What is there twice is written once.
    Twice,
}

/// What speaks against a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// As what it was looked at.
    pub role: FileRole,
    /// What it is.
    pub concern: Concern,
    /// More about it.
    pub detail: Option<Detail>,
}

/// More about a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What stays closed, and why.
    Closed(Closed),
    /// What it is instead.
    Foreign(NotCertificates),
    /// The server's certificate stands among its authorities and was left out: its subject.
    LeafLeftOut(String),
    /// An authority with an elliptic key was left out beside others: its subject.
    EllipticLeftOut(String),
    /// No certificate among the files belongs to the key.
    NoPair,
    /// There are more keys than one.
    MoreKeys,
    /// It is the key of an authority, and was left out.
    AuthorityKey,
    /// The only pair is that of an authority.
    AuthorityAsDevice,
    /// The issuer's signature does not fit, although names and key ids do: the subject.
    WrongSignature(String),
    /// Nothing in the files serves the module.
    OnlyUseless,
}

/// A file for the module.
pub struct Ready {
    /// What it will be.
    pub role: FileRole,
    /// Its bytes, clean PEM.
    pub bytes: Zeroizing<Vec<u8>>,
    /// What speaks against what it holds.
    pub concerns: Vec<Concern>,
    /// The file that the most important part of it came from, by its number.
    pub from: usize,
}

/// Without the bytes: they may be those of a key.
impl fmt::Debug for Ready {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ready").field("role", &self.role).field("concerns", &self.concerns).finish_non_exhaustive()
    }
}

impl Kit {
    /// What `given` comes to, locked things opened with `phrase`, dates judged at `now` (seconds since 1970).
    pub fn of(given: &[Given<'_>], phrase: Option<&PassPhrase>, now: i64) -> Self {
        let mut found = Found::default();
        let mut files: Vec<_> =
            given.iter().enumerate().map(|(number, one)| take::file(number, *one, phrase, &mut found)).collect();
        let ready = pick::ready(&found, &mut files, now);
        Self { files, ready }
    }

    /// The same of one file whose role is known.
    pub fn for_role(given: Given<'_>, role: FileRole, phrase: Option<&PassPhrase>, now: i64) -> Self {
        let mut found = Found::default();
        let mut files = vec![take::file(0, given, phrase, &mut found)];
        let ready = pick::for_role(&found, &mut files, role, now);
        Self { files, ready }
    }

    /// The file for `role`, if there is one.
    pub fn file(&self, role: FileRole) -> Option<&Ready> {
        self.ready.iter().find(|ready| ready.role == role)
    }

    /// Everything that speaks against it, with the number of the file.
    pub fn problems(&self) -> impl Iterator<Item = (usize, Problem)> {
        let told = self.files.iter().enumerate();
        let told = told.flat_map(|(number, file)| file.problems.iter().map(move |one| (number, one.clone())));
        let judged = self.ready.iter().flat_map(|ready| {
            let one = |concern: &Concern| Problem { role: ready.role, concern: *concern, detail: None };
            ready.concerns.iter().map(move |concern| (ready.from, one(concern)))
        });
        told.chain(judged)
    }
}

impl Taken {
    /// Whether nothing in it is of use here.
    pub fn is_foreign(&self) -> bool {
        matches!(self.facts.content, Content::Empty | Content::Foreign(_))
    }
}

/// All certificates and keys, and where they came from.
#[derive(Default)]
struct Found {
    certificates: Vec<FoundCertificate>,
    keys: Vec<FoundKey>,
}

struct FoundCertificate {
    der: Vec<u8>,
    facts: CertificateFacts,
    file: usize,
    piece: usize,
}

struct FoundKey {
    key: PKey<Private>,
    file: usize,
    piece: usize,
}
