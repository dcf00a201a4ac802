//! Takes one file apart: opens what is closed, and notes what was made good on the way.

use openssl::{
    hash::{MessageDigest, hash},
    pkey::{PKey, Private},
};
use zeroize::Zeroizing;

use super::{Change, Detail, Found, FoundCertificate, FoundKey, Given, Piece, PieceKind, Problem, Taken};
use crate::certs::{
    block::Block,
    certificate::{CertificateFacts, PublicKey, kind_of},
    container::{certificates_of_pkcs7, open_old, open_pkcs8, open_pkcs12},
    damage::Damage,
    der,
    dress::Dress,
    file::{Content, FileFacts, NotCertificates},
    file_role::FileRole,
    foreign::Foreign,
    identify::trusted_part,
    item::Item,
    key::KeyForm,
    label::Label,
    layout::{Encoding, text},
    openssh,
    phrase::{Closed, PassPhrase},
    role::Concern,
};

/// What is in the file of this number; what serves goes into `found`.
pub(super) fn file(number: usize, given: Given<'_>, phrase: Option<&PassPhrase>, found: &mut Found) -> Taken {
    let facts = FileFacts::read(given.bytes);
    let file =
        Taken { name: given.name.to_owned(), facts, pieces: Vec::new(), changes: Vec::new(), problems: Vec::new() };
    let mut taking = Taking { number, file, found, phrase };
    taking.take(given.bytes);
    taking.file
}

/// What a label names that is of no use to a module.
const fn useless(label: &Label) -> Option<PieceKind> {
    match label {
        Label::PublicKey => Some(PieceKind::PublicKey),
        Label::Request => Some(PieceKind::Request),
        Label::RevocationList => Some(PieceKind::RevocationList),
        _ => None,
    }
}

struct Taking<'a> {
    number: usize,
    file: Taken,
    found: &'a mut Found,
    phrase: Option<&'a PassPhrase>,
}

impl Taking<'_> {
    fn take(&mut self, bytes: &[u8]) {
        let content = self.file.facts.content.clone();
        self.layout_changes(&content, bytes);
        match &content {
            Content::Empty => self.problem(Concern::Empty, None),
            Content::Foreign(what) => self.foreign(*what),
            Content::Der(item) => {
                let whole = der::first(bytes).unwrap_or(bytes);
                if !matches!(item, Item::Unreadable) {
                    self.change(Change::FromDer);
                }
                self.item(item, whole);
            }
            Content::Pem(blocks) => {
                let text = Zeroizing::new(text(bytes));
                for (block, item) in blocks {
                    self.block(block, item, &text);
                }
            }
        }
        if self.file.facts.damage() == Some(Damage::Signature) {
            self.problem(Concern::Damaged(Damage::Signature), None);
        }
    }

    fn block(&mut self, block: &Block, item: &Item, text: &[u8]) {
        for dress in &block.dress {
            self.change(Change::Dress(*dress));
        }
        if block.label == Label::TrustedCertificate {
            self.change(Change::Trusted);
        }
        match (block.der(), item) {
            (None, Item::Key(_)) if block.encrypted => {
                let opened = open_old(&text[block.span.clone()], block.label.text(), self.phrase);
                self.unlocked(opened, KeyForm::Encrypted);
            }
            // Nobody needs it, whole or not.
            (None, _) | (_, Item::Unreadable) if useless(&block.label).is_some() => {
                if let Some(what) = useless(&block.label) {
                    self.useless(what);
                }
            }
            (None, _) | (_, Item::Unreadable) => {
                self.problem(Concern::Damaged(block.damage.unwrap_or(Damage::Content)), None);
            }
            (Some(der), item) => {
                // What the dress says already is not said twice.
                let is_said = match block.damage {
                    Some(Damage::Dressed) => !block.dress.is_empty(),
                    Some(Damage::Joined) => self.tells_line_ends(),
                    _ => false,
                };
                if let Some(damage) = block.damage.filter(|_| !is_said) {
                    self.change(Change::Damage(damage));
                }
                let der = trusted_part(der).filter(|_| matches!(item, Item::Certificate(_))).unwrap_or(der);
                self.item(item, der);
            }
        }
    }

    /// Whether it is said already what became of the line ends.
    fn tells_line_ends(&self) -> bool {
        let about = [Change::CarriageReturns, Change::Dress(Dress::Escapes)];
        about.iter().any(|change| self.file.changes.contains(change))
    }

    fn item(&mut self, item: &Item, der: &[u8]) {
        match item {
            Item::Certificate(facts) => self.certificate(der, (**facts).clone()),
            Item::Key(facts) if facts.form == KeyForm::Encrypted => {
                let opened = open_pkcs8(der, self.phrase);
                self.unlocked(opened, KeyForm::Encrypted);
            }
            Item::Key(facts) if facts.form == KeyForm::OpenSsh => self.openssh(der, facts.kind.is_none()),
            Item::Key(facts) => match PKey::private_key_from_der(der) {
                Ok(key) => {
                    if facts.form == KeyForm::Pkcs8 && key.rsa().is_ok() {
                        self.change(Change::ToPkcs1);
                    }
                    self.key(key, facts.form);
                }
                Err(_) => self.problem(Concern::Damaged(Damage::Content), None),
            },
            Item::Pkcs7 => match certificates_of_pkcs7(der) {
                Some(all) => {
                    self.change(Change::FromPkcs7);
                    for der in &all {
                        self.read_certificate(der);
                    }
                }
                None => self.problem(Concern::WrongContent, None),
            },
            Item::Pkcs12 => self.store(der),
            Item::CurveParameters => {}
            Item::RevocationList => self.useless(PieceKind::RevocationList),
            Item::Request => self.useless(PieceKind::Request),
            Item::PublicKey => self.useless(PieceKind::PublicKey),
            Item::Unreadable => {
                let damage = self.file.facts.damage().unwrap_or(Damage::Content);
                self.problem(Concern::Damaged(damage), None);
            }
        }
    }

    fn store(&mut self, der: &[u8]) {
        match open_pkcs12(der, self.phrase) {
            Ok(contents) => {
                self.change(Change::FromPkcs12);
                contents.certificates.iter().for_each(|der| self.read_certificate(der));
                contents.keys.into_iter().for_each(|key| self.key(key, KeyForm::Encrypted));
            }
            Err(why) => self.closed(why),
        }
    }

    fn openssh(&mut self, der: &[u8], is_locked: bool) {
        if is_locked {
            return match openssh::unlocked(der, self.phrase) {
                Ok(Some(key)) => self.unlocked(Ok(key), KeyForm::OpenSsh),
                Ok(None) => {
                    let kind = Some(PublicKey::Other);
                    self.piece(PieceKind::Key { form: KeyForm::OpenSsh, kind }, Vec::new());
                    self.problem(Concern::EllipticKey, None);
                }
                Err(why) => self.unlocked(Err(why), KeyForm::OpenSsh),
            };
        }
        if let Some(key) = openssh::private_key(der) {
            self.change(Change::FromOpenSsh);
            self.key(key, KeyForm::OpenSsh);
        } else {
            let kind = openssh::facts(der).and_then(|facts| facts.kind);
            self.piece(PieceKind::Key { form: KeyForm::OpenSsh, kind }, Vec::new());
            self.problem(Concern::EllipticKey, None);
        }
    }

    fn unlocked(&mut self, opened: Result<PKey<Private>, Closed>, form: KeyForm) {
        match opened {
            Ok(key) => {
                self.change(Change::Unlocked);
                self.key(key, form);
            }
            Err(why) => {
                self.piece(PieceKind::Key { form, kind: None }, Vec::new());
                self.closed(why);
            }
        }
    }

    fn closed(&mut self, why: Closed) {
        let concern = if why == Closed::Damaged { Concern::Damaged(Damage::Content) } else { Concern::PassPhrase };
        self.file.problems.push(Problem { role: FileRole::ClientKey, concern, detail: Some(Detail::Closed(why)) });
    }

    fn read_certificate(&mut self, der: &[u8]) {
        match CertificateFacts::from_der(der) {
            Some(facts) => self.certificate(der, facts),
            None => self.problem(Concern::Damaged(Damage::Content), None),
        }
    }

    fn certificate(&mut self, der: &[u8], facts: CertificateFacts) {
        let is_known = self.found.certificates.iter().any(|one| one.facts.fingerprint == facts.fingerprint);
        let piece = self.piece(PieceKind::Certificate(Box::new(facts.clone())), facts.fingerprint.clone());
        if is_known {
            return self.change(Change::Twice);
        }
        self.found.certificates.push(FoundCertificate { der: der.to_vec(), facts, file: self.number, piece });
    }

    fn key(&mut self, key: PKey<Private>, form: KeyForm) {
        let kind = Some(kind_of(key.id(), key.bits()));
        let public = key.public_key_to_der().unwrap_or_default();
        let fingerprint = hash(MessageDigest::sha256(), &public).map(|digest| digest.to_vec()).unwrap_or_default();
        let piece = self.piece(PieceKind::Key { form, kind }, fingerprint);
        if self.found.keys.iter().any(|other| other.key.public_eq(&key)) {
            return self.change(Change::Twice);
        }
        self.found.keys.push(FoundKey { key, file: self.number, piece });
    }

    fn useless(&mut self, what: PieceKind) {
        self.piece(what, Vec::new());
    }

    fn piece(&mut self, what: PieceKind, fingerprint: Vec<u8>) -> usize {
        self.file.pieces.push(Piece { what, role: None, fingerprint });
        self.file.pieces.len() - 1
    }

    fn foreign(&mut self, what: NotCertificates) {
        // A public key for SSH lies beside the private one; nobody needs it, nor does it harm.
        if what == NotCertificates::Known(Foreign::SshPublic) {
            return self.useless(PieceKind::PublicKey);
        }
        self.problem(Concern::NotCertificates, Some(Detail::Foreign(what)));
    }

    fn problem(&mut self, concern: Concern, detail: Option<Detail>) {
        let is_key = |(block, _): &(Block, Item)| block.label.is_private();
        let is_key = matches!(&self.file.facts.content, Content::Pem(blocks) if blocks.iter().any(is_key));
        let is_key = is_key || matches!(concern, Concern::EllipticKey);
        let role = if is_key { FileRole::ClientKey } else { FileRole::Authority };
        self.file.problems.push(Problem { role, concern, detail });
    }

    fn change(&mut self, change: Change) {
        if !self.file.changes.contains(&change) {
            self.file.changes.push(change);
        }
    }

    fn layout_changes(&mut self, content: &Content, bytes: &[u8]) {
        let facts = &self.file.facts;
        if !matches!(content, Content::Pem(_)) {
            return;
        }
        let (encoding, ends, stray) = (facts.encoding, facts.line_ends, facts.stray);
        let has_strays = !stray.is_empty();
        let is_foreign = has_strays && encoding == Encoding::Bytes && std::str::from_utf8(bytes).is_err();
        if encoding != Encoding::Bytes {
            self.change(Change::Encoding(encoding));
        }
        if ends.crlf > 0 {
            self.change(Change::CrLf);
        } else if ends.cr > 0 && ends.lf == 0 {
            self.change(Change::CarriageReturns);
        }
        if ends.literal > 0 {
            self.change(Change::Dress(Dress::Escapes));
        }
        if has_strays {
            self.change(Change::Stray { bytes: stray.before + stray.between + stray.after, is_foreign });
        }
    }
}
