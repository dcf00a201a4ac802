//! What speaks against a file in its role.

use super::{
    certificate::{CertificateFacts, Digest, PublicKey, Signature},
    damage::Damage,
    file::{Content, FileFacts},
    file_role::FileRole,
    item::Item,
    key::KeyForm,
    label::Label,
    layout::Encoding,
};

/// One thing that speaks against a file in its role; each names the entry of the failure catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// Nothing in it.
    Empty,
    /// Neither certificate nor key.
    NotCertificates,
    /// It holds something else than the role needs (F-122).
    WrongContent,
    /// UTF-16 (F-118).
    Utf16,
    /// A byte order mark: three bytes more than the text shows (F-118).
    ByteOrderMark,
    /// Line ends are CR alone (F-117).
    CarriageReturnsOnly,
    /// `\n` written out in place of line ends (F-120).
    LiteralLineEnds,
    /// Binary in place of PEM (F-119).
    Binary,
    /// PKCS#12 or PKCS#7 (F-119).
    Container,
    /// The PEM is damaged (F-120).
    Damaged(Damage),
    /// `TRUSTED CERTIFICATE`, which only OpenSSL reads (F-120).
    TrustedHeader,
    /// Text around the blocks (F-121).
    StrayText {
        /// How much, blanks aside.
        bytes: usize,
    },
    /// Larger than the module writes in one piece (F-124).
    TooBig {
        /// Its size.
        bytes: usize,
    },
    /// More than three certificates or 6 kB: a bundle (F-125).
    Bundle {
        /// How many.
        certificates: usize,
    },
    /// Behind a pass phrase (F-127).
    PassPhrase,
    /// PKCS#8 where the vendor's example has PKCS#1 (F-126).
    Pkcs8,
    /// OpenSSH's own form, which nobody but OpenSSH reads (F-126).
    OpenSshKey,
    /// `EC PARAMETERS` in front of the key (F-128).
    CurveParameters,
    /// An elliptic key (F-128 for clients, F-074 for servers).
    EllipticKey,
    /// RSA below 2048 or above 4096 bits (F-112).
    KeySize {
        /// Its size.
        bits: u32,
    },
    /// Neither RSA nor elliptic: DSA, or RSA for PSS alone (F-128).
    NotRsa,
    /// Not valid any more (F-104 for authorities, F-131 for clients).
    Expired,
    /// Not valid yet (F-105).
    NotYetValid,
    /// A server's or client's certificate in the place of an authority's (F-099).
    NotAnAuthority,
    /// An authority's certificate in the place of a client's (F-122).
    IsAnAuthority,
    /// Not for clients (F-132).
    NotForClients,
    /// Its key usage leaves out what it needs in its place: signing certificates for an authority, signing for a client
    /// (F-111).
    UsageMissing,
    /// A server's certificate whose key usage leaves out keyEncipherment: the module's suites need it of the broker (F-111).
    NoKeyEncipherment,
    /// The device's own certificate does not stand first (F-102).
    WrongOrder,
    /// A client's chain that may not fit into the module's buffer (F-081).
    LongChain {
        /// Size of its certificates as DER.
        bytes: usize,
    },
    /// An extension that a reader must know or refuse the certificate, and that small readers do not know (F-110).
    CriticalExtension {
        /// Its name, `?` when it has none here.
        name: &'static str,
    },
    /// Signed with MD5 or SHA-1 (F-113).
    OldSignature,
    /// Signed with SHA-384, SHA-512, PSS or an elliptic curve, which small stacks may not know (F-110).
    UncommonSignature,
}

/// Everything that speaks against `file` as a `role`, dates judged at `now` (seconds since 1970).
pub fn concerns(file: &FileFacts, role: FileRole, now: i64) -> Vec<Concern> {
    let mut all = Vec::new();
    layout_concerns(file, &mut all);
    content_concerns(file, role, &mut all);
    match role {
        FileRole::Authority => {
            file.certificates().for_each(|one| authority_concerns(one, now, &mut all));
        }
        FileRole::ClientCertificate => chain_concerns(file, now, &mut all),
        FileRole::ClientKey => key_concerns(file, &mut all),
    }
    let mut once = Vec::with_capacity(all.len());
    for one in all {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}

/// The device's own certificate, wherever it stands, and the dates of those above it.
fn chain_concerns(file: &FileFacts, now: i64, all: &mut Vec<Concern>) {
    let certificates: Vec<_> = file.certificates().collect();
    let Some(leaf) = leaf_of(&certificates) else { return };
    if leaf > 0 {
        all.push(Concern::WrongOrder);
    }
    client_concerns(certificates[leaf], now, all);
    for above in certificates.iter().enumerate().filter(|(place, _)| *place != leaf).map(|(_, above)| above) {
        date_concerns(above, now, all);
        all.extend(above.demands.first().map(|name| Concern::CriticalExtension { name }));
    }
    let bytes = certificates.iter().map(|one| one.der_bytes).sum();
    if bytes > SMALL_BUFFER {
        all.push(Concern::LongChain { bytes });
    }
}

/// The place of the certificate that issued none of the others.
pub(super) fn leaf_of(certificates: &[&CertificateFacts]) -> Option<usize> {
    let is_leaf = |one: &&CertificateFacts| !certificates.iter().any(|other| other.is_below(one));
    let leaves = || certificates.iter().enumerate().filter(|(_, one)| is_leaf(one));
    let own = leaves().find(|(_, one)| one.is_authority != Some(true)).or_else(|| leaves().next());
    own.map(|(place, _)| place).or((!certificates.is_empty()).then_some(0))
}

fn layout_concerns(file: &FileFacts, all: &mut Vec<Concern>) {
    match file.encoding {
        Encoding::Bytes => {}
        Encoding::Utf8Mark => all.push(Concern::ByteOrderMark),
        Encoding::Utf16Le | Encoding::Utf16Be => all.push(Concern::Utf16),
    }
    let ends = file.line_ends;
    if ends.cr > 0 && ends.lf + ends.crlf == 0 {
        all.push(Concern::CarriageReturnsOnly);
    }
    if ends.literal > 0 && matches!(file.content, Content::Pem(_)) {
        all.push(Concern::LiteralLineEnds);
    }
    if !file.stray.is_empty() {
        all.push(Concern::StrayText { bytes: file.stray.before + file.stray.between + file.stray.after });
    }
    if file.bytes > LARGEST_FILE {
        all.push(Concern::TooBig { bytes: file.bytes });
    }
}

fn content_concerns(file: &FileFacts, role: FileRole, all: &mut Vec<Concern>) {
    match &file.content {
        Content::Empty => all.push(Concern::Empty),
        Content::Foreign(_) => all.push(Concern::NotCertificates),
        Content::Der(Item::Pkcs12 | Item::Pkcs7) => all.push(Concern::Container),
        Content::Der(_) => all.push(Concern::Binary),
        Content::Pem(blocks) => {
            let trusted = |label: &Label| *label == Label::TrustedCertificate;
            if blocks.iter().any(|(block, _)| trusted(&block.label)) {
                all.push(Concern::TrustedHeader);
            }
            if blocks.iter().any(|(_, item)| *item == Item::Pkcs7) {
                all.push(Concern::Container);
            }
        }
    }
    all.extend(file.damage().map(Concern::Damaged));
    let certificates = file.certificates().count();
    let fits = match role {
        FileRole::Authority | FileRole::ClientCertificate => certificates > 0,
        FileRole::ClientKey => file.key().is_some(),
    };
    if !fits && file.items().any(|item| *item != Item::Unreadable) {
        all.push(Concern::WrongContent);
    }
    if certificates > 3 || (certificates > 1 && file.bytes > BUNDLE) {
        all.push(Concern::Bundle { certificates });
    }
}

fn authority_concerns(facts: &CertificateFacts, now: i64, all: &mut Vec<Concern>) {
    if !facts.is_authority.unwrap_or(facts.is_self_issued) {
        all.push(Concern::NotAnAuthority);
    }
    // A server's own certificate, rightly here when it signed itself.
    if facts.is_authority != Some(true) && facts.usage.is_some_and(|usage| !usage.key_encipherment) {
        all.push(Concern::NoKeyEncipherment);
    }
    if facts.usage.is_some_and(|usage| !usage.certificate_sign) && facts.is_authority == Some(true) {
        all.push(Concern::UsageMissing);
    }
    common_concerns(facts, now, all);
    all.extend(facts.demands.first().map(|name| Concern::CriticalExtension { name }));
    signature_concerns(facts, all);
}

fn client_concerns(facts: &CertificateFacts, now: i64, all: &mut Vec<Concern>) {
    if facts.is_authority == Some(true) {
        all.push(Concern::IsAnAuthority);
    }
    if facts.client_auth == Some(false) {
        all.push(Concern::NotForClients);
    }
    if facts.is_authority != Some(true) && facts.usage.is_some_and(|usage| !usage.digital_signature) {
        all.push(Concern::UsageMissing);
    }
    all.extend(facts.demands.first().map(|name| Concern::CriticalExtension { name }));
    common_concerns(facts, now, all);
    signature_concerns(facts, all);
}

fn common_concerns(facts: &CertificateFacts, now: i64, all: &mut Vec<Concern>) {
    date_concerns(facts, now, all);
    all.extend(key_concern(facts.key));
}

fn date_concerns(facts: &CertificateFacts, now: i64, all: &mut Vec<Concern>) {
    if facts.not_after.is_some_and(|end| now > end) {
        all.push(Concern::Expired);
    }
    if facts.not_before.is_some_and(|start| now < start) {
        all.push(Concern::NotYetValid);
    }
}

/// Nobody has to check how a root signed itself, so an uncommon signature does not matter there; an old one tells of its age.
fn signature_concerns(facts: &CertificateFacts, all: &mut Vec<Concern>) {
    match facts.signature {
        Signature::Rsa(Digest::Sha256) => {}
        Signature::Rsa(Digest::Md5 | Digest::Sha1) => all.push(Concern::OldSignature),
        _ if facts.is_self_issued && facts.is_authority == Some(true) => {}
        Signature::Rsa(_) | Signature::RsaPss | Signature::Ecdsa(_) | Signature::Other => {
            all.push(Concern::UncommonSignature);
        }
    }
}

fn key_concerns(file: &FileFacts, all: &mut Vec<Concern>) {
    if file.items().any(|item| *item == Item::CurveParameters) {
        all.push(Concern::CurveParameters);
    }
    let Some(key) = file.key() else { return };
    match key.form {
        KeyForm::Encrypted => all.push(Concern::PassPhrase),
        KeyForm::Pkcs8 => all.push(Concern::Pkcs8),
        KeyForm::OpenSsh if key.kind.is_none() => all.push(Concern::PassPhrase),
        KeyForm::OpenSsh => all.push(Concern::OpenSshKey),
        KeyForm::Pkcs1 | KeyForm::Sec1 => {}
    }
    all.extend(key.kind.and_then(key_concern));
}

const fn key_concern(key: PublicKey) -> Option<Concern> {
    match key {
        PublicKey::Rsa { bits } if bits < *KEY_BITS.start() || bits > *KEY_BITS.end() => {
            Some(Concern::KeySize { bits })
        }
        PublicKey::Elliptic { .. } => Some(Concern::EllipticKey),
        PublicKey::Other => Some(Concern::NotRsa),
        PublicKey::Rsa { .. } => None,
    }
}

/// RSA keys that nobody objects to (failure catalogue, F-112).
pub(super) const KEY_BITS: std::ops::RangeInclusive<u32> = 2048..=4096;
/// What `AT+FSWRITE` takes in one piece (reference, section 8).
const LARGEST_FILE: usize = 10_240;
/// What modems are known to take of a chain (failure catalogue, F-081).
const SMALL_BUFFER: usize = 4096;
const BUNDLE: usize = 6 * 1024;
