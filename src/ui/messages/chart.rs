//! Numbers of JSON payloads over time: one plot, and what each line tells at a glance.

use eframe::egui::{Align, Label, Layout, Rect, Role, Sense, Ui, Vec2, WidgetInfo, vec2};
use egui_plot::{HoverPosition, Line, Plot, PlotPoints, Points};

use crate::{
    lang::Arg,
    ui::{
        Cx,
        theme::{size, space},
        widgets::{Icon, body, icon_button, muted, rule},
    },
    view::messages::{Change, MessagesView, Series, number_text},
};

use super::{change, small_icon_button, small_mono};

/// Draws the chart over the upper part of what is left, if anything is to be drawn.
pub(super) fn chart_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let charts = &view.screen().charts;
    if charts.series().is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        ui.add_space(space::S);
        ui.label(body(cx.tr("chart")).strong());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(space::S);
            if icon_button(ui, Icon::Close, &cx.tr("chart-close"), None).clicked() {
                change(cx, Change::ClearCharts);
            }
        });
    });
    for series in charts.series() {
        legend_ui(ui, cx, series);
    }
    let height = (ui.available_height() * 0.45).clamp(LEAST_HEIGHT, MOST_HEIGHT);
    plot_ui(ui, cx, view, height);
    rule(ui);
    if charts.is_behind() {
        ui.ctx().request_repaint();
    }
}

/// The line's colour, its name, its newest, lowest and highest value.
fn legend_ui(ui: &mut Ui, cx: &mut Cx<'_>, series: &Series) {
    let area = vec2(ui.available_width(), size::WIRE_ROW);
    ui.allocate_ui_with_layout(area, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_size(area);
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add_space(space::S);
        let path = series.path.to_string();
        let name = cx.tr_args("chart-hide", &[("path", Arg::from(format!("{} {path}", series.topic)))]);
        if small_icon_button(ui, Icon::Close, &name).on_hover_text(&name).clicked() {
            change(cx, Change::Chart(series.topic.clone(), series.path.clone()));
        }
        match series.summary {
            Some(summary) => {
                let range = [("low", number_text(summary.low)), ("high", number_text(summary.high))]
                    .map(|(name, number)| (name, Arg::from(number)));
                ui.label(muted(&cx.tokens, cx.tr_args("chart-range", &range)));
                ui.label(small_mono(number_text(summary.last)).strong());
            }
            None => {
                ui.label(muted(&cx.tokens, cx.tr("chart-none")));
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add_space(space::S);
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(DOT), Sense::hover());
            let colors = &cx.tokens.colors.series;
            ui.painter().rect_filled(
                Rect::from_center_size(rect.center(), rect.size()),
                2.0,
                colors[series.colour % colors.len()],
            );
            ui.add(Label::new(small_mono(path)).truncate()).on_hover_text(series.topic.as_str());
            ui.add(Label::new(muted(&cx.tokens, series.topic.as_str())).truncate());
        });
    });
}

fn plot_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, height: f32) {
    let charts = &view.screen().charts;
    let colors = &cx.tokens.colors;
    let width = ui.available_width() - space::L;
    let plot = Plot::new("numbers")
        .height(height)
        .width(width)
        .show_background(false)
        .grid_color(colors.line)
        .allow_scroll(false)
        .set_margin_fraction(vec2(0.02, 0.12))
        .x_axis_formatter(|mark, _| view.clock_text(mark.value))
        .y_axis_formatter(|mark, _| number_text(mark.value))
        .label_formatter(|position| match position {
            HoverPosition::NearDataPoint { plot_name, position, .. } if !plot_name.is_empty() => {
                Some(format!("{plot_name}\n{}\n{}", number_text(position.y), view.clock_text(position.x)))
            }
            _ => None,
        });
    let shown = plot.show(ui, |plot| {
        for series in charts.series() {
            let (name, color) = (series.path.to_string(), colors.series[series.colour % colors.series.len()]);
            let points = || PlotPoints::from(series.drawn().to_vec());
            plot.line(Line::new(name.clone(), points()).color(color).width(1.5).allow_band(false));
            if series.drawn().len() <= FEW_POINTS {
                plot.points(Points::new(name, points()).color(color).radius(2.5));
            }
        }
    });
    let name = cx.tr("chart");
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name.as_ref()));
    let columns = whole(shown.transform.frame().width());
    if columns != charts.columns() {
        change(cx, Change::ChartColumns(columns));
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen has few columns")]
fn whole(points: f32) -> usize {
    points.max(1.0) as usize
}

const LEAST_HEIGHT: f32 = 80.0;
const MOST_HEIGHT: f32 = 260.0;
const DOT: f32 = 10.0;
/// Up to so many points each stands as a dot too.
const FEW_POINTS: usize = 120;
