//! The recording that a report carries, taken out of its page again.

use super::{markup::unescape, page::Recording};

/// Whether a file that begins so is a report of this program.
pub fn is_report(beginning: &[u8]) -> bool {
    let beginning = beginning.get(..LOOKED_AT).unwrap_or(beginning);
    memchr::memmem::find(beginning, MAGIC.as_bytes()).is_some()
}

/// What a report carries, one recording a port; none when it was too long to be carried.
pub fn recordings(page: &str) -> Vec<Recording> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find(BEGIN) {
        let Some((tag, after)) = rest[at + BEGIN.len()..].split_once('>') else { break };
        let Some((body, after)) = after.split_once("</pre>") else { break };
        found.push(Recording { device: attribute(tag).map(unescape), trace: unescape(body.trim_start_matches('\n')) });
        rest = after;
    }
    found
}

fn attribute(tag: &str) -> Option<&str> {
    let (_, value) = tag.split_once("data-port=\"")?;
    value.split_once('"').map(|(value, _)| value)
}

/// Shows a page to be a report.
pub(super) const MAGIC: &str = "<meta name=\"generator\" content=\"air780e report 1\"/>";
/// Begins the recording of one port.
pub(super) const BEGIN: &str = "<pre class=\"recording\"";
/// The mark of a report stands near the beginning of its page.
const LOOKED_AT: usize = 4_096;
