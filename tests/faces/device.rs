//! A module on a PTY that knows the reference and nothing else: each line that it gets has its answers in a table. No part of the
//! virtual modem takes part.

use std::{
    fs::File,
    io::{ErrorKind, Read, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{Builder, JoinHandle},
    time::{Duration, Instant},
};

use air780e_companion::link::pty::PtyPair;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::kit::now;

/// What a line that begins with something brings: bytes, each so many milliseconds after it.
pub(crate) type Answer = (&'static str, Vec<(u64, String)>);

/// A module that runs until it is dropped.
pub(crate) struct Device {
    path: PathBuf,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// What it is made of.
#[derive(Default)]
pub(crate) struct Script {
    /// Own answers, before the usual ones; the first that fits holds.
    pub(crate) answers: Vec<Answer>,
    /// Another program left it behind the prompt of a message without length: 1A ends it, and then `OK` comes.
    pub(crate) is_left_open: bool,
    /// Plays the own messages back, cut to so many bytes.
    pub(crate) loops_back: Option<usize>,
}

/// A line of the module between its line ends.
pub(crate) fn line(text: &str) -> String {
    format!("\r\n{text}\r\n")
}

/// Lines that come `after` milliseconds.
pub(crate) fn after(millis: u64, lines: &[&str]) -> Vec<(u64, String)> {
    vec![(millis, lines.iter().map(|one| line(one)).collect())]
}

impl Device {
    pub(crate) fn start(script: Script) -> Self {
        let PtyPair { master, slave, path } = PtyPair::open().unwrap();
        let is_over = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&is_over);
        let run = move || {
            let _slave = slave;
            Running { master, script, line: Vec::new(), due: Vec::new(), data: None }.run(&told);
        };
        let thread = Builder::new().name("module".to_owned()).spawn(run).unwrap();
        Self { path, is_over, thread: Some(thread) }
    }

    pub(crate) fn port(&self) -> &Path {
        &self.path
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        self.thread.take().map(JoinHandle::join);
    }
}

struct Running {
    master: File,
    script: Script,
    line: Vec<u8>,
    due: Vec<(Instant, String)>,
    /// Bytes that are still to come behind a prompt, those that came, and the command.
    data: Option<(usize, Vec<u8>, String)>,
}

impl Running {
    fn run(&mut self, is_over: &AtomicBool) {
        let mut bytes = [0; 512];
        while !is_over.load(Ordering::Relaxed) {
            self.say_what_is_due();
            match self.master.read(&mut bytes) {
                Ok(count) => bytes[..count].iter().for_each(|byte| self.take(*byte)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.wait(),
                Err(_) => return,
            }
        }
    }

    /// Until something comes, for a moment at most.
    fn wait(&self) {
        let moment = Timespec { tv_sec: 0, tv_nsec: 2_000_000 };
        _ = poll(&mut [PollFd::new(&self.master, PollFlags::IN)], Some(&moment));
    }

    fn say_what_is_due(&mut self) {
        let now = now();
        while let Some(place) = self.due.iter().position(|(at, _)| *at <= now) {
            let (_, text) = self.due.remove(place);
            // Latin 1: a byte that is broken is one byte.
            let bytes: Vec<u8> = text.chars().map(|one| u8::try_from(u32::from(one)).unwrap()).collect();
            self.master.write_all(&bytes).unwrap();
        }
    }

    fn take(&mut self, byte: u8) {
        if self.script.is_left_open {
            if byte == END_OF_DATA {
                self.script.is_left_open = false;
                self.say_soon(&line("OK"));
            }
            return;
        }
        if let Some((wanted, data, _)) = &mut self.data {
            data.push(byte);
            if data.len() == *wanted {
                let (_, data, command) = self.data.take().unwrap();
                self.finish_data(&command, &data);
            }
            return;
        }
        match byte {
            b'\r' => {
                let text = String::from_utf8_lossy(&std::mem::take(&mut self.line)).trim().to_owned();
                if !text.is_empty() {
                    self.answer(&text);
                }
            }
            b'\n' => {}
            other => self.line.push(other),
        }
    }

    fn say_soon(&mut self, text: &str) {
        self.due.push((now() + Duration::from_millis(5), text.to_owned()));
    }

    fn answer(&mut self, text: &str) {
        let own = self.script.answers.iter().find(|(start, _)| text.starts_with(start)).map(|(_, said)| said.clone());
        let said =
            own.or_else(|| USUAL.iter().find(|(start, _)| text.starts_with(start)).map(|(_, lines)| after(5, lines)));
        let said = said.unwrap_or_else(|| after(5, &["ERROR"]));
        for (millis, text) in said {
            self.due.push((now() + Duration::from_millis(millis), text));
        }
        if let Some(fields) = text.strip_prefix("AT+MPUBEX=") {
            let wanted = fields.rsplit(',').next().and_then(|count| count.parse().ok()).unwrap_or(0);
            (self.due, self.data) = (Vec::new(), Some((wanted, Vec::new(), text.to_owned())));
            self.say_soon("\r\n>");
        } else if text.starts_with("AT+MPUB=") {
            let payload = text.splitn(4, ',').nth(3).unwrap_or_default().trim_matches('"').to_owned();
            self.play_back(text, payload.as_bytes());
        }
    }

    fn finish_data(&mut self, command: &str, data: &[u8]) {
        self.say_soon(&line("OK"));
        self.play_back(command, data);
    }

    fn play_back(&mut self, command: &str, data: &[u8]) {
        let Some(most) = self.script.loops_back else { return };
        let topic = command.split_once('=').unwrap().1.split(',').next().unwrap().trim_matches('"');
        let data = &data[..data.len().min(most)];
        let text: String = data.iter().map(|byte| char::from(*byte)).collect();
        let said = format!("\r\n+MSUB: \"{topic}\",{} byte,{text}\r\n", data.len());
        self.due.push((now() + Duration::from_millis(60), said));
    }
}

/// Ends data whose length nobody gave (reference, section 11.6).
const END_OF_DATA: u8 = 0x1A;
/// What a module in good order says (reference, sections 4 to 11).
const USUAL: &[(&str, &[&str])] = &[
    ("ATI", &["AirM2M_780E_V1169_LTE_AT", "OK"]),
    ("AT+CPIN?", &["+CPIN: READY", "OK"]),
    ("AT+CSQ", &["+CSQ: 24,0", "OK"]),
    ("AT+CESQ", &["+CESQ: 99,99,255,255,25,48", "OK"]),
    ("AT+CEREG?", &["+CEREG: 0,1", "OK"]),
    ("AT+CGREG?", &["+CGREG: 0,1", "OK"]),
    ("AT+CREG?", &["+CREG: 0,1", "OK"]),
    ("AT+CGATT?", &["+CGATT: 1", "OK"]),
    ("AT+CGDCONT?", &["+CGDCONT: 1,\"IP\",\"cmiot\",\"10.126.200.230\"", "OK"]),
    ("AT+CGPADDR", &["+CGPADDR: 1,\"10.126.200.230\"", "OK"]),
    ("AT+CFUN?", &["+CFUN: 1", "OK"]),
    ("AT+COPS?", &["+COPS: 0,2,\"46001\",7", "OK"]),
    ("AT+MQTTSTATU", &["+MQTTSTATU :0", "OK"]),
    ("AT+MIPCLOSE", &["+CME ERROR: 767"]),
    ("AT+MDISCONNECT", &["+CME ERROR: 767"]),
    ("AT+FSDEL", &["ERROR"]),
    ("AT+MIPSTART", &["OK", "CONNECT OK"]),
    ("AT+SSLMIPSTART", &["OK", "CONNECT OK"]),
    ("AT+MCONNECT", &["OK", "CONNACK OK"]),
    ("AT+MSUB", &["OK", "SUBACK"]),
    ("AT+MPUB=", &["OK"]),
    ("AT+", &["OK"]),
    ("AT", &["OK"]),
];
