//! The TLS port: the module's client with each of its suites, `mosquitto_pub`, and clients that mean no good.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    process::Command,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use air780e_companion::{
    broker::{CoreConfig, Limits, Server, ServerConfig, TlsListener},
    tls::{
        Alert, ClientConfig, ClientContext, Established, FailureCause, Limited, Suite, Target, TlsConnection,
        TlsFailure, TlsVersion, VersionSetting,
        authority::{Authority, Identity, KeyKind, LeafSpec},
        dial, probe_suites,
    },
};

use crate::{
    kit::LIMIT,
    support::{Subscriber, answers_ping, broker_with, connect, connected, is_closed},
};

/// An authority with one server and one client certificate, and a broker that shows the first.
pub(crate) struct Bench {
    pub(crate) ca: Vec<u8>,
    pub(crate) server_identity: Identity,
    pub(crate) client: Identity,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let now = now();
        let root = Authority::root("Broker Root", KeyKind::Rsa(2048), 0, now).unwrap();
        Self {
            ca: root.certificate_pem().unwrap(),
            server_identity: root.issue(&LeafSpec::server(&["localhost", "127.0.0.1"], now)).unwrap(),
            client: root.issue(&LeafSpec::client("module", now)).unwrap(),
        }
    }

    pub(crate) fn listener(&self) -> TlsListener {
        TlsListener {
            bind: SocketAddr::from(([127, 0, 0, 1], 0)),
            ca: None,
            certificate: self.server_identity.chain_pem().unwrap(),
            key: self.server_identity.key_pem().unwrap(),
            require_client_certificate: false,
        }
    }

    fn broker(&self) -> Server {
        start(self.listener(), CoreConfig::default())
    }

    fn demanding_broker(&self) -> Server {
        let ca = Some(self.ca.clone());
        start(TlsListener { ca, require_client_certificate: true, ..self.listener() }, CoreConfig::default())
    }

    fn module(&self, suites: &[Suite]) -> ClientConfig {
        let only = VersionSetting::Only(TlsVersion::Tls12);
        ClientConfig::as_module(only, suites).for_host("localhost").trusting(&self.ca)
    }
}

fn start(tls: TlsListener, core: CoreConfig) -> Server {
    broker_with(ServerConfig { tls: vec![tls], core, ..ServerConfig::default() })
}

#[expect(clippy::disallowed_methods, reason = "mosquitto_pub checks dates against the real clock")]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

fn reach(server: &Server, config: &ClientConfig) -> Result<(TlsConnection<Limited>, Established), TlsFailure> {
    reach_at(server.tls_addr().unwrap(), config)
}

fn reach_at(address: SocketAddr, config: &ClientConfig) -> Result<(TlsConnection<Limited>, Established), TlsFailure> {
    let context = ClientContext::new(config).unwrap();
    dial(&context, &Target { address, server_name: Some("localhost"), limit: LIMIT })
}

/// CONNECT, and what comes back until the connection ends or four bytes are there.
fn greet(connection: &mut TlsConnection<Limited>) -> std::io::Result<[u8; 4]> {
    connection.write_all(&connect(b'm'))?;
    let mut connack = [0; 4];
    connection.read_exact(&mut connack)?;
    Ok(connack)
}

#[test]
fn the_modules_suites_that_are_sound_reach_mqtt() {
    let bench = Bench::new();
    let server = bench.broker();
    for suite in Suite::ALL.into_iter().filter(|suite| suite.is_built_in()) {
        let (mut connection, established) = reach(&server, &bench.module(&[suite])).unwrap();
        assert_eq!(established.suite, suite.id());
        assert_eq!(greet(&mut connection).unwrap(), [0x20, 2, 0, 0], "{suite}");
    }
}

#[test]
fn the_modules_broken_suites_are_refused_with_handshake_failure() {
    let bench = Bench::new();
    let server = bench.broker();
    let address = server.tls_addr().unwrap();
    let target = Target { address, server_name: Some("localhost"), limit: LIMIT };
    let probe = probe_suites(&target, || true);
    let accepted: Vec<_> = probe.each.iter().filter(|row| row.is_accepted()).map(|row| row.suite).collect();
    assert_eq!(accepted, [Suite::Aes256Sha, Suite::Aes128Sha, Suite::Aes256Sha256]);
    for row in probe.each.iter().filter(|row| !row.is_accepted()) {
        assert!(format!("{:?}", row.answer).contains("Alert(40)"), "{row:?}");
    }
}

#[test]
fn tls_1_3_is_spoken_too() {
    let bench = Bench::new();
    let server = bench.broker();
    let config = ClientConfig::unrestricted().for_host("localhost").trusting(&bench.ca);
    let (mut connection, established) = reach(&server, &config).unwrap();
    assert_eq!(established.version, Some(TlsVersion::Tls13));
    assert_eq!(greet(&mut connection).unwrap(), [0x20, 2, 0, 0]);
}

#[test]
fn a_demanded_client_certificate_lets_in_who_has_one() {
    let bench = Bench::new();
    let server = bench.demanding_broker();
    let with = bench
        .module(&Suite::ALL)
        .presenting(&bench.client.certificate_pem().unwrap(), &bench.client.key_pem().unwrap());
    let (mut connection, _) = reach(&server, &with).unwrap();
    assert_eq!(greet(&mut connection).unwrap(), [0x20, 2, 0, 0]);

    let failure = reach(&server, &bench.module(&Suite::ALL)).map(|_| ()).unwrap_err();
    assert!(matches!(failure.cause, FailureCause::PeerAlert(Alert(40))), "{failure:?}");
}

#[test]
fn a_client_without_certificate_reads_the_late_refusal_of_tls_1_3() {
    let bench = Bench::new();
    let server = bench.demanding_broker();
    let config = ClientConfig::unrestricted().for_host("localhost").trusting(&bench.ca);
    let (mut connection, _) = reach(&server, &config).unwrap();
    let error = connection.read(&mut [0; 16]).unwrap_err();
    assert_eq!(Alert::in_error(&error), Some(Alert(116)), "{error:?}");
}

#[test]
fn half_open_handshakes_and_garbage_leave_others_undisturbed_and_end() {
    let bench = Bench::new();
    let limits = Limits { connect_deadline: Duration::from_secs(2), ..Limits::default() };
    let server = start(bench.listener(), CoreConfig { limits, ..CoreConfig::default() });
    let mut good = connected(&server, b'g');
    let nonsense: [&[u8]; 6] = [
        b"",
        &[0x16],
        &[0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3],
        b"GET / HTTP/1.1\r\n\r\n",
        &[0xff; 300],
        &connect(b'p'),
    ];
    let bad: Vec<_> = (0..120)
        .map(|number| {
            let mut stream = TcpStream::connect(server.tls_addr().unwrap()).unwrap();
            stream.set_read_timeout(Some(LIMIT)).unwrap();
            // What is not TLS may be refused before it is written out.
            let _refused_already = stream.write_all(nonsense[number % nonsense.len()]);
            stream
        })
        .collect();
    let (mut connection, _) = reach(&server, &bench.module(&Suite::ALL)).unwrap();
    assert_eq!(greet(&mut connection).unwrap(), [0x20, 2, 0, 0]);
    assert!(answers_ping(&mut good));
    for stream in bad {
        assert!(is_closed(stream), "within the deadline for CONNECT");
    }
    assert!(answers_ping(&mut good));
}

#[test]
fn mosquitto_pub_reaches_a_plain_subscriber() {
    let bench = Bench::new();
    let server = bench.broker();
    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca.crt");
    fs::write(&ca, &bench.ca).unwrap();
    let mut subscriber = Subscriber::ready(&server, &["-t", "data", "-q", "2"]);
    let payload = "x".repeat(100_000);
    let status = Command::new("mosquitto_pub")
        .args(["-V", "mqttv311", "-h", "localhost", "-p", &server.tls_addr().unwrap().port().to_string()])
        .arg("--cafile")
        .arg(&ca)
        .args(["-t", "data", "-q", "2", "-m", &payload])
        .status()
        .unwrap_or_else(|error| panic!("mosquitto_pub: {error}; install the Debian package mosquitto-clients"));
    assert!(status.success());
    assert_eq!(subscriber.line(), Some(format!("2 0 data {payload}")));
}

#[test]
fn stopping_tells_a_tls_client_that_the_end_is_meant() {
    let bench = Bench::new();
    let server = bench.broker();
    let (mut connection, _) = reach(&server, &bench.module(&Suite::ALL)).unwrap();
    assert_eq!(greet(&mut connection).unwrap(), [0x20, 2, 0, 0]);
    server.stop();
    let mut record = [0; 1];
    connection.get_mut().read_exact(&mut record).expect("a record below TLS");
    assert_eq!(record, [ALERT_RECORD], "close_notify, not a cut");
}

#[test]
fn each_tls_port_has_rules_of_its_own() {
    let bench = Bench::new();
    let strict = TlsListener { ca: Some(bench.ca.clone()), require_client_certificate: true, ..bench.listener() };
    let tls = vec![bench.listener(), strict];
    let server = broker_with(ServerConfig { tls, ..ServerConfig::default() });
    let [open, strict] = *server.tls_addrs() else { panic!("two ports") };
    let without = bench.module(&Suite::ALL);
    assert!(reach_at(open, &without).is_ok());
    assert!(reach_at(strict, &without).is_err());
}

#[test]
fn an_unfit_listener_says_what_is_wrong_and_shows_no_key() {
    let bench = Bench::new();
    let sound = bench.listener();
    let other_key = bench.client.key_pem().unwrap();
    let table = [
        (TlsListener { certificate: b"x".to_vec(), ..sound.clone() }, "certificate does not load"),
        (TlsListener { key: b"x".to_vec(), ..sound.clone() }, "key does not load"),
        (TlsListener { key: other_key, ..sound.clone() }, "does not belong"),
        (TlsListener { ca: Some(b"x".to_vec()), ..sound.clone() }, "CA file for clients does not load"),
        (TlsListener { require_client_certificate: true, ..sound.clone() }, "needs the CA file"),
    ];
    for (tls, expected) in table {
        let error = Server::start(ServerConfig { tls: vec![tls], ..ServerConfig::default() }).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
    let shown = format!("{:?}", ServerConfig { tls: vec![sound.clone()], ..ServerConfig::default() });
    assert!(shown.contains("certificate_bytes") && !shown.contains(&format!("{:?}", sound.key)), "{shown}");
    assert!(!shown.contains("key"), "{shown}");
}

/// First byte of a TLS record that carries an alert.
const ALERT_RECORD: u8 = 21;
