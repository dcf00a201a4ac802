//! The Latency page: a scatter of times over the time of day, their percentiles beside it, runs side by side.

mod budget;
mod compare;
mod dialogs;
mod distribution;
mod legend;
mod plan;
mod plot;
mod summary;
mod table;

use eframe::egui::{Align, Frame, Layout, Margin, Panel, ScrollArea, Ui, vec2};

use crate::{
    action::{Action, LatencyAction},
    lang::Arg,
    view::latency::{ClockPrecision, Deletion, LatencyView, Run},
};

use super::{
    Cx,
    theme::Tone,
    widgets::{Icon, badge, choice, empty_page, icon_button, muted, quiet_button, toggle},
};

/// Draws the page over all that is left.
pub fn page_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    let frame = Frame::new().inner_margin(Margin::symmetric(12, 6));
    Panel::top("latency tools").frame(frame).resizable(false).show(ui, |ui| tools_ui(ui, cx, view));
    if view.screen.is_plan_open {
        Panel::top("latency plan").frame(frame).resizable(false).show(ui, |ui| plan::plan_ui(ui, cx, &view.plan));
    }
    dialogs::dialogs_ui(ui, cx, view);
    if view.is_awaiting {
        empty_page(ui, &cx.tr("latency-awaiting"), &cx.tr("latency-awaiting-hint"));
        return;
    }
    if view.is_empty() {
        let hint = if view.is_recorded { "recorded-no-latency" } else { "latency-empty-hint" };
        empty_page(ui, &cx.tr("latency-empty"), &cx.tr(hint));
        return;
    }
    if ui.available_width() < BESIDE {
        stacked_ui(ui, cx, view);
        return;
    }
    // The longest name of a part stands whole beside its times.
    let narrow = Frame::new().inner_margin(Margin::symmetric(6, 6));
    Panel::right("latency table").frame(narrow).default_size(TABLE_WIDTH).size_range(TABLE_WIDTH..=560.0).show(
        ui,
        |ui| match view.compared {
            Some(runs) => compare::table_ui(ui, cx, view, runs),
            None => table::table_ui(ui, cx, view),
        },
    );
    // The table brings its own margin; every point of width is the plot's.
    Frame::new().inner_margin(Margin { left: 8, right: 0, top: 6, bottom: 6 }).show(ui, |ui| {
        summary::summary_ui(ui, cx, view);
        if view.compared.is_none() && !view.screen.shows_distribution {
            plot::hints_ui(ui, cx, view);
        }
        plots_ui(ui, cx, view);
    });
}

/// The plot with a height that can be used, the table below it: the page scrolls.
fn stacked_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    let height = (ui.available_height() - PEEK).max(PLOT_LEAST);
    ScrollArea::vertical().id_salt("plot and table").auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(12, 6)).show(ui, |ui| {
            let area = vec2(ui.available_width(), height);
            ui.allocate_ui_with_layout(area, Layout::top_down(Align::Min), |ui| {
                ui.set_max_height(height);
                plots_ui(ui, cx, view);
            });
            plot::hints_ui(ui, cx, view);
            summary::summary_ui(ui, cx, view);
            match view.compared {
                Some(runs) => compare::rows_ui(ui, cx, view, runs),
                None => table::rows_ui(ui, cx, view),
            }
        });
    });
}

fn plots_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    if view.screen.shows_distribution {
        distribution::plot_ui(ui, cx, view);
    } else if view.compared.is_some() {
        compare::plot_ui(ui, cx, view);
    } else {
        legend::legend_ui(ui, cx, view);
        plot::plot_ui(ui, cx, view);
    }
}

fn tools_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    if ui.available_width() < ONE_ROW {
        ui.horizontal_wrapped(|ui| runs_ui(ui, cx, view));
        ui.horizontal(|ui| {
            state_ui(ui, cx, view);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| all_runs_ui(ui, cx, view));
        });
        return;
    }
    ui.horizontal(|ui| {
        runs_ui(ui, cx, view);
        state_ui(ui, cx, view);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| all_runs_ui(ui, cx, view));
    });
}

/// What can be done with all that was measured, from the right.
fn all_runs_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    let why_empty = view.is_empty().then(|| cx.tr("latency-why-empty").into_owned());
    if !view.is_recorded && quiet_button(ui, Icon::Delete, &cx.tr("latency-clear"), why_empty.as_deref()).clicked() {
        cx.push(Action::Latency(LatencyAction::AskDelete(Some(Deletion::All))));
    }
    if quiet_button(ui, Icon::Export, &cx.tr("latency-export"), why_empty.as_deref()).clicked() {
        cx.push(Action::Latency(LatencyAction::Export));
    }
    if !view.is_recorded && quiet_button(ui, Icon::Play, &cx.tr("latency-measure"), None).clicked() {
        cx.push(Action::Latency(LatencyAction::ShowPlan(!view.screen.is_plan_open)));
    }
}

/// The run looked at and what can be done with runs.
fn runs_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    if view.compared.is_none() {
        ui.label(muted(&cx.tokens, cx.tr("latency-run")));
        let runs: Vec<Option<u32>> =
            std::iter::once(None).chain(view.runs.iter().rev().map(|run| Some(run.number))).collect();
        let words = |number: Option<u32>| run_words(cx, view, number);
        if let Some(run) = choice(ui, &cx.tr("latency-run"), view.run, &runs, words) {
            cx.push(Action::Latency(LatencyAction::Run(run)));
        }
        if !view.is_recorded {
            if quiet_button(ui, Icon::Add, &cx.tr("latency-begin"), None).clicked() {
                cx.push(Action::Latency(LatencyAction::BeginName(Some(String::new()))));
            }
            one_run_ui(ui, cx, view);
        }
    }
    if view.runs.len() > 1
        && let Some(compares) = toggle(ui, &cx.tr("latency-compare"), view.compared.is_some())
    {
        cx.push(Action::Latency(LatencyAction::Compare(compares)));
    }
    if !view.is_empty()
        && let Some(shows) = toggle(ui, &cx.tr("latency-distribution"), view.screen.shows_distribution)
    {
        cx.push(Action::Latency(LatencyAction::Distribution(shows)));
    }
}

/// What is measured next, and whether a virtual modem was measured.
fn state_ui(ui: &mut Ui, cx: &Cx<'_>, view: &LatencyView<'_>) {
    if let Some(name) = view.next_name {
        ui.label(muted(&cx.tokens, cx.tr_args("latency-next-run", &[("name", Arg::from(name))])));
    }
    if view.is_simulated {
        badge(ui, Tone::Warn, &cx.tr("simulated"));
    }
}

fn one_run_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    let why_not = view.run.is_none().then(|| cx.tr("latency-why-no-run").into_owned());
    if icon_button(ui, Icon::Edit, &cx.tr("latency-rename"), why_not.as_deref()).clicked()
        && let Some(run) = view.run.and_then(|number| view.find(number))
    {
        let name = run.name.clone().unwrap_or_default();
        cx.push(Action::Latency(LatencyAction::RenameName(Some((run.number, name)))));
    }
    if icon_button(ui, Icon::Delete, &cx.tr("latency-delete"), why_not.as_deref()).clicked() {
        cx.push(Action::Latency(LatencyAction::AskDelete(view.run.map(Deletion::Run))));
    }
}

fn run_words(cx: &Cx<'_>, view: &LatencyView<'_>, number: Option<u32>) -> String {
    match number.and_then(|number| view.find(number)) {
        Some(Run { name: Some(name), opened, .. }) => format!("{name} · {}", opened.format("%H:%M:%S")),
        Some(Run { number, port, opened, .. }) => cx.tr_args(
            "latency-run-name",
            &[
                ("n", Arg::from(*number)),
                ("port", Arg::from(port.as_str())),
                ("time", Arg::from(opened.format("%H:%M:%S").to_string())),
            ],
        ),
        None => cx.tr("latency-run-all").into_owned(),
    }
}

/// The local time of day at `seconds` after the plot's zero, as fine as `step` seconds ask for.
fn clock(view: &LatencyView<'_>, seconds: f64, step: f64) -> String {
    let precision = if step < 1.0 { ClockPrecision::Millis } else { ClockPrecision::Seconds };
    let mut text = view.clock_text(seconds, precision);
    // Of the milliseconds what is zero at every mark is left out.
    let zeros = usize::from(step >= 0.01) + usize::from(step >= 0.1);
    if precision == ClockPrecision::Millis {
        text.truncate(text.len().saturating_sub(zeros));
    }
    text
}

const TABLE_WIDTH: f32 = 428.0;
/// From this width on the table stands beside the plot, which keeps a width that can be used.
const BESIDE: f32 = TABLE_WIDTH + 380.0;
/// Least height of the plots where the page scrolls, and how much of the table peeps out below them.
const PLOT_LEAST: f32 = 230.0;
const PEEK: f32 = 60.0;

/// Points from which on all tools stand in one row.
const ONE_ROW: f32 = 960.0;
