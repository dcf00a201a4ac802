//! The Certificates page: on the left the three files, on the right what belongs together, the upload, and what is on
//! the module.

mod drop;
mod module;
mod pasted;
mod repair;
mod slot;
mod together;
mod upload;
mod validity;

use eframe::egui::{CentralPanel, Frame, Label, Margin, Panel, ScrollArea, Stroke, Ui};

use crate::{
    action::{Action, CertificatesAction, Edit, Profile, SecurityCase},
    lang::Text,
    view::certificates::{CertificatesView, Severity, case_key},
};

use super::{
    Cx,
    theme::{Tone, size, space},
    widgets::{
        Icon, Mark, body, button, card, choice, icon_button, locked_ui, mark, muted, primary_button, quiet_button,
        small,
    },
};

pub use self::{drop::drop_ui, pasted::pasted_ui, validity::validity_ui};

/// Draws the page over all that is left.
pub fn page_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &CertificatesView<'_>) {
    let mut fields = view.profile.clone();
    let frame = Frame::new().fill(cx.tokens.colors.page).inner_margin(Margin::symmetric(12, 8)).stroke(Stroke::NONE);
    if ui.available_width() < NARROW {
        CentralPanel::default().frame(frame).show(ui, |ui| {
            ScrollArea::vertical().id_salt("certificates").auto_shrink(false).show(ui, |ui| {
                files_ui(ui, cx, view, &mut fields);
                module_side_ui(ui, cx, view);
            });
        });
    } else {
        let width = ui.available_width() * LEFT_PART;
        Panel::left("certificate files").frame(frame).exact_size(width).resizable(false).show(ui, |ui| {
            ScrollArea::vertical().id_salt("files").auto_shrink(false).show(ui, |ui| {
                files_ui(ui, cx, view, &mut fields);
            });
        });
        CentralPanel::default().frame(frame).show(ui, |ui| {
            ScrollArea::vertical().id_salt("module").auto_shrink(false).show(ui, |ui| module_side_ui(ui, cx, view));
        });
    }
    module::delete_ui(ui, cx, view);
    if fields != *view.profile {
        cx.push(Action::Edit(Edit::Fields(Box::new(fields))));
    }
}

fn files_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &CertificatesView<'_>, fields: &mut Profile) {
    ui.spacing_mut().item_spacing.y = space::S;
    head_ui(ui, cx, view, fields);
    if view.is_empty {
        first_ui(ui, cx, view);
    }
    if let Some(case) = view.offer {
        offer_ui(ui, cx, view, case);
    }
    if view.screen.picked_nothing {
        ui.label(small(cx.tr("certs-picked-nothing")).color(Tone::Warn.ink(&cx.tokens)));
    }
    if !view.screen.dropped_in_vain.is_empty() {
        let names = view.screen.dropped_in_vain.join(", ");
        let words = cx.tr_args("certs-dropped-in-vain", &[("names", names.into())]);
        ui.label(small(words).color(Tone::Warn.ink(&cx.tokens)));
    }
    for slot in &view.slots {
        slot::slot_ui(ui, cx, view, slot, fields);
    }
}

fn module_side_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &CertificatesView<'_>) {
    ui.spacing_mut().item_spacing.y = space::S;
    together::together_ui(ui, cx, view);
    upload::upload_ui(ui, cx, view);
    module::module_ui(ui, cx, view);
}

/// Which protection the profile wants, and by which clock dates are judged.
fn head_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &CertificatesView<'_>, fields: &mut Profile) {
    let why_not = view.why_not_edit.as_ref().map(|why| cx.text(why));
    ui.horizontal_wrapped(|ui| {
        ui.label(body(cx.tr("security-title")).strong());
        ui.spacing_mut().combo_width = 190.0;
        let inner = locked_ui(ui, why_not.is_none(), |ui| {
            let name = cx.tr("security-title");
            let chosen =
                choice(ui, &name, fields.security.case, &SecurityCase::ALL, |case| cx.tr(case_key(case)).into_owned());
            if let Some(case) = chosen {
                fields.security.case = case;
            }
        });
        if let Some(why) = &why_not {
            inner.response.on_hover_text(why);
        }
        let demo = cx.tr("certs-use-demo").into_owned();
        if !view.is_empty && quiet_button(ui, Icon::Certificate, &demo, why_not.as_deref()).clicked() {
            want(cx, CertificatesAction::UseDemo);
        }
        if icon_button(ui, Icon::Reload, &cx.tr("certs-read-again"), None).clicked() {
            want(cx, CertificatesAction::ReadAgain);
        }
    });
    ui.label(muted(&cx.tokens, cx.text(&view.clock.text)));
    if let Some(doubt) = &view.clock.doubt {
        sentence_ui(ui, cx, Severity::Doubt, doubt);
    }
}

/// Offers the protection that the dropped files are for.
fn offer_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &CertificatesView<'_>, case: SecurityCase) {
    card(ui, None, |ui| {
        let fits = cx.tr(case_key(case)).into_owned();
        let has = cx.tr(case_key(view.profile.security.case)).into_owned();
        let args = [("fits", fits.as_str().into()), ("has", has.into())];
        ui.add(Label::new(body(cx.tr_args("certs-offer", &args))).wrap());
        ui.add_space(space::XS);
        let why_not = view.why_not_edit.as_ref().map(|why| cx.text(why));
        ui.horizontal(|ui| {
            let adopts = cx.tr_args("certs-offer-yes", &[("fits", fits.into())]);
            if primary_button(ui, &adopts, why_not.as_deref()).clicked() {
                want(cx, CertificatesAction::Adopt(true));
            }
            if button(ui, &cx.tr("certs-offer-no"), None).clicked() {
                want(cx, CertificatesAction::Adopt(false));
            }
        });
    });
}

/// What to do first when there is nothing yet.
fn first_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &CertificatesView<'_>) {
    card(ui, Some(&cx.tr("certs-first-title")), |ui| {
        ui.add(Label::new(body(cx.tr("certs-first-hint"))).wrap());
        ui.add_space(space::XS);
        let why_not = view.why_not_edit.as_ref().map(|why| cx.text(why));
        if primary_button(ui, &cx.tr("certs-try-demo"), why_not.as_deref()).clicked() {
            want(cx, CertificatesAction::UseDemo);
        }
        ui.label(muted(&cx.tokens, cx.tr("certs-demo-hint")));
    });
}

/// A sentence behind the shape and the word of its severity.
fn sentence_ui(ui: &mut Ui, cx: &Cx<'_>, severity: Severity, text: &Text) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        mark(ui, shape(severity)).on_hover_text(cx.tr(word(severity)));
        let words = small(cx.text(text)).color(tone(severity).ink(&cx.tokens));
        ui.add(Label::new(words).wrap().selectable(true));
    });
}

const fn shape(severity: Severity) -> Mark {
    match severity {
        Severity::Note => Mark::Accepted,
        Severity::Doubt => Mark::Stale,
        Severity::Bad => Mark::Failed,
    }
}

const fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Note => Tone::Neutral,
        Severity::Doubt => Tone::Warn,
        Severity::Bad => Tone::Bad,
    }
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "severity-note",
        Severity::Doubt => "severity-doubt",
        Severity::Bad => "severity-bad",
    }
}

/// Wants something of this page.
fn want(cx: &mut Cx<'_>, action: CertificatesAction) {
    cx.push(Action::Certificates(action));
}

/// Below this width everything stands in one column.
const NARROW: f32 = 760.0;
const LEFT_PART: f32 = 0.55;
/// Side of a mark with the blank behind it.
const MARK: f32 = size::ICON + space::XS;
