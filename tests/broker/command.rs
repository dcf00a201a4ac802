//! `air780e broker` as a user runs it.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    kit::{LIMIT, process::Process, wait_for},
    support::connect,
    tls::Bench,
};

fn connected(port: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", port.parse().unwrap())).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    stream.write_all(&connect(b'c')).unwrap();
    let mut connack = [0; 4];
    stream.read_exact(&mut connack).unwrap();
    assert_eq!(connack, [0x20, 2, 0, 0]);
    stream
}

#[test]
fn a_forbidden_filter_is_refused_with_128_and_the_end_is_orderly() {
    let mut broker =
        Process::air780e(["broker", "--port", "0", "--forbid-filter", "a", "--forbid-filter", "test/nosubscribe"]);
    let mut client = connected(&broker.line());
    client.write_all(&[0x82, 14, 0, 1, 0, 1, b'a', 2, 0, 1, b'b', 2, 0, 1, b'a', 0]).unwrap();
    let mut suback = [0; 7];
    client.read_exact(&mut suback).unwrap();
    assert_eq!(suback, [0x90, 5, 0, 1, 128, 2, 128]);
    assert!(broker.terminate().success());
    assert_eq!(client.read(&mut [0; 8]).unwrap(), 0);
}

#[test]
fn a_list_of_users_turns_strangers_away() {
    let folder = tempfile::tempdir().unwrap();
    let users = file(folder.path(), "users", b"anna:secret\n");
    let broker = Process::air780e(["broker", "--port", "0", "--users", &users]);
    let port: u16 = broker.line().parse().unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    stream.write_all(&connect(b'c')).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert_eq!(answer, [0x20, 2, 0, 5]);
}

#[test]
fn the_tls_port_stands_on_the_second_line() {
    let bench = Bench::new();
    let folder = tempfile::tempdir().unwrap();
    let cert = file(folder.path(), "cert", &bench.server_identity.chain_pem().unwrap());
    let key = file(folder.path(), "key", &bench.server_identity.key_pem().unwrap());
    let ca = file(folder.path(), "ca", &bench.ca);
    let broker = Process::air780e([
        "broker",
        "--port",
        "0",
        "--tls-port",
        "0",
        "--cert",
        &cert,
        "--key",
        &key,
        "--ca",
        &ca,
        "--require-client-cert",
    ]);
    broker.line().parse::<u16>().unwrap();
    let second = broker.line();
    let port: u16 = second.strip_prefix("tls ").unwrap().parse().unwrap();
    TcpStream::connect(("127.0.0.1", port)).unwrap();
}

#[test]
fn a_file_that_does_not_serve_is_named_with_its_option() {
    let bench = Bench::new();
    let folder = tempfile::tempdir().unwrap();
    let cert = file(folder.path(), "cert", &bench.server_identity.chain_pem().unwrap());
    let key = file(folder.path(), "key", &bench.server_identity.key_pem().unwrap());
    let wrong = file(folder.path(), "wrong", b"hunter2");
    let tls = |cert: &str, key: &str| ["--tls-port", "0", "--cert", cert, "--key", key].map(str::to_owned).to_vec();
    let table = [
        (vec!["--users".to_owned(), "/no/such/file".into()], "--users /no/such/file"),
        (vec!["--users".to_owned(), wrong.clone()], "line 1"),
        (tls("/no/such/file", &key), "--cert /no/such/file"),
        (tls(&wrong, &key), "--cert: the server certificate does not load"),
        (tls(&cert, &wrong), "--key: the server key does not load"),
        ([tls(&cert, &key), vec!["--ca".into(), wrong.clone()]].concat(), "--ca: the CA file"),
    ];
    for (more, expected) in table {
        let arguments = ["broker".to_owned(), "--port".into(), "0".into()].into_iter().chain(more);
        let (status, _, errors) = Process::air780e(arguments).output();
        let errors = errors.join("\n");
        assert_eq!(status.code(), Some(2), "{errors}");
        assert!(errors.contains(expected) && !errors.contains("hunter2"), "{errors}");
    }
}

#[test]
fn what_is_no_regular_file_or_too_large_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let fifo = folder.path().join("fifo");
    rustix::fs::mkfifoat(rustix::fs::CWD, &fifo, rustix::fs::Mode::RUSR).unwrap();
    let fifo = fifo.to_str().unwrap().to_owned();
    let large = file(folder.path(), "large", &vec![b'x'; 1024 * 1024 + 1]);
    let here = folder.path().to_str().unwrap().to_owned();
    for (path, expected) in [
        (fifo, "no regular file"),
        ("/dev/zero".into(), "no regular file"),
        (here, "this is a folder"),
        (large, "larger than 1 MiB"),
    ] {
        let (status, lines, errors) = Process::air780e(["broker", "--port", "0", "--users", &path]).output();
        assert_eq!(status.code(), Some(2));
        assert!(lines.is_empty() && errors.len() == 1 && errors[0].contains(expected), "{errors:?}");
    }
}

#[test]
fn what_happens_is_printed_as_lines() {
    let mut broker = Process::air780e(["broker", "--port", "0", "--forbid-filter", "secret/#"]);
    let port = broker.line();
    let publish = |version: &str, id: &str| {
        Command::new("mosquitto_pub")
            .args(["-V", version, "-h", "127.0.0.1", "-p", &port, "-i", id, "-t", "secret/a", "-m", "x", "-q", "1"])
            .stderr(Stdio::null())
            .status()
            .unwrap_or_else(|error| panic!("mosquitto_pub: {error}; install the Debian package mosquitto-clients"))
    };
    assert!(!publish("mqttv31", "old").success());
    publish("mqttv5", "new");
    let lines = broker.lines_until(|line| line.contains("\"new\" disconnected"));
    let find = |text: &str| assert!(lines.iter().any(|line| line.contains(text)), "{text} in {lines:?}");
    find("refused from 127.0.0.1:");
    find("the client speaks MQTT 3.1; this broker speaks MQTT 3.1.1 and 5");
    find("(TCP): MQTT 5, keep alive 60 s, a new session");
    find("\"new\" may not publish to \"secret/a\"");
    assert!(broker.terminate().success());
}

#[test]
fn with_json_every_line_is_an_object() {
    let mut broker = Process::air780e(["broker", "--port", "0", "--ws-port", "0", "--json"]);
    let read = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let first = read(&broker.line());
    assert_eq!(first["event"], "listening");
    assert!(first["ws_port"].as_u64().is_some() && first["tls_port"].is_null());
    drop(connected(&first["port"].to_string()));
    let events: Vec<_> =
        broker.lines_until(|line| line.contains("disconnected")).iter().map(|line| read(line)).collect();
    assert_eq!((&events[0]["event"], &events[0]["client_id"]), (&"connected".into(), &"c".into()));
    assert_eq!((&events[0]["version"], &events[0]["transport"]), (&"3.1.1".into(), &"tcp".into()));
    assert_eq!((&events[1]["event"], &events[1]["reason"]), (&"disconnected".into(), &"lost".into()));
    assert!(broker.terminate().success());
}

#[test]
fn who_fails_below_mqtt_is_told_too() {
    let bench = Bench::new();
    let folder = tempfile::tempdir().unwrap();
    let cert = file(folder.path(), "cert", &bench.server_identity.chain_pem().unwrap());
    let key = file(folder.path(), "key", &bench.server_identity.key_pem().unwrap());
    let more = ["--cert", &cert, "--key", &key, "--json"];
    let ports = ["broker", "--port", "0", "--tls-port", "0", "--ws-port", "0", "--wss-port", "0"];
    let broker = Process::air780e(ports.into_iter().chain(more));
    let ports: serde_json::Value = serde_json::from_str(&broker.line()).unwrap();
    for (port, said, expected) in [
        ("tls_port", &connect(b'p')[..], "TLS: the answer is not TLS"),
        ("wss_port", &connect(b'p'), "TLS: the answer is not TLS"),
        (
            "ws_port",
            b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
            Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
            "WebSocket: HTTP error: 404",
        ),
    ] {
        let address = ("127.0.0.1", u16::try_from(ports[port].as_u64().unwrap()).unwrap());
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(said).unwrap();
        let event: serde_json::Value = serde_json::from_str(&broker.line()).unwrap();
        assert_eq!((&event["event"], &event["reason"]), (&"refused".into(), &"handshake".into()));
        assert!(event["text"].as_str().unwrap().starts_with(expected), "{event}");
    }
}

#[test]
fn a_reader_who_stops_reading_does_not_keep_it_from_ending() {
    let mut broker = Command::new(env!("CARGO_BIN_EXE_air780e"))
        .args(["broker", "--port", "0", "--json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(broker.stdout.take().unwrap());
    let mut first = String::new();
    out.read_line(&mut first).unwrap();
    let first: serde_json::Value = serde_json::from_str(&first).unwrap();
    for _ in 0..1_000 {
        drop(connected(&first["port"].to_string()));
    }
    let id = rustix::process::Pid::from_raw(i32::try_from(broker.id()).unwrap()).unwrap();
    rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    let status = wait_for("the end", || broker.try_wait().unwrap());
    assert!(status.success(), "{status}");
}

#[test]
fn a_limit_is_a_line_on_stderr_and_takes_the_value_asked_for() {
    let broker = Process::air780e(["broker", "--port", "0", "--max-retained-bytes", "10"]);
    let mut client = connected(&broker.line());
    client.write_all(&[0x33, 9, 0, 1, b'a', 0, 1, b'1', b'2', b'3', b'4']).unwrap();
    let mut puback = [0; 4];
    client.read_exact(&mut puback).unwrap();
    client.write_all(&[0x33, 12, 0, 1, b'b', 0, 2, b'1', b'2', b'3', b'4', b'5', b'6', b'7']).unwrap();
    assert_eq!(client.read(&mut puback).unwrap(), 0, "no PUBACK");
    broker.wait_for_error_line(|line| line.contains("limit: the store of retained messages is full (1 times)"));
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}
