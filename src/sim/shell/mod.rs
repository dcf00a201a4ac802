//! The AT line protocol (reference, section 1): echo, command lines, chaining, data after a prompt.
//!
//! It cuts and orders; what a command means stands in `commands`.

mod answer;
mod args;
mod call;
mod data;

use std::collections::VecDeque;

use crate::time::Moment;

use super::{VirtualModem, commands, truth::Fact, virtual_modem::Task};

pub(super) use self::{
    answer::{Answer, Failure, Outcome},
    args::Args,
    call::{Call, Command, Form, Pace},
    data::{Data, DataEnd, Target},
};

const CR: u8 = b'\r';
const LF: u8 = b'\n';
const BACKSPACE: u8 = 8;
/// Longest command line that is kept; the reference names no limit, the longest legal `AT+MPUB` fits.
const LONGEST_LINE: usize = 8_192;
/// Most bytes kept while a command runs.
const LONGEST_BACKLOG: usize = 16_384;

/// What the bytes from the PC are at the moment.
#[derive(Debug)]
pub(super) enum Mode {
    /// Nobody listens: off or booting.
    Off,
    /// A command line.
    Line,
    /// A command runs; bytes wait, or are lost when the command is about to ask for data.
    Busy {
        /// Whether bytes before the prompt are lost (reference, section 11.6).
        is_deaf: bool,
    },
    /// Raw data after `>`.
    Data(Box<Data>),
}

/// State of the line protocol.
#[derive(Debug)]
pub(super) struct Shell {
    pub(super) is_echoing: bool,
    /// Whether the port knows the rate; see [`super::Device::is_auto_baud`].
    pub(super) is_trained: bool,
    pub(super) mode: Mode,
    /// The byte before, while the port still learns the rate.
    last_heard: u8,
    line: Vec<u8>,
    backlog: Vec<u8>,
    chain: VecDeque<Call>,
    /// Names the silence after the last data byte; older silences do not count.
    silence: u64,
    /// When the running command line was complete.
    asked_at: Option<Moment>,
    /// Since when the PC waits for the network's word, after the final result.
    word_since: Option<Moment>,
}

impl Shell {
    pub(super) const fn new(mode: Mode, is_trained: bool) -> Self {
        Self {
            is_echoing: true,
            is_trained,
            mode,
            last_heard: 0,
            line: Vec::new(),
            backlog: Vec::new(),
            chain: VecDeque::new(),
            silence: 0,
            asked_at: None,
            word_since: None,
        }
    }
}

impl VirtualModem {
    /// Takes bytes whose last one has arrived at `now`.
    pub(super) fn take_input(&mut self, now: Moment, bytes: &[u8]) {
        if matches!(self.shell.mode, Mode::Off) {
            return;
        }
        let bytes = if self.shell.is_trained { bytes } else { self.train(now, bytes) };
        for (index, byte) in bytes.iter().enumerate() {
            match &mut self.shell.mode {
                Mode::Off => return,
                Mode::Line => self.take_line_byte(now, *byte),
                Mode::Busy { is_deaf: true } => {}
                Mode::Busy { is_deaf: false } => {
                    if self.shell.backlog.len() < LONGEST_BACKLOG {
                        self.shell.backlog.push(*byte);
                    }
                }
                Mode::Data(_) => {
                    let taken = self.take_data(now, &bytes[index..]);
                    self.take_input(now, &bytes[index + taken..]);
                    return;
                }
            }
        }
    }

    /// Learns the rate from an upper-case `AT`; until then nothing is understood. Gives what follows it.
    fn train<'a>(&mut self, now: Moment, bytes: &'a [u8]) -> &'a [u8] {
        for (index, byte) in bytes.iter().enumerate() {
            if std::mem::replace(&mut self.shell.last_heard, *byte) == b'A' && *byte == b'T' {
                self.shell.is_trained = true;
                self.release_reports(now);
                self.take_line_byte(now, b'A');
                self.take_line_byte(now, b'T');
                return &bytes[index + 1..];
            }
        }
        &[]
    }

    fn take_line_byte(&mut self, now: Moment, byte: u8) {
        if byte == LF && self.shell.line.is_empty() {
            return;
        }
        if self.shell.is_echoing {
            self.line.push(now, &[byte]);
        }
        match byte {
            CR => self.take_line(now),
            BACKSPACE => {
                self.shell.line.pop();
            }
            _ if self.shell.line.len() < LONGEST_LINE => self.shell.line.push(byte),
            _ => {}
        }
    }

    fn take_line(&mut self, now: Moment) {
        let line = std::mem::take(&mut self.shell.line);
        let Some(body) = call::body(&line) else { return };
        self.note_command(now, &line);
        self.shell.asked_at = Some(now);
        self.shell.mode = Mode::Busy { is_deaf: false };
        let lacks = &self.device.lacks;
        let find = |name: &str| commands::find(name).filter(|_| !lacks.iter().any(|lacking| lacking == name));
        let parsed = if line.len() >= LONGEST_LINE { Err(Failure::Cme(818)) } else { call::parse(body, find) };
        match parsed {
            Ok(calls) => {
                self.shell.chain = calls.into();
                self.schedule_call(now);
            }
            Err(failure) => {
                let at = now + self.device.timing.answer.quick.draw(&mut self.rng);
                self.agenda.add(at, Task::Finish(Err(failure)));
            }
        }
    }

    fn schedule_call(&mut self, now: Moment) {
        let times = self.device.timing.answer;
        let Some(call) = self.shell.chain.front() else {
            let at = now + times.quick.draw(&mut self.rng);
            self.agenda.add(at, Task::Finish(Ok(Outcome::Done)));
            return;
        };
        let is_deaf = call.prompts() && !self.prompts_late();
        self.shell.mode = Mode::Busy { is_deaf };
        let span = match call.pace() {
            Pace::Quick => times.quick,
            Pace::Query => times.query,
            Pace::Network => times.network,
            Pace::Flash => times.flash,
        };
        let at = now + span.draw(&mut self.rng);
        self.agenda.add(at, Task::Execute);
    }

    /// Whether data may come in one go with its command: only in V1155 to V1158 (reference, section 18).
    fn prompts_late(&self) -> bool {
        (1_155..1_159).contains(&self.device.identity.firmware.version)
    }

    /// Runs the next call of the line.
    pub(super) fn execute(&mut self, now: Moment) {
        let Some(call) = self.shell.chain.pop_front() else { return };
        let answer = call.run(self, now);
        self.finish(now, answer);
    }

    /// Ends the running call: prints its result, or goes on with the next of the line.
    pub(super) fn finish(&mut self, now: Moment, answer: Answer) {
        match answer {
            Ok(Outcome::Done | Outcome::Awaited) if !self.shell.chain.is_empty() => self.schedule_call(now),
            Ok(Outcome::Done) => self.end_line(now, Some("OK")),
            Ok(Outcome::Awaited) => {
                self.end_line(now, Some("OK"));
                self.shell.word_since = Some(self.line.drained(now));
            }
            Ok(Outcome::Spoken) => self.end_line(now, None),
            Ok(Outcome::Later) => {}
            Ok(Outcome::Prompt(data)) => self.prompt(now, data),
            Err(failure) => {
                let text = failure.text(self.settings.cmee);
                self.end_line(now, Some(&text));
            }
        }
    }

    fn end_line(&mut self, now: Moment, result: Option<&str>) {
        if let Some(text) = result {
            self.say(now, text);
        }
        self.note_answered(now);
        self.apply_baud();
        self.shell.chain.clear();
        self.shell.mode = Mode::Line;
        let backlog = std::mem::take(&mut self.shell.backlog);
        self.take_input(now, &backlog);
    }

    fn prompt(&mut self, now: Moment, data: Box<Data>) {
        self.note(now, || Fact::Prompt);
        self.line.push(now, b"\r\n>");
        self.note_answered(now);
        self.shell.silence += 1;
        self.shell.mode = Mode::Data(data);
        self.limit_data(now, true);
        let backlog = std::mem::take(&mut self.shell.backlog);
        self.take_input(now, &backlog);
    }

    /// Takes raw data; says how many of `bytes` were part of it.
    fn take_data(&mut self, now: Moment, bytes: &[u8]) -> usize {
        let Mode::Data(data) = &mut self.shell.mode else { return 0 };
        let (taken, is_complete) = data.take(bytes);
        if is_complete {
            self.complete_data(now, DataEnd::Complete);
        } else {
            self.limit_data(now, false);
        }
        taken
    }

    fn limit_data(&mut self, now: Moment, is_at_prompt: bool) {
        let Mode::Data(data) = &self.shell.mode else { return };
        if let Some(limit) = data.limit(&self.device.timing, is_at_prompt) {
            self.shell.silence += 1;
            self.agenda.retain(|task| !matches!(task, Task::DataSilence(_)));
            self.agenda.add(now + limit, Task::DataSilence(self.shell.silence));
        }
    }

    /// The line has been quiet since the silence numbered `number` began.
    pub(super) fn data_silence(&mut self, now: Moment, number: u64) {
        if number == self.shell.silence && matches!(self.shell.mode, Mode::Data(_)) {
            self.complete_data(now, DataEnd::Silence);
        }
    }

    fn complete_data(&mut self, now: Moment, end: DataEnd) {
        let busy = Mode::Busy { is_deaf: false };
        let Mode::Data(data) = std::mem::replace(&mut self.shell.mode, busy) else { return };
        self.agenda.retain(|task| !matches!(task, Task::DataSilence(_)));
        self.note(now, || Fact::Data { bytes: data.bytes.len() });
        self.shell.asked_at = Some(now);
        let at = now + self.device.timing.answer.network.draw(&mut self.rng);
        self.agenda.add(at, Task::Store(data, end));
    }

    /// Counts the time from the question until everything printed has left as the module's own.
    pub(super) fn note_answered(&mut self, now: Moment) {
        if let Some(asked_at) = self.shell.asked_at.take() {
            let until = self.line.drained(now);
            self.spent.answering += until.since(asked_at);
        }
    }

    /// Counts the time until the network's word has left as the module's own.
    pub(super) fn note_word(&mut self, now: Moment) {
        if let Some(since) = self.shell.word_since.take() {
            self.spent.answering += self.line.drained(now).since(since);
        }
    }

    /// Prints a line of its own: an answer or a report.
    pub(super) fn say(&mut self, now: Moment, text: &str) {
        self.note_line(now, text);
        self.print(now, text.as_bytes());
    }

    /// Prints a line without its line end.
    pub(super) fn say_unfinished(&mut self, now: Moment, text: &str) {
        self.note_line(now, text);
        self.line.push(now, format!("\r\n{text}").as_bytes());
    }

    /// Prints a line with contents that are nobody's business but the PC's.
    pub(super) fn say_bytes(&mut self, now: Moment, text: &[u8]) {
        self.note(now, || Fact::Block { bytes: text.len() });
        self.print(now, text);
    }

    fn print(&mut self, now: Moment, text: &[u8]) {
        let mut framed = Vec::with_capacity(text.len() + 4);
        framed.extend_from_slice(b"\r\n");
        framed.extend_from_slice(text);
        framed.extend_from_slice(b"\r\n");
        self.line.push(now, &framed);
    }
}
