//! The navigation at the left: the pages, each with its picture, its word and its key.
//!
//! In a small window the word stands below the picture, and without it where the window is also low.

use eframe::egui::{Align2, Color32, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::{action::Action, view::Page};

use super::{
    Cx,
    pages::PageFacts,
    theme::{proportional, size, space, text},
    widgets::{focus_ring, icon},
};

/// Draws the navigation with `current` chosen.
pub fn nav_ui(ui: &mut Ui, cx: &mut Cx<'_>, current: Page, is_narrow: bool) {
    ui.spacing_mut().item_spacing.y = if is_narrow { space::HAIR } else { space::XS };
    ui.add_space(if is_narrow { space::HAIR } else { space::S });
    #[expect(clippy::cast_precision_loss, reason = "there are eight pages")]
    let room = ui.available_height() / Page::ALL.len() as f32 - ui.spacing().item_spacing.y;
    let height = if is_narrow { STACKED_HEIGHT } else { ITEM_HEIGHT }.min(room.max(LEAST_HEIGHT));
    for page in Page::ALL {
        item_ui(ui, cx, page, page == current, vec2(ui.available_width(), height), is_narrow);
    }
}

fn item_ui(ui: &mut Ui, cx: &mut Cx<'_>, page: Page, is_current: bool, area: Vec2, is_narrow: bool) {
    let facts = PageFacts::of(page);
    let word = cx.tr(facts.word);
    let (rect, response) = ui.allocate_exact_size(area, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_current, word.as_ref()));
    let colors = &cx.tokens.colors;
    if is_current {
        ui.painter().rect_filled(rect, size::RADIUS, colors.accent_wash);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, size::RADIUS, colors.hover);
    }
    focus_ring(ui, &response);
    let color = if is_current { colors.accent } else { colors.text };
    if is_narrow {
        stacked_ui(ui, page, &word, color, rect);
    } else {
        row_ui(ui, cx, page, &word, color, rect);
    }
    if response.on_hover_text(facts.keys()).clicked() {
        cx.push(Action::Go(page));
    }
}

/// Picture, word and key beside each other.
fn row_ui(ui: &Ui, cx: &Cx<'_>, page: Page, word: &str, color: Color32, rect: Rect) {
    let centre = pos2(rect.left() + space::S + size::ICON / 2.0, rect.center().y);
    let picture = Rect::from_center_size(centre, Vec2::splat(size::ICON));
    icon(PageFacts::of(page).icon, color).paint_at(ui, picture);
    let word_at = pos2(picture.right() + space::S, rect.center().y);
    ui.painter().text(word_at, Align2::LEFT_CENTER, word, proportional(text::BODY), color);
    let key_at = pos2(rect.right() - space::S, rect.center().y);
    let key = PageFacts::of(page).key.name();
    ui.painter().text(key_at, Align2::RIGHT_CENTER, key, proportional(text::SMALL), cx.tokens.colors.muted);
}

/// The word below the picture, or alone where both do not fit.
fn stacked_ui(ui: &Ui, page: Page, word: &str, color: Color32, rect: Rect) {
    let font = proportional(text::SMALL);
    if rect.height() < STACKED_LEAST {
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, word, font, color);
        return;
    }
    let centre = pos2(rect.center().x, rect.top() + space::XS + size::ICON / 2.0);
    icon(PageFacts::of(page).icon, color).paint_at(ui, Rect::from_center_size(centre, Vec2::splat(size::ICON)));
    ui.painter().text(pos2(centre.x, rect.bottom() - space::HAIR), Align2::CENTER_BOTTOM, word, font, color);
}

const ITEM_HEIGHT: f32 = 34.0;
const STACKED_HEIGHT: f32 = 42.0;
/// Below this height picture and word do not fit above each other.
const STACKED_LEAST: f32 = 36.0;
const LEAST_HEIGHT: f32 = 20.0;
