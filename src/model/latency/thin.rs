//! Thinning a long series to what a picture can show: lowest and highest of each pixel column.
//!
//! No outlier is lost, and a column without points stays empty, so a gap is a gap.

/// What one pixel column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Place of the column, from 0.
    pub index: usize,
    /// The lowest point as x and y.
    pub low: (f64, f64),
    /// The highest point as x and y; the same as `low` when there is only one height.
    pub high: (f64, f64),
    /// How many points fell into the column.
    pub count: usize,
}

/// Thins `points` (x and y, in any order) to at most two a column of the span from `start` to `end`.
///
/// Points outside the span and points that are not finite are left out. Of several equally low (or high) points the
/// first stands. The columns come in order; empty ones do not come at all.
pub fn thin(points: impl IntoIterator<Item = (f64, f64)>, (start, end): (f64, f64), columns: usize) -> Vec<Column> {
    let mut kept: Vec<Option<Column>> = vec![None; columns];
    for point in points {
        if let Some(index) = column_of(point, (start, end), columns) {
            place(&mut kept[index], index, point);
        }
    }
    kept.into_iter().flatten().collect()
}

/// The column of `point`; `None` when it lies outside the span or is not finite.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "the share lies between 0 and 1 and a screen has few columns"
)]
fn column_of((x, y): (f64, f64), (start, end): (f64, f64), columns: usize) -> Option<usize> {
    if columns == 0 || !x.is_finite() || !y.is_finite() || !(start..=end).contains(&x) {
        return None;
    }
    let share = if end > start { (x - start) / (end - start) } else { 0.0 };
    Some(((share * columns as f64) as usize).min(columns - 1))
}

fn place(slot: &mut Option<Column>, index: usize, point: (f64, f64)) {
    let Some(column) = slot else {
        *slot = Some(Column { index, low: point, high: point, count: 1 });
        return;
    };
    column.count += 1;
    if point.1 < column.low.1 {
        column.low = point;
    }
    if point.1 > column.high.1 {
        column.high = point;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn brute_force(points: &[(f64, f64)], span: (f64, f64), columns: usize) -> Vec<(usize, f64, f64, usize)> {
        let in_column = |wanted: usize| {
            let heights: Vec<f64> = points
                .iter()
                .filter(|point| column_of(**point, span, columns) == Some(wanted))
                .map(|point| point.1)
                .collect();
            let low = heights.iter().copied().reduce(f64::min)?;
            let high = heights.iter().copied().reduce(f64::max)?;
            Some((wanted, low, high, heights.len()))
        };
        (0..columns).filter_map(in_column).collect()
    }

    fn point() -> impl Strategy<Value = (f64, f64)> {
        let odd = prop_oneof![Just(f64::NAN), Just(f64::INFINITY), Just(f64::NEG_INFINITY)];
        prop_oneof![20 => (-50.0..150.0_f64, -1e6..1e6_f64), 1 => (odd, Just(1.0))]
    }

    proptest! {
        #[test]
        fn each_column_keeps_its_lowest_and_highest(
            points in prop::collection::vec(point(), 0..400),
            columns in 0_usize..60,
        ) {
            let span = (0.0, 100.0);
            let thinned = thin(points.iter().copied(), span, columns);
            let seen: Vec<_> = thinned.iter().map(|c| (c.index, c.low.1, c.high.1, c.count)).collect();
            prop_assert_eq!(seen, brute_force(&points, span, columns));
            for column in &thinned {
                prop_assert!(points.contains(&column.low) && points.contains(&column.high));
            }
        }

        #[test]
        fn no_outlier_is_hidden(points in prop::collection::vec((0.0..=100.0_f64, -1e6..1e6_f64), 1..400)) {
            let thinned = thin(points.iter().copied(), (0.0, 100.0), 7);
            let highest = points.iter().map(|p| p.1).fold(f64::MIN, f64::max);
            let lowest = points.iter().map(|p| p.1).fold(f64::MAX, f64::min);
            prop_assert!(thinned.iter().any(|c| c.high.1 >= highest));
            prop_assert!(thinned.iter().any(|c| c.low.1 <= lowest));
            prop_assert_eq!(thinned.iter().map(|c| c.count).sum::<usize>(), points.len());
        }
    }

    #[test]
    fn a_gap_stays_a_gap() {
        let thinned = thin([(0.0, 1.0), (1.0, 2.0), (90.0, 3.0)], (0.0, 100.0), 10);
        let places: Vec<_> = thinned.iter().map(|column| column.index).collect();
        assert_eq!(places, [0, 9]);
    }

    #[test]
    fn a_span_without_width_is_one_column() {
        assert_eq!(thin([(5.0, 1.0), (5.0, 9.0)], (5.0, 5.0), 10).len(), 1);
    }
}
