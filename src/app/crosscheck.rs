//! The same steps from this computer, on a thread of their own: name, port, suites one at a time, chain, the whole handshake
//! with the same files. No login and no MQTT message is ever sent.

use std::{
    io::{ErrorKind, Read},
    net::{IpAddr, SocketAddr, TcpStream},
    time::Duration,
};

use crossbeam_channel::{Receiver, RecvTimeoutError};

use crate::{
    certs::{CertificateFacts, FileFacts, FileRole, concerns, judge_chain, pairing},
    cli::check::crosscheck::resolve,
    diagnosis::{Here, HereStage, NameHere, PortHere, PortOutcome, WantedTls},
    model::{evidence::Target as Wish, request::Security},
    tls::{
        ClientConfig, ClientContext, ClientHello, HelloAnswer, SecurityLevel, Suite, SuiteAnswer, SuiteProbe, Target,
        TlsFailure, TlsVersion, VersionSetting, dial, probe_freely, probe_once,
    },
};

use super::clock::Clock;

/// What to try.
#[derive(Debug)]
pub(super) struct Order {
    /// What the modem was to reach, with its files.
    pub(super) wish: Wish,
    /// Where a virtual network leads the host to.
    pub(super) route: Option<SocketAddr>,
    /// Whether the table of suites ends at the first that is accepted.
    pub(super) is_quick: bool,
    /// This computer's clock in seconds since 1970.
    pub(super) now: i64,
    /// The module's clock and this computer's, read at the same time.
    pub(super) clocks: Option<(i64, i64)>,
}

/// A try under way.
struct Run<'a, F: FnMut(&Here)> {
    order: &'a Order,
    stop: &'a Receiver<()>,
    tell: F,
    here: Here,
}

/// Tries everything in turn and tells how far it is; ends early when `stop` is told or let go.
pub(super) fn run(order: &Order, stop: &Receiver<()>, tell: impl FnMut(&Here)) {
    let Wish { host, port, security, .. } = &order.wish;
    let here = Here {
        host: host.clone(),
        port: *port,
        is_tls: *security != Security::Plain,
        is_routed: order.route.is_some(),
        checked_at: Some(order.now),
        wanted: wanted(order),
        ..Here::default()
    };
    let mut run = Run { order, stop, tell, here };
    let end = if run.steps().is_some() { HereStage::Done } else { HereStage::Stopped };
    run.enter(end);
}

fn wanted(order: &Order) -> WantedTls {
    let Wish { security, tls, .. } = &order.wish;
    let authority = files(security).0.and_then(|bytes| {
        let facts = FileFacts::read(bytes);
        facts.certificates().next().map(|one| one.subject.clone())
    });
    WantedTls {
        checks_server: matches!(security, Security::Server { .. } | Security::Mutual { .. }),
        shows_certificate: matches!(security, Security::Mutual { .. }),
        suite: tls.suite.and_then(|suite| Suite::from_id(suite as u16)),
        ignores_clock: tls.ignore_clock,
        clocks: order.clocks,
        authority,
        server_name: tls.server_name.clone(),
    }
}

impl<F: FnMut(&Here)> Run<'_, F> {
    /// `None` when it was stopped.
    fn steps(&mut self) -> Option<()> {
        self.enter(HereStage::Name);
        let Some(addresses) = self.resolve() else { return Some(()) };
        self.go_on(Duration::ZERO)?;
        self.enter(HereStage::Port);
        let Some(address) = self.open(&addresses) else { return Some(()) };
        let name = server_name(&self.order.wish);
        let target = Target { address, server_name: name.as_deref(), limit: LIMIT };
        self.offer(&target)?;
        if !self.here.is_tls {
            return Some(());
        }
        self.go_on(PAUSE)?;
        self.enter(HereStage::Chain);
        self.read_chain(&target);
        self.go_on(PAUSE)?;
        self.enter(HereStage::AsModule);
        self.judge_files();
        self.shake_hands(&target);
        Some(())
    }

    fn enter(&mut self, stage: HereStage) {
        self.here.stage = stage;
        (self.tell)(&self.here);
    }

    /// Waits as long as is polite; `None` when it is over.
    fn go_on(&self, pause: Duration) -> Option<()> {
        (self.stop.recv_timeout(pause) == Err(RecvTimeoutError::Timeout)).then_some(())
    }

    fn resolve(&mut self) -> Option<Vec<SocketAddr>> {
        if let Some(address) = self.order.route {
            self.here.name = Some(NameHere::Found(vec![address.ip()], Duration::ZERO));
            return Some(vec![address]);
        }
        let clock = Clock::start();
        let (host, port) = (self.here.host.clone(), self.here.port);
        let is_numeric = host.parse::<IpAddr>().is_ok();
        let found = resolve(host, port);
        self.here.name = Some(match &found {
            _ if is_numeric => NameHere::Numeric,
            None => NameHere::Silent,
            Some(list) if list.is_empty() => NameHere::Unknown,
            Some(list) => NameHere::Found(list.iter().map(SocketAddr::ip).collect(), clock.elapsed()),
        });
        found.filter(|list| !list.is_empty())
    }

    /// Opens the port and listens a moment: an MQTT broker never speaks first.
    fn open(&mut self, addresses: &[SocketAddr]) -> Option<SocketAddr> {
        // The modem's bearer is IPv4.
        let address = *addresses.iter().find(|address| address.is_ipv4()).or_else(|| addresses.first())?;
        let clock = Clock::start();
        let opened = TcpStream::connect_timeout(&address, LIMIT);
        let took = clock.elapsed();
        let outcome = match opened {
            Ok(stream) => listen(stream),
            Err(error) => match error.kind() {
                ErrorKind::ConnectionRefused => PortOutcome::Refused,
                ErrorKind::TimedOut | ErrorKind::WouldBlock => PortOutcome::Silent,
                _ => PortOutcome::NoWay(error.to_string()),
            },
        };
        let is_open = outcome == PortOutcome::Open;
        self.here.port_here = Some(PortHere { address, outcome, took });
        is_open.then_some(address)
    }

    /// The module's suites together, without a name, and one at a time.
    fn offer(&mut self, target: &Target<'_>) -> Option<()> {
        let ask = |suites: &[Suite], name| probe_once(target, &ClientHello::as_module(suites, name));
        self.enter(HereStage::Suites(0));
        let together = ask(&Suite::ALL, target.server_name);
        let speaks_tls = matches!(together, Ok(HelloAnswer::Accepted(_) | HelloAnswer::Alert(_)));
        self.here.suites = Some(SuiteProbe { together, each: Vec::new() });
        if !speaks_tls || !self.here.is_tls {
            return Some(());
        }
        if target.server_name.is_some() {
            self.go_on(PAUSE)?;
            self.here.unnamed = Some(ask(&Suite::ALL, None));
        }
        for (place, suite) in Suite::ALL.into_iter().enumerate() {
            self.go_on(PAUSE)?;
            let answer = SuiteAnswer { suite, answer: ask(&[suite], target.server_name) };
            let is_enough = self.order.is_quick && answer.is_accepted();
            if let Some(probe) = &mut self.here.suites {
                probe.each.push(answer);
            }
            self.enter(HereStage::Suites(place + 1));
            if is_enough {
                break;
            }
        }
        Some(())
    }

    fn read_chain(&mut self, target: &Target<'_>) {
        let free = probe_freely(target);
        let chain = free.chain();
        self.here.chain = chain.iter().filter_map(|der| CertificateFacts::from_der(der)).collect();
        let ca = files(&self.order.wish.security).0;
        let name = self.order.wish.tls.server_name.as_deref().unwrap_or(&self.here.host);
        let judge = |clock| ca.and_then(|ca| judge_chain(chain, ca, Some(name), clock));
        self.here.judged = judge(self.order.now);
        // The module's clock went on as long as this computer's did since both were read.
        self.here.judged_by_module = self.order.clocks.and_then(|(module, pc)| judge(module + (self.order.now - pc)));
        self.here.free = Some(free);
    }

    fn judge_files(&mut self) {
        let (ca, certificate, key) = files(&self.order.wish.security);
        let roles = [(FileRole::Authority, ca), (FileRole::ClientCertificate, certificate), (FileRole::ClientKey, key)];
        for (role, bytes) in roles.into_iter().filter_map(|(role, bytes)| Some((role, bytes?))) {
            let all = concerns(&FileFacts::read(bytes), role, self.order.now);
            self.here.files.extend(all.into_iter().map(|concern| (role, concern)));
        }
        if let (Some(certificate), Some(key)) = (certificate, key) {
            self.here.pairing = Some(pairing(certificate, key));
        }
    }

    /// As the module would, when its files are at hand.
    fn shake_hands(&mut self, target: &Target<'_>) {
        let Some(config) = config(&self.order.wish, target.server_name, self.order.now) else { return };
        let result = ClientContext::new(&config)
            .map_err(TlsFailure::refused)
            .and_then(|context| dial(&context, target).map(|(_, established)| established));
        self.here.as_module = Some(result);
    }
}

/// The module's handshake; `None` when a file that it needs lies on the module only.
fn config(wish: &Wish, name: Option<&str>, now: i64) -> Option<ClientConfig> {
    let suites = match wish.tls.suite.and_then(|suite| Suite::from_id(suite as u16)) {
        Some(suite) => vec![suite],
        None => Suite::ALL.to_vec(),
    };
    let pinned = wish.tls.version.and_then(|version| VersionSetting::from_number(version as u8));
    let mut config = ClientConfig::as_module(pinned.unwrap_or(VersionSetting::All), &suites);
    config.sni = name.map(str::to_owned);
    config.ignore_dates = wish.tls.ignore_clock;
    config.clock = Some(now);
    let (ca, certificate, key) = files(&wish.security);
    match &wish.security {
        Security::Plain => return None,
        Security::Encrypted => {}
        Security::Server { .. } => {
            config.level = SecurityLevel::Server;
            config = config.trusting(ca?);
        }
        Security::Mutual { .. } => {
            config.level = SecurityLevel::Mutual;
            config = config.trusting(ca?).presenting(certificate?, key?);
        }
    }
    debug_assert!(config.versions.1 <= TlsVersion::Tls12, "the module ends there");
    Some(config)
}

/// CA, client certificate and key, as far as their bytes are here.
type Files<'a> = (Option<&'a [u8]>, Option<&'a [u8]>, Option<&'a [u8]>);

fn files(security: &Security) -> Files<'_> {
    fn bytes(file: &crate::model::request::FileRef) -> Option<&[u8]> {
        file.contents.as_ref().map(crate::model::request::Contents::bytes)
    }
    match security {
        Security::Plain | Security::Encrypted => (None, None, None),
        Security::Server { ca } => (bytes(ca), None, None),
        Security::Mutual { ca, certificate, key } => (bytes(ca), bytes(certificate), bytes(key)),
    }
}

/// The name that the module would send: an address is never one.
fn server_name(wish: &Wish) -> Option<String> {
    let name = wish.tls.server_name.clone().unwrap_or_else(|| wish.host.clone());
    name.parse::<IpAddr>().is_err().then_some(name)
}

fn listen(mut stream: TcpStream) -> PortOutcome {
    let mut first = [0; 256];
    if stream.set_read_timeout(Some(LISTEN)).is_err() {
        return PortOutcome::Open;
    }
    match stream.read(&mut first) {
        Ok(0) => PortOutcome::Closes,
        Ok(count) => PortOutcome::Speaks(first[..count].to_vec()),
        Err(error) if matches!(error.kind(), ErrorKind::ConnectionReset) => PortOutcome::Closes,
        Err(_) => PortOutcome::Open,
    }
}

/// The longest that one connection may take.
const LIMIT: Duration = Duration::from_secs(5);
/// Between two connections: some brokers count them.
const PAUSE: Duration = Duration::from_millis(300);
/// How long an open port may speak first.
const LISTEN: Duration = Duration::from_millis(500);
