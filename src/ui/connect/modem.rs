//! Which modem: the virtual one, a serial port that was found, or a path typed by hand.

use eframe::egui::{Align, Layout, RadioButton, TextEdit, Ui, vec2};

use crate::{
    action::{Action, Edit, LinkChoice},
    ui::{
        Cx,
        theme::{Tone, size, space},
        widgets::{Icon, badge, body, button, card, icon_button, mono, muted, named},
    },
    view::{
        Port,
        connect::{ConnectView, PortRow, Ports},
    },
};

/// Draws the card.
pub(super) fn modem_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    card(ui, None, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.horizontal(|ui| {
            ui.label(body(cx.tr("modem-title")).strong());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icon_button(ui, Icon::Reload, &cx.tr("ports-reload"), None).clicked() {
                    cx.push(Action::ListPorts);
                }
            });
        });
        ui.add_enabled_ui(view.is_editable, |ui| {
            virtual_ui(ui, cx, view);
            for row in view.ports.rows() {
                port_ui(ui, cx, row, matches!(&view.link, Port::Serial(name) if *name == row.name));
            }
            typed_ui(ui, cx, view);
        });
        match view.ports {
            Ports::Looking => drop(ui.label(muted(&cx.tokens, cx.tr("ports-looking")))),
            Ports::Found(rows) if rows.is_empty() => drop(ui.label(muted(&cx.tokens, cx.tr("ports-none")))),
            Ports::Found(_) => {}
            Ports::Failed(detail) => {
                let words = cx.tr_args("ports-failed", &[("detail", detail.as_str().into())]);
                ui.label(muted(&cx.tokens, words).color(cx.tokens.colors.bad));
            }
        }
    });
}

fn virtual_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let is_chosen = view.link == Port::Virtual;
    ui.horizontal(|ui| {
        if ui.add(RadioButton::new(is_chosen, body(cx.tr("virtual-modem")))).clicked() {
            cx.push(Action::Edit(Edit::Link(LinkChoice::Virtual)));
        }
        badge(ui, Tone::Warn, &cx.tr("simulated"));
    });
    indented(ui, |ui| {
        ui.label(muted(&cx.tokens, cx.tr("virtual-modem-hint")));
    });
}

fn port_ui(ui: &mut Ui, cx: &mut Cx<'_>, row: &PortRow, is_chosen: bool) {
    ui.horizontal(|ui| {
        if ui.add(RadioButton::new(is_chosen, mono(&row.name))).clicked() {
            cx.push(Action::Edit(Edit::Link(LinkChoice::Port(row.name.clone()))));
        }
        ui.label(muted(&cx.tokens, &row.detail));
        if row.is_air780e {
            badge(ui, Tone::Good, "Air780E");
        }
    });
}

/// The port typed by hand, and the field to type one.
fn typed_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    if let Port::Serial(name) = &view.link
        && !view.ports.rows().iter().any(|row| row.name == *name)
    {
        let row = PortRow { name: name.clone(), detail: cx.tr("port-typed").into_owned(), is_air780e: false };
        port_ui(ui, cx, &row, true);
    }
    ui.horizontal(|ui| {
        let mut path = view.screen.path.clone();
        let name = cx.tr("port-path");
        let hint = muted(&cx.tokens, cx.tr("port-path-hint"));
        let width = (ui.available_width() - USE_WIDTH).max(120.0);
        let field = TextEdit::singleline(&mut path).hint_text(hint).desired_width(width);
        if named(ui.add(field.min_size(vec2(0.0, size::CONTROL))), &name).changed() {
            cx.push(Action::Edit(Edit::PortPath(path.clone())));
        }
        let why_not = path.trim().is_empty().then(|| cx.tr("port-path-empty").into_owned());
        if button(ui, &cx.tr("port-use"), why_not.as_deref()).clicked() {
            cx.push(Action::Edit(Edit::Link(LinkChoice::Port(path.trim().to_owned()))));
        }
    });
}

/// Under the word of a radio button.
pub(super) fn indented(ui: &mut Ui, add_contents: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.add_space(size::ICON + space::XS + space::HAIR);
        ui.vertical(add_contents);
    });
}

const USE_WIDTH: f32 = 96.0;
