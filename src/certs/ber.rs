//! From BER, in which Windows and Java write their stores, to DER: lengths that are left open get one, strings in pieces become one.

use super::der;

/// `bytes` in DER, as far as its structures go; `None` when they do not end where they say.
pub(super) fn to_der(bytes: &[u8]) -> Option<Vec<u8>> {
    let (element, rest) = read(bytes, DEEPEST)?;
    rest.iter().all(u8::is_ascii_whitespace).then_some(element)
}

/// The element at the start of `bytes`, in DER, and what follows it.
fn read(bytes: &[u8], depth: usize) -> Option<(Vec<u8>, &[u8])> {
    let depth = depth.checked_sub(1)?;
    let (tag, content, rest) = match bytes {
        [tag, 0x80, body @ ..] if tag & CONSTRUCTED != 0 => {
            let (children, rest) = until_end(body, depth)?;
            (*tag, children, rest)
        }
        _ => {
            let element = der::element(bytes)?;
            if element.tag & CONSTRUCTED == 0 {
                return Some((written(element.tag, element.content), element.rest));
            }
            let (mut left, mut children) = (element.content, Vec::new());
            while !left.is_empty() {
                let (child, rest) = read(left, depth)?;
                children.push(child);
                left = rest;
            }
            (element.tag, children, element.rest)
        }
    };
    if tag == der::OCTETS | CONSTRUCTED {
        return Some((written(der::OCTETS, &joined(&content)), rest));
    }
    let mut content = content;
    if let (der::SEQUENCE, Some(third)) = (tag, content.get_mut(2)) {
        close_locked(third);
    }
    Some((written(tag, &content.concat()), rest))
}

/// What is locked stands behind its kind and its algorithm, under a tag of its own in place of a string's; in pieces too.
fn close_locked(third: &mut Vec<u8>) {
    let Some(pieces) = der::expect(third, IMPLICIT | CONSTRUCTED) else { return };
    let pieces: Vec<_> = der::elements(pieces).collect();
    if !pieces.is_empty() && pieces.iter().all(|piece| piece.tag == der::OCTETS) {
        let content: Vec<u8> = pieces.iter().flat_map(|piece| piece.content.to_vec()).collect();
        *third = written(IMPLICIT, &content);
    }
}

fn joined(pieces: &[Vec<u8>]) -> Vec<u8> {
    pieces.iter().filter_map(|piece| der::element(piece)).flat_map(|piece| piece.content.to_vec()).collect()
}

/// The elements up to the mark of the end.
fn until_end(mut bytes: &[u8], depth: usize) -> Option<(Vec<Vec<u8>>, &[u8])> {
    let mut children = Vec::new();
    loop {
        if let [0, 0, rest @ ..] = bytes {
            return Some((children, rest));
        }
        let (child, rest) = read(bytes, depth)?;
        children.push(child);
        bytes = rest;
    }
}

fn written(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut element = vec![tag];
    if let Ok(short @ 0..=0x7F) = u8::try_from(length) {
        element.push(short);
    } else {
        let digits: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|digit| *digit == 0).collect();
        element.push(0x80 | u8::try_from(digits.len()).unwrap_or(0));
        element.extend(digits);
    }
    element.extend_from_slice(content);
    element
}

const CONSTRUCTED: u8 = 0x20;
/// `[0]`.
const IMPLICIT: u8 = 0x80;
/// A store has about ten layers.
const DEEPEST: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_lengths_and_pieces_are_closed_and_der_stays() {
        let ber = [0x30, 0x80, 0x24, 0x80, 4, 1, 7, 4, 2, 8, 9, 0, 0, 2, 1, 5, 0, 0];
        assert_eq!(to_der(&ber), Some(vec![0x30, 8, 4, 3, 7, 8, 9, 2, 1, 5]));
        let locked = [0x30, 0x80, 6, 1, 42, 0x30, 0, 0xA0, 0x80, 4, 1, 7, 4, 1, 8, 0, 0, 0, 0];
        assert_eq!(to_der(&locked), Some(vec![0x30, 9, 6, 1, 42, 0x30, 0, 0x80, 2, 7, 8]));
        let wrapped = [0x30, 0x80, 6, 1, 42, 0xA0, 0x80, 4, 1, 7, 0, 0, 0, 0];
        assert_eq!(to_der(&wrapped), Some(vec![0x30, 8, 6, 1, 42, 0xA0, 3, 4, 1, 7]));
        let der = [0x30, 5, 0x30, 3, 2, 1, 5];
        assert_eq!(to_der(&der).as_deref(), Some(&der[..]));
        assert_eq!(to_der(&ber[..ber.len() - 1]), None, "its end is missing");
        assert_eq!(to_der(&[0x30, 0x80].repeat(40)), None, "deeper than any store");
    }
}
