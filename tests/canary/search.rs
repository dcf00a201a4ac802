//! Looks for secrets in what a face shows, in every form in which they might get there.

use std::fmt::Write;

/// Secrets to look for.
pub(crate) struct Canaries(Vec<(String, Vec<u8>)>);

impl Canaries {
    /// Those of `secrets`, each by its name.
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut forms = Vec::new();
        for (name, secret) in secrets {
            for (form, bytes) in self::forms(secret) {
                forms.push((format!("{name} as {form}"), bytes));
            }
        }
        Self(forms)
    }

    /// How many forms are looked for.
    pub(crate) fn forms(&self) -> usize {
        self.0.len()
    }

    /// What of them `shown` holds.
    pub(crate) fn found_in(&self, shown: &[u8]) -> Vec<&str> {
        let joined = joined(shown);
        let is_in = |bytes: &[u8]| [shown, &joined].iter().any(|text| memchr::memmem::find(text, bytes).is_some());
        self.0.iter().filter(|(_, bytes)| is_in(bytes)).map(|(name, _)| name.as_str()).collect()
    }
}

/// The forms of one secret.
fn forms(secret: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let digits = |separator: &str, upper: bool| {
        let pair = |byte: &u8| if upper { format!("{byte:02X}") } else { format!("{byte:02x}") };
        secret.iter().map(pair).collect::<Vec<_>>().join(separator).into_bytes()
    };
    let text = String::from_utf8_lossy(secret).into_owned();
    let json = serde_json::to_string(&text).expect("a text");
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<_>>();
    let mut url = String::new();
    for byte in secret {
        let _ = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                write!(url, "{}", char::from(*byte))
            }
            _ => write!(url, "%{byte:02X}"),
        };
    }
    let mut forms = vec![
        ("it is", secret.to_vec()),
        ("hex", digits("", false)),
        ("HEX", digits("", true)),
        ("hex pairs", digits(" ", true)),
        ("an URL", url.into_bytes()),
        ("JSON", json.trim_matches('"').as_bytes().to_vec()),
        ("an AT value", text.replace('\\', "\\5C").replace('"', "\\22").into_bytes()),
        ("UTF-16, little end", wide(u16::to_le_bytes)),
        ("UTF-16, big end", wide(u16::to_be_bytes)),
    ];
    for (offset, name) in ["base64", "base64 from the second", "base64 from the third"].into_iter().enumerate() {
        let shifted = [&b"\0\0"[..offset], secret].concat();
        let coded = openssl::base64::encode_block(&shifted).into_bytes();
        // What the neighbours decide is left out.
        let start = [0, 2, 3][offset];
        let end = coded.len() - [0, 4, 4][shifted.len() % 3].min(coded.len() - start);
        forms.push((name, coded[start..end].to_vec()));
    }
    forms.sort_by(|one, other| one.1.cmp(&other.1));
    forms.dedup_by(|one, other| one.1 == other.1);
    forms
}

/// `shown` without line ends, the frame of a trace and the reports that may have cut a secret in two.
fn joined(shown: &[u8]) -> Vec<u8> {
    let mut text = shown.to_vec();
    for stranger in [SENTENCE.trim_end(), REPORT.trim(), "\\r", "\\n", "\r", "\n", "\0"] {
        let mut left = Vec::with_capacity(text.len());
        let mut at = 0;
        for start in memchr::memmem::find_iter(&text, stranger.as_bytes()) {
            left.extend_from_slice(&text[at..start]);
            at = start + stranger.len();
        }
        left.extend_from_slice(&text[at..]);
        text = left;
    }
    text
}

/// What may cut a line in two.
pub(crate) const REPORT: &str = "\r\n+CGEV: NW MODIFY 1\r\n";
/// What may stand between two lines.
pub(crate) const SENTENCE: &str = "$GNRMC,024512.000,A,3112.3456,N,12123.4567,E,0.02,0.00,290626,,,A*7B\r\n";

#[test]
fn a_planted_leak_is_found_in_every_form() {
    let secret = b"qV7\"x\\canary\xc3\xa9-0815";
    let canaries = Canaries::new([("planted", &secret[..])]);
    assert!(canaries.forms() >= 11, "{}", canaries.forms());
    assert_eq!(canaries.found_in(b"nothing of it"), Vec::<&str>::new());
    for (form, bytes) in forms(secret) {
        let shown = [b"before ", &bytes[..], b" behind"].concat();
        assert!(!canaries.found_in(&shown).is_empty(), "{form}");
    }
    for offset in 0..3 {
        let coded = openssl::base64::encode_block(&[&b"ab"[..offset % 3], secret, b"and more"].concat());
        assert!(!canaries.found_in(coded.as_bytes()).is_empty(), "base64 at {offset}");
    }
    for cut in ["\n", "\r\n", "\\r\\n", REPORT, SENTENCE] {
        let (first, rest) = secret.split_at(6);
        let shown = [first, cut.as_bytes(), rest].concat();
        assert!(!canaries.found_in(&shown).is_empty(), "cut by {cut:?}");
    }
}
