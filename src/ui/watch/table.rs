//! What was counted, the drops by cause, every drop, and the losses of this window.

use eframe::egui::{Button, Grid, Label, Ui};

use super::want;
use crate::{
    action::WatchAction,
    lang::Text,
    ui::{
        Cx,
        theme::{size, space},
        widgets::{body, card, mono, muted, small},
    },
    view::watch::{DropRow, LossRow, Shown, WatchView},
};

/// What was counted, beside each other where two watches are compared, and causes with their counts.
pub(super) fn figures_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &WatchView<'_>, shown: Shown<'_>) {
    let is_wide = ui.available_width() >= BESIDE;
    let has_causes = !shown.drawn.causes.is_empty();
    if has_causes && is_wide {
        ui.columns_const(|[one, other]| {
            card(one, Some(&cx.tr("watch-figures")), |ui| counts_ui(ui, cx, view, shown));
            causes_ui(other, cx, shown);
        });
        return;
    }
    card(ui, Some(&cx.tr("watch-figures")), |ui| counts_ui(ui, cx, view, shown));
    if has_causes {
        causes_ui(ui, cx, shown);
    }
}

fn counts_ui(ui: &mut Ui, cx: &Cx<'_>, view: &WatchView<'_>, shown: Shown<'_>) {
    let other = view.other.map(|other| &other.drawn.figures);
    let values = if other.is_some() { 2.0 } else { 1.0 };
    let widest = ((ui.available_width() - NAME) / values - space::M).max(NAME);
    Grid::new("watch figures").num_columns(3).max_col_width(widest).spacing([space::M, space::HAIR]).show(ui, |ui| {
        for row in &shown.drawn.figures {
            let [name, value] = row.as_slice() else { continue };
            ui.label(muted(&cx.tokens, cx.text(name)));
            ui.add(Label::new(body(cx.text(value))).wrap().selectable(true));
            let beside = other.and_then(|rows| rows.iter().find(|other| other.first() == Some(name))?.get(1));
            if let Some(value) = beside {
                ui.add(Label::new(body(cx.text(value)).color(cx.tokens.colors.muted)).wrap().selectable(true));
            }
            ui.end_row();
        }
    });
}

fn causes_ui(ui: &mut Ui, cx: &Cx<'_>, shown: Shown<'_>) {
    card(ui, Some(&cx.tr("watch-by-cause")), |ui| {
        for row in &shown.drawn.causes {
            let [cause, count] = row.as_slice() else { continue };
            ui.horizontal_top(|ui| {
                ui.add_sized([COUNT, size::ROW], Label::new(body(cx.text(count)).strong()));
                ui.add(Label::new(body(cx.text(cause))).wrap().selectable(true));
            });
        }
    });
}

/// Every drop, the newest first; a click shows the time around it.
pub(super) fn drops_ui(ui: &mut Ui, cx: &mut Cx<'_>, shown: Shown<'_>) {
    if shown.drawn.drops.is_empty() {
        return;
    }
    card(ui, Some(&cx.tr("watch-every-drop")), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        for row in shown.drawn.drops.iter().take(MOST_ROWS) {
            drop_ui(ui, cx, row);
        }
        let left = shown.drawn.drops.len().saturating_sub(MOST_ROWS);
        if left > 0 {
            ui.label(muted(&cx.tokens, cx.tr_args("watch-drops-left", &[("n", left.into())])));
        }
    });
}

fn drop_ui(ui: &mut Ui, cx: &mut Cx<'_>, row: &DropRow) {
    ui.horizontal_wrapped(|ui| {
        let name = cx.tr_args("watch-drop-name", &[("n", row.number.into()), ("time", row.begin.as_str().into())]);
        let button = Button::new(mono(&name)).frame_when_inactive(false);
        if ui.add(button).on_hover_text(cx.tr("watch-look-at-drop")).clicked() {
            want(cx, WatchAction::LookAtDrop(row.number));
        }
        let words = |text: &Text| cx.text(text);
        ui.label(body(words(&row.lasted)));
        ui.label(body(words(&row.by)));
        ui.label(muted(&cx.tokens, words(&row.before)));
        let helped = words(&row.helped);
        if !helped.is_empty() {
            ui.label(muted(&cx.tokens, cx.tr_args("watch-back-by", &[("way", helped.into())])));
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.add_space(space::L);
        ui.add(Label::new(body(cx.text(&row.cause)).strong()).selectable(true));
        if let Some(proof) = row.evidence.first() {
            let label = ui.add(Label::new(small(proof)).selectable(true));
            if row.evidence.len() > 1 {
                label.on_hover_text(row.evidence.join("\n"));
            }
        }
    });
}

/// Losses of the session in this window, with or without a watch.
pub(super) fn losses_ui(ui: &mut Ui, cx: &Cx<'_>, losses: &[LossRow]) {
    if losses.is_empty() {
        return;
    }
    card(ui, Some(&cx.tr("watch-losses")), |ui| {
        Grid::new("losses").num_columns(4).spacing([space::M, space::HAIR]).show(ui, |ui| {
            for loss in losses {
                ui.label(mono(&loss.time));
                ui.label(body(cx.text(&loss.by)));
                let back = cx.text(&loss.back);
                ui.label(body(if back.is_empty() {
                    cx.tr("watch-still-lost").into_owned()
                } else {
                    cx.tr_args("watch-back-after", &[("time", back.into())])
                }));
                let mut notes = Vec::new();
                let helped = cx.text(&loss.helped);
                if !helped.is_empty() {
                    notes.push(cx.tr_args("watch-back-by", &[("way", helped.into())]));
                }
                if loss.vain > 0 {
                    notes.push(cx.tr_args("watch-vain", &[("n", loss.vain.into())]));
                }
                ui.label(muted(&cx.tokens, notes.join(" · ")));
                ui.end_row();
            }
        });
    });
}

/// From this width on figures and causes stand beside each other.
const BESIDE: f32 = 760.0;
const COUNT: f32 = 36.0;
/// What the names of the figures take, in either language.
const NAME: f32 = 170.0;
/// More rows would be a scroll without end; the report has them all.
const MOST_ROWS: usize = 200;
