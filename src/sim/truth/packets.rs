//! Cuts a stream of MQTT 3.1.1 into packets far enough to name and count them.
//!
//! It judges nothing: a stream that is no MQTT is left alone until the next connection.

/// Longest packet that is held; nothing in the module's world is longer.
const LONGEST: usize = 262_144;

/// Name, packet identifier and whole length of a packet.
pub(super) type Packet = (&'static str, Option<u16>, usize);

/// Bytes of one direction that are no whole packet yet.
#[derive(Debug, Default)]
pub(super) struct Cutter {
    rest: Vec<u8>,
    is_lost: bool,
}

impl Cutter {
    /// The packets that are complete with `bytes`.
    pub(super) fn cut(&mut self, bytes: &[u8]) -> Vec<Packet> {
        let mut found = Vec::new();
        if self.is_lost {
            return found;
        }
        self.rest.extend_from_slice(bytes);
        loop {
            let (body, length) = match header(&self.rest) {
                Header::Unfinished => break,
                Header::Of { body, length } if length <= LONGEST => (body, length),
                Header::Of { .. } | Header::NotMqtt => {
                    self.is_lost = true;
                    self.rest.clear();
                    break;
                }
            };
            if self.rest.len() < length {
                break;
            }
            let packet: Vec<u8> = self.rest.drain(..length).collect();
            found.push((name(packet[0] >> 4), identifier(packet[0], &packet[body..]), length));
        }
        found
    }
}

/// The fixed header of a packet.
enum Header {
    /// Bytes are missing.
    Unfinished,
    /// The length does not end.
    NotMqtt,
    /// Where the body begins and where it ends.
    Of { body: usize, length: usize },
}

fn header(bytes: &[u8]) -> Header {
    let mut length = 0_usize;
    for (index, shift) in [0_u32, 7, 14, 21].into_iter().enumerate() {
        let Some(byte) = bytes.get(index + 1) else { return Header::Unfinished };
        length |= usize::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Header::Of { body: index + 2, length: index + 2 + length };
        }
    }
    Header::NotMqtt
}

const fn name(kind: u8) -> &'static str {
    match kind {
        1 => "CONNECT",
        2 => "CONNACK",
        3 => "PUBLISH",
        4 => "PUBACK",
        5 => "PUBREC",
        6 => "PUBREL",
        7 => "PUBCOMP",
        8 => "SUBSCRIBE",
        9 => "SUBACK",
        10 => "UNSUBSCRIBE",
        11 => "UNSUBACK",
        12 => "PINGREQ",
        13 => "PINGRESP",
        14 => "DISCONNECT",
        _ => "RESERVED",
    }
}

/// The packet identifier: at the start of the body, in `PUBLISH` after the topic and only above `QoS` 0.
fn identifier(first: u8, body: &[u8]) -> Option<u16> {
    let at = match first >> 4 {
        3 if first & 0b110 == 0 => return None,
        3 => 2 + usize::from(number(body, 0)?),
        4..=11 => 0,
        _ => return None,
    };
    number(body, at)
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at + 2)?;
    Some(u16::from_be_bytes([pair[0], pair[1]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_are_named_however_they_are_cut() {
        let mut stream = vec![0x20, 2, 0, 0];
        stream.extend([0x32, 7, 0, 1, b't', 0, 9, b'h', b'i']);
        stream.extend([0x30, 4, 0, 1, b't', b'x', 0x40, 2, 0, 9, 0xD0, 0]);
        let whole = [
            ("CONNACK", None, 4),
            ("PUBLISH", Some(9), 9),
            ("PUBLISH", None, 6),
            ("PUBACK", Some(9), 4),
            ("PINGRESP", None, 2),
        ];
        for size in 1..stream.len() {
            let mut cutter = Cutter::default();
            let found: Vec<Packet> = stream.chunks(size).flat_map(|chunk| cutter.cut(chunk)).collect();
            assert_eq!(found, whole, "chunks of {size}");
        }
    }

    #[test]
    fn what_is_no_mqtt_is_left_alone() {
        let mut cutter = Cutter::default();
        assert!(cutter.cut(&[0x16, 0xFF, 0xFF, 0xFF, 0xFF, 1]).is_empty());
        assert!(cutter.cut(&[0xD0, 0]).is_empty());
    }
}
