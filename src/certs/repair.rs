//! Repairs as pure functions: bytes in, better bytes out, and what was changed.

use std::fmt;

use openssl::pkey::PKey;
use zeroize::Zeroizing;

use super::{
    armour::write,
    block::Block,
    container, der,
    file::{Content, FileFacts},
    identify::{label_of, trusted_part},
    item::Item,
    label::Label,
    layout::{Encoding, text},
    openssh,
    order::upwards,
    pem::blocks,
    role::leaf_of,
};

/// What a repair does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RepairKind {
    /// UTF-16 to plain text, byte order mark away.
    PlainText,
    /// Binary certificate or key to PEM.
    ToPem,
    /// The certificates of a PKCS#7 bundle to PEM, the lowest first.
    OpenBundle,
    /// Blocks written anew: joined or indented lines, `\n` written out, wrong dashes, CR alone, quotes, escapes, margins.
    Rebuild,
    /// Text around the blocks away.
    StrayText,
    /// CR LF to LF, which is what the vendor's example has; the size changes by one byte a line.
    LineFeeds,
    /// An RSA key in PKCS#8 or OpenSSH's own form to PKCS#1, the form of the vendor's example.
    ToPkcs1,
    /// The device's own certificate first, then those above it.
    ChainOrder,
}

impl RepairKind {
    /// All of them, in the order in which they are made.
    pub const ALL: [Self; 8] = [
        Self::PlainText,
        Self::ToPem,
        Self::OpenBundle,
        Self::Rebuild,
        Self::StrayText,
        Self::LineFeeds,
        Self::ToPkcs1,
        Self::ChainOrder,
    ];
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
        RepairKind::OpenBundle => open_bundle(bytes),
        RepairKind::Rebuild => rebuild(bytes),
        RepairKind::StrayText => without_stray_text(bytes),
        RepairKind::LineFeeds => line_feeds(bytes),
        RepairKind::ToPkcs1 => to_pkcs1(bytes),
        RepairKind::ChainOrder => chain_order(bytes),
    };
    better.filter(|better| better != bytes)
}

fn plain_text(bytes: &[u8]) -> Option<Vec<u8>> {
    let facts = FileFacts::read(bytes);
    (facts.encoding != Encoding::Bytes && matches!(facts.content, Content::Pem(_))).then(|| text(bytes))
}

fn to_pem(bytes: &[u8]) -> Option<Vec<u8>> {
    let Content::Der(item) = FileFacts::read(bytes).content else { return None };
    match item {
        Item::Certificate(_) | Item::Key(_) => Some(write(&label_of(&item), whole(bytes))),
        _ => None,
    }
}

/// Without what an editor put behind it.
fn whole(bytes: &[u8]) -> &[u8] {
    der::first(bytes).unwrap_or(bytes)
}

fn open_bundle(bytes: &[u8]) -> Option<Vec<u8>> {
    let facts = FileFacts::read(bytes);
    let ders: Vec<Vec<u8>> = match &facts.content {
        Content::Der(Item::Pkcs7) => container::certificates_of_pkcs7(bytes)?,
        Content::Pem(blocks) if blocks.iter().any(|(_, item)| *item == Item::Pkcs7) => {
            let bundles = blocks.iter().filter(|(_, item)| *item == Item::Pkcs7);
            bundles.filter_map(|(block, _)| container::certificates_of_pkcs7(block.der()?)).flatten().collect()
        }
        _ => return None,
    };
    (!ders.is_empty()).then(|| upwards(ders).iter().flat_map(|der| write(&Label::Certificate, der)).collect())
}

/// Only when every damaged block can be read: nothing is dropped here but what stands around the blocks.
fn rebuild(bytes: &[u8]) -> Option<Vec<u8>> {
    let facts = FileFacts::read(bytes);
    let Content::Pem(blocks) = &facts.content else { return None };
    let is_needed = blocks.iter().any(|(block, _)| block.damage.is_some() || block.label == Label::TrustedCertificate);
    if facts.encoding != Encoding::Bytes || !is_needed {
        return None;
    }
    let mut rebuilt = Vec::new();
    for (block, item) in blocks {
        if matches!(item, Item::Unreadable | Item::Pkcs12) {
            return None;
        }
        let der = block.der()?;
        let is_certificate = matches!(item, Item::Certificate(_));
        let der = if is_certificate { trusted_part(der).unwrap_or(der) } else { der };
        rebuilt.extend(write(&label_of(item), der));
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
    let is_other =
        |block: &&Block| matches!(block.label, Label::Pkcs8Key | Label::OpenSshKey) && block.damage.is_none();
    let block = blocks.iter().find(is_other)?;
    let inner = pkcs1(block.der()?)?;
    let rest = bytes[block.span.end..].strip_prefix(b"\r").unwrap_or(&bytes[block.span.end..]);
    let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    Some([&bytes[..block.span.start], &inner, rest].concat())
}

/// An RSA key, PKCS#1, PKCS#8 or in OpenSSH's own form, as PKCS#1 PEM.
pub(super) fn pkcs1(der: &[u8]) -> Option<Vec<u8>> {
    let key = openssh::private_key(der).or_else(|| PKey::private_key_from_der(der).ok())?;
    let inner = Zeroizing::new(key.rsa().ok()?.private_key_to_der().ok()?);
    Some(write(&Label::RsaKey, &inner))
}

/// Only where the device's own certificate does not stand first: the order of authorities is nobody's business.
fn chain_order(bytes: &[u8]) -> Option<Vec<u8>> {
    let facts = FileFacts::read(bytes);
    let Content::Pem(blocks) = &facts.content else { return None };
    let certificates: Vec<_> = facts.certificates().collect();
    let leaf = leaf_of(&certificates)?;
    let is_all = certificates.len() == blocks.len() && facts.damage().is_none() && facts.stray.is_empty();
    if !is_all || leaf == 0 || certificates[leaf].is_authority == Some(true) {
        return None;
    }
    let ders = blocks.iter().map(|(block, _)| block.der().map(<[u8]>::to_vec)).collect::<Option<Vec<_>>>()?;
    Some(upwards(ders).iter().flat_map(|der| write(&Label::Certificate, der)).collect())
}
