//! The Troubleshoot page.

use std::{cell::RefCell, time::Duration};

use air780e_companion::{
    action::{Action, BisectAction, Remedy, TroubleshootAction},
    diagnosis::{Here, HereStage, LoginHere, NameHere, PortHere, PortOutcome},
    lang::{Lang, Text, Translator},
    model::{
        Generation, Input, Model,
        event::{Awaited, Event, Fault, LossCause, WireKind, WireLine},
        request::{Connection, Request, RequestId},
        status::{Evidence, Rung, RungState, Session, Status},
    },
    time::{Moment, WallAnchor},
    tls::{Alert, HelloAnswer, ServerHello, Suite, SuiteAnswer, SuiteProbe},
    ui::{Cx, pages::PageFacts, theme, troubleshoot::page_ui},
    view::{
        Page,
        troubleshoot::{BisectQuestion, BisectView, LoginQuestion, PortSearch, Screen, TriedMark, TriedRow, view},
    },
};
use eframe::egui::{self, Theme, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use crate::{
    desk::opened,
    pictures::{SMALL, hold_shown},
};

/// The page with what it shows.
struct Desk {
    translator: Translator,
    model: Model,
    screen: Screen,
    actions: RefCell<Vec<Action>>,
}

impl Desk {
    fn new() -> Self {
        Self {
            translator: Translator::new(Lang::En),
            model: Model::default(),
            screen: Screen::default(),
            actions: RefCell::default(),
        }
    }

    fn tell(&mut self, event: Event) {
        self.model.apply(&Input::Told { generation: Generation(1), event });
    }

    /// With a port open, and a connection to `host` asked for.
    fn connecting(host: &str, port: u16) -> Self {
        let mut desk = Self::new();
        let link = "Virtual Air780E".to_owned();
        let generation = Generation(1);
        desk.model.apply(&Input::Began { generation, link: link.clone(), is_simulated: true, own_broker: None });
        let request = Box::new(Request::Connect(Box::new(Connection::new(host, port, "c"))));
        desk.model.apply(&Input::Asked { id: RequestId(1), request });
        desk.tell(Event::Opened { port: link, anchor: WallAnchor::new(opened()), is_simulated: true });
        desk
    }

    fn with(mut self, rungs: &[(Rung, RungState, &str, &str)], fault: Option<&Fault>) -> Self {
        let mut status = Status::default();
        for (rung, state, command, line) in rungs {
            let entry = status.ladder.entry_mut(*rung);
            entry.state = *state;
            let (at, took) = (Moment::from_millis(2_000), Duration::from_millis(180));
            entry.evidence = Some(Evidence { command: (*command).to_owned(), line: (*line).to_owned(), at, took });
            entry.fault = fault.cloned().filter(|_| *state == RungState::Failed);
        }
        if fault.is_none() {
            status.session = Session::Connected;
        }
        self.tell(Event::Status(Box::new(status)));
        let result = fault.map_or(Ok(()), |fault| Err(fault.clone()));
        self.tell(Event::Done { at: Moment::from_millis(2_000), id: RequestId(1), result });
        self
    }

    /// A login that the broker refused, and its code, which this computer's own login brought.
    fn refused() -> Self {
        let mut desk = Self::refused_on_the_wire();
        let login = Some(LoginHere::Answered(5));
        desk.got_here(Here {
            host: "broker.test".to_owned(),
            port: 1_883,
            stage: HereStage::Done,
            login,
            ..Here::default()
        });
        desk
    }

    /// A login that the broker refused, as the module tells it: without a code.
    fn refused_on_the_wire() -> Self {
        let fault = Fault::BadOutcome {
            command: "AT+MCONNECT=1,120".into(),
            expected: Awaited::Login,
            got: "ERROR".to_owned(),
            after: Duration::from_millis(180),
        };
        let rungs = [
            (Rung::Sim, RungState::Confirmed, "AT+CPIN?", "+CPIN: READY"),
            (Rung::Tcp, RungState::Confirmed, "AT+MIPSTART=\"broker.test\",1883", "CONNECT OK"),
            (Rung::Mqtt, RungState::Failed, "AT+MCONNECT=1,120", "ERROR"),
        ];
        Self::connecting("broker.test", 1_883).with(&rungs, Some(&fault))
    }

    /// A port that did not open.
    fn unreached(host: &str) -> Self {
        let command = format!("AT+SSLMIPSTART=\"{host}\",8883");
        let got = "CONNECT FAIL".to_owned();
        let after = Duration::from_millis(400);
        let fault = Fault::BadOutcome { command: command.as_str().into(), expected: Awaited::Link, got, after };
        Self::connecting(host, 8_883).with(&[(Rung::Tcp, RungState::Failed, &command, "CONNECT FAIL")], Some(&fault))
    }

    fn got_here(&mut self, here: Here) {
        self.model.apply(&Input::Compared(Box::new(here)));
    }

    fn show(&mut self, ui: &mut egui::Ui) {
        self.screen.refresh(&self.model, Moment::from_millis(5_000));
        let mut actions = Vec::new();
        let mut cx = Cx { lang: &self.translator, tokens: theme::Tokens::of(ui), actions: &mut actions };
        page_ui(ui, &mut cx, &view(&self.model, &self.screen, false, Moment::ZERO));
        for action in actions {
            if let Action::Troubleshoot(TroubleshootAction::Open(id)) = action {
                self.screen.toggle(id);
            }
            self.actions.get_mut().push(action);
        }
    }
}

fn shown(desk: Desk) -> Harness<'static, Desk> {
    let mut harness = Harness::builder()
        .with_size(vec2(844.0, 900.0))
        .with_context_setup(theme::install)
        .build_ui_state(|ui, desk: &mut Desk| desk.show(ui), desk);
    harness.run();
    harness
}

fn asked(harness: &mut Harness<'static, Desk>, name: &str) -> Vec<Action> {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run();
    harness.state().actions.take()
}

fn is_disabled(harness: &Harness<'static, Desk>, name: &str) -> bool {
    harness.get_by_role_and_label(Role::Button, name).accesskit_node().is_disabled()
}

fn says(harness: &Harness<'static, Desk>, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

fn help(remedy: Remedy) -> Vec<Action> {
    vec![Action::Troubleshoot(TroubleshootAction::Help(remedy))]
}

#[test]
fn an_untried_page_says_what_to_do_first_and_offers_nothing_that_cannot_be() {
    let harness = shown(Desk::new());
    harness.get_by_label("Nothing was tried yet");
    assert!(says(&harness, "Connect first."));
    for name in ["Copy for the customer", "Quick check", "Full check with all suites", "Read details"] {
        assert!(is_disabled(&harness, name), "{name}");
    }
}

#[test]
fn a_disabled_button_says_why() {
    let mut harness = shown(Desk::new());
    harness.get_by_role_and_label(Role::Button, "Quick check").hover();
    harness.run_steps(60);
    assert!(says(&harness, "Connect once first: then it is known which broker to try"));
}

#[test]
fn a_refused_login_is_told_with_number_evidence_exclusions_and_one_action() {
    let mut harness = shown(Desk::refused());
    harness.get_by_label("Stopped at MQTT");
    harness.get_by_label("F-144");
    harness.get_by_label("seen");
    harness.get_by_label("AT+MCONNECT=1,120 → ERROR");
    harness.get_by_label("180 ms");
    harness.get_by_label("The card is fine");
    harness.get_by_label("AT+CPIN? → +CPIN: READY");
    harness.get_by_label("The port is reachable");
    assert!(says(&harness, "SIMULATED"));
    assert_eq!(asked(&mut harness, "Go to the connection (F-144)"), help(Remedy::EditConnection));
}

#[test]
fn a_refused_login_whose_code_nobody_saw_stays_open_with_the_step_that_decides() {
    for (lang, step) in [(Lang::En, "its code decides"), (Lang::ZhCn, "返回码")] {
        let mut desk = Desk::refused_on_the_wire();
        desk.translator = Translator::new(lang);
        let harness = shown(desk);
        assert!(says(&harness, step), "{lang:?}");
        assert!(harness.query_by_label("likely").is_none() && harness.query_by_label("seen").is_none());
    }
}

#[test]
fn other_findings_are_folded_and_open_one_at_a_time() {
    let mut harness = shown(Desk::refused());
    assert!(harness.query_by_label("Go to the connection (F-143)").is_none());
    let name = harness.query_all_by_label_contains("F-143 ").next().expect("a folded finding");
    name.click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Go to the connection (F-143)");
    assert!(harness.query_by_label("Go to the connection (F-144)").is_none(), "the first one is folded now");
}

#[test]
fn a_check_from_this_computer_is_asked_for_shown_and_stopped() {
    let mut desk = Desk::unreached("broker.test");
    let harness = shown(desk);
    assert!(says(&harness, "no user name, password or client ID is sent"));
    let mut harness = harness;
    let compare = |is_quick| vec![Action::Troubleshoot(TroubleshootAction::Compare { is_quick })];
    assert_eq!(asked(&mut harness, "Full check with all suites"), compare(false));
    assert_eq!(asked(&mut harness, "Quick check"), compare(true));

    desk = Desk::unreached("broker.test");
    desk.got_here(probed(HereStage::Suites(2)));
    let mut harness = shown(desk);
    harness.get_by_label("Offering the module's suites: 2 of 6…");
    assert!(is_disabled(&harness, "Quick check"), "one at a time");
    assert_eq!(asked(&mut harness, "Stop the check"), [Action::Troubleshoot(TroubleshootAction::StopComparing)]);
}

#[test]
fn the_table_of_suites_names_what_the_broker_takes() {
    let mut desk = Desk::unreached("broker.test");
    desk.got_here(probed(HereStage::Done));
    let harness = shown(desk);
    for words in ["0X0035", "AES256-SHA", "0X0004", "RC4-MD5", "accepted", "refused"] {
        assert!(says(&harness, words), "{words}");
    }
    assert_eq!(harness.query_all_by_label("not asked").count(), 4);
    assert!(says(&harness, "203.0.113.7:8883 opens (20 ms)."));
    assert!(says(&harness, "The broker takes TLS_RSA_WITH_AES_256_CBC_SHA256."));
    assert!(says(&harness, "The suites fit"), "it is excluded in the findings too");
}

#[test]
fn what_this_computer_got_from_elsewhere_is_not_taken() {
    let mut desk = Desk::unreached("other.test");
    desk.got_here(probed(HereStage::Done));
    let harness = shown(desk);
    assert!(!says(&harness, "0X0035"));
}

#[test]
fn a_closed_port_is_convicted_by_this_computer() {
    let mut desk = Desk::unreached("broker.test");
    let mut here = probed(HereStage::Done);
    here.suites = None;
    here.port_here.as_mut().expect("a port").outcome = PortOutcome::Refused;
    desk.got_here(here);
    let harness = shown(desk);
    harness.get_by_label("F-058");
    harness.get_by_label("203.0.113.7:8883 refuses this computer: nothing listens there");
    assert!(says(&harness, "The name resolves"), "and what it is not");
}

fn probed(stage: HereStage) -> Here {
    let address = "203.0.113.7:8883".parse().expect("an address");
    let accepted = |suite: Suite| HelloAnswer::Accepted(ServerHello { version: 0x0303, suite: suite.id() });
    let each = vec![
        SuiteAnswer { suite: Suite::Aes256Sha, answer: Ok(accepted(Suite::Aes256Sha)) },
        SuiteAnswer { suite: Suite::Rc4Md5, answer: Ok(HelloAnswer::Alert(Alert::HANDSHAKE_FAILURE)) },
    ];
    Here {
        host: "broker.test".to_owned(),
        port: 8_883,
        is_tls: true,
        stage,
        name: Some(NameHere::Found(vec!["203.0.113.7".parse().expect("an address")], Duration::from_millis(3))),
        port_here: Some(PortHere { address, outcome: PortOutcome::Open, took: Duration::from_millis(20) }),
        suites: Some(SuiteProbe { together: Ok(accepted(Suite::Aes256Sha256)), each }),
        ..Here::default()
    }
}

#[test]
fn a_healthy_session_says_what_was_proven() {
    let rungs = [
        (Rung::Sim, RungState::Confirmed, "AT+CPIN?", "+CPIN: READY"),
        (Rung::Mqtt, RungState::Confirmed, "AT+MCONNECT=1,120", "CONNACK OK"),
    ];
    let mut harness = shown(Desk::connecting("broker.test", 1_883).with(&rungs, None));
    harness.get_by_label("All is well: the session stands");
    harness.get_by_label("AT+MCONNECT=1,120 → CONNACK OK");
    assert_eq!(asked(&mut harness, "Read details"), help(Remedy::ReadDetails));
    assert_eq!(asked(&mut harness, "Resolve on the module"), help(Remedy::Resolve));
}

#[test]
fn a_name_is_not_resolved_where_there_is_none() {
    let harness = shown(Desk::connecting("192.0.2.9", 1_883).with(&[], None));
    assert!(is_disabled(&harness, "Resolve on the module"));
}

#[test]
fn the_way_is_told_while_it_is_under_way() {
    let mut desk = Desk::connecting("broker.test", 1_883);
    let mut status = Status::default();
    status.ladder.entry_mut(Rung::Network).state = RungState::Trying;
    desk.tell(Event::Status(Box::new(status)));
    let harness = shown(desk);
    harness.get_by_label("Under way: Network");
}

#[test]
fn the_copy_for_the_customer_speaks_the_language_in_use_and_says_simulated() {
    for (lang, name, words) in [
        (Lang::En, "Copy for the customer", ["SIMULATED", "F-144", "What to do"]),
        (Lang::ZhCn, "复制给客户", ["模拟", "F-144", "处理方法"]),
    ] {
        let mut desk = Desk::refused();
        desk.translator = Translator::new(lang);
        let mut harness = shown(desk);
        let actions = asked(&mut harness, name);
        let [Action::Copy(report)] = actions.as_slice() else { panic!("{actions:?}") };
        for word in words {
            assert!(report.contains(word), "{word} in {report}");
        }
        assert!(report.contains("AT+MCONNECT=1,120 → ERROR") && !report.contains("F-021"), "{report}");
        assert!(report.contains("Air780E Companion ") && report.lines().count() <= 6, "short: {report}");
    }
    let mut harness = shown(Desk::refused());
    let actions = asked(&mut harness, "Copy the whole report");
    let [Action::Copy(report)] = actions.as_slice() else { panic!("{actions:?}") };
    assert!(report.contains("F-021") && report.lines().count() > 6, "all that the page says: {report}");
}

#[test]
fn a_login_from_this_computer_says_what_it_sends_and_is_asked_for_each_time() {
    let mut desk = Desk::connecting("broker.example", 1883);
    let mut harness = shown(Desk::connecting("broker.example", 1883));
    let asks = |asks| [Action::Troubleshoot(TroubleshootAction::AskLogin(asks))];
    assert_eq!(asked(&mut harness, "Log in from this computer …"), asks(true));
    desk.screen.login = Some(LoginQuestion {
        target: "broker.example:1883".to_owned(),
        client_id: "unit-7-check".to_owned(),
        user: Some("operator".to_owned()),
        has_password: true,
        filters: Vec::new(),
        is_encrypted: false,
    });
    let mut harness = shown(desk);
    for words in ["broker.example:1883", "\"unit-7-check\"", "\"operator\" and the password", "in clear"] {
        assert!(says(&harness, words), "{words}");
    }
    assert_eq!(asked(&mut harness, "Do not log in"), asks(false));
    assert_eq!(asked(&mut harness, "Log in once"), [Action::Troubleshoot(TroubleshootAction::LogIn)]);
}

#[test]
fn a_search_on_the_module_says_what_it_does_and_is_asked_for_each_time() {
    let ask = |action| [Action::Troubleshoot(TroubleshootAction::Bisect(action))];
    let mut desk = Desk::connecting("broker.example", 8883);
    desk.screen.bisect.question = Some(BisectQuestion { target: "broker.example:8883".to_owned() });
    let mut harness = shown(desk);
    for words in ["broker.example:8883", "everything is put back", "No login and no message"] {
        assert!(says(&harness, words), "{words}");
    }
    assert_eq!(asked(&mut harness, "Not now"), ask(BisectAction::Ask(false)));
    assert_eq!(asked(&mut harness, "Begin"), ask(BisectAction::Start));
    // One that was cut off is offered to be undone.
    let mut desk = Desk::connecting("broker.example", 8883).with(&[], None);
    desk.screen.bisect.older = Some("COM7".to_owned());
    let mut harness = shown(desk);
    assert!(says(&harness, "the module at COM7 was cut off"));
    assert_eq!(asked(&mut harness, "Put back"), ask(BisectAction::Restore));
}

#[test]
fn a_search_shows_each_try_and_the_lines_that_decide() {
    let mut desk = Desk::connecting("broker.example", 8883);
    let row = |what, outcome, mark| TriedRow { what: Text::new(what), outcome: Text::new(outcome), mark };
    let view = BisectView {
        is_running: false,
        stage: "bisect-stage-over",
        trying: None,
        to_come: 3,
        files: Vec::new(),
        tried: vec![
            row("bisect-step-base", "bisect-opened", TriedMark::Fails),
            row("bisect-step-dates", "bisect-opened", TriedMark::Opens),
        ],
        verdict: Some(Text::new("bisect-decides").with("change", Text::new("bisect-step-dates"))),
        lines: vec!["AT+SSLCFG=\"ignorelocaltime\",88,1".to_owned()],
        untold: "sslversion".to_owned(),
        left: "hostname".to_owned(),
    };
    desk.screen.bisect.shown = Some(view.clone());
    let mut harness = shown(desk);
    for words in ["One change decides: dates", "as it is wanted", "Not put back: hostname", "does not tell sslversion"]
    {
        assert!(says(&harness, words), "{words}");
    }
    assert_eq!(asked(&mut harness, "Copy these lines"), [Action::Copy(view.lines[0].clone())]);
    let mut desk = Desk::connecting("broker.example", 8883);
    desk.screen.bisect.shown = Some(BisectView { is_running: true, verdict: None, stage: "bisect-stage-try", ..view });
    let mut harness = shown(desk);
    assert!(says(&harness, "at most 3 more"));
    let stop = [Action::Troubleshoot(TroubleshootAction::Bisect(BisectAction::Stop))];
    assert_eq!(asked(&mut harness, "Stop and put back"), stop);
}

#[test]
fn what_the_user_did_in_the_demo_panel_is_named_as_his_own() {
    let lost = |at: u64, cause: LossCause| Event::SessionLost { at: Moment::from_millis(at), cause, asked: None };
    for (at, is_own) in [(5_000, true), (500_000, false)] {
        let mut desk = Desk::connecting("broker.example", 1883);
        desk.model.apply(&Input::Steered { at: Moment::from_millis(1_000), order: "sim remove".to_owned() });
        desk.tell(lost(at, LossCause::SimRemoved));
        desk.screen.refresh(&desk.model, Moment::from_millis(at + 1_000));
        let harness = shown(desk);
        assert_eq!(says(&harness, "Your own hand: \"sim remove\""), is_own, "{at}");
    }
}

#[test]
fn the_page_is_never_blank_while_something_is_under_way() {
    let mut desk = Desk::connecting("broker.example", 1883);
    let line = WireLine::plain(Moment::ZERO, WireKind::Sent, "AT+CREG?".to_owned());
    desk.tell(Event::Wire(line));
    let harness = shown(desk);
    harness.get_by_label("AT+CREG?");
    harness.get_by_label("waiting for the answer, 0 of 9 s");
}

#[test]
fn a_port_that_answers_is_offered() {
    let mut desk = Desk::new();
    desk.screen.search = PortSearch::Found("COM7".to_owned(), 9_600);
    let mut harness = shown(desk);
    harness.get_by_label("COM7 answers at 9600 bit/s.");
    assert_eq!(asked(&mut harness, "Use it and connect"), [Action::Troubleshoot(TroubleshootAction::UsePort)]);
}

#[test]
fn a_finding_looks_as_it_did() {
    let mut desk = Desk::refused();
    desk.translator = Translator::new(Lang::ZhCn);
    let mut harness = shown(desk);
    theme::speak(&harness.ctx, Lang::ZhCn);
    hold_shown("troubleshoot-zh-light", &mut harness, Theme::Light, vec2(760.0, 270.0));
    harness.state_mut().translator = Translator::new(Lang::En);
    theme::speak(&harness.ctx, Lang::En);
    hold_shown("troubleshoot-en-dark-small", &mut harness, Theme::Dark, SMALL);
}

#[test]
fn every_reason_for_what_cannot_be_done_is_said_on_hover() {
    let reason = |desk: Desk, name: &str, why: &str| {
        let mut harness = shown(desk);
        assert!(is_disabled(&harness, name), "{name} can be used");
        harness.get_by_role_and_label(Role::Button, name).hover();
        harness.run_steps(60);
        assert!(says(&harness, why), "{name} does not say {why:?}");
    };
    reason(Desk::new(), "Copy for the customer", "There is nothing to copy yet");
    reason(Desk::new(), "Read details", "Open the port first: connect");
    let mut busy = Desk::refused();
    busy.tell(Event::Status(Box::new(Status { is_busy: true, ..Status::default() })));
    reason(busy, "Read details", "Wait until the step under way has ended");
    let numeric = Desk::connecting("192.0.2.7", 1_883).with(&[], None);
    reason(numeric, "Resolve on the module", "The host is an address: there is no name to resolve");
    let silent = Fault::Silent { tries: 3 };
    let open = Desk::connecting("h", 1_883).with(&[(Rung::At, RungState::Failed, "AT", "")], Some(&silent));
    reason(open, "Find port and baud rate (F-001)", "Close the port first");
    let plain = "There is no encrypted connection to search for";
    reason(Desk::new(), "Find the setting that decides\u{2026}", plain);
    let mut running = Desk::unreached("broker.test");
    running.got_here(probed(HereStage::Suites(2)));
    reason(running, "Quick check", "A try is under way");
}

#[test]
fn every_word_is_there_in_both_languages_and_fits_the_least_window() {
    for lang in Lang::ALL {
        for desk in [Desk::new, Desk::refused, || Desk::unreached("broker.test")] {
            let mut desk = desk();
            desk.translator = Translator::new(lang);
            desk.got_here(probed(HereStage::Done));
            let mut harness = Harness::builder()
                .with_size(vec2(844.0, 420.0))
                .with_context_setup(theme::install)
                .build_ui_state(|ui, desk: &mut Desk| desk.show(ui), desk);
            harness.run();
            assert!(!says(&harness, "doctor-"), "a key was left as it is");
        }
    }
    assert_eq!(PageFacts::of(Page::Troubleshoot).key, egui::Key::Num6);
}
