//! Finds the bytes of private keys in a stream, however it is cut.

use super::{
    der::{self, Verdict},
    pem::{LONGEST, Pem},
};

/// Follows one direction of a stream.
///
/// What tells a key, its first line or its first dozens of bytes, stays to be seen: it says nothing but that a key
/// follows.
#[derive(Clone, Debug, Default)]
pub struct Finder {
    pem: Pem,
    /// Beginnings of binary keys that are not decided, oldest first.
    begun: Vec<Vec<u8>>,
    /// Bytes of a binary key that are still to come.
    rest: usize,
}

impl Finder {
    /// Which of `bytes` belong to a key.
    pub fn scan(&mut self, bytes: &[u8]) -> Vec<bool> {
        bytes.iter().map(|byte| self.take(*byte)).collect()
    }

    /// Whether the last bytes may be the beginning of a binary key.
    pub(super) const fn is_undecided(&self) -> bool {
        !self.begun.is_empty()
    }

    /// Whether `byte` belongs to a key.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let is_text = self.pem.take(byte);
        let is_binary = self.take_binary(byte);
        is_text || is_binary
    }

    fn take_binary(&mut self, byte: u8) -> bool {
        if self.rest > 0 {
            self.rest -= 1;
            return true;
        }
        if byte == der::SEQUENCE {
            self.begun.push(Vec::new());
        }
        let mut found = None;
        self.begun.retain_mut(|begun| {
            begun.push(byte);
            match der::classify(begun) {
                Verdict::Not => false,
                Verdict::Undecided => true,
                Verdict::Key { rest } => {
                    found.get_or_insert(rest.unwrap_or(LONGEST).min(LONGEST));
                    false
                }
            }
        });
        if let Some(rest) = found {
            self.rest = rest;
            self.begun.clear();
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{holds_key, samples};

    fn shown(finder: &mut Finder, bytes: &[u8]) -> String {
        let is_key = finder.scan(bytes);
        bytes.iter().zip(is_key).map(|(byte, is_key)| if is_key { '*' } else { char::from(*byte) }).collect()
    }

    #[test]
    fn a_key_in_text_is_found_in_any_form_and_however_it_is_cut() {
        for kind in ["", "RSA ", "ENCRYPTED "] {
            let text = format!(
                "OK\r\n-----BEGIN {kind}PRIVATE KEY-----\nc2VjcmV0\n-----END {kind}PRIVATE KEY-----\n\r\nOK\r\n"
            );
            let whole = shown(&mut Finder::default(), text.as_bytes());
            assert!(!whole.contains("c2Vj") && whole.ends_with("PRIVATE KEY-----\n\r\nOK\r\n"), "{whole}");
            let mut finder = Finder::default();
            let pieces: String = text.as_bytes().chunks(1).map(|byte| shown(&mut finder, byte)).collect();
            assert_eq!(pieces, whole);
        }
    }

    #[test]
    fn certificates_are_no_secret_and_a_cut_key_does_not_hide_what_follows() {
        let certificate = "-----BEGIN CERTIFICATE-----\nTUlJ\n-----END CERTIFICATE-----\n";
        assert_eq!(shown(&mut Finder::default(), certificate.as_bytes()), certificate);
        let mut finder = Finder::default();
        finder.scan(b"-----BEGIN PRIVATE KEY-----\n");
        assert!(finder.scan(&[b'A'; LONGEST]).iter().all(|is_key| *is_key));
        finder.scan(b"A");
        assert_eq!(shown(&mut finder, b"\r\nOK\r\n"), "\r\nOK\r\n");
    }

    #[test]
    fn a_binary_key_of_every_form_is_hidden_from_its_head_to_its_last_byte() {
        for (form, key) in samples::binary_keys() {
            for before in [&b"\r\n"[..], b"0000", b"\x30\x82\x30"] {
                let stream = [before, &key, b"\r\n\r\nOK\r\n"].concat();
                let marks = Finder::default().scan(&stream);
                let first = marks.iter().position(|mark| *mark).unwrap_or_else(|| panic!("{form} is not found"));
                assert!(first <= before.len() + samples::HEAD, "{form}: hidden from {first} on");
                let end = before.len() + key.len();
                assert!(marks[first..end].iter().all(|mark| *mark), "{form} shows through");
                assert!(!marks[end..].contains(&true), "{form} hides what follows");
            }
        }
    }

    #[test]
    fn what_is_public_is_no_key() {
        for (form, bytes) in samples::public_files() {
            assert!(!holds_key(&bytes), "{form}");
        }
        let snmp = b"\x30\x26\x02\x01\x01\x04\x06public\xa0\x19\x02\x04\x00\x00\x00\x01";
        assert!(!holds_key(snmp));
    }
}
