//! The thread on which a virtual modem lives, and the two ends of its wire.

/// Which virtual modem is wanted, as plain data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VirtualSpec {
    /// Line rate in bits per second that paces its answers.
    pub baud: u32,
    /// Seed of everything random in it.
    pub seed: u64,
}

impl Default for VirtualSpec {
    fn default() -> Self {
        Self { baud: 115_200, seed: 1 }
    }
}
