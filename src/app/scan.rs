//! The scan of a server without a module: what the page asks, and what came of it.

use crate::{
    action::ScanAction,
    diagnosis::{Course, Here, Scan, seconds_of_clock},
    here::{Order, Place, authority_for, system_roots},
    model::request::{Security, TlsOptions},
    settings::{Profile, SecurityCase},
    ui::widgets::field_id,
    view::{
        files::{FileRole, LocalFiles, entry, needed, protection},
        save::Purpose,
        troubleshoot::{AuthorityFile, AuthorityView, Picture},
    },
};

use super::{App, clock::Clock, comparison, save};

/// Does what the page asks.
pub(super) fn dispatch(app: &mut App, action: ScanAction) {
    let screen = &mut app.screen.troubleshoot.scan;
    match action {
        ScanAction::Open(opens) => open(app, opens),
        ScanAction::LeaveFiles(leaves) => screen.leaves_files = leaves,
        ScanAction::Type(typed) => (screen.typed, screen.refusal) = (typed, None),
        ScanAction::Start => start(app),
        // What it got so far stays.
        ScanAction::Stop => app.scanning.stop(),
        ScanAction::SaveAuthority => save::begin(app, Purpose::Authority),
    }
}

/// Brings it to the front, ready to be typed into, or the findings again.
fn open(app: &mut App, opens: bool) {
    app.screen.troubleshoot.scan.is_open = opens;
    if opens {
        let field = field_id(&app.translator.tr("scan-host"));
        app.ctx.memory_mut(|memory| memory.request_focus(field));
    }
}

/// Whether the connection's files can be used: all that it needs lie on this computer and can be read.
pub(super) fn has_files(profile: &Profile, files: &LocalFiles) -> bool {
    let security = &profile.security;
    let is_checked = matches!(security.case, SecurityCase::Server | SecurityCase::Both);
    let is_here = |role: &FileRole| !entry(security, *role).is_on_module;
    is_checked && needed(security.case).iter().all(is_here) && protection(security, files).is_ok()
}

fn start(app: &mut App) {
    let typed = app.screen.troubleshoot.scan.typed.trim().to_owned();
    let place = match Place::read(&typed) {
        Ok(place) => place,
        Err(refused) => {
            app.screen.troubleshoot.scan.refusal = Some(refused.said(&typed));
            return;
        }
    };
    let port = place.port.unwrap_or(Place::TLS_PORT);
    let shown = Place { port: Some(port), ..place.clone() }.to_string();
    let order = Order {
        clocks: clocks(app),
        ..Order::scan(place.host, port, security(app), TlsOptions::default(), Clock::wall().timestamp())
    };
    let (number, stop) = app.scanning.begin();
    let screen = &mut app.screen.troubleshoot.scan;
    (screen.picture, screen.authority) = (None, None);
    app.tasks.start_telling("task-scan", move |tell| {
        let mut free = None;
        comparison::run(&order, &stop, |here| {
            free.clone_from(&here.free);
            let (here, shown) = (Box::new(here.clone()), shown.clone());
            tell(Box::new(move |app: &mut App| scanned(app, number, shown, &here)));
        });
        if let Some(free) = free {
            let found = authority(free.chain(), order.today);
            tell(Box::new(move |app: &mut App| take_authority(app, number, found)));
        }
    });
}

fn security(app: &App) -> Security {
    let leaves = app.screen.troubleshoot.scan.leaves_files || !has_files(&app.profile, app.files.known());
    let files = if leaves { None } else { protection(&app.profile.security, app.files.known()).ok() };
    files.unwrap_or(Security::Encrypted)
}

/// The CA file that a module needs for `chain`, DER, leaf first.
fn authority(chain: &[Vec<u8>], today: i64) -> AuthorityView {
    match authority_for(chain, &system_roots(), today) {
        Ok(choice) => {
            let (said, best) = (choice.said(), choice.best);
            let fingerprint: Vec<_> = best.facts.fingerprint.iter().map(|byte| format!("{byte:02X}")).collect();
            let file = AuthorityFile {
                subject: best.facts.subject,
                fingerprint: fingerprint.join(":"),
                pem: String::from_utf8_lossy(&best.pem).into_owned(),
            };
            AuthorityView { file: Some(file), said }
        }
        Err(none) => AuthorityView { file: None, said: vec![none.said()] },
    }
}

fn take_authority(app: &mut App, number: u64, found: AuthorityView) {
    if app.scanning.is_of(number) {
        app.screen.troubleshoot.scan.authority = Some(found);
    }
}

/// Takes what scan `number` got so far.
fn scanned(app: &mut App, number: u64, place: String, here: &Here) {
    if !app.scanning.is_of(number) {
        return;
    }
    let mut course = Course::default();
    course.status.firmware.clone_from(&app.model.connection().status().firmware);
    let scan = Scan::judge(&mut course, here);
    app.screen.troubleshoot.scan.picture = Some(Box::new(Picture::of(place, here, &scan)));
}

/// The module's clock and this computer's at the moment when it was read.
pub(super) fn clocks(app: &App) -> Option<(i64, i64)> {
    let seen = app.model.connection().status().details.clock.as_ref()?;
    let here = app.model.anchor()?.at(seen.at).timestamp();
    Some((seconds_of_clock(&seen.value)?, here))
}
