//! The broker inside this program: where it listens, who may come, who is there, and what happened.

use eframe::egui::{Label, ScrollArea, Ui};

use crate::{
    action::{Action, DemoAction, Password},
    ui::{
        Cx,
        theme::{Tone, space},
        widgets::{
            FieldState, Icon, body, button, card, icon_button, mono, muted, password_field, small, text_field, toggle,
        },
    },
    view::demo::{BrokerView, ClientRow},
};

/// Draws the part.
pub(super) fn broker_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &BrokerView<'_>) {
    ScrollArea::vertical().id_salt("broker").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        address_ui(ui, cx, view);
        access_ui(ui, cx, view);
        if view.is_running() {
            clients_ui(ui, cx, view);
            log_ui(ui, cx, view);
        }
    });
}

fn address_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &BrokerView<'_>) {
    card(ui, Some(&cx.tr("desk-where")), |ui| {
        for address in view.addresses() {
            ui.horizontal(|ui| {
                ui.label(mono(&address));
                let name = cx.tr_args("desk-copy", &[("address", address.as_str().into())]);
                if icon_button(ui, Icon::Copy, &name, None).clicked() {
                    cx.push(Action::Copy(address.clone()));
                }
            });
        }
        if !view.is_running() {
            ui.label(muted(&cx.tokens, cx.tr("desk-not-running")));
        }
        if let Some(fault) = view.fault() {
            ui.add(Label::new(small(fault).color(Tone::Bad.ink(&cx.tokens))).wrap());
        }
        ui.horizontal(|ui| {
            let why_not = view.why_not_start.as_ref().map(|why| cx.text(why));
            let word = cx.tr(if view.is_running() { "desk-restart" } else { "desk-start" });
            if button(ui, &word, why_not.as_deref()).clicked() {
                cx.push(Action::Demo(DemoAction::StartBroker));
            }
            if view.is_running() && button(ui, &cx.tr("desk-stop"), None).clicked() {
                cx.push(Action::Demo(DemoAction::StopBroker));
            }
        });
    });
}

/// Port, network and login; they count from the next start on.
fn access_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &BrokerView<'_>) {
    card(ui, Some(&cx.tr("desk-access")), |ui| {
        let mut entry = view.entry.clone();
        let state = view.port_fault.as_ref().map_or(FieldState::Fine, |why| FieldState::Wrong(cx.text(why)));
        let hint = cx.tr("desk-port-hint").into_owned();
        text_field(ui, &cx.tr("desk-port"), &mut entry.port, &hint, &state);
        if let Some(is_on) = toggle(ui, &cx.tr("desk-on-network"), entry.is_on_network) {
            entry.is_on_network = is_on;
        }
        if let Some(wants) = toggle(ui, &cx.tr("desk-wants-login"), entry.wants_login) {
            entry.wants_login = wants;
        }
        if entry.is_on_network && !entry.wants_login {
            ui.add(Label::new(small(cx.tr("desk-open-warning")).color(Tone::Warn.ink(&cx.tokens))).wrap());
        }
        if entry.wants_login {
            text_field(ui, &cx.tr("desk-user"), &mut entry.user, "guest", &FieldState::Fine);
            let mut password = view.password.to_owned();
            password_field(ui, &cx.tr("desk-password"), &mut password, "", &FieldState::Fine);
            if password != view.password {
                cx.push(Action::Demo(DemoAction::BrokerPassword(Password::new(password))));
            }
        }
        ui.add(Label::new(muted(&cx.tokens, cx.tr("desk-access-hint"))).wrap());
        if entry != *view.entry {
            cx.push(Action::Demo(DemoAction::Broker(Box::new(entry))));
        }
    });
}

fn clients_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &BrokerView<'_>) {
    let clients = view.clients();
    let heading = cx.tr_args("desk-clients", &[("n", clients.len().into())]);
    card(ui, Some(&heading), |ui| {
        if clients.is_empty() {
            ui.label(muted(&cx.tokens, cx.tr("desk-nobody")));
        }
        for client in &clients {
            client_ui(ui, cx, client);
        }
    });
}

fn client_ui(ui: &mut Ui, cx: &mut Cx<'_>, client: &ClientRow) {
    ui.horizontal(|ui| {
        ui.add(Label::new(body(&client.name).strong()).truncate());
        let name = cx.tr_args("desk-kick", &[("id", client.name.as_str().into())]);
        if icon_button(ui, Icon::Close, &name, None).clicked() {
            cx.push(Action::Demo(DemoAction::Kick(client.client_id.clone())));
        }
    });
    ui.add(Label::new(small(cx.text(&client.about))).wrap());
    if !client.subscriptions.is_empty() {
        ui.add(Label::new(mono(&client.subscriptions)).wrap());
    }
    ui.label(muted(&cx.tokens, cx.text(&client.counts)));
}

fn log_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &BrokerView<'_>) {
    card(ui, Some(&cx.tr("desk-log")), |ui| {
        for row in view.log() {
            let tone = if row.is_bad { Tone::Bad } else { Tone::Neutral };
            let words = format!("{}  {}", row.time, cx.text(&row.words));
            ui.add(Label::new(small(words).color(tone.ink(&cx.tokens))).wrap());
        }
    });
}
