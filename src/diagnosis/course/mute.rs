//! Whether the module ever said anything that a module says, while somebody spoke to it.

use crate::{
    modem::event::{Fault, WireKind},
    time::Moment,
};

/// What was said to the module, and what came back.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mute {
    sent: u32,
    first: Option<Moment>,
    is_answered: bool,
    /// Bytes of lines that are no text.
    noise: usize,
    /// When the first of them came.
    noisy: Option<Moment>,
}

impl Mute {
    /// Takes a line of the conversation.
    pub(super) fn take(&mut self, at: Moment, kind: WireKind, text: &str) {
        match kind {
            WireKind::Sent => {
                self.sent += 1;
                self.first.get_or_insert(at);
            }
            WireKind::Answer | WireKind::Unrecognised if is_noise(text) => {
                self.noise += text.chars().count();
                self.noisy.get_or_insert(at);
            }
            WireKind::Answer if !text.is_ascii() => {}
            WireKind::Answer | WireKind::Prompt | WireKind::Late | WireKind::Unsolicited => self.is_answered = true,
            // What nobody knows may be anybody's remark.
            WireKind::SentData | WireKind::Echo | WireKind::Unrecognised => {}
        }
    }

    /// What was spoken to, and never answered, since when.
    pub(super) fn fault(self) -> Option<(Moment, Fault)> {
        let first = self.first.filter(|_| self.sent >= LEAST && !self.is_answered)?;
        Some(match self.noisy {
            Some(at) => (at, Fault::Noise { bytes: self.noise }),
            None => (first, Fault::Silent { tries: self.sent }),
        })
    }
}

/// Whether `text` shows bytes that are of no encoding: `<BE><E5>`, or the sign in their place.
fn is_noise(text: &str) -> bool {
    let is_byte = |at: usize| {
        let digits =
            text.get(at + 1..at + 3).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        digits && text[at + 3..].starts_with('>')
    };
    let bytes = text.match_indices('<').filter(|(at, _)| is_byte(*at)).count();
    bytes + text.matches(char::REPLACEMENT_CHARACTER).count() >= 2
}

/// One command may be the last line of a log.
const LEAST: u32 = 2;

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(lines: &[(WireKind, &str)]) -> Option<Fault> {
        let mut mute = Mute::default();
        for (kind, text) in lines {
            mute.take(Moment::ZERO, *kind, text);
        }
        mute.fault().map(|(_, fault)| fault)
    }

    #[test]
    fn nothing_or_noise_for_an_answer_is_told() {
        let at = (WireKind::Sent, "AT");
        assert_eq!(fault(&[at, at]), Some(Fault::Silent { tries: 2 }));
        assert_eq!(fault(&[at]), None, "the log may end there");
        assert_eq!(fault(&[at, (WireKind::Answer, "OK"), at]), None);
        let noise = (WireKind::Answer, "<BE><E5>?");
        assert_eq!(fault(&[at, noise, at]), Some(Fault::Noise { bytes: 9 }));
        assert_eq!(fault(&[at, (WireKind::Unrecognised, "没有回复"), at]), Some(Fault::Silent { tries: 2 }));
    }
}
