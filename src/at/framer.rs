//! Cuts the byte stream into frames: prompt, counted block, line. It cuts, it does not judge.
//!
//! The law it keeps: any cutting of the stream into chunks gives the same frames. What a counted block looks like
//! is knowledge of the modem and comes in as a [`Recognise`] function.

mod raw;

use std::{fmt, time::Duration};

use memchr::memchr2;

use self::raw::Stretch;
use crate::{at::exchange::RawBlock, time::Moment};

/// One piece of the stream, its bytes borrowed from the [`Framer`] or owned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame<B = Vec<u8>> {
    /// `>` at the start of a line while data may be asked for. It has no line end.
    Prompt,
    /// A head that announces a length, and exactly that many raw bytes.
    Block {
        /// From the line's start up to the first counted byte.
        head: B,
        /// The counted bytes, whatever they are.
        body: B,
    },
    /// Raw bytes whose number was known before.
    Raw(B),
    /// A line without its end. Empty lines are left out.
    Line {
        /// The bytes, which may be any but CR and LF.
        bytes: B,
        /// Whether this is all of it.
        extent: Extent,
    },
}

impl Frame<&[u8]> {
    /// The same with bytes of its own, which outlive the next look into the stream.
    pub fn to_owned(self) -> Frame {
        match self {
            Self::Prompt => Frame::Prompt,
            Self::Block { head, body } => Frame::Block { head: head.to_vec(), body: body.to_vec() },
            Self::Raw(bytes) => Frame::Raw(bytes.to_vec()),
            Self::Line { bytes, extent } => Frame::Line { bytes: bytes.to_vec(), extent },
        }
    }
}

/// How much of a line a frame holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// A part of an over-long line; more follows.
    Piece,
    /// The last part of an over-long line.
    LastPiece,
}

/// What a line's beginning says about a counted block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// It is none.
    Not,
    /// It may become one. Never said of bytes that hold a line end or are longer than a head can be.
    Incomplete,
    /// `head` bytes, then `body` counted bytes.
    Counted {
        /// Length of the head.
        head: usize,
        /// Announced length.
        body: usize,
    },
}

/// What may come besides lines and counted blocks.
#[derive(Clone, Copy, Debug, Default)]
pub enum Expect {
    /// Nothing.
    #[default]
    Nothing,
    /// A prompt.
    Prompt,
    /// Raw bytes without a head.
    Raw(RawBlock),
}

impl From<bool> for Expect {
    fn from(may_prompt: bool) -> Self {
        if may_prompt { Self::Prompt } else { Self::Nothing }
    }
}

/// Looks at the bytes from a line's start, as far as they have come, for the head of a counted block.
pub type Recognise = fn(&[u8]) -> Head;

/// The cutter. Push bytes, then take frames until there is none. `Debug` shows no byte: an echo may hold a secret.
pub struct Framer {
    recognise: Recognise,
    buffer: Vec<u8>,
    /// Bytes before this index are consumed.
    start: usize,
    /// Bytes after `start` known to hold no line end.
    scanned: usize,
    /// The current line is known not to begin a counted block.
    is_plain: bool,
    /// The current line has already given a piece.
    in_pieces: bool,
    /// A prompt was the last frame: one blank may still belong to it.
    after_prompt: bool,
    /// When the last byte came, while a counted block is waiting for more.
    block_grew: Option<Moment>,
    /// What becomes of raw bytes that are expected.
    raw: Raw,
}

/// What becomes of raw bytes that are expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Raw {
    /// They are taken.
    Taken,
    /// They stopped before their number: the rest of the answer is lines.
    GivenUp,
}

impl fmt::Debug for Framer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Framer({} bytes wait)", self.buffer.len() - self.start)
    }
}

impl Framer {
    /// A cutter that knows counted blocks by `recognise`.
    pub const fn new(recognise: Recognise) -> Self {
        Self {
            recognise,
            buffer: Vec::new(),
            start: 0,
            scanned: 0,
            is_plain: false,
            in_pieces: false,
            after_prompt: false,
            block_grew: None,
            raw: Raw::Taken,
        }
    }

    /// Takes bytes that arrived at `now`.
    pub fn push(&mut self, now: Moment, bytes: &[u8]) {
        if self.start > 0 && self.start >= self.buffer.len() / 2 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        self.buffer.extend_from_slice(bytes);
        if self.block_grew.is_some() && !bytes.is_empty() {
            self.block_grew = Some(now);
        }
    }

    /// The next frame, or `None` when more bytes are needed. Prompt and raw bytes only come out when expected.
    pub fn next_frame(&mut self, now: Moment, expect: impl Into<Expect>) -> Option<Frame<&[u8]>> {
        let expect = expect.into();
        let may_prompt = matches!(expect, Expect::Prompt);
        if let Expect::Raw(block) = expect {
            if self.raw == Raw::Taken && !self.in_pieces {
                return self.take_raw(now, block);
            }
        } else {
            self.raw = Raw::Taken;
        }
        loop {
            let first = *self.buffer.get(self.start)?;
            if !self.in_pieces {
                let after_prompt = std::mem::take(&mut self.after_prompt);
                if matches!(first, b'\r' | b'\n') {
                    let ends = self.buffer[self.start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
                    self.consume(ends.count());
                    continue;
                }
                if after_prompt && first == b' ' {
                    self.consume(1);
                    continue;
                }
                if may_prompt && first == b'>' {
                    self.consume(1);
                    self.after_prompt = true;
                    return Some(Frame::Prompt);
                }
                if !self.is_plain {
                    match (self.recognise)(&self.buffer[self.start..]) {
                        Head::Not => self.is_plain = true,
                        Head::Incomplete => return None,
                        Head::Counted { head, body } => return self.take_block(now, head, body),
                    }
                }
            }
            return self.take_line();
        }
    }

    /// When [`release`](Self::release) is due because a counted block stopped growing.
    pub fn poll_timeout(&self) -> Option<Moment> {
        self.block_grew.map(|grew| grew + BLOCK_QUIET)
    }

    /// Gives up a counted block that stopped growing by `now`: its bytes come out as plain lines.
    pub fn release(&mut self, now: Moment) {
        if self.poll_timeout().is_some_and(|due| due <= now) {
            self.block_grew = None;
            self.is_plain = true;
            self.raw = Raw::GivenUp;
        }
    }

    /// Bytes of memory held.
    #[cfg(test)]
    pub(crate) fn held(&self) -> usize {
        self.buffer.capacity()
    }

    fn take_block(&mut self, now: Moment, head: usize, body: usize) -> Option<Frame<&[u8]>> {
        let rest = &self.buffer[self.start..];
        let end = head.saturating_add(body);
        if rest.len() < end {
            self.block_grew.get_or_insert(now);
            return None;
        }
        let from = self.start;
        self.consume(end);
        let (head, body) = self.buffer[from..from + end].split_at(head);
        Some(Frame::Block { head, body })
    }

    /// Raw bytes begin behind one line end, unless a line of another kind stands there.
    fn take_raw(&mut self, now: Moment, block: RawBlock) -> Option<Frame<&[u8]>> {
        self.after_prompt = false;
        let rest = &self.buffer[self.start..];
        let skipped = line_end(rest)?;
        let rest = &rest[skipped..];
        match (self.recognise)(rest) {
            Head::Not => {}
            Head::Incomplete => return None,
            Head::Counted { head, body } => {
                self.start += skipped;
                return self.take_block(now, head, body);
            }
        }
        let window = &rest[..rest.len().min(RAW_LINE_BYTES)];
        match memchr2(b'\r', b'\n', window) {
            Some(end) if (block.is_line)(&window[..end]) => {
                self.consume(skipped);
                return self.take_line();
            }
            None if window.len() < RAW_LINE_BYTES => return None,
            _ => {}
        }
        let from = self.start + skipped;
        match raw::look(rest, &block, self.recognise) {
            Stretch::Plain => {}
            Stretch::Undecided => {
                self.block_grew.get_or_insert(now);
                return None;
            }
            // What came in between comes out behind.
            Stretch::Interrupted { content, lines, length } => {
                self.buffer.splice(from..from + length, [&content[..], b"\r\n", &lines].concat());
            }
        }
        self.consume(skipped + block.bytes);
        Some(Frame::Raw(&self.buffer[from..from + block.bytes]))
    }

    fn take_line(&mut self) -> Option<Frame<&[u8]>> {
        let rest = &self.buffer[self.start..];
        let window = &rest[..rest.len().min(LINE_BYTES)];
        let unseen = self.scanned.min(window.len());
        if let Some(offset) = memchr2(b'\r', b'\n', &window[unseen..]) {
            let extent = if self.in_pieces { Extent::LastPiece } else { Extent::Whole };
            let (from, count) = (self.start, unseen + offset);
            self.consume(count + 1);
            return Some(Frame::Line { bytes: &self.buffer[from..from + count], extent });
        }
        if window.len() == LINE_BYTES {
            let from = self.start;
            self.consume(LINE_BYTES);
            self.in_pieces = true;
            return Some(Frame::Line { bytes: &self.buffer[from..from + LINE_BYTES], extent: Extent::Piece });
        }
        self.scanned = window.len();
        None
    }

    fn consume(&mut self, count: usize) {
        self.start += count;
        self.scanned = 0;
        self.is_plain = false;
        self.in_pieces = false;
        self.block_grew = None;
    }
}

/// How many bytes at the start end the lines before: an LF, then any CR and one LF. `None` when that is not decided
/// yet. More than that belongs to the raw bytes.
fn line_end(bytes: &[u8]) -> Option<usize> {
    let first = usize::from(*bytes.first()? == b'\n');
    let returns = bytes[first..].iter().take_while(|byte| **byte == b'\r').count();
    match bytes.get(first + returns)? {
        b'\n' if returns > 0 => Some(first + returns + 1),
        _ => Some(first),
    }
}

/// Longest line that is told from raw bytes.
const RAW_LINE_BYTES: usize = 160;
/// Longest line that comes out whole: above every echo of a command this program can send.
pub const LINE_BYTES: usize = 8_192;
/// How long a counted block may stand still. Reads of one report have been seen 50 ms apart.
const BLOCK_QUIET: Duration = Duration::from_secs(1);

#[cfg(test)]
mod tests;
