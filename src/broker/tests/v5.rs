//! The packets of MQTT 5: those of a client as bytes, those of the broker as text.

use mqtt_protocol_core::mqtt::{
    connection::{PacketData, RawPacket},
    packet::{Properties, Property, RetainHandling, SubEntry, SubOpts, v5_0},
};

use crate::{broker::packet::qos_to_wire, mqtt::Qos};

/// A CONNECT to be written.
#[derive(Clone, Default)]
pub(super) struct Connect {
    client_id: String,
    clean: bool,
    keep_alive: u16,
    properties: Properties,
    will: Option<(String, String, Qos, Properties)>,
    login: Option<(String, String)>,
}

impl Connect {
    pub(super) fn clean(client_id: &str) -> Self {
        Self { client_id: client_id.into(), clean: true, ..Self::default() }
    }

    pub(super) fn going_on(client_id: &str) -> Self {
        Self { clean: false, ..Self::clean(client_id) }
    }

    pub(super) fn keep_alive(self, seconds: u16) -> Self {
        Self { keep_alive: seconds, ..self }
    }

    pub(super) fn with(mut self, property: impl Into<Property>) -> Self {
        self.properties.push(property.into());
        self
    }

    pub(super) fn will(self, topic: &str, payload: &str, qos: Qos, properties: Properties) -> Self {
        Self { will: Some((topic.into(), payload.into(), qos, properties)), ..self }
    }

    pub(super) fn login(self, user: &str, password: &str) -> Self {
        Self { login: Some((user.into(), password.into())), ..self }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut builder = v5_0::Connect::builder()
            .client_id(self.client_id.as_str())
            .expect("a client identifier")
            .clean_start(self.clean)
            .keep_alive(self.keep_alive)
            .props(self.properties.clone());
        if let Some((topic, payload, qos, properties)) = &self.will {
            builder = builder
                .will_message(topic.as_str(), payload.as_str(), qos_to_wire(*qos), false)
                .expect("a will")
                .will_props(properties.clone());
        }
        if let Some((user, password)) = &self.login {
            builder =
                builder.user_name(user.as_str()).expect("a name").password(password.as_str()).expect("a password");
        }
        builder.build().expect("a CONNECT").to_continuous_buffer()
    }
}

pub(super) fn publish(topic: &str, payload: &str, qos: Qos, retain: bool, properties: Properties) -> Vec<u8> {
    v5_0::Publish::builder()
        .topic_name(topic)
        .expect("a topic")
        .qos(qos_to_wire(qos))
        .retain(retain)
        .packet_id((qos != Qos::AtMostOnce).then_some(1))
        .props(properties)
        .payload(payload)
        .build()
        .expect("a PUBLISH")
        .to_continuous_buffer()
}

pub(super) fn options(qos: Qos) -> SubOpts {
    SubOpts::new().set_qos(qos_to_wire(qos))
}

pub(super) fn subscribe(filter: &str, options: SubOpts, properties: Properties) -> Vec<u8> {
    v5_0::Subscribe::builder()
        .packet_id(7)
        .entries(vec![SubEntry::new(filter, options).expect("a filter")])
        .props(properties)
        .build()
        .expect("a SUBSCRIBE")
        .to_continuous_buffer()
}

pub(super) fn unsubscribe(filters: &[&str]) -> Vec<u8> {
    let builder = v5_0::Unsubscribe::builder().packet_id(7).entries(filters.iter().copied()).expect("filters");
    builder.build().expect("an UNSUBSCRIBE").to_continuous_buffer()
}

pub(super) const ONLY_NEW: RetainHandling = RetainHandling::SendRetainedIfNotExists;
pub(super) const NEVER: RetainHandling = RetainHandling::DoNotSendRetained;

/// A packet of the broker as text; reasons in words are left out.
pub(super) fn line(raw: &RawPacket) -> String {
    let data = raw.data_as_slice();
    let packet_id = || u16::from_be_bytes([data[0], data[1]]);
    let code = |place: usize| data.get(place).copied().filter(|code| *code > 0).map_or(String::new(), hex);
    match (raw.packet_type(), &raw.data) {
        (2, _) => {
            let connack = v5_0::Connack::parse(data).expect("a CONNACK").0;
            let present = if connack.session_present() { " present" } else { "" };
            format!("CONNACK {:x}{present}{}", connack.reason_code() as u8, shown(connack.props()))
        }
        (3, PacketData::Publish(shared)) => {
            let publish = v5_0::Publish::parse(raw.flags(), shared.clone()).expect("a PUBLISH").0;
            let packet_id = publish.packet_id().map_or(String::new(), |id| format!(" #{id}"));
            let dup = if publish.dup() { " dup" } else { "" };
            let retain = if publish.retain() { " retain" } else { "" };
            let payload = String::from_utf8_lossy(publish.payload().as_slice());
            let (qos, topic) = (publish.qos() as u8, publish.topic_name());
            format!("PUBLISH{packet_id} q{qos}{dup}{retain} {topic}={payload}{}", shown(publish.props()))
        }
        (9, _) => format!("SUBACK #{}{}", packet_id(), codes(data)),
        (11, _) => format!("UNSUBACK #{}{}", packet_id(), codes(data)),
        (13, _) => "PINGRESP".into(),
        (14, _) => format!("DISCONNECT{}", code(0)),
        (kind @ 4..=7, _) => {
            let name = ["PUBACK", "PUBREC", "PUBREL", "PUBCOMP"][usize::from(kind) - 4];
            format!("{name} #{}{}", packet_id(), code(2))
        }
        (kind, _) => panic!("a broker does not send packets of type {kind}"),
    }
}

fn hex(code: u8) -> String {
    format!(" {code:02x}")
}

/// The codes behind identifier and (short) properties.
fn codes(data: &[u8]) -> String {
    data[3 + usize::from(data[2])..].iter().copied().map(hex).collect()
}

/// The properties that a test may want to see.
fn shown(properties: &Properties) -> String {
    properties
        .iter()
        .map(|property| match property {
            Property::ContentType(text) => format!(" type={}", text.val()),
            Property::ResponseTopic(text) => format!(" response={}", text.val()),
            Property::CorrelationData(bytes) => format!(" correlation={}", String::from_utf8_lossy(bytes.val())),
            Property::UserProperty(pair) => format!(" {}:{}", pair.key(), pair.val()),
            Property::MessageExpiryInterval(seconds) => format!(" expiry={}", seconds.val()),
            Property::SubscriptionIdentifier(number) => format!(" id={}", number.val()),
            Property::TopicAlias(number) => format!(" alias={}", number.val()),
            Property::PayloadFormatIndicator(format) => format!(" format={}", format.val()),
            Property::AssignedClientIdentifier(text) => format!(" name={}", text.val()),
            Property::ServerKeepAlive(seconds) => format!(" keep-alive={}", seconds.val()),
            _ => String::new(),
        })
        .collect()
}
