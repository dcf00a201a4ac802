//! A message on its way through the broker, shared by all who receive it, and its packets.

use std::sync::Arc;

use mqtt_protocol_core::mqtt::{
    ArcPayload, IntoPayload,
    packet::{Qos as WireQos, v3_1_1},
    result_code::MqttError,
};

use super::fault::Fault;
use crate::mqtt::{Message, Qos, Topic};

/// Topic and payload of one published message; cloning it copies no payload.
#[derive(Clone, Debug)]
pub(super) struct Publication {
    pub(super) topic: Arc<Topic>,
    pub(super) payload: ArcPayload,
    pub(super) qos: Qos,
    /// Whether the publisher asked to keep it; on delivery, whether it was kept (section 3.3.1.3).
    pub(super) retain: bool,
}

impl Publication {
    /// What an arriving PUBLISH carries. The topic must be a name, without wildcards (section 3.3.2.1).
    pub(super) fn from_packet(packet: &v3_1_1::Publish) -> Result<Self, Fault> {
        Ok(Self {
            topic: Arc::new(packet.topic_name().parse()?),
            payload: packet.payload().clone(),
            qos: qos_from_wire(packet.qos()),
            retain: packet.retain(),
        })
    }

    /// This publication as it goes to a subscriber.
    pub(super) fn to_subscriber(&self, granted: Qos, retain: bool) -> Self {
        Self { qos: self.qos.min(granted), retain, ..self.clone() }
    }

    /// Bytes it holds in memory, near enough for a bound.
    pub(super) fn bytes(&self) -> usize {
        self.topic.as_str().len() + self.payload.len()
    }

    /// The PUBLISH packet; `packet_id` is given exactly for QoS 1 and 2.
    pub(super) fn packet(&self, packet_id: Option<u16>) -> Result<v3_1_1::Publish, MqttError> {
        v3_1_1::Publish::builder()
            .topic_name(self.topic.as_str())?
            .qos(qos_to_wire(self.qos))
            .retain(self.retain)
            .packet_id(packet_id)
            .payload(self.payload.clone())
            .build()
    }
}

impl From<Message> for Publication {
    fn from(message: Message) -> Self {
        Self {
            topic: Arc::new(message.topic),
            payload: message.payload.into_payload(),
            qos: message.qos,
            retain: message.retain,
        }
    }
}

pub(super) const fn qos_from_wire(qos: WireQos) -> Qos {
    match qos {
        WireQos::AtMostOnce => Qos::AtMostOnce,
        WireQos::AtLeastOnce => Qos::AtLeastOnce,
        WireQos::ExactlyOnce => Qos::ExactlyOnce,
    }
}

pub(super) const fn qos_to_wire(qos: Qos) -> WireQos {
    match qos {
        Qos::AtMostOnce => WireQos::AtMostOnce,
        Qos::AtLeastOnce => WireQos::AtLeastOnce,
        Qos::ExactlyOnce => WireQos::ExactlyOnce,
    }
}
