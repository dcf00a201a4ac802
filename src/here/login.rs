//! One login at the broker in the module's place: MQTT 3.1.1, with the user's consent only, and never under the module's
//! client id, which would throw the module out.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

use zeroize::Zeroizing;

use crate::{
    diagnosis::here::{Granted, LoginHere},
    modem::request::Subscription,
    mqtt::Password,
    tls::{ClientContext, Target, TlsFailure, dial},
};

use super::{End, Peer, Try};

/// A login to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// Whether the user agreed to it; without it nothing is sent.
    pub is_agreed: bool,
    /// The client id of the module: the try takes another.
    pub module_id: String,
    /// User name, where there is one.
    pub user: Option<String>,
    /// Password, where there is one; of no effect without a user.
    pub password: Password,
    /// What is subscribed to for a moment, so that the broker says what it grants.
    pub filters: Vec<Subscription>,
    /// TLS as this computer can do it, in place of the module's versions and suites.
    pub as_computer: bool,
}

impl Login {
    /// The client id of the try: the module's with a word behind it, cut to what every broker takes.
    pub fn client_id(&self) -> String {
        let room = ID_BYTES - SUFFIX.len();
        let end = (0..=room.min(self.module_id.len())).rev().find(|end| self.module_id.is_char_boundary(*end));
        format!("{}{SUFFIX}", &self.module_id[..end.unwrap_or(0)])
    }

    /// Wiped when it is dropped: it holds the password.
    fn packet(&self) -> Zeroizing<Vec<u8>> {
        let has_password = self.user.is_some() && !self.password.is_empty();
        let flags = CLEAN_SESSION | u8::from(self.user.is_some()) << 7 | u8::from(has_password) << 6;
        // Grown at once, so that no copy is left behind by growing.
        let mut body = Zeroizing::new(Vec::with_capacity(LARGEST));
        body.extend([0, 4]);
        body.extend(b"MQTT");
        body.extend([4, flags, 0, KEEP_ALIVE]);
        push(&mut body, &self.client_id());
        if let Some(user) = &self.user {
            push(&mut body, user);
        }
        if has_password {
            push(&mut body, self.password.reveal());
        }
        framed(CONNECT, &body)
    }

    /// Sends the login over `stream` and reads the broker's word, and what it grants to the filters.
    fn over(&self, stream: &mut (impl Read + Write)) -> (LoginHere, Vec<Granted>) {
        let said = self.greet(stream);
        if said != LoginHere::Answered(0) {
            return (said, Vec::new());
        }
        let granted = if self.filters.is_empty() { Vec::new() } else { self.subscribe(stream).unwrap_or_default() };
        // The verdict is here; a broker that is gone needs no goodbye.
        stream.write_all(&[DISCONNECT, 0]).ok();
        (said, granted)
    }

    /// `None` when the broker says nothing of it.
    fn subscribe(&self, stream: &mut (impl Read + Write)) -> Option<Vec<Granted>> {
        let mut body = PACKET_ID.to_vec();
        for wanted in &self.filters {
            push(&mut body, wanted.filter.as_str());
            body.push(wanted.qos as u8);
        }
        stream.write_all(&framed(SUBSCRIBE, &body)).ok()?;
        // Kept messages may come before the answer; what stands in them is nobody's business here.
        for _ in 0..BEFORE_ANSWER {
            let (kind, body) = packet_from(stream)?;
            if kind == SUBACK && body.get(..2) == Some(&PACKET_ID[..]) {
                let given = |code: &u8| (*code <= 2).then_some(*code);
                let pairs = self.filters.iter().zip(&body[2..]);
                let granted = |(wanted, code): (&Subscription, &u8)| Granted {
                    filter: wanted.filter.as_str().to_owned(),
                    asked: wanted.qos as u8,
                    given: given(code),
                };
                return Some(pairs.map(granted).collect());
            }
        }
        None
    }

    fn greet(&self, stream: &mut (impl Read + Write)) -> LoginHere {
        if stream.write_all(&self.packet()).is_err() {
            return LoginHere::Closed;
        }
        let mut answer = [0; 4];
        match stream.read_exact(&mut answer) {
            Ok(()) if answer[..2] == [CONNACK, 2] => LoginHere::Answered(answer[3]),
            Ok(()) => LoginHere::Other,
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => LoginHere::Closed,
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => LoginHere::Closed,
            Err(_) => LoginHere::Silent,
        }
    }
}

impl Try<'_> {
    pub(super) fn log_in(&mut self, peer: &Peer) -> Result<(), End> {
        let Some(login) = self.order.login.clone().filter(|login| login.is_agreed) else { return Ok(()) };
        let config = if login.as_computer { self.order.free_client() } else { self.order.client() };
        if self.order.is_tls() && config.is_none() {
            return Ok(());
        }
        self.go_on()?;
        let (peer, limit) = (peer.clone(), self.limit());
        let said = self.apart(limit, move || {
            let Some(config) = config else { return plainly(&login, &peer, limit) };
            let target = Target { address: peer.address, server_name: peer.name.as_deref(), limit };
            let opened = ClientContext::new(&config).map_err(TlsFailure::refused).and_then(|one| dial(&one, &target));
            opened.ok().map(|(mut connection, _)| login.over(&mut connection))
        })?;
        match said {
            Some(Some((login, granted))) => (self.here.login, self.here.granted) = (Some(login), granted),
            Some(None) => self.here.login = None,
            None => self.here.login = Some(LoginHere::Silent),
        }
        Ok(())
    }
}

/// `None` when the port does not open.
fn plainly(login: &Login, peer: &Peer, limit: Duration) -> Option<(LoginHere, Vec<Granted>)> {
    let mut stream = TcpStream::connect_timeout(&peer.address, limit).ok()?;
    stream.set_read_timeout(Some(limit)).ok()?;
    stream.set_write_timeout(Some(limit)).ok()?;
    Some(login.over(&mut stream))
}

/// A packet with its length in front.
fn framed(kind: u8, body: &[u8]) -> Zeroizing<Vec<u8>> {
    // Grown at once, so that no copy is left behind by growing.
    let mut packet = Zeroizing::new(Vec::with_capacity(body.len() + 5));
    packet.push(kind);
    let mut left = body.len();
    loop {
        let [low, ..] = (left % 128).to_le_bytes();
        left /= 128;
        packet.push(if left > 0 { low | 0x80 } else { low });
        if left == 0 {
            break;
        }
    }
    packet.extend_from_slice(body);
    packet
}

/// The next packet: its kind, and as much of it as an answer has. A long one is read over.
fn packet_from(stream: &mut impl Read) -> Option<(u8, Vec<u8>)> {
    let mut byte = [0];
    stream.read_exact(&mut byte).ok()?;
    let kind = byte[0];
    let (mut left, mut shift) = (0_u64, 0);
    loop {
        stream.read_exact(&mut byte).ok()?;
        left |= u64::from(byte[0] & 0x7f) << shift;
        shift += 7;
        if byte[0] & 0x80 == 0 {
            break;
        }
        if shift > 21 {
            return None;
        }
    }
    let mut body = Vec::new();
    let short = left.min(ANSWER_BYTES);
    stream.by_ref().take(short).read_to_end(&mut body).ok()?;
    let rest = io::copy(&mut stream.by_ref().take(left - short), &mut io::sink()).ok()?;
    (body.len() as u64 == short && rest == left - short).then_some((kind, body))
}

/// Text with its 16-bit length before it. What does not fit was never taken by the module either.
fn push(body: &mut Vec<u8>, text: &str) {
    let bytes = &text.as_bytes()[..text.len().min(usize::from(u16::MAX))];
    body.extend(u16::try_from(bytes.len()).unwrap_or(u16::MAX).to_be_bytes());
    body.extend(bytes);
}

/// Every broker takes so much (MQTT 3.1.1, section 3.1.3.1).
const ID_BYTES: usize = 23;
/// User and password are hardly longer, in bytes.
const LARGEST: usize = 1_024;
const SUFFIX: &str = "-pc";
const CONNECT: u8 = 0x10;
const CONNACK: u8 = 0x20;
const DISCONNECT: u8 = 0xE0;
const SUBSCRIBE: u8 = 0x82;
const SUBACK: u8 = 0x90;
const PACKET_ID: [u8; 2] = [0, 1];
/// So many packets may come before the answer to a subscription.
const BEFORE_ANSWER: usize = 64;
/// An answer has no more bytes: two, and one a filter.
const ANSWER_BYTES: u64 = 512;
const CLEAN_SESSION: u8 = 2;
/// Seconds; the try is over long before.
const KEEP_ALIVE: u8 = 30;
