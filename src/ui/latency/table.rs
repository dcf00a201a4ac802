//! Percentiles by quality of service and part, and what went astray.

use eframe::egui::{Align, Label, Layout, RichText, ScrollArea, Ui, vec2};

use crate::{
    lang::Arg,
    ui::{
        Cx,
        theme::{monospace, size, space, text},
        widgets::{Mark, body, mark, muted, rule, small},
    },
    view::latency::{LatencyView, Losses, Part, Qos, TableRow, grouped, qos_key, took_text},
};

use super::budget;

/// Draws the table over what is left.
pub(super) fn table_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    ScrollArea::vertical().id_salt("percentiles").auto_shrink(false).show(ui, |ui| rows_ui(ui, cx, view));
}

/// Draws the table as high as it is.
pub(super) fn rows_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::HAIR;
        budget::budget_ui(ui, cx, view);
        ui.add_space(space::S);
        for qos in Qos::ALL {
            let rows: Vec<&TableRow> = view.rows.iter().filter(|row| row.qos == qos).collect();
            let losses = view.losses.iter().find(|(of, _)| *of == qos).map(|(_, losses)| *losses);
            if rows.is_empty() && losses.is_none() {
                continue;
            }
            ui.label(body(cx.tr(qos_key(qos))).strong());
            if !rows.is_empty() {
                heading_ui(ui, cx);
                rule(ui);
            }
            for row in rows {
                row_ui(ui, cx, row);
            }
            if let Some(losses) = losses {
                losses_ui(ui, cx, losses);
            }
            for (_, verdict) in view.verdicts.iter().filter(|(of, _)| *of == qos) {
                budget::verdict_ui(ui, cx, &view.screen.budget, *verdict);
            }
            ui.add_space(space::M);
        }
        notes_ui(ui, cx, view);
    });
}

/// What the line itself takes, and what is counted here and no longer drawn.
fn notes_ui(ui: &mut Ui, cx: &Cx<'_>, view: &LatencyView<'_>) {
    if let Some(floor) = view.floor {
        let args = [
            ("baud", Arg::from(floor.baud)),
            ("accept", Arg::from(took_text(floor.accept))),
            ("ack", Arg::from(took_text(floor.ack))),
        ];
        ui.label(muted(&cx.tokens, cx.tr_args("latency-floor", &args)));
    }
    if view.trimmed > 0 {
        let args = [("n", Arg::from(grouped(view.trimmed)))];
        ui.label(muted(&cx.tokens, cx.tr_args("latency-trimmed", &args)));
    }
}

fn heading_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let max = cx.tr("latency-column-max");
    let count = cx.tr("latency-column-count");
    line_ui(
        ui,
        muted(&cx.tokens, ""),
        [count.as_ref(), "p50", "p95", "p99", max.as_ref()].map(|words| muted(&cx.tokens, words)),
    );
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, row: &TableRow) {
    let label = part_key(row.part);
    let [p50, p95, p99, max] = row.times();
    let cells = [grouped(row.percentiles.count), p50, p95, p99, max];
    let ink = if row.part == Part::Total { cx.tokens.colors.text } else { cx.tokens.colors.muted };
    line_ui(
        ui,
        small(cx.tr(label)).color(ink),
        cells.map(|words| RichText::new(words).font(monospace(text::SMALL)).color(cx.tokens.colors.text)),
    );
}

/// The name of a part of the way in the language files.
pub(super) const fn part_key(part: Part) -> &'static str {
    match part {
        Part::Wait => "latency-wait",
        Part::Modem => "latency-modem",
        Part::Network => "latency-network",
        Part::Total => "latency-total",
    }
}

/// A label at the left and right-aligned cells.
pub(super) fn line_ui<const N: usize>(ui: &mut Ui, label: RichText, cells: [RichText; N]) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (place, words) in cells.into_iter().enumerate().rev() {
                let width = match place {
                    0 | 5.. => COUNT_WIDTH,
                    // Differences have a sign.
                    _ if N > 5 => SIGNED_WIDTH,
                    _ => CELL_WIDTH,
                };
                ui.allocate_ui_with_layout(vec2(width, size::ROW), Layout::right_to_left(Align::Center), |ui| {
                    ui.set_min_size(vec2(width, size::ROW));
                    ui.label(words);
                });
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(Label::new(label).truncate()));
        });
    });
}

fn losses_ui(ui: &mut Ui, cx: &Cx<'_>, losses: Losses) {
    let kinds = [
        ("stage-failed", losses.failed, Mark::Failed),
        ("stage-timed-out", losses.timed_out, Mark::Stale),
        ("stage-unknown", losses.unknown, Mark::Stale),
    ];
    for (key, count, shape) in kinds.into_iter().filter(|(_, count, _)| *count > 0) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            mark(ui, shape);
            let words = cx.tr_args(
                "latency-losses",
                &[("n", Arg::from(grouped(count))), ("what", Arg::from(cx.tr(key).into_owned()))],
            );
            ui.label(small(words).color(shape.tone().ink(&cx.tokens)));
        });
    }
}

const COUNT_WIDTH: f32 = 44.0;
const CELL_WIDTH: f32 = 60.0;
const SIGNED_WIDTH: f32 = 66.0;
