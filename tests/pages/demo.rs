//! The demo panel.

use std::cell::RefCell;

use air780e_companion::{
    action::{Action, DemoAction},
    lang::{Lang, Text, Translator},
    model::{
        Generation, Input, Model,
        event::Event,
        request::{Request, RequestId},
    },
    sim::scenario,
    time::{Moment, WallAnchor},
    ui::{
        Cx,
        demo::{fits_beside, panel_ui},
        theme,
    },
    view::{
        Port,
        demo::{Course, Delay, Extent, Group, Hands, Play, Screen, Share, Speed, Steer, Tab, view},
    },
};
use eframe::egui::{self, Theme, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use crate::pictures::{SMALL, hold_shown};

/// The panel with what it shows.
struct Desk {
    translator: Translator,
    model: Model,
    screen: Screen,
    play: Play,
    hands: Hands,
    link: Port,
    actions: RefCell<Vec<Action>>,
}

impl Desk {
    fn new() -> Self {
        Self {
            translator: Translator::new(Lang::En),
            model: Model::default(),
            screen: Screen { extent: Extent::Whole, ..Screen::default() },
            play: Play::Nothing,
            hands: Hands::default(),
            link: Port::Virtual,
            actions: RefCell::default(),
        }
    }

    fn choosing(name: &str) -> Self {
        let mut desk = Self::new();
        desk.screen.choose(name);
        assert!(desk.screen.chosen.is_some(), "{name}");
        // The chosen row shall be in sight.
        name.clone_into(&mut desk.screen.search);
        desk
    }

    /// With the scenario of this name on, and its link open.
    fn playing(name: &str) -> Self {
        let mut desk = Self::choosing(name);
        desk.play = Play::On(Course::new(scenario::find(name).expect("a scenario"), 7));
        desk.open();
        desk
    }

    fn steering() -> Self {
        let mut desk = Self::new();
        desk.screen.tab = Tab::Steering;
        desk.open();
        desk
    }

    /// The link opens; no session yet.
    fn open(&mut self) {
        let generation = Generation(1);
        let name = "Virtual Air780E".to_owned();
        self.model.apply(&Input::Began { generation, link: name.clone(), is_simulated: true, own_broker: None });
        let anchor = WallAnchor::new(chrono::DateTime::UNIX_EPOCH.with_timezone(&chrono::Local));
        let opened = Event::Opened { port: name, anchor, is_simulated: true };
        self.model.apply(&Input::Told { generation, event: opened });
    }

    fn connect(&mut self, result: Result<(), air780e_companion::model::event::Fault>) {
        let id = RequestId(1);
        let wanted = air780e_companion::modem::request::Connection::new("h", 1, "c");
        self.model.apply(&Input::Asked { id, request: Box::new(Request::Connect(Box::new(wanted))) });
        let event = Event::Done { at: Moment::from_millis(5), id, result };
        self.model.apply(&Input::Told { generation: Generation(1), event });
    }

    fn show(&mut self, ui: &mut egui::Ui) {
        let tokens = theme::Tokens::of(ui);
        let mut actions = self.actions.borrow_mut();
        let mut cx = Cx { lang: &self.translator, tokens, actions: &mut actions };
        let lang = self.translator.lang();
        let view = view(&self.model, &self.screen, &self.play, &self.hands, &self.link, lang);
        let is_beside = fits_beside(ui.available_width());
        panel_ui(ui, &mut cx, &view, is_beside);
    }
}

fn shown(desk: Desk) -> Harness<'static, Desk> {
    let mut harness = Harness::builder()
        .with_size(vec2(1_100.0, 1_400.0))
        .with_context_setup(theme::install)
        .build_ui_state(|ui, desk: &mut Desk| desk.show(ui), desk);
    harness.run();
    harness
}

#[track_caller]
fn asked(harness: &mut Harness<'static, Desk>, name: &str) -> Vec<DemoAction> {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run();
    wishes(harness)
}

fn wishes(harness: &Harness<'static, Desk>) -> Vec<DemoAction> {
    let all = harness.state().actions.take();
    all.into_iter()
        .map(|action| if let Action::Demo(action) = action { action } else { panic!("{action:?}") })
        .collect()
}

#[track_caller]
fn is_disabled(harness: &Harness<'static, Desk>, name: &str) -> bool {
    harness.get_by_role_and_label(Role::Button, name).accesskit_node().is_disabled()
}

#[track_caller]
fn says(harness: &Harness<'static, Desk>, part: &str) {
    assert!(harness.query_all_by_label_contains(part).next().is_some(), "{part:?} is not on the panel");
}

#[test]
fn every_scenario_stands_in_one_group_and_the_groups_in_the_order_of_the_ladder() {
    let desk = Desk::new();
    let view = view(&desk.model, &desk.screen, &desk.play, &desk.hands, &desk.link, Lang::En);
    let count: usize = view.groups.iter().map(|group| group.count).sum();
    assert_eq!(count, scenario::all().len());
    assert_eq!(view.groups.first().map(|group| group.group), Some(Group::Healthy));
    let order: Vec<_> = view.groups.iter().map(|group| group.group).collect();
    assert!(order.is_sorted_by_key(|group| Group::ALL.iter().position(|one| one == group)));
    let in_group = |name: &str| Group::of(scenario::find(name).expect(name));
    let table = [
        ("healthy-plain", Group::Healthy),
        ("port-silent", Group::Port),
        ("restart-loop", Group::Port),
        ("signal-weak", Group::Signal),
        ("apn-stale", Group::Data),
        ("expired", Group::Tls),
        ("settings-lost", Group::Tls),
        ("mconnect-late", Group::Mqtt),
        ("subscription-refused", Group::Subscribed),
        ("payload-quote", Group::Publish),
        ("other-vendor", Group::Commands),
        ("quotes-full-width", Group::Commands),
    ];
    for (name, group) in table {
        assert_eq!(in_group(name), group, "{name}");
    }
}

#[test]
fn a_search_finds_by_word_in_both_languages_by_name_and_by_entry() {
    let found = |search: &str| {
        let mut desk = Desk::new();
        desk.screen.search = search.to_owned();
        let view = view(&desk.model, &desk.screen, &desk.play, &desk.hands, &desk.link, Lang::En);
        view.groups.iter().flat_map(|group| group.rows.iter().map(|row| row.name)).collect::<Vec<_>>()
    };
    assert_eq!(found("f-108"), ["name-wrong"]);
    assert_eq!(found("证书域名"), ["name-wrong"]);
    assert_eq!(found("another name"), ["name-wrong"]);
    assert_eq!(found("no such thing"), [""; 0]);
}

#[test]
fn a_row_is_chosen_and_says_what_it_shows_needs_and_what_helps() {
    let mut desk = Desk::new();
    desk.screen.search = "client-untrusted".to_owned();
    let mut harness = shown(desk);
    assert_eq!(
        asked(&mut harness, "The broker does not trust the client certificate"),
        [DemoAction::Choose("client-untrusted")]
    );
    let harness = shown(Desk::choosing("client-untrusted"));
    for part in [
        "listener \"client-certificate\"",
        "ca.crt, client.crt, client.key",
        "Connect to broker.test:8883, both sides checked",
        "CONNECT FAIL",
        "The ladder stops at TLS.",
        "Failure catalogue: F-130",
        "Sign it by the authority that the broker trusts",
    ] {
        says(&harness, part);
    }
}

#[test]
fn start_wants_a_scenario_and_a_seed() {
    let harness = shown(Desk::new());
    assert!(is_disabled(&harness, "Start"));
    let mut desk = Desk::choosing("sim-missing");
    desk.screen.seed = "seven".to_owned();
    assert!(is_disabled(&shown(desk), "Start"));
    let mut desk = Desk::choosing("sim-missing");
    desk.screen.seed = " 7 ".to_owned();
    assert_eq!(asked(&mut shown(desk), "Start"), [DemoAction::Start]);
    let mut desk = Desk::choosing("sim-missing");
    desk.play = Play::Preparing(scenario::find("expired").expect("a scenario"));
    let harness = shown(desk);
    assert!(is_disabled(&harness, "Start"));
    says(&harness, "Preparing: The broker's certificate has expired");
}

#[test]
fn a_disabled_control_says_why_on_hover() {
    let mut harness = shown(Desk::new());
    harness.get_by_role_and_label(Role::Button, "Start").hover();
    harness.run_steps(40);
    says(&harness, "Choose a scenario first.");
}

#[test]
fn a_real_port_that_is_open_is_not_taken_away() {
    let mut desk = Desk::choosing("sim-missing");
    desk.open();
    desk.link = Port::Serial("COM5".to_owned());
    assert!(is_disabled(&shown(desk), "Start"));
    let mut idle = Desk::choosing("sim-missing");
    idle.link = Port::Serial("COM5".to_owned());
    assert!(!is_disabled(&shown(idle), "Start"), "a port that is not open can be left");
}

#[test]
fn what_is_on_can_be_started_again_and_left() {
    let mut harness = shown(Desk::playing("sim-missing"));
    says(&harness, "On now · seed 7");
    assert_eq!(asked(&mut harness, "Start again"), [DemoAction::Start]);
    assert_eq!(asked(&mut harness, "End scenario"), [DemoAction::Leave]);
}

#[test]
fn steps_after_the_connection_wait_for_it() {
    let desk = Desk::playing("healthy-plain");
    let harness = shown(desk);
    says(&harness, "Next: Publish \"hello\" to room/a at QoS 1");
    assert!(is_disabled(&harness, "Do the next step"), "there is no session yet");
    let mut desk = Desk::playing("healthy-plain");
    desk.connect(Ok(()));
    assert_eq!(asked(&mut shown(desk), "Do the next step"), [DemoAction::NextStep]);
}

#[test]
fn what_a_line_cannot_carry_says_how_else() {
    let mut harness = shown(Desk::playing("no-carriage-return"));
    assert!(is_disabled(&harness, "Do the next step"));
    harness.get_by_role_and_label(Role::Button, "Do the next step").hover();
    harness.run_steps(40);
    says(
        &harness,
        "This needs bytes that a typed line cannot carry. Run \"air780e sim --scenario no-carriage-return\"",
    );
}

#[test]
fn typed_steps_go_one_by_one_and_pass_what_is_only_awaited() {
    let scenario = scenario::find("subscription-lost").expect("a scenario");
    let mut course = Course::new(scenario, 1);
    let mut typed = Vec::new();
    while let Some(step) = course.step() {
        if let scenario::PcStep::Ask(line, _) = step {
            typed.push(line.as_str());
        }
        course.advance();
    }
    assert_eq!(typed.first(), Some(&"ATE0"));
    assert_eq!(typed.iter().filter(|line| line.starts_with("AT+MIPSTART")).count(), 2);
}

#[test]
fn a_form_can_be_filled_in_only_where_there_is_one() {
    assert_eq!(asked(&mut shown(Desk::choosing("login-refused")), "Fill in my form"), [DemoAction::FillForm]);
    assert!(is_disabled(&shown(Desk::choosing("other-vendor")), "Fill in my form"));
    let mut harness = shown(Desk::choosing("sim-missing"));
    harness.get_by_role_and_label(Role::CheckBox, "Connect with my own form (Connect page)").click();
    harness.run();
    assert_eq!(wishes(&harness), [DemoAction::UseOwnForm(true)]);
}

#[test]
fn groups_fold_tabs_turn_and_the_panel_closes() {
    let mut harness = shown(Desk::new());
    assert_eq!(asked(&mut harness, "Everything works (10)"), [DemoAction::Fold(Group::Healthy)]);
    assert_eq!(asked(&mut harness, "Steering"), [DemoAction::Show(Tab::Steering)]);
    assert_eq!(asked(&mut harness, "Close the demo panel"), [DemoAction::Extend(Extent::Closed)]);
    assert_eq!(asked(&mut harness, "Fold the demo panel"), [DemoAction::Extend(Extent::Line)]);
    let mut desk = Desk::new();
    desk.screen.fold(Group::Healthy);
    assert!(shown(desk).query_by_label("Plain connection").is_none());
}

#[test]
fn folded_it_says_what_is_on_and_still_does_the_next_step() {
    let mut desk = Desk::playing("healthy-mutual");
    desk.connect(Ok(()));
    desk.screen.extent = Extent::Line;
    let mut harness = shown(desk);
    assert!(harness.query_by_label("A session with both sides checked").is_some());
    assert_eq!(asked(&mut harness, "Do the next step"), [DemoAction::NextStep]);
    assert_eq!(asked(&mut harness, "Unfold the demo panel"), [DemoAction::Extend(Extent::Whole)]);
    assert_eq!(asked(&mut harness, "Close the demo panel"), [DemoAction::Extend(Extent::Closed)]);
}

#[test]
fn a_panel_in_the_place_of_the_page_makes_way_and_one_beside_it_stays() {
    let mut screen = Screen::default();
    screen.toggle();
    assert_eq!(screen.extent, Extent::Whole);
    screen.make_way();
    assert_eq!(screen.extent, Extent::Whole, "it stands beside the page");
    screen.fills_page = true;
    screen.make_way();
    assert_eq!(screen.extent, Extent::Line);
    screen.toggle();
    assert_eq!(screen.extent, Extent::Whole, "the key unfolds what is folded");
    screen.toggle();
    assert_eq!(screen.extent, Extent::Closed);
    screen.make_way();
    assert_eq!(screen.extent, Extent::Closed);
}

#[test]
fn hands_that_act_at_once_are_asked_by_name() {
    let mut harness = shown(Desk::steering());
    let table = [
        ("Pull the SIM", Steer::RemoveSim),
        ("Insert the SIM", Steer::InsertSim),
        ("Signal good (24)", Steer::Signal(24)),
        ("Signal weak (7)", Steer::Signal(7)),
        ("No signal (99)", Steer::Signal(99)),
        ("Deny registration", Steer::Registration(3)),
        ("Keep searching", Steer::Registration(2)),
        ("Register at home", Steer::Registration(1)),
        ("Away for 10 s", Steer::DropBearer { back_after: Some(std::time::Duration::from_secs(10)) }),
        ("Take it away", Steer::DropBearer { back_after: None }),
        ("Give it back", Steer::RestoreBearer),
        ("Restart the module", Steer::Restart),
        ("Switch the module off", Steer::PowerOff),
        ("Broker closes", Steer::Kick),
    ];
    for (name, steer) in table {
        assert_eq!(asked(&mut harness, name), [DemoAction::Steer(steer)], "{name}");
    }
}

#[test]
fn choices_are_made_by_name() {
    let table = [
        (
            "Answers delayed",
            "log-normal, median 200 ms",
            Steer::Delay(Some(Delay::LogNormal { median_ms: 200, sigma_percent: 80 })),
        ),
        ("Bytes lost", "1 %", Steer::Lose(Share::millionths(10_000))),
        ("Bytes garbled", "5 %", Steer::Garble(Share::millionths(50_000))),
        ("Pace", "4×", Steer::Speed(Speed::of_percent(400).expect("a speed"))),
    ];
    for (name, option, steer) in table {
        let mut harness = shown(Desk::steering());
        harness.get_by_role_and_label(Role::ComboBox, name).click();
        harness.run();
        harness.get_all_by_label(option).last().expect("an option").click();
        harness.run();
        assert_eq!(wishes(&harness), [DemoAction::Steer(steer)], "{name}");
    }
    let mut harness = shown(Desk::steering());
    harness.get_by_role_and_label(Role::CheckBox, "Drop everything without a word (firewall)").click();
    harness.run();
    assert_eq!(wishes(&harness), [DemoAction::Steer(Steer::Swallow(true))]);
}

#[test]
fn nothing_is_steered_while_nothing_runs() {
    let mut desk = Desk::new();
    desk.screen.tab = Tab::Steering;
    let harness = shown(desk);
    for name in ["Pull the SIM", "Restart the module", "Do it"] {
        assert!(is_disabled(&harness, name), "{name}");
    }
    says(&harness, "The virtual modem does not run.");
}

#[test]
fn a_steering_line_is_typed_done_and_explained() {
    let mut harness = shown(Desk::steering());
    let field = harness.get_by_role_and_label(Role::TextInput, "Steering line");
    field.focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Steering line").type_text("k");
    harness.run();
    assert_eq!(wishes(&harness), [DemoAction::Type("k".to_owned())]);
    assert_eq!(asked(&mut harness, "Do it"), [DemoAction::Obey]);
    let mut desk = Desk::steering();
    desk.screen.line_fault = Some(Text::plain("\"explode\" is not known here"));
    says(&shown(desk), "\"explode\" is not known here");
    let mut desk = Desk::steering();
    desk.hands.note(Steer::Speed(Speed::of_percent(250).expect("a speed")));
    says(&shown(desk), "speed 2.50");
}

#[test]
fn what_a_scenario_orders_first_is_shown_as_chosen() {
    let hands = Hands::of(scenario::find("slow-network").expect("a scenario"));
    assert!(matches!(hands.delay, Some(Delay::LogNormal { median_ms: 600, .. })));
    assert_eq!(Hands::of(scenario::find("sim-pulled").expect("a scenario")), Hands::default(), "that comes later");
}

#[test]
fn the_panel_looks_as_it_did() {
    let mut harness = shown(Desk::playing("wrong-state"));
    hold_shown("demo-en-light-small", &mut harness, Theme::Light, SMALL);
    harness.state_mut().translator = Translator::new(Lang::ZhCn);
    theme::speak(&harness.ctx, Lang::ZhCn);
    harness.state_mut().screen.tab = Tab::Steering;
    harness.state_mut().screen.search.clear();
    hold_shown("demo-zh-dark-small", &mut harness, Theme::Dark, SMALL);
}

#[test]
fn search_and_seed_are_typed() {
    let mut harness = shown(Desk::choosing("sim-missing"));
    for (name, wish) in [
        ("Search scenarios", DemoAction::Search("sim-missingx".to_owned())),
        ("Seed", DemoAction::Seed("x".to_owned())),
    ] {
        harness.get_by_role_and_label(Role::TextInput, name).focus();
        harness.run();
        harness.get_by_role_and_label(Role::TextInput, name).type_text("x");
        harness.run();
        assert_eq!(wishes(&harness).last(), Some(&wish), "{name}");
    }
}

#[test]
fn every_reason_for_what_cannot_be_done_is_said_on_hover() {
    let reason = |desk: Desk, name: &str, why: &str| {
        let mut harness = shown(desk);
        assert!(is_disabled(&harness, name), "{name} can be used");
        harness.get_by_role_and_label(Role::Button, name).hover();
        harness.run_steps(60);
        says(&harness, why);
    };
    let mut desk = Desk::choosing("sim-missing");
    desk.screen.seed = "seven".to_owned();
    reason(desk, "Start", "The seed must be a whole number.");
    let mut desk = Desk::choosing("sim-missing");
    desk.play = Play::Preparing(scenario::find("sim-missing").expect("a scenario"));
    reason(desk, "Start", "A scenario is being prepared.");
    let mut desk = Desk::choosing("sim-missing");
    desk.open();
    desk.link = Port::Serial("COM5".to_owned());
    reason(desk, "Start", "A real port is in use. Close it, then start");
    reason(
        Desk::choosing("wrong-state"),
        "Fill in my form",
        "This scenario is typed line by line; it has no form to fill in.",
    );
    reason(Desk::playing("healthy-mutual"), "Do the next step", "This needs a session, and there is none.");
}

#[test]
fn the_panel_speaks_both_languages_with_every_glyph() {
    for lang in Lang::ALL {
        for tab in Tab::ALL {
            for name in ["client-untrusted", "payload-too-long", "quotes-full-width", "healthy-private"] {
                let mut desk = Desk::playing(name);
                desk.translator = Translator::new(lang);
                desk.screen.tab = tab;
                // The harness fails on a glyph that no font has and on a control without a name.
                shown(desk);
            }
        }
    }
}
