//! How each fault answers: a TLS listener with one thing wrong, or something that is no TLS at all.

use openssl::error::ErrorStack;
use thiserror::Error;

use super::{
    HOST,
    fault::Fault,
    files::{RangeFiles, years_ago},
};
use crate::tls::{
    ServerConfig, ServerContext, ServerError, SniRule, Suite, TlsVersion,
    authority::{DAY, Hash, Identity, KeyKind, LeafSpec, Padding, Usage, self_signed},
};

/// What a listener does with a client.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// Shakes hands and hands on.
    Tls(ServerContext),
    /// Hands on as it is.
    Plain,
    /// Says this after the client's first bytes, then closes.
    Says(Vec<u8>),
    /// Reads and never answers.
    Silent,
    /// Closes at once.
    Closes,
}

/// Why a listener cannot be set up.
#[derive(Debug, Error)]
pub(super) enum NoAnswer {
    #[error("a certificate of the TLS range cannot be made: {0}")]
    Certificate(#[from] ErrorStack),
    #[error("a listener of the TLS range cannot be set up: {0}")]
    Listener(#[from] ServerError),
}

pub(super) fn answer(fault: Fault, files: &RangeFiles, now: i64) -> Result<Answer, NoAnswer> {
    Ok(match fault {
        Fault::Rc4Only => Answer::Says(hello_picking(Suite::Rc4Sha)),
        Fault::TripleDesOnly => Answer::Says(hello_picking(Suite::TripleDesSha)),
        Fault::PlainMqtt => Answer::Plain,
        Fault::Http => Answer::Says(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".to_vec()),
        Fault::Silent => Answer::Silent,
        Fault::ClosesAtOnce => Answer::Closes,
        _ => Answer::Tls(ServerContext::new(&listener(fault, files, now)?)?),
    })
}

fn listener(fault: Fault, files: &RangeFiles, now: i64) -> Result<ServerConfig, NoAnswer> {
    let identity = identity(fault, files, now)?;
    let certificate = match fault {
        Fault::NoIntermediate => identity.certificate_pem()?,
        Fault::TwinAuthority => [identity.certificate_pem()?, files.twin.certificate_pem()?].concat(),
        _ => identity.chain_pem()?,
    };
    let mut config = ServerConfig::new(&certificate, &identity.key_pem()?);
    config.ciphers = Some("DEFAULT".to_owned());
    match fault {
        Fault::EcdheOnly => config.ciphers = Some("ECDHE+AESGCM".to_owned()),
        Fault::Tls13Only => config.versions = (TlsVersion::Tls13, TlsVersion::Tls13),
        Fault::Tls10Only => {
            config.versions = (TlsVersion::Tls10, TlsVersion::Tls10);
            config.security_level = 0;
        }
        Fault::WeakKey | Fault::Sha1 => config.security_level = 0,
        Fault::ClientCertificate => {
            config.client_ca = Some(files.ca().to_vec());
            config.revoked = Some(files.revocation_list.clone());
            config.clock = Some(now);
        }
        Fault::SharedKeyOnly => config.shared_key = Some(b"bench shared key".to_vec()),
        Fault::SniRequired => config.sni = SniRule::Required(HOST.to_owned()),
        Fault::SniChooses => choose_by_name(&mut config, files, now)?,
        _ => {}
    }
    Ok(config)
}

fn identity(fault: Fault, files: &RangeFiles, now: i64) -> Result<Identity, ErrorStack> {
    let good = LeafSpec::server(&[HOST, "localhost", "127.0.0.1"], now);
    let root = &files.root;
    match fault {
        Fault::EcdsaCertificate => root.issue(&LeafSpec { key: KeyKind::P256, ..good }),
        Fault::Expired => root.issue(&LeafSpec { valid: years_ago(now), ..good }),
        Fault::NotYetValid => root.issue(&LeafSpec { valid: (now + 3650 * DAY, now + 7300 * DAY), ..good }),
        Fault::WrongName | Fault::SniChooses => root.issue(&LeafSpec::server(&["other.test"], now)),
        Fault::CommonNameOnly => root.issue(&LeafSpec { names: Vec::new(), ..good }),
        Fault::NoIntermediate | Fault::FullChain => files.intermediate.issue(&good),
        Fault::ForeignAuthority => files.other.issue(&good),
        Fault::SelfSigned => self_signed(&good),
        Fault::TwinAuthority => files.twin.issue(&good),
        Fault::BigChain => root.issue(&LeafSpec { names: many_names(), ..good }),
        Fault::WeakKey => root.issue(&LeafSpec { key: KeyKind::Rsa(1024), ..good }),
        Fault::Sha1 => root.issue(&LeafSpec { hash: Hash::Sha1, ..good }),
        Fault::Sha384 => root.issue(&LeafSpec { hash: Hash::Sha384, ..good }),
        Fault::Pss => root.issue(&LeafSpec { padding: Padding::Pss, ..good }),
        Fault::EllipticAuthority => files.elliptic.issue(&good),
        Fault::Sha512 => root.issue(&LeafSpec { hash: Hash::Sha512, ..good }),
        Fault::NoKeyEncipherment => root.issue(&LeafSpec { usage: Usage::SignOnly, ..good }),
        _ => root.issue(&good),
    }
}

/// Whoever asks for the host gets its certificate, everybody else the one of another host.
fn choose_by_name(config: &mut ServerConfig, files: &RangeFiles, now: i64) -> Result<(), ErrorStack> {
    let asked_for = files.root.issue(&LeafSpec::server(&[HOST], now))?;
    config.sni =
        SniRule::Chooses { name: HOST.to_owned(), certificate: asked_for.chain_pem()?, key: asked_for.key_pem()? };
    Ok(())
}

fn many_names() -> Vec<String> {
    let others = (0..260).map(|number| format!("host-{number:04}.example.test"));
    std::iter::once(HOST.to_owned()).chain(others).collect()
}

/// A TLS 1.2 `ServerHello` without session id and extensions that picks `suite`.
fn hello_picking(suite: Suite) -> Vec<u8> {
    let mut record = vec![0x16, 3, 3, 0, 42, 2, 0, 0, 38, 3, 3];
    record.extend([0x5A; 32]);
    record.push(0);
    record.extend(suite.id().to_be_bytes());
    record.push(0);
    record
}
