//! Would the module's parser take these bytes? By the rules of Mbed TLS 2.26, which the chip's public SDK carries: header
//! line, an optional blank, an optional CR, a mandatory LF, base64 lines, footer. A computer's reader is more lenient.

use openssl::base64;

use super::{
    armour::{after_header, find, is_base64},
    certificate::{CertificateFacts, PublicKey},
    file_role::FileRole,
    key::{KeyFacts, KeyForm},
};

/// Whether the module's parser takes a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModuleVerdict {
    /// Yes.
    Takes,
    /// Perhaps: nothing in the rules forbids it, but modules are known to differ.
    Doubtful(Doubt),
    /// No.
    Refuses(ParserRefusal),
}

/// Why it is not certain that the module takes a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Binary; the parser reads it, the module may not hand it over as such.
    Binary,
    /// `EC PARAMETERS` in front of the key.
    CurveParameters,
    /// An elliptic curve key: the module's suites need RSA.
    EllipticKey,
    /// Some of the certificates in the file do not load.
    PartOfIt,
}

/// Why the module's parser refuses a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParserRefusal {
    /// No header and footer of the expected kind.
    NoBlock,
    /// No LF behind the header.
    NoLineFeed,
    /// A character that has no place in base64, or a blank inside a line.
    Character,
    /// The base64 is sound, but what it holds is not what it says.
    Content,
    /// A pass phrase is needed and there is no command to give one.
    PassPhrase,
    /// PKCS#12 or PKCS#7, which the parser does not know.
    Container,
}

/// Whether the module's parser takes `bytes` as a file for `role`.
pub fn module_verdict(bytes: &[u8], role: FileRole) -> ModuleVerdict {
    match role {
        FileRole::Authority | FileRole::ClientCertificate => certificates(bytes),
        FileRole::ClientKey => key(bytes),
    }
}

/// One sound certificate is enough; those behind it may be bad.
fn certificates(bytes: &[u8]) -> ModuleVerdict {
    if find(bytes, b"-----BEGIN CERTIFICATE-----", 0).is_none() {
        return binary(bytes, |der| CertificateFacts::from_der(der).map(|facts| facts.key));
    }
    let mut loaded: Vec<PublicKey> = Vec::new();
    let mut refused = None;
    let mut rest = bytes;
    while let Some((block, behind)) = cut(rest, "CERTIFICATE") {
        rest = behind;
        match block.and_then(|der| CertificateFacts::from_der(&der).ok_or(ParserRefusal::Content)) {
            Ok(facts) => loaded.push(facts.key),
            Err(why) => {
                refused.get_or_insert(why);
            }
        }
    }
    match (loaded.is_empty(), refused) {
        (true, why) => ModuleVerdict::Refuses(why.unwrap_or(ParserRefusal::NoBlock)),
        (false, Some(_)) => ModuleVerdict::Doubtful(Doubt::PartOfIt),
        (false, None) => rsa_or_doubt(loaded.into_iter().next()),
    }
}

fn key(bytes: &[u8]) -> ModuleVerdict {
    for label in ["RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY"] {
        let Some((block, _)) = cut(bytes, label) else { continue };
        let facts = block.and_then(|der| KeyFacts::from_der(&der).ok_or(ParserRefusal::Content));
        return match facts {
            Err(why) => ModuleVerdict::Refuses(why),
            Ok(_) if find(bytes, b"-----BEGIN EC PARAMETERS-----", 0).is_some() => {
                ModuleVerdict::Doubtful(Doubt::CurveParameters)
            }
            Ok(facts) => rsa_or_doubt(facts.kind),
        };
    }
    if cut(bytes, "ENCRYPTED PRIVATE KEY").is_some() {
        return ModuleVerdict::Refuses(ParserRefusal::PassPhrase);
    }
    match super::key::form_of(bytes) {
        Some(KeyForm::Encrypted) => ModuleVerdict::Refuses(ParserRefusal::PassPhrase),
        _ => binary(bytes, |der| KeyFacts::from_der(der).and_then(|facts| facts.kind)),
    }
}

fn binary(bytes: &[u8], kind: impl Fn(&[u8]) -> Option<PublicKey>) -> ModuleVerdict {
    match kind(bytes) {
        Some(_) => ModuleVerdict::Doubtful(Doubt::Binary),
        None if bytes.first() == Some(&0x30) || find(bytes, b"-----BEGIN PKCS7-----", 0).is_some() => {
            ModuleVerdict::Refuses(ParserRefusal::Container)
        }
        None => ModuleVerdict::Refuses(ParserRefusal::NoBlock),
    }
}

const fn rsa_or_doubt(kind: Option<PublicKey>) -> ModuleVerdict {
    match kind {
        Some(PublicKey::Elliptic { .. }) => ModuleVerdict::Doubtful(Doubt::EllipticKey),
        Some(PublicKey::Rsa { .. } | PublicKey::Other) | None => ModuleVerdict::Takes,
    }
}

type Cut = Result<Vec<u8>, ParserRefusal>;

/// Cuts the first block of this label: its content or why it is refused, and what follows. `None` without header or footer.
fn cut<'a>(bytes: &'a [u8], label: &str) -> Option<(Cut, &'a [u8])> {
    let header = format!("-----BEGIN {label}-----");
    let footer = format!("-----END {label}-----");
    let start = find(bytes, header.as_bytes(), 0)? + header.len();
    let end = find(bytes, footer.as_bytes(), start)?;
    let rest = &bytes[end + footer.len()..];
    let content = match after_header(&bytes[start..end]) {
        None => Err(ParserRefusal::NoLineFeed),
        Some(body) if body.starts_with(b"Proc-Type: 4,ENCRYPTED") => Err(ParserRefusal::PassPhrase),
        Some(body) => decode(body),
    };
    Some((content, rest))
}

/// Base64 in lines that end with LF or CR LF; blanks only at the end of a line; at most two `=`, all at the end.
fn decode(body: &[u8]) -> Result<Vec<u8>, ParserRefusal> {
    let mut digits = String::new();
    for line in body.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let blanks = line.iter().rev().take_while(|byte| **byte == b' ').count();
        let line = &line[..line.len() - blanks];
        if !line.iter().all(|byte| is_base64(*byte)) {
            return Err(ParserRefusal::Character);
        }
        digits.push_str(&String::from_utf8_lossy(line));
    }
    let padding = digits.trim_end_matches('=').len();
    if digits[..padding].contains('=') || digits.len() - padding > 2 {
        return Err(ParserRefusal::Character);
    }
    if digits.is_empty() || !digits.len().is_multiple_of(4) {
        return Err(ParserRefusal::Content);
    }
    base64::decode_block(&digits).map_err(|_| ParserRefusal::Content)
}
