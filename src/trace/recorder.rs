//! Writes a trace while it happens.

use std::{
    io::{self, Write},
    ops::Range,
};

use crate::time::Moment;

use super::{Direction, Entry, Header, Redactor, write_entry, write_header};

/// Writes entries as text into `W`, secrets masked. Say [`finish`](Self::finish) at the end: the last received bytes may
/// still be held.
#[derive(Debug)]
pub struct Recorder<W> {
    out: W,
    redactor: Redactor,
    last: Option<Moment>,
}

impl<W: Write> Recorder<W> {
    /// Begins a trace that also hides the numbers of device and card.
    pub fn new(out: W, header: &Header) -> io::Result<Self> {
        Self::begin(out, header, Redactor::hiding_identifiers())
    }

    /// Begins a trace that keeps the numbers of device and card.
    pub fn keeping_identifiers(out: W, header: &Header) -> io::Result<Self> {
        Self::begin(out, header, Redactor::default())
    }

    fn begin(mut out: W, header: &Header, redactor: Redactor) -> io::Result<Self> {
        let mut text = String::new();
        write_header(&mut text, header);
        out.write_all(text.as_bytes())?;
        Ok(Self { out, redactor, last: None })
    }

    /// Notes bytes that were sent; `secret` says which of them to hide, there and wherever they come back.
    pub fn sent(&mut self, at: Moment, bytes: &[u8], secret: &[Range<usize>]) -> io::Result<()> {
        let held = self.redactor.flush();
        self.write(&held)?;
        self.redactor.learn(bytes, secret);
        let all = self.redactor.secrets_of(bytes, secret);
        self.write(&[Entry::new(at, Direction::Sent, bytes, &all)])
    }

    /// Notes bytes that were received.
    pub fn received(&mut self, at: Moment, bytes: &[u8]) -> io::Result<()> {
        let decided = self.redactor.received(at, bytes);
        self.write(&decided)
    }

    /// Writes what is still held and gives the writer back.
    pub fn finish(mut self) -> io::Result<W> {
        let held = self.redactor.flush();
        self.write(&held)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn write(&mut self, entries: &[Entry]) -> io::Result<()> {
        let mut text = String::new();
        for entry in entries {
            write_entry(&mut text, entry, self.last);
            self.last = Some(entry.at);
        }
        self.out.write_all(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use crate::trace::Trace;

    use super::*;

    #[test]
    fn numbers_of_device_and_card_are_hidden_unless_kept() {
        let record = |recorder: io::Result<Recorder<Vec<u8>>>| {
            let mut recorder = recorder.expect("a vector takes all");
            recorder.sent(Moment::ZERO, b"AT+MCONFIG=\"868488076771714\"\r", &[]).expect("written");
            recorder.received(Moment::ZERO, b"\r\n86848807").expect("written");
            recorder.received(Moment::ZERO, b"6771714\r\n").expect("written");
            String::from_utf8(recorder.finish().expect("written")).expect("text")
        };
        let hidden = record(Recorder::new(Vec::new(), &Header::default()));
        assert!(!hidden.contains("8684") && !hidden.contains("1714"), "{hidden}");
        let kept = record(Recorder::keeping_identifiers(Vec::new(), &Header::default()));
        assert!(kept.contains("\"868488076771714\""), "{kept}");
    }

    #[test]
    fn a_recording_hides_what_was_sent_in_secret() {
        let header = Header { port: "COM5".to_owned(), ..Header::default() };
        let mut recorder = Recorder::new(Vec::new(), &header).expect("a vector takes all");
        recorder
            .sent(Moment::from_millis(1), b"AT+MCONFIG=a,b,\"geheim\"\r", std::slice::from_ref(&(16..22)))
            .expect("written");
        recorder.received(Moment::from_millis(5), b"AT+MCONFIG=a,b,\"geh").expect("written");
        recorder.received(Moment::from_millis(6), b"eim\"\r\r\nOK\r\n").expect("written");
        let text = String::from_utf8(recorder.finish().expect("written")).expect("text");
        assert!(!text.contains("geh") && !text.contains("eim"), "{text}");
        let trace = Trace::parse(&text).expect("its own text");
        assert_eq!(trace.entries.len(), 3);
        assert_eq!(trace.entries[1].bytes, b"AT+MCONFIG=a,b,\"***");
    }
}
