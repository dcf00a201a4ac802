//! Private keys in what the modem sends: a key that is read back was perhaps never sent from here, so nothing but its own
//! first line tells that it is one.

/// Finds the bytes between `-----BEGIN … PRIVATE KEY-----` and `-----END`, cut anywhere.
#[derive(Debug, Default)]
pub(super) struct KeyGuard {
    /// The last bytes, as far back as a first line may reach.
    tail: Vec<u8>,
    /// How many bytes of a key have come; `None` outside of one.
    inside: Option<usize>,
}

impl KeyGuard {
    /// Which of `bytes` belong to a key.
    pub(super) fn scan(&mut self, bytes: &[u8]) -> Vec<bool> {
        bytes.iter().map(|byte| self.take(*byte)).collect()
    }

    fn take(&mut self, byte: u8) -> bool {
        if self.tail.len() == TAIL {
            self.tail.remove(0);
        }
        self.tail.push(byte);
        match &mut self.inside {
            Some(count) => {
                *count += 1;
                let is_over = self.tail.ends_with(LAST) || *count > LONGEST;
                if is_over {
                    self.inside = None;
                }
                true
            }
            None => {
                if self.tail.ends_with(FIRST_END) && last(&self.tail, FIRST) > last(&self.tail, LAST) {
                    self.inside = Some(0);
                }
                false
            }
        }
    }
}

/// Where `needle` stands last; nowhere is before everywhere.
fn last(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).rposition(|window| window == needle)
}

const FIRST: &[u8] = b"-----BEGIN";
const FIRST_END: &[u8] = b"PRIVATE KEY-----";
const LAST: &[u8] = b"-----END";
/// Longer than any first line.
const TAIL: usize = 48;
/// A key that never ends was cut off: what comes then is no key any more.
const LONGEST: usize = 16_384;

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(guard: &mut KeyGuard, bytes: &[u8]) -> String {
        let is_key = guard.scan(bytes);
        bytes.iter().zip(is_key).map(|(byte, is_key)| if is_key { '*' } else { char::from(*byte) }).collect()
    }

    #[test]
    fn a_key_is_found_in_any_form_and_however_it_is_cut() {
        for kind in ["", "RSA ", "ENCRYPTED "] {
            let text = format!(
                "OK\r\n-----BEGIN {kind}PRIVATE KEY-----\nc2VjcmV0\n-----END {kind}PRIVATE KEY-----\n\r\nOK\r\n"
            );
            let whole = shown(&mut KeyGuard::default(), text.as_bytes());
            assert!(!whole.contains("c2Vj") && whole.ends_with("PRIVATE KEY-----\n\r\nOK\r\n"), "{whole}");
            let mut guard = KeyGuard::default();
            let pieces: String = text.as_bytes().chunks(1).map(|byte| shown(&mut guard, byte)).collect();
            assert_eq!(pieces, whole);
        }
    }

    #[test]
    fn certificates_are_no_secret_and_a_cut_key_does_not_hide_what_follows() {
        let certificate = "-----BEGIN CERTIFICATE-----\nTUlJ\n-----END CERTIFICATE-----\n";
        assert_eq!(shown(&mut KeyGuard::default(), certificate.as_bytes()), certificate);
        let mut guard = KeyGuard::default();
        guard.scan(b"-----BEGIN PRIVATE KEY-----\n");
        assert!(guard.scan(&[b'A'; LONGEST]).iter().all(|is_key| *is_key));
        guard.scan(b"A");
        assert_eq!(shown(&mut guard, b"\r\nOK\r\n"), "\r\nOK\r\n");
    }
}
