//! Names of runs, and the question before something is deleted.

use eframe::egui::{Align2, Key, TextEdit, Ui, vec2};

use crate::{
    action::{Action, LatencyAction},
    lang::Arg,
    ui::{
        Cx,
        theme::{size, space},
        widgets::{body, button, dialog, muted, named, primary_button, title},
    },
    view::latency::{Deletion, LatencyView, grouped},
};

use super::run_words;

/// Draws whatever is asked.
pub(super) fn dialogs_ui(ui: &Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    if let Some(name) = &view.screen.begins {
        let changed = |name| LatencyAction::BeginName(Some(name));
        let keys = ["latency-begin", "latency-begin-hint", "latency-begin-do"];
        name_ui(ui, cx, keys, name, changed, (LatencyAction::Begin, LatencyAction::BeginName(None)));
    }
    if let Some((number, name)) = &view.screen.renames {
        let number = *number;
        let changed = move |name| LatencyAction::RenameName(Some((number, name)));
        let keys = ["latency-rename", "latency-rename-hint", "latency-rename-do"];
        name_ui(ui, cx, keys, name, changed, (LatencyAction::Rename, LatencyAction::RenameName(None)));
    }
    if let Some(deletion) = view.screen.deletes {
        delete_ui(ui, cx, view, deletion);
    }
}

fn name_ui(
    ui: &Ui,
    cx: &mut Cx<'_>,
    [heading, hint, word]: [&'static str; 3],
    name: &str,
    changed: impl Fn(String) -> LatencyAction,
    (done, cancelled): (LatencyAction, LatencyAction),
) {
    let asked = dialog(ui, heading, WIDTH, |ui, answering| {
        ui.label(title(cx.tr(heading)));
        ui.label(muted(&cx.tokens, cx.tr(hint)));
        ui.add_space(space::S);
        let mut typed = name.to_owned();
        let field = TextEdit::singleline(&mut typed)
            .align(Align2::LEFT_CENTER)
            .desired_width(f32::INFINITY)
            .min_size(vec2(0.0, size::CONTROL));
        let field = named(ui.add(field), &cx.tr("latency-run-named"));
        answering.begin_with(&field);
        if field.changed() {
            cx.push(Action::Latency(changed(typed)));
        }
        let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            if answering.is_given(&primary_button(ui, &cx.tr(word), None)) || is_entered {
                cx.push(Action::Latency(done.clone()));
            }
            if button(ui, &cx.tr("latency-cancel"), None).clicked() {
                cx.push(Action::Latency(cancelled.clone()));
            }
        });
    });
    if asked.is_left {
        cx.push(Action::Latency(cancelled));
    }
}

fn delete_ui(ui: &Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>, deletion: Deletion) {
    let asked = dialog(ui, "latency delete", WIDTH, |ui, answering| {
        let (heading, runs): (_, Vec<_>) = match deletion {
            Deletion::Run(number) => ("latency-ask-run", view.find(number).into_iter().collect()),
            Deletion::All => ("latency-ask-all", view.runs.iter().collect()),
        };
        ui.label(title(cx.tr(heading)));
        if let Deletion::Run(number) = deletion {
            ui.label(body(run_words(cx, view, Some(number))));
        }
        let samples: usize = runs.iter().map(|run| run.track.len()).sum();
        let args = [("n", Arg::from(grouped(samples as u64)))];
        ui.label(body(cx.tr_args("latency-ask-lost", &args)).color(cx.tokens.colors.bad));
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            let keeps = button(ui, &cx.tr("latency-cancel"), None);
            answering.begin_with(&keeps);
            if answering.is_given(&keeps) {
                cx.push(Action::Latency(LatencyAction::AskDelete(None)));
            }
            if button(ui, &cx.tr("latency-ask-do"), None).clicked() {
                cx.push(Action::Latency(LatencyAction::Delete));
            }
        });
    });
    if asked.is_left {
        cx.push(Action::Latency(LatencyAction::AskDelete(None)));
    }
}

const WIDTH: f32 = 400.0;
