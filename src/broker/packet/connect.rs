//! CONNECT of both versions: MQTT 3.1.1 and MQTT 5, section 3.1.
//!
//! Read here and not by the crate as a whole: it says nothing of the connect flags, and refuses a password without a user
//! name, which MQTT 5 allows (section 3.1.2.9).

use std::{sync::Arc, time::Duration};

use mqtt_protocol_core::mqtt::{
    IntoPayload,
    packet::{MqttBinary, MqttString, Properties, PropertiesParse, Property, PropertyId},
};

use super::{ClientFault, Connect, Incoming, Terms, Version, Will, fault_of, read::passed_on};
use crate::{
    broker::publication::Publication,
    mqtt::{Password, Qos},
};

/// The protocol level in a CONNECT that begins like one; `None` if it does not say.
pub(in crate::broker) fn connect_version(body: &[u8]) -> Option<u8> {
    let length = usize::from(u16::from_be_bytes(*body.first_chunk()?));
    let name = body.get(2..2 + length)?;
    matches!(name, b"MQTT" | b"MQIsdp").then(|| body.get(2 + length).copied()).flatten()
}

pub(super) fn read(body: &[u8]) -> Result<Incoming, ClientFault> {
    let level = connect_version(body).ok_or(ClientFault::Protocol("a protocol name that is not MQTT"))?;
    let version = match (level, body.get(2..6)) {
        (4, Some(b"MQTT")) => Version::V311,
        (5, Some(b"MQTT")) => Version::V5,
        _ => return Err(ClientFault::Version { level }),
    };
    let mut fields = Fields { rest: &body[7..] };
    let flags = check_connect_flags(version, fields.byte()?)?;
    let keep_alive = fields.number()?;
    let properties = fields.properties(version)?;
    check_properties(&properties, OF_CONNECT)?;
    let client_id = fields.text()?;
    let will = if flags & WILL == 0 { None } else { Some(fields.will(version, flags)?) };
    let user = if flags & USER == 0 { None } else { Some(fields.text()?) };
    let password = if flags & PASSWORD == 0 { None } else { Some(fields.password()?) };
    if !fields.rest.is_empty() {
        return Err(ClientFault::Malformed("bytes behind the last field"));
    }
    let clean = flags & CLEAN != 0;
    Ok(Incoming::Connect(Box::new(Connect {
        version,
        clean,
        keep_alive,
        client_id,
        user,
        password,
        will,
        session_expiry: session_expiry(version, clean, &properties),
        terms: terms(&properties)?,
        has_method: method(&properties)?,
    })))
}

/// Overwrites the password in the bytes of a CONNECT, and everything that may be one where the packet cannot be read.
pub(in crate::broker) fn mask_password(packet: &mut [u8]) {
    if packet.first().is_none_or(|first| first >> 4 != super::CONNECT) {
        return;
    }
    let header = 1 + packet.iter().skip(1).take_while(|byte| **byte & 0x80 != 0).count() + 1;
    let Some(body) = packet.get(header..) else { return };
    let secret = match password_bytes(body) {
        Some(0) => return,
        Some(length) => packet.len() - length,
        None => header.min(packet.len()),
    };
    packet[secret..].fill(b'*');
}

/// Bytes of the password, which is the last field; `None` if the packet cannot be read.
fn password_bytes(body: &[u8]) -> Option<usize> {
    let version = match connect_version(body)? {
        4 => Version::V311,
        5 => Version::V5,
        _ => return None,
    };
    let mut fields = Fields { rest: body.get(7..)? };
    let flags = fields.byte().ok()?;
    fields.number().ok()?;
    fields.properties(version).ok()?;
    fields.text().ok()?;
    if flags & WILL != 0 {
        fields.will(version, flags).ok()?;
    }
    if flags & USER != 0 {
        fields.text().ok()?;
    }
    let length = if flags & PASSWORD == 0 { 0 } else { fields.binary().ok()?.len() };
    fields.rest.is_empty().then_some(length)
}

/// The combinations of section 3.1.2.
fn check_connect_flags(version: Version, flags: u8) -> Result<u8, ClientFault> {
    let will_without_flag = flags & WILL == 0 && flags & (WILL_QOS | WILL_RETAIN) != 0;
    if flags & RESERVED != 0 || flags & WILL_QOS == WILL_QOS || will_without_flag {
        return Err(ClientFault::Malformed("connect flags that exclude each other"));
    }
    if version == Version::V311 && flags & (USER | PASSWORD) == PASSWORD {
        return Err(ClientFault::Malformed("a password without a user name"));
    }
    Ok(flags)
}

/// What is left of the packet.
struct Fields<'a> {
    rest: &'a [u8],
}

impl Fields<'_> {
    fn byte(&mut self) -> Result<u8, ClientFault> {
        let (&byte, rest) = self.rest.split_first().ok_or(ENDS_EARLY)?;
        self.rest = rest;
        Ok(byte)
    }

    fn number(&mut self) -> Result<u16, ClientFault> {
        Ok(u16::from_be_bytes([self.byte()?, self.byte()?]))
    }

    fn text(&mut self) -> Result<String, ClientFault> {
        let (text, taken) = MqttString::decode(self.rest).map_err(fault_of)?;
        if text.as_str().contains('\0') {
            return Err(ClientFault::Malformed("a NUL character in a text"));
        }
        self.rest = &self.rest[taken..];
        Ok(text.as_str().to_owned())
    }

    fn binary(&mut self) -> Result<Vec<u8>, ClientFault> {
        let (binary, taken) = MqttBinary::decode(self.rest).map_err(fault_of)?;
        self.rest = &self.rest[taken..];
        Ok(binary.as_slice().to_vec())
    }

    /// A password that is no UTF-8 is none that anybody was given: it is read and fits nobody.
    fn password(&mut self) -> Result<Password, ClientFault> {
        Ok(Password::new(String::from_utf8_lossy(&self.binary()?)))
    }

    fn properties(&mut self, version: Version) -> Result<Properties, ClientFault> {
        if version == Version::V311 {
            return Ok(Properties::new());
        }
        let (properties, taken) = Properties::parse(self.rest).map_err(fault_of)?;
        self.rest = &self.rest[taken..];
        Ok(properties)
    }

    fn will(&mut self, version: Version, flags: u8) -> Result<Will, ClientFault> {
        let properties = self.properties(version)?;
        check_properties(&properties, OF_WILL)?;
        let topic = Arc::new(self.text()?.parse()?);
        let payload = self.binary()?.into_payload();
        let seconds = |wanted: PropertyId| {
            properties.iter().find_map(|property| match property {
                Property::WillDelayInterval(delay) if wanted == PropertyId::WillDelayInterval => Some(delay.val()),
                Property::MessageExpiryInterval(expiry) if wanted == PropertyId::MessageExpiryInterval => {
                    Some(expiry.val())
                }
                _ => None,
            })
        };
        let delay = Duration::from_secs(seconds(PropertyId::WillDelayInterval).unwrap_or(0).into());
        let expiry = seconds(PropertyId::MessageExpiryInterval).map(|seconds| Duration::from_secs(seconds.into()));
        let qos = match (flags & WILL_QOS) >> 3 {
            0 => Qos::AtMostOnce,
            1 => Qos::AtLeastOnce,
            _ => Qos::ExactlyOnce,
        };
        let publication = Publication {
            topic,
            payload,
            qos,
            retain: flags & WILL_RETAIN != 0,
            properties: passed_on(properties),
            expires: None,
            identifiers: Vec::new(),
        };
        Ok(Will { publication, delay, expiry })
    }
}

/// Each property stands once, user properties aside, and where it may (table 2-4).
fn check_properties(properties: &Properties, allowed: &[PropertyId]) -> Result<(), ClientFault> {
    for (place, property) in properties.iter().enumerate() {
        let id = property.id();
        let is_twice = id != PropertyId::UserProperty && properties[..place].iter().any(|other| other.id() == id);
        if is_twice || !allowed.contains(&id) {
            return Err(ClientFault::Protocol("a property that may not stand there, or stands twice"));
        }
    }
    Ok(())
}

/// Sections 3.1.2.4 of both, and 3.1.2.11.2 of MQTT 5: a session of MQTT 3.1.1 ends with its connection or never.
fn session_expiry(version: Version, clean: bool, properties: &Properties) -> u32 {
    let asked = properties.iter().find_map(|property| match property {
        Property::SessionExpiryInterval(expiry) => Some(expiry.val()),
        _ => None,
    });
    match version {
        Version::V311 if clean => 0,
        Version::V311 => u32::MAX,
        Version::V5 => asked.unwrap_or(0),
    }
}

fn terms(properties: &Properties) -> Result<Terms, ClientFault> {
    let mut terms = Terms::default();
    for property in properties {
        match property {
            Property::ReceiveMaximum(most) => terms.receive_maximum = most.val(),
            Property::MaximumPacketSize(most) => {
                terms.max_packet_bytes = usize::try_from(most.val()).unwrap_or(usize::MAX);
            }
            Property::TopicAliasMaximum(most) => terms.alias_maximum = most.val(),
            Property::RequestProblemInformation(wanted) => terms.wants_reasons = wanted.val() != 0,
            _ => {}
        }
    }
    if terms.receive_maximum == 0 || terms.max_packet_bytes == 0 {
        return Err(ClientFault::Protocol("a maximum of zero"));
    }
    Ok(terms)
}

/// Whether enhanced authentication is asked for; data for it without a method is an error (section 3.1.2.11.10).
fn method(properties: &Properties) -> Result<bool, ClientFault> {
    let has = |id| properties.iter().any(|property| property.id() == id);
    match (has(PropertyId::AuthenticationMethod), has(PropertyId::AuthenticationData)) {
        (false, true) => Err(ClientFault::Protocol("authentication data without a method")),
        (method, _) => Ok(method),
    }
}

const ENDS_EARLY: ClientFault = ClientFault::Malformed("it ends in the middle of a field");
const RESERVED: u8 = 0b0000_0001;
const CLEAN: u8 = 0b0000_0010;
const WILL: u8 = 0b0000_0100;
const WILL_QOS: u8 = 0b0001_1000;
const WILL_RETAIN: u8 = 0b0010_0000;
const PASSWORD: u8 = 0b0100_0000;
const USER: u8 = 0b1000_0000;

const OF_CONNECT: &[PropertyId] = &[
    PropertyId::SessionExpiryInterval,
    PropertyId::ReceiveMaximum,
    PropertyId::MaximumPacketSize,
    PropertyId::TopicAliasMaximum,
    PropertyId::RequestResponseInformation,
    PropertyId::RequestProblemInformation,
    PropertyId::UserProperty,
    PropertyId::AuthenticationMethod,
    PropertyId::AuthenticationData,
];
const OF_WILL: &[PropertyId] = &[
    PropertyId::WillDelayInterval,
    PropertyId::PayloadFormatIndicator,
    PropertyId::MessageExpiryInterval,
    PropertyId::ContentType,
    PropertyId::ResponseTopic,
    PropertyId::CorrelationData,
    PropertyId::UserProperty,
];
