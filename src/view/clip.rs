//! Cutting what came from elsewhere to a length that can be drawn: the work of a frame never follows the length of a line.

use crate::payload::visible_line;

/// The beginning of `text`, at most `limit` bytes of it, and how many bytes are left out.
pub fn clip(text: &str, limit: usize) -> (&str, usize) {
    if text.len() <= limit {
        return (text, 0);
    }
    let end = text.floor_char_boundary(limit);
    (&text[..end], text.len() - end)
}

/// As [`clip`], with a word about what is left out.
pub fn clipped(text: &str, limit: usize) -> std::borrow::Cow<'_, str> {
    match clip(text, limit) {
        (whole, 0) => whole.into(),
        (start, more) => format!("{start}… +{more} B").into(),
    }
}

/// A sentence that may hold something from elsewhere (a line of the modem, a name of the system): cut to a length that
/// can be drawn, with tokens for what would act or not be seen.
pub fn sentence(text: &str) -> String {
    visible_line(&clipped(text, SENTENCE))
}

/// Bytes of one row of the terminal that are drawn: more than the widest window shows.
pub const ROW: usize = 600;
/// Bytes of a sentence that are drawn.
pub const SENTENCE: usize = 1_200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_never_splits_a_character() {
        assert_eq!(clip("温度", 4), ("温", 3));
        assert_eq!(clip("abc", 3), ("abc", 0));
        assert_eq!(sentence("a\u{202E}b\u{1b}[2J"), "a<U+202E>b<1B>[2J");
        assert_eq!(clipped(&"x".repeat(10), 4), "xxxx… +6 B");
    }
}
