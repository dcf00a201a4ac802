//! A strip over time: spans on lanes, marks, and a line below; the wheel zooms, a drag pans, a double-click shows all.
//!
//! With the keyboard: the arrows pan, plus and minus zoom, Home shows all. Whoever draws it keeps what is looked at.

use std::ops::Range;

use eframe::egui::{
    Align2, EventFilter, Key, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2,
    vec2,
};

use crate::{
    ui::theme::{Tokens, Tone, proportional, space, text},
    view::latency::axis,
};

use super::focus_ring;

/// A strip over time.
pub struct Strip<'a> {
    /// What it is called by whoever does not see it.
    pub name: &'a str,
    /// From the first to the last moment that can be looked at, in seconds.
    pub all: (f64, f64),
    /// The part that is looked at, in seconds.
    pub shown: (f64, f64),
    /// What stands above each other, the topmost first.
    pub lanes: &'a [Lane<'a>],
    /// Moments of their own, in order of time.
    pub marks: &'a [StripMark],
    /// The line below the lanes.
    pub line: Option<LineBelow<'a>>,
    /// How a moment is told where the marks of the axis are so many seconds apart.
    pub clock: &'a dyn Fn(f64, f64) -> String,
}

/// One row of spans.
#[derive(Clone, Copy, Debug)]
pub struct Lane<'a> {
    /// Its name; may be empty.
    pub name: &'a str,
    /// Its spans in order of time, none upon another.
    pub spans: &'a [StripSpan],
}

/// A time for which something was so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StripSpan {
    /// Its begin, in seconds.
    pub from: f64,
    /// Its end, in seconds.
    pub to: f64,
    /// How it was: the worse, the higher it stands.
    pub tone: Tone,
}

/// A moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StripMark {
    /// When, in seconds.
    pub at: f64,
    /// How it was.
    pub tone: Tone,
}

/// A value over time.
#[derive(Clone, Copy)]
pub struct LineBelow<'a> {
    /// What it is.
    pub name: &'a str,
    /// Its points in order of time; no value breaks the line.
    pub points: &'a [(f64, Option<f32>)],
    /// The lower and the upper end of its axis.
    pub range: (f32, f32),
    /// What stands behind its values.
    pub unit: &'a str,
}

/// What a hand wants of a strip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StripWish {
    /// To look at this part, in seconds.
    Look(f64, f64),
    /// To look at everything.
    LookAtAll,
    /// The mark of this place in the list.
    Mark(usize),
}

impl Strip<'_> {
    /// Draws it as wide as there is room; says what a hand wants of it.
    pub fn show(&self, ui: &mut Ui) -> Option<StripWish> {
        let tokens = Tokens::of(ui);
        #[expect(clippy::cast_precision_loss, reason = "a strip has few lanes")]
        let lanes_height = self.lanes.len() as f32 * (LANE + space::XS);
        let line_height = if self.line.is_some() { LINE + space::S } else { 0.0 };
        let area = vec2(ui.available_width(), MARKS + lanes_height + line_height + AXIS);
        let (rect, response) = ui.allocate_exact_size(area, Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.name));
        let field = Rect::from_min_max(pos2(rect.left() + LEFT, rect.top()), rect.max - vec2(space::XS, AXIS));
        let scale = Scale { field, shown: self.shown };
        let painter = ui.painter_at(rect);
        self.axis_ui(&painter, &tokens, scale);
        for (place, lane) in self.lanes.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a strip has few lanes")]
            let top = field.top() + MARKS + place as f32 * (LANE + space::XS);
            lane_ui(&painter, &tokens, scale, lane, top);
        }
        self.marks_ui(&painter, &tokens, scale, lanes_height);
        if let Some(line) = &self.line {
            let top = field.top() + MARKS + lanes_height + space::S;
            line_ui(
                &painter,
                &tokens,
                scale,
                line,
                Rect::from_min_size(pos2(field.left(), top), vec2(field.width(), LINE)),
            );
        }
        focus_ring(ui, &response);
        self.hint_ui(&response, scale);
        self.wish(ui, &response, scale)
    }

    fn axis_ui(&self, painter: &Painter, tokens: &Tokens, scale: Scale) {
        let span = self.shown.1 - self.shown.0;
        let step = axis::time_step(span, span * f64::from(LABEL / scale.field.width().max(LABEL)));
        let mut at = (self.shown.0 / step).ceil() * step;
        while at <= self.shown.1 {
            let x = scale.x(at);
            painter.vline(x, scale.field.y_range(), Stroke::new(1.0, tokens.colors.line));
            if x > scale.field.left() + HALF_LABEL && x < scale.field.right() - HALF_LABEL {
                let words = (self.clock)(at, step);
                let place = pos2(x, scale.field.bottom() + AXIS);
                painter.text(place, Align2::CENTER_BOTTOM, words, proportional(text::SMALL), tokens.colors.muted);
            }
            at += step;
        }
    }

    fn marks_ui(&self, painter: &Painter, tokens: &Tokens, scale: Scale, lanes_height: f32) {
        let seen = within(self.marks, |mark| mark.at, self.shown);
        let (mut last, mut last_head) = (f32::NEG_INFINITY, f32::NEG_INFINITY);
        for mark in &self.marks[seen] {
            let x = scale.x(mark.at);
            if x - last < 1.0 {
                continue;
            }
            last = x;
            let ink = mark.tone.ink(tokens);
            let top = scale.field.top();
            if x - last_head >= HEAD {
                last_head = x;
                let triangle = vec![pos2(x - 4.0, top), pos2(x + 4.0, top), pos2(x, top + MARKS - 2.0)];
                painter.add(Shape::convex_polygon(triangle, ink, Stroke::NONE));
            }
            painter.vline(x, top + MARKS / 2.0..=top + MARKS + lanes_height, Stroke::new(1.0, ink));
        }
    }

    /// The moment below the pointer.
    fn hint_ui(&self, response: &Response, scale: Scale) {
        let Some(pointer) = response.hover_pos().filter(|at| at.x >= scale.field.left()) else { return };
        let step = (self.shown.1 - self.shown.0) / f64::from(scale.field.width().max(1.0));
        let mut words = (self.clock)(scale.at(pointer.x), step);
        if let Some(line) = &self.line
            && let Some((_, Some(value))) = nearest(line.points, scale.at(pointer.x))
        {
            words = format!("{words}\n{value} {}", line.unit);
        }
        response.clone().on_hover_text_at_pointer(words);
    }

    fn wish(&self, ui: &Ui, response: &Response, scale: Scale) -> Option<StripWish> {
        if response.clicked() {
            response.request_focus();
        }
        if response.double_clicked() {
            return Some(StripWish::LookAtAll);
        }
        let mut shown = self.shown;
        if response.clicked()
            && let Some(pointer) = response.interact_pointer_pos()
            && let Some(mark) = self.mark_at(scale, pointer.x)
        {
            return Some(StripWish::Mark(mark));
        }
        let wheel = if response.hovered() { ui.input(|input| input.smooth_scroll_delta().y) } else { 0.0 };
        if wheel != 0.0 {
            // A page that scrolls stays where it is.
            ui.input_mut(|input| input.smooth_scroll_delta = Vec2::ZERO);
            let center = response.hover_pos().map_or_else(|| f64::midpoint(shown.0, shown.1), |at| scale.at(at.x));
            shown = axis::zoomed(shown, center, f64::from(wheel * WHEEL).exp());
        }
        let moved = f64::from(response.drag_delta().x) * scale.seconds_a_point();
        shown = (shown.0 - moved, shown.1 - moved);
        if response.has_focus() {
            match keys(ui, response, shown) {
                Some(StripWish::Look(from, to)) => shown = (from, to),
                Some(wish) => return Some(wish),
                None => {}
            }
        }
        (shown != self.shown).then(|| {
            let (from, to) = kept(shown, self.all);
            StripWish::Look(from, to)
        })
    }

    fn mark_at(&self, scale: Scale, x: f32) -> Option<usize> {
        let reach = f64::from(REACH) * scale.seconds_a_point();
        let at = scale.at(x);
        let near = within(self.marks, |mark| mark.at, (at - reach, at + reach));
        near.min_by(|one, other| (self.marks[*one].at - at).abs().total_cmp(&(self.marks[*other].at - at).abs()))
    }
}

/// What a pressed key wants.
fn keys(ui: &Ui, response: &Response, shown: (f64, f64)) -> Option<StripWish> {
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let (span, center) = (shown.1 - shown.0, f64::midpoint(shown.0, shown.1));
    let pressed = |key: Key| ui.input(|input| input.key_pressed(key));
    let (from, to) = if pressed(Key::ArrowLeft) {
        (shown.0 - span * PAN, shown.1 - span * PAN)
    } else if pressed(Key::ArrowRight) {
        (shown.0 + span * PAN, shown.1 + span * PAN)
    } else if pressed(Key::Plus) || pressed(Key::Equals) {
        axis::zoomed(shown, center, 2.0)
    } else if pressed(Key::Minus) {
        axis::zoomed(shown, center, 0.5)
    } else if pressed(Key::Home) {
        return Some(StripWish::LookAtAll);
    } else {
        return None;
    };
    Some(StripWish::Look(from, to))
}

/// `shown`, at least a second long and within `all`.
fn kept(shown: (f64, f64), all: (f64, f64)) -> (f64, f64) {
    let least = LEAST.min((all.1 - all.0).max(f64::MIN_POSITIVE));
    let center = f64::midpoint(shown.0, shown.1);
    let shown = if shown.1 - shown.0 < least { (center - least / 2.0, center + least / 2.0) } else { shown };
    axis::clamped(shown, all).unwrap_or(shown)
}

/// Where a moment stands.
#[derive(Clone, Copy)]
struct Scale {
    field: Rect,
    shown: (f64, f64),
}

impl Scale {
    #[expect(clippy::cast_possible_truncation, reason = "places on a screen")]
    fn x(self, at: f64) -> f32 {
        let share = (at - self.shown.0) / (self.shown.1 - self.shown.0).max(f64::MIN_POSITIVE);
        self.field.left() + share.clamp(-1.0, 2.0) as f32 * self.field.width()
    }

    fn at(self, x: f32) -> f64 {
        self.shown.0 + f64::from(x - self.field.left()) * self.seconds_a_point()
    }

    fn seconds_a_point(self) -> f64 {
        (self.shown.1 - self.shown.0) / f64::from(self.field.width().max(1.0))
    }
}

/// Which of `all`, which are in order, lie within `span`.
fn within<T>(all: &[T], at: impl Fn(&T) -> f64, span: (f64, f64)) -> Range<usize> {
    let first = all.partition_point(|one| at(one) < span.0);
    let end = all.partition_point(|one| at(one) <= span.1);
    first..end.max(first)
}

fn nearest(points: &[(f64, Option<f32>)], at: f64) -> Option<(f64, Option<f32>)> {
    let next = points.partition_point(|(point, _)| *point <= at);
    points.get(next.saturating_sub(1)).copied()
}

/// The spans of one lane. Those that are narrower than a point are drawn once a point, the bad ones above all others.
fn lane_ui(painter: &Painter, tokens: &Tokens, scale: Scale, lane: &Lane<'_>, top: f32) {
    let whole = Rect::from_min_size(pos2(scale.field.left(), top), vec2(scale.field.width(), LANE));
    painter.rect_filled(whole, 0, tokens.colors.well);
    let first = lane.spans.partition_point(|span| span.to < scale.shown.0);
    let end = lane.spans.partition_point(|span| span.from <= scale.shown.1);
    for is_bad in [false, true] {
        let mut last = f32::NEG_INFINITY;
        for span in lane.spans[first..end.max(first)].iter().filter(|span| (span.tone == Tone::Bad) == is_bad) {
            let (left, right) = (scale.x(span.from).max(whole.left()), scale.x(span.to).min(whole.right()));
            let right = right.max(left + if is_bad { 2.0 } else { 1.0 });
            if right - last < 1.0 {
                continue;
            }
            last = right;
            let height = height(span.tone);
            let rect = Rect::from_min_max(pos2(left, top + LANE * (1.0 - height)), pos2(right, top + LANE));
            painter.rect_filled(rect, 0, span.tone.ink(tokens));
        }
    }
    let place = pos2(scale.field.left() - space::XS, top + LANE / 2.0);
    painter.text(place, Align2::RIGHT_CENTER, lane.name, proportional(text::SMALL), tokens.colors.muted);
}

/// How high a span stands, as a part of its lane: never the colour alone tells how it was.
const fn height(tone: Tone) -> f32 {
    match tone {
        Tone::Neutral => 0.15,
        Tone::Good => 0.45,
        Tone::Busy => 0.6,
        Tone::Warn => 0.75,
        Tone::Bad => 1.0,
    }
}

fn line_ui(painter: &Painter, tokens: &Tokens, scale: Scale, line: &LineBelow<'_>, area: Rect) {
    let (low, high) = line.range;
    let y =
        |value: f32| area.bottom() - ((value - low) / (high - low).max(f32::EPSILON)).clamp(0.0, 1.0) * area.height();
    for value in [low, f32::midpoint(low, high), high] {
        painter.hline(area.x_range(), y(value), Stroke::new(1.0, tokens.colors.line));
        let place = pos2(area.left() - space::XS, y(value));
        let words = format!("{value:.0}").replace('-', "−");
        painter.text(place, Align2::RIGHT_CENTER, words, proportional(text::SMALL), tokens.colors.muted);
    }
    let first = line.points.partition_point(|(at, _)| *at < scale.shown.0).saturating_sub(1);
    let end = (line.points.partition_point(|(at, _)| *at <= scale.shown.1) + 1).min(line.points.len());
    let stroke = Stroke::new(1.5, tokens.colors.accent);
    let clipped = painter.with_clip_rect(area);
    let seen = &line.points[first.min(end)..end];
    for run in seen.split(|(_, value)| value.is_none()).filter(|run| !run.is_empty()) {
        let places = run.iter().filter_map(|(at, value)| Some(pos2(scale.x(*at), y((*value)?))));
        let mut points: Vec<Pos2> = Vec::new();
        for place in places {
            // Where many points share a column, its highest and its lowest are enough.
            match points.as_mut_slice() {
                [.., low, high] if place.x - low.x < 1.0 && high.x - low.x < 1.0 => {
                    if place.y > low.y.max(high.y) || place.y < low.y.min(high.y) {
                        *high = place;
                    }
                }
                _ => points.push(place),
            }
        }
        match points.as_slice() {
            [only] => drop(clipped.circle_filled(*only, 1.5, tokens.colors.accent)),
            _ => drop(clipped.add(Shape::line(points, stroke))),
        }
    }
    let words = format!("{} · {}", line.name, line.unit);
    painter.text(
        area.left_top() + vec2(space::XS, 0.0),
        Align2::LEFT_TOP,
        words,
        proportional(text::SMALL),
        tokens.colors.muted,
    );
}

const LANE: f32 = 22.0;
/// Marks that are nearer to each other than this share one head.
const HEAD: f32 = 9.0;
const MARKS: f32 = 10.0;
const LINE: f32 = 72.0;
const AXIS: f32 = 18.0;
/// What stands at the left: names of lanes, values of the line.
const LEFT: f32 = 56.0;
/// Points from one label of the axis to the next, at least, and half of one label.
const LABEL: f32 = 84.0;
const HALF_LABEL: f32 = 26.0;
/// How much a point of the wheel zooms.
const WHEEL: f32 = 0.004;
/// How far a hand may be from a mark, in points.
const REACH: f32 = 6.0;
/// The part of what is looked at that an arrow key moves it by.
const PAN: f64 = 0.2;
/// The shortest time that can be looked at, in seconds.
const LEAST: f64 = 1.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_at_stays_within_and_is_at_least_a_second() {
        let all = (0.0, 144_000.0);
        let (from, to) = kept((10.0, 10.2), all);
        assert!((to - from - 1.0).abs() < 1e-9 && from > 9.0, "{from} {to}");
        let (from, to) = kept((-50_000.0, -10_000.0), all);
        assert!(from >= -144_000.0 * 0.04 && to > 30_000.0, "{from} {to}");
        let (from, to) = kept((0.0, 0.3), (0.0, 0.5));
        assert!(to - from <= 0.54, "a short one is not made longer than it is: {from} {to}");
    }

    #[test]
    fn the_part_in_sight_is_found_without_looking_at_all() {
        let all: Vec<f64> = (0..1_000).map(f64::from).collect();
        assert_eq!(within(&all, |at| *at, (10.0, 12.5)), 10..13);
        assert_eq!(within(&all, |at| *at, (5_000.0, 6_000.0)), 1_000..1_000);
        assert_eq!(nearest(&[(1.0, Some(-70.0)), (5.0, None)], 4.0), Some((1.0, Some(-70.0))));
    }
}
