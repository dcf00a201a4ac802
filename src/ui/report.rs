//! The report before it goes out: what it will say, with what is masked in it marked, and the ways to send it.

use eframe::egui::{Align2, Frame, Id, Label, Role, Sense, Stroke, TextEdit, Ui, WidgetInfo, pos2, vec2};

use crate::{
    action::{Action, ReportAction},
    view::report::{Form, Screen},
};

use super::{
    Cx,
    theme::{Tone, monospace, size, space, text},
    widgets::{
        Icon, RowList, Rows, badge, body, button, choice, dialog, muted, named, primary_button, quiet_button, small,
        title, toggle,
    },
};

/// Draws the dialog over the window.
pub fn report_ui(ui: &Ui, cx: &mut Cx<'_>, screen: &Screen) {
    let window = ui.ctx().content_rect();
    let width = (window.width() - 120.0).clamp(320.0, WIDEST);
    let asked = dialog(ui, "report", width, |ui, _| {
        ui.horizontal(|ui| {
            ui.label(title(cx.tr("report-dialog")));
            if screen.is_simulated {
                badge(ui, Tone::Warn, &cx.tr("simulated"));
            }
        });
        ui.add(Label::new(muted(&cx.tokens, cx.tr("report-dialog-hint"))).wrap());
        ui.add_space(space::S);
        form_ui(ui, cx, screen);
        ui.add_space(space::S);
        preview_ui(ui, cx, screen, (window.height() - AROUND).max(LEAST_PREVIEW));
        ui.add_space(space::S);
        buttons_ui(ui, cx, screen);
    });
    if asked.is_left {
        want(cx, ReportAction::Ask(false));
    }
}

/// The tool that opens it, in the look of the tools beside it.
pub(super) fn opener_ui(ui: &mut Ui, cx: &mut Cx<'_>, why_not: Option<&str>) {
    let tool = if ui.available_width() < OPENER { super::widgets::icon_button } else { quiet_button };
    if tool(ui, Icon::Save, &cx.tr("report-open"), why_not).clicked() {
        want(cx, ReportAction::Ask(true));
    }
}

fn form_ui(ui: &mut Ui, cx: &mut Cx<'_>, screen: &Screen) {
    ui.horizontal_wrapped(|ui| {
        let words = |form: Form| cx.tr(form_key(form)).into_owned();
        if let Some(form) = choice(ui, &cx.tr("report-form"), screen.form, &Form::ALL, words) {
            want(cx, ReportAction::Form(form));
        }
        if let Some(is_both) = toggle(ui, &cx.tr("report-both"), screen.is_both) {
            want(cx, ReportAction::Both(is_both));
        }
        let name = cx.tr("report-hide");
        let mut hidden = screen.hidden.clone();
        let field = TextEdit::singleline(&mut hidden)
            .id(Id::unique("words to hide"))
            .hint_text(muted(&cx.tokens, name.as_ref()))
            .min_size(vec2(0.0, size::CONTROL))
            .desired_width(ui.available_width().max(160.0));
        if named(ui.add(field), &name).on_hover_text(cx.tr("report-hide-hint")).changed() {
            want(cx, ReportAction::Hide(hidden));
        }
    });
}

fn preview_ui(ui: &mut Ui, cx: &Cx<'_>, screen: &Screen, height: f32) {
    let well = Frame::new().fill(cx.tokens.colors.well).stroke(Stroke::new(1.0, cx.tokens.colors.line));
    well.corner_radius(size::RADIUS).inner_margin(6).show(ui, |ui| {
        ui.set_min_size(vec2(ui.available_width(), height));
        ui.set_max_height(height);
        let Some(lines) = &screen.preview else {
            let words = screen.failed.clone().unwrap_or_else(|| cx.tr("report-being-made").into_owned());
            ui.label(body(words));
            return;
        };
        let rows = Rows { first: 0, count: lines.len() };
        RowList::new("report preview", rows, size::WIRE_ROW).show(ui, |ui, row| line_ui(ui, cx, &lines[row]));
    });
    if screen.preview.is_some() {
        ui.label(small(cx.tr_args("report-masked-lines", &[("count", screen.masked().into())])));
    }
}

fn line_ui(ui: &Ui, cx: &Cx<'_>, line: &str) {
    let rect = ui.max_rect();
    let response = ui.interact(rect, ui.scope_id().with("line"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, line));
    let colors = &cx.tokens.colors;
    if Screen::is_masked(line) {
        ui.painter().rect_filled(rect, 0.0, colors.warn_wash);
    }
    let font = monospace(text::SMALL);
    let (shown, more) = crate::view::clip::clip(line, crate::view::clip::ROW);
    let shown = if more > 0 { format!("{shown}…") } else { shown.to_owned() };
    ui.painter().text(pos2(rect.left() + space::XS, rect.center().y), Align2::LEFT_CENTER, shown, font, colors.text);
}

fn buttons_ui(ui: &mut Ui, cx: &mut Cx<'_>, screen: &Screen) {
    let why_not = screen.preview.is_none().then(|| cx.tr("report-why-unmade").into_owned());
    ui.horizontal_wrapped(|ui| {
        if primary_button(ui, &cx.tr("report-save"), why_not.as_deref()).clicked() {
            want(cx, ReportAction::Save);
        }
        for (key, form) in [("report-copy-markdown", Form::Markdown), ("report-copy-text", Form::Text)] {
            if button(ui, &cx.tr(key), why_not.as_deref()).clicked() {
                want(cx, ReportAction::Copy(form));
            }
        }
        if button(ui, &cx.tr("save-cancel"), None).clicked() {
            want(cx, ReportAction::Ask(false));
        }
    });
}

const fn form_key(form: Form) -> &'static str {
    match form {
        Form::Html => "report-form-html",
        Form::Markdown => "report-form-markdown",
        Form::Text => "report-form-text",
    }
}

fn want(cx: &mut Cx<'_>, action: ReportAction) {
    cx.push(Action::Report(action));
}

const WIDEST: f32 = 900.0;
/// Height of all of the dialog but the preview, and of what stays of the window around it.
const AROUND: f32 = 330.0;
const LEAST_PREVIEW: f32 = 140.0;
const OPENER: f32 = 320.0;
