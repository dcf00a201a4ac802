//! Which file uses which, read from the source: the paths of `use` lines and of the code, followed through what modules
//! hand on to the file that says what is meant. Unit tests, comments and texts draw no arrow.

use std::collections::{BTreeMap, BTreeSet};

/// One file takes something from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Arrow {
    /// The file that takes, as a module path.
    pub(super) from: String,
    /// The file that gives.
    pub(super) to: String,
    /// What is taken.
    pub(super) name: String,
    /// The line that takes it.
    pub(super) line: usize,
}

/// Every arrow between two of `files`, each a module path and its text.
pub(super) fn arrows(files: &[(String, String)]) -> Vec<Arrow> {
    let tests: BTreeSet<String> = files.iter().flat_map(|(place, text)| test_modules(place, &plain(text))).collect();
    let is_test = |place: &str| tests.iter().any(|test| super::stands_under(place, test));
    let house: House = files
        .iter()
        .filter(|(place, _)| !is_test(place))
        .map(|(place, text)| (place.clone(), Room::of(place, &without_tests(&plain(text)))))
        .collect();
    let mut found = BTreeSet::new();
    for (from, room) in &house {
        for (path, line) in room.takes(&house, from) {
            let Some(to) = giver(&house, &path, 0).filter(|to| to != from && !to.is_empty()) else { continue };
            found.insert(Arrow { from: from.clone(), to, name: path.last().cloned().unwrap_or_default(), line });
        }
    }
    found.into_iter().collect()
}

type House = BTreeMap<String, Room>;

/// A file: what it hands on or brings in by `use`, and every path that its code walks.
struct Room {
    uses: Vec<Use>,
    paths: Vec<(Vec<String>, usize)>,
    words: BTreeSet<String>,
}

struct Use {
    path: Vec<String>,
    name: String,
    is_handed_on: bool,
    line: usize,
}

impl Room {
    fn of(place: &str, code: &str) -> Self {
        let mut room = Self { uses: Vec::new(), paths: Vec::new(), words: BTreeSet::new() };
        let tokens = tokens(code);
        let mut at = 0;
        while at < tokens.len() {
            // What follows `impl Trait + use<'a>` is no path.
            if tokens[at].0 == "use" && tokens.get(at + 1).is_some_and(|next| next.0 != "<") {
                let is_handed_on = is_after_pub(&tokens, at);
                at = room.read_use(place, &tokens, at + 1, &[], is_handed_on);
            } else {
                at = room.read_path(&tokens, at);
            }
        }
        room
    }

    /// Reads one tree of a `use` from `at` and returns where it ends.
    fn read_use(
        &mut self,
        place: &str,
        tokens: &[(&str, usize)],
        mut at: usize,
        prefix: &[String],
        is_handed_on: bool,
    ) -> usize {
        let mut path = prefix.to_vec();
        let line = tokens.get(at).map_or(0, |token| token.1);
        while let Some((token, _)) = tokens.get(at) {
            match *token {
                // All of a module stands for the module.
                "::" | "*" => at += 1,
                "{" => {
                    at += 1;
                    while tokens.get(at).is_some_and(|token| token.0 != "}") {
                        at = self.read_use(place, tokens, at, &path, is_handed_on);
                        at += usize::from(tokens.get(at).is_some_and(|token| token.0 == ","));
                    }
                    return at + 1;
                }
                "as" => {
                    let name = tokens.get(at + 1).map_or("_", |token| token.0).to_owned();
                    self.add_use(place, &path, name, is_handed_on, line);
                    return at + 2;
                }
                word if is_word(word) => {
                    path.push(word.to_owned());
                    at += 1;
                }
                "," | "}" | ";" => break,
                other => panic!("{place}: {other:?} in a `use`"),
            }
        }
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let name = path.last().cloned().unwrap_or_default();
        self.add_use(place, &path, name, is_handed_on, line);
        at
    }

    fn add_use(&mut self, place: &str, path: &[String], name: String, is_handed_on: bool, line: usize) {
        self.uses.push(Use { path: absolute(place, path), name, is_handed_on, line });
    }

    /// Reads a path of the code that begins at `at` and returns where it ends.
    fn read_path(&mut self, tokens: &[(&str, usize)], mut at: usize) -> usize {
        let (first, line) = tokens[at];
        at += 1;
        if !is_word(first) {
            return at;
        }
        self.words.insert(first.to_owned());
        let mut path = vec![first.to_owned()];
        while tokens.get(at).is_some_and(|token| token.0 == "::") && tokens.get(at + 1).is_some_and(|t| is_word(t.0)) {
            path.push(tokens[at + 1].0.to_owned());
            at += 2;
        }
        if path.len() > 1 {
            self.paths.push((path, line));
        }
        at
    }

    /// Every path from the crate's root that this file at `place` takes something by.
    fn takes(&self, house: &House, place: &str) -> Vec<(Vec<String>, usize)> {
        let mut taken = Vec::new();
        for one in &self.uses {
            // What is only handed on is nobody's need here; a module brought in is walked through below.
            if (!one.is_handed_on || self.words.contains(&one.name)) && !house.contains_key(&one.path.join("::")) {
                taken.push((one.path.clone(), one.line));
            }
        }
        for (path, line) in &self.paths {
            let brought = self.uses.iter().find(|one| one.name == path[0]).map(|one| one.path.clone());
            let child = super::joined(place, &path[0]);
            let whole = match (path[0].as_str(), brought) {
                ("crate" | "self" | "super", _) => absolute(place, path),
                (_, Some(start)) => start.into_iter().chain(path[1..].iter().cloned()).collect(),
                (_, None) if house.contains_key(&child) => absolute(place, path),
                (_, None) => continue,
            };
            taken.push((whole, *line));
        }
        taken
    }
}

/// The file that says what `path` means: names that a module brings in or hands on are followed.
fn giver(house: &House, path: &[String], depth: usize) -> Option<String> {
    let is_room = |length: usize| house.contains_key(&path[..length].join("::"));
    let length = (1..=path.len()).rev().find(|length| is_room(*length))?;
    let place = path[..length].join("::");
    let Some(name) = path.get(length) else { return Some(place) };
    let onward = house[&place].uses.iter().find(|one| one.name == *name && one.path != path[..=length]);
    match onward.filter(|_| depth < MOST_STEPS) {
        Some(one) => {
            let whole: Vec<_> = one.path.iter().chain(&path[length + 1..]).cloned().collect();
            giver(house, &whole, depth + 1)
        }
        None => Some(place),
    }
}

/// `path` as seen from the module `place`, from the crate's root; an outer crate's path comes out as one that leads nowhere.
fn absolute(place: &str, path: &[String]) -> Vec<String> {
    let mut here: Vec<String> = place.split("::").filter(|part| !part.is_empty()).map(ToOwned::to_owned).collect();
    let mut rest = path;
    match path.first().map(String::as_str) {
        Some("crate") => {
            here.clear();
            rest = &path[1..];
        }
        Some("self") => rest = &path[1..],
        _ => {
            while let Some((first, others)) = rest.split_first().filter(|(first, _)| *first == "super") {
                let _ = first;
                here.pop();
                rest = others;
            }
        }
    }
    here.extend(rest.iter().cloned());
    here
}

fn is_after_pub(tokens: &[(&str, usize)], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |place| tokens[place].0);
    before(1) == "pub" || (before(1) == ")" && (2..8).any(|back| before(back) == "pub"))
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Words, `::` and single signs, each with its line.
fn tokens(code: &str) -> Vec<(&str, usize)> {
    let (mut found, mut line, mut rest) = (Vec::new(), 1, code);
    while let Some(first) = rest.chars().next() {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let length = match first {
            _ if is_part(first) => rest.find(|c| !is_part(c)).unwrap_or(rest.len()),
            ':' if rest.starts_with("::") => 2,
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        if first == '\n' {
            line += 1;
        } else if !first.is_whitespace() {
            found.push((token, line));
        }
        rest = after;
    }
    found
}

/// The source without comments and without the insides of texts; lines stay where they are.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = comment(rest).or_else(|| literal(rest));
        let length = skipped.unwrap_or_else(|| c.len_utf8());
        let (piece, after) = rest.split_at(length);
        match skipped {
            Some(_) => out.extend(piece.chars().filter(|c| *c == '\n').chain([' '])),
            None => out.push_str(piece),
        }
        rest = after;
        // A letter in front makes `r` and `b` part of a word.
        if skipped.is_none() && (c.is_alphanumeric() || c == '_') {
            let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let (word, after) = rest.split_at(word);
            out.push_str(word);
            rest = after;
        }
    }
    out
}

fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(rest.find("*/").map_or(rest.len(), |end| end + 2));
    }
    None
}

/// How long the text or character is that begins here.
fn literal(rest: &str) -> Option<usize> {
    let body = rest.trim_start_matches(['b', 'c']);
    let prefix = rest.len() - body.len();
    if prefix > 1 {
        return None;
    }
    if let Some(raw) = body.strip_prefix('r') {
        let marks = raw.len() - raw.trim_start_matches('#').len();
        if raw[marks..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(marks));
            let inside = &raw[marks + 1..];
            return Some(prefix + 1 + marks + 1 + inside.find(&end).map_or(inside.len(), |at| at + end.len()));
        }
        return None;
    }
    match body.chars().next()? {
        '"' => Some(prefix + 1 + closing(&body[1..], '"')),
        '\'' => {
            // A lifetime has no second mark behind one sign.
            let inside = &body[1..];
            let is_escaped = inside.starts_with('\\');
            let second = inside.chars().nth(1);
            (is_escaped || second == Some('\'')).then(|| prefix + 1 + closing(inside, '\''))
        }
        _ => None,
    }
}

/// How far it is behind the mark that ends a text.
fn closing(inside: &str, mark: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in inside.char_indices() {
        if !is_escaped && c == mark && (mark == '"' || at > 0) {
            return at + c.len_utf8();
        }
        is_escaped = !is_escaped && c == '\\';
    }
    inside.len()
}

/// The plain source without the items that only tests have.
fn without_tests(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find(TEST_MARK) {
        let (before, item) = rest.split_at(at);
        let (item, after) = item.split_at(item_length(item));
        out.push_str(before);
        out.extend(item.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    out + rest
}

/// How long the item is, attributes and body and all.
fn item_length(item: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in item.char_indices() {
        match c {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && c == '}' {
                    return at + 1;
                }
            }
            ';' | ',' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    item.len()
}

/// The modules that the module `place` declares for its tests alone.
fn test_modules(place: &str, code: &str) -> Vec<String> {
    let items = code.match_indices(TEST_MARK).map(|(at, _)| &code[at..]);
    let named = items.filter_map(|item| {
        let words = tokens(&item[..item_length(item)]);
        let at = words.iter().position(|word| word.0 == "mod")?;
        Some(super::joined(place, words.get(at + 1)?.0))
    });
    named.collect()
}

const TEST_MARK: &str = "#[cfg(test)]";
/// Names are handed on through fewer modules than this.
const MOST_STEPS: usize = 12;

#[test]
fn arrows_lead_to_the_file_that_says_what_is_meant() {
    let files = [
        ("a", "mod b; mod c; pub use self::c::Thing;\npub struct Own(b::Inner); #[cfg(test)] mod t;"),
        (
            "a::b",
            "use crate::d; use super::{Thing, Own}; pub struct Inner; // crate::e::No\nfn f() { d::go(\"crate::e\") }",
        ),
        ("a::c", "pub struct Thing; #[cfg(test)]\nmod tests { use crate::e::Never; }"),
        ("a::t", "use crate::e::Never;"),
        ("d", "pub fn go() { std::mem::drop(r#\"crate::e::x\"#); }"),
        ("e", ""),
    ];
    let files = files.map(|(place, text)| (place.to_owned(), text.to_owned()));
    let found: Vec<_> = arrows(&files).into_iter().map(|one| (one.from, one.to, one.name, one.line)).collect();
    let expected =
        [("a", "a::b", "Inner", 2), ("a::b", "a", "Own", 1), ("a::b", "a::c", "Thing", 1), ("a::b", "d", "go", 2)];
    let expected: Vec<_> =
        expected.map(|(from, to, name, line)| (from.to_owned(), to.to_owned(), name.to_owned(), line)).to_vec();
    assert_eq!(found, expected);
}

#[test]
fn texts_and_comments_are_no_code() {
    assert_eq!(plain("a // b\nc").split_whitespace().collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(plain("'\"' + 'a: &'a str + '\\'' + \"x\\\"y\" + br#\"z\"# + e").replace(' ', ""), "+'a:&'astr++++e");
    assert_eq!(plain("for_r\"x\"").trim(), "for_r");
}
