//! The beginning of a log, line by line, as often as somebody looks at it: no line of it is kept.

use std::borrow::Cow;

use super::{
    clean,
    encoding::{self, Runs},
    lines::{Cutter, SourceLine},
};

/// The beginning of a log.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample<'a> {
    bytes: &'a [u8],
    /// Text that may be UTF-8 or GB18030 is UTF-8.
    pub(super) prefers_utf8: bool,
    /// It holds entities of a web page.
    pub(super) has_entities: bool,
}

impl<'a> Sample<'a> {
    /// Looks at the encoding of `bytes`.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let mut runs = Runs::default();
        lines(bytes, |line| runs.note(line.bytes));
        let prefers_utf8 = runs.prefers_utf8();
        let mut has_entities = false;
        lines(bytes, |line| {
            has_entities = has_entities
                || (memchr::memchr(b'&', line.bytes).is_some()
                    && clean::has_entities(&encoding::text(&clean::controls(line.bytes), prefers_utf8)));
        });
        Self { bytes, prefers_utf8, has_entities }
    }

    /// Gives the text of each line to `take`.
    pub(super) fn each(&self, mut take: impl FnMut(&str)) {
        lines(self.bytes, |line| {
            let bytes = clean::controls(line.bytes);
            take(&shaped(encoding::text(&bytes, self.prefers_utf8), self.has_entities));
        });
    }
}

fn lines(bytes: &[u8], mut take: impl FnMut(SourceLine<'_>)) {
    let mut cutter = Cutter::default();
    cutter.push(bytes, &mut take);
    cutter.finish(&mut take);
}

/// `text` without what a web page or a clipboard puts around it.
pub(super) fn shaped(text: Cow<'_, str>, has_entities: bool) -> Cow<'_, str> {
    let text = if has_entities { Cow::Owned(clean::without_entities(&text)) } else { text };
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix(MARK).unwrap_or(text)),
        Cow::Owned(text) if text.starts_with(MARK) => Cow::Owned(text[MARK.len_utf8()..].to_owned()),
        Cow::Owned(text) => Cow::Owned(text),
    };
    match text {
        Cow::Borrowed(text) => clean::bare_colours(text),
        Cow::Owned(text) => match clean::bare_colours(&text) {
            Cow::Owned(shown) => Cow::Owned(shown),
            Cow::Borrowed(_) => Cow::Owned(text),
        },
    }
}

/// The mark of UTF-8 at the start of a piece that was put in.
const MARK: char = '\u{FEFF}';
