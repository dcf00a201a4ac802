//! Asks before messages that the broker keeps are cleared, and says which and what is lost.

use eframe::egui::{Label, ScrollArea, TextStyle, Ui};

use crate::{
    action::{Action, MessagesAction},
    lang::Arg,
    ui::{
        Cx,
        theme::space,
        widgets::{body, button, dialog, mono, muted, title},
    },
    view::messages::{Change, MessagesView, WhyNot},
};

use super::{change, small_mono};

/// Draws the question while there is one.
pub(super) fn clearing_ui(ui: &Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let topics = view.clearing();
    if topics.is_empty() {
        return;
    }
    let why_not = (!view.is_connected()).then(|| cx.text(&WhyNot::NotConnected.text()));
    let asked = dialog(ui, "clear kept", WIDTH, |ui, answering| {
        what_ui(ui, cx, view);
        if let Some(broker) = view.broker() {
            ui.label(muted(&cx.tokens, cx.tr_args("kept-clear-broker", &[("broker", broker.into())])));
        }
        ui.add_space(space::XS);
        ui.add(
            Label::new(body(cx.tr(if topics.len() == 1 { "kept-clear-lost" } else { "kept-clear-lost-all" }))).wrap(),
        );
        if let Some(wire) = view.clearing_wire() {
            ui.add_space(space::XS);
            ui.label(muted(&cx.tokens, cx.tr("composer-wire")));
            ui.add(Label::new(small_mono(wire.line).color(cx.tokens.colors.wire_sent)).wrap());
        }
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            let keeps = button(ui, &cx.tr("kept-clear-no"), None);
            answering.begin_with(&keeps);
            let words = match topics.len() {
                1 => cx.tr("kept-clear-yes").into_owned(),
                count => cx.tr_args("kept-clear-yes-all", &[("n", Arg::from(count))]),
            };
            let clears = button(ui, &words, why_not.as_deref()).clicked();
            (answering.is_given(&keeps), clears)
        })
        .inner
    });
    let (keeps, clears) = asked.inner;
    if clears {
        cx.push(Action::Messages(match topics {
            [topic] => MessagesAction::ClearKept(topic.clone()),
            topics => MessagesAction::ClearAllKept(topics.to_vec()),
        }));
    }
    if clears || keeps || asked.is_left {
        change(cx, Change::AskClear(None));
    }
}

/// The question, and every topic that it is about.
fn what_ui(ui: &mut Ui, cx: &Cx<'_>, view: &MessagesView<'_>) {
    let count = view.clearing().len();
    if count == 1 {
        ui.label(title(cx.tr("kept-clear-title")));
        ui.add(Label::new(mono(view.clearing_text(0))).wrap());
        return;
    }
    ui.label(title(cx.tr_args("kept-clear-title-all", &[("n", Arg::from(count))])));
    let height = ui.text_style_height(&TextStyle::Monospace);
    ScrollArea::vertical().id_salt("kept topics").max_height(LIST_HEIGHT).show_rows(ui, height, count, |ui, rows| {
        for topic in rows.map(|row| view.clearing_text(row)) {
            ui.add(Label::new(mono(&topic)).truncate()).on_hover_text(topic);
        }
    });
}

const WIDTH: f32 = 420.0;
/// Highest list of topics.
const LIST_HEIGHT: f32 = 160.0;
