//! Sending again and again: interval and count, and how a run goes.

use eframe::egui::Ui;

use crate::{
    action::{Action, MessagesAction},
    lang::Arg,
    ui::{
        Cx,
        theme::{Tone, size},
        widgets::{Icon, button, muted, quiet_button, small},
    },
    view::messages::{Composer, MessagesView, Repeat, RepeatEnd, WhyNot, grouped},
};

use super::super::{field_problem_ui, line};

/// Draws the fields when they are wanted, and the run while there is one.
pub(super) fn repeat_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, fields: &mut Composer) {
    let run = view.repeat();
    let is_running = run.is_some_and(Repeat::is_running);
    if !fields.repeat.is_open && !is_running {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(size::CONTROL);
        if is_running {
            if quiet_button(ui, Icon::Stop, &cx.tr("repeat-stop"), None).clicked() {
                cx.push(Action::Messages(MessagesAction::StopRepeat));
            }
        } else {
            fields_ui(ui, cx, view, fields);
        }
        if let Some(run) = run {
            run_ui(ui, cx, view, run);
        }
    });
    if let Some(problem) = fields.repeat.plan().err().filter(|_| !is_running) {
        field_problem_ui(ui, cx, &problem.text());
    }
}

fn fields_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, fields: &mut Composer) {
    let label = ui.label(muted(&cx.tokens, cx.tr("repeat-interval")));
    ui.add(line(&mut fields.repeat.interval).char_limit(8).desired_width(56.0)).labelled_by(label.id);
    let label = ui.label(muted(&cx.tokens, cx.tr("repeat-count")));
    let hint = muted(&cx.tokens, cx.tr("repeat-endless"));
    let field = line(&mut fields.repeat.count).char_limit(7).hint_text(hint).desired_width(56.0);
    ui.add(field).labelled_by(label.id).on_hover_text(cx.tr("repeat-count-hint"));
    let why_not = view.repeat_plan().err().map(|why| match why {
        WhyNot::Repeat(problem) => cx.text(&problem.text()),
        other => cx.text(&other.text()),
    });
    if button(ui, &cx.tr("repeat-start"), why_not.as_deref()).clicked() {
        cx.push(Action::Messages(MessagesAction::StartRepeat));
    }
}

/// What was sent and what became of it; nothing that did not happen is named.
fn run_ui(ui: &mut Ui, cx: &Cx<'_>, view: &MessagesView<'_>, run: &Repeat) {
    let count = |key: &str, n: u64| cx.tr_args(key, &[("n", Arg::from(grouped(n)))]);
    let sent = match run.wanted() {
        Some(wanted) => {
            let args = [("n", Arg::from(grouped(run.sent))), ("wanted", Arg::from(grouped(wanted)))];
            cx.tr_args("repeat-sent-of", &args)
        }
        None => count("repeat-sent", run.sent),
    };
    let end = match run.end() {
        None => None,
        Some(RepeatEnd::Finished) => Some("repeat-finished"),
        Some(RepeatEnd::Stopped) => Some("repeat-stopped"),
        Some(RepeatEnd::SessionEnded) => Some("repeat-session-ended"),
        Some(RepeatEnd::Refused) => Some("repeat-refused"),
    };
    let mut words: Vec<String> = end.map(|key| cx.tr(key).into_owned()).into_iter().collect();
    words.push(sent);
    words.extend(view.screen().repeated.as_ref().filter(|_| run.is_running()).map(|fields| fields.topic.clone()));
    let parts = [
        ("repeat-confirmed", run.confirmed),
        ("repeat-accepted", run.accepted),
        ("repeat-failed", run.failed),
        ("repeat-unknown", run.unknown),
    ];
    words.extend(parts.iter().filter(|(_, n)| *n > 0).map(|(key, n)| count(key, *n)));
    let is_bad = run.failed + run.unknown > 0 || run.end() == Some(RepeatEnd::SessionEnded);
    let tone = if is_bad { Tone::Bad } else { Tone::Neutral };
    ui.label(small(words.join(" · ")).color(tone.ink(&cx.tokens)));
    if run.late > 0 {
        let hint = cx.tr_args("repeat-late-hint", &[("ms", Arg::from(grouped(millis(run))))]);
        ui.label(small(count("repeat-late", run.late)).color(Tone::Warn.ink(&cx.tokens))).on_hover_text(hint);
    }
}

fn millis(run: &Repeat) -> u64 {
    u64::try_from(run.interval().as_millis()).unwrap_or(u64::MAX)
}
