//! Throw-away authorities: certificates of every kind for tests and for the range of broken listeners.
//!
//! Nothing made here is fit for production: keys are shared within the process, so that making one is fast.

mod pss;

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{LazyLock, Mutex, PoisonError},
};

use openssl::{
    asn1::{Asn1Integer, Asn1Time},
    bn::{BigNum, MsbOption},
    error::ErrorStack,
    hash::MessageDigest,
    nid::Nid,
    pkey::{PKey, Private},
    rsa::Rsa,
    x509::{
        X509, X509Builder, X509CrlBuilder, X509Extension, X509Name, X509Ref, X509RevokedBuilder,
        extension::{
            AuthorityKeyIdentifier, BasicConstraints, CrlNumber, ExtendedKeyUsage, KeyUsage, SubjectAlternativeName,
            SubjectKeyIdentifier,
        },
    },
};

/// Seconds in a day.
pub const DAY: i64 = 86_400;

/// The kind of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// RSA of this many bits.
    Rsa(u32),
    /// Elliptic curve P-256.
    P256,
}

/// The hash in a signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hash {
    /// SHA-1; refused at OpenSSL's security level 1 and above.
    Sha1,
    /// SHA-256, what everybody takes.
    #[default]
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Hash {
    fn digest(self) -> MessageDigest {
        match self {
            Self::Sha1 => MessageDigest::sha1(),
            Self::Sha256 => MessageDigest::sha256(),
            Self::Sha384 => MessageDigest::sha384(),
            Self::Sha512 => MessageDigest::sha512(),
        }
    }
}

/// How an RSA authority signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Padding {
    /// PKCS#1 1.5, what everybody takes.
    #[default]
    Pkcs1,
    /// PSS, with SHA-256 whatever hash is asked for; many small stacks refuse it.
    Pss,
}

/// What a leaf is for (extended key usage).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// `serverAuth`.
    Server,
    /// `clientAuth`.
    Client,
    /// No such extension.
    Unstated,
}

/// Key usage of a leaf.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Usage {
    /// `digitalSignature` and `keyEncipherment`.
    #[default]
    Full,
    /// `digitalSignature` alone: static RSA wants more.
    SignOnly,
    /// No such extension.
    Unstated,
}

/// What a leaf shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeafSpec {
    /// Common name.
    pub common_name: String,
    /// Names and addresses of the subject alternative name; empty: no such extension.
    pub names: Vec<String>,
    /// Its key.
    pub key: KeyKind,
    /// Which of the process's keys of that kind; leaves with the same number share one.
    pub key_number: u8,
    /// Start and end in seconds since 1970.
    pub valid: (i64, i64),
    /// Extended key usage.
    pub purpose: Purpose,
    /// Key usage.
    pub usage: Usage,
    /// The hash of the authority's signature.
    pub hash: Hash,
    /// The form of the authority's signature.
    pub padding: Padding,
}

impl LeafSpec {
    /// An RSA-2048 leaf for these names, valid from a day before to a year after `now`.
    pub fn server(names: &[&str], now: i64) -> Self {
        Self {
            common_name: names.first().copied().unwrap_or("server").to_owned(),
            names: names.iter().map(|&name| name.to_owned()).collect(),
            key: KeyKind::Rsa(2048),
            key_number: LEAF_KEY,
            valid: (now - DAY, now + 365 * DAY),
            purpose: Purpose::Server,
            usage: Usage::Full,
            hash: Hash::Sha256,
            padding: Padding::Pkcs1,
        }
    }

    /// An RSA-2048 client certificate, valid from a day before to a year after `now`.
    pub fn client(common_name: &str, now: i64) -> Self {
        Self {
            names: Vec::new(),
            purpose: Purpose::Client,
            key_number: CLIENT_KEY,
            ..Self::server(&[common_name], now)
        }
    }
}

/// A certificate with its key and what stands between it and its root.
#[derive(Clone)]
pub struct Identity {
    /// The certificate.
    pub certificate: X509,
    /// Its key.
    pub key: PKey<Private>,
    /// The intermediates, nearest first.
    pub issuers: Vec<X509>,
}

impl Identity {
    /// The certificate alone, PEM with LF line ends.
    pub fn certificate_pem(&self) -> Result<Vec<u8>, ErrorStack> {
        self.certificate.to_pem()
    }

    /// The certificate and its intermediates, PEM.
    pub fn chain_pem(&self) -> Result<Vec<u8>, ErrorStack> {
        let mut pem = self.certificate.to_pem()?;
        for issuer in &self.issuers {
            pem.extend(issuer.to_pem()?);
        }
        Ok(pem)
    }

    /// The key as PKCS#8 PEM (`BEGIN PRIVATE KEY`).
    pub fn key_pem(&self) -> Result<Vec<u8>, ErrorStack> {
        self.key.private_key_to_pem_pkcs8()
    }

    /// An RSA key in the form of the vendor's example, PKCS#1 (`BEGIN RSA PRIVATE KEY`).
    pub fn key_pkcs1_pem(&self) -> Result<Vec<u8>, ErrorStack> {
        self.key.rsa()?.private_key_to_pem()
    }
}

/// An authority that issues certificates.
#[derive(Clone)]
pub struct Authority {
    certificate: X509,
    key: PKey<Private>,
    /// Intermediates to send along with what this one issues, nearest first; empty for a root.
    path: Vec<X509>,
}

impl Authority {
    /// A root named `common_name` with the process's key of that kind and number, valid ten years around `now`.
    pub fn root(common_name: &str, kind: KeyKind, key_number: u8, now: i64) -> Result<Self, ErrorStack> {
        Self::root_of(ORGANISATION, common_name, key(kind, key_number)?, now)
    }

    /// As [`root`](Self::root), with an RSA key and of another organisation than everybody else here.
    pub fn foreign_root(organisation: &str, common_name: &str, key_number: u8, now: i64) -> Result<Self, ErrorStack> {
        Self::root_of(organisation, common_name, key(KeyKind::Rsa(2048), key_number)?, now)
    }

    fn root_of(organisation: &str, common_name: &str, key: PKey<Private>, now: i64) -> Result<Self, ErrorStack> {
        let valid = (now - 365 * DAY, now + 9 * 365 * DAY);
        let mut builder = start(common_name, &key, valid)?;
        let name = subject_of(organisation, common_name)?;
        builder.set_subject_name(&name)?;
        builder.set_issuer_name(&name)?;
        authority_extensions(&mut builder, None)?;
        builder.sign(&key, MessageDigest::sha256())?;
        Ok(Self { certificate: builder.build(), key, path: Vec::new() })
    }

    /// An intermediate below this authority.
    pub fn intermediate(&self, common_name: &str, key_number: u8, now: i64) -> Result<Self, ErrorStack> {
        let key = key(KeyKind::Rsa(2048), key_number)?;
        let mut builder = start(common_name, &key, (now - 300 * DAY, now + 5 * 365 * DAY))?;
        builder.set_issuer_name(self.certificate.subject_name())?;
        authority_extensions(&mut builder, Some(&self.certificate))?;
        builder.sign(&self.key, MessageDigest::sha256())?;
        let certificate = builder.build();
        let path = [vec![certificate.clone()], self.path.clone()].concat();
        Ok(Self { certificate, key, path })
    }

    /// A leaf signed by this authority.
    pub fn issue(&self, spec: &LeafSpec) -> Result<Identity, ErrorStack> {
        let key = key(spec.key, spec.key_number)?;
        let mut builder = start(&spec.common_name, &key, spec.valid)?;
        builder.set_issuer_name(self.certificate.subject_name())?;
        leaf_extensions(&mut builder, spec, Some(&self.certificate))?;
        builder.sign(&self.key, spec.hash.digest())?;
        let signed = builder.build();
        let certificate = match spec.padding {
            Padding::Pkcs1 => signed,
            Padding::Pss => pss::sign_again(&signed, &self.key)?,
        };
        Ok(Identity { certificate, key, issuers: self.path.clone() })
    }

    /// The authority's own certificate.
    pub fn certificate(&self) -> &X509Ref {
        &self.certificate
    }

    /// The authority's own certificate, PEM with LF line ends.
    pub fn certificate_pem(&self) -> Result<Vec<u8>, ErrorStack> {
        self.certificate.to_pem()
    }

    /// A list, PEM, that revokes `identities`; valid from a day before to a month after `now`.
    pub fn revoke(&self, identities: &[&Identity], now: i64) -> Result<Vec<u8>, ErrorStack> {
        let mut list = X509CrlBuilder::new()?;
        list.set_issuer_name(self.certificate.subject_name())?;
        let issued = Asn1Time::from_unix(now - DAY)?;
        list.set_last_update(&issued)?;
        let next = Asn1Time::from_unix(now + 30 * DAY)?;
        list.set_next_update(&next)?;
        for identity in identities {
            let mut revoked = X509RevokedBuilder::new()?;
            revoked.set_serial_number(identity.certificate.serial_number())?;
            revoked.set_revocation_date(&issued)?;
            list.add_revoked(revoked.build())?;
        }
        list.append_extension(authority_key_id(&X509Builder::new()?, Some(&self.certificate))?)?;
        list.append_extension(CrlNumber::new(BigNum::from_u32(1)?)?.build()?)?;
        list.sign(&self.key, MessageDigest::sha256())?;
        list.build()?.to_pem()
    }
}

/// A leaf that signed itself.
pub fn self_signed(spec: &LeafSpec) -> Result<Identity, ErrorStack> {
    let key = key(spec.key, spec.key_number)?;
    let mut builder = start(&spec.common_name, &key, spec.valid)?;
    let name = subject(&spec.common_name)?;
    builder.set_issuer_name(&name)?;
    leaf_extensions(&mut builder, spec, None)?;
    builder.sign(&key, spec.hash.digest())?;
    Ok(Identity { certificate: builder.build(), key, issuers: Vec::new() })
}

/// The process's key of this kind and number; made on the first call.
pub fn key(kind: KeyKind, number: u8) -> Result<PKey<Private>, ErrorStack> {
    let mut keys = KEYS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(key) = keys.get(&(kind, number)) {
        return Ok(key.clone());
    }
    let key = match kind {
        KeyKind::Rsa(bits) => PKey::from_rsa(Rsa::generate(bits)?)?,
        KeyKind::P256 => PKey::ec_gen("P-256")?,
    };
    keys.insert((kind, number), key.clone());
    Ok(key)
}

type Keys = HashMap<(KeyKind, u8), PKey<Private>>;

static KEYS: LazyLock<Mutex<Keys>> = LazyLock::new(Mutex::default);

/// Who all names here belong to.
const ORGANISATION: &str = "Bench";
/// Key number of server leaves.
const LEAF_KEY: u8 = 200;
/// Key number of client leaves.
const CLIENT_KEY: u8 = 201;

fn start(common_name: &str, key: &PKey<Private>, valid: (i64, i64)) -> Result<X509Builder, ErrorStack> {
    let mut builder = X509::builder()?;
    builder.set_version(2)?;
    let mut serial = BigNum::new()?;
    serial.rand(127, MsbOption::ONE, false)?;
    let serial = Asn1Integer::from_bn(&serial)?;
    builder.set_serial_number(&serial)?;
    let name = subject(common_name)?;
    builder.set_subject_name(&name)?;
    let from = Asn1Time::from_unix(valid.0)?;
    builder.set_not_before(&from)?;
    let until = Asn1Time::from_unix(valid.1)?;
    builder.set_not_after(&until)?;
    builder.set_pubkey(key)?;
    Ok(builder)
}

fn subject(common_name: &str) -> Result<X509Name, ErrorStack> {
    subject_of(ORGANISATION, common_name)
}

fn subject_of(organisation: &str, common_name: &str) -> Result<X509Name, ErrorStack> {
    let mut name = X509Name::builder()?;
    name.append_entry_by_nid(Nid::ORGANIZATIONNAME, organisation)?;
    name.append_entry_by_nid(Nid::COMMONNAME, common_name)?;
    Ok(name.build())
}

fn authority_extensions(builder: &mut X509Builder, issuer: Option<&X509Ref>) -> Result<(), ErrorStack> {
    builder.append_extension(BasicConstraints::new().critical().ca().build()?)?;
    builder.append_extension(KeyUsage::new().critical().key_cert_sign().crl_sign().build()?)?;
    append_key_ids(builder, issuer)
}

fn leaf_extensions(builder: &mut X509Builder, spec: &LeafSpec, issuer: Option<&X509Ref>) -> Result<(), ErrorStack> {
    builder.append_extension(BasicConstraints::new().build()?)?;
    let usage = match spec.usage {
        Usage::Full => Some(KeyUsage::new().critical().digital_signature().key_encipherment().build()?),
        Usage::SignOnly => Some(KeyUsage::new().critical().digital_signature().build()?),
        Usage::Unstated => None,
    };
    let purpose = match spec.purpose {
        Purpose::Server => Some(ExtendedKeyUsage::new().server_auth().build()?),
        Purpose::Client => Some(ExtendedKeyUsage::new().client_auth().build()?),
        Purpose::Unstated => None,
    };
    for extension in usage.into_iter().chain(purpose) {
        builder.append_extension(extension)?;
    }
    if !spec.names.is_empty() {
        let names = alternative_names(&spec.names).build(&builder.x509v3_context(None, None))?;
        builder.append_extension(names)?;
    }
    append_key_ids(builder, issuer)
}

fn alternative_names(names: &[String]) -> SubjectAlternativeName {
    let mut all = SubjectAlternativeName::new();
    for name in names {
        if name.parse::<IpAddr>().is_ok() {
            all.ip(name);
        } else {
            all.dns(name);
        }
    }
    all
}

fn append_key_ids(builder: &mut X509Builder, issuer: Option<&X509Ref>) -> Result<(), ErrorStack> {
    let own = SubjectKeyIdentifier::new().build(&builder.x509v3_context(None, None))?;
    builder.append_extension(own)?;
    if issuer.is_some() {
        let above = authority_key_id(builder, issuer)?;
        builder.append_extension(above)?;
    }
    Ok(())
}

fn authority_key_id(builder: &X509Builder, issuer: Option<&X509Ref>) -> Result<X509Extension, ErrorStack> {
    AuthorityKeyIdentifier::new().keyid(true).build(&builder.x509v3_context(issuer, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;

    #[test]
    fn a_chain_hangs_together() {
        let root = Authority::root("Root", KeyKind::Rsa(2048), 0, NOW).unwrap();
        let middle = root.intermediate("Middle", 1, NOW).unwrap();
        let leaf = middle.issue(&LeafSpec::server(&["broker.test", "127.0.0.1"], NOW)).unwrap();
        assert!(leaf.certificate.verify(&middle.key).unwrap());
        assert!(middle.certificate.verify(&root.key).unwrap());
        assert_eq!(X509::stack_from_pem(&leaf.chain_pem().unwrap()).unwrap().len(), 2);
        assert!(leaf.key_pkcs1_pem().unwrap().starts_with(b"-----BEGIN RSA PRIVATE KEY-----"));
    }

    #[test]
    fn keys_are_made_once() {
        let first = key(KeyKind::P256, 9).unwrap();
        assert!(first.public_eq(&key(KeyKind::P256, 9).unwrap()));
        assert!(!first.public_eq(&key(KeyKind::P256, 8).unwrap()));
    }
}
