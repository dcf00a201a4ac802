//! Marks: status as a shape, beside its word and its colour, never colour alone.

use std::f32::consts::TAU;

use eframe::egui::{Color32, Frame, Margin, Painter, Pos2, Response, Sense, Shape, Stroke, Ui, pos2, vec2};

use crate::ui::theme::{Tokens, Tone, size, space};

use super::small;

/// The shape of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// A small hollow ring: nothing known.
    Unknown,
    /// Three dots: on its way.
    Trying,
    /// A hollow ring with a tick: accepted, outcome open.
    Accepted,
    /// A filled disc with a tick.
    Confirmed,
    /// A filled diamond with a cross.
    Failed,
    /// A broken ring with a clock hand: was confirmed once.
    Stale,
    /// The same in grey: was confirmed once, and ended as it should.
    Past,
    /// A dash: not needed.
    NotNeeded,
}

impl Mark {
    /// Its tone.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Unknown | Self::NotNeeded | Self::Past => Tone::Neutral,
            Self::Trying | Self::Accepted => Tone::Busy,
            Self::Confirmed => Tone::Good,
            Self::Failed => Tone::Bad,
            Self::Stale => Tone::Warn,
        }
    }
}

/// Draws the mark alone; put its word beside it.
pub fn mark(ui: &mut Ui, mark: Mark) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(size::ICON, size::ICON), Sense::hover());
    if ui.is_rect_visible(rect) {
        mark_at(ui.painter(), rect.center(), mark, &tokens);
    }
    response
}

/// Draws the mark and its word in the mark's colour.
pub fn mark_with_word(ui: &mut Ui, shape: Mark, word: &str) -> Response {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        mark(ui, shape);
        ui.label(small(word).color(shape.tone().ink(&tokens)))
    })
    .inner
}

/// A word on a wash of its tone: `SIMULATED`, `QoS 1`.
pub fn badge(ui: &mut Ui, tone: Tone, word: &str) -> Response {
    let tokens = Tokens::of(ui);
    let words = small(word).color(tone.ink(&tokens));
    let frame = Frame::new().fill(tone.wash(&tokens)).corner_radius(size::RADIUS).inner_margin(Margin::symmetric(8, 2));
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        frame.show(ui, |ui| ui.label(words)).inner
    })
    .inner
}

/// Paints the mark around `center`.
pub fn mark_at(painter: &Painter, center: Pos2, mark: Mark, tokens: &Tokens) {
    let ink = mark.tone().ink(tokens);
    let line = Stroke::new(1.5, ink);
    match mark {
        Mark::Unknown => {
            painter.circle_stroke(center, 3.5, Stroke::new(1.5, tokens.colors.faint));
        }
        Mark::NotNeeded => {
            let faint = Stroke::new(1.5, tokens.colors.faint);
            painter.line_segment([center - vec2(4.0, 0.0), center + vec2(4.0, 0.0)], faint);
        }
        Mark::Trying => {
            for offset in [-5.0, 0.0, 5.0] {
                painter.circle_filled(center + vec2(offset, 0.0), 1.75, ink);
            }
        }
        Mark::Accepted => {
            painter.circle_stroke(center, 6.5, line);
            tick(painter, center, Stroke::new(1.5, ink));
        }
        Mark::Confirmed => {
            painter.circle_filled(center, 7.25, ink);
            tick(painter, center, Stroke::new(1.75, tokens.colors.card));
        }
        Mark::Failed => paint_failed(painter, center, ink, tokens.colors.card),
        Mark::Stale | Mark::Past => {
            for piece in 0..6_u8 {
                let from = f32::from(piece) / 6.0;
                painter.add(arc(center, 6.5, from, from + 0.1, line));
            }
            painter.line_segment([center, center - vec2(0.0, 4.0)], line);
            painter.line_segment([center, center + vec2(3.0, 0.0)], line);
        }
    }
}

fn tick(painter: &Painter, center: Pos2, stroke: Stroke) {
    let points = [center + vec2(-3.2, 0.2), center + vec2(-0.9, 2.6), center + vec2(3.4, -2.4)];
    painter.add(Shape::line(points.to_vec(), stroke));
}

fn paint_failed(painter: &Painter, center: Pos2, ink: Color32, cross: Color32) {
    let corner = 8.0;
    let diamond = [
        pos2(center.x, center.y - corner),
        pos2(center.x + corner, center.y),
        pos2(center.x, center.y + corner),
        pos2(center.x - corner, center.y),
    ];
    painter.add(Shape::convex_polygon(diamond.to_vec(), ink, Stroke::NONE));
    let stroke = Stroke::new(1.75, cross);
    painter.line_segment([center + vec2(-2.5, -2.5), center + vec2(2.5, 2.5)], stroke);
    painter.line_segment([center + vec2(-2.5, 2.5), center + vec2(2.5, -2.5)], stroke);
}

/// Part of a ring, from and to as parts of the whole turn.
fn arc(center: Pos2, radius: f32, from: f32, to: f32, stroke: Stroke) -> Shape {
    let points = (0..=4_u8)
        .map(|step| {
            let angle = TAU * (from + (to - from) * f32::from(step) / 4.0);
            center + radius * vec2(angle.cos(), angle.sin())
        })
        .collect();
    Shape::line(points, stroke)
}
