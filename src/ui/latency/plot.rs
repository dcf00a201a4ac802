//! The scatter itself.

use eframe::egui::{Role, Ui, WidgetInfo, vec2};
use egui_plot::{HLine, HoverPosition, LineStyle, Plot, PlotUi, Points, uniform_grid_spacer};

use crate::{
    action::{Action, LatencyAction},
    ui::Cx,
    view::latency::{LatencyView, Window},
};

use super::{clock, legend};

/// Draws the plot over what is left.
pub(super) fn plot_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    let is_reset = view.window.is_some() && ui.small_button(cx.tr("latency-fit")).clicked();
    let unit = cx.tr("latency-axis");
    let area = ui.available_size();
    let plot = Plot::new("latency")
        .height(area.y)
        .width(area.x)
        .include_y(0.0)
        .set_margin_fraction(vec2(0.03, 0.08))
        .show_background(false)
        .grid_color(cx.tokens.colors.line)
        .x_grid_spacer(uniform_grid_spacer(|input| time_steps(input.base_step_size)))
        .x_axis_formatter(|mark, _| clock(view, mark.value, mark.step_size))
        .y_axis_formatter(|mark, _| format!("{} {unit}", mark.value))
        .label_formatter(|position| hover_words(view, position));
    let plot = if is_reset { plot.reset() } else { plot };
    let shown = plot.show(ui, |plot| {
        add_items(plot, cx, view);
        let bounds = plot.plot_bounds();
        (!plot.auto_bounds().x)
            .then(|| Window { start_micros: micros(bounds.min()[0]), end_micros: micros(bounds.max()[0]) })
    });
    let name = cx.tr("latency-plot");
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name.as_ref()));
    let columns = whole(shown.transform.frame().width());
    if (shown.inner, columns) != (view.window, view.columns) {
        cx.push(Action::Latency(LatencyAction::Look { window: shown.inner, columns }));
    }
}

fn add_items<'a>(plot: &mut PlotUi<'a>, cx: &Cx<'_>, view: &LatencyView<'a>) {
    let colors = &cx.tokens.colors;
    if let Some(floor) = view.floor {
        let height = floor.accept.as_secs_f64() * 1_000.0;
        let style = LineStyle::dashed_dense();
        plot.hline(HLine::new("", height).color(colors.outline).style(style).allow_hover(false));
    }
    for series in view.series.iter().filter(|series| view.is_shown(series.kind)) {
        let marker = legend::marker(series.kind, colors);
        plot.points(
            Points::new(legend::words(cx, series.kind), series.points.clone())
                .shape(marker.shape)
                .filled(marker.is_filled)
                .color(marker.color)
                .radius(if marker.is_filled { RADIUS } else { HOLLOW_RADIUS }),
        );
    }
}

fn hover_words(view: &LatencyView<'_>, position: &HoverPosition<'_>) -> Option<String> {
    match position {
        HoverPosition::NearDataPoint { plot_name, position, .. } if !plot_name.is_empty() => {
            Some(format!("{plot_name}\n{:.1} ms\n{}", position.y, clock(view, position.x, 0.0)))
        }
        _ => None,
    }
}

/// Marks of the time axis: each step divides the next.
fn time_steps(least: f64) -> [f64; 3] {
    let first = TIME_STEPS.iter().position(|step| *step >= least).unwrap_or(TIME_STEPS.len() - 3);
    let first = first.min(TIME_STEPS.len() - 3);
    [TIME_STEPS[first], TIME_STEPS[first + 1], TIME_STEPS[first + 2]]
}

#[expect(clippy::cast_possible_truncation, reason = "a cast of a float stops at the ends of the range")]
fn micros(seconds: f64) -> i64 {
    (seconds * 1e6) as i64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen has few columns")]
fn whole(points: f32) -> usize {
    points.max(1.0) as usize
}

/// Seconds, up to a week.
const TIME_STEPS: [f64; 11] = [0.001, 0.01, 0.1, 1.0, 10.0, 60.0, 600.0, 3_600.0, 21_600.0, 86_400.0, 604_800.0];
const RADIUS: f32 = 3.0;
const HOLLOW_RADIUS: f32 = 4.0;
