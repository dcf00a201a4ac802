//! The range that all tests share, and a client as the module is one.

use std::{net::SocketAddr, time::Duration};

use air780e_companion::{
    broker::{Server, ServerConfig},
    sim::range::{Fault, HOST, Range, RangeConfig},
    tls::{
        ClientConfig, ClientContext, Established, FailureCause, Limited, Suite, Target, TlsConnection, TlsFailure,
        TlsVersion, VersionSetting, dial,
    },
};

/// The time around which certificates are made and against which they are checked. Certificates are made for it,
/// so no test depends on the day on which it runs.
pub(crate) const NOW: i64 = 1_790_000_000;

/// Long enough for a slow machine; only a listener that stays silent makes a test wait, and that one asks for less.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);

/// A range with nothing behind it.
pub(crate) fn range(faults: &[Fault]) -> Range {
    Range::start(&RangeConfig { now: NOW, upstream: None, faults: faults.to_vec() }).unwrap()
}

/// A range with a broker behind it, which ends with the returned value.
pub(crate) fn range_with_broker(faults: &[Fault]) -> (Range, Server) {
    let broker = Server::start(ServerConfig::default()).unwrap();
    let upstream = Some(broker.local_addr());
    (Range::start(&RangeConfig { now: NOW, upstream, faults: faults.to_vec() }).unwrap(), broker)
}

/// The module with TLS 1.2, all suites, the range's root as CA and the name checked.
pub(crate) fn module(range: &Range) -> ClientConfig {
    let config = ClientConfig::as_module(VersionSetting::Only(TlsVersion::Tls12), &Suite::ALL);
    ClientConfig { clock: Some(NOW), ..config.for_host(HOST).trusting(range.files().ca()) }
}

pub(crate) fn target(address: SocketAddr, limit: Duration) -> Target<'static> {
    Target { address, server_name: Some(HOST), limit }
}

pub(crate) fn connect(
    config: &ClientConfig,
    address: SocketAddr,
) -> Result<(TlsConnection<Limited>, Established), TlsFailure> {
    let context = ClientContext::new(config).map_err(TlsFailure::refused)?;
    dial(&context, &target(address, LIMIT))
}

/// What a failed connection must show: how far it came and what ended it.
#[track_caller]
pub(crate) fn assert_fails(config: &ClientConfig, address: SocketAddr, what: &str) -> TlsFailure {
    match connect(config, address) {
        Ok((_, established)) => panic!("{what}: works with {}", established.suite_name),
        Err(failure) => failure,
    }
}

/// A connection that ended without a word: closed or reset, as the system's timing decides.
pub(crate) fn is_silent_end(cause: &FailureCause) -> bool {
    matches!(cause, FailureCause::Closed | FailureCause::Broken(_))
}
