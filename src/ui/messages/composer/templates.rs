//! The two menus of the composer: templates that are kept, placeholders that can be written.

use eframe::egui::{Align, Grid, Key, Label, Layout, Popup, PopupCloseBehavior, ScrollArea, Ui};

use crate::{
    action::{Action, MessagesAction},
    lang::Arg,
    ui::{
        Cx,
        theme::space,
        widgets::{Icon, body, button, icon_button, mono, muted},
    },
    view::messages::{Change, Composer, MessagesView, PLACEHOLDERS},
};

use super::super::{change, line, named};

/// The templates: one click puts one into the fields; the field below keeps the fields as one more.
pub(super) fn templates_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, fields: &mut Composer) {
    let opener = icon_button(ui, Icon::Template, &cx.tr("templates"), None);
    Popup::menu(&opener).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_width(MENU_WIDTH);
        if view.templates().is_empty() {
            let words = Label::new(muted(&cx.tokens, cx.tr("templates-empty"))).wrap();
            ui.with_layout(Layout::top_down(Align::Min), |ui| ui.add(words));
        }
        ScrollArea::vertical().max_height(MENU_HEIGHT).show(ui, |ui| {
            for template in view.templates() {
                ui.horizontal(|ui| {
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        let forget = cx.tr_args("template-forget", &[("name", Arg::from(template.name.as_str()))]);
                        if icon_button(ui, Icon::Delete, &forget, None).clicked() {
                            cx.push(Action::Messages(MessagesAction::ForgetTemplate(template.name.clone())));
                        }
                        ui.with_layout(Layout::top_down_justified(Align::Min), |ui| {
                            let response = ui.button(&template.name).on_hover_text(&template.topic);
                            if response.clicked() {
                                change(cx, Change::Wear(Box::new(template.clone())));
                                ui.close();
                            }
                        });
                    });
                });
            }
        });
        ui.separator();
        keep_ui(ui, cx, fields);
    });
}

fn keep_ui(ui: &mut Ui, cx: &mut Cx<'_>, fields: &mut Composer) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let name = fields.template_name.trim().to_owned();
            let why_not = name.is_empty().then(|| cx.tr("template-nameless"));
            let is_clicked = button(ui, &cx.tr("template-keep"), why_not.as_deref()).clicked();
            let hint = muted(&cx.tokens, cx.tr("template-name"));
            let width = ui.available_width();
            let field = line(&mut fields.template_name).hint_text(hint).char_limit(NAME_CHARS).desired_width(width);
            let response = named(ui.add(field), &cx.tr("template-name"));
            let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if (is_clicked || is_entered) && !name.is_empty() {
                cx.push(Action::Messages(MessagesAction::KeepTemplate(fields.template(&name))));
            }
        });
    });
}

/// The placeholders with what each becomes; one click appends it to the payload.
pub(super) fn placeholders_ui(ui: &mut Ui, cx: &mut Cx<'_>, fields: &mut Composer) {
    let opener = icon_button(ui, Icon::Braces, &cx.tr("placeholders"), None);
    let takes = fields.format.has_placeholders();
    Popup::menu(&opener).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.set_width(WIDE_MENU);
            ui.label(body(cx.tr("placeholders")).strong());
            let key = if takes { "placeholders-hint" } else { "placeholders-not-here" };
            ui.add(Label::new(muted(&cx.tokens, cx.tr(key))).wrap());
            ui.add_space(space::XS);
            ScrollArea::vertical().max_height(MENU_HEIGHT).show(ui, |ui| list_ui(ui, cx, fields, takes));
        });
    });
}

fn list_ui(ui: &mut Ui, cx: &Cx<'_>, fields: &mut Composer, takes: bool) {
    Grid::new("placeholder list").num_columns(2).show(ui, |ui| {
        for placeholder in PLACEHOLDERS {
            let response = ui.add_enabled_ui(takes, |ui| ui.button(mono(placeholder.text))).inner;
            if response.on_disabled_hover_text(cx.tr("placeholders-not-here")).clicked() {
                fields.payload.push_str(placeholder.text);
            }
            ui.label(muted(&cx.tokens, cx.tr(placeholder.hint_key)));
            ui.end_row();
        }
    });
}

const MENU_WIDTH: f32 = 280.0;
const WIDE_MENU: f32 = 440.0;
const MENU_HEIGHT: f32 = 200.0;
const NAME_CHARS: usize = 60;
