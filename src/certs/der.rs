//! Just enough DER to tell structures apart and to find an extension.

/// One element: its tag, its content and what follows it.
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) content: &'a [u8],
    pub(super) rest: &'a [u8],
}

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const OBJECT: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;

/// Reads the element at the start of `bytes`.
pub(super) fn element(bytes: &[u8]) -> Option<Element<'_>> {
    let [tag, first, rest @ ..] = bytes else { return None };
    let (length, rest) = match first {
        0..=0x7F => (usize::from(*first), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some(Element { tag: *tag, content, rest })
}

/// How long the element at the start says it is, header and all, whether or not so many bytes are there.
pub(super) fn declared(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [_, length @ 0..=0x7F, ..] => Some(2 + usize::from(*length)),
        [_, form @ 0x81..=0x83, rest @ ..] => {
            let digits = rest.get(..usize::from(form & 0x7F))?;
            Some(2 + digits.len() + digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)))
        }
        _ => None,
    }
}

/// The element at the start of `bytes`, header and all.
pub(super) fn first(bytes: &[u8]) -> Option<&[u8]> {
    let element = element(bytes)?;
    Some(&bytes[..bytes.len() - element.rest.len()])
}

/// The content of the element at the start of `bytes`, if it has this tag.
pub(super) fn expect(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    element(bytes).filter(|element| element.tag == tag).map(|element| element.content)
}

/// All elements one after the other.
pub(super) fn elements(mut bytes: &[u8]) -> impl Iterator<Item = Element<'_>> {
    std::iter::from_fn(move || {
        let element = element(bytes)?;
        bytes = element.rest;
        Some(element)
    })
}

/// One extension of a certificate.
pub(super) struct Extension<'a> {
    pub(super) oid: &'a [u8],
    /// Whether who does not know it must refuse the certificate.
    pub(super) is_critical: bool,
    pub(super) value: &'a [u8],
}

/// The extensions of a certificate, in their order.
pub(super) fn extensions(certificate: &[u8]) -> impl Iterator<Item = Extension<'_>> {
    const EXTENSIONS: u8 = 0xA3;
    let list = || {
        let signed_part = expect(expect(certificate, SEQUENCE)?, SEQUENCE)?;
        expect(elements(signed_part).find(|element| element.tag == EXTENSIONS)?.content, SEQUENCE)
    };
    elements(list().unwrap_or_default()).filter_map(|one| {
        let find = |tag| elements(one.content).find(|element| element.tag == tag).map(|element| element.content);
        let is_critical = find(BOOLEAN).is_some_and(|flag| flag != [0]);
        Some(Extension { oid: expect(one.content, OBJECT)?, is_critical, value: find(OCTETS)? })
    })
}

/// The value of a certificate's extension with this object identifier.
pub(super) fn extension<'a>(certificate: &'a [u8], oid: &[u8]) -> Option<&'a [u8]> {
    extensions(certificate).find(|extension| extension.oid == oid).map(|extension| extension.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_lengths_are_read_and_lies_refused() {
        assert_eq!(expect(&[2, 1, 5, 9], INTEGER), Some(&[5][..]));
        let mut long = vec![4, 0x82, 1, 0];
        long.resize(4 + 256, 7);
        assert_eq!(expect(&long, OCTETS).map(<[u8]>::len), Some(256));
        assert!(element(&[4, 5, 1]).is_none());
        assert!(element(&[4, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]).is_none());
        assert!(element(&[4, 0x80]).is_none());
        assert_eq!((declared(&[0x30, 0x82, 1, 0]), declared(&[0x30, 3])), (Some(260), Some(5)));
        assert_eq!((declared(&[0x30, 0x80, 1]), declared(&[0x30, 0x82, 1])), (None, None));
    }
}
