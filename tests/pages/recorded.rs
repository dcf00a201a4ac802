//! A log in the place of the live connection: the questions which one, the bar above it, its lines, and what each control asks.

use std::cell::RefCell;

use air780e_companion::{
    action::{Action, RecordedAction},
    lang::{Lang, Text, Translator},
    modem::event::WireKind,
    ui::{
        Cx,
        recorded::{ask_ui, bar_ui, findings_ui, lines_ui, opener_ui, pasted_ui},
        theme,
    },
    view::recorded::{Ask, BarView, Block, EpisodeView, Log, PageView, ShownLine, Understood},
};
use eframe::egui::{Event, Key, Modifiers, Ui, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

struct Desk {
    translator: Translator,
    actions: RefCell<Vec<Action>>,
}

fn shown(draw: impl Fn(&mut Ui, &mut Cx<'_>) + 'static) -> Harness<'static, Desk> {
    let desk = Desk { translator: Translator::new(Lang::En), actions: RefCell::default() };
    let mut harness =
        Harness::builder().with_size(vec2(844.0, 600.0)).with_context_setup(theme::install).build_ui_state(
            move |ui, desk: &mut Desk| {
                let mut cx =
                    Cx { lang: &desk.translator, tokens: theme::Tokens::of(ui), actions: desk.actions.get_mut() };
                draw(ui, &mut cx);
            },
            desk,
        );
    harness.run();
    harness
}

fn taken(harness: &mut Harness<'static, Desk>) -> Vec<RecordedAction> {
    let actions = harness.state().actions.take();
    let wish = |action| match action {
        Action::Recorded(wish) => wish,
        other => panic!("{other:?} is about no log"),
    };
    actions.into_iter().map(wish).collect()
}

fn asked(harness: &mut Harness<'static, Desk>, name: &str) -> Vec<RecordedAction> {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run();
    taken(harness)
}

fn question(path: &str) -> Harness<'static, Desk> {
    let ask = Ask {
        path: path.to_owned(),
        is_choosing: false,
        has_no_dialog: false,
        last: vec!["/logs/a.txt".to_owned()],
        own: vec!["/logs/own.log".to_owned()],
    };
    shown(move |ui, cx| ask_ui(ui, cx, &ask))
}

#[test]
fn a_log_is_asked_for_by_path_by_dialog_or_from_the_lists() {
    let mut harness = question("/logs/b.txt");
    assert_eq!(asked(&mut harness, "Read it"), [RecordedAction::Open("/logs/b.txt".to_owned())]);
    assert_eq!(asked(&mut harness, "Choose a file …"), [RecordedAction::Choose]);
    assert_eq!(asked(&mut harness, "/logs/a.txt"), [RecordedAction::Open("/logs/a.txt".to_owned())]);
    assert_eq!(asked(&mut harness, "/logs/own.log"), [RecordedAction::Open("/logs/own.log".to_owned())]);
    assert_eq!(asked(&mut harness, "Cancel"), [RecordedAction::Ask(false)]);
}

#[test]
fn the_path_is_typed_at_once_and_needed() {
    let mut harness = question("");
    assert!(harness.get_by_role_and_label(Role::Button, "Read it").accesskit_node().is_disabled());
    harness.event(Event::Text("x".to_owned()));
    harness.run();
    assert_eq!(taken(&mut harness).first(), Some(&RecordedAction::Path("x".to_owned())));
}

#[test]
fn a_pasted_text_is_read_or_forgotten() {
    let mut harness = shown(|ui, cx| pasted_ui(ui, cx, "AT\nOK\n"));
    assert_eq!(asked(&mut harness, "Read as a log"), [RecordedAction::ReadPasted(true)]);
    assert_eq!(asked(&mut harness, "Cancel"), [RecordedAction::ReadPasted(false)]);
}

#[test]
fn the_bar_leads_to_the_live_connection_and_lets_go_of_the_log() {
    let mut harness = shown(move |ui, cx| bar_ui(ui, cx, &bar(&[])));
    harness.get_by_label("customer.log");
    assert_eq!(asked(&mut harness, "Show the connection"), [RecordedAction::ShowLive(true)]);
    assert_eq!(asked(&mut harness, "Close the log"), [RecordedAction::Close]);
}

fn bar(ports: &[&str]) -> BarView {
    BarView {
        name: Some("customer.log".to_owned()),
        about: Text::new("recorded"),
        is_reading: false,
        format: None,
        formats: vec![("sscom", "SSCOM"), ("tio", "tio")],
        ports: ports.iter().map(|port| (*port).to_owned()).collect(),
        port: 0,
        follows: Some(false),
    }
}

#[test]
fn format_port_and_following_are_corrected_by_hand() {
    let mut harness = shown(move |ui, cx| bar_ui(ui, cx, &bar(&["COM3", "COM4"])));
    assert_eq!(asked(&mut harness, "Follow"), [RecordedAction::Follow(true)]);
    for (choice, option, wish) in [
        ("Format of the log", "tio", RecordedAction::Format(Some("tio"))),
        ("Port of the log", "COM4", RecordedAction::Port(1)),
    ] {
        harness.get_by_role_and_label(Role::ComboBox, choice).click();
        harness.run();
        harness.get_by_role_and_label(Role::Button, option).click();
        harness.run();
        assert_eq!(taken(&mut harness), [wish]);
    }
}

#[test]
fn what_is_understood_stands_beside_the_line_until_it_is_not_wanted() {
    let mut log = Log::new(1, None);
    log.lines = 1;
    log.rows.await_block(Block::of(1));
    let understood = vec![Understood { kind: WireKind::Sent, text: "AT+CSQ".to_owned() }];
    log.rows.take(1, vec![ShownLine { text: "[10:00:00.000]发→◇AT+CSQ".to_owned(), understood }], 1);
    let mut harness = shown(move |ui, cx| lines_ui(ui, cx, &log));
    harness.get_by_role_and_label(Role::ListBoxOption, "1 [10:00:00.000]发→◇AT+CSQ | → AT+CSQ");
    harness.get_by_role_and_label(Role::CheckBox, "Understood").click();
    harness.run();
    assert_eq!(taken(&mut harness), [RecordedAction::ShowUnderstood(false)]);
}

#[test]
fn lines_in_sight_are_asked_for_and_chosen() {
    let mut log = Log::new(1, None);
    log.lines = 3;
    let mut harness = shown(move |ui, cx| lines_ui(ui, cx, &log));
    assert!(taken(&mut harness).contains(&RecordedAction::Look(Block::of(1))));
    harness.get_by_role_and_label(Role::ListBoxOption, "2 …").click();
    harness.run();
    assert!(taken(&mut harness).contains(&RecordedAction::Line(Some(2))));
}

#[test]
fn a_chosen_line_is_let_go_by_a_key_and_leads_back_to_its_episode() {
    let mut log = Log::new(1, None);
    log.lines = 3;
    log.choose(Some(2), true);
    log.episode = Some(0);
    let mut harness = shown(move |ui, cx| lines_ui(ui, cx, &log));
    assert!(asked(&mut harness, "Go to episode 1").contains(&RecordedAction::GoToEpisode(0)));
    harness.key_press_modifiers(Modifiers::NONE, Key::Escape);
    harness.run();
    assert!(taken(&mut harness).contains(&RecordedAction::Line(None)));
}

#[test]
fn an_episode_leads_to_its_first_line() {
    let mut harness = shown(|ui, cx| {
        let episode = EpisodeView {
            place: 0,
            when: Text::new("recorded"),
            begin_line: 4,
            rung: None,
            is_recovered: false,
            fault: None,
            step: None,
            causes: Vec::new(),
        };
        let page = PageView {
            verdict: None,
            note: None,
            counts: None,
            shown: &[],
            episodes: vec![episode],
            more: 0,
            comparison: None,
        };
        findings_ui(ui, cx, &page, None);
    });
    assert_eq!(asked(&mut harness, "Go to line 4"), [RecordedAction::GoToLine(4, Some(0))]);
}

#[test]
fn the_tool_of_a_page_opens_the_question() {
    let mut harness = shown(opener_ui);
    assert_eq!(asked(&mut harness, "Open a log"), [RecordedAction::Ask(true)]);
}
