//! Which modem: the virtual one, a serial port that was found, or a path typed by hand.

use eframe::egui::{Align, Label, Layout, RadioButton, Role, TextEdit, Ui, WidgetInfo, vec2};

use crate::{
    action::{Action, Edit, LinkChoice},
    ui::{
        Cx,
        recorded::opener_ui,
        theme::{Tone, size, space},
        widgets::{
            Icon, Mark, badge, body, button, card, field_id, icon_button, in_sight, locked_ui, mark, mono, muted,
            named, quiet_button, small,
        },
    },
    view::{
        Port,
        connect::{ConnectView, PortRow, Ports, Probe},
    },
};

/// Draws the card.
pub(super) fn modem_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    card(ui, None, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        heading_ui(ui, cx, view);
        locked_ui(ui, view.is_editable, |ui| {
            virtual_ui(ui, cx, view);
            for device in view.ports.devices() {
                device_ui(ui, cx, view, device);
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

fn heading_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    ui.horizontal(|ui| {
        ui.label(body(cx.tr("modem-title")).strong());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, Icon::Reload, &cx.tr("ports-reload"), None).clicked() {
                cx.push(Action::ListPorts);
            }
            opener_ui(ui, cx);
            let why_not = why_no_probe(cx, view);
            if !view.ports.rows().is_empty()
                && quiet_button(ui, Icon::Search, &cx.tr("ports-probe"), why_not.as_deref()).clicked()
            {
                cx.push(Action::ProbePorts(Vec::new()));
            }
        });
    });
}

/// Why no port can be asked now.
fn why_no_probe(cx: &Cx<'_>, view: &ConnectView<'_>) -> Option<String> {
    let is_asking = view.ports.rows().iter().any(|row| row.probe == Probe::Asking);
    match (view.is_link_open, is_asking) {
        (true, _) => Some(cx.tr("ports-why-open").into_owned()),
        (false, true) => Some(cx.tr("probe-asking").into_owned()),
        (false, false) => None,
    }
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

/// One device; several functions of it stand under its name.
fn device_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>, rows: &[PortRow]) {
    let is_chosen = |row: &PortRow| matches!(&view.link, Port::Serial(name) if *name == row.name);
    if let [row] = rows {
        port_ui(ui, cx, row, is_chosen(row));
        return;
    }
    ui.horizontal(|ui| {
        let is_module = rows.iter().any(|row| row.is_air780e);
        let name = if is_module { "Air780E".to_owned() } else { cx.tr("device-several").into_owned() };
        ui.label(body(name));
        ui.label(muted(&cx.tokens, cx.tr_args("device-ports", &[("count", rows.len().into())])));
    });
    ui.indent("device", |ui| {
        for row in rows {
            port_ui(ui, cx, row, is_chosen(row));
        }
    });
}

fn port_ui(ui: &mut Ui, cx: &mut Cx<'_>, row: &PortRow, is_chosen: bool) {
    ui.horizontal(|ui| {
        let response = ui.add(RadioButton::new(is_chosen, mono(&row.name)));
        // Two ports of one device may be told apart by what follows; the name alone is what it is found by.
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, &row.name));
        if response.clicked() {
            cx.push(Action::Edit(Edit::Link(LinkChoice::Port(row.name.clone()))));
        }
        if row.is_air780e {
            badge(ui, Tone::Good, "Air780E");
        }
        ui.add(Label::new(muted(&cx.tokens, &row.detail)).truncate());
    });
    probe_ui(ui, cx, &row.probe);
}

/// What the port said, under its name.
fn probe_ui(ui: &mut Ui, cx: &Cx<'_>, probe: &Probe) {
    let Some(key) = probe.key() else { return };
    let shape = match probe {
        Probe::AtPort => Mark::Confirmed,
        Probe::Asking => Mark::Trying,
        Probe::Unusable(_) => Mark::Failed,
        Probe::NotAsked | Probe::Noise | Probe::Words | Probe::Silent => Mark::NotNeeded,
    };
    indented(ui, |ui| {
        ui.horizontal_top(|ui| {
            mark(ui, shape);
            let words = match probe {
                Probe::Unusable(why) => cx.text(why),
                _ => cx.tr(key).into_owned(),
            };
            ui.add(Label::new(small(words).color(shape.tone().ink(&cx.tokens))).wrap());
        });
    });
}

/// The port typed by hand, and the field to type one.
fn typed_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    if let Port::Serial(name) = &view.link
        && !view.ports.rows().iter().any(|row| row.name == *name)
    {
        let said = view.screen.typed_probe.as_ref().filter(|(asked, _)| asked == name);
        let probe = said.map(|(_, probe)| probe.clone()).unwrap_or_default();
        let detail = cx.tr("port-typed").into_owned();
        port_ui(ui, cx, &PortRow { name: name.clone(), detail, probe, ..PortRow::default() }, true);
    }
    ui.horizontal(|ui| {
        let mut path = view.screen.path.clone();
        let name = cx.tr("port-path");
        let hint = muted(&cx.tokens, cx.tr("port-path-hint"));
        let width = (ui.available_width() - USE_WIDTH).max(120.0);
        let id = field_id(&cx.tr("modem-title"));
        let field = TextEdit::singleline(&mut path).id(id).hint_text(hint).desired_width(width);
        if in_sight(named(ui.add(field.min_size(vec2(0.0, size::CONTROL))), &name)).changed() {
            cx.push(Action::Edit(Edit::PortPath(path.clone())));
        }
        let typed = path.trim();
        let is_empty = typed.is_empty().then(|| cx.tr("port-path-empty").into_owned());
        if button(ui, &cx.tr("port-use"), is_empty.as_deref()).clicked() {
            cx.push(Action::Edit(Edit::Link(LinkChoice::Port(typed.to_owned()))));
            cx.push(Action::ProbePorts(vec![typed.to_owned()]));
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
