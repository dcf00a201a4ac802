//! A hand-made `ClientHello` and the first record of the answer: shows what a server would take, also of the suites that
//! this build cannot complete. No cryptography.

use thiserror::Error;

use super::{
    alert::Alert,
    suite::Suite,
    version::TlsVersion,
    watch::{HANDSHAKE, ServerHello, looks_like_tls, server_hello},
};

/// What a `ClientHello` offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientHello<'a> {
    /// The highest version.
    pub version: TlsVersion,
    /// The suites, best first.
    pub suites: &'a [Suite],
    /// The name for SNI; `None` plays a firmware that sends none.
    pub server_name: Option<&'a str>,
    /// Whether `signature_algorithms` is sent; old stacks do not.
    pub signature_algorithms: bool,
}

/// Why a `ClientHello` cannot be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAHello {
    /// A host name of more than 255 characters or with other than letters, digits, dots, hyphens and underscores.
    #[error("the host name cannot be sent in TLS")]
    HostName,
}

/// The first record of a server's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelloAnswer {
    /// The server takes the offer.
    Accepted(ServerHello),
    /// The server refuses.
    Alert(Alert),
    /// The answer is not TLS; its first bytes.
    NotTls(Vec<u8>),
    /// A TLS record that is neither.
    Unexpected(u8),
}

impl<'a> ClientHello<'a> {
    /// The module's offer to `server_name`: TLS 1.2, these suites, the signature algorithms of a small stack.
    pub const fn as_module(suites: &'a [Suite], server_name: Option<&'a str>) -> Self {
        Self { version: TlsVersion::Tls12, suites, server_name, signature_algorithms: true }
    }

    /// The record to send. `random` is the client's random value; it protects nothing here.
    pub fn to_bytes(&self, random: &[u8; 32]) -> Result<Vec<u8>, NotAHello> {
        let mut body = self.version.id().to_be_bytes().to_vec();
        body.extend(random);
        body.push(0);
        let suites = self.suites.iter().map(|suite| suite.id()).chain([RENEGOTIATION_INFO]);
        push_field(&mut body, &suites.flat_map(u16::to_be_bytes).collect::<Vec<_>>());
        body.extend([1, 0]);
        push_field(&mut body, &self.extensions()?);

        let mut message = vec![CLIENT_HELLO, 0];
        push_field(&mut message, &body);
        let mut record = vec![HANDSHAKE, 3, u8::from(self.version != TlsVersion::Ssl3)];
        push_field(&mut record, &message);
        Ok(record)
    }

    fn extensions(&self) -> Result<Vec<u8>, NotAHello> {
        let mut extensions = Vec::new();
        if let Some(name) = self.server_name {
            if !is_host_name(name) {
                return Err(NotAHello::HostName);
            }
            let mut entry = vec![0];
            push_field(&mut entry, name.as_bytes());
            let mut list = Vec::new();
            push_field(&mut list, &entry);
            push_extension(&mut extensions, SERVER_NAME, &list);
        }
        if self.signature_algorithms {
            let mut list = Vec::new();
            push_field(&mut list, &[0x04, 0x01, 0x05, 0x01, 0x06, 0x01, 0x02, 0x01]);
            push_extension(&mut extensions, SIGNATURE_ALGORITHMS, &list);
        }
        Ok(extensions)
    }
}

impl HelloAnswer {
    /// Reads the beginning of an answer; `None` until enough of it is there. A warning refuses nothing: what follows it counts.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        match warning(bytes) {
            Some((_, [])) => None,
            Some((_, rest)) => Self::from_bytes(rest),
            None => Self::first_of(bytes),
        }
    }

    /// What an answer that ended came to; `None` where nothing of it can be read. Who warns and then ends meant it.
    pub fn ended(bytes: &[u8]) -> Option<Self> {
        let (alert, rest) = warning(bytes)?;
        Self::ended(rest).or(Some(Self::Alert(alert)))
    }

    fn first_of(bytes: &[u8]) -> Option<Self> {
        if !looks_like_tls(bytes) {
            return Some(Self::NotTls(bytes.iter().copied().take(64).collect()));
        }
        let [kind, _, _, high, low, body @ ..] = bytes else { return None };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let body = body.get(..length)?;
        Some(match (*kind, body) {
            (ALERT, [_, number, ..]) => Self::Alert(Alert(*number)),
            (HANDSHAKE, [SERVER_HELLO, _, _, _, hello @ ..]) => match server_hello(hello) {
                Some(hello) => Self::Accepted(hello),
                None => Self::Unexpected(*kind),
            },
            _ => Self::Unexpected(*kind),
        })
    }
}

/// The warning at the start of `bytes` and what stands behind it. A notice of the end is none.
fn warning(bytes: &[u8]) -> Option<(Alert, &[u8])> {
    match bytes {
        [ALERT, 3, _, 0, 2, WARNING, number, rest @ ..] if *number != CLOSE_NOTIFY => Some((Alert(*number), rest)),
        _ => None,
    }
}

const WARNING: u8 = 1;
const CLOSE_NOTIFY: u8 = 0;
const CLIENT_HELLO: u8 = 1;
const SERVER_HELLO: u8 = 2;
const ALERT: u8 = 0x15;
const RENEGOTIATION_INFO: u16 = 0x00FF;
const SERVER_NAME: u16 = 0;
const SIGNATURE_ALGORITHMS: u16 = 13;

/// A field with its 16-bit length before it. All fields here are far below 65 536 bytes.
fn push_field(target: &mut Vec<u8>, field: &[u8]) {
    let length = u16::try_from(field.len()).unwrap_or(u16::MAX);
    target.extend(length.to_be_bytes());
    target.extend(field);
}

fn push_extension(target: &mut Vec<u8>, kind: u16, content: &[u8]) {
    target.extend(kind.to_be_bytes());
    push_field(target, content);
}

fn is_host_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    (1..=255).contains(&name.len()) && name.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hello_has_the_drawn_layout() {
        let bytes = ClientHello::as_module(&Suite::ALL, Some("broker.test")).to_bytes(&[9; 32]).unwrap();
        assert_eq!(&bytes[..3], [0x16, 3, 1]);
        assert_eq!(usize::from(u16::from_be_bytes([bytes[3], bytes[4]])), bytes.len() - 5);
        assert_eq!(bytes[5], 1);
        assert_eq!(usize::from(u16::from_be_bytes([bytes[7], bytes[8]])), bytes.len() - 9);
        assert_eq!(&bytes[9..11], [3, 3]);
        assert_eq!(&bytes[43..62], [0, 0, 14, 0, 0x35, 0, 0x2F, 0, 0x05, 0, 0x04, 0, 0x0A, 0, 0x3D, 0, 0xFF, 1, 0]);
        assert!(bytes.windows(11).any(|part| part == b"broker.test"));
        assert!(bytes.ends_with(&[0, 13, 0, 10, 0, 8, 4, 1, 5, 1, 6, 1, 2, 1]));
    }

    #[test]
    fn a_name_that_is_none_is_refused() {
        for name in ["", "a b", "a\0b", &"x".repeat(256)] {
            assert_eq!(ClientHello::as_module(&[], Some(name)).to_bytes(&[0; 32]), Err(NotAHello::HostName));
        }
    }

    #[test]
    fn answers_are_read_once_they_are_whole() {
        assert_eq!(HelloAnswer::from_bytes(&[]), None);
        assert_eq!(HelloAnswer::from_bytes(&[0x15, 3, 3, 0, 2, 2]), None);
        let alert = HelloAnswer::from_bytes(&[0x15, 3, 3, 0, 2, 2, 40]);
        assert_eq!(alert, Some(HelloAnswer::Alert(Alert::HANDSHAKE_FAILURE)));
        assert_eq!(HelloAnswer::from_bytes(b"SSH-2.0"), Some(HelloAnswer::NotTls(b"SSH-2.0".to_vec())));
        assert_eq!(HelloAnswer::from_bytes(&[0x16, 3, 3, 0, 1, 0]), Some(HelloAnswer::Unexpected(0x16)));
    }

    #[test]
    fn a_warning_in_front_refuses_nothing() {
        let warning = [0x15, 3, 3, 0, 2, 1, 112];
        let refusal = [0x15, 3, 3, 0, 2, 2, 40];
        assert_eq!(HelloAnswer::from_bytes(&warning), None);
        assert_eq!(HelloAnswer::from_bytes(&[warning, refusal].concat()[..10]), None);
        let both = HelloAnswer::from_bytes(&[warning, refusal].concat());
        assert_eq!(both, Some(HelloAnswer::Alert(Alert::HANDSHAKE_FAILURE)));
        assert_eq!(HelloAnswer::ended(&[warning, warning].concat()), Some(HelloAnswer::Alert(Alert(112))));
        assert_eq!(HelloAnswer::ended(&refusal[..3]), None);
    }
}
