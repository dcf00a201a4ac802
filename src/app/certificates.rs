//! The Certificates page and the files of the profile: what is asked of them.

use crate::action::CertificatesAction;

use super::{App, demo, files, pick};

/// Does what was asked.
pub(super) fn dispatch(app: &mut App, action: CertificatesAction) {
    match action {
        CertificatesAction::UseDemo => demo::fill_profile(app),
        CertificatesAction::ReadAgain => files::read_again(app),
        CertificatesAction::Pick(role) => pick::file(app, role),
    }
}
