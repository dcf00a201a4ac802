//! What a message changed against the one before it on the same topic.
//!
//! JSON is compared value by value, other text line by line with the changed words marked, bytes row by row of their hex
//! view. What is compared is bounded, and what is left out is counted.

use std::collections::{HashMap, HashSet};

use similar::{ChangeTag, TextDiff};

use super::{Charset, JsonNode, JsonTree, as_text, hex_dump};

/// What became of a line or a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It is as it was.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

/// One row of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffRow {
    /// A line of text, in pieces of which the changed ones are marked.
    Line {
        /// What became of it.
        fate: Fate,
        /// The pieces, `true` for a changed one.
        pieces: Vec<(bool, String)>,
    },
    /// A JSON value that is not what it was.
    Value {
        /// Where it stands.
        path: String,
        /// What it was; `None` when it is new.
        old: Option<String>,
        /// What it is; `None` when it is gone.
        new: Option<String>,
    },
}

/// How the payloads were compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compared {
    /// Value by value.
    Json,
    /// Line by line.
    Lines,
    /// Sixteen bytes by sixteen.
    Bytes,
}

/// What changed from one payload to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// How they were compared.
    pub compared: Compared,
    /// The changes in order, with the lines around them.
    pub rows: Vec<DiffRow>,
    /// Lines or values that are as they were.
    pub same: usize,
    /// Lines or values that were not kept because there are too many.
    pub left_out: usize,
}

impl Difference {
    /// What changed from `old` to `new`, both read as `charset`.
    pub fn between(old: &[u8], new: &[u8], charset: Charset) -> Self {
        let trees = (JsonTree::read(old, charset), JsonTree::read(new, charset));
        if let (Ok(old), Ok(new)) = &trees {
            return Self::of_json(old, new);
        }
        if charset == Charset::Binary {
            let [old, new] = [old, new].map(|bytes| hex_dump(bytes, COMPARED_BYTES));
            return Self::of_lines(Compared::Bytes, &old, &new);
        }
        let head = |bytes: &[u8]| as_text(&bytes[..bytes.len().min(COMPARED_BYTES)], charset).text;
        let rest = |bytes: &[u8]| bytes.len().saturating_sub(COMPARED_BYTES);
        let mut difference = Self::of_lines(Compared::Lines, &head(old), &head(new));
        difference.left_out += usize::from(rest(old).max(rest(new)) > 0);
        difference
    }

    /// Whether nothing changed.
    pub fn is_same(&self) -> bool {
        self.left_out == 0 && self.rows.iter().all(|row| matches!(row, DiffRow::Line { fate: Fate::Same, .. }))
    }

    fn of_json(old: &JsonTree, new: &JsonTree) -> Self {
        let words = |node: &JsonNode| node.words().into_owned();
        let before: HashMap<String, String> =
            old.leaves().map(|(path, node)| (path.to_string(), words(node))).collect();
        let (mut rows, mut same, mut seen) = (Vec::new(), 0, HashSet::new());
        for (path, node) in new.leaves() {
            let (path, now) = (path.to_string(), words(node));
            let was = before.get(&path).cloned();
            if was.as_ref() == Some(&now) {
                same += 1;
            } else {
                rows.push(DiffRow::Value { path: path.clone(), old: was, new: Some(now) });
            }
            seen.insert(path);
        }
        for (path, node) in old.leaves() {
            let path = path.to_string();
            if seen.insert(path.clone()) {
                rows.push(DiffRow::Value { path, old: Some(words(node)), new: None });
            }
        }
        Self { compared: Compared::Json, rows, same, left_out: 0 }.bounded()
    }

    fn of_lines(compared: Compared, old: &str, new: &str) -> Self {
        let (old, cut_old) = first_lines(old);
        let (new, cut_new) = first_lines(new);
        let diff = TextDiff::from_lines(old, new);
        let (mut rows, mut same) = (Vec::new(), 0);
        for change in diff.ops().iter().flat_map(|op| diff.iter_inline_changes(op)) {
            let fate = match change.tag() {
                ChangeTag::Equal => Fate::Same,
                ChangeTag::Insert => Fate::Added,
                ChangeTag::Delete => Fate::Removed,
            };
            same += usize::from(fate == Fate::Same);
            let pieces = change
                .iter_strings_lossy()
                .map(|(is_changed, piece)| (is_changed && fate != Fate::Same, piece.trim_end_matches('\n').to_owned()));
            rows.push(DiffRow::Line { fate, pieces: pieces.filter(|(_, piece)| !piece.is_empty()).collect() });
        }
        Self { compared, rows, same, left_out: cut_old.max(cut_new) }.bounded()
    }

    fn bounded(mut self) -> Self {
        self.left_out += self.rows.len().saturating_sub(MOST_ROWS);
        self.rows.truncate(MOST_ROWS);
        self
    }
}

/// The first lines of `text`, and how many more there are.
fn first_lines(text: &str) -> (&str, usize) {
    match text.match_indices('\n').nth(MOST_LINES - 1) {
        Some((end, _)) => (&text[..end], text[end + 1..].lines().count()),
        None => (text, 0),
    }
}

/// Comparing costs up to the square of the lines.
const MOST_LINES: usize = 400;
const MOST_ROWS: usize = 500;
const COMPARED_BYTES: usize = 6 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    fn value(path: &str, old: Option<&str>, new: Option<&str>) -> DiffRow {
        DiffRow::Value { path: path.to_owned(), old: old.map(str::to_owned), new: new.map(str::to_owned) }
    }

    #[test]
    fn json_is_compared_by_its_values_not_by_its_looks() {
        let old = br#"{"t":21.5,"hum":60,"tags":["a","b"],"gone":null}"#;
        let new = br#"{ "hum": 60, "t": 22, "tags": ["a"], "new": {} }"#;
        let difference = Difference::between(old, new, Charset::Utf8);
        let rows = [
            value("$.t", Some("21.5"), Some("22")),
            value("$.new", None, Some("{0}")),
            value("$.tags[1]", Some("\"b\""), None),
            value("$.gone", Some("null"), None),
        ];
        assert_eq!((difference.compared, difference.same), (Compared::Json, 2));
        assert_eq!(difference.rows, rows);
        let same = Difference::between(br#"{"a":1,"b":2}"#, br#"{"b":2, "a":1}"#, Charset::Utf8);
        assert!(same.is_same());
    }

    #[test]
    fn text_is_compared_by_lines_and_marks_the_words() {
        let difference = Difference::between(b"pump on\nlevel 20 cm", b"pump on\nlevel 25 cm", Charset::Utf8);
        let line = |fate, pieces: &[(bool, &str)]| DiffRow::Line {
            fate,
            pieces: pieces.iter().map(|(is_changed, piece)| (*is_changed, (*piece).to_owned())).collect(),
        };
        let rows = [
            line(Fate::Same, &[(false, "pump on<0A>")]),
            line(Fate::Removed, &[(false, "level "), (true, "20"), (false, " cm")]),
            line(Fate::Added, &[(false, "level "), (true, "25"), (false, " cm")]),
        ];
        assert_eq!((difference.same, difference.rows.as_slice()), (1, rows.as_slice()));
        assert!(!difference.is_same());
    }

    #[test]
    fn bytes_are_compared_in_rows() {
        let mut new = [0_u8; 64];
        new[20] = 0xFF;
        let difference = Difference::between(&[0; 64], &new, Charset::Binary);
        assert_eq!((difference.compared, difference.same, difference.rows.len()), (Compared::Bytes, 3, 5));
    }

    #[test]
    fn what_is_compared_is_bounded() {
        let (old, new) = ("a\n".repeat(3_000), "b\n".repeat(3_000));
        let difference = Difference::between(old.as_bytes(), new.as_bytes(), Charset::Utf8);
        assert!(difference.rows.len() <= MOST_ROWS && difference.left_out > 2_000, "{}", difference.left_out);
        let many = |last: u32| format!("[{}{last}]", "1,".repeat(30_000));
        assert!(Difference::between(many(1).as_bytes(), many(2).as_bytes(), Charset::Utf8).rows.len() <= MOST_ROWS);
    }
}
