//! Where one packet of the broker ends and the next begins (MQTT 3.1.1, section 2.2), held against a size that memory bears.

/// Cuts a stream of bytes into whole packets.
#[derive(Debug, Default)]
pub(super) struct Packets {
    held: Vec<u8>,
}

/// The stream is not one of MQTT, or a packet is larger than [`MOST_BYTES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

impl Packets {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.held.extend_from_slice(bytes);
    }

    /// The next whole packet with its header.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>, Unreadable> {
        match extent(&self.held)? {
            Some(whole) if whole <= self.held.len() => Ok(Some(self.held.drain(..whole).collect())),
            _ => Ok(None),
        }
    }
}

/// The length of the packet that begins here, header included; `None` while the header is not complete.
fn extent(bytes: &[u8]) -> Result<Option<usize>, Unreadable> {
    let mut body = 0;
    for (place, &byte) in bytes.iter().skip(1).take(LENGTH_DIGITS).enumerate() {
        body |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            let whole = place + 2 + body;
            return if whole > MOST_BYTES { Err(Unreadable) } else { Ok(Some(whole)) };
        }
    }
    if bytes.len() > LENGTH_DIGITS { Err(Unreadable) } else { Ok(None) }
}

const LENGTH_DIGITS: usize = 4;
/// Far beyond what the module sends or takes.
const MOST_BYTES: usize = 4 * 1024 * 1024;
