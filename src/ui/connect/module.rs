//! The module itself, beside a connection: card, access point, name servers, radio, cache, firmware. Folded until it is wanted.

use eframe::egui::{CollapsingHeader, FontSelection, Label, TextEdit, Ui, vec2};

use crate::{
    action::{Action, ModuleAction, Password},
    lang::Text,
    ui::{
        Cx,
        theme::{Tone, monospace, size, space, text},
        widgets::{body, button, card, field_id, form_row, mono, muted, named, small},
    },
    view::connect::{ConnectView, module::ModuleView},
};

/// Draws the foldable card.
pub(super) fn module_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let module = &view.module;
    card(ui, None, |ui| {
        let title = body(cx.tr("device-title"));
        let wants_hand = module.pin_left.is_some() || module.wants_puk;
        let header = CollapsingHeader::new(title).id_salt("module");
        let header = if wants_hand { header.open(Some(true)) } else { header };
        header.show_unindented(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            card_ui(ui, cx, view);
            told_ui(ui, cx, module.network.as_ref());
            told_ui(ui, cx, module.white_list.as_ref());
            access_point_ui(ui, cx, module);
            servers_ui(ui, cx, view);
            told_ui(ui, cx, module.cache.as_ref());
            hands_ui(ui, cx, module);
            for fact in &module.facts {
                told_ui(ui, cx, Some(fact));
            }
        });
    });
}

fn told_ui(ui: &mut Ui, cx: &Cx<'_>, text: Option<&Text>) {
    if let Some(text) = text {
        ui.add(Label::new(muted(&cx.tokens, cx.text(text))).wrap().selectable(true));
    }
}

/// The card: its state, and the field for a PIN where it wants one.
fn card_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let module = &view.module;
    if let Some(sim) = &module.sim {
        form_row(ui, &cx.tr("device-card"), |ui| drop(ui.label(mono(sim))));
    }
    if module.wants_puk {
        ui.add(Label::new(small(cx.tr("device-puk")).color(Tone::Bad.ink(&cx.tokens))).wrap());
    }
    let Some(left) = module.pin_left else { return };
    let name = cx.tr("device-pin").into_owned();
    let mut typed = view.screen.module.pin.reveal().to_owned();
    form_row(ui, &name, |ui| {
        let field = field(&mut typed, &name, PIN_WIDTH).password(true);
        if named(ui.add(field), &name).changed() {
            want(cx, ModuleAction::Pin(Password::new(typed.as_str())));
        }
        let why_not =
            why_not(cx, module).or_else(|| typed.is_empty().then(|| cx.tr("device-pin-missing").into_owned()));
        if button(ui, &cx.tr("device-unlock"), why_not.as_deref()).clicked() {
            want(cx, ModuleAction::Unlock);
        }
    });
    let words = cx.tr_args("device-pin-left", &[("n", left.into())]);
    ui.add(Label::new(small(words).color(Tone::Warn.ink(&cx.tokens))).wrap());
}

fn access_point_ui(ui: &mut Ui, cx: &mut Cx<'_>, module: &ModuleView) {
    form_row(ui, &cx.tr("device-apn"), |ui| {
        match &module.access_point {
            Some(name) => drop(ui.label(mono(name))),
            None => drop(ui.label(muted(&cx.tokens, cx.tr("device-apn-none")))),
        }
        if button(ui, &cx.tr("device-apn-delete"), why_not(cx, module).as_deref()).clicked() {
            want(cx, ModuleAction::ClearAccessPoint);
        }
    });
}

fn servers_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let module = &view.module;
    if let Some(servers) = &module.servers {
        form_row(ui, &cx.tr("device-servers"), |ui| drop(ui.label(mono(servers))));
    }
    let name = cx.tr("device-servers-new").into_owned();
    form_row(ui, &name, |ui| {
        let mut typed = view.screen.module.servers.clone();
        if named(ui.add(field(&mut typed, &name, SERVERS_WIDTH).hint_text("223.5.5.5")), &name).changed() {
            want(cx, ModuleAction::Servers(typed));
        }
        let wrong = (!module.are_servers_fine).then(|| cx.tr("device-servers-wrong").into_owned());
        let why_not = why_not(cx, module).or(wrong);
        if button(ui, &cx.tr("device-servers-set"), why_not.as_deref()).clicked() {
            want(cx, ModuleAction::SetServers);
        }
    });
}

/// What takes the module, or its radio, down and up; and the ways in which it passes messages.
fn hands_ui(ui: &mut Ui, cx: &mut Cx<'_>, module: &ModuleView) {
    let why_not = why_not(cx, module);
    let hands = [
        ("device-look", ModuleAction::Look),
        ("device-radio-off", ModuleAction::Radio(false)),
        ("device-radio-on", ModuleAction::Radio(true)),
        ("device-restart", ModuleAction::Restart),
        ("device-hex-on", ModuleAction::HexMode(true)),
        ("device-hex-off", ModuleAction::HexMode(false)),
    ];
    ui.horizontal_wrapped(|ui| {
        for (key, action) in hands {
            if button(ui, &cx.tr(key), why_not.as_deref()).clicked() {
                want(cx, action);
            }
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.label(muted(&cx.tokens, cx.tr("device-erase")));
        for key in ERASED {
            let name = cx.tr_args("device-erase-key", &[("key", key.into())]);
            let response = button(ui, key, why_not.as_deref());
            if named(response, &name).clicked() {
                want(cx, ModuleAction::Erase(key.to_owned()));
            }
        }
    });
}

fn field<'t>(typed: &'t mut String, name: &str, width: f32) -> TextEdit<'t> {
    TextEdit::singleline(typed)
        .id(field_id(name))
        .font(FontSelection::FontId(monospace(text::BODY - 1.0)))
        .desired_width(width)
        .min_size(vec2(0.0, size::CONTROL))
}

fn why_not(cx: &Cx<'_>, module: &ModuleView) -> Option<String> {
    module.why_not.map(|key| cx.tr(key).into_owned())
}

fn want(cx: &mut Cx<'_>, action: ModuleAction) {
    cx.push(Action::Module(action));
}

const PIN_WIDTH: f32 = 90.0;
const SERVERS_WIDTH: f32 = 150.0;
/// Settings of the encryption that stay in the way when they are left over (reference, section 9).
const ERASED: [&str; 4] = ["hostname", "cacert", "clientcert", "clientkey"];
