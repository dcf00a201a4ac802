//! The worker on a real PTY: unplugging, a port nobody reads, and an end that leaves no thread behind.
#![cfg(all(unix, feature = "serial"))]

#[path = "../kit/mod.rs"]
mod kit;

use std::{
    fs,
    io::{ErrorKind, Read, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use air780e_companion::{
    link::{pty::PtyPair, spec::LinkSpec},
    modem::{
        event::{Event, PortFault},
        request::{Request, RequestId},
    },
    worker::{NotTaken, Worker, probe},
};
use crossbeam_channel::TryRecvError;
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    termios::tcgetattr,
};

use crate::kit::wait_for;

fn port_of(pty: &PtyPair) -> String {
    pty.path.to_str().expect("a PTY's path is ASCII").to_owned()
}

fn open(pty: &PtyPair) -> Worker {
    let worker = Worker::spawn(LinkSpec::Serial { port: port_of(pty), baud: 115_200 }, || ());
    let first = worker.wait_event(kit::LIMIT);
    assert!(matches!(first, Some(Event::Opened { is_simulated: false, .. })), "{first:?}");
    worker
}

#[track_caller]
fn end_of(worker: &Worker) -> Option<PortFault> {
    wait_for("the end of the worker", || match worker.wait_event(Duration::from_millis(20)) {
        Some(Event::Closed { fault, .. }) => Some(fault),
        _ => None,
    })
}

/// Drops the worker and waits until its thread has let go of the port: dropping alone does not wait for ever.
fn close(worker: Worker) {
    let ended = worker.ended();
    drop(worker);
    wait_for("the end of the worker's thread", || (ended.try_recv() == Err(TryRecvError::Disconnected)).then_some(()));
}

/// Threads of this process that serve a port.
fn worker_threads() -> usize {
    let Ok(threads) = fs::read_dir("/proc/self/task") else { return 0 };
    let names = threads.flatten().filter_map(|thread| fs::read_to_string(thread.path().join("comm")).ok());
    names.filter(|name| name.starts_with("modem-worker")).count()
}

#[test]
fn a_line_and_its_answer_cross_the_port() {
    let mut pty = PtyPair::open().expect("a PTY");
    let worker = open(&pty);
    worker.try_request(RequestId(7), Request::Raw("AT".to_owned())).expect("room");
    let mut sent = Vec::new();
    wait_for("the command", || {
        let mut buffer = [0; 64];
        match pty.master.read(&mut buffer) {
            Ok(count) => sent.extend_from_slice(&buffer[..count]),
            Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
        }
        sent.ends_with(b"\r").then_some(())
    });
    pty.master.write_all(b"\r\nOK\r\n").expect("the port takes an answer");
    let result = wait_for("the end of the request", || match worker.wait_event(Duration::from_millis(20)) {
        Some(Event::Done { id: RequestId(7), result, .. }) => Some(result),
        _ => None,
    });
    assert_eq!(result, Ok(()));
}

/// A modem at the other end that speaks one rate only; at any other it is noise, as on a real line.
fn speak_at(mut pty: PtyPair, rate: u32, over: &AtomicBool) {
    let mut told = [0; 64];
    while !over.load(Ordering::Relaxed) {
        let limit = Timespec { tv_sec: 0, tv_nsec: 5_000_000 };
        let ready = poll(&mut [PollFd::new(&pty.master, PollFlags::IN)], Some(&limit));
        if !ready.is_ok_and(|ready| ready > 0) || pty.master.read(&mut told).is_err() {
            continue;
        }
        // The other side's settings are the PTY's own.
        let set = tcgetattr(&pty.master).expect("the settings of a PTY").output_speed();
        let answer: &[u8] = if set == rate { b"\r\nOK\r\n" } else { b"\x80\xf8\x00\x06\xe6\x9e\x00\xfe" };
        pty.master.write_all(answer).expect("room on the PTY");
    }
}

#[test]
fn the_rate_at_which_a_module_speaks_is_found_on_the_port_itself() {
    let pty = PtyPair::open().expect("a PTY");
    let (port, over) = (port_of(&pty), Arc::new(AtomicBool::new(false)));
    let speaks = Arc::clone(&over);
    let modem = thread::Builder::new().spawn(move || speak_at(pty, 460_800, &speaks)).expect("a thread");
    let found = probe::find_baud(&port);
    over.store(true, Ordering::Relaxed);
    modem.join().expect("the modem lives to the end");
    assert_eq!(found.expect("an open port"), Some(460_800));
}

#[test]
fn an_unplugged_port_is_told_and_ends_the_worker() {
    let pty = PtyPair::open().expect("a PTY");
    let (worker, port) = (open(&pty), port_of(&pty));
    drop(pty);
    assert_eq!(end_of(&worker), Some(PortFault::Unplugged { port }));
    let refused = wait_for("the end of the thread", || worker.try_request(RequestId(1), Request::BringUp).err());
    assert_eq!(refused, NotTaken::Ended);
}

#[test]
fn a_port_that_nobody_reads_does_not_hold_the_worker() {
    let pty = PtyPair::open().expect("a PTY");
    let worker = open(&pty);
    // More than a PTY holds: the worker gets stuck in the middle of the line.
    worker.try_request(RequestId(1), Request::Raw(format!("AT+X={}", "y".repeat(100_000)))).expect("room");
    worker.stop();
    assert_eq!(end_of(&worker), None);
}

#[test]
fn a_second_program_finds_the_port_busy() {
    let pty = PtyPair::open().expect("a PTY");
    let first = open(&pty);
    let second = Worker::spawn(LinkSpec::Serial { port: port_of(&pty), baud: 115_200 }, || ());
    assert_eq!(end_of(&second), Some(PortFault::Busy { port: port_of(&pty) }));
    close(first);
    open(&pty);
}

#[test]
fn dropping_a_worker_ends_its_thread() {
    for _ in 0..3 {
        let pty = PtyPair::open().expect("a PTY");
        let worker = open(&pty);
        worker.try_request(RequestId(1), Request::BringUp).expect("room");
        close(worker);
        // The port can be taken again at once: nobody holds it any more.
        close(open(&pty));
    }
    wait_for("the end of all threads", || (worker_threads() <= other_tests_threads()).then_some(()));
}

/// The other tests of this binary run beside this one, each with two workers at most.
fn other_tests_threads() -> usize {
    8
}
