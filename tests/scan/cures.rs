//! Lines that a scan gives are pasted into the broker that refused, and the virtual module connects.

use std::net::TcpStream;

use air780e_companion::{
    sim::range::HOST,
    tls::authority::{Authority, KeyKind, LeafSpec},
};

use crate::{
    kit::{free_port, mosquitto, process::Process, wait_for},
    tools::{Files, check_port, cure, first, pasted, scan_port, today},
};

/// A mosquitto at `port` whose listener has these settings.
fn broker(files: &Files, port: u16, settings: &str) -> Process {
    let user = if rustix::process::getuid().is_root() { "user root\n" } else { "" };
    let config = format!(
        "{user}log_dest stderr\npersistence false\nallow_anonymous true\nlistener {port} 127.0.0.1\n{settings}"
    );
    let path = files.put("mosquitto.conf", config.as_bytes());
    let process = Process::start(&mosquitto::program(), "mosquitto", ["-c", &path]);
    wait_for("mosquitto's port", || TcpStream::connect(("127.0.0.1", port)).ok());
    process
}

#[test]
fn the_lines_for_mosquitto_let_the_module_in_that_it_refused() {
    let now = today();
    let root = Authority::root("Root", KeyKind::Rsa(2048), 0, now).unwrap();
    let leaf = root.issue(&LeafSpec::server(&[HOST, "127.0.0.1"], now)).unwrap();
    for (refusing, id) in [("ciphers ECDHE+AESGCM\n", "F-071"), ("tls_version tlsv1.3\n", "F-072")] {
        let files = Files::new();
        let ca = files.authority("root.crt", &root);
        let (certificate, key) = files.identity("server", &leaf);
        let settings = format!("certfile {certificate}\nkeyfile {key}\n{refusing}");
        let port = free_port();
        let before = broker(&files, port, &settings);
        let (said, _) = scan_port(port, &["--ca", &ca]);
        assert_eq!((said["verdict"].as_str(), first(&said)), (Some("cannot"), Some(id)), "{said}");
        assert_eq!(check_port(port, Some(&ca), &[]), ("failed".to_owned(), Some(id.to_owned())));
        drop(before);

        let lines = cure(&said, "mosquitto");
        let port = free_port();
        let _after = broker(&files, port, &pasted(&settings, &lines));
        assert_eq!(check_port(port, Some(&ca), &[]), ("ok".to_owned(), None), "{lines:?}");
        let (said, code) = scan_port(port, &["--ca", &ca]);
        assert_eq!((said["verdict"].as_str(), said["level"].as_u64(), code), (Some("connects"), Some(1), 0), "{said}");
    }
}

#[test]
fn a_demand_for_a_client_certificate_is_cured_by_the_brokers_line_and_by_the_modules() {
    let now = today();
    let root = Authority::root("Root", KeyKind::Rsa(2048), 0, now).unwrap();
    let leaf = root.issue(&LeafSpec::server(&[HOST, "127.0.0.1"], now)).unwrap();
    let client = root.issue(&LeafSpec::client("device-1", now)).unwrap();
    let files = Files::new();
    let ca = files.authority("root.crt", &root);
    let (certificate, key) = files.identity("server", &leaf);
    let client_certificate = files.put("client.crt", &client.chain_pem().unwrap());
    let client_key = files.put("client.key", &client.key_pkcs1_pem().unwrap());
    let settings = format!("certfile {certificate}\nkeyfile {key}\ncafile {ca}\nrequire_certificate true\n");
    let port = free_port();
    let before = broker(&files, port, &settings);
    let (said, _) = scan_port(port, &["--ca", &ca]);
    assert_eq!((first(&said), said["client_certificate"].as_str()), (Some("F-095"), Some("required")), "{said}");
    // The module's lines: with the files they name it connects at level 2.
    assert!(cure(&said, "module").contains(&"AT+SSLCFG=\"seclevel\",88,2".to_owned()));
    let (mutual, code) = scan_port(port, &["--ca", &ca, "--cert", &client_certificate, "--key", &client_key]);
    assert_eq!(
        (mutual["verdict"].as_str(), mutual["level"].as_u64(), code),
        (Some("connects"), Some(2), 0),
        "{mutual}"
    );
    drop(before);

    let port = free_port();
    let _after = broker(&files, port, &pasted(&settings, &cure(&said, "mosquitto")));
    assert_eq!(check_port(port, Some(&ca), &[]), ("ok".to_owned(), None));
}
