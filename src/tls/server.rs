//! A TLS listener's side: certificate, versions, suites, demand for a client certificate, rules for names.

use std::{
    env, fmt,
    fs::{self, File},
    io::{self, Read, Write},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use openssl::{
    error::ErrorStack,
    ssl::{
        NameType, SniError, Ssl, SslAlert, SslContext, SslContextBuilder, SslFiletype, SslMethod, SslMode, SslOptions,
        SslRef, SslSessionCacheMode, SslVerifyMode,
    },
    x509::{
        X509, X509Crl,
        store::{X509Lookup, X509StoreBuilder, X509StoreBuilderRef},
        verify::X509VerifyFlags,
    },
};
use thiserror::Error;

use super::{
    connection::{Role, TlsConnection},
    failure::{LocalRefusal, TlsFailure, reason_of},
    material::{MaterialError, certificates_from, key_from, revocation_list_from},
    version::TlsVersion,
};

/// Why a listener's files or settings do not load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ServerError {
    /// The certificate file does not load.
    #[error("the server certificate does not load: {0}")]
    Certificate(MaterialError),
    /// The key file does not load.
    #[error("the server key does not load: {0}")]
    Key(MaterialError),
    /// Key and certificate do not belong together.
    #[error("the server key does not belong to the server certificate")]
    KeyMismatch,
    /// The file with the authorities for clients does not load.
    #[error("the CA file for clients does not load: {0}")]
    ClientAuthority(MaterialError),
    /// The revocation list does not load.
    #[error("the revocation list does not load: {0}")]
    RevocationList(MaterialError),
    /// The revocation list is signed by none of the authorities for clients.
    #[error("the revocation list is not signed by a CA for clients")]
    ForeignRevocationList,
    /// The revocation list cannot be handed to the library, which reads it from a temporary file only.
    #[error("no temporary file for the revocation list: {0}")]
    TemporaryFile(io::ErrorKind),
    /// The library refused a setting (an unknown cipher, a key too weak for the security level), with its reason number.
    #[error("the TLS library refused a setting with reason {0}")]
    Library(i32),
}

impl From<ErrorStack> for ServerError {
    fn from(stack: ErrorStack) -> Self {
        Self::Library(reason_of(&stack))
    }
}

/// What the listener does with the name that a client sends in SNI.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SniRule {
    /// Nothing.
    #[default]
    Ignored,
    /// Refuses with alert 112 every client that does not send this name.
    Required(String),
    /// Shows clients that send this name another certificate.
    Chooses {
        /// The name.
        name: String,
        /// The other certificate with its chain, PEM or DER.
        certificate: Vec<u8>,
        /// Its key.
        key: Vec<u8>,
    },
}

/// How a listener answers.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerConfig {
    /// Certificate file: the leaf, then what else is sent along. Nothing is added to it.
    pub certificate: Vec<u8>,
    /// Key file.
    pub key: Vec<u8>,
    /// Lowest and highest version accepted.
    pub versions: (TlsVersion, TlsVersion),
    /// Cipher list up to TLS 1.2 in OpenSSL's form; `None` for the library's own choice.
    pub ciphers: Option<String>,
    /// OpenSSL's security level; 0 for old keys and signatures, 1 or 2 for what distributions set.
    pub security_level: u32,
    /// Authorities whose clients are accepted. With `Some`, a client certificate is demanded.
    pub client_ca: Option<Vec<u8>>,
    /// Client certificates that are refused although an authority issued them.
    pub revoked: Option<Vec<u8>>,
    /// What to do with SNI.
    pub sni: SniRule,
    /// With `Some`, this shared key is all that counts: no certificate is shown, and TLS 1.2 is the highest version.
    pub shared_key: Option<Vec<u8>>,
    /// The clock against which client certificates are checked, in seconds since 1970; `None` for this computer's.
    pub clock: Option<i64>,
}

impl ServerConfig {
    /// A listener with this certificate and key, TLS 1.2 and 1.3, everybody welcome.
    pub fn new(certificate: &[u8], key: &[u8]) -> Self {
        Self {
            certificate: certificate.to_vec(),
            key: key.to_vec(),
            versions: (TlsVersion::Tls12, TlsVersion::Tls13),
            ciphers: None,
            security_level: 1,
            client_ca: None,
            revoked: None,
            sni: SniRule::Ignored,
            shared_key: None,
            clock: None,
        }
    }
}

/// Sizes only: a key must not reach a log.
impl fmt::Debug for ServerConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerConfig")
            .field("certificate_bytes", &self.certificate.len())
            .field("versions", &self.versions)
            .field("ciphers", &self.ciphers)
            .field("security_level", &self.security_level)
            .field("asks_for_client_certificate", &self.client_ca.is_some())
            .finish_non_exhaustive()
    }
}

/// A listener whose files and settings are loaded; accepts any number of connections.
#[derive(Clone)]
pub struct ServerContext(SslContext);

impl ServerContext {
    /// Loads files and settings.
    pub fn new(config: &ServerConfig) -> Result<Self, ServerError> {
        let mut builder = context(config, &config.certificate, &config.key)?;
        match &config.sni {
            SniRule::Ignored => {}
            SniRule::Required(name) => require_name(&mut builder, name.clone()),
            SniRule::Chooses { name, certificate, key } => {
                let other = context(config, certificate, key)?.build();
                choose_by_name(&mut builder, name.clone(), other);
            }
        }
        Ok(Self(builder.build()))
    }

    /// Begins the server's side of a handshake over `stream`.
    pub fn accept<S: Read + Write>(&self, stream: S) -> Result<TlsConnection<S>, TlsFailure> {
        let mut ssl = Ssl::new(&self.0).map_err(|stack| TlsFailure::refused(LocalRefusal::from(stack)))?;
        ssl.set_accept_state();
        TlsConnection::new(ssl, stream, Role::Server)
    }
}

impl fmt::Debug for ServerContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerContext").finish_non_exhaustive()
    }
}

fn context(config: &ServerConfig, certificate: &[u8], key: &[u8]) -> Result<SslContextBuilder, ServerError> {
    let mut builder = SslContext::builder(SslMethod::tls_server())?;
    builder.set_security_level(config.security_level);
    builder.set_mode(
        SslMode::ENABLE_PARTIAL_WRITE
            | SslMode::ACCEPT_MOVING_WRITE_BUFFER
            | SslMode::AUTO_RETRY
            // Without this the library completes the chain from the authorities for clients.
            | SslMode::NO_AUTO_CHAIN,
    );
    builder.set_options(SslOptions::NO_TICKET | SslOptions::CIPHER_SERVER_PREFERENCE);
    builder.set_session_cache_mode(SslSessionCacheMode::OFF);
    builder.set_num_tickets(0)?;
    builder.set_min_proto_version(Some(config.versions.0.openssl()))?;
    builder.set_max_proto_version(Some(config.versions.1.openssl()))?;
    if let Some(ciphers) = &config.ciphers {
        builder.set_cipher_list(ciphers)?;
    }
    match &config.shared_key {
        Some(shared) => share_key(&mut builder, shared.clone())?,
        None => show(&mut builder, certificate, key)?,
    }
    if let Some(authorities) = &config.client_ca {
        demand_certificate(&mut builder, authorities, config.revoked.as_deref())?;
        if let Some(clock) = config.clock {
            builder.verify_param_mut().set_time(clock);
        }
    }
    Ok(builder)
}

fn show(builder: &mut SslContextBuilder, certificate: &[u8], key: &[u8]) -> Result<(), ServerError> {
    let mut chain = certificates_from(certificate).map_err(ServerError::Certificate)?.into_iter();
    let leaf = chain.next().ok_or(ServerError::Certificate(MaterialError::NotACertificate))?;
    let key = key_from(key).map_err(ServerError::Key)?;
    if !leaf.public_key()?.public_eq(&key) {
        return Err(ServerError::KeyMismatch);
    }
    builder.set_certificate(&leaf)?;
    builder.set_private_key(&key)?;
    for issuer in chain {
        builder.add_extra_chain_cert(issuer)?;
    }
    Ok(())
}

fn share_key(builder: &mut SslContextBuilder, shared: Vec<u8>) -> Result<(), ServerError> {
    builder.set_max_proto_version(Some(TlsVersion::Tls12.openssl()))?;
    builder.set_cipher_list("PSK")?;
    builder.set_psk_server_callback(move |_, _, room| {
        let Some(room) = room.get_mut(..shared.len()) else { return Ok(0) };
        room.copy_from_slice(&shared);
        Ok(shared.len())
    });
    Ok(())
}

fn demand_certificate(
    builder: &mut SslContextBuilder,
    authorities: &[u8],
    revoked: Option<&[u8]>,
) -> Result<(), ServerError> {
    let authorities = certificates_from(authorities).map_err(ServerError::ClientAuthority)?;
    let list = revoked.map(revocation_list_from).transpose().map_err(ServerError::RevocationList)?;
    if list.as_ref().is_some_and(|list| !is_signed_by_one_of(list, &authorities)) {
        return Err(ServerError::ForeignRevocationList);
    }
    let mut store = X509StoreBuilder::new()?;
    for authority in authorities {
        builder.add_client_ca(&authority)?;
        store.add_cert(authority)?;
    }
    if let Some(list) = list {
        refuse_revoked(&mut store, &list)?;
    }
    builder.set_cert_store(store.build());
    builder.set_session_id_context(b"air780e-companion")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(())
}

fn is_signed_by_one_of(list: &X509Crl, authorities: &[X509]) -> bool {
    authorities.iter().filter_map(|authority| authority.public_key().ok()).any(|key| list.verify(&key).unwrap_or(false))
}

/// The binding reads revocation lists from files only. A list holds no secret; the file is gone before this returns.
fn refuse_revoked(store: &mut X509StoreBuilderRef, list: &X509Crl) -> Result<(), ServerError> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let path = env::temp_dir().join(format!("air780e-companion-{}-{number}.crl", process::id()));
    let pem = list.to_pem()?;
    let written = File::create_new(&path).and_then(|mut file| file.write_all(&pem));
    let loaded = written.map_err(|error| ServerError::TemporaryFile(error.kind())).and_then(|()| {
        store.add_lookup(X509Lookup::file())?.load_crl_file(&path, SslFiletype::PEM)?;
        Ok(store.set_flags(X509VerifyFlags::CRL_CHECK)?)
    });
    // Left behind, it would only be litter in the folder for temporary files.
    fs::remove_file(&path).ok();
    loaded
}

fn require_name(builder: &mut SslContextBuilder, name: String) {
    builder.set_servername_callback(move |ssl: &mut SslRef, alert: &mut SslAlert| {
        if ssl.servername(NameType::HOST_NAME) == Some(&name) {
            return Ok(());
        }
        *alert = SslAlert::UNRECOGNIZED_NAME;
        Err(SniError::ALERT_FATAL)
    });
}

fn choose_by_name(builder: &mut SslContextBuilder, name: String, other: SslContext) {
    builder.set_servername_callback(move |ssl: &mut SslRef, _: &mut SslAlert| {
        if ssl.servername(NameType::HOST_NAME) != Some(&name) {
            return Ok(());
        }
        ssl.set_ssl_context(&other).map_err(|_| SniError::ALERT_FATAL)
    });
}
