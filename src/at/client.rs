//! One exchange at a time: what is on the wire, to whom a line belongs, when waiting ends.
//!
//! It sorts in this order: echo, ending of the exchange, its information, a late answer of an older exchange;
//! everything else is unclaimed. Meaning is for the caller.

use std::{ops::Range, time::Duration};

use crate::time::Moment;

use super::{
    exchange::{Exchange, Info, Verdict, Word},
    reply::{End, Ended, Final},
    text::{CommandLine, visible},
};

/// Bytes for the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The bytes, whole.
    pub bytes: Vec<u8>,
    /// The parts that nobody else may see.
    pub secret: Vec<Range<usize>>,
}

/// What was handed over to the link, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The text, secrets masked.
    pub text: String,
    /// Whether it was data after a prompt.
    pub is_data: bool,
}

/// What a line was, and what it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The line for people, secrets masked.
    pub text: String,
    /// To whom it belongs.
    pub owner: Owner,
    /// What it changed.
    pub change: Option<Change>,
}

/// To whom a line belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// It repeats what we sent.
    Echo,
    /// To the running exchange.
    Running,
    /// To an exchange that was given up before.
    Late,
    /// To nobody here.
    Nobody,
}

/// A step of the running exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The command was accepted; a word is awaited.
    Accepted {
        /// When its last byte was handed to the link.
        sent_at: Moment,
    },
    /// A word came, another is awaited.
    Word {
        /// When the command's last byte was handed to the link.
        sent_at: Moment,
        /// The word that came.
        word: &'static str,
    },
    /// It ended.
    Ended(Box<Ended>),
    /// The modem has answered nothing three times in a row; `tries` of them were `AT`.
    Silent {
        /// How often `AT` was sent in vain.
        tries: u32,
    },
}

/// The client side of the line protocol.
#[derive(Debug, Default)]
pub struct Client {
    running: Option<Running>,
    outgoing: Option<Outgoing>,
    recovery: Recovery,
    claims: Vec<Claim>,
    /// Exchanges in a row without any final result.
    silent: u32,
    /// `AT`s in a row without answer.
    sounded: u32,
    /// Whether the modem echoed the last command it answered.
    echoes: bool,
    /// When the last byte came.
    last_byte: Moment,
}

#[derive(Debug)]
struct Running {
    exchange: Exchange,
    stage: Stage,
    /// When the wait of the present stage began; `None` while bytes are still going out.
    since: Option<Moment>,
    /// Its bytes were given to the caller: lines may answer it from now on.
    is_out: bool,
    is_sounding: bool,
    saw_echo: bool,
    sent_at: Moment,
    accepted_at: Option<Moment>,
    answer: Vec<String>,
    /// Words that came before `OK`.
    early: usize,
    /// A line before `OK` that says the word will not come.
    early_bad: Option<String>,
    /// Lines of our own data that the modem may repeat.
    data_echo: Vec<Vec<u8>>,
    /// A word went to an older exchange while this one was waiting for the same.
    gave_word: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Prompt,
    Final,
    Word(usize),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Recovery {
    #[default]
    None,
    /// Waiting for a quiet line until `AT` may go out.
    Quiet { since: Moment },
    /// `AT` is on the wire.
    Sounding,
    /// `AT` was answered without an echo to prove it: one late result may still come.
    Settling { since: Moment },
}

/// What an exchange that was given up may still get.
#[derive(Debug)]
struct Claim {
    line: CommandLine,
    info: Info,
    owes_final: bool,
    words: &'static [Word],
}

impl Client {
    /// A client with nothing on the wire.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether an exchange may be started now.
    pub fn is_free(&self) -> bool {
        self.running.is_none() && self.recovery == Recovery::None
    }

    /// Starts an exchange. Only while [`is_free`](Self::is_free).
    pub fn start(&mut self, now: Moment, exchange: Exchange) {
        debug_assert!(self.is_free(), "one exchange at a time");
        self.begin(now, exchange, false);
    }

    /// Whether a prompt is awaited.
    pub fn expects_prompt(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.is_out && running.stage == Stage::Prompt)
    }

    /// The next bytes for the link.
    pub fn poll_transmit(&mut self) -> Option<Outgoing> {
        let outgoing = self.outgoing.take()?;
        if let Some(running) = &mut self.running {
            running.is_out = true;
        }
        Some(outgoing)
    }

    /// Learns that the bytes of the last [`poll_transmit`](Self::poll_transmit) left at `now`.
    pub fn handle_sent(&mut self, now: Moment) -> Option<Sent> {
        let running = self.running.as_mut().filter(|running| running.is_out && running.since.is_none())?;
        running.since = Some(now);
        if running.stage == Stage::Final
            && let Some(data) = &running.exchange.data
        {
            return Some(Sent { text: visible(&data.bytes).into_owned(), is_data: true });
        }
        running.sent_at = now;
        Some(Sent { text: running.exchange.line.masked(), is_data: false })
    }

    /// Learns that bytes came, whatever they are.
    pub fn handle_bytes(&mut self, now: Moment) {
        self.last_byte = now;
    }

    /// Takes a prompt: the data go out.
    pub fn handle_prompt(&mut self) {
        let Some(running) = &mut self.running else { return };
        let Some(data) = &running.exchange.data else { return };
        self.outgoing = Some(Outgoing { bytes: data.bytes.clone(), secret: Vec::new() });
        running.data_echo = data.bytes.split(|byte| matches!(byte, b'\r' | b'\n')).rev().map(<[u8]>::to_vec).collect();
        running.data_echo.retain(|line| !line.is_empty() && Final::parse(&visible(line)).is_none());
        running.stage = Stage::Final;
        running.since = None;
        running.is_out = false;
    }

    /// Takes a line and says whose it is.
    pub fn handle_line(&mut self, now: Moment, bytes: &[u8]) -> Heard {
        if let Some(echo) = self.take_echo(bytes) {
            return Heard { text: echo, owner: Owner::Echo, change: None };
        }
        let raw = visible(bytes);
        let text = self.veiled(raw.clone().into_owned());
        let line = raw.trim_end();
        let (owner, change) = self.sort(now, line, &text);
        Heard { text, owner, change }
    }

    /// Ends the wait of the running exchange for its word, because `got` took the ground away. With `is_dead`
    /// also the wait for the final result.
    pub fn break_off(&mut self, now: Moment, got: &str, is_dead: bool) -> Option<Ended> {
        let running = self.running.as_ref().filter(|running| running.is_out && !running.is_sounding)?;
        let expected = match running.stage {
            Stage::Word(index) => running.exchange.words[index].expected,
            Stage::Prompt if is_dead => PROMPT,
            Stage::Final if is_dead => "OK",
            _ => return None,
        };
        if let Some(running) = &mut self.running {
            running.answer.push(got.to_owned());
        }
        self.end(now, End::Bad { expected, got: got.to_owned() })
    }

    /// Forgets words that older exchanges could still get: the session they belong to is over.
    pub fn forget_words(&mut self) {
        self.claims.retain_mut(|claim| {
            claim.words = &[];
            claim.owes_final
        });
    }

    /// When [`handle_timeout`](Self::handle_timeout) must be called at the latest.
    pub fn poll_timeout(&self) -> Option<Moment> {
        match self.recovery {
            Recovery::Quiet { since } => Some(self.quiet_due(since)),
            Recovery::Settling { since } => Some(since + QUIET_GAP),
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
            Recovery::Settling { .. } => {
                self.settle();
                None
            }
            Recovery::None | Recovery::Sounding => self.give_up(now),
        }
    }

    /// Ends everything, because the link is gone.
    pub fn abandon(&mut self, now: Moment) -> Option<Ended> {
        self.outgoing = None;
        self.recovery = Recovery::None;
        let running = self.running.take()?;
        let (expected, after) = running.awaited(now);
        Some(running.ended(now, End::TimedOut { expected, after }))
    }

    fn begin(&mut self, now: Moment, exchange: Exchange, is_sounding: bool) {
        self.outgoing = Some(Outgoing { bytes: exchange.line.bytes(), secret: exchange.line.secret_ranges() });
        self.running = Some(Running {
            stage: if exchange.data.is_some() { Stage::Prompt } else { Stage::Final },
            exchange,
            since: None,
            is_out: false,
            is_sounding,
            saw_echo: false,
            sent_at: now,
            accepted_at: None,
            answer: Vec::new(),
            early: 0,
            early_bad: None,
            data_echo: Vec::new(),
            gave_word: false,
        });
    }

    fn take_echo(&mut self, bytes: &[u8]) -> Option<String> {
        if let Some(running) = self.running.as_mut().filter(|running| running.is_out) {
            if running.accepted_at.is_none() && !running.saw_echo && running.exchange.line.is_echoed_by(bytes) {
                running.saw_echo = true;
                return Some(running.exchange.line.masked());
            }
            if running.data_echo.last().is_some_and(|line| line.as_slice() == bytes) {
                running.data_echo.pop();
                return Some(visible(bytes).into_owned());
            }
        }
        self.claims.iter().find(|claim| claim.line.is_echoed_by(bytes)).map(|claim| claim.line.masked())
    }

    fn veiled(&self, text: String) -> String {
        let running = self.running.iter().map(|running| &running.exchange.line);
        running.chain(self.claims.iter().map(|claim| &claim.line)).fold(text, |text, line| line.veil(text))
    }

    fn sort(&mut self, now: Moment, line: &str, text: &str) -> (Owner, Option<Change>) {
        let own_final = self.running.as_ref().and_then(|running| (running.exchange.own_final)(line));
        if let Some(result) = own_final.or_else(|| Final::parse(line)) {
            return self.sort_final(now, result, line, text);
        }
        if self.take_late_word(line) {
            return (Owner::Late, None);
        }
        if let Some(change) = self.take_word(now, line, text) {
            return (Owner::Running, change);
        }
        if let Some(running) = self.running.as_mut().filter(|running| running.is_out)
            && running.exchange.info.covers(line)
        {
            running.answer.push(text.to_owned());
            return (Owner::Running, None);
        }
        if self.claims.iter().any(|claim| claim.owes_final && claim.info.covers(line)) {
            return (Owner::Late, None);
        }
        (Owner::Nobody, None)
    }

    fn sort_final(&mut self, now: Moment, result: Final, line: &str, text: &str) -> (Owner, Option<Change>) {
        if self.is_late_final() {
            self.settle_oldest(&result);
            return (Owner::Late, None);
        }
        let Some(running) = self.running.as_mut().filter(|running| running.is_out) else {
            return (Owner::Nobody, None);
        };
        match running.stage {
            Stage::Word(index) => match (running.exchange.words[index].judge)(line) {
                None => (Owner::Nobody, None),
                Some(_) => (Owner::Running, self.take_word(now, line, text).flatten()),
            },
            Stage::Prompt | Stage::Final => (Owner::Running, self.take_final(now, result, text)),
        }
    }

    /// A result that came before the echo of the command that would be its cause belongs to an older one.
    fn is_late_final(&self) -> bool {
        if !self.claims.iter().any(|claim| claim.owes_final) {
            return false;
        }
        match &self.running {
            None => true,
            Some(running) if !running.is_out => true,
            Some(running) => self.echoes && !running.saw_echo,
        }
    }

    fn settle_oldest(&mut self, result: &Final) {
        if let Some(index) = self.claims.iter().position(|claim| claim.owes_final) {
            self.claims[index].owes_final = false;
            if *result != Final::Ok || self.claims[index].words.is_empty() {
                self.claims.remove(index);
            }
        }
    }

    fn take_final(&mut self, now: Moment, result: Final, text: &str) -> Option<Change> {
        let running = self.running.as_mut()?;
        running.answer.push(text.to_owned());
        running.accepted_at = Some(now);
        self.silent = 0;
        self.sounded = 0;
        self.echoes = running.saw_echo;
        if result != Final::Ok {
            return self.end(now, End::Refused(result)).map(ended);
        }
        if running.stage == Stage::Prompt {
            return self.end(now, End::Bad { expected: PROMPT, got: text.to_owned() }).map(ended);
        }
        if let Some(got) = running.early_bad.take() {
            let expected = running.exchange.words[0].expected;
            return self.end(now, End::Bad { expected, got }).map(ended);
        }
        if running.early >= running.exchange.words.len() {
            return self.end(now, End::Done).map(ended);
        }
        running.stage = Stage::Word(running.early);
        running.since = Some(now);
        Some(Change::Accepted { sent_at: running.sent_at })
    }

    /// `None` when no word is awaited for which `line` means anything.
    fn take_word(&mut self, now: Moment, line: &str, text: &str) -> Option<Option<Change>> {
        let running = self.running.as_mut().filter(|running| running.is_out)?;
        let first = match running.stage {
            Stage::Word(index) => index,
            Stage::Prompt | Stage::Final => running.early,
        };
        let words = running.exchange.words;
        let judged = words[first..].iter().enumerate().find_map(|(skipped, word)| {
            let verdict = (word.judge)(line)?;
            (skipped == 0 || verdict == Verdict::Good).then_some((first + skipped, verdict))
        });
        let (index, verdict) = judged?;
        running.answer.push(text.to_owned());
        let is_awaited = matches!(running.stage, Stage::Word(_));
        match verdict {
            Verdict::Remark => Some(None),
            Verdict::Good if !is_awaited => {
                running.early = index + 1;
                Some(None)
            }
            Verdict::Bad if !is_awaited => {
                running.early_bad = Some(text.to_owned());
                Some(None)
            }
            Verdict::Bad => {
                let expected = words[index].expected;
                Some(self.end(now, End::Bad { expected, got: text.to_owned() }).map(ended))
            }
            Verdict::Good if index + 1 == words.len() => Some(self.end(now, End::Done).map(ended)),
            Verdict::Good => {
                running.stage = Stage::Word(index + 1);
                running.since = Some(now);
                Some(Some(Change::Word { sent_at: running.sent_at, word: words[index].expected }))
            }
        }
    }

    /// The oldest exchange that was given up takes the word it still lacks: brokers acknowledge in order.
    fn take_late_word(&mut self, line: &str) -> bool {
        for index in 0..self.claims.len() {
            let claim = &mut self.claims[index];
            let found = claim.words.iter().position(|word| (word.judge)(line) == Some(Verdict::Good));
            let Some(found) = found else { continue };
            let expected = claim.words[found].expected;
            claim.words = &claim.words[found + 1..];
            if claim.words.is_empty() && !claim.owes_final {
                self.claims.remove(index);
            }
            if let Some(running) = &mut self.running {
                running.gave_word |= running.exchange.words.iter().any(|word| word.expected == expected);
            }
            return true;
        }
        false
    }

    fn give_up(&mut self, now: Moment) -> Option<Change> {
        let running = self.running.as_ref()?;
        let (expected, after) = running.awaited(now);
        let got_final = running.accepted_at.is_some();
        if running.exchange.is_sounded {
            let words = match running.stage {
                _ if running.gave_word => &[],
                Stage::Word(index) => &running.exchange.words[index..],
                Stage::Prompt | Stage::Final => &running.exchange.words[running.early..],
            };
            let claim = Claim {
                line: running.exchange.line.clone(),
                info: running.exchange.info.clone(),
                owes_final: !got_final,
                words,
            };
            if !running.is_sounding && (claim.owes_final || !words.is_empty()) {
                self.claims.push(claim);
                self.claims.truncate(CLAIMS_MAX);
            }
            self.recovery = Recovery::Quiet { since: now };
            self.silent = if got_final { 0 } else { self.silent + 1 };
            self.sounded += u32::from(running.is_sounding);
        }
        if running.early >= running.exchange.words.len() && !running.exchange.words.is_empty() {
            return self.end(now, End::Done).map(ended);
        }
        let is_sounding = running.is_sounding;
        let finished = self.end(now, End::TimedOut { expected, after });
        if self.silent >= SILENT_MAX {
            let tries = std::mem::take(&mut self.sounded);
            self.silent = 0;
            self.recovery = Recovery::None;
            self.claims.clear();
            return Some(Change::Silent { tries });
        }
        finished.filter(|_| !is_sounding).map(ended)
    }

    fn end(&mut self, now: Moment, end: End) -> Option<Ended> {
        let running = self.running.take()?;
        self.outgoing = None;
        if self.recovery == Recovery::Sounding && running.accepted_at.is_some() {
            self.recovery = Recovery::Settling { since: now };
            if running.saw_echo {
                self.settle();
            }
        }
        Some(running.ended(now, end))
    }

    /// The modem answers again: what it has not said by now it will not say, except a word of the broker.
    fn settle(&mut self) {
        self.recovery = Recovery::None;
        self.claims.retain_mut(|claim| {
            claim.owes_final = false;
            !claim.words.is_empty()
        });
    }

    fn quiet_due(&self, since: Moment) -> Moment {
        (since.max(self.last_byte) + QUIET_GAP).min(since + QUIET_MAX)
    }
}

impl Running {
    fn due(&self) -> Option<Moment> {
        let limit = match self.stage {
            Stage::Prompt => self.exchange.data.as_ref().map_or(self.exchange.limit, |data| data.limit),
            Stage::Final => self.exchange.limit,
            Stage::Word(index) => self.exchange.words[index].limit,
        };
        self.since.map(|since| since + limit)
    }

    fn awaited(&self, now: Moment) -> (&'static str, Duration) {
        let expected = match self.stage {
            Stage::Prompt => PROMPT,
            Stage::Final => "OK",
            Stage::Word(index) => self.exchange.words[index].expected,
        };
        (expected, now.since(self.since.unwrap_or(now)))
    }

    fn ended(self, now: Moment, end: End) -> Ended {
        Ended {
            command: self.exchange.line.masked(),
            answer: self.answer,
            sent_at: self.sent_at,
            accepted_at: self.accepted_at,
            ended_at: now,
            end,
        }
    }
}

fn ended(ended: Ended) -> Change {
    Change::Ended(Box::new(ended))
}

/// How a missing prompt is named.
const PROMPT: &str = ">";
/// How long the line must be quiet after a time-out before `AT` goes out.
const QUIET_GAP: Duration = Duration::from_millis(300);
/// A line that is never quiet is sounded after this time all the same.
const QUIET_MAX: Duration = Duration::from_secs(3);
/// How long the `AT` after a time-out may take; a modem that lives answers within milliseconds.
const SOUNDING_LIMIT: Duration = Duration::from_secs(3);
/// So many exchanges without a final result, and the modem counts as silent.
const SILENT_MAX: u32 = 3;
/// So many given-up exchanges are remembered.
const CLAIMS_MAX: usize = 8;

#[cfg(test)]
mod tests;
