//! How a measuring run ended, above what it measured.

use eframe::egui::Ui;

use crate::{
    lang::Arg,
    ui::{
        Cx,
        theme::space,
        widgets::{Mark, body, mark, muted, small},
    },
    view::latency::{Ending, LatencyView, Measured, Part, grouped},
};

use super::plan;

/// Draws the summary of the run looked at, where it is a measuring run that has ended.
pub(super) fn summary_ui(ui: &mut Ui, cx: &Cx<'_>, view: &LatencyView<'_>) {
    let Some(Measured { run, ending }) = view.summary() else { return };
    let (key, shape) = match ending {
        Ending::Complete => ("latency-summary-complete", Mark::Confirmed),
        Ending::Stopped => ("latency-summary-stopped", Mark::Stale),
        Ending::Lost => ("latency-summary-lost", Mark::Failed),
        Ending::Failed => ("latency-summary-failed", Mark::Failed),
    };
    let args =
        [("ended", Arg::from(grouped(run.ended.into()))), ("planned", Arg::from(grouped(run.plan.count.into())))];
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        mark(ui, shape);
        ui.label(body(cx.tr_args(key, &args)).strong());
        if run.lost > 0 {
            let words = cx.tr_args("measure-lost", &[("n", Arg::from(run.lost))]);
            ui.label(small(format!("· {words}")).color(cx.tokens.colors.bad));
        }
        let rates = plan::rate_args(run);
        ui.label(muted(&cx.tokens, format!("· {}", cx.tr_args("measure-rates", &rates))));
        let whole = [Part::Total, Part::Modem];
        let of_run = |part: Part| view.rows.iter().find(|row| (row.qos, row.part) == (run.plan.qos, part));
        if let Some(row) = whole.into_iter().find_map(of_run) {
            let longest = cx.tr("latency-column-max");
            for (name, time) in ["p50", "p95", "p99", longest.as_ref()].into_iter().zip(row.times()) {
                // A name and its time stay on one line.
                ui.label(small(format!("· {name} {time}").replace(' ', "\u{a0}")));
            }
        }
    });
}
