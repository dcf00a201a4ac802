//! One finding: folded to its headline, or open with action, evidence, codes and what it rules out.

use eframe::egui::{Align, Button, Frame, Label, Layout, Margin, Role, Stroke, Ui, WidgetInfo};

use crate::{
    action::{Action, TroubleshootAction},
    ui::{
        Cx,
        ladder::took,
        theme::{Tone, size, space},
        widgets::{Icon, Mark, badge, body, icon, mark, mono, muted, rule, small, title},
    },
    view::troubleshoot::{Certainty, ExcludedView, FactView, FindingView, certainty_key, words},
};

/// Draws a finding; the first stands out.
pub(super) fn finding_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &FindingView, is_first: bool) {
    let colors = &cx.tokens.colors;
    let line = if is_first { tone(view.certainty).ink(&cx.tokens) } else { colors.line };
    let frame = Frame::new()
        .fill(colors.card)
        .stroke(Stroke::new(1.0, line))
        .corner_radius(size::RADIUS)
        .inner_margin(Margin::symmetric(12, if view.is_open { 10 } else { 6 }));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::XS;
        head_ui(ui, cx, view, is_first);
        if view.is_open {
            open_ui(ui, cx, view, is_first);
        }
    });
}

fn head_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &FindingView, is_first: bool) {
    let headline = words(view.cause, cx.lang.lang());
    ui.horizontal_top(|ui| {
        let picture = if view.is_open { Icon::Down } else { Icon::Right };
        let fold = Button::image(icon(picture, cx.tokens.colors.muted)).frame_when_inactive(false);
        let response = ui.add(fold);
        let name = format!("{} {headline}", view.id);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, view.is_open, &name));
        if response.clicked() {
            cx.push(Action::Troubleshoot(TroubleshootAction::Open(view.id)));
        }
        ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
            certainty_ui(ui, cx, view.certainty);
            ui.add_space(space::XS);
            ui.label(mono(view.id).color(cx.tokens.colors.muted));
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                let text = if is_first { title(headline) } else { body(headline) };
                ui.add(Label::new(text).wrap().selectable(true));
            });
        });
    });
}

fn open_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &FindingView, is_first: bool) {
    ui.spacing_mut().interact_size.y = size::WIRE_ROW;
    ui.add_space(space::XS);
    ui.label(muted(&cx.tokens, cx.tr("doctor-do")));
    ui.add(Label::new(body(words(view.fix, cx.lang.lang()))).wrap().selectable(true));
    if let Some(remedy) = view.remedy {
        ui.add_space(space::XS);
        ui.horizontal(|ui| super::remedy_ui(ui, cx, remedy, view.id, is_first));
    }
    if !view.facts.is_empty() {
        ui.add_space(space::XS);
        rule(ui);
        ui.label(muted(&cx.tokens, cx.tr("doctor-evidence")));
        for fact in &view.facts {
            fact_ui(ui, cx, fact);
        }
    }
    for (code, meaning) in &view.codes {
        ui.horizontal_wrapped(|ui| {
            ui.label(mono(code).color(cx.tokens.colors.bad));
            ui.label(small(words(*meaning, cx.lang.lang())));
        });
    }
    if !view.excluded.is_empty() {
        ui.add_space(space::XS);
        rule(ui);
        ui.label(muted(&cx.tokens, cx.tr("doctor-excluded")));
        for excluded in &view.excluded {
            excluded_ui(ui, cx, excluded);
        }
    }
}

fn fact_ui(ui: &mut Ui, cx: &Cx<'_>, fact: &FactView) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        if !fact.clock.is_empty() {
            ui.label(muted(&cx.tokens, &fact.clock));
        }
        ui.add(Label::new(mono(fact.words(cx.lang.lang()))).wrap().selectable(true));
        if let Some(time) = fact.took.filter(|time| !time.is_zero()) {
            ui.label(muted(&cx.tokens, took(time)));
        }
    });
}

fn excluded_ui(ui: &mut Ui, cx: &Cx<'_>, view: &ExcludedView) {
    let lang = cx.lang.lang();
    let causes: Vec<_> =
        view.ids.iter().zip(&view.causes).map(|(id, cause)| format!("{id} {}", words(*cause, lang))).collect();
    let response = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        mark(ui, Mark::Confirmed);
        ui.label(small(cx.tr(view.what)));
        ui.add(Label::new(mono(view.proof(lang)).color(cx.tokens.colors.muted)).truncate().selectable(false));
    });
    response.response.on_hover_text(causes.join("\n"));
}

/// How sure a finding is, in one word.
pub(in crate::ui) fn certainty_ui(ui: &mut Ui, cx: &Cx<'_>, certainty: Certainty) {
    badge(ui, tone(certainty), &cx.tr(certainty_key(certainty)));
}

const fn tone(certainty: Certainty) -> Tone {
    match certainty {
        Certainty::Seen => Tone::Bad,
        Certainty::Likely => Tone::Warn,
        Certainty::Possible => Tone::Neutral,
    }
}
