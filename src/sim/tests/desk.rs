//! A desk in virtual time: the module, the broker behind it, and what the PC has read so far.

use std::time::Duration;

use crate::{
    mqtt::{Message, Qos},
    sim::{Device, Steer, VirtualModem, VirtualSpec, net::simulated::Simulated},
    time::Moment,
};

/// Longest virtual time that any awaited text may take.
const PATIENCE: Duration = Duration::from_secs(200);

pub(in crate::sim) struct Desk {
    pub(in crate::sim) modem: VirtualModem,
    pub(super) net: Simulated,
    pub(super) now: Moment,
    unread: Vec<u8>,
}

impl Desk {
    pub(in crate::sim) fn new(device: Device) -> Self {
        Self::with_broker(device, crate::sim::bench::broker(&[]))
    }

    pub(in crate::sim) fn with_broker(device: Device, net: Simulated) -> Self {
        Self::of(&VirtualSpec { device, ..VirtualSpec::default() }, net)
    }

    pub(in crate::sim) fn of(spec: &VirtualSpec, net: Simulated) -> Self {
        Self { modem: VirtualModem::new(spec, Moment::ZERO), net, now: Moment::ZERO, unread: Vec::new() }
    }

    /// A module without echo.
    pub(in crate::sim) fn quiet(device: Device) -> Self {
        let mut desk = Self::new(device);
        desk.ask("ATE0", "OK");
        desk
    }

    /// A quiet module with a session.
    pub(in crate::sim) fn connected(device: Device) -> Self {
        let mut desk = Self::quiet(device);
        desk.connect();
        desk
    }

    pub(in crate::sim) fn connect(&mut self) {
        self.ask("AT+MCONFIG=desk", "OK");
        self.ask("AT+MIPSTART=broker.test,1883", "CONNECT OK");
        self.ask("AT+MCONNECT=1,120", "CONNACK OK");
    }

    pub(in crate::sim) fn send(&mut self, bytes: &[u8]) {
        self.modem.handle_bytes(self.now, bytes);
        self.exchange();
    }

    pub(in crate::sim) fn steer(&mut self, steer: Steer) {
        self.modem.steer(self.now, steer);
        self.exchange();
    }

    /// Cuts the connection from the broker's side.
    pub(in crate::sim) fn cut(&mut self) {
        self.net.cut(self.now);
        self.exchange();
    }

    /// Lets the broker publish.
    pub(in crate::sim) fn publish(&mut self, topic: &str, payload: &[u8], is_retained: bool) {
        let message = Message {
            topic: topic.parse().unwrap(),
            payload: payload.to_vec(),
            qos: Qos::ExactlyOnce,
            retain: is_retained,
        };
        self.net.publish(self.now, message);
        self.exchange();
    }

    /// Sends a line and reads until `end` stands as the last line.
    pub(in crate::sim) fn ask(&mut self, line: &str, end: &str) -> String {
        self.send(line.as_bytes());
        self.send(b"\r");
        self.read_until(&format!("\r\n{end}\r\n"))
    }

    /// Reads until `end` has come; gives everything read since the last time.
    pub(in crate::sim) fn read_until(&mut self, end: &str) -> String {
        let limit = self.now + PATIENCE;
        loop {
            if let Some(at) = self.unread.windows(end.len()).position(|window| window == end.as_bytes()) {
                let rest = self.unread.split_off(at + end.len());
                let read = std::mem::replace(&mut self.unread, rest);
                return String::from_utf8_lossy(&read).into_owned();
            }
            assert!(self.step(limit), "no {end:?} in {:?}", String::from_utf8_lossy(&self.unread));
        }
    }

    /// Lets time pass and gives everything read.
    pub(in crate::sim) fn after(&mut self, span: Duration) -> String {
        let limit = self.now + span;
        while self.step(limit) {}
        self.now = limit;
        String::from_utf8_lossy(&std::mem::take(&mut self.unread)).into_owned()
    }

    /// Jumps to the next thing that happens until `limit`; `false` when there is none.
    fn step(&mut self, limit: Moment) -> bool {
        let next = self.modem.poll_timeout().into_iter().chain(self.net.poll_timeout()).min();
        let Some(next) = next.filter(|next| *next <= limit) else { return false };
        self.now = self.now.max(next);
        self.modem.handle_timeout(self.now);
        self.net.handle_timeout(self.now);
        self.exchange();
        true
    }

    fn exchange(&mut self) {
        self.net.serve(self.now, &mut self.modem);
        while let Some(bytes) = self.modem.poll_transmit(self.now) {
            self.unread.extend(bytes);
        }
    }
}

/// Asks every line of `table` in order and holds the answers against it. Answers are written without `\r\n` frames:
/// one line each, separated by `|`.
pub(super) fn hold(desk: &mut Desk, table: &[(&str, &str)]) {
    for (line, answer) in table {
        let end = answer.rsplit('|').next().unwrap();
        let expected = format!("\r\n{}\r\n", answer.replace('|', "\r\n\r\n"));
        assert_eq!(desk.ask(line, end), expected, "{line}");
    }
}
