//! Writes logs as SSCOM saves them, and knows what is in them.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use serde_json::{Value, json};

/// What a log holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One session of messages.
    Traffic,
    /// Signs beyond ASCII in GBK, reads that cut lines, questions, refusals, and links that are lost and opened again.
    Mix,
}

/// What a verdict has to say.
#[derive(Debug, Default)]
pub(crate) struct Truth {
    pub(crate) lines: u64,
    sessions: u64,
    published: u64,
    received: u64,
    /// At which lines links were lost.
    losses: Vec<u64>,
}

impl Truth {
    /// The answer that is right.
    pub(crate) fn expected(&self) -> Value {
        json!({
            "result": if self.losses.is_empty() { "healthy" } else { "recovered" },
            "lines": self.lines,
            "sessions": self.sessions,
            "published": self.published,
            "confirmed": self.published,
            "received": self.received,
            "losses": self.losses,
        })
    }

    /// What an answer in JSON says of the same.
    pub(crate) fn told(output: &str) -> Value {
        let objects: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
        let of = |kind: &str| objects.iter().find(|object| object["kind"] == kind).expect("it is told");
        let losses = objects.iter().filter(|object| object["kind"] == "episode").map(|object| &object["begin_line"]);
        let (log, verdict) = (of("log"), of("verdict"));
        json!({
            "result": verdict["result"],
            "lines": log["lines"],
            "sessions": log["sessions"],
            "published": verdict["published"],
            "confirmed": verdict["confirmed"],
            "received": verdict["received"],
            "losses": losses.collect::<Vec<_>>(),
        })
    }
}

/// Writes a log of about `bytes` bytes.
pub(crate) fn write(path: &Path, kind: Kind, bytes: u64) -> io::Result<Truth> {
    let mut log = Log { out: BufWriter::new(File::create(path)?), kind, clock: 0, written: 0, truth: Truth::default() };
    log.begin()?;
    let mut losses = (1..=LOSSES).map(|part| bytes / (LOSSES + 1) * part).peekable();
    let mut number = 0;
    while log.written < bytes {
        number += 1;
        log.message(number)?;
        if kind == Kind::Mix && losses.next_if(|at| *at < log.written).is_some() {
            log.lose()?;
        }
    }
    log.out.flush()?;
    Ok(log.truth)
}

struct Log {
    out: BufWriter<File>,
    kind: Kind,
    /// Milliseconds since the log began.
    clock: u64,
    written: u64,
    truth: Truth,
}

impl Log {
    fn begin(&mut self) -> io::Result<()> {
        for (command, answer) in
            [("AT", "OK"), ("AT+CPIN?", "+CPIN: READY\r\n\r\nOK"), ("AT+CGATT?", "+CGATT: 1\r\n\r\nOK")]
        {
            self.sent(command)?;
            self.received(12, answer)?;
        }
        self.open()
    }

    /// A session from link to subscription.
    fn open(&mut self) -> io::Result<()> {
        self.truth.sessions += 1;
        for (command, word) in [
            ("AT+MIPSTART=\"broker.test\",\"1883\"", "CONNECT OK"),
            ("AT+MCONNECT=1,60", "CONNACK OK"),
            ("AT+MSUB=\"a/b\",0", "SUBACK"),
        ] {
            self.sent(command)?;
            self.received(12, "OK")?;
            self.received(300, word)?;
        }
        Ok(())
    }

    /// A message that goes out and comes back.
    fn message(&mut self, number: u64) -> io::Result<()> {
        self.clock += 700;
        self.sent(&format!("AT+MPUB=\"a/b\",1,0,\"value {number:08}\""))?;
        self.received(12, "OK")?;
        self.received(90, "PUBACK")?;
        (self.truth.published, self.truth.received) = (self.truth.published + 1, self.truth.received + 1);
        if self.kind == Kind::Traffic {
            return self.received(60, &format!("+MSUB: \"a/b\",14 byte,value {number:08}"));
        }
        match number % 4 {
            0 => self.received(60, &format!("+MSUB: \"a/b\",14 byte,value {number:08}"))?,
            // Two bytes a sign, as the file has them.
            1 => self.received(60, "+MSUB: \"a/b\",4 byte,温度")?,
            2 => self.received(60, &format!("+MSUB: \"a/b\",22 byte,{{\"n\": {number:>15}}}"))?,
            _ => self.received(60, &format!("+MSUB: \"a/b\",18 byte,{number:>8}\r\n{number:>8}"))?,
        }
        if number.is_multiple_of(5) {
            self.sent("AT+CSQ")?;
            self.received(12, "+CSQ: 24,0\r\n\r\nOK")?;
        }
        Ok(())
    }

    /// The link ends, and is opened again.
    fn lose(&mut self) -> io::Result<()> {
        self.truth.losses.push(self.truth.lines + 2);
        self.received(4_000, "CLOSED")?;
        self.clock += 2_000;
        self.open()
    }

    fn sent(&mut self, command: &str) -> io::Result<()> {
        self.clock += 200;
        let stamp = self.stamp();
        self.text(&format!("{stamp}发→◇{command}\r\n□\r\n"))
    }

    fn received(&mut self, after: u64, answer: &str) -> io::Result<()> {
        self.clock += after;
        let stamp = self.stamp();
        self.text(&format!("{stamp}收←◆\r\n{answer}\r\n\r\n"))
    }

    fn stamp(&self) -> String {
        let at = self.clock;
        format!("[{:02}:{:02}:{:02}.{:03}]", at / 3_600_000 % 24, at / 60_000 % 60, at / 1_000 % 60, at % 1_000)
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.truth.lines += text.matches('\n').count() as u64;
        let bytes = match self.kind {
            Kind::Traffic => text.as_bytes().into(),
            Kind::Mix => encoding_rs::GBK.encode(text).0,
        };
        self.written += bytes.len() as u64;
        self.out.write_all(&bytes)
    }
}

/// So many links are lost in a mix.
const LOSSES: u64 = 5;
