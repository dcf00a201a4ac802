//! Private keys as text: from `-----BEGIN … PRIVATE KEY-----` to `-----END`.

/// Follows a stream of text.
#[derive(Clone, Debug, Default)]
pub(super) struct Pem {
    /// The last bytes, as far back as a first line may reach.
    tail: Vec<u8>,
    /// How many bytes of a key have come; `None` outside of one.
    inside: Option<usize>,
}

impl Pem {
    /// Whether `byte` belongs to a key.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        if self.tail.len() == TAIL {
            self.tail.remove(0);
        }
        self.tail.push(byte);
        let Some(count) = &mut self.inside else {
            if self.tail.ends_with(FIRST_END) && last(&self.tail, FIRST) > last(&self.tail, LAST) {
                self.inside = Some(0);
            }
            return false;
        };
        *count += 1;
        if self.tail.ends_with(LAST) || *count > LONGEST {
            self.inside = None;
        }
        true
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
pub(super) const LONGEST: usize = 16_384;
