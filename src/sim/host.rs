//! The thread on which a virtual modem lives, with its sockets and the wire to the PC.
//!
//! It owns the clock and waits for exactly the next thing to do; what the module does stands elsewhere.

use std::{
    fs::File,
    io::{self, BufWriter, ErrorKind, Read, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, bounded};
use mio::{Events, Interest, Poll, Token, Waker, event::Source};

use crate::time::Moment;

pub use super::{pipe::PipeEnd, spec::VirtualSpec};

use super::{
    Route, Steer, VirtualModem,
    net::{DEMO_HOST, sockets::Sockets},
    pace::PacedClock,
    pipe,
};

const WAKE: Token = Token(0);
const WIRE: Token = Token(1);
/// First token of the sockets.
const SOCKETS: usize = 2;
/// Orders that wait at most.
const ORDERS: usize = 64;
/// Bytes that wait for a reader of the wire; what comes after is lost, as on a line without flow control.
const UNWRITTEN: usize = 65_536;

/// Something a virtual modem can be wired to: a PTY, an in-process pipe.
///
/// Reading and writing never block. `Ok(0)` from a read, or any error but `WouldBlock` and `Interrupted`, ends the
/// virtual modem; a wire that only waits for its next reader says `WouldBlock`.
pub trait Wire: Read + Write + Source + Send {}

impl<T: Read + Write + Source + Send> Wire for T {}

/// A running virtual modem. Dropping it ends its thread.
#[derive(Debug)]
pub struct Host {
    orders: Sender<Steer>,
    stopping: Arc<AtomicBool>,
    waker: Arc<Waker>,
    thread: Option<JoinHandle<()>>,
}

/// Steers a running virtual modem from elsewhere. It does not keep the modem alive.
#[derive(Clone, Debug)]
pub struct Remote {
    orders: Sender<Steer>,
    waker: Arc<Waker>,
}

impl Remote {
    /// Does something to the module; `false` when it has ended or 64 other orders wait.
    pub fn steer(&self, steer: Steer) -> bool {
        let is_taken = self.orders.try_send(steer).is_ok();
        // Fails only when the thread has ended.
        is_taken && self.waker.wake().is_ok()
    }
}

impl Host {
    /// Does something to the module. An order is lost only when the module has ended or 64 others wait.
    pub fn steer(&self, steer: Steer) {
        if self.orders.try_send(steer).is_ok() {
            // Fails only when the thread has ended.
            let _ = self.waker.wake();
        }
    }

    /// A hand for another thread.
    pub fn remote(&self) -> Remote {
        Remote { orders: self.orders.clone(), waker: Arc::clone(&self.waker) }
    }

    /// Asks the thread to end; does not wait. The PC's end then reads an error.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
        // Fails only when the thread has ended.
        let _ = self.waker.wake();
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.stop();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has already shown itself to the PC as a broken wire.
            let _ = thread.join();
        }
    }
}

/// Starts a virtual modem on an in-process pipe.
pub fn spawn_on_pipe(spec: &VirtualSpec) -> io::Result<(Host, PipeEnd)> {
    let (poll, waker) = new_poll()?;
    let (end, wire) = pipe::pipe(Arc::clone(&waker));
    let host = spawn(poll, waker, Box::new(wire), spec)?;
    Ok((host, end))
}

/// Starts a virtual modem on any wire.
pub fn spawn_on(wire: Box<dyn Wire>, spec: &VirtualSpec) -> io::Result<Host> {
    let (poll, waker) = new_poll()?;
    spawn(poll, waker, wire, spec)
}

fn new_poll() -> io::Result<(Poll, Arc<Waker>)> {
    let poll = Poll::new()?;
    let waker = Arc::new(Waker::new(poll.registry(), WAKE)?);
    Ok((poll, waker))
}

fn spawn(poll: Poll, waker: Arc<Waker>, mut wire: Box<dyn Wire>, spec: &VirtualSpec) -> io::Result<Host> {
    poll.registry().register(&mut *wire, WIRE, Interest::READABLE | Interest::WRITABLE)?;
    let demo = spec.broker.map(|to| Route { host: DEMO_HOST.to_owned(), port: None, to });
    let routes = spec.routes.iter().cloned().chain(demo).collect();
    let sockets = Sockets::new(poll.registry().try_clone()?, Arc::clone(&waker), SOCKETS, routes);
    let truth = spec.truth.as_ref().map(File::create).transpose()?.map(BufWriter::new);
    let (orders, inbox) = bounded(ORDERS);
    let stopping = Arc::new(AtomicBool::new(false));
    let mut spec = spec.clone();
    spec.device.utc_at_open.get_or_insert_with(utc_now);
    let modem = VirtualModem::new(&spec, Moment::ZERO);
    let mut served = Served {
        poll,
        wire,
        sockets,
        modem,
        orders: inbox,
        stopping: Arc::clone(&stopping),
        unwritten: Vec::new(),
        clock: PacedClock::new(clock(), spec.speed),
        truth,
    };
    let thread = thread::Builder::new().name("virtual-modem".to_owned()).spawn(move || served.run())?;
    Ok(Host { orders, stopping, waker, thread: Some(thread) })
}

#[expect(clippy::disallowed_methods, reason = "this thread owns the virtual modem's clock")]
fn clock() -> Instant {
    Instant::now()
}

#[expect(clippy::disallowed_methods, reason = "this thread owns the virtual modem's clock")]
fn utc_now() -> i64 {
    chrono::Utc::now().timestamp()
}

/// Everything the thread owns.
struct Served {
    poll: Poll,
    wire: Box<dyn Wire>,
    sockets: Sockets,
    modem: VirtualModem,
    orders: Receiver<Steer>,
    stopping: Arc<AtomicBool>,
    /// Bytes that the wire has not taken yet.
    unwritten: Vec<u8>,
    clock: PacedClock,
    truth: Option<BufWriter<File>>,
}

/// The thread is to end.
struct Ended;

impl Served {
    fn run(&mut self) {
        let mut events = Events::with_capacity(64);
        loop {
            if self.turn(&events).is_err() {
                return;
            }
            let wait = self.wait();
            if let Err(error) = self.poll.poll(&mut events, wait)
                && error.kind() != ErrorKind::Interrupted
            {
                tracing::error!(%error, "the virtual modem cannot wait for its wire and ends");
                return;
            }
        }
    }

    /// Takes everything in, lets the module work, carries everything out.
    fn turn(&mut self, events: &Events) -> Result<(), Ended> {
        self.take_orders()?;
        for event in events {
            if event.token().0 >= SOCKETS {
                self.sockets.handle_ready(event.token());
            }
        }
        self.sockets.handle_lookups();
        self.read_wire()?;
        self.modem.handle_timeout(self.now());
        loop {
            while let Some(event) = self.sockets.poll_event() {
                self.modem.handle_net(self.now(), event);
            }
            let Some(request) = self.modem.poll_net() else { break };
            self.sockets.request(request);
        }
        let written = self.write_wire();
        self.write_truth();
        written
    }

    /// A log that cannot be written any more ends; the module goes on.
    fn write_truth(&mut self) {
        let Some(log) = &mut self.truth else { return };
        let mut has_news = false;
        while let Some(entry) = self.modem.poll_truth() {
            let written = serde_json::to_writer(&mut *log, &entry).map_err(io::Error::from);
            if let Err(error) = written.and_then(|()| log.write_all(b"\n")) {
                tracing::error!(%error, "the truth log ends here");
                self.truth = None;
                return;
            }
            has_news = true;
        }
        if has_news && let Err(error) = log.flush() {
            tracing::error!(%error, "the truth log ends here");
            self.truth = None;
        }
    }

    fn take_orders(&mut self) -> Result<(), Ended> {
        if self.stopping.load(Ordering::Acquire) {
            return Err(Ended);
        }
        while let Ok(steer) = self.orders.try_recv() {
            if let Steer::Speed(speed) = steer {
                self.clock.change(clock(), speed);
            }
            self.modem.steer(self.now(), steer);
        }
        Ok(())
    }

    fn read_wire(&mut self) -> Result<(), Ended> {
        let mut buffer = [0; 1_024];
        loop {
            match self.wire.read(&mut buffer) {
                Ok(0) => return Err(Ended),
                Ok(count) => self.modem.handle_bytes(self.now(), &buffer[..count]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(_) => return Err(Ended),
            }
        }
    }

    fn write_wire(&mut self) -> Result<(), Ended> {
        while let Some(bytes) = self.modem.poll_transmit(self.now()) {
            let room = UNWRITTEN.saturating_sub(self.unwritten.len()).min(bytes.len());
            self.unwritten.extend_from_slice(&bytes[..room]);
        }
        while !self.unwritten.is_empty() {
            match self.wire.write(&self.unwritten) {
                Ok(0) => return Err(Ended),
                Ok(count) => drop(self.unwritten.drain(..count)),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(_) => return Err(Ended),
            }
        }
        Ok(())
    }

    fn wait(&self) -> Option<Duration> {
        self.modem.poll_timeout().map(|at| self.clock.real(at.since(self.now())))
    }

    fn now(&self) -> Moment {
        self.clock.moment(clock())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::steer::Speed;

    /// Reads until `wanted` has come, at most five seconds.
    fn read_until(end: &mut PipeEnd, wanted: &str) -> String {
        let started = clock();
        let mut seen = Vec::new();
        while clock().duration_since(started) < Duration::from_secs(5) {
            let mut buffer = [0; 256];
            let count = end.read(&mut buffer, Duration::from_millis(200)).unwrap();
            seen.extend_from_slice(&buffer[..count]);
            let text = String::from_utf8_lossy(&seen);
            if text.contains(wanted) {
                return text.into_owned();
            }
        }
        panic!("no {wanted:?} in {:?}", String::from_utf8_lossy(&seen));
    }

    #[test]
    fn a_raw_line_on_the_pipe_is_answered() {
        let (_host, mut end) = spawn_on_pipe(&VirtualSpec::default()).unwrap();
        assert_eq!(end.write(b"ATI\r").unwrap(), 4);
        assert_eq!(read_until(&mut end, "OK\r\n"), "ATI\r\r\nAirM2M_780E_V1169_LTE_AT\r\n\r\nOK\r\n");
    }

    /// The thread sleeps until exactly the next thing to do; waiting in steps would add up.
    #[test]
    fn forty_answers_come_without_idle_time() {
        let (_host, mut end) = spawn_on_pipe(&VirtualSpec::default()).unwrap();
        let started = clock();
        for _ in 0..40 {
            end.write(b"AT\r").unwrap();
            read_until(&mut end, "OK\r\n");
        }
        assert!(clock().duration_since(started) < Duration::from_secs(3));
    }

    #[test]
    fn dropping_the_host_ends_the_thread_and_breaks_the_pipe() {
        let (host, mut end) = spawn_on_pipe(&VirtualSpec::default()).unwrap();
        let started = clock();
        drop(host);
        assert!(clock().duration_since(started) < Duration::from_millis(500));
        let error = end.read(&mut [0; 8], Duration::from_secs(1)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BrokenPipe);
        assert_eq!(end.write(b"AT\r").unwrap_err().kind(), ErrorKind::BrokenPipe);
    }

    #[test]
    fn reading_returns_with_nothing_after_the_wait() {
        let (_host, mut end) = spawn_on_pipe(&VirtualSpec::default()).unwrap();
        assert_eq!(end.read(&mut [0; 8], Duration::from_millis(1)).unwrap(), 0);
    }

    #[test]
    fn a_remote_hand_does_not_keep_the_modem_alive() {
        let (host, _end) = spawn_on_pipe(&VirtualSpec::default()).unwrap();
        let remote = host.remote();
        assert!(remote.steer(Steer::Signal(9)));
        drop(host);
        assert!(!remote.steer(Steer::Signal(9)));
    }

    #[test]
    fn a_steered_restart_shows_the_boot_reports() {
        let (host, mut end) = spawn_on_pipe(&VirtualSpec::default()).unwrap();
        host.steer(Steer::Restart);
        assert!(read_until(&mut end, "RDY").starts_with("^boot.rom'v'!\\n"));
    }

    /// At real pace these need half a second each at the least: the module is silent for so long after a restart.
    #[test]
    fn a_fast_module_boots_in_a_fraction_of_its_time() {
        let (host, mut end) = spawn_on_pipe(&VirtualSpec::default()).unwrap();
        host.steer(Steer::Speed(Speed::of_percent(1_600).unwrap()));
        let started = clock();
        for _ in 0..8 {
            host.steer(Steer::Restart);
            read_until(&mut end, "+CGEV: ME PDN ACT");
        }
        assert!(clock().duration_since(started) < Duration::from_secs(5));
    }
}
