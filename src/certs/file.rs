//! What a file is.

use std::{cmp::Ordering, collections::BTreeSet};

use zeroize::Zeroizing;

use super::{
    block::Block,
    certificate::CertificateFacts,
    damage::Damage,
    der,
    dress::Dress,
    file_role::FileRole,
    foreign::Foreign,
    identify::{identify, label_of},
    item::Item,
    key::KeyFacts,
    label::Label,
    layout::{Encoding, LineEnds, Stray, layout, text},
    parser::{ModuleVerdict, module_verdict},
    pem::blocks,
};
use crate::tls::{certificates_from, key_from};

/// What is known of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// Its size in bytes: what `AT+FSWRITE` must announce when it is sent as it is.
    pub bytes: usize,
    /// How characters are stored.
    pub encoding: Encoding,
    /// Its line ends.
    pub line_ends: LineEnds,
    /// Bytes outside the blocks.
    pub stray: Stray,
    /// What it holds.
    pub content: Content,
    /// Whether a lenient reader on a computer takes it, as certificates or as a key.
    pub opens_on_pc: bool,
    /// What is wrong with a binary file.
    binary_damage: Option<Damage>,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    Empty,
    /// PEM blocks, sound or damaged.
    Pem(Vec<(Block, Item)>),
    /// Binary; needs to become PEM for the module.
    Der(Item),
    /// Something that is neither.
    Foreign(NotCertificates),
}

/// A file that holds no certificate and no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCertificates {
    /// Text, a web page for example.
    Text,
    /// Binary of an unknown kind.
    Binary,
    /// Something that is known for what it is.
    Known(Foreign),
}

impl FileFacts {
    /// Reads a file.
    pub fn read(bytes: &[u8]) -> Self {
        let (encoding, line_ends) = layout(bytes);
        let text = Zeroizing::new(text(bytes));
        let (content, binary_damage) = content(bytes, &text);
        let stray = match &content {
            Content::Pem(blocks) => stray(&text, blocks),
            Content::Empty | Content::Der(_) | Content::Foreign(_) => Stray::default(),
        };
        let opens_on_pc = certificates_from(bytes).is_ok() || key_from(bytes).is_ok();
        Self { bytes: bytes.len(), encoding, line_ends, stray, content, opens_on_pc, binary_damage }
    }

    /// Its size once every line ends with LF alone, as in the vendor's example.
    pub const fn bytes_with_lf(&self) -> usize {
        self.bytes - self.line_ends.crlf
    }

    /// Its size once every line ends with CR LF, as a terminal program may send it.
    pub const fn bytes_with_crlf(&self) -> usize {
        self.bytes + self.line_ends.lf
    }

    /// What stands in it, in its order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        let (blocks, alone) = match &self.content {
            Content::Pem(blocks) => (blocks.as_slice(), None),
            Content::Der(item) => (&[][..], Some(item)),
            Content::Empty | Content::Foreign(_) => (&[][..], None),
        };
        blocks.iter().map(|(_, item)| item).chain(alone)
    }

    /// Its certificates, in its order.
    pub fn certificates(&self) -> impl Iterator<Item = &CertificateFacts> {
        self.items().filter_map(|item| match item {
            Item::Certificate(facts) => Some(facts.as_ref()),
            _ => None,
        })
    }

    /// Its first private key.
    pub fn key(&self) -> Option<&KeyFacts> {
        self.items().find_map(|item| match item {
            Item::Key(facts) => Some(facts),
            _ => None,
        })
    }

    /// The first place where a strict reader stumbles.
    pub fn damage(&self) -> Option<Damage> {
        match &self.content {
            Content::Pem(blocks) => blocks
                .iter()
                .find_map(|(block, _)| block.damage)
                .or_else(|| self.altered().then_some(Damage::Signature)),
            Content::Der(_) => self.binary_damage.or_else(|| self.altered().then_some(Damage::Signature)),
            Content::Empty | Content::Foreign(_) => None,
        }
    }

    /// Whether a certificate in it was changed after it had been signed.
    fn altered(&self) -> bool {
        self.certificates().any(|one| one.is_altered)
    }

    /// Whether what is wrong with it is only how it is written: everything in it can be read.
    pub fn is_whole(&self) -> bool {
        !self.altered() && self.items().all(|item| *item != Item::Unreadable) && self.items().next().is_some()
    }

    /// In which dress its blocks came.
    pub fn dress(&self) -> BTreeSet<Dress> {
        match &self.content {
            Content::Pem(blocks) => blocks.iter().flat_map(|(block, _)| block.dress.iter().copied()).collect(),
            Content::Empty | Content::Der(_) | Content::Foreign(_) => BTreeSet::new(),
        }
    }

    /// For what it can serve, judged by its content alone.
    pub fn likely_role(&self) -> Option<FileRole> {
        if self.key().is_some() {
            return Some(FileRole::ClientKey);
        }
        let first = self.certificates().next()?;
        let is_authority = first.is_authority.unwrap_or(first.is_self_issued);
        Some(if is_authority { FileRole::Authority } else { FileRole::ClientCertificate })
    }

    /// Whether the module's parser would take it in this role.
    pub fn module_verdict(bytes: &[u8], role: FileRole) -> ModuleVerdict {
        module_verdict(bytes, role)
    }
}

fn content(bytes: &[u8], text: &[u8]) -> (Content, Option<Damage>) {
    if bytes.is_empty() {
        return (Content::Empty, None);
    }
    if let Some((item, damage)) = binary_item(bytes) {
        return (Content::Der(item), damage);
    }
    let blocks = blocks(text);
    if !blocks.is_empty() {
        return (Content::Pem(blocks.into_iter().map(with_item).collect()), None);
    }
    (foreign(bytes, text), None)
}

fn foreign(bytes: &[u8], text: &[u8]) -> Content {
    match Foreign::of(bytes) {
        Some(known) => Content::Foreign(NotCertificates::Known(known)),
        None if text.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace() || *byte >= 0x80) => {
            Content::Foreign(NotCertificates::Text)
        }
        None => Content::Foreign(NotCertificates::Binary),
    }
}

fn with_item(mut block: Block) -> (Block, Item) {
    let item = if block.encrypted { encrypted_item(&block.label) } else { plain_item(&block) };
    let own = label_of(&item);
    let is_other = own != block.label && !(block.label == Label::TrustedCertificate && own == Label::Certificate);
    if is_other && block.der().is_some() && item != Item::Unreadable && !block.encrypted {
        block.dress.insert(Dress::OtherLabel);
        block.damage = block.damage.or(Some(Damage::Dressed));
    }
    (block, item)
}

fn encrypted_item(label: &Label) -> Item {
    if label.is_private() { Item::Key(KeyFacts::encrypted()) } else { Item::Unreadable }
}

/// By what it holds; the label only says what a block that cannot be read was meant to be.
fn plain_item(block: &Block) -> Item {
    block.der().and_then(identify).unwrap_or(Item::Unreadable)
}

/// A binary file; a line end or two that an editor put behind it do not matter.
fn binary_item(bytes: &[u8]) -> Option<(Item, Option<Damage>)> {
    let whole = match der::declared(bytes) {
        Some(length) if length < bytes.len() && bytes[length..].iter().all(u8::is_ascii_whitespace) => &bytes[..length],
        _ => bytes,
    };
    identify(whole).map(|item| (item, None)).or_else(|| damaged(bytes))
}

/// The beginning of a structure, but not all of it; or all, and broken inside.
fn damaged(bytes: &[u8]) -> Option<(Item, Option<Damage>)> {
    const SMALLEST: usize = 64;
    let wanted = der::declared(bytes)?;
    let is_like = matches!(bytes, [der::SEQUENCE, 0x81..=0x83, ..]) && wanted >= SMALLEST && bytes.len() >= SMALLEST;
    let damage = match wanted.cmp(&bytes.len()) {
        Ordering::Greater => Damage::Cut { bytes: bytes.len(), wanted },
        Ordering::Less => Damage::Behind { bytes: bytes.len() - wanted },
        Ordering::Equal => Damage::Content,
    };
    is_like.then_some((Item::Unreadable, Some(damage)))
}

fn stray(text: &[u8], blocks: &[(Block, Item)]) -> Stray {
    let count = |part: &[u8]| part.iter().filter(|byte| !byte.is_ascii_whitespace()).count();
    let mut stray = Stray::default();
    let mut at = 0;
    for (number, (block, _)) in blocks.iter().enumerate() {
        let gap = count(&text[at..block.span.start]);
        if number == 0 {
            stray.before = gap;
        } else {
            stray.between += gap;
        }
        at = block.span.end;
    }
    stray.after = count(&text[at..]);
    stray
}
