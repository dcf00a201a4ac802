//! The Latency page: a scatter of times over the time of day, and their percentiles beside it.

mod legend;
mod plot;
mod table;

use eframe::egui::{Align, Frame, Layout, Margin, Panel, Ui};

use crate::{
    action::{Action, LatencyAction},
    lang::Arg,
    view::latency::{ClockPrecision, LatencyView, Run, grouped, took_text},
};

use super::{
    Cx,
    theme::{Tone, space},
    widgets::{Icon, badge, choice, empty_page, muted, quiet_button},
};

/// Draws the page over all that is left.
pub fn page_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    if view.is_empty() && view.run.is_none() {
        empty_page(ui, &cx.tr("latency-empty"), &cx.tr("latency-empty-hint"));
        return;
    }
    let frame = Frame::new().inner_margin(Margin::symmetric(12, 8));
    Panel::top("latency tools").frame(frame).resizable(false).show(ui, |ui| tools_ui(ui, cx, view));
    Panel::right("latency table")
        .frame(frame)
        .default_size(TABLE_WIDTH)
        .size_range(TABLE_WIDTH..=560.0)
        .show(ui, |ui| table::table_ui(ui, cx, view));
    frame.show(ui, |ui| {
        legend::legend_ui(ui, cx, view);
        notes_ui(ui, cx, view);
        plot::plot_ui(ui, cx, view);
    });
}

fn tools_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    ui.horizontal(|ui| {
        ui.label(muted(&cx.tokens, cx.tr("latency-run")));
        let runs: Vec<Option<u32>> =
            std::iter::once(None).chain(view.runs.iter().rev().map(|run| Some(run.number))).collect();
        let words = |number: Option<u32>| run_words(cx, view, number);
        if let Some(run) = choice(ui, &cx.tr("latency-run"), view.run, &runs, words) {
            cx.push(Action::Latency(LatencyAction::Run(run)));
        }
        if view.is_simulated {
            badge(ui, Tone::Warn, &cx.tr("simulated"));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if quiet_button(ui, Icon::Delete, &cx.tr("latency-clear"), None).clicked() {
                cx.push(Action::Latency(LatencyAction::Clear));
            }
            if quiet_button(ui, Icon::Export, &cx.tr("latency-export"), None).clicked() {
                cx.push(Action::Latency(LatencyAction::Export));
            }
        });
    });
}

fn run_words(cx: &Cx<'_>, view: &LatencyView<'_>, number: Option<u32>) -> String {
    let find = |number: u32| view.runs.iter().find(|run| run.number == number);
    match number.and_then(find) {
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

/// What the line itself takes, and what is no longer drawn.
fn notes_ui(ui: &mut Ui, cx: &Cx<'_>, view: &LatencyView<'_>) {
    if let Some(floor) = view.floor {
        let args = [
            ("baud", Arg::from(floor.baud)),
            ("accept", Arg::from(took_text(floor.accept))),
            ("ack", Arg::from(took_text(floor.ack))),
        ];
        ui.label(muted(&cx.tokens, cx.tr_args("latency-floor", &args)));
    }
    if view.trimmed > 0 {
        let args = [("n", Arg::from(grouped(view.trimmed)))];
        ui.label(muted(&cx.tokens, cx.tr_args("latency-trimmed", &args)));
    }
    ui.add_space(space::XS);
}

/// The local time of day at `seconds` after the plot's zero, as fine as `step` seconds ask for.
fn clock(view: &LatencyView<'_>, seconds: f64, step: f64) -> String {
    let precision = if step < 1.0 { ClockPrecision::Millis } else { ClockPrecision::Seconds };
    view.clock_text(seconds, precision)
}

const TABLE_WIDTH: f32 = 412.0;
