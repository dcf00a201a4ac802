//! The plan: every AT line before it is sent, what it is for, and then what was answered.

use eframe::egui::{Align, Frame, Id, Label, Layout, Margin, Response, Ui};

use crate::{
    action::Action,
    lang::Text,
    ui::{
        Cx,
        ladder::took,
        theme::{Tone, size, space},
        widgets::{Icon, Mark, body, button, mark, mono, muted, primary_button, quiet_button, rule, small},
    },
    view::{
        Page,
        connect::{ConnectView, Outcome, PlanRow, RowKind, RowState},
        rung,
        troubleshoot::{FirstWord, words as wording},
        waiting::Waiting,
    },
};

use super::jump;

/// Draws the plan.
pub(super) fn plan_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        ui.label(body(cx.tr("plan-title")).strong());
        ui.label(muted(&cx.tokens, cx.tr("plan-hint")));
    });
    ui.add_space(space::XS);
    if view.plan.is_empty() {
        ui.label(muted(&cx.tokens, cx.tr("plan-none")));
    }
    ui.spacing_mut().item_spacing.y = space::XS;
    let newest = view.plan.iter().rposition(|row| matches!(row.state, RowState::Running | RowState::Failed));
    let first_probe = view.plan.iter().position(|row| row.kind == RowKind::Probe);
    for (index, row) in view.plan.iter().enumerate() {
        if first_probe == Some(index) {
            ui.label(small(cx.tr("plan-probes")).color(cx.tokens.colors.muted).strong());
        }
        let drawn = ui.scope(|ui| row_ui(ui, cx, view, row)).response;
        if newest == Some(index) {
            follow(ui, &drawn, index);
        }
        rule(ui);
    }
}

/// Brings the row that runs (or failed) into sight, whenever it is another one or has grown; whoever scrolls away stays there
/// until then.
fn follow(ui: &Ui, row: &Response, index: usize) {
    let id = Id::unique("followed row of the plan");
    #[expect(clippy::cast_possible_truncation, reason = "a height in whole points")]
    let now = (index, row.rect.height() as i32);
    let is_new = ui.data_mut(|data| *data.get_temp_mut_or(id, (usize::MAX, 0)) != now);
    if is_new {
        ui.data_mut(|data| data.insert_temp(id, now));
        row.scroll_to_me(Some(Align::Center));
    }
}

/// Draws the outcome and the button that leads on. They stay in sight while the plan scrolls.
pub(super) fn outcome_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    framed_ui(ui, cx, view, 12, |ui, cx, view| {
        words_ui(ui, cx, view);
        ui.horizontal(|ui| next_ui(ui, cx, view));
    });
}

/// The same where the window is low: the button beside the words.
pub(super) fn outcome_line_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    framed_ui(ui, cx, view, 6, |ui, cx, view| {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                next_ui(ui, cx, view);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| words_ui(ui, cx, view));
            });
        });
    });
}

type Part = fn(&mut Ui, &mut Cx<'_>, &ConnectView<'_>);

fn framed_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>, margin: i8, contents: Part) {
    let tone = outcome(cx, view).0;
    let fill = if tone == Tone::Neutral { cx.tokens.colors.card } else { tone.wash(&cx.tokens) };
    Frame::new().fill(fill).corner_radius(size::RADIUS).inner_margin(Margin::same(margin)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        contents(ui, cx, view);
    });
}

fn outcome(cx: &Cx<'_>, view: &ConnectView<'_>) -> (Tone, Option<Mark>, String) {
    match &view.outcome {
        Outcome::Nothing => (Tone::Neutral, None, cx.tr("outcome-nothing").into_owned()),
        Outcome::Reading => (Tone::Neutral, Some(Mark::Trying), cx.tr("outcome-reading").into_owned()),
        Outcome::Missing(field, why) => {
            let text = match why {
                Some(why) => Text::new("outcome-missing").with("why", why.clone()),
                None => Text::new("outcome-empty"),
            };
            let text = text.with("field", field.label());
            (Tone::Warn, Some(Mark::Unknown), cx.text(&text))
        }
        Outcome::Running(text) => (Tone::Busy, Some(Mark::Trying), cx.text(text)),
        Outcome::Connected(text) => (Tone::Good, Some(Mark::Confirmed), cx.text(text)),
        Outcome::Failed(text, _) => (Tone::Bad, Some(Mark::Failed), cx.text(text)),
    }
}

fn words_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let (tone, shape, words) = outcome(cx, view);
    let ink = if tone == Tone::Neutral { cx.tokens.colors.text } else { tone.ink(&cx.tokens) };
    ui.horizontal_top(|ui| {
        if let Some(shape) = shape {
            mark(ui, shape);
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            if let Outcome::Failed(_, Some(verdict)) = &view.outcome {
                verdict_ui(ui, cx, *verdict);
                ui.add(Label::new(small(words).color(ink)).wrap().selectable(true));
            } else {
                ui.add(Label::new(body(words).color(ink)).wrap().selectable(true));
            }
        });
    });
}

/// What the doctor says, before what was seen.
fn verdict_ui(ui: &mut Ui, cx: &Cx<'_>, verdict: FirstWord) {
    let lang = cx.lang.lang();
    let words = match verdict {
        FirstWord::Cause(_, cause) => wording(cause, lang).into_owned(),
        FirstWord::Undecided(step) => cx.tr_args("outcome-undecided", &[("step", wording(step, lang).into())]),
    };
    ui.add(Label::new(body(words).color(Tone::Bad.ink(&cx.tokens)).strong()).wrap().selectable(true));
}

/// The buttons that lead on.
fn next_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    match view.outcome {
        Outcome::Missing(field, _) => {
            if primary_button(ui, &cx.tr("outcome-show-field"), None).clicked() {
                jump(ui, cx, field);
            }
        }
        Outcome::Nothing => {
            if primary_button(ui, &cx.tr("connect-now"), None).clicked() {
                cx.push(Action::Connect);
            }
        }
        Outcome::Failed(_, verdict) => {
            if primary_button(ui, &cx.tr("connect-again"), None).clicked() {
                cx.push(Action::Connect);
            }
            if verdict.is_some() && button(ui, &cx.tr("outcome-doctor"), None).clicked() {
                cx.push(Action::Go(Page::Troubleshoot));
            }
        }
        Outcome::Connected(_) => {
            if primary_button(ui, &cx.tr("to-messages"), None).clicked() {
                cx.push(Action::Go(Page::Messages));
            }
        }
        Outcome::Running(_) | Outcome::Reading => {}
    }
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>, row: &PlanRow) {
    ui.horizontal_top(|ui| {
        mark(ui, shape(row.state)).on_hover_text(cx.tr(word(row.state)));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.spacing_mut().interact_size.y = size::ICON;
            ui.horizontal(|ui| {
                let color = match row.state {
                    RowState::Planned | RowState::Skipped => cx.tokens.colors.muted,
                    _ => cx.tokens.colors.text,
                };
                let remark = row.remark();
                let width = ui.available_width() - if remark.is_some() { REMARK_WIDTH } else { TOOK_WIDTH };
                ui.allocate_ui(eframe::egui::vec2(width, size::ICON), |ui| {
                    ui.add(Label::new(mono(&row.line).color(color)).selectable(true).truncate());
                });
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if let Some(span) = row.took {
                        ui.label(muted(&cx.tokens, took(span)));
                    }
                    if let Some(remark) = remark {
                        ui.label(muted(&cx.tokens, cx.tr(remark)));
                    }
                });
            });
            if let Some(waiting) = &row.waiting {
                waiting_ui(ui, cx, row, waiting);
            } else if !row.answer.is_empty() {
                let ink = match row.state {
                    RowState::Failed => cx.tokens.colors.bad,
                    RowState::Absent => cx.tokens.colors.muted,
                    _ => cx.tokens.colors.good,
                };
                let answer = mono(format!("← {}", row.answer)).color(ink);
                ui.add(Label::new(answer).selectable(true).truncate());
            }
            ui.add(Label::new(muted(&cx.tokens, cx.tr(row.explanation))).wrap());
            if let Some(fault) = &row.fault {
                ui.add(Label::new(small(cx.text(fault)).color(cx.tokens.colors.bad)).wrap());
                rung_ui(ui, cx, view);
            }
        });
    });
}

/// What the row waits for, and how long still.
fn waiting_ui(ui: &mut Ui, cx: &Cx<'_>, row: &PlanRow, waiting: &Waiting) {
    let words = cx.text(&waiting.text);
    let words = if waiting.command == row.line { words } else { format!("{} · {words}", waiting.command) };
    ui.add(Label::new(small(words).color(Tone::Busy.ink(&cx.tokens))).wrap());
}

/// Leads from a failed line to the rung that it broke.
fn rung_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let Some(rung) = view.failed_rung else { return };
    let name = cx.tr(rung::key(rung)).into_owned();
    if quiet_button(ui, Icon::Right, &cx.tr_args("plan-to-rung", &[("rung", name.into())]), None).clicked() {
        cx.push(Action::ShowRung(Some(rung)));
    }
}

const fn shape(state: RowState) -> Mark {
    match state {
        RowState::Planned => Mark::Unknown,
        RowState::Running => Mark::Trying,
        RowState::Done => Mark::Confirmed,
        RowState::Failed => Mark::Failed,
        RowState::Skipped | RowState::Absent => Mark::NotNeeded,
    }
}

const fn word(state: RowState) -> &'static str {
    match state {
        RowState::Planned => "row-planned",
        RowState::Running => "row-running",
        RowState::Done => "row-done",
        RowState::Failed => "row-failed",
        RowState::Skipped => "row-skipped",
        RowState::Absent => "row-absent",
    }
}

const TOOK_WIDTH: f32 = 72.0;
const REMARK_WIDTH: f32 = 150.0;
