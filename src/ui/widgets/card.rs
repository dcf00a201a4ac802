//! Cards, titles and hairlines: lines and cards instead of boxes in boxes.

use eframe::egui::{Frame, InnerResponse, Margin, Sense, Stroke, Ui, vec2};

use crate::ui::theme::{Tokens, size, space};

use super::{body, muted, title};

/// A card with an optional heading. Its width is what is left.
pub fn card<R>(ui: &mut Ui, heading: Option<&str>, add_contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let tokens = Tokens::of(ui);
    Frame::new()
        .fill(tokens.colors.card)
        .stroke(Stroke::new(1.0, tokens.colors.line))
        .corner_radius(size::RADIUS)
        .inner_margin(Margin::same(12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            if let Some(heading) = heading {
                ui.label(body(heading).strong());
                ui.add_space(space::XS);
            }
            add_contents(ui)
        })
}

/// The margin around a page that fills all that is left.
pub fn page_frame() -> Frame {
    Frame::new().inner_margin(Margin::symmetric(16, 12))
}

/// The title of a page with one line about it.
pub fn page_title(ui: &mut Ui, words: &str, hint: &str) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.label(title(words));
        ui.add_space(space::S);
        ui.label(muted(&tokens, hint));
    });
    ui.add_space(space::S);
}

/// A hairline across what is left of the width.
pub fn rule(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, tokens.colors.line));
}

/// What an empty page says: what it will show and what to do first.
pub fn empty_page(ui: &mut Ui, words: &str, hint: &str) {
    let tokens = Tokens::of(ui);
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.3).min(160.0));
        ui.label(title(words).color(tokens.colors.muted));
        ui.label(body(hint).color(tokens.colors.muted));
    });
}
