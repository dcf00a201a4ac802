//! The same packets to this broker and to a real mosquitto: the answers are compared, and whether the connection stays.
//!
//! Every difference that is allowed is listed with its reason in `reasons`. `AIR780E_DIFFERENTIAL=20000` runs so many
//! sequences of each version instead of the few of an ordinary run.

mod answers;
mod reasons;
mod sequences;

use std::{
    collections::BTreeMap,
    env, fs,
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpStream},
};

use air780e_companion::broker::{Server, ServerConfig};
use tempfile::TempDir;

use self::{answers::Answers, reasons::reason};
use crate::kit::{LIMIT, free_port, process::Process, wait_for};

#[test]
fn mqtt_3_1_1_is_answered_as_mosquitto_answers_it() {
    compare(false);
}

#[test]
fn mqtt_5_is_answered_as_mosquitto_answers_it() {
    compare(true);
}

fn compare(is_v5: bool) {
    let count = env::var("AIR780E_DIFFERENTIAL").map_or(USUAL, |count| count.parse().expect("a number"));
    let ours = Server::start(ServerConfig::default()).unwrap();
    let theirs = Quiet::start();
    let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
    let mut unexplained = Vec::new();
    for seed in 1..=count {
        let packets = sequences::sequence(is_v5, seed);
        let a = exchange(is_v5, ours.local_addr(), &packets);
        let b = exchange(is_v5, theirs.address, &packets);
        if a == b {
            continue;
        }
        match reason(is_v5, &packets, &a, &b) {
            Some(reason) => *reasons.entry(reason).or_default() += 1,
            None => unexplained.push((seed, packets, a, b)),
        }
    }
    let version = if is_v5 { "5" } else { "3.1.1" };
    println!("MQTT {version}: {count} sequences; allowed differences: {reasons:#?}");
    for (seed, packets, ours, theirs) in unexplained.iter().take(10) {
        println!("seed {seed}: {packets:02x?}\n  ours   {ours:?}\n  theirs {theirs:?}");
    }
    assert!(unexplained.is_empty(), "{} of {count} sequences differ without a reason", unexplained.len());
}

/// Sends everything at once and then a PINGREQ, whose answer tells that the connection is alive; reads to the end.
fn exchange(is_v5: bool, address: SocketAddr, packets: &[Vec<u8>]) -> Answers {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    stream.set_nodelay(true).unwrap();
    let mut bytes = packets.concat();
    bytes.extend_from_slice(&[0xc0, 0]);
    // A broker that has closed the connection resets it for what comes later: what it said before is what counts.
    stream.write_all(&bytes).ok();
    stream.shutdown(Shutdown::Write).ok();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok();
    answers::read(is_v5, &answer)
}

/// A mosquitto that logs nothing.
struct Quiet {
    address: SocketAddr,
    _process: Process,
    _folder: TempDir,
}

impl Quiet {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        let user = if rustix::process::getuid().is_root() { "user root\n" } else { "" };
        let settings = "log_type none\npersistence false\nallow_anonymous true\nmax_topic_alias 16\n";
        let config = format!("{user}listener {port} 127.0.0.1\n{settings}");
        let path = folder.path().join("mosquitto.conf");
        fs::write(&path, config).unwrap();
        let program = crate::kit::mosquitto::program();
        let process = Process::start(&program, "mosquitto", ["-c".as_ref(), path.as_os_str()]);
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        wait_for("mosquitto's port", || TcpStream::connect(address).ok());
        Self { address, _process: process, _folder: folder }
    }
}

/// Sequences of each version in an ordinary run.
const USUAL: u64 = 400;
