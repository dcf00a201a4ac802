//! The top bar: which modem, which profile, the one button, how the air is, language and theme.

use eframe::egui::{
    Align, ComboBox, CornerRadius, Label, Layout, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2,
};

use crate::{
    action::{Action, DemoAction, Edit, LinkChoice, Look, ProfileAction, ThemeChoice},
    lang::Lang,
    view::{
        Port,
        top_bar::{MainButton, SignalView, TopBarView},
    },
};

use super::{
    Cx,
    theme::{Tone, size, space},
    widgets::{Icon, badge, body, icon, icon_button, locked_ui, mono, muted, primary_button, quiet_button, small},
};

/// Draws the bar.
pub fn bar_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TopBarView) {
    let is_narrow = is_narrow(ui);
    ui.horizontal_centered(|ui| {
        if !is_narrow {
            ui.add(icon(Icon::Chip, cx.tokens.colors.muted));
        }
        link_ui(ui, cx, view);
        profile_ui(ui, cx, view);
        button_ui(ui, cx, view);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            theme_ui(ui, cx, view);
            lang_ui(ui, cx, view);
            let opener = if is_narrow { icon_button } else { quiet_button };
            if opener(ui, Icon::Play, &cx.tr("demo-open"), None).on_hover_text("F2").clicked() {
                cx.push(Action::Demo(DemoAction::Toggle));
            }
            if let Some(title) = &view.playing {
                playing_ui(ui, cx, title);
            }
            if let Some(name) = &view.recorded {
                super::recorded::sign_ui(ui, cx, name);
            }
            if view.is_simulated {
                badge(ui, Tone::Warn, &cx.tr("simulated")).on_hover_text(cx.tr("simulated-hint"));
            }
            if let Some(signal) = view.signal {
                signal_ui(ui, cx, signal);
            }
            if let Some(firmware) = view.firmware.as_ref().filter(|_| ui.available_width() > FIRMWARE_WIDTH) {
                ui.label(muted(&cx.tokens, firmware));
            }
        });
    });
}

/// The scenario that is on, and the way to end it.
fn playing_ui(ui: &mut Ui, cx: &mut Cx<'_>, title: &str) {
    let name = cx.tr_args("demo-end", &[("title", title.into())]);
    if icon_button(ui, Icon::Close, &name, None).clicked() {
        cx.push(Action::Demo(DemoAction::Leave));
    }
    let width = (ui.available_width() - KEPT_WIDTH).min(PLAYING_WIDTH);
    if width < PLAYING_LEAST {
        return;
    }
    let words = small(title).color(Tone::Warn.ink(&cx.tokens));
    ui.allocate_ui_with_layout(vec2(width, size::CONTROL), Layout::right_to_left(Align::Center), |ui| {
        ui.set_max_width(width);
        ui.add(Label::new(words).truncate()).on_hover_text(title);
    });
}

fn link_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TopBarView) {
    let name = cx.tr("top-modem").into_owned();
    let virtual_name = cx.tr("virtual-modem").into_owned();
    let current = match &view.link {
        Port::Virtual => virtual_name.clone(),
        Port::Serial(port) => port.clone(),
    };
    let width = if is_narrow(ui) { LINK_WIDTH_NARROW } else { LINK_WIDTH };
    let combo = ComboBox::from_id_salt("modem").width(width).selected_text(body(&current)).truncate();
    let response = locked_ui(ui, view.is_link_free, |ui| {
        ui.set_max_width(width);
        combo.show_ui(ui, |ui| {
            if ui.selectable_label(view.link == Port::Virtual, &virtual_name).clicked() {
                cx.push(Action::Edit(Edit::Link(LinkChoice::Virtual)));
            }
            for port in &view.ports {
                let is_chosen = matches!(&view.link, Port::Serial(chosen) if chosen == port);
                if ui.selectable_label(is_chosen, mono(port)).clicked() {
                    cx.push(Action::Edit(Edit::Link(LinkChoice::Port(port.clone()))));
                }
            }
        })
    })
    .inner
    .response;
    name_combo(&response, &name, &current);
    let response = match &view.firmware {
        Some(firmware) => response.on_hover_text(format!("{name} · {firmware}")),
        None => response.on_hover_text(name),
    };
    response.on_disabled_hover_text(cx.tr("why-not-while-connected"));
}

fn profile_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TopBarView) {
    let name = cx.tr("top-profile").into_owned();
    let current = if view.profile.is_empty() { cx.tr("profile-unsaved").into_owned() } else { view.profile.clone() };
    let width = if is_narrow(ui) { PROFILE_WIDTH_NARROW } else { PROFILE_WIDTH };
    let combo = ComboBox::from_id_salt("profile").width(width).selected_text(body(&current)).truncate();
    let response = locked_ui(ui, view.is_link_free, |ui| {
        ui.set_max_width(width);
        combo.show_ui(ui, |ui| {
            for saved in &view.profiles {
                if ui.selectable_label(*saved == view.profile, saved).clicked() {
                    cx.push(Action::Profile(ProfileAction::Choose(saved.clone())));
                }
            }
            if ui.selectable_label(false, muted(&cx.tokens, cx.tr("profile-new"))).clicked() {
                cx.push(Action::Profile(ProfileAction::New));
            }
        })
    })
    .inner
    .response;
    name_combo(&response, &name, &current);
    response.on_hover_text(name).on_disabled_hover_text(cx.tr("why-not-while-connected"));
}

fn name_combo(response: &Response, name: &str, current: &str) {
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, response.enabled(), name);
        info.current_text_value = Some(current.to_owned());
        info
    });
}

fn button_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TopBarView) {
    let (key, action) = match view.button {
        MainButton::Connect => ("connect", Action::Connect),
        MainButton::Stop => ("connect-stop", Action::Disconnect),
        MainButton::Disconnect => ("disconnect", Action::Disconnect),
        MainButton::CloseNow => ("close-now", Action::Disconnect),
    };
    let word = cx.tr(key);
    let response = match view.button {
        MainButton::Connect => primary_button(ui, &word, None),
        _ => super::widgets::button(ui, &word, None),
    };
    if response.on_hover_text("Ctrl+K").clicked() {
        cx.push(action);
    }
    let closer = if is_narrow(ui) { icon_button } else { quiet_button };
    if view.can_close_port && closer(ui, Icon::Close, &cx.tr("close-port"), None).clicked() {
        cx.push(Action::Disconnect);
    }
}

fn signal_ui(ui: &mut Ui, cx: &Cx<'_>, signal: SignalView) {
    let words = signal.dbm.map_or_else(|| "? dBm".to_owned(), |dbm| format!("{dbm} dBm").replace('-', "−"));
    let hint = cx.tr_args("signal-hint", &[("seconds", signal.age.as_secs().into())]);
    if ui.available_width() < BARS_WIDTH {
        return;
    }
    if ui.available_width() > SIGNAL_WIDTH {
        ui.label(mono(&words)).on_hover_text(&hint);
    }
    let (rect, response) = ui.allocate_exact_size(vec2(22.0, size::ICON), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    response.on_hover_text(format!("{words} · {hint}"));
    let tone = match signal.bars {
        0 | 1 => Tone::Bad,
        2 => Tone::Warn,
        _ => Tone::Good,
    };
    for bar in 0..4_u8 {
        let left = rect.left() + f32::from(bar) * 5.5;
        let height = 4.0 + 4.0 * f32::from(bar);
        let shape = Rect::from_min_max(pos2(left, rect.bottom() - height), pos2(left + 4.0, rect.bottom()));
        let color = if bar < signal.bars { tone.ink(&cx.tokens) } else { cx.tokens.colors.line };
        ui.painter().rect_filled(shape, CornerRadius::same(1), color);
    }
}

fn lang_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TopBarView) {
    let mut others = Lang::ALL.into_iter().cycle().skip_while(|lang| *lang != view.lang);
    let other = others.nth(1).unwrap_or_default();
    let signs: Vec<_> = Lang::ALL.iter().rev().map(|lang| lang.tr("language-sign")).collect();
    let name = cx.tr_args("switch-language", &[("language", other.own_name().into())]);
    let button =
        eframe::egui::Button::new(body(signs.join(" / ")).color(cx.tokens.colors.muted)).frame_when_inactive(false);
    let response = ui.add(button.min_size(vec2(0.0, size::CONTROL)));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.on_hover_text(&name).clicked() {
        cx.push(Action::Look(Look::Lang(other)));
    }
}

fn theme_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &TopBarView) {
    let (picture, now, next) = match view.theme {
        ThemeChoice::System => (Icon::System, "theme-system", ThemeChoice::Light),
        ThemeChoice::Light => (Icon::Sun, "theme-light", ThemeChoice::Dark),
        ThemeChoice::Dark => (Icon::Moon, "theme-dark", ThemeChoice::System),
    };
    let name = format!("{}: {}", cx.tr("theme"), cx.tr(now));
    if icon_button(ui, picture, &name, None).clicked() {
        cx.push(Action::Look(Look::Theme(next)));
    }
    ui.add_space(-space::XS);
}

/// Whether the bar is that of a small window at the stage size.
fn is_narrow(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() < NARROW
}

/// Most width of a scenario's title, least with which it is shown, and what it leaves to the badge and the signal.
const PLAYING_WIDTH: f32 = 220.0;
const PLAYING_LEAST: f32 = 40.0;
const KEPT_WIDTH: f32 = 110.0;
const NARROW: f32 = 880.0;
const LINK_WIDTH: f32 = 176.0;
const LINK_WIDTH_NARROW: f32 = 112.0;
const PROFILE_WIDTH: f32 = 136.0;
const PROFILE_WIDTH_NARROW: f32 = 96.0;
/// The strength in figures is shown where at least so much is left, its bars where there is room for them.
const SIGNAL_WIDTH: f32 = 104.0;
const BARS_WIDTH: f32 = 30.0;
/// The firmware's name is shown where at least so much is left.
const FIRMWARE_WIDTH: f32 = 220.0;
