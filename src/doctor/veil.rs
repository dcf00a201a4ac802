//! Which lines of a log are not shown as they stand, because a secret is in them.
//!
//! What is secret is said by the core that understood the log, whatever it was written in: such a line is shown as the core
//! masks it. What the log says beside that is searched for the same secrets.

use crate::{
    air780e::secrets,
    at::text::{self, MASK, Within},
    keys::{self, Learned},
    record::{Piece, What},
};

/// The secrets of a log that is read from its beginning.
#[derive(Debug, Default)]
pub struct Veil {
    hidden: Vec<Hidden>,
    learned: Learned,
    /// For each port the line at which what it has not told yet begins.
    open: Vec<Option<u32>>,
    /// The hidden lines that reach up to the next piece, and their last sure line: an entry of several lines stands at its
    /// first.
    reaching: Option<(usize, u32)>,
    /// The last line of which a piece came.
    last: u32,
    /// Lines that hold one.
    found: usize,
}

/// Lines that hold one secret.
#[derive(Debug)]
struct Hidden {
    begin: u32,
    end: u32,
    /// How the core masks them; empty when there are too many to keep.
    text: Box<str>,
}

impl Veil {
    /// A piece of the log is about to be understood.
    pub(super) fn piece(&mut self, piece: &Piece) {
        if piece.line > self.last {
            if let Some((place, sure)) = self.reaching.take() {
                let hidden = &mut self.hidden[place];
                hidden.end = hidden.end.min(piece.line - 1).max(sure);
            }
            self.last = piece.line;
        }
        if self.open.len() <= piece.port {
            self.open.resize(piece.port + 1, None);
        }
        self.open[piece.port].get_or_insert(piece.line);
        if let What::Sent(bytes) = &piece.what {
            let line = String::from_utf8_lossy(bytes);
            let marked = secrets::marked(&line);
            self.learned.learn(line.as_bytes(), &marked.secret_ranges());
        }
    }

    /// The core made a line for people of what came up to `line` on `port`.
    pub(super) fn told(&mut self, port: usize, line: u32, shown: &str) {
        if shown.contains(MASK) {
            self.found += 1;
            let begin = self.open.get(port).copied().flatten().unwrap_or(line);
            self.hide(begin, line, shown);
        }
    }

    /// How many secrets were found.
    pub(super) const fn found(&self) -> usize {
        self.found
    }

    /// The piece was understood; `is_told` when the core made a line of it.
    pub(super) fn passed(&mut self, piece: &Piece, is_told: bool) {
        if !is_told {
            return;
        }
        let is_whole = match &piece.what {
            What::Sent(bytes) | What::Received(bytes) => bytes.ends_with(b"\r") || bytes.ends_with(b"\n"),
            What::CutShort => true,
        };
        self.open[piece.port] = (!is_whole).then_some(piece.line);
    }

    /// The line `number` as it may be shown. `within` is kept from line to line.
    pub fn shown(&self, number: u32, line: &str, within: &mut Within) -> String {
        let visible = text::visible(line.as_bytes());
        let masked = secrets::veil(&visible, within);
        let behind = self.hidden.partition_point(|hidden| hidden.begin <= number);
        let mut near = self.hidden[..behind].iter().rev().take(NEAR).filter(|hidden| number <= hidden.end);
        match near.next() {
            Some(hidden) if hidden.begin == number && !hidden.text.is_empty() => hidden.text.to_string(),
            Some(_) => MASK.to_owned(),
            None => keys::without_key_text(&self.learned.veil(&masked)).into_owned(),
        }
    }

    /// Hides the lines from `begin` to `sure`, and those behind that may belong to them.
    fn hide(&mut self, begin: u32, sure: u32, shown: &str) {
        let end = sure.saturating_add(MOST_ROWS);
        let behind = self.hidden.partition_point(|hidden| hidden.begin <= begin);
        let is_full = self.hidden.len() >= MOST_HIDDEN;
        match behind.checked_sub(1).map(|place| (place, &mut self.hidden[place])) {
            // Of too many, more is hidden and never less.
            Some((place, near)) if near.begin == begin || is_full => {
                near.end = near.end.max(end);
                near.text = if is_full { "".into() } else { format!("{} {shown}", near.text).into() };
                self.reaching = Some((place, sure));
            }
            _ => {
                let text = if self.hidden.len() < MOST_TEXTS { shown.into() } else { "".into() };
                self.hidden.insert(behind, Hidden { begin, end, text });
                self.reaching = Some((behind, sure));
            }
        }
    }
}

/// Ports overlap: as many places are looked at before a line.
const NEAR: usize = 64;
/// Lines of one entry: a command in a hex dump has no more.
const MOST_ROWS: u32 = 64;
const MOST_TEXTS: usize = 4_096;
const MOST_HIDDEN: usize = 262_144;

#[cfg(test)]
mod tests {
    use crate::{
        at::text::Within,
        doctor::Judge,
        record::{Options, Reader},
    };

    fn shown(log: &str) -> Vec<String> {
        let (mut judge, mut reader) = (Judge::new(false).noting_secrets(), Reader::new(Options::default()));
        log.as_bytes().chunks(13).for_each(|bytes| judge.push(bytes, &mut reader));
        judge.finish(&mut reader);
        let veil = judge.veil().expect("it notes secrets");
        let mut within = Within::Nothing;
        (1..).zip(log.lines()).map(|(number, line)| veil.shown(number, line, &mut within)).collect()
    }

    #[test]
    fn a_secret_is_masked_in_whatever_form_its_line_is_written() {
        let hex: Vec<_> =
            b"AT+MCONFIG=\"unit\",\"u\",\"hidden77\"\r\n".iter().map(|byte| format!("{byte:02X}")).collect();
        let tool = "[10:00:00.000]发→◇AT+MCONFIG=\"unit\",\"u\",\"hidden77\"\r\n□\r\n[10:00:00.010]收←◆\r\nOK\r\n\r\n[10:00:01.000]发→◇AT+CSQ\r\n□\r\n";
        let cut = "AT+MCONFIG=\"unit\",\"u\",\"hidden77\"\r\nOK\r\npassword is hidden77, not hidden\r\nAT+CSQ\r\n+CSQ: 24,0\r\nOK\r\n";
        let dump = format!(
            "[10:00:00.000] TX: {}\r\n[10:00:00.010] RX: 0D 0A 4F 4B 0D 0A\r\n[10:00:01.000] TX: 41 54 0D 0A\r\n",
            hex.join(" ")
        );
        let entities = "AT+MCONFIG=&quot;unit&quot;,&quot;u&quot;,&quot;hidden77&quot;\r\nOK\r\nAT+CSQ\r\nOK\r\n";
        let dumped = hex[26..34].join(" ");
        for log in [tool, cut, &dump, entities] {
            let lines = shown(log).join("\n");
            assert!(!lines.contains("hidden77") && !lines.contains(&dumped), "{log}\n→\n{lines}");
            assert!(lines.contains("OK") || log == dump, "what is no secret stays to be seen: {lines}");
        }
        assert!(shown(cut)[3] == "AT+CSQ" && shown(cut)[4] == "+CSQ: 24,0");
    }

    #[test]
    fn a_key_between_its_lines_is_masked() {
        let log = "AT\r\nOK\r\n-----BEGIN PRIVATE KEY-----\r\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIB\r\nshort==\r\n-----END PRIVATE KEY-----\r\n";
        let lines = shown(log).join("\n");
        assert!(!lines.contains("MIIEv") && !lines.contains("short=="), "{lines}");
        let alone = shown("AT\r\nOK\r\n[7] MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIB\r\n").join("\n");
        assert!(alone.contains("[7]") && !alone.contains("MIIEv"), "a log that begins within a key: {alone}");
    }
}
