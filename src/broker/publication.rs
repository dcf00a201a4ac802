//! A message on its way through the broker, shared by all who receive it.

use std::sync::Arc;

use mqtt_protocol_core::mqtt::{
    ArcPayload, IntoPayload,
    packet::{Properties, PropertiesSize},
};

use super::subscriptions::Wanted;
use crate::{
    mqtt::{Message, Qos, Topic},
    time::Moment,
};

/// Topic, payload and properties of one published message; cloning it copies no payload.
#[derive(Clone, Debug)]
pub(super) struct Publication {
    pub(super) topic: Arc<Topic>,
    pub(super) payload: ArcPayload,
    pub(super) qos: Qos,
    /// Whether the publisher asked to keep it; on delivery, what the receiver reads there (section 3.3.1.3).
    pub(super) retain: bool,
    /// Properties of MQTT 5 that every receiver gets, in the publisher's order.
    pub(super) properties: Option<Arc<Properties>>,
    /// When nobody wants it any more.
    pub(super) expires: Option<Moment>,
    /// On delivery, the identifiers of the subscriptions that asked for it.
    pub(super) identifiers: Vec<u32>,
}

impl Publication {
    /// This publication as it goes to a subscriber.
    pub(super) fn to_subscriber(&self, wanted: &Wanted, retain: bool) -> Self {
        Self {
            qos: self.qos.min(wanted.qos),
            retain,
            identifiers: wanted.identifiers.clone(),
            topic: Arc::clone(&self.topic),
            payload: self.payload.clone(),
            properties: self.properties.clone(),
            expires: self.expires,
        }
    }

    /// Bytes it holds in memory, near enough for a bound.
    pub(super) fn bytes(&self) -> usize {
        self.topic.as_str().len()
            + self.payload.len()
            + self.properties.as_deref().map_or(0, PropertiesSize::size)
            + self.identifiers.len() * size_of::<u32>()
    }

    /// Whether its time is over.
    pub(super) fn is_over(&self, now: Moment) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }
}

impl From<Message> for Publication {
    fn from(message: Message) -> Self {
        Self {
            topic: Arc::new(message.topic),
            payload: message.payload.into_payload(),
            qos: message.qos,
            retain: message.retain,
            properties: None,
            expires: None,
            identifiers: Vec::new(),
        }
    }
}
