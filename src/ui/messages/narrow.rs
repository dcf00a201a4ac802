//! The page in a small window: messages, or subscriptions with topics, or the chosen message; the composer below.

use eframe::egui::{CentralPanel, Frame, Margin, Panel, Ui};

use crate::{
    ui::{
        Cx,
        theme::space,
        widgets::{body, rule},
    },
    view::messages::{Change, MessagesView},
};

use super::{change, composer, details, list, side_frame, subscriptions, topics};

/// Draws one part at a time.
pub(super) fn narrow_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    if !view.is_recorded() {
        Panel::bottom("composer").frame(side_frame(cx)).resizable(false).show(ui, |ui| {
            composer::composer_ui(ui, cx, view, true);
        });
    }
    let details = view.details().filter(|_| !view.screen().shows_topics);
    CentralPanel::no_frame().frame(Frame::new().inner_margin(Margin::symmetric(0, 4))).show(ui, |ui| {
        parts_ui(ui, cx, view);
        if view.screen().shows_topics {
            rule(ui);
            topics_ui(ui, cx, view);
        } else if let Some(details) = details {
            rule(ui);
            list::keys_ui(ui, cx, view);
            side_frame(cx).show(ui, |ui| details::details_ui(ui, cx, view, &details));
        } else {
            list::list_ui(ui, cx, view, false);
        }
    });
}

/// Which part is shown, and the counts beside it.
fn parts_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    ui.horizontal(|ui| {
        ui.add_space(space::S);
        ui.spacing_mut().item_spacing.x = space::XS;
        for (key, shows_topics) in [("messages-part-list", false), ("messages-part-topics", true)] {
            let is_shown = view.screen().shows_topics == shows_topics;
            if ui.selectable_label(is_shown, body(cx.tr(key)).strong()).clicked() {
                change(cx, Change::ShowTopics(shows_topics));
                if !shows_topics && is_shown {
                    change(cx, Change::Select(None));
                }
            }
        }
        ui.add_space(space::S);
        list::counts_ui(ui, cx, view);
    });
}

/// Subscriptions and topics beside each other: there is more room that way than above each other.
fn topics_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let half = ui.available_width() / 2.0;
    Panel::left("messages subscriptions").frame(side_frame(cx)).exact_size(half).resizable(false).show(ui, |ui| {
        subscriptions::subscriptions_ui(ui, cx, view);
    });
    CentralPanel::no_frame().frame(side_frame(cx)).show(ui, |ui| topics::topics_ui(ui, cx, view));
}
