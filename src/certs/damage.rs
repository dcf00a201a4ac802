//! What can be wrong with a block, and what is wrong inside of one of which nothing can be made.

use std::cmp::Ordering;

use super::{
    body::{decode, digits_for, likely_digits},
    der,
};

/// Where a strict reader of PEM stumbles. Lines count from 1 at the start of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// No line end between header and body: the lines were joined.
    Joined,
    /// No footer: the file was cut.
    NoFooter,
    /// The footer names something else than the header.
    OtherFooter,
    /// Not five dashes around `BEGIN …` or `END …`.
    Dashes {
        /// The line of the file, counted from 1.
        line: usize,
    },
    /// A blank in front of a line.
    Indented {
        /// The line of the file, counted from 1.
        line: usize,
    },
    /// A character that base64 does not have.
    Character {
        /// The line of the file, counted from 1.
        line: usize,
        /// Where in the line, from 1.
        column: usize,
    },
    /// It is whole, but written as a part of something else: a program, a mail, an address, a web page.
    Dressed,
    /// Base64 characters are missing.
    Lost {
        /// How many.
        characters: usize,
        /// The line that is shorter than the others, when it is one inside.
        line: Option<usize>,
    },
    /// There are more base64 characters than there can be.
    Surplus {
        /// How many.
        characters: usize,
        /// The line that is longer than the others, when it is one inside.
        line: Option<usize>,
    },
    /// A binary structure of which the end is missing.
    Cut {
        /// What is there.
        bytes: usize,
        /// What its own length says.
        wanted: usize,
    },
    /// A binary structure with other bytes behind it.
    Behind {
        /// How many.
        bytes: usize,
    },
    /// The certificate signed itself, and the signature does not fit: something in it was changed.
    Signature,
    /// The lines are well formed, but what they hold is not.
    Content,
}

/// What is wrong inside a body whose lines are well formed and of which nothing can be made.
pub(super) fn inner_damage(body: &[u8], header_line: usize) -> Damage {
    let digits = likely_digits(body);
    let count = digits.iter().filter(|digit| **digit != b'=').count();
    let head = decode(&digits[..count.min(HEAD_DIGITS)]);
    let wanted = head.filter(|head| head.first() == Some(&der::SEQUENCE)).and_then(|head| der::declared(&head));
    let Some(wanted) = wanted.map(digits_for) else { return Damage::Content };
    let line = odd_line(body).map(|number| header_line + number);
    match count.cmp(&wanted) {
        Ordering::Less => Damage::Lost { characters: wanted - count, line },
        Ordering::Greater => Damage::Surplus { characters: count - wanted, line },
        Ordering::Equal => Damage::Content,
    }
}

/// The line, counted from the header's, that is not as long as the others; the last may be shorter.
fn odd_line(body: &[u8]) -> Option<usize> {
    let lines: Vec<_> = body.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).collect();
    let usual = lines.get(1).map(|first| first.len()).filter(|usual| *usual > 0)?;
    let usual = lines.get(2).map_or(usual, |second| usual.max(second.len()));
    let last = lines.iter().rposition(|line| !line.is_empty())?;
    lines.iter().enumerate().take(last).skip(1).find(|(_, line)| line.len() != usual).map(|(number, _)| number)
}

/// Digits in which the length of a structure stands.
const HEAD_DIGITS: usize = 12;
