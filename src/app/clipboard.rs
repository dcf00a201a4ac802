//! What goes to the clipboard: without the numbers of device and card, and without places, unless the settings say so.

use crate::{trace, view::terminal::hex};

use super::App;

/// Puts `text` on the clipboard.
pub(super) fn copy(app: &mut App, text: String) {
    let shown = if app.settings.log.shows_numbers { text } else { unnamed(&text) };
    app.ctx.copy_text(shown);
}

fn unnamed(text: &str) -> String {
    match hex::read_pairs(text) {
        Some(bytes) => hex::pairs(&trace::unnamed_bytes(&bytes)),
        None => trace::unnamed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_places_do_not_reach_the_clipboard_in_any_form() {
        assert_eq!(unnamed("IMEI 868488076771714"), "IMEI ***************");
        assert_eq!(unnamed("$GNRMC,3112.3456,N"), "$GNRMC,****.****,N");
        assert_eq!(unnamed(&hex::pairs(b"868488076771714")), hex::pairs(b"***************"));
        assert_eq!(unnamed("AT+CSQ"), "AT+CSQ");
    }
}
