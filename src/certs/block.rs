//! A PEM block as it was found in a text.

use std::{collections::BTreeSet, fmt, ops::Range};

use zeroize::Zeroize;

use super::{damage::Damage, dress::Dress, identify::identify, label::Label};

/// One PEM block.
#[derive(Clone, PartialEq, Eq)]
pub struct Block {
    /// What it says it holds.
    pub label: Label,
    /// Where it stands in the text, from its first dash to its last.
    pub span: Range<usize>,
    /// Whether a pass phrase is needed (`Proc-Type: 4,ENCRYPTED` or an encrypted PKCS#8 label).
    pub encrypted: bool,
    /// The first place where a strict reader stumbles.
    pub damage: Option<Damage>,
    /// In which dress it came, if in any.
    pub dress: BTreeSet<Dress>,
    der: Option<Vec<u8>>,
}

/// It may hold a key.
impl Drop for Block {
    fn drop(&mut self) {
        self.der.zeroize();
    }
}

impl Block {
    /// A block that was read from whatever stood in the text.
    pub(super) const fn read(label: Label, span: Range<usize>, der: Option<Vec<u8>>, damage: Option<Damage>) -> Self {
        Self { label, span, encrypted: false, damage, dress: BTreeSet::new(), der }
    }

    /// Whether something known was read, or waits behind a pass phrase.
    pub(super) fn is_readable(&self) -> bool {
        (self.encrypted && self.damage.is_none()) || self.der().is_some_and(|der| identify(der).is_some())
    }

    /// What it holds, line ends and blanks put right; `None` when it cannot be read at all or needs a pass phrase.
    pub fn der(&self) -> Option<&[u8]> {
        self.der.as_deref()
    }
}

/// Without the content: a key must not reach a log.
impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Block")
            .field("label", &self.label)
            .field("span", &self.span)
            .field("encrypted", &self.encrypted)
            .field("damage", &self.damage)
            .finish_non_exhaustive()
    }
}
