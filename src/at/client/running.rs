//! The exchange on the wire: how far it is, and what a line means to it.

use std::{iter, time::Duration};

use crate::{
    at::{
        exchange::{Exchange, RawBlock, Unanswered, Verdict, Word},
        reply::{Block, End, Ended, Final},
        text::{MASK, is_damaged, visible},
    },
    time::Moment,
};

use super::heard::Outgoing;

/// The exchange on the wire.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) exchange: Exchange,
    pub(super) stage: Stage,
    pub(super) passage: Passage,
    /// It is the client's own `AT`.
    pub(super) is_sounding: bool,
    pub(super) saw_echo: bool,
    /// A word went to an older exchange while this one was waiting for the same.
    pub(super) gave_word: bool,
    pub(super) sent_at: Moment,
    pub(super) accepted_at: Option<Moment>,
    answer: Vec<String>,
    /// Words that came before `OK`.
    early: usize,
    /// A line before `OK` that says the word will not come.
    early_bad: Option<String>,
    /// A line that is the awaited one but for a byte or two.
    unreadable: Option<String>,
    /// Bytes of data that have gone out.
    data_sent: usize,
    /// How many lines of our own data the modem has repeated; `None` before they went out.
    data_echoed: Option<usize>,
    block: Option<Block>,
}

/// What is awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The prompt.
    Prompt,
    /// The final result.
    Final,
    /// The word with this index.
    Word(usize),
    /// All words came before `OK`: they may have been an older command's, and its own may follow.
    Grace,
}

/// Where the bytes of the present stage are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passage {
    /// Not given out: nothing can be an answer to them.
    Queued,
    /// Given out; when they left is not known yet.
    Leaving,
    /// Gone (or the last line came) at this moment: the wait counts from here.
    Gone(Moment),
}

/// What a line did to the words of an exchange.
#[derive(Debug)]
pub(super) enum Effect {
    /// It is none of them.
    None,
    /// It belongs to the answer.
    Kept,
    /// It is a word, and another is awaited.
    Next,
    /// It ends the exchange.
    End(End),
}

impl Running {
    pub(super) fn new(now: Moment, exchange: Exchange, is_sounding: bool) -> Self {
        Self {
            stage: if exchange.data.is_some() { Stage::Prompt } else { Stage::Final },
            exchange,
            passage: Passage::Queued,
            is_sounding,
            saw_echo: false,
            gave_word: false,
            sent_at: now,
            accepted_at: None,
            answer: Vec::new(),
            early: 0,
            early_bad: None,
            unreadable: None,
            data_sent: 0,
            data_echoed: None,
            block: None,
        }
    }

    /// Whether lines may answer it.
    pub(super) fn is_out(&self) -> bool {
        self.passage != Passage::Queued
    }

    /// Whether what the modem says now may be a piece of a secret file.
    pub(super) fn is_secret(&self) -> bool {
        let is_written = self.exchange.data.as_ref().is_some_and(|data| data.is_secret && self.stage != Stage::Prompt);
        is_written || self.exchange.block.is_some_and(|block| block.is_secret)
    }

    /// Goes on from the prompt to the data; returns the bytes to send.
    pub(super) fn take_prompt(&mut self) -> Option<Outgoing> {
        let data = self.exchange.data.as_ref()?;
        let (bytes, is_secret) = (data.bytes.clone(), data.is_secret);
        self.data_echoed = Some(0);
        self.stage = Stage::Final;
        self.passage = Passage::Queued;
        let secret = if is_secret { iter::once(0..bytes.len()).collect() } else { Vec::new() };
        Some(Outgoing { bytes, secret })
    }

    /// Whether the prompt has come and the data have not left.
    pub(super) fn awaits_data(&self) -> bool {
        self.exchange.data.is_some() && self.stage == Stage::Final && self.passage == Passage::Queued
    }

    /// Learns that the data have left.
    pub(super) fn note_data_gone(&mut self) {
        self.data_sent = self.exchange.data.as_ref().map_or(0, |data| data.bytes.len());
    }

    /// Whether the data have left.
    pub(super) fn are_data_gone(&self) -> bool {
        self.data_sent > 0 && self.stage != Stage::Prompt
    }

    /// Whether a result may come although its data have not been seen: somebody else sends them.
    pub(super) fn has_hidden_data(&self) -> bool {
        self.exchange.unanswered == Unanswered::Watched && self.awaits_data()
    }

    /// Puts `bytes` in the place of the data.
    pub(super) fn replace_data(&mut self, bytes: Vec<u8>, is_secret: bool) {
        if let Some(data) = &mut self.exchange.data {
            data.bytes = bytes;
            data.is_secret |= is_secret;
        }
    }

    /// The text to show when `bytes` repeat what was sent.
    pub(super) fn take_echo(&mut self, bytes: &[u8]) -> Option<String> {
        if self.accepted_at.is_none() && !self.saw_echo && self.exchange.line.is_echoed_by(bytes) {
            self.saw_echo = true;
            return Some(self.exchange.line.masked());
        }
        // Only the first line can be one: an answer does not look like its question.
        let is_first = self.accepted_at.is_none() && !self.saw_echo && self.answer.is_empty();
        if is_first && self.exchange.line.is_echoed_damaged_by(bytes) {
            self.saw_echo = true;
            let has_secret = !self.exchange.line.secret_ranges().is_empty();
            return Some(if has_secret { self.exchange.line.masked() } else { visible(bytes).into_owned() });
        }
        let (seen, data) = (self.data_echoed.as_mut()?, self.exchange.data.as_ref()?);
        let mut lines = data.bytes.split(|byte| matches!(byte, b'\r' | b'\n')).filter(|line| may_be_echo(line));
        (lines.nth(*seen)? == bytes).then(|| {
            *seen += 1;
            if data.is_secret { MASK.to_owned() } else { visible(bytes).into_owned() }
        })
    }

    /// The raw bytes that may come now.
    pub(super) fn awaited_block(&self) -> Option<RawBlock> {
        let is_open = self.is_out() && self.stage == Stage::Final && self.block.is_none();
        self.exchange.block.filter(|_| is_open)
    }

    /// Takes the raw bytes; returns how to show them.
    pub(super) fn take_block(&mut self, bytes: Vec<u8>) -> String {
        let count = bytes.len();
        let is_secret = self.exchange.block.is_none_or(|block| block.is_secret);
        let shown = if is_secret { format!("{MASK} ({count} bytes)") } else { visible(&bytes).into_owned() };
        self.keep(&format!("({count} bytes)"));
        self.block = Some(Block(bytes));
        shown
    }

    /// Keeps a line of the answer.
    pub(super) fn keep(&mut self, text: &str) {
        self.answer.push(text.to_owned());
    }

    /// Takes a final result: the end it means, or `None` when a word is awaited now.
    pub(super) fn take_final(&mut self, now: Moment, result: Final, text: &str) -> Option<End> {
        self.keep(text);
        self.accepted_at = Some(now);
        if result != Final::Ok {
            return Some(End::Refused(result));
        }
        if self.stage == Stage::Prompt && self.exchange.unanswered != Unanswered::Watched {
            return Some(End::Bad { expected: PROMPT, got: text.to_owned() });
        }
        if let Some(got) = self.early_bad.take() {
            return Some(End::Bad { expected: self.exchange.words[0].expected, got });
        }
        self.passage = Passage::Gone(now);
        if !self.has_all_words() {
            self.stage = Stage::Word(self.early);
            return None;
        }
        if self.exchange.is_ordered && self.early > 0 {
            self.stage = Stage::Grace;
            return None;
        }
        Some(End::Done)
    }

    /// Whether the modem cannot know yet what the command is about: its data have not left.
    fn lacks_data(&self) -> bool {
        self.exchange.data.is_some()
            && (self.stage == Stage::Prompt || (self.stage == Stage::Final && self.data_sent == 0))
    }

    /// Takes a line that may be a word. A word before `OK` is kept until `OK` comes; a later word stands for those
    /// before it.
    pub(super) fn take_word(&mut self, now: Moment, line: &str, text: &str) -> Effect {
        let first = match self.stage {
            Stage::Word(index) => index,
            Stage::Prompt | Stage::Final => self.early,
            Stage::Grace => 0,
        };
        let words = self.exchange.words;
        let judged = words[first..].iter().enumerate().find_map(|(skipped, word)| {
            let verdict = (word.judge)(line)?;
            (skipped == 0 || verdict == Verdict::Good).then_some((first + skipped, verdict))
        });
        let Some((index, verdict)) = judged else { return Effect::None };
        if verdict == Verdict::Good && self.lacks_data() {
            return Effect::None;
        }
        self.keep(text);
        match (verdict, self.stage) {
            (Verdict::Remark, _) => {}
            (Verdict::Good, Stage::Prompt | Stage::Final) => self.early = index + 1,
            (Verdict::Bad, Stage::Prompt | Stage::Final) => self.early_bad = Some(text.to_owned()),
            (Verdict::Bad, Stage::Word(_) | Stage::Grace) => {
                return Effect::End(End::Bad { expected: words[index].expected, got: text.to_owned() });
            }
            (Verdict::Good, Stage::Word(_) | Stage::Grace) if index + 1 == words.len() => {
                return Effect::End(End::Done);
            }
            (Verdict::Good, Stage::Word(_) | Stage::Grace) => {
                self.stage = Stage::Word(index + 1);
                self.passage = Passage::Gone(now);
                return Effect::Next;
            }
        }
        Effect::Kept
    }

    /// How long the modem may wait for data when its prompt was not seen.
    pub(super) fn data_hold(&self) -> Option<Duration> {
        self.exchange.data.as_ref().map(|data| data.hold)
    }

    /// Whether nothing but `OK` is missing.
    pub(super) fn has_all_words(&self) -> bool {
        self.early >= self.exchange.words.len()
    }

    /// The words that have not come.
    pub(super) fn open_words(&self) -> &'static [Word] {
        match self.stage {
            _ if self.early_bad.is_some() => &[],
            Stage::Word(index) => &self.exchange.words[index..],
            Stage::Prompt | Stage::Final | Stage::Grace => &self.exchange.words[self.early..],
        }
    }

    /// Keeps a line that nobody knows when it looks like the one that is awaited.
    pub(super) fn note_unreadable(&mut self, line: &[u8]) {
        let awaited = [self.expected(), "ERROR"];
        if self.unreadable.is_none() && awaited.iter().any(|word| is_damaged(word.as_bytes(), line)) {
            self.unreadable = Some(visible(line).into_owned());
        }
    }

    /// When the present wait is over.
    pub(super) fn due(&self) -> Option<Moment> {
        let limit = match self.stage {
            Stage::Prompt => self.exchange.data.as_ref().map_or(self.exchange.limit, |data| data.limit),
            Stage::Final => self.exchange.limit,
            Stage::Word(index) => self.exchange.words[index].limit,
            Stage::Grace => GRACE,
        };
        match self.passage {
            Passage::Gone(since) => Some(since + limit),
            Passage::Queued | Passage::Leaving => None,
        }
    }

    /// What is awaited.
    pub(super) fn expected(&self) -> &'static str {
        match self.stage {
            Stage::Prompt => PROMPT,
            Stage::Final => "OK",
            Stage::Word(index) => self.exchange.words[index].expected,
            Stage::Grace => self.exchange.words.last().map_or("OK", |word| word.expected),
        }
    }

    /// The end of a wait that led to nothing.
    pub(super) fn timed_out(&self, now: Moment) -> End {
        let after = match self.passage {
            Passage::Gone(since) => now.since(since),
            Passage::Queued | Passage::Leaving => Duration::ZERO,
        };
        End::TimedOut { expected: self.expected(), after }
    }

    pub(super) fn into_ended(self, now: Moment, end: End) -> Ended {
        Ended {
            command: self.exchange.line.masked(),
            answer: self.answer,
            sent_at: self.sent_at,
            accepted_at: self.accepted_at,
            ended_at: now,
            block: self.block,
            data_sent: self.exchange.data.is_some().then_some(self.data_sent),
            unreadable: self.unreadable,
            end,
        }
    }
}

/// Data that read like a final result are taken for one: a modem that repeats data has not been seen, and an end
/// that is overlooked would cost the whole wait.
fn may_be_echo(line: &[u8]) -> bool {
    !line.is_empty() && Final::parse(&visible(line)).is_none()
}

/// How a missing prompt is named.
const PROMPT: &str = ">";
/// So long after `OK` the word of a command may come when one came before it.
const GRACE: Duration = Duration::from_secs(2);
