//! The course of a watch over time: how the session stood, its drops, and the signal below.

use eframe::egui::Ui;

use super::want;
use crate::{
    action::WatchAction,
    ui::{
        Cx,
        theme::Tone,
        widgets::{Lane, LineBelow, Strip, StripMark, StripSpan, StripWish},
    },
    view::watch::{Shown, Standing, WatchView, Window},
};

/// Draws the strip of one watch; the one in the first `place` says what part is looked at.
pub(super) fn strip_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &WatchView<'_>, shown: Shown<'_>, place: usize) {
    let drawn = shown.drawn;
    let all = (0.0, drawn.seconds.max(1.0));
    let part = view.screen.window.filter(|_| place == 0).map_or(all, |window| {
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of some days")]
        let seconds = |millis: i64| millis as f64 / 1e3;
        (seconds(window.from_ms), seconds(window.to_ms))
    });
    let spans: Vec<StripSpan> = drawn
        .spans
        .iter()
        .map(|(from, to, standing)| StripSpan { from: *from, to: *to, tone: tone(*standing) })
        .collect();
    let marks: Vec<StripMark> = drawn.marks.iter().map(|at| StripMark { at: *at, tone: Tone::Bad }).collect();
    let (name, lane, signal) = (cx.tr("watch-strip"), cx.tr("watch-lane-session"), cx.tr("watch-lane-signal"));
    let lanes = [Lane { name: &lane, spans: &spans }];
    let strip = Strip {
        name: &name,
        all,
        shown: part,
        lanes: &lanes,
        marks: &marks,
        line: Some(LineBelow { name: &signal, points: &drawn.signal, range: SIGNAL_RANGE, unit: "dBm" }),
        clock: &|at, step| drawn.clock(at, step),
    };
    let wish = ui.push_id(("strip", place), |ui| strip.show(ui)).inner;
    match wish.filter(|_| place == 0) {
        Some(StripWish::Look(from, to)) => {
            want(cx, WatchAction::Look(Some(Window { from_ms: millis(from), to_ms: millis(to) })));
        }
        Some(StripWish::LookAtAll) => want(cx, WatchAction::Look(None)),
        Some(StripWish::Mark(mark)) => {
            // Marks stand oldest first, rows newest first.
            if let Some(row) = drawn.drops.iter().rev().nth(mark) {
                want(cx, WatchAction::LookAtDrop(row.number));
            }
        }
        None => {}
    }
}

const fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Open => Tone::Good,
        Standing::Lost => Tone::Bad,
        Standing::Closed => Tone::Warn,
        Standing::Unwatched => Tone::Neutral,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a cast of a float stops at the ends of the range")]
fn millis(seconds: f64) -> i64 {
    (seconds * 1e3) as i64
}

/// The range of `AT+CSQ` (reference, section 4).
const SIGNAL_RANGE: (f32, f32) = (-113.0, -51.0);
