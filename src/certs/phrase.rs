//! Pass phrases, and why something stays closed.

use zeroize::{Zeroize, Zeroizing};

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

    pub(super) fn none() -> Self {
        Self(Zeroizing::default())
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// PKCS#12 knows characters only.
    pub(super) fn text(&self) -> Option<&str> {
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
