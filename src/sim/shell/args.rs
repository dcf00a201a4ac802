//! Arguments of a set command: separated by commas, quotes optional unless a command insists.

use std::ops::RangeInclusive;

use super::Failure;

/// One argument as written.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Arg {
    bytes: Vec<u8>,
    is_quoted: bool,
}

/// All arguments of one command, and how it fails when one does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sim) struct Args {
    list: Vec<Arg>,
    failure: Failure,
}

impl Args {
    /// Cuts at commas outside straight quotes. Full-width quotes are ordinary characters (reference, section 1).
    pub(super) fn split(text: &[u8], failure: Failure) -> Result<Self, Failure> {
        let mut list = Vec::new();
        let mut rest = text;
        loop {
            let (arg, after) = take_arg(rest).ok_or(failure)?;
            list.push(arg);
            match after {
                [] => return Ok(Self { list, failure }),
                [_, after @ ..] => rest = after,
            }
        }
    }

    pub(in crate::sim) const fn len(&self) -> usize {
        self.list.len()
    }

    /// Fails unless there are as many arguments as `allowed` says.
    pub(in crate::sim) fn expect_count(&self, allowed: RangeInclusive<usize>) -> Result<(), Failure> {
        if allowed.contains(&self.len()) { Ok(()) } else { Err(self.failure) }
    }

    /// The bytes of argument `index`, at most `limit` of them.
    pub(in crate::sim) fn bytes(&self, index: usize, limit: usize) -> Result<&[u8], Failure> {
        let arg = self.list.get(index).ok_or(self.failure)?;
        if arg.bytes.len() > limit { Err(self.failure) } else { Ok(&arg.bytes) }
    }

    /// The text of argument `index`, at most `limit` bytes of UTF-8.
    pub(in crate::sim) fn text(&self, index: usize, limit: usize) -> Result<&str, Failure> {
        std::str::from_utf8(self.bytes(index, limit)?).map_err(|_| self.failure)
    }

    /// The bytes of argument `index`, which must stand in quotes.
    pub(in crate::sim) fn quoted(&self, index: usize, limit: usize) -> Result<&[u8], Failure> {
        match self.list.get(index) {
            Some(arg) if arg.is_quoted => self.bytes(index, limit),
            _ => Err(self.failure),
        }
    }

    /// The number in argument `index`.
    pub(in crate::sim) fn number(&self, index: usize, allowed: RangeInclusive<u32>) -> Result<u32, Failure> {
        let text = self.text(index, 10)?;
        let number = if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None };
        number.filter(|number| allowed.contains(number)).ok_or(self.failure)
    }

    /// The small number in argument `index`.
    pub(in crate::sim) fn digit(&self, index: usize, allowed: RangeInclusive<u8>) -> Result<u8, Failure> {
        let wide = u32::from(*allowed.start())..=u32::from(*allowed.end());
        u8::try_from(self.number(index, wide)?).map_err(|_| self.failure)
    }
}

/// One argument and what follows it (empty, or a comma and more); `None` when text follows a closing quote or a quote
/// is never closed.
fn take_arg(text: &[u8]) -> Option<(Arg, &[u8])> {
    let Some(inner) = text.strip_prefix(b"\"") else {
        let end = text.iter().position(|byte| *byte == b',').unwrap_or(text.len());
        return Some((Arg { bytes: text[..end].to_vec(), is_quoted: false }, &text[end..]));
    };
    let end = inner.iter().position(|byte| *byte == b'"')?;
    let after = &inner[end + 1..];
    matches!(after, [] | [b',', ..]).then(|| (Arg { bytes: inner[..end].to_vec(), is_quoted: true }, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Result<Args, Failure> {
        Args::split(text.as_bytes(), Failure::Plain)
    }

    #[test]
    fn quotes_are_optional_and_keep_commas() {
        let args = split("id,\"a,b\",\"\",7").unwrap();
        assert_eq!(args.len(), 4);
        assert_eq!(args.text(0, 9), Ok("id"));
        assert_eq!(args.text(1, 9), Ok("a,b"));
        assert_eq!(args.text(2, 9), Ok(""));
        assert_eq!(args.number(3, 1..=9), Ok(7));
        assert_eq!(args.quoted(1, 9), Ok(&b"a,b"[..]));
        assert_eq!(args.quoted(0, 9), Err(Failure::Plain));
    }

    #[test]
    fn a_stray_quote_is_a_syntax_error() {
        assert_eq!(split("\"{\"a\":1}\""), Err(Failure::Plain));
        assert_eq!(split("\"open"), Err(Failure::Plain));
        assert_eq!(split("\"a\\\"b\""), Err(Failure::Plain));
    }

    #[test]
    fn full_width_quotes_are_ordinary_characters() {
        let args = split("“host”,1883").unwrap();
        assert_eq!(args.text(0, 99), Ok("“host”"));
    }

    #[test]
    fn limits_and_ranges_hold() {
        let args = split("abcd,300,-1,+5").unwrap();
        assert_eq!(args.bytes(0, 3), Err(Failure::Plain));
        assert_eq!(args.digit(1, 0..=255), Err(Failure::Plain));
        assert_eq!(args.number(2, 0..=9), Err(Failure::Plain));
        assert_eq!(args.number(3, 0..=9), Err(Failure::Plain));
        assert_eq!(args.number(9, 0..=9), Err(Failure::Plain));
    }
}
