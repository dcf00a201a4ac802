//! Round trips on loopback: the embedded broker and a real mosquitto, both as a ratio to a plain TCP echo.
//!
//! All are measured in turns within one run, so that whatever else the computer does falls on each alike. Ratios are
//! printed and nothing is asserted: `cargo bench --no-default-features --bench broker`.

use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread::Builder,
    time::{Duration, Instant},
};

use air780e_companion::broker::{Server, ServerConfig};
use hdrhistogram::Histogram;

fn main() -> io::Result<()> {
    stay_awake()?;
    let echo = start_echo()?;
    let broker = Server::start(ServerConfig::default())?;
    let mosquitto = Mosquitto::start();

    let mut trips = vec![
        Trip::new("plain TCP echo", None, TcpStream::connect(echo)?, echo_trip),
        Trip::new("broker, PUBACK", Some(1.5), mqtt(broker.local_addr())?, puback_trip),
        Trip::new("broker, PUBCOMP", Some(3.0), mqtt(broker.local_addr())?, pubcomp_trip),
    ];
    match &mosquitto {
        Ok(mosquitto) => {
            trips.push(Trip::new("mosquitto, PUBACK", None, mqtt(mosquitto.address)?, puback_trip));
            trips.push(Trip::new("mosquitto, PUBCOMP", None, mqtt(mosquitto.address)?, pubcomp_trip));
        }
        Err(error) => println!("without mosquitto ({error}): install the Debian package mosquitto to compare with it"),
    }
    for _ in 0..TURNS {
        for trip in &mut trips {
            trip.take_turn()?;
        }
    }
    report(&trips);
    Ok(())
}

/// One kind of round trip and how long it took each time, in nanoseconds.
struct Trip {
    name: &'static str,
    /// At most this many times a plain echo.
    goal: Option<f64>,
    stream: TcpStream,
    run: fn(&mut TcpStream) -> io::Result<()>,
    taken: Histogram<u64>,
}

impl Trip {
    fn new(
        name: &'static str,
        goal: Option<f64>,
        stream: TcpStream,
        run: fn(&mut TcpStream) -> io::Result<()>,
    ) -> Self {
        stream.set_nodelay(true).expect("an open socket");
        Self {
            name,
            goal,
            stream,
            run,
            taken: Histogram::new_with_bounds(1, 60_000_000_000, 3).expect("bounds in order"),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
    fn take_turn(&mut self) -> io::Result<()> {
        for _ in 0..TRIPS_A_TURN {
            let begun = Instant::now();
            (self.run)(&mut self.stream)?;
            self.taken.saturating_record(u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX));
        }
        Ok(())
    }

    fn micros(&self, quantile: f64) -> f64 {
        Duration::from_nanos(self.taken.value_at_quantile(quantile)).as_secs_f64() * 1e6
    }
}

fn report(trips: &[Trip]) {
    let plain = trips[0].micros(0.5);
    println!("{:<20} {:>10} {:>10} {:>14} {:>6}", "round trip", "median µs", "p99 µs", "to plain echo", "goal");
    for trip in trips {
        let goal = trip.goal.map_or(String::new(), |goal| format!("{goal:.1}"));
        let (median, p99) = (trip.micros(0.5), trip.micros(0.99));
        println!("{:<20} {median:>10.1} {p99:>10.1} {:>14.2} {goal:>6}", trip.name, median / plain);
    }
}

fn echo_trip(stream: &mut TcpStream) -> io::Result<()> {
    stream.write_all(&publish(0x32))?;
    stream.read_exact(&mut publish(0))
}

fn puback_trip(stream: &mut TcpStream) -> io::Result<()> {
    stream.write_all(&publish(0x32))?;
    expect(stream, [0x40, 2, 0, 1])
}

fn pubcomp_trip(stream: &mut TcpStream) -> io::Result<()> {
    stream.write_all(&publish(0x34))?;
    expect(stream, [0x50, 2, 0, 1])?;
    stream.write_all(&[0x62, 2, 0, 1])?;
    expect(stream, [0x70, 2, 0, 1])
}

fn expect(stream: &mut TcpStream, expected: [u8; 4]) -> io::Result<()> {
    let mut answer = [0; 4];
    stream.read_exact(&mut answer)?;
    if answer == expected { Ok(()) } else { Err(io::Error::other(format!("{answer:?} instead of {expected:?}"))) }
}

/// A PUBLISH of 64 bytes with identifier 1, to a topic nobody reads.
fn publish(first: u8) -> [u8; 64] {
    let mut packet = [b'x'; 64];
    packet[..9].copy_from_slice(&[first, 62, 0, 3, b'a', b'/', b'b', 0, 1]);
    packet
}

/// A connection with an accepted CONNECT.
fn mqtt(address: SocketAddr) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(&[0x10, 12, 0, 4, b'M', b'Q', b'T', b'T', 4, 2, 0, 0, 0, 0])?;
    expect(&mut stream, [0x20, 2, 0, 0])?;
    Ok(stream)
}

/// Keeps a processor busy to the end of the run. An idle virtual machine parks its processors; waking one takes ten times a
/// round trip and would fall on whoever waits last.
fn stay_awake() -> io::Result<()> {
    Builder::new().name("awake".into()).spawn(|| {
        loop {
            std::hint::spin_loop();
        }
    })?;
    Ok(())
}

fn start_echo() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    Builder::new().name("echo".into()).spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client");
        stream.set_nodelay(true).expect("an open socket");
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = stream.read(&mut buffer) {
            stream.write_all(&buffer[..count]).expect("an open socket");
        }
    })?;
    Ok(address)
}

/// A mosquitto of its own on a free port; ends with this value.
struct Mosquitto {
    child: Child,
    address: SocketAddr,
}

impl Mosquitto {
    fn start() -> io::Result<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let child = Command::new("mosquitto")
            .args(["-p", &address.port().to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut mosquitto = Self { child, address };
        mosquitto.wait_until_it_listens()?;
        Ok(mosquitto)
    }

    #[expect(clippy::disallowed_methods, reason = "a foreign program says nothing when it is ready")]
    fn wait_until_it_listens(&mut self) -> io::Result<()> {
        let begun = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            if let Some(status) = self.child.try_wait()? {
                return Err(io::Error::other(format!("mosquitto ended with {status}")));
            }
            if begun.elapsed() > Duration::from_secs(10) {
                return Err(io::ErrorKind::TimedOut.into());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }
}

impl Drop for Mosquitto {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

const TURNS: usize = 40;
const TRIPS_A_TURN: usize = 500;
