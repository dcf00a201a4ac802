//! Notices: short words below the page, where they cover nothing, until they are taken away or their cause has ended; and
//! the list of all that were said.

use eframe::egui::{Align, Frame, Label, Layout, Margin, Panel, ScrollArea, Stroke, Ui};

use crate::{
    action::Action,
    view::{clip, notices::NoticeView},
};

use super::{
    Cx,
    theme::{Tone, size, space},
    widgets::{Icon, Mark, body, icon_button, mark, muted, quiet_button, small},
};

/// Draws the notices at the lower edge of what is left, taking their room from the page.
pub fn notices_ui(ui: &mut Ui, cx: &mut Cx<'_>, notices: &[NoticeView]) {
    if notices.is_empty() {
        return;
    }
    panel_ui(ui, cx, MOST_HEIGHT, |ui, cx| {
        for notice in notices.iter().rev() {
            notice_ui(ui, cx, notice);
        }
    });
}

/// Draws the list of all that were said in the same place, the newest first.
pub fn list_ui(ui: &mut Ui, cx: &mut Cx<'_>, past: &[NoticeView]) {
    let height = (ui.available_height() * LIST_PART).max(MOST_HEIGHT);
    panel_ui(ui, cx, height, |ui, cx| {
        ui.horizontal(|ui| {
            ui.label(body(cx.tr("notices-title")).strong());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icon_button(ui, Icon::Close, &cx.tr("notices-close"), None).clicked() {
                    cx.push(Action::ShowNotices(false));
                }
            });
        });
        if past.is_empty() {
            ui.label(muted(&cx.tokens, cx.tr("notices-none")));
        }
        for notice in past {
            ui.horizontal_top(|ui| {
                mark(ui, look(notice).1);
                ui.vertical(|ui| {
                    ui.add(Label::new(small(clip::sentence(&cx.text(&notice.text)))).wrap().selectable(true));
                    file_ui(ui, cx, notice);
                });
            });
        }
    });
}

fn panel_ui(ui: &mut Ui, cx: &mut Cx<'_>, height: f32, contents: impl FnOnce(&mut Ui, &mut Cx<'_>)) {
    let frame = Frame::new().fill(cx.tokens.colors.page).inner_margin(Margin::same(6));
    Panel::bottom("notices below").frame(frame).resizable(false).show(ui, |ui| {
        ScrollArea::vertical().id_salt("notices").max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            contents(ui, cx);
        });
    });
}

const fn look(notice: &NoticeView) -> (Tone, Mark) {
    if notice.is_bad { (Tone::Bad, Mark::Failed) } else { (Tone::Good, Mark::Confirmed) }
}

fn notice_ui(ui: &mut Ui, cx: &mut Cx<'_>, notice: &NoticeView) {
    let (tone, shape) = look(notice);
    let width = ui.available_width() - 2.0 * (space::M + STROKE);
    Frame::new()
        .fill(cx.tokens.colors.card)
        .stroke(Stroke::new(STROKE, tone.ink(&cx.tokens)))
        .corner_radius(size::RADIUS)
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(width);
            ui.horizontal_top(|ui| {
                mark(ui, shape);
                let words_width = ui.available_width() - size::CONTROL - ui.spacing().item_spacing.x - space::S;
                ui.vertical(|ui| {
                    ui.set_width(words_width);
                    ui.add(Label::new(body(clip::sentence(&cx.text(&notice.text)))).wrap().selectable(true));
                    file_ui(ui, cx, notice);
                });
                if icon_button(ui, Icon::Close, &cx.tr("notice-close"), None).clicked() {
                    cx.push(Action::DismissNotice(notice.id));
                }
            });
        });
}

/// What can be done with a file that was written.
fn file_ui(ui: &mut Ui, cx: &mut Cx<'_>, notice: &NoticeView) {
    let Some(path) = &notice.file else { return };
    ui.horizontal(|ui| {
        if quiet_button(ui, Icon::Folder, &cx.tr("notice-open-folder"), None).clicked() {
            cx.push(Action::OpenFolder(path.clone()));
        }
        if quiet_button(ui, Icon::Copy, &cx.tr("notice-copy-path"), None).clicked() {
            cx.push(Action::Copy(path.clone()));
        }
    });
}

/// The frame around a notice.
const STROKE: f32 = 1.0;
/// Two short notices are seen below a page without scrolling, the newest first.
const MOST_HEIGHT: f32 = 92.0;
/// The part of the height that the list takes.
const LIST_PART: f32 = 0.5;
