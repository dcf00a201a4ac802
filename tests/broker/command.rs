//! `air780e broker` as a user runs it.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
};

use crate::{
    kit::{LIMIT, process::Process},
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
        assert_eq!(status.code(), Some(1), "{errors}");
        assert!(errors.contains(expected) && !errors.contains("hunter2"), "{errors}");
    }
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}
