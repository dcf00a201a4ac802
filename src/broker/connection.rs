//! One client's connection: the protocol crate behind a guard, the bytes that wait to be sent, the next deadline.
//!
//! What the crate leaves unchecked for a server (flags of the fixed header, the order of the first packet, packet
//! identifiers of zero) is checked here; what a packet means for others is the core's business.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use mqtt_protocol_core::mqtt::{
    Connection as Protocol, Version,
    common::Cursor,
    connection::{ConnectionOptions, Event, TimerKind},
    packet::{GenericPacketTrait, Packet, v3_1_1},
    result_code::{ConnectReturnCode, MqttError},
    role,
};

use super::{
    config::Limits,
    fault::Fault,
    publication::Publication,
    session::{Parked, SessionId},
};
use crate::{mqtt::Qos, time::Moment};

/// One network connection, from its opening to its end.
pub(super) struct Connection {
    protocol: Protocol<role::Server>,
    /// Whether the next byte begins a packet.
    at_packet_start: bool,
    /// Type of the packet that is being read.
    kind: u8,
    /// The session it speaks for; `None` until its CONNECT was accepted.
    pub(super) session: Option<SessionId>,
    /// What is published when the connection ends without DISCONNECT.
    pub(super) will: Option<Publication>,
    /// QoS 1 and 2 messages sent and not yet confirmed.
    pub(super) in_flight: usize,
    /// When silence ends the connection.
    pub(super) deadline: Option<Moment>,
    /// When the core has promised to look at the deadline; never later than it.
    pub(super) scheduled: Option<Moment>,
    /// Whether the core knows that bytes wait here.
    pub(super) announced: bool,
    outbound: Vec<u8>,
}

impl Connection {
    pub(super) fn new(now: Moment, limits: &Limits) -> Self {
        let options = ConnectionOptions::new().maximum_packet_size_recv(limits.max_packet_bytes);
        let mut protocol = Protocol::with_options(Version::V3_1_1, options);
        protocol.set_auto_ping_response(true);
        Self {
            protocol,
            at_packet_start: true,
            kind: 0,
            session: None,
            will: None,
            in_flight: 0,
            deadline: Some(now + limits.connect_deadline),
            scheduled: None,
            announced: false,
            outbound: Vec::new(),
        }
    }

    /// Reads at most one packet from the front of `bytes` and leaves the rest there.
    pub(super) fn receive(&mut self, now: Moment, bytes: &mut &[u8]) -> Result<Option<Packet>, Fault> {
        if self.at_packet_start
            && let Some(&first) = bytes.first()
        {
            self.check_first_byte(first)?;
            self.kind = first >> 4;
        }
        let mut cursor = Cursor::new(*bytes);
        let events = guarded(|| self.protocol.recv(&mut cursor))?;
        let consumed = usize::try_from(cursor.position()).unwrap_or(usize::MAX);
        *bytes = bytes.get(consumed..).unwrap_or_default();
        self.at_packet_start = !events.is_empty();
        self.apply(now, events)
    }

    /// The reserved flags of section 2.2.2, and CONNECT first and only first (section 3.1).
    fn check_first_byte(&self, first: u8) -> Result<(), Fault> {
        let (kind, flags) = (first >> 4, first & 0x0f);
        if self.session.is_none() && kind != CONNECT {
            return Err(Fault::NotConnect);
        }
        let expected = match kind {
            PUBLISH => flags,
            PUBREL | SUBSCRIBE | UNSUBSCRIBE => 0b0010,
            _ => 0,
        };
        if flags == expected { Ok(()) } else { Err(Fault::Flags { kind, flags }) }
    }

    /// Sends a packet, or as much of its exchange as the protocol allows now.
    pub(super) fn send(&mut self, packet: impl Into<Packet>) -> Result<(), Fault> {
        let packet = packet.into();
        let events = guarded(|| self.protocol.send(packet))?;
        self.apply(Moment::ZERO, events).map(drop)
    }

    /// Sends an application message; one of QoS 1 or 2 is then in flight.
    pub(super) fn publish(&mut self, publication: &Publication) -> Result<(), Fault> {
        let packet_id = match publication.qos {
            Qos::AtMostOnce => None,
            Qos::AtLeastOnce | Qos::ExactlyOnce => {
                self.in_flight += 1;
                Some(self.protocol.acquire_packet_id().map_err(Fault::Protocol)?)
            }
        };
        self.send(publication.packet(packet_id).map_err(Fault::Protocol)?)
    }

    /// Accepts the CONNECT: gives back what was in flight, answers, and sends the unconfirmed again (section 4.4).
    pub(super) fn accept(&mut self, session: SessionId, present: bool, parked: Parked) -> Result<(), Fault> {
        self.session = Some(session);
        self.in_flight = parked.unconfirmed.len();
        guarded(|| {
            self.protocol.restore_qos2_publish_handled(parked.unreleased);
            self.protocol.restore_packets(parked.unconfirmed);
        })?;
        self.answer_connect(ConnectReturnCode::Accepted, present)
    }

    /// Refuses the CONNECT; the caller closes the connection with the fault this gives back.
    pub(super) fn refuse(&mut self, code: ConnectReturnCode) -> Fault {
        match self.answer_connect(code, false) {
            Ok(()) => Fault::Refused(code),
            Err(fault) => fault,
        }
    }

    fn answer_connect(&mut self, code: ConnectReturnCode, present: bool) -> Result<(), Fault> {
        let connack = v3_1_1::Connack::builder().return_code(code).session_present(present).build();
        self.send(connack.map_err(Fault::Protocol)?)
    }

    /// The unfinished exchanges, for the session to keep.
    pub(super) fn park(&mut self) -> Parked {
        Parked { unconfirmed: self.protocol.get_stored_packets(), unreleased: self.protocol.get_qos2_publish_handled() }
    }

    /// Bytes that wait to be sent.
    pub(super) fn waiting(&self) -> usize {
        self.outbound.len()
    }

    /// Takes the bytes that wait to be sent.
    pub(super) fn take_outbound(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.outbound)
    }

    fn apply(&mut self, now: Moment, events: Vec<Event>) -> Result<Option<Packet>, Fault> {
        let error = events.iter().find_map(|event| match event {
            Event::NotifyError(error) if !self.is_late_confirmation(*error) => Some(*error),
            _ => None,
        });
        let mut received = None;
        for event in events {
            match event {
                Event::NotifyPacketReceived(packet) => received = Some(packet),
                Event::RequestSendPacket { packet, .. } if error.is_none_or(is_answered) => self.write(&packet),
                Event::NotifyPacketIdReleased(_) => self.in_flight = self.in_flight.saturating_sub(1),
                Event::RequestTimerReset { kind: TimerKind::PingreqRecv, duration_ms } => {
                    self.deadline = Some(now + Duration::from_millis(duration_ms));
                }
                Event::RequestTimerCancel(TimerKind::PingreqRecv) => self.deadline = None,
                _ => {}
            }
        }
        error.map_or(Ok(received), |error| Err(Fault::Protocol(error)))
    }

    /// Whether this error is a confirmation of something that is not, or no longer, in flight. The protocol crate asks
    /// for an end of the connection; a client that confirms once more after a reconnect does no harm.
    fn is_late_confirmation(&self, error: MqttError) -> bool {
        matches!(self.kind, PUBACK | PUBREC | PUBCOMP) && error == MqttError::ProtocolError
    }

    fn write(&mut self, packet: &Packet) {
        for part in packet.to_buffers() {
            self.outbound.extend_from_slice(&part);
        }
    }
}

/// Whether a CONNECT that failed for this reason is answered with the CONNACK the protocol crate prepared. Only the
/// protocol level is (section 3.1.2.2); what is malformed is closed without a word (section 4.8).
fn is_answered(error: MqttError) -> bool {
    error == MqttError::UnsupportedProtocolVersion
}

/// Runs a step of the protocol crate. Its panic ends one connection, not the broker.
fn guarded<T>(step: impl FnOnce() -> T) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(step)).map_err(|_| Fault::Panicked)
}

const CONNECT: u8 = 1;
const PUBLISH: u8 = 3;
const PUBACK: u8 = 4;
const PUBREC: u8 = 5;
const PUBREL: u8 = 6;
const PUBCOMP: u8 = 7;
const SUBSCRIBE: u8 = 8;
const UNSUBSCRIBE: u8 = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_the_packet_reader_becomes_a_fault() {
        assert!(matches!(guarded::<()>(|| panic!("as the reader might")), Err(Fault::Panicked)));
        assert!(matches!(guarded(|| 5), Ok(5)));
    }
}
