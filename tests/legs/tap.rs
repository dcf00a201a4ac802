//! A wire with eyes and scissors: passes what a client and its broker say on, packet by packet, keeps what it saw, and does what it is
//! told to the traced messages. What it saw is the truth that verdicts are held against.

use std::{
    collections::BTreeSet,
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use air780e_companion::{legs::Mark, mqtt::Topic};

/// What is done to the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scissors {
    /// Cut when this number comes from the client: the broker never gets it.
    pub(crate) before_broker: Option<u32>,
    /// Cut the client off right behind this number: the broker gets it, its confirmation finds nobody.
    pub(crate) behind_client: Option<u32>,
    /// Cut when this number comes from the broker: the client never gets it.
    pub(crate) before_client: Option<u32>,
    /// Hold what the client confirms back until [`Tap::release`].
    pub(crate) holds_confirmations: bool,
}

/// What went where.
#[derive(Clone, Debug, Default)]
pub(crate) struct Truth {
    /// Numbers that came from the client.
    pub(crate) left_client: BTreeSet<u32>,
    /// Numbers that were passed on to the broker.
    pub(crate) reached_broker: BTreeSet<u32>,
    /// Numbers that came from the broker.
    pub(crate) left_broker: BTreeSet<u32>,
    /// Numbers that were passed on to the client.
    pub(crate) reached_client: BTreeSet<u32>,
}

/// A wire that takes any number of connections to one broker.
pub(crate) struct Tap {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    broker: SocketAddr,
    mark: Mark,
    scissors: Scissors,
    truth: Mutex<Truth>,
    /// Connections on which the broker may still send.
    open: AtomicUsize,
    /// What is held back, with where it goes.
    held: Mutex<Option<Vec<Held>>>,
}

/// Bytes, and where they go.
type Held = (TcpStream, Vec<u8>);

impl Tap {
    pub(crate) fn new(broker: SocketAddr, mark: Mark, scissors: Scissors) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address");
        let held = Mutex::new(scissors.holds_confirmations.then(Vec::new));
        let shared =
            Arc::new(Shared { broker, mark, scissors, truth: Mutex::default(), open: AtomicUsize::new(0), held });
        let threads = Arc::clone(&shared);
        spawn(move || {
            for client in listener.incoming() {
                let Ok(client) = client else { return };
                let Ok(broker) = TcpStream::connect(threads.broker) else { return };
                for stream in [&client, &broker] {
                    stream.set_nodelay(true).expect("an open socket");
                }
                threads.open.fetch_add(1, Ordering::SeqCst);
                let ends = |a: &TcpStream, b: &TcpStream| {
                    (a.try_clone().expect("a socket"), b.try_clone().expect("a socket"), Arc::clone(&threads))
                };
                let (from, to, shared) = ends(&client, &broker);
                spawn(move || shared.pass_up(&from, &to));
                let (from, to, shared) = ends(&broker, &client);
                spawn(move || {
                    shared.pass_down(from, &to);
                    shared.open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { address, shared }
    }

    pub(crate) fn truth(&self) -> Truth {
        self.shared.truth.lock().expect("no panic").clone()
    }

    /// Whether the broker has closed every connection.
    pub(crate) fn is_quiet(&self) -> bool {
        self.shared.open.load(Ordering::SeqCst) == 0
    }

    /// Passes on what was held back, and holds nothing back any more.
    pub(crate) fn release(&self) {
        let held = self.shared.held.lock().expect("no panic").take();
        for (mut stream, bytes) in held.into_iter().flatten() {
            let _ = stream.write_all(&bytes);
        }
    }
}

impl Shared {
    fn pass_up(&self, client: &TcpStream, mut broker: &TcpStream) {
        for packet in packets(client.try_clone().expect("a socket")) {
            let number = self.number(&packet);
            if let Some(n) = number {
                self.note(|truth| truth.left_client.insert(n));
                if self.scissors.before_broker == Some(n) {
                    cut(client);
                    return cut(broker);
                }
            }
            if matches!(packet[0] >> 4, 4..=7) && self.holds_back(broker, &packet) {
                continue;
            }
            if let Some(n) = number {
                self.note(|truth| truth.reached_broker.insert(n));
            }
            if broker.write_all(&packet).is_err() {
                self.note(|truth| number.is_some_and(|n| truth.reached_broker.remove(&n)));
                break;
            }
            if number.is_some() && self.scissors.behind_client == number {
                // The broker reads all of it before it learns of the end.
                let _ = broker.shutdown(Shutdown::Write);
                return cut(client);
            }
        }
        let _ = broker.shutdown(Shutdown::Write);
    }

    fn pass_down(&self, broker: TcpStream, mut client: &TcpStream) {
        for packet in packets(broker) {
            let number = self.number(&packet);
            if let Some(n) = number {
                self.note(|truth| truth.left_broker.insert(n));
                if self.scissors.before_client == Some(n) {
                    return cut(client);
                }
            }
            if let Some(n) = number {
                self.note(|truth| truth.reached_client.insert(n));
            }
            if client.write_all(&packet).is_err() {
                self.note(|truth| number.is_some_and(|n| truth.reached_client.remove(&n)));
                return;
            }
        }
        let _ = client.shutdown(Shutdown::Write);
    }

    fn holds_back(&self, broker: &TcpStream, packet: &[u8]) -> bool {
        match &mut *self.held.lock().expect("no panic") {
            Some(held) => {
                held.push((broker.try_clone().expect("a socket"), packet.to_vec()));
                true
            }
            None => false,
        }
    }

    fn note<T>(&self, what: impl FnOnce(&mut Truth) -> T) {
        what(&mut self.truth.lock().expect("no panic"));
    }

    /// The number of a traced message.
    fn number(&self, packet: &[u8]) -> Option<u32> {
        if packet[0] >> 4 != 3 {
            return None;
        }
        let header = 1 + packet[1..].iter().position(|byte| byte & 0x80 == 0)? + 1;
        let body = &packet[header..];
        let length = usize::from(u16::from_be_bytes([body[0], body[1]]));
        let topic: Topic = std::str::from_utf8(&body[2..2 + length]).ok()?.parse().ok()?;
        let after = 2 + length + if packet[0] & 0b0110 == 0 { 0 } else { 2 };
        self.mark.read(&topic, &body[after..])
    }
}

fn cut(stream: &TcpStream) {
    let _ = stream.shutdown(Shutdown::Both);
}

/// The packets that come, until the stream ends.
fn packets(mut stream: TcpStream) -> mpsc::IntoIter<Vec<u8>> {
    let (sender, receiver) = mpsc::sync_channel(64);
    spawn(move || {
        while let Some(packet) = packet(&mut stream) {
            if sender.send(packet).is_err() {
                return;
            }
        }
    });
    receiver.into_iter()
}

fn packet(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut packet = vec![0; 1];
    stream.read_exact(&mut packet).ok()?;
    let (mut length, mut place) = (0, 0);
    loop {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        packet.push(byte[0]);
        length |= usize::from(byte[0] & 0x7f) << place;
        place += 7;
        if byte[0] & 0x80 == 0 {
            break;
        }
    }
    let start = packet.len();
    packet.resize(start + length, 0);
    stream.read_exact(&mut packet[start..]).ok()?;
    Some(packet)
}

fn spawn(work: impl FnOnce() + Send + 'static) {
    thread::Builder::new().name("tap".to_owned()).spawn(work).expect("a thread");
}
