//! A repair before it is made: what changes, the sizes, and the first lines before and after.

use crate::{
    certs::{ModuleVerdict, RepairKind},
    lang::Text,
    view::{files::LocalFile, messages::grouped},
};

/// What a repair would do, or has done in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairView {
    /// What changes, in order.
    pub changes: Vec<Text>,
    /// Sizes before and after.
    pub sizes: Text,
    /// The first lines before, line ends visible; of a secret only its header lines.
    pub before: Vec<String>,
    /// The same lines after.
    pub after: Vec<String>,
    /// Whether the repaired bytes are used already, from memory.
    pub is_in_memory: bool,
    /// Whether the file works as it is, and the repair merely gives it a more usual form.
    pub is_minor: bool,
}

/// The repair of `file`, when there is one.
pub(super) fn view(file: &LocalFile) -> Option<RepairView> {
    let repair = &file.repair;
    if repair.kinds.is_empty() {
        return None;
    }
    let is_secret = file.contents.is_secret();
    Some(RepairView {
        changes: repair.kinds.iter().map(|kind| Text::new(key(*kind))).collect(),
        sizes: Text::new("repair-sizes")
            .with("before", grouped(repair.size_before as u64))
            .with("after", grouped(repair.bytes.len() as u64)),
        before: lines(&file.original, is_secret),
        after: lines(&repair.bytes, is_secret),
        is_in_memory: file.is_repaired,
        is_minor: repair.kinds == [RepairKind::ToPkcs1] && file.verdict == ModuleVerdict::Takes,
    })
}

const fn key(kind: RepairKind) -> &'static str {
    match kind {
        RepairKind::PlainText => "repair-plain-text",
        RepairKind::ToPem => "repair-to-pem",
        RepairKind::OpenBundle => "repair-bundle",
        RepairKind::Rebuild => "repair-rebuild",
        RepairKind::StrayText => "repair-stray",
        RepairKind::LineFeeds => "repair-line-feeds",
        RepairKind::ToPkcs1 => "repair-pkcs1",
        RepairKind::ChainOrder => "repair-order",
    }
}

/// The first lines of `bytes` as a person would look at them in a byte view.
fn lines(bytes: &[u8], is_secret: bool) -> Vec<String> {
    let pieces = bytes.split_inclusive(|byte| *byte == b'\n');
    let is_shown = |line: &&[u8]| !is_secret || is_header(line);
    pieces.filter(is_shown).take(SHOWN_LINES).map(line_text).collect()
}

/// A line that is a PEM header or footer and nothing more.
fn is_header(line: &[u8]) -> bool {
    let text = String::from_utf8_lossy(line);
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let inner = text.strip_prefix("-----").and_then(|rest| rest.strip_suffix("-----"));
    inner.is_some_and(|inner| {
        (inner.starts_with("BEGIN ") || inner.starts_with("END "))
            && inner.len() < 40
            && inner.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == ' ')
    })
}

fn line_text(line: &[u8]) -> String {
    let mut text = String::new();
    for byte in line.iter().take(SHOWN_BYTES) {
        match byte {
            b'\r' => text.push_str("<CR>"),
            b'\n' => text.push_str("<LF>"),
            0x20..=0x7E => text.push(char::from(*byte)),
            _ => text.extend([format!("<{byte:02X}>")]),
        }
    }
    if line.len() > SHOWN_BYTES {
        text.push('…');
        text.push_str(match line {
            [.., b'\r', b'\n'] => "<CR><LF>",
            [.., b'\n'] => "<LF>",
            _ => "",
        });
    }
    text
}

const SHOWN_LINES: usize = 3;
const SHOWN_BYTES: usize = 36;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_visible_and_a_secret_shows_its_header_only() {
        let bytes = b"\xEF\xBB\xBF-----BEGIN PRIVATE KEY-----\r\nMIIEvQ\r\n-----END PRIVATE KEY-----";
        let all = lines(bytes, false);
        assert_eq!(all[0], "<EF><BB><BF>-----BEGIN PRIVATE KEY-----<CR><LF>");
        assert_eq!(all[1], "MIIEvQ<CR><LF>");
        let headers = lines(bytes, true);
        assert_eq!(headers.len(), 2);
        assert!(!headers.concat().contains("MII"));
        let joined = b"-----BEGIN PRIVATE KEY-----MIIEvQ-----END PRIVATE KEY-----";
        assert!(lines(joined, true).is_empty(), "a joined key has no line that is a header alone");
    }
}
