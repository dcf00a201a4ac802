//! The Certificates page: from model, screen and files to the panel, and what it asks.

use eframe::egui::Ui;

use crate::{
    action::{CertificatesAction, SecurityCase},
    certs::FileRole,
    model::{
        Input,
        connection::Phase,
        event::Event,
        request::{FileRef, Request, RequestId},
    },
    ui::{self, Cx},
    user_file::Pasted,
    view::{
        Page,
        certificates::{self, Inputs},
        files::needed,
    },
};

use super::{App, clock::Clock, connecting, demo, dropped, files, pick, places, shown::Shown};

/// Draws the page.
pub(super) fn page_ui(shown: &Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) {
    let inputs =
        Inputs { profile: shown.profile, files: shown.files, pc_clock: Clock::wall().timestamp(), now: shown.now() };
    let view = certificates::view(shown.model, &shown.screen.certificates, inputs);
    ui::certificates::page_ui(ui, cx, &view);
}

/// Draws the question about a text that was pasted into a field for something else.
pub(super) fn pasted_ui(shown: &Shown<'_>, ui: &Ui, cx: &mut Cx<'_>) {
    if let Some(text) = &shown.screen.certificates.pasted {
        let roles: &[FileRole] = match Pasted::of(text.reveal()) {
            Some(Pasted::Certificate) => &[FileRole::Authority, FileRole::ClientCertificate],
            _ => &[FileRole::ClientKey],
        };
        ui::certificates::pasted_ui(ui, cx, roles);
    }
}

/// Does what was asked.
pub(super) fn dispatch(app: &mut App, action: CertificatesAction) {
    let screen = &mut app.screen.certificates;
    match action {
        CertificatesAction::UseDemo => demo::fill_profile(app),
        CertificatesAction::ReadAgain => files::read_again(app),
        CertificatesAction::Pick(role) => {
            screen.picks = Some(role);
            screen.picked_nothing = false;
            pick::file(app, role);
        }
        CertificatesAction::Drop(paths) => dropped::sort(app, paths),
        CertificatesAction::Adopt(adopts) => {
            if let Some(case) = screen.offers.take().filter(|_| adopts) {
                let mut fields = app.profile.clone();
                fields.security.case = case;
                app.profile = app.profile.changed_to(fields);
                app.save();
            }
        }
        CertificatesAction::Repair { role, place } => files::repair(app, role, place),
        CertificatesAction::ShowCommands(shows) => screen.shows_commands = shows,
        CertificatesAction::Upload => upload(app),
        CertificatesAction::StopUpload => stop(app),
        CertificatesAction::LookAtModule => {
            ask_module(app, [Request::ListFiles, Request::ReadTlsSettings, Request::ReadDetails]);
        }
        CertificatesAction::Compare(name) => ask_module(app, [Request::ReadFile(name)]),
        CertificatesAction::AskDelete(name) => screen.asks_delete = name,
        CertificatesAction::Delete(name) => {
            screen.asks_delete = None;
            ask_module(app, [Request::DeleteFile(name), Request::ListFiles]);
        }
        CertificatesAction::OfferPasted(text) => screen.pasted = Some(text),
        CertificatesAction::UsePasted(None) => screen.pasted = None,
        CertificatesAction::UsePasted(Some(role)) => use_pasted(app, role),
    }
}

/// Takes the text that was pasted as the file for `role`, from memory; the protection becomes one that needs it.
fn use_pasted(app: &mut App, role: FileRole) {
    let Some(text) = app.screen.certificates.pasted.take() else { return };
    let security = &mut app.profile.security;
    if !needed(security.case).contains(&role) {
        security.case = if role == FileRole::Authority { SecurityCase::Server } else { SecurityCase::Both };
    }
    app.files.keep_text(security, role, text.reveal());
    places::go(app, Page::Certificates);
}

fn upload(app: &mut App) {
    if let Ok(files) = certificates::wanted(&app.profile, app.files.known()) {
        ask_module(app, [Request::Provision(files)]);
    }
}

fn stop(app: &mut App) {
    let running = app.model.files().upload().filter(|upload| upload.end.is_none());
    if let Some(id) = running.map(|upload| upload.id) {
        app.ask(Request::Cancel(id));
    }
}

/// Asks the modem; a port that is not open yet is opened for it. Nothing above the port is needed.
fn ask_module<const N: usize>(app: &mut App, requests: [Request; N]) {
    match app.model.connection().phase() {
        Phase::Opening | Phase::Connecting | Phase::Closing => {}
        Phase::Open | Phase::Connected if app.session.takes_requests() => {
            for request in requests {
                app.ask(request);
            }
        }
        // Closed, or about to be.
        Phase::Idle | Phase::Open | Phase::Connected => {
            // A first word lets a module with automatic baud rate find its rate.
            let first = Request::Raw("AT".to_owned());
            app.connect(connecting::link_spec(app), [first].into_iter().chain(requests).collect());
        }
    }
}

/// What follows from what was told, because nobody should have to ask for it: sizes after names, a new list after an
/// upload.
pub(super) fn follow_up(app: &mut App, input: &Input) {
    let Input::Told { event, .. } = input else { return };
    match event {
        Event::Files { names, .. } => {
            let is_unknown = |name: &&String| app.model.files().known(name).is_none_or(|known| known.bytes.is_none());
            let unknown: Vec<_> = names
                .iter()
                .filter(is_unknown)
                .filter(|name| is_plain(name))
                .take(MOST_SIZES)
                .map(FileRef::existing)
                .collect();
            if !unknown.is_empty() {
                app.ask_along(Request::Provision(unknown));
            }
        }
        Event::Done { id, .. } if is_upload(app, *id) => app.ask_along(Request::ListFiles),
        _ => {}
    }
}

fn is_upload(app: &App, id: RequestId) -> bool {
    app.model.files().upload().is_some_and(|upload| upload.id == id)
}

/// Whether a name told by the module can be sent back to it.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.len() <= 64 && name.chars().all(|c| c.is_ascii_graphic() && c != '"')
}

/// Sizes asked for at once.
const MOST_SIZES: usize = 32;
