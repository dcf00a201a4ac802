//! SUBSCRIBE and UNSUBSCRIBE: MQTT 3.1.1 sections 3.8 to 3.11.

use mqtt_protocol_core::mqtt::{
    packet::v3_1_1,
    result_code::{MqttError, SubackReturnCode},
};

use super::Core;
use crate::{
    broker::{ConnectionId, access, fault::Fault, publication::qos_from_wire, subscriptions::Subscriptions},
    mqtt::{Filter, Qos},
};

impl Core {
    pub(super) fn handle_subscribe(&mut self, id: ConnectionId, subscribe: &v3_1_1::Subscribe) -> Result<(), Fault> {
        let wishes = wishes_of(subscribe)?;
        let mut codes = Vec::with_capacity(wishes.len());
        let mut granted = Vec::with_capacity(wishes.len());
        for (filter, qos) in wishes {
            if self.subscribe(id, &filter, qos) {
                codes.push(suback_code(qos));
                granted.push((filter, qos));
            } else {
                codes.push(SubackReturnCode::Failure);
            }
        }
        let suback = v3_1_1::Suback::builder().packet_id(subscribe.packet_id()).return_codes(codes).build();
        self.send(id, suback.map_err(Fault::Protocol)?)?;
        for (filter, qos) in granted {
            self.send_retained(id, &filter, qos);
        }
        Ok(())
    }

    pub(super) fn handle_unsubscribe(
        &mut self,
        id: ConnectionId,
        unsubscribe: &v3_1_1::Unsubscribe,
    ) -> Result<(), Fault> {
        if unsubscribe.packet_id() == 0 {
            return Err(Fault::ZeroIdentifier);
        }
        let filters =
            unsubscribe.entries().iter().map(|entry| entry.as_str().parse()).collect::<Result<Vec<Filter>, _>>()?;
        if let Some(session_id) = self.session_of(id)
            && let Some(session) = self.sessions.get_mut(session_id)
        {
            for filter in filters {
                if session.subscriptions.remove(&filter).is_some() {
                    self.subscriptions.remove(&filter, session_id);
                }
            }
        }
        let unsuback = v3_1_1::Unsuback::builder().packet_id(unsubscribe.packet_id()).build();
        self.send(id, unsuback.map_err(Fault::Protocol)?)
    }

    /// Adds one subscription unless the rules or a limit forbid it.
    fn subscribe(&mut self, id: ConnectionId, filter: &Filter, qos: Qos) -> bool {
        let Some(session_id) = self.session_of(id) else { return false };
        let Some(session) = self.sessions.get_mut(session_id) else { return false };
        let full = session.subscriptions.len() >= self.config.limits.max_subscriptions
            && !session.subscriptions.contains_key(filter);
        if full
            || !Subscriptions::takes(filter)
            || !access::may_subscribe(&self.config.rules, session.user.as_deref(), filter)
        {
            return false;
        }
        session.subscriptions.insert(filter.clone(), qos);
        self.subscriptions.insert(filter, session_id, qos);
        true
    }

    /// The retained messages a new or renewed subscription asks for, marked as retained (section 3.8.4).
    fn send_retained(&mut self, id: ConnectionId, filter: &Filter, granted: Qos) {
        let Some(session) = self.session_of(id) else { return };
        let found: Vec<_> =
            self.retained.matching(filter).map(|publication| publication.to_subscriber(granted, true)).collect();
        for publication in found {
            self.deliver(session, publication);
        }
        self.send_report(session, filter);
    }
}

/// The filters of a SUBSCRIBE with the QoS asked for. The crate reads the options of version 5 too: here the upper six
/// bits must be zero (section 3.8.3.1).
fn wishes_of(subscribe: &v3_1_1::Subscribe) -> Result<Vec<(Filter, Qos)>, Fault> {
    if subscribe.packet_id() == 0 {
        return Err(Fault::ZeroIdentifier);
    }
    let mut wishes = Vec::with_capacity(subscribe.entries().len());
    for entry in subscribe.entries() {
        if entry.sub_opts().to_buffer()[0] & !0b11 != 0 {
            return Err(Fault::Protocol(MqttError::MalformedPacket));
        }
        wishes.push((entry.topic_filter().parse()?, qos_from_wire(entry.sub_opts().qos())));
    }
    Ok(wishes)
}

const fn suback_code(qos: Qos) -> SubackReturnCode {
    match qos {
        Qos::AtMostOnce => SubackReturnCode::SuccessMaximumQos0,
        Qos::AtLeastOnce => SubackReturnCode::SuccessMaximumQos1,
        Qos::ExactlyOnce => SubackReturnCode::SuccessMaximumQos2,
    }
}
