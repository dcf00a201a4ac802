//! Asks before a message that the broker keeps is cleared, and says what is lost.

use eframe::egui::{Id, Label, Modal, Ui};

use crate::{
    action::{Action, MessagesAction},
    ui::{
        Cx,
        theme::space,
        widgets::{body, button, mono, muted, title},
    },
    view::messages::{Change, MessagesView, WhyNot},
};

use super::{change, small_mono};

/// Draws the question while there is one.
pub(super) fn clearing_ui(ui: &Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let Some(topic) = view.screen().clearing.clone() else { return };
    let why_not = (!view.is_connected()).then(|| cx.text(&WhyNot::NotConnected.text()));
    let response = Modal::new(Id::unique("clear kept")).show(ui.ctx(), |ui| {
        ui.set_max_width(WIDTH);
        ui.label(title(cx.tr("kept-clear-title")));
        ui.add(Label::new(mono(topic.as_str())).wrap());
        if let Some(broker) = view.broker() {
            ui.label(muted(&cx.tokens, cx.tr_args("kept-clear-broker", &[("broker", broker.into())])));
        }
        ui.add_space(space::XS);
        ui.add(Label::new(body(cx.tr("kept-clear-lost"))).wrap());
        if let Some(wire) = view.clearing_wire() {
            ui.add_space(space::XS);
            ui.label(muted(&cx.tokens, cx.tr("composer-wire")));
            ui.add(Label::new(small_mono(wire.line).color(cx.tokens.colors.wire_sent)).wrap());
        }
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            let keeps = button(ui, &cx.tr("kept-clear-no"), None).clicked();
            let clears = button(ui, &cx.tr("kept-clear-yes"), why_not.as_deref()).clicked();
            (keeps, clears)
        })
        .inner
    });
    let (keeps, clears) = response.inner;
    if clears {
        cx.push(Action::Messages(MessagesAction::ClearKept(topic)));
    }
    if clears || keeps || response.should_close() {
        change(cx, Change::AskClear(None));
    }
}

const WIDTH: f32 = 420.0;
