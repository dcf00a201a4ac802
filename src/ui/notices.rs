//! Notices: short words over the page, at its lower right, until they are taken away.

use eframe::egui::{Align2, Area, Frame, Id, Label, Margin, Order, Stroke, Ui, vec2};

use crate::{
    action::Action,
    view::{clip, notices::NoticeView},
};

use super::{
    Cx,
    theme::{Tone, size, space},
    widgets::{Icon, Mark, body, icon_button, mark},
};

/// Draws the notices over what is left of the window.
pub fn notices_ui(ui: &Ui, cx: &mut Cx<'_>, notices: &[NoticeView]) {
    if notices.is_empty() {
        return;
    }
    let corner = ui.max_rect().right_bottom() - ui.ctx().content_rect().right_bottom() - vec2(space::L, space::L);
    Area::new(Id::unique("notices")).order(Order::Foreground).anchor(Align2::RIGHT_BOTTOM, corner).show(
        ui.ctx(),
        |ui| {
            ui.spacing_mut().item_spacing.y = space::S;
            for notice in notices {
                notice_ui(ui, cx, notice);
            }
        },
    );
}

fn notice_ui(ui: &mut Ui, cx: &mut Cx<'_>, notice: &NoticeView) {
    let (tone, shape) = if notice.is_bad { (Tone::Bad, Mark::Failed) } else { (Tone::Good, Mark::Confirmed) };
    Frame::new()
        .fill(cx.tokens.colors.card)
        .stroke(Stroke::new(1.0, tone.ink(&cx.tokens)))
        .corner_radius(size::RADIUS)
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(WIDTH);
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
