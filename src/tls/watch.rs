//! Reads along on the wire: which handshake messages and alerts went which way, as far as they go in the clear.
//!
//! In TLS 1.2 and below that is everything up to `ChangeCipherSpec`, so a failed handshake can be explained from facts
//! instead of from sentences of the library. Nothing is changed or held back here.

use std::{
    fmt,
    io::{self, Read, Write},
};

use openssl::x509::{X509, X509Name};

use super::alert::Alert;

/// What was read on the wire of a handshake, from the client's side.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// The server's choice.
    pub server_hello: Option<ServerHello>,
    /// The server's chain as sent, DER, leaf first. Empty under TLS 1.3, where it is hidden.
    pub chain: Vec<Vec<u8>>,
    /// Size of the server's Certificate message in bytes, its header included.
    pub certificate_message: Option<usize>,
    /// The server's demand for a client certificate.
    pub certificate_request: Option<CertificateRequest>,
    /// Whether the client answered that demand with a certificate (`true`) or with none (`false`).
    pub client_certificate: Option<bool>,
    /// First bytes of an answer that is not TLS, at most 64.
    pub not_tls: Option<Vec<u8>>,
    /// Bytes that came from the server.
    pub bytes_in: u64,
}

/// The choice in a `ServerHello`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerHello {
    /// Protocol version; 0x0303 also under TLS 1.3.
    pub version: u16,
    /// Cipher suite.
    pub suite: u16,
}

/// A server's demand for a client certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificateRequest {
    /// Names of the authorities that the server accepts, DER. Empty: any.
    pub authorities: Vec<Vec<u8>>,
    /// Signature algorithms in the order of the server's wish, as hash and signature byte; none below TLS 1.2.
    pub signature_algorithms: Vec<u16>,
}

impl CertificateRequest {
    /// The authorities as `O=…, CN=…`; one that cannot be read is left out.
    pub fn authority_names(&self) -> Vec<String> {
        let text = |der: &Vec<u8>| {
            let name = X509Name::from_der(der).ok()?;
            let parts = name.entries().map(|entry| {
                let key = entry.object().nid().short_name().unwrap_or("?");
                format!("{key}={}", entry.data().to_string().unwrap_or_default())
            });
            Some(parts.collect::<Vec<_>>().join(", "))
        };
        self.authorities.iter().filter_map(text).collect()
    }
}

/// A stream with a reader on either direction.
#[derive(Debug)]
pub(super) struct Watched<S> {
    pub(super) inner: S,
    pub(super) incoming: Direction,
    pub(super) outgoing: Direction,
}

impl<S> Watched<S> {
    pub(super) fn new(inner: S) -> Self {
        Self { inner, incoming: Direction::default(), outgoing: Direction::default() }
    }

    /// The facts, when this side is the client.
    pub(super) fn seen(&self) -> Seen {
        let incoming = &self.incoming;
        Seen {
            server_hello: incoming.server_hello,
            chain: incoming.chain.clone().unwrap_or_default(),
            certificate_message: incoming.certificate_message,
            certificate_request: incoming.certificate_request.clone(),
            client_certificate: self.outgoing.chain.as_ref().map(|chain| !chain.is_empty()),
            not_tls: incoming.not_tls.clone(),
            bytes_in: incoming.bytes,
        }
    }
}

impl<S: Read> Read for Watched<S> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buf)?;
        self.incoming.feed(&buf[..count]);
        Ok(count)
    }
}

impl<S: Write> Write for Watched<S> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(buf)?;
        self.outgoing.feed(&buf[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// One direction of the wire.
#[derive(Debug, Default)]
pub(super) struct Direction {
    pub(super) server_hello: Option<ServerHello>,
    pub(super) chain: Option<Vec<Vec<u8>>>,
    pub(super) certificate_message: Option<usize>,
    pub(super) certificate_request: Option<CertificateRequest>,
    /// The fatal alert that went this way.
    pub(super) alert: Option<Alert>,
    pub(super) not_tls: Option<Vec<u8>>,
    bytes: u64,
    records: Vec<u8>,
    messages: Vec<u8>,
    /// Nothing more can be read: the rest is encrypted, or is not TLS.
    sealed: bool,
}

impl Direction {
    /// Takes the bytes that went this way.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        if let Some(start) = self.not_tls.as_mut().filter(|start| start.len() < BANNER) {
            start.extend(bytes.iter().take(BANNER - start.len()));
        }
        if self.sealed {
            return;
        }
        self.records.extend_from_slice(bytes);
        while let Some((kind, body)) = self.next_record() {
            self.read_record(kind, &body);
        }
    }

    /// Cuts one whole record, and seals the direction when the bytes are not TLS.
    fn next_record(&mut self) -> Option<(u8, Vec<u8>)> {
        if self.sealed || self.records.is_empty() {
            return None;
        }
        if !looks_like_tls(&self.records) {
            self.not_tls = Some(self.records.iter().copied().take(BANNER).collect());
            self.seal();
            return None;
        }
        let length = usize::from(u16::from_be_bytes([*self.records.get(3)?, *self.records.get(4)?]));
        let body = self.records.get(HEADER..HEADER + length)?.to_vec();
        let kind = self.records[0];
        self.records.drain(..HEADER + length);
        Some((kind, body))
    }

    fn read_record(&mut self, kind: u8, body: &[u8]) {
        match kind {
            ALERT => self.read_alert(body),
            HANDSHAKE => self.read_messages(body),
            _ => self.seal(),
        }
    }

    fn read_alert(&mut self, body: &[u8]) {
        if let [FATAL, number] = *body {
            self.alert.get_or_insert(Alert(number));
        }
    }

    fn read_messages(&mut self, body: &[u8]) {
        self.messages.extend_from_slice(body);
        while let Some(length) = message_length(&self.messages) {
            if length > LONGEST_MESSAGE {
                return self.seal();
            }
            if self.messages.len() < length {
                return;
            }
            let message: Vec<u8> = self.messages.drain(..length).collect();
            self.read_message(message[0], &message[4..]);
        }
    }

    fn read_message(&mut self, kind: u8, body: &[u8]) {
        match kind {
            SERVER_HELLO => self.server_hello = server_hello(body),
            CERTIFICATE => {
                self.certificate_message = Some(body.len() + 4);
                self.chain = Some(chain(body));
            }
            CERTIFICATE_REQUEST => {
                let algorithms = self.server_hello.is_none_or(|hello| hello.version >= 0x0303);
                self.certificate_request = certificate_request(body, algorithms);
            }
            _ => {}
        }
    }

    fn seal(&mut self) {
        self.sealed = true;
        self.records = Vec::new();
        self.messages = Vec::new();
    }
}

const HEADER: usize = 5;
const BANNER: usize = 64;
const ALERT: u8 = 0x15;
pub(super) const HANDSHAKE: u8 = 0x16;
const FATAL: u8 = 2;
const SERVER_HELLO: u8 = 2;
const CERTIFICATE: u8 = 11;
const CERTIFICATE_REQUEST: u8 = 13;
const LONGEST_MESSAGE: usize = 128 * 1024;

/// Whether the first bytes can begin a TLS record.
pub(super) fn looks_like_tls(start: &[u8]) -> bool {
    let kind = start.first().is_none_or(|kind| (0x14..=0x17).contains(kind));
    kind && start.get(1).is_none_or(|major| *major == 3)
}

/// Length of the first handshake message with its header, once the header is there.
fn message_length(messages: &[u8]) -> Option<usize> {
    let [_, high, middle, low, ..] = *messages else { return None };
    Some(4 + usize::from(high) * 0x1_0000 + usize::from(middle) * 0x100 + usize::from(low))
}

/// Reads a `ServerHello` body: version, 32 random bytes, session id, suite.
pub(super) fn server_hello(body: &[u8]) -> Option<ServerHello> {
    let mut rest = Fields(body);
    let version = rest.u16()?;
    rest.take(32)?;
    rest.short_field()?;
    Some(ServerHello { version, suite: rest.u16()? })
}

/// Reads a Certificate body: a 24-bit length, then certificates with a 24-bit length each.
fn chain(body: &[u8]) -> Vec<Vec<u8>> {
    let mut rest = Fields(body);
    let mut all = Fields(rest.wide_field().unwrap_or_default());
    std::iter::from_fn(|| all.wide_field()).map(<[u8]>::to_vec).collect()
}

fn certificate_request(body: &[u8], algorithms: bool) -> Option<CertificateRequest> {
    let mut rest = Fields(body);
    rest.short_field()?;
    let signature_algorithms = if algorithms { rest.field()?.chunks_exact(2).map(pair).collect() } else { Vec::new() };
    let mut names = Fields(rest.field()?);
    let authorities = std::iter::from_fn(|| names.field()).map(<[u8]>::to_vec).collect();
    Some(CertificateRequest { authorities, signature_algorithms })
}

fn pair(two: &[u8]) -> u16 {
    u16::from_be_bytes([two[0], two[1]])
}

/// Length-prefixed fields of a handshake message.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        self.take(2).map(pair)
    }

    fn short_field(&mut self) -> Option<&'a [u8]> {
        let length = self.take(1)?[0];
        self.take(usize::from(length))
    }

    fn field(&mut self) -> Option<&'a [u8]> {
        let length = self.u16()?;
        self.take(usize::from(length))
    }

    fn wide_field(&mut self) -> Option<&'a [u8]> {
        let length = message_length(&[&[0], self.take(3)?].concat())? - 4;
        self.take(length)
    }
}

/// Sizes in place of certificates, which nobody reads as numbers.
impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seen")
            .field("server_hello", &self.server_hello)
            .field("chain_bytes", &self.chain.iter().map(Vec::len).collect::<Vec<_>>())
            .field("certificate_request", &self.certificate_request.is_some())
            .field("client_certificate", &self.client_certificate)
            .field("not_tls", &self.not_tls.as_deref().map(String::from_utf8_lossy))
            .field("bytes_in", &self.bytes_in)
            .finish_non_exhaustive()
    }
}

impl Seen {
    /// The server's leaf, if it came in the clear and is a certificate.
    pub fn leaf(&self) -> Option<X509> {
        self.chain.first().and_then(|der| X509::from_der(der).ok())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn record(kind: u8, body: &[u8]) -> Vec<u8> {
        let mut record = vec![kind, 3, 3];
        record.extend(u16::try_from(body.len()).unwrap().to_be_bytes());
        record.extend(body);
        record
    }

    fn flight() -> Vec<u8> {
        let mut hello = vec![2, 0, 0, 38, 3, 3];
        hello.extend([7; 32]);
        hello.extend([0, 0x00, 0x3D, 0]);
        let certificate = [11, 0, 0, 11, 0, 0, 8, 0, 0, 2, 0xAA, 0xBB, 0, 0, 0];
        let request = [13, 0, 0, 13, 1, 1, 0, 2, 4, 1, 0, 5, 0, 3, 0x30, 1, 0];
        let mut bytes = record(HANDSHAKE, &hello);
        bytes.extend(record(HANDSHAKE, &[&certificate[..], &request[..6]].concat()));
        bytes.extend(record(HANDSHAKE, &request[6..]));
        bytes.extend(record(ALERT, &[2, 48]));
        bytes
    }

    #[test]
    fn any_cutting_of_the_bytes_shows_the_same() {
        for step in [1, 2, 3, 7, 1000] {
            let mut direction = Direction::default();
            flight().chunks(step).for_each(|chunk| direction.feed(chunk));
            assert_eq!(direction.server_hello, Some(ServerHello { version: 0x0303, suite: 0x003D }));
            assert_eq!(direction.certificate_message, Some(15));
            assert_eq!(direction.chain.as_deref(), Some(&[vec![0xAA, 0xBB], vec![]][..]));
            let request = direction.certificate_request.clone().unwrap();
            assert_eq!(request.signature_algorithms, [0x0401]);
            assert_eq!(request.authorities, [vec![0x30, 1, 0]]);
            assert_eq!(direction.alert, Some(Alert::UNKNOWN_CA));
        }
    }

    #[test]
    fn a_banner_is_kept_and_is_not_tls() {
        let mut direction = Direction::default();
        direction.feed(b"HTTP/1.1 ");
        direction.feed(b"400 Bad Request\r\n");
        assert_eq!(direction.not_tls.as_deref(), Some(&b"HTTP/1.1 400 Bad Request\r\n"[..]));
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), kind in 0_u8..30) {
            let mut direction = Direction::default();
            direction.feed(&bytes);
            let mut message = vec![kind, 0, bytes.len().to_be_bytes()[6], bytes.len().to_be_bytes()[7]];
            message.extend(&bytes);
            let mut direction = Direction::default();
            direction.feed(&record(HANDSHAKE, &message));
        }
    }

    #[test]
    fn nothing_is_read_behind_the_seal() {
        let mut direction = Direction::default();
        direction.feed(&record(0x14, &[1]));
        direction.feed(&record(ALERT, &[2, 48]));
        assert_eq!(direction.alert, None);
    }
}
