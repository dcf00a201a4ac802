//! The four ways to protect the connection, through the whole of `air780e check`, at a real mosquitto; and a wrong authority.

use std::time::{SystemTime, UNIX_EPOCH};

use air780e_companion::tls::authority::{Authority, Identity, KeyKind, LeafSpec};
use tempfile::TempDir;

use crate::{Modem, Outcome, file, folder, kit::mosquitto::Mosquitto, text};

/// Certificates made for one test.
struct Bench {
    root: Authority,
    server: Identity,
    client: Identity,
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        let root = Authority::root("Test Root", KeyKind::Rsa(2048), 0, now()).expect("a root");
        let server = root.issue(&LeafSpec::server(&["127.0.0.1", "localhost"], now())).expect("a certificate");
        let client = root.issue(&LeafSpec::client("unit-7", now())).expect("a certificate");
        Self { root, server, client, folder: folder() }
    }

    fn broker(&self, settings: &str) -> Mosquitto {
        let pem = |made: Result<Vec<u8>, _>| made.expect("PEM");
        let (certificate, key) = (pem(self.server.certificate_pem()), pem(self.server.key_pem()));
        Mosquitto::with_tls(&certificate, &key, &pem(self.root.certificate_pem()), settings)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        text(&file(&self.folder, name, bytes)).to_owned()
    }

    fn ca(&self) -> String {
        self.file("ca.crt", &self.root.certificate_pem().expect("PEM"))
    }

    /// The options that show the module's own certificate.
    fn shown(&self) -> [String; 4] {
        let certificate = self.file("client.crt", &self.client.certificate_pem().expect("PEM"));
        let key = self.file("client.key", &self.client.key_pkcs1_pem().expect("PEM"));
        ["--cert".to_owned(), certificate, "--key".to_owned(), key]
    }
}

#[expect(clippy::disallowed_methods, reason = "mosquitto checks dates against the real clock")]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    since.as_secs().try_into().expect("before the year 292 billion")
}

/// Checks with a message that goes to the broker and comes back.
fn check(broker: &Mosquitto, protection: &[&str]) -> Outcome {
    let echo =
        ["--subscribe", "t", "--publish", "t", "--payload", "there and back", "--qos", "1", "--wait-for", "back"];
    Modem::start().check(broker.port, &[&echo, protection].concat()).outcome()
}

#[track_caller]
fn assert_tls(outcome: &Outcome, state: &str) {
    let is_it = |line: &serde_json::Value| line["rung"] == "tls" && line["state"] == state;
    assert!(outcome.lines.iter().any(is_it), "tls is never {state}: {:#?}", outcome.lines);
}

#[test]
fn plain() {
    let outcome = check(&Mosquitto::open(), &[]);
    outcome.assert_ok();
    assert!(outcome.lines.iter().all(|line| line["rung"] != "tls" || line["state"] != "confirmed"));
}

#[test]
fn encrypted_without_a_look_at_the_server() {
    let outcome = check(&Bench::new().broker(""), &["--security", "encrypted"]);
    outcome.assert_ok();
    assert_tls(&outcome, "confirmed");
}

#[test]
fn with_a_server_that_shows_the_right_certificate() {
    let bench = Bench::new();
    let outcome = check(&bench.broker(""), &["--security", "server", "--ca", &bench.ca()]);
    outcome.assert_ok();
    assert_tls(&outcome, "confirmed");
}

#[test]
fn with_certificates_on_both_sides() {
    let bench = Bench::new();
    let broker = bench.broker("require_certificate true\nuse_identity_as_username true\n");
    let (ca, shown) = (bench.ca(), bench.shown());
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    let outcome = check(&broker, &[&["--security", "mutual", "--ca", &ca], shown.as_slice()].concat());
    outcome.assert_ok();
    assert_tls(&outcome, "confirmed");
    // The broker knows the module by the name in its certificate.
    broker.wait_for_log("u'unit-7'");
    let said = format!("{:?}{:?}", outcome.lines, outcome.errors);
    assert!(!said.contains("PRIVATE KEY"), "the key is on the screen");
}

#[test]
fn a_wrong_authority_fails_on_the_handshake() {
    let bench = Bench::new();
    let other = Authority::root("Other Root", KeyKind::Rsa(2048), 3, now()).expect("a root");
    let ca = bench.file("other.crt", &other.certificate_pem().expect("PEM"));
    let wanted = ["--security", "server", "--ca", &ca];
    let outcome = check(&bench.broker(""), &wanted);
    assert!(!outcome.status.success());
    assert_eq!(outcome.verdict["rung"], "tls", "{:#?}", outcome.verdict);
    assert_eq!(outcome.verdict["finding"], "F-097", "this computer's own handshake tells: {:#?}", outcome.verdict);

    let blind = check(&bench.broker(""), &[&wanted[..], &["--crosscheck", "off"]].concat());
    assert_ne!(blind.verdict["finding"], "F-097", "nothing on the wire shows it: {:#?}", blind.verdict);
}

#[test]
fn a_file_that_cannot_serve_ends_it_before_the_port_opens() {
    let bench = Bench::new();
    let leaf = bench.file("leaf.crt", &bench.server.certificate_pem().expect("PEM"));
    let key = bench.file("other.key", &bench.server.key_pkcs1_pem().expect("PEM"));
    let shown = bench.shown();
    let table: [(&[&str], &str); 2] = [
        (&["--security", "server", "--ca", &leaf], "F-099"),
        (&["--security", "mutual", "--ca", &bench.ca(), "--cert", &shown[1], "--key", &key], "F-129"),
    ];
    for (options, id) in table {
        let outcome = Modem::start().check(1883, options).outcome();
        assert_eq!(
            (outcome.status.code(), &outcome.verdict["finding"]),
            (Some(2), &id.into()),
            "{:#?}",
            outcome.verdict
        );
        assert!(
            outcome.lines.iter().all(|line| line["kind"] != "exchange"),
            "nothing was opened: {:#?}",
            outcome.lines
        );
    }
}

#[test]
fn a_broker_that_wants_a_certificate_gets_none_and_refuses() {
    let bench = Bench::new();
    let broker = bench.broker("require_certificate true\n");
    let outcome = check(&broker, &["--security", "server", "--ca", &bench.ca()]);
    assert!(!outcome.status.success());
    assert_eq!(outcome.verdict["rung"], "tls", "{:#?}", outcome.verdict);
}
