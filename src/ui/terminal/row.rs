//! One row of the conversation: time, direction, text with its marks. Painted, not laid out as widgets: a page holds many.

use eframe::egui::{
    Color32, Response, Role, Sense, Ui, WidgetInfo, pos2,
    text::{LayoutJob, TextFormat},
};

use crate::{
    ui::{
        theme::{Tokens, monospace, space, text},
        widgets::focus_ring,
    },
    view::{WireLook, terminal::LineView},
};

/// Draws one row over all of `ui`.
pub(crate) fn row_ui(ui: &mut Ui, tokens: &Tokens, line: &LineView<'_>) -> Response {
    let rect = ui.max_rect();
    let response = ui.interact(rect, ui.scope_id().with("row"), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, line.is_chosen, words(line)));
    if line.is_chosen {
        ui.painter().rect_filled(rect, 2.0, tokens.colors.accent_wash);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 2.0, tokens.colors.hover);
    }
    focus_ring(ui, &response);
    let galley = ui.painter().layout_job(job(tokens, line));
    let corner = pos2(rect.left() + space::HAIR, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(corner, galley, tokens.colors.text);
    response
}

/// Draws the newest row beside something else, as far as there is room.
pub(crate) fn glimpse_ui(ui: &mut Ui, tokens: &Tokens, line: &LineView<'_>) {
    let label = eframe::egui::Label::new(job(tokens, line)).truncate().selectable(false);
    ui.add(label);
}

/// What a row says: `← +CSQ: 24,0`.
fn words(line: &LineView<'_>) -> String {
    format!("{} {}", sign(line.look), line.text)
}

fn job(tokens: &Tokens, line: &LineView<'_>) -> LayoutJob {
    let ink = ink(tokens, line.look);
    let format = |color: Color32| TextFormat { font_id: monospace(text::BODY - 1.0), color, ..TextFormat::default() };
    let mut job = LayoutJob::default();
    job.wrap.max_rows = 1;
    job.break_on_newline = false;
    job.append(&line.clock, 0.0, format(tokens.colors.muted));
    job.append(sign(line.look), space::S, format(ink));
    let mut end = 0;
    let mut gap = space::S;
    for mark in &line.marks {
        job.append(&line.text[end..mark.start], gap, format(ink));
        let marked = TextFormat { background: tokens.colors.warn_wash, ..format(tokens.colors.warn) };
        job.append(&line.text[mark.clone()], 0.0, marked);
        (end, gap) = (mark.end, 0.0);
    }
    job.append(&line.text[end..], gap, format(ink));
    if line.more > 0 {
        job.append(&format!("… +{} B", line.more), space::S, format(tokens.colors.muted));
    }
    job
}

/// The colour of a kind of line.
pub(crate) const fn ink(tokens: &Tokens, look: WireLook) -> Color32 {
    match look {
        WireLook::Sent => tokens.colors.wire_sent,
        WireLook::Echo => tokens.colors.muted,
        WireLook::Answer => tokens.colors.wire_answer,
        WireLook::Unsolicited => tokens.colors.wire_unsolicited,
        WireLook::Unrecognised => tokens.colors.wire_unrecognised,
    }
}

/// The sign of a kind of line, so that it is not told by colour alone.
pub(crate) const fn sign(look: WireLook) -> &'static str {
    match look {
        WireLook::Sent => "→",
        WireLook::Echo => "◇",
        WireLook::Answer => "←",
        WireLook::Unsolicited => "◆",
        WireLook::Unrecognised => "?",
    }
}
