//! A recording that plays the modem: it answers what was answered, and notes where what is sent differs from what was sent.
//!
//! [`Player`] compares and keeps the order, without a clock; [`ReplayLink`] is the same as a link. Neither knows what the
//! bytes mean: who drives it says which of them are secret.

use std::{collections::VecDeque, ops::Range, time::Duration};

use crossbeam_channel::{Sender, never};

use super::{Link, LinkError};
use crate::{
    time::Moment,
    trace::{Direction, Entry, Trace},
};

/// One place where what is sent differs from the recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The recording's time where its own line stands, or of what was played last.
    pub at: Moment,
    /// How many lines have been sent now, this one included.
    pub line: usize,
    /// What the recording sent; `None` when it sent nothing here.
    pub expected: Option<String>,
    /// What is sent now; `None` when nothing is.
    pub got: Option<String>,
}

/// A recording that plays the modem. Answers are held back until what stands before them has been sent.
#[derive(Debug)]
pub struct Player {
    rest: VecDeque<Entry>,
    /// Moment of the last entry played.
    at: Moment,
    lines: usize,
    differences: Vec<Difference>,
}

impl Player {
    /// Puts a recording in.
    pub fn new(trace: &Trace) -> Self {
        let rest = trace.entries.iter().flat_map(pieces).collect();
        Self { rest, at: Moment::ZERO, lines: 0, differences: Vec::new() }
    }

    /// Takes whole lines, or data, that are sent now; `secret` are the parts that no report may show.
    pub fn take_sent(&mut self, bytes: &[u8], secret: &[Range<usize>]) {
        for got in pieces(&Entry::new(self.at, Direction::Sent, bytes, secret)) {
            self.lines += 1;
            self.take_piece(&got);
        }
    }

    /// The next bytes of the recorded modem with the recorded pause before them, if nothing must be sent first.
    pub fn next_received(&mut self) -> Option<(Duration, Vec<u8>)> {
        let entry = self.rest.pop_front_if(|entry| entry.direction == Direction::Received)?;
        let pause = entry.at.since(self.at);
        self.at = entry.at;
        Some((pause, entry.bytes))
    }

    /// Whether everything has been played.
    pub fn is_over(&self) -> bool {
        self.rest.is_empty()
    }

    /// The differences that have been noted since this was asked last.
    pub fn take_differences(&mut self) -> Vec<Difference> {
        std::mem::take(&mut self.differences)
    }

    /// Ends the play: what the recording sent beyond this point is missing now.
    pub fn finish(&mut self) {
        while let Some(entry) = self.rest.pop_front() {
            self.note_missing(&entry);
        }
    }

    /// What fits is played on; a line that the recording sends a little later leaves out what stands before it; the same
    /// command with other values takes the recorded line's place; anything else is one more line, which nobody answers.
    fn take_piece(&mut self, got: &Entry) {
        let is_sent = |entry: &&Entry| entry.direction == Direction::Sent;
        let ahead = self.rest.iter().filter(is_sent).take(LOOK_AHEAD).position(|expected| fits(expected, got));
        if let Some(skipped) = ahead {
            for _ in 0..skipped {
                self.pass_sent(Self::note_missing);
            }
            return self.pass_sent(|_, _| ());
        }
        let same_command = self.rest.iter().find(is_sent).is_some_and(|expected| name(expected) == name(got));
        if same_command {
            return self.pass_sent(|player, expected| player.note(Some(expected), Some(got)));
        }
        self.note(None, Some(got));
    }

    /// Plays on to the next recorded line that was sent, and past it. What the modem said in between is passed over only
    /// when the line before it was.
    fn pass_sent(&mut self, tell: impl FnOnce(&mut Self, &Entry)) {
        while let Some(entry) = self.rest.pop_front() {
            self.at = entry.at;
            if entry.direction == Direction::Sent {
                return tell(self, &entry);
            }
        }
    }

    fn note_missing(&mut self, entry: &Entry) {
        if entry.direction == Direction::Sent {
            self.at = entry.at;
            self.note(Some(entry), None);
        }
    }

    fn note(&mut self, expected: Option<&Entry>, got: Option<&Entry>) {
        let difference =
            Difference { at: self.at, line: self.lines, expected: expected.map(shown), got: got.map(shown) };
        self.differences.push(difference);
    }
}

/// A recording as a link. It answers at once, and is gone when it has been played.
#[derive(Debug)]
pub struct ReplayLink {
    player: Player,
    secret_in: fn(&[u8]) -> Vec<Range<usize>>,
    differences: Sender<Difference>,
    /// Bytes of a line that has not been written whole.
    written: Vec<u8>,
    /// Received bytes that did not fit into the reader's buffer.
    unread: VecDeque<u8>,
}

impl ReplayLink {
    /// Plays `trace`; what differs goes into `differences` as long as it has room. `secret_in` finds in a whole line what
    /// no report may show.
    pub fn new(trace: &Trace, secret_in: fn(&[u8]) -> Vec<Range<usize>>, differences: Sender<Difference>) -> Self {
        Self { player: Player::new(trace), secret_in, differences, written: Vec::new(), unread: VecDeque::new() }
    }

    fn tell(&mut self) {
        for difference in self.player.take_differences() {
            if self.differences.try_send(difference).is_err() {
                tracing::debug!("nobody takes the differences");
            }
        }
    }
}

impl Link for ReplayLink {
    fn read(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LinkError> {
        if self.unread.is_empty() {
            match self.player.next_received() {
                Some((_, bytes)) => self.unread.extend(bytes),
                None if self.player.is_over() => return Err(LinkError::Gone),
                None => {
                    // Nothing can come before something is written.
                    let _: Result<(), _> = never().recv_timeout(wait);
                    return Ok(0);
                }
            }
        }
        let count = buffer.len().min(self.unread.len());
        for (place, byte) in buffer.iter_mut().zip(self.unread.drain(..count)) {
            *place = byte;
        }
        Ok(count)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        self.written.extend_from_slice(bytes);
        while let Some(end) = self.written.iter().position(|byte| *byte == b'\r') {
            let line: Vec<u8> = self.written.drain(..=end).collect();
            let secret = (self.secret_in)(&line);
            self.player.take_sent(&line, &secret);
        }
        self.tell();
        Ok(bytes.len())
    }
}

impl Drop for ReplayLink {
    fn drop(&mut self) {
        self.player.finish();
        self.tell();
    }
}

/// An entry cut behind each carriage return that was sent; a received one stays whole.
fn pieces(entry: &Entry) -> Vec<Entry> {
    if entry.direction == Direction::Received {
        return vec![entry.clone()];
    }
    let mut found = Vec::new();
    let mut start = 0;
    for line in entry.bytes.split_inclusive(|byte| *byte == b'\r') {
        let end = start + line.len();
        let inside = entry.secret.iter().filter(|range| range.start < end && range.end > start);
        let secret: Vec<_> = inside.map(|range| range.start.max(start) - start..range.end.min(end) - start).collect();
        found.push(Entry::new(entry.at, entry.direction, line, &secret));
        start = end;
    }
    found
}

/// Whether two lines are the same as far as both show.
fn fits(one: &Entry, other: &Entry) -> bool {
    shown(one) == shown(other) || fits_around(one, other) || fits_around(other, one)
}

/// Whether `other` begins and ends as `veiled` does around its secrets.
fn fits_around(veiled: &Entry, other: &Entry) -> bool {
    let (Some(first), Some(last)) = (veiled.secret.first(), veiled.secret.last()) else { return false };
    let (before, behind) = (&veiled.bytes[..first.start], &veiled.bytes[last.end..]);
    other.bytes.len() >= before.len() + behind.len() && other.bytes.starts_with(before) && other.bytes.ends_with(behind)
}

/// The command's name: what stands before its arguments.
fn name(entry: &Entry) -> &[u8] {
    let end = entry.bytes.iter().position(|byte| matches!(byte, b'=' | b'?' | b'\r')).unwrap_or(entry.bytes.len());
    &entry.bytes[..end]
}

/// The line for people, secrets masked.
fn shown(entry: &Entry) -> String {
    let mut text = String::new();
    let mut at = 0;
    for secret in &entry.secret {
        text.push_str(&String::from_utf8_lossy(&entry.bytes[at..secret.start]));
        text.push_str("***");
        at = secret.end;
    }
    text.push_str(&String::from_utf8_lossy(&entry.bytes[at..]));
    text.trim_end_matches('\r').escape_debug().to_string()
}

/// How many recorded lines a line sent now may leave out.
const LOOK_AHEAD: usize = 8;

#[cfg(test)]
mod tests {
    use crossbeam_channel::bounded;

    use super::*;

    const SESSION: &str = "# air780e trace 1\n\
        @ 0.000000\n> AT\\r\n@ 0.010000\n< \\r\\n\n< OK\\r\\n\n\
        @ 0.020000\n> ATI\\r\n@ 0.030000\n< \\r\\n\n< AirM2M_780E_V1169_LTE_AT\\r\\n\n\
        @ 0.040000\n> AT+MCONFIG=\"a\",\"u\",\"\\*4;\"\\r\n@ 0.050000\n< \\r\\n\n< OK\\r\\n\n";

    fn player() -> Player {
        Player::new(&Trace::parse(SESSION).expect("a trace"))
    }

    fn differences(player: &mut Player) -> Vec<(Option<String>, Option<String>)> {
        player.take_differences().into_iter().map(|found| (found.expected, found.got)).collect()
    }

    #[test]
    fn answers_wait_for_what_stands_before_them() {
        let mut player = player();
        assert_eq!(player.next_received(), None);
        player.take_sent(b"AT\r", &[]);
        assert_eq!(player.next_received(), Some((Duration::from_millis(10), b"\r\nOK\r\n".to_vec())));
        assert_eq!(player.next_received(), None);
        player.take_sent(b"ATI\r", &[]);
        assert!(player.next_received().is_some());
        // A secret fits whatever it is, and however long.
        player.take_sent(b"AT+MCONFIG=\"a\",\"u\",\"longer\"\r", std::slice::from_ref(&(20..26)));
        assert!(player.next_received().is_some() && player.is_over());
        assert_eq!(player.take_differences(), []);
    }

    #[test]
    fn what_differs_is_told_as_expected_and_got() {
        let mut player = player();
        player.take_sent(b"AT+CMEE=1\r", &[]);
        assert_eq!(differences(&mut player), [(None, Some("AT+CMEE=1".to_owned()))]);
        player.take_sent(b"ATI\r", &[]);
        assert_eq!(differences(&mut player), [(Some("AT".to_owned()), None)]);
        player.take_sent(b"AT+MCONFIG=\"b\",\"u\",\"secret\"\r", std::slice::from_ref(&(20..26)));
        let config = |id: &str| Some(format!("AT+MCONFIG=\\\"{id}\\\",\\\"u\\\",\\\"***\\\""));
        assert_eq!(differences(&mut player), [(config("a"), config("b"))]);
    }

    #[test]
    fn lines_never_sent_are_missing_at_the_end() {
        let mut player = player();
        player.take_sent(b"AT\r", &[]);
        player.finish();
        let missing = player.take_differences();
        assert_eq!(missing.len(), 2);
        assert_eq!((missing[0].at.as_millis(), missing[0].expected.as_deref()), (20, Some("ATI")));
    }

    #[test]
    fn as_a_link_it_answers_and_is_gone_at_the_end() {
        let trace = Trace::parse("# air780e trace 1\n@ 0.000000\n> AT\\r\n@ 0.010000\n< OK\\r\\n\n").expect("a trace");
        let (sender, found) = bounded(8);
        let mut link = ReplayLink::new(&trace, |_| Vec::new(), sender);
        let mut buffer = [0; 3];
        assert_eq!(link.read(&mut buffer, Duration::ZERO).expect("open"), 0);
        assert_eq!(link.write(b"AT").expect("open"), 2);
        assert_eq!(link.write(b"\r").expect("open"), 1);
        assert_eq!(link.read(&mut buffer, Duration::ZERO).expect("open"), 3);
        assert_eq!(link.read(&mut buffer, Duration::ZERO).expect("open"), 1);
        assert!(matches!(link.read(&mut buffer, Duration::ZERO), Err(LinkError::Gone)));
        drop(link);
        assert_eq!(found.try_iter().count(), 0);
    }
}
