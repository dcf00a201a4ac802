//! Notices: short words over the page, at its lower right, until they are taken away; in a small window below the page,
//! where they cover nothing.

use eframe::egui::{Align2, Area, Frame, Id, Label, Margin, Order, Panel, ScrollArea, Stroke, Ui, vec2};

use crate::{
    action::Action,
    view::{clip, notices::NoticeView},
};

use super::{
    Cx,
    theme::{Tone, size, space},
    widgets::{Icon, Mark, body, icon_button, mark},
};

/// Draws the notices over the window, their lower edge `above` points from its own.
pub fn notices_ui(ui: &Ui, cx: &mut Cx<'_>, notices: &[NoticeView], above: f32) {
    if notices.is_empty() {
        return;
    }
    let corner = -vec2(space::L, space::L + above);
    Area::new(Id::unique("notices")).order(Order::Foreground).anchor(Align2::RIGHT_BOTTOM, corner).show(
        ui.ctx(),
        |ui| {
            ui.spacing_mut().item_spacing.y = space::S;
            for notice in notices {
                notice_ui(ui, cx, notice, WIDTH);
            }
        },
    );
}

/// Draws the notices at the lower edge of what is left, taking their room from the page.
pub fn below_page_ui(ui: &mut Ui, cx: &mut Cx<'_>, notices: &[NoticeView]) {
    if notices.is_empty() {
        return;
    }
    let frame = Frame::new().fill(cx.tokens.colors.page).inner_margin(Margin::same(6));
    Panel::bottom("notices below").frame(frame).resizable(false).show(ui, |ui| {
        ScrollArea::vertical().id_salt("notices").max_height(MOST_HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            let width = ui.available_width() - 2.0 * space::M;
            for notice in notices.iter().rev() {
                notice_ui(ui, cx, notice, width);
            }
        });
    });
}

fn notice_ui(ui: &mut Ui, cx: &mut Cx<'_>, notice: &NoticeView, width: f32) {
    let (tone, shape) = if notice.is_bad { (Tone::Bad, Mark::Failed) } else { (Tone::Good, Mark::Confirmed) };
    Frame::new()
        .fill(cx.tokens.colors.card)
        .stroke(Stroke::new(1.0, tone.ink(&cx.tokens)))
        .corner_radius(size::RADIUS)
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(width);
            ui.horizontal_top(|ui| {
                mark(ui, shape);
                let words_width = ui.available_width() - size::CONTROL - space::S;
                ui.vertical(|ui| {
                    ui.set_width(words_width);
                    ui.add(Label::new(body(clip::sentence(&cx.text(&notice.text)))).wrap().selectable(true));
                });
                if icon_button(ui, Icon::Close, &cx.tr("notice-close"), None).clicked() {
                    cx.push(Action::DismissNotice(notice.id));
                }
            });
        });
}

const WIDTH: f32 = 420.0;
/// Two short notices are seen below a page without scrolling, the newest first.
const MOST_HEIGHT: f32 = 92.0;
