//! JSON of a payload: as a tree that can be folded, and indented without touching a value.

mod path;
mod scan;
mod tree;

use serde::de::IgnoredAny;

pub use self::{
    path::JsonPath,
    tree::{JsonNode, JsonTree, JsonValue},
};

use self::scan::{Piece, pieces};
use super::tokens::push_visible;

/// Where a text stops being JSON; both from 1, or 0 when it never began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonPlace {
    /// Line.
    pub line: usize,
    /// Column, in bytes.
    pub column: usize,
}

/// Why there is no tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonFault {
    /// The payload is not JSON.
    Not(JsonPlace),
    /// The payload is no text at all.
    NoText,
    /// It nests deeper than 128 levels.
    TooDeep,
    /// It is longer than 1 MiB.
    TooLong,
}

/// Holds `text` against the grammar of JSON.
pub fn check(text: &str) -> Result<(), JsonFault> {
    if text.len() > MOST_BYTES {
        return Err(JsonFault::TooLong);
    }
    let sound = serde_json::from_str::<IgnoredAny>(text);
    sound.map_err(|error| JsonFault::Not(JsonPlace { line: error.line(), column: error.column() }))?;
    let mut depth = 0_usize;
    for piece in pieces(text) {
        match piece {
            Piece::Open(_) if depth == MOST_LEVELS => return Err(JsonFault::TooDeep),
            Piece::Open(_) => depth += 1,
            Piece::Close(_) => depth -= 1,
            _ => {}
        }
    }
    Ok(())
}

/// `text` indented, values as they came: numbers, order and repeated keys stay. Unlike everything that is only shown,
/// it may be sent again, so no character becomes a token.
pub fn formatted(text: &str) -> Result<String, JsonFault> {
    check(text)?;
    Ok(indented(text, String::push_str))
}

/// The same to be shown or copied from the details: with visible tokens.
pub fn visible(text: &str) -> Result<String, JsonFault> {
    check(text)?;
    Ok(indented(text, |out, piece| piece.chars().for_each(|c| push_visible(out, c))))
}

fn indented(text: &str, push: impl Fn(&mut String, &str)) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let (mut depth, mut is_fresh) = (0_usize, false);
    let new_line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    for piece in pieces(text) {
        let closes = matches!(piece, Piece::Close(_));
        if is_fresh && !closes {
            new_line(&mut out, depth);
        }
        match piece {
            Piece::Open(bracket) => {
                out.push(bracket);
                depth += 1;
            }
            Piece::Close(bracket) => {
                depth = depth.saturating_sub(1);
                if !is_fresh {
                    new_line(&mut out, depth);
                }
                out.push(bracket);
            }
            Piece::Colon => out.push_str(": "),
            Piece::Comma => {
                out.push(',');
                new_line(&mut out, depth);
            }
            Piece::Text(piece) | Piece::Word(piece) => push(&mut out, piece),
        }
        is_fresh = matches!(piece, Piece::Open(_));
    }
    out
}

/// Longest text that is looked at; the module carries 4,100 bytes.
const MOST_BYTES: usize = 1024 * 1024;
/// A path is as long as its value is deep; nobody reads one of more levels.
const MOST_LEVELS: usize = 128;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn json_is_indented_and_nothing_else() {
        let source = r#"{"big":12345678901234567890.10,"a":[],"b":[1,{"c":"x\"{,}"}],"a":{ }}"#;
        let expected = "{\n  \"big\": 12345678901234567890.10,\n  \"a\": [],\n  \"b\": [\n    1,\n    {\n      \"c\": \
                        \"x\\\"{,}\"\n    }\n  ],\n  \"a\": {}\n}";
        assert_eq!(formatted(source).as_deref(), Ok(expected));
        assert_eq!(visible("[\"\u{202E}\"]").as_deref(), Ok("[\n  \"<U+202E>\"\n]"));
        assert_eq!(formatted("[\"\u{202E}\"]").as_deref(), Ok("[\n  \"\u{202E}\"\n]"));
    }

    #[test]
    fn what_is_not_json_says_why() {
        assert_eq!(check("21.5 degrees"), Err(JsonFault::Not(JsonPlace { line: 1, column: 6 })));
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(
            [128, 129, 90_000].map(|levels| check(&nested(levels))),
            [Ok(()), Err(JsonFault::TooDeep), Err(JsonFault::TooDeep)]
        );
        assert_eq!(check(&"1".repeat(MOST_BYTES + 1)), Err(JsonFault::TooLong));
    }

    proptest! {
        #[test]
        fn indented_json_means_the_same(depth in 0_usize..4, text in "[ -~温\n\"\\\\]{0,20}") {
            let mut value = serde_json::json!({ "text": text, "list": [1, 2.5, null, true, {}, []] });
            for _ in 0..depth {
                value = serde_json::json!([value, {"inner": value}]);
            }
            let text = formatted(&value.to_string()).expect("JSON");
            let back: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            prop_assert_eq!(back, value);
        }
    }
}
