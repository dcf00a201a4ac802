//! Ten thousand clients that come, publish and go leave no socket and no thread behind.
//!
//! In a program of its own: it counts what the whole process has open.

#![cfg(target_os = "linux")]

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use air780e_companion::broker::{Server, ServerConfig};

#[test]
fn ten_thousand_rounds_leave_nothing_behind() {
    let server = Server::start(ServerConfig::default()).expect("a free port");
    for number in 0..100 {
        round(&server, number);
    }
    let before = (entries("/proc/self/fd"), entries("/proc/self/task"));
    for number in 0..10_000 {
        round(&server, number);
    }
    assert_eq!((entries("/proc/self/fd"), entries("/proc/self/task")), before);
}

/// Connects under one of many names, publishes at QoS 1 and goes: every other time without DISCONNECT.
fn round(server: &Server, number: u16) {
    let mut stream = TcpStream::connect(server.local_addr()).expect("the broker listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("an open socket");
    let [high, low] = number.to_be_bytes();
    let connect = [0x10, 14, 0, 4, b'M', b'Q', b'T', b'T', 4, 2, 0, 0, 0, 2, b'0' + high % 10, b'0' + low % 10];
    let publish = [0x32, 6, 0, 1, b'a', 0, 9, b'x'];
    stream.write_all(&[&connect[..], &publish].concat()).expect("an open socket");
    let mut answers = [0; 8];
    stream.read_exact(&mut answers).expect("a CONNACK and a PUBACK");
    assert_eq!(answers, [0x20, 2, 0, 0, 0x40, 2, 0, 9]);
    if number.is_multiple_of(2) {
        stream.write_all(&[0xe0, 0]).expect("an open socket");
    } else {
        stream.shutdown(std::net::Shutdown::Write).expect("an open socket");
    }
    assert_eq!(stream.read(&mut answers).expect("the broker closes its end"), 0);
}

fn entries(directory: &str) -> usize {
    fs::read_dir(directory).expect("a Linux").count()
}
