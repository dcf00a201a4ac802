//! A publication as a record that outlives a restart: its end, and the PUBLISH of MQTT 5 that says the rest.

use std::sync::Arc;

use mqtt_protocol_core::mqtt::packet::{Property, v5_0};

use super::{Version, publish, qos_from_wire, read::passed_on};
use crate::{
    broker::{frame::Framer, publication::Publication},
    mqtt::Qos,
    time::Moment,
};

/// `end:8 | PUBLISH`; the end is milliseconds since 1970 or zero, `wall` is the same at [`Moment::ZERO`].
pub(in crate::broker) fn to_record(wall: u64, publication: &Publication) -> Option<Vec<u8>> {
    let end = publication.expires.map_or(0, |expires| wall + expires.as_millis());
    let packet_id = (publication.qos != Qos::AtMostOnce).then_some(1);
    let lasting = Publication { expires: None, ..publication.clone() };
    let packet = publish(Version::V5, Moment::ZERO, &lasting, packet_id, false, None).ok()?;
    Some([&end.to_be_bytes()[..], &packet].concat())
}

pub(in crate::broker) fn from_record(wall: u64, record: &[u8]) -> Option<Publication> {
    let (end, mut packet) = record.split_first_chunk()?;
    let frame = Framer::new(u32::MAX).next(&mut packet).ok()??;
    let publish = v5_0::Publish::parse(frame.flags(), Arc::clone(&frame.body)).ok()?.0;
    let identifiers = publish.props().iter().filter_map(|property| match property {
        Property::SubscriptionIdentifier(identifier) => Some(identifier.val()),
        _ => None,
    });
    Some(Publication {
        topic: Arc::new(publish.topic_name().parse().ok()?),
        payload: publish.payload().clone(),
        qos: qos_from_wire(publish.qos()),
        retain: publish.retain(),
        identifiers: identifiers.collect(),
        properties: passed_on(publish.props().clone()),
        expires: match u64::from_be_bytes(*end) {
            0 => None,
            end => Some(Moment::from_millis(end.saturating_sub(wall))),
        },
    })
}
