//! Dialogues that come again and again: most of a long log is the same traffic, and need not be understood again each time.
//!
//! Whoever judges a log remembers what is near: the last hundred dialogues, the last messages, what stood before a loss. So of a
//! long run of dialogues that went well only the last ones must be understood; all before them are counted. What one counts for
//! is learnt: a dialogue is understood line by line at least twice before others of its very shape are counted, and again
//! whenever anything else came between. The verdict is the same as without this, by the line.

mod shape;
mod told;

use std::collections::VecDeque;

use self::{
    shape::{Before, Fit, Maker, Shape, data},
    told::{Pattern, patterns},
};
use super::{Judge, Standing, messages::Row};
use crate::record::Reader;

/// What is known of the dialogues of a log.
#[derive(Debug, Default)]
pub(super) struct Routine {
    /// What was read and is neither understood nor counted.
    bytes: Vec<u8>,
    start: usize,
    /// Dialogues at the start of it that may be counted: how long each is, and which it is.
    held: VecDeque<(usize, usize)>,
    held_bytes: usize,
    nodes: Vec<Node>,
    roots: Vec<usize>,
    known: Vec<Known>,
    /// Counts what was no routine.
    epoch: u32,
    /// The next byte begins a line.
    is_at_line: bool,
    /// The time of the last line that was compared.
    time: Option<u32>,
    /// Dialogues understood line by line, and compared ones, since both were looked at.
    balance: (u32, u32),
    /// Messages of dialogues that were counted, and lines of these.
    rows: Vec<Row>,
    lines: u64,
    /// So many bytes pass before shapes are looked for again.
    pause: usize,
    last_pause: usize,
    is_over: bool,
}

/// A line, and what may follow it.
#[derive(Debug)]
struct Node {
    shape: Shape,
    children: Vec<usize>,
    /// The dialogue that ends here.
    ends: Option<usize>,
}

/// One kind of dialogue.
#[derive(Debug)]
struct Known {
    counts: Standing,
    epoch: u32,
    /// How often it was understood since.
    seen: u32,
    /// How often it was counted, and not told to anybody.
    counted: u64,
    /// Its messages, where each is wanted.
    messages: Vec<Pattern>,
}

/// A line that was found.
struct Step {
    node: usize,
    length: usize,
    time: Option<u32>,
    /// Where its data begin and end.
    body: (usize, usize),
}

enum Found {
    /// A dialogue, so many bytes, the time of its last line.
    Whole(usize, usize, Option<u32>),
    /// Too little of one.
    More,
    None,
}

impl Routine {
    /// Takes the next bytes of the log.
    pub(super) fn push(&mut self, bytes: &[u8], judge: &mut Judge, reader: &mut Reader) {
        if self.is_over || !reader.is_shaped() || !judge.may_count() {
            return self.pass(bytes, judge, reader);
        }
        if self.pause > 0 {
            self.pause = self.pause.saturating_sub(bytes.len());
            return self.pass(bytes, judge, reader);
        }
        let mut bytes = bytes;
        if !self.is_at_line {
            let Some(end) = memchr::memchr(b'\n', bytes) else { return judge.understand(bytes, reader) };
            judge.understand(&bytes[..=end], reader);
            bytes = &bytes[end + 1..];
            self.is_at_line = true;
        }
        if self.start > MOST_GONE {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
        self.bytes.extend_from_slice(bytes);
        self.run(judge, reader);
    }

    /// Nothing more comes, or lines are to be read one by one: everything is understood up to here.
    pub(super) fn flush(&mut self, judge: &mut Judge, reader: &mut Reader) {
        let length = self.bytes.len() - self.start;
        self.release(length, judge, reader);
    }

    fn pass(&mut self, bytes: &[u8], judge: &mut Judge, reader: &mut Reader) {
        self.flush(judge, reader);
        (self.is_at_line, self.time) = (false, None);
        judge.understand(bytes, reader);
    }

    fn run(&mut self, judge: &mut Judge, reader: &mut Reader) {
        loop {
            let rest = &self.bytes[self.start + self.held_bytes..];
            let (is_taken, length) = match self.find(rest) {
                Found::Whole(known, length, time) if self.is_proven(known) => {
                    self.time = time;
                    self.hold(known, length, reader);
                    continue;
                }
                Found::Whole(_, length, _) => (false, length),
                Found::More if rest.len() < LONGEST => return,
                Found::More => (true, 0),
                Found::None => (false, 0),
            };
            if is_taken || !self.learn(length, judge, reader) {
                return;
            }
        }
    }

    fn is_proven(&self, known: usize) -> bool {
        let Known { epoch, seen, .. } = self.known[known];
        epoch == self.epoch && seen >= PROOFS
    }

    /// A dialogue of a kind that may be counted. The last ones are kept.
    fn hold(&mut self, known: usize, length: usize, reader: &Reader) {
        self.balance.1 += 1;
        self.held.push_back((length, known));
        self.held_bytes += length;
        if self.held.len() > KEPT
            && let Some((length, known)) = self.held.pop_front()
        {
            let known = &mut self.known[known];
            let dialogue = &self.bytes[self.start..self.start + length];
            let first = u64::from(reader.lines()) + self.lines + 1;
            self.rows.extend(known.messages.iter().map(|pattern| pattern.row(dialogue, first)));
            self.lines += known.counts.tally.lines();
            known.counted += 1;
            self.held_bytes -= length;
            self.start += length;
        }
    }

    /// Looks for a dialogue at the start of `bytes`.
    fn find(&self, bytes: &[u8]) -> Found {
        let (mut at, mut time, mut command) = (0, self.time, &bytes[..0]);
        let mut children = &self.roots;
        let mut ends = None;
        loop {
            let is_first = at == 0;
            match self.step(children, &bytes[at..], Before { time, is_first, command }) {
                Ok(Step { node, length, time: told, body }) => {
                    if is_first {
                        command = data(&bytes[body.0..body.1]);
                    }
                    (at, time) = (at + length, told);
                    (children, ends) = (&self.nodes[node].children, self.nodes[node].ends);
                }
                Err(is_short) => {
                    let Some(known) = ends else { return if is_short { Found::More } else { Found::None } };
                    if is_short {
                        return Found::More;
                    }
                    // It ends where another begins.
                    return match self.step(&self.roots, &bytes[at..], Before { time, is_first: true, command: &[] }) {
                        Ok(_) => Found::Whole(known, at, time),
                        Err(true) => Found::More,
                        Err(false) => Found::None,
                    };
                }
            }
        }
    }

    /// The line among `nodes` that `bytes` begin with; else whether there is too little of them.
    fn step(&self, nodes: &[usize], bytes: &[u8], before: Before<'_>) -> Result<Step, bool> {
        let mut is_short = bytes.is_empty();
        for node in nodes {
            match self.nodes[*node].shape.fit(bytes, before) {
                Fit::Whole { length, time, body } => return Ok(Step { node: *node, length, time, body }),
                Fit::Short => is_short = true,
                Fit::Not => {}
            }
        }
        Err(is_short)
    }

    /// Understands the next dialogue line by line, and what is held before it. Says whether there was enough of it.
    fn learn(&mut self, found: usize, judge: &mut Judge, reader: &mut Reader) -> bool {
        let from = self.start + self.held_bytes;
        let is_start = |line: &[u8]| reader.opening(data(line)).filter(|opening| opening.is_start);
        let dialogue = if found > 0 {
            Some((found, true))
        } else {
            dialogue(&self.bytes[from..], |line| is_start(line).is_some())
        };
        let Some((length, is_whole)) = dialogue else {
            if self.bytes.len() - from < LONGEST {
                return false;
            }
            // No dialogue is that long.
            self.pause = LEAST_PAUSE;
            let length = self.bytes.len() - self.start;
            self.release(length, judge, reader);
            (self.is_at_line, self.time) = (false, None);
            self.epoch += 1;
            return false;
        };
        let held = self.held_bytes;
        let opening = is_start(first_line(&self.bytes[from..])).filter(|_| is_whole);
        self.release(held, judge, reader);
        let block = self.bytes[self.start..self.start + length].to_vec();
        let before = opening.and_then(|opening| judge.standing(reader, opening.is_headed));
        let first = u64::from(reader.lines()) + 1;
        judge.messages().into_iter().for_each(super::super::messages::Messages::begin_to_learn);
        judge.understand(&block, reader);
        self.start += length;
        let after = opening.filter(|_| before.is_some()).and_then(|opening| judge.standing(reader, opening.is_headed));
        let rows = judge.messages().and_then(super::super::messages::Messages::learnt);
        let counts = before.zip(after).and_then(|(before, after)| after.since(&before)).filter(|_| rows.is_some());
        let shapes = counts.as_ref().and_then(|_| shapes(&block, reader));
        if let Some((counts, (shapes, time))) = counts.zip(shapes) {
            let is_hex = judge.messages().is_some_and(|messages| messages.is_hex());
            let messages = patterns(&rows.unwrap_or_default(), &shapes, first, is_hex);
            self.keep(shapes, counts, messages);
            self.time = time;
        } else {
            self.epoch += 1;
            self.time = None;
        }
        self.weigh(judge, reader);
        !self.is_over && self.pause == 0
    }

    /// Gives up for a while where little is found.
    fn weigh(&mut self, judge: &mut Judge, reader: &mut Reader) {
        self.balance.0 += 1;
        if self.balance.0 < LOOKED_AT {
            return;
        }
        let is_little = self.balance.1 < self.balance.0;
        self.balance = (0, 0);
        self.is_over = self.nodes.len() > MOST_NODES;
        if is_little {
            self.last_pause = (self.last_pause * 2).clamp(LEAST_PAUSE, MOST_PAUSE);
            self.pause = self.last_pause;
        } else {
            self.last_pause = 0;
        }
        if self.is_over || is_little {
            let length = self.bytes.len() - self.start;
            self.release(length, judge, reader);
            (self.is_at_line, self.time) = (false, None);
            self.epoch += 1;
        }
    }

    /// Understands `length` bytes from the start, after counting what was counted.
    fn release(&mut self, length: usize, judge: &mut Judge, reader: &mut Reader) {
        for known in self.known.iter_mut().filter(|known| known.counted > 0) {
            judge.count(&known.counts, std::mem::take(&mut known.counted), reader);
        }
        if let Some(messages) = judge.messages() {
            messages.add_rows(&mut self.rows);
        }
        self.lines = 0;
        let bytes = &self.bytes[self.start..self.start + length];
        if !bytes.is_empty() {
            judge.understand(bytes, reader);
        }
        self.start += length;
        self.held.clear();
        self.held_bytes = 0;
        if self.start == self.bytes.len() {
            self.bytes.clear();
            self.start = 0;
        }
    }

    /// Notes what the dialogue of these `shapes` counts for.
    fn keep(&mut self, shapes: Vec<Shape>, counts: Standing, messages: Vec<Pattern>) {
        let mut place = None;
        for shape in shapes {
            let children = place.map_or(&self.roots, |node: usize| &self.nodes[node].children);
            let known = children.iter().copied().find(|child| self.nodes[*child].shape == shape);
            let node = known.unwrap_or_else(|| {
                self.nodes.push(Node { shape, children: Vec::new(), ends: None });
                let node = self.nodes.len() - 1;
                match place {
                    Some(parent) => self.nodes[parent].children.push(node),
                    None => self.roots.push(node),
                }
                node
            });
            place = Some(node);
        }
        let Some(last) = place else { return };
        let epoch = self.epoch;
        if let Some(known) = self.nodes[last].ends {
            let known = &mut self.known[known];
            if known.counts == counts && known.messages == messages {
                (known.seen, known.epoch) = (if known.epoch == epoch { known.seen + 1 } else { 1 }, epoch);
                return;
            }
            // What it counts for depends on more than its shape.
            (known.counts, known.messages, known.seen) = (counts, messages, 0);
            self.epoch += 1;
            return;
        }
        self.nodes[last].ends = Some(self.known.len());
        // What comes for the first time may change what everything else means.
        self.epoch += 1;
        self.known.push(Known { counts, epoch: self.epoch, seen: 1, counted: 0, messages });
    }
}

/// How long the dialogue at the start of `bytes` is, and whether another follows it: up to the next command.
fn dialogue(bytes: &[u8], is_start: impl Fn(&[u8]) -> bool) -> Option<(usize, bool)> {
    let mut at = 0;
    for count in 0.. {
        let line = at + memchr::memchr(b'\n', &bytes[at..])?;
        let begins = count > 0 && is_start(&bytes[at..=line]);
        if begins || count >= MOST_LINES {
            return Some((at, begins));
        }
        at = line + 1;
    }
    None
}

fn first_line(bytes: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', bytes).map_or(bytes, |end| &bytes[..=end])
}

/// The shapes of the lines of a dialogue, and the time of the last.
fn shapes(block: &[u8], reader: &Reader) -> Option<(Vec<Shape>, Option<u32>)> {
    let mut maker = Maker::default();
    let (mut shapes, mut rest) = (Vec::new(), block);
    let (mut time, mut command) = (None, &block[..0]);
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest)?;
        let (line, after) = rest.split_at(end + 1);
        let opening = reader.opening(data(line))?;
        let is_first = shapes.is_empty();
        if is_first != opening.is_start && is_first {
            return None;
        }
        let shape = maker.shape(line, opening, is_first)?;
        // A shape that its own line does not have is none.
        let Fit::Whole { length, time: told, body } = shape.fit(line, Before { time, is_first, command }) else {
            return None;
        };
        if length != line.len() {
            return None;
        }
        if is_first {
            command = data(&line[body.0..body.1]);
        }
        time = told;
        shapes.push(shape);
        rest = after;
    }
    Some((shapes, time))
}

/// As many dialogues as anybody looks back.
const KEPT: usize = 160;
/// A dialogue is understood so often before others of its kind are counted.
const PROOFS: u32 = 2;
/// No dialogue that is looked for is longer, in bytes and in lines.
const LONGEST: usize = 32 * 1_024;
const MOST_LINES: usize = 64;
/// More kinds of lines are no routine.
const MOST_NODES: usize = 8_192;
/// Bytes that are gone stay so long.
const MOST_GONE: usize = 256 * 1_024;
/// After so many dialogues that had to be understood it is asked whether looking for shapes is worth it.
const LOOKED_AT: u32 = 512;
const LEAST_PAUSE: usize = 256 * 1_024;
const MOST_PAUSE: usize = 16 << 20;
