//! A real mosquitto with one defect a listener, and OpenSSL's server for what mosquitto cannot play; `openssl s_client` says what a
//! module's handshake would really come to.

use std::{fmt::Write, net::TcpStream, sync::Mutex};

use air780e_companion::{
    sim::range::HOST,
    tls::authority::{Authority, DAY, Hash, Identity, KeyKind, LeafSpec, Padding, Usage, self_signed},
};
use serde_json::Value;

use crate::{
    kit::{free_port, mosquitto::Mosquitto, process::Process, wait_for},
    tools::{Files, check_port, first, for_each, s_client, scan_port, today},
};

/// A listener: what it is called, where it is, the CA file that is given, and what must be said.
struct Listener {
    name: &'static str,
    port: u16,
    ca: String,
    verdict: &'static str,
    id: Option<&'static str>,
}

struct House {
    files: Files,
    root: Authority,
    other: Authority,
    twin: Authority,
    elliptic: Authority,
    now: i64,
}

impl House {
    fn new() -> Self {
        let now = today();
        Self {
            files: Files::new(),
            root: Authority::root("Root", KeyKind::Rsa(2048), 0, now).unwrap(),
            other: Authority::foreign_root("Elsewhere", "Other Root", 1, now).unwrap(),
            twin: Authority::root("Root", KeyKind::Rsa(2048), 2, now).unwrap(),
            elliptic: Authority::root("Elliptic Root", KeyKind::P256, 0, now).unwrap(),
            now,
        }
    }

    fn good(&self) -> LeafSpec {
        LeafSpec::server(&[HOST, "localhost", "127.0.0.1"], self.now)
    }

    fn ca(&self) -> String {
        self.files.authority("root.crt", &self.root)
    }
}

/// Name, certificate, further settings, verdict, first finding.
type OfMosquitto = (&'static str, Option<Identity>, &'static str, &'static str, Option<&'static str>);
/// Name, arguments, verdict, first finding, demand for a client certificate, the suites that are taken.
type OfOpenssl = (&'static str, Vec<String>, &'static str, Option<&'static str>, &'static str, &'static str);

const LEGACY: &str = "ciphers DEFAULT:@SECLEVEL=0\n";

#[test]
fn each_listener_of_a_real_mosquitto_is_told_as_openssl_meets_it() {
    let house = House::new();
    let (good, root, ca) = (house.good(), &house.root, house.ca());
    let middle = root.intermediate("Intermediate", 3, house.now).unwrap();
    let leaf = |spec: &LeafSpec| root.issue(spec).unwrap();
    let many = std::iter::once(HOST.to_owned()).chain((0..260).map(|one| format!("host-{one:04}.example.test")));
    let alone = |identity: Identity| Identity { issuers: Vec::new(), ..identity };
    let years = (house.now - 3_000 * DAY, house.now - 2_000 * DAY);
    let future = (house.now + 3_000 * DAY, house.now + 4_000 * DAY);
    let no_names = LeafSpec { names: Vec::new(), ..good.clone() };
    let table: Vec<OfMosquitto> = vec![
        ("good", Some(leaf(&good)), "", "connects", None),
        ("ecdhe", Some(leaf(&good)), "ciphers ECDHE+AESGCM\n", "cannot", Some("F-071")),
        ("tls13", Some(leaf(&good)), "tls_version tlsv1.3\n", "cannot", Some("F-072")),
        ("ecdsa", Some(leaf(&LeafSpec { key: KeyKind::P256, ..good.clone() })), "", "cannot", Some("F-074")),
        ("expired", Some(leaf(&LeafSpec { valid: years, ..good.clone() })), "", "connects-unchecked", Some("F-104")),
        ("future", Some(leaf(&LeafSpec { valid: future, ..good.clone() })), "", "connects-unchecked", Some("F-105")),
        ("wrong", Some(leaf(&LeafSpec::server(&["other.test"], house.now))), "", "connects-unchecked", Some("F-108")),
        ("cnonly", Some(leaf(&no_names)), "", "connects", Some("F-109")),
        ("foreign", Some(house.other.issue(&good).unwrap()), "", "connects-unchecked", Some("F-097")),
        ("twin", Some(house.twin.issue(&good).unwrap()), "", "connects-unchecked", Some("F-098")),
        ("self", Some(self_signed(&good).unwrap()), "", "connects-unchecked", Some("F-103")),
        ("noint", Some(alone(middle.issue(&good).unwrap())), "", "connects-unchecked", Some("F-101")),
        ("full", Some(middle.issue(&good).unwrap()), "", "connects", None),
        ("big", Some(leaf(&LeafSpec { names: many.collect(), ..good.clone() })), "", "connects", Some("F-081")),
        ("ku", Some(leaf(&LeafSpec { usage: Usage::SignOnly, ..good.clone() })), "", "connects", Some("F-111")),
        ("weak", Some(leaf(&LeafSpec { key: KeyKind::Rsa(1024), ..good.clone() })), LEGACY, "connects", Some("F-112")),
        ("sha1", Some(leaf(&LeafSpec { hash: Hash::Sha1, ..good.clone() })), LEGACY, "connects", Some("F-113")),
        ("sha384", Some(leaf(&LeafSpec { hash: Hash::Sha384, ..good.clone() })), "", "connects", Some("F-110")),
        ("sha512", Some(leaf(&LeafSpec { hash: Hash::Sha512, ..good.clone() })), "", "connects", Some("F-110")),
        ("pss", Some(leaf(&LeafSpec { padding: Padding::Pss, ..good.clone() })), "", "connects", Some("F-110")),
        ("mtls", Some(leaf(&good)), "require_certificate true\n", "cannot", Some("F-095")),
        ("psk", None, "psk_hint bench\n", "cannot", Some("F-082")),
        ("plain", None, "", "cannot", Some("F-070")),
    ];
    let mut listeners = Vec::new();
    let mut config = String::new();
    for (name, identity, settings, verdict, id) in table {
        let port = free_port();
        writeln!(config, "listener {port} 127.0.0.1\n{settings}").unwrap();
        if let Some(identity) = &identity {
            let (certificate, key) = house.files.identity(name, identity);
            writeln!(config, "certfile {certificate}\nkeyfile {key}\ncafile {ca}").unwrap();
        }
        listeners.push(Listener { name, port, ca: ca.clone(), verdict, id });
    }
    let shared = house.files.put("psk", b"dev1:0123456789abcdef\n");
    let _broker = Mosquitto::start(|_| format!("allow_anonymous true\npsk_file {shared}\n{config}"));
    for one in &listeners {
        wait_for(one.name, || TcpStream::connect(("127.0.0.1", one.port)).ok());
    }
    hold(&listeners, true);
}

#[test]
fn each_way_of_openssls_own_server_is_told_as_openssl_meets_it() {
    let house = House::new();
    let (good, ca) = (house.good(), house.ca());
    let (certificate, key) = house.files.identity("good", &house.root.issue(&good).unwrap());
    let (wrong, wrong_key) =
        house.files.identity("wrong", &house.root.issue(&LeafSpec::server(&["other.test"], house.now)).unwrap());
    let (curve, curve_key) = house.files.identity("curve", &house.elliptic.issue(&good).unwrap());
    let curve_ca = house.files.authority("elliptic.crt", &house.elliptic);
    let own = ["-cert", &certificate, "-key", &key];
    let with = |more: &[&'static str]| {
        own.iter().map(|one| (*one).to_owned()).chain(more.iter().map(|one| (*one).to_owned())).collect()
    };
    let named: Vec<String> =
        ["-cert", &wrong, "-key", &wrong_key, "-cert2", &certificate, "-key2", &key, "-servername", HOST]
            .iter()
            .map(|one| (*one).to_owned())
            .collect();
    let of_curve: Vec<String> = ["-cert", &curve, "-key", &curve_key].iter().map(|one| (*one).to_owned()).collect();
    let optional: Vec<String> =
        [&own[..], &["-verify", "2", "-CAfile", &ca]].concat().iter().map(|one| (*one).to_owned()).collect();
    let required: Vec<String> =
        [&own[..], &["-Verify", "2", "-CAfile", &ca]].concat().iter().map(|one| (*one).to_owned()).collect();
    let table: Vec<OfOpenssl> = vec![
        ("aes256-sha256", with(&["-cipher", "AES256-SHA256", "-tls1_2"]), "connects", None, "no", "0x003D"),
        ("aes256-sha", with(&["-cipher", "AES256-SHA", "-tls1_2"]), "connects", None, "no", "0x0035"),
        ("aes128-sha", with(&["-cipher", "AES128-SHA", "-tls1_2"]), "connects", None, "no", "0x002F"),
        ("modern", with(&["-cipher", "ECDHE", "-tls1_2"]), "cannot", Some("F-071"), "no", ""),
        ("tls13", with(&["-tls1_3"]), "cannot", Some("F-072"), "no", ""),
        ("tls11", with(&["-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"]), "connects", None, "no", "0x0035 0x002F"),
        ("tls10", with(&["-tls1", "-cipher", "DEFAULT:@SECLEVEL=0"]), "connects", None, "no", "0x0035 0x002F"),
        ("chooses", named, "connects", Some("F-078"), "no", "0x0035 0x002F 0x003D"),
        ("optional", optional, "connects", None, "optional", "0x0035 0x002F 0x003D"),
        ("required", required, "cannot", Some("F-095"), "required", "0x0035 0x002F 0x003D"),
        ("curve", of_curve, "connects-unchecked", Some("F-110"), "no", "0x0035 0x002F 0x003D"),
    ];
    let mut servers = Vec::new();
    let mut listeners = Vec::new();
    let mut details = Vec::new();
    for (name, arguments, verdict, id, demand, suites) in table {
        let port = free_port();
        let place = port.to_string();
        let all = ["s_server", "-accept", &place, "-quiet", "-naccept", "200"].map(str::to_owned);
        servers.push(Process::start("openssl", "openssl", all.into_iter().chain(arguments)));
        wait_for(name, || TcpStream::connect(("127.0.0.1", port)).ok());
        let ca = if name == "curve" { &curve_ca } else { &ca };
        listeners.push(Listener { name, port, ca: ca.clone(), verdict, id });
        details.push((demand, suites));
    }
    let said = hold(&listeners, false);
    for (listener, (demand, suites)) in listeners.iter().zip(details) {
        let said = &said.iter().find(|(name, _)| *name == listener.name).unwrap().1;
        assert_eq!(said["client_certificate"], demand, "{}", listener.name);
        let taken = said["suites"].as_array().unwrap().iter().filter(|one| one["answer"] == "taken");
        let taken: Vec<_> = taken.map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(taken.join(" "), suites, "{}: {said}", listener.name);
        let version = |name: &str| {
            let all = said["versions"].as_array().unwrap();
            all.iter().find(|one| one["name"] == name).unwrap()["answer"].as_str().unwrap().to_owned()
        };
        let spoken: Vec<_> =
            ["TLS1.0", "TLS1.1", "TLS1.2", "TLS1.3"].into_iter().filter(|name| version(name) == "taken").collect();
        match listener.name {
            "tls13" => assert_eq!(spoken, ["TLS1.3"]),
            "tls11" => assert_eq!(spoken, ["TLS1.1"]),
            "tls10" => assert_eq!(spoken, ["TLS1.0"]),
            "modern" | "aes128-sha" => assert_eq!(spoken, ["TLS1.2"]),
            _ => {}
        }
    }
}

/// Each listener by a scan and by OpenSSL's client, and by a check where a broker is behind it.
fn hold(listeners: &[Listener], is_broker: bool) -> Vec<(&'static str, Value)> {
    let wrong = Mutex::new(Vec::new());
    let all = Mutex::new(Vec::new());
    for_each(listeners, |one| {
        let (said, _) = scan_port(one.port, &["--ca", &one.ca]);
        let got = (said["verdict"].as_str().unwrap(), first(&said));
        let blame = |text: String| wrong.lock().unwrap().push(text);
        if got != (one.verdict, one.id) {
            blame(format!("{}: {} {:?} wanted, got {got:?}", one.name, one.verdict, one.id));
        }
        let (checked, unchecked) = (s_client(one.port, Some(&one.ca), &[]), s_client(one.port, None, &[]));
        let real = match (checked, unchecked) {
            // OpenSSL knows curves, the module does not.
            (true, _) if one.name != "curve" => "connects",
            (_, true) => "connects-unchecked",
            _ => "cannot",
        };
        if real != got.0 {
            blame(format!("{}: s_client says {real}, the scan {}", one.name, got.0));
        }
        if is_broker {
            let (result, finding) = check_port(one.port, Some(&one.ca), &[]);
            let is_alike = if result == "ok" { got.0 == "connects" } else { finding.as_deref() == first(&said) };
            if !is_alike {
                blame(format!("{}: scan {got:?}, check {result} {finding:?}", one.name));
            }
        }
        all.lock().unwrap().push((one.name, said));
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    all.into_inner().unwrap()
}
