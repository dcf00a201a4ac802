//! The budget: what the user wants of publishes, and whether they keep it.

use eframe::egui::{Align2, FontSelection, TextEdit, Ui, vec2};

use crate::{
    action::{Action, LatencyAction},
    lang::Arg,
    ui::{
        Cx,
        theme::{monospace, size, space, text},
        widgets::{Mark, choice, mark, muted, named, small},
    },
    view::latency::{Budget, LatencyView, Share, Standing, Verdict, took_text},
};

/// Draws what is wanted, to be changed.
pub(super) fn budget_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LatencyView<'_>) {
    let mut budget = view.screen.budget.clone();
    let wrong = budget.wrong();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.label(muted(&cx.tokens, cx.tr("latency-budget"))).on_hover_text(cx.tr("latency-budget-hint"));
        if let Some(share) = choice(ui, &cx.tr("latency-budget-share"), budget.share, &Share::ALL, percent) {
            budget.share = share;
        }
        ui.label(muted(&cx.tokens, cx.tr("latency-budget-within")));
        let ink = if wrong.is_some() { cx.tokens.colors.bad } else { cx.tokens.colors.text };
        let field = TextEdit::singleline(&mut budget.limit)
            .id_salt("budget")
            .font(FontSelection::FontId(monospace(text::BODY - 1.0)))
            .text_color(ink)
            .align(Align2::LEFT_CENTER)
            .desired_width(FIELD_WIDTH)
            .min_size(vec2(0.0, size::CONTROL));
        let field = named(ui.add(field), &cx.tr("latency-budget-limit"));
        field.on_hover_text(cx.tr("latency-budget-hint"));
        ui.label(muted(&cx.tokens, cx.tr("latency-axis")));
    });
    if let Some(wrong) = wrong {
        ui.label(small(cx.text(&wrong)).color(cx.tokens.colors.bad));
    }
    if budget != view.screen.budget {
        cx.push(Action::Latency(LatencyAction::Budget(budget)));
    }
}

/// Draws whether it is kept, with a shape and a word.
pub(super) fn verdict_ui(ui: &mut Ui, cx: &Cx<'_>, budget: &Budget, verdict: Verdict) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let (words, shape) = words(cx, budget, verdict);
        mark(ui, shape);
        ui.label(small(words).color(shape.tone().ink(&cx.tokens)));
    });
}

/// Whether it is kept in words, and the mark beside them.
fn words(cx: &Cx<'_>, budget: &Budget, verdict: Verdict) -> (String, Mark) {
    let limit = budget.limit().map(took_text).unwrap_or_default();
    let args = [
        ("percent", Arg::from(verdict.percent())),
        ("limit", Arg::from(limit)),
        ("wanted", Arg::from(budget.share.percent())),
        ("of", Arg::from(verdict.of)),
    ];
    match verdict.standing {
        Standing::Kept => (cx.tr_args("latency-budget-kept", &args), Mark::Confirmed),
        Standing::Broken => (cx.tr_args("latency-budget-broken", &args), Mark::Failed),
        Standing::TooFew(least) => {
            let least = [("of", Arg::from(verdict.of)), ("least", Arg::from(least))];
            (cx.tr_args("latency-budget-too-few", &least), Mark::Unknown)
        }
    }
}

fn percent(share: Share) -> String {
    format!("{} %", share.percent())
}

const FIELD_WIDTH: f32 = 84.0;
