//! The broker's packets as bytes, for either version.
//!
//! Whatever cannot be built (a text too long for MQTT, for instance) is a [`ClientFault`]: it ends one connection and no more.

use mqtt_protocol_core::mqtt::{
    packet::{
        AssignedClientIdentifier, GenericPacketTrait, MaximumPacketSize, MessageExpiryInterval, Properties, Property,
        ReasonString, ReceiveMaximum, ServerKeepAlive, SessionExpiryInterval, SubscriptionIdentifier, TopicAlias,
        TopicAliasMaximum, v3_1_1, v5_0,
    },
    result_code::{
        ConnectReasonCode, ConnectReturnCode, DisconnectReasonCode, MqttError, PubackReasonCode, PubcompReasonCode,
        PubrecReasonCode, PubrelReasonCode, SubackReasonCode, SubackReturnCode, UnsubackReasonCode,
    },
};

use super::{ClientFault, Version, qos_to_wire};
use crate::{broker::publication::Publication, mqtt::Qos, time::Moment};

/// What the broker tells a client of MQTT 5 when it lets it in; `None` is what the client takes for granted.
#[derive(Clone, Debug, Default)]
pub(in crate::broker) struct ConnackTerms {
    pub(in crate::broker) session_expiry: Option<u32>,
    pub(in crate::broker) receive_maximum: Option<u16>,
    pub(in crate::broker) max_packet_bytes: Option<u32>,
    pub(in crate::broker) alias_maximum: u16,
    pub(in crate::broker) keep_alive: Option<u16>,
    pub(in crate::broker) client_id: Option<String>,
    pub(in crate::broker) reason: Option<String>,
}

impl ConnackTerms {
    fn properties(&self) -> Result<Properties, MqttError> {
        let mut properties = Properties::new();
        if let Some(seconds) = self.session_expiry {
            properties.push(SessionExpiryInterval::new(seconds)?.into());
        }
        if let Some(most) = self.receive_maximum {
            properties.push(ReceiveMaximum::new(most)?.into());
        }
        if let Some(most) = self.max_packet_bytes {
            properties.push(MaximumPacketSize::new(most)?.into());
        }
        if self.alias_maximum > 0 {
            properties.push(TopicAliasMaximum::new(self.alias_maximum)?.into());
        }
        if let Some(seconds) = self.keep_alive {
            properties.push(ServerKeepAlive::new(seconds)?.into());
        }
        if let Some(client_id) = &self.client_id {
            properties.push(AssignedClientIdentifier::new(client_id.as_str())?.into());
        }
        if let Some(reason) = &self.reason {
            properties.push(ReasonString::new(reason.as_str())?.into());
        }
        Ok(properties)
    }
}

/// CONNACK. For MQTT 3.1.1 `code` is a return code, for MQTT 5 a reason code; both are zero for welcome.
pub(in crate::broker) fn connack(
    version: Version,
    code: u8,
    present: bool,
    terms: &ConnackTerms,
) -> Result<Vec<u8>, ClientFault> {
    match version {
        Version::V311 => bytes(
            v3_1_1::Connack::builder()
                .return_code(ConnectReturnCode::try_from(code).unwrap_or(ConnectReturnCode::ServerUnavailable))
                .session_present(present)
                .build(),
        ),
        Version::V5 => bytes(
            v5_0::Connack::builder()
                .reason_code(ConnectReasonCode::try_from(code).unwrap_or(ConnectReasonCode::UnspecifiedError))
                .session_present(present)
                .props(terms.properties().map_err(unbuilt)?)
                .build(),
        ),
    }
}

/// PUBLISH. `packet_id` is given exactly for QoS 1 and 2; `alias` stands for the topic, which is left out if the receiver
/// knows it already.
pub(in crate::broker) fn publish(
    version: Version,
    now: Moment,
    publication: &Publication,
    packet_id: Option<u16>,
    is_dup: bool,
    alias: Option<Alias>,
) -> Result<Vec<u8>, ClientFault> {
    let topic = match alias {
        Some(Alias { is_known: true, .. }) => "",
        _ => publication.topic.as_str(),
    };
    match version {
        Version::V311 => bytes(
            v3_1_1::Publish::builder()
                .topic_name(topic)
                .map_err(unbuilt)?
                .qos(qos_to_wire(publication.qos))
                .dup(is_dup)
                .retain(publication.retain)
                .packet_id(packet_id)
                .payload(publication.payload.clone())
                .build(),
        ),
        Version::V5 => bytes(
            v5_0::Publish::builder()
                .topic_name(topic)
                .map_err(unbuilt)?
                .qos(qos_to_wire(publication.qos))
                .dup(is_dup)
                .retain(publication.retain)
                .packet_id(packet_id)
                .props(publish_properties(now, publication, alias).map_err(unbuilt)?)
                .payload(publication.payload.clone())
                .build(),
        ),
    }
}

/// A number that stands for a topic on one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::broker) struct Alias {
    pub(in crate::broker) number: u16,
    /// Whether the receiver was told its topic before.
    pub(in crate::broker) is_known: bool,
}

fn publish_properties(now: Moment, publication: &Publication, alias: Option<Alias>) -> Result<Properties, MqttError> {
    let mut properties = publication.properties.as_deref().cloned().unwrap_or_default();
    if let Some(expires) = publication.expires {
        // What is left is rounded up: a message that is not over yet has at least a second.
        let left = expires.since(now).as_millis().div_ceil(1_000);
        properties.push(MessageExpiryInterval::new(u32::try_from(left).unwrap_or(u32::MAX))?.into());
    }
    for &identifier in &publication.identifiers {
        properties.push(SubscriptionIdentifier::new(identifier)?.into());
    }
    if let Some(alias) = alias {
        properties.push(TopicAlias::new(alias.number)?.into());
    }
    Ok(properties)
}

/// PUBACK; its reason code is told in MQTT 5 only.
pub(in crate::broker) fn puback(
    version: Version,
    packet_id: u16,
    code: u8,
    reason: Option<&str>,
) -> Result<Vec<u8>, ClientFault> {
    if version == Version::V311 {
        return Ok(confirmation(0x40, packet_id));
    }
    let builder = v5_0::Puback::builder().packet_id(packet_id);
    match PubackReasonCode::try_from(code) {
        Ok(PubackReasonCode::Success) | Err(_) => Ok(confirmation(0x40, packet_id)),
        Ok(code) => match reasons(reason)? {
            Some(properties) => bytes(builder.reason_code(code).props(properties).build()),
            None => bytes(builder.reason_code(code).build()),
        },
    }
}

/// PUBREC; its reason code is told in MQTT 5 only.
pub(in crate::broker) fn pubrec(
    version: Version,
    packet_id: u16,
    code: u8,
    reason: Option<&str>,
) -> Result<Vec<u8>, ClientFault> {
    if version == Version::V311 {
        return Ok(confirmation(0x50, packet_id));
    }
    let builder = v5_0::Pubrec::builder().packet_id(packet_id);
    match PubrecReasonCode::try_from(code) {
        Ok(PubrecReasonCode::Success) | Err(_) => Ok(confirmation(0x50, packet_id)),
        Ok(code) => match reasons(reason)? {
            Some(properties) => bytes(builder.reason_code(code).props(properties).build()),
            None => bytes(builder.reason_code(code).build()),
        },
    }
}

/// PUBREL; for an unknown identifier MQTT 5 says so.
pub(in crate::broker) fn pubrel(version: Version, packet_id: u16, is_known: bool) -> Result<Vec<u8>, ClientFault> {
    if version == Version::V311 || is_known {
        return Ok(confirmation(0x62, packet_id));
    }
    let code = PubrelReasonCode::PacketIdentifierNotFound;
    bytes(v5_0::Pubrel::builder().packet_id(packet_id).reason_code(code).build())
}

/// PUBCOMP; for an unknown identifier MQTT 5 says so.
pub(in crate::broker) fn pubcomp(version: Version, packet_id: u16, is_known: bool) -> Result<Vec<u8>, ClientFault> {
    if version == Version::V311 || is_known {
        return Ok(confirmation(0x70, packet_id));
    }
    let code = PubcompReasonCode::PacketIdentifierNotFound;
    bytes(v5_0::Pubcomp::builder().packet_id(packet_id).reason_code(code).build())
}

/// A confirmation without reason: the same four bytes in both versions.
fn confirmation(first: u8, packet_id: u16) -> Vec<u8> {
    let [high, low] = packet_id.to_be_bytes();
    vec![first, 2, high, low]
}

/// SUBACK, a code for each filter. MQTT 3.1.1 knows one refusal only.
pub(in crate::broker) fn suback(
    version: Version,
    packet_id: u16,
    codes: &[Result<Qos, u8>],
) -> Result<Vec<u8>, ClientFault> {
    match version {
        Version::V311 => {
            let codes = codes.iter().map(|code| match code {
                Ok(Qos::AtMostOnce) => SubackReturnCode::SuccessMaximumQos0,
                Ok(Qos::AtLeastOnce) => SubackReturnCode::SuccessMaximumQos1,
                Ok(Qos::ExactlyOnce) => SubackReturnCode::SuccessMaximumQos2,
                Err(_) => SubackReturnCode::Failure,
            });
            bytes(v3_1_1::Suback::builder().packet_id(packet_id).return_codes(codes.collect()).build())
        }
        Version::V5 => {
            let codes = codes.iter().map(|code| match code {
                Ok(Qos::AtMostOnce) => SubackReasonCode::GrantedQos0,
                Ok(Qos::AtLeastOnce) => SubackReasonCode::GrantedQos1,
                Ok(Qos::ExactlyOnce) => SubackReasonCode::GrantedQos2,
                Err(code) => SubackReasonCode::try_from(*code).unwrap_or(SubackReasonCode::UnspecifiedError),
            });
            bytes(v5_0::Suback::builder().packet_id(packet_id).reason_codes(codes.collect()).build())
        }
    }
}

/// UNSUBACK; MQTT 5 says for each filter whether there was a subscription.
pub(in crate::broker) fn unsuback(version: Version, packet_id: u16, existed: &[bool]) -> Result<Vec<u8>, ClientFault> {
    match version {
        Version::V311 => bytes(v3_1_1::Unsuback::builder().packet_id(packet_id).build()),
        Version::V5 => {
            let codes = existed.iter().map(|&existed| {
                if existed { UnsubackReasonCode::Success } else { UnsubackReasonCode::NoSubscriptionExisted }
            });
            bytes(v5_0::Unsuback::builder().packet_id(packet_id).reason_codes(codes.collect()).build())
        }
    }
}

pub(in crate::broker) const fn pingresp() -> [u8; 2] {
    [0xd0, 0]
}

/// The DISCONNECT of MQTT 5 with which the broker ends a connection.
pub(in crate::broker) fn disconnect(code: u8, reason: Option<&str>) -> Result<Vec<u8>, ClientFault> {
    let code = DisconnectReasonCode::try_from(code).unwrap_or(DisconnectReasonCode::UnspecifiedError);
    let builder = v5_0::Disconnect::builder().reason_code(code);
    match reasons(reason)? {
        Some(properties) => bytes(builder.props(properties).build()),
        None => bytes(builder.build()),
    }
}

fn reasons(reason: Option<&str>) -> Result<Option<Properties>, ClientFault> {
    reason.map(|reason| Ok(vec![Property::from(ReasonString::new(reason).map_err(unbuilt)?)])).transpose()
}

fn bytes(built: Result<impl GenericPacketTrait, MqttError>) -> Result<Vec<u8>, ClientFault> {
    Ok(built.map_err(unbuilt)?.to_continuous_buffer())
}

fn unbuilt(_: MqttError) -> ClientFault {
    ClientFault::Protocol("an answer that cannot be written")
}
