//! The question whether the window shall close although the module does not answer.

use eframe::egui::{Label, Ui};

use crate::action::Action;

use super::{
    Cx,
    theme::space,
    widgets::{body, button, dialog, title},
};

/// Draws the question over the window.
pub fn question_ui(ui: &Ui, cx: &mut Cx<'_>) {
    let asked = dialog(ui, "close", WIDTH, |ui, answering| {
        ui.label(title(cx.tr("closing-title")));
        ui.add(Label::new(body(cx.tr("closing-hint"))).wrap());
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            let stays = button(ui, &cx.tr("closing-no"), None);
            answering.begin_with(&stays);
            (answering.is_given(&stays), button(ui, &cx.tr("closing-yes"), None).clicked())
        })
        .inner
    });
    let (stays, closes) = asked.inner;
    if closes {
        cx.push(Action::Close(true));
    } else if stays || asked.is_left {
        cx.push(Action::Close(false));
    }
}

const WIDTH: f32 = 420.0;
