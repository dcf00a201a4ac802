//! One exchange at a time: what is on the wire, to whom a line belongs, when waiting ends.
//!
//! It sorts in this order: echo, ending of the exchange, its information, a late answer of an older exchange;
//! everything else is nobody's. Meaning is for the caller.

mod heard;
mod late;
mod running;

use std::time::Duration;

use crate::time::Moment;

pub use self::heard::{Change, Heard, Outgoing, Owner, Sent};
use self::{
    late::{Claim, Claims},
    running::{Effect, Passage, Running, Stage},
};
use super::{
    exchange::{Data, Exchange, Unanswered},
    framer::Expect,
    reply::{End, Ended, Final},
    text::{CommandLine, MASK, Within, visible},
};

/// The client side of the line protocol.
#[derive(Debug)]
pub struct Client {
    /// Masks secrets in lines that repeat no command of ours.
    veil: Veil,
    /// What the veil remembers from line to line.
    veil_memory: Within,
    /// Whether a line says nothing of a file, whatever dialogue it comes in.
    is_no_file: fn(&str) -> bool,
    /// A secret file is written or read back: what the modem says until the final result may be a piece of it.
    hides: bool,
    /// More of a secret file was sent than the modem takes: the modem may repeat it, also behind the final result.
    has_surplus: bool,
    running: Option<Running>,
    outgoing: Option<Outgoing>,
    recovery: Recovery,
    claims: Claims,
    /// Exchanges in a row without any final result.
    silent: u32,
    /// `AT`s in a row without answer.
    sounded: u32,
    /// Whether the modem echoed the last command it answered.
    echoes: bool,
    /// When the last byte came.
    last_byte: Moment,
    /// Data that a late prompt asked for, masked, until they have left.
    late_data: Option<String>,
}

/// Masks what is secret in a line. What lines stand within is its own memory from line to line.
pub type Veil = fn(&str, &mut Within) -> String;

/// How the line is found again after a time-out: a quiet gap, a bare `AT`, then the next exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Recovery {
    None,
    /// Waiting for a quiet line until `AT` may go out, and for `hold` in any case: the modem may be waiting for data.
    Quiet {
        since: Moment,
        hold: Duration,
    },
    /// `AT` is on the wire.
    Sounding,
    /// `AT` was answered without an echo to prove it: one late result may still come.
    Settling {
        since: Moment,
    },
    /// One of several of the same was answered: so many more answers may come until `due`.
    Absorbing {
        due: Moment,
    },
}

impl Client {
    /// A client with nothing on the wire. `veil` masks what is secret in any line of this modem; lines that are `is_no_file`
    /// may be seen also while a secret file passes.
    pub const fn new(veil: Veil, is_no_file: fn(&str) -> bool) -> Self {
        Self {
            veil,
            veil_memory: Within::Nothing,
            is_no_file,
            hides: false,
            has_surplus: false,
            running: None,
            outgoing: None,
            recovery: Recovery::None,
            claims: Claims::none(),
            silent: 0,
            sounded: 0,
            echoes: false,
            last_byte: Moment::ZERO,
            late_data: None,
        }
    }

    /// Whether an exchange may be started now.
    pub fn is_free(&self) -> bool {
        self.running.is_none() && self.recovery == Recovery::None
    }

    /// Starts an exchange. Only while [`is_free`](Self::is_free).
    pub fn start(&mut self, now: Moment, exchange: Exchange) {
        debug_assert!(self.is_free(), "one exchange at a time");
        let patience = if exchange.unanswered == Unanswered::Repeated { REPEATED_FOR } else { Duration::ZERO };
        self.claims.forget_repeated(now, patience);
        self.begin(now, exchange, false);
    }

    /// What may come besides lines. A prompt that is late is still one: the modem then takes whatever is sent for
    /// data.
    pub fn expects(&self) -> Expect {
        if let Some(block) = self.running.as_ref().and_then(Running::awaited_block) {
            return Expect::Raw(block);
        }
        (self.awaits_prompt() || (self.recovery != Recovery::None && self.claims.owe_data())).into()
    }

    /// Whether the prompt of the running exchange is awaited.
    pub fn awaits_prompt(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.is_out() && running.stage == Stage::Prompt)
    }

    /// The next bytes for the link.
    pub fn poll_transmit(&mut self) -> Option<Outgoing> {
        let outgoing = self.outgoing.take()?;
        if let Some(running) = &mut self.running {
            running.passage = Passage::Leaving;
        }
        Some(outgoing)
    }

    /// Learns that the bytes of the last [`poll_transmit`](Self::poll_transmit) left at `now`.
    pub fn handle_sent(&mut self, now: Moment) -> Option<Sent> {
        if let Some(text) = self.late_data.take_if(|_| self.running.is_none()) {
            return Some(Sent { text, is_data: true, data: Vec::new() });
        }
        let running = self.running.as_mut().filter(|running| running.passage == Passage::Leaving)?;
        running.passage = Passage::Gone(now);
        if running.stage == Stage::Final
            && let Some(data) = &running.exchange.data
        {
            let bytes = if data.is_secret { Vec::new() } else { data.bytes.clone() };
            let sent = Sent { text: data.masked(), is_data: true, data: bytes };
            running.note_data_gone();
            return Some(sent);
        }
        running.sent_at = now;
        Some(Sent { text: running.exchange.line.masked(), is_data: false, data: Vec::new() })
    }

    /// Learns that bytes came, whatever they are.
    pub fn handle_bytes(&mut self, now: Moment) {
        self.last_byte = now;
    }

    /// Takes a prompt: the data go out. To a late prompt they go out too, as long as nothing else has been sent since:
    /// the modem would take any other bytes for them.
    pub fn handle_prompt(&mut self, now: Moment) {
        if self.awaits_prompt() {
            self.outgoing = self.running.as_mut().and_then(Running::take_prompt);
            self.hides |= self.running.as_ref().is_some_and(Running::is_secret);
            return;
        }
        let Some(data) = self.claims.take_data() else { return };
        self.hides |= data.is_secret;
        if let Recovery::Quiet { .. } = self.recovery {
            self.late_data = Some(data.masked());
            self.outgoing = Some(outgoing(data));
            self.recovery = Recovery::Quiet { since: now, hold: LATE_DATA };
        }
    }

    /// Takes the raw bytes of an answer; returns them for people.
    pub fn handle_block(&mut self, bytes: Vec<u8>) -> Option<String> {
        self.running.as_mut().map(|running| running.take_block(bytes))
    }

    /// Whether the running exchange awaits raw bytes.
    pub fn reads_block(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.exchange.block.is_some())
    }

    /// Whether data are due after a prompt that has come.
    pub fn awaits_data(&self) -> bool {
        self.running.as_ref().is_some_and(Running::awaits_data)
    }

    /// Puts `bytes` in the place of the data that are due; with `is_secret` only the wire may see them.
    pub fn replace_data(&mut self, bytes: Vec<u8>, is_secret: bool) {
        if let Some(running) = self.running.as_mut().filter(|running| running.awaits_data()) {
            running.replace_data(bytes.clone(), is_secret);
            self.outgoing = Some(Outgoing { bytes, secret: Vec::new() });
        }
    }

    /// Takes a line and says whose it is.
    pub fn handle_line(&mut self, now: Moment, bytes: &[u8]) -> Heard {
        let echo = self.answerable().and_then(|running| running.take_echo(bytes));
        if let Some(text) = echo.or_else(|| self.claims.echo(bytes)) {
            return Heard { text, owner: Owner::Echo, change: None };
        }
        let shown = visible(bytes);
        let line = shown.trim_end();
        let text = self.veiled(&shown);
        let is_final = Final::parse(line).is_some() || self.own_final(line).is_some();
        let (owner, change) = self.sort(now, line, &text);
        if is_final {
            // It ends what is hidden, unless the dialogue that runs on hides as well.
            self.hides = self.has_surplus || self.running.as_ref().is_some_and(Running::is_secret);
        }
        Heard { text, owner, change }
    }

    fn own_final(&self, line: &str) -> Option<Final> {
        self.running.as_ref().and_then(|running| (running.exchange.own_final)(line))
    }

    /// A piece of a line that is longer than any, for people.
    pub fn veil_piece(&mut self, bytes: &[u8]) -> String {
        if self.hides { MASK.to_owned() } else { (self.veil)(&visible(bytes), &mut self.veil_memory) }
    }

    /// Learns whether more of a secret file than was announced has been sent, and no command since.
    pub fn note_surplus(&mut self, has_surplus: bool) {
        self.has_surplus = has_surplus;
        self.hides = has_surplus || self.running.as_ref().is_some_and(Running::is_secret);
    }

    /// Ends the wait of the running exchange for its word, because `got` took the ground away. With `is_dead`
    /// also the wait for the final result.
    pub fn break_off(&mut self, now: Moment, got: &str, is_dead: bool) -> Option<Ended> {
        let running = self.running.as_mut().filter(|running| !running.is_sounding)?;
        let has_time = running.is_out() && matches!(running.stage, Stage::Word(_) | Stage::Grace);
        if !is_dead && !has_time {
            return None;
        }
        running.keep(got);
        let expected = running.expected();
        self.end(now, End::Bad { expected, got: got.to_owned() })
    }

    /// Forgets words that older exchanges could still get: the session they belong to is over.
    pub fn forget_words(&mut self) {
        self.claims.forget_words();
    }

    /// When [`handle_timeout`](Self::handle_timeout) must be called at the latest.
    pub fn poll_timeout(&self) -> Option<Moment> {
        match self.recovery {
            Recovery::Quiet { since, hold } => {
                let quiet = (since.max(self.last_byte) + QUIET_GAP).min(since + QUIET_MAX);
                Some(if self.claims.owe_final() { quiet.max(since + hold) } else { quiet })
            }
            Recovery::Settling { since } => Some(since + QUIET_GAP),
            Recovery::Absorbing { due } => Some(due),
            Recovery::None | Recovery::Sounding => self.running.as_ref().and_then(Running::due),
        }
    }

    /// Learns that `now` has come.
    pub fn handle_timeout(&mut self, now: Moment) -> Option<Change> {
        if self.poll_timeout().is_none_or(|due| now < due) {
            return None;
        }
        match self.recovery {
            Recovery::Quiet { .. } => {
                self.recovery = Recovery::Sounding;
                self.begin(now, Exchange::new(CommandLine::new("AT"), SOUNDING_LIMIT), true);
                None
            }
            Recovery::Settling { .. } | Recovery::Absorbing { .. } => {
                self.settle();
                None
            }
            Recovery::None | Recovery::Sounding => self.give_up(now),
        }
    }

    /// Ends the exchange of somebody who has stopped waiting for it. The word of an accepted message may still come: it is never
    /// that of the next one.
    pub fn overtake(&mut self, now: Moment) -> Option<Ended> {
        let running = self.running.as_ref().filter(|running| running.stage == Stage::Grace);
        // All its words came before its `OK`, and no older exchange waited for one.
        if let Some(accepted_at) = running.and_then(|running| running.accepted_at) {
            return self.leave(|running| running.into_ended(accepted_at, End::Done));
        }
        self.note_owed_words();
        self.abandon(now)
    }

    fn note_owed_words(&mut self) {
        let is_owed = |running: &&Running| running.exchange.is_ordered && running.accepted_at.is_some();
        if let Some(running) = self.running.as_ref().filter(is_owed) {
            self.claims.push(Claim { owes_final: false, ..claim(running) });
        }
    }

    /// The command on the wire, masked.
    pub fn command(&self) -> Option<String> {
        self.running.as_ref().map(|running| running.exchange.line.masked())
    }

    /// Whether data have gone out and their result is awaited.
    pub fn awaits_data_result(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.exchange.data.is_some() && running.are_data_gone())
    }

    /// Ends everything, because the link is gone.
    pub fn abandon(&mut self, now: Moment) -> Option<Ended> {
        self.leave(|running| {
            let end = running.timed_out(now);
            running.into_ended(now, end)
        })
    }

    fn leave(&mut self, end: impl FnOnce(Running) -> Ended) -> Option<Ended> {
        self.outgoing = None;
        self.late_data = None;
        self.recovery = Recovery::None;
        self.running.take().map(end)
    }

    fn begin(&mut self, now: Moment, exchange: Exchange, is_sounding: bool) {
        self.outgoing = Some(Outgoing { bytes: exchange.line.bytes(), secret: exchange.line.secret_ranges() });
        self.hides |= exchange.block.is_some_and(|block| block.is_secret);
        self.running = Some(Running::new(now, exchange, is_sounding));
    }

    /// The running exchange, once lines may answer it.
    fn answerable(&mut self) -> Option<&mut Running> {
        self.running.as_mut().filter(|running| running.is_out() || running.has_hidden_data())
    }

    fn veiled(&mut self, shown: &str) -> String {
        if self.hides && !(self.is_no_file)(shown.trim_end()) && self.may_be_file(shown) {
            return MASK.to_owned();
        }
        let text = self.claims.veil((self.veil)(shown, &mut self.veil_memory));
        match &self.running {
            Some(running) => running.exchange.line.veil(text),
            None => text,
        }
    }

    /// Whether a line may be a piece of a secret file. While another dialogue runs, what is left of one that was given up is
    /// told by its looks: the answer must be read.
    fn may_be_file(&self, shown: &str) -> bool {
        let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
        let is_number = shown.bytes().all(|byte| byte.is_ascii_digit());
        let looks_so = (shown.len() >= LEAST_PIECE && !is_number && shown.bytes().all(is_base64))
            || !shown.is_ascii()
            || shown.contains('<');
        looks_so || self.running.as_ref().is_none_or(Running::is_secret)
    }

    fn sort(&mut self, now: Moment, line: &str, text: &str) -> (Owner, Option<Change>) {
        if let Some(result) = self.own_final(line).or_else(|| Final::parse(line)) {
            return self.sort_final(now, result, line, text);
        }
        if let Some(word) = self.claims.take_word(line) {
            if let Some(running) = &mut self.running {
                running.gave_word |= running.exchange.words.iter().any(|awaited| awaited.expected == word);
            }
            return (Owner::Late, None);
        }
        if let Some(found) = self.sort_word(now, line, text) {
            return found;
        }
        if let Some(running) = self.answerable()
            && running.exchange.info.covers(line)
        {
            running.keep(text);
            return (Owner::Running, None);
        }
        (if self.claims.cover(line) { Owner::Late } else { Owner::Nobody }, None)
    }

    /// Learns that nobody knows what the line `bytes` is: it may be what is awaited, damaged on the way.
    pub fn note_unknown(&mut self, bytes: &[u8]) {
        if let Some(running) = self.answerable() {
            running.note_unreadable(bytes);
        }
    }

    fn sort_final(&mut self, now: Moment, result: Final, line: &str, text: &str) -> (Owner, Option<Change>) {
        if self.is_late_final() {
            self.claims.take_final(&result);
            if matches!(self.recovery, Recovery::Absorbing { .. }) && self.claims.repeated_since().is_none() {
                self.settle();
            }
            return (Owner::Late, None);
        }
        let Some(running) = self.answerable() else { return (Owner::Nobody, None) };
        if matches!(running.stage, Stage::Word(_) | Stage::Grace) {
            return self.sort_word(now, line, text).unwrap_or((Owner::Nobody, None));
        }
        let end = running.take_final(now, result, text);
        let (sent_at, saw_echo) = (running.sent_at, running.saw_echo);
        (self.silent, self.sounded, self.echoes) = (0, 0, saw_echo);
        let change = match end {
            Some(end) => self.end(now, end).map(Change::from),
            None => Some(Change::Accepted { sent_at }),
        };
        (Owner::Running, change)
    }

    fn sort_word(&mut self, now: Moment, line: &str, text: &str) -> Option<(Owner, Option<Change>)> {
        let running = self.answerable()?;
        let sent_at = running.sent_at;
        let change = match running.take_word(now, line, text) {
            Effect::None => return None,
            Effect::Kept => None,
            Effect::Next => Some(Change::Word { sent_at }),
            Effect::End(end) => self.end(now, end).map(Change::from),
        };
        Some((Owner::Running, change))
    }

    /// A result that came before the echo of the command that would be its cause belongs to an older one.
    fn is_late_final(&mut self) -> bool {
        if !self.claims.owe_final() {
            return false;
        }
        let echoes = self.echoes;
        self.answerable().is_none_or(|running| echoes && !running.saw_echo)
    }

    fn give_up(&mut self, now: Moment) -> Option<Change> {
        let running = self.running.as_ref()?;
        if let (Stage::Grace, Some(accepted_at)) = (running.stage, running.accepted_at) {
            return self.end(accepted_at, End::Done).map(Change::from);
        }
        if running.exchange.unanswered == Unanswered::Repeated {
            self.claims.push(claim(running));
        }
        if running.exchange.unanswered == Unanswered::Watched {
            self.note_owed_words();
        }
        let running = self.running.as_ref()?;
        let is_sounding = running.is_sounding;
        let is_accepted = running.accepted_at.is_some();
        if running.exchange.unanswered == Unanswered::Sounded {
            let waits = running.data_hold().filter(|_| running.stage == Stage::Prompt);
            self.recovery = Recovery::Quiet { since: now, hold: waits.unwrap_or_default() };
            self.silent = if is_accepted { 0 } else { self.silent + 1 };
            self.sounded += u32::from(is_sounding);
            if !is_sounding {
                self.claims.push(claim(running));
            }
        }
        let has_word = !running.exchange.words.is_empty() && running.has_all_words();
        let end = if has_word { End::Done } else { running.timed_out(now) };
        let ended = self.end(now, end);
        if self.silent >= SILENT_MAX {
            let tries = std::mem::take(&mut self.sounded);
            self.silent = 0;
            self.recovery = Recovery::None;
            self.claims.clear();
            return Some(Change::Silent { tries });
        }
        ended.filter(|_| !is_sounding).map(Change::from)
    }

    fn end(&mut self, now: Moment, end: End) -> Option<Ended> {
        let running = self.running.take()?;
        self.outgoing = None;
        if let Some(since) =
            self.claims.repeated_since().filter(|_| running.exchange.unanswered == Unanswered::Repeated)
            && running.accepted_at.is_some()
        {
            let due = running.sent_at + now.since(since).min(REPEATED_FOR) + QUIET_GAP;
            self.recovery = Recovery::Absorbing { due: due.max(now) };
        }
        if self.recovery == Recovery::Sounding && running.accepted_at.is_some() {
            self.recovery = Recovery::Settling { since: now };
            if running.saw_echo {
                self.settle();
            }
        }
        Some(running.into_ended(now, end))
    }

    fn settle(&mut self) {
        self.recovery = Recovery::None;
        self.claims.forget_finals();
    }
}

/// What may still come for an exchange that is given up. A word that went to an older one while this one waited
/// was most likely its own: then nothing more is expected, or every later exchange would be one word behind.
fn claim(running: &Running) -> Claim {
    Claim {
        line: running.exchange.line.clone(),
        info: running.exchange.info.clone(),
        owes_final: running.accepted_at.is_none(),
        words: if running.gave_word { &[] } else { running.open_words() },
        data: running.exchange.data.clone().filter(|_| running.stage == Stage::Prompt),
        repeated_at: (running.exchange.unanswered == Unanswered::Repeated).then_some(running.sent_at),
    }
}

fn outgoing(data: Data) -> Outgoing {
    let secret = if data.is_secret { std::iter::once(0..data.bytes.len()).collect() } else { Vec::new() };
    Outgoing { bytes: data.bytes, secret }
}

/// Shortest line of a file as text that is told from an answer by its looks.
const LEAST_PIECE: usize = 16;
/// How long one of several of the same may take until it is answered.
const REPEATED_FOR: Duration = Duration::from_secs(4);
/// How long the line must be quiet after a time-out before `AT` goes out.
const QUIET_GAP: Duration = Duration::from_millis(300);
/// A line that is never quiet is sounded after this time all the same.
const QUIET_MAX: Duration = Duration::from_secs(3);
/// How long the final result after data that went out late may take.
const LATE_DATA: Duration = Duration::from_secs(9);
/// How long the `AT` after a time-out may take; a modem that lives answers within milliseconds.
const SOUNDING_LIMIT: Duration = Duration::from_secs(3);
/// So many exchanges without a final result, and the modem counts as silent.
const SILENT_MAX: u32 = 3;

#[cfg(test)]
mod tests;
