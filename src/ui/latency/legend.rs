//! The legend: each kind of marks with its shape, colour and word, to be switched on and off.

use std::ops::RangeInclusive;

use eframe::egui::{Color32, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};
use egui_plot::MarkerShape;

use crate::{
    action::{Action, LatencyAction},
    lang::Arg,
    ui::{
        Cx,
        theme::{Palette, proportional, size, space, text},
    },
    view::latency::{LatencyView, Qos, SeriesKind},
};

/// How marks of one kind look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marker {
    pub(super) shape: MarkerShape,
    pub(super) is_filled: bool,
    pub(super) color: Color32,
}

/// Shape by quality of service (a triangle for the sum), filled for the network's part and hollow for the modem's.
pub(super) fn marker(kind: SeriesKind, colors: &Palette) -> Marker {
    let (shape, color) = match kind {
        SeriesKind::Modem(qos) | SeriesKind::Network(qos) | SeriesKind::Total(qos) => match qos {
            Qos::AtMostOnce => (MarkerShape::Square, colors.series[2]),
            Qos::AtLeastOnce => (MarkerShape::Circle, colors.series[0]),
            Qos::ExactlyOnce => (MarkerShape::Diamond, colors.series[1]),
        },
        SeriesKind::Lost => (MarkerShape::Cross, colors.bad),
    };
    let shape = if matches!(kind, SeriesKind::Total(_)) { MarkerShape::Up } else { shape };
    Marker { shape, is_filled: matches!(kind, SeriesKind::Network(_)), color }
}

/// What marks of one kind mean.
pub(super) fn words(cx: &Cx<'_>, kind: SeriesKind) -> String {
    match kind {
        SeriesKind::Network(Qos::ExactlyOnce) => cx.tr("latency-series-network-2").into_owned(),
        SeriesKind::Network(_) => cx.tr("latency-series-network-1").into_owned(),
        SeriesKind::Modem(qos) => cx.tr_args("latency-series-modem", &[("qos", Arg::from(qos.number()))]),
        SeriesKind::Total(qos) => cx.tr_args("latency-series-total", &[("qos", Arg::from(qos.number()))]),
        SeriesKind::Lost => cx.tr("latency-series-lost").into_owned(),
    }
}

/// How the marks of the compared run at this place look.
pub(super) fn run_marker(place: usize, colors: &Palette) -> Marker {
    let shape = RUN_SHAPES[place % RUN_SHAPES.len()];
    Marker { shape, is_filled: shape != MarkerShape::Plus, color: colors.series[place % colors.series.len()] }
}

/// The letter by which a table of differences calls the compared run at this place.
pub(super) fn letter(place: usize) -> char {
    ('A'..='Z').nth(place).unwrap_or('?')
}

/// Draws the legend.
pub(super) fn legend_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::M, space::HAIR);
        for series in view.series {
            entry_ui(ui, cx, series.kind, view.is_shown(series.kind));
        }
    });
}

/// Draws what the lines of the plot mean.
pub(super) fn lines_ui(ui: &mut Ui, cx: &Cx<'_>, view: &LatencyView<'_>) {
    let lines = view.percentile_lines();
    let colors = &cx.tokens.colors;
    if !lines.is_empty() {
        line_ui(ui, colors, colors.text, "p50", &[0.0..=1.0]);
    }
    if lines.iter().any(|of| of.p95.is_some()) {
        line_ui(ui, colors, colors.text, "p95", &[0.0..=0.4, 0.6..=1.0]);
    }
    if view.screen.budget.limit().is_some() {
        line_ui(ui, colors, colors.accent, &cx.tr("latency-budget"), &[0.0..=1.0]);
    }
}

/// One kind of lines, which has the colour of the marks that it belongs to.
fn line_ui(ui: &mut Ui, colors: &Palette, ink: Color32, words: &str, strokes: &[RangeInclusive<f32>]) {
    let galley = ui.painter().layout_no_wrap(words.to_owned(), proportional(text::SMALL), colors.text);
    let area = vec2(size::ICON + space::XS + galley.size().x, size::ROW);
    let (rect, response) = ui.allocate_exact_size(area, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    for part in strokes {
        let x = rect.left() + part.start() * size::ICON..=rect.left() + part.end() * size::ICON;
        ui.painter().hline(x, rect.center().y, Stroke::new(1.5, ink));
    }
    let corner = pos2(rect.right() - galley.size().x, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(corner, galley, colors.text);
}

fn entry_ui(ui: &mut Ui, cx: &mut Cx<'_>, kind: SeriesKind, is_shown: bool) {
    let words = words(cx, kind);
    let colors = &cx.tokens.colors;
    let ink = if is_shown { colors.text } else { colors.muted };
    let galley = ui.painter().layout_no_wrap(words.clone(), proportional(text::SMALL), ink);
    let area = vec2(size::ICON + space::XS + galley.size().x, size::ROW);
    let (rect, response) = ui.allocate_exact_size(area, Sense::click());
    let name = cx.tr_args("latency-series-toggle", &[("series", Arg::from(words))]);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_shown, &name));
    let mut marker = marker(kind, colors);
    if !is_shown {
        marker.color = colors.faint;
    }
    paint(ui.painter(), Rect::from_min_size(rect.min, vec2(size::ICON, rect.height())).center(), marker);
    let corner = pos2(rect.min.x + size::ICON + space::XS, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(corner, galley, ink);
    if !is_shown {
        let x = rect.x_range().shrink(size::ICON / 2.0);
        ui.painter().hline(x, rect.center().y, Stroke::new(1.0, colors.faint));
    }
    if response.on_hover_text(name).clicked() {
        cx.push(Action::Latency(LatencyAction::Toggle(kind)));
    }
}

pub(super) fn paint(painter: &Painter, center: Pos2, marker: Marker) {
    let (fill, stroke) = if marker.is_filled {
        (marker.color, Stroke::NONE)
    } else {
        (Color32::TRANSPARENT, Stroke::new(1.5, marker.color))
    };
    let corner = |x: f32, y: f32| center + RADIUS * vec2(x, y);
    match marker.shape {
        MarkerShape::Diamond => {
            let points = vec![corner(0.0, -1.0), corner(1.0, 0.0), corner(0.0, 1.0), corner(-1.0, 0.0)];
            painter.add(Shape::convex_polygon(points, fill, stroke));
        }
        MarkerShape::Square => {
            let points = vec![corner(-0.8, -0.8), corner(0.8, -0.8), corner(0.8, 0.8), corner(-0.8, 0.8)];
            painter.add(Shape::convex_polygon(points, fill, stroke));
        }
        MarkerShape::Cross => {
            painter.line_segment([corner(-0.8, -0.8), corner(0.8, 0.8)], stroke);
            painter.line_segment([corner(0.8, -0.8), corner(-0.8, 0.8)], stroke);
        }
        MarkerShape::Up => {
            let points = vec![corner(0.0, -1.0), corner(0.9, 0.7), corner(-0.9, 0.7)];
            painter.add(Shape::convex_polygon(points, fill, stroke));
        }
        MarkerShape::Down => {
            let points = vec![corner(0.0, 1.0), corner(0.9, -0.7), corner(-0.9, -0.7)];
            painter.add(Shape::convex_polygon(points, fill, stroke));
        }
        MarkerShape::Plus => {
            painter.line_segment([corner(-1.0, 0.0), corner(1.0, 0.0)], Stroke::new(1.5, marker.color));
            painter.line_segment([corner(0.0, -1.0), corner(0.0, 1.0)], Stroke::new(1.5, marker.color));
        }
        _ => {
            painter.circle(center, RADIUS, fill, stroke);
        }
    }
}

const RADIUS: f32 = 5.0;
const RUN_SHAPES: [MarkerShape; 6] = [
    MarkerShape::Circle,
    MarkerShape::Diamond,
    MarkerShape::Square,
    MarkerShape::Up,
    MarkerShape::Down,
    MarkerShape::Plus,
];
