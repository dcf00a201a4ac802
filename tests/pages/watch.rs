//! The Watch page and the bar of a session that comes back, by their words and names.

use air780e_companion::{
    action::{Action, ComebackAction, WatchAction},
    lang::{Lang, Text, Translator},
    ui::{self, Cx, theme},
    view::{
        comeback::ComebackView,
        watch::{Ask, Opened, Own, Screen, Which, view},
    },
    watch::{Comeback, Entry, Plan, Reason, Summary, Trail, Wall, Way},
};
use eframe::egui::{CentralPanel, Key, Ui, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use crate::bars;

/// The page with all that it needs; everything that is asked is collected.
struct Page {
    translator: Translator,
    screen: Screen,
    own: Option<(Summary, Trail)>,
    is_running: bool,
    actions: Vec<Action>,
}

impl Page {
    fn new(screen: Screen) -> Self {
        Self { translator: Translator::new(Lang::En), screen, own: None, is_running: false, actions: Vec::new() }
    }

    fn draw(&mut self, ui: &mut Ui) {
        let tokens = theme::Tokens::of(ui);
        let mut cx = Cx { lang: &self.translator, tokens, actions: &mut self.actions };
        let own = self.own.as_ref().map(|(summary, trail)| Own {
            summary,
            trail,
            path: Some("/kept/now.jsonl"),
            is_running: self.is_running,
        });
        let comeback = Comeback::default();
        let view = view(&mut self.screen, own, &comeback, "Watch of this window");
        CentralPanel::default().show(ui, |ui| ui::watch::page_ui(ui, &mut cx, &view));
        if let Some(ask) = &view.screen.asks {
            ui::watch::ask_ui(ui, &mut cx, ask);
        }
    }
}

type Shown = Harness<'static, Page>;

fn shown(page: Page) -> Shown {
    let mut harness = Harness::builder()
        .with_size(vec2(1_100.0, 1_400.0))
        .with_context_setup(theme::install)
        .build_ui_state(|ui, page: &mut Page| page.draw(ui), page);
    harness.run();
    harness
}

fn asked(page: &mut Shown, role: Role, name: &str) -> Vec<Action> {
    page.get_by_role_and_label(role, name).click();
    page.run();
    std::mem::take(&mut page.state_mut().actions)
}

fn wall(seconds: i64) -> Wall {
    Wall::from_millis(1_767_225_600_000 + seconds * 1_000)
}

/// An hour with two drops: one of a weak signal, one that nothing explains.
fn journal(is_over: bool) -> (Summary, Trail) {
    let plan = Plan {
        t: wall(0),
        version: Plan::VERSION,
        for_s: 3_600,
        publish_every_s: Some(60),
        qos: 1,
        signal_every_s: Some(60),
        keep_alive_s: 120,
        broker: "broker.example:1883".to_owned(),
        max_drops: None,
    };
    let lost = |t, n, rssi_dbm| Entry::Drop {
        t: wall(t),
        n,
        by: Reason::Closed,
        text: "lost".to_owned(),
        rssi_dbm,
        signal_age_s: Some(3),
        quiet_s: 7,
        lines: vec!["CLOSED".to_owned()],
    };
    let why = |t, n, finding: Option<&str>| Entry::Why {
        t: wall(t),
        n,
        finding: finding.map(str::to_owned),
        certainty: None,
        undecided: Vec::new(),
        evidence: Vec::new(),
    };
    let mut entries = vec![
        Entry::Watch(plan),
        Entry::Run { t: wall(0), port: "COM5".to_owned() },
        Entry::Up { t: wall(10) },
        Entry::Signal { t: wall(20), rssi_dbm: Some(-67) },
        lost(600, 1, Some(-105)),
        why(601, 1, Some("F-185")),
        Entry::Helped { t: wall(629), way: Way::Link },
        Entry::Up { t: wall(630) },
        lost(1_800, 2, None),
        why(1_801, 2, None),
        Entry::Up { t: wall(1_812) },
        Entry::Signal { t: wall(2_000), rssi_dbm: Some(-71) },
    ];
    entries.push(if is_over {
        Entry::End { t: wall(3_600) }
    } else {
        Entry::Run { t: wall(3_000), port: "COM5".to_owned() }
    });
    let (mut summary, mut trail) = (Summary::default(), Trail::default());
    for entry in &entries {
        summary.take(entry);
        trail.take(entry);
    }
    (summary, trail)
}

fn opened(number: u64, name: &str, is_over: bool) -> Opened {
    let (summary, trail) = journal(is_over);
    Opened { number, name: name.to_owned(), path: format!("/j/{name}"), summary, trail, ends_torn: false }
}

const fn watch(action: WatchAction) -> Action {
    Action::Watch(action)
}

#[test]
fn an_empty_page_says_what_it_is_for_and_its_form_leads_to_a_watch() {
    let mut page = shown(Page::new(Screen::default()));
    page.get_by_label("Nothing watched yet");
    assert!(page.get_by_role_and_label(Role::Button, "Save report").accesskit_node().is_disabled());
    assert_eq!(asked(&mut page, Role::Button, "New watch"), [watch(WatchAction::ShowForm(true))]);
    page.state_mut().screen.is_form_open = true;
    page.run();
    assert_eq!(asked(&mut page, Role::Button, "Start watching"), [watch(WatchAction::Start)]);
    assert_eq!(asked(&mut page, Role::Button, "Close the form"), [watch(WatchAction::ShowForm(false))]);
    page.get_by_role_and_label(Role::TextInput, "Hours").focus();
    page.run();
    page.get_by_role_and_label(Role::TextInput, "Hours").type_text("9");
    page.run();
    let typed = std::mem::take(&mut page.state_mut().actions);
    let is_typed =
        |action: &Action| matches!(action, Action::Watch(WatchAction::Form(form)) if form.hours.contains('9'));
    assert!(typed.iter().any(is_typed), "{typed:?}");
    page.state_mut().screen.form.hours = "999".to_owned();
    page.run();
    page.get_by_label("Hours: a number up to 200");
    assert!(page.get_by_role_and_label(Role::Button, "Start watching").accesskit_node().is_disabled());
    page.state_mut().screen.is_awaiting = true;
    page.run();
    page.get_by_label("Begins as soon as there is a session");
    assert_eq!(asked(&mut page, Role::Button, "End watch"), [watch(WatchAction::Stop)]);
}

#[test]
fn a_watch_under_way_tells_its_time_its_drops_and_their_causes() {
    let mut page = Page::new(Screen::default());
    (page.own, page.is_running) = (Some(journal(false)), true);
    let mut page = shown(page);
    for words in
        ["Drop 1 ·", "F-185 ", "1 unexplained", "−105 dBm and quiet for 7.0 s before", "back by a new connection"]
    {
        assert!(page.query_all_by_label_contains(words).next().is_some(), "{words}");
    }
    assert!(page.query_all_by_label_contains("stopped before the end").next().is_none(), "it has not failed yet");
    assert_eq!(asked(&mut page, Role::Button, "End watch"), [watch(WatchAction::Stop)]);
    page.get_all_by_role(Role::Button).find(|node| label(node).starts_with("Drop 2 ·")).expect("a row").click();
    page.run();
    assert_eq!(std::mem::take(&mut page.state_mut().actions), [watch(WatchAction::LookAtDrop(2))]);
    page.state_mut().screen.look_at_drop(2);
    let window = page.state().screen.window.expect("a part of it");
    assert_eq!((window.from_ms, window.to_ms), (1_770_000, 1_842_000), "half a minute around it");
    assert_eq!(asked(&mut page, Role::Button, "Save report"), [watch(WatchAction::Report)]);
}

#[test]
fn figures_and_causes_stand_beside_each_other_and_nothing_leaves_the_page() {
    for (width, is_compared) in [(800.0, false), (1_100.0, false), (1_100.0, true), (1_700.0, true)] {
        let mut screen = Screen::default();
        screen.opened = vec![opened(1, "a.jsonl", true), opened(2, "b.jsonl", false)];
        (screen.shown, screen.other) = (Which::Opened(1), is_compared.then_some(Which::Opened(2)));
        let mut page = shown(Page::new(screen));
        page.set_size(vec2(width, 1_400.0));
        page.run();
        let causes = page.get_by_label("Drops by cause").rect();
        for value in page.query_all_by_label_contains("published, ") {
            let is_clear = value.rect().right() < causes.left() || value.rect().bottom() < causes.top();
            assert!(is_clear, "{width}: {:?} under {causes:?}", value.rect());
        }
        for words in ["Drop 1 ·", "Drop 2 ·", "F-185 "] {
            for part in page.query_all_by_label_contains(words) {
                assert!(part.rect().right() < width, "{width}: {words} ends at {}", part.rect().right());
            }
        }
    }
}

fn label(node: &egui_kittest::Node<'_>) -> String {
    node.accesskit_node().label().unwrap_or_default()
}

#[test]
fn the_strip_is_moved_by_keys_too() {
    let mut screen = Screen::default();
    screen.opened = vec![opened(1, "a.jsonl", true)];
    let mut page = shown(Page::new(screen));
    page.get_by_label("Course of the watch: session, drops, signal").focus();
    page.run();
    for (key, is_it) in [(Key::Plus, true), (Key::Home, false)] {
        page.key_press(key);
        page.run();
        let wishes = std::mem::take(&mut page.state_mut().actions);
        let is_look =
            |action: &Action| matches!(action, Action::Watch(WatchAction::Look(window)) if window.is_some() == is_it);
        assert!(wishes.iter().any(is_look), "{key:?}: {wishes:?}");
    }
}

#[test]
fn journals_are_chosen_compared_closed_and_gone_on_with() {
    let opened = vec![opened(1, "a.jsonl", true), opened(2, "b.jsonl", false)];
    let mut screen = Screen::default();
    (screen.opened, screen.shown) = (opened, Which::Opened(2));
    let mut page = shown(Page::new(screen));
    page.get_by_label("Its time is not over.");
    assert_eq!(asked(&mut page, Role::Button, "Go on watching"), [watch(WatchAction::GoOn(2))]);
    let close = "Close this journal; its file stays";
    assert_eq!(asked(&mut page, Role::Button, close), [watch(WatchAction::Forget(2))]);
    page.get_by_role_and_label(Role::ComboBox, "Watch shown").click();
    page.run();
    page.get_by_role_and_label(Role::Button, "a.jsonl").click();
    page.run();
    assert_eq!(std::mem::take(&mut page.state_mut().actions), [watch(WatchAction::Show(Which::Opened(1)))]);
    page.get_by_role_and_label(Role::ComboBox, "Compared with").click();
    page.run();
    page.get_by_role_and_label(Role::Button, "a.jsonl").click();
    page.run();
    let compared = [watch(WatchAction::Compare(Some(Which::Opened(1))))];
    assert_eq!(std::mem::take(&mut page.state_mut().actions), compared);
    page.state_mut().screen.other = Some(Which::Opened(1));
    page.run();
    assert!(page.query_all_by_label_contains("it may be chance").next().is_some());
}

#[test]
fn which_journal_is_asked_and_what_cannot_be_read_is_said() {
    let fault = Some(Text::new("watch-unreadable").put("path", "x").put("detail", "no journal"));
    let mut screen = Screen::default();
    (screen.fault, screen.is_reading) = (fault, true);
    let mut page = shown(Page::new(screen));
    page.get_by_label("x: no journal");
    page.get_by_label("Reading…");
    assert_eq!(asked(&mut page, Role::Button, "Open a journal"), [watch(WatchAction::Ask(true))]);
    let ask = Ask { path: "/j/a.jsonl".to_owned(), own: vec!["/j/own.jsonl".to_owned()], ..Ask::default() };
    page.state_mut().screen.asks = Some(ask);
    page.run();
    assert_eq!(asked(&mut page, Role::Button, "Choose a file …"), [watch(WatchAction::Choose)]);
    assert_eq!(asked(&mut page, Role::Button, "Cancel"), [watch(WatchAction::Ask(false))]);
    assert_eq!(asked(&mut page, Role::Button, "Read"), [watch(WatchAction::Open("/j/a.jsonl".to_owned()))]);
    let own = [watch(WatchAction::Open("/j/own.jsonl".to_owned()))];
    assert_eq!(asked(&mut page, Role::Button, "/j/own.jsonl"), own);
    page.get_by_role_and_label(Role::TextInput, "Path of the journal").focus();
    page.run();
    page.get_by_role_and_label(Role::TextInput, "Path of the journal").type_text("2");
    page.run();
    let typed = std::mem::take(&mut page.state_mut().actions);
    assert!(typed.iter().any(|action| matches!(action, Action::Watch(WatchAction::Path(_)))), "{typed:?}");
}

fn bar(view: ComebackView) -> bars::Bar {
    bars::shown(vec2(900.0, 90.0), move |ui, cx| ui::comeback::bar_ui(ui, cx, &view))
}

fn clicked(bar: &mut bars::Bar, name: &str) -> Vec<Action> {
    bar.get_by_role_and_label(Role::Button, name).click();
    bar.run();
    std::mem::take(bar.state_mut())
}

#[test]
fn coming_back_is_asked_hurried_and_stopped_and_what_a_hand_must_do_is_said() {
    let view = ComebackView {
        lost: Text::new("comeback-lost").put("time", "12:00:00").with("why", Reason::Closed.words()),
        text: Text::new("comeback-asking"),
        is_question: true,
        can_hurry: false,
        hand: None,
    };
    let mut question = bar(view.clone());
    question.get_by_label("The session was lost. Come back?");
    question.get_by_label("Lost at 12:00:00: the broker (or the network) closed the connection: CLOSED");
    for (name, action) in
        [("Come back", ComebackAction::Agree), ("Always", ComebackAction::Always), ("Leave it", ComebackAction::Stop)]
    {
        assert_eq!(clicked(&mut question, name), [Action::Comeback(action)]);
    }
    let text = Text::new("comeback-waiting").put("number", 3).put("seconds", 14);
    let hand = Some(Text::new("watch-no-way-back-helped"));
    let mut waits = bar(ComebackView { text, is_question: false, can_hurry: true, hand, ..view });
    waits.get_by_label("Coming back: try 3 in 14 s");
    assert!(waits.query_all_by_label_contains("Press RESET").next().is_some());
    assert_eq!(clicked(&mut waits, "Try now"), [Action::Comeback(ComebackAction::Agree)]);
    assert_eq!(clicked(&mut waits, "Stop trying"), [Action::Comeback(ComebackAction::Stop)]);
}
