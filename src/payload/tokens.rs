//! Visible tokens for what would act, hide or is no text, such as `<1A>` or `<U+202E>`.

use std::fmt::Write as _;

/// Appends `c`, or its token.
pub(super) fn push_visible(text: &mut String, c: char) {
    let code = u32::from(c);
    // Writing to a string cannot fail.
    let _ = match code {
        0..=0x1F | 0x7F => write!(text, "<{code:02X}>"),
        _ if is_hidden(c) => write!(text, "<U+{code:04X}>"),
        _ => {
            text.push(c);
            Ok(())
        }
    };
}

/// Appends the tokens of `bytes`.
pub(super) fn push_bytes(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        let _ = write!(text, "<{byte:02X}>");
    }
}

/// Characters that take no place, or turn the direction of those around them.
pub(super) fn is_hidden(c: char) -> bool {
    matches!(u32::from(c),
        0x80..=0x9F | 0xAD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
        | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0
        | 0xFFF0..=0xFFFB | 0xE0000..=0xE0FFF)
}
