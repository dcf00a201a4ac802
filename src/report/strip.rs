//! What happened over time, as a picture that any browser draws without script: times that were good or bad, marks, and a curve
//! below on the same axis.

use std::fmt::Write;

use crate::lang::Text;

use super::markup::escaped;

/// A picture over time.
#[derive(Clone, Debug, Default)]
pub struct Strip {
    /// What it shows.
    pub words: Text,
    /// How long it is, in seconds.
    pub seconds: f64,
    /// How things stood, in order of time.
    pub stretches: Vec<Stretch>,
    /// Moments, in seconds since its begin.
    pub marks: Vec<f64>,
    /// Values in order of time, each with its seconds since the begin; none breaks the curve.
    pub curve: Vec<(f64, Option<f64>)>,
    /// The lower and the upper end of the values.
    pub range: (f64, f64),
    /// Words on the axis, each with its seconds since the begin.
    pub ticks: Vec<(f64, String)>,
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Good.
    Good,
    /// Bad.
    Bad,
    /// Neither.
    Open,
}

/// A time for which things stood in one way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Its begin, in seconds since that of the picture.
    pub from: f64,
    /// Its end.
    pub to: f64,
    /// How things stood.
    pub mark: Mark,
}

impl Strip {
    /// The picture as one element of a page.
    pub(super) fn svg(&self) -> String {
        let height = if self.curve.is_empty() { LANE_END + AXIS } else { CURVE_END + AXIS };
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\" role=\"img\">\n"
        );
        self.axis(&mut out, height - AXIS);
        self.lane(&mut out);
        for at in spaced(&self.marks, |at| self.x(*at)) {
            let x = self.x(*at);
            let _ = writeln!(out, "<line class=\"mark\" x1=\"{x:.1}\" y1=\"2\" x2=\"{x:.1}\" y2=\"{LANE_END}\"/>");
        }
        self.curve(&mut out);
        out.push_str("</svg>\n");
        out
    }

    fn x(&self, at: f64) -> f64 {
        LEFT + (at / self.seconds.max(f64::MIN_POSITIVE)).clamp(0.0, 1.0) * (WIDTH - LEFT)
    }

    fn axis(&self, out: &mut String, bottom: f64) {
        for (at, words) in &self.ticks {
            let x = self.x(*at);
            let _ = writeln!(out, "<line class=\"grid\" x1=\"{x:.1}\" y1=\"0\" x2=\"{x:.1}\" y2=\"{bottom}\"/>");
            let anchor = if x > WIDTH - 60.0 { "end" } else { "middle" };
            let y = bottom + AXIS - 5.0;
            let words = escaped(words);
            let _ = writeln!(out, "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"{anchor}\">{words}</text>");
        }
    }

    /// The bad times stand above all others and are never narrower than a hair.
    fn lane(&self, out: &mut String) {
        for is_bad in [false, true] {
            let wanted: Vec<&Stretch> = self.stretches.iter().filter(|one| (one.mark == Mark::Bad) == is_bad).collect();
            for one in spaced(&wanted, |one| self.x(one.to)) {
                let (class, top) = match one.mark {
                    Mark::Good => ("good", LANE_TOP + 16.0),
                    Mark::Bad => ("bad", LANE_TOP),
                    Mark::Open => ("open", LANE_TOP + 24.0),
                };
                let (x, width) = (self.x(one.from), (self.x(one.to) - self.x(one.from)).max(1.0));
                let height = LANE_END - top;
                let _ = writeln!(
                    out,
                    "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{top}\" width=\"{width:.1}\" height=\"{height}\"/>"
                );
            }
        }
    }

    fn curve(&self, out: &mut String) {
        if self.curve.is_empty() {
            return;
        }
        let (low, high) = self.range;
        let y = |value: f64| {
            CURVE_END - ((value - low) / (high - low).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0) * (CURVE_END - CURVE_TOP)
        };
        for value in [low, high] {
            let at = y(value);
            let words = format!("{value:.0}").replace('-', "−");
            let _ = writeln!(out, "<line class=\"grid\" x1=\"{LEFT}\" y1=\"{at:.1}\" x2=\"{WIDTH}\" y2=\"{at:.1}\"/>");
            let _ =
                writeln!(out, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{words}</text>", LEFT - 4.0, at + 4.0);
        }
        for piece in self.curve.split(|(_, value)| value.is_none()).filter(|piece| !piece.is_empty()) {
            let values: Vec<(f64, f64)> =
                piece.iter().filter_map(|(at, value)| Some((self.x(*at), y((*value)?)))).collect();
            let points: Vec<String> = thinned(&values).iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
            let _ = writeln!(out, "<polyline class=\"curve\" points=\"{}\"/>", points.join(" "));
        }
    }
}

/// Of things that would lie on the same point the first.
fn spaced<T>(all: &[T], x: impl Fn(&T) -> f64) -> impl Iterator<Item = &T> {
    let mut last = f64::NEG_INFINITY;
    all.iter().filter(move |one| {
        let here = x(one);
        let is_seen = here - last >= 0.5;
        last = if is_seen { here } else { last };
        is_seen
    })
}

/// The lowest and the highest of each point of width.
fn thinned(values: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for column in values.chunk_by(|one, other| one.0.floor().total_cmp(&other.0.floor()).is_eq()) {
        let lowest = column.iter().copied().min_by(|one, other| one.1.total_cmp(&other.1));
        let highest = column.iter().copied().max_by(|one, other| one.1.total_cmp(&other.1));
        let mut both: Vec<_> = lowest.into_iter().chain(highest.filter(|high| Some(*high) != lowest)).collect();
        both.sort_by(|one, other| one.0.total_cmp(&other.0));
        kept.extend(both);
    }
    kept
}

const WIDTH: f64 = 960.0;
/// What stands at the left: the values of the curve.
const LEFT: f64 = 40.0;
const LANE_TOP: f64 = 8.0;
const LANE_END: f64 = 40.0;
const CURVE_TOP: f64 = 52.0;
const CURVE_END: f64 = 140.0;
const AXIS: f64 = 22.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_of_seconds_are_a_small_picture_with_all_that_is_bad() {
        let stretch = |n: u32| Stretch {
            from: f64::from(n),
            to: f64::from(n) + 1.0,
            mark: if n == 70_000 {
                Mark::Bad
            } else if n.is_multiple_of(2) {
                Mark::Good
            } else {
                Mark::Open
            },
        };
        let picture = Strip {
            seconds: 144_000.0,
            stretches: (0..144_000).map(stretch).collect(),
            marks: vec![70_000.0, 70_000.2],
            curve: (0..144_000_u32).map(|n| (f64::from(n), (n % 1_000 != 0).then_some(-70.0))).collect(),
            range: (-113.0, -51.0),
            ticks: vec![(0.0, "08:00".to_owned())],
            ..Strip::default()
        };
        let svg = picture.svg();
        assert!(svg.len() < 400_000, "{}", svg.len());
        assert_eq!((svg.matches("class=\"bad\"").count(), svg.matches("class=\"mark\"").count()), (1, 1));
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n") && svg.contains("−113"));
    }
}
