//! The dates of a certificate on a bar, with the clock's place on it and the words below.

use eframe::egui::{Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::{
    ui::{
        Cx,
        theme::{Tone, space},
        widgets::{Mark, mark_with_word, muted},
    },
    view::certificates::{Validity, ValidityState},
};

/// Draws bar and words.
pub fn validity_ui(ui: &mut Ui, cx: &Cx<'_>, dates: &Validity) {
    let (tone, shape) = match dates.state {
        ValidityState::Holds => (Tone::Good, Mark::Confirmed),
        ValidityState::EndsSoon => (Tone::Warn, Mark::Stale),
        ValidityState::NotYet | ValidityState::Ended => (Tone::Bad, Mark::Failed),
    };
    ui.horizontal(|ui| {
        ui.label(muted(&cx.tokens, &dates.from));
        let width = (ui.available_width() - DATE_WIDTH).clamp(40.0, WIDEST);
        bar_ui(ui, cx, dates, tone, width);
        ui.label(muted(&cx.tokens, &dates.until));
    });
    mark_with_word(ui, shape, &cx.text(&dates.text));
}

/// A track with a part before and behind the span of validity, so that a clock outside can be shown.
fn bar_ui(ui: &mut Ui, cx: &Cx<'_>, dates: &Validity, tone: Tone, width: f32) {
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    let colors = &cx.tokens.colors;
    let middle = rect.center().y;
    let (from, until) = (rect.left() + OUTSIDE, rect.right() - OUTSIDE);
    let painter = ui.painter();
    painter.hline(rect.x_range(), middle, Stroke::new(1.0, colors.outline));
    let span = Rect::from_min_max(pos2(from, middle - 3.0), pos2(until, middle + 3.0));
    painter.rect_filled(span, 3.0, tone.wash(&cx.tokens));
    #[expect(clippy::cast_precision_loss, reason = "a part of the bar's hundred points")]
    let part = dates.now_permille.clamp(-1_000, 2_000) as f32 / 1_000.0;
    let x = (from + (until - from) * part).clamp(rect.left() + 2.0, rect.right() - 2.0);
    if part > 0.0 {
        let passed = Rect::from_min_max(span.min, pos2(x.min(until), span.max.y));
        painter.rect_filled(passed, 3.0, tone.ink(&cx.tokens).gamma_multiply(0.45));
    }
    painter.vline(x, rect.y_range(), Stroke::new(2.0, tone.ink(&cx.tokens)));
    response.on_hover_text(cx.tr("validity-marker"));
}

const HEIGHT: f32 = 14.0;
const OUTSIDE: f32 = 14.0;
const WIDEST: f32 = 260.0;
/// Room for the last day.
const DATE_WIDTH: f32 = 76.0 + space::S;
