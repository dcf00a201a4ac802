//! What this computer got when it tried the same steps as the modem: name, port, suites, certificates.
//!
//! Data only; whoever tries it stands elsewhere. No login and no message is ever part of it.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use crate::{
    certs::{CertificateFacts, ChainJudgement, Concern, FileRole, Pairing},
    tls::{Established, FailureCause, FreeProbe, HelloAnswer, Suite, SuiteProbe, TlsFailure},
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
    /// Its answer to the same offer without a server name.
    pub unnamed: Option<Result<HelloAnswer, FailureCause>>,
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
    /// What speaks against the files in use.
    pub files: Vec<(FileRole, Concern)>,
    /// Whether client certificate and key belong together.
    pub pairing: Option<Pairing>,
    /// What the module's connection wants.
    pub wanted: WantedTls,
}

/// What the module's connection wants of TLS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WantedTls {
    /// Whether the server is checked.
    pub checks_server: bool,
    /// Whether the module shows a certificate.
    pub shows_certificate: bool,
    /// The only suite offered, if there is one.
    pub suite: Option<Suite>,
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
    /// There is no such name.
    Unknown,
    /// The resolver did not answer in time.
    Silent,
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
    NoWay(String),
}

impl Here {
    /// Whether the port opened and stayed open.
    pub const fn is_open(&self) -> bool {
        matches!(&self.port_here, Some(PortHere { outcome: PortOutcome::Open, .. }))
    }

    /// The server's answer to all of the module's suites at once.
    pub fn together(&self) -> Option<&Result<HelloAnswer, FailureCause>> {
        self.suites.as_ref().map(|probe| &probe.together)
    }
}
