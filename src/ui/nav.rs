//! The navigation at the left: the pages, each with its picture, its word and its key.

use eframe::egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::{action::Action, view::Page};

use super::{
    Cx,
    theme::{proportional, size, space, text},
    widgets::{Icon, icon},
};

/// Draws the navigation with `current` chosen.
pub fn nav_ui(ui: &mut Ui, cx: &mut Cx<'_>, current: Page) {
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.add_space(space::S);
    for page in Page::ALL {
        item_ui(ui, cx, page, page == current);
    }
}

fn item_ui(ui: &mut Ui, cx: &mut Cx<'_>, page: Page, is_current: bool) {
    let word = cx.tr(page.key());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ITEM_HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_current, word.as_ref()));
    let colors = &cx.tokens.colors;
    if is_current {
        ui.painter().rect_filled(rect, size::RADIUS, colors.accent_wash);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, size::RADIUS, colors.hover);
    }
    let color = if is_current { colors.accent } else { colors.text };
    let picture = Rect::from_center_size(
        pos2(rect.left() + space::S + size::ICON / 2.0, rect.center().y),
        vec2(size::ICON, size::ICON),
    );
    icon(picture_of(page), color).paint_at(ui, picture);
    let left = picture.right() + space::S;
    let word_at = pos2(left, rect.center().y);
    ui.painter().text(word_at, Align2::LEFT_CENTER, word.as_ref(), proportional(text::BODY), color);
    let key_at = pos2(rect.right() - space::S, rect.center().y);
    let key = page.digit().to_string();
    ui.painter().text(key_at, Align2::RIGHT_CENTER, key, proportional(text::SMALL), colors.faint);
    if response.on_hover_text(format!("Ctrl+{}", page.digit())).clicked() {
        cx.push(Action::Go(page));
    }
}

const fn picture_of(page: Page) -> Icon {
    match page {
        Page::Connect => Icon::Plug,
        Page::Messages => Icon::Messages,
        Page::Certificates => Icon::Certificate,
        Page::Latency => Icon::Latency,
        Page::Troubleshoot => Icon::Troubleshoot,
        Page::Terminal => Icon::Terminal,
        Page::Settings => Icon::Settings,
    }
}

const ITEM_HEIGHT: f32 = 34.0;
