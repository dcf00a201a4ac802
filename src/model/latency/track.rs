//! The samples of one run, and what a picture of them needs: lowest and highest of each pixel column.
//!
//! Samples lie in blocks with summaries over 16, 256 and 4,096 of them. A column asks for the summaries inside it and for
//! single samples only at its edges, so that ten million points cost no more to draw than ten thousand. No outlier is
//! lost, and a column without points stays empty: a gap is a gap.

use std::{
    collections::VecDeque,
    ops::{Range, RangeInclusive},
    sync::Arc,
};

use super::sample::{Sample, SeriesKind};

/// What one pixel column holds of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Place of the column, from 0.
    pub index: usize,
    /// The lowest point: time in microseconds since 1970, height in microseconds.
    pub low: (i64, u32),
    /// The highest point; the same as `low` when there is only one height.
    pub high: (i64, u32),
    /// How many points fell into the column.
    pub count: usize,
}

/// The columns of every kind, in the order of [`SeriesKind::ALL`]; empty columns do not come at all.
pub type Thinned = [Vec<Column>; SeriesKind::ALL.len()];

/// Samples in the order of their times. A clone costs one pointer for each 4,096 of them.
#[derive(Clone, Debug, Default)]
pub struct Track {
    /// All but the last hold [`BLOCK`] samples.
    blocks: VecDeque<Arc<Block>>,
    len: usize,
}

#[derive(Clone, Debug, Default)]
struct Block {
    samples: Vec<Sample>,
    /// Of each 16 samples, of each 256, of all.
    levels: [Vec<Summary>; 3],
}

/// Count, lowest and highest of each kind.
type Summary = [Extremes; SeriesKind::ALL.len()];

#[derive(Clone, Copy, Debug, Default)]
struct Extremes {
    count: u32,
    /// Places in the block.
    low: u16,
    high: u16,
}

impl Track {
    /// How many samples are kept.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All samples, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Sample> {
        self.blocks.iter().flat_map(|block| &block.samples)
    }

    /// Time of the first and of the last sample.
    pub fn span(&self) -> Option<(i64, i64)> {
        let first = self.blocks.front()?.samples.first()?;
        let last = self.blocks.back()?.samples.last()?;
        Some((first.at_micros, last.at_micros))
    }

    /// Takes one more sample. Times never go back: an earlier one counts as the last one's.
    pub(super) fn push(&mut self, mut sample: Sample) {
        if let Some((_, last)) = self.span() {
            sample.at_micros = sample.at_micros.max(last);
        }
        if self.blocks.back().is_none_or(|block| block.samples.len() == BLOCK) {
            self.blocks.push_back(Arc::default());
        }
        if let Some(block) = self.blocks.back_mut() {
            Arc::make_mut(block).push(sample);
            self.len += 1;
        }
    }

    /// Forgets the oldest block, and says how many samples were in it.
    pub(super) fn forget_block(&mut self) -> usize {
        let gone = self.blocks.pop_front().map_or(0, |block| block.samples.len());
        self.len -= gone;
        gone
    }

    /// Thins to columns of `width` microseconds that begin at whole multiples of it since 1970: those numbered `columns`.
    ///
    /// A column of such a grid stays what it is while later samples come; only the last one grows.
    pub fn thin_grid(&self, width: i64, columns: RangeInclusive<i64>) -> Thinned {
        let mut thinned = Thinned::default();
        let start = |column: i64| column.saturating_mul(width.max(1));
        let mut from = self.before(start(*columns.start()));
        for column in columns {
            if from >= self.len {
                break;
            }
            let to = self.before(start(column.saturating_add(1)));
            self.gather(from..to, usize::try_from(column).unwrap_or(0), &mut thinned);
            from = from.max(to);
        }
        thinned
    }

    /// Thins the span from `start` to `end` (microseconds, both inside) to `columns` of equal width.
    pub fn thin(&self, (start, end): (i64, i64), columns: usize) -> Thinned {
        let mut thinned = Thinned::default();
        if columns == 0 || end < start {
            return thinned;
        }
        let mut from = self.before(start);
        let stop = self.before(end.saturating_add(1));
        for index in 0..columns {
            if from >= stop {
                break;
            }
            let edge = edge((start, end), columns, index + 1);
            let to = if index + 1 == columns { stop } else { self.before(edge).min(stop) };
            self.gather(from..to, index, &mut thinned);
            from = from.max(to);
        }
        thinned
    }

    /// How many samples lie before `time`.
    fn before(&self, time: i64) -> usize {
        let is_before = |block: &Arc<Block>| block.samples.first().is_some_and(|sample| sample.at_micros < time);
        let Some(block) = self.blocks.partition_point(is_before).checked_sub(1) else { return 0 };
        let inside = self.blocks[block].samples.partition_point(|sample| sample.at_micros < time);
        block * BLOCK + inside
    }

    /// Adds what the samples of `range` are in column `index`.
    fn gather(&self, range: Range<usize>, index: usize, thinned: &mut Thinned) {
        let mut place = range.start;
        while place < range.end {
            let (block, inside) = (&self.blocks[place / BLOCK], place % BLOCK);
            let width =
                WIDTHS.iter().rev().find(|width| inside.is_multiple_of(**width) && place + **width <= range.end);
            match width {
                None => block.add_sample(inside, index, thinned),
                Some(width) => block.add_summary(*width, inside, index, thinned),
            }
            place += width.unwrap_or(&1);
        }
    }
}

impl Block {
    fn push(&mut self, sample: Sample) {
        let place = self.samples.len();
        self.samples.push(sample);
        let samples = &self.samples;
        for (level, width) in self.levels.iter_mut().zip(WIDTHS) {
            if place.is_multiple_of(width) {
                level.push(Summary::default());
            }
            let Some(summary) = level.last_mut() else { continue };
            for (kind, extremes) in SeriesKind::ALL.into_iter().zip(summary) {
                if let Some(height) = kind.height(&sample) {
                    extremes.take(place, height, |place| kind.height(&samples[place]).unwrap_or_default());
                }
            }
        }
    }

    fn add_sample(&self, place: usize, index: usize, thinned: &mut Thinned) {
        let sample = &self.samples[place];
        for (kind, columns) in SeriesKind::ALL.into_iter().zip(thinned) {
            if let Some(height) = kind.height(sample) {
                let point = (sample.at_micros, height);
                merge(columns, Column { index, low: point, high: point, count: 1 });
            }
        }
    }

    fn add_summary(&self, width: usize, place: usize, index: usize, thinned: &mut Thinned) {
        let Some(level) = WIDTHS.iter().position(|of| *of == width) else { return };
        let summary = &self.levels[level][place / width];
        for ((kind, columns), extremes) in SeriesKind::ALL.into_iter().zip(thinned).zip(summary) {
            if extremes.count > 0 {
                let point = |place: u16| {
                    let sample = &self.samples[usize::from(place)];
                    (sample.at_micros, kind.height(sample).unwrap_or_default())
                };
                let (low, high) = (point(extremes.low), point(extremes.high));
                merge(columns, Column { index, low, high, count: extremes.count as usize });
            }
        }
    }
}

impl Extremes {
    fn take(&mut self, place: usize, height: u32, height_at: impl Fn(usize) -> u32) {
        let own = u16::try_from(place).unwrap_or(u16::MAX);
        if self.count == 0 || height < height_at(self.low.into()) {
            self.low = own;
        }
        if self.count == 0 || height > height_at(self.high.into()) {
            self.high = own;
        }
        self.count += 1;
    }
}

/// Of equally low (or high) points the first stands.
fn merge(columns: &mut Vec<Column>, more: Column) {
    match columns.last_mut().filter(|last| last.index == more.index) {
        None => columns.push(more),
        Some(column) => {
            column.count += more.count;
            if more.low.1 < column.low.1 {
                column.low = more.low;
            }
            if more.high.1 > column.high.1 {
                column.high = more.high;
            }
        }
    }
}

/// The first time that belongs to column `index` or a later one.
fn edge((start, end): (i64, i64), columns: usize, index: usize) -> i64 {
    let span = i128::from(end) - i128::from(start);
    let (index, columns) = (index as i128, columns.max(1) as i128);
    let edge = i128::from(start) + (span * index).div_euclid(columns) + i128::from((span * index) % columns != 0);
    i64::try_from(edge).unwrap_or(i64::MAX)
}

/// Samples in one block.
const BLOCK: usize = 4_096;
/// Samples under one summary, by level.
const WIDTHS: [usize; 3] = [16, 256, BLOCK];

#[cfg(test)]
#[expect(
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a few thousand samples over a few minutes"
)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::{
        model::latency::{LossKind, Times},
        mqtt::Qos,
    };

    fn sample(at_micros: i64, micros: u64, is_lost: bool) -> Sample {
        let times = Times::new(None, Duration::from_micros(micros), Some(Duration::from_micros(micros * 3 % 1_000)));
        let outcome = if is_lost { Err(LossKind::TimedOut) } else { Ok(times) };
        Sample { at_micros, qos: Qos::AtLeastOnce, outcome }
    }

    fn track(steps: &[(i64, u64, bool)], base: usize) -> (Track, Vec<Sample>) {
        let (mut track, mut plain, mut at) = (Track::default(), Vec::new(), 0);
        let filler = (0..base).map(|number| (number as i64 % 5, number as u64 * 7_919 % 5_000, number % 97 == 0));
        for (step, micros, is_lost) in filler.chain(steps.iter().copied()) {
            at += step;
            let sample = sample(at, micros, is_lost);
            track.push(sample);
            plain.push(sample);
        }
        (track, plain)
    }

    fn brute_force(samples: &[Sample], span: (i64, i64), columns: usize) -> Vec<Vec<(usize, u32, u32, usize)>> {
        let column_of = |at: i64| {
            let width = (span.1 - span.0).max(1);
            usize::try_from((at - span.0) * columns as i64 / width).expect("inside").min(columns.saturating_sub(1))
        };
        let kinds = SeriesKind::ALL.into_iter().map(|kind| {
            let inside = samples.iter().filter(|sample| (span.0..=span.1).contains(&sample.at_micros));
            let mut found: std::collections::BTreeMap<usize, (u32, u32, usize)> = std::collections::BTreeMap::new();
            for sample in inside.filter(|_| columns > 0) {
                if let Some(height) = kind.height(sample) {
                    let place = found.entry(column_of(sample.at_micros)).or_insert((height, height, 0));
                    *place = (place.0.min(height), place.1.max(height), place.2 + 1);
                }
            }
            found.into_iter().map(|(index, (low, high, count))| (index, low, high, count)).collect()
        });
        kinds.collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn each_column_keeps_the_lowest_and_highest_of_all_its_samples(
            steps in prop::collection::vec((0_i64..2_000, 0_u64..5_000, any::<bool>()), 0..300),
            base in prop_oneof![Just(0_usize), 200..300_usize, 4_090..4_100_usize, 9_000..13_000_usize],
            columns in 0_usize..70,
            window in (0.0..1.0_f64, 0.0..1.0_f64),
        ) {
            let (track, plain) = track(&steps, base);
            let end = plain.last().map_or(0, |sample| sample.at_micros) as f64;
            let (one, other) = ((window.0 * end) as i64, (window.1 * end) as i64);
            let span = (one.min(other), one.max(other));
            let seen: Vec<Vec<_>> = track
                .thin(span, columns)
                .iter()
                .map(|columns| columns.iter().map(|c| (c.index, c.low.1, c.high.1, c.count)).collect())
                .collect();
            prop_assert_eq!(seen, brute_force(&plain, span, columns));
        }
    }

    #[test]
    fn columns_of_a_grid_hold_every_sample_once_and_do_not_change_when_more_come() {
        let (mut track, mut plain) = track(&[], 9_000);
        let (first, last) = track.span().expect("samples");
        let width = 64;
        let (from, to) = (first / width, last / width);
        let before = track.thin_grid(width, from..=to);
        let counted: usize = before[0].iter().map(|column| column.count).sum();
        assert_eq!(counted, plain.iter().filter(|sample| SeriesKind::ALL[0].height(sample).is_some()).count());
        for column in &before[0] {
            let inside = plain.iter().filter(|sample| sample.at_micros / width == column.index as i64);
            let heights: Vec<_> = inside.filter_map(|sample| SeriesKind::ALL[0].height(sample)).collect();
            let (low, high) = (heights.iter().min().copied(), heights.iter().max().copied());
            assert_eq!((Some(column.low.1), Some(column.high.1)), (low, high), "no outlier is lost");
        }
        for step in 0..300 {
            let more = sample(last + 3 * step, 77 + step.cast_unsigned(), false);
            track.push(more);
            plain.push(more);
        }
        let after = track.thin_grid(width, from..=to);
        let settled = before[0].len() - 1;
        assert_eq!(before[0][..settled], after[0][..settled], "only the last one grows");
    }

    #[test]
    fn every_drawn_point_is_a_sample() {
        let (track, plain) = track(&[], 10_000);
        let span = track.span().expect("samples");
        for (kind, columns) in SeriesKind::ALL.into_iter().zip(track.thin(span, 33)) {
            let points: Vec<_> = plain.iter().filter_map(|s| Some((s.at_micros, kind.height(s)?))).collect();
            for column in columns {
                assert!(points.contains(&column.low) && points.contains(&column.high));
            }
        }
    }

    #[test]
    fn a_gap_stays_a_gap_and_a_copy_stays_as_it_was() {
        let mut track = Track::default();
        for at in [0, 10, 900] {
            track.push(sample(at, 5, false));
        }
        let copy = track.clone();
        track.push(sample(1_000, 5, false));
        let places: Vec<_> = track.thin((0, 1_000), 10)[0].iter().map(|column| column.index).collect();
        assert_eq!(places, [0, 9]);
        assert_eq!((copy.len(), track.len()), (3, 4));
    }

    #[test]
    fn whole_blocks_are_forgotten_and_the_rest_is_still_found() {
        let (mut track, plain) = track(&[], 10_000);
        assert_eq!(track.forget_block(), BLOCK);
        let rest = &plain[BLOCK..];
        let span = track.span().expect("samples");
        assert_eq!((track.len(), span.0), (rest.len(), rest[0].at_micros));
        let counted: usize = track.thin(span, 20).iter().take(1).flatten().map(|column| column.count).sum();
        assert_eq!(counted, rest.iter().filter(|sample| sample.outcome.is_ok()).count());
    }
}
