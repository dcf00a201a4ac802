//! Text in its few looks.

use eframe::egui::{Color32, Label, Response, RichText, Ui};

use crate::ui::theme::{Tokens, monospace, proportional, text};

/// Text of the body size.
pub fn body(words: impl Into<String>) -> RichText {
    RichText::new(words).font(proportional(text::BODY))
}

/// Text of the small size in the text colour.
pub fn small(words: impl Into<String>) -> RichText {
    RichText::new(words).font(proportional(text::SMALL))
}

/// Small text beside the point: a label, a unit, a hint.
pub fn muted(tokens: &Tokens, words: impl Into<String>) -> RichText {
    small(words).color(tokens.colors.muted)
}

/// The title of a page or a card.
pub fn title(words: impl Into<String>) -> RichText {
    RichText::new(words).font(proportional(text::TITLE))
}

/// A value that an audience reads.
pub fn stage(words: impl Into<String>) -> RichText {
    RichText::new(words).font(proportional(text::STAGE))
}

/// Something that crosses the wire.
pub fn mono(words: impl Into<String>) -> RichText {
    RichText::new(words).font(monospace(text::BODY - 1.0))
}

/// Something that crosses the wire, in a colour.
pub fn mono_in(color: Color32, words: impl Into<String>) -> RichText {
    mono(words).color(color)
}

/// One line `label value`, the value in the wire's face and selectable.
pub fn key_value(ui: &mut Ui, label: &str, value: &str) -> Response {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.label(muted(&tokens, label));
        ui.add(Label::new(mono(value)).selectable(true).truncate())
    })
    .inner
}
