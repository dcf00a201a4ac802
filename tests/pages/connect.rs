//! The Connect page: ports, protection, SIM card, passwords, profiles and the plan, by their words and names.

use air780e_companion::{
    action::{Action, Edit, FilesAction, Password, Profile, ProfileAction, SecretKind, Secrets, SecretsAction},
    lang::{Lang, Text, Translator},
    model::{
        Generation, Input, Model,
        plan::{PlannedLine, plan},
    },
    settings::{AccessCheck, PasswordEntry, SecurityCase, SimEntry, foreign::Foreign},
    time::Moment,
    ui::{self, Cx, theme},
    view::{
        connect::{
            self, Inputs, Keyring, PortRow, Ports, Probe, Screen,
            files::{FileDialog, FileOutcome, FilesScreen},
            form::{Address, connection},
        },
        files::LocalFiles,
        troubleshoot,
    },
};
use eframe::egui::{self, CentralPanel, Frame, Theme, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use crate::pictures::{SMALL, hold_shown};

/// The page with all that it needs. Typed fields are taken at once; everything else that is asked is collected.
struct Form {
    translator: Translator,
    model: Model,
    screen: Screen,
    profile: Profile,
    secrets: Secrets,
    keyring: Keyring,
    profiles: Vec<Profile>,
    ports: Ports,
    files: LocalFiles,
    plan: Vec<PlannedLine>,
    doctor: troubleshoot::Screen,
    actions: Vec<Action>,
}

impl Form {
    fn new(profile: Profile) -> Self {
        Self {
            translator: Translator::new(Lang::En),
            model: Model::default(),
            screen: Screen::default(),
            profile,
            secrets: Secrets::default(),
            keyring: Keyring::Missing("no bus".to_owned()),
            profiles: Vec::new(),
            ports: Ports::Found(Vec::new()),
            files: LocalFiles::default(),
            plan: Vec::new(),
            doctor: troubleshoot::Screen::default(),
            actions: Vec::new(),
        }
    }

    fn draw(&mut self, ui: &mut egui::Ui) {
        let tokens = theme::Tokens::of(ui);
        let mut actions = Vec::new();
        let mut cx = Cx { lang: &self.translator, tokens: tokens.clone(), actions: &mut actions };
        let inputs = Inputs {
            profile: &self.profile,
            secrets: &self.secrets,
            keyring: &self.keyring,
            profiles: &self.profiles,
            ports: &self.ports,
            added: &[],
            plan: &self.plan,
            files: &self.files,
            own_broker: None,
            losses: Vec::new(),
            doctor: &self.doctor,
            now: Moment::ZERO,
            pc_clock: 1_800_000_000,
        };
        let view = connect::view(&self.model, &self.screen, inputs);
        CentralPanel::default().frame(Frame::new().fill(tokens.colors.page)).show(ui, |ui| {
            ui::connect::page_ui(ui, &mut cx, &view);
        });
        ui::connect::question_ui(ui, &mut cx, &view);
        for action in actions {
            match action {
                Action::Edit(Edit::Fields(fields)) => self.profile = self.profile.changed_to(*fields),
                Action::Secrets(SecretsAction::Type(kind, password)) => self.screen.typed.set(kind, password),
                other => self.actions.push(other),
            }
        }
    }
}

fn shown(form: Form) -> Harness<'static, Form> {
    let mut harness = Harness::builder()
        .with_size(vec2(1_000.0, 2_400.0))
        .with_context_setup(|ctx| {
            theme::install(ctx);
            // Reasons are read at once.
            ctx.all_styles_mut(|style| style.interaction.tooltip_delay = 0.0);
        })
        .build_ui_state(|ui, form: &mut Form| form.draw(ui), form);
    harness.run();
    harness
}

fn click(harness: &mut Harness<'static, Form>, name: &str) {
    harness.get_by_label(name).click();
    harness.run();
}

fn asked(harness: &mut Harness<'static, Form>, name: &str) -> Vec<Action> {
    click(harness, name);
    std::mem::take(&mut harness.state_mut().actions)
}

/// Why the control named `name` cannot be used, as it says on hover.
fn assert_disabled(harness: &mut Harness<'static, Form>, name: &str, why: &str) {
    assert!(harness.get_by_label(name).accesskit_node().is_disabled(), "{name} can be used");
    harness.get_by_label(name).hover();
    harness.run_steps(4);
    assert!(harness.query_all_by_label_contains(why).next().is_some(), "{name} does not say why: {why}");
}

fn broker() -> Profile {
    Profile { uses_own_broker: false, host: "broker.example".to_owned(), ..Profile::default() }
}

#[test]
fn each_protection_shows_its_own_fields_and_no_others() {
    let mut harness = shown(Form::new(broker()));
    let slots = ["CA certificate", "Client certificate", "Client key"];
    let table = [
        ("Server checked", SecurityCase::Server, 1, "8883"),
        ("Both sides checked", SecurityCase::Both, 3, "8883"),
        ("Encrypted, nothing checked", SecurityCase::Encrypted, 0, "8883"),
        ("No encryption", SecurityCase::Plain, 0, "1883"),
    ];
    for (words, case, files, port) in table {
        click(&mut harness, words);
        assert_eq!(harness.state().profile.security.case, case);
        for (index, slot) in slots.into_iter().enumerate() {
            let fields = harness.query_all_by_role_and_label(Role::TextInput, slot).count();
            assert_eq!(fields, usize::from(index < files), "{slot} in {words}");
        }
        assert_eq!(harness.state().profile.port, port, "{words}");
        let warns = harness.query_by_label_contains("can pretend to be the broker").is_some();
        assert_eq!(warns, case == SecurityCase::Encrypted);
        assert_eq!(harness.query_by_label("Server name (SNI)").is_some(), case.is_encrypted());
    }
}

#[test]
fn a_private_card_has_an_access_point_and_says_what_it_costs() {
    let mut harness = shown(Form::new(broker()));
    assert!(harness.query_by_label("APN").is_none());
    click(&mut harness, "Private network (own APN)");
    assert!(harness.state().profile.sim.is_private);
    harness.get_by_label_contains("makes the module restart its network stack");
    harness.get_by_role_and_label(Role::TextInput, "APN").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "APN").type_text("jscmiot");
    harness.run();
    assert_eq!(harness.state().profile.sim.access_point, "jscmiot");
    harness.get_by_role_and_label(Role::PasswordInput, "APN password").focus();
    harness.run();
    harness.get_by_role_and_label(Role::PasswordInput, "APN password").type_text("i");
    harness.run();
    let typed = Action::Edit(Edit::Secret(SecretKind::AccessPoint, Password::new("i")));
    assert_eq!(harness.state().actions, [typed]);
    harness.state_mut().profile.sim.check = AccessCheck::None;
    harness.run();
    assert!(harness.query_by_label("APN user").is_none(), "nobody checks it");
}

#[test]
fn the_plan_marks_what_is_sent_only_if_needed_and_masks_the_password() {
    let mut form = Form::new(broker());
    form.profile.sim = SimEntry {
        is_private: true,
        access_point: "jscmiot".to_owned(),
        user: "u".to_owned(),
        check: AccessCheck::Chap,
    };
    form.secrets.access_point = Password::new("iot98765");
    let address = Address::of(&form.profile, false);
    form.plan = plan(&connection(&form.profile, &form.secrets, &address, &form.files).expect("usable"));
    let harness = shown(form);
    harness.get_by_label("AT+CPNETAPN=2,\"jscmiot\",\"u\",\"***\",2");
    assert_eq!(harness.query_all_by_label("only if needed").count(), 2);
    assert!(harness.query_by_label_contains("iot98765").is_none());
}

fn module() -> Ports {
    let row = |name: &str, device, probe| PortRow {
        name: name.to_owned(),
        detail: format!("AirM2M Compo · 19d1:0001 · {name}"),
        is_air780e: device == 0,
        device,
        probe,
    };
    let busy = Probe::Unusable(Text::new("port-busy").with("port", "/dev/ttyACM2"));
    Ports::Found(vec![
        row("/dev/ttyACM0", 0, Probe::AtPort),
        row("/dev/ttyACM1", 0, Probe::Noise),
        row("/dev/ttyACM2", 0, busy),
        row("/dev/ttyS0", 1, Probe::NotAsked),
    ])
}

#[test]
fn ports_say_what_they_are_and_why_they_cannot_be_used() {
    let mut form = Form::new(broker());
    form.ports = module();
    let mut harness = shown(form);
    harness.get_by_label("3 ports, only some take AT commands");
    harness.get_by_label("answers OK: an AT port");
    harness.get_by_label_contains("the log port");
    harness.get_by_label_contains("in use by another program: close it there");
    assert_eq!(asked(&mut harness, "Ask for AT"), [Action::ProbePorts(Vec::new())]);
    assert_eq!(asked(&mut harness, "Look for ports again"), [Action::ListPorts]);
    let chosen = asked(&mut harness, "/dev/ttyS0");
    assert!(matches!(chosen.as_slice(), [Action::Edit(Edit::Link(_))]), "{chosen:?}");
}

#[test]
fn a_port_typed_by_hand_is_used_and_asked() {
    let mut form = Form::new(broker());
    form.screen.path = " /dev/pts/7 ".to_owned();
    let mut harness = shown(form);
    let asked = asked(&mut harness, "Use");
    assert_eq!(asked[1..], [Action::ProbePorts(vec!["/dev/pts/7".to_owned()])]);
    harness.state_mut().screen.path.clear();
    harness.run();
    assert_disabled(&mut harness, "Use", "Type a port first");
}

#[test]
fn a_keep_alive_outside_the_advice_is_doubted_with_the_reason() {
    for (seconds, words) in [("30", "one slow answer ends"), ("290", "forget a silent link"), ("600", "firmware V1161")]
    {
        let harness = shown(Form::new(Profile { keep_alive: seconds.to_owned(), ..broker() }));
        harness.get_by_label_contains(words);
    }
    assert!(shown(Form::new(broker())).query_by_label_contains("tutorial advises").is_none());
}

#[test]
fn without_a_keyring_nothing_can_be_kept_and_it_says_so() {
    let mut harness = shown(Form::new(broker()));
    harness.get_by_label_contains("passwords are asked for each time");
    assert_disabled(&mut harness, "Keep passwords in the system's keyring", "no keyring that can be used. no bus");
    harness.state_mut().keyring = Keyring::Ready;
    harness.run();
    click(&mut harness, "Keep passwords in the system's keyring");
    assert!(!harness.state().profile.passwords.are_kept, "it is on until the user says otherwise");
}

#[test]
fn missing_passwords_are_asked_for_before_anything_is_sent() {
    let passwords = PasswordEntry { has_login: true, ..PasswordEntry::default() };
    let mut form = Form::new(Profile { name: "line 3".to_owned(), passwords, ..broker() });
    form.screen.asks_secrets = true;
    let mut harness = shown(form);
    harness.get_by_label("Passwords for \"line 3\"");
    assert_disabled(&mut harness, "Connect with it", "Type the password first");
    harness.get_by_role_and_label(Role::PasswordInput, "Login password").focus();
    harness.run();
    harness.get_by_role_and_label(Role::PasswordInput, "Login password").type_text("x");
    harness.run();
    assert_eq!(asked(&mut harness, "Connect with it"), [Action::Secrets(SecretsAction::Connect)]);
    harness.get_by_role_and_label(Role::PasswordInput, "Login password").focus();
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    let entered = std::mem::take(&mut harness.state_mut().actions);
    assert_eq!(entered, [Action::Secrets(SecretsAction::Connect)], "Enter does the same");
    assert_eq!(asked(&mut harness, "Connect without"), [Action::Secrets(SecretsAction::ConnectWithout)]);
    assert_eq!(asked(&mut harness, "Cancel"), [Action::Secrets(SecretsAction::Cancel)]);
}

#[test]
fn what_cannot_be_done_with_a_profile_says_why() {
    let saved = |name: &str| Profile { name: name.to_owned(), ..broker() };
    let mut form = Form::new(Profile { host: String::new(), ..broker() });
    form.profiles = vec![saved("a"), saved("b")];
    let mut harness = shown(form);
    assert_disabled(&mut harness, "Save", "Type a name first");
    assert_disabled(&mut harness, "Rename", "Type a name first");
    assert_disabled(&mut harness, "Duplicate", "This profile is not saved");
    assert_disabled(&mut harness, "Delete", "This profile is not saved");
    assert_disabled(&mut harness, "Export for MQTTX", "The broker's address is not known yet");

    harness.state_mut().profile = saved("a");
    harness.state_mut().screen.name = "b".to_owned();
    harness.run();
    assert_disabled(&mut harness, "Rename", "Another profile has this name");
    harness.state_mut().screen.name = "a".to_owned();
    harness.run();
    assert_disabled(&mut harness, "Rename", "Type another name first");
    harness.state_mut().screen.name = "c".to_owned();
    harness.run();
    assert_eq!(asked(&mut harness, "Rename"), [Action::Profile(ProfileAction::Rename("c".to_owned()))]);
    assert_eq!(asked(&mut harness, "Save"), [Action::Profile(ProfileAction::Save("c".to_owned()))]);
    assert_eq!(asked(&mut harness, "Duplicate"), [Action::Profile(ProfileAction::Duplicate)]);
    assert_eq!(asked(&mut harness, "Delete"), [Action::Profile(ProfileAction::AskDelete(true))]);
    let opens = |dialog| Action::Profile(ProfileAction::Files(FilesAction::Open(Some(dialog))));
    assert_eq!(asked(&mut harness, "Import"), [opens(FileDialog::Import)]);
    assert_eq!(asked(&mut harness, "Export"), [opens(FileDialog::Export)]);
    assert_eq!(asked(&mut harness, "Export for MQTTX"), [opens(FileDialog::Mqttx)]);
}

#[test]
fn writing_passwords_takes_a_word_of_its_own_and_is_warned_of() {
    let mut form = Form::new(broker());
    form.secrets.login = Password::new("x");
    form.screen.files.open = Some(FileDialog::Mqttx);
    let mut harness = shown(form);
    harness.get_by_label_contains("joins as air780e-companion-mqttx and listens to mqtt/sub");
    let files = |action| [Action::Profile(ProfileAction::Files(action))];
    assert!(harness.query_by_label_contains("can read the passwords").is_none());
    assert_eq!(asked(&mut harness, "Write passwords too, in clear"), files(FilesAction::WithSecrets(true)));
    harness.state_mut().screen.files.has_secrets = true;
    harness.state_mut().screen.files.path = "/tmp/a.json".to_owned();
    harness.run();
    harness.get_by_label_contains("can read the passwords");
    assert_eq!(asked(&mut harness, "Browse"), files(FilesAction::Pick));
    assert_eq!(asked(&mut harness, "Done"), files(FilesAction::Open(None)));
    let bad = Text::new("files-exists").with("path", "/tmp/a.json");
    harness.state_mut().screen.files.outcome = Some(FileOutcome::Bad(bad));
    harness.state_mut().screen.files.may_replace = Some("/tmp/a.json".to_owned());
    harness.run();
    harness.get_by_label_contains("exists already");
    assert_eq!(asked(&mut harness, "Replace it"), files(FilesAction::Run));
}

#[test]
fn the_form_and_the_plan_look_as_they_did() {
    let mut form = Form::new(broker());
    form.ports = module();
    let address = Address::of(&form.profile, false);
    form.plan = plan(&connection(&form.profile, &form.secrets, &address, &form.files).expect("usable"));
    let mut harness = shown(form);
    hold_shown("connect-en-light", &mut harness, Theme::Light, vec2(740.0, 270.0));
    harness.state_mut().translator = Translator::new(Lang::ZhCn);
    theme::speak(&harness.ctx, Lang::ZhCn);
    hold_shown("connect-zh-dark-small", &mut harness, Theme::Dark, SMALL);
}

#[test]
fn names_ports_and_subscriptions_are_typed_added_and_taken_away() {
    let mut form = Form::new(broker());
    form.ports = module();
    let mut harness = shown(form);
    let typed = |harness: &mut Harness<'static, Form>, name: &str, text: &str| {
        harness.get_by_role_and_label(Role::TextInput, name).focus();
        harness.run();
        harness.get_by_role_and_label(Role::TextInput, name).type_text(text);
        harness.run();
        std::mem::take(&mut harness.state_mut().actions)
    };
    assert_eq!(typed(&mut harness, "Port path", "COM9"), [Action::Edit(Edit::PortPath("COM9".to_owned()))]);
    assert_eq!(typed(&mut harness, "Profile name", "a"), [Action::Edit(Edit::ProfileName("a".to_owned()))]);
    assert_eq!(asked(&mut harness, "Add a subscription"), [Action::Edit(Edit::AddSubscription)]);
    assert_eq!(harness.state().profile.subscriptions.len(), 1);
    click(&mut harness, "Remove subscription 1");
    assert!(harness.state().profile.subscriptions.is_empty());
    assert_eq!(asked(&mut harness, "Look for ports again"), [Action::ListPorts]);
    assert!(matches!(asked(&mut harness, "Ask for AT").as_slice(), [Action::ProbePorts(_)]));
    assert_eq!(asked(&mut harness, "Connect now"), [Action::Connect]);
    assert_eq!(asked(&mut harness, "New profile"), [Action::Profile(ProfileAction::New)]);
}

#[test]
fn a_profile_is_deleted_only_after_a_yes() {
    let mut form = Form::new(Profile { name: "a".to_owned(), ..broker() });
    form.profiles = vec![form.profile.clone()];
    form.screen.asks_delete = true;
    let mut harness = shown(form);
    assert_eq!(asked(&mut harness, "Keep it"), [Action::Profile(ProfileAction::AskDelete(false))]);
    assert_eq!(asked(&mut harness, "Delete it"), [Action::Profile(ProfileAction::Delete)]);
}

#[test]
fn a_file_of_profiles_is_named_and_says_why_it_cannot_be_written_yet() {
    let mut form = Form::new(Profile { name: "a".to_owned(), ..broker() });
    form.profiles = vec![form.profile.clone(), Profile { name: "b".to_owned(), ..broker() }];
    form.screen.files.open = Some(FileDialog::Export);
    let mut harness = shown(form);
    let files = |action| [Action::Profile(ProfileAction::Files(action))];
    assert_eq!(asked(&mut harness, "All 2 saved profiles"), files(FilesAction::All(true)));
    assert_disabled(&mut harness, "Write the file", "Type or pick a path first");
    harness.get_by_role_and_label(Role::TextInput, "Path of the file").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Path of the file").type_text("x");
    harness.run();
    let typed = std::mem::take(&mut harness.state_mut().actions);
    assert_eq!(typed, files(FilesAction::Path("x".to_owned())));
    let state = &mut harness.state_mut().screen.files;
    (state.path, state.is_busy) = ("/tmp/a.json".to_owned(), true);
    harness.run();
    assert_disabled(&mut harness, "Write the file", "Wait for the file");
    assert_disabled(&mut harness, "Browse", "Wait for the file");
}

#[test]
fn connections_of_which_the_module_can_use_none_are_named_and_not_taken() {
    let mut form = Form::new(Profile { name: "a".to_owned(), ..broker() });
    let left_out = vec![Text::new("foreign-web-socket").with("name", "web")];
    let found = Some(Foreign { tool: "MQTTX", found: Vec::new(), left_out });
    let (open, path) = (Some(FileDialog::Import), "/tmp/a.json".to_owned());
    form.screen.files = FilesScreen { open, path, found, ..FilesScreen::default() };
    let mut harness = shown(form);
    harness.get_by_label("\"web\" goes over WebSocket, which the module does not speak: left out.");
    assert_disabled(&mut harness, "Import them", "None of these connections can be used by the module");
}

#[test]
fn asked_for_passwords_can_be_kept_where_there_is_a_keyring() {
    let passwords = PasswordEntry { has_login: true, ..PasswordEntry::default() };
    let mut form = Form::new(Profile { passwords, ..broker() });
    form.screen.asks_secrets = true;
    form.keyring = Keyring::Ready;
    let mut harness = shown(form);
    let all: Vec<_> = harness.get_all_by_label("Keep passwords in the system's keyring").collect();
    let in_question = all.last().expect("a check box");
    in_question.click();
    harness.run();
    let actions = std::mem::take(&mut harness.state_mut().actions);
    assert!(matches!(actions.as_slice(), [Action::Secrets(SecretsAction::Keep(_))]), "{actions:?}");
}

#[test]
fn while_a_port_is_open_other_ports_are_not_asked_and_the_reason_is_said() {
    let mut form = Form::new(broker());
    form.ports = module();
    let generation = Generation(1);
    form.model.apply(&Input::Began { generation, link: "COM5".to_owned(), is_simulated: false, own_broker: None });
    let mut harness = shown(form);
    assert_disabled(&mut harness, "Ask for AT", "A port is open: close it first");
    assert_disabled(&mut harness, "New profile", "Disconnect first");
}

#[test]
fn the_page_speaks_both_languages_with_every_glyph() {
    for (lang, save) in [(Lang::En, "Save"), (Lang::ZhCn, "保存")] {
        for case in SecurityCase::ALL {
            let mut form = Form::new(broker());
            form.translator = Translator::new(lang);
            form.profile.security.case = case;
            form.profile.security.ignore_clock = true;
            form.profile.sim.is_private = true;
            form.ports = module();
            // The harness fails on a glyph that no font has and on a control without a name.
            shown(form).get_by_label(save);
        }
    }
}

/// Relative luminance of WCAG 2.
fn luminance(pixel: &[u8]) -> f32 {
    let channel = |value: u8| {
        let value = f32::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(pixel[0]) + 0.7152 * channel(pixel[1]) + 0.0722 * channel(pixel[2])
}

/// While a session stands the form is read aloud to others: every word of it as drawn has ink enough.
#[test]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels of a small picture")]
fn connected_the_form_is_text_that_can_be_read() {
    for theme in [Theme::Light, Theme::Dark] {
        let mut form = Form::new(Profile { user: "operator".to_owned(), ..broker() });
        let generation = Generation(1);
        form.model.apply(&Input::Began { generation, link: "COM5".to_owned(), is_simulated: false, own_broker: None });
        let mut harness = shown(form);
        harness.ctx.set_theme(theme);
        harness.run_steps(4);
        harness.get_by_label_contains("Disconnect first to change it");
        let places: Vec<_> = ["Host", "Client ID", "Broker and login", "Built-in broker", "Another broker"]
            .into_iter()
            .filter_map(|name| harness.query_all_by_label(name).next().map(|node| (name, node.rect())))
            .chain(harness.query_all_by_role(Role::TextInput).map(|node| ("a field", node.rect())))
            .collect();
        assert!(places.len() > 5, "{places:?}");
        let picture = harness.render().expect("a picture");
        for (name, place) in places {
            let inner = place.shrink(4.0);
            let range = |from: f32, to: f32| (from.max(0.0) as u32)..(to.max(0.0) as u32);
            let lights: Vec<f32> = range(inner.top(), inner.bottom().min(2_399.0))
                .flat_map(|y| range(inner.left(), inner.right().min(999.0)).map(move |x| (x, y)))
                .map(|(x, y)| luminance(&picture.get_pixel(x, y).0))
                .collect();
            let (low, high) =
                lights.iter().fold((1.0_f32, 0.0_f32), |(low, high), one| (low.min(*one), high.max(*one)));
            if high - low < 0.01 {
                continue; // an empty field
            }
            let contrast = (high + 0.05) / (low + 0.05);
            assert!(contrast >= 4.5, "{name} in {theme:?}: {contrast:.2}");
        }
    }
}

/// A module that wants its PIN and holds an access point.
fn locked_module() -> Model {
    use air780e_companion::{
        air780e::{apn::SavedApn, identity::Firmware, sim::SimState},
        model::{event::Event, status::Status},
        time::{Observed, WallAnchor},
    };
    let mut model = Model::default();
    let seen = |event| Input::Told { generation: Generation::default(), event };
    let anchor = WallAnchor::new(crate::desk::opened());
    model.apply(&seen(Event::Opened { port: "COM5".to_owned(), anchor, is_simulated: false }));
    let saved = SavedApn { is_saved: true, apn: "cmiot".to_owned(), ..SavedApn::default() };
    let status = Status {
        sim: Some(Observed::new(SimState::PinWanted, Moment::ZERO, "AT+CPIN")),
        firmware: Some(Observed::new(Firmware::parse("AirM2M_780E_V1160_LTE_AT"), Moment::ZERO, "ATI")),
        access_point: Some(Observed::new(saved, Moment::ZERO, "AT+CPNETAPN?")),
        name_servers: Some(Observed::new(("1.1.1.1".to_owned(), None), Moment::ZERO, "AT+CDNSCFG?")),
        address: Some(Observed::new("10.1.2.3".to_owned(), Moment::ZERO, "AT+CGPADDR")),
        overwritten: 3,
        lost_in_cache: 2,
        ..Status::default()
    };
    model.apply(&seen(Event::Status(Box::new(status))));
    model
}

#[test]
fn what_can_be_done_with_the_module_itself_has_a_control_each() {
    use air780e_companion::action::ModuleAction;
    let mut form = Form::new(Profile::default());
    form.model = locked_module();
    form.screen.module.servers = "8.8.8.8, 1.1.1.1".to_owned();
    form.screen.module.wrong_pins = 1;
    let mut page = shown(form);
    for words in [
        "At most 2 tries are left",
        "The network gave 10.1.2.3 (access point cmiot).",
        "Cache of the module: 3 messages overwritten, 2 lost at a restart",
        "Wrong before V1161: ",
    ] {
        assert!(page.query_all_by_label_contains(words).next().is_some(), "{words}");
    }
    assert!(page.get_by_role_and_label(Role::Button, "Unlock").accesskit_node().is_disabled(), "without a PIN");
    page.state_mut().screen.module.pin = Password::new("1234");
    page.run();
    let hands = [
        ("Unlock", ModuleAction::Unlock),
        ("Delete it", ModuleAction::ClearAccessPoint),
        ("Set until restart", ModuleAction::SetServers),
        ("Look again", ModuleAction::Look),
        ("Radio off", ModuleAction::Radio(false)),
        ("Restart", ModuleAction::Restart),
        ("HEX mode on", ModuleAction::HexMode(true)),
        ("Erase the setting hostname", ModuleAction::Erase("hostname".to_owned())),
    ];
    for (name, action) in hands {
        page.get_by_role_and_label(Role::Button, name).click();
        page.run();
        assert_eq!(std::mem::take(&mut page.state_mut().actions), [Action::Module(action)], "{name}");
    }
    page.get_by_role_and_label(Role::PasswordInput, "PIN").focus();
    page.run();
    page.get_by_role_and_label(Role::PasswordInput, "PIN").type_text("5");
    page.run();
    let typed = std::mem::take(&mut page.state_mut().actions);
    assert!(typed.iter().any(|action| matches!(action, Action::Module(ModuleAction::Pin(_)))), "{typed:?}");
    page.get_by_role_and_label(Role::TextInput, "Ask others").focus();
    page.run();
    page.get_by_role_and_label(Role::TextInput, "Ask others").type_text("5");
    page.run();
    let typed = std::mem::take(&mut page.state_mut().actions);
    assert!(typed.iter().any(|action| matches!(action, Action::Module(ModuleAction::Servers(_)))), "{typed:?}");
}
