//! The scatter itself, and the signal below it on the same axis.

use std::ops::RangeInclusive;

use eframe::egui::{Role, Ui, WidgetInfo, vec2};
use egui_plot::{
    GridMark, HLine, HoverPosition, Line, LineStyle, Plot, PlotPoints, PlotUi, Points, Span, uniform_grid_spacer,
};

use crate::{
    action::{Action, LatencyAction},
    lang::Arg,
    ui::{
        Cx,
        theme::{proportional, space, text},
        widgets::{muted, small},
    },
    view::latency::{LatencyView, Series, Window, axis},
};

use super::{clock, legend};

/// Draws the plots over what is left.
pub(super) fn plot_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    let is_reset = view.screen.window.is_some() && ui.small_button(cx.tr("latency-fit")).clicked();
    let unit = cx.tr("latency-axis");
    let has_signal = !view.signal.is_empty();
    let room = ui.available_size() - vec2(0.0, if has_signal { SIGNAL_HEIGHT + space::S } else { 0.0 });
    let area = vec2(room.x, room.y.max(PLOT_LEAST));
    let plot = Plot::new(("latency", view.run))
        .height(area.y)
        .width(area.x)
        .y_axis_min_width(AXIS_WIDTH)
        .grid_color(cx.tokens.colors.line)
        .x_axis_formatter(|mark, range| {
            if is_in_corner(mark, range, area.x - AXIS_WIDTH) {
                String::new()
            } else {
                clock(view, mark.value, mark.step_size)
            }
        })
        .y_axis_formatter(|mark, _| value_words(mark, &unit))
        .label_formatter(|position| Some(hover_words(view, position)));
    let plot = moving(plot);
    let plot = if is_reset { plot.reset() } else { plot };
    let is_shown = |series: &&Series| view.is_shown(series.kind);
    let points: Vec<&[f64; 2]> = view.series.iter().filter(is_shown).flat_map(|series| &series.points).collect();
    let shown = plot.show(ui, |plot| {
        add_items(plot, cx, view);
        keep_within(plot, &points, view.extent);
        window(plot)
    });
    let name = cx.tr("latency-plot");
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name.as_ref()));
    let bounds = shown.transform.bounds();
    if has_signal {
        signal_ui(ui, cx, view, bounds.min()[0]..=bounds.max()[0]);
    }
    told_look(cx, view, shown.inner, shown.transform.frame().width());
}

/// A plot whose wheel zooms time, whose drag pans, and whose double-click shows all; the height follows what is in sight.
pub(super) fn moving(plot: Plot<'_>) -> Plot<'_> {
    zooming(plot)
        .x_grid_spacer(uniform_grid_spacer(|input| {
            let span = input.bounds.1 - input.bounds.0;
            marks(time_step(span, input.base_step_size))
        }))
        .y_grid_spacer(uniform_grid_spacer(|input| {
            let span = input.bounds.1 - input.bounds.0;
            marks(axis::value_step(span, input.base_step_size * LINE_SPACING))
        }))
}

/// The distance of labels of a time axis over `span` seconds, of which `base` are as wide as 8 points.
fn time_step(span: f64, base: f64) -> f64 {
    let steps = CLOCK_SPACINGS.into_iter().map(|(from, spacing)| (from, axis::time_step(span, base * spacing)));
    steps.filter(|(from, step)| step >= from).map(|(_, step)| step).next().unwrap_or(span)
}

/// A plot whose wheel zooms the lower axis, along which times that things took may lie, and which a drag pans.
pub(super) fn zooming(plot: Plot<'_>) -> Plot<'_> {
    plot.show_background(false)
        .set_margin_fraction(vec2(0.03, 0.0))
        .allow_scroll(false)
        .allow_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_drag([true, false])
        .allow_boxed_zoom(false)
        .x_grid_spacer(uniform_grid_spacer(|input| {
            let span = input.bounds.1 - input.bounds.0;
            marks(axis::value_step(span, input.base_step_size * LABEL_SPACING))
        }))
}

/// One distance of marks; the grid wants thicker ones too.
const fn marks(step: f64) -> [f64; 3] {
    [step, step * 1e4, step * 1e8]
}

/// Zooms by the wheel, keeps what is looked at within `all` that was measured, and the axis of values between zero and the
/// highest of `points` in sight.
pub(super) fn keep_within(plot: &mut PlotUi<'_>, points: &[&[f64; 2]], all: Option<(f64, f64)>) {
    let shown = keep_span(plot, all);
    plot.set_plot_bounds_y(0.0..=axis::top(points.iter().copied(), shown));
}

/// Zooms the lower axis by the wheel around the pointer and keeps what is looked at within `all`; says what that is.
pub(super) fn keep_span(plot: &mut PlotUi<'_>, all: Option<(f64, f64)>) -> (f64, f64) {
    let wheel = if plot.response().hovered() { plot.ctx().input(|input| input.smooth_scroll_delta().y) } else { 0.0 };
    let bounds = plot.plot_bounds();
    let (from, to) = (bounds.min()[0], bounds.max()[0]);
    let mut shown = (from, to);
    if wheel != 0.0 {
        // A page that scrolls stays where it is.
        plot.ctx().input_mut(|input| input.smooth_scroll_delta = eframe::egui::Vec2::ZERO);
        let center = plot.pointer_coordinate().map_or(f64::midpoint(from, to), |at| at.x);
        shown = axis::zoomed(shown, center, f64::from(wheel * WHEEL).exp());
    }
    if let Some(all) = all.filter(|_| !plot.auto_bounds().x || wheel != 0.0) {
        shown = axis::clamped(shown, all).unwrap_or(shown);
    }
    if shown != (from, to) {
        plot.set_plot_bounds_x(shown.0..=shown.1);
    }
    shown
}

/// Whether the label of a time would lie over that of the lowest value, or be cut by the right edge of a plot so wide.
pub(super) fn is_in_corner(mark: GridMark, range: &RangeInclusive<f64>, width: f32) -> bool {
    let span = range.end() - range.start();
    let edge = f64::from(HALF_LABEL / width.max(1.0));
    mark.value - range.start() < span * CORNER || range.end() - mark.value < span * edge
}

/// A mark of the axis of values, with as many decimals as its distance asks for.
pub(super) fn value_words(mark: GridMark, unit: &str) -> String {
    let decimals = if mark.step_size < 0.1 { 2 } else { usize::from(mark.step_size < 1.0) };
    format!("{:.decimals$} {unit}", mark.value)
}

/// The part of the time axis that is shown; `None` for everything.
pub(super) fn window(plot: &PlotUi<'_>) -> Option<Window> {
    let bounds = plot.plot_bounds();
    (!plot.auto_bounds().x)
        .then(|| Window { start_micros: micros(bounds.min()[0]), end_micros: micros(bounds.max()[0]) })
}

/// Tells what is looked at, when that has changed.
pub(super) fn told_look(cx: &mut Cx<'_>, view: &LatencyView<'_>, window: Option<Window>, width: f32) {
    let columns = whole(width);
    if (window, columns) != (view.screen.window, view.screen.columns) {
        cx.push(Action::Latency(LatencyAction::Look { window, columns }));
    }
}

fn add_items<'a>(plot: &mut PlotUi<'a>, cx: &Cx<'_>, view: &LatencyView<'a>) {
    let colors = &cx.tokens.colors;
    outages(plot, cx, view);
    if let Some(floor) = view.floor {
        let height = floor.accept.as_secs_f64() * 1_000.0;
        let style = LineStyle::dashed_dense();
        plot.hline(HLine::new("", height).color(colors.outline).style(style).allow_hover(false));
    }
    for lines in view.percentile_lines() {
        let color = legend::marker(lines.kind, colors).color;
        plot.hline(HLine::new("", lines.p50).color(color).width(1.0).allow_hover(false));
        if let Some(p95) = lines.p95 {
            let style = LineStyle::dashed_loose();
            plot.hline(HLine::new("", p95).color(color).width(1.0).style(style).allow_hover(false));
        }
    }
    if let Some(limit) = view.screen.budget.limit() {
        let height = limit.as_secs_f64() * 1_000.0;
        plot.hline(HLine::new("", height).color(colors.accent).width(1.5).allow_hover(false));
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

/// Times without a session: nothing could be measured there, and nothing is drawn across.
fn outages(plot: &mut PlotUi<'_>, cx: &Cx<'_>, view: &LatencyView<'_>) {
    let colors = &cx.tokens.colors;
    for outage in view.outages {
        let span = Span::new(cx.tr("latency-outage"), outage.from..=outage.to.max(outage.from + LEAST_OUTAGE));
        plot.span(span.fill(colors.bad_wash).border_color(colors.bad).border_width(1.0));
    }
}

fn signal_ui(ui: &mut Ui, cx: &Cx<'_>, view: &LatencyView<'_>, range: RangeInclusive<f64>) {
    ui.add_space(space::XS);
    let plot = Plot::new("signal")
        .height(SIGNAL_HEIGHT - space::XS)
        .width(ui.available_width())
        .show_background(false)
        .grid_color(cx.tokens.colors.line)
        .show_axes([false, true])
        .y_axis_min_width(AXIS_WIDTH)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .x_grid_spacer(uniform_grid_spacer(|input| {
            let span = input.bounds.1 - input.bounds.0;
            marks(time_step(span, input.base_step_size))
        }))
        .y_grid_spacer(uniform_grid_spacer(|_| [20.0, 40.0, 60.0]))
        .y_axis_formatter(|mark, _| format!("{} dBm", mark.value))
        .label_formatter(|position| match position {
            HoverPosition::NearDataPoint { position, .. } => {
                Some(format!("{} dBm\n{}", position.y, clock(view, position.x, 0.0)))
            }
            HoverPosition::Elsewhere { .. } => None,
        });
    let name = cx.tr("latency-signal");
    let shown = plot.show(ui, |plot| {
        plot.set_plot_bounds_x(range);
        plot.set_plot_bounds_y(SIGNAL_RANGE);
        outages(plot, cx, view);
        let color = cx.tokens.colors.accent;
        for line in view.signal {
            plot.line(Line::new(name.as_ref(), PlotPoints::from(line.points.clone())).color(color).width(1.5));
            plot.points(Points::new(name.as_ref(), line.points.clone()).color(color).radius(2.0));
        }
    });
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name.as_ref()));
    let corner = shown.response.rect.left_bottom() + vec2(AXIS_WIDTH + space::XS, -18.0);
    let font = proportional(text::SMALL);
    let words = ui.painter().layout_no_wrap(name.clone().into_owned(), font, cx.tokens.colors.muted);
    ui.painter().galley(corner, words, cx.tokens.colors.muted);
}

fn hover_words(view: &LatencyView<'_>, position: &HoverPosition<'_>) -> String {
    match position {
        HoverPosition::NearDataPoint { plot_name, position, .. } if !plot_name.is_empty() => {
            format!("{plot_name}\n{:.1} ms\n{}", position.y, clock(view, position.x, 0.0))
        }
        HoverPosition::NearDataPoint { position, .. } | HoverPosition::Elsewhere { position } => {
            format!("{:.0} ms\n{}", position.y, clock(view, position.x, 0.0))
        }
    }
}

/// What stands beside the points in the plot, and how it is moved.
pub(super) fn hints_ui(ui: &mut Ui, cx: &Cx<'_>, view: &LatencyView<'_>) {
    if !view.outages.is_empty() {
        let words = cx.tr_args("latency-outages", &[("n", Arg::from(view.outages.len()))]);
        ui.label(small(words).color(cx.tokens.colors.bad));
    }
    let hint = if view.screen.window.is_some() { "latency-whole" } else { "latency-hint" };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::M, space::HAIR);
        legend::lines_ui(ui, cx, view);
        ui.label(muted(&cx.tokens, cx.tr(hint)));
    });
}

#[expect(clippy::cast_possible_truncation, reason = "a cast of a float stops at the ends of the range")]
fn micros(seconds: f64) -> i64 {
    (seconds * 1e6) as i64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen has few columns")]
fn whole(points: f32) -> usize {
    points.max(1.0) as usize
}

/// How many times the least distance of grid lines, 8 points, labels need.
const LABEL_SPACING: f64 = 13.0;
/// The same for times of day, by the least distance in seconds: the finer they are told, the longer they are.
const CLOCK_SPACINGS: [(f64, f64); 4] = [(1.0, 9.5), (0.1, 10.5), (0.01, 11.5), (0.0, 13.0)];
const LINE_SPACING: f64 = 3.5;
/// The part of the time axis that is left to the label of the lowest value.
const CORNER: f64 = 0.06;
/// From the middle of a label to its end, less what may stand beyond the plot.
const HALF_LABEL: f32 = 28.0;
/// How much a point of the wheel zooms.
const WHEEL: f32 = 0.004;
pub(super) const RADIUS: f32 = 3.0;
const HOLLOW_RADIUS: f32 = 4.0;
const SIGNAL_HEIGHT: f32 = 92.0;
/// A lower plot shows nothing.
pub(super) const PLOT_LEAST: f32 = 180.0;
pub(super) const AXIS_WIDTH: f32 = 76.0;
/// The range of `AT+CSQ` (reference, section 4), with a little room.
const SIGNAL_RANGE: RangeInclusive<f64> = -116.0..=-48.0;
/// Seconds; a shorter one would be no wider than a hair.
const LEAST_OUTAGE: f64 = 0.05;
