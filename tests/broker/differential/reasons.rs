//! The differences from mosquitto 2.0 that are allowed, each with its reason.

use std::collections::BTreeSet;

use mqtt_protocol_core::mqtt::packet::{v3_1_1, v5_0};

use super::answers::Answers;

/// Why this difference may be; `None` if there is no reason for it.
pub(super) fn reason(is_v5: bool, packets: &[Vec<u8>], ours: &Answers, theirs: &Answers) -> Option<&'static str> {
    let (a, b) = (canonical(packets, &ours.control), canonical(packets, &theirs.control));
    if a == b && ours.messages == theirs.messages {
        return Some(CODES);
    }
    let (is_alive, is_theirs_alive) = (is_alive(packets, &ours.control), is_alive(packets, &theirs.control));
    if !is_alive
        && b.starts_with(&a)
        && (has_unreleased(packets) || is_begun_by(ours, theirs))
        && let Some(rule) = broken_rule(is_v5, packets)
    {
        return Some(rule);
    }
    if !is_theirs_alive && a.starts_with(&b) && packets.iter().any(|packet| has_control_characters(packet)) {
        return Some(CONTROL_CHARACTERS);
    }
    if a == b {
        return about_messages(is_v5, packets, ours, theirs);
    }
    let same_end = a.len() == b.len() || !is_alive && broken_rule(is_v5, packets).is_some();
    let is_shared = packets.iter().any(|packet| packet[0] >> 4 == 8 && has(packet, b"$share/"));
    (same_end && is_shared && is_about_suback(&a, &b)).then_some(SHARED)
}

const CODES: &str = "codes that a broker may choose: PUBREC 0x10 (mosquitto routes a QoS 2 message only when it is released), \
    0x92 for an identifier that is unknown (mosquitto says 0x00), \
    0x10 where no local is all that stands in the way, which code a broken packet is answered with and whether it \
    is (MQTT 5, section 4.13), and PUBREL for a PUBREC of nothing in MQTT 3.1.1, which is passed over here";
const UNRELEASED: &str = "a QoS 2 message is passed on here when it arrives and by mosquitto when it is released; both are \
    allowed (section 4.3.3)";
const OVERLAPPING: &str = "subscriptions that overlap: once here with the highest QoS and all identifiers, once for each by \
    mosquitto; both are allowed (section 3.3.5; 3.3.4 in MQTT 5)";
const CONTROL_CHARACTERS: &str = "mosquitto closes for control characters in a text, which a broker may (section 1.5.3) and \
    this one does not";
const RETAINED_SHARED: &str = "mosquitto sends retained messages to a new shared subscription, this broker does not (MQTT 5, \
    section 4.8.2)";
const REPLACED: &str = "a subscription to the same filter replaces the options of the earlier one here (section 3.8.4), and \
    mosquitto keeps no local and retain as published";
const SHARED: &str = "a shared filter without a name or without a filter is refused here in MQTT 3.1.1 too";

/// The answers without what a broker may choose.
fn canonical(packets: &[Vec<u8>], control: &[String]) -> Vec<String> {
    let has_pubrec = packets.iter().any(|packet| packet[0] >> 4 == 5);
    let has_no_local = packets.iter().any(|packet| packet[0] >> 4 == 8 && has_options(packet));
    let may_be_told = |line: &str| {
        line.starts_with("PUBREC") || line.starts_with("PUBCOMP") || has_no_local && line.starts_with("PUBACK")
    };
    control
        .iter()
        .filter(|line| !(is_refusal(line) || has_pubrec && line.starts_with("PUBREL")))
        .map(|line| match line.split_once(" 0x10").or_else(|| line.split_once(" 0x92")) {
            Some((start, _)) if may_be_told(line) => format!("{start} 0x00"),
            _ => line.clone(),
        })
        .collect()
}

fn is_refusal(line: &str) -> bool {
    let code = |rest: &str| u8::from_str_radix(rest.get(2..4).unwrap_or("00"), 16).unwrap_or(0);
    line.starts_with("DISCONNECT") || line.strip_prefix("CONNACK ").is_some_and(|rest| code(rest) != 0)
}

/// Whether every PINGREQ was answered, the last one too.
fn is_alive(packets: &[Vec<u8>], control: &[String]) -> bool {
    let asked = packets.iter().filter(|packet| ***packet == [0xc0, 0]).count() + 1;
    control.iter().filter(|line| *line == "PINGRESP").count() == asked
}

/// Whether all topics that we delivered were delivered by the other too, which went on longer.
fn is_begun_by(ours: &Answers, theirs: &Answers) -> bool {
    let others = topics(theirs);
    topics(ours).iter().all(|topic| others.contains(topic))
}

/// The topics of all messages, each once.
fn topics(answers: &Answers) -> BTreeSet<String> {
    answers.messages.iter().filter_map(|line| line.split(' ').nth(4).map(str::to_owned)).collect()
}

/// Whether a message of QoS 2 is not followed by its PUBREL.
fn has_unreleased(packets: &[Vec<u8>]) -> bool {
    let packet_id = |packet: &[u8]| {
        let place = 4 + usize::from(packet[3]);
        packet.get(place..place + 2).map(<[u8]>::to_vec)
    };
    let is_released = |packet: &Vec<u8>| {
        packets.windows(2).any(|pair| {
            pair[0] == *packet && pair[1][0] == 0x62 && pair[1].get(2..4).map(<[u8]>::to_vec) == packet_id(packet)
        })
    };
    packets.iter().filter(|packet| packet[0] & 0xf6 == 0x34 && packet.len() > 3).any(|packet| !is_released(packet))
}

fn about_messages(is_v5: bool, packets: &[Vec<u8>], ours: &Answers, theirs: &Answers) -> Option<&'static str> {
    if has_unreleased(packets) {
        return Some(UNRELEASED);
    }
    if topics(ours) == topics(theirs) {
        return Some(OVERLAPPING);
    }
    let subscribes = || packets.iter().filter(|packet| packet[0] >> 4 == 8);
    let is_retained = |line: &String| line.contains("retain1");
    if subscribes().any(|packet| has(packet, b"$share/")) && theirs.messages.iter().any(is_retained) {
        return Some(RETAINED_SHARED);
    }
    (is_v5 && subscribes().any(|packet| has_options(packet))).then_some(REPLACED)
}

/// Whether it may ask for no local or for retain as published.
fn has_options(subscribe: &[u8]) -> bool {
    subscribe.iter().skip(4).any(|byte| matches!(byte, 4..=14 | 0x14..=0x1e | 0x24..=0x2e))
}

fn is_about_suback(a: &[String], b: &[String]) -> bool {
    a.iter().zip(b).all(|(a, b)| a == b || a.starts_with("SUBACK") && b.starts_with("SUBACK"))
}

fn has(packet: &[u8], text: &[u8]) -> bool {
    packet.windows(text.len()).any(|window| window == text)
}

/// Characters that MQTT advises against in a topic, a filter or a client identifier.
fn has_control_characters(packet: &[u8]) -> bool {
    matches!(packet[0] >> 4, 1 | 3 | 8 | 10)
        && packet.iter().skip(4).any(|byte| (1..0x20).contains(byte) || *byte == 0x7f)
}

/// The rule that one of the packets breaks, for which this broker ends the connection and mosquitto may go on.
fn broken_rule(is_v5: bool, packets: &[Vec<u8>]) -> Option<&'static str> {
    packets.iter().find_map(|packet| {
        let header = 1 + packet.iter().skip(1).take_while(|byte| **byte & 0x80 != 0).count() + 1;
        let body = packet.get(header..)?;
        let (kind, flags) = (packet[0] >> 4, packet[0] & 15);
        match kind {
            1 if body.get(6).is_some_and(|level| level & 0x80 != 0) => {
                Some("the protocol levels of mosquitto's bridges are not spoken here")
            }
            0 | 2 | 9 | 11 | 13 => Some("a packet that only a broker may send ends the connection here"),
            15 if !is_v5 => Some("a packet of a type that MQTT 3.1.1 reserves ends the connection here"),
            3 if flags & 0b1110 == 0b1000 => {
                Some("dup on a message of QoS 0 ends the connection here (section 3.3.1.1)")
            }
            6 | 8 | 10 if flags != 2 => Some("reserved flags that are wrong end the connection here (section 2.2.2)"),
            1 | 4 | 5 | 7 | 12 | 14 if flags != 0 => {
                Some("reserved flags that are wrong end the connection here (section 2.2.2)")
            }
            12 if !body.is_empty() => Some("bytes in a PINGREQ end the connection here"),
            14 if !is_v5 && !body.is_empty() => Some("bytes in a DISCONNECT of MQTT 3.1.1 end the connection here"),
            4..=7 if !is_v5 && body.len() > 2 => Some("bytes behind a confirmation end the connection here"),
            8 if is_v5 && has(body, b"$share/") && is_no_local_shared(body) => {
                Some("no local in a shared subscription ends the connection here (section 3.8.3.1)")
            }
            8 | 10
                if is_v5
                    && [&b"$share/+"[..], b"$share//", b"$share/g\0", b"$share/g"].iter().any(|t| has(body, t)) =>
            {
                Some("a shared filter without a name or without a filter ends the connection here (section 4.8.2)")
            }
            3 if is_v5 => publish_rule(flags, body),
            4..=7 if is_v5 => confirmation_rule(kind, body),
            3 if body.len() >= 2 && v3_1_1::Publish::parse(flags, body.into()).is_err() => Some(UNREADABLE),
            _ => None,
        }
    })
}

fn is_no_local_shared(body: &[u8]) -> bool {
    v5_0::Subscribe::parse(body).is_ok_and(|(subscribe, _)| {
        subscribe.entries().iter().any(|entry| entry.topic_filter().starts_with("$share/") && entry.sub_opts().nl())
    })
}

const UNREADABLE: &str = "a PUBLISH that cannot be read ends the connection here";

fn publish_rule(flags: u8, body: &[u8]) -> Option<&'static str> {
    let Ok((publish, _)) = v5_0::Publish::parse(flags, body.into()) else { return Some(UNREADABLE) };
    let has = |id: u8| publish.props().iter().any(|property| property.id() as u8 == id);
    if has(11) {
        return Some("a subscription identifier in a client's PUBLISH ends the connection here (section 3.3.4)");
    }
    if has(8) {
        return Some("a response topic with wildcards ends the connection here (section 3.3.2.3.5)");
    }
    None
}

fn confirmation_rule(kind: u8, body: &[u8]) -> Option<&'static str> {
    let is_read = match kind {
        4 => v5_0::Puback::parse(body).is_ok_and(|(_, taken)| taken == body.len()),
        5 => v5_0::Pubrec::parse(body).is_ok_and(|(_, taken)| taken == body.len()),
        6 => v5_0::Pubrel::parse(body).is_ok_and(|(_, taken)| taken == body.len()),
        _ => v5_0::Pubcomp::parse(body).is_ok_and(|(_, taken)| taken == body.len()),
    };
    (!is_read).then_some("a confirmation with a reason code it may not have ends the connection here (section 3.4.2.1)")
}
