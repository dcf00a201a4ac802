//! A small authority for those who have none: a root, a server's and a client's certificate, all RSA with SHA-256, as the
//! module's suites want them. Each call makes new keys.

use std::net::IpAddr;

use openssl::{
    asn1::{Asn1Integer, Asn1Time},
    bn::{BigNum, MsbOption},
    error::ErrorStack,
    hash::MessageDigest,
    nid::Nid,
    pkey::{PKey, Private},
    rsa::Rsa,
    x509::{
        X509, X509Builder, X509Name, X509Ref,
        extension::{
            AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectAlternativeName,
            SubjectKeyIdentifier,
        },
    },
};
use thiserror::Error;
use zeroize::Zeroizing;

use super::{armour::write, label::Label, role::KEY_BITS};

/// What shall be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Names and addresses under which the broker is reached; the first is its common name too.
    pub server_names: Vec<String>,
    /// Common name of the client's certificate; brokers can take it for the user's name.
    pub client_name: String,
    /// How long server's and client's certificates are valid, from `now` on, in days.
    pub days: u32,
    /// Size of all keys.
    pub key_bits: u32,
    /// Seconds since 1970.
    pub now: i64,
}

/// Why nothing can be made.
#[derive(Debug, Error)]
pub enum IssueError {
    /// No name to put into the certificate.
    #[error(
        "{0:?} is no host name and no address; give the name under which the module reaches the broker, without port or scheme"
    )]
    ServerName(String),
    /// A common name has its limits (RFC 5280, `ub-common-name`).
    #[error("the client's name has {0} characters; a certificate holds 1 to 64: shorten it")]
    ClientName(usize),
    /// Not what the module reads, or slow for nothing.
    #[error("RSA keys of {0} bits; the module reads 2048 to 4096: choose 2048 (F-112)")]
    KeyBits(u32),
    /// Not within the years that a certificate can say.
    #[error("valid for {0} days; choose 1 to 36500")]
    Days(u32),
    /// The library could not.
    #[error("the keys could not be made: {0}")]
    Library(#[from] ErrorStack),
}

/// PEM, keys in PKCS#1.
pub struct Issued {
    /// The root's certificate: what module and broker believe.
    pub ca_certificate: Vec<u8>,
    /// The root's key: whoever has it can make more certificates.
    pub ca_key: Zeroizing<Vec<u8>>,
    /// The broker's certificate.
    pub server_certificate: Vec<u8>,
    /// Its key.
    pub server_key: Zeroizing<Vec<u8>>,
    /// The module's certificate.
    pub client_certificate: Vec<u8>,
    /// Its key.
    pub client_key: Zeroizing<Vec<u8>>,
}

/// Makes root, server and client.
///
/// # Errors
///
/// Names, dates and sizes that make no sense for the module, in a sentence.
pub fn issue(wish: &Wish) -> Result<Issued, IssueError> {
    check(wish)?;
    let start = wish.now - DAY;
    let end = wish.now + i64::from(wish.days) * DAY;
    let root_key = key(wish.key_bits)?;
    let root_name = name("Air780E test authority")?;
    let root_end = end.max(wish.now + ROOT_DAYS * DAY);
    let mut builder = begun(&root_name, &root_name, &root_key, (start, root_end))?;
    builder.append_extension(BasicConstraints::new().critical().ca().build()?)?;
    builder.append_extension(KeyUsage::new().critical().key_cert_sign().crl_sign().build()?)?;
    let root = signed(builder, None, &root_key)?;

    let common: String = wish.server_names[0].chars().take(LONGEST_COMMON_NAME).collect();
    let server_key = key(wish.key_bits)?;
    let mut builder = begun(&name(&common)?, &root_name, &server_key, (start, end))?;
    leaf_extensions(&mut builder, ExtendedKeyUsage::new().server_auth())?;
    let mut names = SubjectAlternativeName::new();
    for one in &wish.server_names {
        if one.parse::<IpAddr>().is_ok() {
            names.ip(one)
        } else {
            names.dns(one)
        };
    }
    let names = names.build(&builder.x509v3_context(None, None))?;
    builder.append_extension(names)?;
    let server = signed(builder, Some(&root), &root_key)?;

    let client_key = key(wish.key_bits)?;
    let mut builder = begun(&name(&wish.client_name)?, &root_name, &client_key, (start, end))?;
    leaf_extensions(&mut builder, ExtendedKeyUsage::new().client_auth())?;
    let client = signed(builder, Some(&root), &root_key)?;
    Ok(Issued {
        ca_certificate: root.to_pem()?,
        ca_key: pem(&root_key)?,
        server_certificate: server.to_pem()?,
        server_key: pem(&server_key)?,
        client_certificate: client.to_pem()?,
        client_key: pem(&client_key)?,
    })
}

fn check(wish: &Wish) -> Result<(), IssueError> {
    let bad = wish.server_names.iter().find(|name| !is_host(name));
    match (bad, wish.client_name.chars().count()) {
        (Some(name), _) => return Err(IssueError::ServerName(name.clone())),
        (None, length @ (0 | 65..)) => return Err(IssueError::ClientName(length)),
        (None, _) if wish.server_names.is_empty() => return Err(IssueError::ServerName(String::new())),
        (None, _) => {}
    }
    if !KEY_BITS.contains(&wish.key_bits) {
        return Err(IssueError::KeyBits(wish.key_bits));
    }
    if (1..=36_500).contains(&wish.days) { Ok(()) } else { Err(IssueError::Days(wish.days)) }
}

/// Letters, digits, dashes and dots as DNS has them, a star as the first label; or an address.
fn is_host(name: &str) -> bool {
    let is_label = |label: &str| {
        let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(is_inner)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let plain = name.strip_prefix("*.").unwrap_or(name);
    name.parse::<IpAddr>().is_ok() || (name.len() <= 253 && plain.split('.').all(is_label))
}

fn key(bits: u32) -> Result<PKey<Private>, ErrorStack> {
    PKey::from_rsa(Rsa::generate(bits)?)
}

fn pem(key: &PKey<Private>) -> Result<Zeroizing<Vec<u8>>, ErrorStack> {
    let der = Zeroizing::new(key.rsa()?.private_key_to_der()?);
    Ok(Zeroizing::new(write(&Label::RsaKey, &der)))
}

fn name(common: &str) -> Result<X509Name, ErrorStack> {
    let mut name = X509Name::builder()?;
    name.append_entry_by_nid(Nid::COMMONNAME, common)?;
    Ok(name.build())
}

fn begun(
    subject: &X509Name,
    issuer: &X509Name,
    key: &PKey<Private>,
    valid: (i64, i64),
) -> Result<X509Builder, ErrorStack> {
    let mut builder = X509::builder()?;
    builder.set_version(2)?;
    let mut serial = BigNum::new()?;
    serial.rand(127, MsbOption::ONE, false)?;
    builder.set_serial_number(&*Asn1Integer::from_bn(&serial)?)?;
    builder.set_subject_name(subject)?;
    builder.set_issuer_name(issuer)?;
    builder.set_not_before(&*Asn1Time::from_unix(valid.0)?)?;
    builder.set_not_after(&*Asn1Time::from_unix(valid.1)?)?;
    builder.set_pubkey(key)?;
    Ok(builder)
}

fn leaf_extensions(builder: &mut X509Builder, purpose: &ExtendedKeyUsage) -> Result<(), ErrorStack> {
    builder.append_extension(BasicConstraints::new().critical().build()?)?;
    builder.append_extension(KeyUsage::new().critical().digital_signature().key_encipherment().build()?)?;
    builder.append_extension(purpose.build()?)
}

fn signed(mut builder: X509Builder, issuer: Option<&X509Ref>, key: &PKey<Private>) -> Result<X509, ErrorStack> {
    let own = SubjectKeyIdentifier::new().build(&builder.x509v3_context(None, None))?;
    builder.append_extension(own)?;
    if issuer.is_some() {
        let above = AuthorityKeyIdentifier::new().keyid(true).build(&builder.x509v3_context(issuer, None))?;
        builder.append_extension(above)?;
    }
    builder.sign(key, MessageDigest::sha256())?;
    Ok(builder.build())
}

/// Clocks are wrong by hours, seldom by more.
const DAY: i64 = 86_400;
/// A root outlives what it signs.
const ROOT_DAYS: i64 = 3_650;
const LONGEST_COMMON_NAME: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certs::{FileFacts, FileRole, Given, Kit, Pairing, concerns, judge_chain, pairing};

    const NOW: i64 = 1_800_000_000;

    fn wish() -> Wish {
        let server_names = ["broker.test", "192.0.2.7"].map(str::to_owned).to_vec();
        Wish { server_names, client_name: "unit-7".to_owned(), days: 400, key_bits: 2048, now: NOW }
    }

    #[test]
    fn what_is_made_is_what_the_module_reads() {
        let made = issue(&wish()).expect("certificates");
        let client = FileFacts::read(&made.client_certificate);
        assert_eq!(concerns(&client, FileRole::ClientCertificate, NOW), []);
        assert_eq!(concerns(&FileFacts::read(&made.ca_certificate), FileRole::Authority, NOW), []);
        assert_eq!(concerns(&FileFacts::read(&made.client_key), FileRole::ClientKey, NOW), []);
        assert_eq!(pairing(&made.client_certificate, &made.client_key), Pairing::Pair);
        let server = X509::from_pem(&made.server_certificate).and_then(|one| one.to_der()).expect("DER");
        for host in ["broker.test", "192.0.2.7"] {
            let judged =
                judge_chain(std::slice::from_ref(&server), &made.ca_certificate, Some(host), NOW).expect("judged");
            assert_eq!(judged.code.0, 0, "{host}");
        }
        let given = [&made.ca_certificate[..], &made.client_certificate, &made.client_key];
        let given = given.map(|bytes| Given { name: "file", bytes });
        let kit = Kit::of(&given, None, NOW + 399 * DAY);
        assert_eq!((kit.ready.len(), kit.problems().count()), (3, 0));
        assert_ne!(Kit::of(&given, None, NOW + 401 * DAY).problems().count(), 0, "its days are over");
    }

    #[test]
    fn what_makes_no_sense_is_refused_in_a_sentence() {
        let names = |name: &str| Wish { server_names: vec![name.to_owned()], ..wish() };
        let rows = [
            (names("mqtts://broker.test"), "without port or scheme"),
            (names("broker.test:8883"), "without port or scheme"),
            (names(""), "host name"),
            (Wish { server_names: Vec::new(), ..wish() }, "host name"),
            (Wish { client_name: "x".repeat(65), ..wish() }, "65 characters"),
            (Wish { client_name: String::new(), ..wish() }, "0 characters"),
            (Wish { key_bits: 1024, ..wish() }, "F-112"),
            (Wish { key_bits: 8192, ..wish() }, "F-112"),
            (Wish { days: 0, ..wish() }, "0 days"),
        ];
        for (wish, words) in rows {
            let error = issue(&wish).err().expect(words).to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
