//! Probes of a server from this computer: what it takes of the module's six suites, and what it is without restriction.
//!
//! These block, each connection for at most its limit: they belong on a task's thread.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use openssl::rand::rand_bytes;

use super::{
    alert::Alert,
    client::{ClientConfig, ClientContext},
    connection::{Established, Step, TlsConnection},
    failure::{FailureCause, LocalRefusal, Stage, TlsFailure},
    hello::{ClientHello, HelloAnswer},
    suite::Suite,
    version::TlsVersion,
    watch::{CertificateRequest, Seen},
};

/// Where to and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target<'a> {
    /// The address, resolved by the caller.
    pub address: SocketAddr,
    /// The name for SNI; `None` plays a firmware that sends none.
    pub server_name: Option<&'a str>,
    /// The longest that one connection may take, its opening included.
    pub limit: Duration,
}

/// What a server answers to the module's suites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuiteProbe {
    /// Its answer to all six at once.
    pub together: Result<HelloAnswer, FailureCause>,
    /// Its answers to one at a time, as far as they were asked for.
    pub each: Vec<SuiteAnswer>,
}

/// A server's answer to one suite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuiteAnswer {
    /// The suite that was offered alone.
    pub suite: Suite,
    /// The answer.
    pub answer: Result<HelloAnswer, FailureCause>,
}

impl SuiteAnswer {
    /// Whether the server would take it: a server that answers with a suite that was not offered takes nothing.
    pub const fn is_accepted(&self) -> bool {
        matches!(self.answer, Ok(HelloAnswer::Accepted(hello)) if hello.suite == self.suite.id())
    }
}

/// What a server is to a client without the module's limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeProbe {
    /// A handshake with TLS 1.0 to 1.2 and every suite.
    pub up_to_tls12: Result<Established, TlsFailure>,
    /// A handshake with TLS 1.3 alone.
    pub tls13: Result<Established, TlsFailure>,
    /// Whether the server lets nobody in without a client certificate: one that asks for it and goes on without demands
    /// nothing. Under TLS 1.3 learnt from its alert after the handshake.
    pub demands_certificate: bool,
}

impl FreeProbe {
    /// What both handshakes show together; with the one of TLS 1.3 stands whether the server refused right after it.
    pub fn of(
        up_to_tls12: Result<Established, TlsFailure>,
        (tls13, is_refused_late): (Result<Established, TlsFailure>, bool),
    ) -> Self {
        let demands_certificate = up_to_tls12.as_ref().map_or_else(TlsFailure::is_for_want_of_certificate, |_| false);
        Self { demands_certificate: demands_certificate || is_refused_late, up_to_tls12, tls13 }
    }

    /// Whether one of the handshakes came to an agreement, if only to end for want of a client certificate.
    pub fn has_agreed(&self) -> bool {
        self.tls13.is_ok() || self.up_to_tls12.is_ok() || !self.chain().is_empty()
    }

    /// Whether TLS 1.2 or older came to an agreement, if only to end for want of a client certificate.
    pub fn agrees_up_to_tls12(&self) -> bool {
        self.up_to_tls12.is_ok() || !self.seen().chain.is_empty()
    }

    /// The server's chain, DER, leaf first; empty when it never showed one.
    pub fn chain(&self) -> &[Vec<u8>] {
        let clear = &self.seen().chain;
        match (&self.tls13, clear.is_empty()) {
            (Ok(established), true) => &established.peer_chain,
            _ => clear,
        }
    }

    /// The demand for a client certificate as TLS 1.2 shows it.
    pub fn certificate_request(&self) -> Option<&CertificateRequest> {
        self.seen().certificate_request.as_ref()
    }

    /// Size of the server's Certificate message in bytes; only TLS 1.2 and below show it.
    pub fn certificate_message(&self) -> Option<usize> {
        self.seen().certificate_message
    }

    fn seen(&self) -> &Seen {
        match &self.up_to_tls12 {
            Ok(established) => &established.seen,
            Err(failure) => &failure.seen,
        }
    }
}

/// Sends one hand-made `ClientHello`, reads the first record of the answer and closes.
pub fn probe_once(target: &Target<'_>, hello: &ClientHello<'_>) -> Result<HelloAnswer, FailureCause> {
    probe_behind(target, &[], hello)
}

/// As [`probe_once`], with `header` in front of the hello, as a proxy writes it.
pub fn probe_behind(target: &Target<'_>, header: &[u8], hello: &ClientHello<'_>) -> Result<HelloAnswer, FailureCause> {
    let mut random = [0; 32];
    rand_bytes(&mut random).map_err(|stack| FailureCause::Refused(LocalRefusal::from(stack)))?;
    let hello = hello.to_bytes(&random).map_err(|_| FailureCause::Refused(LocalRefusal::HostName))?;
    let mut stream = Limited::connect(target)?;
    stream.write_all(&[header, &hello].concat()).map_err(|error| broken(error.kind()))?;
    let mut answer = Vec::new();
    let mut piece = [0; 2048];
    loop {
        let end = match stream.read(&mut piece) {
            Ok(0) => Some(FailureCause::Closed),
            Ok(count) => {
                answer.extend_from_slice(&piece[..count]);
                None
            }
            Err(error) => Some(broken(error.kind())),
        };
        if let Some(end) = end {
            return HelloAnswer::ended(&answer).ok_or(end);
        }
        if let Some(answer) = HelloAnswer::from_bytes(&answer) {
            return Ok(answer);
        }
    }
}

/// Offers the six suites together, then one at a time.
///
/// `go_on` is called before each connection but the first: it waits as long as is polite (300 ms or more; some brokers
/// count connections) and ends the probe with `false`.
pub fn probe_suites(target: &Target<'_>, mut go_on: impl FnMut() -> bool) -> SuiteProbe {
    let ask = |suites: &[Suite]| probe_once(target, &ClientHello::as_module(suites, target.server_name));
    let together = ask(&Suite::ALL);
    let mut each = Vec::new();
    for suite in Suite::ALL {
        if !go_on() {
            break;
        }
        each.push(SuiteAnswer { suite, answer: ask(&[suite]) });
    }
    SuiteProbe { together, each }
}

/// Shakes hands twice without the module's limits and without checking anybody.
pub fn probe_freely(target: &Target<'_>) -> FreeProbe {
    let up_to_tls12 = probe_up_to_tls12(target);
    let tls13 = probe_tls13(target, up_to_tls12.is_err());
    FreeProbe::of(up_to_tls12, tls13)
}

/// Shakes hands with TLS 1.0 to 1.2 and every suite, without checking anybody.
pub fn probe_up_to_tls12(target: &Target<'_>) -> Result<Established, TlsFailure> {
    freely((TlsVersion::Tls10, TlsVersion::Tls12), target).map(|(_, established)| established)
}

/// Shakes hands with TLS 1.3 alone, without checking anybody. With `listens` it waits half a second more and tells whether the
/// server refuses a client without a certificate: one of TLS 1.3 says so after the handshake.
pub fn probe_tls13(target: &Target<'_>, listens: bool) -> (Result<Established, TlsFailure>, bool) {
    match freely((TlsVersion::Tls13, TlsVersion::Tls13), target) {
        Ok((mut connection, established)) => (Ok(established), listens && is_refused_late(&mut connection)),
        Err(failure) => (Err(failure), false),
    }
}

fn freely(
    versions: (TlsVersion, TlsVersion),
    target: &Target<'_>,
) -> Result<(TlsConnection<Limited>, Established), TlsFailure> {
    let sni = target.server_name.map(str::to_owned);
    let config = ClientConfig { versions, sni, ..ClientConfig::unrestricted() };
    let context = ClientContext::new(&config).map_err(TlsFailure::refused)?;
    dial(&context, target)
}

/// Opens a connection and shakes hands within the target's limit.
pub fn dial(context: &ClientContext, target: &Target<'_>) -> Result<(TlsConnection<Limited>, Established), TlsFailure> {
    let stream = Limited::connect(target).map_err(TlsFailure::unconnected)?;
    let mut connection = context.connect(stream)?;
    loop {
        match connection.handshake() {
            Step::Done(established) => return Ok((connection, *established)),
            Step::Failed(failure) if failure.cause == FailureCause::Broken(io::ErrorKind::TimedOut) => {
                return Err(connection.give_up());
            }
            Step::Failed(failure) => return Err(failure),
            Step::WantRead | Step::WantWrite => {}
        }
    }
}

/// A blocking stream whose every wait ends at one common point in time, with `TimedOut`.
#[derive(Debug)]
pub struct Limited {
    stream: TcpStream,
    until: Instant,
}

impl Limited {
    fn connect(target: &Target<'_>) -> Result<Self, FailureCause> {
        let until = now() + target.limit;
        let stream = TcpStream::connect_timeout(&target.address, target.limit)
            .map_err(|error| FailureCause::NoConnection(error.kind()))?;
        Ok(Self { stream, until })
    }

    /// Moves the end of all waits to `limit` from now.
    pub fn extend(&mut self, limit: Duration) {
        self.until = now() + limit;
    }

    fn left(&self) -> io::Result<Duration> {
        let left = self.until.saturating_duration_since(now());
        if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
    }
}

impl Read for Limited {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(self.left()?))?;
        self.stream.read(buf).map_err(timed_out)
    }
}

impl Write for Limited {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(self.left()?))?;
        self.stream.write(buf).map_err(timed_out)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Unix calls a time-out `WouldBlock`.
fn timed_out(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::WouldBlock { io::ErrorKind::TimedOut.into() } else { error }
}

fn broken(kind: io::ErrorKind) -> FailureCause {
    if kind == io::ErrorKind::TimedOut { FailureCause::TimedOut } else { FailureCause::Broken(kind) }
}

/// A TLS 1.3 server lets the handshake pass and refuses the missing certificate at once afterwards.
fn is_refused_late(connection: &mut TlsConnection<Limited>) -> bool {
    connection.get_mut().extend(LATE_REFUSAL);
    let refused = connection.read(&mut [0]).err().and_then(|error| Alert::in_error(&error));
    refused == Some(Alert::CERTIFICATE_REQUIRED)
}

impl TlsFailure {
    /// Whether the server asked for a client certificate, got none and gave up.
    pub fn is_for_want_of_certificate(&self) -> bool {
        self.stage == Stage::AfterClientCertificate && self.seen.client_certificate == Some(false)
    }

    fn unconnected(cause: FailureCause) -> Self {
        Self { stage: Stage::BeforeServerCertificate, cause, seen: Box::default() }
    }
}

const LATE_REFUSAL: Duration = Duration::from_millis(500);

#[expect(clippy::disallowed_methods, reason = "a blocking probe runs on its own thread and must end in time")]
fn now() -> Instant {
    Instant::now()
}
