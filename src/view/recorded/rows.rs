//! The rows of a log that somebody looks at: some blocks of them are kept, the others come when they are looked at.

use std::collections::BTreeMap;

use crate::doctor::ShownLine;

/// Number of a block of rows, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block(u32);

impl Block {
    /// The block of the line `number`, which counts from 1.
    pub const fn of(number: u32) -> Self {
        Self(number.saturating_sub(1) / BLOCK)
    }

    /// Its first line.
    pub const fn first(self) -> u32 {
        self.0 * BLOCK + 1
    }

    /// Lines of a block.
    pub const LINES: u32 = BLOCK;
}

/// Rows that are there.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    blocks: BTreeMap<Block, Kept>,
    /// Counts what was looked at.
    looked: u64,
}

#[derive(Clone, Debug, Default)]
struct Kept {
    lines: Vec<ShownLine>,
    is_awaited: bool,
    looked: u64,
}

impl Rows {
    /// The line `number`; `None` while it is not there.
    pub fn line(&self, number: u32) -> Option<&ShownLine> {
        let block = Block::of(number);
        let place = usize::try_from(number - block.first()).ok()?;
        self.blocks.get(&block)?.lines.get(place)
    }

    /// Whether `block` has to be asked for, so that its first `lines` lines are there.
    pub fn is_wanting(&self, block: Block, lines: u32) -> bool {
        let there = |kept: &Kept| kept.is_awaited || kept.lines.len() >= lines.min(BLOCK) as usize;
        !self.blocks.get(&block).is_some_and(there)
    }

    /// The log was read anew: what is there is asked for once more.
    pub fn renew(&mut self) {
        self.blocks.clear();
    }

    /// `block` was asked for.
    pub fn await_block(&mut self, block: Block) {
        self.looked += 1;
        let kept = self.blocks.entry(block).or_default();
        (kept.is_awaited, kept.looked) = (true, self.looked);
        while self.blocks.len() > MOST_BLOCKS {
            let oldest = self.blocks.iter().min_by_key(|(_, kept)| kept.looked).map(|(block, _)| *block);
            let Some(oldest) = oldest else { return };
            self.blocks.remove(&oldest);
        }
    }

    /// Takes the lines of the block that begins at `first`; there have to be `least`, and what is missing is blank.
    pub fn take(&mut self, first: u32, mut lines: Vec<ShownLine>, least: u32) {
        let Some(kept) = self.blocks.get_mut(&Block::of(first)) else { return };
        let least = least.min(BLOCK) as usize;
        if lines.len() < least {
            lines.resize(least, ShownLine::default());
        }
        (kept.lines, kept.is_awaited) = (lines, false);
    }
}

const BLOCK: u32 = 256;
const MOST_BLOCKS: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_asked_for_once_and_few_are_kept() {
        let mut rows = Rows::default();
        let block = Block::of(300);
        assert_eq!((block.first(), rows.is_wanting(block, 10)), (257, true));
        rows.await_block(block);
        assert!(!rows.is_wanting(block, 10), "it is on its way");
        let line = |text: &str| ShownLine { text: text.to_owned(), ..ShownLine::default() };
        rows.take(257, vec![line("a"), line("b")], 0);
        let text = |rows: &Rows, number| rows.line(number).map(|line| line.text.clone());
        assert_eq!((text(&rows, 258), text(&rows, 259)), (Some("b".to_owned()), None));
        assert!(rows.is_wanting(block, 3) && !rows.is_wanting(block, 2), "it goes on");
        rows.take(257, Vec::new(), 3);
        assert_eq!(text(&rows, 259), Some(String::new()), "a file that became shorter is not asked again and again");
        for number in 0..1_000 {
            rows.await_block(Block(number));
        }
        assert_eq!(rows.blocks.len(), MOST_BLOCKS);
        assert!(rows.blocks.contains_key(&Block(999)));
    }
}
