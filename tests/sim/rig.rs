//! A virtual modem on a pipe, and somebody who types at it.

use std::time::Duration;

use air780e_companion::sim::{
    VirtualSpec,
    host::{Host, PipeEnd, spawn_on_pipe},
};

use crate::kit::{LIMIT, now};

/// The time around which certificates are made and which the module's network tells.
pub(crate) const NOW: i64 = 1_790_000_000;

/// The module, and what it said that nobody has read.
pub(crate) struct Rig {
    pub(crate) host: Host,
    end: PipeEnd,
    unread: Vec<u8>,
    /// Everything it said.
    pub(crate) said: String,
}

impl Rig {
    /// A module without echo.
    pub(crate) fn new(spec: &VirtualSpec) -> Self {
        let mut rig = Self::loud(spec);
        rig.ask("ATE0", "OK");
        rig
    }

    /// A module that echoes, as it comes.
    pub(crate) fn loud(spec: &VirtualSpec) -> Self {
        let mut spec = spec.clone();
        spec.device.utc_at_open.get_or_insert(NOW);
        let (host, end) = spawn_on_pipe(&spec).unwrap();
        Self { host, end, unread: Vec::new(), said: String::new() }
    }

    pub(crate) fn send(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let count = self.end.write(bytes).unwrap();
            bytes = &bytes[count..];
        }
    }

    /// Sends a line and reads until `end` stands as a line; gives everything since the last time.
    #[track_caller]
    pub(crate) fn ask(&mut self, line: &str, end: &str) -> String {
        self.send(format!("{line}\r").as_bytes());
        self.read_until(&format!("\r\n{end}\r\n"))
    }

    /// Sends a line and holds the whole answer against `lines`, separated by `|`.
    #[track_caller]
    pub(crate) fn hold(&mut self, line: &str, lines: &str) {
        let end = lines.rsplit('|').next().unwrap();
        let expected = format!("\r\n{}\r\n", lines.replace('|', "\r\n\r\n"));
        assert_eq!(self.ask(line, end), expected, "{line}");
    }

    #[track_caller]
    pub(crate) fn read_until(&mut self, end: &str) -> String {
        let started = now();
        loop {
            if let Some(at) = self.unread.windows(end.len()).position(|window| window == end.as_bytes()) {
                let rest = self.unread.split_off(at + end.len());
                let read = std::mem::replace(&mut self.unread, rest);
                return String::from_utf8_lossy(&read).into_owned();
            }
            assert!(started.elapsed() < LIMIT, "no {end:?} in {:?}", String::from_utf8_lossy(&self.unread));
            self.read(Duration::from_millis(200));
        }
    }

    pub(crate) fn read(&mut self, wait: Duration) {
        let mut buffer = [0; 1_024];
        let count = self.end.read(&mut buffer, wait).unwrap();
        self.said.push_str(&String::from_utf8_lossy(&buffer[..count]));
        self.unread.extend_from_slice(&buffer[..count]);
    }

    /// Puts a file into the module as the tutorial does, with the exact number of bytes.
    #[track_caller]
    pub(crate) fn upload(&mut self, name: &str, bytes: &[u8]) {
        self.ask(&format!("AT+FSCREATE=\"{name}\""), "OK");
        self.send(format!("AT+FSWRITE=\"{name}\",0,{},15\r", bytes.len()).as_bytes());
        self.read_until(">");
        self.send(bytes);
        self.read_until("\r\nOK\r\n");
        self.hold(&format!("AT+FSFLSIZE=\"{name}\""), &format!("+FSFLSIZE: {}|OK", bytes.len()));
    }

    #[track_caller]
    pub(crate) fn set_tls(&mut self, settings: &[(&str, &str)]) {
        for (key, value) in settings {
            self.ask(&format!("AT+SSLCFG=\"{key}\",88,{value}"), "OK");
        }
    }
}
