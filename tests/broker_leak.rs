//! Ten thousand clients that come, publish and go leave no socket, no thread and no memory behind: at the broker, and in
//! the virtual modem with its broker and its TLS listener.
//!
//! In a program of its own, one test after the other: it counts what the whole process holds.

#![cfg(target_os = "linux")]

#[path = "kit/mod.rs"]
mod kit;
#[path = "sim/rig.rs"]
#[allow(dead_code, clippy::unwrap_used, reason = "the rig serves the tests of the virtual modem too")]
mod rig;

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    sync::{Mutex, PoisonError},
};

use air780e_companion::{
    broker::{Server, ServerConfig},
    sim::{
        Route, Span, VirtualSpec,
        net::DEMO_HOST,
        range::{Fault, HOST, Range, RangeConfig},
        steer::Speed,
    },
};

use crate::{
    kit::{LIMIT, wait_for},
    rig::{NOW, Rig},
};

/// One at a time.
static TURN: Mutex<()> = Mutex::new(());

/// Rounds after which everything that is made once has been made.
const WARM_UP: u16 = 1_000;
const ROUNDS: u16 = 10_000;
/// A leak of a hundred bytes a round would be a million; what the allocator keeps for itself is less than this.
const MOST_GROWTH_KB: u64 = 1_000;

/// Open files, threads, and resident memory in kilobytes of this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Held {
    files: usize,
    threads: usize,
    memory_kb: u64,
}

fn held() -> Held {
    let count = |folder: &str| fs::read_dir(folder).expect("a Linux").count();
    let status = fs::read_to_string("/proc/self/status").expect("a Linux");
    let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a resident size");
    let memory_kb = memory.trim().trim_end_matches(" kB").parse().expect("a number");
    Held { files: count("/proc/self/fd"), threads: count("/proc/self/task"), memory_kb }
}

#[track_caller]
fn hold(before: Held) {
    wait_for("files and threads to be given back", || {
        let after = held();
        (after.files <= before.files && after.threads <= before.threads).then_some(())
    });
    let after = held();
    eprintln!("{before:?} after {WARM_UP} rounds, {after:?} after {ROUNDS} more");
    assert!(after.memory_kb <= before.memory_kb + MOST_GROWTH_KB, "{before:?} became {after:?}");
}

#[test]
fn ten_thousand_clients_of_the_broker_leave_nothing_behind() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let server = Server::start(ServerConfig::default()).expect("a free port");
    for number in 0..WARM_UP {
        round(&server, number);
    }
    let before = held();
    for number in 0..ROUNDS {
        round(&server, number);
    }
    hold(before);
}

/// Connects under one of many names, publishes at QoS 1 and goes: every other time without DISCONNECT.
fn round(server: &Server, number: u16) {
    let mut stream = TcpStream::connect(server.local_addr()).expect("the broker listens");
    stream.set_read_timeout(Some(LIMIT)).expect("an open socket");
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

#[test]
fn ten_thousand_sessions_of_the_virtual_modem_leave_nothing_behind() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let broker = Server::start(ServerConfig::default()).unwrap();
    let faults = vec![Fault::Good];
    let range = Range::start(&RangeConfig { now: NOW, upstream: Some(broker.local_addr()), faults }).unwrap();
    let mut rig = Rig::new(&quick(&broker, &range));
    for number in 0..WARM_UP {
        session(&mut rig, number);
    }
    let before = held();
    for number in 0..ROUNDS {
        session(&mut rig, number);
    }
    hold(before);
}

/// A module that loses no time.
fn quick(broker: &Server, range: &Range) -> VirtualSpec {
    let routes = vec![Route { host: HOST.to_owned(), port: None, to: range.address(Fault::Good).expect("asked for") }];
    let mut spec = VirtualSpec { broker: Some(broker.local_addr()), routes, baud: 4_000_000, ..VirtualSpec::default() };
    let at_once = Span::new(0, 0);
    spec.device.timing.air = at_once;
    spec.device.timing.answer.network = at_once;
    spec.speed = Speed::of_percent(1_600).expect("the fastest pace");
    spec
}

/// From `MCONFIG` to `MIPCLOSE`, every tenth time over TLS and every third without good-bye.
fn session(rig: &mut Rig, number: u16) {
    rig.said.clear();
    rig.ask(&format!("AT+MCONFIG=round-{}", number % 50), "OK");
    let is_encrypted = number.is_multiple_of(10);
    let start = if is_encrypted { format!("AT+SSLMIPSTART={HOST},8883") } else { format!("AT+MIPSTART={DEMO_HOST},1") };
    rig.ask(&start, "CONNECT OK");
    rig.ask("AT+MCONNECT=1,60", "CONNACK OK");
    rig.ask("AT+MPUB=t,1,0,\"x\"", "PUBACK");
    if !number.is_multiple_of(3) {
        rig.ask("AT+MDISCONNECT", "OK");
    }
    rig.send(b"AT+MIPCLOSE\r");
    rig.read_until("\r\n");
}
