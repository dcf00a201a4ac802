//! The CA file that a scan keeps: the right certificate, told with its fingerprint, and never one that would not do.

use air780e_companion::{
    sim::range::{Fault, HOST, Range, RangeConfig},
    tls::authority::{Authority, Identity, KeyKind, LeafSpec},
};
use openssl::{hash::MessageDigest, x509::X509};
use serde_json::Value;

use crate::{
    kit::{free_port, process::Process, wait_for},
    tools::{Files, assert_whole, exists, scan_port, today},
};

/// A scan of `port` that keeps the CA file as `name`, with `store` as the system's own.
fn kept(files: &Files, port: u16, name: &str, store: &str) -> (Value, Option<X509>) {
    let path = files.path(name);
    let place = format!("127.0.0.1:{port}");
    let all = ["air780e", "scan", &place, "--sni", HOST, "--json", "--save-ca", path.to_str().unwrap()];
    let all = all.map(str::to_owned);
    let environment = format!("SSL_CERT_FILE={store}");
    let program = env!("CARGO_BIN_EXE_air780e").to_owned();
    let (_, lines, errors) =
        Process::start("env", "coreutils", [environment, program].iter().chain(&all[1..])).output();
    let said: Value = serde_json::from_str(lines.last().unwrap_or_else(|| panic!("{errors:?}"))).unwrap();
    assert_whole(&said);
    let file = std::fs::read(&path).ok().map(|pem| X509::from_pem(&pem).unwrap());
    if let Some(file) = &file {
        let print = file.digest(MessageDigest::sha256()).unwrap();
        let shown = print.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        assert_eq!(said["saved_ca"]["sha256"], shown, "{said}");
        let colons = print.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":");
        assert!(said["saved_ca"]["notes"].to_string().contains(&colons), "{said}");
    }
    (said, file)
}

/// OpenSSL's server with the chain of `identity`.
fn server(files: &Files, name: &str, identity: &Identity) -> (Process, u16) {
    let port = free_port();
    let (chain, key) = files.identity(name, identity);
    let place = port.to_string();
    let all = ["s_server", "-accept", &place, "-quiet", "-cert", &chain, "-cert_chain", &chain, "-key", &key];
    let process = Process::start("openssl", "openssl", all);
    wait_for(name, || std::net::TcpStream::connect(("127.0.0.1", port)).ok());
    (process, port)
}

#[test]
fn the_file_that_is_kept_lets_the_server_be_checked() {
    let now = today();
    let files = Files::new();
    let root = Authority::root("Root", KeyKind::Rsa(2048), 0, now).unwrap();
    let middle = root.intermediate("Intermediate", 3, now).unwrap();
    let leaf = middle.issue(&LeafSpec::server(&[HOST], now)).unwrap();
    let (_server, port) = server(&files, "full", &leaf);
    let store = files.authority("store.crt", &root);
    let (said, file) = kept(&files, port, "ca.crt", &store);
    assert_eq!(
        file.unwrap().to_pem().unwrap(),
        root.certificate_pem().unwrap(),
        "the root comes from the store: {said}"
    );
    assert_eq!(said["saved_ca"]["from"], "system");
    let (checked, code) = scan_port(port, &["--ca", files.path("ca.crt").to_str().unwrap()]);
    assert_eq!(
        (checked["verdict"].as_str(), checked["level"].as_u64(), code),
        (Some("connects"), Some(1), 0),
        "{checked}"
    );

    // A store that knows nobody leaves the intermediate, with the line that it needs.
    let stranger = files.authority("other.crt", &Authority::foreign_root("E", "Other", 1, now).unwrap());
    let (said, file) = kept(&files, port, "middle.crt", &stranger);
    assert_eq!(file.unwrap().to_pem().unwrap(), middle.certificate_pem().unwrap());
    let notes = said["saved_ca"]["notes"].to_string();
    assert!(notes.contains("verifymode") && notes.contains("CN=Root"), "{notes}");

    // What is there already is never overwritten.
    let before = std::fs::read(files.path("ca.crt")).unwrap();
    let (said, code) = scan_port(port, &["--save-ca", files.path("ca.crt").to_str().unwrap()]);
    assert_eq!((said["verdict"].as_str(), code), (Some("untried"), 2));
    assert_eq!(std::fs::read(files.path("ca.crt")).unwrap(), before);
}

#[test]
fn of_a_cross_signed_chain_the_root_that_works_is_kept_and_the_other_is_explained() {
    let now = today();
    let files = Files::new();
    let old = Authority::root("Old Root", KeyKind::Rsa(2048), 0, now).unwrap();
    let new = Authority::root("New Root", KeyKind::Rsa(2048), 1, now).unwrap();
    let cross = old.intermediate("New Root", 1, now).unwrap();
    let (_server, port) = server(&files, "cross", &cross.issue(&LeafSpec::server(&[HOST], now)).unwrap());
    let store = files.authority("store.crt", &new);
    let (said, file) = kept(&files, port, "ca.crt", &store);
    assert_eq!(file.unwrap().to_pem().unwrap(), new.certificate_pem().unwrap());
    let notes = said["saved_ca"]["notes"].to_string();
    assert!(notes.contains("CN=Old Root") && notes.contains("CN=New Root"), "{notes}");
    let (checked, _) = scan_port(port, &["--ca", files.path("ca.crt").to_str().unwrap()]);
    assert_eq!(checked["verdict"], "connects", "{checked}");
}

#[test]
fn a_broker_that_signed_itself_is_pinned_and_curves_are_refused() {
    let faults = [Fault::SelfSigned, Fault::EllipticAuthority, Fault::NoIntermediate, Fault::PlainMqtt];
    let range = Range::start(&RangeConfig { now: today(), upstream: None, faults: faults.to_vec() }).unwrap();
    let files = Files::new();
    let port = |fault| range.address(fault).unwrap().port();
    let none = files.authority("none.crt", &Authority::foreign_root("E", "Other", 1, today()).unwrap());
    let (said, _) = kept(&files, port(Fault::SelfSigned), "own.crt", &none);
    assert_eq!(said["saved_ca"]["from"], "itself", "{said}");
    let (checked, _) = scan_port(port(Fault::SelfSigned), &["--ca", files.path("own.crt").to_str().unwrap()]);
    assert_eq!((checked["verdict"].as_str(), checked["level"].as_u64()), (Some("connects"), Some(1)), "{checked}");

    let elliptic = files.put("elliptic.crt", range.files().elliptic_ca());
    for (fault, store, word) in [
        (Fault::EllipticAuthority, &elliptic, "elliptic curve"),
        (Fault::NoIntermediate, &none, "CN=Bench Intermediate"),
        (Fault::PlainMqtt, &none, "no certificate"),
    ] {
        let name = format!("{fault}.crt");
        let (said, file) = kept(&files, port(fault), &name, store);
        assert!(file.is_none() && !exists(&files.path(&name)), "{fault}");
        assert!(said["saved_ca"]["notes"].to_string().contains(word), "{fault}: {said}");
        assert!(said["saved_ca"]["file"].is_null());
    }
}
