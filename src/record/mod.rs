//! Logs of other programs become recordings: bytes of unknown origin go in, what passed which port comes out, with line,
//! direction and time as far as the log tells them.
//!
//! It understands text, not AT: what a line means is said by the core that watches, [`Watcher`], as it is for a trace. A log
//! passes these stations, each of which may be asked alone:
//!
//! ```text
//! bytes ─ encoding ─ lines ─ survey (of the beginning) ─ format (one file a family) ─ entry ─ weave ─ Piece ─ watch ─ Event
//!                                                          stamp ─ clock (moments)       counted (data with a length)
//! ```
//!
//! Understanding is a stream: nothing holds the log, and any cutting of it into reads gives the same.

mod clean;
mod clock;
mod counted;
mod encoding;
mod entry;
mod evidence;
mod format;
mod index;
mod lines;
mod literal;
mod marks;
mod ports;
mod reader;
mod sample;
mod stamp;
mod survey;
mod watch;
mod weave;
mod words;

pub use self::{
    encoding::Encoding,
    evidence::Evidence,
    format::{ALL as FORMATS, Format, by_key},
    index::{LineIndex, LinePlace, lines_behind},
    reader::{Nature, Opening, Options, Reader, Tally},
    watch::{Told, Watcher},
    weave::{Piece, What},
};

#[cfg(test)]
mod tests;
