//! The chosen scenario: what stands around the module, what is done, what must be seen, and what helps.

use eframe::egui::{Frame, Label, Margin, RichText, Stroke, Ui};

use crate::{
    ui::{
        Cx,
        theme::{size, space},
        widgets::{Mark, mark, mono, muted, small},
    },
    view::demo::{DemoView, Details, StepState, StepView},
};

/// Draws it below its row.
pub(super) fn details_ui(ui: &mut Ui, cx: &Cx<'_>, view: &DemoView<'_>, details: &Details) {
    let line = Stroke::new(1.0, cx.tokens.colors.line);
    let frame = Frame::new().fill(cx.tokens.colors.card).stroke(line).corner_radius(size::RADIUS);
    frame.inner_margin(Margin::same(8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::HAIR;
        if !details.surroundings.is_empty() {
            heading_ui(ui, cx, "demo-surroundings");
            for text in &details.surroundings {
                line_ui(ui, small(cx.text(text)));
            }
        }
        heading_ui(ui, cx, if view.screen.uses_own_form { "demo-steps-own-form" } else { "demo-steps" });
        for step in &details.steps {
            step_ui(ui, cx, step);
        }
        seen_ui(ui, cx, details);
        if let Some(remedy) = &details.remedy {
            heading_ui(ui, cx, "demo-remedy");
            line_ui(ui, small(remedy.as_ref()));
        }
    });
}

fn seen_ui(ui: &mut Ui, cx: &Cx<'_>, details: &Details) {
    heading_ui(ui, cx, "demo-seen");
    for line in &details.wire {
        line_ui(ui, mono(*line));
    }
    if let Some(rung) = details.rung {
        line_ui(ui, small(cx.tr_args("demo-seen-rung", &[("rung", cx.tr(rung).into_owned().into())])));
    } else if details.finding.is_none() {
        line_ui(ui, small(cx.tr("demo-seen-all-good")));
    }
    if let Some(finding) = details.finding {
        line_ui(ui, muted(&cx.tokens, cx.tr_args("demo-finding", &[("finding", finding.into())])));
    }
}

fn heading_ui(ui: &mut Ui, cx: &Cx<'_>, key: &str) {
    ui.add_space(space::HAIR);
    ui.label(muted(&cx.tokens, cx.lang.tr(key)));
}

fn step_ui(ui: &mut Ui, cx: &Cx<'_>, step: &StepView) {
    let (shape, ink) = match step.state {
        StepState::Later => (Mark::Unknown, cx.tokens.colors.text),
        StepState::Next => (Mark::Trying, cx.tokens.colors.busy),
        StepState::Done => (Mark::Confirmed, cx.tokens.colors.muted),
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        mark(ui, shape);
        let words = match &step.line {
            Some(line) => mono(shortened(line)),
            None => small(cx.text(&step.text)),
        };
        line_ui(ui, words.color(ink));
    });
}

fn line_ui(ui: &mut Ui, words: RichText) {
    ui.add(Label::new(words).wrap().selectable(true));
}

/// A line of thousands of characters says no more than its beginning.
fn shortened(line: &str) -> String {
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}… ({} bytes)", &line[..at], line.len()),
        None => line.to_owned(),
    }
}

const LONGEST: usize = 160;
