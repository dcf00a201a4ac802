//! Wrong input, and things at the port that are no modem: a clear word, a verdict line, and a failing exit code.

use std::{
    io::{Read, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

use air780e_companion::link::pty::PtyPair;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::{Check, Modem, Outcome, file, folder, kit::free_port, text};

/// Something at the end of a PTY that is no modem: says `words` to whatever it is told.
pub(crate) struct NoModem {
    pub(crate) port: String,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl NoModem {
    pub(crate) fn saying(words: &'static [u8]) -> Self {
        let mut pty = PtyPair::open().expect("a PTY");
        let port = pty.path.to_str().expect("ASCII").to_owned();
        let is_over = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&is_over);
        let speak = move || {
            let mut told = [0; 256];
            while !over.load(Ordering::Relaxed) {
                let limit = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };
                let ready = poll(&mut [PollFd::new(&pty.master, PollFlags::IN)], Some(&limit));
                if ready.is_ok_and(|ready| ready > 0) && pty.master.read(&mut told).is_ok() {
                    pty.master.write_all(words).expect("room on the PTY");
                }
            }
        };
        let thread = thread::Builder::new().name("no-modem".to_owned()).spawn(speak).expect("a thread");
        Self { port, is_over, thread: Some(thread) }
    }

    fn check(&self) -> Outcome {
        Check::start(&self.port, free_port(), &[]).outcome()
    }
}

impl Drop for NoModem {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        let _ = self.thread.take().expect("joined once").join();
    }
}

#[test]
fn a_missing_port_is_named() {
    Check::start("/dev/no-such-port", 1883, &[]).outcome().assert_failed("port", "F-008");
}

#[test]
fn a_file_is_no_port() {
    Check::start("/dev/null", 1883, &[]).outcome().assert_failed("port", "F-001");
}

#[test]
fn a_port_in_use_is_busy() {
    let modem = Modem::start();
    let _other_program = serialport::new(&modem.port, 115_200).open().expect("the PTY is free");
    modem.check(1883, &[]).outcome().assert_failed("port", "F-002");
}

#[test]
fn silence_is_no_modem() {
    NoModem::saying(b"").check().assert_undecided(Some("at"), &["F-001", "F-005", "F-008"]);
}

#[test]
fn binary_noise_is_no_modem() {
    const LOG: &[u8] =
        &[0x7e, 0x00, 0xff, 0x91, 0x80, 0xc3, 0x28, 0x02, 0xfe, 0x9b, 0x7e, 0xa0, 0x81, 0xd5, 0x7e, 0xf1];
    NoModem::saying(LOG).check().assert_undecided(Some("at"), &["F-001", "F-005"]);
}

#[test]
fn script_firmware_is_recognised() {
    let talk = b"[2026-11-23 10:00:00.123][000000004.012] I/user.main loop\r\n";
    NoModem::saying(talk).check().assert_failed("at", "F-009");
}

#[test]
fn a_wildcard_in_a_publish_is_told_before_the_port_is_opened() {
    let outcome = Check::start("/dev/no-such-port", 1883, &["--publish", "a/+/b"]).outcome();
    assert_eq!(outcome.status.code(), Some(2));
    assert_eq!(outcome.verdict["finding"], "F-172");
}

#[test]
fn a_payload_over_the_limit_is_told_with_the_limit() {
    let folder = folder();
    let path = file(&folder, "big", &[b'x'; 4_101]);
    let outcome = Check::start("virtual", 1883, &["--publish", "a", "--payload-file", text(&path)]).outcome();
    assert_eq!(outcome.verdict["finding"], "F-164");
    assert!(outcome.errors.iter().any(|line| line.contains("4100")), "{:?}", outcome.errors);
}

#[test]
fn a_missing_password_file_is_named() {
    let outcome = Check::start("virtual", 1883, &["--user", "u", "--password-file", "/no/such/file"]).outcome();
    assert!(outcome.errors.iter().any(|line| line.contains("/no/such/file")), "{:?}", outcome.errors);
}

#[test]
fn arguments_without_sense_bring_a_verdict_too() {
    let outcome = Check::start("virtual", 1883, &["--qos", "3"]).outcome();
    assert_eq!(outcome.status.code(), Some(2));
}
