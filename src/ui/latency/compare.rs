//! Runs side by side: their points over the time since each began, and a table with a row each.

use std::time::Duration;

use eframe::egui::{Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};
use egui_plot::{HoverPosition, MarkerShape, Plot, Points};

use crate::{
    action::{Action, LatencyAction},
    lang::Arg,
    ui::{
        Cx,
        theme::{monospace, size, space, text},
        widgets::{body, muted, rule, small},
    },
    view::latency::{Compared, ComparedRow, Difference, LatencyView, Qos, grouped, qos_key, took_text},
};

use super::{budget, distribution, legend, plot, run_words, table};

/// Draws the points of the compared runs over what is left.
pub(super) fn plot_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    distribution::part_ui(ui, cx, view.screen.part, "latency-since-begin");
    let is_reset = view.screen.window.is_some() && ui.small_button(cx.tr("latency-fit")).clicked();
    let unit = cx.tr("latency-axis");
    let area = ui.available_size();
    let plot = Plot::new("compared latency")
        .height(area.y)
        .width(area.x)
        .grid_color(cx.tokens.colors.line)
        .y_axis_min_width(plot::AXIS_WIDTH)
        .x_axis_formatter(|mark, range| {
            if plot::is_in_corner(mark, range, area.x - plot::AXIS_WIDTH) { String::new() } else { since(mark.value) }
        })
        .y_axis_formatter(|mark, _| plot::value_words(mark, &unit))
        .label_formatter(|position| match position {
            HoverPosition::NearDataPoint { plot_name, position, .. } => {
                Some(format!("{plot_name}\n{:.1} ms\n{}", position.y, since(position.x)))
            }
            HoverPosition::Elsewhere { position } => Some(format!("{:.0} ms\n{}", position.y, since(position.x))),
        });
    let plot = plot::moving(plot);
    let points: Vec<&[f64; 2]> = view.overlays.iter().flat_map(|run| run.points.iter().chain(&run.lost)).collect();
    let plot = if is_reset { plot.reset() } else { plot };
    let shown = plot.show(ui, |plot| {
        for overlay in view.overlays {
            let marker = legend::run_marker(overlay.place, &cx.tokens.colors);
            let name = run_words(cx, view, Some(overlay.number));
            plot.points(
                Points::new(name.clone(), overlay.points.clone())
                    .shape(marker.shape)
                    .filled(marker.is_filled)
                    .color(marker.color)
                    .radius(plot::RADIUS),
            );
            let lost = Points::new(name, overlay.lost.clone()).shape(MarkerShape::Cross).radius(5.0);
            plot.points(lost.color(marker.color));
        }
        plot::keep_within(plot, &points, view.extent);
        plot::window(plot)
    });
    let name = cx.tr("latency-compare-plot");
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name.as_ref()));
    plot::told_look(cx, view, shown.inner, shown.transform.frame().width());
}

/// Draws the runs to choose from, and the table of those chosen.
pub(super) fn table_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>, runs: &[Compared]) {
    ScrollArea::vertical().id_salt("compared").auto_shrink(false).show(ui, |ui| rows_ui(ui, cx, view, runs));
}

/// The same as high as it is.
pub(super) fn rows_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>, runs: &[Compared]) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::HAIR;
        budget::budget_ui(ui, cx, view);
        ui.label(body(cx.tr("latency-compare-choose")).strong());
        for run in runs {
            choose_ui(ui, cx, view, run);
        }
        ui.add_space(space::M);
        let mut chosen: Vec<&Compared> = runs.iter().filter(|run| run.place.is_some()).collect();
        chosen.sort_by_key(|run| run.place);
        for qos in Qos::ALL {
            let rows = |run: &&Compared| run.rows.iter().find(|row| row.qos == qos).copied();
            let rows: Vec<_> = chosen.iter().filter_map(|run| Some((*run, rows(run)?))).collect();
            if !rows.is_empty() {
                qos_ui(ui, cx, view, qos, &rows);
            }
        }
    });
}

/// One run with its box, shape, colour and name.
fn choose_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>, run: &Compared) {
    ui.horizontal(|ui| {
        let name = run_words(cx, view, Some(run.number));
        let is_refused = run.place.is_none() && view.screen.is_comparison_full();
        let mut is_on = run.place.is_some();
        let words = cx.tr_args("latency-compare-run", &[("run", Arg::from(name.as_str()))]);
        let response = ui.add_enabled(!is_refused, eframe::egui::Checkbox::without_text(&mut is_on));
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, !is_refused, is_on, &words));
        if response.on_disabled_hover_text(cx.tr("latency-why-full")).changed() {
            cx.push(Action::Latency(LatencyAction::Compared(run.number)));
        }
        marker_ui(ui, cx, run.place);
        letter_ui(ui, cx, run.place);
        let ink = if run.place.is_some() { cx.tokens.colors.text } else { cx.tokens.colors.muted };
        let mark = if run.is_simulated { format!(" · {}", cx.tr("simulated")) } else { String::new() };
        ui.add(eframe::egui::Label::new(small(format!("{name}{mark}")).color(ink)).truncate());
    });
}

fn marker_ui(ui: &mut Ui, cx: &Cx<'_>, place: Option<usize>) {
    let (rect, _) = ui.allocate_exact_size(vec2(size::ICON, size::ROW), Sense::hover());
    if let Some(place) = place {
        let center = Rect::from_center_size(rect.center(), vec2(size::ICON, size::ICON)).center();
        legend::paint(ui.painter(), center, legend::run_marker(place, &cx.tokens.colors));
    }
}

fn letter_ui(ui: &mut Ui, cx: &Cx<'_>, place: Option<usize>) {
    if let Some(place) = place {
        ui.label(small(legend::letter(place)).color(cx.tokens.colors.text).strong());
    }
}

fn qos_ui(ui: &mut Ui, cx: &Cx<'_>, view: &LatencyView<'_>, qos: Qos, rows: &[(&Compared, ComparedRow)]) {
    ui.label(body(cx.tr(qos_key(qos))).strong());
    let (count, max, lost) = (cx.tr("latency-column-count"), cx.tr("latency-column-max"), cx.tr("latency-column-lost"));
    let heading = [count.as_ref(), "p50", "p95", "p99", max.as_ref(), lost.as_ref()];
    table::line_ui(ui, muted(&cx.tokens, ""), heading.map(|words| muted(&cx.tokens, words)));
    rule(ui);
    for (run, row) in rows {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            marker_ui(ui, cx, run.place);
            letter_ui(ui, cx, run.place);
            ui.label(small(run.name.clone().unwrap_or_else(|| run_words(cx, view, Some(run.number)))));
        });
        let ink = cx.tokens.colors.text;
        let cell = |words: String| RichText::new(words).font(monospace(text::SMALL)).color(ink);
        table::line_ui(ui, muted(&cx.tokens, ""), cells(*row).map(cell));
        if let Some(verdict) = row.verdict {
            budget::verdict_ui(ui, cx, &view.screen.budget, verdict);
        }
    }
    differences_ui(ui, cx, rows);
    ui.add_space(space::M);
}

/// The first run less each of the others: what is shorter in the first has a minus.
fn differences_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &[(&Compared, ComparedRow)]) {
    let Some(((first, row), others)) = rows.split_first() else { return };
    for (other, less) in others {
        let letters = [first.place, other.place].map(|place| place.map_or('?', legend::letter));
        let label = format!("{} − {}", letters[0], letters[1]);
        let cells = difference_cells(row.less(less));
        let cell = |words: String| RichText::new(words).font(monospace(text::SMALL)).color(cx.tokens.colors.muted);
        let label = small(label).color(cx.tokens.colors.text).strong();
        table::line_ui(ui, label, cells.map(cell));
    }
}

fn difference_cells(difference: Difference) -> [String; 6] {
    let [p50, p95, p99, max] = difference.times.map(|micros| micros.map_or_else(|| "–".to_owned(), signed_time));
    let sign = sign(difference.lost);
    [String::new(), p50, p95, p99, max, format!("{sign}{}", grouped(difference.lost.unsigned_abs()))]
}

fn signed_time(micros: i64) -> String {
    format!("{}{}", sign(micros), took_text(Duration::from_micros(micros.unsigned_abs())))
}

const fn sign(number: i64) -> &'static str {
    match number {
        0 => "",
        1.. => "+",
        ..0 => "−",
    }
}

fn cells(row: ComparedRow) -> [String; 6] {
    let lost = grouped(row.losses.total());
    match row.times().zip(row.percentiles) {
        None => ["0".to_owned(), "–".into(), "–".into(), "–".into(), "–".into(), lost],
        Some(([p50, p95, p99, max], values)) => [grouped(values.count), p50, p95, p99, max, lost],
    }
}

/// Time since a run began.
pub(super) fn since(seconds: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a cast of a float stops at the ends of the range")]
    let whole = seconds.abs().floor() as i64;
    let sign = if seconds < 0.0 { "−" } else { "" };
    match whole {
        0..60 => format!("{sign}{:.1} s", seconds.abs()),
        60..3_600 => format!("{sign}{}:{:02}", whole / 60, whole % 60),
        _ => format!("{sign}{}:{:02}:{:02}", whole / 3_600, whole / 60 % 60, whole % 60),
    }
}
