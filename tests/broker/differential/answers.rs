//! What a broker answers, as lines that two brokers can be compared by.
//!
//! Left out is what a broker may choose: the identifiers of its own messages, the limits it tells, the texts of its reasons,
//! and the order between confirmations and messages.

use std::collections::BTreeMap;

use mqtt_protocol_core::mqtt::packet::{Property, v3_1_1, v5_0};

/// Everything that came before the end of the connection.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answers {
    /// CONNACK, confirmations, DISCONNECT, in their order.
    pub(super) control: Vec<String>,
    /// Messages, in their order.
    pub(super) messages: Vec<String>,
}

/// Reads the bytes of a broker.
pub(super) fn read(is_v5: bool, mut bytes: &[u8]) -> Answers {
    let mut answers = Answers { control: Vec::new(), messages: Vec::new() };
    let mut aliases = BTreeMap::new();
    while !bytes.is_empty() {
        let Some((first, body, rest)) = split(bytes) else {
            answers.control.push(format!("half a packet: {bytes:?}"));
            break;
        };
        bytes = rest;
        if first >> 4 == 3 {
            answers.messages.push(message(is_v5, first, body, &mut aliases));
        } else {
            answers.control.push(control(is_v5, first, body));
        }
    }
    answers
}

fn split(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let mut length = 0;
    for (place, byte) in bytes.iter().skip(1).take(4).enumerate() {
        length |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            let body = bytes.get(place + 2..place + 2 + length)?;
            return Some((bytes[0], body, &bytes[place + 2 + length..]));
        }
    }
    None
}

fn message(is_v5: bool, first: u8, body: &[u8], aliases: &mut BTreeMap<u16, String>) -> String {
    let flags = format!("q{} dup{} retain{}", first >> 1 & 3, first >> 3 & 1, first & 1);
    if !is_v5 {
        let publish = v3_1_1::Publish::parse(first & 15, body.into()).unwrap().0;
        return format!("PUBLISH {flags} {}={:?}", publish.topic_name(), publish.payload().as_slice());
    }
    let Ok((publish, _)) = v5_0::Publish::parse(first & 15, body.into()) else {
        return format!("PUBLISH that cannot be read: {body:02x?}");
    };
    let mut topic = publish.topic_name().to_owned();
    for property in publish.props() {
        if let Property::TopicAlias(alias) = property {
            if topic.is_empty() {
                topic.clone_from(aliases.get(&alias.val()).expect("an alias that was told"));
            }
            aliases.insert(alias.val(), topic.clone());
        }
    }
    let mut properties: Vec<_> = publish.props().iter().filter(|p| !matches!(p, Property::TopicAlias(_))).collect();
    properties.sort_by_key(|property| property.id() as u8);
    let properties: Vec<_> = properties.iter().map(ToString::to_string).collect();
    format!("PUBLISH {flags} {topic}={:?} {}", publish.payload().as_slice(), properties.concat())
}

fn control(is_v5: bool, first: u8, body: &[u8]) -> String {
    let packet_id = || u16::from_be_bytes([body[0], body[1]]);
    let code = |place: usize| format!("0x{:02x}", body.get(place).copied().unwrap_or(0));
    match first >> 4 {
        2 if is_v5 && body.len() > 2 => {
            let connack = v5_0::Connack::parse(body).unwrap().0;
            let is_named = connack.props().iter().any(|p| matches!(p, Property::AssignedClientIdentifier(_)));
            format!("CONNACK {} present {}{}", code(1), body[0], if is_named { " named" } else { "" })
        }
        2 => format!("CONNACK {} present {}", code(1), body[0]),
        4 => format!("PUBACK #{} {}", packet_id(), code(2)),
        5 => format!("PUBREC #{} {}", packet_id(), code(2)),
        // Of the broker's own messages.
        6 => format!("PUBREL {}", code(2)),
        7 => format!("PUBCOMP #{} {}", packet_id(), code(2)),
        9 if is_v5 => {
            format!("SUBACK #{} {:02x?}", packet_id(), v5_0::Suback::parse(body).map(|_| codes(body)).unwrap())
        }
        9 => format!("SUBACK #{} {:02x?}", packet_id(), &body[2..]),
        11 if is_v5 => format!("UNSUBACK #{} {:02x?}", packet_id(), codes(body)),
        11 => format!("UNSUBACK #{}", packet_id()),
        13 => "PINGRESP".into(),
        14 => format!("DISCONNECT {}", code(0)),
        kind => format!("packet of type {kind}"),
    }
}

/// The codes behind identifier and properties.
fn codes(body: &[u8]) -> &[u8] {
    &body[3 + usize::from(body[2])..]
}
