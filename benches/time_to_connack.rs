//! How much the PC adds on the way from a fresh port to `CONNACK OK`.
//!
//! A virtual modem on a PTY, the embedded broker on loopback, the real worker. The modem's side of the wire is stamped:
//! from the last byte of a command to the last byte of what the modem says before the next one is the modem's own time.
//! The goal is a ratio of 1.10 or less of the whole time to the modem's own. Nothing is asserted: a busy machine is slow.

#[cfg(unix)]
fn main() {
    unix::main();
}

#[cfg(not(unix))]
fn main() {
    println!("needs a PTY, which this system does not have");
}

#[cfg(unix)]
mod unix {
    use std::{
        fs::File,
        io::{self, Read, Write},
        os::fd::{AsRawFd, OwnedFd},
        sync::{Arc, Mutex, PoisonError},
        time::{Duration, Instant},
    };

    use air780e_companion::{
        broker::{Server, ServerConfig},
        link::{pty::PtyPair, spec::LinkSpec},
        modem::{
            event::Event,
            request::{Connection, Request, RequestId},
            status::{Rung, RungState},
        },
        sim::host::{self, VirtualSpec},
        worker::Worker,
    };
    use mio::{Interest, Registry, Token, event::Source, unix::SourceFd};

    /// What passed the modem's side of the wire, in order.
    #[derive(Clone, Copy)]
    enum Passed {
        Command(Instant),
        Answer(Instant),
    }

    /// The master of a PTY that notes when commands end and answers leave.
    struct StampedWire {
        master: File,
        _slave: OwnedFd,
        passed: Arc<Mutex<Vec<Passed>>>,
    }

    impl StampedWire {
        fn note(&self, passed: Passed) {
            self.passed.lock().unwrap_or_else(PoisonError::into_inner).push(passed);
        }
    }

    impl Read for StampedWire {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.master.read(buffer)?;
            if buffer[..count].contains(&b'\r') {
                self.note(Passed::Command(now()));
            }
            Ok(count)
        }
    }

    impl Write for StampedWire {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let count = self.master.write(bytes)?;
            self.note(Passed::Answer(now()));
            Ok(count)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Source for StampedWire {
        fn register(&mut self, registry: &Registry, token: Token, interests: Interest) -> io::Result<()> {
            SourceFd(&self.master.as_raw_fd()).register(registry, token, interests)
        }

        fn reregister(&mut self, registry: &Registry, token: Token, interests: Interest) -> io::Result<()> {
            SourceFd(&self.master.as_raw_fd()).reregister(registry, token, interests)
        }

        fn deregister(&mut self, registry: &Registry) -> io::Result<()> {
            SourceFd(&self.master.as_raw_fd()).deregister(registry)
        }
    }

    /// One connection: the whole time, and the modem's own.
    fn connect_once(broker_port: u16, seed: u64) -> (Duration, Duration) {
        let PtyPair { master, slave, path } = PtyPair::open().expect("a PTY");
        let passed = Arc::new(Mutex::new(Vec::new()));
        let wire = StampedWire { master, _slave: slave, passed: Arc::clone(&passed) };
        let modem = host::spawn_on(Box::new(wire), &VirtualSpec { seed, ..VirtualSpec::default() }).expect("a modem");
        let port = path.to_str().expect("ASCII").to_owned();
        let connection = Connection::new("127.0.0.1", broker_port, format!("bench-{seed}"));
        let started = now();
        let worker = Worker::spawn(LinkSpec::Serial { port, baud: 115_200 }, || ());
        worker.try_request(RequestId(0), Request::Connect(Box::new(connection))).expect("room");
        wait_for_session(&worker);
        let whole = started.elapsed();
        drop((worker, modem));
        let passed = passed.lock().unwrap_or_else(PoisonError::into_inner);
        (whole, modems_time(&passed, started + whole))
    }

    fn wait_for_session(worker: &Worker) {
        loop {
            match worker.wait_event(Duration::from_mins(1)) {
                Some(Event::Rung { rung: Rung::Mqtt, state: RungState::Confirmed, .. }) => return,
                Some(Event::Done { result: Err(fault), .. }) => panic!("no session: {fault}"),
                Some(_) => {}
                None => panic!("the worker says nothing"),
            }
        }
    }

    /// From each command to the last answer before the next one, up to `end`.
    fn modems_time(passed: &[Passed], end: Instant) -> Duration {
        let mut sum = Duration::ZERO;
        let mut asked: Option<(Instant, Instant)> = None;
        for passed in passed {
            match *passed {
                Passed::Command(at) | Passed::Answer(at) if at > end => break,
                Passed::Command(at) => {
                    sum += asked.map_or(Duration::ZERO, |(from, to)| to - from);
                    asked = Some((at, at));
                }
                Passed::Answer(at) => asked = asked.map(|(from, _)| (from, at)),
            }
        }
        sum + asked.map_or(Duration::ZERO, |(from, to)| to - from)
    }

    #[expect(clippy::disallowed_methods, reason = "a benchmark of real time")]
    fn now() -> Instant {
        Instant::now()
    }

    pub(super) fn main() {
        let broker = Server::start(ServerConfig::default()).expect("a broker");
        let mut ratios: Vec<f64> = (1..=RUNS)
            .map(|seed| {
                let (whole, modem) = connect_once(broker.local_addr().port(), seed);
                let ratio = whole.as_secs_f64() / modem.as_secs_f64();
                println!("run {seed:2}: to CONNACK OK {whole:8.1?}, of that the modem {modem:8.1?}, ratio {ratio:.3}");
                ratio
            })
            .collect();
        ratios.sort_by(f64::total_cmp);
        let (median, worst) = (ratios[ratios.len() / 2], ratios[ratios.len() - 1]);
        println!("time to CONNACK OK / the modem's own time: median {median:.3}, worst {worst:.3} (goal: 1.10)");
    }

    const RUNS: u64 = 20;
}
