//! Which files on the module are keys, and what may be seen of a file that is read in parts.
//!
//! A part from the middle of a key says nothing of itself. So a part is shown only when the file is known from its
//! beginning on: written or read in this session, without a key in it. Everything else of a file that is read from the
//! middle is hidden, and everything of a file whose name or place is that of a key.

use std::collections::BTreeMap;

use super::{
    finder::Finder,
    reading::{Course, Reading},
};

/// Follows commands and answers about files.
#[derive(Debug, Default)]
pub struct FileGuard {
    files: BTreeMap<String, File>,
    /// What was sent of a line that has not ended.
    line: Vec<u8>,
    /// What was received of a line that has not ended; only as much as an answer of `AT+SSLCFG` needs.
    heard: Vec<u8>,
    writing: Option<Write>,
    reading: Option<(Part, Reading)>,
    /// Decided and not given out.
    marks: Vec<bool>,
}

/// What is known of a file.
#[derive(Debug, Default)]
struct File {
    is_key: bool,
    /// So many bytes from the beginning on are known to hold no key.
    known_to: usize,
    /// The finder behind the last of them.
    finder: Finder,
}

/// A write whose bytes have not all been sent.
#[derive(Debug)]
struct Write {
    name: String,
    appends: bool,
    left: usize,
}

/// The part of a file that is read.
#[derive(Debug)]
struct Part {
    name: String,
    from: usize,
    bytes: usize,
}

impl FileGuard {
    /// Takes bytes that are sent; `has_secret` when some of them are known to be secret.
    ///
    /// An answer that is under way goes on: it may come late.
    pub fn sent(&mut self, bytes: &[u8], has_secret: bool) {
        if self.writing.is_some() && !is_command(bytes) {
            return self.written(bytes, has_secret);
        }
        self.writing = None;
        for byte in bytes {
            match byte {
                b'\r' | b'\n' => {
                    let line = std::mem::take(&mut self.line);
                    self.command(&String::from_utf8_lossy(&line));
                }
                _ if self.line.len() < LONGEST_LINE => self.line.push(*byte),
                _ => {}
            }
        }
    }

    /// Takes bytes that are received and says of each whether it is to be hidden. The last few may come out with the next
    /// call: they may be the beginning of a line that passes.
    pub fn received(&mut self, bytes: &[u8]) -> Vec<bool> {
        for byte in bytes {
            let Some((_, reading)) = &mut self.reading else {
                self.hear(*byte);
                self.marks.push(false);
                continue;
            };
            if reading.take(*byte, &mut self.marks) == Course::Ended {
                self.end_reading();
            }
        }
        std::mem::take(&mut self.marks)
    }

    /// As [`received`](Self::received) of bytes that are not hidden, while no answer with a file's bytes is under way.
    pub fn overhear(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.hear(*byte);
        }
    }

    /// What is undecided, because nothing more will come.
    pub fn flush(&mut self) -> Vec<bool> {
        if let Some((_, reading)) = &mut self.reading {
            reading.settle(&mut self.marks);
        }
        std::mem::take(&mut self.marks)
    }

    /// Whether an answer with a file's bytes is under way, or something is still undecided.
    pub const fn is_reading(&self) -> bool {
        self.reading.is_some() || !self.marks.is_empty()
    }

    /// An answer that is under way is not waited for any more.
    pub fn abandon(&mut self) {
        if let Some((_, reading)) = &mut self.reading {
            reading.settle(&mut self.marks);
            self.end_reading();
        }
    }

    fn end_reading(&mut self) {
        let Some((part, reading)) = self.reading.take().filter(|(part, _)| !part.name.is_empty()) else { return };
        let file = self.files.entry(part.name).or_default();
        file.is_key |= reading.has_key;
        let is_news = (part.from == 0 || part.from == file.known_to) && part.from + part.bytes > file.known_to;
        if is_news && !file.is_key && !reading.may_end_in_head() {
            file.known_to = part.from + part.bytes;
            file.finder = reading.finder;
        }
    }

    fn written(&mut self, bytes: &[u8], has_secret: bool) {
        let Some(write) = &mut self.writing else { return };
        let file = self.files.entry(write.name.clone()).or_default();
        let is_key = has_secret || file.finder.scan(bytes).contains(&true);
        file.is_key |= is_key;
        // What stood in a file to which something is appended is not known by that.
        if !write.appends || file.known_to > 0 {
            file.known_to += bytes.len();
        }
        write.left = write.left.saturating_sub(bytes.len());
        if write.left == 0 {
            self.writing = None;
        }
        // What the module says until it has taken them may be their echo.
        if is_key && self.reading.is_none() {
            self.reading =
                Some((Part { name: String::new(), from: 0, bytes: 0 }, Reading::new(0, true, Finder::default())));
        }
    }

    fn command(&mut self, line: &str) {
        let Some((name, arguments)) = line.trim().split_once('=') else { return };
        let arguments: Vec<_> = arguments.split(',').map(unquoted).collect();
        let number = |place: usize| arguments.get(place).and_then(|text| text.parse::<usize>().ok());
        let Some(file) = arguments.first().filter(|file| !file.is_empty()).map(|file| (*file).to_owned()) else {
            return;
        };
        match name.to_ascii_uppercase().as_str() {
            "AT+FSREAD" => self.read(Part { name: file, from: number(3).unwrap_or(0), bytes: number(2).unwrap_or(0) }),
            "AT+FSWRITE" => {
                let appends = number(1) == Some(1);
                if !appends {
                    self.files.remove(&file);
                }
                self.writing = number(2).map(|left| Write { name: file, appends, left });
            }
            "AT+FSDEL" => drop(self.files.remove(&file)),
            "AT+SSLCFG" => self.setting(&arguments),
            _ => {}
        }
    }

    fn read(&mut self, part: Part) {
        self.abandon();
        let file = self.files.entry(part.name.clone()).or_default();
        file.is_key |= is_key_name(&part.name);
        let is_known = part.from + part.bytes <= file.known_to;
        let (hides_all, finder) = match part.from {
            _ if file.is_key => (true, Finder::default()),
            0 => (false, Finder::default()),
            from if from == file.known_to => (false, file.finder.clone()),
            _ => (!is_known, Finder::default()),
        };
        let reading = Reading::new(part.bytes, hides_all, finder);
        self.reading = Some((part, reading));
    }

    /// The file that is set as the client's key is one, whatever is in it.
    fn setting(&mut self, fields: &[&str]) {
        if let [key, _, name] = fields
            && key.eq_ignore_ascii_case("clientkey")
            && !name.is_empty()
        {
            self.files.entry((*name).to_owned()).or_default().is_key = true;
        }
    }

    /// A setting that is read back names the key too.
    fn hear(&mut self, byte: u8) {
        if !matches!(byte, b'\r' | b'\n') {
            if self.heard.len() < LONGEST_LINE {
                self.heard.push(byte);
            }
            return;
        }
        let line = std::mem::take(&mut self.heard);
        if let Some(fields) = line.strip_prefix(b"+SSLCFG").and_then(|line| std::str::from_utf8(line).ok()) {
            let fields: Vec<_> = fields.trim_start_matches([' ', ':']).split(',').map(unquoted).collect();
            self.setting(&fields);
        }
    }
}

/// Whether bytes that may be a file's are a command instead: the module had refused to take a file.
fn is_command(bytes: &[u8]) -> bool {
    bytes.ends_with(b"\r") && bytes.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(b"AT"))
}

/// Whether a file is called as keys and containers with keys usually are.
fn is_key_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("key") || name.contains("priv") || KEY_ENDS.iter().any(|end| name.ends_with(end))
}

fn unquoted(field: &str) -> &str {
    field.trim().trim_matches('"')
}

const KEY_ENDS: [&str; 4] = [".p12", ".pfx", ".pk8", ".p8"];
/// Longer than any command about a file.
const LONGEST_LINE: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::samples;

    /// What is left to be seen of an answer, `*` for what is hidden.
    fn answer(guard: &mut FileGuard, command: &str, content: &[u8]) -> Vec<u8> {
        guard.sent(command.as_bytes(), false);
        let stream = [
            command.as_bytes(),
            b"\r\n+CGEV: ME PDN ACT 1\r\n\r\n+MSUB: \"t\",4 byte,\n{}\n\r\n",
            content,
            b"\r\n\r\nOK\r\n",
        ]
        .concat();
        let mut marks = Vec::new();
        for piece in stream.chunks(5) {
            marks.extend(guard.received(piece));
        }
        assert_eq!(marks.len(), stream.len(), "all is decided at the end");
        let shown: Vec<u8> = stream.iter().zip(marks).map(|(byte, hidden)| if hidden { b'*' } else { *byte }).collect();
        let frame = String::from_utf8_lossy(&shown).into_owned();
        assert!(frame.starts_with(command) && frame.contains("\n+CGEV: ME PDN ACT 1\r\n"), "{frame}");
        assert!(frame.contains("4 byte,\n{}\n") && frame.ends_with("\r\nOK\r\n"), "{frame}");
        shown[stream.len() - content.len() - 8..stream.len() - 8].to_vec()
    }

    fn is_hidden(shown: &[u8]) -> bool {
        shown.iter().all(|byte| matches!(byte, b'*' | b'\r' | b'\n'))
    }

    #[test]
    fn a_part_from_the_middle_is_hidden_unless_the_file_is_known() {
        let key = &samples::binary_keys()[0].1;
        let text = samples::certificate_text();
        let mut guard = FileGuard::default();
        assert!(is_hidden(&answer(&mut guard, "AT+FSREAD=\"a.der\",1,100,200\r", &key[200..300])));
        let (first, rest) = text.split_at(100);
        assert!(is_hidden(&answer(&mut guard, "AT+FSREAD=ca.crt,1,200,100\r", &rest[..200])));
        assert_eq!(answer(&mut guard, "AT+FSREAD=ca.crt,0,100,0\r", first), first);
        assert_eq!(answer(&mut guard, "AT+FSREAD=ca.crt,1,200,100\r", &rest[..200]), &rest[..200]);
        assert_eq!(answer(&mut guard, "AT+FSREAD=ca.crt,1,50,120\r", &rest[20..70]), &rest[20..70]);
        assert!(is_hidden(&answer(&mut guard, "AT+FSREAD=ca.crt,1,50,310\r", &rest[210..260])));
    }

    #[test]
    fn a_key_is_known_by_its_place_its_name_and_its_beginning() {
        let plain = b"no key at all\r\nby its looks";
        let hidden_after = |sent: &[&str], command: &str| {
            let mut guard = FileGuard::default();
            for line in sent {
                guard.sent(line.as_bytes(), false);
            }
            is_hidden(&answer(&mut guard, command, plain))
        };
        assert!(hidden_after(&["AT+SSLCFG=\"clientkey\",88,\"mine\"\r"], "AT+FSREAD=\"mine\",0,27,0\r"));
        assert!(hidden_after(&[], "at+fsread=client.KEY,0,27,0\r"));
        assert!(hidden_after(&[], "AT+FSREAD=\"store.p12\",0,27,0\r"));
        assert!(!hidden_after(&["AT+SSLCFG=\"cacert\",88,\"mine\"\r"], "AT+FSREAD=\"mine\",0,27,0\r"));
        let mut guard = FileGuard::default();
        guard.received(b"\r\n+SSLCFG: \"clientkey\",88,\"own\"\r\n\r\nOK\r\n");
        assert!(is_hidden(&answer(&mut guard, "AT+FSREAD=\"own\",0,27,0\r", plain)));
        let mut guard = FileGuard::default();
        for (form, key) in samples::binary_keys() {
            let head = answer(&mut guard, "AT+FSREAD=\"x\",0,60,0\r", &key[..60.min(key.len())]);
            assert!(head.ends_with(b"***"), "{form}: {head:?}");
            assert!(is_hidden(&answer(&mut guard, "AT+FSREAD=\"x\",1,10,30\r", &key[30..40])), "{form}");
            guard.sent(b"AT+FSDEL=\"x\"\r", false);
        }
    }

    #[test]
    fn what_was_written_here_is_known() {
        let write = |bytes: &[u8], is_secret: bool| {
            let mut guard = FileGuard::default();
            guard.sent(b"AT+FSWRITE=\"f\",0,30,15\r", false);
            guard.received(b"\r\n>");
            guard.sent(bytes, is_secret);
            guard.received(b"\r\nOK\r\n");
            is_hidden(&answer(&mut guard, "AT+FSREAD=\"f\",1,10,20\r", &bytes[20..30]))
        };
        assert!(!write(&[b'a'; 30], false));
        assert!(write(&[b'a'; 30], true));
        assert!(write(&samples::binary_keys()[3].1[..30], false));
    }

    #[test]
    fn a_file_that_is_not_read_hides_nothing() {
        let mut guard = FileGuard::default();
        guard.sent(b"AT+FSREAD=\"x.key\",0,10,0\r", false);
        assert_eq!(guard.received(b"\r\n+CME ERROR: 62\r\nanything").iter().filter(|hidden| **hidden).count(), 0);
        guard.sent(b"AT+FSREAD=\"x.key\",0,10,0\r", false);
        guard.sent(b"AT\r", false);
        assert!(guard.received(b"late bytes of a key\r\n").contains(&true), "an answer may be late");
        guard.received(b"\r\nOK\r\n");
        assert_eq!(guard.received(b"anything"), [false; 8]);
    }
}
