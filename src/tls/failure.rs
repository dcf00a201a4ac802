//! Why a handshake failed, as data.

use std::io;

use thiserror::Error;

use super::{
    alert::{Alert, VerifyCode},
    material::MaterialError,
    version::TlsVersion,
    watch::Seen,
};

/// How far a handshake came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Nothing was sent yet: the files or settings do not allow it.
    Local,
    /// Before the server showed a certificate: versions, suites, key type, SNI, or no TLS at all.
    BeforeServerCertificate,
    /// The server's certificate came: trust, dates, name.
    AfterServerCertificate,
    /// Our answer to a demand for a client certificate went out: the client's credentials.
    AfterClientCertificate,
}

/// A handshake that did not come to its end.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("TLS failed at {stage:?}: {cause}")]
pub struct TlsFailure {
    /// How far it came.
    pub stage: Stage,
    /// What ended it.
    pub cause: FailureCause,
    /// What was read on the wire until then.
    pub seen: Box<Seen>,
}

/// What ended a handshake.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FailureCause {
    /// The TCP connection could not be opened.
    #[error("no connection: {0}")]
    NoConnection(io::ErrorKind),
    /// The peer refused and said so.
    #[error("the peer sent alert {0}")]
    PeerAlert(Alert),
    /// Our side refused what the peer answered, its certificate aside.
    #[error("alert {0} was sent to the peer")]
    OwnAlert(Alert),
    /// Our side refused the peer's certificate.
    #[error("the peer's certificate was refused with verify code {code}")]
    Untrusted {
        /// What the check found.
        code: VerifyCode,
        /// What the peer was told.
        alert: Option<Alert>,
    },
    /// The answer was no TLS record; its first bytes are in [`Seen::not_tls`].
    #[error("the answer is not TLS")]
    NotTls,
    /// The peer closed the connection without a word.
    #[error("the peer closed the connection")]
    Closed,
    /// The connection broke: reset, time-out of the network.
    #[error("the connection broke: {0}")]
    Broken(io::ErrorKind),
    /// The peer answered nothing in time.
    #[error("no answer in time")]
    TimedOut,
    /// Our own files or settings do not allow a handshake.
    #[error(transparent)]
    Refused(LocalRefusal),
    /// The library gave up for a reason of its own, with its reason number.
    #[error("the TLS library gave up with reason {0}")]
    Library(i32),
}

/// Why a handshake cannot even begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LocalRefusal {
    /// The file named as authority does not load.
    #[error("the CA file does not load: {0}")]
    Authority(MaterialError),
    /// The file named as client certificate does not load.
    #[error("the client certificate does not load: {0}")]
    Certificate(MaterialError),
    /// The file named as client key does not load.
    #[error("the client key does not load: {0}")]
    Key(MaterialError),
    /// A client certificate is wanted and none is set.
    #[error("mutual authentication is set, but no client certificate")]
    CertificateMissing,
    /// A client key is wanted and none is set.
    #[error("mutual authentication is set, but no client key")]
    KeyMissing,
    /// Key and certificate do not belong together.
    #[error("the client key does not belong to the client certificate")]
    KeyMismatch,
    /// This build cannot speak the version.
    #[error("this program cannot speak {0}")]
    VersionNotBuiltIn(TlsVersion),
    /// None of the chosen suites can be completed by this build.
    #[error("this program cannot complete any of the chosen cipher suites")]
    SuitesNotBuiltIn,
    /// A host name that cannot be put into a handshake.
    #[error("the host name cannot be used in TLS")]
    HostName,
    /// The library refused a setting, with its reason number.
    #[error("the TLS library refused a setting with reason {0}")]
    Library(i32),
}

impl From<openssl::error::ErrorStack> for LocalRefusal {
    fn from(stack: openssl::error::ErrorStack) -> Self {
        Self::Library(reason_of(&stack))
    }
}

/// The reason number that the TLS part of the library gave, or the first of all; 0 for an empty stack.
pub(super) fn reason_of(stack: &openssl::error::ErrorStack) -> i32 {
    const LIBRARY_SSL: i32 = 20;
    let errors = stack.errors();
    let first = errors.iter().find(|error| error.library_code() == LIBRARY_SSL).or_else(|| errors.first());
    first.map_or(0, openssl::error::Error::reason_code)
}
