//! The line of time above a log: sessions as a bar, episodes as blocks, losses as strokes, the signal as a curve. A click leads to
//! the line that stands there; the chosen line has its mark.

use eframe::egui::{Align2, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::want;
use crate::{
    action::RecordedAction,
    ui::{
        Cx,
        theme::{proportional, space, text},
        widgets::focus_ring,
    },
    view::recorded::{Stretch, TimeView},
};

/// Draws the line of time.
pub fn time_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TimeView<'_>) {
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let colors = cx.tokens.colors.clone();
    ui.painter().hline(area.x_range(), area.top(), Stroke::new(1.0, colors.line));
    let well = with_clocks(ui, cx, view, area.shrink2(vec2(0.0, space::XS)));
    let response = ui.interact(well, ui.scope_id().with("time"), Sense::click());
    let name = cx.tr_args(
        "recorded-time",
        &[
            ("sessions", view.sessions.len().into()),
            ("episodes", view.episodes.len().into()),
            ("drops", view.drops.len().into()),
        ],
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let painter = ui.painter().with_clip_rect(well);
    painter.rect_filled(well, 2.0, colors.well);
    let x = |part: f32| well.left() + part * well.width();
    let block = |stretch: Stretch, top: f32, bottom: f32, least: f32| {
        let (left, right) = (x(stretch.from), x(stretch.to).max(x(stretch.from) + least));
        Rect::from_min_max(
            pos2(left, well.top() + top * well.height()),
            pos2(right, well.top() + bottom * well.height()),
        )
    };
    for session in &view.sessions {
        painter.rect_filled(block(*session, 0.8, 1.0, 2.0), 1.0, colors.good);
    }
    for (stretch, _, is_recovered) in &view.episodes {
        let (wash, ink) = if *is_recovered { (colors.warn_wash, colors.warn) } else { (colors.bad_wash, colors.bad) };
        let place = block(*stretch, 0.0, 0.8, 3.0);
        painter.rect_filled(place, 1.0, wash);
        painter.hline(place.x_range(), place.top() + 1.0, Stroke::new(2.0, ink));
    }
    for stretch in &view.signal {
        let points: Vec<Pos2> = stretch
            .iter()
            .map(|(part, strength)| pos2(x(*part), well.top() + well.height() * (0.72 - 0.6 * strength)))
            .collect();
        match points.as_slice() {
            [alone] => painter.circle_filled(*alone, 1.5, colors.accent),
            _ => painter.add(Shape::line(points, Stroke::new(1.0, colors.accent))),
        };
    }
    for (part, _) in &view.drops {
        painter.vline(x(*part), well.y_range(), Stroke::new(1.5, colors.bad));
    }
    if let Some(part) = view.chosen {
        painter.vline(x(part), well.y_range(), Stroke::new(1.5, colors.text));
        let tip = pos2(x(part), well.top() + 5.0);
        let corners = vec![tip, tip + vec2(-4.0, -6.0), tip + vec2(4.0, -6.0)];
        painter.add(Shape::convex_polygon(corners, colors.text, Stroke::NONE));
    }
    focus_ring(ui, &response);
    let part_of = |at: Pos2| ((at.x - well.left()) / well.width()).clamp(0.0, 1.0);
    let clicked = response.clicked().then(|| response.interact_pointer_pos()).flatten();
    if let Some(part) = clicked.map(part_of)
        && let Some((line, episode)) = aimed_at(view, part, NEAR / well.width())
    {
        want(cx, RecordedAction::GoToLine(line, episode));
    }
    if let Some(part) = response.hover_pos().map(part_of)
        && let Some((line, _)) = aimed_at(view, part, NEAR / well.width())
    {
        let clock = view.clock_at(part).map(|clock| format!("{clock} · ")).unwrap_or_default();
        let words = cx.tr_args("recorded-time-line", &[("line", line.into())]);
        response.on_hover_ui_at_pointer(|ui| {
            ui.label(format!("{clock}{words}"));
            ui.label(cx.tr("recorded-time-legend"));
        });
    }
}

/// The line under the pointer, a loss or the begin of an episode before others that are near; and that episode.
fn aimed_at(view: &TimeView<'_>, part: f32, near: f32) -> Option<(u32, Option<usize>)> {
    let drop = view.drops.iter().find(|(at, _)| (at - part).abs() <= near);
    let episode = view.episodes.iter().find(|(stretch, ..)| (stretch.from - near..=stretch.to + near).contains(&part));
    let line = drop.map_or_else(|| view.line_at(part), |(_, line)| Some(*line))?;
    Some((line, episode.map(|(_, place, _)| *place)))
}

/// The times at which the log begins and ends, and what is left between them.
fn with_clocks(ui: &Ui, cx: &Cx<'_>, view: &TimeView<'_>, area: Rect) -> Rect {
    let Some((first, last)) = &view.clocks else { return area };
    let font = proportional(text::SMALL);
    let paint = |at: Pos2, align: Align2, words: &str| {
        ui.painter().text(at, align, words, font.clone(), cx.tokens.colors.muted)
    };
    let left = paint(area.left_center(), Align2::LEFT_CENTER, first);
    let right = paint(area.right_center(), Align2::RIGHT_CENTER, last);
    Rect::from_min_max(pos2(left.right() + space::S, area.top()), pos2(right.left() - space::S, area.bottom()))
}

const HEIGHT: f32 = 40.0;
/// Points within which a stroke is hit.
const NEAR: f32 = 4.0;
