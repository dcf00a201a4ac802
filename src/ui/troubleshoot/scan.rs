//! A server scanned without a module: the field, the verdict, and the picture below it.

mod picture;

use eframe::egui::{Align2, Frame, Key, Label, Margin, ProgressBar, Response, ScrollArea, TextEdit, Ui, vec2};

use crate::{
    action::{Action, ScanAction, TroubleshootAction},
    ui::{
        Cx,
        theme::{Tone, monospace, size, space, text},
        widgets::{
            Icon, body, button, card, field_id, mono, muted, named, primary_button, quiet_button, small, toggle,
        },
    },
    view::troubleshoot::{AuthorityView, ScanScreen, TroubleshootView, fact_words},
};

/// Draws it over all that is left of the page.
pub(super) fn scan_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TroubleshootView<'_>) {
    Frame::new().inner_margin(Margin::symmetric(16, 8)).show(ui, |ui| {
        ScrollArea::vertical().id_salt("scan").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::S;
            card(ui, None, |ui| ask_ui(ui, cx, view));
            if let Some(picture) = &view.scan.picture {
                picture::picture_ui(ui, cx, picture);
            }
            if let Some(authority) = &view.scan.authority {
                let heading = cx.tr("scan-authority");
                card(ui, Some(&heading), |ui| authority_ui(ui, cx, authority));
            }
        });
    });
}

/// How a button is drawn: with its word or without.
pub(super) type Button = fn(&mut Ui, Icon, &str, Option<&str>) -> Response;

/// The way to it, and back.
pub(super) fn switch_ui(ui: &mut Ui, cx: &mut Cx<'_>, screen: &ScanScreen, button: Button) {
    let word = cx.tr(if screen.is_open { "scan-close" } else { "scan-open" });
    let picture = if screen.is_open { Icon::Close } else { Icon::Search };
    if button(ui, picture, &word, None).clicked() {
        want(cx, ScanAction::Open(!screen.is_open));
    }
}

fn ask_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TroubleshootView<'_>) {
    let screen = view.scan;
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.add(Label::new(muted(&cx.tokens, cx.tr("scan-hint"))).wrap());
    ui.horizontal(|ui| {
        let label = cx.tr("scan-host");
        ui.label(body(label.as_ref()));
        host_ui(ui, cx, screen, &label);
        if screen.is_running() {
            if button(ui, &cx.tr("scan-stop"), None).clicked() {
                want(cx, ScanAction::Stop);
            }
        } else {
            let why_not = screen.typed.trim().is_empty().then(|| cx.tr("scan-why-no-host"));
            if primary_button(ui, &cx.tr("scan-start"), why_not.as_deref()).clicked() {
                want(cx, ScanAction::Start);
            }
        }
    });
    if view.has_files
        && let Some(uses) = toggle(ui, &cx.tr("scan-with-files"), !screen.leaves_files)
    {
        want(cx, ScanAction::LeaveFiles(!uses));
    }
    if let Some(refusal) = &screen.refusal {
        let words = small(fact_words(refusal, cx.lang.lang())).color(Tone::Bad.ink(&cx.tokens));
        ui.add(Label::new(words).wrap());
    }
    if let Some(picture) = screen.picture.as_ref().filter(|picture| picture.here.is_running) {
        ui.add(ProgressBar::new(picture.here.part).desired_height(space::XS));
        ui.label(muted(&cx.tokens, cx.text(&picture.here.progress)));
    }
}

/// The CA file, with what believing it means before the button that saves it.
fn authority_ui(ui: &mut Ui, cx: &mut Cx<'_>, authority: &AuthorityView) {
    ui.spacing_mut().item_spacing.y = space::XS;
    if let Some(file) = &authority.file {
        ui.add(Label::new(body(&file.subject)).wrap().selectable(true));
        ui.add(Label::new(mono(format!("SHA-256 {}", file.fingerprint))).wrap().selectable(true));
    }
    for fact in &authority.said {
        ui.add(Label::new(small(fact_words(fact, cx.lang.lang()))).wrap().selectable(true));
    }
    if authority.file.is_some() && quiet_button(ui, Icon::Save, &cx.tr("scan-save-authority"), None).clicked() {
        want(cx, ScanAction::SaveAuthority);
    }
}

fn host_ui(ui: &mut Ui, cx: &mut Cx<'_>, screen: &ScanScreen, label: &str) {
    let mut typed = screen.typed.clone();
    let field = TextEdit::singleline(&mut typed)
        .id(field_id(label))
        .font(monospace(text::BODY - 1.0))
        .align(Align2::LEFT_CENTER)
        .hint_text("broker.example.com:8883")
        .desired_width((ui.available_width() - BUTTON).clamp(LEAST, WIDEST))
        .min_size(vec2(0.0, size::CONTROL));
    let response = named(ui.add(field), label);
    if response.changed() {
        want(cx, ScanAction::Type(typed));
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) && !screen.is_running() {
        want(cx, ScanAction::Start);
    }
}

fn want(cx: &mut Cx<'_>, action: ScanAction) {
    cx.push(Action::Troubleshoot(TroubleshootAction::Scan(action)));
}

/// Room for the button behind the field.
const BUTTON: f32 = 120.0;
const LEAST: f32 = 160.0;
const WIDEST: f32 = 420.0;
