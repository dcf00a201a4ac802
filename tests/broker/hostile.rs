//! Clients on real sockets that send nonsense, nothing, or too slowly, while a good one goes on.

use std::{
    io::{ErrorKind, Read, Write},
    iter::repeat_n,
    time::Duration,
};

use air780e_companion::broker::{CoreConfig, Limits};

use crate::{
    kit::now,
    support::{Subscriber, answers_ping, broker, connect, connected, connection, is_closed, publish},
};

#[test]
fn malformed_bytes_end_one_connection_only() {
    let server = broker(CoreConfig::default());
    let mut good = connected(&server, b'g');
    let nonsense: [&[u8]; 5] = [
        b"GET / HTTP/1.1\r\nHost: broker\r\n\r\n",
        &[0xff; 64],
        &[0; 64],
        &[0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3],
        &[0x10, 0xff, 0xff, 0xff, 0xff, 0xff],
    ];
    for bytes in nonsense {
        let mut bad = connection(&server);
        bad.write_all(bytes).expect("an open socket");
        assert!(is_closed(bad), "{bytes:?}");
        assert!(answers_ping(&mut good), "after {bytes:?}");
    }
}

#[test]
fn a_huge_declared_length_is_refused_without_its_bytes() {
    let server = broker(CoreConfig::default());
    let mut good = connected(&server, b'g');
    let mut bad = connection(&server);
    bad.write_all(&[0x10, 0xff, 0xff, 0xff, 0x7f]).expect("an open socket");
    assert!(is_closed(bad));
    let mut bad = connected(&server, b'b');
    bad.write_all(&[0x30, 0xff, 0xff, 0xff, 0x7f]).expect("an open socket");
    assert!(is_closed(bad));
    assert!(answers_ping(&mut good));
}

#[test]
fn one_byte_at_a_time_is_served() {
    let server = broker(CoreConfig::default());
    let mut stream = connection(&server);
    for byte in connect(b's') {
        stream.write_all(&[byte]).expect("an open socket");
    }
    let mut connack = [0; 4];
    stream.read_exact(&mut connack).expect("a CONNACK");
    for byte in [0x32, 6, 0, 1, b'a', 0, 9, b'x'] {
        stream.write_all(&[byte]).expect("an open socket");
    }
    let mut puback = [0; 4];
    stream.read_exact(&mut puback).expect("a PUBACK");
    assert_eq!(puback, [0x40, 2, 0, 9]);
}

#[test]
fn a_client_that_dribbles_is_cut_off_in_time_and_the_others_are_served() {
    let limits = Limits { connect_deadline: DEADLINE, ..Limits::default() };
    let server = broker(CoreConfig { limits, ..CoreConfig::default() });
    let mut good = connected(&server, b'g');
    let began = now();
    let mut slow = connection(&server);
    // A read that ends without a byte is the pause before the next byte.
    slow.set_read_timeout(Some(PAUSE)).expect("an open socket");
    // A CONNECT with an identifier of 60,000 bytes, far from complete when its time is over.
    let start = [0x10, 0xec, 0xd4, 0x03, 0, 4, b'M', b'Q', b'T', b'T', 4, 2, 0, 0, 0xea, 0x60];
    let mut sent = 0;
    for byte in start.into_iter().chain(repeat_n(b'x', LONGEST)) {
        if slow.write_all(&[byte]).is_err() {
            break;
        }
        sent += 1;
        assert!(answers_ping(&mut good), "after {sent} bytes");
        match slow.read(&mut [0; 8]) {
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break,
            Ok(0) => break,
            other => panic!("an answer to half a CONNECT: {other:?}"),
        }
    }
    assert!(began.elapsed() >= DEADLINE, "cut off before its time, after {sent} bytes");
    assert!(sent < LONGEST, "{sent} bytes were taken");
    assert!(answers_ping(&mut good));
}

const DEADLINE: Duration = Duration::from_secs(2);
/// From one byte to the next, at least.
const PAUSE: Duration = Duration::from_millis(20);
/// Bytes after which a broker has let somebody dribble for far too long: the pauses alone are five times the deadline.
const LONGEST: usize = 500;

#[test]
fn a_thousand_half_open_connections_leave_a_good_client_undisturbed() {
    allow_many_sockets();
    let server = broker(CoreConfig::default());
    let mut subscriber = Subscriber::ready(&server, &["-t", "data", "-q", "2"]);
    let half_open: Vec<_> = (0..1_000)
        .map(|number: usize| {
            let mut stream = connection(&server);
            let part = number % connect(b'h').len();
            stream.write_all(&connect(b'h')[..part]).expect("an open socket");
            stream
        })
        .collect();
    for number in 0..10 {
        let payload = number.to_string();
        assert!(publish(&server, &["-t", "data", "-q", "2", "-m", &payload]));
        assert_eq!(subscriber.line(), Some(format!("2 0 data {payload}")));
    }
    assert_eq!(half_open.len(), 1_000);
}

#[test]
fn a_client_that_reads_nothing_is_cut_off_and_the_others_are_served() {
    let limits = Limits { max_outbound_bytes: 64 * 1024, ..Limits::default() };
    let server = broker(CoreConfig { limits, ..CoreConfig::default() });
    let mut deaf = connected(&server, b'd');
    deaf.write_all(&[0x82, 6, 0, 1, 0, 1, b'a', 0]).expect("an open socket");
    let mut suback = [0; 5];
    deaf.read_exact(&mut suback).expect("a SUBACK");

    let mut talker = connected(&server, b't');
    let payload = [b'x'; 8 * 1024];
    let packet = [&[0x30, 0x83, 0x40, 0, 1, b'a'][..], &payload].concat();
    for _ in 0..4_000 {
        talker.write_all(&packet).expect("the broker goes on reading");
    }
    assert!(answers_ping(&mut talker));
    assert!(is_closed(deaf));
}

#[test]
fn a_client_that_floods_does_not_keep_another_waiting() {
    let server = broker(CoreConfig::default());
    let mut flooder = connected(&server, b'f');
    let mut good = connected(&server, b'g');
    let packets = [0x30, 4, 0, 1, b'a', b'x'].repeat(20_000);
    for _ in 0..20 {
        flooder.write_all(&packets).expect("the broker goes on reading");
        assert!(answers_ping(&mut good));
    }
    assert!(answers_ping(&mut flooder));
}

/// Raises the limit of open files for this process: the clients and the broker live in the same one.
fn allow_many_sockets() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let maximum = getrlimit(Resource::Nofile).maximum;
        let wanted = Rlimit { current: maximum.map_or(Some(8_192), |most| Some(most.min(8_192))), maximum };
        if getrlimit(Resource::Nofile).current.is_some_and(|current| current < 8_192) {
            setrlimit(Resource::Nofile, wanted).expect("a limit below the maximum");
        }
    }
}
