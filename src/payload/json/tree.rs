//! A JSON document as a flat list of nodes: each stands before those inside it, so that folding is skipping.

use std::{borrow::Cow, collections::HashSet};

use super::{
    super::{Charset, visible::short_line},
    JsonFault, JsonPath, check,
    path::Step,
    scan::{Piece, pieces},
};

/// What a node holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonValue {
    /// An object with so many entries.
    Object(usize),
    /// An array with so many entries.
    Array(usize),
    /// A text, decoded, its beginning with visible tokens.
    Text(String),
    /// A number as it is written.
    Number(String),
    /// `true`, `false` or `null`.
    Word(String),
}

/// One value of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonNode {
    /// How deep it lies, 0 for the document itself.
    pub depth: usize,
    /// Its key or place with visible tokens; empty for the document itself.
    pub name: String,
    /// What it holds.
    pub value: JsonValue,
    step: Option<Step>,
    parent: Option<usize>,
    /// The place behind the last node inside it.
    end: usize,
}

impl JsonNode {
    /// Whether there are values inside.
    pub const fn has_children(&self) -> bool {
        matches!(self.value, JsonValue::Object(1..) | JsonValue::Array(1..))
    }

    /// The number it holds.
    pub fn number(&self) -> Option<f64> {
        match &self.value {
            JsonValue::Number(number) => number.parse().ok().filter(|number: &f64| number.is_finite()),
            _ => None,
        }
    }

    /// The value as one short text; brackets stand for what is inside.
    pub fn words(&self) -> Cow<'_, str> {
        match &self.value {
            JsonValue::Object(entries) => Cow::Owned(format!("{{{entries}}}")),
            JsonValue::Array(entries) => Cow::Owned(format!("[{entries}]")),
            JsonValue::Text(text) => Cow::Owned(format!("\"{text}\"")),
            JsonValue::Number(word) | JsonValue::Word(word) => Cow::Borrowed(word),
        }
    }
}

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonTree {
    nodes: Vec<JsonNode>,
    left_out: usize,
}

impl JsonTree {
    /// Reads `payload`, written in `charset`. At most 20,000 values are kept; the others are counted.
    pub fn read(payload: &[u8], charset: Charset) -> Result<Self, JsonFault> {
        if payload.len() > super::MOST_BYTES {
            return Err(JsonFault::TooLong);
        }
        let text = charset.text(payload).ok_or(JsonFault::NoText)?;
        check(&text)?;
        let mut builder = Builder::default();
        for piece in pieces(&text) {
            builder.take(piece);
        }
        Ok(Self { nodes: builder.nodes, left_out: builder.left_out })
    }

    /// The node at `index`, the document itself at 0.
    pub fn node(&self, index: usize) -> Option<&JsonNode> {
        self.nodes.get(index)
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Values that were not kept because there are too many.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// The path of the node at `index`.
    pub fn path(&self, index: usize) -> JsonPath {
        let mut steps = Vec::new();
        let mut next = self.nodes.get(index);
        while let Some(node) = next {
            steps.extend(node.step.clone());
            next = node.parent.and_then(|parent| self.nodes.get(parent));
        }
        steps.reverse();
        JsonPath(steps)
    }

    /// The node that `path` leads to.
    pub fn find(&self, path: &JsonPath) -> Option<&JsonNode> {
        let mut at = 0;
        for step in &path.0 {
            at = self.children(at).find(|child| self.nodes[*child].step.as_ref() == Some(step))?;
        }
        self.nodes.get(at)
    }

    /// The nodes that are seen while those in `folded` are closed, in order.
    pub fn visible(&self, folded: &HashSet<usize>) -> Vec<usize> {
        let mut rows = Vec::new();
        let mut next = 0;
        while let Some(node) = self.nodes.get(next) {
            rows.push(next);
            next = if folded.contains(&next) { node.end } else { next + 1 };
        }
        rows
    }

    /// The values that hold no others, with their paths.
    pub fn leaves(&self) -> impl Iterator<Item = (JsonPath, &JsonNode)> {
        let leaf = |(index, node): (usize, &'_ JsonNode)| (!node.has_children()).then_some(index);
        self.nodes.iter().enumerate().filter_map(leaf).map(|index| (self.path(index), &self.nodes[index]))
    }

    fn children(&self, index: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes.get(index).map_or(0, |node| node.end);
        let mut next = index + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.nodes[child].end;
            Some(child)
        })
    }
}

/// Builds the list while the pieces come.
#[derive(Default)]
struct Builder {
    nodes: Vec<JsonNode>,
    /// The open brackets: which node (`None` for one that is not kept), and whether it is an object.
    open: Vec<(Option<usize>, bool)>,
    key: Option<String>,
    /// Whether the next text is a key.
    expects_key: bool,
    left_out: usize,
}

impl Builder {
    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Open(bracket) => {
                let value = if bracket == '{' { JsonValue::Object(0) } else { JsonValue::Array(0) };
                let place = self.push(value);
                self.open.push((place, bracket == '{'));
                self.expects_key = bracket == '{';
            }
            Piece::Close(_) => {
                if let Some((Some(place), _)) = self.open.pop() {
                    self.nodes[place].end = self.nodes.len();
                }
                self.expects_key = false;
            }
            Piece::Colon => self.expects_key = false,
            Piece::Comma => self.expects_key = self.open.last().is_some_and(|(_, is_object)| *is_object),
            Piece::Text(text) if self.expects_key => self.key = Some(decoded(text)),
            Piece::Text(text) => {
                self.push(JsonValue::Text(short_line(&decoded(text), VALUE_CHARS)));
            }
            Piece::Word(word) => {
                let is_number = word.starts_with(|c: char| c == '-' || c.is_ascii_digit());
                let kept = word.get(..WORD_BYTES).unwrap_or(word).to_owned();
                self.push(if is_number { JsonValue::Number(kept) } else { JsonValue::Word(kept) });
            }
        }
    }

    fn push(&mut self, value: JsonValue) -> Option<usize> {
        let parent = self.open.last().and_then(|(place, _)| *place);
        let step = self.step_below(parent);
        // Inside something that is not kept, or beyond the limit.
        if self.nodes.len() >= MOST_NODES || (parent.is_none() && !self.nodes.is_empty()) {
            self.left_out += 1;
            return None;
        }
        let name = match &step {
            Some(Step::Key(key)) => short_line(key, KEY_CHARS),
            Some(Step::Place(place)) => place.to_string(),
            None => String::new(),
        };
        let depth = parent.map_or(0, |parent| self.nodes[parent].depth + 1);
        let end = self.nodes.len() + 1;
        self.nodes.push(JsonNode { depth, name, value, step, parent, end });
        Some(end - 1)
    }

    /// Counts one entry more in the node above and says how to reach it.
    fn step_below(&mut self, parent: Option<usize>) -> Option<Step> {
        let key = self.key.take();
        match &mut self.nodes[parent?].value {
            JsonValue::Object(entries) => {
                *entries += 1;
                key.map(Step::Key)
            }
            JsonValue::Array(entries) => {
                *entries += 1;
                Some(Step::Place(*entries - 1))
            }
            _ => None,
        }
    }
}

/// A string as it is meant.
fn decoded(text: &str) -> String {
    // Sound JSON may still hold half a surrogate pair, which no text can.
    serde_json::from_str(text).unwrap_or_else(|_| text.trim_matches('"').to_owned())
}

const MOST_NODES: usize = 20_000;
const VALUE_CHARS: usize = 400;
const KEY_CHARS: usize = 100;
const WORD_BYTES: usize = 400;

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> JsonTree {
        JsonTree::read(text.as_bytes(), Charset::Utf8).expect("JSON")
    }

    fn rows(tree: &JsonTree, folded: &[usize]) -> Vec<String> {
        let folded = folded.iter().copied().collect();
        let words = |index: usize| {
            let node = tree.node(index).expect("a node");
            format!("{}{}={}", " ".repeat(node.depth), node.name, node.words())
        };
        tree.visible(&folded).into_iter().map(words).collect()
    }

    #[test]
    fn a_document_is_rows_in_order_and_folds() {
        let tree = tree(r#"{"t":21.50,"tags":["a",{"deep":null}],"ok":true,"none":{}}"#);
        let all = ["={4}", " t=21.50", " tags=[2]", "  0=\"a\"", "  1={1}", "   deep=null", " ok=true", " none={0}"];
        assert_eq!(rows(&tree, &[]), all);
        assert_eq!(rows(&tree, &[2]), ["={4}", " t=21.50", " tags=[2]", " ok=true", " none={0}"]);
        assert_eq!(rows(&tree, &[0]), ["={4}"]);
    }

    #[test]
    fn a_path_leads_there_and_back() {
        let tree = tree(r#"{"meters":[{"volt age":1},{"volt age":2.5}],"a.b":3,"温度":4}"#);
        for index in 0..tree.len() {
            assert_eq!(tree.find(&tree.path(index)), tree.node(index), "{index}");
        }
        let paths: Vec<_> = tree.leaves().map(|(path, node)| format!("{path}={}", node.words())).collect();
        let expected = ["$.meters[0][\"volt age\"]=1", "$.meters[1][\"volt age\"]=2.5", "$[\"a.b\"]=3", "$.温度=4"];
        assert_eq!(paths, expected);
        assert_eq!(tree.find(&tree.path(4)).and_then(JsonNode::number), None);
        assert_eq!(tree.find(&tree.path(5)).and_then(JsonNode::number), Some(2.5));
    }

    #[test]
    fn a_bare_number_is_a_document() {
        let tree = tree(" -21.5e1 ");
        assert_eq!((tree.len(), tree.node(0).and_then(JsonNode::number)), (1, Some(-215.0)));
    }

    #[test]
    fn escapes_are_decoded_and_hostile_characters_are_tokens() {
        let tree = tree("{\"\\u6e29\\u202e\":\"a\\u001b[2J\\ud83d\\ude42\"}");
        assert_eq!(rows(&tree, &[]), ["={1}", " 温<U+202E>=\"a<1B>[2J🙂\""]);
    }

    #[test]
    fn a_huge_document_is_bounded_and_counted() {
        let huge = format!("[{}7]", "{\"a\":\"b\"},".repeat(30_000));
        let tree = tree(&huge);
        assert_eq!(tree.len(), MOST_NODES);
        assert_eq!(tree.len() + tree.left_out(), 1 + 60_000 + 1);
        assert_eq!(tree.node(0).map(|node| node.value.clone()), Some(JsonValue::Array(30_001)));
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        assert_eq!(JsonTree::read(deep.as_bytes(), Charset::Utf8).expect("JSON").len(), 100);
    }

    #[test]
    fn gbk_json_is_json() {
        let payload = super::super::super::to_gbk("{\"温度\":21}").expect("GBK");
        let tree = JsonTree::read(&payload, Charset::Gbk).expect("JSON");
        assert_eq!(tree.path(1).to_string(), "$.温度");
        assert_eq!(JsonTree::read(&payload, Charset::Binary), Err(JsonFault::NoText));
    }
}
