//! The right side: the same steps from this computer with the table of suites and the chain, questions to the module, and
//! what it says of itself.

use eframe::egui::{Grid, Label, ProgressBar, Ui};

use crate::{
    action::{Action, TroubleshootAction},
    lang::Arg,
    ui::{
        Cx,
        theme::{Tone, size, space},
        widgets::{Mark, body, button, card, dialog, mark, mono, muted, primary_button, small, title},
    },
    view::troubleshoot::{ChainRow, HereRow, HereView, LoginQuestion, SuiteRow, TroubleshootView, Verdict},
};

/// Draws the right side.
pub(super) fn doctor_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TroubleshootView<'_>) {
    let heading = cx.tr("doctor-here");
    card(ui, Some(&heading), |ui| here_card_ui(ui, cx, view));
    let heading = cx.tr("doctor-module");
    card(ui, Some(&heading), |ui| module_ui(ui, cx, view));
}

fn here_card_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TroubleshootView<'_>) {
    ui.spacing_mut().item_spacing.y = space::XS;
    let warning = match &view.target {
        Some(target) => cx.tr_args("doctor-here-warning", &[("target", Arg::from(target.as_str()))]),
        None => cx.tr("doctor-here-hint").into_owned(),
    };
    ui.add(Label::new(muted(&cx.tokens, warning)).wrap());
    ui.horizontal_wrapped(|ui| {
        let why_not = view.why_not_compare.map(|key| cx.tr(key).into_owned());
        for (word, is_quick) in [("doctor-compare-quick", true), ("doctor-compare-full", false)] {
            if button(ui, &cx.tr(word), why_not.as_deref()).clicked() {
                cx.push(Action::Troubleshoot(TroubleshootAction::Compare { is_quick }));
            }
        }
        // Its word stands for every login: what is sent is said each time.
        if button(ui, &cx.tr("doctor-login-ask"), why_not.as_deref()).clicked() {
            cx.push(Action::Troubleshoot(TroubleshootAction::AskLogin(true)));
        }
        let is_running = view.here.as_ref().is_some_and(|here| here.is_running);
        if is_running && button(ui, &cx.tr("doctor-compare-stop"), None).clicked() {
            cx.push(Action::Troubleshoot(TroubleshootAction::StopComparing));
        }
    });
    if let Some(here) = &view.here {
        here_ui(ui, cx, here);
    }
}

/// Says what a login from this computer sends, and asks for it each time.
pub(super) fn login_ui(ui: &Ui, cx: &mut Cx<'_>, question: &LoginQuestion) {
    let asked = dialog(ui, "login from here", LOGIN_WIDTH, |ui, answering| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(title(cx.tr("doctor-login-title")));
        let args = [("target", question.target.as_str().into()), ("client", question.client_id.as_str().into())];
        ui.add(Label::new(body(cx.tr_args("doctor-login-sends", &args))).wrap());
        let user = match (&question.user, question.has_password) {
            (Some(user), true) => cx.tr_args("doctor-login-user", &[("user", user.as_str().into())]),
            (Some(user), false) => cx.tr_args("doctor-login-user-only", &[("user", user.as_str().into())]),
            (None, _) => cx.tr("doctor-login-nobody").into_owned(),
        };
        ui.add(Label::new(body(user)).wrap());
        if question.has_password && !question.is_encrypted {
            let words = body(cx.tr("doctor-login-clear")).color(Tone::Warn.ink(&cx.tokens));
            ui.add(Label::new(words).wrap());
        }
        let rest = if question.filters.is_empty() {
            cx.tr("doctor-login-nothing-else").into_owned()
        } else {
            cx.tr_args("doctor-login-subscribes", &[("filters", question.filters.join(", ").into())])
        };
        ui.add(Label::new(muted(&cx.tokens, rest)).wrap());
        ui.horizontal(|ui| {
            let agrees = button(ui, &cx.tr("doctor-login-yes"), None).clicked();
            let refuses = primary_button(ui, &cx.tr("doctor-login-no"), None);
            answering.begin_with(&refuses);
            (agrees, answering.is_given(&refuses))
        })
        .inner
    });
    let (agrees, refuses) = asked.inner;
    if agrees {
        cx.push(Action::Troubleshoot(TroubleshootAction::LogIn));
    }
    if refuses || asked.is_left {
        cx.push(Action::Troubleshoot(TroubleshootAction::AskLogin(false)));
    }
}

const LOGIN_WIDTH: f32 = 460.0;

fn here_ui(ui: &mut Ui, cx: &Cx<'_>, here: &HereView) {
    let progress = cx.text(&here.progress);
    if here.is_running {
        ui.add(ProgressBar::new(here.part).desired_height(space::XS));
    }
    ui.label(muted(&cx.tokens, progress));
    for row in &here.rows {
        row_ui(ui, cx, row);
    }
    if !here.suites.is_empty() {
        ui.add_space(space::XS);
        ui.label(body(cx.tr("doctor-suites")).strong());
        suites_ui(ui, cx, &here.suites);
    }
    if !here.chain.is_empty() {
        ui.add_space(space::XS);
        ui.label(body(cx.tr("doctor-chain")).strong());
        for (depth, one) in here.chain.iter().enumerate() {
            chain_ui(ui, cx, one, depth);
        }
    }
}

pub(super) fn row_ui(ui: &mut Ui, cx: &Cx<'_>, row: &HereRow) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        mark(ui, shape(row.verdict));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.label(muted(&cx.tokens, cx.tr(row.key)));
            ui.add(Label::new(small(cx.text(&row.text))).wrap().selectable(true));
        });
    });
}

fn suites_ui(ui: &mut Ui, cx: &Cx<'_>, suites: &[SuiteRow]) {
    Grid::new("suites").num_columns(4).spacing([space::S, space::HAIR]).show(ui, |ui| {
        for suite in suites {
            let (shape, word) = match suite.is_accepted {
                Some(true) => (Mark::Confirmed, "doctor-suite-accepted"),
                Some(false) => (Mark::Failed, "doctor-suite-refused"),
                None => (Mark::Unknown, "doctor-suite-unasked"),
            };
            mark(ui, shape);
            ui.label(mono(&suite.number));
            ui.label(mono(suite.name));
            let word = ui.label(small(cx.tr(word)).color(shape.tone().ink(&cx.tokens)));
            if let Some(answer) = &suite.answer {
                word.on_hover_text(cx.text(answer));
            }
            ui.end_row();
        }
    });
}

fn chain_ui(ui: &mut Ui, cx: &Cx<'_>, one: &ChainRow, depth: usize) {
    ui.horizontal_top(|ui| {
        #[expect(clippy::cast_precision_loss, reason = "a chain has a handful of links")]
        ui.add_space(depth.min(4) as f32 * size::ICON);
        ui.label(muted(&cx.tokens, depth.to_string()));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add(Label::new(small(&one.subject)).wrap().selectable(true));
            ui.label(muted(&cx.tokens, format!("{} · {}", one.key, one.dates)));
            let issuer = if one.is_root {
                cx.tr("doctor-chain-self").into_owned()
            } else {
                cx.tr_args("doctor-chain-issuer", &[("issuer", Arg::from(one.issuer.as_str()))])
            };
            ui.add(Label::new(muted(&cx.tokens, issuer)).wrap());
        });
    });
}

fn module_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TroubleshootView<'_>) {
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.add(Label::new(muted(&cx.tokens, cx.tr("doctor-module-hint"))).wrap());
    ui.horizontal_wrapped(|ui| {
        for remedy in view.experiments {
            let why_not = remedy.why_not.map(|key| cx.tr(key).into_owned());
            if button(ui, &cx.tr(remedy.key), why_not.as_deref()).clicked() {
                cx.push(Action::Troubleshoot(TroubleshootAction::Help(remedy.remedy)));
            }
        }
    });
    Grid::new("module").num_columns(2).spacing([space::M, space::HAIR]).show(ui, |ui| {
        for row in &view.module {
            ui.label(muted(&cx.tokens, cx.tr(row.key)));
            let value = ui.add(Label::new(mono(&row.value)).truncate().selectable(true));
            value.on_hover_text(format!("{}  {}  {}", row.value, row.by, row.clock));
            ui.end_row();
        }
    });
    super::bisect::opener_ui(ui, cx, view);
}

pub(super) const fn shape(verdict: Verdict) -> Mark {
    match verdict {
        Verdict::Good => Mark::Confirmed,
        Verdict::Doubtful => Mark::Stale,
        Verdict::Bad => Mark::Failed,
        Verdict::Neutral => Mark::NotNeeded,
    }
}
