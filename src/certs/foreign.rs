//! Files that people hand over in place of certificates and keys, known by how they begin.

/// A file that is no certificate and no key, and known for what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Foreign {
    /// ZIP, 7z, RAR, gzip, xz, bzip2 or tar: what was asked for may be in it.
    Archive,
    /// A key store of Java (JKS, JCEKS, BKS).
    JavaStore,
    /// A private key of `PuTTY` (`.ppk`).
    Putty,
    /// A public key for SSH.
    SshPublic,
    /// A message or key of PGP.
    Pgp,
    /// A web page.
    WebPage,
    /// A document: PDF, or of an office program before 2007.
    Document,
    /// A picture.
    Picture,
}

impl Foreign {
    /// What `bytes` begin like.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let starts: [(&[u8], Self); 20] = [
            (b"PK\x03\x04", Self::Archive),
            (b"PK\x05\x06", Self::Archive),
            (b"7z\xBC\xAF\x27\x1C", Self::Archive),
            (b"Rar!\x1A\x07", Self::Archive),
            (b"\x1F\x8B", Self::Archive),
            (b"\xFD7zXZ\0", Self::Archive),
            (b"BZh", Self::Archive),
            (b"\xFE\xED\xFE\xED", Self::JavaStore),
            (b"\xCE\xCE\xCE\xCE", Self::JavaStore),
            (b"PuTTY-User-Key-File-", Self::Putty),
            (b"ssh-rsa ", Self::SshPublic),
            (b"ssh-ed25519 ", Self::SshPublic),
            (b"ecdsa-sha2-", Self::SshPublic),
            (b"---- BEGIN SSH2 PUBLIC KEY", Self::SshPublic),
            (b"-----BEGIN PGP ", Self::Pgp),
            (b"%PDF-", Self::Document),
            (b"\xD0\xCF\x11\xE0", Self::Document),
            (b"\x89PNG", Self::Picture),
            (b"\xFF\xD8\xFF", Self::Picture),
            (b"GIF8", Self::Picture),
        ];
        let known = starts.into_iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, known)| known);
        known.or_else(|| is_tar(bytes).then_some(Self::Archive)).or_else(|| is_web(bytes).then_some(Self::WebPage))
    }
}

fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar")
}

fn is_web(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii_start();
    let starts_with = |word: &[u8]| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    starts_with(b"<!doctype html") || starts_with(b"<html")
}
