//! Time, connections, and what is sent: a dead server ends a scan in time, a wish to stop ends it at once, twelve connections are
//! enough for anybody, and nothing that names a device leaves.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use air780e_companion::sim::range::{ClientKind, Fault, Range, RangeConfig};

use crate::{
    kit::{now, process::Process},
    tools::{Files, check_port, cure, first, scan, scan_port, today},
};

#[test]
fn a_server_that_never_answers_ends_within_its_limit() {
    let range = Range::start(&RangeConfig { now: today(), upstream: None, faults: vec![Fault::Silent] }).unwrap();
    let begun = now();
    let (said, code) = scan_port(range.address(Fault::Silent).unwrap().port(), &["--limit", "3"]);
    assert!(begun.elapsed() < Duration::from_millis(3_500), "{:?}", begun.elapsed());
    assert_eq!((said["verdict"].as_str(), code), (Some("cannot"), 1), "{said}");
    assert_eq!(first(&said), Some("F-084"), "{said}");
}

#[test]
fn a_name_that_cannot_be_asked_for_is_no_verdict() {
    // Whatever this computer's resolver says of a reserved name: it is told honestly.
    let (said, code) = scan(&["no-such-host.invalid", "--limit", "8"]);
    let got = (said["verdict"].as_str().unwrap(), first(&said), code);
    assert!([("cannot", Some("F-052"), 1), ("untried", Some("F-210"), 2)].contains(&got), "{said}");
}

#[cfg(unix)]
#[test]
fn a_wish_to_stop_is_heard_at_once() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut process = Process::air780e(["scan", "--json", &format!("127.0.0.1:{port}")]);
    let mut guests = vec![listener.accept().unwrap()];
    guests.push(listener.accept().unwrap());
    // It waits for an answer now that never comes.
    let begun = now();
    let status = process.terminate();
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!(status.code(), Some(130));
    let said: serde_json::Value = serde_json::from_str(&process.line()).unwrap();
    assert_eq!(said["verdict"], "untried");
}

/// What was said, piece by piece.
type Pieces = Arc<Mutex<Vec<Vec<u8>>>>;

/// Hands everybody on to `to`, counts them, and keeps what they say first.
fn between(to: u16) -> (u16, Arc<AtomicUsize>, Pieces) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (count, said) = (Arc::new(AtomicUsize::new(0)), Pieces::default());
    let (counted, kept) = (Arc::clone(&count), Arc::clone(&said));
    let run = move || {
        for guest in listener.incoming().flatten() {
            counted.fetch_add(1, Ordering::SeqCst);
            let Ok(back) = TcpStream::connect(("127.0.0.1", to)) else { continue };
            let (from, into) = (guest.try_clone().unwrap(), back.try_clone().unwrap());
            let kept = Arc::clone(&kept);
            pass_on(from, into, move |bytes| kept.lock().unwrap().push(bytes.to_vec()));
            pass_on(back, guest, |_| {});
        }
    };
    thread::Builder::new().name("between".to_owned()).spawn(run).unwrap();
    (port, count, said)
}

fn pass_on(mut from: TcpStream, mut to: TcpStream, keep: impl Fn(&[u8]) + Send + 'static) {
    let run = move || {
        let mut piece = [0; 4096];
        while let Ok(count) = from.read(&mut piece) {
            if count == 0 {
                break;
            }
            keep(&piece[..count]);
            if to.write_all(&piece[..count]).is_err() {
                break;
            }
        }
        to.shutdown(std::net::Shutdown::Write).ok();
    };
    thread::Builder::new().name("pass-on".to_owned()).spawn(run).unwrap();
}

/// Lets in only who comes with the header of a proxy, and hands the rest on to `to`.
fn behind_a_proxy(to: u16) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let serve = move |mut guest: TcpStream| {
        let mut header = Vec::new();
        let mut byte = [0];
        let is_header = |bytes: &[u8]| bytes.iter().zip(b"PROXY ").all(|(one, other)| one == other);
        while !header.ends_with(b"\r\n") && is_header(&header) && matches!(guest.read(&mut byte), Ok(1)) {
            header.push(byte[0]);
        }
        if is_header(&header) {
            let back = TcpStream::connect(("127.0.0.1", to)).unwrap();
            pass_on(guest.try_clone().unwrap(), back.try_clone().unwrap(), |_| {});
            pass_on(back, guest, |_| {});
        }
    };
    let run = move || {
        for guest in listener.incoming().flatten() {
            thread::Builder::new().name("proxied".to_owned()).spawn(move || serve(guest)).unwrap();
        }
    };
    thread::Builder::new().name("behind".to_owned()).spawn(run).unwrap();
    port
}

#[test]
fn a_port_for_a_proxy_is_told_from_a_plain_one() {
    let range = Range::start(&RangeConfig { now: today(), upstream: None, faults: vec![Fault::Good] }).unwrap();
    let files = Files::new();
    let ca = files.put("ca.crt", range.files().ca());
    let port = behind_a_proxy(range.address(Fault::Good).unwrap().port());
    let (said, _) = scan_port(port, &["--ca", &ca]);
    assert_eq!((said["verdict"].as_str(), first(&said)), (Some("cannot"), Some("F-065")), "{said}");
    assert_eq!(said["findings"][0]["certainty"], "seen", "{said}");
    assert!(cure(&said, "emqx").contains(&"listeners.ssl.default.proxy_protocol = false".to_owned()), "{said}");
    assert_eq!(check_port(port, Some(&ca), &[]), ("failed".to_owned(), Some("F-065".to_owned())));
}

#[test]
fn twelve_connections_are_enough_and_no_login_is_sent() {
    let all =
        [Fault::Good, Fault::ClientCertificate, Fault::SniChooses, Fault::EcdheOnly, Fault::PlainMqtt, Fault::Http];
    let range = Range::start(&RangeConfig { now: today(), upstream: None, faults: all.to_vec() }).unwrap();
    let files = Files::new();
    let ca = files.put("ca.crt", range.files().ca());
    let client = range.files().client(ClientKind::Good);
    let (certificate, key) = (files.put("c.crt", &client.certificate), files.put("c.key", &client.key));
    for fault in all {
        let (port, count, said) = between(range.address(fault).unwrap().port());
        let (verdict, _) = scan_port(port, &["--ca", &ca, "--cert", &certificate, "--key", &key]);
        let connections = count.load(Ordering::SeqCst);
        assert!((1..=12).contains(&connections), "{fault}: {connections} connections: {verdict}");
        let said = said.lock().unwrap();
        for bytes in said.iter() {
            let is_tls = (0x14..=0x17).contains(&bytes[0]);
            // The last of them is a login that no broker lets in: its version does not exist, and it has no name.
            let questions: [&[u8]; 3] =
                [b"GET / HTTP/1.0\r\n", b"PROXY UNKNOWN\r\n", b"\x10\x0C\0\x04MQTT\x09\x02\0\x3C\0\0"];
            let is_question = questions.iter().any(|question| bytes.starts_with(question));
            assert!(is_tls || is_question, "{fault}: {bytes:?}");
            assert!(is_question || !bytes.windows(4).any(|part| part == b"MQTT"), "{fault}");
        }
        let suites = verdict["suites"].as_array().unwrap();
        if fault == Fault::Good {
            assert!(suites.iter().all(|one| one["answer"] != "untestable"), "every suite is asked for: {verdict}");
        }
    }
}

#[test]
fn what_this_computer_cannot_try_to_the_end_is_never_called_refused() {
    let range = Range::start(&RangeConfig { now: today(), upstream: None, faults: vec![Fault::Rc4Only] }).unwrap();
    let (said, _) = scan_port(range.address(Fault::Rc4Only).unwrap().port(), &[]);
    let row =
        |id: &str| said["suites"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap()["answer"].clone();
    assert_eq!((row("0x0005"), row("0x0035")), ("untestable".into(), "refused".into()), "{said}");
}

#[test]
fn a_firmware_without_names_is_told_where_names_decide() {
    let range = Range::start(&RangeConfig { now: today(), upstream: None, faults: vec![Fault::SniRequired] }).unwrap();
    let port = range.address(Fault::SniRequired).unwrap().port();
    let certainty = |model: &str| {
        let (said, _) = scan_port(port, &["--model", model]);
        // Who is not let in without a name cannot connect without one.
        assert_eq!(said["verdict"], if model.contains("V1160") { "cannot" } else { "connects" }, "{said}");
        let found = said["findings"].as_array().unwrap().iter().find(|one| one["id"] == "F-078").cloned();
        found.map(|one| one["certainty"].as_str().unwrap().to_owned())
    };
    assert_eq!(certainty("AirM2M_780E_V1160_LTE_AT").as_deref(), Some("seen"));
    assert_eq!(certainty("Air780E").as_deref(), Some("possible"));
    assert_eq!(certainty("AirM2M_780E_V1169_LTE_AT"), None);
}
