//! The dialog that saves something as a file: a path to type, and the system's own dialog where there is one.

use eframe::egui::{Id, Label, Ui};

use crate::{
    action::{Action, SaveAction},
    view::save::{Purpose, Screen, Stage},
};

use super::{
    Cx,
    theme::{Tone, space},
    widgets::{Answering, badge, body, button, dialog, muted, path_field, primary_button, title},
};

/// Draws the dialog over the window.
pub fn save_ui(ui: &Ui, cx: &mut Cx<'_>, screen: &Screen) {
    let asked = dialog(ui, "save", WIDTH, |ui, answering| {
        ui.horizontal(|ui| {
            ui.label(title(cx.tr(match screen.purpose {
                Purpose::Latency => "save-latency",
                Purpose::Terminal => "save-terminal",
                Purpose::Messages(_) => "save-messages",
                Purpose::Authority => "save-authority",
                Purpose::Report(_) => "save-report",
                Purpose::WatchReport => "watch-report",
            })));
            if screen.is_simulated {
                badge(ui, Tone::Warn, &cx.tr("simulated"));
            }
        });
        ui.add_space(space::S);
        path_ui(ui, cx, screen, answering);
        ui.add_space(space::M);
        buttons_ui(ui, cx, screen, answering);
    });
    if asked.is_left {
        cx.push(Action::Save(SaveAction::Cancel));
    }
}

/// What is in the file of all that should not get into wrong hands.
const fn hint_key(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Latency => "save-hint-latency",
        Purpose::Terminal => "save-hint-terminal",
        Purpose::Messages(_) => "save-hint-messages",
        Purpose::Authority => "save-hint-authority",
        Purpose::Report(_) => "save-hint-report",
        Purpose::WatchReport => "watch-report-hint",
    }
}

fn path_ui(ui: &mut Ui, cx: &mut Cx<'_>, screen: &Screen, answering: Answering) {
    let mut path = screen.path.clone();
    let name = cx.tr("save-path");
    ui.label(muted(&cx.tokens, name.as_ref()));
    let input = path_field(ui, Id::unique("path to save"), &name, &mut path, "", f32::INFINITY);
    answering.begin_with(&input.response);
    if input.response.changed() {
        cx.push(Action::Save(SaveAction::Path(path)));
    }
    // What is there already is replaced by a click on the word that says so.
    if input.is_entered && screen.can_write() && screen.stage != Stage::Taken {
        cx.push(Action::Save(SaveAction::Write));
    }
    let (tone, words) = match &screen.stage {
        Stage::Naming => (Tone::Neutral, cx.tr(hint_key(screen.purpose)).into_owned()),
        Stage::NoDialog => (Tone::Warn, cx.tr("files-no-dialog").into_owned()),
        Stage::Choosing => (Tone::Busy, cx.tr("save-choosing").into_owned()),
        Stage::Writing => (Tone::Busy, cx.tr("save-writing").into_owned()),
        Stage::Taken => (Tone::Warn, cx.tr("save-taken").into_owned()),
        Stage::Failed(detail) => (Tone::Bad, cx.tr_args("save-failed", &[("detail", detail.as_str().into())])),
    };
    ui.add(Label::new(body(words).color(tone.ink(&cx.tokens))).wrap());
}

fn buttons_ui(ui: &mut Ui, cx: &mut Cx<'_>, screen: &Screen, answering: Answering) {
    let why_not = (!screen.can_write()).then(|| {
        let is_unnamed = screen.path.trim().is_empty();
        cx.tr(if is_unnamed { "save-why-no-path" } else { "save-why-busy" }).into_owned()
    });
    ui.horizontal(|ui| {
        let is_taken = screen.stage == Stage::Taken;
        let writes = if is_taken {
            button(ui, &cx.tr("save-replace"), why_not.as_deref()).clicked()
        } else {
            answering.is_given(&primary_button(ui, &cx.tr("save-write"), why_not.as_deref()))
        };
        if writes {
            cx.push(Action::Save(SaveAction::Write));
        }
        let is_choosing = screen.stage == Stage::Choosing;
        let why_not = is_choosing.then(|| cx.tr("save-choosing").into_owned());
        if button(ui, &cx.tr("save-choose"), why_not.as_deref()).clicked() {
            cx.push(Action::Save(SaveAction::Choose));
        }
        if button(ui, &cx.tr("save-cancel"), None).clicked() {
            cx.push(Action::Save(SaveAction::Cancel));
        }
    });
}

const WIDTH: f32 = 520.0;
