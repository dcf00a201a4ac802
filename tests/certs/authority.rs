//! The test authority, used as its own lines say: a real mosquitto with exactly these files, and the virtual module.

use std::{fs, process::Command};

use serde_json::Value;

use crate::{
    kit::{free_port, mosquitto, process::Process, wait_for},
    made::Workshop,
};

fn air780e(words: &[&str]) -> (Option<i32>, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_air780e")).args(words).output().unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    (done.status.code(), text)
}

#[test]
fn a_broker_with_exactly_these_lines_lets_the_module_in() {
    let shop = Workshop::new();
    let (port, folder) = (free_port().to_string(), shop.path("pki").display().to_string());
    let (code, text) = air780e(&[
        "certs",
        "new",
        "--out",
        &folder,
        "--server-name",
        "broker.test",
        "--server-name",
        "127.0.0.1",
        "--client-id",
        "unit-7",
        "--days",
        "30",
        "--port",
        &port,
        "--json",
    ]);
    assert_eq!(code, Some(0), "{text}");
    let json: Value = serde_json::from_str(text.trim()).unwrap();
    let lines = json["cures"][0]["lines"].as_array().unwrap();
    let lines: Vec<_> = lines.iter().map(|line| line.as_str().unwrap()).collect();
    let file = |name: &str| format!("{folder}/{name}");
    assert_eq!(fs::read_to_string(file("mosquitto.conf")).unwrap().lines().collect::<Vec<_>>(), lines);
    for name in ["ca.key", "server.key", "client.key"] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(file(name)).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    }
    let end = String::from_utf8(shop.openssl("x509 -in pki/client.crt -noout -checkend 2500000")).unwrap();
    assert!(end.contains("not expire"), "{end}");
    shop.openssl("verify -CAfile pki/ca.crt -purpose sslserver pki/server.crt");
    shop.openssl("verify -CAfile pki/ca.crt -purpose sslclient pki/client.crt");

    // As root the broker would become another user, who may not read these keys.
    let user = if rustix::process::getuid().is_root() { "user root\n" } else { "" };
    let config = shop.write("run.conf", format!("{user}log_dest stderr\n{}\n", lines.join("\n")).as_bytes());
    let _broker = Process::start(&mosquitto::program(), "mosquitto", ["-c".as_ref(), config.as_os_str()]);
    wait_for("the broker's port", || std::net::TcpStream::connect(format!("127.0.0.1:{port}")).ok());
    let (ca, cert, key) = (file("ca.crt"), file("client.crt"), file("client.key"));
    let words = [
        "check",
        "--port",
        "virtual",
        "--host",
        "127.0.0.1",
        "--mqtt-port",
        &port,
        "--sni",
        "broker.test",
        "--security",
        "mutual",
        "--ca",
        &ca,
        "--cert",
        &cert,
        "--key",
        &key,
        "--subscribe",
        "a/b",
        "--publish",
        "a/b",
        "--payload",
        "hello",
        "--qos",
        "1",
        "--wait-for",
        "hello",
    ];
    let (code, text) = air780e(&words);
    assert_eq!(code, Some(0), "{text}");
    let (code, text) = air780e(&["certs", &ca, &cert, &key]);
    assert_eq!(code, Some(0), "{text}");

    // What is there stays.
    let before = fs::read(file("ca.key")).unwrap();
    let (code, text) = air780e(&["certs", "new", "--out", &folder, "--server-name", "broker.test"]);
    assert_eq!(code, Some(2), "{text}");
    assert_eq!(fs::read(file("ca.key")).unwrap(), before);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let shop = Workshop::new();
    let folder = shop.path("pki").display().to_string();
    let rows: [&[&str]; 4] = [
        &["--server-name", "mqtts://broker.test:8883"],
        &["--server-name", "broker.test", "--key-bits", "1024"],
        &["--server-name", "broker.test", "--days", "0"],
        &["--server-name", "broker.test", "--client-id", ""],
    ];
    for row in rows {
        let (code, text) = air780e(&[&["certs", "new", "--out", &folder], row].concat());
        assert_eq!(code, Some(2), "{row:?}: {text}");
        assert!(!shop.path("pki").exists(), "{row:?}: something was written");
    }
}
