//! What was found and what was made good, in both languages.

use crate::{
    certs::{
        Change, Closed, Damage, Detail, Dress, Encoding, FileRole, Foreign, KeyForm, NotCertificates, PieceKind,
        PublicKey, Signature,
    },
    lang::Text,
};

/// Something that was made good: what the file had, and what is there instead.
pub(in crate::cli) struct Told {
    /// A stable word.
    pub(in crate::cli) key: &'static str,
    /// The entry of the catalogue that it would have been.
    pub(in crate::cli) id: &'static str,
    pub(in crate::cli) before: Text,
    pub(in crate::cli) after: Text,
}

/// A change in words.
pub(in crate::cli) fn told(change: Change) -> Told {
    let (key, id, before, after) = match change {
        Change::Encoding(Encoding::Utf8Mark) => {
            ("bom", "F-118", Text::new("certs-byte-order-mark-front"), Text::new("certs-none"))
        }
        Change::Encoding(_) => {
            ("utf16", "F-118", Text::new("certs-utf-16-powershell-notepad"), Text::new("certs-plain-text"))
        }
        Change::CarriageReturns => {
            ("cr", "F-117", Text::new("certs-lines-end-cr-alone"), Text::new("certs-lines-end-lf"))
        }
        Change::CrLf => ("crlf", "F-117", Text::new("certs-lines-end-cr-lf"), Text::new("certs-lines-end-lf")),
        Change::Damage(damage) => ("damage", "F-120", damaged(damage), clean()),
        Change::Dress(dress) => (dress_key(dress), "F-120", dressed(dress), clean()),
        Change::Stray { bytes, is_foreign } => {
            ("stray", "F-121", stray(bytes, is_foreign), Text::new("certs-left-out"))
        }
        Change::Trusted => {
            ("trusted", "F-120", Text::new("certs-begin-trusted-certificate-only"), Text::plain("BEGIN CERTIFICATE"))
        }
        Change::FromDer => ("der", "F-119", Text::new("certs-binary-der"), Text::plain("PEM")),
        Change::FromPkcs7 => ("pkcs7", "F-119", Text::new("certs-pkcs-7-bundle-p7b"), Text::plain("PEM")),
        Change::FromPkcs12 => ("pkcs12", "F-119", Text::new("certs-pkcs-12-store-p12"), Text::plain("PEM")),
        Change::Unlocked => (
            "unlocked",
            "F-127",
            Text::new("certs-key-behind-pass-phrase"),
            Text::new("certs-without-memory-written-file"),
        ),
        Change::FromOpenSsh => (
            "openssh",
            "F-126",
            Text::new("certs-openssh-own-form-begin"),
            Text::plain("PKCS#1 (BEGIN RSA PRIVATE KEY)"),
        ),
        Change::ToPkcs1 => {
            ("pkcs8", "F-126", Text::plain("PKCS#8 (BEGIN PRIVATE KEY)"), Text::plain("PKCS#1 (BEGIN RSA PRIVATE KEY)"))
        }
        Change::Reordered => (
            "order",
            "F-102",
            Text::new("certs-device-own-certificate-did"),
            Text::new("certs-does-those-above-follow"),
        ),
        Change::Twice => ("twice", "F-121", Text::new("certs-certificate-key-twice"), Text::new("certs-once")),
    };
    Told { key, id, before, after }
}

const fn clean() -> Text {
    Text::new("certs-clean-pem")
}

fn stray(bytes: usize, is_foreign: bool) -> Text {
    let text = Text::new(if is_foreign { "certs-stray-foreign" } else { "certs-stray" });
    text.put("bytes", bytes)
}

fn damaged(damage: Damage) -> Text {
    match damage {
        Damage::Joined => Text::new("certs-line-ends-lost"),
        Damage::NoFooter => Text::new("certs-no-end-line"),
        Damage::OtherFooter => Text::new("certs-other-end-line"),
        Damage::Dashes { line } => Text::new("certs-dashes").put("line", line),
        Damage::Indented { line } => Text::new("certs-indented").put("line", line),
        Damage::Character { line, column } => Text::new("certs-no-base64").put("line", line).put("column", column),
        _ => Text::new("certs-not-as-pem"),
    }
}

const fn dress_key(dress: Dress) -> &'static str {
    match dress {
        Dress::Dashes => "dashes",
        Dress::Lookalikes => "lookalikes",
        Dress::Escapes => "escapes",
        Dress::Strings => "strings",
        Dress::Percent => "percent",
        Dress::Markup => "markup",
        Dress::QuotedPrintable => "quoted_printable",
        Dress::UrlAlphabet => "url_alphabet",
        Dress::Margins => "margins",
        Dress::NoHeader => "no_header",
        Dress::NoFooter => "no_footer",
        Dress::OtherLabel => "label",
        Dress::Twice => "base64_twice",
        Dress::Hex => "hex",
        Dress::Padding => "padding",
    }
}

const fn dressed(dress: Dress) -> Text {
    match dress {
        Dress::Dashes => Text::new("certs-dashes-word-processor-too"),
        Dress::Lookalikes => Text::new("certs-characters-look-like-others"),
        Dress::Escapes => Text::new("certs-n-like-written-out"),
        Dress::Strings => Text::new("certs-strings-program-quotes-joins"),
        Dress::Percent => Text::new("certs-0a-like-address"),
        Dress::Markup => Text::new("certs-10-tags-web-page"),
        Dress::QuotedPrintable => Text::new("certs-3d-like-mail"),
        Dress::UrlAlphabet => Text::new("certs-base64-place"),
        Dress::Margins => Text::new("certs-something-beside-each-line"),
        Dress::NoHeader => Text::new("certs-base64-without-begin-line"),
        Dress::NoFooter => Text::new("certs-no-end-line-stands"),
        Dress::OtherLabel => Text::new("certs-begin-line-names-something"),
        Dress::Twice => Text::new("certs-whole-pem-file-base64"),
        Dress::Hex => Text::new("certs-bytes-hex"),
        Dress::Padding => Text::new("certs-end-missing"),
    }
}

/// What a detail says, as a sentence about a file, and what to do; `None` where the concern says it.
pub(in crate::cli) fn detail(detail: &Detail, is_openssh: bool) -> Option<(Text, Text)> {
    match detail {
        Detail::Closed(why) => closed(*why, is_openssh),
        Detail::Foreign(what) => {
            let (text, fix) = foreign(*what);
            Some((text, fix))
        }
        Detail::LeafLeftOut(subject) => Some((
            Text::new("certs-leaf-left-out").put("subject", subject),
            Text::new("certs-give-authority-certificates-alone"),
        )),
        Detail::EllipticLeftOut(subject) => Some((
            Text::new("certs-elliptic-left-out").put("subject", subject),
            Text::new("certs-if-broker-chain-ends"),
        )),
        Detail::NoPair => {
            Some((Text::new("certs-holds-client-certificate-does"), Text::new("certs-use-pair-belongs-together")))
        }
        Detail::MoreKeys => Some((Text::new("certs-holds-more-key-only"), Text::new("certs-give-pair-time"))),
        Detail::AuthorityKey => {
            Some((Text::new("certs-authority-key-left-out"), Text::new("certs-keep-authority-key-away")))
        }
        Detail::AuthorityAsDevice => {
            Some((Text::new("certs-authority-key-alone"), Text::new("certs-authority-key-only-self-signed")))
        }
        Detail::WrongSignature(subject) => Some((
            Text::new("certs-wrong-signature").put("subject", subject),
            Text::new("certs-take-original-file-again"),
        )),
        Detail::OnlyUseless => {
            Some((Text::new("certs-holds-nothing-module-can"), Text::new("certs-give-certificates-private-key")))
        }
    }
}

fn closed(why: Closed, is_openssh: bool) -> Option<(Text, Text)> {
    let (text, fix) = match why {
        Closed::NoPassPhrase => {
            (Text::new("certs-behind-pass-phrase-none"), Text::new("certs-give-file-passphrase-file"))
        }
        Closed::WrongPassPhrase => {
            (Text::new("certs-not-opened-pass-phrase"), Text::new("certs-check-pass-phrase-only"))
        }
        Closed::UnknownCipher if is_openssh => {
            (Text::new("certs-openssh-key-behind-pass"), Text::new("certs-take-pass-phrase-away"))
        }
        Closed::UnknownCipher => {
            (Text::new("certs-locked-cipher-program-does"), Text::new("certs-open-where-made-openssl"))
        }
        Closed::Damaged => return None,
    };
    Some((text, fix))
}

fn foreign(what: NotCertificates) -> (Text, Text) {
    let other = Text::new("certs-give-certificate-key-file");
    match what {
        NotCertificates::Text => (Text::new("certs-text-without-certificate-key"), other),
        NotCertificates::Binary => (Text::new("certs-binary-but-neither-certificate"), other),
        NotCertificates::Known(Foreign::Archive) => {
            (Text::new("certs-archive-zip-like-not"), Text::new("certs-unpack-give-files"))
        }
        NotCertificates::Known(Foreign::JavaStore) => {
            (Text::new("certs-key-store-java"), Text::new("certs-convert-keytool-importkeystore-srckeystore"))
        }
        NotCertificates::Known(Foreign::Putty) => {
            (Text::new("certs-key-putty"), Text::new("certs-puttygen-choose-conversions-export"))
        }
        NotCertificates::Known(Foreign::SshPublic) => (Text::new("certs-public-key-ssh"), other),
        NotCertificates::Known(Foreign::Pgp) => (Text::new("certs-something-pgp"), other),
        NotCertificates::Known(Foreign::WebPage) => {
            (Text::new("certs-web-page-download-gave"), Text::new("certs-log-load-file-itself"))
        }
        NotCertificates::Known(Foreign::Document) => {
            (Text::new("certs-document-not-certificate"), Text::new("certs-copy-certificate-text-out"))
        }
        NotCertificates::Known(Foreign::Picture) => (Text::new("certs-picture"), other),
    }
}

/// What a piece is in words.
pub(super) fn kind(what: &PieceKind, role: Option<FileRole>) -> Text {
    match (what, role) {
        (PieceKind::Certificate(facts), Some(FileRole::ClientCertificate)) if facts.is_authority == Some(true) => {
            Text::new("certs-intermediate-above-client-certificate")
        }
        (PieceKind::Certificate(_), Some(FileRole::ClientCertificate)) => Text::new("certs-client-certificate"),
        (PieceKind::Certificate(facts), Some(_)) if facts.is_self_issued => Text::new("certs-root-authority"),
        (PieceKind::Certificate(_), Some(_)) => Text::new("certs-authority"),
        (PieceKind::Certificate(_), None) => Text::new("certs-certificate-left-out"),
        (PieceKind::Key { .. }, Some(_)) => Text::new("certs-private-key"),
        (PieceKind::Key { .. }, None) => Text::new("certs-private-key-not-used"),
        (PieceKind::Request, _) => Text::new("certs-request-certificate-not-needed"),
        (PieceKind::PublicKey, _) => Text::new("certs-public-key-not-needed"),
        (PieceKind::RevocationList, _) => Text::new("certs-revocation-list-not-needed"),
    }
}

/// Kind and size of a key.
pub(super) fn key(key: PublicKey) -> String {
    if key == PublicKey::Other { "other".to_owned() } else { key.to_string() }
}

/// How a key was written.
pub(super) const fn form(form: KeyForm) -> &'static str {
    match form {
        KeyForm::Pkcs1 => "PKCS#1",
        KeyForm::Pkcs8 => "PKCS#8",
        KeyForm::Sec1 => "SEC 1",
        KeyForm::OpenSsh => "OpenSSH",
        KeyForm::Encrypted => "encrypted",
    }
}

/// How a certificate was signed.
pub(super) fn signature(signature: Signature) -> String {
    if signature == Signature::Other { "other".to_owned() } else { signature.to_string() }
}
