//! A TLS client as the module is one: its versions, its suites, its files, its clock.
//!
//! Files come as the bytes that really stand in the module's file system.

use std::{
    fmt,
    io::{Read, Write},
    net::IpAddr,
};

use openssl::{
    ssl::{Ssl, SslContext, SslContextBuilder, SslMethod, SslMode, SslVerifyMode, SslVersion},
    x509::{
        store::X509StoreBuilder,
        verify::{X509VerifyFlags, X509VerifyParamRef},
    },
};

use super::{
    connection::{Role, TlsConnection},
    failure::{LocalRefusal, TlsFailure},
    material::{certificates_from, key_from},
    suite::{Suite, cipher_list},
    version::{TlsVersion, VersionSetting},
};

/// `AT+SSLCFG="seclevel",88,<n>` (reference, section 9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecurityLevel {
    /// 0: encrypt, check nobody. What the module does with no settings at all.
    #[default]
    Unchecked,
    /// 1: check the server.
    Server,
    /// 2: check the server and show a client certificate.
    Mutual,
}

impl SecurityLevel {
    /// All three, the least first; each stands at the place of its number.
    pub const ALL: [Self; 3] = [Self::Unchecked, Self::Server, Self::Mutual];

    /// The level with this number; `None` above 2.
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::Unchecked),
            1 => Some(Self::Server),
            2 => Some(Self::Mutual),
            _ => None,
        }
    }
}

/// What may end a chain of trust (`AT+SSLCFG="verifymode"`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// Only a certificate that signed itself.
    #[default]
    Roots,
    /// Any certificate of the CA file, also an intermediate or the server's own.
    AnyCertificate,
}

/// How a client connects. [`ClientConfig::default`] is the module as it comes: all its versions and suites, nobody checked.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientConfig {
    /// Lowest and highest version offered.
    pub versions: (TlsVersion, TlsVersion),
    /// The suites offered; `None` for every suite of this build, which the module never does.
    pub suites: Option<Vec<Suite>>,
    /// Who is checked.
    pub level: SecurityLevel,
    /// What may end a chain.
    pub trust: Trust,
    /// The CA file.
    pub ca: Option<Vec<u8>>,
    /// The client certificate file; used at [`SecurityLevel::Mutual`] only.
    pub certificate: Option<Vec<u8>>,
    /// The client key file; used at [`SecurityLevel::Mutual`] only.
    pub key: Option<Vec<u8>>,
    /// The name sent in SNI; `None` plays a firmware that sends none. An IP address is never sent.
    pub sni: Option<String>,
    /// The name or address that the certificate must hold; `None` plays a firmware that checks no name.
    pub expected_name: Option<String>,
    /// Whether dates are left unchecked (`ignorelocaltime`).
    pub ignore_dates: bool,
    /// The clock against which dates are checked, in seconds since 1970; `None` for this computer's.
    pub clock: Option<i64>,
}

impl Default for ClientConfig {
    fn default() -> Self {
        Self::as_module(VersionSetting::All, &Suite::ALL)
    }
}

impl ClientConfig {
    /// The module with these settings, nobody checked yet.
    pub fn as_module(version: VersionSetting, suites: &[Suite]) -> Self {
        Self { versions: version.span(), suites: Some(suites.to_vec()), ..Self::unrestricted() }
    }

    /// A client that offers all this build can do, TLS 1.3 included, and checks nobody.
    pub fn unrestricted() -> Self {
        Self {
            versions: (TlsVersion::Tls10, TlsVersion::Tls13),
            suites: None,
            level: SecurityLevel::Unchecked,
            trust: Trust::Roots,
            ca: None,
            certificate: None,
            key: None,
            sni: None,
            expected_name: None,
            ignore_dates: false,
            clock: None,
        }
    }

    /// The same with `name` as SNI and as the name that is checked.
    #[must_use]
    pub fn for_host(mut self, name: &str) -> Self {
        self.sni = Some(name.to_owned());
        self.expected_name = Some(name.to_owned());
        self
    }

    /// The same with the server checked against the CA file `ca`.
    #[must_use]
    pub fn trusting(mut self, ca: &[u8]) -> Self {
        self.level = self.level.max(SecurityLevel::Server);
        self.ca = Some(ca.to_vec());
        self
    }

    /// The same with a client certificate and its key.
    #[must_use]
    pub fn presenting(mut self, certificate: &[u8], key: &[u8]) -> Self {
        self.level = SecurityLevel::Mutual;
        self.certificate = Some(certificate.to_vec());
        self.key = Some(key.to_vec());
        self
    }
}

/// Sizes only: a key must not reach a log.
impl fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = |file: &Option<Vec<u8>>| file.as_ref().map(Vec::len);
        f.debug_struct("ClientConfig")
            .field("versions", &self.versions)
            .field("suites", &self.suites)
            .field("level", &self.level)
            .field("trust", &self.trust)
            .field("ca_bytes", &size(&self.ca))
            .field("certificate_bytes", &size(&self.certificate))
            .field("key_bytes", &size(&self.key))
            .field("sni", &self.sni)
            .field("expected_name", &self.expected_name)
            .field("ignore_dates", &self.ignore_dates)
            .field("clock", &self.clock)
            .finish()
    }
}

/// A client whose files and settings are loaded; makes any number of connections.
pub struct ClientContext {
    context: SslContext,
    sni: Option<String>,
}

impl ClientContext {
    /// Loads files and settings.
    pub fn new(config: &ClientConfig) -> Result<Self, LocalRefusal> {
        let mut builder = SslContext::builder(SslMethod::tls_client())?;
        builder.set_security_level(0);
        builder.set_mode(SslMode::ENABLE_PARTIAL_WRITE | SslMode::ACCEPT_MOVING_WRITE_BUFFER | SslMode::AUTO_RETRY);
        offer(&mut builder, config)?;
        check_server(&mut builder, config)?;
        if config.level == SecurityLevel::Mutual {
            present(&mut builder, config)?;
        }
        let sni = config.sni.clone().filter(|name| name.parse::<IpAddr>().is_err());
        Ok(Self { context: builder.build(), sni })
    }

    /// Begins a handshake over `stream`; nothing is sent before the first [`TlsConnection::handshake`].
    pub fn connect<S: Read + Write>(&self, stream: S) -> Result<TlsConnection<S>, TlsFailure> {
        let ssl = self.session().map_err(TlsFailure::refused)?;
        TlsConnection::new(ssl, stream, Role::Client)
    }

    fn session(&self) -> Result<Ssl, LocalRefusal> {
        let mut ssl = Ssl::new(&self.context)?;
        ssl.set_connect_state();
        if let Some(name) = &self.sni {
            // The binding panics on a NUL byte.
            if name.contains('\0') {
                return Err(LocalRefusal::HostName);
            }
            ssl.set_hostname(name).map_err(|_| LocalRefusal::HostName)?;
        }
        Ok(ssl)
    }
}

impl fmt::Debug for ClientContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientContext").field("sni", &self.sni).finish_non_exhaustive()
    }
}

fn offer(builder: &mut SslContextBuilder, config: &ClientConfig) -> Result<(), LocalRefusal> {
    let (lowest, highest) = config.versions;
    if highest == TlsVersion::Ssl3 {
        return Err(LocalRefusal::VersionNotBuiltIn(highest));
    }
    let lowest = if lowest == TlsVersion::Ssl3 { SslVersion::TLS1 } else { lowest.openssl() };
    builder.set_min_proto_version(Some(lowest))?;
    builder.set_max_proto_version(Some(highest.openssl()))?;
    let Some(suites) = &config.suites else {
        return Ok(builder.set_cipher_list("ALL:@SECLEVEL=0")?);
    };
    let list = cipher_list(suites);
    if list.is_empty() {
        return Err(LocalRefusal::SuitesNotBuiltIn);
    }
    Ok(builder.set_cipher_list(&list)?)
}

fn check_server(builder: &mut SslContextBuilder, config: &ClientConfig) -> Result<(), LocalRefusal> {
    let checked = config.level >= SecurityLevel::Server;
    builder.set_verify(if checked { SslVerifyMode::PEER } else { SslVerifyMode::NONE });
    let mut store = X509StoreBuilder::new()?;
    // With nobody checked the module does not open the CA file; a bad one must not stop it.
    if let Some(file) = config.ca.as_ref().filter(|_| checked) {
        for certificate in certificates_from(file).map_err(LocalRefusal::Authority)? {
            store.add_cert(certificate)?;
        }
    }
    builder.set_cert_store(store.build());
    set_rules(builder.verify_param_mut(), config)
}

fn set_rules(rules: &mut X509VerifyParamRef, config: &ClientConfig) -> Result<(), LocalRefusal> {
    // The library lets a set clock win over the wish to check no dates at all.
    match (config.ignore_dates, config.clock) {
        (true, _) => rules.set_flags(X509VerifyFlags::NO_CHECK_TIME)?,
        (false, Some(clock)) => rules.set_time(clock),
        (false, None) => {}
    }
    if config.trust == Trust::AnyCertificate {
        rules.set_flags(X509VerifyFlags::PARTIAL_CHAIN)?;
    }
    if let Some(name) = &config.expected_name {
        match name.parse::<IpAddr>() {
            Ok(address) => rules.set_ip(address)?,
            Err(_) => rules.set_host(name).map_err(|_| LocalRefusal::HostName)?,
        }
    }
    Ok(())
}

fn present(builder: &mut SslContextBuilder, config: &ClientConfig) -> Result<(), LocalRefusal> {
    let file = config.certificate.as_ref().ok_or(LocalRefusal::CertificateMissing)?;
    let mut chain = certificates_from(file).map_err(LocalRefusal::Certificate)?.into_iter();
    let leaf = chain.next().ok_or(LocalRefusal::CertificateMissing)?;
    let file = config.key.as_ref().ok_or(LocalRefusal::KeyMissing)?;
    let key = key_from(file).map_err(LocalRefusal::Key)?;
    if !leaf.public_key()?.public_eq(&key) {
        return Err(LocalRefusal::KeyMismatch);
    }
    builder.set_certificate(&leaf)?;
    builder.set_private_key(&key)?;
    for issuer in chain {
        builder.add_extra_chain_cert(issuer)?;
    }
    Ok(())
}
