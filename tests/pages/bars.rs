//! What stands around every page: navigation, top bar, ladder, terminal strip, notices, the keys and the dialog that saves.

use std::time::Duration;

use air780e_companion::{
    action::{Action, DemoAction, Edit, LinkChoice, Look, ProfileAction, SaveAction, TerminalAction, ThemeChoice},
    lang::{Lang, Text, Translator},
    model::{
        Generation, Input, Model,
        event::{Event, Fault, WireKind, WireLine},
        notices::Notice,
        status::{Rung, RungState, Status},
    },
    time::{Moment, WallAnchor},
    ui::{self, Cx, theme},
    view::{
        self, Page, Port, Screen,
        notices::NoticeView,
        save::{Purpose, Stage},
        top_bar::{MainButton, SignalView, TopBarView},
    },
};
use eframe::egui::{CentralPanel, Ui, Vec2, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use crate::desk::opened;

pub(crate) type Bar = Harness<'static, Vec<Action>>;

/// A window of `size` with one bar in it.
pub(crate) fn shown(size: Vec2, mut draw: impl FnMut(&mut Ui, &mut Cx<'_>) + 'static) -> Bar {
    let translator = Translator::new(Lang::En);
    let mut harness = Harness::builder()
        .with_size(size)
        .with_context_setup(|ctx| {
            theme::install(ctx);
            // Reasons are read at once.
            ctx.all_styles_mut(|style| style.interaction.tooltip_delay = 0.0);
        })
        .build_ui_state(
            move |ui: &mut Ui, actions: &mut Vec<Action>| {
                let mut cx = Cx { lang: &translator, tokens: theme::Tokens::of(ui), actions };
                CentralPanel::default().show(ui, |ui| draw(ui, &mut cx));
            },
            Vec::new(),
        );
    harness.run();
    harness
}

fn asked(bar: &mut Bar, role: Role, name: &str) -> Vec<Action> {
    bar.get_by_role_and_label(role, name).click();
    bar.run();
    std::mem::take(bar.state_mut())
}

fn reason(bar: &mut Bar, role: Role, name: &str, why: &str) {
    assert!(bar.get_by_role_and_label(role, name).accesskit_node().is_disabled(), "{name} can be used");
    bar.get_by_role_and_label(role, name).hover();
    bar.run_steps(4);
    assert!(bar.query_all_by_label_contains(why).next().is_some(), "{name} does not say why: {why}");
}

#[test]
fn each_page_is_gone_to_by_its_name_in_a_wide_and_in_a_small_window() {
    for is_narrow in [false, true] {
        let mut bar = shown(vec2(180.0, 330.0), move |ui, cx| ui::nav::nav_ui(ui, cx, Page::Connect, is_narrow));
        let names = ["Connect", "Messages", "Certificates", "Latency", "Watch", "Troubleshoot", "Terminal", "Settings"];
        for (page, name) in Page::ALL.into_iter().zip(names) {
            assert_eq!(asked(&mut bar, Role::Button, name), [Action::Go(page)]);
        }
    }
}

fn top_bar() -> TopBarView {
    TopBarView {
        link: Port::Virtual,
        ports: vec!["COM5".to_owned()],
        is_link_free: true,
        firmware: Some("AirM2M_780E_V1169_LTE_AT".to_owned()),
        profile: "line 3".to_owned(),
        profiles: vec!["line 3".to_owned(), "line 4".to_owned()],
        button: MainButton::Connect,
        can_close_port: true,
        signal: Some(SignalView { dbm: Some(-65), bars: 4, age: Duration::from_secs(3) }),
        recorded: None,
        is_simulated: true,
        playing: None,
        lang: Lang::En,
        theme: ThemeChoice::Light,
    }
}

fn shown_top(view: TopBarView, width: f32) -> Bar {
    shown(vec2(width, 300.0), move |ui, cx| ui::top_bar::bar_ui(ui, cx, &view))
}

#[test]
fn the_top_bar_chooses_connects_and_changes_the_look_in_a_wide_and_in_a_small_window() {
    for width in [1_100.0, 667.0] {
        // A small window has no room for both the figure and the way to close the port.
        let mut bar = shown_top(TopBarView { can_close_port: false, ..top_bar() }, width);
        assert!(bar.query_all_by_label("−65 dBm").next().is_some(), "the strength has its words at {width} points");
        assert!(bar.query_by_label("SIMULATED").is_some());
        bar = shown_top(top_bar(), width);
        assert_eq!(asked(&mut bar, Role::Button, "Connect"), [Action::Connect]);
        assert_eq!(asked(&mut bar, Role::Button, "Close port"), [Action::Disconnect]);
        assert_eq!(asked(&mut bar, Role::Button, "Demo"), [Action::Demo(DemoAction::Toggle)]);
        assert_eq!(asked(&mut bar, Role::Button, "Theme: light"), [Action::Look(Look::Theme(ThemeChoice::Dark))]);
        assert_eq!(asked(&mut bar, Role::Button, "Switch to 简体中文"), [Action::Look(Look::Lang(Lang::ZhCn))]);
        assert_eq!(asked(&mut bar, Role::ComboBox, "Modem"), []);
        let port = Edit::Link(LinkChoice::Port("COM5".to_owned()));
        assert_eq!(asked(&mut bar, Role::Button, "COM5"), [Action::Edit(port)]);
        assert_eq!(asked(&mut bar, Role::ComboBox, "Profile"), []);
        let other = ProfileAction::Choose("line 4".to_owned());
        assert_eq!(asked(&mut bar, Role::Button, "line 4"), [Action::Profile(other)]);
        assert_eq!(asked(&mut bar, Role::ComboBox, "Profile"), []);
        assert_eq!(asked(&mut bar, Role::Button, "New profile"), [Action::Profile(ProfileAction::New)]);
    }
}

#[test]
fn a_scenario_that_is_on_is_named_and_can_be_ended_and_demo_stays_for_a_serial_port() {
    for width in [1_920.0, 1_100.0, 667.0] {
        let title = "The broker drops the line";
        let view = TopBarView { playing: Some(title.to_owned()), can_close_port: false, ..top_bar() };
        let mut bar = shown_top(view, width);
        if width > 1_000.0 {
            bar.get_by_label(title);
        }
        let end = "End the scenario \"The broker drops the line\"";
        assert_eq!(asked(&mut bar, Role::Button, end), [Action::Demo(DemoAction::Leave)]);
    }
    let place = |is_simulated: bool| {
        let link = if is_simulated { Port::Virtual } else { Port::Serial("COM5".to_owned()) };
        let bar = shown_top(TopBarView { link, is_simulated, can_close_port: false, ..top_bar() }, 1_100.0);
        let rect = bar.get_by_label("Demo").rect();
        (rect.left(), rect.right())
    };
    assert_eq!(place(true), place(false));
}

/// How many pixels around the control of this name change when it gets the keyboard.
fn changed_by_focus(bar: &mut Bar, name: &str) -> usize {
    let picture = |bar: &mut Bar| bar.render().expect("a picture");
    let before = picture(bar);
    bar.get_by_role_and_label(Role::Button, name).focus();
    bar.run();
    let after = picture(bar);
    before.pixels().zip(after.pixels()).filter(|(one, other)| one != other).count()
}

#[test]
fn every_kind_of_control_shows_that_it_has_the_keyboard() {
    for name in ["Connect", "Demo", "Theme: light"] {
        let changed = changed_by_focus(&mut shown_top(top_bar(), 1_100.0), name);
        assert!(changed > 100, "{name}: {changed} pixels");
    }
    let mut nav = shown(vec2(180.0, 330.0), |ui, cx| ui::nav::nav_ui(ui, cx, Page::Connect, false));
    for name in ["Connect", "Terminal"] {
        let changed = changed_by_focus(&mut nav, name);
        assert!(changed > 100, "{name}: {changed} pixels");
    }
}

#[test]
fn while_a_session_stands_modem_and_profile_say_why_they_stay() {
    let view = TopBarView { is_link_free: false, button: MainButton::Disconnect, can_close_port: false, ..top_bar() };
    let mut bar = shown_top(view, 1_100.0);
    for name in ["Modem", "Profile"] {
        reason(&mut bar, Role::ComboBox, name, "Disconnect first");
    }
    assert_eq!(asked(&mut bar, Role::Button, "Disconnect"), [Action::Disconnect]);
}

#[test]
fn a_rung_opens_its_evidence_in_a_wide_and_in_a_small_window() {
    for width in [1_100.0, 640.0] {
        let (model, screen) = (Model::default(), Screen::default());
        let mut bar = shown(vec2(width, 300.0), move |ui, cx| {
            ui::ladder::ladder_ui(ui, cx, &view::ladder::view(&model, &screen));
        });
        assert_eq!(asked(&mut bar, Role::Button, "TLS: unknown"), [Action::ShowRung(Some(Rung::Tls))]);
        let (model, screen) = (Model::default(), Screen { rung: Some(Rung::Tls), ..Screen::default() });
        let mut bar = shown(vec2(width, 300.0), move |ui, cx| {
            ui::ladder::ladder_ui(ui, cx, &view::ladder::view(&model, &screen));
        });
        assert_eq!(asked(&mut bar, Role::Button, "TLS: unknown"), [Action::ShowRung(None)]);
        assert_eq!(asked(&mut bar, Role::Button, "Close the evidence"), [Action::ShowRung(None)]);
    }
}

#[test]
fn the_strip_folds_and_leads_to_the_terminal() {
    let mut model = Model::default();
    let generation = Generation::default();
    let event = Event::Opened { port: "COM5".to_owned(), anchor: WallAnchor::new(opened()), is_simulated: false };
    model.apply(&Input::Told { generation, event });
    let line = WireLine { at: Moment::ZERO, kind: WireKind::Sent, text: "AT+CSQ".to_owned(), bytes: None };
    model.apply(&Input::Told { generation, event: Event::Wire(line) });
    let screen = view::terminal::Screen::default();
    let number = model.terminal().forgotten();
    let mut bar = shown(vec2(900.0, 160.0), move |ui, cx| {
        ui::terminal_strip::strip_ui(ui, cx, &view::terminal::view(&model, &screen), true, 3);
    });
    assert_eq!(asked(&mut bar, Role::Button, "Fold the terminal"), [Action::Look(Look::Strip(false))]);
    assert_eq!(asked(&mut bar, Role::Button, "Open the page"), [Action::Go(Page::Terminal)]);
    assert_eq!(asked(&mut bar, Role::Button, "Notices (3)"), [Action::ShowNotices(true)]);
    let row = Action::Terminal(TerminalAction::Open(number));
    assert_eq!(asked(&mut bar, Role::ListBoxOption, "→ AT+CSQ"), [row]);
}

#[test]
fn a_notice_is_taken_away_by_its_button_and_stays_in_the_list() {
    let notice = || NoticeView { id: 7, is_bad: true, text: Text::new("notice-too-many"), file: None };
    let mut bar = shown(vec2(640.0, 400.0), move |ui, cx| ui::notices::notices_ui(ui, cx, &[notice()]));
    assert_eq!(asked(&mut bar, Role::Button, "Take the notice away"), [Action::DismissNotice(7)]);
    let mut bar = shown(vec2(640.0, 400.0), move |ui, cx| ui::notices::list_ui(ui, cx, &[notice()]));
    bar.get_by_label_contains("Too many requests");
    assert!(bar.query_by_label("Take the notice away").is_none());
    assert_eq!(asked(&mut bar, Role::Button, "Close the notices"), [Action::ShowNotices(false)]);
}

#[test]
fn a_written_file_leads_to_its_folder_and_its_path() {
    let file = Some("/tmp/a.csv".to_owned());
    let notice = move || NoticeView { id: 7, is_bad: false, text: Text::new("notice-no-port"), file: file.clone() };
    let (other, past) = (notice.clone(), notice);
    let mut bars = [
        shown(vec2(640.0, 400.0), move |ui, cx| ui::notices::notices_ui(ui, cx, &[other()])),
        shown(vec2(640.0, 400.0), move |ui, cx| ui::notices::list_ui(ui, cx, &[past()])),
    ];
    for bar in &mut bars {
        let opens = Action::OpenFolder("/tmp/a.csv".to_owned());
        assert_eq!(asked(bar, Role::Button, "Open the folder"), [opens]);
        assert_eq!(asked(bar, Role::Button, "Copy the path"), [Action::Copy("/tmp/a.csv".to_owned())]);
    }
}

#[test]
fn the_list_of_keys_closes_by_its_button() {
    let mut bar = shown(vec2(800.0, 700.0), |ui, cx| ui::keys::help_ui(ui, cx, Page::Messages));
    assert_eq!(asked(&mut bar, Role::Button, "Close"), [Action::ShowHelp(false)]);
}

fn saving(path: &str, stage: Stage) -> Bar {
    let mut screen = view::save::Screen::new(Purpose::Latency, path.to_owned(), true);
    screen.stage = stage;
    shown(vec2(800.0, 500.0), move |ui, cx| ui::save::save_ui(ui, cx, &screen))
}

#[test]
fn a_file_is_named_chosen_written_or_left() {
    let mut bar = saving("/tmp/a", Stage::Naming);
    assert!(bar.query_by_label("SIMULATED").is_some());
    assert_eq!(asked(&mut bar, Role::Button, "Choose a place …"), [Action::Save(SaveAction::Choose)]);
    assert_eq!(asked(&mut bar, Role::Button, "Save file"), [Action::Save(SaveAction::Write)]);
    assert_eq!(asked(&mut bar, Role::Button, "Cancel"), [Action::Save(SaveAction::Cancel)]);
    bar.get_by_role(Role::TextInput).focus();
    bar.run();
    bar.get_by_role(Role::TextInput).type_text("b");
    bar.run();
    assert!(matches!(bar.state_mut().as_slice(), [Action::Save(SaveAction::Path(path))] if path.contains('b')));
}

#[test]
fn a_file_that_cannot_be_written_now_says_why() {
    reason(&mut saving(" ", Stage::Naming), Role::Button, "Save file", "Type a path first");
    reason(&mut saving("/tmp/a", Stage::Writing), Role::Button, "Save file", "Wait until the step under way has ended");
}

/// The harness fails on a glyph that no font has.
#[test]
fn notices_and_evidence_have_every_glyph_in_both_languages() {
    for lang in Lang::ALL {
        for rung in Rung::ALL {
            let (translator, mut model) = (Translator::new(lang), Model::default());
            for notice in notices() {
                model.apply(&Input::Notice(notice));
            }
            model.apply(&Input::Told { generation: Generation::default(), event: failed(rung) });
            let screen = Screen { rung: Some(rung), ..Screen::default() };
            let mut harness = Harness::builder()
                .with_size(vec2(1_000.0, 1_600.0))
                .with_context_setup(theme::install)
                .build_ui(move |ui| {
                    let mut actions = Vec::new();
                    let mut cx = Cx { lang: &translator, tokens: theme::Tokens::of(ui), actions: &mut actions };
                    ui::ladder::ladder_ui(ui, &mut cx, &view::ladder::view(&model, &screen));
                    ui::notices::notices_ui(ui, &mut cx, &view::notices::view(&model, Page::Settings));
                });
            harness.run();
            let dismiss = if lang == Lang::En { "Take the notice away" } else { "关闭通知" };
            assert!(harness.query_all_by_label(dismiss).count() > 2, "{lang:?}: the notices are drawn");
        }
    }
}

/// One notice of each kind that has words of its own, with Chinese in what it names.
fn notices() -> [Notice; 7] {
    let (path, detail) = ("/家/配置.json".to_owned(), "拒绝访问 (os error 13)".to_owned());
    [
        Notice::TooManyRequests,
        Notice::NoPort,
        Notice::OwnBrokerFailed { detail: detail.clone() },
        Notice::FileFailed { path: path.clone(), detail: detail.clone() },
        Notice::Exported { path },
        Notice::NoFileDialog,
        Notice::KeyringFailed { detail },
    ]
}

/// The status of a module on which `rung` failed.
fn failed(rung: Rung) -> Event {
    let mut status = Status::default();
    let entry = status.ladder.entry_mut(rung);
    entry.state = RungState::Failed;
    entry.fault = Some(Fault::Silent { tries: 3 });
    Event::Status(Box::new(status))
}
