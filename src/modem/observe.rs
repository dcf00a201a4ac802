//! Watching: somebody else speaks to the modem, and what they send stands where our own lines would.
//!
//! A line seen on its way starts the dialogue it belongs to, so that echo, answer and unsolicited line are told apart and
//! ladder and events arise as if we had sent it. Nothing is sent from here.

use crate::{
    air780e::{
        limits,
        mqtt::END_OF_DATA,
        raw::{self, DataEnd},
        secrets,
    },
    at::{
        framer::LINE_BYTES,
        reply::Ended,
        text::{MASK, Within, visible},
    },
    keys,
    modem::{
        Modem,
        event::{Event, Fault, Verb, WireKind, WireLine},
        outcome,
        request::RequestId,
        status::{Rung, RungState},
    },
    time::Moment,
};

/// What has been seen on its way to the modem and is not complete.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    line: Vec<u8>,
    data: Vec<u8>,
    /// How the data of the last command end.
    data_end: Option<DataEnd>,
    /// Bytes that went out before the prompt was seen; data, unless they are a command.
    early: Vec<u8>,
    /// Bytes that came behind complete data and are no command.
    surplus: usize,
    /// The complete data end in a command.
    is_command_last: bool,
    /// Lines in a row that were not answered at all.
    unanswered: u32,
    /// The module has answered once.
    is_answered: bool,
    /// Lines seen; numbers their dialogues.
    lines: u64,
    /// The last command writes a file: what is no command belongs to it, also what is more than was announced.
    is_in_file: bool,
    /// What lines that are no command stand within.
    within: Within,
}

impl Watch {
    /// How many bytes of data have been seen, `own` of them being known to be complete, and whether they end in a command.
    pub(super) fn data_seen(&self, own: usize) -> (usize, bool) {
        (
            own.max(self.data.len()).max(self.early.len()) + self.surplus,
            self.is_command_last || ends_in_command(&self.data),
        )
    }

    /// The command that was taken for data, when the modem now repeats it as `echo`: the data before it were not seen.
    fn swallowed(&self, echo: &[u8]) -> Option<Vec<u8>> {
        let seen = self.data.strip_suffix(b"\n").unwrap_or(&self.data);
        let line = seen.strip_suffix(b"\r").unwrap_or(seen).rsplit(|byte| matches!(byte, b'\r' | b'\n')).next()?;
        let is_command = line.len() >= 2 && line[..2].eq_ignore_ascii_case(b"AT");
        (is_command && line.trim_ascii_end() == echo.trim_ascii_end()).then(|| line.to_vec())
    }
}

impl Modem {
    /// Takes bytes that somebody else sent to the modem at `now`, cut anywhere, secrets overwritten or not.
    ///
    /// From the first call on this modem is only watched: [`poll_transmit`](Self::poll_transmit) gives nothing out.
    /// Nothing may be requested of it.
    pub fn observe(&mut self, now: Moment, sent: &[u8]) {
        if self.is_closed() {
            return;
        }
        self.watch.get_or_insert_default();
        self.note_files(sent, false);
        for byte in sent {
            if self.client.awaits_data() { self.observe_data(now, *byte) } else { self.observe_text(now, *byte) }
        }
    }

    /// In a watched session what would be sent has been sent already.
    pub(super) fn note_observed(&mut self, now: Moment) {
        if self.watch.is_some()
            && let Some(outgoing) = self.client.poll_transmit()
        {
            self.board.learned.learn(&outgoing.bytes, &outgoing.secret);
            self.handle_sent(now);
        }
    }

    fn observe_data(&mut self, now: Moment, byte: u8) {
        let Some(watch) = &mut self.watch else { return };
        watch.data.push(byte);
        let is_complete = match watch.data_end {
            Some(DataEnd::After(length)) => watch.data.len() >= length,
            Some(DataEnd::Marked) | None => byte == END_OF_DATA,
        };
        if is_complete {
            let data = std::mem::take(&mut watch.data);
            watch.is_command_last = ends_in_command(&data);
            let is_key = keys::holds_key(&data);
            self.client.replace_data(data, is_key);
            self.note_observed(now);
        }
    }

    /// The prompt has come: what went out before it are its data.
    pub(super) fn observe_early(&mut self, now: Moment) {
        let Some(watch) = self.watch.as_mut().filter(|watch| !watch.early.is_empty()) else { return };
        watch.line.clear();
        for byte in std::mem::take(&mut watch.early) {
            if self.client.awaits_data() { self.observe_data(now, byte) } else { self.observe_text(now, byte) }
        }
    }

    fn observe_text(&mut self, now: Moment, byte: u8) {
        let (is_behind_data, is_early) = (self.client.awaits_data_result(), self.client.awaits_prompt());
        let Some(watch) = &mut self.watch else { return };
        // The line feed of the command's own line end is no data.
        if is_early && !(byte == b'\n' && watch.early.is_empty()) {
            watch.early.push(byte);
        }
        watch.surplus += usize::from(is_behind_data);
        match byte {
            b'\r' | b'\n' => {}
            _ => watch.line.push(byte),
        }
        // The module may repeat what it did not ask for before its line has ended.
        if watch.is_in_file && !may_begin_command(&watch.line) {
            self.client.note_surplus(true);
        }
        let Some(watch) = &mut self.watch else { return };
        if matches!(byte, b'\r' | b'\n') || watch.line.len() >= LINE_BYTES {
            let line = std::mem::take(&mut watch.line);
            self.observe_line(now, &line);
        }
    }

    fn observe_line(&mut self, now: Moment, line: &[u8]) {
        let text = String::from_utf8_lossy(line);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let Some(watch) = &mut self.watch else { return };
        let is_command = text.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("AT"))
            && (!watch.is_in_file || may_begin_command(text.as_bytes()));
        if is_command {
            watch.surplus = watch.surplus.saturating_sub(line.len() + 1);
        }
        // What falls out behind data is no line of somebody who has stopped waiting.
        if is_command || !(self.client.awaits_data_result() || self.client.awaits_prompt()) {
            self.overtake(now);
        }
        let Some(watch) = &mut self.watch else { return };
        if !is_command {
            let text = if watch.is_in_file {
                format!("{MASK} ({} bytes)", line.len())
            } else {
                secrets::veil(&visible(line), &mut watch.within)
            };
            return self.board.tell(Event::Wire(WireLine::plain(now, WireKind::Sent, text)));
        }
        watch.is_in_file = Verb::of(text) == Verb::WriteFile;
        watch.within = Within::Nothing;
        self.client.note_surplus(false);
        watch.lines += 1;
        watch.data.clear();
        (watch.surplus, watch.is_command_last) = (0, false);
        watch.early.clear();
        watch.data_end = raw::data_end(text);
        self.schedule.take_watched(RequestId(watch.lines), text);
        self.run(now);
    }

    /// The modem repeats a line that was taken for data: the recording does not show the data, and the line is a command.
    pub(super) fn release_swallowed(&mut self, now: Moment, echo: &[u8]) {
        if !self.client.awaits_data() {
            return;
        }
        let Some(line) = self.watch.as_ref().and_then(|watch| watch.swallowed(echo)) else { return };
        if let Some(ended) = self.client.overtake(now) {
            if let Some(watch) = &mut self.watch {
                watch.data.clear();
            }
            self.record(&ended, Err(Fault::Cancelled), true);
            self.schedule.fail_all(now, &Fault::Cancelled, &mut self.board);
        }
        self.observe_line(now, &line);
    }

    /// Whoever sends the next line has stopped waiting for the one before.
    fn overtake(&mut self, now: Moment) {
        let Some(ended) = self.client.overtake(now) else { return };
        let result = outcome::result(&ended);
        self.record(&ended, result.clone(), false);
        // Whoever sends `AT` again only tries again.
        let fault = result.err().filter(|_| Verb::of(&ended.command) != Verb::Attention);
        self.schedule.fail_all(now, &fault.unwrap_or(Fault::Cancelled), &mut self.board);
        self.note_unanswered(now, &ended);
    }

    /// Whoever is watched gets no answer to one line after the other: the module is silent, or it is none.
    pub(super) fn note_unanswered(&mut self, now: Moment, ended: &Ended) {
        let Some(watch) = &mut self.watch else { return };
        // Anything counts as information of a bare `AT`, noise too.
        let is_told = Verb::of(&ended.command) != Verb::Attention && !ended.answer.is_empty();
        if ended.accepted_at.is_some() || is_told {
            (watch.unanswered, watch.is_answered) = (0, true);
            return;
        }
        watch.unanswered += 1;
        // The last try of whoever gives up then is followed by nothing that would end its wait.
        let most = if watch.is_answered { limits::SILENT_LINES } else { limits::ATTENTION_TRIES - 1 };
        if watch.unanswered < most || self.board.state(Rung::At) == RungState::Failed {
            return;
        }
        let tries = watch.unanswered;
        if watch.is_answered {
            return self.fall_silent(now, tries);
        }
        let fault = self.board.contact.fault(tries);
        self.board.rung_failed(now, Rung::At, fault, None);
    }
}

/// Whether `line` may be a command, or become one, rather than a piece of a file: `AT`, or `AT+`, and so on.
fn may_begin_command(line: &[u8]) -> bool {
    let is_start = |(byte, wanted): (&u8, &u8)| byte.eq_ignore_ascii_case(wanted);
    line.iter().zip(b"AT").all(is_start)
        && (line.len() <= SHORT_COMMAND || COMMAND_SIGNS.contains(&line[2]))
        && !std::str::from_utf8(line).is_ok_and(keys::is_key_line)
}

/// Whether `data` end in a line that only a command looks like: `…AT`, a carriage return; `…AT+CSQ`, a carriage return.
fn ends_in_command(data: &[u8]) -> bool {
    let Some(line) = data.strip_suffix(b"\n").unwrap_or(data).strip_suffix(b"\r") else { return false };
    let Some(at) = line.windows(2).rposition(|pair| pair == b"AT") else { return false };
    let is_word = at > 0 && line[at - 1].is_ascii_uppercase();
    let name = &line[at + 2..];
    let is_named = name.first().is_none_or(|first| COMMAND_SIGNS.contains(first));
    !is_word && is_named && name.iter().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Basic commands with a number are no longer: `ATS3=`.
const SHORT_COMMAND: usize = 5;
/// What stands behind `AT` in longer ones.
const COMMAND_SIGNS: &[u8] = b"+*^&EI";
