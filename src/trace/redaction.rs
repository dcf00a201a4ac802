//! Finding secret bytes again where the modem sends them back: in its echo, or in an answer.

use std::ops::Range;

use crate::{
    keys::{FileGuard, Finder, Learned, ranges},
    time::Moment,
};

use super::{Direction, Entry, positions::Positions};

/// Searches what comes back for what was sent in secret.
///
/// Bytes that may be the beginning of a secret are held until the next ones decide.
#[derive(Debug, Default)]
pub struct Redactor {
    learned: Learned,
    held: Vec<u8>,
    /// Which of the held bytes belong to a private key, or to a file that may be one.
    is_key: Vec<bool>,
    /// So many of the held bytes are decided by the files' guard.
    files_to: usize,
    finder: Finder,
    sent_finder: Finder,
    positions: Positions,
    files: FileGuard,
    arrivals: Vec<(usize, Moment)>,
    hides_identifiers: bool,
    /// The last byte given out belongs to a run of hex digits that is too long to name anything.
    is_in_long_run: bool,
    /// The last byte given out ends no line.
    is_in_line: bool,
}

impl Redactor {
    /// One that also hides the numbers that name a device or a card; see [`identifiers`].
    pub fn hiding_identifiers() -> Self {
        Self { hides_identifiers: true, ..Self::default() }
    }

    /// The secrets of bytes that are sent now: those told, keys, and the numbers to hide.
    pub fn secrets_of(&mut self, sent: &[u8], secret: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut marks = self.sent_finder.scan(sent);
        self.files.sent(sent, !secret.is_empty());
        let numbers = if self.hides_identifiers { identifiers(sent) } else { Vec::new() };
        let known = self.learned.marks_in_ours(sent);
        for range in secret.iter().cloned().chain(numbers).chain(known) {
            let end = range.end.min(sent.len());
            marks[range.start.min(end)..end].fill(true);
        }
        ranges(&marks)
    }

    /// Learns the secrets of bytes that are sent now.
    pub fn learn(&mut self, sent: &[u8], secret: &[Range<usize>]) {
        self.learned.learn(sent, secret);
    }

    /// Takes received bytes and gives out those that are decided, secrets overwritten.
    pub fn received(&mut self, at: Moment, bytes: &[u8]) -> Vec<Entry> {
        for byte in bytes {
            let is_place = self.positions.take(*byte) && self.hides_identifiers;
            let is_key = self.finder.scan(std::slice::from_ref(byte)) == [true];
            self.is_key.push(is_key || is_place);
        }
        let decided = self.files.received(bytes);
        self.mark_files(&decided);
        self.arrivals.push((self.held.len(), at));
        self.held.extend_from_slice(bytes);
        let undecided = self.undecided_from();
        self.release(undecided)
    }

    /// Gives out what is still held: nothing more will come to decide it.
    pub fn flush(&mut self) -> Vec<Entry> {
        let decided = self.files.flush();
        self.mark_files(&decided);
        self.release(self.held.len())
    }

    /// Takes what the files' guard has decided of the oldest bytes that it had not.
    fn mark_files(&mut self, decided: &[bool]) {
        for (hidden, is_key) in decided.iter().zip(&mut self.is_key[self.files_to..]) {
            *is_key |= hidden;
        }
        self.files_to += decided.len();
    }

    /// Where the first run begins that could still grow into a pattern.
    fn undecided_from(&self) -> usize {
        let patterned = self.learned.undecided_from(&self.held, !self.is_in_line);
        let patterned = patterned.min(self.files_to);
        if self.hides_identifiers { patterned.min(self.undecided_run_from()) } else { patterned }
    }

    /// Where a run of hex digits begins that could still grow into a number to hide.
    fn undecided_run_from(&self) -> usize {
        let run = self.held.iter().rev().take_while(|byte| byte.is_ascii_hexdigit()).count();
        let goes_on = run == self.held.len() && self.is_in_long_run;
        if run > LONGEST_IDENTIFIER || goes_on { self.held.len() } else { self.held.len() - run }
    }

    /// Where numbers to hide stand in `held[..end]`.
    fn identifiers_in(&self, end: usize) -> Vec<Range<usize>> {
        if !self.hides_identifiers {
            return Vec::new();
        }
        let of_long_run = if self.is_in_long_run {
            self.held[..end].iter().take_while(|byte| byte.is_ascii_hexdigit()).count()
        } else {
            0
        };
        let found = identifiers(&self.held[of_long_run..end]);
        found.into_iter().map(|range| range.start + of_long_run..range.end + of_long_run).collect()
    }

    fn note_run(&mut self, end: usize) {
        let run = self.held[..end].iter().rev().take_while(|byte| byte.is_ascii_hexdigit()).count();
        self.is_in_long_run = run > LONGEST_IDENTIFIER || (run == end && self.is_in_long_run);
    }

    fn release(&mut self, end: usize) -> Vec<Entry> {
        let secret = self.secret_in(end);
        let mut entries = Vec::new();
        for (index, &(start, at)) in self.arrivals.iter().enumerate() {
            let stop = self.arrivals.get(index + 1).map_or(self.held.len(), |next| next.0).min(end);
            if start < stop {
                let inside: Vec<_> = secret
                    .iter()
                    .filter(|range| range.start < stop && range.end > start)
                    .map(|range| range.start.max(start) - start..range.end.min(stop) - start)
                    .collect();
                entries.push(Entry::new(at, Direction::Received, &self.held[start..stop], &inside));
            }
        }
        let last = self.arrivals.last().map(|last| last.1);
        self.arrivals = self.arrivals.iter().filter(|(start, _)| *start >= end).map(|(s, at)| (s - end, *at)).collect();
        self.note_run(end);
        self.is_in_line = self.held[..end].last().map_or(self.is_in_line, |last| !matches!(last, b'\r' | b'\n'));
        self.held.drain(..end);
        self.is_key.drain(..end);
        self.files_to -= end;
        if let (false, true, Some(at)) =
            (self.held.is_empty(), self.arrivals.first().is_none_or(|first| first.0 > 0), last)
        {
            self.arrivals.insert(0, (0, at));
        }
        entries
    }

    /// Secret ranges of `held[..end]`, in order, not overlapping.
    fn secret_in(&self, end: usize) -> Vec<Range<usize>> {
        let mut is_secret = self.is_key[..end].to_vec();
        for range in self.learned.marks(&self.held[..end], !self.is_in_line) {
            is_secret[range].fill(true);
        }
        for range in self.identifiers_in(end) {
            is_secret[range].fill(true);
        }
        ranges(&is_secret)
    }
}

/// Where numbers stand that name a device or a card: IMEI and IMSI (15 or 16 digits) and ICCID (19 or 20 characters that
/// begin with 89; a card's number may hold a letter, reference section 4).
pub fn identifiers(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let run = bytes[start..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        let word = &bytes[start..start + run];
        let digits = word.iter().all(u8::is_ascii_digit);
        if (digits && (15..=16).contains(&run)) || ((19..=20).contains(&run) && word.starts_with(b"89")) {
            found.push(start..start + run);
        }
        start += run.max(1);
    }
    found
}

/// `text` without the numbers that name a device or a card, and without places: each of their signs is a `*`.
pub fn unnamed(text: &str) -> String {
    String::from_utf8(unnamed_bytes(text.as_bytes())).unwrap_or_default()
}

/// As [`unnamed`], of bytes that may be no text.
pub fn unnamed_bytes(bytes: &[u8]) -> Vec<u8> {
    let mut shown = bytes.to_vec();
    for range in identifiers(bytes) {
        shown[range].fill(b'*');
    }
    let mut positions = Positions::default();
    for (sign, byte) in shown.iter_mut().zip(bytes) {
        if positions.take(*byte) {
            *sign = b'*';
        }
    }
    shown
}

/// An ICCID is the longest number that names something.
const LONGEST_IDENTIFIER: usize = 20;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LINE: &[u8] = b"AT+MCONFIG=\"dev\",\"root\",\"luat123456\"\r";

    fn redactor() -> Redactor {
        let mut redactor = Redactor::default();
        redactor.learn(LINE, std::slice::from_ref(&(25..35)));
        redactor.learn(b"AT+X=ab\r", std::slice::from_ref(&(5..7)));
        redactor
    }

    fn joined(entries: &[Entry]) -> String {
        entries.iter().map(|entry| String::from_utf8_lossy(&entry.bytes).into_owned()).collect()
    }

    #[test]
    fn an_echo_comes_out_masked() {
        let mut redactor = redactor();
        let mut entries = redactor.received(Moment::ZERO, b"AT+MCONFIG=\"dev\",\"root\",\"luat123456\"\r\r\nOK\r\n");
        entries.extend(redactor.flush());
        assert_eq!(joined(&entries), "AT+MCONFIG=\"dev\",\"root\",\"**********\"\r\r\nOK\r\n");
    }

    #[test]
    fn an_echo_that_a_report_cuts_in_two_comes_out_masked() {
        let line = "AT+MCONFIG=\"dev\",\"root\",\"luat123456\"";
        for place in 25..line.len() {
            let stream = format!("{}\r\n+CGEV: ME PDN ACT 1\r\n{}\r\r\nOK\r\n", &line[..place], &line[place..]);
            for cut in [1, 3, 7, stream.len()] {
                let mut redactor = redactor();
                let pieces = stream.as_bytes().chunks(cut);
                let mut entries: Vec<_> = pieces.flat_map(|piece| redactor.received(Moment::ZERO, piece)).collect();
                entries.extend(redactor.flush());
                let shown = joined(&entries);
                let pieces = [&"luat123456"[..(place - 25).min(10)], &"luat123456"[(place - 25).min(10)..]];
                for piece in pieces.into_iter().filter(|piece| piece.len() > 2) {
                    assert!(!shown.contains(piece), "cut at {place}: {shown}");
                }
                assert!(shown.contains("+CGEV: ME PDN ACT 1\r\n") && shown.ends_with("OK\r\n"), "{shown}");
            }
        }
    }

    #[test]
    fn a_secret_that_is_sent_again_elsewhere_is_masked_there_too() {
        let redactor = &mut redactor();
        let marks = redactor.secrets_of(b"AT+MPUB=\"t\",0,0,\"luat123456\"\r", &[]);
        assert_eq!(marks, vec![17..27]);
    }

    #[test]
    fn a_short_secret_is_masked_in_its_line_only() {
        let mut redactor = redactor();
        let mut entries = redactor.received(Moment::ZERO, b"AT+X=ab\r\r\nabout\r\n");
        entries.extend(redactor.flush());
        assert_eq!(joined(&entries), "AT+X=**\r\r\nabout\r\n");
    }

    #[test]
    fn an_echo_cut_off_by_the_end_is_masked_too() {
        let mut redactor = redactor();
        let mut entries = redactor.received(Moment::ZERO, b"\r\nAT+MCONFIG=\"dev\",\"root\",\"luat1");
        entries.extend(redactor.flush());
        assert_eq!(joined(&entries), "\r\nAT+MCONFIG=\"dev\",\"root\",\"*****");
    }

    #[test]
    fn bytes_keep_the_moment_of_their_arrival() {
        let mut redactor = redactor();
        let early = redactor.received(Moment::from_millis(1), b"OK\r\nAT+MC");
        let late = redactor.received(Moment::from_millis(2), b"SQ\r\n");
        assert_eq!(joined(&early), "OK\r\n");
        let moments: Vec<_> =
            late.iter().map(|entry| (entry.at.as_millis(), joined(std::slice::from_ref(entry)))).collect();
        assert_eq!(moments, [(1, "AT+MC".to_owned()), (2, "SQ\r\n".to_owned())]);
    }

    #[test]
    fn numbers_of_device_and_card_are_found() {
        let text = b"IMEI: 868488076771714 ICCID 898604A1112345678901 time 20241011073835 pay 12345";
        let found: Vec<_> = identifiers(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, [&b"868488076771714"[..], b"898604A1112345678901"]);
    }

    #[test]
    fn longer_runs_of_hex_digits_name_nothing() {
        let payload = b"a9868488076771714898604A1112345678901868488076771714 x";
        for cut in 0..payload.len() {
            let mut redactor = Redactor::hiding_identifiers();
            let mut entries = redactor.received(Moment::ZERO, &payload[..cut]);
            entries.extend(redactor.received(Moment::ZERO, &payload[cut..]));
            entries.extend(redactor.flush());
            assert_eq!(joined(&entries).as_bytes(), payload, "cut at {cut}");
        }
    }

    proptest! {
        #[test]
        fn no_cutting_lets_an_identifier_through(cuts in proptest::collection::vec(0_usize..90, 0..12)) {
            let stream = b"\r\nIMEI: 868488076771714\r\n+ICCID: 898604A1112345678901\r\n460001234567890\r\n\r\nOK\r\n";
            let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(stream.len())).chain([0, stream.len()]).collect();
            cuts.sort_unstable();
            let mut redactor = Redactor::hiding_identifiers();
            let mut entries = Vec::new();
            for pair in cuts.windows(2) {
                entries.extend(redactor.received(Moment::ZERO, &stream[pair[0]..pair[1]]));
            }
            entries.extend(redactor.flush());
            let expected = format!(
                "\r\nIMEI: {}\r\n+ICCID: {}\r\n{}\r\n\r\nOK\r\n", "*".repeat(15), "*".repeat(20), "*".repeat(15));
            prop_assert_eq!(joined(&entries), expected);
        }

        #[test]
        fn no_cutting_lets_a_secret_through(cuts in proptest::collection::vec(0_usize..120, 0..12), noise in "[a-z\"AT+,]{0,20}") {
            let stream = [noise.as_bytes(), LINE, b"\r\nERROR\r\n", b"luat123456", noise.as_bytes()].concat();
            let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(stream.len())).chain([0, stream.len()]).collect();
            cuts.sort_unstable();
            let mut redactor = redactor();
            let mut entries = Vec::new();
            for (index, pair) in cuts.windows(2).enumerate() {
                entries.extend(redactor.received(Moment::from_millis(index as u64), &stream[pair[0]..pair[1]]));
            }
            entries.extend(redactor.flush());
            let expected = String::from_utf8_lossy(&stream).replace("luat123456", "**********");
            prop_assert_eq!(joined(&entries), expected);
            prop_assert!(entries.is_sorted_by_key(|entry| entry.at));
        }
    }
}
