//! The module-like client and the probes at a real mosquitto, which stands on another OpenSSL than ours.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use air780e_companion::{
    sim::range::{ClientKind, HOST, Range, RangeConfig},
    tls::{
        Alert, ClientConfig, ClientHello, FailureCause, HelloAnswer, Suite, TlsFailure, TlsVersion, VerifyCode,
        VersionSetting,
        authority::{Authority, KeyKind, LeafSpec},
        probe_freely, probe_once, probe_suites,
    },
};

use crate::{
    bench::{LIMIT, connect, is_silent_end, target},
    kit::mosquitto::Mosquitto,
};

/// A mosquitto with a certificate of the range's root.
struct Bench {
    range: Range,
    mosquitto: Mosquitto,
    certificate: Vec<u8>,
}

impl Bench {
    /// `settings` follow the lines for certificate and key; files of the range's clients come from its root.
    fn new(key: KeyKind, settings: &str) -> Self {
        let now = now();
        let range = Range::start(&RangeConfig { now, upstream: None, faults: Vec::new() }).unwrap();
        let root = Authority::root("Bench Root", KeyKind::Rsa(2048), 0, now).unwrap();
        let server = root.issue(&LeafSpec { key, ..LeafSpec::server(&[HOST], now) }).unwrap();
        let certificate = server.certificate_pem().unwrap();
        let mosquitto = Mosquitto::start(|folder| {
            let file = |name: &str, bytes: &[u8]| {
                fs::write(folder.join(name), bytes).unwrap();
                format!("{}", folder.join(name).display())
            };
            format!(
                "allow_anonymous true\ncertfile {}\nkeyfile {}\ncafile {}\n{settings}",
                file("server.crt", &certificate),
                file("server.key", &server.key_pem().unwrap()),
                file("ca.crt", range.files().ca()),
            )
        });
        Self { range, mosquitto, certificate }
    }

    fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.mosquitto.port))
    }

    fn module(&self) -> ClientConfig {
        let config = ClientConfig::as_module(VersionSetting::All, &Suite::ALL);
        config.for_host(HOST).trusting(self.range.files().ca())
    }

    fn fails(&self, config: &ClientConfig) -> TlsFailure {
        connect(config, self.address()).map(|(_, done)| done.suite_name).unwrap_err()
    }
}

#[test]
fn it_takes_the_modules_aes_suites_and_no_others() {
    let bench = Bench::new(KeyKind::Rsa(2048), "");
    for suite in Suite::ALL.into_iter().filter(|suite| suite.is_built_in()) {
        let config = ClientConfig { suites: Some(vec![suite]), ..bench.module() };
        assert_eq!(connect(&config, bench.address()).unwrap().1.suite, suite.id());
    }
    let probe = probe_suites(&target(bench.address(), LIMIT), || true);
    let accepted: Vec<_> = probe.each.iter().filter(|row| row.is_accepted()).map(|row| row.suite).collect();
    assert_eq!(accepted, [Suite::Aes256Sha, Suite::Aes128Sha, Suite::Aes256Sha256]);
}

#[test]
fn it_judges_client_certificates_by_the_same_alerts() {
    let bench = Bench::new(KeyKind::Rsa(2048), "require_certificate true\n");
    let alert = |kind| {
        let files = bench.range.files().client(kind);
        bench.fails(&bench.module().presenting(&files.certificate, &files.key)).cause
    };
    assert_eq!(alert(ClientKind::Expired), FailureCause::PeerAlert(Alert::CERTIFICATE_EXPIRED));
    assert_eq!(alert(ClientKind::OtherAuthority), FailureCause::PeerAlert(Alert::UNKNOWN_CA));
    assert_eq!(alert(ClientKind::ServerPurpose), FailureCause::PeerAlert(Alert::UNSUPPORTED_CERTIFICATE));
    assert_eq!(bench.fails(&bench.module()).cause, FailureCause::PeerAlert(Alert::HANDSHAKE_FAILURE));
    let good = bench.range.files().client(ClientKind::Good);
    connect(&bench.module().presenting(&good.certificate, &good.key), bench.address()).unwrap();
    assert!(probe_freely(&target(bench.address(), LIMIT)).demands_certificate);
}

/// Under TLS 1.3 the client believes that it is in; the refusal follows.
#[test]
fn a_demand_under_tls13_is_learnt_from_the_late_refusal() {
    let demanding = Bench::new(KeyKind::Rsa(2048), "tls_version tlsv1.3\nrequire_certificate true\n");
    let probe = probe_freely(&target(demanding.address(), LIMIT));
    assert!(probe.tls13.is_ok() && probe.up_to_tls12.is_err());
    assert!(probe.demands_certificate);
    let open = Bench::new(KeyKind::Rsa(2048), "tls_version tlsv1.3\n");
    assert!(!probe_freely(&target(open.address(), LIMIT)).demands_certificate);
}

/// It sends the root of its `cafile` along, so the check ends in a root that is not trusted: 19, not 20.
#[test]
fn a_twin_of_its_authority_and_its_own_certificate_are_no_ca() {
    let bench = Bench::new(KeyKind::Rsa(2048), "");
    let twin = Authority::root("Bench Root", KeyKind::Rsa(2048), 2, now()).unwrap().certificate_pem().unwrap();
    for ca in [&twin, &bench.certificate] {
        let cause = bench.fails(&bench.module().trusting(ca)).cause;
        let code = VerifyCode::SELF_SIGNED_IN_CHAIN;
        assert_eq!(cause, FailureCause::Untrusted { code, alert: Some(Alert::UNKNOWN_CA) });
    }
}

#[test]
fn its_restrictions_have_their_alerts() {
    let cases = [
        (KeyKind::Rsa(2048), "ciphers ECDHE+AESGCM\n", Alert::HANDSHAKE_FAILURE),
        (KeyKind::P256, "", Alert::HANDSHAKE_FAILURE),
        (KeyKind::Rsa(2048), "tls_version tlsv1.3\n", Alert::PROTOCOL_VERSION),
    ];
    for (key, settings, alert) in cases {
        let bench = Bench::new(key, settings);
        assert_eq!(bench.fails(&bench.module()).cause, FailureCause::PeerAlert(alert), "{key:?} {settings}");
        let hello = ClientHello::as_module(&Suite::ALL, Some(HOST));
        let answer = probe_once(&target(bench.address(), LIMIT), &hello);
        assert_eq!(answer, Ok(HelloAnswer::Alert(alert)), "{key:?} {settings}");
    }
}

#[test]
fn its_answers_to_old_hellos_are_those_of_the_bench() {
    let bench = Bench::new(KeyKind::Rsa(2048), "");
    let offer = ClientHello::as_module(&Suite::ALL, Some(HOST));
    let answer = |hello| probe_once(&target(bench.address(), LIMIT), &hello);
    assert_eq!(
        answer(ClientHello { version: TlsVersion::Tls10, ..offer.clone() }),
        Ok(HelloAnswer::Alert(Alert::PROTOCOL_VERSION))
    );
    assert!(matches!(
        answer(ClientHello { version: TlsVersion::Tls11, ..offer.clone() }),
        Ok(HelloAnswer::Alert(Alert::INTERNAL_ERROR | Alert::PROTOCOL_VERSION))
    ));
    assert_eq!(
        answer(ClientHello { signature_algorithms: false, ..offer }),
        Ok(HelloAnswer::Alert(Alert::HANDSHAKE_FAILURE))
    );
}

#[test]
fn its_plain_port_ends_a_handshake_without_a_word() {
    let mosquitto = Mosquitto::start(|_: &Path| "allow_anonymous true\n".to_owned());
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, mosquitto.port));
    let failure = connect(&ClientConfig::default(), address).map(|_| ()).unwrap_err();
    assert!(is_silent_end(&failure.cause), "{failure:?}");
}

#[expect(clippy::disallowed_methods, reason = "mosquitto checks dates against the real clock")]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    since.as_secs().try_into().unwrap()
}
