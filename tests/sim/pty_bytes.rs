//! Two programs on the two ends of a PTY: `air780e sim`, and here somebody who types as in a terminal program. Nothing
//! of the core takes part; each answer is held against the reference byte by byte.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    os::unix::fs::OpenOptionsExt,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::OFlags,
    termios::{OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr},
};

use crate::kit::{LIMIT, mosquitto::Mosquitto, now, process::Process};

/// A terminal on the port of a running `air780e sim`.
struct Terminal {
    port: File,
    /// What was read and not yet held against anything.
    unread: Vec<u8>,
    _modem: Process,
}

impl Terminal {
    /// Starts the module and opens its port as `picocom` does: raw, no flow control, no line discipline.
    fn open() -> Self {
        let modem = Process::air780e(["sim", "--seed", "11"]);
        let path = modem.line();
        let flags = (OFlags::NOCTTY | OFlags::NONBLOCK).bits().cast_signed();
        let port = OpenOptions::new().read(true).write(true).custom_flags(flags).open(&path).unwrap();
        let mut settings = tcgetattr(&port).unwrap();
        settings.make_raw();
        settings.special_codes[SpecialCodeIndex::VMIN] = 1;
        settings.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(&port, OptionalActions::Flush, &settings).unwrap();
        Self { port, unread: Vec::new(), _modem: modem }
    }

    /// Types `bytes` and holds exactly as many bytes of the answer against `answer` as it has.
    #[track_caller]
    fn types(&mut self, bytes: &str, answer: &str) {
        self.port.write_all(bytes.as_bytes()).unwrap();
        self.hears(answer, bytes);
    }

    /// Types a line with its CR; `answer` names the lines between `|`, each of which stands between CR LF and CR LF.
    #[track_caller]
    fn line(&mut self, line: &str, answer: &str) {
        self.types(&format!("{line}\r"), &framed(answer));
    }

    #[track_caller]
    fn hears(&mut self, answer: &str, after: &str) {
        let started = now();
        while self.unread.len() < answer.len() && answer.as_bytes().starts_with(&self.unread) {
            assert!(started.elapsed() < LIMIT, "{after:?}: {:?}", String::from_utf8_lossy(&self.unread));
            self.read(SHORT);
        }
        let count = answer.len().min(self.unread.len());
        let heard: Vec<u8> = self.unread.drain(..count).collect();
        assert_eq!(String::from_utf8_lossy(&heard), answer, "{after:?}");
    }

    /// Holds that nothing more comes than what was held against something.
    #[track_caller]
    fn is_silent(&mut self) {
        self.read(Timespec { tv_sec: 0, tv_nsec: 300_000_000 });
        assert_eq!(String::from_utf8_lossy(&self.unread), "");
    }

    fn read(&mut self, wait: Timespec) {
        let mut ports = [PollFd::new(&self.port, PollFlags::IN)];
        if poll(&mut ports, Some(&wait)).unwrap() > 0 {
            let mut buffer = [0; 1_024];
            let count = self.port.read(&mut buffer).unwrap();
            self.unread.extend_from_slice(&buffer[..count]);
        }
    }

    /// Without echo, with a client id and an open connection to `port`.
    fn opened(port: u16) -> Self {
        let mut terminal = Self::open();
        terminal.types("ATE0\r", "ATE0\r\r\nOK\r\n");
        terminal.line("AT+MCONFIG=868488076771714,root,luat123456", "OK");
        terminal.line(&format!("AT+MIPSTART=\"127.0.0.1\",{port}"), "OK|CONNECT OK");
        terminal
    }
}

fn framed(lines: &str) -> String {
    lines.split('|').fold(String::new(), |text, line| text + "\r\n" + line + "\r\n")
}

const SHORT: Timespec = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };

#[test]
fn echo_and_identity() {
    let mut terminal = Terminal::open();
    terminal.types("AT\r", "AT\r\r\nOK\r\n");
    terminal.types("ATI\r", "ATI\r\r\nAirM2M_780E_V1169_LTE_AT\r\n\r\nOK\r\n");
    terminal.types("ATE0\r", "ATE0\r\r\nOK\r\n");
    terminal.types("at\r\n", "\r\nOK\r\n");
    terminal.line("AT+CGMI", "+CGMI: \"AirM2M\"|OK");
    terminal.line("AT+CGMM", "+CGMM: \"Air780E\"|OK");
    terminal.line("AT+CGMR", "+CGMR: \"AirM2M_780E_V1169_LTE_AT\"|OK");
    terminal.line("AT+CGSN", "866000000000017|OK");
    terminal.line("AT+CMEE?", "+CMEE :1|OK");
    terminal.line("AT+NOSUCH", "+CME ERROR: 58");
    terminal.types("ATE1\r", "\r\nOK\r\n");
    terminal.types("AT\r", "AT\r\r\nOK\r\n");
    terminal.is_silent();
}

#[test]
fn card_network_and_the_state_without_connection() {
    let mut terminal = Terminal::open();
    terminal.types("ATE0\r", "ATE0\r\r\nOK\r\n");
    terminal.line("AT+CPIN?", "+CPIN: READY|OK");
    terminal.line("AT+CSQ", "+CSQ: 24,0|OK");
    terminal.line("AT+CREG?", "+CREG: 0,1|OK");
    terminal.line("AT+CEREG?", "+CEREG: 0,1|OK");
    terminal.line("AT+CGATT?", "+CGATT: 1|OK");
    terminal.line("AT+CGACT?", "+CGACT: 1,1|OK");
    terminal.line("AT+CFUN?", "+CFUN: 1|OK");
    terminal.line("AT+CIFSR", "+CME ERROR: 3");
    terminal.line("AT+CIPSTATUS", "OK|STATE: IP INITIAL");
    terminal.line("AT+CSTT;+CIICR", "OK");
    terminal.line("AT+CIFSR", "10.126.200.230");
    terminal.line("AT+CIPSHUT", "SHUT OK");
    terminal.line("AT+MQTTSTATU", "+MQTTSTATU :0|OK");
    terminal.line("AT+MQTTMSGSET?", "+MQTTMSGSET:0|OK");
    terminal.is_silent();
}

#[test]
fn a_file_is_counted_not_parsed() {
    let mut terminal = Terminal::open();
    terminal.types("ATE0\r", "ATE0\r\r\nOK\r\n");
    terminal.line("AT+FSCREATE=\"ca.crt\"", "OK");
    terminal.types("AT+FSWRITE=\"ca.crt\",0,10,15\r", "\r\n>");
    terminal.is_silent();
    // Ten bytes and the line end that a terminal program appends.
    terminal.types("AT\r\n567890\r\n", "\r\nOK\r\n");
    terminal.line("AT+FSFLSIZE=\"ca.crt\"", "+FSFLSIZE: 10|OK");
    terminal.types("AT+FSREAD=\"ca.crt\",0,10240,0\r", "\r\nAT\r\n567890\r\n\r\nOK\r\n");
    terminal.line("AT+FSREAD=\"ca.crt\",1,4,6", "7890|OK");
    terminal.types("AT+FSWRITE=\"ca.crt\",0,10,1\r", "\r\n>");
    terminal.types("short", "\r\nTimeOut\r\n");
    terminal.line("AT+SSLCFG=\"seclevel\",88,2", "OK");
    terminal.line("AT+SSLCFG=\"seclevel\",88", "+SSLCFG: \"seclevel\",88,2|OK");
    terminal.line("AT+FSDEL=\"ca.crt\"", "OK");
    terminal.line("AT+FSDEL=\"ca.crt\"", "ERROR");
    terminal.is_silent();
}

#[test]
fn a_session_with_all_its_asynchronous_words() {
    let broker = Mosquitto::open();
    let mut terminal = Terminal::opened(broker.port);
    terminal.line("AT+MQTTSTATU", "+MQTTSTATU :2|OK");
    terminal.line(&format!("AT+MIPSTART=\"127.0.0.1\",{}", broker.port), "OK|ALREADY CONNECT");
    terminal.line("AT+MCONNECT=1,120", "OK|CONNACK OK");
    terminal.line("AT+MQTTSTATU", "+MQTTSTATU :1|OK");
    terminal.line("AT+MSUB=\"mqtt/pub\",0", "OK|SUBACK");
    terminal.line("AT+MPUB=\"mqtt/other\",0,0,\"a, b\"", "OK");
    terminal.line("AT+MPUB=\"mqtt/other\",1,0,\"a\"", "OK|PUBACK");
    terminal.line("AT+MPUB=\"mqtt/other\",2,0,\"a\"", "OK|PUBREC|PUBCOMP");
    terminal.line("AT+MPUB=\"mqtt/other\",1,0,a", "ERROR");
    terminal.types("AT+MPUBEX=\"mqtt/other\",1,0,4\r", "\r\n>");
    terminal.types("\r\n\"}", "\r\nOK\r\n\r\nPUBACK\r\n");
    broker.publish("mqtt/pub", b"data from tcp server", 1);
    terminal.hears("\r\n+MSUB: \"mqtt/pub\",20 byte,data from tcp server\r\n", "a message");
    broker.publish("mqtt/pub", "第一行\r\nOK\r\n".as_bytes(), 0);
    terminal.hears("\r\n+MSUB: \"mqtt/pub\",15 byte,第一行\r\nOK\r\n\r\n", "a message of two lines");
    terminal.line("AT+MQTTMSGSET=1", "OK");
    broker.publish("mqtt/pub", b"kept", 0);
    terminal.hears("\r\n+MSUB: 0\r\n", "a cached message");
    terminal.line("AT+MUNSUB=\"mqtt/pub\"", "OK|UNSUBACK");
    // After good-bye the broker closes the connection, and the vendor's flow ignores what MIPCLOSE says then.
    terminal.line("AT+MDISCONNECT", "OK|CLOSED");
    terminal.line("AT+MIPCLOSE", "+CME ERROR: 767");
    terminal.is_silent();
}

#[test]
fn the_error_767_in_each_of_its_places() {
    let mut broker = Some(Mosquitto::open());
    let port = broker.as_ref().unwrap().port;
    let mut terminal = Terminal::opened(port);
    terminal.line("AT+MCONNECT=1,120", "OK|CONNACK OK");
    terminal.line("AT+MCONNECT=1,120", "+CME ERROR: 767");
    // The broker goes away, and with it the connection.
    drop(broker.take());
    terminal.hears("\r\nCLOSED\r\n", "the end of the broker");
    terminal.line("AT+MQTTSTATU", "+MQTTSTATU :0|OK");
    for line in [
        "AT+MCONNECT=1,120",
        "AT+MSUB=\"mqtt/pub\",0",
        "AT+MPUB=\"mqtt/pub\",1,0,\"a\"",
        "AT+MPUBEX=\"mqtt/pub\",1,0,4",
        "AT+MDISCONNECT",
        "AT+MIPCLOSE",
    ] {
        terminal.line(line, "+CME ERROR: 767");
    }
    terminal.line(&format!("AT+MIPSTART=\"127.0.0.1\",{port}"), "OK|STATE: IP STATUS|CONNECT FAIL");
    terminal.is_silent();
}
