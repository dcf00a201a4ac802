//! Reads the blocks of a text as a person sees them, where the text as it stands is no PEM: out of a program's source, JSON,
//! YAML, XML, a mail, an address, a log, a hex dump, or with dashes, blanks and line ends that a word processor or a web form
//! has changed.

use std::ops::Range;

use super::{
    armour::{find, is_base64, line_of},
    block::Block,
    body::{Undressed, decode, digits_for, likely_digits, undress},
    damage::{Damage, inner_damage},
    der,
    dress::Dress,
    identify::{identify, label_of},
    item::Item,
    label::Label,
    marker::{Marker, markers},
    seen::{Seen, hex},
};

/// All blocks of `text` in their order; `again` reads a text that stood in it in base64.
pub(super) fn blocks(text: &[u8], again: &dyn Fn(&[u8]) -> Vec<Block>) -> Vec<Block> {
    let reader = Reader { text, seen: Seen::of(text), again };
    let mut found = reader.between_markers();
    if found.iter().all(|block| block.der().is_none() && !block.encrypted) {
        let bare = reader.without_markers();
        if !bare.is_empty() {
            return bare;
        }
        let hex = hex_block(text).into_iter().collect::<Vec<_>>();
        found.extend(if hex.is_empty() { hex_text(text, again) } else { hex });
    }
    found
}

struct Reader<'a> {
    text: &'a [u8],
    seen: Seen,
    again: &'a dyn Fn(&[u8]) -> Vec<Block>,
}

impl Reader<'_> {
    fn between_markers(&self) -> Vec<Block> {
        let markers = markers(&self.seen.text);
        let mut found = Vec::new();
        let mut behind = 0;
        for (number, marker) in markers.iter().enumerate() {
            let unreadable = found.iter().filter(|block: &&Block| block.der().is_none() && !block.encrypted).count();
            if unreadable >= MOST_UNREADABLE {
                break;
            }
            let next = markers.get(number + 1);
            if marker.is_begin {
                let end = next.filter(|next| !next.is_begin);
                let limit = next.map_or(self.seen.text.len(), |next| next.span.start);
                found.extend(self.block(marker, end, marker.span.end..limit));
                behind = end.map_or(limit, |end| end.span.end);
            } else if marker.span.start > behind {
                found.extend(self.headless(marker, behind..marker.span.start));
                behind = marker.span.end;
            }
        }
        found
    }

    fn block(&self, begin: &Marker, end: Option<&Marker>, body: Range<usize>) -> Option<Block> {
        let bytes = &self.seen.text[body.clone()];
        let label = Label::from_text(begin.label);
        let span = self.seen.place(&(begin.span.start..end.map_or(body.end, |end| end.span.end)));
        let line = line_of(self.text, span.start);
        if is_locked(bytes) {
            let mut block = Block::read(label, span, None, Some(Damage::Dressed));
            block.encrypted = true;
            block.dress.clone_from(&self.seen.dress);
            return Some(block);
        }
        let is_bare = |marker: &Marker| self.seen.text[marker.span.clone()].first() != Some(&b'-');
        let mut block = match undress(bytes, end.is_some(), |bytes| identify(bytes).is_some()) {
            Some(found) => self.read_block(label, span, found),
            // "Begin certificate …" in a sentence is no block.
            None if is_bare(begin) && !looks_encoded(bytes) => return None,
            None if end.is_none() => Block::read(label, span, None, Some(Damage::NoFooter)),
            None => Block::read(label, span, None, Some(self.inside(bytes, line))),
        };
        let dashes = |marker: &Marker| count_dashes(&self.seen.text[marker.span.clone()]);
        if dashes(begin) != DASHES || end.is_some_and(|end| dashes(end) != DASHES) {
            block.dress.insert(Dress::Dashes);
        }
        if end.is_none() && block.der().is_some() {
            block.dress.insert(Dress::NoFooter);
        }
        Some(block)
    }

    fn headless(&self, end: &Marker, body: Range<usize>) -> Option<Block> {
        let (start, found) = starts(&self.seen.text[body.clone()])
            .map(|start| body.start + start)
            .take(MOST_TRIES)
            .find_map(|start| {
                let bytes = &self.seen.text[start..body.end];
                undress(bytes, true, |bytes| identify(bytes).is_some()).map(|found| (start, found))
            })?;
        let span = self.seen.place(&(start..end.span.end));
        let mut block = self.read_block(Label::from_text(end.label), span, found);
        block.dress.insert(Dress::NoHeader);
        Some(block)
    }

    fn read_block(&self, label: Label, span: Range<usize>, found: Undressed) -> Block {
        let item = identify(&found.bytes).unwrap_or(Item::Unreadable);
        let (own, mut dress) = (label_of(&item), self.seen.dress.clone());
        dress.extend(found.dress);
        let is_same = own == label || (label == Label::TrustedCertificate && own == Label::Certificate);
        let is_own = matches!(label, Label::Other(_)) || is_same;
        if !is_own {
            dress.insert(Dress::OtherLabel);
        }
        let label = if is_same { label } else { own };
        let mut block = Block::read(label, span, Some(found.bytes.to_vec()), Some(Damage::Dressed));
        block.dress = dress;
        block
    }

    /// Base64 that stands alone, in XML or in JSON; base64 of a whole PEM file.
    fn without_markers(&self) -> Vec<Block> {
        let text = &self.seen.text;
        let mut found = Vec::new();
        let (mut behind, mut tries) = (0, 0);
        for start in starts(text) {
            if start < behind {
                continue;
            }
            tries += 1;
            if tries > MOST_TRIES + found.len() {
                break;
            }
            if text[start..].starts_with(PEM_IN_BASE64) {
                // The word alone, or with what follows it on other lines.
                let word = text[start..].iter().position(|byte| !is_base64(*byte)).unwrap_or(text.len() - start);
                let ends = [start + word, start + run(&text[start..])];
                let reads = ends.map(|end| (end, self.again(start..end)));
                let is_whole = |blocks: &[Block]| blocks.iter().any(|block| block.der().is_some());
                let best = reads.iter().position(|(_, blocks)| is_whole(blocks));
                let best = best.or_else(|| reads.iter().position(|(_, blocks)| !blocks.is_empty()));
                if let Some((end, blocks)) = best.and_then(|best| reads.into_iter().nth(best)) {
                    behind = end;
                    found.extend(blocks);
                }
            } else if let Some((end, block)) = self.bare(start) {
                behind = end;
                found.push(block);
            }
        }
        found
    }

    /// The structure whose base64 begins at `start`, and where it ends.
    fn bare(&self, start: usize) -> Option<(usize, Block)> {
        let text = &self.seen.text;
        // What follows is somebody else's, so the way through is looked for where its own length says that it ends.
        let wanted =
            digits_for(der::declared(&decode(text.get(start..start + HEAD)?)?).filter(|bytes| *bytes < LARGEST)?);
        let end = self.end_of(start, wanted)?;
        let body = &text[start..end];
        let found = undress(body, false, |bytes| identify(bytes).is_some());
        if let Some(found) = found {
            let mut block = self.read_block(Label::Other(String::new()), self.seen.place(&(start..end)), found);
            block.dress.insert(Dress::NoHeader);
            return Some((end, block));
        }
        // Nothing else in the file, and nothing can be made of it.
        let is_alone = text[..start].iter().chain(&text[end..]).all(|byte| !is_base64(*byte));
        let span = self.seen.place(&(start..end));
        let line = line_of(self.text, span.start).saturating_sub(1);
        let body = [b"\n", body].concat();
        is_alone.then(|| (end, Block::read(Label::Certificate, span, None, Some(self.inside(&body, line)))))
    }

    /// What is wrong inside; lines that were only written out are none of the file's.
    fn inside(&self, body: &[u8], line: usize) -> Damage {
        let has_lines =
            !self.seen.dress.iter().any(|dress| matches!(dress, Dress::Escapes | Dress::Percent | Dress::Markup));
        match inner_damage(body, line) {
            Damage::Lost { characters, .. } if !has_lines => Damage::Lost { characters, line: None },
            Damage::Surplus { characters, .. } if !has_lines => Damage::Surplus { characters, line: None },
            damage => damage,
        }
    }

    /// Behind `wanted` digits from `start` on and the padding that follows them, with margins between; or at the end.
    fn end_of(&self, start: usize, wanted: usize) -> Option<usize> {
        let text = &self.seen.text;
        let margin = wanted / 8 + SHORT_MARGIN;
        let mut digits = 0;
        let mut end = start;
        for (at, byte) in text.iter().enumerate().skip(start) {
            if is_base64(*byte) && *byte != b'=' {
                digits += 1;
            }
            end = at + 1;
            let is_over = digits >= wanted && text.get(at + 1) != Some(&b'=');
            // Numbers in front of lines are digits too: then more of them are needed.
            if is_over && (self.is_plain(start..end) || digits >= wanted + margin) {
                return Some(end);
            }
        }
        (end > start).then_some(end)
    }

    fn is_plain(&self, place: Range<usize>) -> bool {
        self.seen.text[place].iter().all(|byte| is_base64(*byte) || byte.is_ascii_whitespace() || is_joint(*byte))
    }

    /// A whole file in base64, as Kubernetes keeps it.
    fn again(&self, place: Range<usize>) -> Vec<Block> {
        let digits: Vec<u8> = self.seen.text[place.clone()].iter().copied().filter(|byte| is_base64(*byte)).collect();
        let Some(inner) = decode(&digits) else { return Vec::new() };
        let span = self.seen.place(&place);
        let mut blocks = (self.again)(&inner);
        for block in &mut blocks {
            block.span = span.clone();
            block.damage = block.damage.or(Some(Damage::Dressed));
            block.dress.insert(Dress::Twice);
        }
        blocks
    }
}

/// `Proc-Type: 4,ENCRYPTED`, however it is written.
fn is_locked(body: &[u8]) -> bool {
    find(body, b"DEK-Info", 0).is_some() || find(body, b"4,ENCRYPTED", 0).is_some()
}

fn looks_encoded(body: &[u8]) -> bool {
    likely_digits(body).starts_with(b"MI")
}

fn count_dashes(marker: &[u8]) -> (usize, usize) {
    let count = |byte: &&u8| **byte == b'-';
    (marker.iter().take_while(count).count(), marker.iter().rev().take_while(count).count())
}

/// Where a structure may begin: `MI` is a sequence with a long length, `LS0tLS1CRUdJTi` is `-----BEGIN`.
fn starts(text: &[u8]) -> impl Iterator<Item = usize> {
    let is_start = |at: usize| {
        let rest = &text[at..];
        let is_sequence = matches!(rest, [b'M', b'I', b'A' | b'C'..=b'I', ..]);
        (is_sequence || rest.starts_with(PEM_IN_BASE64))
            && (at == 0 || !is_base64(text[at - 1]) || text[at - 1] == b'=')
    };
    (0..text.len()).filter(move |at| is_start(*at))
}

/// Base64 and blanks up to the first other character.
fn run(text: &[u8]) -> usize {
    text.iter().position(|byte| !is_base64(*byte) && !byte.is_ascii_whitespace()).unwrap_or(text.len())
}

const fn is_joint(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b',' | b';')
}

/// Bytes in hex: `30 82 03 …`, `0x30, 0x82`, `30:82`, `\x30\x82`, or a dump with places in front and characters behind.
fn hex_block(text: &[u8]) -> Option<Block> {
    let dump = || text.split(|byte| *byte == b'\n').flat_map(dumped).collect::<Vec<u8>>();
    let bytes = [hex_bytes(text), hex_bytes(&dump())].into_iter().find_map(|bytes| {
        let start = bytes.windows(2).position(|pair| matches!(pair, [der::SEQUENCE, 0x81..=0x83]))?;
        let whole = der::first(&bytes[start..])?;
        (whole.len() >= SMALLEST).then(|| whole.to_vec())
    })?;
    let item = identify(&bytes)?;
    let mut block = Block::read(label_of(&item), 0..text.len(), Some(bytes), Some(Damage::Dressed));
    block.dress.insert(Dress::Hex);
    Some(block)
}

/// A PEM file whose characters are written in hex, as `xxd -i` makes it for a program.
fn hex_text(text: &[u8], again: &dyn Fn(&[u8]) -> Vec<Block>) -> Vec<Block> {
    let bytes = hex_bytes(text);
    if find(&bytes, b"-----BEGIN", 0).is_none() {
        return Vec::new();
    }
    let mut blocks = again(&bytes);
    for block in &mut blocks {
        block.span = 0..text.len();
        block.damage = block.damage.or(Some(Damage::Dressed));
        block.dress.insert(Dress::Hex);
    }
    blocks
}

/// The pairs of hex digits in `text`, whatever separates them; a word that is none begins anew.
fn hex_bytes(text: &[u8]) -> Vec<u8> {
    let (mut longest, mut bytes) = (Vec::new(), Vec::new());
    for word in text.split(|byte| !byte.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let digits = word.strip_prefix(b"0x").or_else(|| word.strip_prefix(b"0X")).or_else(|| word.strip_prefix(b"x"));
        let digits = digits.unwrap_or(word);
        let pairs: Option<Vec<u8>> =
            digits.chunks(2).map(|pair| Some(hex(*pair.first()?)? << 4 | hex(*pair.get(1)?)?)).collect();
        if let Some(pairs) = pairs {
            bytes.extend(pairs);
            continue;
        }
        if bytes.len() > longest.len() {
            std::mem::swap(&mut longest, &mut bytes);
        }
        bytes.clear();
    }
    if bytes.len() > longest.len() { bytes } else { longest }
}

/// The middle of `00000010: 3082 0327 …  0..'` or `00000010  30 82 …  |0..'|`.
fn dumped(line: &[u8]) -> Vec<u8> {
    let line = line.trim_ascii();
    let place = line.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let behind = line[place..].strip_prefix(b":").unwrap_or(&line[place..]);
    let mut kept: Vec<u8> = Vec::new();
    let mut count = 0;
    for word in behind.split(|byte| *byte == b' ').filter(|word| !word.is_empty()) {
        if count >= DUMPED_BYTES || !word.iter().all(u8::is_ascii_hexdigit) || !word.len().is_multiple_of(2) {
            break;
        }
        count += word.len() / 2;
        kept.extend_from_slice(word);
        kept.push(b' ');
    }
    kept
}

/// Beyond so many a file was made to keep a reader busy.
const MOST_UNREADABLE: usize = 16;
/// In bytes; larger than any bundle.
const LARGEST: usize = 1 << 18;
/// Places at which a structure seemed to begin, in vain.
const MOST_TRIES: usize = 32;
const PEM_IN_BASE64: &[u8] = b"LS0tLS1CRUdJTi";
const DASHES: (usize, usize) = (5, 5);
/// Digits in which the length of a structure stands.
const HEAD: usize = 8;
const SHORT_MARGIN: usize = 16;
/// The smallest structure of interest: a key of an elliptic curve.
const SMALLEST: usize = 64;
const DUMPED_BYTES: usize = 16;
