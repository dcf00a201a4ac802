//! `scan --login` at a real mosquitto with users: the broker's own word, told apart from what TLS is; and the page of a scan.

use std::net::TcpStream;

use air780e_companion::{
    sim::range::{Fault, HOST, Range, RangeConfig},
    tls::authority::{Authority, KeyKind, LeafSpec},
};
use serde_json::Value;

use crate::{
    kit::{free_port, mosquitto, process::Process, wait_for},
    tools::{Files, first, scan_port, today},
};

/// A mosquitto with TLS that knows the user `u1` with the password `right`.
fn broker(files: &Files, port: u16, settings: &str) -> (Process, String) {
    let root = Authority::root("Root", KeyKind::Rsa(2048), 0, today()).unwrap();
    let leaf = root.issue(&LeafSpec::server(&[HOST, "127.0.0.1"], today())).unwrap();
    let ca = files.authority("root.crt", &root);
    let (certificate, key) = files.identity("server", &leaf);
    let users = files.put("users", b"");
    let (status, ..) = Process::start("mosquitto_passwd", "mosquitto", ["-b", &users, "u1", "right"]).output();
    assert!(status.success());
    let user = if rustix::process::getuid().is_root() { "user root\n" } else { "" };
    let config = format!(
        "{user}log_dest stderr\npersistence false\nallow_anonymous false\npassword_file {users}\nlistener {port} 127.0.0.1\n\
         certfile {certificate}\nkeyfile {key}\n{settings}"
    );
    let path = files.put("mosquitto.conf", config.as_bytes());
    let process = Process::start(&mosquitto::program(), "mosquitto", ["-c", &path]);
    wait_for("mosquitto's port", || TcpStream::connect(("127.0.0.1", port)).ok());
    (process, ca)
}

fn outcome(said: &Value) -> (Option<&str>, Option<u64>) {
    (said["login"]["outcome"].as_str(), said["login"]["code"].as_u64())
}

#[test]
fn a_wrong_password_is_told_apart_from_the_way_there_and_nothing_is_sent_without_consent() {
    let files = Files::new();
    let port = free_port();
    let (_broker, ca) = broker(&files, port, "");
    let right = files.put("right", b"right\n");
    let wrong = files.put("wrong", b"wrong-secret");
    let login =
        |password: &str| scan_port(port, &["--ca", &ca, "--login", "--user", "u1", "--password-file", password]);
    let (said, _) = login(&right);
    assert_eq!((outcome(&said), first(&said)), ((Some("accepted"), Some(0)), None), "{said}");
    let differences = said["login"]["differences"].as_array().unwrap();
    assert!(differences.len() >= 6 && differences[0].as_str().unwrap().contains("3.1.1"), "{said}");
    let (said, _) = login(&wrong);
    assert_eq!((outcome(&said), first(&said)), ((Some("refused"), Some(5)), Some("F-144")), "{said}");
    assert_eq!(said["verdict"], "connects", "TLS is good all the same");
    assert!(!said.to_string().contains("wrong-secret"), "{said}");
    let (said, _) = scan_port(port, &["--ca", &ca]);
    assert!(said["login"].is_null(), "{said}");
}

#[test]
fn what_a_broker_grants_to_the_filters_is_told() {
    let files = Files::new();
    let port = free_port();
    let (_broker, ca) = broker(&files, port, "max_qos 1\n");
    let right = files.put("right", b"right");
    let all = ["--ca", &ca, "--login", "--user", "u1", "--password-file", &right, "--subscribe", "a/#", "--qos", "2"];
    let (said, _) = scan_port(port, &all);
    let filter = &said["login"]["filters"][0];
    assert_eq!((filter["asked"].as_u64(), filter["granted"].as_u64()), (Some(2), Some(1)), "{said}");
    assert!(said["findings"].to_string().contains("F-161"), "{said}");
}

#[test]
fn where_the_modules_tls_does_not_come_through_the_computers_asks_the_broker_all_the_same() {
    let files = Files::new();
    let port = free_port();
    let (_broker, ca) = broker(&files, port, "ciphers ECDHE+AESGCM\n");
    let right = files.put("right", b"right");
    let all = ["--ca", &ca, "--login", "--user", "u1", "--password-file", &right];
    let (said, _) = scan_port(port, &all);
    assert_eq!((outcome(&said), first(&said)), ((Some("not-reached"), None), Some("F-071")), "{said}");
    let (said, _) = scan_port(port, &[&all[..], &["--login-as", "computer"]].concat());
    assert_eq!((outcome(&said), first(&said)), ((Some("accepted"), Some(0)), Some("F-071")), "{said}");
}

#[test]
fn the_page_of_a_scan_shows_marks_chain_and_dates_without_a_script() {
    let range = Range::start(&RangeConfig { now: today(), upstream: None, faults: vec![Fault::Expired] }).unwrap();
    let files = Files::new();
    let ca = files.put("root.crt", range.files().ca());
    let page = files.path("scan.html");
    let path = page.to_str().unwrap();
    let port = range.address(Fault::Expired).unwrap().port();
    let (said, _) = scan_port(port, &["--ca", &ca, "--report", path]);
    assert_eq!(first(&said), Some("F-104"));
    let text = std::fs::read_to_string(&page).unwrap();
    for part in
        ["<svg", "class=\"bad\"", "TLS_RSA_WITH_AES_256_CBC_SHA256", "F-104", "this is the CA file", "broker.test"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("<script") && !text.contains("PRIVATE KEY"));
    let again = Process::air780e(["scan", &format!("127.0.0.1:{port}"), "--report", path]).output();
    assert_eq!(again.0.code(), Some(2), "a file that is there is not written over");
}
