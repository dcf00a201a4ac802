//! One TLS connection over any stream, its handshake in steps that never wait.

use std::io::{self, Read, Write};

use openssl::ssl::{Error as SslError, ErrorCode, ShutdownState, Ssl, SslCipherRef, SslStream};

use super::{
    alert::{Alert, VerifyCode},
    failure::{FailureCause, LocalRefusal, Stage, TlsFailure, reason_of},
    version::TlsVersion,
    watch::{Seen, Watched},
};

/// Which end of the connection this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Client,
    Server,
}

/// Where a handshake stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Try again when the stream can be read.
    WantRead,
    /// Try again when the stream can be written.
    WantWrite,
    /// Both sides agree.
    Done(Box<Established>),
    /// It came to nothing.
    Failed(TlsFailure),
}

/// What both sides agreed upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Established {
    /// The version.
    pub version: Option<TlsVersion>,
    /// The suite's number on the wire.
    pub suite: u16,
    /// The suite's name in the registry of IANA.
    pub suite_name: &'static str,
    /// What the check of the peer's certificate found; may be bad when nobody had to be checked.
    pub verify: VerifyCode,
    /// The peer's chain, DER, leaf first; empty when it showed none.
    pub peer_chain: Vec<Vec<u8>>,
    /// What was read on the wire.
    pub seen: Seen,
}

/// A TLS connection over `S`. [`Read`] and [`Write`] carry on the handshake first, and answer `WouldBlock` when the
/// stream below does.
#[derive(Debug)]
pub struct TlsConnection<S> {
    stream: SslStream<Watched<S>>,
    role: Role,
    state: State,
}

#[derive(Debug)]
enum State {
    Handshaking,
    Established,
    Failed(TlsFailure),
}

impl<S: Read + Write> TlsConnection<S> {
    pub(super) fn new(ssl: Ssl, stream: S, role: Role) -> Result<Self, TlsFailure> {
        let stream = SslStream::new(ssl, Watched::new(stream)).map_err(|stack| TlsFailure::refused(stack.into()))?;
        Ok(Self { stream, role, state: State::Handshaking })
    }

    /// Carries the handshake as far as the stream allows now. Once done or failed it answers the same again.
    pub fn handshake(&mut self) -> Step {
        match &self.state {
            State::Established => return Step::Done(Box::new(self.established())),
            State::Failed(failure) => return Step::Failed(failure.clone()),
            State::Handshaking => {}
        }
        match self.stream.do_handshake() {
            Ok(()) => {
                self.state = State::Established;
                Step::Done(Box::new(self.established()))
            }
            Err(error) if error.code() == ErrorCode::WANT_READ => Step::WantRead,
            Err(error) if error.code() == ErrorCode::WANT_WRITE => Step::WantWrite,
            Err(error) => Step::Failed(self.fail(&error)),
        }
    }

    /// Gives a handshake up that took too long, and says how far it came.
    pub fn give_up(&mut self) -> TlsFailure {
        let failure = self.failure_from(FailureCause::TimedOut);
        self.state = State::Failed(failure.clone());
        failure
    }

    /// Tells the peer that no more data follows, as far as the stream takes it now.
    pub fn close(&mut self) {
        if matches!(self.state, State::Established) && !self.stream.get_shutdown().contains(ShutdownState::SENT) {
            // A peer that is gone already needs no goodbye.
            self.stream.shutdown().ok();
        }
    }

    /// Whether the handshake is done.
    pub const fn is_established(&self) -> bool {
        matches!(self.state, State::Established)
    }

    /// Why the handshake failed, if it did.
    pub fn failure(&self) -> Option<&TlsFailure> {
        match &self.state {
            State::Failed(failure) => Some(failure),
            State::Handshaking | State::Established => None,
        }
    }

    /// The stream below.
    pub fn get_ref(&self) -> &S {
        &self.stream.get_ref().inner
    }

    /// The stream below; bytes taken or put here are lost for TLS.
    pub fn get_mut(&mut self) -> &mut S {
        &mut self.stream.get_mut().inner
    }

    /// What was read on the wire so far.
    pub fn seen(&self) -> Seen {
        self.stream.get_ref().seen()
    }

    fn established(&self) -> Established {
        let ssl = self.stream.ssl();
        let cipher = ssl.current_cipher();
        let chain = ssl.peer_cert_chain().into_iter().flatten();
        let mut peer_chain: Vec<_> = chain.filter_map(|one| one.to_der().ok()).collect();
        if self.role == Role::Server {
            // A server's own library leaves the client's leaf out of the chain.
            peer_chain.splice(..0, ssl.peer_certificate().and_then(|leaf| leaf.to_der().ok()));
        }
        Established {
            version: ssl.version2().and_then(TlsVersion::from_openssl),
            suite: cipher.map_or(0, |cipher| u16::from_be_bytes(cipher.protocol_id())),
            suite_name: cipher.and_then(SslCipherRef::standard_name).unwrap_or_default(),
            verify: VerifyCode(ssl.verify_result().as_raw()),
            peer_chain,
            seen: self.seen(),
        }
    }

    fn fail(&mut self, error: &SslError) -> TlsFailure {
        if error.io_error().is_some() {
            self.drain();
        }
        let cause = self.cause_of(error);
        let failure = self.failure_from(cause);
        self.state = State::Failed(failure.clone());
        failure
    }

    /// A peer that refuses while we still write resets the connection; its alert may wait in the receive buffer.
    fn drain(&mut self) {
        let mut rest = [0; 512];
        while matches!(self.stream.get_mut().read(&mut rest), Ok(count) if count > 0) {}
    }

    fn cause_of(&self, error: &SslError) -> FailureCause {
        let wire = self.stream.get_ref();
        let reason = error.ssl_error().map_or(0, reason_of);
        if wire.incoming.not_tls.is_some() {
            FailureCause::NotTls
        } else if let Some(alert) = wire.incoming.alert.or_else(|| peer_alert(error)) {
            FailureCause::PeerAlert(alert)
        } else if reason == CERTIFICATE_VERIFY_FAILED {
            let code = VerifyCode(self.stream.ssl().verify_result().as_raw());
            FailureCause::Untrusted { code, alert: wire.outgoing.alert }
        } else if let Some(io) = error.io_error() {
            FailureCause::Broken(io.kind())
        } else if error.code() == ErrorCode::SYSCALL || reason == UNEXPECTED_EOF {
            FailureCause::Closed
        } else if let Some(alert) = wire.outgoing.alert {
            FailureCause::OwnAlert(alert)
        } else {
            FailureCause::Library(reason)
        }
    }

    fn failure_from(&self, cause: FailureCause) -> TlsFailure {
        let wire = self.stream.get_ref();
        let stage = match &cause {
            FailureCause::Untrusted { .. } => Stage::AfterServerCertificate,
            _ if wire.outgoing.chain.is_some() && self.role == Role::Client => Stage::AfterClientCertificate,
            _ if wire.incoming.chain.is_some() => Stage::AfterServerCertificate,
            _ => Stage::BeforeServerCertificate,
        };
        TlsFailure { stage, cause, seen: Box::new(wire.seen()) }
    }
}

impl<S: Read + Write> Read for TlsConnection<S> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.ready()?;
        self.stream.read(buf)
    }
}

impl<S: Read + Write> Write for TlsConnection<S> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.ready()?;
        self.stream.write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl<S: Read + Write> TlsConnection<S> {
    fn ready(&mut self) -> io::Result<()> {
        if self.is_established() {
            return Ok(());
        }
        match self.handshake() {
            Step::Done(_) => Ok(()),
            Step::WantRead | Step::WantWrite => Err(io::ErrorKind::WouldBlock.into()),
            Step::Failed(failure) => Err(io::Error::new(io::ErrorKind::InvalidData, failure)),
        }
    }
}

impl TlsFailure {
    /// A handshake that could not even begin.
    pub fn refused(refusal: LocalRefusal) -> Self {
        Self { stage: Stage::Local, cause: FailureCause::Refused(refusal), seen: Box::default() }
    }
}

impl Alert {
    /// The alert that a connection broke with while data was flowing. Under TLS 1.3 the server judges the client's
    /// certificate only then.
    pub fn in_error(error: &io::Error) -> Option<Self> {
        peer_alert(error.get_ref()?.downcast_ref::<SslError>()?)
    }
}

/// OpenSSL's reason numbers (`SSL_R_…`), stable across its versions.
const CERTIFICATE_VERIFY_FAILED: i32 = 134;
const UNEXPECTED_EOF: i32 = 294;
const ALERT_OFFSET: i32 = 1000;

/// The alert in a library error: an alert that came in stands there as 1000 plus its number.
fn peer_alert(error: &SslError) -> Option<Alert> {
    let reason = error.ssl_error().map(reason_of)?;
    u8::try_from(reason - ALERT_OFFSET).ok().map(Alert)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tls::{ClientConfig, ClientContext};

    /// A peer that refuses and closes while the client still writes.
    struct Gone(&'static [u8]);

    impl Read for Gone {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            self.0.read(buf)
        }
    }

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn cause_at(peer: Gone) -> FailureCause {
        let context = ClientContext::new(&ClientConfig::default()).unwrap();
        let Step::Failed(failure) = context.connect(peer).unwrap().handshake() else { panic!("it fails") };
        failure.cause
    }

    #[test]
    fn an_alert_is_found_behind_a_broken_write() {
        let alert = &[0x15, 3, 3, 0, 2, 2, 48];
        assert_eq!(cause_at(Gone(alert)), FailureCause::PeerAlert(Alert::UNKNOWN_CA));
        assert_eq!(cause_at(Gone(&[])), FailureCause::Broken(io::ErrorKind::BrokenPipe));
    }
}
