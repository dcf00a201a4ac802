//! Which broker, as whom, and for which messages.

use eframe::egui::{Align, CollapsingHeader, FontSelection, Label, Layout, RadioButton, TextEdit, Ui, vec2};

use crate::{
    action::{Action, ComebackChoice, Edit, MessagesAction, Profile, Qos, SecretKind},
    ui::{
        Cx,
        theme::{Tone, monospace, size, space, text},
        widgets::{
            FieldState, Icon, badge, body, card, choice, field_id, form_row, icon_button, in_sight, mono, muted, named,
            quiet_button, small, text_field, toggle,
        },
    },
    view::{
        Port,
        connect::{ConnectView, Field, Offered},
    },
};

use super::{modem::indented, password, state};

/// Draws the card of the broker and the login.
pub(super) fn broker_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>, fields: &mut Profile) {
    card(ui, Some(&cx.tr("broker-title")), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let can_use_own = view.link == Port::Virtual;
        if can_use_own {
            own_broker_ui(ui, cx, view, fields);
        }
        if !can_use_own || !fields.uses_own_broker {
            text_field(
                ui,
                &cx.tr("field-host"),
                &mut fields.host,
                &cx.tr("field-host-hint"),
                &state(cx, view, Field::Host),
            );
            host_meant_ui(ui, cx, view, fields);
            text_field(ui, &cx.tr("field-port"), &mut fields.port, "1883", &state(cx, view, Field::Port));
        }
        text_field(ui, &cx.tr("field-client-id"), &mut fields.client_id, "", &state(cx, view, Field::ClientId));
        let optional = cx.tr("field-optional").into_owned();
        text_field(ui, &cx.tr("field-user"), &mut fields.user, &optional, &state(cx, view, Field::User));
        password_ui(ui, cx, view);
        let mut keep_alive = state(cx, view, Field::KeepAlive);
        if let (Some(advice), FieldState::Fine) = (&view.keep_alive_advice, &keep_alive) {
            keep_alive = FieldState::Doubtful(cx.text(advice));
        }
        text_field(ui, &cx.tr("field-keep-alive"), &mut fields.keep_alive, "120", &keep_alive);
        form_row(ui, "", |ui| {
            if let Some(clean) = toggle(ui, &cx.tr("field-clean-session"), fields.clean_session) {
                fields.clean_session = clean;
            }
        });
        comeback_ui(ui, cx, fields);
    });
}

/// What is done when the session is lost, and the pauses where it is opened again by itself.
fn comeback_ui(ui: &mut Ui, cx: &Cx<'_>, fields: &mut Profile) {
    let name = cx.tr("comeback-field");
    let word = |choice: ComebackChoice| {
        cx.tr(match choice {
            ComebackChoice::Off => "comeback-off",
            ComebackChoice::Ask => "comeback-ask",
            ComebackChoice::Automatic => "comeback-automatic",
        })
        .into_owned()
    };
    let entry = &mut fields.comeback;
    form_row(ui, &name, |ui| {
        ui.spacing_mut().combo_width = COMEBACK_WIDTH;
        if let Some(choice) = choice(ui, &name, entry.choice, &ComebackChoice::ALL, word) {
            entry.choice = choice;
        }
    });
    if entry.choice != ComebackChoice::Automatic {
        return;
    }
    form_row(ui, "", |ui| {
        ui.spacing_mut().combo_width = PAUSE_WIDTH;
        ui.label(muted(&cx.tokens, cx.tr("comeback-pauses")));
        pause_ui(ui, &cx.tr("comeback-first-pause"), &mut entry.first_pause_s, &FIRST_PAUSES);
        ui.label(muted(&cx.tokens, "–"));
        pause_ui(ui, &cx.tr("comeback-longest-pause"), &mut entry.longest_pause_s, &LONGEST_PAUSES);
    });
}

/// One pause; one that a file brought stays among those to choose from.
fn pause_ui(ui: &mut Ui, name: &str, seconds: &mut u16, usual: &[u16]) {
    let mut all = usual.to_vec();
    if !all.contains(seconds) {
        all.push(*seconds);
        all.sort_unstable();
    }
    if let Some(chosen) = choice(ui, name, *seconds, &all, |seconds| format!("{seconds} s")) {
        *seconds = chosen;
    }
}

/// Offers the host that can be read out of what was typed or pasted.
fn host_meant_ui(ui: &mut Ui, cx: &Cx<'_>, view: &ConnectView<'_>, fields: &mut Profile) {
    let Some(meant) = &view.host_meant else { return };
    let host = ("host", meant.host.as_str().into());
    let words = match meant.port {
        Some(port) => cx.tr_args("host-meant-port", &[host, ("port", port.to_string().into())]),
        None => cx.tr_args("host-meant", &[host]),
    };
    form_row(ui, "", |ui| {
        if quiet_button(ui, Icon::Right, &words, None).clicked() {
            fields.host.clone_from(&meant.host);
            if let Some(port) = meant.port {
                fields.port = port.to_string();
            }
        }
    });
}

fn own_broker_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>, fields: &mut Profile) {
    let own = RadioButton::new(fields.uses_own_broker, body(cx.tr("own-broker")));
    if ui.add(own).clicked() {
        fields.uses_own_broker = true;
    }
    indented(ui, |ui| match &view.own_broker {
        Some(address) => {
            ui.horizontal(|ui| {
                ui.label(mono(address));
                if icon_button(ui, Icon::Copy, &cx.tr("own-broker-copy"), None).clicked() {
                    cx.push(Action::Copy(address.clone()));
                }
            });
            ui.label(muted(&cx.tokens, cx.tr("own-broker-join")));
            for told in &view.losses {
                ui.add(Label::new(muted(&cx.tokens, cx.text(told)).color(cx.tokens.colors.bad)).wrap());
            }
        }
        None => drop(ui.label(muted(&cx.tokens, cx.tr("own-broker-hint")))),
    });
    if ui.add(RadioButton::new(!fields.uses_own_broker, body(cx.tr("other-broker")))).clicked() {
        fields.uses_own_broker = false;
    }
    ui.add_space(space::XS);
}

fn password_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let wrong = state(cx, view, Field::Password);
    if let Some(typed) = password::field_ui(ui, cx, view, SecretKind::Login, &view.secrets.login, &wrong) {
        cx.push(Action::Edit(Edit::Secret(SecretKind::Login, typed)));
    }
}

/// Draws the card of the subscriptions and the topic to publish to.
pub(super) fn subscriptions_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>, fields: &mut Profile) {
    card(ui, Some(&cx.tr("subscriptions-title")), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let mut removed = None;
        for index in 0..fields.subscriptions.len() {
            if subscription_ui(ui, cx, view, fields, index) {
                removed = Some(index);
            }
        }
        if let Some(index) = removed {
            fields.subscriptions.remove(index);
        }
        for wanted in view.offered() {
            added_ui(ui, cx, &wanted);
        }
        if quiet_button(ui, Icon::Add, &cx.tr("subscription-add"), None).clicked() {
            cx.push(Action::Edit(Edit::AddSubscription));
        }
        let cached = ui.checkbox(&mut fields.is_cached, cx.tr("field-cached"));
        cached.on_hover_text(cx.tr("field-cached-hint"));
        text_field(ui, &cx.tr("field-publish-topic"), &mut fields.publish_topic, "mqtt/sub", &FieldState::Fine);
    });
}

/// One wanted subscription; says whether it shall go.
fn subscription_ui(ui: &mut Ui, cx: &Cx<'_>, view: &ConnectView<'_>, fields: &mut Profile, index: usize) -> bool {
    let number = [("number", (index + 1).into())];
    let removed = ui
        .horizontal(|ui| {
            let entry = &mut fields.subscriptions[index];
            let width = (ui.available_width() - QOS_WIDTH).max(100.0);
            let name = cx.tr_args("subscription-filter", &number);
            let field = TextEdit::singleline(&mut entry.filter)
                .id(field_id(&name))
                .font(FontSelection::FontId(monospace(text::BODY - 1.0)))
                .desired_width(width)
                .min_size(vec2(0.0, size::CONTROL));
            in_sight(named(ui.add(field), &name));
            let name = cx.tr_args("subscription-qos", &number);
            ui.spacing_mut().combo_width = 72.0;
            if let Some(qos) = choice(ui, &name, entry.qos, &Qos::ALL, |qos| format!("QoS {qos}")) {
                entry.qos = qos;
            }
            icon_button(ui, Icon::Close, &cx.tr_args("subscription-remove", &number), None).clicked()
        })
        .inner;
    if let FieldState::Wrong(words) = state(cx, view, Field::Subscription(index)) {
        ui.label(small(words).color(cx.tokens.colors.bad));
    }
    removed
}

/// A subscription that was made on the Messages page: asked for too, and offered to the profile.
fn added_ui(ui: &mut Ui, cx: &mut Cx<'_>, wanted: &Offered) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let args = [("filter", wanted.text.as_str().into())];
            if icon_button(ui, Icon::Close, &cx.tr_args("subscription-forget", &args), None).clicked() {
                cx.push(Action::Messages(MessagesAction::Forget(wanted.filter.clone())));
            }
            if icon_button(ui, Icon::Save, &cx.tr_args("subscription-keep", &args), None).clicked() {
                cx.push(Action::Messages(MessagesAction::KeepSubscription(wanted.filter.clone())));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(mono(&wanted.text)).truncate()).on_hover_text(&wanted.text);
                ui.label(muted(&cx.tokens, format!("QoS {} · {}", wanted.qos, cx.tr("subscription-from-messages"))));
            });
        });
    });
}

/// Draws the foldable card of the last will.
pub(super) fn will_ui(ui: &mut Ui, cx: &Cx<'_>, view: &ConnectView<'_>, fields: &mut Profile) {
    card(ui, None, |ui| {
        let title = body(cx.tr("will-title"));
        CollapsingHeader::new(title).id_salt("will").default_open(fields.will.is_on).show_unindented(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            ui.label(muted(&cx.tokens, cx.tr("will-hint")));
            if let Some(is_on) = toggle(ui, &cx.tr("will-on"), fields.will.is_on) {
                fields.will.is_on = is_on;
            }
            if !fields.will.is_on {
                return;
            }
            let will = &mut fields.will;
            let topic_state = state(cx, view, Field::WillTopic);
            text_field(ui, &cx.tr("will-topic"), &mut will.topic, "device/state", &topic_state);
            let payload_state = state(cx, view, Field::WillPayload);
            text_field(ui, &cx.tr("will-payload"), &mut will.payload, "offline", &payload_state);
            form_row(ui, "", |ui| {
                if let Some(qos) = choice(ui, &cx.tr("will-qos"), will.qos, &Qos::ALL, |qos| format!("QoS {qos}")) {
                    will.qos = qos;
                }
                if let Some(retain) = toggle(ui, &cx.tr("will-retain"), will.retain) {
                    will.retain = retain;
                }
            });
        });
        if fields.will.is_on {
            badge(ui, Tone::Busy, &cx.tr("will-is-on"));
        }
    });
}

const QOS_WIDTH: f32 = 140.0;
const COMEBACK_WIDTH: f32 = 200.0;
const PAUSE_WIDTH: f32 = 64.0;
/// Pauses to choose from, in seconds.
const FIRST_PAUSES: [u16; 5] = [1, 2, 5, 10, 30];
const LONGEST_PAUSES: [u16; 5] = [10, 30, 60, 300, 900];
