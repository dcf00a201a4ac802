//! Buttons. A disabled one says on hover why.

use eframe::egui::{Button, Color32, Response, RichText, Role, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2};

use crate::ui::theme::{Tokens, proportional, size, text};

use super::{Icon, icon};

/// The one button of a page that leads on. `why_not` disables it and is shown on hover.
pub fn primary_button(ui: &mut Ui, word: &str, why_not: Option<&str>) -> Response {
    let tokens = Tokens::of(ui);
    let words = RichText::new(word).font(proportional(text::BODY)).color(tokens.colors.on_accent);
    let button = Button::new(words).fill(tokens.colors.accent).stroke(Stroke::NONE).min_size(vec2(96.0, size::CONTROL));
    add(ui, button, word, why_not)
}

/// A plain button. `why_not` disables it and is shown on hover.
pub fn button(ui: &mut Ui, word: &str, why_not: Option<&str>) -> Response {
    let button = Button::new(word).min_size(vec2(0.0, size::CONTROL));
    add(ui, button, word, why_not)
}

/// A button without a frame, for what is seldom wanted.
pub fn quiet_button(ui: &mut Ui, picture: Icon, word: &str, why_not: Option<&str>) -> Response {
    let tokens = Tokens::of(ui);
    let words = RichText::new(word).font(proportional(text::SMALL)).color(tokens.colors.muted);
    let button = Button::image_and_text(icon(picture, tokens.colors.muted), words).frame_when_inactive(false);
    add(ui, button.min_size(vec2(0.0, size::CONTROL)), word, why_not)
}

/// A button that is only a picture; `name` is its accessible name and its hover text.
pub fn icon_button(ui: &mut Ui, picture: Icon, name: &str, why_not: Option<&str>) -> Response {
    let tokens = Tokens::of(ui);
    let button = Button::image(icon(picture, tokens.colors.muted)).frame_when_inactive(false);
    let button = button.min_size(Vec2::splat(size::CONTROL)).fill(Color32::TRANSPARENT);
    let response = add(ui, button, name, why_not);
    if why_not.is_none() { response.on_hover_text(name) } else { response }
}

/// A ring around what has the keyboard, where its own look does not show that.
pub fn focus_ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, Tokens::of(ui).colors.text);
        ui.painter().rect_stroke(response.rect, size::RADIUS, stroke, StrokeKind::Inside);
    }
}

fn add(ui: &mut Ui, button: Button<'_>, name: &str, why_not: Option<&str>) -> Response {
    let is_enabled = why_not.is_none();
    let response = ui.add_enabled(is_enabled, button);
    focus_ring(ui, &response);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, is_enabled, name));
    match why_not {
        Some(why) => response.on_disabled_hover_text(why),
        None => response,
    }
}
