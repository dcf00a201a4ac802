//! The Messages page: from model and screen to the panel, and what it asks.

use eframe::egui::Ui;

use crate::{
    action::MessagesAction,
    model::{
        Input,
        request::{Request, Subscription},
    },
    ui::{self, Cx},
    view::messages::view,
};

use super::{App, clock::Clock, draw::Shown};

/// Draws the page.
pub(super) fn page_ui(shown: &mut Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) {
    let view = view(shown.model.messages(), &mut shown.screen.messages, Clock::wall());
    ui::messages::page_ui(ui, cx, &view);
}

/// Does what the page asks.
pub(super) fn dispatch(app: &mut App, action: MessagesAction) {
    match action {
        MessagesAction::Change(change) => app.screen.messages.change(change, app.model.messages()),
        MessagesAction::Publish(draft) => {
            if let Ok(message) = draft.message() {
                app.ask(Request::Publish(message));
            }
        }
        MessagesAction::PublishTyped => {
            let typed = view(app.model.messages(), &mut app.screen.messages, Clock::wall()).draft().ok().cloned();
            if let Some(draft) = typed {
                dispatch(app, MessagesAction::Publish(draft));
            }
        }
        MessagesAction::Subscribe { filter, qos } => app.ask(Request::Subscribe(Subscription { filter, qos })),
        MessagesAction::Unsubscribe(filter) => app.ask(Request::Unsubscribe(filter)),
        MessagesAction::Forget(filter) => app.apply(&Input::SubscriptionForgotten(filter)),
        MessagesAction::Clear => app.apply(&Input::MessagesCleared),
    }
}
