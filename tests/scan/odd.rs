//! Servers whose first word misleads: those that drop an offer, count connections, warn and go on, refuse by a number of their
//! own, or take TLS and speak another language behind it. What their answer does not show must not be said of them.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use air780e_companion::{
    sim::range::{Fault, HOST, Range, RangeConfig},
    tls::authority::{Authority, Identity, KeyKind, LeafSpec},
};
use serde_json::Value;

use crate::{
    kit::{free_port, process::Process, wait_for},
    tools::{Files, check_port, cure, first, scan, scan_port, today},
};

/// A listener that serves each guest with `serve`, which also gets his number from 1 on.
fn listen(serve: impl Fn(TcpStream, usize) + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (serve, count) = (Arc::new(serve), AtomicUsize::new(0));
    let run = move || {
        for guest in listener.incoming().flatten() {
            let (serve, number) = (Arc::clone(&serve), count.fetch_add(1, Ordering::SeqCst) + 1);
            thread::Builder::new().name("guest".to_owned()).spawn(move || serve(guest, number)).unwrap();
        }
    };
    thread::Builder::new().name("odd".to_owned()).spawn(run).unwrap();
    port
}

/// Reads one whole record of TLS; less when the guest ends or says something else.
fn record(guest: &mut TcpStream) -> Vec<u8> {
    let mut bytes = vec![0; 5];
    if guest.read_exact(&mut bytes).is_err() || bytes[0] != 0x16 {
        return bytes;
    }
    let mut body = vec![0; usize::from(u16::from_be_bytes([bytes[3], bytes[4]]))];
    guest.read_exact(&mut body).ok();
    bytes.extend(body);
    bytes
}

/// Hands `guest` on to a good server at `to`, `first` in front of its first answer.
fn hand_on(guest: TcpStream, to: u16, first: &[u8]) {
    let mut back = TcpStream::connect(("127.0.0.1", to)).unwrap();
    let (mut from, mut into) = (guest.try_clone().unwrap(), back.try_clone().unwrap());
    let there = move || {
        std::io::copy(&mut from, &mut into).ok();
        into.shutdown(Shutdown::Write).ok();
    };
    thread::Builder::new().name("there".to_owned()).spawn(there).unwrap();
    let mut guest = guest;
    let mut piece = [0; 4096];
    let mut is_first = true;
    while let Ok(count) = back.read(&mut piece) {
        let in_front = if is_first { first } else { &[] };
        is_first = false;
        if count == 0 || guest.write_all(&[in_front, &piece[..count]].concat()).is_err() {
            break;
        }
    }
}

fn good() -> (Range, u16, Files, String) {
    let range = Range::start(&RangeConfig { now: today(), upstream: None, faults: vec![Fault::Good] }).unwrap();
    let port = range.address(Fault::Good).unwrap().port();
    let files = Files::new();
    let ca = files.put("ca.crt", range.files().ca());
    (range, port, files, ca)
}

fn certainties(said: &Value) -> Vec<(&str, &str)> {
    let all = said["findings"].as_array().unwrap().iter();
    all.map(|one| (one["id"].as_str().unwrap(), one["certainty"].as_str().unwrap())).collect()
}

#[test]
fn who_drops_every_offer_and_answers_no_question_is_not_called_a_plain_broker() {
    let port = listen(|mut guest, _| drop(record(&mut guest)));
    let (said, _) = scan_port(port, &[]);
    assert_eq!(said["verdict"], "cannot", "{said}");
    assert_eq!(certainties(&said), [("F-065", "possible"), ("F-070", "possible")], "{said}");
    let (result, finding) = check_port(port, None, &[]);
    assert_eq!((result.as_str(), finding.as_deref()), ("failed", None), "nothing shows which of them it is");
}

#[test]
fn who_answers_in_clear_is_seen_to_be_a_plain_broker() {
    let port = listen(|mut guest, _| {
        let mut login = [0; 14];
        if guest.read_exact(&mut login).is_ok() && login.starts_with(b"\x10\x0C\0\x04MQTT") {
            guest.write_all(&[0x20, 2, 0, 1]).ok();
        }
    });
    let (said, _) = scan_port(port, &[]);
    assert_eq!(certainties(&said), [("F-070", "seen")], "{said}");
}

#[test]
fn a_warning_in_front_of_the_answer_is_no_refusal() {
    let (_range, to, _files, ca) = good();
    // Servers in Java warn so of a name that they do not know, and go on (RFC 6066, section 3).
    let port = listen(move |guest, _| hand_on(guest, to, &[0x15, 3, 3, 0, 2, 1, 112]));
    let (said, code) = scan_port(port, &["--ca", &ca]);
    assert_eq!((said["verdict"].as_str(), said["level"].as_u64(), code), (Some("connects"), Some(1), 0), "{said}");
    assert_eq!(first(&said), None, "{said}");
    assert!(said["suites"].as_array().unwrap().iter().any(|one| one["answer"] == "taken"), "{said}");
}

#[test]
fn a_server_that_counts_connections_is_not_judged_by_those_that_it_drops() {
    let (_range, to, _files, ca) = good();
    for (most, verdict) in [(2, "untried"), (3, "untried"), (5, "connects"), (7, "connects")] {
        let port = listen(move |guest, number| {
            if number <= most {
                hand_on(guest, to, &[]);
            }
        });
        let (said, _) = scan_port(port, &["--ca", &ca]);
        assert_eq!(said["verdict"], verdict, "{most} connections: {said}");
        assert!(certainties(&said).iter().all(|(_, how)| *how == "possible"), "{most} connections: {said}");
    }
}

#[test]
fn a_number_tells_only_what_it_means() {
    let refusing = |number: u8| {
        listen(move |mut guest, _| {
            if record(&mut guest).len() > 5 {
                guest.write_all(&[0x15, 3, 3, 0, 2, 2, number]).ok();
            }
        })
    };
    for number in [49, 70, 80] {
        let (said, _) = scan_port(refusing(number), &[]);
        assert_eq!(said["verdict"], "cannot", "{said}");
        assert_eq!(certainties(&said), [("F-082", "possible")], "alert {number}: {said}");
    }
    let (said, _) = scan_port(refusing(40), &[]);
    assert_eq!(certainties(&said), [("F-082", "seen")], "{said}");
    // An address is no name: who serves many names refuses it in the same way.
    let (said, _) = scan(&[&format!("127.0.0.1:{}", refusing(40))]);
    assert_eq!(certainties(&said), [("F-079", "possible"), ("F-082", "possible")], "{said}");
}

struct House {
    files: Files,
    root: Authority,
    now: i64,
}

impl House {
    fn new() -> Self {
        let now = today();
        Self { files: Files::new(), root: Authority::root("Root", KeyKind::Rsa(2048), 0, now).unwrap(), now }
    }

    fn leaf(&self) -> LeafSpec {
        LeafSpec::server(&[HOST, "localhost", "127.0.0.1"], self.now)
    }

    /// OpenSSL's own server with these files.
    fn serve(certificate: &str, key: &str, more: &[&str]) -> (Process, u16) {
        let port = free_port();
        let place = port.to_string();
        let all = ["s_server", "-accept", &place, "-quiet", "-naccept", "200", "-cert", certificate, "-key", key];
        let server = Process::start("openssl", "openssl", all.iter().chain(more));
        wait_for("s_server", || TcpStream::connect(("127.0.0.1", port)).ok());
        (server, port)
    }
}

#[test]
fn a_web_server_behind_tls_is_no_broker() {
    let house = House::new();
    let ca = house.files.authority("root.crt", &house.root);
    let (certificate, key) = house.files.identity("web", &house.root.issue(&house.leaf()).unwrap());
    let (_server, port) = House::serve(&certificate, &key, &["-www"]);
    let (said, code) = scan_port(port, &["--ca", &ca]);
    assert_eq!((said["verdict"].as_str(), code), (Some("cannot"), 1), "{said}");
    assert_eq!(certainties(&said)[0], ("F-062", "seen"), "{said}");
}

#[test]
fn a_key_that_signs_only_cannot_be_used_by_the_modules_suites() {
    let house = House::new();
    let (key, certificate) = (house.files.path("pss.key"), house.files.path("pss.crt"));
    let (key, certificate) = (key.to_str().unwrap(), certificate.to_str().unwrap());
    let made = Process::start(
        "openssl",
        "openssl",
        [
            "req",
            "-x509",
            "-newkey",
            "rsa-pss",
            "-pkeyopt",
            "rsa_keygen_bits:2048",
            "-nodes",
            "-days",
            "30",
            "-subj",
            "/CN=pss",
            "-keyout",
            key,
            "-out",
            certificate,
        ],
    );
    assert!(made.output().0.success());
    let (_server, port) = House::serve(certificate, key, &[]);
    let (said, _) = scan_port(port, &[]);
    assert_eq!((said["verdict"].as_str(), certainties(&said)[0]), (Some("cannot"), ("F-074", "seen")), "{said}");
    assert!(said["findings"][0]["evidence"].to_string().contains("RSA-PSS"), "{said}");
}

#[test]
fn an_intermediate_as_ca_file_is_told_as_that_and_never_as_a_wrong_order() {
    let house = House::new();
    let middle = house.root.intermediate("Intermediate", 3, house.now).unwrap();
    let ca = house.files.authority("middle.crt", &middle);
    let whole = middle.issue(&house.leaf()).unwrap();
    let alone = Identity { issuers: Vec::new(), ..middle.issue(&house.leaf()).unwrap() };
    for (name, identity) in [("alone", alone), ("whole", whole)] {
        let (certificate, key) = house.files.identity(name, &identity);
        let (_server, port) = House::serve(&certificate, &key, &["-cert_chain", &certificate, "-no-CAfile"]);
        let (said, _) = scan_port(port, &["--ca", &ca]);
        assert_eq!(
            (said["verdict"].as_str(), first(&said)),
            (Some("connects-unchecked"), Some("F-211")),
            "{name}: {said}"
        );
        assert!(cure(&said, "module").contains(&"AT+SSLCFG=\"verifymode\",88,1".to_owned()), "{name}: {said}");
    }
}
