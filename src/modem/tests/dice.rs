//! Numbers that a seed decides, for sessions that must be the same on every machine.

/// The generator `SplitMix64`.
#[derive(Clone, Debug)]
pub(in crate::modem) struct Dice(u64);

impl Dice {
    pub(in crate::modem) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(in crate::modem) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is above 0.
    pub(in crate::modem) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).expect("a small number")).expect("below a usize")
    }

    pub(in crate::modem) fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        &among[self.below(among.len())]
    }
}
