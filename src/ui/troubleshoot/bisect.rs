//! The search for the one setting that decides: the button, the question before each one, how far it is and what it came to.

use eframe::egui::{Label, Ui};

use crate::{
    action::{Action, BisectAction, TroubleshootAction},
    lang::Arg,
    ui::{
        Cx,
        theme::{Tone, space},
        widgets::{
            Icon, Mark, body, button, card, dialog, icon_button, mark, mono, muted, primary_button, small, title,
        },
    },
    view::troubleshoot::{BisectQuestion, BisectView, TriedMark, TroubleshootView},
};

/// The button, below the questions that change nothing.
pub(super) fn opener_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TroubleshootView<'_>) {
    ui.add_space(space::XS);
    ui.add(Label::new(muted(&cx.tokens, cx.tr("bisect-hint"))).wrap());
    let why_not = view.why_not_bisect.map(|key| cx.tr(key).into_owned());
    if button(ui, &cx.tr("bisect-ask"), why_not.as_deref()).clicked() {
        push(cx, BisectAction::Ask(true));
    }
}

/// An earlier search that was never undone, and the search under way or the last one.
pub(super) fn bisect_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TroubleshootView<'_>) {
    let is_running = view.bisect.shown.as_ref().is_some_and(|shown| shown.is_running);
    if let Some(port) = view.bisect.older.as_ref().filter(|_| !is_running) {
        older_ui(ui, cx, port, view.why_not_restore);
    }
    if let Some(shown) = &view.bisect.shown {
        let heading = cx.tr("bisect-title");
        card(ui, Some(&heading), |ui| shown_ui(ui, cx, shown));
    }
}

fn older_ui(ui: &mut Ui, cx: &mut Cx<'_>, port: &str, why_not: Option<&'static str>) {
    card(ui, None, |ui| {
        ui.horizontal_top(|ui| {
            mark(ui, Mark::Stale);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                let words = cx.tr_args("bisect-older", &[("port", Arg::from(port))]);
                ui.add(Label::new(body(words)).wrap().selectable(true));
                let why_not = why_not.map(|key| cx.tr(key).into_owned());
                if primary_button(ui, &cx.tr("bisect-restore"), why_not.as_deref()).clicked() {
                    push(cx, BisectAction::Restore);
                }
            });
        });
    });
}

fn shown_ui(ui: &mut Ui, cx: &mut Cx<'_>, shown: &BisectView) {
    ui.spacing_mut().item_spacing.y = space::XS;
    if let Some(verdict) = &shown.verdict {
        ui.add(Label::new(body(cx.text(verdict)).strong()).wrap().selectable(true));
        lines_ui(ui, cx, shown);
    } else {
        ui.horizontal_wrapped(|ui| {
            mark(ui, Mark::Trying);
            let doing = match &shown.trying {
                Some(change) => cx.text(change),
                None => cx.tr(shown.stage).into_owned(),
            };
            ui.label(body(doing));
            if shown.to_come > 0 {
                let words = cx.tr_args("bisect-to-come", &[("count", Arg::from(shown.to_come.to_string()))]);
                ui.label(muted(&cx.tokens, words));
            }
            if button(ui, &cx.tr("bisect-stop"), None).clicked() {
                push(cx, BisectAction::Stop);
            }
        });
    }
    for (key, value) in [("bisect-left", &shown.left), ("bisect-untold-keys", &shown.untold)] {
        if !value.is_empty() {
            let words = cx.tr_args(key, &[("keys", Arg::from(value.as_str()))]);
            ui.add(Label::new(small(words).color(Tone::Warn.ink(&cx.tokens))).wrap().selectable(true));
        }
    }
    for file in &shown.files {
        ui.add(Label::new(muted(&cx.tokens, cx.text(file))).wrap().selectable(true));
    }
    for tried in &shown.tried {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            mark(
                ui,
                match tried.mark {
                    TriedMark::Opens => Mark::Confirmed,
                    TriedMark::Fails => Mark::Failed,
                    TriedMark::Untried => Mark::Unknown,
                },
            );
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add(Label::new(small(cx.text(&tried.what))).wrap().selectable(true));
                ui.add(Label::new(muted(&cx.tokens, cx.text(&tried.outcome))).wrap().selectable(true));
            });
        });
    }
}

/// The lines of the change that decides, to be copied.
fn lines_ui(ui: &mut Ui, cx: &mut Cx<'_>, shown: &BisectView) {
    if shown.lines.is_empty() {
        return;
    }
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            for line in &shown.lines {
                ui.add(Label::new(mono(line)).wrap().selectable(true));
            }
        });
        if icon_button(ui, Icon::Copy, &cx.tr("bisect-copy"), None).clicked() {
            cx.push(Action::Copy(shown.lines.join("\n")));
        }
    });
}

/// Says what a search does, and asks for it each time.
pub(super) fn question_ui(ui: &Ui, cx: &mut Cx<'_>, question: &BisectQuestion) {
    let asked = dialog(ui, "bisect", WIDTH, |ui, answering| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(title(cx.tr("bisect-title")));
        let args = [("target", question.target.as_str().into())];
        ui.add(Label::new(body(cx.tr_args("bisect-does", &args))).wrap());
        ui.add(Label::new(body(cx.tr("bisect-undoes"))).wrap());
        ui.add(Label::new(muted(&cx.tokens, cx.tr("bisect-sends-nothing"))).wrap());
        ui.horizontal(|ui| {
            let agrees = button(ui, &cx.tr("bisect-yes"), None).clicked();
            let refuses = primary_button(ui, &cx.tr("bisect-no"), None);
            answering.begin_with(&refuses);
            (agrees, answering.is_given(&refuses))
        })
        .inner
    });
    let (agrees, refuses) = asked.inner;
    if agrees {
        push(cx, BisectAction::Start);
    }
    if refuses || asked.is_left {
        push(cx, BisectAction::Ask(false));
    }
}

fn push(cx: &mut Cx<'_>, action: BisectAction) {
    cx.push(Action::Troubleshoot(TroubleshootAction::Bisect(action)));
}

const WIDTH: f32 = 460.0;
