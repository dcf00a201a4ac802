//! The plan: every AT line before it is sent, what it is for, and then what was answered.

use eframe::egui::{Align, Frame, Id, Label, Layout, Margin, Response, Ui};

use crate::{
    action::Action,
    ui::{
        Cx,
        ladder::took,
        theme::{Tone, size, space},
        widgets::{Icon, Mark, body, mark, mono, muted, primary_button, quiet_button, rule, small},
    },
    view::{
        Page,
        connect::{ConnectView, Outcome, PlanRow, RowState},
        rung,
    },
};

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
    for (index, row) in view.plan.iter().enumerate() {
        let drawn = ui.scope(|ui| row_ui(ui, cx, view, row)).response;
        if newest == Some(index) {
            follow(ui, &drawn, index);
        }
        rule(ui);
    }
}

/// Brings the row that runs (or failed) into sight, once; whoever scrolls away stays there until the next one runs.
fn follow(ui: &Ui, row: &Response, index: usize) {
    let id = Id::unique("followed row of the plan");
    let is_new = ui.data_mut(|data| data.get_temp_mut_or(id, usize::MAX) != &index);
    if is_new {
        ui.data_mut(|data| data.insert_temp(id, index));
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
        Outcome::Running(text) => (Tone::Busy, Some(Mark::Trying), cx.text(text)),
        Outcome::Connected(text) => (Tone::Good, Some(Mark::Confirmed), cx.text(text)),
        Outcome::Failed(text) => (Tone::Bad, Some(Mark::Failed), cx.text(text)),
    }
}

fn words_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let (tone, shape, words) = outcome(cx, view);
    let ink = if tone == Tone::Neutral { cx.tokens.colors.text } else { tone.ink(&cx.tokens) };
    ui.horizontal_top(|ui| {
        if let Some(shape) = shape {
            mark(ui, shape);
        }
        ui.add(Label::new(body(words).color(ink)).wrap().selectable(true));
    });
}

/// The button that leads on.
fn next_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    match view.outcome {
        Outcome::Nothing | Outcome::Failed(_) => {
            let key = if view.outcome == Outcome::Nothing { "connect-now" } else { "connect-again" };
            if primary_button(ui, &cx.tr(key), None).clicked() {
                cx.push(Action::Connect);
            }
        }
        Outcome::Connected(_) => {
            if primary_button(ui, &cx.tr("to-messages"), None).clicked() {
                cx.push(Action::Go(Page::Messages));
            }
        }
        Outcome::Running(_) => {}
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
            if !row.answer.is_empty() {
                let ink = if row.fault.is_some() { cx.tokens.colors.bad } else { cx.tokens.colors.good };
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
        RowState::Skipped => Mark::NotNeeded,
    }
}

const fn word(state: RowState) -> &'static str {
    match state {
        RowState::Planned => "row-planned",
        RowState::Running => "row-running",
        RowState::Done => "row-done",
        RowState::Failed => "row-failed",
        RowState::Skipped => "row-skipped",
    }
}

const TOOK_WIDTH: f32 = 72.0;
const REMARK_WIDTH: f32 = 150.0;
