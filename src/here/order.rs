//! What shall be tried, and how thoroughly.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use crate::{
    diagnosis::here::{Here, WantedTls},
    modem::request::{Security, TlsOptions},
    tls::{ClientConfig, SecurityLevel, Suite, TlsVersion, VersionSetting},
};

use super::{files::Files, login::Login};

/// How thorough a try is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Depth {
    /// Name, port, the module's suites at once, chain, and the handshake as the module: 1 to 3 s where somebody answers, 5 s at
    /// most.
    #[default]
    Quick,
    /// The same with each suite alone and politer pauses, a minute at most.
    Full,
    /// Everything about a server without any module: its suites, versions, chain and wishes, with each level of security tried for
    /// which there are files. Twelve connections and twenty seconds at most, [`Order::limit`] if that is set.
    Scan,
}

impl Depth {
    /// The longest for everything, the last connection's own grace not counted.
    pub(super) const fn whole(self) -> Duration {
        match self {
            Self::Quick => Duration::from_millis(4_500),
            Self::Full => Duration::from_mins(1),
            Self::Scan => Duration::from_millis(19_500),
        }
    }

    /// The longest for one connection.
    pub(super) const fn connection(self) -> Duration {
        match self {
            Self::Quick => Duration::from_millis(2_500),
            Self::Full | Self::Scan => Duration::from_secs(5),
        }
    }

    /// The longest for the resolver.
    pub(super) const fn resolver(self) -> Duration {
        match self {
            Self::Quick => Duration::from_millis(2_500),
            Self::Full | Self::Scan => Duration::from_secs(5),
        }
    }

    /// Between two connections: some brokers count them.
    pub(super) const fn pause(self) -> Duration {
        match self {
            Self::Quick => Duration::from_millis(50),
            Self::Full | Self::Scan => Duration::from_millis(300),
        }
    }

    /// How long an open port may speak first.
    pub(super) const fn listening(self) -> Duration {
        match self {
            Self::Quick => Duration::from_millis(250),
            Self::Full | Self::Scan => Duration::from_millis(500),
        }
    }

    /// The most connections; a scan is for servers of others, some of which count them.
    pub(super) const fn connections(self) -> usize {
        match self {
            Self::Quick | Self::Full => usize::MAX,
            Self::Scan => 12,
        }
    }
}

/// What shall be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Host as the module was given it.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// How the module's way is protected, with its files.
    pub security: Security,
    /// The details of the protection.
    pub tls: TlsOptions,
    /// Where a virtual network leads the host to: then no name is resolved.
    pub route: Option<SocketAddr>,
    /// How thorough.
    pub depth: Depth,
    /// The longest for everything, where it shall not be the depth's own.
    pub limit: Option<Duration>,
    /// This computer's clock in seconds since 1970.
    pub today: i64,
    /// The module's clock and this computer's in seconds since 1970, read at the same time.
    pub clocks: Option<(i64, i64)>,
    /// Whether the module's link opened and what failed came later: then what stands behind the handshake counts too.
    pub was_open: bool,
    /// A login at the broker. Nothing is sent of it unless the user agreed.
    pub login: Option<Login>,
}

impl Order {
    /// A quick try, without a login.
    pub fn quick(host: impl Into<String>, port: u16, security: Security, tls: TlsOptions, today: i64) -> Self {
        let host = host.into();
        Self {
            host,
            port,
            security,
            tls,
            route: None,
            depth: Depth::Quick,
            limit: None,
            today,
            clocks: None,
            was_open: false,
            login: None,
        }
    }

    /// A scan of a server, without any module: by `security` the files that a module would have.
    pub fn scan(host: impl Into<String>, port: u16, security: Security, tls: TlsOptions, today: i64) -> Self {
        Self { depth: Depth::Scan, ..Self::quick(host, port, security, tls, today) }
    }

    /// The longest for everything, with a moment left for what ends at its own limit.
    pub(super) fn whole(&self) -> Duration {
        self.limit.map_or(self.depth.whole(), |limit| limit.saturating_sub(END.min(limit / 5)))
    }

    /// The highest level of security that there are files for.
    pub(super) const fn level(&self) -> SecurityLevel {
        match self.security {
            Security::Plain | Security::Encrypted => SecurityLevel::Unchecked,
            Security::Server { .. } => SecurityLevel::Server,
            Security::Mutual { .. } => SecurityLevel::Mutual,
        }
    }

    pub(super) const fn is_scan(&self) -> bool {
        matches!(self.depth, Depth::Scan)
    }

    /// Whether the module's way is encrypted.
    pub fn is_tls(&self) -> bool {
        self.security != Security::Plain
    }

    /// The answer before anything was tried.
    pub(super) fn untried(&self) -> Here {
        Here {
            host: self.host.clone(),
            port: self.port,
            is_tls: self.is_tls(),
            is_routed: self.route.is_some(),
            checked_at: Some(self.today),
            wanted: self.wanted(),
            is_scan: self.is_scan(),
            ..Here::default()
        }
    }

    fn wanted(&self) -> WantedTls {
        WantedTls {
            level: self.level(),
            // A scan says what a check would find, also while there is no file to check with.
            checks_server: self.is_scan() || self.level() >= SecurityLevel::Server,
            shows_certificate: matches!(self.security, Security::Mutual { .. }),
            suite: self.suite(),
            version: self.pinned_version(),
            ignores_clock: self.tls.ignore_clock,
            clocks: self.clocks,
            authority: self.files().authority(),
            server_name: self.tls.server_name.clone(),
        }
    }

    pub(super) fn suite(&self) -> Option<Suite> {
        self.tls.suite.and_then(|suite| Suite::from_id(suite as u16))
    }

    fn version(&self) -> Option<VersionSetting> {
        self.tls.version.and_then(|version| VersionSetting::from_number(version as u8))
    }

    /// The only version that the module may speak, where there is one.
    pub(super) fn pinned_version(&self) -> Option<TlsVersion> {
        match self.version()? {
            VersionSetting::Only(version) => Some(version),
            VersionSetting::All => None,
        }
    }

    /// The bytes of the module's files, as far as they are here.
    pub(super) fn files(&self) -> Files<'_> {
        Files::of(&self.security)
    }

    /// The name that the module would send: an address is never one.
    pub(super) fn server_name(&self) -> Option<String> {
        let name = self.tls.server_name.clone().unwrap_or_else(|| self.host.clone());
        name.parse::<IpAddr>().is_err().then_some(name)
    }

    /// The module's handshake; `None` when a file that it needs lies on the module only.
    pub(super) fn client(&self) -> Option<ClientConfig> {
        if self.is_tls() { self.client_at(self.level()) } else { None }
    }

    /// A handshake as this computer can do it, with the same files; `None` when one of them is not here.
    pub(super) fn free_client(&self) -> Option<ClientConfig> {
        let module = self.client()?;
        let free = ClientConfig::unrestricted();
        Some(ClientConfig { versions: free.versions, suites: None, ..module })
    }

    /// The module's handshake at this level; `None` when a file that it needs is not here.
    pub(super) fn client_at(&self, level: SecurityLevel) -> Option<ClientConfig> {
        let suites = self.suite().map_or_else(|| Suite::ALL.to_vec(), |suite| vec![suite]);
        let mut config = ClientConfig::as_module(self.version().unwrap_or(VersionSetting::All), &suites);
        config.sni = self.server_name();
        config.ignore_dates = self.tls.ignore_clock;
        config.clock = Some(self.today);
        let files = self.files();
        if level >= SecurityLevel::Server {
            config.expected_name.clone_from(&config.sni);
            config = config.trusting(files.ca?);
        }
        if level == SecurityLevel::Mutual {
            config = config.presenting(files.certificate?, files.key?);
        }
        Some(config)
    }
}

/// What is kept of a limit for the end.
const END: Duration = Duration::from_millis(500);

/// `quick`, `full`, `scan`.
impl fmt::Display for Depth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Quick => "quick",
            Self::Full => "full",
            Self::Scan => "scan",
        })
    }
}
