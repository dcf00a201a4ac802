//! Private keys in binary form, told by how they begin.
//!
//! ```text
//! PKCS#1, DSA       30 L  02 01 00|01  02 L …              numbers
//! PKCS#8            30 L  02 01 00|01  30 L 06 L key's kind
//! SEC1 (EC)         30 L  02 01 01     04 L …              the number itself
//! PKCS#12           30 L  02 01 03     30 L 06 09 kind of contents
//! PKCS#8 encrypted  30 L  30 L 06 L    kind of encryption
//! ```

/// What the bytes from an outer `30` on are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// No key.
    Not,
    /// More bytes are needed.
    Undecided,
    /// A key: so many bytes of it are still to come, `None` when the form does not say how many.
    Key {
        /// Bytes behind those looked at.
        rest: Option<usize>,
    },
}

/// Looks at bytes that begin with the tag of a sequence.
pub(super) fn classify(bytes: &[u8]) -> Verdict {
    let mut walk = Walk { bytes, at: 0 };
    match walk.key() {
        Ok(total) => Verdict::Key { rest: total.map(|total| total.saturating_sub(walk.at)) },
        Err(Miss::Short) => Verdict::Undecided,
        Err(Miss::Differs) => Verdict::Not,
    }
}

/// Why no key is seen.
enum Miss {
    Short,
    Differs,
}

/// A place in the bytes.
struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Walk<'_> {
    /// Goes through the first fields; the length of the whole, as far as it is said.
    fn key(&mut self) -> Result<Option<usize>, Miss> {
        let length = self.open(SEQUENCE)?;
        let total = length.map(|length| self.at + length);
        match self.byte()? {
            INTEGER => self.versioned()?,
            SEQUENCE => {
                self.length()?;
                self.kind(&ENCRYPTIONS)?;
            }
            _ => return Err(Miss::Differs),
        }
        Ok(total)
    }

    fn versioned(&mut self) -> Result<(), Miss> {
        if self.length()? != Some(1) {
            return Err(Miss::Differs);
        }
        match (self.byte()?, self.byte()?) {
            (0 | 1, INTEGER) => self.sized(32..=8_192),
            (0 | 1, SEQUENCE) => {
                self.length()?;
                self.kind(&KEYS)
            }
            (1, OCTETS) => self.sized(14..=72),
            (3, SEQUENCE) => {
                self.length()?;
                self.kind(&CONTAINERS)
            }
            _ => Err(Miss::Differs),
        }
    }

    fn sized(&mut self, allowed: std::ops::RangeInclusive<usize>) -> Result<(), Miss> {
        let length = self.length()?.ok_or(Miss::Differs)?;
        allowed.contains(&length).then_some(()).ok_or(Miss::Differs)
    }

    /// An object identifier that begins like one of `known`.
    fn kind(&mut self, known: &[&[u8]]) -> Result<(), Miss> {
        let length = self.open(OBJECT)?.ok_or(Miss::Differs)?;
        let rest = &self.bytes[self.at..];
        let found = known.iter().find(|kind| kind.len() <= length && rest.starts_with(kind));
        let Some(found) = found else {
            let may_grow = known.iter().any(|kind| kind.starts_with(rest));
            return Err(if may_grow { Miss::Short } else { Miss::Differs });
        };
        self.at += found.len();
        Ok(())
    }

    fn open(&mut self, tag: u8) -> Result<Option<usize>, Miss> {
        if self.byte()? != tag {
            return Err(Miss::Differs);
        }
        self.length()
    }

    /// A length; `None` is the form that leaves it open.
    fn length(&mut self) -> Result<Option<usize>, Miss> {
        match self.byte()? {
            short @ 0..0x80 => Ok(Some(short.into())),
            0x80 => Ok(None),
            long @ 0x81..=0x83 => {
                let mut length = 0;
                for _ in 0x80..long {
                    length = length << 8 | usize::from(self.byte()?);
                }
                Ok(Some(length))
            }
            _ => Err(Miss::Differs),
        }
    }

    fn byte(&mut self) -> Result<u8, Miss> {
        let byte = *self.bytes.get(self.at).ok_or(Miss::Short)?;
        self.at += 1;
        Ok(byte)
    }
}

/// Tag of a sequence: every key begins with it.
pub(super) const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const OBJECT: u8 = 0x06;

/// Kinds of keys: RSA, RSA for PSS only, Diffie-Hellman, EC, DSA, X25519 to Ed448.
const KEYS: [&[u8]; 6] = [
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x03, 0x01],
    &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01],
    &[0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01],
    &[0x2b, 0x65],
];
/// Kinds of encryption of a key: PKCS#5 and PKCS#12.
const ENCRYPTIONS: [&[u8]; 2] =
    [&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05], &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01]];
/// Kinds of contents of a PKCS#12 container.
const CONTAINERS: [&[u8]; 1] = [&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07]];
