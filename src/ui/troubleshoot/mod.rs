//! The Troubleshoot page: findings on the left, this computer's try and the module's own words on the right, or below in
//! a small window.

mod bisect;
mod doctor;
mod finding;
mod scan;

use eframe::egui::{Align, Frame, Label, Layout, Margin, Panel, ScrollArea, Ui};

use crate::{
    action::{Action, TroubleshootAction},
    lang::{Arg, Text},
    view::{
        troubleshoot::{PortSearch, RemarkView, RemedyView, Standing, StepView, TroubleshootView, words},
        waiting::Waiting,
    },
};

use super::{
    Cx, recorded, report,
    theme::{Tone, size, space},
    widgets::{
        Icon, Mark, badge, body, button, card, icon_button, mark, mono, muted, named, primary_button, quiet_button,
        small, title,
    },
};

pub(super) use self::finding::certainty_ui;

/// Draws the page over all that is left.
pub fn page_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TroubleshootView<'_>) {
    let frame = Frame::new().inner_margin(Margin { left: 16, right: 12, top: 12, bottom: 8 });
    if let Some(question) = view.login {
        doctor::login_ui(ui, cx, question);
    }
    if let Some(question) = &view.bisect.question {
        bisect::question_ui(ui, cx, question);
    }
    Panel::top("troubleshoot head").frame(frame).resizable(false).show(ui, |ui| head_ui(ui, cx, view));
    if view.scan.is_open {
        scan::scan_ui(ui, cx, view);
        return;
    }
    if ui.available_width() < STACKED {
        Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            ScrollArea::vertical().id_salt("findings and doctor").auto_shrink(false).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::S;
                main_ui(ui, cx, view);
                doctor::doctor_ui(ui, cx, view);
            });
        });
        return;
    }
    let side = Frame::new().inner_margin(Margin { left: 8, right: 12, top: 8, bottom: 8 });
    let width = (ui.available_width() * DOCTOR_SHARE).clamp(DOCTOR_LEAST, DOCTOR_MOST);
    Panel::right("doctor").frame(side).exact_size(width).resizable(false).show(ui, |ui| {
        ScrollArea::vertical().id_salt("doctor").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::S;
            doctor::doctor_ui(ui, cx, view);
        });
    });
    let main = Frame::new().inner_margin(Margin { left: 16, right: 8, top: 8, bottom: 8 });
    main.show(ui, |ui| {
        ScrollArea::vertical().id_salt("findings").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::S;
            main_ui(ui, cx, view);
        });
    });
}

/// How things stand, and the copy for the customer.
fn head_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TroubleshootView<'_>) {
    let width = ui.available_width();
    if (HEAD_WIDE..HEAD_ONE_ROW).contains(&width) {
        ui.horizontal(|ui| standing_ui(ui, cx, view));
    }
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            tools_ui(ui, cx, view);
            if !(HEAD_WIDE..HEAD_ONE_ROW).contains(&width) {
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| standing_ui(ui, cx, view));
            }
        });
    });
    if let Some(fault) = view.fault.as_ref().filter(|_| !view.scan.is_open) {
        ui.horizontal_wrapped(|ui| {
            if let Some(clock) = &view.clock {
                ui.label(muted(&cx.tokens, clock));
            }
            ui.label(body(cx.text(fault)));
        });
    }
}

fn standing_ui(ui: &mut Ui, cx: &Cx<'_>, view: &TroubleshootView<'_>) {
    let (shape, words) = standing(cx, view);
    mark(ui, shape);
    ui.add(eframe::egui::Label::new(title(words)).truncate());
}

/// What can be done with all that the page says, from the right.
fn tools_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TroubleshootView<'_>) {
    let drawn: scan::Button = if ui.available_width() > HEAD_WIDE { quiet_button } else { icon_button };
    copies_ui(ui, cx, view, drawn);
    scan::switch_ui(ui, cx, view.scan, drawn);
    if !view.scan.is_open {
        let nothing = cx.tr("doctor-why-nothing").into_owned();
        let is_known = view.standing != Standing::Untried;
        report::opener_ui(ui, cx, (!is_known).then_some(nothing.as_str()));
    }
    recorded::opener_ui(ui, cx);
    if view.is_simulated {
        badge(ui, Tone::Warn, &cx.tr("simulated"));
    }
}

/// Copies what is in front: the scan, or the findings for the customer and as a whole report.
fn copies_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TroubleshootView<'_>, drawn: scan::Button) {
    let is_known = view.standing != Standing::Untried;
    let words =
        if view.scan.is_open { view.scan.for_customer(cx.lang) } else { is_known.then(|| view.for_customer(cx.lang)) };
    let nothing = cx.tr("doctor-why-nothing");
    let why_not = words.is_none().then_some(nothing.as_ref());
    if drawn(ui, Icon::Copy, &cx.tr("doctor-copy"), why_not).clicked() {
        cx.actions.extend(words.map(Action::Copy));
    }
    if view.scan.is_open {
        return;
    }
    let why_not = (!is_known).then_some(nothing.as_ref());
    if drawn(ui, Icon::Export, &cx.tr("doctor-copy-report"), why_not).clicked() {
        let report = view.report(cx.lang);
        cx.push(Action::Copy(report));
    }
}

fn standing(cx: &Cx<'_>, view: &TroubleshootView<'_>) -> (Mark, String) {
    let simple = |key| cx.tr(key).into_owned();
    if view.scan.is_open {
        return (Mark::NotNeeded, simple("scan-title"));
    }
    match view.standing {
        Standing::Untried => (Mark::Unknown, simple("doctor-untried")),
        Standing::UnderWay(rung) => {
            let text = Text::new("doctor-under-way").with("rung", Text::new(crate::view::rung::key(rung)));
            (Mark::Trying, cx.text(&text))
        }
        Standing::Trouble => match view.rung {
            Some(rung) => (Mark::Failed, cx.text(&Text::new("doctor-trouble-at").with("rung", Text::new(rung)))),
            None => (Mark::Failed, simple("doctor-trouble")),
        },
        Standing::Healthy => (Mark::Confirmed, simple("doctor-healthy")),
        Standing::Quiet => (Mark::NotNeeded, simple("doctor-quiet")),
    }
}

fn main_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TroubleshootView<'_>) {
    search_ui(ui, cx, view.search);
    bisect::bisect_ui(ui, cx, view);
    if view.findings.is_empty() && view.standing == Standing::Untried {
        card(ui, None, |ui| {
            ui.label(body(cx.tr("doctor-untried-hint")));
        });
    }
    if let Some((clock, order)) = &view.deed {
        let words =
            cx.tr_args("doctor-own-deed", &[("clock", clock.as_str().into()), ("order", order.as_str().into())]);
        ui.horizontal_top(|ui| {
            mark(ui, Mark::NotNeeded);
            ui.add(Label::new(body(words)).wrap().selectable(true));
        });
    }
    if let Some(step) = view.undecided {
        undecided_ui(ui, cx, step);
    }
    for (place, one) in view.findings.iter().enumerate() {
        finding::finding_ui(ui, cx, one, place == 0 && view.undecided.is_none());
    }
    for remark in &view.remarks {
        remark_ui(ui, cx, remark);
    }
    if let Some(waiting) = &view.waiting {
        waiting_ui(ui, cx, waiting);
    }
    recovered_ui(ui, cx, view);
    let is_proving = matches!(view.standing, Standing::Healthy | Standing::Quiet | Standing::UnderWay(_));
    if is_proving && !view.proven.is_empty() {
        proven_ui(ui, cx, view);
    }
}

/// Nothing decides: the step that would, before what it may be.
fn undecided_ui(ui: &mut Ui, cx: &mut Cx<'_>, step: StepView) {
    let heading = cx.tr("doctor-undecided");
    card(ui, Some(&heading), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.label(muted(&cx.tokens, cx.tr("doctor-decides")));
        ui.add(Label::new(body(words(step.what, cx.lang.lang()))).wrap().selectable(true));
        if let Some(remedy) = step.remedy {
            remedy_ui(ui, cx, remedy, "?", true);
        }
    });
}

/// What is waited for, and how long still.
fn waiting_ui(ui: &mut Ui, cx: &Cx<'_>, waiting: &Waiting) {
    let heading = cx.tr("doctor-waiting");
    card(ui, Some(&heading), |ui| {
        ui.horizontal_top(|ui| {
            mark(ui, Mark::Trying);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = space::HAIR;
                if !waiting.command.is_empty() {
                    ui.add(Label::new(mono(&waiting.command)).wrap().selectable(true));
                }
                ui.add(Label::new(body(cx.text(&waiting.text))).wrap());
            });
        });
    });
}

/// Something odd that accuses nothing.
fn remark_ui(ui: &mut Ui, cx: &Cx<'_>, remark: &RemarkView) {
    let lang = cx.lang.lang();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        mark(ui, Mark::NotNeeded);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add(Label::new(body(words(remark.cause, lang))).wrap().selectable(true));
            for fact in &remark.facts {
                ui.add(Label::new(muted(&cx.tokens, fact.to(lang))).wrap().selectable(true));
            }
        });
    });
}

/// What went wrong before and was put right.
fn recovered_ui(ui: &mut Ui, cx: &Cx<'_>, view: &TroubleshootView<'_>) {
    if view.recovered.is_empty() {
        return;
    }
    let heading = cx.tr("doctor-recovered");
    card(ui, Some(&heading), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        for one in &view.recovered {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                ui.label(muted(&cx.tokens, format!("{} – {}", one.clock, one.until)));
                ui.add(Label::new(body(cx.text(&one.fault))).wrap().selectable(true));
                let cause = one.cause.map(|(id, cause)| format!("{id} {}", words(cause, cx.lang.lang())));
                let cause = cause.unwrap_or_else(|| cx.tr("doctor-undecided").into_owned());
                ui.add(Label::new(small(cause)).wrap().selectable(true));
            });
        }
    });
}

/// What a session without trouble has proven.
fn proven_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TroubleshootView<'_>) {
    let heading = cx.tr("doctor-proven");
    card(ui, Some(&heading), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.spacing_mut().interact_size.y = size::ROW - space::XS;
        for proven in &view.proven {
            ui.horizontal(|ui| {
                mark(ui, Mark::Confirmed);
                ui.label(body(cx.tr(proven.rung)));
                ui.label(muted(&cx.tokens, &proven.clock));
                ui.add(Label::new(mono(&proven.line)).truncate());
            });
        }
    });
}

/// The search for a port that answers.
fn search_ui(ui: &mut Ui, cx: &mut Cx<'_>, search: &PortSearch) {
    let words = match search {
        PortSearch::Idle => return,
        PortSearch::Running => cx.tr("doctor-search-running").into_owned(),
        PortSearch::Nothing => cx.tr("doctor-search-nothing").into_owned(),
        PortSearch::Found(port, baud) => cx.tr_args(
            "doctor-search-found",
            &[("port", Arg::from(port.as_str())), ("baud", Arg::from(baud.to_string()))],
        ),
    };
    card(ui, None, |ui| {
        ui.horizontal_wrapped(|ui| {
            let shape = match search {
                PortSearch::Running => Mark::Trying,
                PortSearch::Found(..) => Mark::Confirmed,
                PortSearch::Nothing | PortSearch::Idle => Mark::Failed,
            };
            mark(ui, shape);
            ui.label(body(words));
            if matches!(search, PortSearch::Found(..)) && primary_button(ui, &cx.tr("doctor-use-port"), None).clicked()
            {
                cx.push(Action::Troubleshoot(TroubleshootAction::UsePort));
            }
        });
    });
}

/// The button of a remedy for the finding `id`: the number in its name tells it from others of the same word.
fn remedy_ui(ui: &mut Ui, cx: &mut Cx<'_>, remedy: RemedyView, id: &str, is_primary: bool) {
    let why_not = remedy.why_not.map(|key| cx.tr(key).into_owned());
    let word = cx.tr(remedy.key);
    let response =
        if is_primary { primary_button(ui, &word, why_not.as_deref()) } else { button(ui, &word, why_not.as_deref()) };
    if named(response, &format!("{word} ({id})")).clicked() {
        cx.push(Action::Troubleshoot(TroubleshootAction::Help(remedy.remedy)));
    }
}

/// From this width on the buttons of the head have their words: below, how things stand needs the room.
const HEAD_WIDE: f32 = 720.0;
/// Below this width the buttons with their words leave the standing no room in their row.
const HEAD_ONE_ROW: f32 = 996.0;
/// Below this width the two sides stand above each other.
const STACKED: f32 = 640.0;
/// The part of the page's width that the right side takes.
const DOCTOR_SHARE: f32 = 0.38;
const DOCTOR_LEAST: f32 = 312.0;
const DOCTOR_MOST: f32 = 440.0;
