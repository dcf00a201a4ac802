//! The text of a key or a certificate that was pasted into a field for something else: what it may be used as.

use eframe::egui::{Id, Label, Modal, Ui};

use crate::{
    action::CertificatesAction,
    ui::{
        Cx,
        theme::space,
        widgets::{body, button, dialog_frame, primary_button, title},
    },
    view::{certificates::role_key, files::FileRole},
};

use super::want;

/// Asks what the text shall be used as; `roles` are the places that it fits.
pub fn pasted_ui(ui: &Ui, cx: &mut Cx<'_>, roles: &[FileRole]) {
    let is_key = roles.contains(&FileRole::ClientKey);
    let response = Modal::new(Id::unique("pasted file")).frame(dialog_frame(ui)).show(ui.ctx(), |ui| {
        ui.set_width(WIDTH);
        ui.label(title(cx.tr(if is_key { "pasted-key-title" } else { "pasted-certificate-title" })));
        ui.add_space(space::S);
        ui.add(Label::new(body(cx.tr("pasted-file-hint"))).wrap());
        ui.add_space(space::M);
        for role in roles {
            let name = cx.tr(role_key(*role)).into_owned();
            let words = cx.tr_args("pasted-file-use", &[("role", name.into())]);
            if primary_button(ui, &words, None).clicked() {
                want(cx, CertificatesAction::UsePasted(Some(*role)));
            }
        }
        if button(ui, &cx.tr("pasted-file-forget"), None).clicked() {
            want(cx, CertificatesAction::UsePasted(None));
        }
    });
    if response.should_close() {
        want(cx, CertificatesAction::UsePasted(None));
    }
}

const WIDTH: f32 = 480.0;
