//! A capture of what the broker sees, in the format pcapng, for Wireshark.
//!
//! Each connection is written as the TCP connection it might have been: below TLS and WebSockets, with the broker at port
//! 1883, where Wireshark looks for MQTT. Passwords are overwritten before they reach the file.

use std::{
    collections::HashMap,
    fs::File,
    io::{self, BufWriter, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::Path,
    time::Duration,
};

use crate::{
    broker::{ConnectionId, event::Peer, packet::mask_password},
    time::Moment,
};

/// A capture file that is being written.
pub(super) struct Capture {
    out: BufWriter<File>,
    /// Time from 1970 to [`Moment::ZERO`].
    wall: Duration,
    streams: HashMap<ConnectionId, Stream>,
}

/// One connection with the next sequence number of either side.
struct Stream {
    client: SocketAddr,
    from_client: u32,
    from_broker: u32,
}

/// Who speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Client,
    Broker,
}

impl Capture {
    /// Begins a new file that only this user can read.
    pub(super) fn create(path: &Path, wall: Duration) -> io::Result<Self> {
        let mut out = BufWriter::new(super::private_file(path)?);
        out.write_all(&section())?;
        out.write_all(&interface())?;
        out.flush()?;
        Ok(Self { out, wall, streams: HashMap::new() })
    }

    pub(super) fn open(&mut self, now: Moment, id: ConnectionId, peer: Peer) -> io::Result<()> {
        let unknown = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let client = peer.address.unwrap_or(unknown);
        let stream = Stream { client, from_client: 0, from_broker: 0 };
        let comment = format!("{peer}");
        self.write(now, &stream.segment(Side::Client, SYN, &[]), Some(&comment))?;
        let stream = Stream { from_client: 1, ..stream };
        self.write(now, &stream.segment(Side::Broker, SYN | ACK, &[]), None)?;
        let stream = Stream { from_broker: 1, ..stream };
        self.write(now, &stream.segment(Side::Client, ACK, &[]), None)?;
        self.streams.insert(id, stream);
        Ok(())
    }

    /// A packet of the client.
    pub(super) fn received(&mut self, now: Moment, id: ConnectionId, mut packet: Vec<u8>) -> io::Result<()> {
        mask_password(&mut packet);
        self.data(now, id, Side::Client, &packet)
    }

    /// Bytes of the broker.
    pub(super) fn sent(&mut self, now: Moment, id: ConnectionId, bytes: &[u8]) -> io::Result<()> {
        self.data(now, id, Side::Broker, bytes)
    }

    pub(super) fn close(&mut self, now: Moment, id: ConnectionId) -> io::Result<()> {
        let Some(stream) = self.streams.remove(&id) else { return Ok(()) };
        self.write(now, &stream.segment(Side::Client, FIN | ACK, &[]), None)?;
        let stream = Stream { from_client: stream.from_client.wrapping_add(1), ..stream };
        self.write(now, &stream.segment(Side::Broker, FIN | ACK, &[]), None)
    }

    /// Lets the file have all that was seen.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn data(&mut self, now: Moment, id: ConnectionId, side: Side, bytes: &[u8]) -> io::Result<()> {
        for part in bytes.chunks(MOST_PAYLOAD) {
            let Some(stream) = self.streams.get_mut(&id) else { return Ok(()) };
            let segment = stream.segment(side, PSH | ACK, part);
            let count = u32::try_from(part.len()).unwrap_or_default();
            let next = if side == Side::Client { &mut stream.from_client } else { &mut stream.from_broker };
            *next = next.wrapping_add(count);
            self.write(now, &segment, None)?;
        }
        Ok(())
    }

    fn write(&mut self, now: Moment, packet: &[u8], comment: Option<&str>) -> io::Result<()> {
        let micros = u64::try_from((self.wall + now.since_open()).as_micros()).unwrap_or(u64::MAX);
        self.out.write_all(&enhanced_packet(micros, packet, comment))
    }
}

impl Stream {
    /// An IP packet with a TCP segment. Checksums are zero, as a network card leaves them.
    fn segment(&self, side: Side, flags: u8, payload: &[u8]) -> Vec<u8> {
        let client = (self.client.ip().to_canonical(), self.client.port());
        let broker = match client.0 {
            IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(_) => IpAddr::V6(std::net::Ipv6Addr::LOCALHOST),
        };
        let broker = (broker, BROKER_PORT);
        let (from, to, sequence, acknowledged) = match side {
            Side::Client => (client, broker, self.from_client, self.from_broker),
            Side::Broker => (broker, client, self.from_broker, self.from_client),
        };
        let mut tcp = Vec::with_capacity(TCP_HEADER + payload.len());
        tcp.extend_from_slice(&from.1.to_be_bytes());
        tcp.extend_from_slice(&to.1.to_be_bytes());
        tcp.extend_from_slice(&sequence.to_be_bytes());
        tcp.extend_from_slice(&if flags & ACK == 0 { 0 } else { acknowledged }.to_be_bytes());
        tcp.extend_from_slice(&[0x50, flags, 0xff, 0xff, 0, 0, 0, 0]);
        tcp.extend_from_slice(payload);
        ip_packet(from.0, to.0, &tcp)
    }
}

fn ip_packet(from: IpAddr, to: IpAddr, tcp: &[u8]) -> Vec<u8> {
    let mut packet = Vec::with_capacity(40 + tcp.len());
    match (from, to) {
        (IpAddr::V4(from), IpAddr::V4(to)) => {
            let length = u16::try_from(20 + tcp.len()).unwrap_or(u16::MAX);
            packet.extend_from_slice(&[0x45, 0]);
            packet.extend_from_slice(&length.to_be_bytes());
            packet.extend_from_slice(&[0, 0, 0x40, 0, 64, TCP, 0, 0]);
            packet.extend_from_slice(&from.octets());
            packet.extend_from_slice(&to.octets());
        }
        (from, to) => {
            let octets = |address| match address {
                IpAddr::V4(address) => Ipv4Addr::to_ipv6_mapped(&address).octets(),
                IpAddr::V6(address) => address.octets(),
            };
            packet.extend_from_slice(&[0x60, 0, 0, 0]);
            packet.extend_from_slice(&u16::try_from(tcp.len()).unwrap_or(u16::MAX).to_be_bytes());
            packet.extend_from_slice(&[TCP, 64]);
            packet.extend_from_slice(&octets(from));
            packet.extend_from_slice(&octets(to));
        }
    }
    packet.extend_from_slice(tcp);
    packet
}

/// The block that a file begins with.
fn section() -> Vec<u8> {
    let mut body = Vec::new();
    body.extend_from_slice(&0x1a2b_3c4d_u32.to_le_bytes());
    body.extend_from_slice(&1_u16.to_le_bytes());
    body.extend_from_slice(&0_u16.to_le_bytes());
    body.extend_from_slice(&u64::MAX.to_le_bytes());
    option(&mut body, USER_APPLICATION, concat!("Air780E Companion ", env!("CARGO_PKG_VERSION")).as_bytes());
    end_of_options(&mut body);
    block(0x0a0d_0d0a, &body)
}

/// The one interface: IP packets without any layer below, times in microseconds.
fn interface() -> Vec<u8> {
    let mut body = Vec::new();
    body.extend_from_slice(&RAW_IP.to_le_bytes());
    body.extend_from_slice(&[0; 6]);
    option(&mut body, INTERFACE_NAME, b"broker");
    option(&mut body, TIME_RESOLUTION, &[6]);
    end_of_options(&mut body);
    block(1, &body)
}

fn enhanced_packet(micros: u64, packet: &[u8], comment: Option<&str>) -> Vec<u8> {
    let length = u32::try_from(packet.len()).unwrap_or(u32::MAX).to_le_bytes();
    let mut body = Vec::with_capacity(packet.len() + 48);
    body.extend_from_slice(&0_u32.to_le_bytes());
    body.extend_from_slice(&u32::try_from(micros >> 32).unwrap_or(u32::MAX).to_le_bytes());
    body.extend_from_slice(&(micros & u64::from(u32::MAX)).to_le_bytes()[..4]);
    body.extend_from_slice(&length);
    body.extend_from_slice(&length);
    body.extend_from_slice(packet);
    pad(&mut body);
    if let Some(comment) = comment {
        option(&mut body, COMMENT, comment.as_bytes());
        end_of_options(&mut body);
    }
    block(6, &body)
}

/// `type:4 | length:4 | body | length:4`, all in the byte order that the section header says.
fn block(kind: u32, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 12).unwrap_or(u32::MAX).to_le_bytes();
    [&kind.to_le_bytes()[..], &length, body, &length].concat()
}

fn option(body: &mut Vec<u8>, code: u16, value: &[u8]) {
    body.extend_from_slice(&code.to_le_bytes());
    body.extend_from_slice(&u16::try_from(value.len()).unwrap_or(u16::MAX).to_le_bytes());
    body.extend_from_slice(value);
    pad(body);
}

fn end_of_options(body: &mut Vec<u8>) {
    body.extend_from_slice(&[0; 4]);
}

fn pad(body: &mut Vec<u8>) {
    body.resize(body.len().next_multiple_of(4), 0);
}

/// The port where Wireshark looks for MQTT.
const BROKER_PORT: u16 = 1883;
const RAW_IP: u16 = 101;
const COMMENT: u16 = 1;
const INTERFACE_NAME: u16 = 2;
const USER_APPLICATION: u16 = 4;
const TIME_RESOLUTION: u16 = 9;
const TCP: u8 = 6;
const TCP_HEADER: usize = 20;
/// What fits into one IP packet beside its headers.
const MOST_PAYLOAD: usize = 65_000;
const FIN: u8 = 0x01;
const SYN: u8 = 0x02;
const PSH: u8 = 0x08;
const ACK: u8 = 0x10;
