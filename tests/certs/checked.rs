//! `check` with files as people have them: what is only written differently is repaired in memory and told, the rest is refused
//! before anything is sent.

use std::process::Command;

use crate::{
    kit::{free_port, mosquitto::Mosquitto},
    made::{MADE, Workshop},
};

fn check(words: &[&str]) -> (bool, String) {
    let done =
        Command::new(env!("CARGO_BIN_EXE_air780e")).args(["check", "--port", "virtual"]).args(words).output().unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    (done.status.success(), text)
}

#[test]
fn what_is_only_written_differently_is_repaired_and_connects() {
    let shop = Workshop::new();
    let read = |name: &str| String::from_utf8(MADE.read(name)).unwrap();
    let ca = read("root.crt").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let ca = shop.write("ca.crt", &[b"\xFF\xFE".to_vec(), ca].concat());
    let chain = shop
        .write("client.crt", format!("{}{}", read("middle.crt"), read("below.crt")).replace("-----", "——-").as_bytes());
    let key = shop.write("client.key", read("below.key").replace('\n', "\\n").as_bytes());
    let broker = Mosquitto::with_tls(
        &MADE.read("server.crt"),
        &MADE.read("server.key"),
        &MADE.read("root.crt"),
        "require_certificate true\n",
    );
    let port = broker.port.to_string();
    let (ca, chain, key) = (ca.display().to_string(), chain.display().to_string(), key.display().to_string());
    let files = ["--security", "mutual", "--ca", &ca, "--cert", &chain, "--key", &key, "--sni", "broker.test"];
    let (is_ok, text) = check(&[&["--host", "127.0.0.1", "--mqtt-port", &port][..], &files].concat());
    assert!(is_ok, "{text}");
    assert!(text.matches("repaired in memory").count() >= 3, "{text}");
    assert!(!text.contains("NoLineFeed") && !text.contains("NoBlock"), "{text}");
}

#[test]
fn the_rest_is_refused_before_anything_is_sent() {
    let port = free_port().to_string();
    let path = |name: &str| MADE.path(name).display().to_string();
    let (root, server, client, other) = (path("root.crt"), path("server.crt"), path("client.crt"), path("below.key"));
    let shop = Workshop::new();
    let files = [MADE.read("client.crt"), MADE.read("client.key")].concat();
    shop.write("pair.pem", &files);
    shop.write("phrase", b"secret-phrase");
    shop.openssl("pkcs12 -export -in pair.pem -passout file:phrase -out locked.p12");
    let store = shop.path("locked.p12").display().to_string();
    let rows: [(&[&str], &str); 4] = [
        // As certs says it: that it is locked comes before how it is written.
        (&["--security", "server", "--ca", &store], "F-127"),
        (&["--security", "mutual", "--ca", &root, "--cert", &store, "--key", &store], "F-127"),
        (&["--security", "server", "--ca", &server], "F-099"),
        (&["--security", "mutual", "--ca", &root, "--cert", &client, "--key", &other], "F-129"),
    ];
    for (files, id) in rows {
        let (is_ok, text) = check(&[&["--host", "127.0.0.1", "--mqtt-port", &port][..], files].concat());
        assert!(!is_ok && text.contains(id), "{id}: {text}");
        assert!(!text.contains("AT+") && !text.contains("F-119"), "{id}: {text}");
    }
}
