//! The Certificates page.

mod sending;

use std::{
    path::PathBuf,
    sync::{Arc, LazyLock},
    time::Duration,
};

use air780e_companion::{
    action::{Action, CertificatesAction, Edit, RepairPlace},
    certs::FileRole,
    lang::{Lang, Translator},
    model::{
        Generation, Input, Model,
        event::{Event, ExchangeRecord, Fault, FileProgress, FileUpdate},
        plan::{self, Step},
        request::{Connection, Contents, FileRef, Request, RequestId},
        status::{Details, Status},
    },
    settings::{Profile, SecurityCase},
    time::{Moment, Observed, WallAnchor},
    tls::authority::{Authority, DAY, KeyKind, LeafSpec, key},
    ui::{self, Cx, theme},
    view::{
        certificates::{Inputs, Screen, Severity, SlotState, view},
        connect::security::slots,
        files::{FileFault, FileState, LocalFile, LocalFiles, entry_mut},
    },
};
use chrono::Local;
use eframe::egui::{self, CentralPanel, Theme, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{By, NodeT, Queryable},
};
use openssl::{pkcs7::Pkcs7, pkcs12::Pkcs12, pkey::PKey, stack::Stack, x509::X509};

use crate::pictures::{SMALL, hold_shown};

const NOW: i64 = 1_800_000_000;
const SIZE: egui::Vec2 = vec2(1_040.0, 2_400.0);

/// The page with all that it needs.
struct Desk {
    model: Model,
    screen: Screen,
    profile: Profile,
    files: LocalFiles,
    translator: Translator,
    actions: Vec<Action>,
}

impl Desk {
    fn new(files: &[(FileRole, Vec<u8>)]) -> Self {
        let mut profile = Profile::default();
        profile.security.case = SecurityCase::Both;
        let mut states: [FileState; 3] = Default::default();
        for (role, bytes) in files {
            let path = format!("/here/{role:?}");
            entry_mut(&mut profile.security, *role).path.clone_from(&path);
            states[*role as usize] = FileState::Read(Arc::new(LocalFile::of(path, bytes.clone(), *role, false)));
        }
        Self {
            model: Model::default(),
            screen: Screen::default(),
            profile,
            files: LocalFiles::new(states),
            translator: Translator::new(Lang::En),
            actions: Vec::new(),
        }
    }

    fn told(&mut self, event: Event) {
        self.model.apply(&Input::Told { generation: Generation(1), event });
    }

    /// Opens the port of a virtual modem.
    fn open(mut self) -> Self {
        let link = "Virtual Air780E".to_owned();
        self.model.apply(&Input::Began { generation: Generation(1), link, is_simulated: true, own_broker: None });
        let anchor = WallAnchor::new(chrono::DateTime::from_timestamp(NOW, 0).expect("a time").with_timezone(&Local));
        self.told(Event::Opened { port: "virtual".to_owned(), anchor, is_simulated: true });
        self
    }

    fn asked(&mut self, id: u64, request: Request) {
        self.model.apply(&Input::Asked { id: RequestId(id), request: Box::new(request) });
    }

    fn file_moved(&mut self, name: &str, progress: FileProgress) {
        self.told(Event::File(FileUpdate { at: Moment::ZERO, name: name.to_owned(), progress }));
    }

    fn show(&mut self, ui: &mut egui::Ui) {
        let tokens = theme::Tokens::of(ui);
        let mut actions = Vec::new();
        let mut cx = Cx { lang: &self.translator, tokens, actions: &mut actions };
        let inputs = Inputs { profile: &self.profile, files: &self.files, pc_clock: NOW, now: Moment::ZERO };
        let view = view(&self.model, &self.screen, inputs);
        CentralPanel::default().show(ui, |ui| {
            ui::certificates::page_ui(ui, &mut cx, &view);
            ui::certificates::drop_ui(ui, &mut cx, air780e_companion::view::Page::Certificates);
        });
        self.actions.extend(actions);
    }
}

fn harness(desk: Desk) -> Harness<'static, Desk> {
    let mut harness = Harness::builder()
        .with_size(SIZE)
        .with_context_setup(theme::install)
        .build_ui_state(|ui, desk: &mut Desk| desk.show(ui), desk);
    harness.run();
    harness
}

fn wishes(harness: &mut Harness<'static, Desk>, name: &str) -> Vec<CertificatesAction> {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run();
    let actions = std::mem::take(&mut harness.state_mut().actions);
    actions
        .into_iter()
        .filter_map(|action| match action {
            Action::Certificates(action) => Some(action),
            _ => None,
        })
        .collect()
}

fn is_disabled(harness: &Harness<'_, Desk>, name: &str) -> bool {
    harness.get_by_role_and_label(Role::Button, name).accesskit_node().is_disabled()
}

/// Everything that the page says, hover texts aside.
fn words(harness: &Harness<'_, Desk>) -> String {
    let all = harness.query_all(By::new().predicate(|_| true));
    all.flat_map(|node| {
        let node = node.accesskit_node();
        [node.label(), node.value()]
    })
    .flatten()
    .collect::<Vec<_>>()
    .join("\n")
}

fn assert_says(harness: &Harness<'_, Desk>, part: &str) {
    let words = words(harness);
    assert!(words.contains(part), "{part:?} is not said in:\n{words}");
}

/// One for all tests: each new one has a serial number of its own.
fn root() -> Authority {
    static ROOT: LazyLock<Authority> =
        LazyLock::new(|| Authority::root("Bench Root", KeyKind::Rsa(2048), 0, NOW).expect("a root"));
    ROOT.clone()
}

fn ca() -> Vec<u8> {
    root().certificate_pem().expect("PEM")
}

fn client() -> (Vec<u8>, Vec<u8>) {
    let client = root().issue(&LeafSpec::client("dev1", NOW)).expect("a client");
    (client.certificate_pem().expect("PEM"), client.key_pkcs1_pem().expect("PEM"))
}

fn full_desk() -> Desk {
    let (certificate, key) = client();
    Desk::new(&[(FileRole::Authority, ca()), (FileRole::ClientCertificate, certificate), (FileRole::ClientKey, key)])
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("a text")
}

#[test]
fn an_empty_page_says_what_to_do_first_and_why_nothing_can_be_sent() {
    let mut harness = harness(Desk::new(&[]));
    assert_says(&harness, "Start here");
    assert_says(&harness, "Choose a file first");
    assert!(is_disabled(&harness, "Upload and read back"));
    assert_eq!(wishes(&mut harness, "Try it with the demo certificates"), [CertificatesAction::UseDemo]);
    let picked = wishes(&mut harness, "Choose the file: Client key");
    assert_eq!(picked, [CertificatesAction::Pick(FileRole::ClientKey)]);
    assert_eq!(wishes(&mut harness, "Look at the modem"), [CertificatesAction::LookAtModule]);
}

#[test]
fn what_each_file_is_stands_with_its_dates_and_its_key() {
    let harness = harness(full_desk());
    for part in [
        "PEM, line ends LF",
        "O=Bench, CN=Bench Root",
        "Issued by itself (root)",
        "RSA 2048 key · signed with RSA SHA-256",
        "Valid, ",
        "RSA 2048 private key, PKCS#1 (BEGIN RSA PRIVATE KEY)",
        "secret, never shown",
        "Client key and client certificate are a pair",
        "The chain is whole: it ends in a root.",
        "until that of the modem is known",
    ] {
        assert_says(&harness, part);
    }
}

#[test]
fn no_line_of_a_key_is_said_anywhere() {
    let (certificate, _) = client();
    let pkcs8 = text(&key(KeyKind::Rsa(2048), 201).expect("a key").private_key_to_pem_pkcs8().expect("PEM"));
    let crlf = pkcs8.replace('\n', "\r\n");
    for bytes in [pkcs8.clone(), crlf, pkcs8.replace('\n', "")] {
        let places = [FileRole::ClientKey, FileRole::Authority];
        let mut desk = Desk::new(&places.map(|role| (role, bytes.clone().into_bytes())));
        desk.files = LocalFiles::new(std::array::from_fn(|place| match desk.files.state(ROLES[place]) {
            FileState::None => {
                let file = LocalFile::of("c".to_owned(), certificate.clone(), FileRole::ClientCertificate, false);
                FileState::Read(Arc::new(file))
            }
            state => state.clone(),
        }));
        desk.screen.shows_commands = true;
        let words = words(&harness(desk));
        for line in pkcs8.lines().filter(|line| !line.starts_with("-----")) {
            for part in line.as_bytes().chunks(16) {
                assert!(!words.contains(&text(part)), "a part of the key is on screen");
            }
        }
    }
}

const ROLES: [FileRole; 3] = air780e_companion::view::files::ROLES;

/// Each row of broken files, and what the page says of it.
fn broken_authorities() -> Vec<(&'static str, Vec<u8>)> {
    let pem = ca();
    let plain = text(&pem);
    let certificate = X509::from_pem(&pem).expect("a certificate");
    let mut stack = Stack::new().expect("a stack");
    stack.push(certificate.clone()).expect("pushed");
    let key = key(KeyKind::Rsa(2048), 0).expect("a key");
    let mut p12 = Pkcs12::builder();
    p12.name("x").pkey(&key).cert(&certificate);
    let bag = Pkcs7::sign(&certificate, &key, &stack, b"", openssl::pkcs7::Pkcs7Flags::NOATTR).expect("PKCS#7");
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(plain.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let body = plain.lines().nth(3).expect("a line").to_owned();
    let own = |text: String| text.into_bytes();
    vec![
        ("lines end with CR LF: the module takes that", own(plain.replace('\n', "\r\n"))),
        ("Lines end with CR alone", own(plain.replace('\n', "\r"))),
        ("The lines were joined", own(plain.replace('\n', ""))),
        ("are written out where lines should end", own(plain.replace('\n', "\\n"))),
        ("A byte order mark stands in front", [b"\xEF\xBB\xBF", &pem[..]].concat()),
        ("stored as UTF-16", utf16),
        ("bytes of other text around the blocks", [b"Certificate:\n", &pem[..], b"AT+FSLS\n"].concat()),
        ("The last line has no line end: harmless", pem[..pem.len() - 1].to_vec()),
        ("The end of the file is missing: it was cut", pem[..pem.len() - 30].to_vec()),
        ("The end of the file is missing", pem[..600].to_vec()),
        ("Line 4 begins with a blank", own(plain.replace(&body, &format!("  {body}")))),
        ("a character that base64 does not have", own(plain.replace(&body, &body.replacen(&body[5..6], "*", 1)))),
        ("not five dashes on each side", own(plain.replacen("-----BEGIN", "----BEGIN", 1))),
        ("Binary DER", certificate.to_der().expect("DER")),
        ("A container (PKCS#12 or PKCS#7)", bag.to_der().expect("DER")),
        ("A container (PKCS#12 or PKCS#7)", p12.build2("x").expect("built").to_der().expect("DER")),
        ("TRUSTED CERTIFICATE is", own(plain.replace(" CERTIFICATE", " TRUSTED CERTIFICATE"))),
        ("2 certificates in one file: all are read", [&pem[..], &pem[..]].concat()),
        ("This is not a certificate and not a key", b"<html>not found</html>".to_vec()),
        ("The file is empty", Vec::new()),
    ]
}

#[test]
fn every_kind_of_broken_file_is_judged_before_anything_is_sent() {
    for (words, bytes) in broken_authorities() {
        let harness = harness(Desk::new(&[(FileRole::Authority, bytes)]));
        assert_says(&harness, words);
    }
}

#[test]
fn keys_that_the_module_cannot_use_are_named() {
    let elliptic = key(KeyKind::P256, 0).expect("a key");
    let sec1 = elliptic.ec_key().expect("EC").private_key_to_pem().expect("PEM");
    let parameters = b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    let rsa = key(KeyKind::Rsa(2048), 0).expect("a key");
    let locked = |key: &PKey<_>| key.private_key_to_pem_pkcs8_passphrase(openssl::symm::Cipher::aes_128_cbc(), b"x");
    for (words, bytes) in [
        ("An elliptic curve key", sec1.clone()),
        ("EC PARAMETERS stand in front of the key", [&parameters[..], &sec1].concat()),
        ("The key is behind a pass phrase", locked(&rsa).expect("PEM")),
        ("PKCS#8 key; the example of the vendor has PKCS#1", rsa.private_key_to_pem_pkcs8().expect("PEM")),
        ("There is no private key in this file", ca()),
    ] {
        assert_says(&harness(Desk::new(&[(FileRole::ClientKey, bytes)])), words);
    }
}

#[test]
fn an_unfit_file_holds_the_upload_back_with_its_reason() {
    let harness = harness(Desk::new(&[(FileRole::Authority, b"<html>".to_vec())]));
    assert!(is_disabled(&harness, "Upload and read back"));
    assert_says(&harness, "CA certificate: The module would not take this file");
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let mut desk = Desk::new(&[]);
    desk.profile.security.ca.path = "/no/ca.crt".to_owned();
    let missing = FileState::Failed(FileFault::Missing);
    desk.files = LocalFiles::new([missing, FileState::None, FileState::None]);
    assert_says(&harness(desk), "There is no file /no/ca.crt. Check the path.");
}

#[test]
fn a_repair_is_shown_first_and_asked_for_by_its_place() {
    let bytes = text(&ca()).replace('\n', "\r\n").into_bytes();
    let mut harness = harness(Desk::new(&[(FileRole::Authority, bytes)]));
    assert_says(&harness, "CR LF becomes LF");
    assert_says(&harness, "-----BEGIN CERTIFICATE-----<CR><LF>");
    assert_says(&harness, "-----BEGIN CERTIFICATE-----<LF>");
    let role = FileRole::Authority;
    for (name, place) in [
        ("Save a repaired copy and use it: CA certificate", RepairPlace::NewFile),
        ("Use it repaired from memory: CA certificate", RepairPlace::Memory),
    ] {
        assert_eq!(wishes(&mut harness, name), [CertificatesAction::Repair { role, place }]);
    }
    let bytes = text(&ca()).replace('\n', "\r\n").into_bytes();
    let file = LocalFile::of("/here/ca".to_owned(), bytes, role, true);
    let mut desk = Desk::new(&[]);
    desk.profile.security.ca.path = "/here/ca".to_owned();
    desk.files = LocalFiles::new([FileState::Read(Arc::new(file)), FileState::None, FileState::None]);
    let mut harness = self::harness(desk);
    assert_says(&harness, "Repaired in memory");
    let undone = wishes(&mut harness, "Use the file as it is: CA certificate");
    assert_eq!(undone, [CertificatesAction::Repair { role, place: RepairPlace::Nowhere }]);
}

#[test]
fn a_foreign_key_and_a_renewed_authority_are_seen() {
    let (certificate, _) = client();
    let other = key(KeyKind::Rsa(2048), 77).expect("a key").private_key_to_pem_pkcs8().expect("PEM");
    let twin = Authority::root("Bench Root", KeyKind::Rsa(2048), 5, NOW).expect("a root");
    let harness = harness(Desk::new(&[
        (FileRole::Authority, twin.certificate_pem().expect("PEM")),
        (FileRole::ClientCertificate, certificate),
        (FileRole::ClientKey, other),
    ]));
    assert_says(&harness, "Client key and client certificate are not a pair");
    assert_says(&harness, "but another key signed");
}

#[test]
fn dates_are_judged_by_the_clock_of_the_modem() {
    let mut desk = full_desk().open();
    let clock = Some(Observed::new("00/01/01,00:00:10+00".to_owned(), Moment::ZERO, "AT+CCLK?"));
    let status = Status { details: Details { clock, ..Details::default() }, ..Status::default() };
    desk.told(Event::Status(Box::new(status)));
    let harness = harness(desk);
    assert_says(&harness, "by the clock of the modem: 2000-01-01 00:00 UTC");
    assert_says(&harness, "more than a day away");
    assert_says(&harness, "It is not valid yet by the clock above.");
    assert_says(&harness, "Not valid yet: begins in");
}

#[test]
fn an_ended_certificate_says_for_how_long() {
    let spec = LeafSpec { valid: (NOW - 400 * DAY, NOW - 10 * DAY), ..LeafSpec::client("dev1", NOW) };
    let old = root().issue(&spec).expect("a client").certificate_pem().expect("PEM");
    let harness = harness(Desk::new(&[(FileRole::ClientCertificate, old)]));
    assert_says(&harness, "Ended 10 days ago");
    assert_says(&harness, "It is no longer valid by the clock above.");
}

#[test]
fn a_path_and_a_name_are_typed_and_files_on_the_module_can_be_used() {
    let mut harness = harness(Desk::new(&[]));
    harness.get_by_role_and_label(Role::TextInput, "Path of the CA certificate").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Path of the CA certificate").type_text("x");
    harness.run();
    let typed = std::mem::take(&mut harness.state_mut().actions);
    let is_typed = typed
        .iter()
        .any(|action| matches!(action, Action::Edit(Edit::Fields(fields)) if fields.security.ca.path == "x"));
    assert!(is_typed, "{typed:?}");
    harness.get_all_by_role_and_label(Role::CheckBox, "CA certificate is there already").next().expect("a box").click();
    harness.run();
    let ticked = std::mem::take(&mut harness.state_mut().actions);
    let is_ticked =
        ticked.iter().any(|action| matches!(action, Action::Edit(Edit::Fields(f)) if f.security.ca.is_on_module));
    assert!(is_ticked, "{ticked:?}");
}

/// A file as the window system hands it over.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the page does not read".to_owned())
    }
}

#[test]
fn the_protection_that_dropped_files_are_for_is_taken_or_left() {
    let mut harness = harness(Desk::new(&[]));
    harness.state_mut().profile.security.case = SecurityCase::Plain;
    harness.state_mut().screen.offers = Some(SecurityCase::Both);
    harness.run();
    for (word, adopts) in [("Use \"Both sides checked\"", true), ("Leave it as it is", false)] {
        harness.get_by_label(word).click();
        harness.run();
        let actions = std::mem::take(&mut harness.state_mut().actions);
        assert!(actions.contains(&Action::Certificates(CertificatesAction::Adopt(adopts))), "{actions:?}");
    }
}

#[test]
fn dropped_files_are_handed_over_together() {
    let mut harness = harness(Desk::new(&[]));
    for path in ["/a/ca.crt", "/a/client.key"] {
        harness.input_mut().dropped_files.push(Arc::new(Dropped(path.into())));
    }
    harness.step();
    let dropped: Vec<_> = ["/a/ca.crt", "/a/client.key"].map(PathBuf::from).to_vec();
    let actions = std::mem::take(&mut harness.state_mut().actions);
    assert!(actions.contains(&Action::Certificates(CertificatesAction::Drop(dropped))), "{actions:?}");
}

#[test]
fn the_page_looks_as_it_did() {
    let (certificate, _) = client();
    let roles = [FileRole::Authority, FileRole::ClientCertificate, FileRole::ClientKey];
    let files = [ca(), certificate, b"not a key".to_vec()];
    let mut harness = harness(Desk::new(&roles.into_iter().zip(files).collect::<Vec<_>>()));
    hold_shown("certificates-en-dark-small", &mut harness, Theme::Dark, SMALL);
    harness.state_mut().translator = Translator::new(Lang::ZhCn);
    theme::speak(&harness.ctx, Lang::ZhCn);
    hold_shown("certificates-zh-light", &mut harness, Theme::Light, vec2(740.0, 280.0));
}

#[test]
fn files_are_read_again_and_the_commands_unfold_by_their_names() {
    let mut harness = harness(Desk::new(&[(FileRole::Authority, ca())]));
    assert_eq!(wishes(&mut harness, "Read the files again"), [CertificatesAction::ReadAgain]);
    let words = words(&harness);
    let name = words.lines().find(|line| line.starts_with("Show the ")).expect("the fold").to_owned();
    assert_eq!(wishes(&mut harness, &name), [CertificatesAction::ShowCommands(true)]);
}

/// What stands on hover over the disabled control of this name.
fn reason(harness: &mut Harness<'static, Desk>, name: &str) -> String {
    assert!(is_disabled(harness, name), "{name} can be used");
    let before = words(harness);
    harness.get_by_role_and_label(Role::Button, name).hover();
    harness.run_steps(60);
    let after = words(harness);
    // The page may say the same elsewhere: what counts is that it is said once more.
    let count = |text: &str, line: &str| text.lines().filter(|other| *other == line).count();
    let more = |line: &&str| count(&after, line) > count(&before, line);
    after.lines().filter(more).collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>().join("\n")
}

#[test]
fn what_cannot_be_done_now_says_why_on_hover() {
    let mut desk = Desk::new(&[(FileRole::Authority, ca())]);
    desk.screen.picks = Some(FileRole::ClientKey);
    let mut shown = harness(desk);
    assert_eq!(reason(&mut shown, "Choose the file: Client key"), "A file dialog is open");

    let mut desk = Desk::new(&[(FileRole::Authority, ca())]);
    let link = "COM5".to_owned();
    desk.model.apply(&Input::Began { generation: Generation(1), link, is_simulated: false, own_broker: None });
    let mut shown = harness(desk);
    assert_eq!(reason(&mut shown, "Look at the modem"), "The port is being opened");

    let mut desk = Desk::new(&[(FileRole::Authority, ca())]).open();
    desk.asked(3, Request::ListFiles);
    let mut shown = harness(desk);
    assert_eq!(reason(&mut shown, "Look at the modem"), "The modem is being asked");

    let mut desk = Desk::new(&[(FileRole::Authority, ca())]).open();
    desk.asked(4, Request::Disconnect);
    let mut shown = harness(desk);
    assert_eq!(reason(&mut shown, "Look at the modem"), "The session is being closed");

    let mut desk = Desk::new(&[(FileRole::Authority, ca())]);
    entry_mut(&mut desk.profile.security, FileRole::Authority).name = "x".repeat(65);
    let shown = harness(desk);
    assert!(is_disabled(&shown, "Upload and read back"));
    assert_says(&shown, "A name on the modem has 1 to 64 bytes");
}

#[test]
fn the_page_speaks_both_languages_on_a_narrow_window_too() {
    for (lang, upload) in [(Lang::En, "Upload and read back"), (Lang::ZhCn, "上传并读回核对")] {
        let mut desk = sending::desk_with_listing();
        desk.translator = Translator::new(lang);
        let mut harness = Harness::builder()
            .with_size(vec2(600.0, 500.0))
            .with_context_setup(theme::install)
            .build_ui_state(|ui, desk: &mut Desk| desk.show(ui), desk);
        harness.run();
        harness.get_by_role_and_label(Role::Button, upload);
    }
}

/// What the Connect page and the Certificates page say of each place: how bad its worst is.
fn verdicts(desk: &Desk) -> Vec<(Option<Severity>, Option<Severity>)> {
    let inputs = Inputs { profile: &desk.profile, files: &desk.files, pc_clock: NOW, now: Moment::ZERO };
    let certificates = view(&desk.model, &desk.screen, inputs).slots.into_iter().map(|slot| match slot.state {
        SlotState::Read { worst, .. } => worst,
        other => panic!("{other:?}"),
    });
    let connect = slots(&desk.profile, &desk.files, NOW).into_iter().map(|slot| slot.verdict.expect("read").worst);
    connect.zip(certificates).collect()
}

#[test]
fn a_file_that_is_bad_on_one_page_is_bad_on_the_other() {
    let (certificate, key) = client();
    let old = LeafSpec { valid: (NOW - 400 * DAY, NOW - 10 * DAY), ..LeafSpec::client("dev1", NOW) };
    let old = root().issue(&old).expect("a client").certificate_pem().expect("PEM");
    let other = Authority::root("Other", KeyKind::Rsa(2048), 3, NOW).expect("a root");
    let foreign = other.issue(&LeafSpec { key_number: 9, ..LeafSpec::client("dev2", NOW) }).expect("a client");
    let foreign = foreign.key_pkcs1_pem().expect("PEM");
    let bad = Some(Severity::Bad);
    let table = [
        ("good", certificate.clone(), key.clone(), [None, None, None]),
        ("expired", old, key.clone(), [None, bad, None]),
        ("no pair", certificate, foreign, [None, bad, bad]),
    ];
    for (what, certificate, key, expected) in table {
        let files =
            [(FileRole::Authority, ca()), (FileRole::ClientCertificate, certificate), (FileRole::ClientKey, key)];
        let found = verdicts(&Desk::new(&files));
        for ((connect, certificates), expected) in found.into_iter().zip(expected) {
            assert_eq!(connect, certificates, "{what}");
            assert_eq!(connect.filter(|worst| *worst != Severity::Note), expected, "{what}");
        }
    }
}

#[test]
fn a_pkcs8_key_is_one_quiet_line_with_its_repair() {
    let client = root().issue(&LeafSpec::client("dev1", NOW)).expect("a client");
    let key = PKey::private_key_from_pem(&client.key_pkcs1_pem().expect("PEM")).expect("a key");
    let pkcs8 = key.private_key_to_pem_pkcs8().expect("PKCS#8");
    let mut harness = harness(Desk::new(&[(FileRole::ClientKey, pkcs8)]));
    assert_says(&harness, "PKCS#8 key");
    assert!(!words(&harness).contains("This can be repaired with one click"), "no box: it works as it is");
    let wish = wishes(&mut harness, "Use it repaired from memory: Client key");
    assert!(matches!(wish.as_slice(), [CertificatesAction::Repair { .. }]), "{wish:?}");
}

/// The question about a pasted text with these places.
fn asked_about(roles: &'static [FileRole]) -> Harness<'static, Vec<Action>> {
    let translator = Translator::new(Lang::En);
    Harness::builder().with_size(vec2(700.0, 400.0)).build_ui_state(
        move |ui, actions: &mut Vec<Action>| {
            let mut cx = Cx { lang: &translator, tokens: theme::Tokens::of(ui), actions };
            ui::certificates::pasted_ui(ui, &mut cx, roles);
        },
        Vec::new(),
    )
}

#[test]
fn a_pasted_text_is_used_as_what_it_is_or_forgotten() {
    let mut harness = asked_about(&[FileRole::ClientKey]);
    harness.get_by_label("This is the text of a key");
    for (button, role) in [("Use it as Client key", Some(FileRole::ClientKey)), ("Forget it", None)] {
        harness.get_by_role_and_label(Role::Button, button).click();
        harness.run();
        let wanted = Action::Certificates(CertificatesAction::UsePasted(role));
        assert_eq!(std::mem::take(harness.state_mut()), [wanted], "{button}");
    }
    let both: &[FileRole] = &[FileRole::Authority, FileRole::ClientCertificate];
    let mut harness = asked_about(both);
    harness.get_by_label("This is the text of a certificate");
    assert_eq!(harness.query_all_by_label_contains("Use it as").count(), 2);
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert_eq!(*harness.state(), [Action::Certificates(CertificatesAction::UsePasted(None))]);
    assert_eq!(Translator::new(Lang::ZhCn).tr("pasted-certificate-title"), "这是证书的内容");
}
