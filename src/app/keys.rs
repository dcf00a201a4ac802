//! Keys that work on every page.

use eframe::egui::{Event, Id, Key, Modifiers, Ui};

use crate::{
    action::{Action, CertificatesAction, DemoAction},
    at::text::is_hidden,
    model::connection::Phase,
    ui,
};

use super::App;

/// Reads the keys of this frame.
pub(super) fn read(ui: &Ui, app: &App, actions: &mut Vec<Action>) {
    trim_pastes(ui);
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    for facts in ui::pages::PAGES {
        if pressed(Modifiers::COMMAND, facts.key) {
            actions.push(Action::Go(facts.page));
        }
    }
    // Whoever comes back from an editor expects his files as they are now.
    if ui.input(|input| input.events.contains(&Event::WindowFocused(true))) {
        actions.push(Action::Certificates(CertificatesAction::ReadAgain));
    }
    if pressed(Modifiers::COMMAND, Key::K) {
        let is_idle = matches!(app.model.connection().phase(), Phase::Idle | Phase::Open);
        actions.push(if is_idle { Action::Connect } else { Action::Disconnect });
    }
    if pressed(Modifiers::NONE, Key::F1) {
        actions.push(Action::ShowHelp(!app.screen.is_help_open));
    }
    if pressed(Modifiers::NONE, Key::F2) {
        actions.push(Action::Demo(DemoAction::Toggle));
    }
    if pressed(Modifiers::COMMAND, Key::F) {
        ui.memory_mut(|memory| memory.request_focus(Id::unique(ui::SEARCH_FIELD)));
    }
    if (app.screen.is_help_open || app.screen.rung.is_some()) && pressed(Modifiers::NONE, Key::Escape) {
        actions.extend([Action::ShowHelp(false), Action::ShowRung(None)]);
    }
}

/// What is pasted into a field of one line comes without the blanks and line ends at its edges: a terminal or a table puts them
/// there, nobody sees them, and a password or a topic that holds one fails far from here.
fn trim_pastes(ui: &Ui) {
    if ui.memory(|memory| memory.has_focus(Id::unique(ui::PAYLOAD_FIELD))) {
        return;
    }
    ui.input_mut(|input| {
        for event in &mut input.events {
            if let Event::Paste(text) = event {
                *text = text.trim_matches(|sign: char| sign.is_whitespace() || is_hidden(sign)).to_owned();
            }
        }
    });
}
