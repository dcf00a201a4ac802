//! Opens what holds certificates and keys: PKCS#7 bundles, PKCS#12 stores, keys behind a pass phrase.

use openssl::{
    base64,
    error::ErrorStack,
    pkcs7::Pkcs7,
    pkcs12::Pkcs12,
    pkey::{PKey, Private},
    x509::X509Ref,
};
use zeroize::{Zeroize, Zeroizing};

use super::{
    armour::find,
    body::{decode, likely_digits},
    contents::Contents,
    legacy,
    seen::Seen,
};

/// A pass phrase. It is wiped when it goes, and never shown.
pub struct PassPhrase(Zeroizing<Vec<u8>>);

impl PassPhrase {
    /// The pass phrase in `file`: its first line, whatever ends it.
    pub fn from_file(mut file: Vec<u8>) -> Self {
        let text = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&file);
        let end = text.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(text.len());
        let phrase = Zeroizing::new(text[..end].to_vec());
        file.zeroize();
        Self(phrase)
    }

    fn none() -> Self {
        Self(Zeroizing::default())
    }

    fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// PKCS#12 knows characters only.
    fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok().filter(|text| !text.contains('\0'))
    }
}

impl std::fmt::Debug for PassPhrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PassPhrase(***)")
    }
}

/// Why something stays closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It wants a pass phrase, and none was given.
    NoPassPhrase,
    /// The pass phrase that was given is not it.
    WrongPassPhrase,
    /// It is locked in a way that this program cannot open.
    UnknownCipher,
    /// It is damaged.
    Damaged,
}

/// The certificates of a PKCS#7 bundle, in its order; `None` when there are none.
pub(super) fn certificates_of_pkcs7(der: &[u8]) -> Option<Vec<Vec<u8>>> {
    let bundle = Pkcs7::from_der(der).ok()?;
    let found: Vec<_> = bundle.signed()?.certificates()?.iter().filter_map(|one| one.to_der().ok()).collect();
    (!found.is_empty()).then_some(found)
}

/// What is in a PKCS#12 store. Many have the empty pass phrase.
pub(super) fn open_pkcs12(der: &[u8], phrase: Option<&PassPhrase>) -> Result<Contents, Closed> {
    let store = Pkcs12::from_der(der).map_err(|_| Closed::Damaged)?;
    let none = PassPhrase::none();
    let mut closed = Closed::NoPassPhrase;
    for (phrase, is_given) in phrase.map(|given| (given, true)).into_iter().chain([(&none, false)]) {
        let Some(text) = phrase.text() else {
            closed = Closed::WrongPassPhrase;
            continue;
        };
        match store.parse2(text) {
            Ok(found) => {
                let mut contents = Contents::default();
                let all =
                    found.cert.iter().map(|one| one.to_der()).chain(found.ca.iter().flatten().map(X509Ref::to_der));
                contents.certificates.extend(all.flatten());
                contents.keys.extend(found.pkey);
                return Ok(contents);
            }
            Err(error) if is_unsupported(&error) => {
                return legacy::open(der, text).ok_or(Closed::UnknownCipher);
            }
            Err(_) if is_given => closed = Closed::WrongPassPhrase,
            Err(_) => {}
        }
    }
    Err(closed)
}

/// A key in PKCS#8 behind a pass phrase, DER.
pub(super) fn open_pkcs8(der: &[u8], phrase: Option<&PassPhrase>) -> Result<PKey<Private>, Closed> {
    let phrase = phrase.ok_or(Closed::NoPassPhrase)?;
    PKey::private_key_from_pkcs8_passphrase(der, phrase.bytes()).map_err(|error| closed(&error))
}

/// A key in the old form, `Proc-Type: 4,ENCRYPTED`: `text` is the block with its markers, however it is written.
pub(super) fn open_old(text: &[u8], label: &str, phrase: Option<&PassPhrase>) -> Result<PKey<Private>, Closed> {
    let pem = Zeroizing::new(rewritten(text, label).ok_or(Closed::Damaged)?);
    let phrase = phrase.ok_or(Closed::NoPassPhrase)?;
    PKey::private_key_from_pem_passphrase(&pem, phrase.bytes()).map_err(|error| closed(&error))
}

/// The block in its strict form, which is the only one that the library reads.
fn rewritten(text: &[u8], label: &str) -> Option<Vec<u8>> {
    let seen = Seen::of(text);
    let info = find(&seen.text, b"DEK-Info", 0)? + b"DEK-Info".len();
    let rest = &seen.text[info..];
    let start = rest.iter().position(u8::is_ascii_alphanumeric)?;
    let comma = rest.iter().position(|byte| *byte == b',')?;
    let name = std::str::from_utf8(rest.get(start..comma)?).ok()?.trim();
    let behind = rest[comma + 1..].trim_ascii_start();
    let vector = behind.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    // The base64 may follow without a line end; the vector is as long as the cipher's block.
    let block = if name.starts_with("AES") || name.starts_with("CAMELLIA") { 32 } else { 16 };
    let (vector, body) = behind.split_at_checked(vector.min(block))?;
    let end = find(body, b"END", 0).map_or(body.len(), |end| end);
    let body = &body[..body[..end].iter().rposition(|byte| *byte != b'-').map_or(0, |last| last + 1)];
    let der = decode(&likely_digits(body))?;
    let encoded = Zeroizing::new(base64::encode_block(&der));
    let mut pem = format!("-----BEGIN {label}-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: {name},").into_bytes();
    pem.extend_from_slice(vector);
    pem.extend_from_slice(b"\n\n");
    for line in encoded.as_bytes().chunks(64) {
        pem.extend_from_slice(line);
        pem.push(b'\n');
    }
    pem.extend_from_slice(format!("-----END {label}-----\n").as_bytes());
    Some(pem)
}

fn closed(error: &ErrorStack) -> Closed {
    if is_unsupported(error) { Closed::UnknownCipher } else { Closed::WrongPassPhrase }
}

/// A cipher that this build of the library does not have, by number: sentences change between versions.
fn is_unsupported(error: &ErrorStack) -> bool {
    const UNSUPPORTED: i32 = 0x8010C;
    const EVP: i32 = 6;
    const UNKNOWN: [i32; 3] = [156, 160, 107];
    error.errors().iter().any(|one| {
        let code = one.reason_code();
        code == UNSUPPORTED || (one.library_code() == EVP && UNKNOWN.contains(&code))
    })
}
