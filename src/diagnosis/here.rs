//! What this computer got when it tried the same steps as the modem: name, port, suites, certificates.
//!
//! Data only; whoever tries it stands elsewhere. A login is part of it only when the user agreed to one.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use crate::{
    air780e::verb::{Awaited, Line, Verb},
    certs::{CertificateFacts, ChainJudgement, Concern, FileRole, Pairing},
    modem::event::Fault,
    tls::{
        CertificateRequest, Established, FailureCause, FreeProbe, HelloAnswer, SecurityLevel, Suite, SuiteProbe,
        TlsFailure, TlsVersion,
    },
};

/// How far a check from this computer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HereStage {
    /// Resolving the name.
    #[default]
    Name,
    /// Opening the port.
    Port,
    /// Offering suites, so many done.
    Suites(usize),
    /// Shaking hands freely for the chain.
    Chain,
    /// Shaking hands as the module would.
    AsModule,
    /// All asked for was tried.
    Done,
    /// Stopped by the user.
    Stopped,
}

impl HereStage {
    /// Whether it is still under way.
    pub const fn is_running(self) -> bool {
        !matches!(self, Self::Done | Self::Stopped)
    }
}

/// A check from this computer, as far as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Here {
    /// The host asked for.
    pub host: String,
    /// The port asked for.
    pub port: u16,
    /// Whether the modem's connection is encrypted.
    pub is_tls: bool,
    /// Whether a virtual network leads the host elsewhere: then its address says nothing of the mobile network.
    pub is_routed: bool,
    /// This computer's clock in seconds since 1970; `None` when dates shall not be judged.
    pub checked_at: Option<i64>,
    /// How far it is.
    pub stage: HereStage,
    /// What the name led to.
    pub name: Option<NameHere>,
    /// What the port said.
    pub port_here: Option<PortHere>,
    /// What the server takes of the module's suites.
    pub suites: Option<SuiteProbe>,
    /// Its answer to the version that the module is pinned to, where that is older than TLS 1.2.
    pub pinned_version: Option<Result<HelloAnswer, FailureCause>>,
    /// Its answer to the same offer without signature algorithms, as old stacks make it.
    pub without_algorithms: Option<Result<HelloAnswer, FailureCause>>,
    /// What a client gets that names no server, where a named one gets an agreement.
    pub unnamed: Option<Unnamed>,
    /// Whether a port that drops the offer answers as an MQTT broker without TLS. `None`: it was not asked.
    pub is_mqtt_in_clear: Option<bool>,
    /// The answer of a port that drops the offer to the same one with the header of a proxy (PROXY protocol) in front.
    pub behind_proxy: Option<Result<HelloAnswer, FailureCause>>,
    /// The status line of a web server, when one answers there.
    pub web: Option<String>,
    /// What the server is without the module's limits.
    pub free: Option<FreeProbe>,
    /// The server's chain, leaf first.
    pub chain: Vec<CertificateFacts>,
    /// The chain by the CA file, the name and this computer's clock. The CA file's absence makes it `None`.
    pub judged: Option<ChainJudgement>,
    /// The chain by the module's clock, when that is known.
    pub judged_by_module: Option<ChainJudgement>,
    /// The whole handshake as the module would do it with the same files.
    pub as_module: Option<Result<Established, TlsFailure>>,
    /// What a login came to, when the user agreed to one.
    pub login: Option<LoginHere>,
    /// What the broker granted to the filters that were to be tried with it.
    pub granted: Vec<Granted>,
    /// What speaks against the files in use.
    pub files: Vec<(FileRole, Concern)>,
    /// Whether client certificate and key belong together.
    pub pairing: Option<Pairing>,
    /// What the module's connection wants.
    pub wanted: WantedTls,
    /// Whether no module was tried and none will be: what stands here is the whole case.
    pub is_scan: bool,
    /// The whole handshake as the module would do it at each security level, as far as it was tried. Of a scan only.
    pub by_level: [Option<Result<Established, TlsFailure>>; 3],
    /// The server's answers to the module's offer in versions older than TLS 1.2. Of a scan only.
    pub old_versions: Vec<(TlsVersion, Result<HelloAnswer, FailureCause>)>,
    /// What a client gets that names another server, where a named one gets an agreement. Of a scan only.
    pub misnamed: Option<Unnamed>,
    /// How many connections were opened. Of a scan only.
    pub connections: usize,
}

/// What the module's connection wants of TLS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WantedTls {
    /// The highest level of security that there are files for.
    pub level: SecurityLevel,
    /// Whether the server is checked.
    pub checks_server: bool,
    /// Whether the module shows a certificate.
    pub shows_certificate: bool,
    /// The only suite offered, if there is one.
    pub suite: Option<Suite>,
    /// The only version spoken, if there is one.
    pub version: Option<TlsVersion>,
    /// Whether dates are left unchecked.
    pub ignores_clock: bool,
    /// The module's clock and this computer's in seconds since 1970, read at the same time.
    pub clocks: Option<(i64, i64)>,
    /// Subject of the CA file's first certificate.
    pub authority: Option<String>,
    /// The name set for SNI and the certificate, where it is not the host.
    pub server_name: Option<String>,
}

/// What a name led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameHere {
    /// The host is an address.
    Numeric,
    /// These addresses, after so long.
    Found(Vec<IpAddr>, Duration),
    /// There is no such name, or none with an address: the resolver is sure (NXDOMAIN, NODATA).
    Unknown,
    /// The resolver did not answer in time.
    Silent,
    /// This computer's resolver could not find out: that says nothing of the name.
    Failed(NameFailure),
}

/// Why a resolver could not find out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFailure {
    /// It says: not now. No name server answers, or one is in trouble.
    Temporary,
    /// This computer knows no way to anywhere.
    NoNetwork,
    /// It failed with this number of the system's.
    Resolver(i32),
}

/// What a client gets that names no server in its offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unnamed {
    /// The same as everybody.
    Same,
    /// The certificate of this subject, which is another.
    OtherCertificate(String),
    /// No agreement.
    Refused(FailureCause),
}

/// What a login from this computer came to, under another client id than the module's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginHere {
    /// The code of the CONNACK; 0 is a welcome.
    Answered(u8),
    /// The broker closed without a word.
    Closed,
    /// Nothing came in time.
    Silent,
    /// Something came that is no CONNACK.
    Other,
}

/// What a broker granted to a topic filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// The filter.
    pub filter: String,
    /// The quality of service asked for.
    pub asked: u8,
    /// The one granted; `None` when it was refused.
    pub given: Option<u8>,
}

/// What a port said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortHere {
    /// The address tried.
    pub address: SocketAddr,
    /// What came.
    pub outcome: PortOutcome,
    /// After so long.
    pub took: Duration,
}

/// How a port answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortOutcome {
    /// It opens.
    Open,
    /// It opens and speaks first, which no MQTT broker does.
    Speaks(Vec<u8>),
    /// It opens and closes at once.
    Closes,
    /// It refuses.
    Refused,
    /// Nobody answers.
    Silent,
    /// This computer has no way there.
    NoWay(io::ErrorKind),
}

/// Whether a server asks its clients for a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// It does not.
    Nothing,
    /// It asks, and goes on without.
    Optional,
    /// It lets nobody in without.
    Required,
}

impl Here {
    /// Whether a client certificate is asked for, told from what the server did when it got none; `None` when no handshake came so
    /// far. A wish alone is not visible under TLS 1.3.
    pub fn client_certificate(&self) -> Option<Demand> {
        let free = self.free.as_ref();
        let asks_in = |result: &Result<Established, TlsFailure>| match result {
            Ok(established) if established.seen.certificate_request.is_some() => Some(Demand::Optional),
            Ok(_) => Some(Demand::Nothing),
            Err(failure) if failure.is_for_want_of_certificate() => Some(Demand::Required),
            Err(_) => None,
        };
        let unchecked = self.by_level[0].as_ref().and_then(asks_in);
        let freely = free.and_then(|free| asks_in(&free.up_to_tls12));
        let modern = free
            .filter(|free| free.tls13.is_ok())
            .map(|free| if free.demands_certificate { Demand::Required } else { Demand::Nothing });
        unchecked.or(freely).or(modern)
    }

    /// The demand for a client certificate as the server sent it; TLS 1.3 hides it.
    pub fn certificate_request(&self) -> Option<&CertificateRequest> {
        let seen = self.by_level[0].as_ref().map(|result| match result {
            Ok(established) => &established.seen,
            Err(failure) => &failure.seen,
        });
        let unchecked = seen.and_then(|seen| seen.certificate_request.as_ref());
        unchecked.or_else(|| self.free.as_ref().and_then(FreeProbe::certificate_request))
    }

    /// What a scan shows of security level `level` alone: with no more files and wishes than that level has.
    #[must_use]
    pub fn at_level(&self, level: SecurityLevel) -> Self {
        let is_of_level = |role: FileRole| match role {
            FileRole::Authority => level >= SecurityLevel::Server,
            FileRole::ClientCertificate | FileRole::ClientKey => level == SecurityLevel::Mutual,
        };
        let mut one = self.clone();
        one.as_module.clone_from(&self.by_level[level as usize]);
        one.wanted.checks_server = level >= SecurityLevel::Server;
        one.wanted.shows_certificate = level == SecurityLevel::Mutual;
        one.files.retain(|(role, _)| is_of_level(*role));
        one.pairing = one.pairing.filter(|_| level == SecurityLevel::Mutual);
        one
    }

    /// Whether the port opened and stayed open.
    pub const fn is_open(&self) -> bool {
        matches!(&self.port_here, Some(PortHere { outcome: PortOutcome::Open, .. }))
    }

    /// Whether the port answered anything in TLS.
    pub fn speaks_tls(&self) -> bool {
        let in_short = matches!(self.together(), Some(Ok(HelloAnswer::Accepted(_) | HelloAnswer::Alert(_))));
        in_short || self.free.as_ref().is_some_and(FreeProbe::has_agreed)
    }

    /// Whether the server took the module's offer, when it was made first.
    pub fn is_taken(&self) -> bool {
        matches!(self.together(), Some(Ok(HelloAnswer::Accepted(_))))
    }

    /// The server's answer to all of the module's suites at once.
    pub fn together(&self) -> Option<&Result<HelloAnswer, FailureCause>> {
        self.suites.as_ref().map(|probe| &probe.together)
    }
}

/// The step of a connection that failed, where this computer can try the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailedStep {
    /// Resolving the name.
    Name,
    /// Opening the link.
    Link {
        /// Whether by the encrypted command.
        is_encrypted: bool,
    },
    /// Logging in, over a link that had opened.
    Login {
        /// Whether the broker refused it in so many words.
        is_refused: bool,
    },
}

impl FailedStep {
    /// The step that `fault` is about.
    pub fn of(fault: &Fault) -> Option<Self> {
        match fault {
            Fault::NotResolved { .. } => Some(Self::Name),
            Fault::BadOutcome { command, expected, got, .. } => Self::awaiting(command, *expected, got == "ERROR"),
            Fault::TimedOut { command, expected, .. } => Self::awaiting(command, *expected, false),
            _ => None,
        }
    }

    fn awaiting(command: &Line, expected: Awaited, is_refused: bool) -> Option<Self> {
        match expected {
            Awaited::Link => Some(Self::Link { is_encrypted: command.verb() == Verb::OpenTls }),
            Awaited::Login => Some(Self::Login { is_refused }),
            _ => None,
        }
    }

    /// Whether this computer's own try can say more: a refused login was read by a broker, so the way to it is good.
    pub const fn calls_for_a_look(self) -> bool {
        !matches!(self, Self::Login { is_refused: true })
    }
}
