//! What the Certificates page shows: the three places with what lies in each, what speaks against it and what repairs
//! it; what belongs together; what an upload sends; and what is on the module.
//!
//! Nothing here holds a byte of a key: what is shown of secret contents are sizes and header lines.

mod clock;
mod concerns;
mod module;
mod repair;
mod slot;
#[cfg(test)]
mod tests;
mod together;
mod upload;

use crate::{
    lang::Text,
    model::{Model, connection::Phase},
    mqtt::Password,
    settings::{Profile, SecurityCase},
    time::Moment,
};

use super::files::{self, FileRole, LocalFiles, ROLES};

pub use self::{
    clock::ClockView,
    concerns::{ConcernView, Severity},
    module::{Comparison, DeleteAsk, ModuleFileRow, ModuleView, Pointer},
    repair::RepairView,
    slot::{CertificateView, ItemView, SlotState, SlotView, Validity, ValidityState},
    together::{ChainView, LinkView, PairView},
    upload::{Progress, UploadRow, UploadRowState, UploadView},
};

pub(crate) use self::{clock::view as clock_of, concerns::of_slot, slot::validity, upload::wanted};

/// State of the page that is neither kept nor known of the modem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// The place for which a file dialog is open.
    pub picks: Option<FileRole>,
    /// Whether the last file dialog ended without a file; then the path field is recommended.
    pub picked_nothing: bool,
    /// The file on the module whose deletion is being asked about.
    pub asks_delete: Option<String>,
    /// Whether the commands of an upload are unfolded.
    pub shows_commands: bool,
    /// Files that were dropped and are of no use here, by name.
    pub dropped_in_vain: Vec<String>,
    /// The protection that the files are for which were dropped last, where the profile had another.
    pub offers: Option<SecurityCase>,
    /// The text of a key or a certificate that was pasted into a field for something else, until it is used or forgotten.
    pub pasted: Option<Password>,
}

/// What the page needs beside the model.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The profile in use.
    pub profile: &'a Profile,
    /// Its files as far as they were read.
    pub files: &'a LocalFiles,
    /// The computer's clock in seconds since 1970.
    pub pc_clock: i64,
    /// Now, as a moment of the running connection.
    pub now: Moment,
}

/// The page.
#[derive(Clone, Debug)]
pub struct CertificatesView<'a> {
    /// What the user has open.
    pub screen: &'a Screen,
    /// The profile in use, as typed.
    pub profile: &'a Profile,
    /// Whether no file is named anywhere: then the page says what to do first.
    pub is_empty: bool,
    /// Why the files cannot be changed now.
    pub why_not_edit: Option<Text>,
    /// The protection that dropped files are for, where the profile has another.
    pub offer: Option<SecurityCase>,
    /// By which clock dates are judged.
    pub clock: ClockView,
    /// The three places.
    pub slots: Vec<SlotView>,
    /// Whether certificate and key belong together.
    pub pair: PairView,
    /// The way to the root.
    pub chain: Option<ChainView>,
    /// What an upload sends and how far it is.
    pub upload: UploadView,
    /// What is on the module.
    pub module: ModuleView,
}

/// The page.
pub fn view<'a>(model: &Model, screen: &'a Screen, inputs: Inputs<'a>) -> CertificatesView<'a> {
    let Inputs { profile, files, .. } = inputs;
    let clock = clock::view(model, inputs.pc_clock, inputs.now);
    let slots: Vec<_> = ROLES.into_iter().map(|role| slot::view(role, profile, files, &clock)).collect();
    let phase = model.connection().phase();
    CertificatesView {
        screen,
        profile,
        is_empty: ROLES.iter().all(|role| files::entry(&profile.security, *role).path.trim().is_empty()),
        why_not_edit: why_not_edit(phase),
        offer: screen.offers.filter(|case| *case != profile.security.case),
        clock,
        slots,
        pair: together::pair(profile, files),
        chain: together::chain(files),
        upload: upload::view(model, profile, files),
        module: module::view(model, screen, profile, files),
    }
}

/// The files of a running session are those that it was opened with.
const fn why_not_edit(phase: &Phase) -> Option<Text> {
    match phase {
        Phase::Idle | Phase::Open => None,
        Phase::Opening | Phase::Connecting | Phase::Connected | Phase::Closing => {
            Some(Text::new("why-not-while-connected"))
        }
    }
}

/// Why nothing can be asked of the modem now; an idle port is opened for it.
const fn why_busy(phase: &Phase) -> Option<Text> {
    match phase {
        Phase::Idle | Phase::Open | Phase::Connected => None,
        Phase::Opening => Some(Text::new("certs-why-opening")),
        Phase::Connecting => Some(Text::new("certs-why-connecting")),
        Phase::Closing => Some(Text::new("certs-why-closing")),
    }
}

/// The words for a place.
pub const fn role_key(role: FileRole) -> &'static str {
    match role {
        FileRole::Authority => "role-ca",
        FileRole::ClientCertificate => "role-certificate",
        FileRole::ClientKey => "role-key",
    }
}

/// The words for a case of protection.
pub const fn case_key(case: SecurityCase) -> &'static str {
    match case {
        SecurityCase::Plain => "security-plain",
        SecurityCase::Encrypted => "security-encrypted",
        SecurityCase::Server => "security-server",
        SecurityCase::Both => "security-both",
    }
}

/// Text out of a file as it may stand on screen: what acts or hides shows as a token.
fn visible(text: &str) -> String {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let mut shown = String::new();
    for c in text.chars().take(LONGEST_NAME) {
        if is_hidden(c) {
            shown.extend([format!("<U+{:04X}>", u32::from(c))]);
        } else {
            shown.push(c);
        }
    }
    if text.chars().nth(LONGEST_NAME).is_some() {
        shown.push('…');
    }
    shown
}

/// Characters of a name out of a certificate.
const LONGEST_NAME: usize = 240;
