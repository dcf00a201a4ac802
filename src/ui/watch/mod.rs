//! The Watch page: hours of one session, its course over time, its drops by cause, and two watches held against each other.

mod ask;
mod course;
mod form;
mod table;

use eframe::egui::{Align, Frame, Label, Layout, Margin, Panel, ProgressBar, ScrollArea, Ui};

use crate::{
    action::{Action, WatchAction},
    view::watch::{Shown, WatchView, Which},
};

use super::{
    Cx,
    theme::{Tone, space},
    widgets::{
        Icon, Mark, body, button, card, choice, empty_page, icon, icon_button, mark, muted, named, primary_button,
        quiet_button, small,
    },
};

pub use self::ask::ask_ui;

/// Draws the page over all that is left.
pub fn page_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &WatchView<'_>) {
    let frame = Frame::new().inner_margin(Margin::symmetric(12, 6));
    Panel::top("watch tools").frame(frame).resizable(false).show(ui, |ui| tools_ui(ui, cx, view));
    if view.screen.is_form_open && view.running.is_none() {
        Panel::top("watch form").frame(frame).resizable(false).show(ui, |ui| form::form_ui(ui, cx, view));
    }
    if view.shown.is_none() && view.losses.is_empty() {
        empty_page(ui, &cx.tr("watch-empty"), &cx.tr("watch-empty-hint"));
        return;
    }
    Frame::new().inner_margin(Margin::symmetric(12, 6)).show(ui, |ui| {
        ScrollArea::vertical().id_salt("watch").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::S;
            if let Some(shown) = view.shown {
                watch_ui(ui, cx, view, shown);
            }
            table::losses_ui(ui, cx, &view.losses);
        });
    });
}

fn tools_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &WatchView<'_>) {
    ui.horizontal_wrapped(|ui| {
        run_ui(ui, cx, view);
        choices_ui(ui, cx, view);
        if quiet_button(ui, Icon::Folder, &cx.tr("watch-open"), None).clicked() {
            want(cx, WatchAction::Ask(true));
        }
        let why_not = view.shown.is_none().then(|| cx.tr("watch-nothing-yet").into_owned());
        if quiet_button(ui, Icon::Export, &cx.tr("watch-report"), why_not.as_deref()).clicked() {
            want(cx, WatchAction::Report);
        }
        if view.screen.is_reading {
            mark(ui, Mark::Trying);
            ui.label(muted(&cx.tokens, cx.tr("watch-reading")));
        }
    });
    if let Some(fault) = &view.screen.fault {
        ui.horizontal(|ui| {
            mark(ui, Mark::Failed);
            ui.add(Label::new(small(cx.text(fault)).color(cx.tokens.colors.bad)).wrap().selectable(true));
        });
    }
}

/// The watch under way, or the way to one.
fn run_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &WatchView<'_>) {
    if let Some((watched, lasts)) = view.running {
        mark(ui, Mark::Trying);
        #[expect(clippy::cast_precision_loss, reason = "a part of a bar of some hundred points")]
        let part = watched as f32 / lasts.max(1) as f32;
        let words = format!("{} / {}", hours(watched), hours(lasts));
        let bar = ui.add(ProgressBar::new(part).desired_width(BAR).text(words.as_str()));
        named(bar, &format!("{}: {words}", cx.tr("watch-progress")));
        if let Some(path) = view.path {
            ui.add(icon(Icon::Save, cx.tokens.colors.muted)).on_hover_text(path);
        }
        if button(ui, &cx.tr("watch-stop"), None).clicked() {
            want(cx, WatchAction::Stop);
        }
    } else if view.screen.is_awaiting {
        mark(ui, Mark::Trying);
        ui.label(body(cx.tr("watch-awaiting")));
        if button(ui, &cx.tr("watch-stop"), None).clicked() {
            want(cx, WatchAction::Stop);
        }
    } else if quiet_button(ui, Icon::Play, &cx.tr("watch-new"), None).clicked() {
        want(cx, WatchAction::ShowForm(!view.screen.is_form_open));
    }
}

/// The watch that is looked at, and the one it is held against.
fn choices_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &WatchView<'_>) {
    let Some(shown) = view.shown else { return };
    let name = |which: Which| {
        let found = view.choices.iter().find(|(known, _)| *known == which);
        found.map_or_else(String::new, |(_, name)| name.clone())
    };
    let all: Vec<Which> = view.choices.iter().map(|(which, _)| *which).collect();
    if let Some(which) = choice(ui, &cx.tr("watch-shown"), shown.which, &all, name) {
        want(cx, WatchAction::Show(which));
    }
    if let Which::Opened(number) = shown.which
        && icon_button(ui, Icon::Close, &cx.tr("watch-forget"), None).clicked()
    {
        want(cx, WatchAction::Forget(number));
    }
    if all.len() > 1 {
        let others = all.iter().filter(|which| **which != shown.which).map(|which| Some(*which));
        let others: Vec<Option<Which>> = std::iter::once(None).chain(others).collect();
        let word = |which: Option<Which>| which.map_or_else(|| cx.tr("watch-against-none").into_owned(), name);
        if let Some(other) = choice(ui, &cx.tr("watch-held-against"), view.screen.other, &others, word) {
            want(cx, WatchAction::Compare(other));
        }
    }
}

fn watch_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &WatchView<'_>, shown: Shown<'_>) {
    verdict_ui(ui, cx, shown);
    if let Some(comparison) = &view.comparison {
        card(ui, Some(&cx.tr("watch-comparison")), |ui| {
            ui.add(Label::new(body(cx.text(comparison))).wrap().selectable(true));
        });
    }
    course::strip_ui(ui, cx, view, shown, 0);
    if let Some(other) = view.other {
        verdict_ui(ui, cx, other);
        course::strip_ui(ui, cx, view, other, 1);
    }
    ui.label(muted(&cx.tokens, cx.tr("watch-strip-hint")));
    table::figures_ui(ui, cx, view, shown);
    table::drops_ui(ui, cx, shown);
}

/// The summary in words, and whether all was well.
fn verdict_ui(ui: &mut Ui, cx: &mut Cx<'_>, shown: Shown<'_>) {
    let drawn = shown.drawn;
    ui.horizontal_top(|ui| {
        let is_calm = drawn.drops.is_empty();
        mark(
            ui,
            match drawn.is_ok {
                true if is_calm => Mark::Confirmed,
                true => Mark::Stale,
                false => Mark::Failed,
            },
        );
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::HAIR;
            ui.add(Label::new(body(cx.text(&drawn.words)).strong()).wrap().selectable(true));
            if let Some(failure) = drawn.failure.as_ref().filter(|_| !shown.is_running) {
                ui.add(Label::new(small(cx.text(failure)).color(Tone::Bad.ink(&cx.tokens))).wrap().selectable(true));
            }
            if let Which::Opened(number) = shown.which
                && shown.can_go_on
            {
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.label(muted(&cx.tokens, cx.tr("watch-not-over")));
                    if primary_button(ui, &cx.tr("watch-go-on"), None).clicked() {
                        want(cx, WatchAction::GoOn(number));
                    }
                });
            }
        });
    });
}

/// `1:02:03`.
fn hours(seconds: u64) -> String {
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

fn want(cx: &mut Cx<'_>, action: WatchAction) {
    cx.push(Action::Watch(action));
}

const BAR: f32 = 170.0;
