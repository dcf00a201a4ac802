//! Where one packet ends and the next begins: the fixed header, MQTT sections 2.1 and 2.2.
//!
//! It keeps what has arrived of a packet and nothing more, so that all half-received packets together can be counted.

use std::sync::Arc;

use super::fault::ClientFault;

/// One whole packet: the first byte of its header and what follows the length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// Type in the upper four bits, flags in the lower four.
    pub(super) first: u8,
    pub(super) body: Arc<[u8]>,
}

impl Frame {
    pub(super) const fn kind(&self) -> u8 {
        self.first >> 4
    }

    pub(super) const fn flags(&self) -> u8 {
        self.first & 0x0f
    }

    /// The packet as it was on the wire, its length in the shortest form.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![self.first];
        let mut rest = self.body.len();
        loop {
            let digit = u8::try_from(rest % 128).unwrap_or_default();
            rest /= 128;
            if rest == 0 {
                bytes.push(digit);
                break;
            }
            bytes.push(digit | 0x80);
        }
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

/// Cuts a stream of bytes into packets.
#[derive(Debug)]
pub(super) struct Framer {
    /// The packet that is not complete yet.
    partial: Vec<u8>,
    max_packet_bytes: usize,
}

/// Length of a fixed header and of what follows it.
#[derive(Clone, Copy)]
struct Extent {
    header: usize,
    body: usize,
}

impl Framer {
    pub(super) fn new(max_packet_bytes: u32) -> Self {
        Self { partial: Vec::new(), max_packet_bytes: usize::try_from(max_packet_bytes).unwrap_or(usize::MAX) }
    }

    /// Whether the next byte begins a packet.
    pub(super) const fn is_between_packets(&self) -> bool {
        self.partial.is_empty()
    }

    /// Bytes of an incomplete packet that it holds.
    pub(super) const fn held(&self) -> usize {
        self.partial.len()
    }

    /// What it holds of an incomplete packet.
    pub(super) fn held_bytes(&self) -> &[u8] {
        &self.partial
    }

    /// Takes one packet from the front of `bytes`, or all of them if the packet is not complete yet.
    pub(super) fn next(&mut self, bytes: &mut &[u8]) -> Result<Option<Frame>, ClientFault> {
        if self.partial.is_empty() {
            if let Some(extent) = self.extent(bytes)?
                && let Some(body) = bytes.get(extent.header..extent.header + extent.body)
            {
                let frame = Frame { first: bytes[0], body: body.into() };
                *bytes = &bytes[extent.header + extent.body..];
                return Ok(Some(frame));
            }
            self.partial.extend_from_slice(bytes);
            *bytes = &[];
            return Ok(None);
        }
        self.go_on(bytes)
    }

    /// Adds to a packet that has begun, byte by byte until its length is known.
    fn go_on(&mut self, bytes: &mut &[u8]) -> Result<Option<Frame>, ClientFault> {
        loop {
            if let Some(extent) = self.extent(&self.partial)? {
                let missing = (extent.header + extent.body).saturating_sub(self.partial.len());
                let taken = missing.min(bytes.len());
                self.partial.extend_from_slice(&bytes[..taken]);
                *bytes = &bytes[taken..];
                if taken < missing {
                    return Ok(None);
                }
                let whole = std::mem::take(&mut self.partial);
                return Ok(Some(Frame { first: whole[0], body: whole[extent.header..].into() }));
            }
            let Some((&byte, rest)) = bytes.split_first() else { return Ok(None) };
            self.partial.push(byte);
            *bytes = rest;
        }
    }

    /// The length that the fixed header announces; `None` while the header is not complete.
    fn extent(&self, bytes: &[u8]) -> Result<Option<Extent>, ClientFault> {
        let mut body = 0;
        for (place, &byte) in bytes.iter().skip(1).take(LENGTH_DIGITS).enumerate() {
            body |= usize::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                let header = place + 2;
                if header + body > self.max_packet_bytes {
                    return Err(ClientFault::TooLarge);
                }
                return Ok(Some(Extent { header, body }));
            }
        }
        if bytes.len() > LENGTH_DIGITS {
            Err(ClientFault::Malformed("a length of more than four bytes"))
        } else {
            Ok(None)
        }
    }
}

/// Most bytes of the length (section 2.2.3).
const LENGTH_DIGITS: usize = 4;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn frames(framer: &mut Framer, mut bytes: &[u8]) -> Vec<Frame> {
        let mut found = Vec::new();
        while !bytes.is_empty() {
            found.extend(framer.next(&mut bytes).expect("sound lengths"));
        }
        found
    }

    #[test]
    fn a_length_beyond_the_limit_or_the_standard_is_refused_before_its_body() {
        for bytes in [&[0x30, 0x80, 0x80, 0x80, 0x80][..], &[0x30, 0xff, 0xff, 0xff, 0xff, 0x7f]] {
            assert!(matches!(Framer::new(1_000).next(&mut &*bytes), Err(ClientFault::Malformed(_))));
        }
        assert!(matches!(Framer::new(1_000).next(&mut &[0x30, 0xe6, 0x07][..]), Err(ClientFault::TooLarge)));
        assert!(matches!(Framer::new(1_000).next(&mut &[0x30, 0xe5, 0x07][..]), Ok(None)), "1,000 bytes are allowed");
    }

    proptest! {
        #[test]
        fn any_cutting_gives_the_same_packets(
            bodies in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 1..6),
            cuts in prop::collection::vec(1_usize..40, 1..200),
        ) {
            let mut stream = Vec::new();
            for body in &bodies {
                stream.push(0x30);
                if body.len() < 128 {
                    stream.push(u8::try_from(body.len()).unwrap_or_default());
                } else {
                    stream.push(u8::try_from(body.len() % 128).unwrap_or_default() | 0x80);
                    stream.push(u8::try_from(body.len() / 128).unwrap_or_default());
                }
                stream.extend_from_slice(body);
            }
            let mut framer = Framer::new(10_000);
            let (mut found, mut rest) = (Vec::new(), stream.as_slice());
            for cut in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (now, later) = rest.split_at((*cut).min(rest.len()));
                found.extend(frames(&mut framer, now));
                rest = later;
            }
            prop_assert!(framer.is_between_packets());
            prop_assert_eq!(found.iter().map(|frame| frame.body.to_vec()).collect::<Vec<_>>(), bodies);
        }
    }
}
