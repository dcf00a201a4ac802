//! The line to type commands: what it does, what it destroys, and what could be meant.

use eframe::egui::{
    Align, Align2, Button, Event, FontSelection, Id, Key, Label, Layout, Response, ScrollArea, TextEdit, Ui, vec2,
};

use crate::{
    action::{Action, TerminalAction},
    ui::{
        Cx,
        theme::{Tone, monospace, size, space, text},
        widgets::{Mark, body, button, dialog, mark, mono, mono_in, muted, named, primary_button, small, title},
    },
    view::terminal::{Danger, MOST_AT_ONCE, Stopped, TerminalView, advice, commands, suggestions},
};

/// Draws the command line with what is known of it above.
pub(super) fn command_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TerminalView<'_>) {
    advice_ui(ui, cx, view);
    let why_not = (!view.can_send).then(|| cx.tr("terminal-why-closed").into_owned());
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let is_sent = primary_button(ui, &cx.tr("terminal-send"), why_not.as_deref()).clicked();
        take_lines(ui, cx, view);
        let mut command = view.screen().command.clone();
        let name = cx.tr("terminal-command");
        let field = TextEdit::singleline(&mut command)
            .id(field())
            .font(FontSelection::FontId(monospace(text::BODY)))
            .hint_text(muted(&cx.tokens, cx.tr("terminal-command-hint")))
            .align(Align2::LEFT_CENTER)
            .desired_width(f32::INFINITY)
            .min_size(vec2(0.0, size::CONTROL));
        let response = named(ui.add_enabled(view.can_send, field), &name);
        let response = match &why_not {
            Some(why) => response.on_disabled_hover_text(why),
            None => response,
        };
        take_keyboard(ui, view, &response);
        if response.changed() {
            cx.push(Action::Terminal(TerminalAction::Type(command)));
        }
        let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if is_sent || is_entered {
            cx.push(Action::Terminal(TerminalAction::Send));
            response.request_focus();
        }
        if response.has_focus() {
            for (key, step) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
                if ui.input(|input| input.key_pressed(key)) {
                    cx.push(Action::Terminal(TerminalAction::Recall(step)));
                }
            }
        }
    });
    if !view.screen().asks_for.is_empty() {
        ask_ui(ui, cx, &view.screen().asks_for);
    } else if let Some(stopped) = view.screen().batch.stopped() {
        stopped_ui(ui, cx, stopped, view.screen().batch.left());
    }
}

fn field() -> Id {
    Id::unique("terminal command")
}

/// Several lines that are pasted into the field are no command: they are asked about, and the field stays as it is.
fn take_lines(ui: &Ui, cx: &mut Cx<'_>, view: &TerminalView<'_>) {
    if !view.can_send || !ui.memory(|memory| memory.has_focus(field())) {
        return;
    }
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let lines = match event {
                Event::Paste(text) => commands(text),
                _ => return true,
            };
            if lines.len() > 1 {
                cx.push(Action::Terminal(TerminalAction::AskToSend(lines.clone())));
            }
            lines.len() < 2
        });
    });
}

/// What the typed line does, and what could be meant: one line that is always there, so that nothing jumps.
fn advice_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TerminalView<'_>) {
    let typed = view.screen().command.as_str();
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.spacing_mut().item_spacing.x = space::S;
        if typed.is_empty() {
            ui.label(muted(&cx.tokens, cx.tr("terminal-advice-hint")));
            return;
        }
        if let Some(danger) = Danger::of(typed) {
            mark(ui, Mark::Failed);
            ui.label(small(cx.text(&danger.text)).color(cx.tokens.colors.bad));
            return;
        }
        if let Some(advice) = advice(typed) {
            ui.label(mono_in(cx.tokens.colors.wire_sent, advice.name));
            ui.label(small(cx.tr_args(&advice.key, &[])));
            ui.label(muted(&cx.tokens, cx.tr_args("terminal-section", &[("section", advice.section.into())])));
        }
        let suggestions = suggestions(typed);
        if advice(typed).is_none() && suggestions.is_empty() {
            ui.label(muted(&cx.tokens, cx.tr("terminal-advice-unknown")));
        }
        for suggestion in suggestions {
            let name = cx.tr_args("terminal-suggest", &[("command", suggestion.into())]);
            if named(ui.add(Button::new(mono(suggestion)).min_size(vec2(0.0, size::ROW))), &name)
                .on_hover_text(name.as_str())
                .clicked()
            {
                cx.push(Action::Terminal(TerminalAction::Type(suggestion.to_owned())));
            }
        }
    });
}

/// Asks before a command that does harm, and before several at once.
fn ask_ui(ui: &Ui, cx: &mut Cx<'_>, lines: &[String]) {
    let (question, send) = match lines.len() {
        1 => (cx.tr("terminal-ask").into_owned(), cx.tr("terminal-ask-send").into_owned()),
        count => {
            (cx.tr_args("terminal-ask-lines", &[("n", count.into())]), cx.tr("terminal-ask-send-all").into_owned())
        }
    };
    let why_not =
        (lines.len() > MOST_AT_ONCE).then(|| cx.tr_args("terminal-why-too-many", &[("n", MOST_AT_ONCE.into())]));
    let is_harmful = lines.iter().any(|line| Danger::of(line).is_some());
    let asked = dialog(ui, "harm", WIDTH, |ui, answering| {
        ui.label(title(question));
        ui.add_space(space::S);
        ScrollArea::vertical().max_height(LINES_HEIGHT).min_scrolled_height(LINES_HEIGHT).show(ui, |ui| {
            for line in lines {
                ui.label(mono_in(cx.tokens.colors.wire_sent, line));
                if let Some(danger) = Danger::of(line) {
                    ui.label(body(cx.text(&danger.text)).color(Tone::Bad.ink(&cx.tokens)));
                }
            }
        });
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            // What does harm is never the usual answer.
            let look = if is_harmful { button } else { primary_button };
            let sends = look(ui, &send, why_not.as_deref());
            let withdraws = button(ui, &cx.tr("terminal-ask-withdraw"), None);
            let usual = if is_harmful { &withdraws } else { &sends };
            answering.begin_with(usual);
            let is_usual = answering.is_given(usual);
            if sends.clicked() || is_usual && !is_harmful {
                return_keyboard(ui);
                cx.push(Action::Terminal(TerminalAction::Confirm));
            }
            if withdraws.clicked() || is_usual && is_harmful {
                return_keyboard(ui);
                cx.push(Action::Terminal(TerminalAction::Withdraw));
            }
        });
    });
    if asked.is_left {
        cx.push(Action::Terminal(TerminalAction::Withdraw));
    }
}

/// The next command can be typed as soon as the question is gone.
fn return_keyboard(ui: &Ui) {
    ui.data_mut(|data| data.insert_temp(returning(), true));
}

/// Takes the keyboard back. A field behind a question cannot have it, nor in the first frame after it.
fn take_keyboard(ui: &Ui, view: &TerminalView<'_>, response: &Response) {
    let is_wanted = ui.data(|data| data.get_temp::<bool>(returning()).unwrap_or_default());
    if !is_wanted || !view.screen().asks_for.is_empty() {
        return;
    }
    if response.has_focus() {
        ui.data_mut(|data| data.remove::<bool>(returning()));
    } else {
        response.request_focus();
    }
}

fn returning() -> Id {
    Id::unique("the command line gets the keyboard back")
}

/// Asks whether the rest of several lines shall be sent although one of them failed.
fn stopped_ui(ui: &Ui, cx: &mut Cx<'_>, stopped: &Stopped, left: usize) {
    let asked = dialog(ui, "stopped", WIDTH, |ui, answering| {
        ui.label(title(cx.tr("terminal-stopped")));
        ui.add_space(space::S);
        ui.label(mono_in(cx.tokens.colors.wire_sent, &stopped.line));
        ui.add(Label::new(body(cx.text(&stopped.why)).color(Tone::Bad.ink(&cx.tokens))).wrap());
        ui.label(body(cx.tr_args("terminal-stopped-left", &[("n", left.into())])));
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            let stops = button(ui, &cx.tr("terminal-stopped-no"), None);
            answering.begin_with(&stops);
            (answering.is_given(&stops), button(ui, &cx.tr("terminal-stopped-yes"), None).clicked())
        })
        .inner
    });
    let (stops, goes_on) = asked.inner;
    if goes_on {
        cx.push(Action::Terminal(TerminalAction::GoOn(true)));
    } else if stops || asked.is_left {
        cx.push(Action::Terminal(TerminalAction::GoOn(false)));
    }
}

const WIDTH: f32 = 460.0;
/// Highest list of lines in the question.
const LINES_HEIGHT: f32 = 280.0;
