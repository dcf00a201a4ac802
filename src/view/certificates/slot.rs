//! One place for a file: which file lies there, what it is, how long it holds, what speaks against it.

use crate::{
    certs::{CertificateFacts, Content, FileFacts, Foreign, Item, KeyForm, NotCertificates},
    lang::Text,
    settings::Profile,
    view::{
        files::{self, FileRole, FileState, LocalFile, LocalFiles},
        messages::grouped,
    },
};

use super::{ClockView, ConcernView, RepairView, Severity, clock::day_text, concerns, repair, visible};

/// One of the three places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotView {
    /// What the file is to the module: CA, client certificate or client key.
    pub role: FileRole,
    /// The path as typed.
    pub path: String,
    /// What the file is called on the module, as typed.
    pub name: String,
    /// Whether the file that is on the module already is used.
    pub is_on_module: bool,
    /// Whether the case of protection in use needs it.
    pub is_needed: bool,
    /// What is known of the file.
    pub state: SlotState,
    /// What is in it.
    pub items: Vec<ItemView>,
    /// How many more there are than are shown.
    pub more_items: usize,
    /// What is to know about it, the worst first.
    pub concerns: Vec<ConcernView>,
    /// What can be repaired.
    pub repair: Option<RepairView>,
}

/// What is known of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlotState {
    /// None is named.
    Empty,
    /// The one on the module is used as it is.
    OnModule,
    /// It is being read.
    Reading,
    /// It cannot be read, and why.
    Unreadable(Text),
    /// It was read: what it is, and how bad the worst thing about it is.
    Read {
        /// Form, size and line ends.
        what: Text,
        /// The worst; `None` when there is nothing to say.
        worst: Option<Severity>,
    },
}

/// Something in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemView {
    /// A certificate.
    Certificate(Box<CertificateView>),
    /// A private key: form, kind and size.
    Key(Text),
    /// Anything else.
    Other(Text),
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateView {
    /// Whom it names.
    pub subject: String,
    /// Who issued it; `None` when it issued itself.
    pub issuer: Option<String>,
    /// Names and addresses that it holds for; empty when there are none.
    pub names: String,
    /// Kind and size of its key, and how it was signed.
    pub key: Text,
    /// From when to when.
    pub validity: Option<Validity>,
    /// SHA-256 over the DER, in hex.
    pub fingerprint: String,
}

/// From when to when a certificate holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validity {
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Where the clock stands: 0 at the first moment, 1000 at the last, below and above outside.
    pub now_permille: i64,
    /// What the clock says to it.
    pub state: ValidityState,
    /// The same in words.
    pub text: Text,
}

/// What a clock says to the dates of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValidityState {
    /// It begins later.
    NotYet,
    /// It holds.
    Holds,
    /// It holds for less than a month.
    EndsSoon,
    /// It has ended.
    Ended,
}

/// The place for `role`.
pub(super) fn view(role: FileRole, profile: &Profile, files: &LocalFiles, clock: &ClockView) -> SlotView {
    let entry = files::entry(&profile.security, role);
    let mut slot = SlotView {
        role,
        path: entry.path.clone(),
        name: entry.name.clone(),
        is_on_module: entry.is_on_module,
        is_needed: files::needed(profile.security.case).contains(&role),
        state: SlotState::Empty,
        items: Vec::new(),
        more_items: 0,
        concerns: Vec::new(),
        repair: None,
    };
    if entry.is_on_module {
        slot.state = SlotState::OnModule;
        return slot;
    }
    match files.state(role) {
        FileState::None => {}
        FileState::Reading => slot.state = SlotState::Reading,
        FileState::Failed(fault) => slot.state = SlotState::Unreadable(files::fault_text(entry.path.trim(), fault)),
        FileState::Read(file) => {
            let concerns = concerns::of_slot(file, role, files, clock.now);
            read(&mut slot, file, concerns, clock);
        }
    }
    slot
}

fn read(slot: &mut SlotView, file: &LocalFile, concerns: Vec<ConcernView>, clock: &ClockView) {
    slot.concerns = concerns;
    slot.repair = repair::view(file);
    slot.items = file.facts.items().take(SHOWN_ITEMS).map(|item| item_view(item, clock)).collect();
    slot.more_items = file.facts.items().count().saturating_sub(SHOWN_ITEMS);
    let worst = slot.concerns.iter().map(|concern| concern.severity).max();
    slot.state = SlotState::Read { what: what(&file.facts), worst };
}

fn what(facts: &FileFacts) -> Text {
    let bytes = grouped(facts.bytes as u64);
    let form = match &facts.content {
        Content::Empty => Text::new("file-is-empty"),
        Content::Pem(_) => Text::new("file-is-pem").with("lines", line_ends(facts)),
        Content::Der(Item::Pkcs12) => Text::new("file-is-pkcs12"),
        Content::Der(Item::Pkcs7) => Text::new("file-is-pkcs7"),
        Content::Der(_) => Text::new("file-is-der"),
        Content::Foreign(NotCertificates::Known(known)) => Text::new(match known {
            Foreign::Archive => "file-is-archive",
            Foreign::JavaStore => "file-is-java-store",
            Foreign::Putty => "file-is-putty",
            Foreign::SshPublic => "file-is-ssh-public",
            Foreign::Pgp => "file-is-pgp",
            Foreign::WebPage => "file-is-web-page",
            Foreign::Document => "file-is-document",
            Foreign::Picture => "file-is-picture",
        }),
        Content::Foreign(NotCertificates::Text) => Text::new("file-is-text"),
        Content::Foreign(NotCertificates::Binary) => Text::new("file-is-binary"),
    };
    Text::new("file-is").with("form", form).with("bytes", bytes)
}

fn line_ends(facts: &FileFacts) -> &'static str {
    let ends = facts.line_ends;
    match (ends.lf > 0, ends.crlf > 0, ends.cr > 0) {
        (true, false, false) => "LF",
        (false, true, false) => "CR LF",
        (false, false, true) => "CR",
        (false, false, false) => "–",
        _ => "LF, CR LF, CR",
    }
}

fn item_view(item: &Item, clock: &ClockView) -> ItemView {
    match item {
        Item::Certificate(facts) => ItemView::Certificate(Box::new(certificate(facts, clock))),
        Item::Key(key) => {
            let form = Text::new(match key.form {
                KeyForm::Pkcs1 => "key-pkcs1",
                KeyForm::Pkcs8 => "key-pkcs8",
                KeyForm::Sec1 => "key-sec1",
                KeyForm::OpenSsh => "key-openssh",
                KeyForm::Encrypted => "key-encrypted",
            });
            ItemView::Key(match key.kind {
                Some(kind) => Text::new("item-key").with("kind", kind.to_string()).with("form", form),
                None => form,
            })
        }
        Item::CurveParameters => ItemView::Other(Text::new("item-curve-parameters")),
        Item::Pkcs7 => ItemView::Other(Text::new("file-is-pkcs7")),
        Item::Pkcs12 => ItemView::Other(Text::new("file-is-pkcs12")),
        Item::RevocationList => ItemView::Other(Text::new("item-revocation-list")),
        Item::Request => ItemView::Other(Text::new("item-request")),
        Item::PublicKey => ItemView::Other(Text::new("item-public-key")),
        Item::Unreadable => ItemView::Other(Text::new("item-unreadable")),
    }
}

fn certificate(facts: &CertificateFacts, clock: &ClockView) -> CertificateView {
    let names: Vec<_> = facts.names.iter().take(SHOWN_NAMES).map(|name| visible(name)).collect();
    let more = facts.names.len().saturating_sub(SHOWN_NAMES);
    let names = if more > 0 { format!("{}, … (+{more})", names.join(", ")) } else { names.join(", ") };
    CertificateView {
        subject: visible(&facts.subject),
        issuer: (!facts.is_self_issued).then(|| visible(&facts.issuer)),
        names,
        key: Text::new("certificate-key")
            .with("kind", facts.key.to_string())
            .with("signed", facts.signature.to_string()),
        validity: validity(facts, clock.now),
        fingerprint: facts.fingerprint.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":"),
    }
}

/// The dates of `facts` as a clock at `now` sees them, in seconds since 1970.
pub(crate) fn validity(facts: &CertificateFacts, now: i64) -> Option<Validity> {
    let (from, until) = (facts.not_before?, facts.not_after?);
    let days = |seconds: i64| seconds.max(0) / DAY;
    let (state, text) = if now < from {
        (ValidityState::NotYet, Text::new("validity-not-yet").with("days", days(from - now) + 1))
    } else if now > until {
        (ValidityState::Ended, Text::new("validity-ended").with("days", days(now - until)))
    } else if until - now < SOON_DAYS * DAY {
        (ValidityState::EndsSoon, Text::new("validity-soon").with("days", days(until - now)))
    } else {
        (ValidityState::Holds, Text::new("validity-holds").with("days", grouped(days(until - now).unsigned_abs())))
    };
    let span = i128::from((until - from).max(1));
    let passed = i128::from(now - from) * 1_000 / span;
    Some(Validity {
        from: day_text(from),
        until: day_text(until),
        now_permille: i64::try_from(passed).unwrap_or(if passed < 0 { i64::MIN } else { i64::MAX }),
        state,
        text,
    })
}

const DAY: i64 = 86_400;
const SOON_DAYS: i64 = 30;
/// A bundle of all authorities has a hundred and more.
const SHOWN_ITEMS: usize = 3;
const SHOWN_NAMES: usize = 8;
