//! A payload for people: as text, as a JSON tree, as hex, as Base64.
//!
//! It reads what came and makes what is sent: character sets, JSON, hex, Base64, what changed from one message to the next, and
//! the placeholders of a draft, and the table of messages for spreadsheets. Nothing in a payload is ever acted upon, and none costs more to show than its beginning does.

mod bytes;
mod charset;
mod csv;
mod diff;
mod json;
mod placeholder;
mod row;
mod tokens;
mod visible;

pub use self::{
    bytes::{HEX_WIDTH, HexRow, NotBytes, base64, from_base64, from_hex, hex, hex_dump, hex_row},
    charset::{Charset, to_gbk},
    csv::Table,
    diff::{Compared, DiffRow, Difference, Fate},
    json::{
        JsonFault, JsonNode, JsonPath, JsonPlace, JsonTree, JsonValue, check as check_json, formatted,
        visible as visible_json,
    },
    placeholder::{Filled, Filling, PLACEHOLDERS, Placeholder, fill},
    row::{MESSAGE_COLUMNS, MessageRow},
    visible::{head_line, preview, visible_line},
};

/// The beginning of a payload as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// What to show.
    pub text: String,
    /// Bytes of the payload that were left out at the end.
    pub left_out: usize,
}

/// `payload` as text, at most 16 KiB of it: four times what the module can carry.
pub fn as_text(payload: &[u8], charset: Charset) -> Rendered {
    let shown = &payload[..payload.len().min(SHOWN_BYTES)];
    let left_out = payload.len() - shown.len();
    Rendered { text: visible::visible_text(shown, left_out > 0, charset), left_out }
}

/// `payload` as Base64, at most 12 KiB of it.
pub fn as_base64(payload: &[u8]) -> Rendered {
    let shown = &payload[..payload.len().min(SHOWN_BYTES / 4 * 3)];
    Rendered { text: base64(shown), left_out: payload.len() - shown.len() }
}

/// Most bytes of a payload that are laid out as one text.
pub const SHOWN_BYTES: usize = 16 * 1024;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_left_out_is_counted() {
        let long = vec![b'x'; SHOWN_BYTES + 7];
        assert_eq!(as_text(&long, Charset::Utf8).left_out, 7);
        assert_eq!(as_base64(&[1; 12 * 1024 + 5]).left_out, 5);
    }

    #[test]
    fn ten_megabytes_cost_no_more_text_than_their_beginning() {
        let huge = vec![0x1B; 10 * 1024 * 1024];
        for charset in Charset::ALL {
            assert!(as_text(&huge, charset).text.len() <= SHOWN_BYTES * 4);
            assert!(preview(&huge, Some(charset), 160).len() < 1_000);
        }
        assert!(as_base64(&huge).text.len() <= SHOWN_BYTES);
        assert_eq!(JsonTree::read(&huge, Charset::Utf8).err(), Some(JsonFault::TooLong));
    }

    proptest! {
        #[test]
        fn no_payload_brings_a_control_character_to_the_screen(payload in prop::collection::vec(any::<u8>(), 0..300)) {
            let shows_nothing_odd = |text: &str| !text.chars().any(|c| c != '\n' && (c.is_control() || tokens::is_hidden(c)));
            for charset in Charset::ALL {
                prop_assert!(shows_nothing_odd(&as_text(&payload, charset).text));
            }
            prop_assert!(shows_nothing_odd(&as_base64(&payload).text));
            prop_assert!(shows_nothing_odd(&hex_dump(&payload, 1_000)));
            prop_assert!(!preview(&payload, None, 40).chars().any(char::is_control));
        }
    }
}
