//! A picture of times as it stands in a page: drawn in the page itself, without a file beside it.

use std::fmt::Write;

use super::page::Picture;

/// `picture` as an SVG element; `names` are the words of its series.
pub(super) fn svg(picture: &Picture, names: &[String]) -> String {
    let highest =
        picture.series.iter().flat_map(|series| &series.points).map(|(_, height)| *height).fold(1.0, f64::max);
    let top = rounded_up(highest);
    let span = picture.span_seconds.max(1e-9);
    let x = |seconds: f64| LEFT + seconds / span * (WIDTH - LEFT - RIGHT);
    let y = |millis: f64| BOTTOM - millis / top * (BOTTOM - TOP);
    let mut out = format!("<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\">\n");
    for step in 0..=4_u32 {
        let millis = top * f64::from(step) / 4.0;
        let _ = writeln!(
            out,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{millis:.0} ms</text>",
            WIDTH - RIGHT,
            y(millis),
            y(millis),
            LEFT - 6.0,
            y(millis) + 4.0
        );
    }
    let _ = writeln!(out, "<text x=\"{LEFT}\" y=\"{:.1}\">0 s</text>", BOTTOM + 18.0);
    let _ = writeln!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{:.0} s</text>",
        WIDTH - RIGHT,
        BOTTOM + 18.0,
        picture.span_seconds
    );
    for (place, series) in picture.series.iter().enumerate().filter(|(_, series)| !series.points.is_empty()) {
        let class = CLASSES[place % CLASSES.len()];
        let every = series.points.len().div_ceil(MOST_POINTS).max(1);
        for points in series.points.chunks(every) {
            // Of very many that stand close the longest is what counts.
            let Some((at, height)) = points.iter().max_by(|one, other| one.1.total_cmp(&other.1)) else { continue };
            let _ =
                writeln!(out, "<circle class=\"{class}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"2.5\"/>", x(*at), y(*height));
        }
        #[expect(clippy::cast_precision_loss, reason = "there are few series")]
        let left = LEFT + 220.0 * place as f64;
        let name = names.get(place).map_or("", String::as_str);
        let _ = writeln!(
            out,
            "<circle class=\"{class}\" cx=\"{:.1}\" cy=\"10\" r=\"4\"/><text x=\"{:.1}\" y=\"14\">{name}</text>",
            left + 4.0,
            left + 14.0
        );
    }
    out.push_str("</svg>\n");
    out
}

/// The next 1, 2 or 5 with zeros.
fn rounded_up(value: f64) -> f64 {
    let power = 10_f64.powf(value.log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|step| step * power).find(|round| *round >= value).unwrap_or(10.0 * power)
}

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 230.0;
const MOST_POINTS: usize = 1_000;
/// How the marks of each series look, in the style of the page.
const CLASSES: [&str; 2] = ["first", "second"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_at_a_round_time() {
        let table = [(0.7, 1.0), (1.0, 1.0), (12.0, 20.0), (49.0, 50.0), (51.0, 100.0), (730.0, 1_000.0)];
        for (most, end) in table {
            assert!((rounded_up(most) - end).abs() < 1e-9, "{most}");
        }
    }
}
