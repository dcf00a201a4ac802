//! The first stop of the Tab key: it leads past the bars to the page. It is only seen while it has the keyboard.

use eframe::egui::{
    Align2, FocusDirection, Id, LayerId, Order, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::{
    Cx,
    theme::{proportional, size, space, text},
};

/// Draws it; call it before the bars.
pub fn skip_ui(ui: &Ui, cx: &Cx<'_>) {
    let corner = ui.ctx().content_rect().min;
    // Nothing to click at: it is of the keyboard alone.
    let spot = Rect::from_min_size(corner, Vec2::splat(1.0));
    let response = ui.interact(spot, Id::unique("skip to the page"), Sense::click());
    let word = cx.tr("skip-to-page");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, word.as_ref()));
    if response.clicked() {
        ui.data_mut(|data| data.insert_temp(pending(), true));
    }
    if response.has_focus() {
        let painter = ui.ctx().layer_painter(LayerId::new(Order::Foreground, response.id));
        let colors = &cx.tokens.colors;
        let words = painter.layout_no_wrap(word.into_owned(), proportional(text::BODY), colors.text);
        let area =
            Rect::from_min_size(corner + Vec2::splat(space::S), words.size() + vec2(2.0 * space::M, 2.0 * space::S));
        painter.rect_filled(area, size::RADIUS, colors.card);
        painter.rect_stroke(area, size::RADIUS, Stroke::new(2.0, colors.text), StrokeKind::Inside);
        let place = Align2::CENTER_CENTER.anchor_size(area.center(), words.size());
        painter.galley(pos2(place.min.x, place.min.y), words, colors.text);
    }
}

/// The place where the page begins: from here the keyboard goes on to its first control. Call it before the page.
pub fn begin_page(ui: &Ui) {
    if !ui.data(|data| data.get_temp::<bool>(pending()).unwrap_or_default()) {
        return;
    }
    let id = Id::unique("the page begins");
    let is_here = ui.memory(|memory| memory.has_focus(id));
    if is_here {
        // What is drawn next gets the keyboard from here.
        ui.memory_mut(|memory| memory.move_focus(FocusDirection::Next));
        ui.data_mut(|data| data.remove::<bool>(pending()));
    }
    let begins = ui.interact(Rect::from_min_size(ui.max_rect().min, Vec2::ZERO), id, Sense::focusable_noninteractive());
    if !is_here {
        begins.request_focus();
    }
    ui.ctx().request_repaint();
}

fn pending() -> Id {
    Id::unique("skips to the page")
}
