//! The text of a key or a certificate that was pasted into a field for something else: what it may be used as.

use eframe::egui::{Label, Ui};

use crate::{
    action::CertificatesAction,
    ui::{
        Cx,
        theme::space,
        widgets::{body, button, dialog, primary_button, title},
    },
    view::{certificates::role_key, files::FileRole},
};

use super::want;

/// Asks what the text shall be used as; `roles` are the places that it fits.
pub fn pasted_ui(ui: &Ui, cx: &mut Cx<'_>, roles: &[FileRole]) {
    let is_key = roles.contains(&FileRole::ClientKey);
    let asked = dialog(ui, "pasted file", WIDTH, |ui, answering| {
        ui.label(title(cx.tr(if is_key { "pasted-key-title" } else { "pasted-certificate-title" })));
        ui.add_space(space::S);
        ui.add(Label::new(body(cx.tr("pasted-file-hint"))).wrap());
        ui.add_space(space::M);
        for (place, role) in roles.iter().enumerate() {
            let name = cx.tr(role_key(*role)).into_owned();
            let uses = primary_button(ui, &cx.tr_args("pasted-file-use", &[("role", name.into())]), None);
            if place == 0 {
                answering.begin_with(&uses);
            }
            if uses.clicked() || place == 0 && answering.is_given(&uses) {
                want(cx, CertificatesAction::UsePasted(Some(*role)));
            }
        }
        if button(ui, &cx.tr("pasted-file-forget"), None).clicked() {
            want(cx, CertificatesAction::UsePasted(None));
        }
    });
    if asked.is_left {
        want(cx, CertificatesAction::UsePasted(None));
    }
}

const WIDTH: f32 = 480.0;
