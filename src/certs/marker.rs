//! Finds `BEGIN …` and `END …`, whatever became of the dashes, blanks and capitals around and inside.

use std::ops::Range;

/// One `BEGIN …` or `END …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// What it names, in its usual spelling.
    pub(super) label: &'static str,
    pub(super) is_begin: bool,
    /// From its first dash to its last.
    pub(super) span: Range<usize>,
}

/// All of them in `text` (ASCII), in their order.
pub(super) fn markers(text: &[u8]) -> Vec<Marker> {
    let mut found: Vec<Marker> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let Some(marker) = marker_at(text, at) else {
            at += 1;
            continue;
        };
        let floor = found.last().map_or(0, |last| last.span.end);
        let start = dashes_before(text, floor, marker.span.start);
        at = marker.span.end;
        found.push(Marker { span: start..marker.span.end, ..marker });
    }
    found
}

fn marker_at(text: &[u8], at: usize) -> Option<Marker> {
    let (is_begin, word) = match text[at] {
        b'B' | b'b' => (true, b"BEGIN".as_slice()),
        b'E' | b'e' => (false, b"END".as_slice()),
        _ => return None,
    };
    let end = same_letters(text, at, word)?;
    let (label, end) = LABELS.iter().find_map(|label| Some((*label, same_letters(text, end, label.as_bytes())?)))?;
    Some(Marker { label, is_begin, span: at..dashes_after(text, end) })
}

/// Where `word` ends when it stands at `at`; between its letters, and in front of them, a few other signs may stand.
fn same_letters(text: &[u8], at: usize, word: &[u8]) -> Option<usize> {
    let mut at = at;
    for letter in word.iter().filter(|letter| **letter != b' ') {
        let skipped = text[at..].iter().take(MOST_BETWEEN).take_while(|byte| is_between(**byte)).count();
        at += skipped;
        if !text.get(at)?.eq_ignore_ascii_case(letter) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// Blanks, and what stands for one in an address or a name.
const fn is_between(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'_' | b'+')
}

/// Dashes and the blanks among them; blanks behind the last dash do not belong.
fn dashes_after(text: &[u8], from: usize) -> usize {
    let mut end = from;
    for (number, byte) in text[from..].iter().enumerate() {
        match byte {
            b'-' => end = from + number + 1,
            b' ' | b'+' | b'_' => {}
            _ => break,
        }
    }
    end
}

fn dashes_before(text: &[u8], floor: usize, from: usize) -> usize {
    let mut start = from;
    for at in (floor..from).rev() {
        match text[at] {
            b'-' => start = at,
            b' ' | b'_' => {}
            _ => break,
        }
    }
    start
}

const MOST_BETWEEN: usize = 3;
/// The longer before those that they begin with.
const LABELS: [&str; 20] = [
    "CERTIFICATE REQUEST",
    "CERTIFICATE CHAIN",
    "CERTIFICATE",
    "TRUSTED CERTIFICATE",
    "X509 CERTIFICATE",
    "X509 CRL",
    "NEW CERTIFICATE REQUEST",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "DSA PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "PRIVATE KEY",
    "EC PARAMETERS",
    "RSA PUBLIC KEY",
    "PUBLIC KEY",
    "PKCS7",
    "PKCS12",
    "PKCS #7 SIGNED DATA",
    "CMS",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_found_however_they_are_written() {
        let table = [
            "-----BEGIN CERTIFICATE-----",
            "BEGIN CERTIFICATE",
            "---BEGIN CERTIFICATE---",
            "-----Begin Certificate-----",
            "-----BEGINCERTIFICATE-----",
            "-----BEGIN\nCERTIFICATE-----",
            "- - - - -BEGIN  CERTIFICATE- - - - -",
            "-----BEGIN+CERTIFICATE-----",
            "-----BEGIN_CERTIFICATE-----",
        ];
        for text in table {
            let found = markers(text.as_bytes());
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(
                (found[0].label, found[0].is_begin, found[0].span.clone()),
                ("CERTIFICATE", true, 0..text.len())
            );
        }
        let all = markers(b"x-----BEGIN RSA PRIVATE KEY-----AAA-----END RSA PRIVATE KEY-----");
        assert_eq!(
            all.iter().map(|one| (one.label, one.is_begin)).collect::<Vec<_>>(),
            [("RSA PRIVATE KEY", true), ("RSA PRIVATE KEY", false)]
        );
        assert!(markers(b"at the end of the certificates, begin again").is_empty());
    }
}
