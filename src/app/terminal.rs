//! The Terminal page: from model and screen to the panel, and what it asks.

use eframe::egui::Ui;

use crate::{
    action::TerminalAction,
    model::{Input, event::Event, request::Request},
    ui::{self, Cx},
    view::{
        Page, fault,
        save::Purpose,
        terminal::{Chosen, Danger, Record, view},
    },
};

use super::{App, clipboard, save, shown::Shown};

/// Draws the page.
pub(super) fn page_ui(shown: &mut Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) {
    if shown.screen.terminal.refresh(shown.model.terminal()) {
        ui.request_repaint();
    }
    let view = view(shown.model, &shown.screen.terminal);
    ui::terminal::page_ui(ui, cx, &view);
}

/// Does what the page asks.
pub(super) fn dispatch(app: &mut App, action: TerminalAction) {
    let screen = &mut app.screen.terminal;
    match action {
        TerminalAction::Search(text) => screen.search = text,
        TerminalAction::OnlyHits(only) => screen.only_hits = only,
        TerminalAction::Seek(step) => screen.seek(step),
        TerminalAction::Choose { number, extends } => screen.choose(number, extends),
        TerminalAction::ChooseNone => screen.choose_none(),
        TerminalAction::Step(step) => screen.step(step, app.model.terminal().forgotten()),
        TerminalAction::Open(number) => {
            screen.reveal(number);
            app.screen.page = Page::Terminal;
        }
        TerminalAction::CopyShown => copy(app, Chosen::Shown),
        TerminalAction::CopyChosen => {
            if let Some(chosen) = screen.chosen() {
                copy(app, Chosen::Numbers(chosen));
            }
        }
        TerminalAction::Save => save::begin(app, Purpose::Terminal),
        TerminalAction::Type(text) => screen.command = text,
        TerminalAction::Send => send(app),
        TerminalAction::Confirm => confirm(app),
        TerminalAction::GoOn(goes_on) => {
            screen.batch.go_on();
            if goes_on {
                send_next(app);
            } else {
                screen.batch.give_up();
            }
        }
        TerminalAction::AskToSend(lines) => screen.asks_for = lines,
        TerminalAction::Withdraw => screen.withdraw(),
        TerminalAction::Recall(step) => screen.recall(step),
        TerminalAction::Toggle(look) => match screen.hidden.iter().position(|hidden| *hidden == look) {
            Some(place) => drop(screen.hidden.remove(place)),
            None => screen.hidden.push(look),
        },
        TerminalAction::Clear => app.apply(&Input::TerminalCleared),
    }
}

/// Sends the command line, or asks first when that does harm.
fn send(app: &mut App) {
    let screen = &mut app.screen.terminal;
    let Some(line) = screen.take_command() else { return };
    if Danger::of(&line).is_some() {
        screen.asks_for = vec![line];
    } else {
        app.ask(Request::Raw(line));
    }
}

/// Sends what was asked about: one command at once, several one after the other.
fn confirm(app: &mut App) {
    let screen = &mut app.screen.terminal;
    let lines = std::mem::take(&mut screen.asks_for);
    for line in &lines {
        screen.remember(line);
    }
    if screen.batch.add(lines) {
        send_next(app);
    }
}

/// Hands the next of several lines over; the rest of them waits for its answer.
fn send_next(app: &mut App) {
    let Some(line) = app.screen.terminal.batch.take_next() else { return };
    let inputs = app.session.request(Request::Raw(line.clone()));
    app.apply_all(&inputs);
    let id = inputs.iter().find_map(|input| match input {
        Input::Asked { id, .. } => Some(*id),
        _ => None,
    });
    match id {
        Some(id) => app.screen.terminal.batch.sent(id, line),
        // What was not taken was said; nothing can be sent now.
        None => app.screen.terminal.batch.give_up(),
    }
}

/// Goes on with several lines when one was answered well; one that was not holds the rest until the user was asked.
pub(super) fn follow(app: &mut App, input: &Input) {
    let Input::Told { event, .. } = input else { return };
    match event {
        Event::Done { id, result, .. } => {
            let failure = result.as_ref().err().map(fault::text);
            if app.screen.terminal.batch.ended(*id, failure) {
                send_next(app);
            }
        }
        Event::Closed { .. } => app.screen.terminal.batch.give_up(),
        _ => {}
    }
}

/// Puts lines on the clipboard. A million of them make a long text: it is built off the UI thread.
fn copy(app: &App, chosen: Chosen) {
    let record = Record::new(&app.model, &app.screen.terminal);
    app.tasks.start("task-copy", move || record.text(&chosen), clipboard::copy);
}
