//! Repairs as pure functions: bytes in, better bytes out, and what was changed.

use std::fmt;

use openssl::pkey::PKey;

use super::{
    file::{Content, FileFacts, Item},
    key::KeyForm,
    layout::{Encoding, text},
    pem::{Label, blocks, write},
};

/// What a repair does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RepairKind {
    /// UTF-16 to plain text, byte order mark away.
    PlainText,
    /// Binary certificate or key to PEM.
    ToPem,
    /// Blocks written anew: joined or indented lines, `\n` written out, wrong dashes, CR alone.
    Rebuild,
    /// Text around the blocks away.
    StrayText,
    /// CR LF to LF, which is what the vendor's example has; the size changes by one byte a line.
    LineFeeds,
    /// A PKCS#8 RSA key to PKCS#1, the form of the vendor's example.
    ToPkcs1,
}

impl RepairKind {
    /// All of them, in the order in which they are made.
    pub const ALL: [Self; 6] =
        [Self::PlainText, Self::ToPem, Self::Rebuild, Self::StrayText, Self::LineFeeds, Self::ToPkcs1];
}

/// A repaired file.
#[derive(Clone, PartialEq, Eq)]
pub struct Repair {
    /// What was done, in order; empty when nothing was needed.
    pub kinds: Vec<RepairKind>,
    /// The new bytes.
    pub bytes: Vec<u8>,
    /// The size before.
    pub size_before: usize,
}

/// Sizes only: a key must not reach a log.
impl fmt::Debug for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Repair")
            .field("kinds", &self.kinds)
            .field("size_before", &self.size_before)
            .field("size", &self.bytes.len())
            .finish()
    }
}

/// Makes every repair that does something.
pub fn clean(bytes: &[u8]) -> Repair {
    let mut repaired = Repair { kinds: Vec::new(), bytes: bytes.to_vec(), size_before: bytes.len() };
    for kind in RepairKind::ALL {
        if let Some(better) = repair(&repaired.bytes, kind) {
            repaired.bytes = better;
            repaired.kinds.push(kind);
        }
    }
    repaired
}

/// Makes one repair; `None` when there is nothing for it to do, or it would lose something.
pub fn repair(bytes: &[u8], kind: RepairKind) -> Option<Vec<u8>> {
    let better = match kind {
        RepairKind::PlainText => plain_text(bytes),
        RepairKind::ToPem => to_pem(bytes),
        RepairKind::Rebuild => rebuild(bytes),
        RepairKind::StrayText => without_stray_text(bytes),
        RepairKind::LineFeeds => line_feeds(bytes),
        RepairKind::ToPkcs1 => to_pkcs1(bytes),
    };
    better.filter(|better| better != bytes)
}

fn plain_text(bytes: &[u8]) -> Option<Vec<u8>> {
    let facts = FileFacts::read(bytes);
    (facts.encoding != Encoding::Bytes && matches!(facts.content, Content::Pem(_))).then(|| text(bytes))
}

fn to_pem(bytes: &[u8]) -> Option<Vec<u8>> {
    let Content::Der(item) = FileFacts::read(bytes).content else { return None };
    let label = match item {
        Item::Certificate(_) => Label::Certificate,
        Item::Key(facts) => match facts.form {
            KeyForm::Pkcs1 => Label::RsaKey,
            KeyForm::Pkcs8 => Label::Pkcs8Key,
            KeyForm::Sec1 => Label::EcKey,
            KeyForm::Encrypted => Label::EncryptedPkcs8Key,
        },
        _ => return None,
    };
    Some(write(&label, bytes))
}

/// Only when every damaged block can be read: nothing is dropped here.
fn rebuild(bytes: &[u8]) -> Option<Vec<u8>> {
    let facts = FileFacts::read(bytes);
    let Content::Pem(blocks) = &facts.content else { return None };
    let is_needed = blocks.iter().any(|(block, _)| block.damage.is_some() || block.label == Label::TrustedCertificate);
    if facts.encoding != Encoding::Bytes || !is_needed {
        return None;
    }
    let mut rebuilt = Vec::new();
    for (block, item) in blocks {
        if *item == Item::Unreadable {
            return None;
        }
        let label = if block.label == Label::TrustedCertificate { &Label::Certificate } else { &block.label };
        rebuilt.extend(write(label, block.der()?));
    }
    Some(rebuilt)
}

fn without_stray_text(bytes: &[u8]) -> Option<Vec<u8>> {
    let facts = FileFacts::read(bytes);
    if facts.encoding != Encoding::Bytes || facts.stray.is_empty() || facts.damage().is_some() {
        return None;
    }
    let mut kept = Vec::new();
    for block in blocks(bytes) {
        kept.extend(&bytes[block.span.clone()]);
        let end = &bytes[block.span.end..];
        kept.extend(if end.starts_with(b"\r\n") { b"\r\n".as_slice() } else { b"\n" });
    }
    Some(kept)
}

fn line_feeds(bytes: &[u8]) -> Option<Vec<u8>> {
    let facts = FileFacts::read(bytes);
    if !matches!(facts.content, Content::Pem(_)) || facts.encoding != Encoding::Bytes || facts.line_ends.crlf == 0 {
        return None;
    }
    let lines: Vec<_> =
        bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line)).collect();
    Some(lines.join(&b'\n'))
}

fn to_pkcs1(bytes: &[u8]) -> Option<Vec<u8>> {
    let blocks = blocks(bytes);
    let block = blocks.iter().find(|block| block.label == Label::Pkcs8Key && block.damage.is_none())?;
    let rsa = PKey::private_key_from_der(block.der()?).ok()?.rsa().ok()?;
    let inner = write(&Label::RsaKey, &rsa.private_key_to_der().ok()?);
    let rest = bytes[block.span.end..].strip_prefix(b"\r").unwrap_or(&bytes[block.span.end..]);
    let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    Some([&bytes[..block.span.start], &inner, rest].concat())
}
