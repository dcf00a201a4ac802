//! What a report consists of, in no form yet.

/// A sentence or a value in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

impl Words {
    /// A sentence and its like.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }

    /// What is the same in every language: a number, a line of the wire, a name.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { en: text.clone(), zh: text }
    }
}

/// The languages of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongues {
    /// English alone.
    En,
    /// Simplified Chinese alone.
    Zh,
    /// Both, each sentence below its like.
    Both,
}

impl Tongues {
    /// The texts of `words` to show, each with its language; one alone where both are the same.
    pub(super) fn of(self, words: &Words) -> Vec<(&'static str, &str)> {
        match self {
            Self::En => vec![("en", &words.en)],
            Self::Zh => vec![("zh-CN", &words.zh)],
            Self::Both if words.en == words.zh => vec![("en", &words.en)],
            Self::Both => vec![("en", &words.en), ("zh-CN", &words.zh)],
        }
    }
}

/// The whole.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What it is about.
    pub title: Words,
    /// What the customer has to know, a sentence each.
    pub summary: Vec<Words>,
    /// Everything else.
    pub sections: Vec<Section>,
    /// What passed each port, so that the report can be opened again.
    pub recordings: Vec<Recording>,
}

/// One chapter.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// Its heading.
    pub title: Words,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a chapter.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph.
    Text(Words),
    /// The heading of what follows.
    Heading(Words),
    /// A table; without a head its first column names the others.
    Table {
        /// The names of the columns; may be empty.
        head: Vec<Column>,
        /// The rows.
        rows: Vec<Vec<Words>>,
    },
    /// The way from the cable to the message.
    Ladder(Vec<Step>),
    /// A cause.
    Finding(Finding),
    /// Lines of a recording.
    Lines(Vec<Line>),
}

/// The name of a column.
pub type Column = Words;

/// One rung.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its name.
    pub name: Words,
    /// How it stands.
    pub mark: Mark,
    /// The same in a word.
    pub state: Words,
    /// What shows it; may be empty.
    pub proof: String,
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Good.
    Good,
    /// Bad.
    Bad,
    /// Neither.
    Open,
}

/// A cause with what shows it and what to do.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Its number in the catalogue.
    pub id: String,
    /// How sure it is.
    pub certainty: Words,
    /// The cause.
    pub cause: Words,
    /// What to do; may be empty.
    pub fix: Words,
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
    pub text: Words,
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
