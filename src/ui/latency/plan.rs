//! The form of a measuring run, and how the run under way keeps up with its plan.

use eframe::egui::{Align2, FontSelection, ProgressBar, TextEdit, Ui, vec2};

use crate::{
    action::{Action, LatencyAction},
    lang::{Arg, Text},
    ui::{
        Cx,
        theme::{monospace, size, space, text},
        widgets::{Icon, Mark, button, choice, icon_button, locked_ui, mark, muted, named, primary_button, small},
    },
    view::latency::{Measuring, PlanForm, PlanView, Qos, took_text},
};

use super::compare::since;

/// Draws the form.
pub(super) fn plan_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &PlanView<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let mut form = view.form.clone();
        locked_ui(ui, view.measuring.is_none(), |ui| fields_ui(ui, cx, view, &mut form));
        if form != *view.form {
            cx.push(Action::Latency(LatencyAction::Plan(Box::new(form))));
        }
        ui.vertical(|ui| {
            ui.add_space(LABEL_HEIGHT);
            ui.horizontal(|ui| buttons_ui(ui, cx, view));
        });
    });
    match view.measuring {
        Some(measuring) => progress_ui(ui, cx, measuring),
        None => forecast_ui(ui, cx, view),
    }
}

fn fields_ui(ui: &mut Ui, cx: &Cx<'_>, view: &PlanView<'_>, form: &mut PlanForm) {
    let [topic, bytes, rate, count] = &view.wrong;
    field_ui(ui, cx, "measure-name", &mut form.name, 110.0, None);
    field_ui(ui, cx, "measure-topic", &mut form.topic, 130.0, topic.as_ref());
    ui.vertical(|ui| {
        let name = cx.tr("measure-qos");
        ui.label(muted(&cx.tokens, name.as_ref()));
        let words = |qos: Qos| format!("QoS {}", qos.number());
        if let Some(qos) = choice(ui, &name, form.qos, &Qos::ALL, words) {
            form.qos = qos;
        }
    });
    field_ui(ui, cx, "measure-bytes", &mut form.bytes, 60.0, bytes.as_ref());
    field_ui(ui, cx, "measure-rate", &mut form.rate, 60.0, rate.as_ref());
    field_ui(ui, cx, "measure-count", &mut form.count, 70.0, count.as_ref());
}

fn field_ui(ui: &mut Ui, cx: &Cx<'_>, key: &'static str, value: &mut String, width: f32, wrong: Option<&Text>) {
    ui.vertical(|ui| {
        let name = cx.tr(key).into_owned();
        let ink = if wrong.is_some() { cx.tokens.colors.bad } else { cx.tokens.colors.muted };
        ui.label(small(name.as_str()).color(ink));
        let field = TextEdit::singleline(value)
            .id_salt(key)
            .font(FontSelection::FontId(monospace(text::BODY - 1.0)))
            .text_color(if wrong.is_some() { cx.tokens.colors.bad } else { cx.tokens.colors.text })
            .align(Align2::LEFT_CENTER)
            .desired_width(width)
            .min_size(vec2(0.0, size::CONTROL));
        let response = named(ui.add(field), &name);
        if let Some(wrong) = wrong {
            response.on_hover_text(cx.text(wrong));
        }
    });
}

fn buttons_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &PlanView<'_>) {
    if view.measuring.is_some() {
        if button(ui, &cx.tr("measure-stop"), None).clicked() {
            cx.push(Action::Latency(LatencyAction::Stop));
        }
    } else {
        let why_not = view.plan.as_ref().err().map(|why| cx.text(why));
        if primary_button(ui, &cx.tr("measure-start"), why_not.as_deref()).clicked() {
            cx.push(Action::Latency(LatencyAction::Start));
        }
    }
    if icon_button(ui, Icon::Close, &cx.tr("measure-close"), None).clicked() {
        cx.push(Action::Latency(LatencyAction::ShowPlan(false)));
    }
}

/// What the plan means, before it runs.
fn forecast_ui(ui: &mut Ui, cx: &Cx<'_>, view: &PlanView<'_>) {
    ui.horizontal_wrapped(|ui| {
        if let Some(wrong) = view.wrong.iter().flatten().next() {
            mark(ui, Mark::Failed);
            ui.label(small(cx.text(wrong)).color(cx.tokens.colors.bad));
            return;
        }
        if let Some(lasts) = view.lasts {
            ui.label(muted(
                &cx.tokens,
                cx.tr_args("measure-lasts", &[("time", Arg::from(since(lasts.as_secs_f64())))]),
            ));
        }
        if let Some(rate) = view.line_rate {
            let words = cx.tr_args("measure-line-rate", &[("rate", Arg::from(format!("{rate:.1}")))]);
            if view.is_beyond_line {
                mark(ui, Mark::Stale);
                ui.label(small(format!("{words} {}", cx.tr("measure-beyond-line"))).color(cx.tokens.colors.warn));
            } else {
                ui.label(muted(&cx.tokens, words));
            }
        }
    });
}

fn progress_ui(ui: &mut Ui, cx: &Cx<'_>, measuring: &Measuring) {
    ui.horizontal_wrapped(|ui| {
        #[expect(clippy::cast_precision_loss, reason = "a part of a bar of some hundred points")]
        let part = measuring.ended as f32 / measuring.plan.count.max(1) as f32;
        let words = format!("{} / {}", measuring.ended, measuring.plan.count);
        let bar = ui.add(ProgressBar::new(part).desired_width(180.0).text(words.as_str()));
        named(bar, &cx.tr("measure-progress"));
        ui.label(muted(&cx.tokens, cx.tr_args("measure-rates", &rate_args(measuring))));
        if measuring.lost > 0 {
            let words = cx.tr_args("measure-lost", &[("n", Arg::from(measuring.lost))]);
            ui.label(small(words).color(cx.tokens.colors.bad));
        }
        if measuring.falls_behind() {
            mark(ui, Mark::Stale);
            let args = [("time", Arg::from(took_text(measuring.behind)))];
            ui.label(small(cx.tr_args("measure-behind", &args)).color(cx.tokens.colors.warn));
        }
    });
}

/// How many publishes a second were planned and how many came of it.
pub(super) fn rate_args(measuring: &Measuring) -> [(&'static str, Arg); 2] {
    let planned = 1.0 / measuring.plan.period.as_secs_f64().max(1e-6);
    let reached = measuring.reached_rate().map_or_else(|| "–".to_owned(), |rate| format!("{rate:.2}"));
    [("planned", Arg::from(format!("{planned:.2}"))), ("reached", Arg::from(reached))]
}

/// The height of the labels above the fields.
const LABEL_HEIGHT: f32 = 21.0;
