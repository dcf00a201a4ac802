//! Keys that work on every page.

use eframe::egui::{Event, Id, Key, Modifiers, Ui};

use crate::{
    action::{Action, CertificatesAction, DemoAction},
    model::connection::Phase,
    ui,
    view::Page,
};

use super::App;

/// Reads the keys of this frame.
pub(super) fn read(ui: &Ui, app: &App, actions: &mut Vec<Action>) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    for (page, key) in PAGE_KEYS {
        if pressed(Modifiers::COMMAND, key) {
            actions.push(Action::Go(page));
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

const PAGE_KEYS: [(Page, Key); 7] = [
    (Page::Connect, Key::Num1),
    (Page::Messages, Key::Num2),
    (Page::Certificates, Key::Num3),
    (Page::Latency, Key::Num4),
    (Page::Troubleshoot, Key::Num5),
    (Page::Terminal, Key::Num6),
    (Page::Settings, Key::Num7),
];
