//! The payload: a text field, or a file.

use eframe::egui::{FontSelection, Id, Label, ScrollArea, TextEdit, Ui};

use crate::{
    action::{Action, MessagesAction},
    lang::Arg,
    ui::{
        Cx, PAYLOAD_FIELD,
        theme::{Tone, monospace, text},
        widgets::{Icon, PathInput, icon_button, muted, path_field, quiet_button, small},
    },
    view::messages::{Composer, FileState, PAYLOAD_RANGE, PayloadFormat, grouped},
};

use super::super::named;

/// Draws the field of the chosen format.
pub(super) fn payload_ui(ui: &mut Ui, cx: &mut Cx<'_>, fields: &mut Composer, rows: usize, height: f32) {
    if fields.format == PayloadFormat::File {
        file_ui(ui, cx, fields);
    } else {
        text_ui(ui, cx, fields, rows, height);
    }
}

/// Indents JSON that was typed.
pub(super) fn indent_ui(ui: &mut Ui, cx: &Cx<'_>, fields: &mut Composer) {
    if fields.format != PayloadFormat::Json {
        return;
    }
    let indented = fields.formatted();
    let why_not = indented.is_none().then(|| cx.tr("composer-indent-not"));
    if icon_button(ui, Icon::Braces, &cx.tr("composer-indent"), why_not.as_deref()).clicked()
        && let Some(text) = indented
    {
        fields.payload = text;
    }
}

fn text_ui(ui: &mut Ui, cx: &Cx<'_>, fields: &mut Composer, rows: usize, height: f32) {
    let area = ScrollArea::vertical().id_salt("composer payload").max_height(height).min_scrolled_height(height);
    area.show(ui, |ui| {
        let field = TextEdit::multiline(&mut fields.payload)
            .id(Id::unique(PAYLOAD_FIELD))
            .font(FontSelection::FontId(monospace(text::BODY - 1.0)))
            .hint_text(muted(&cx.tokens, cx.tr(hint_key(fields.format))))
            .char_limit(PAYLOAD_CHARS)
            .desired_rows(rows)
            .desired_width(f32::INFINITY);
        named(ui.add(field), &cx.tr("composer-payload"));
    });
}

/// A path, a dialog, and what came of it.
fn file_ui(ui: &mut Ui, cx: &mut Cx<'_>, fields: &mut Composer) {
    ui.horizontal(|ui| {
        if quiet_button(ui, Icon::Folder, &cx.tr("file-choose"), None).clicked() {
            cx.push(Action::Messages(MessagesAction::PickFile));
        }
        let (id, width) = (Id::unique("path of the payload"), ui.available_width());
        let input = path_field(ui, id, &cx.tr("file-path"), &mut fields.path, &cx.tr("file-hint"), width);
        let PathInput { response, is_entered } = input;
        let is_other = fields.file.path() != Some(&fields.path) && !fields.path.is_empty();
        if response.lost_focus() && is_other || is_entered && !fields.path.is_empty() {
            cx.push(Action::Messages(MessagesAction::ReadFile(fields.path.clone())));
        }
    });
    let (words, tone) = match (&fields.file, fields.file.problem(PAYLOAD_RANGE.1)) {
        (FileState::Read { bytes, .. }, _) => {
            (cx.tr_args("file-read", &[("n", Arg::from(grouped(bytes.len() as u64)))]), Tone::Good)
        }
        (FileState::None | FileState::Reading { .. }, Some(words)) => (cx.text(&words), Tone::Neutral),
        (_, Some(words)) => (cx.text(&words), Tone::Bad),
        (_, None) => return,
    };
    ui.add(Label::new(small(words).color(tone.ink(&cx.tokens))).wrap());
}

fn hint_key(format: PayloadFormat) -> &'static str {
    match format {
        PayloadFormat::Text => "composer-hint-text",
        PayloadFormat::Gbk => "composer-hint-gbk",
        PayloadFormat::Json => "composer-hint-json",
        PayloadFormat::Hex => "composer-hint-hex",
        PayloadFormat::Base64 => "composer-hint-base64",
        PayloadFormat::File => "file-hint",
    }
}

/// Twice what the longest payload needs as hex with spaces; a paste beyond it is cut, and too long anyway.
const PAYLOAD_CHARS: usize = 24 * 1024;
