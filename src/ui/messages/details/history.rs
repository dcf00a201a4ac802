//! What a message changed against the one before it, and the messages of its topic.

use eframe::egui::{
    Align, Color32, Label, Layout, Role, ScrollArea, Sense, TextFormat, Ui, UiBuilder, WidgetInfo, text::LayoutJob,
    vec2,
};

use crate::{
    lang::Arg,
    ui::{
        Cx,
        theme::{Tone, monospace, size, space, text},
        widgets::{RowList, Rows, focus_ring, muted, rule, small},
    },
    view::messages::{Change, Compared, Details, DiffRow, Difference, Fate, MessageRow, MessagesView, grouped},
};

use super::super::{change, small_mono};

/// Draws both over what is left.
pub(super) fn history_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MessagesView<'_>,
    details: &Details,
    difference: Option<&Difference>,
) {
    // No more than half of the room, and no more than is in it.
    #[expect(clippy::cast_precision_loss, reason = "more rows than fit are as good as very many")]
    let wanted = difference.map_or(1, |difference| difference.rows.len() + 2) as f32 * size::ROW;
    let height = (ui.available_height() * 0.5).min(wanted).max(size::ROW * 2.0);
    ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
        ui.set_min_height(height);
        match difference {
            Some(difference) => difference_ui(ui, cx, difference),
            None => {
                ui.label(muted(&cx.tokens, cx.tr("history-first")));
            }
        }
    });
    rule(ui);
    let count = view.screen().details.history.len();
    let words = cx.tr_args("history-count", &[("n", Arg::from(grouped(count as u64)))]);
    ui.label(small(words).strong());
    RowList::new("topic history", Rows { first: 0, count }, size::ROW).show(ui, |ui, row| {
        if let Some(row) = view.history(row) {
            row_ui(ui, cx, &row, row.seq == details.row.seq);
        }
    });
}

fn difference_ui(ui: &mut Ui, cx: &Cx<'_>, difference: &Difference) {
    let key = match difference.compared {
        Compared::Json => "history-json",
        Compared::Lines => "history-lines",
        Compared::Bytes => "history-bytes",
    };
    let mut words = if difference.is_same() {
        cx.tr("history-same").into_owned()
    } else {
        cx.tr_args(key, &[("same", Arg::from(grouped(difference.same as u64)))])
    };
    if difference.left_out > 0 {
        words.push_str(" · ");
        words.push_str(&cx.tr_args("history-left-out", &[("n", Arg::from(grouped(difference.left_out as u64)))]));
    }
    ui.label(muted(&cx.tokens, words));
    let rows = difference.rows.len();
    ScrollArea::vertical().id_salt("difference").auto_shrink(false).min_scrolled_height(size::WIRE_ROW).show_rows(
        ui,
        size::WIRE_ROW,
        rows,
        |ui, range| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for row in &difference.rows[range] {
                ui.allocate_ui(vec2(ui.available_width(), size::WIRE_ROW), |ui| diff_ui(ui, cx, row));
            }
        },
    );
}

/// One line with its sign: colour is never the only one to tell.
fn diff_ui(ui: &mut Ui, cx: &Cx<'_>, row: &DiffRow) {
    let mut job = LayoutJob::default();
    let mut append = |words: &str, ink: Color32, wash: Color32| {
        let format =
            TextFormat { font_id: monospace(text::SMALL), color: ink, background: wash, ..TextFormat::default() };
        job.append(words, 0.0, format);
    };
    let clear = Color32::TRANSPARENT;
    let colors = &cx.tokens.colors;
    match row {
        DiffRow::Line { fate, pieces } => {
            let (sign, tone) = match fate {
                Fate::Same => ("  ", Tone::Neutral),
                Fate::Added => ("+ ", Tone::Good),
                Fate::Removed => ("− ", Tone::Bad),
            };
            append(sign, tone.ink(&cx.tokens), clear);
            for (is_changed, piece) in pieces {
                append(piece, tone.ink(&cx.tokens), if *is_changed { tone.wash(&cx.tokens) } else { clear });
            }
        }
        DiffRow::Value { path, old, new } => {
            let sign = match (old, new) {
                (None, _) => "+ ",
                (_, None) => "− ",
                _ => "~ ",
            };
            append(sign, colors.muted, clear);
            append(path, colors.text, clear);
            append("  ", colors.text, clear);
            if let Some(old) = old {
                append(old, colors.bad, colors.bad_wash);
            }
            if old.is_some() && new.is_some() {
                append(" → ", colors.muted, clear);
            }
            if let Some(new) = new {
                append(new, colors.good, colors.good_wash);
            }
        }
    }
    let words = job.text.clone();
    ui.add(Label::new(job).truncate().selectable(false)).on_hover_text(words);
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, row: &MessageRow, is_chosen: bool) {
    let area = ui.max_rect();
    let response = ui.interact(area, ui.scope_id().with("older"), Sense::click());
    let name = cx.tr_args(
        "history-row",
        &[("time", Arg::from(row.time.as_str())), ("payload", Arg::from(row.preview.as_str()))],
    );
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &name));
    let colors = &cx.tokens.colors;
    if is_chosen || response.hovered() {
        let fill = if is_chosen { colors.accent_wash } else { colors.hover };
        ui.painter().rect_filled(area, f32::from(size::RADIUS), fill);
    }
    focus_ring(ui, &response);
    if response.clicked() {
        change(cx, Change::Select(Some(row.seq)));
    }
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(area.shrink2(vec2(space::XS, 0.0))).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add(Label::new(small_mono(&row.time).color(cx.tokens.colors.muted)).selectable(false));
        ui.add(Label::new(small_mono(&row.preview)).truncate().selectable(false));
    });
}
