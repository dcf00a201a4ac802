//! Who sends: the module, or the client on this computer; that client's state; and the trace of who lost a message.

use eframe::egui::Ui;

use crate::{
    action::{Action, MessagesAction},
    lang::Arg,
    ui::{
        Cx,
        theme::{Tone, size, space},
        widgets::{Icon, Mark, choice, icon_button, mark, muted, quiet_button, small, toggle},
    },
    view::messages::{Carrier, Cell, CellView, Change, MessagesView, Sender, TraceView},
};

use super::super::change;

/// Draws the line of the sender, and below it the trace while there is one.
pub(super) fn party_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.spacing_mut().item_spacing.x = space::S;
        if view.party().was_asked || view.screen().sender == Sender::Here {
            sender_ui(ui, cx, view);
        }
        state_ui(ui, cx, view);
        trace_switch_ui(ui, cx, view);
    });
    if let Some(trace) = view.trace().filter(|_| view.screen().traces) {
        trace_ui(ui, cx, &trace);
    }
}

fn sender_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    ui.label(muted(&cx.tokens, cx.tr("sender")));
    let words = |sender: Sender| cx.tr(sender.key()).into_owned();
    if let Some(sender) = choice(ui, &cx.tr("sender"), view.screen().sender, &Sender::ALL, words) {
        change(cx, Change::Sender(sender));
    }
}

fn state_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let party = view.party();
    if party.is_here {
        mark(ui, Mark::Confirmed);
    } else if party.is_joining {
        mark(ui, Mark::Trying);
    } else if party.is_bad {
        mark(ui, Mark::Failed);
    }
    if party.was_asked {
        let tone = if party.is_bad { Tone::Bad } else { Tone::Neutral };
        ui.label(small(cx.text(&party.state)).color(tone.ink(&cx.tokens)));
    }
    if party.is_here || party.is_joining {
        if icon_button(ui, Icon::Close, &cx.tr("party-leave"), None).clicked() {
            cx.push(Action::Messages(MessagesAction::LeaveHere));
        }
        if party.is_here && icon_button(ui, Icon::Stop, &cx.tr("party-break"), None).clicked() {
            cx.push(Action::Messages(MessagesAction::BreakHere));
        }
        return;
    }
    let why_not = view.why_not_join().map(|why| cx.text(&why));
    let button = quiet_button(ui, Icon::Plug, &cx.tr("party-join"), why_not.as_deref());
    if button.on_hover_text(cx.tr("party-join-hint")).clicked() {
        cx.push(Action::Messages(MessagesAction::JoinHere));
    }
}

/// Offered where somebody would see the message.
fn trace_switch_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    if !view.party().is_here {
        return;
    }
    if let Some(traces) = toggle(ui, &cx.tr("trace-this"), view.screen().traces) {
        change(cx, Change::Traces(traces));
    }
    if view.screen().traces {
        let words = |carrier| {
            cx.tr(match carrier {
                Carrier::Payload => "trace-in-payload",
                Carrier::Topic => "trace-in-topic",
            })
            .into_owned()
        };
        let all = [Carrier::Payload, Carrier::Topic];
        if let Some(carrier) = choice(ui, &cx.tr("trace-carrier"), view.screen().carrier, &all, words) {
            change(cx, Change::Carrier(carrier));
        }
    }
}

fn trace_ui(ui: &mut Ui, cx: &Cx<'_>, trace: &TraceView) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.label(muted(&cx.tokens, cx.tr_args("trace-number", &[("n", Arg::from(u64::from(trace.number)))])));
        for cell in &trace.cells {
            ui.add_space(space::S);
            cell_ui(ui, cx, cell);
        }
    });
    let mut words = vec![cx.text(&trace.place)];
    words.extend(trace.oddities.iter().map(|odd| cx.text(odd)));
    words.push(cx.text(&trace.counts));
    let tone = if trace.is_lost { Tone::Bad } else { Tone::Neutral };
    ui.label(small(words.join(" · ")).color(tone.ink(&cx.tokens)));
}

/// One answer: its mark, its question, and what shows it.
fn cell_ui(ui: &mut Ui, cx: &Cx<'_>, cell: &CellView) {
    let shape = match cell.cell {
        Cell::Yes(..) => Mark::Confirmed,
        Cell::No(..) => Mark::Failed,
        Cell::Open => Mark::Trying,
        Cell::Unknown(_) => Mark::Unknown,
    };
    let answer = cx.tr(match cell.cell {
        Cell::Yes(..) => "trace-yes",
        Cell::No(..) => "trace-no",
        Cell::Open => "trace-open",
        Cell::Unknown(_) => "trace-unknown",
    });
    let hint = cx.tr(cell.shown_by);
    mark(ui, shape).on_hover_text(hint.as_ref());
    let words = format!("{} {answer}", cx.tr(cell.key));
    ui.label(small(words).color(shape.tone().ink(&cx.tokens))).on_hover_text(hint);
}
