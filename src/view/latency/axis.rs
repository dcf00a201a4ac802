//! Marks and ends of the plot's axes: neither two labels nor twenty-six, never below zero, never beyond what was measured.

use std::time::Duration;

/// The distance of marks on the axis of times that things took, in milliseconds: 1, 2 or 5 times a power of ten, at least
/// `least`, at most `MOST_MARKS` of them over `span`.
pub fn value_step(span: f64, least: f64) -> f64 {
    let wanted = least.max(span / MOST_MARKS).max(1e-3);
    let power = 10_f64.powf(wanted.log10().floor());
    let rough = wanted / power;
    let factor = if rough <= 1.0 {
        1.0
    } else if rough <= 2.0 {
        2.0
    } else if rough <= 5.0 {
        5.0
    } else {
        10.0
    };
    factor * power
}

/// The distance of marks on the axis of time, in seconds: one that a clock has.
pub fn time_step(span: f64, least: f64) -> f64 {
    let wanted = least.max(span / MOST_MARKS);
    TIME_STEPS.into_iter().find(|step| *step >= wanted).unwrap_or_else(|| (wanted / DAY).ceil() * DAY)
}

/// The upper end of the axis over `points` within `from..=to`: the highest with a little air, or one millisecond.
pub fn top<'a>(points: impl IntoIterator<Item = &'a [f64; 2]>, (from, to): (f64, f64)) -> f64 {
    let seen = points.into_iter().filter(|[at, _]| (from..=to).contains(at));
    seen.map(|[_, height]| *height).fold(1.0, f64::max) * AIR
}

/// `took` in milliseconds.
pub(super) fn millis(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

/// The part `shown` of an axis made narrower `factor` times around `center`, which stays where it is.
pub fn zoomed(shown: (f64, f64), center: f64, factor: f64) -> (f64, f64) {
    let width = (shown.1 - shown.0) / factor.max(1e-6);
    let share = (center - shown.0) / (shown.1 - shown.0).max(f64::MIN_POSITIVE);
    let width = width.max(LEAST_SPAN);
    (center - share * width, center + (1.0 - share) * width)
}

/// The part `shown` of what was measured, moved and cut so that nothing beyond `all` (with a little air) is looked at;
/// `None` when it is within.
pub fn clamped(shown: (f64, f64), all: (f64, f64)) -> Option<(f64, f64)> {
    let air = (all.1 - all.0) * SIDE_AIR;
    let (first, last) = (all.0 - air, all.1 + air);
    let width = (shown.1 - shown.0).min(last - first);
    let from = shown.0.clamp(first, last - width);
    let inside = (from, from + width);
    let is_moved = (inside.0 - shown.0).abs() + (inside.1 - shown.1).abs() > width * 1e-6;
    is_moved.then_some(inside)
}

/// More marks than this would be a ruler.
const MOST_MARKS: f64 = 8.0;
const DAY: f64 = 86_400.0;
const TIME_STEPS: [f64; 24] = [
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0,
    1_800.0, 3_600.0, 7_200.0, 21_600.0, 43_200.0,
];
/// The narrowest part of an axis that can be looked at.
const LEAST_SPAN: f64 = 1e-3;
const AIR: f64 = 1.08;
const SIDE_AIR: f64 = 0.03;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_span_gets_some_marks_and_not_too_many() {
        for exponent in -10..=70 {
            let span = 10_f64.powf(f64::from(exponent) / 10.0);
            for step in [value_step(span, 0.0), time_step(span, 0.0)] {
                let marks = span / step;
                assert!((1.9..=8.001).contains(&marks) || step <= 0.001, "{marks} marks of {step} over {span}");
            }
            assert!(time_step(span, span / 3.0) >= span / 3.0, "labels keep the distance that they need");
        }
        let steps = [value_step(800.0, 0.0), value_step(26.0, 0.0), time_step(60.0, 0.0), time_step(450.0, 0.0)];
        for (step, expected) in steps.into_iter().zip([100.0, 5.0, 10.0, 60.0]) {
            assert!((step - expected).abs() < 1e-9, "{step} instead of {expected}");
        }
    }

    #[test]
    fn zooming_keeps_the_place_below_the_pointer() {
        let near = |(from, to): (f64, f64), wanted: (f64, f64)| {
            assert!((from - wanted.0).abs() < 1e-9 && (to - wanted.1).abs() < 1e-9, "{from}..{to}");
        };
        near(zoomed((0.0, 100.0), 25.0, 2.0), (12.5, 62.5));
        near(zoomed((12.5, 62.5), 25.0, 0.5), (0.0, 100.0));
        let (from, to) = zoomed((0.0, 1.0), 0.5, 1e12);
        assert!((to - from - LEAST_SPAN).abs() < 1e-9, "never to nothing: {from}..{to}");
    }

    #[test]
    fn what_is_looked_at_ends_where_the_measurements_end() {
        let all = (100.0, 200.0);
        assert_eq!(clamped((120.0, 150.0), all), None);
        let near = |found: Option<(f64, f64)>, from: f64, to: f64| {
            let (a, b) = found.expect("moved");
            assert!((a - from).abs() < 1e-9 && (b - to).abs() < 1e-9, "{a}..{b}");
        };
        near(clamped((0.0, 30.0), all), 97.0, 127.0);
        near(clamped((190.0, 290.0), all), 103.0, 203.0);
        near(clamped((-1_000.0, 1_000.0), all), 97.0, 203.0);
    }

    #[test]
    fn the_upper_end_is_that_of_the_points_in_sight() {
        let points = [[0.0, 10.0], [5.0, 900.0], [9.0, 20.0]];
        assert!((top(&points, (0.0, 9.0)) - 972.0).abs() < 1e-9);
        assert!((top(&points, (6.0, 9.0)) - 21.6).abs() < 1e-9);
        assert!(top(&points, (20.0, 30.0)) > 0.0);
    }
}
