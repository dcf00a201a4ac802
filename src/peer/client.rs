//! The client without I/O: MQTT 3.1.1 on top of `mqtt-protocol-core`.

use std::{
    collections::{HashMap, VecDeque},
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use mqtt_protocol_core::mqtt::{
    Connection, Version,
    common::Cursor,
    connection::{Event as Told, TimerKind},
    packet::{GenericPacketTrait, Packet, Qos as WireQos, SubEntry, SubOpts, v3_1_1},
    result_code::{ConnectReturnCode, MqttError, SubackReturnCode},
    role,
};

use super::{
    Arrival, Deed, End, Event, Happening, Joining, PublishId,
    packets::{Packets, Unreadable},
};
use crate::{
    mqtt::{Filter, Message, Qos},
    time::Moment,
};

/// A client from its CONNECT to its end. Call [`handle_bytes`](Self::handle_bytes), [`handle_timeout`](Self::handle_timeout) and
/// [`handle_deed`](Self::handle_deed) as things happen; after each, take what [`poll_transmit`](Self::poll_transmit) and
/// [`poll_event`](Self::poll_event) give. Once [`is_over`](Self::is_over), close the connection.
pub struct Client {
    connection: Connection<role::Client>,
    packets: Packets,
    now: Moment,
    stage: Stage,
    wanted: Vec<(Filter, Qos)>,
    outbound: Vec<u8>,
    events: VecDeque<Event>,
    publishes: HashMap<u16, PublishId>,
    subscribes: HashMap<u16, Filter>,
    /// When each PINGREQ without its answer went out.
    asked: VecDeque<Moment>,
    ping_at: Option<Moment>,
    patience_ends: Option<Moment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Joining,
    Here,
    Over,
}

impl Client {
    /// A client whose connection stands at `now`; its CONNECT waits to be sent.
    pub fn new(now: Moment, joining: &Joining) -> Self {
        let mut connection = Connection::new(Version::V3_1_1);
        connection.set_auto_pub_response(true);
        connection.set_pingresp_recv_timeout(u64::try_from(PATIENCE.as_millis()).unwrap_or(u64::MAX));
        let mut client = Self {
            connection,
            packets: Packets::default(),
            now,
            stage: Stage::Joining,
            wanted: joining.subscriptions.clone(),
            outbound: Vec::new(),
            events: VecDeque::new(),
            publishes: HashMap::new(),
            subscribes: HashMap::new(),
            asked: VecDeque::new(),
            ping_at: None,
            patience_ends: Some(now + PATIENCE),
        };
        match connect(joining) {
            Ok(packet) => {
                let told = client.connection.checked_send(packet);
                client.take(told);
            }
            Err(_) => client.end(End::Nonsense),
        }
        client
    }

    /// Takes bytes from the broker, cut anywhere.
    pub fn handle_bytes(&mut self, now: Moment, bytes: &[u8]) {
        self.now = now;
        self.packets.push(bytes);
        while self.stage != Stage::Over {
            match self.packets.next() {
                Ok(Some(packet)) => self.read(&packet),
                Ok(None) => return,
                Err(Unreadable) => self.end(End::Nonsense),
            }
        }
    }

    /// Looks at the clock.
    pub fn handle_timeout(&mut self, now: Moment) {
        self.now = now;
        if self.patience_ends.is_some_and(|end| end <= now) {
            return self.end(End::Silent);
        }
        if self.ping_at.take_if(|due| *due <= now).is_some() {
            let told = self.connection.notify_timer_fired(TimerKind::PingreqSend);
            self.take(told);
        }
    }

    /// Does what is asked; before it is let in nothing can be done but leave.
    pub fn handle_deed(&mut self, now: Moment, deed: Deed) {
        self.now = now;
        let is_here = self.stage == Stage::Here;
        match deed {
            Deed::Publish(id, message) => {
                if !is_here || self.publish(id, &message).is_err() {
                    self.tell(Happening::NotSent(id));
                }
            }
            Deed::Subscribe(filter, qos) if is_here => self.subscribe(filter, qos),
            Deed::Subscribe(filter, qos) => self.wanted.push((filter, qos)),
            Deed::Ask if is_here => self.ask(),
            Deed::Ask => {}
            Deed::Leave => self.leave(),
            Deed::Break => self.end(End::Asked),
        }
    }

    /// Learns that the connection is gone.
    pub fn handle_closed(&mut self, now: Moment, end: End) {
        self.now = now;
        self.end(end);
    }

    /// Bytes to send.
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        (!self.outbound.is_empty()).then(|| std::mem::take(&mut self.outbound))
    }

    /// What happened.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// When to call [`handle_timeout`](Self::handle_timeout) next.
    pub fn poll_timeout(&self) -> Option<Moment> {
        self.ping_at.into_iter().chain(self.patience_ends).min()
    }

    /// Whether the connection shall be closed once everything is sent.
    pub fn is_over(&self) -> bool {
        self.stage == Stage::Over
    }

    fn publish(&mut self, id: PublishId, message: &Message) -> Result<(), MqttError> {
        let mut packet = v3_1_1::Publish::builder()
            .topic_name(message.topic.as_str())?
            .qos(to_wire(message.qos))
            .retain(message.retain)
            .payload(message.payload.as_slice());
        if message.qos != Qos::AtMostOnce {
            let packet_id = self.connection.acquire_packet_id()?;
            self.publishes.insert(packet_id, id);
            packet = packet.packet_id(packet_id);
        }
        let told = self.connection.checked_send(packet.build()?);
        self.take(told);
        self.tell(Happening::Sent(id));
        Ok(())
    }

    fn subscribe(&mut self, filter: Filter, qos: Qos) {
        let told = (|| {
            let entry = SubEntry::new(filter.as_str(), SubOpts::new().set_qos(to_wire(qos)))?;
            let packet_id = self.connection.acquire_packet_id()?;
            let packet = v3_1_1::Subscribe::builder().packet_id(packet_id).entries(vec![entry]).build()?;
            self.subscribes.insert(packet_id, filter.clone());
            Ok::<_, MqttError>(self.connection.checked_send(packet))
        })();
        match told {
            Ok(told) => self.take(told),
            Err(_) => self.tell(Happening::Subscribed { filter, granted: None }),
        }
    }

    fn ask(&mut self) {
        if let Ok(packet) = v3_1_1::Pingreq::builder().build() {
            let told = self.connection.checked_send(packet);
            self.take(told);
        }
    }

    fn leave(&mut self) {
        if self.stage == Stage::Here
            && let Ok(packet) = v3_1_1::Disconnect::builder().build()
        {
            let told = self.connection.checked_send(packet);
            self.take(told);
        }
        self.end(End::Asked);
    }

    /// Reads one packet. A panic of the protocol crate on hostile bytes ends this connection and nothing else.
    fn read(&mut self, packet: &[u8]) {
        let connection = &mut self.connection;
        let told = catch_unwind(AssertUnwindSafe(|| {
            let mut told = Vec::new();
            let mut cursor = Cursor::new(packet);
            while cursor.position() < packet.len() as u64 {
                let before = cursor.position();
                told.extend(connection.recv(&mut cursor));
                if cursor.position() == before {
                    break;
                }
            }
            told
        }));
        match told {
            Ok(told) => self.take(told),
            Err(_) => self.end(End::Nonsense),
        }
    }

    fn take(&mut self, told: Vec<Told>) {
        for one in told {
            if self.stage == Stage::Over {
                return;
            }
            match one {
                Told::RequestSendPacket { packet, .. } => self.send(&packet),
                Told::NotifyPacketReceived(packet) => self.received(packet),
                Told::RequestTimerReset { kind: TimerKind::PingreqSend, duration_ms } => {
                    self.ping_at = Some(self.now + Duration::from_millis(duration_ms));
                }
                Told::RequestTimerReset { kind: TimerKind::PingrespRecv, duration_ms } => {
                    self.patience_ends = Some(self.now + Duration::from_millis(duration_ms));
                }
                Told::RequestTimerCancel(TimerKind::PingreqSend) => self.ping_at = None,
                Told::RequestTimerCancel(TimerKind::PingrespRecv) => self.patience_ends = None,
                Told::NotifyError(_) => self.end(End::Nonsense),
                // A refused login and a good-bye of our own end elsewhere.
                Told::RequestClose
                | Told::NotifyPacketIdReleased(_)
                | Told::RequestTimerReset { .. }
                | Told::RequestTimerCancel(_) => {}
            }
        }
    }

    fn send(&mut self, packet: &Packet) {
        if matches!(packet, Packet::V3_1_1Pingreq(_)) {
            self.asked.push_back(self.now);
        }
        self.outbound.extend(packet.to_continuous_buffer());
    }

    fn received(&mut self, packet: Packet) {
        match packet {
            Packet::V3_1_1Connack(ack) if ack.return_code() == ConnectReturnCode::Accepted => {
                self.stage = Stage::Here;
                self.patience_ends = None;
                self.tell(Happening::Joined { present: ack.session_present() });
                for (filter, qos) in std::mem::take(&mut self.wanted) {
                    self.subscribe(filter, qos);
                }
            }
            Packet::V3_1_1Connack(ack) => self.end(End::Refused(ack.return_code() as u8)),
            Packet::V3_1_1Suback(ack) => {
                if let Some(filter) = self.subscribes.remove(&ack.packet_id()) {
                    let granted = ack.return_codes().first().copied().and_then(granted);
                    self.tell(Happening::Subscribed { filter, granted });
                }
            }
            Packet::V3_1_1Puback(ack) => self.confirmed(ack.packet_id()),
            Packet::V3_1_1Pubcomp(ack) => self.confirmed(ack.packet_id()),
            Packet::V3_1_1Pubrec(ack) => {
                if let Some(&id) = self.publishes.get(&ack.packet_id()) {
                    self.tell(Happening::Received(id));
                }
            }
            Packet::V3_1_1Publish(publish) => self.arrived(&publish),
            Packet::V3_1_1Pingresp(_) => {
                if let Some(asked) = self.asked.pop_front() {
                    self.tell(Happening::Answered { asked });
                }
            }
            _ => {}
        }
    }

    fn confirmed(&mut self, packet_id: u16) {
        if let Some(id) = self.publishes.remove(&packet_id) {
            self.tell(Happening::Confirmed(id));
        }
    }

    fn arrived(&mut self, publish: &v3_1_1::Publish) {
        let Ok(topic) = publish.topic_name().parse() else { return self.end(End::Nonsense) };
        let payload = publish.payload().as_slice().to_vec();
        let message = Message { topic, payload, qos: from_wire(publish.qos()), retain: publish.retain() };
        self.tell(Happening::Message(Arrival { message, is_dup: publish.dup() }));
    }

    fn tell(&mut self, what: Happening) {
        self.events.push_back(Event { at: self.now, what });
    }

    fn end(&mut self, end: End) {
        if self.stage != Stage::Over {
            self.stage = Stage::Over;
            (self.ping_at, self.patience_ends) = (None, None);
            self.tell(Happening::Ended(end));
        }
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("now", &self.now).field("stage", &self.stage).finish_non_exhaustive()
    }
}

fn connect(joining: &Joining) -> Result<v3_1_1::Connect, MqttError> {
    let mut packet = v3_1_1::Connect::builder()
        .client_id(joining.client_id.as_str())?
        .clean_session(joining.clean_session)
        .keep_alive(joining.keep_alive);
    if let Some((user, password)) = &joining.login {
        packet = packet.user_name(user.as_str())?;
        if !password.is_empty() {
            packet = packet.password(password.reveal().as_bytes().to_vec())?;
        }
    }
    if let Some(will) = &joining.will {
        packet = packet.will_message(will.topic.as_str(), will.payload.clone(), to_wire(will.qos), will.retain)?;
    }
    packet.build()
}

const fn granted(code: SubackReturnCode) -> Option<Qos> {
    match code {
        SubackReturnCode::SuccessMaximumQos0 => Some(Qos::AtMostOnce),
        SubackReturnCode::SuccessMaximumQos1 => Some(Qos::AtLeastOnce),
        SubackReturnCode::SuccessMaximumQos2 => Some(Qos::ExactlyOnce),
        SubackReturnCode::Failure => None,
    }
}

const fn to_wire(qos: Qos) -> WireQos {
    match qos {
        Qos::AtMostOnce => WireQos::AtMostOnce,
        Qos::AtLeastOnce => WireQos::AtLeastOnce,
        Qos::ExactlyOnce => WireQos::ExactlyOnce,
    }
}

const fn from_wire(qos: WireQos) -> Qos {
    match qos {
        WireQos::AtMostOnce => Qos::AtMostOnce,
        WireQos::AtLeastOnce => Qos::AtLeastOnce,
        WireQos::ExactlyOnce => Qos::ExactlyOnce,
    }
}

/// How long the broker may take for CONNACK or PINGRESP.
const PATIENCE: Duration = Duration::from_secs(20);
