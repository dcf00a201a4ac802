//! The upload: what will be sent, how far it is, how it ended.

use eframe::egui::{Label, ProgressBar, Ui};

use crate::{
    action::CertificatesAction,
    ui::{
        Cx,
        theme::{size, space},
        widgets::{Icon, Mark, body, button, card, mark, mono, muted, primary_button, quiet_button, small},
    },
    view::certificates::{CertificatesView, Progress, UploadRow, UploadRowState},
};

use super::want;

/// Draws the card.
pub(super) fn upload_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &CertificatesView<'_>) {
    card(ui, Some(&cx.tr("upload-title")), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let upload = &view.upload;
        for (name, bytes) in &upload.files {
            ui.horizontal(|ui| {
                ui.spacing_mut().interact_size.y = size::ICON;
                ui.label(mono(name));
                ui.label(muted(&cx.tokens, cx.text(bytes)));
            });
        }
        if let Some(progress) = &upload.running {
            progress_ui(ui, cx, progress);
        } else {
            if let Some((is_good, words)) = &upload.outcome {
                let shape = if *is_good { Mark::Confirmed } else { Mark::Failed };
                ui.horizontal_top(|ui| {
                    mark(ui, shape);
                    ui.add(
                        Label::new(small(cx.text(words)).color(shape.tone().ink(&cx.tokens))).wrap().selectable(true),
                    );
                });
            }
            let why_not = upload.why_not.as_ref().map(|why| cx.text(why));
            if primary_button(ui, &cx.tr("upload-start"), why_not.as_deref()).clicked() {
                want(cx, CertificatesAction::Upload);
            }
            match why_not {
                Some(why) => drop(ui.add(Label::new(muted(&cx.tokens, why)).wrap())),
                None => drop(ui.add(Label::new(muted(&cx.tokens, cx.tr("upload-hint"))).wrap())),
            }
        }
        commands_ui(ui, cx, view);
    });
}

fn progress_ui(ui: &mut Ui, cx: &mut Cx<'_>, progress: &Progress) {
    let part = f32::from(progress.permille) / 1_000.0;
    ui.add(ProgressBar::new(part).desired_height(size::ICON));
    ui.add(Label::new(small(cx.text(&progress.text))).wrap());
    if button(ui, &cx.tr("upload-stop"), None).clicked() {
        want(cx, CertificatesAction::StopUpload);
    }
    ui.label(muted(&cx.tokens, cx.tr("upload-stop-hint")));
}

/// Every line with its byte count, folded away until wanted or running.
fn commands_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &CertificatesView<'_>) {
    let upload = &view.upload;
    if upload.rows.is_empty() {
        return;
    }
    let is_open = view.screen.shows_commands || upload.running.is_some();
    let (picture, key) = if is_open { (Icon::Down, "upload-hide") } else { (Icon::Right, "upload-show") };
    let args = [("lines", upload.rows.len().into()), ("bytes", upload.total.into())];
    if quiet_button(ui, picture, &cx.tr_args(key, &args), None).clicked() {
        want(cx, CertificatesAction::ShowCommands(!is_open));
    }
    if is_open {
        for row in &upload.rows {
            row_ui(ui, cx, row);
        }
    }
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, row: &UploadRow) {
    let (shape, word) = match row.state {
        UploadRowState::Planned => (Mark::Unknown, "row-planned"),
        UploadRowState::Running => (Mark::Trying, "row-running"),
        UploadRowState::Done => (Mark::Confirmed, "row-done"),
        UploadRowState::Failed => (Mark::Failed, "row-failed"),
    };
    ui.horizontal(|ui| {
        mark(ui, shape).on_hover_text(cx.tr(word));
        ui.add(Label::new(mono(&row.line)).truncate().selectable(true));
    });
    if let Some(bytes) = row.data {
        ui.horizontal(|ui| {
            ui.add_space(size::ICON + space::S);
            let words = cx.tr_args("upload-data", &[("bytes", bytes.into())]);
            ui.label(body(words).small().color(cx.tokens.colors.muted));
        });
    }
}
