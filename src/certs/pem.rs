//! Finds PEM blocks, also damaged ones, and says where a strict reader stumbles.

use openssl::base64;

use super::{
    armour::{after_header, find, is_base64, line_of},
    block::Block,
    damage::{Damage, inner_damage},
    dress::Dress,
    identify::identify,
    label::Label,
    reading,
};

/// All blocks of `text` in their order: as they stand, or where that does not do, as a person would see them.
pub(super) fn blocks(text: &[u8]) -> Vec<Block> {
    blocks_in(text, MOST_LAYERS)
}

/// The same of a text of which `layers` more may be in it.
fn blocks_in(text: &[u8], layers: usize) -> Vec<Block> {
    let again = |inner: &[u8]| layers.checked_sub(1).map_or_else(Vec::new, |layers| blocks_in(inner, layers));
    better_of(plain_blocks(text), || reading::blocks(text, &again))
}

fn better_of(plain: Vec<Block>, seen: impl FnOnce() -> Vec<Block>) -> Vec<Block> {
    if !plain.is_empty() && plain.iter().all(Block::is_readable) {
        return plain;
    }
    let seen = seen();
    let count = |blocks: &[Block]| blocks.iter().filter(|block| block.is_readable()).count();
    let is_better = count(&seen) > count(&plain) || plain.is_empty();
    if is_better { seen } else { plain }
}

fn plain_blocks(text: &[u8]) -> Vec<Block> {
    let mut found = Vec::new();
    let (mut at, mut unreadable) = (0, 0);
    while let Some(begin) =
        find(text, b"BEGIN ", at).filter(|_| found.len() < MOST_BLOCKS && unreadable < MOST_UNREADABLE)
    {
        let Some(block) = block_at(text, at, begin) else {
            at = begin + 6;
            continue;
        };
        at = block.span.end.max(begin + 6);
        unreadable += usize::from(!block.is_readable());
        found.push(block);
    }
    found
}

/// Reads the block whose word `BEGIN` stands at `begin`, nothing of it before `floor`; `None` when that is just a word in
/// some text.
fn block_at(text: &[u8], floor: usize, begin: usize) -> Option<Block> {
    let left = dashes_before(text, floor, begin);
    // No name is longer, and nobody waits for a dash at the other end of a large file.
    let name_end = find(&text[..text.len().min(begin + LONGEST_HEADER)], b"-", begin)?;
    let name = std::str::from_utf8(&text[begin + 6..name_end]).ok()?;
    let shares_dashes = begin == floor && floor > 0;
    if (left == 0 && !shares_dashes) || name.len() > 40 || name.contains(['\n', '\r']) {
        return None;
    }
    let label = Label::from_text(name.trim_end());
    let is_alias = label.is_known() && label.text() != name.trim_end();
    let right = dashes_at(text, name_end);
    let body_start = name_end + right;
    let footer = footer_after(text, body_start);
    let body = &text[body_start..footer.as_ref().map_or(text.len(), |footer| footer.start)];
    let encrypted = label == Label::EncryptedPkcs8Key || find(body, b"4,ENCRYPTED", 0).is_some();
    // Behind a pass phrase PKCS#8 is still DER; the old form is not.
    let is_old = encrypted && find(body, b"DEK-Info", 0).is_some();
    let der =
        if is_old { None } else { decode_leniently(body).filter(|_| !encrypted || label == Label::EncryptedPkcs8Key) };
    let is_known = is_old || der.as_deref().is_some_and(|der| identify(der).is_some());
    let line = line_of(text, begin);
    let damage = if left != 5 || right != 5 {
        Some(Damage::Dashes { line })
    } else {
        damage(body, line, footer.as_ref(), name)
            .or_else(|| (!is_known && label.is_known()).then(|| inner_damage(body, line)))
    };
    let damage = damage.or(is_alias.then_some(Damage::Dressed));
    let end = footer.map_or(text.len(), |footer| footer.end);
    let mut block = Block::read(label, begin - left..end, der, damage);
    block.encrypted = encrypted;
    block.dress.extend(is_alias.then_some(Dress::OtherLabel));
    Some(block)
}

struct Footer {
    start: usize,
    end: usize,
    line: usize,
    dashes: (usize, usize),
    name: Vec<u8>,
}

/// The next footer, unless another block begins before it.
fn footer_after(text: &[u8], from: usize) -> Option<Footer> {
    let mut words = std::iter::successors(find(text, b"END ", from), |word| find(text, b"END ", word + 1));
    // A line of the body may end with these letters; dashes stand before none.
    let (word, left) = words.find_map(|word| match dashes_before(text, from, word) {
        0 => None,
        left => Some((word, left)),
    })?;
    if find(text, b"BEGIN ", from).is_some_and(|next| next < word) {
        return None;
    }
    let name_end = find(text, b"-", word)?;
    let name = text[word + 4..name_end].to_vec();
    if name.len() > 40 {
        return None;
    }
    let right = dashes_at(text, name_end);
    Some(Footer { start: word - left, end: name_end + right, line: line_of(text, word), dashes: (left, right), name })
}

fn damage(body: &[u8], header_line: usize, footer: Option<&Footer>, name: &str) -> Option<Damage> {
    let Some(footer) = footer else { return Some(Damage::NoFooter) };
    if footer.dashes != (5, 5) {
        return Some(Damage::Dashes { line: footer.line });
    }
    if footer.name != name.as_bytes() {
        return Some(Damage::OtherFooter);
    }
    let Some(rest) = after_header(body) else { return Some(Damage::Joined) };
    let mut in_headers = find(rest, b"Proc-Type:", 0) == Some(0);
    for (number, line) in (header_line + 1..).zip(rest.split(|byte| *byte == b'\n')) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if in_headers {
            in_headers = !line.is_empty();
            continue;
        }
        if line.first().is_some_and(|first| matches!(first, b' ' | b'\t')) {
            return Some(Damage::Indented { line: number });
        }
        let trimmed = line.trim_ascii_end();
        if let Some(column) = trimmed.iter().position(|byte| !is_base64(*byte)) {
            return Some(Damage::Character { line: number, column: column + 1 });
        }
    }
    None
}

/// Decodes a body whatever was done to its line ends and blanks.
fn decode_leniently(body: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(body).replace("\\n", "").replace("\\r", "");
    let kept: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if kept.is_empty() || !kept.len().is_multiple_of(4) { None } else { base64::decode_block(&kept).ok() }
}

/// Dashes may belong to one word only, so none is counted before `floor`.
fn dashes_before(text: &[u8], floor: usize, at: usize) -> usize {
    text[floor..at].iter().rev().take_while(|byte| **byte == b'-').count()
}

fn dashes_at(text: &[u8], at: usize) -> usize {
    text[at..].iter().take_while(|byte| **byte == b'-').count()
}

/// Base64 of base64 of base64 is enough.
const MOST_LAYERS: usize = 3;
/// `BEGIN` and the longest name, generously.
const LONGEST_HEADER: usize = 64;
/// Beyond so many nobody repairs by hand, and a file made to keep a reader busy ends here.
const MOST_UNREADABLE: usize = 16;
/// More than any bundle of authorities has.
const MOST_BLOCKS: usize = 1_000;
