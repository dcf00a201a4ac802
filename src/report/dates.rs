//! Spans of time as bars against a moment: a picture that needs no script.

use std::fmt::Write;

use super::{markup::escaped, page::Span};

/// The bars below each other, and the moment as a line through all of them.
pub(super) fn svg(spans: &[Span], now: i64) -> String {
    let begin = spans.iter().map(|span| span.from).chain([now]).min().unwrap_or(now);
    let end = spans.iter().map(|span| span.to).chain([now]).max().unwrap_or(now);
    let place = |at: i64| {
        let (part, whole) = (at.saturating_sub(begin), end.saturating_sub(begin).max(1));
        MARGIN + i64::try_from(i128::from(WIDTH - 2 * MARGIN) * i128::from(part) / i128::from(whole)).unwrap_or(0)
    };
    let rows = i64::try_from(spans.len()).unwrap_or(0);
    let height = rows * ROW + MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\">\n"
    );
    for (row, span) in (0..).zip(spans) {
        let (left, right, top) = (place(span.from), place(span.to), row * ROW);
        let class = if span.holds(now) { "good" } else { "bad" };
        let _ = writeln!(
            out,
            "<text x=\"{MARGIN}\" y=\"{}\">{} \u{b7} {}</text><rect class=\"{class}\" x=\"{left}\" y=\"{}\" width=\"{}\" height=\"{BAR}\" rx=\"3\" fill=\"currentColor\"/>",
            top + TEXT,
            escaped(&span.name),
            escaped(&span.said),
            top + TEXT + GAP,
            (right - left).max(2),
        );
    }
    let line = place(now);
    let _ = writeln!(
        out,
        "<line x1=\"{line}\" y1=\"0\" x2=\"{line}\" y2=\"{}\" stroke=\"currentColor\" stroke-dasharray=\"4 3\"/>\n</svg>",
        rows * ROW
    );
    out
}

const WIDTH: i64 = 860;
const MARGIN: i64 = 8;
const ROW: i64 = 38;
const TEXT: i64 = 12;
const GAP: i64 = 5;
const BAR: i64 = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_that_is_over_is_bad_and_all_lie_within_the_picture() {
        let span = |name: &str, from, to| Span { name: name.to_owned(), from, to, said: "x".to_owned() };
        let spans = [span("root", 0, i64::MAX), span("<leaf>", i64::MIN, 50)];
        let out = svg(&spans, 100);
        assert!(
            out.contains("class=\"good\"") && out.contains("class=\"bad\"") && out.contains("&lt;leaf&gt;"),
            "{out}"
        );
        roxmltree::Document::parse(&out).expect("well formed");
    }
}
