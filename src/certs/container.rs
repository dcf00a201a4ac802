//! Opens what holds certificates and keys: PKCS#7 bundles, PKCS#12 stores, keys behind a pass phrase.

use openssl::{
    base64,
    cipher::Cipher,
    error::ErrorStack,
    pkcs7::Pkcs7,
    pkcs12::Pkcs12,
    pkey::{PKey, Private},
    x509::X509Ref,
};
use zeroize::Zeroizing;

use super::{
    armour::find,
    body::{decode, likely_digits},
    contents::Contents,
    legacy,
    marker::markers,
    phrase::{Closed, PassPhrase},
    seen::Seen,
};

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
    PKey::private_key_from_pkcs8_passphrase(der, phrase.bytes()).or_else(|error| match closed(&error) {
        Closed::UnknownCipher => legacy::open_pkcs8(der, phrase.bytes()),
        why => Err(why),
    })
}

/// A key in the old form, `Proc-Type: 4,ENCRYPTED`: `text` is the block with its markers, however it is written.
pub(super) fn open_old(text: &[u8], label: &str, phrase: Option<&PassPhrase>) -> Result<PKey<Private>, Closed> {
    let block = OldBlock::read(text).ok_or(Closed::Damaged)?;
    let phrase = phrase.ok_or(Closed::NoPassPhrase)?;
    if block.cipher == "DES-CBC" {
        let vector = openssl::bn::BigNum::from_hex_str(&block.vector).and_then(|number| number.to_vec_padded(8));
        let open = vector.ok().and_then(|vector| legacy::open_des(&block.content, &vector, phrase.bytes()));
        return open.and_then(|open| PKey::private_key_from_der(&open).ok()).ok_or(Closed::WrongPassPhrase);
    }
    // A wrong pass phrase leaves a padding that looks right once in 256 times; what stands before it is of no known kind then.
    let is_known = Cipher::fetch(None, &block.cipher, None).is_ok();
    let open = PKey::private_key_from_pem_passphrase(&block.rewritten(label), phrase.bytes());
    open.map_err(|error| if is_known { Closed::WrongPassPhrase } else { closed(&error) })
}

/// A locked key in the old form.
struct OldBlock {
    cipher: String,
    /// In hex.
    vector: String,
    content: Zeroizing<Vec<u8>>,
}

impl OldBlock {
    fn read(text: &[u8]) -> Option<Self> {
        let seen = Seen::of(text);
        let info = find(&seen.text, b"DEK-Info", 0)? + b"DEK-Info".len();
        let rest = &seen.text[info..];
        let start = rest.iter().position(u8::is_ascii_alphanumeric)?;
        let comma = rest.iter().position(|byte| *byte == b',')?;
        let cipher = std::str::from_utf8(rest.get(start..comma)?).ok()?.trim().to_owned();
        let behind = rest[comma + 1..].trim_ascii_start();
        let vector = behind.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        // The base64 may follow without a line end; the vector is as long as the cipher's block.
        let has_long_blocks = ["AES", "CAMELLIA", "ARIA", "SEED"].iter().any(|name| cipher.starts_with(name));
        let (vector, body) = behind.split_at_checked(vector.min(if has_long_blocks { 32 } else { 16 }))?;
        // The three letters alone may be digits of the body; dashes never are.
        let footer = markers(body).into_iter().find(|marker| !marker.is_begin).map(|marker| marker.span.start);
        let end = footer.or_else(|| find(body, b"--", 0)).unwrap_or(body.len());
        let body = &body[..body[..end].iter().rposition(|byte| *byte != b'-').map_or(0, |last| last + 1)];
        let content = decode(&likely_digits(body))?;
        Some(Self { cipher, vector: String::from_utf8(vector.to_vec()).ok()?, content })
    }

    /// The strict form, which is the only one that the library reads.
    fn rewritten(&self, label: &str) -> Zeroizing<Vec<u8>> {
        let encoded = Zeroizing::new(base64::encode_block(&self.content));
        let (cipher, vector) = (&self.cipher, &self.vector);
        let head = format!("-----BEGIN {label}-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: {cipher},{vector}\n\n");
        let mut pem = Zeroizing::new(head.into_bytes());
        for line in encoded.as_bytes().chunks(64) {
            pem.extend_from_slice(line);
            pem.push(b'\n');
        }
        pem.extend_from_slice(format!("-----END {label}-----\n").as_bytes());
        pem
    }
}

fn closed(error: &ErrorStack) -> Closed {
    if is_unsupported(error) { Closed::UnknownCipher } else { Closed::WrongPassPhrase }
}

/// A cipher that this build of the library does not have, by number: sentences change between versions.
fn is_unsupported(error: &ErrorStack) -> bool {
    const UNSUPPORTED: i32 = 0x8010C;
    const EVP: i32 = 6;
    const UNKNOWN: [i32; 3] = [156, 160, 107];
    const PEM: i32 = 9;
    /// `UNSUPPORTED_ENCRYPTION`, `UNSUPPORTED_CIPHER`.
    const UNKNOWN_IN_PEM: [i32; 2] = [114, 113];
    error.errors().iter().any(|one| {
        let (library, code) = (one.library_code(), one.reason_code());
        code == UNSUPPORTED
            || library == EVP && UNKNOWN.contains(&code)
            || library == PEM && UNKNOWN_IN_PEM.contains(&code)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_that_spell_the_footers_word_do_not_end_a_body() {
        for footer in ["-----END RSA PRIVATE KEY-----\n", "--- END RSA PRIVATE KEY ---\n", "-----", ""] {
            let text = format!(
                "Proc-Type: 4,ENCRYPTED\nDEK-Info: DES-EDE3-CBC,34CA62BD47ACF8EC\n\nhXENDPuUU\nFk2dlpy720nEND\nf17M\n{footer}"
            );
            let read = OldBlock::read(text.as_bytes()).expect("a block");
            assert_eq!(base64::encode_block(&read.content), "hXENDPuUUFk2dlpy720nENDf17M=", "{footer:?}");
        }
    }
}
