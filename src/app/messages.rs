//! The Messages page: from model and screen to the panel, and what it asks.

use eframe::egui::Ui;

use crate::{action::MessagesAction, ui::Cx};

use super::App;

/// Draws the page.
pub(super) fn page_ui(_app: &mut Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) {
    crate::ui::messages::page_ui(ui, cx);
}

/// Does what the page asks.
pub(super) fn dispatch(_app: &mut App, action: MessagesAction) {
    match action {}
}
