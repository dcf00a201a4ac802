//! The distribution of times: how many of a hundred publishes needed at most so long, a curve for each run and quality of
//! service.

use eframe::egui::{Color32, Role, Ui, WidgetInfo};
use egui_plot::{HLine, HoverPosition, Line, LineStyle, Plot, VLine, uniform_grid_spacer};

use crate::{
    action::{Action, LatencyAction},
    lang::Arg,
    ui::{
        Cx,
        widgets::{choice, muted},
    },
    view::latency::{Curve, LatencyView, PARTS, Part, Qos, SeriesKind, grouped, took_text},
};

use super::{legend, plot, run_words, table};

/// Draws the curves over what is left.
pub(super) fn plot_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    part_ui(ui, cx, view.screen.part, "latency-distribution-hint");
    ui.horizontal_wrapped(|ui| {
        for curve in view.curves {
            let words = format!("{} · {}", words(cx, view, curve), grouped(curve.count));
            ui.colored_label(color(cx, curve), words);
        }
    });
    let unit = cx.tr("latency-axis");
    let area = ui.available_size();
    let read_out = |time: f64| {
        let lines = view.curves.iter().map(|curve| {
            let share = format!("{:.1}", curve.percent_within(time));
            let args = [("share", Arg::from(share)), ("time", Arg::from(milliseconds(time)))];
            format!("{}: {}", words(cx, view, curve), cx.tr_args("latency-distribution-at", &args))
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let plot = Plot::new(("distribution", view.run, view.screen.compares, view.screen.part as usize))
        .height(area.y.max(plot::PLOT_LEAST))
        .width(area.x)
        .grid_color(cx.tokens.colors.line)
        .y_axis_min_width(plot::AXIS_WIDTH)
        .x_axis_formatter(|mark, range| {
            if plot::is_in_corner(mark, range, area.x - plot::AXIS_WIDTH) {
                String::new()
            } else {
                plot::value_words(mark, &unit)
            }
        })
        .y_axis_formatter(|mark, _| format!("{} %", mark.value))
        // What the curves say at the pointer's time, wherever on that line it stands.
        .label_formatter(move |position| match position {
            HoverPosition::NearDataPoint { position, .. } | HoverPosition::Elsewhere { position } => {
                Some(read_out(position.x))
            }
        });
    let plot = plot::zooming(plot).y_grid_spacer(uniform_grid_spacer(|_| [25.0, 50.0, 100.0]));
    let limit = view.screen.budget.limit().filter(|_| view.screen.part == Part::Total);
    let lines: Vec<_> = view
        .curves
        .iter()
        .map(|curve| (words(cx, view, curve), color(cx, curve), curve.qos == Qos::ExactlyOnce, curve.points.clone()))
        .collect();
    let extent = extent(view.curves);
    let colors = cx.tokens.colors.clone();
    let shown = plot.show(ui, move |plot| {
        for height in [50.0, 95.0] {
            let line = HLine::new("", height).color(colors.outline).style(LineStyle::dashed_loose());
            plot.hline(line.allow_hover(false));
        }
        if let Some(limit) = limit {
            plot.vline(
                VLine::new("", limit.as_secs_f64() * 1_000.0).color(colors.accent).width(1.5).allow_hover(false),
            );
        }
        for (name, color, is_dashed, points) in lines {
            let style = if is_dashed { LineStyle::dashed_dense() } else { LineStyle::Solid };
            plot.line(Line::new(name, points).color(color).width(2.0).style(style));
        }
        plot::keep_span(plot, extent);
        plot.set_plot_bounds_y(-1.0..=101.0);
    });
    let name = cx.tr("latency-distribution-plot");
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name.as_ref()));
}

/// Draws which part of the way is looked at, to be changed, and what the plot shows of it.
pub(super) fn part_ui(ui: &mut Ui, cx: &mut Cx<'_>, part: Part, hint: &'static str) {
    ui.horizontal(|ui| {
        ui.label(muted(&cx.tokens, cx.tr("latency-part")));
        let words = |part| cx.tr(table::part_key(part)).into_owned();
        if let Some(part) = choice(ui, &cx.tr("latency-part"), part, &PARTS, words) {
            cx.push(Action::Latency(LatencyAction::Part(part)));
        }
        ui.add(eframe::egui::Label::new(muted(&cx.tokens, cx.tr(hint))).truncate());
    });
}

fn words(cx: &Cx<'_>, view: &LatencyView<'_>, curve: &Curve) -> String {
    let qos = format!("QoS {}", curve.qos.number());
    match curve.place {
        Some(place) => format!("{} · {} · {qos}", legend::letter(place), run_words(cx, view, curve.run)),
        None => qos,
    }
}

fn color(cx: &Cx<'_>, curve: &Curve) -> Color32 {
    let colors = &cx.tokens.colors;
    match curve.place {
        Some(place) => legend::run_marker(place, colors).color,
        None => legend::marker(SeriesKind::Modem(curve.qos), colors).color,
    }
}

/// From zero to the longest time.
fn extent(curves: &[Curve]) -> Option<(f64, f64)> {
    let longest = curves.iter().filter_map(|curve| curve.points.last()).map(|point| point[0]).fold(0.0, f64::max);
    (longest > 0.0).then_some((0.0, longest))
}

fn milliseconds(millis: f64) -> String {
    took_text(std::time::Duration::try_from_secs_f64(millis.max(0.0) / 1_000.0).unwrap_or_default())
}
