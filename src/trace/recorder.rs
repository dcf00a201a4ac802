//! Writes a trace while it happens.

use std::{
    io::{self, Write},
    ops::Range,
    time::Duration,
};

use crate::time::Moment;

use super::{Direction, Entry, Header, Redactor, text::write_return, write_entry, write_header};

/// Writes entries as text into `W`, secrets masked. Say [`finish`](Self::finish) at the end: the last received bytes may
/// still be held.
///
/// Pieces of one received line that follow each other closely become one entry, whose moment is that of its last byte:
/// how the system happened to cut the line says nothing, and a line in one piece can be searched and compared.
#[derive(Debug)]
pub struct Recorder<W> {
    out: W,
    redactor: Redactor,
    last: Option<Moment>,
    /// Added to every moment: the recording goes on behind an earlier one.
    offset: Duration,
    /// A received line that has not ended yet.
    open: Option<Entry>,
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
        Ok(Self { out, redactor, last: None, offset: Duration::ZERO, open: None })
    }

    /// Goes on behind a recording that ended: what passes now happened `offset` after its first moment.
    pub fn again(mut out: W, header: &Header, offset: Duration, hides_identifiers: bool) -> io::Result<Self> {
        let mut text = String::new();
        write_return(&mut text, header);
        out.write_all(text.as_bytes())?;
        let redactor = if hides_identifiers { Redactor::hiding_identifiers() } else { Redactor::default() };
        Ok(Self { out, redactor, last: None, offset, open: None })
    }

    /// Notes bytes that were sent; `secret` says which of them to hide, there and wherever they come back.
    pub fn sent(&mut self, at: Moment, bytes: &[u8], secret: &[Range<usize>]) -> io::Result<()> {
        self.release()?;
        let all = self.redactor.secrets_of(bytes, secret);
        self.redactor.learn(bytes, secret);
        self.write(&[Entry::new(at, Direction::Sent, bytes, &all)])
    }

    /// Notes bytes that were received.
    pub fn received(&mut self, at: Moment, bytes: &[u8]) -> io::Result<()> {
        let decided = self.redactor.received(at, bytes);
        self.join(decided)
    }

    /// Writes a line that has not ended by `now`, when it is too old for the next piece to belong to it: what is to be read
    /// is in the file, whatever ends this program.
    pub fn pass(&mut self, now: Moment) -> io::Result<()> {
        let old = self.open.take_if(|open| now.since(open.at) > CLOSE);
        self.write(old.as_slice())
    }

    /// Writes what is still held and gives the writer back.
    pub fn finish(mut self) -> io::Result<W> {
        self.release()?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// Writes everything received so far, ended or not.
    fn release(&mut self) -> io::Result<()> {
        let held = self.redactor.flush();
        self.join(held)?;
        let open = self.open.take();
        self.write(open.as_slice())
    }

    /// Writes what ends a line and keeps the rest open.
    fn join(&mut self, entries: Vec<Entry>) -> io::Result<()> {
        for entry in entries {
            match &mut self.open {
                Some(open) if entry.at.since(open.at) <= CLOSE => {
                    let offset = open.bytes.len();
                    open.at = entry.at;
                    open.bytes.extend(entry.bytes);
                    for range in entry.secret {
                        let moved = range.start + offset..range.end + offset;
                        match open.secret.last_mut().filter(|last| last.end == moved.start) {
                            Some(last) => last.end = moved.end,
                            None => open.secret.push(moved),
                        }
                    }
                }
                open => {
                    let stalled = open.replace(entry);
                    self.write(stalled.as_slice())?;
                }
            }
            if let Some(ended) =
                self.open.take_if(|open| open.bytes.ends_with(b"\n") || open.bytes.len() >= LONGEST_OPEN)
            {
                self.write(&[ended])?;
            }
        }
        Ok(())
    }

    /// Hands over whole lines in one piece, so that a file is never without the end of one for long.
    fn write(&mut self, entries: &[Entry]) -> io::Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let mut text = String::new();
        for entry in entries {
            let entry = Entry { at: entry.at + self.offset, ..entry.clone() };
            write_entry(&mut text, &entry, self.last);
            self.last = Some(entry.at);
        }
        self.out.write_all(text.as_bytes())
    }
}

/// How long after the last piece of a line the next one still belongs to it: what a serial tool takes for one burst.
const CLOSE: Duration = Duration::from_millis(20);
/// A line that is longer than this is written in pieces.
const LONGEST_OPEN: usize = 8_192;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::{keys::samples, trace::Trace};

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
    fn the_pieces_of_a_line_become_one_but_a_pause_stays() {
        let mut recorder = Recorder::new(Vec::new(), &Header::default()).expect("a vector takes all");
        for (millis, piece) in [(1, "\r\nCONN"), (3, "ACK"), (4, " OK\r"), (5, "\n+CG"), (90, "EV: x\r\n"), (91, ">")] {
            recorder.received(Moment::from_millis(millis), piece.as_bytes()).expect("written");
        }
        let text = String::from_utf8(recorder.finish().expect("written")).expect("text");
        let rows: Vec<_> = text.lines().skip(2).collect();
        let expected = [
            "@ 0.005000",
            "< \\r\\n",
            "< CONNACK OK\\r\\n",
            "< +CG",
            "@ 0.090000",
            "< EV: x\\r\\n",
            "@ 0.091000",
            "< >",
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_line_that_does_not_end_is_written_once_its_burst_is_over() {
        let mut text = Shared::default();
        let mut recorder = Recorder::new(text.clone(), &Header::default()).expect("a vector takes all");
        recorder.received(Moment::from_millis(5), b"\r\n>").expect("written");
        recorder.pass(Moment::from_millis(25)).expect("written");
        assert!(!text.read().contains("< >"), "more of it may follow: {}", text.read());
        recorder.pass(Moment::from_millis(26)).expect("written");
        assert!(text.read().ends_with("@ 0.005000\n< \\r\\n\n< >\n"), "{}", text.read());
        recorder.received(Moment::from_millis(40), b" x\r\n").expect("written");
        recorder.finish().expect("written");
        assert!(text.read().ends_with("@ 0.040000\n<  x\\r\\n\n"), "as without the look in between: {}", text.read());
    }

    /// A file that can be read while it is written.
    #[derive(Clone, Default)]
    struct Shared(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

    impl Shared {
        fn read(&mut self) -> String {
            String::from_utf8(self.0.lock().expect("nobody panics with it").clone()).expect("text")
        }
    }

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("nobody panics with it").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_recording_goes_on_behind_an_earlier_one() {
        let header = Header { port: "COM5".to_owned(), ..Header::default() };
        let mut recorder = Recorder::new(Vec::new(), &header).expect("a vector takes all");
        recorder.received(Moment::from_millis(5), b"RDY\r\n").expect("written");
        let out = recorder.finish().expect("written");
        let back = Header { port: "COM7".to_owned(), ..Header::default() };
        let mut recorder = Recorder::again(out, &back, Duration::from_mins(1), true).expect("a vector takes all");
        recorder.received(Moment::from_millis(2), b"OK\r\n").expect("written");
        let text = String::from_utf8(recorder.finish().expect("written")).expect("text");
        assert!(text.contains("# back as COM7\n@ 60.002000\n< OK"), "{text}");
        let trace = Trace::parse(&text).expect("one trace");
        assert_eq!((trace.header.port.as_str(), trace.entries.len()), ("COM5", 2));
    }

    #[test]
    fn a_key_that_is_read_back_is_hidden_though_it_was_never_sent() {
        let key = "-----BEGIN RSA PRIVATE KEY-----\nTUlJRW93SUJBQUtDQVFF\n-----END RSA PRIVATE KEY-----\n\r\nOK\r\n";
        for hides in [true, false] {
            let header = Header::default();
            let recorder = if hides {
                Recorder::new(Vec::new(), &header)
            } else {
                Recorder::keeping_identifiers(Vec::new(), &header)
            };
            let mut recorder = recorder.expect("a vector takes all");
            for (index, piece) in (0..).zip(key.as_bytes().chunks(7)) {
                recorder.received(Moment::from_millis(index), piece).expect("written");
            }
            let text = String::from_utf8(recorder.finish().expect("written")).expect("text");
            assert!(!text.contains("TUlJ") && !text.contains("FF\\n"), "{text}");
            assert!(text.contains("BEGIN RSA PRIVATE KEY") && text.contains("OK\\r\\n"), "{text}");
        }
    }

    /// The text of a recording in which `file` is read from the module in parts that begin at `starts`, every answer cut
    /// into pieces of `cut` bytes.
    fn recorded(name: &str, file: &[u8], starts: &[usize], cut: usize) -> String {
        let mut recorder = Recorder::keeping_identifiers(Vec::new(), &Header::default()).expect("a vector takes all");
        let mut at = Moment::ZERO;
        for (index, from) in starts.iter().enumerate() {
            let to = starts.get(index + 1).copied().unwrap_or(file.len());
            let line = format!("AT+FSREAD=\"{name}\",1,{},{from}\r", to - from);
            recorder.sent(at, line.as_bytes(), &[]).expect("written");
            let answer = [line.as_bytes(), b"\r\n", &file[*from..to], b"\r\n\r\nOK\r\n"].concat();
            for piece in answer.chunks(cut) {
                at += Duration::from_millis(3);
                recorder.received(at, piece).expect("written");
            }
        }
        String::from_utf8(recorder.finish().expect("written")).expect("text")
    }

    /// So many bytes in a row are no chance. A container repeats up to a dozen bytes of its head further inside.
    const CHANCE: usize = 14;

    /// Bytes of `key` that stand in `text` in a row.
    fn longest_seen(text: &str, key: &[u8]) -> usize {
        let trace = Trace::parse(text).expect("its own text");
        let bytes: Vec<u8> = trace.entries.iter().flat_map(|entry| entry.bytes.iter().copied()).collect();
        let is_seen = |length: usize| key.windows(length).any(|part| bytes.windows(length).any(|seen| seen == part));
        (1..=key.len()).take_while(|length| is_seen(*length)).last().unwrap_or_default()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn no_part_of_a_key_is_recorded(
            form in 0_usize..12,
            cut in 1_usize..300,
            starts in proptest::collection::btree_set(0_usize..600, 1..6),
        ) {
            let keys = KEYS.get_or_init(|| [samples::binary_keys(), samples::text_keys()].concat());
            let (form, key) = &keys[form];
            let starts: Vec<_> = starts.into_iter().filter(|start| *start + 1 < key.len()).collect();
            prop_assume!(!starts.is_empty());
            let text = recorded("anything", key, &starts, cut);
            prop_assert!(longest_seen(&text, samples::secret_of(key)) < CHANCE, "{form}:\n{text}");
            prop_assert!(text.contains("OK\\r\\n"), "{form}: the frame stays to be seen:\n{text}");
        }
    }

    static KEYS: std::sync::OnceLock<Vec<(&'static str, Vec<u8>)>> = std::sync::OnceLock::new();

    #[test]
    fn a_certificate_stays_to_be_read() {
        let certificate = samples::certificate_text();
        let text = recorded("client.crt", &certificate, &[0, 100, 250], 7);
        assert_eq!(longest_seen(&text, &certificate[110..240]), 130, "{text}");
        assert!(!text.contains('*'), "{text}");
    }

    #[test]
    fn a_key_that_is_sent_is_hidden_though_nobody_said_so() {
        for (form, key) in [samples::binary_keys(), samples::text_keys()].concat() {
            for cut in [1, 17, key.len()] {
                let mut recorder = Recorder::new(Vec::new(), &Header::default()).expect("a vector takes all");
                recorder.sent(Moment::ZERO, b"AT+MPUBEX=\"t\",0,0,4000\r", &[]).expect("written");
                for piece in key.chunks(cut) {
                    recorder.sent(Moment::from_millis(1), piece, &[]).expect("written");
                }
                let text = String::from_utf8(recorder.finish().expect("written")).expect("text");
                assert!(longest_seen(&text, samples::secret_of(&key)) < CHANCE, "{form}: {text}");
            }
        }
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
        assert_eq!(trace.entries.len(), 2);
        assert!(text.contains("\\*6;"), "how the pieces came does not show: {text}");
        assert_eq!(trace.entries[1].bytes, b"AT+MCONFIG=a,b,\"******\"\r\r\nOK\r\n");
    }
}
