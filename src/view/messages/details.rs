//! The chosen message: in which characters it is read, its JSON tree, its topic's history and what it changed.
//!
//! What is costly is worked out once for each message and form, not each frame.

use std::collections::{BTreeMap, HashSet};

use crate::{
    model::messages::{Entry, MessageLog},
    mqtt::Topic,
    payload::{
        self, Charset, Difference, HEX_WIDTH, HexRow, JsonFault, JsonNode, JsonPath, JsonTree, Rendered, hex_row,
    },
};

use super::{form::PayloadForm, history::TopicHistory};

/// What the details show, and what was worked out for it.
#[derive(Clone, Debug, Default)]
pub struct DetailsState {
    /// How the payload is shown.
    pub form: PayloadForm,
    /// Whether the user chose that; otherwise each message is shown as it fits.
    pub(super) is_form_chosen: bool,
    /// Whether the newest message of the topic takes the place of the chosen one.
    pub follows: bool,
    /// The messages of the chosen message's topic.
    pub history: TopicHistory,
    /// Characters that the user chose for single messages.
    charsets: BTreeMap<u64, Charset>,
    folded: HashSet<JsonPath>,
    topic: Option<Topic>,
    made_for: Option<(u64, Charset, PayloadForm, Option<u64>)>,
    body: Body,
    /// How often what is searched stands in the payload, and for which message and search that was counted.
    hits: Option<(u64, String, usize)>,
}

/// The payload of the chosen message in the chosen form.
#[derive(Clone, Debug, Default)]
pub enum Body {
    /// None is chosen.
    #[default]
    Nothing,
    /// As text or Base64.
    Text(Rendered),
    /// As a tree, with the rows that are not folded away.
    Json {
        /// The document.
        tree: JsonTree,
        /// Its visible nodes.
        rows: Vec<usize>,
    },
    /// Not JSON.
    NotJson(JsonFault),
    /// As bytes, so many rows of them.
    Hex(usize),
    /// Against the one before; `None` when there is none.
    Changes(Option<Difference>),
}

/// One row of the JSON tree.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonRow<'a> {
    /// The value.
    pub node: &'a JsonNode,
    /// How to reach it.
    pub path: JsonPath,
    /// Whether what is inside is hidden.
    pub is_folded: bool,
}

impl DetailsState {
    /// The characters in which message `seq` is read: the user's choice, if he made one.
    pub fn chosen_charset(&self, seq: u64) -> Option<Charset> {
        self.charsets.get(&seq).copied()
    }

    /// Shows `payload` as it fits, unless the user chose a form: JSON as JSON, bytes as bytes.
    pub(super) fn fit(&mut self, payload: &[u8]) {
        if !self.is_form_chosen {
            self.form = fitting(payload);
        }
    }

    /// The body that was worked out.
    pub const fn body(&self) -> &Body {
        &self.body
    }

    /// How often what is searched stands in the payload; `None` while nothing is searched.
    pub fn hits(&self) -> Option<usize> {
        self.hits.as_ref().map(|(_, _, count)| *count)
    }

    /// Counts anew, when it is another message or another search.
    pub(super) fn count_hits(&mut self, chosen: Option<u64>, log: &MessageLog, search: &str) {
        let Some(seq) = chosen.filter(|_| !search.is_empty()) else { return self.hits = None };
        if self.hits.as_ref().is_some_and(|(of, wanted, _)| *of == seq && wanted == search) {
            return;
        }
        self.hits = log.entry(seq).map(|entry| (seq, search.to_owned(), hits_in(&entry.message.payload, search)));
    }

    /// Row `row` of the JSON tree.
    pub fn json_row(&self, row: usize) -> Option<JsonRow<'_>> {
        let Body::Json { tree, rows } = &self.body else { return None };
        let index = *rows.get(row)?;
        let (node, path) = (tree.node(index)?, tree.path(index));
        let is_folded = self.folded.contains(&path);
        Some(JsonRow { node, path, is_folded })
    }

    /// Row `row` of the hex view, `width` bytes a row.
    pub(super) fn hex_row(entry: &Entry, row: usize, width: usize) -> HexRow {
        hex_row(&entry.message.payload, row, width)
    }

    /// What the copy button copies: the payload in the form that is shown, a long one cut.
    pub(super) fn copied(&self, seq: u64, entry: &Entry) -> String {
        let payload = &entry.message.payload;
        let charset = self.chosen_charset(seq).unwrap_or_else(|| Charset::of(payload));
        match (&self.body, self.form) {
            (_, PayloadForm::Hex) => payload::hex_dump(payload, COPIED_BYTES),
            (Body::Json { .. }, _) => {
                charset.text(payload).and_then(|text| payload::visible_json(&text).ok()).unwrap_or_default()
            }
            (Body::Text(rendered), _) => rendered.text.clone(),
            _ => payload::as_text(payload, charset).text,
        }
    }

    /// Reads message `seq` in other characters; `None` for what it looks like.
    pub(super) fn choose_charset(&mut self, seq: u64, charset: Option<Charset>) {
        match charset {
            Some(charset) => drop(self.charsets.insert(seq, charset)),
            None => drop(self.charsets.remove(&seq)),
        }
    }

    /// Hides or shows what is inside the value at `path`.
    pub(super) fn fold(&mut self, path: JsonPath) {
        if !self.folded.remove(&path) && self.folded.len() < MOST_FOLDED {
            self.folded.insert(path);
        }
        self.made_for = None;
    }

    /// Works out what is shown of message `chosen`.
    pub(super) fn refresh(&mut self, chosen: Option<u64>, log: &MessageLog) {
        let first = log.range().start;
        while self.charsets.first_key_value().is_some_and(|(seq, _)| *seq < first) {
            self.charsets.pop_first();
        }
        let found = chosen.and_then(|seq| log.entry(seq).map(|entry| (seq, entry)));
        let Some((seq, entry)) = found else {
            (self.body, self.made_for) = (Body::Nothing, None);
            self.history.refresh(None, log);
            return;
        };
        let message = &entry.message;
        if self.topic.as_ref() != Some(&message.topic) {
            self.topic = Some(message.topic.clone());
            self.folded.clear();
        }
        self.history.refresh(Some(&message.topic), log);
        let charset = self.chosen_charset(seq).unwrap_or_else(|| Charset::of(&message.payload));
        let before = self.history.before(seq).filter(|_| self.form == PayloadForm::History);
        let key = (seq, charset, self.form, before);
        if self.made_for == Some(key) {
            return;
        }
        self.made_for = Some(key);
        self.body = self.make(&message.payload, charset, before.and_then(|before| log.entry(before)));
    }

    fn make(&self, payload: &[u8], charset: Charset, before: Option<&Entry>) -> Body {
        match self.form {
            PayloadForm::Text => Body::Text(payload::as_text(payload, charset)),
            PayloadForm::Base64 => Body::Text(payload::as_base64(payload)),
            PayloadForm::Hex => Body::Hex(payload.len().div_ceil(HEX_WIDTH)),
            PayloadForm::Json => match JsonTree::read(payload, charset) {
                Ok(tree) => {
                    let is_folded = |index: &usize| self.folded.contains(&tree.path(*index));
                    let folded = if self.folded.is_empty() {
                        HashSet::new()
                    } else {
                        (0..tree.len()).filter(is_folded).collect()
                    };
                    let rows = tree.visible(&folded);
                    Body::Json { tree, rows }
                }
                Err(fault) => Body::NotJson(fault),
            },
            PayloadForm::History => {
                Body::Changes(before.map(|old| Difference::between(&old.message.payload, payload, charset)))
            }
        }
    }
}

/// How often `search` stands in `payload`, one behind the other; ASCII letters match in both cases.
fn hits_in(payload: &[u8], search: &str) -> usize {
    let (payload, search) = (payload.to_ascii_lowercase(), search.to_ascii_lowercase());
    memchr::memmem::find_iter(&payload, search.as_bytes()).count()
}

/// The form in which a payload says most. A bare number or word is JSON too, and says no more as such.
fn fitting(payload: &[u8]) -> PayloadForm {
    let charset = Charset::of(payload);
    let is_tree =
        payload.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| matches!(byte, b'{' | b'['));
    match charset {
        Charset::Binary => PayloadForm::Hex,
        _ if is_tree && JsonTree::read(payload, charset).is_ok() => PayloadForm::Json,
        _ => PayloadForm::Text,
    }
}

/// Most bytes that one click copies as hex.
const COPIED_BYTES: usize = 64 * 1024;
const MOST_FOLDED: usize = 1_000;
