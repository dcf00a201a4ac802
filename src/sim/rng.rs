//! The seeded source of everything random in the virtual modem (`SplitMix64`). Not for secrets.

/// A small generator: the same seed gives the same run.
#[derive(Clone, Debug)]
pub(super) struct Rng(u64);

impl Rng {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from `low` to `high`, both included; `low` when the range is empty.
    pub(super) fn between(&mut self, low: u64, high: u64) -> u64 {
        let width = high.saturating_sub(low);
        if width == 0 {
            return low;
        }
        low + self.next() % width.saturating_add(1).max(1)
    }

    /// A number above 0 and up to 1.
    pub(super) fn unit(&mut self) -> f64 {
        let drawn = u32::try_from(self.next() >> 32).unwrap_or(u32::MAX);
        (f64::from(drawn) + 1.0) / (f64::from(u32::MAX) + 1.0)
    }

    /// Whether something with that many chances in a million happens.
    pub(super) fn is_hit(&mut self, millionths: u32) -> bool {
        millionths > 0 && self.between(0, 999_999) < u64::from(millionths)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_within_the_range() {
        let mut one = Rng::new(7);
        let mut two = Rng::new(7);
        for _ in 0..1_000 {
            let number = one.between(3, 9);
            assert_eq!(number, two.between(3, 9));
            assert!((3..=9).contains(&number));
        }
        assert_eq!(one.between(5, 5), 5);
    }
}
