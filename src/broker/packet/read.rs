//! The packets of a connected client, read by the crate and put into the broker's words.

use std::{sync::Arc, time::Duration};

use mqtt_protocol_core::mqtt::{
    packet::{MqttString, Properties, Property, RetainHandling, SubEntry, v3_1_1, v5_0},
    result_code::{DisconnectReasonCode, MqttError},
};

use super::{
    AUTH, ClientFault, DISCONNECT, Disconnect, Incoming, PINGREQ, PUBACK, PUBCOMP, PUBLISH, PUBREC, PUBREL, Publish,
    RetainedWish, SUBSCRIBE, Subscribe, UNSUBSCRIBE, Version, Wish, fault_of, qos_from_wire,
};
use crate::broker::frame::Frame;

pub(super) fn v3(frame: &Frame) -> Result<Incoming, ClientFault> {
    let body = &frame.body;
    match frame.kind() {
        PUBLISH => publish_v3(frame),
        PUBACK => Ok(Incoming::Puback(whole(v3_1_1::Puback::parse(body), body)?.packet_id())),
        PUBREC => Ok(Incoming::Pubrec(whole(v3_1_1::Pubrec::parse(body), body)?.packet_id(), false)),
        PUBREL => Ok(Incoming::Pubrel(whole(v3_1_1::Pubrel::parse(body), body)?.packet_id())),
        PUBCOMP => Ok(Incoming::Pubcomp(whole(v3_1_1::Pubcomp::parse(body), body)?.packet_id())),
        SUBSCRIBE => {
            let subscribe = whole(v3_1_1::Subscribe::parse(body), body)?;
            let wishes = wishes(Version::V311, subscribe.entries())?;
            Ok(Incoming::Subscribe(Subscribe { packet_id: subscribe.packet_id(), identifier: None, wishes }))
        }
        UNSUBSCRIBE => {
            let unsubscribe = whole(v3_1_1::Unsubscribe::parse(body), body)?;
            Ok(Incoming::Unsubscribe(unsubscribe.packet_id(), texts(unsubscribe.entries())))
        }
        PINGREQ if body.is_empty() => Ok(Incoming::Pingreq),
        DISCONNECT if body.is_empty() => {
            Ok(Incoming::Disconnect(Disconnect { with_will: false, session_expiry: None, code: 0 }))
        }
        PINGREQ | DISCONNECT => Err(ClientFault::Malformed("bytes in a packet that has none")),
        _ => Err(ClientFault::WrongPacket),
    }
}

pub(super) fn v5(frame: &Frame) -> Result<Incoming, ClientFault> {
    let body = &frame.body;
    match frame.kind() {
        PUBLISH => publish_v5(frame),
        PUBACK => Ok(Incoming::Puback(whole(v5_0::Puback::parse(body), body)?.packet_id())),
        PUBREC => {
            let pubrec = whole(v5_0::Pubrec::parse(body), body)?;
            Ok(Incoming::Pubrec(pubrec.packet_id(), pubrec.reason_code().is_some_and(|code| code.is_failure())))
        }
        PUBREL => Ok(Incoming::Pubrel(whole(v5_0::Pubrel::parse(body), body)?.packet_id())),
        PUBCOMP => Ok(Incoming::Pubcomp(whole(v5_0::Pubcomp::parse(body), body)?.packet_id())),
        SUBSCRIBE => subscribe_v5(body),
        UNSUBSCRIBE => {
            let unsubscribe = whole(v5_0::Unsubscribe::parse(body), body)?;
            Ok(Incoming::Unsubscribe(unsubscribe.packet_id(), texts(unsubscribe.entries())))
        }
        PINGREQ if body.is_empty() => Ok(Incoming::Pingreq),
        PINGREQ => Err(ClientFault::Malformed("bytes in a packet that has none")),
        DISCONNECT => disconnect_v5(body),
        AUTH => Err(ClientFault::Protocol("AUTH without an authentication method")),
        _ => Err(ClientFault::WrongPacket),
    }
}

/// The packet, if it takes the whole body.
fn whole<T>(parsed: Result<(T, usize), MqttError>, body: &[u8]) -> Result<T, ClientFault> {
    let (packet, taken) = parsed.map_err(fault_of)?;
    if taken == body.len() { Ok(packet) } else { Err(ClientFault::Malformed("bytes behind the last field")) }
}

fn texts(entries: &[MqttString]) -> Vec<String> {
    entries.iter().map(|entry| entry.as_str().to_owned()).collect()
}

fn publish_v3(frame: &Frame) -> Result<Incoming, ClientFault> {
    let publish = v3_1_1::Publish::parse(frame.flags(), Arc::clone(&frame.body)).map_err(fault_of)?.0;
    Ok(Incoming::Publish(Box::new(Publish {
        topic: publish.topic_name().to_owned(),
        alias: None,
        qos: qos_from_wire(publish.qos()),
        is_dup: publish.dup(),
        retain: publish.retain(),
        packet_id: publish.packet_id(),
        payload: publish.payload().clone(),
        properties: None,
        expiry: None,
    })))
}

fn publish_v5(frame: &Frame) -> Result<Incoming, ClientFault> {
    let publish = v5_0::Publish::parse(frame.flags(), Arc::clone(&frame.body)).map_err(fault_of)?.0;
    let before_properties = 2 + publish.topic_name().len() + if publish.packet_id().is_some() { 2 } else { 0 };
    if frame.body.len() <= before_properties {
        return Err(ClientFault::Malformed("it ends before its properties"));
    }
    let (mut alias, mut expiry) = (None, None);
    for property in publish.props() {
        match property {
            Property::TopicAlias(topic_alias) => alias = Some(topic_alias.val()),
            Property::MessageExpiryInterval(interval) => expiry = Some(Duration::from_secs(interval.val().into())),
            Property::SubscriptionIdentifier(_) => {
                return Err(ClientFault::Protocol("a subscription identifier in a client's PUBLISH"));
            }
            Property::ResponseTopic(topic) if topic.val().contains(['+', '#', '\0']) => {
                return Err(ClientFault::Protocol("a response topic that is no topic"));
            }
            _ => {}
        }
    }
    Ok(Incoming::Publish(Box::new(Publish {
        topic: publish.topic_name().to_owned(),
        alias,
        qos: qos_from_wire(publish.qos()),
        is_dup: publish.dup(),
        retain: publish.retain(),
        packet_id: publish.packet_id(),
        payload: publish.payload().clone(),
        properties: passed_on(publish.props().clone()),
        expiry,
    })))
}

/// Those properties of a PUBLISH or a will that every receiver gets, unaltered and in their order (section 3.3.2.3).
pub(super) fn passed_on(mut properties: Properties) -> Option<Arc<Properties>> {
    properties.retain(|property| {
        matches!(
            property,
            Property::PayloadFormatIndicator(_)
                | Property::ContentType(_)
                | Property::ResponseTopic(_)
                | Property::CorrelationData(_)
                | Property::UserProperty(_)
        )
    });
    (!properties.is_empty()).then(|| Arc::new(properties))
}

fn subscribe_v5(body: &[u8]) -> Result<Incoming, ClientFault> {
    let subscribe = whole(v5_0::Subscribe::parse(body), body)?;
    let identifier = subscribe.props().iter().find_map(|property| match property {
        Property::SubscriptionIdentifier(identifier) => Some(identifier.val()),
        _ => None,
    });
    let wishes = wishes(Version::V5, subscribe.entries())?;
    Ok(Incoming::Subscribe(Subscribe { packet_id: subscribe.packet_id(), identifier, wishes }))
}

/// The filters of a SUBSCRIBE. The crate reads the options of MQTT 5 for both versions: in MQTT 3.1.1 the upper six bits
/// must be zero (section 3.8.3.1).
fn wishes(version: Version, entries: &[SubEntry]) -> Result<Vec<Wish>, ClientFault> {
    let mut wishes = Vec::with_capacity(entries.len());
    for entry in entries {
        let options = entry.sub_opts();
        if version == Version::V311 && options.to_buffer()[0] & !0b11 != 0 {
            return Err(ClientFault::Malformed("reserved bits beside the QoS of a subscription"));
        }
        if options.nl() && entry.topic_filter().starts_with("$share/") {
            return Err(ClientFault::Protocol("no local in a shared subscription"));
        }
        wishes.push(Wish {
            filter: entry.topic_filter().parse()?,
            qos: qos_from_wire(options.qos()),
            no_local: options.nl(),
            retain_as_published: options.rap(),
            retained: match options.rh() {
                RetainHandling::SendRetained => RetainedWish::Always,
                RetainHandling::SendRetainedIfNotExists => RetainedWish::OnlyIfNew,
                RetainHandling::DoNotSendRetained => RetainedWish::Never,
            },
        });
    }
    Ok(wishes)
}

fn disconnect_v5(body: &[u8]) -> Result<Incoming, ClientFault> {
    let disconnect = whole(v5_0::Disconnect::parse(body), body)?;
    let code = disconnect.reason_code().unwrap_or(DisconnectReasonCode::NormalDisconnection);
    let session_expiry = disconnect.props().iter().flatten().find_map(|property| match property {
        Property::SessionExpiryInterval(expiry) => Some(expiry.val()),
        _ => None,
    });
    Ok(Incoming::Disconnect(Disconnect {
        with_will: code != DisconnectReasonCode::NormalDisconnection,
        session_expiry,
        code: code as u8,
    }))
}
