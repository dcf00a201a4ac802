//! What a log comes to: one word for it, then each episode with its causes and the lines that show them. A line leads to the
//! log's own rows.

use eframe::egui::{Align, Button, Label, Layout, Panel, ScrollArea, Ui};

use super::{opener_ui, want};
use crate::{
    action::RecordedAction,
    ui::{
        Cx,
        ladder::took,
        report,
        theme::{Tone, space},
        troubleshoot::certainty_ui,
        widgets::{Icon, Mark, badge, body, card, mark, mono, muted, named, page_frame, quiet_button, rule, title},
    },
    view::{
        recorded::{CauseView, Comparison, EpisodeView, FactView, PageView, Standing},
        troubleshoot::words,
    },
};

/// Draws the page over all that is left. The episode `gone_to` is brought into sight.
pub fn page_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &PageView<'_>, gone_to: Option<usize>) {
    Panel::top("recorded head").frame(page_frame()).resizable(false).show(ui, |ui| head_ui(ui, cx, view));
    page_frame().show(ui, |ui| {
        ScrollArea::vertical().id_salt("episodes").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::S;
            for episode in &view.episodes {
                let drawn = card(ui, None, |ui| episode_ui(ui, cx, episode));
                if gone_to == Some(episode.place) {
                    drawn.response.scroll_to_me(Some(Align::TOP));
                }
            }
            if let Some(comparison) = view.comparison {
                card(ui, None, |ui| comparison_ui(ui, cx, comparison));
            }
            if view.more > 0 {
                ui.label(muted(&cx.tokens, cx.tr_args("recorded-more", &[("count", view.more.into())])));
            }
        });
    });
}

fn head_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &PageView<'_>) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            opener_ui(ui, cx);
            let unread = cx.tr("recorded-being-read").into_owned();
            report::opener_ui(ui, cx, view.verdict.is_none().then_some(unread.as_str()));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let (shape, words) = match &view.verdict {
                    Some((standing, text)) => (shape(*standing), cx.text(text)),
                    None if view.note.is_some() => (Mark::Failed, cx.tr("recorded-unread").into_owned()),
                    None => (Mark::Trying, cx.tr("recorded-being-read").into_owned()),
                };
                mark(ui, shape);
                ui.add(Label::new(title(words)).wrap());
            });
        });
    });
    for text in view.note.iter().chain(&view.counts) {
        ui.add(Label::new(muted(&cx.tokens, cx.text(text))).wrap());
    }
    if !view.shown.is_empty() {
        ui.horizontal_wrapped(|ui| {
            ui.label(muted(&cx.tokens, cx.tr("doctor-evidence")));
            for line in view.shown {
                line_ui(ui, cx, *line, 0);
            }
        });
    }
}

const fn shape(standing: Standing) -> Mark {
    match standing {
        Standing::Well | Standing::WellAgain => Mark::Confirmed,
        Standing::Wrong => Mark::Failed,
        Standing::Other => Mark::Stale,
    }
}

fn episode_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &EpisodeView<'_>) {
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.horizontal(|ui| {
        mark(ui, if view.is_recovered { Mark::Confirmed } else { Mark::Failed });
        ui.label(body(cx.tr_args("recorded-episode", &[("number", (view.place + 1).into())])).strong());
        if let Some(rung) = view.rung {
            badge(ui, Tone::Neutral, &cx.tr(rung));
        }
        let (tone, key) =
            if view.is_recovered { (Tone::Good, "recorded-put-right") } else { (Tone::Bad, "recorded-lasts") };
        badge(ui, tone, &cx.tr(key));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let name = cx.tr_args("recorded-to-line", &[("line", view.begin_line.into())]);
            if quiet_button(ui, Icon::Terminal, &name, None).clicked() {
                want(cx, RecordedAction::GoToLine(view.begin_line, Some(view.place)));
            }
        });
    });
    ui.add(Label::new(muted(&cx.tokens, cx.text(&view.when))).wrap());
    if let Some(fault) = &view.fault {
        ui.add(Label::new(body(cx.text(fault))).wrap().selectable(true));
    }
    if view.step.is_some() {
        ui.add(Label::new(body(cx.tr("recorded-undecided"))).wrap());
    }
    for cause in &view.causes {
        rule(ui);
        cause_ui(ui, cx, cause, view.place);
    }
    if let Some(step) = view.step {
        rule(ui);
        ui.label(muted(&cx.tokens, cx.tr("recorded-decides")));
        ui.add(Label::new(body(words(step, cx.lang.lang()))).wrap().selectable(true));
    }
}

fn cause_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &CauseView<'_>, place: usize) {
    let lang = cx.lang.lang();
    ui.horizontal_top(|ui| {
        ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
            if let Some(certainty) = view.certainty {
                certainty_ui(ui, cx, certainty);
            }
            ui.label(mono(view.id).color(cx.tokens.colors.muted));
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.add(Label::new(body(words(view.cause, lang)).strong()).wrap().selectable(true));
            });
        });
    });
    for fact in &view.facts {
        fact_ui(ui, cx, fact, place);
    }
    if let Some(fix) = view.fix {
        ui.label(muted(&cx.tokens, cx.tr("doctor-do")));
        ui.add(Label::new(body(words(fix, lang))).wrap().selectable(true));
    }
}

fn fact_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &FactView<'_>, place: usize) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        if let Some(line) = view.line {
            line_ui(ui, cx, line, place);
        }
        ui.add(Label::new(mono(view.words(cx.lang.lang()))).wrap().selectable(true));
        if let Some(time) = view.took.filter(|time| !time.is_zero()) {
            ui.label(muted(&cx.tokens, took(time)));
        }
    });
}

/// What differs between a try that failed and one that did not, each with its lines.
fn comparison_ui(ui: &mut Ui, cx: &mut Cx<'_>, told: &Comparison) {
    ui.spacing_mut().item_spacing.y = space::XS;
    let lines = [("failed", told.failed.into()), ("good", told.good.into())];
    ui.label(body(cx.tr_args("compare-title", &lines)).strong());
    ui.add(Label::new(muted(&cx.tokens, cx.tr("compare-hint"))).wrap());
    for difference in told.differences.iter().take(MOST_DIFFERENCES) {
        rule(ui);
        ui.label(body(cx.text(&difference.kind.text())));
        for (shape, key, side) in
            [(Mark::Failed, "compare-failed", &difference.failed), (Mark::Confirmed, "compare-good", &difference.good)]
        {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                mark(ui, shape).on_hover_text(cx.tr(key));
                match side {
                    Some((line, text)) => {
                        number_ui(ui, cx, *line, None);
                        ui.add(Label::new(mono(text)).wrap().selectable(true));
                    }
                    None => drop(ui.label(muted(&cx.tokens, cx.tr("compare-absent")))),
                }
            });
        }
    }
    if told.differences.is_empty() {
        ui.label(body(cx.tr("compare-same")));
    }
    if told.has_hidden {
        ui.add(Label::new(muted(&cx.tokens, cx.tr("compare-hidden"))).wrap());
    }
}

/// More differences help nobody.
const MOST_DIFFERENCES: usize = 40;

/// The number of a line, which leads there.
fn line_ui(ui: &mut Ui, cx: &mut Cx<'_>, line: u32, place: usize) {
    number_ui(ui, cx, line, Some(place));
}

fn number_ui(ui: &mut Ui, cx: &mut Cx<'_>, line: u32, episode: Option<usize>) {
    let number = Button::new(mono(line.to_string()).color(cx.tokens.colors.accent)).frame_when_inactive(false);
    let name = cx.tr_args("recorded-to-line", &[("line", line.into())]);
    if named(ui.add(number), &name).on_hover_text(&name).clicked() {
        want(cx, RecordedAction::GoToLine(line, episode));
    }
}
