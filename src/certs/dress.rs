//! How a block may have come that is whole and no PEM.

/// In which dress a block came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dress {
    /// Dashes of a word processor, or too few or none.
    Dashes,
    /// Quotes, blanks or letters that look like the right ones and are others, or that nobody sees.
    Lookalikes,
    /// Line ends and other characters written out: `\n`, `\/`, `\u002b`.
    Escapes,
    /// Strings of a program: quotes, commas, signs that join them.
    Strings,
    /// `%0A` as in an address.
    Percent,
    /// `&#10;` or tags as in a web page or XML.
    Markup,
    /// `=3D` as in a mail.
    QuotedPrintable,
    /// `-` and `_` in place of `+` and `/`.
    UrlAlphabet,
    /// Something in front of each line or behind it: `> `, numbers, the time.
    Margins,
    /// Base64 without a BEGIN line.
    NoHeader,
    /// Whole, but without an END line.
    NoFooter,
    /// A BEGIN line that names something else than the block holds.
    OtherLabel,
    /// Base64 of base64.
    Twice,
    /// Bytes in hex.
    Hex,
    /// The `=` at the end are missing.
    Padding,
}
