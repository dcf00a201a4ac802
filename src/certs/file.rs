//! What a file is.

use openssl::{
    pkcs7::Pkcs7,
    pkcs12::Pkcs12,
    x509::{X509, X509Crl, X509Req},
};

use super::{
    certificate::CertificateFacts,
    der,
    file_role::FileRole,
    key::{KeyFacts, KeyForm, form_of},
    layout::{Encoding, LineEnds, Stray, layout, text},
    parser::{ModuleVerdict, module_verdict},
    pem::{Block, Damage, Label, blocks},
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

/// What a block or a binary file turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A certificate.
    Certificate(Box<CertificateFacts>),
    /// A private key.
    Key(KeyFacts),
    /// Parameters of a curve, in front of an elliptic key.
    CurveParameters,
    /// A PKCS#7 bundle (`.p7b`).
    Pkcs7,
    /// A PKCS#12 store (`.p12`, `.pfx`).
    Pkcs12,
    /// A revocation list.
    RevocationList,
    /// A request for a certificate.
    Request,
    /// A public key.
    PublicKey,
    /// It does not hold what it says, or it is not readable.
    Unreadable,
}

/// A file that holds no certificate and no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCertificates {
    /// Text, a web page for example.
    Text,
    /// Binary of an unknown kind.
    Binary,
}

impl FileFacts {
    /// Reads a file.
    pub fn read(bytes: &[u8]) -> Self {
        let (encoding, line_ends) = layout(bytes);
        let text = text(bytes);
        let content = content(bytes, &text);
        let stray = match &content {
            Content::Pem(blocks) => stray(&text, blocks),
            Content::Empty | Content::Der(_) | Content::Foreign(_) => Stray::default(),
        };
        let opens_on_pc = certificates_from(bytes).is_ok() || key_from(bytes).is_ok();
        Self { bytes: bytes.len(), encoding, line_ends, stray, content, opens_on_pc }
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
            Content::Pem(blocks) => blocks.iter().find_map(|(block, _)| block.damage),
            Content::Empty | Content::Der(_) | Content::Foreign(_) => None,
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

fn content(bytes: &[u8], text: &[u8]) -> Content {
    if bytes.is_empty() {
        return Content::Empty;
    }
    let blocks = blocks(text);
    if !blocks.is_empty() {
        return Content::Pem(blocks.into_iter().map(with_item).collect());
    }
    match binary_item(bytes) {
        Some(item) => Content::Der(item),
        None if text.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace() || *byte >= 0x80) => {
            Content::Foreign(NotCertificates::Text)
        }
        None => Content::Foreign(NotCertificates::Binary),
    }
}

fn with_item(block: Block) -> (Block, Item) {
    let item = if block.encrypted { encrypted_item(&block.label) } else { plain_item(&block) };
    (block, item)
}

fn encrypted_item(label: &Label) -> Item {
    if label.is_private() { Item::Key(KeyFacts::encrypted()) } else { Item::Unreadable }
}

fn plain_item(block: &Block) -> Item {
    let Some(der) = block.der() else { return Item::Unreadable };
    let found = match &block.label {
        Label::Certificate | Label::TrustedCertificate => certificate(der),
        Label::RsaKey | Label::EcKey | Label::Pkcs8Key | Label::EncryptedPkcs8Key => {
            KeyFacts::from_der(der).map(Item::Key)
        }
        Label::EcParameters => der::element(der).map(|_| Item::CurveParameters),
        Label::Pkcs7 => Pkcs7::from_der(der).ok().map(|_| Item::Pkcs7),
        Label::RevocationList => X509Crl::from_der(der).ok().map(|_| Item::RevocationList),
        Label::Request => X509Req::from_der(der).ok().map(|_| Item::Request),
        Label::PublicKey => Some(Item::PublicKey),
        Label::Other(_) => None,
    };
    found.unwrap_or(Item::Unreadable)
}

fn binary_item(bytes: &[u8]) -> Option<Item> {
    der::expect(bytes, der::SEQUENCE)?;
    certificate(bytes)
        .or_else(|| match form_of(bytes)? {
            KeyForm::Encrypted => is_encrypted_key(bytes).then(|| Item::Key(KeyFacts::encrypted())),
            KeyForm::Pkcs1 | KeyForm::Pkcs8 | KeyForm::Sec1 => KeyFacts::from_der(bytes).map(Item::Key),
        })
        .or_else(|| Pkcs12::from_der(bytes).ok().map(|_| Item::Pkcs12))
        .or_else(|| Pkcs7::from_der(bytes).ok().map(|_| Item::Pkcs7))
        .or_else(|| X509Crl::from_der(bytes).ok().map(|_| Item::RevocationList))
        .or_else(|| X509Req::from_der(bytes).ok().map(|_| Item::Request))
}

/// PKCS#8 behind a pass phrase: nothing but an algorithm and octets.
fn is_encrypted_key(bytes: &[u8]) -> bool {
    der::expect(bytes, der::SEQUENCE).is_some_and(|fields| der::elements(fields).count() == 2)
}

fn certificate(der: &[u8]) -> Option<Item> {
    let certificate = X509::from_der(der).ok()?;
    Some(Item::Certificate(Box::new(CertificateFacts::of(&certificate))))
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
