//! Finds PEM blocks, also damaged ones, and says where a strict reader stumbles.

use std::{fmt, ops::Range};

use openssl::base64;

/// What a block says it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// `CERTIFICATE`.
    Certificate,
    /// `TRUSTED CERTIFICATE`, OpenSSL's own form.
    TrustedCertificate,
    /// `RSA PRIVATE KEY` (PKCS#1), the form of the vendor's example.
    RsaKey,
    /// `EC PRIVATE KEY` (SEC 1).
    EcKey,
    /// `EC PARAMETERS`, which some tools write in front of the key.
    EcParameters,
    /// `PRIVATE KEY` (PKCS#8).
    Pkcs8Key,
    /// `ENCRYPTED PRIVATE KEY` (PKCS#8 behind a pass phrase).
    EncryptedPkcs8Key,
    /// `PKCS7`.
    Pkcs7,
    /// `X509 CRL`.
    RevocationList,
    /// `CERTIFICATE REQUEST` or `NEW CERTIFICATE REQUEST`.
    Request,
    /// `PUBLIC KEY` or `RSA PUBLIC KEY`.
    PublicKey,
    /// Anything else.
    Other(String),
}

impl Label {
    fn from_text(text: &str) -> Self {
        match text {
            "CERTIFICATE" | "X509 CERTIFICATE" => Self::Certificate,
            "TRUSTED CERTIFICATE" => Self::TrustedCertificate,
            "RSA PRIVATE KEY" => Self::RsaKey,
            "EC PRIVATE KEY" => Self::EcKey,
            "EC PARAMETERS" => Self::EcParameters,
            "PRIVATE KEY" => Self::Pkcs8Key,
            "ENCRYPTED PRIVATE KEY" => Self::EncryptedPkcs8Key,
            "PKCS7" => Self::Pkcs7,
            "X509 CRL" => Self::RevocationList,
            "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => Self::Request,
            "PUBLIC KEY" | "RSA PUBLIC KEY" => Self::PublicKey,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The text between `BEGIN` and the dashes.
    pub fn text(&self) -> &str {
        match self {
            Self::Certificate => "CERTIFICATE",
            Self::TrustedCertificate => "TRUSTED CERTIFICATE",
            Self::RsaKey => "RSA PRIVATE KEY",
            Self::EcKey => "EC PRIVATE KEY",
            Self::EcParameters => "EC PARAMETERS",
            Self::Pkcs8Key => "PRIVATE KEY",
            Self::EncryptedPkcs8Key => "ENCRYPTED PRIVATE KEY",
            Self::Pkcs7 => "PKCS7",
            Self::RevocationList => "X509 CRL",
            Self::Request => "CERTIFICATE REQUEST",
            Self::PublicKey => "PUBLIC KEY",
            Self::Other(text) => text,
        }
    }

    /// Whether it is a private key's.
    pub const fn is_private(&self) -> bool {
        matches!(self, Self::RsaKey | Self::EcKey | Self::Pkcs8Key | Self::EncryptedPkcs8Key)
    }
}

/// Where a strict reader of PEM stumbles. Lines count from 1 at the start of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// No line end between header and body: the lines were joined.
    Joined,
    /// No footer: the file was cut.
    NoFooter,
    /// The footer names something else than the header.
    OtherFooter,
    /// Not five dashes around `BEGIN …` or `END …`.
    Dashes {
        /// Where.
        line: usize,
    },
    /// A blank in front of a line.
    Indented {
        /// Where.
        line: usize,
    },
    /// A character that base64 does not have.
    Character {
        /// Where.
        line: usize,
        /// Where in the line, from 1.
        column: usize,
    },
    /// The lines are well formed, but what they hold is not.
    Content,
}

/// One PEM block.
#[derive(Clone, PartialEq, Eq)]
pub struct Block {
    /// What it says it holds.
    pub label: Label,
    /// Where it stands in the text, from its first dash to its last.
    pub span: Range<usize>,
    /// Whether a pass phrase is needed (`Proc-Type: 4,ENCRYPTED` or an encrypted PKCS#8 label).
    pub encrypted: bool,
    /// The first place where a strict reader stumbles.
    pub damage: Option<Damage>,
    der: Option<Vec<u8>>,
}

impl Block {
    /// What it holds, line ends and blanks put right; `None` when it cannot be read at all or needs a pass phrase.
    pub fn der(&self) -> Option<&[u8]> {
        self.der.as_deref()
    }
}

/// Without the content: a key must not reach a log.
impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Block")
            .field("label", &self.label)
            .field("span", &self.span)
            .field("encrypted", &self.encrypted)
            .field("damage", &self.damage)
            .finish_non_exhaustive()
    }
}

/// All blocks of `text` in their order.
pub(super) fn blocks(text: &[u8]) -> Vec<Block> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begin) = find(text, b"BEGIN ", at) {
        let Some(block) = block_at(text, at, begin) else {
            at = begin + 6;
            continue;
        };
        at = block.span.end.max(begin + 6);
        found.push(block);
    }
    found
}

/// Reads the block whose word `BEGIN` stands at `begin`, nothing of it before `floor`; `None` when that is just a word in
/// some text.
fn block_at(text: &[u8], floor: usize, begin: usize) -> Option<Block> {
    let left = dashes_before(text, floor, begin);
    let name_end = find(text, b"-", begin)?;
    let name = std::str::from_utf8(&text[begin + 6..name_end]).ok()?;
    let shares_dashes = begin == floor && floor > 0;
    if (left == 0 && !shares_dashes) || name.len() > 40 || name.contains(['\n', '\r']) {
        return None;
    }
    let label = Label::from_text(name.trim_end());
    let right = dashes_at(text, name_end);
    let body_start = name_end + right;
    let footer = footer_after(text, body_start);
    let body = &text[body_start..footer.as_ref().map_or(text.len(), |footer| footer.start)];
    let encrypted = label == Label::EncryptedPkcs8Key || find(body, b"4,ENCRYPTED", 0).is_some();
    let der = if encrypted { None } else { decode_leniently(body) };
    let line = line_of(text, begin);
    let damage = if left != 5 || right != 5 {
        Some(Damage::Dashes { line })
    } else {
        damage(body, line, footer.as_ref(), name).or(if der.is_none() && !encrypted {
            Some(Damage::Content)
        } else {
            None
        })
    };
    let end = footer.map_or(text.len(), |footer| footer.end);
    Some(Block { label, span: begin - left..end, encrypted, damage, der })
}

struct Footer {
    start: usize,
    end: usize,
    line: usize,
    dashes: (usize, usize),
    name: Vec<u8>,
}

/// The next footer, unless another block begins before it.
fn footer_after(text: &[u8], from: usize) -> Option<Footer> {
    let word = find(text, b"END ", from)?;
    if find(text, b"BEGIN ", from).is_some_and(|next| next < word) {
        return None;
    }
    let left = dashes_before(text, from, word);
    let name_end = find(text, b"-", word)?;
    let name = text[word + 4..name_end].to_vec();
    if left == 0 || name.len() > 40 {
        return None;
    }
    let right = dashes_at(text, name_end);
    Some(Footer { start: word - left, end: name_end + right, line: line_of(text, word), dashes: (left, right), name })
}

fn damage(body: &[u8], header_line: usize, footer: Option<&Footer>, name: &str) -> Option<Damage> {
    let Some(footer) = footer else { return Some(Damage::NoFooter) };
    if footer.dashes != (5, 5) {
        return Some(Damage::Dashes { line: footer.line });
    }
    if footer.name != name.as_bytes() {
        return Some(Damage::OtherFooter);
    }
    let Some(rest) = after_header(body) else { return Some(Damage::Joined) };
    let mut in_headers = find(rest, b"Proc-Type:", 0) == Some(0);
    for (number, line) in (header_line + 1..).zip(rest.split(|byte| *byte == b'\n')) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if in_headers {
            in_headers = !line.is_empty();
            continue;
        }
        if line.first().is_some_and(|first| matches!(first, b' ' | b'\t')) {
            return Some(Damage::Indented { line: number });
        }
        let trimmed = line.trim_ascii_end();
        if let Some(column) = trimmed.iter().position(|byte| !is_base64(*byte)) {
            return Some(Damage::Character { line: number, column: column + 1 });
        }
    }
    None
}

/// What follows a header's line end: an optional blank, an optional CR, a mandatory LF.
pub(super) fn after_header(body: &[u8]) -> Option<&[u8]> {
    let body = body.strip_prefix(b" ").unwrap_or(body);
    let body = body.strip_prefix(b"\r").unwrap_or(body);
    body.strip_prefix(b"\n")
}

pub(super) const fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// Decodes a body whatever was done to its line ends and blanks.
fn decode_leniently(body: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(body).replace("\\n", "").replace("\\r", "");
    let kept: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if kept.is_empty() || !kept.len().is_multiple_of(4) { None } else { base64::decode_block(&kept).ok() }
}

/// A block in clean PEM: five dashes, lines of 64 characters, LF.
pub(super) fn write(label: &Label, der: &[u8]) -> Vec<u8> {
    let mut pem = format!("-----BEGIN {}-----\n", label.text()).into_bytes();
    for line in base64::encode_block(der).as_bytes().chunks(64) {
        pem.extend(line);
        pem.push(b'\n');
    }
    pem.extend(format!("-----END {}-----\n", label.text()).into_bytes());
    pem
}

pub(super) fn find(text: &[u8], word: &[u8], from: usize) -> Option<usize> {
    text.get(from..)?.windows(word.len()).position(|window| window == word).map(|at| at + from)
}

/// Dashes may belong to one word only, so none is counted before `floor`.
fn dashes_before(text: &[u8], floor: usize, at: usize) -> usize {
    text[floor..at].iter().rev().take_while(|byte| **byte == b'-').count()
}

fn dashes_at(text: &[u8], at: usize) -> usize {
    text[at..].iter().take_while(|byte| **byte == b'-').count()
}

/// The line, from 1; a lone CR counts as a line end.
fn line_of(text: &[u8], at: usize) -> usize {
    let before = &text[..at];
    let lone = before.windows(2).filter(|pair| pair[0] == b'\r' && pair[1] != b'\n').count();
    lone + before.split(|byte| *byte == b'\n').count()
}
