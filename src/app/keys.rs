//! Keys that work on every page.

use eframe::egui::{Event, Id, Key, Memory, Modifiers, TextEdit, Ui};

use crate::{
    action::{Action, CertificatesAction, DemoAction, Password, RecordedAction},
    at::text::is_hidden,
    model::connection::Phase,
    ui,
    view::Page,
};

use super::App;

/// Reads the keys of this frame.
pub(super) fn read(ui: &Ui, app: &App, actions: &mut Vec<Action>) {
    take_pasted_files(ui, actions);
    read_paste(ui, app.screen.page, actions);
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
    if pressed(Modifiers::COMMAND, Key::O) {
        actions.push(Action::Recorded(RecordedAction::Ask(true)));
    }
    if pressed(Modifiers::COMMAND, Key::F) {
        ui.memory_mut(|memory| memory.request_focus(Id::unique(ui::SEARCH_FIELD)));
    }
    if (app.screen.is_help_open || app.screen.rung.is_some()) && pressed(Modifiers::NONE, Key::Escape) {
        actions.extend([Action::ShowHelp(false), Action::ShowRung(None)]);
    }
}

/// The text of a key or a certificate reaches no field for something else: it is offered to be used as what it is. Only the
/// fields for paths of such files take it, and a message may be anything. Where no field is, only a text that is nothing else.
fn take_pasted_files(ui: &Ui, actions: &mut Vec<Action>) {
    let focused = ui.memory(Memory::focused);
    let is_typing = focused.is_some_and(|id| TextEdit::load_state(ui.ctx(), id).is_some());
    let takes_any = focused.is_some_and(|id| id == Id::unique(ui::PAYLOAD_FIELD) || ui::is_path_field(id));
    if is_typing && takes_any {
        return;
    }
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Paste(text) = event else { return true };
            let is_file = text.contains(FIRST_LINE) && (is_typing || text.trim_start().starts_with(FIRST_LINE));
            if is_file {
                let offer = CertificatesAction::OfferPasted(Password::new(text.as_str()));
                actions.push(Action::Certificates(offer));
            }
            !is_file
        });
    });
}

/// A text that is pasted where no field takes it may be a log, on the pages that show one.
fn read_paste(ui: &Ui, page: Page, actions: &mut Vec<Action>) {
    let is_typing = ui.memory(Memory::focused).is_some_and(|id| TextEdit::load_state(ui.ctx(), id).is_some());
    if is_typing || !matches!(page, Page::Troubleshoot | Page::Terminal) {
        return;
    }
    ui.input(|input| {
        let pasted = input.events.iter().filter_map(|event| match event {
            Event::Paste(text) if !text.trim().is_empty() => Some(text.clone()),
            _ => None,
        });
        actions.extend(pasted.map(|text| Action::Recorded(RecordedAction::Offer(text))));
    });
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

/// Begins the text of a key or a certificate.
const FIRST_LINE: &str = "-----BEGIN";
