//! What a whole DER structure (or OpenSSH's own form) is, by what it holds and not by what it is called.

use openssl::{
    pkcs7::Pkcs7,
    pkcs12::Pkcs12,
    pkey::PKey,
    x509::{X509, X509Crl, X509Req},
};

use super::{
    certificate::CertificateFacts,
    der,
    item::Item,
    key::{KeyFacts, KeyForm, form_of},
    label::Label,
    openssh::{self, OPENSSH},
};

/// What `bytes` are; `None` when they are nothing known, or more or less than one structure.
pub(super) fn identify(bytes: &[u8]) -> Option<Item> {
    if bytes.starts_with(OPENSSH) {
        return openssh::facts(bytes).map(Item::Key);
    }
    match bytes {
        [der::SEQUENCE, 0x80, ..] => return container(bytes),
        [der::OBJECT, ..] => return is_whole(bytes).then_some(Item::CurveParameters),
        [der::SEQUENCE, ..] if is_whole(bytes) => {}
        _ => return trusted(bytes),
    }
    certificate(bytes)
        .or_else(|| key(bytes))
        .or_else(|| container(bytes))
        .or_else(|| X509Crl::from_der(bytes).ok().map(|_| Item::RevocationList))
        .or_else(|| X509Req::from_der(bytes).ok().map(|_| Item::Request))
        .or_else(|| PKey::public_key_from_der(bytes).ok().map(|_| Item::PublicKey))
}

/// The label under which `item` is written.
pub(super) fn label_of(item: &Item) -> Label {
    match item {
        Item::Certificate(_) => Label::Certificate,
        Item::Key(key) => match key.form {
            KeyForm::Pkcs1 => Label::RsaKey,
            KeyForm::Pkcs8 => Label::Pkcs8Key,
            KeyForm::Sec1 => Label::EcKey,
            KeyForm::Encrypted => Label::EncryptedPkcs8Key,
            KeyForm::OpenSsh => Label::OpenSshKey,
        },
        Item::CurveParameters => Label::EcParameters,
        Item::Pkcs7 => Label::Pkcs7,
        Item::RevocationList => Label::RevocationList,
        Item::Request => Label::Request,
        Item::PublicKey => Label::PublicKey,
        Item::Pkcs12 => Label::Other("PKCS12".to_owned()),
        Item::Unreadable => Label::Other(String::new()),
    }
}

/// The certificate in OpenSSL's own form: notes stand behind it.
pub(super) fn trusted_part(bytes: &[u8]) -> Option<&[u8]> {
    let certificate = der::first(bytes)?;
    let notes = &bytes[certificate.len()..];
    (!notes.is_empty() && is_whole(notes)).then_some(certificate)
}

fn trusted(bytes: &[u8]) -> Option<Item> {
    trusted_part(bytes).and_then(certificate)
}

fn certificate(bytes: &[u8]) -> Option<Item> {
    let certificate = X509::from_der(bytes).ok()?;
    Some(Item::Certificate(Box::new(CertificateFacts::of(&certificate))))
}

fn key(bytes: &[u8]) -> Option<Item> {
    match form_of(bytes)? {
        KeyForm::Encrypted => is_encrypted_key(bytes).then(|| Item::Key(KeyFacts::encrypted())),
        _ => KeyFacts::from_der(bytes).map(Item::Key),
    }
}

/// PKCS#12 begins with its version, PKCS#7 with its kind; also in the form without lengths that Windows writes.
fn container(bytes: &[u8]) -> Option<Item> {
    let pkcs12 = || Pkcs12::from_der(bytes).ok().map(|_| Item::Pkcs12);
    pkcs12().or_else(|| Pkcs7::from_der(bytes).ok().map(|_| Item::Pkcs7))
}

/// PKCS#8 behind a pass phrase: nothing but an algorithm and octets.
fn is_encrypted_key(bytes: &[u8]) -> bool {
    der::expect(bytes, der::SEQUENCE).is_some_and(|fields| der::elements(fields).count() == 2)
}

fn is_whole(bytes: &[u8]) -> bool {
    der::first(bytes).is_some_and(|first| first.len() == bytes.len())
}
