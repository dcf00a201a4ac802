//! What a report consists of, in no form yet.

use std::borrow::Cow;

use crate::lang::{Lang, Text};

use super::strip::{Mark, Strip};

/// The languages of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongues {
    /// This one alone.
    One(Lang),
    /// English and Chinese, each sentence below its like: the customer and the maker of the module read it.
    Both,
}

impl Tongues {
    /// The texts of `words` to show, each with its language; one alone where both are the same.
    pub(super) fn of(self, words: &Text) -> Vec<(&'static str, Cow<'_, str>)> {
        let told = |lang: Lang| (lang.tag(), words.to(lang));
        match self {
            Self::One(lang) => vec![told(lang)],
            Self::Both => {
                let (one, other) = (told(Lang::En), told(Lang::ZhCn));
                if one.1 == other.1 { vec![one] } else { vec![one, other] }
            }
        }
    }
}

/// The whole.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What it is about.
    pub title: Text,
    /// What the customer has to know, a sentence each.
    pub summary: Vec<Text>,
    /// Everything else.
    pub sections: Vec<Section>,
    /// What passed each port, so that the report can be opened again.
    pub recordings: Vec<Recording>,
}

/// One chapter.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// Its heading.
    pub title: Text,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a chapter.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph.
    Text(Text),
    /// The heading of what follows.
    Heading(Text),
    /// A table; without a head its first column names the others.
    Table {
        /// The names of the columns; may be empty.
        head: Vec<Column>,
        /// The rows.
        rows: Vec<Vec<Text>>,
    },
    /// The way from the cable to the message.
    Ladder(Vec<Step>),
    /// A cause.
    Finding(Finding),
    /// Lines of a recording.
    Lines(Vec<Line>),
    /// Lines to be pasted elsewhere, as they are.
    Code(Vec<String>),
    /// Spans of time against a moment.
    Dates {
        /// The spans.
        spans: Vec<Span>,
        /// The moment, in seconds since 1970.
        now: i64,
        /// Whose clock that is.
        clock: Text,
    },
    /// A picture of times.
    Picture(Picture),
    /// What happened over time.
    Strip(Strip),
}

/// A span of time.
#[derive(Clone, Debug)]
pub struct Span {
    /// What it belongs to.
    pub name: String,
    /// Its begin, in seconds since 1970.
    pub from: i64,
    /// Its end, in seconds since 1970.
    pub to: i64,
    /// The same in words.
    pub said: String,
}

impl Span {
    /// Whether `now` lies in it.
    pub const fn holds(&self, now: i64) -> bool {
        self.from <= now && now <= self.to
    }
}

/// Times over time.
#[derive(Clone, Debug)]
pub struct Picture {
    /// From the left edge to the right.
    pub span_seconds: f64,
    /// What is drawn.
    pub series: Vec<Series>,
}

/// Marks of one kind.
#[derive(Clone, Debug)]
pub struct Series {
    /// What they are.
    pub name: Text,
    /// Seconds since the left edge, and milliseconds.
    pub points: Vec<(f64, f64)>,
}

/// The name of a column.
pub type Column = Text;

/// One rung.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its name.
    pub name: Text,
    /// How it stands.
    pub mark: Mark,
    /// The same in a word.
    pub state: Text,
    /// What shows it; may be empty.
    pub proof: String,
}

/// A cause with what shows it and what to do.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Its number in the catalogue.
    pub id: String,
    /// How sure it is.
    pub certainty: Text,
    /// The cause.
    pub cause: Text,
    /// What to do; may be empty.
    pub fix: Text,
    /// What shows it.
    pub proofs: Vec<Line>,
}

/// One line of a recording, or a fact from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the recording, from 1; `None` for what stands in none.
    pub number: Option<u32>,
    /// Its time as people write it.
    pub time: Option<String>,
    /// What it says.
    pub text: Text,
    /// It proves something.
    pub is_proof: bool,
}

/// What passed one port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// The port, where it has a name.
    pub device: Option<String>,
    /// The text of a trace, secrets masked.
    pub trace: String,
}
