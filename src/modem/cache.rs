//! What is known of the messages that the module keeps until they are fetched (reference, section 11.7).

/// What is known of the cache.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cache {
    /// Messages the module has named and that have not been fetched.
    pub(crate) named: u32,
    /// A fetch is on the wire.
    is_fetching: bool,
    /// Messages this fetch has brought.
    taken: u32,
    /// How many were named when its first message came.
    named_before: Option<u32>,
}

impl Cache {
    /// A message arrived: while a fetch runs it comes out of the cache.
    pub(crate) const fn note_message(&mut self) {
        if self.is_fetching {
            self.taken += 1;
            if self.named_before.is_none() {
                self.named_before = Some(self.named);
            }
        }
    }

    /// Whether a fetch is on the wire: what arrives then may have been kept since long ago.
    pub(crate) const fn is_fetching(self) -> bool {
        self.is_fetching
    }

    /// How many messages were named and have not arrived.
    pub(crate) const fn kept(self) -> u32 {
        self.named.saturating_sub(self.taken)
    }

    /// A fetch goes out.
    pub(crate) const fn begin(&mut self) {
        *self = Self { named: self.named, is_fetching: true, taken: 0, named_before: None };
    }

    /// Ends a fetch; returns how many messages were named and did not come.
    pub(crate) const fn end(&mut self) -> u32 {
        let before = match self.named_before {
            Some(named) => named,
            None => self.named,
        };
        let missing = before.saturating_sub(self.taken);
        *self = Self { named: self.named - before, is_fetching: false, taken: 0, named_before: None };
        missing
    }
}
