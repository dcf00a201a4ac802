//! What came of a scan, as a picture that can stand on a slide.

use eframe::egui::{Align, Color32, Grid, Label, Layout, RichText, Sense, Ui, vec2};

use crate::{
    action::Action,
    lang::Arg,
    ui::{
        Cx,
        certificates::validity_ui,
        theme::{Tone, size, space},
        widgets::{
            Icon, Mark, badge, body, card, mark, mark_with_word, mono, muted, named, quiet_button, rule, small, title,
        },
    },
    view::troubleshoot::{
        Cure, Finding, LevelStanding, Link, OfferedSuite, Picture, Reach, SideRow, Verdict, fact_words, verdict, words,
    },
};

use crate::ui::troubleshoot::doctor::{row_ui, shape};

/// Draws it.
pub(super) fn picture_ui(ui: &mut Ui, cx: &mut Cx<'_>, picture: &Picture) {
    if !picture.here.is_running {
        card(ui, None, |ui| verdict_ui(ui, cx, picture));
    }
    if ui.available_width() < TWO_COLUMNS {
        talk_ui(ui, cx, picture);
        trust_ui(ui, cx, picture);
    } else {
        ui.columns(2, |columns| {
            talk_ui(&mut columns[0], cx, picture);
            trust_ui(&mut columns[1], cx, picture);
        });
    }
    cures_ui(ui, cx, picture);
}

/// The verdict in a sentence, the levels, and why.
fn verdict_ui(ui: &mut Ui, cx: &Cx<'_>, picture: &Picture) {
    ui.spacing_mut().item_spacing.y = space::XS;
    let lang = cx.lang.lang();
    ui.horizontal_top(|ui| {
        mark(ui, reach_mark(picture.reach));
        ui.add(Label::new(title(fact_words(&picture.sentence, lang))).wrap().selectable(true));
    });
    ui.horizontal_wrapped(|ui| {
        for (level, standing) in picture.levels.iter().enumerate() {
            let (shape, word) = standing_mark(*standing);
            let level = cx.tr_args("scan-level", &[("level", Arg::from(level))]);
            mark_with_word(ui, shape, &format!("{level}: {}", cx.tr(word)));
            ui.add_space(space::M);
        }
    });
    for finding in &picture.findings {
        finding_ui(ui, cx, finding);
    }
}

fn finding_ui(ui: &mut Ui, cx: &Cx<'_>, finding: &Finding) {
    let lang = cx.lang.lang();
    ui.horizontal_top(|ui| {
        badge(ui, if finding.is_seen() { Tone::Bad } else { Tone::Warn }, finding.id);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::HAIR;
            ui.add(Label::new(body(words(finding.cause, lang)).strong()).wrap().selectable(true));
            for fact in &finding.evidence {
                ui.add(Label::new(small(fact_words(fact, lang))).wrap().selectable(true));
            }
            ui.add(Label::new(muted(&cx.tokens, words(finding.fix, lang))).wrap().selectable(true));
        });
    });
}

/// How module and broker talk: the way, both sides, the suites.
fn talk_ui(ui: &mut Ui, cx: &Cx<'_>, picture: &Picture) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        if !picture.sides.is_empty() {
            let heading = cx.tr("scan-sides");
            card(ui, Some(&heading), |ui| sides_ui(ui, cx, picture));
        }
        if !picture.suites.is_empty() {
            let heading = cx.tr("doctor-suites");
            card(ui, Some(&heading), |ui| suites_ui(ui, cx, &picture.suites));
        }
        if picture.sides.is_empty() {
            steps_ui(ui, cx, picture);
        }
    });
}

/// Whom the broker shows: chain and dates, and each step as it was seen.
fn trust_ui(ui: &mut Ui, cx: &Cx<'_>, picture: &Picture) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        if !picture.chain.is_empty() {
            let heading = cx.tr("doctor-chain");
            card(ui, Some(&heading), |ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                let clock = if picture.is_modules_clock { "scan-clock-module" } else { "scan-clock-here" };
                ui.add(Label::new(muted(&cx.tokens, cx.tr(clock))).wrap());
                for (depth, link) in picture.chain.iter().enumerate() {
                    link_ui(ui, cx, link, depth);
                }
            });
        }
        if !picture.sides.is_empty() {
            steps_ui(ui, cx, picture);
        }
    });
}

fn steps_ui(ui: &mut Ui, cx: &Cx<'_>, picture: &Picture) {
    let heading = cx.tr("doctor-here");
    card(ui, Some(&heading), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        for row in &picture.here.rows {
            row_ui(ui, cx, row);
        }
    });
}

fn sides_ui(ui: &mut Ui, cx: &Cx<'_>, picture: &Picture) {
    ui.spacing_mut().item_spacing.y = space::XS;
    let (what, module) = (muted(&cx.tokens, ""), body(cx.tr("scan-side-module")).strong());
    side_ui(ui, what, module, None, body(&picture.place).strong());
    for SideRow { key, module, broker, verdict } in &picture.sides {
        let broker = small(cx.text(broker)).color(ink(cx, *verdict));
        rule(ui);
        side_ui(ui, muted(&cx.tokens, cx.tr(key)), small(cx.text(module)), Some(shape(*verdict)), broker);
    }
}

/// One row of the two sides; a row is as high as the longest of its words.
fn side_ui(ui: &mut Ui, what: RichText, module: RichText, shape: Option<Mark>, broker: RichText) {
    let gap = space::S;
    let left = ui.available_width() - size::ICON - 3.0 * gap;
    let widths = [left * 0.24, left * 0.38, left * 0.38];
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        cell_ui(ui, what, widths[0]);
        cell_ui(ui, module, widths[1]);
        match shape {
            Some(shape) => mark(ui, shape),
            None => ui.allocate_response(vec2(size::ICON, size::ICON), Sense::hover()),
        };
        cell_ui(ui, broker, widths[2]);
    });
}

fn cell_ui(ui: &mut Ui, words: RichText, width: f32) {
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        ui.add(Label::new(words).wrap().selectable(true));
    });
}

fn suites_ui(ui: &mut Ui, cx: &Cx<'_>, suites: &[OfferedSuite]) {
    // One that both know is enough: the others are refused without harm.
    let is_met = suites.iter().any(|row| verdict(row.answer) == Verdict::Good);
    Grid::new("scan suites").num_columns(4).spacing([space::S, space::HAIR]).show(ui, |ui| {
        for row in suites {
            let verdict = verdict(row.answer);
            let shown = if is_met && verdict == Verdict::Bad { Verdict::Neutral } else { verdict };
            mark(ui, shape(shown));
            ui.label(mono(format!("0X{:04X}", row.suite.id())));
            ui.label(mono(row.suite.openssl_name()));
            let word = match verdict {
                Verdict::Good => "doctor-suite-accepted",
                Verdict::Bad => "doctor-suite-refused",
                Verdict::Doubtful | Verdict::Neutral => "scan-untestable",
            };
            let told = ui.label(small(cx.tr(word)).color(ink(cx, shown)));
            told.on_hover_text(fact_words(&row.detail, cx.lang.lang()));
            ui.end_row();
        }
    });
}

fn link_ui(ui: &mut Ui, cx: &Cx<'_>, link: &Link, depth: usize) {
    ui.horizontal_top(|ui| {
        #[expect(clippy::cast_precision_loss, reason = "a chain has a handful of links")]
        ui.add_space(depth.min(4) as f32 * space::M);
        ui.label(muted(&cx.tokens, depth.to_string()));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::HAIR;
            ui.add(Label::new(body(&link.row.subject)).wrap().selectable(true));
            let issuer = if link.row.is_root {
                cx.tr("doctor-chain-self").into_owned()
            } else {
                cx.tr_args("doctor-chain-issuer", &[("issuer", Arg::from(link.row.issuer.as_str()))])
            };
            ui.add(Label::new(muted(&cx.tokens, format!("{} · {issuer}", link.row.key))).wrap());
            if let Some(validity) = &link.validity {
                validity_ui(ui, cx, validity);
            }
            if link.is_anchored {
                mark_with_word(ui, Mark::Confirmed, &cx.tr("scan-anchored"));
            }
        });
    });
}

fn cures_ui(ui: &mut Ui, cx: &mut Cx<'_>, picture: &Picture) {
    if picture.cures.is_empty() {
        return;
    }
    let heading = cx.tr("scan-cures");
    card(ui, Some(&heading), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let mut last = None;
        for cure in &picture.cures {
            if last.replace(cure.why) != Some(cure.why) {
                ui.add(Label::new(body(words(cure.why, cx.lang.lang()))).wrap().selectable(true));
            }
            cure_ui(ui, cx, cure);
        }
    });
}

fn cure_ui(ui: &mut Ui, cx: &mut Cx<'_>, cure: &Cure) {
    ui.horizontal_top(|ui| {
        let name = cure.place.key();
        ui.allocate_ui_with_layout([size::LABEL, size::CONTROL].into(), Layout::left_to_right(Align::Min), |ui| {
            ui.set_min_width(size::LABEL);
            let copies = cx.tr_args("scan-copy-cure", &[("place", Arg::from(name))]);
            let button = quiet_button(ui, Icon::Copy, name, None).on_hover_text(&copies);
            if named(button, &copies).clicked() {
                cx.push(Action::Copy(cure.lines.join("\n") + "\n"));
            }
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for line in &cure.lines {
                ui.add(Label::new(mono(line)).wrap().selectable(true));
            }
        });
    });
}

fn ink(cx: &Cx<'_>, verdict: Verdict) -> Color32 {
    match verdict {
        Verdict::Bad => Tone::Bad.ink(&cx.tokens),
        Verdict::Doubtful => Tone::Warn.ink(&cx.tokens),
        Verdict::Good | Verdict::Neutral => Tone::Neutral.ink(&cx.tokens),
    }
}

const fn reach_mark(reach: Reach) -> Mark {
    match reach {
        Reach::Connects => Mark::Confirmed,
        Reach::Unchecked => Mark::Stale,
        Reach::Cannot => Mark::Failed,
        Reach::Untried => Mark::Unknown,
    }
}

const fn standing_mark(standing: LevelStanding) -> (Mark, &'static str) {
    match standing {
        LevelStanding::Works => (Mark::Confirmed, "scan-works"),
        LevelStanding::Fails => (Mark::Failed, "scan-fails"),
        LevelStanding::NoFiles => (Mark::NotNeeded, "scan-no-files"),
        LevelStanding::Untried => (Mark::Unknown, "scan-untried"),
    }
}

/// From this width on module and trust stand beside each other.
const TWO_COLUMNS: f32 = 720.0;
