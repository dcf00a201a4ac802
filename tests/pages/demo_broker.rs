//! The demo panel's part for the broker inside this program.

use std::net::{Ipv4Addr, SocketAddr};

use air780e_companion::{
    action::{Action, DemoAction, Password},
    broker::{Client, ClientFault, End, Happening, Peer, Snapshot, Stats, Transport, Version},
    lang::{Lang, Translator},
    model::Model,
    mqtt::Qos,
    settings::BrokerEntry,
    time::{Moment, WallAnchor},
    ui::{
        Cx,
        demo::{banner_ui, panel_ui},
        theme,
    },
    view::{
        Port,
        demo::{BrokerState, BrokerView, Extent, Hands, Play, Screen, Tab, view},
    },
};
use eframe::egui::{self, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use crate::desk::opened;

struct Desk {
    translator: Translator,
    screen: Screen,
    state: BrokerState,
    entry: BrokerEntry,
    password: String,
    actions: Vec<Action>,
}

impl Desk {
    fn new() -> Self {
        Self {
            translator: Translator::new(Lang::En),
            screen: Screen { extent: Extent::Whole, tab: Tab::Broker, ..Screen::default() },
            state: BrokerState::default(),
            entry: BrokerEntry::default(),
            password: String::new(),
            actions: Vec::new(),
        }
    }

    fn running(ip: Ipv4Addr) -> Self {
        let mut desk = Self::new();
        desk.state.address = Some(SocketAddr::from((ip, 1_883)));
        desk.state.others = vec!["192.168.1.5:1883".to_owned()];
        desk.state.anchor = Some(WallAnchor::new(opened()));
        desk
    }

    fn show(&mut self, ui: &mut egui::Ui) {
        let tokens = theme::Tokens::of(ui);
        let mut cx = Cx { lang: &self.translator, tokens, actions: &mut self.actions };
        if let Some(words) = self.state.banner() {
            egui::Panel::top("banner").show(ui, |ui| banner_ui(ui, &cx, &words));
        }
        let (model, hands) = (Model::default(), Hands::default());
        let panel = view(&model, &self.screen, &Play::Nothing, &hands, &Port::Virtual, Lang::En);
        let panel = panel.with_broker(BrokerView::new(&self.state, &self.entry, &self.password));
        panel_ui(ui, &mut cx, &panel, true);
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
fn asked(harness: &mut Harness<'static, Desk>, role: Role, name: &str) -> Vec<Action> {
    harness.get_by_role_and_label(role, name).click();
    harness.run();
    std::mem::take(&mut harness.state_mut().actions)
}

fn has(harness: &Harness<'static, Desk>, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

#[test]
fn it_is_started_opened_and_stopped_by_name() {
    let mut harness = shown(Desk::new());
    assert!(has(&harness, "It does not run."));
    assert_eq!(asked(&mut harness, Role::Button, "Start the broker"), [Action::Demo(DemoAction::StartBroker)]);
    let open = BrokerEntry { is_on_network: true, ..BrokerEntry::default() };
    let wanted = [Action::Demo(DemoAction::Broker(Box::new(open)))];
    assert_eq!(asked(&mut harness, Role::CheckBox, "Listen on this network"), wanted);

    let mut harness = shown(Desk::running(Ipv4Addr::LOCALHOST));
    assert!(has(&harness, "127.0.0.1:1883") && !has(&harness, "192.168.1.5"));
    assert_eq!(asked(&mut harness, Role::Button, "Stop the broker"), [Action::Demo(DemoAction::StopBroker)]);
    let copied = asked(&mut harness, Role::Button, "Copy 127.0.0.1:1883");
    assert_eq!(copied, [Action::Copy("127.0.0.1:1883".to_owned())]);
}

#[test]
fn a_login_is_complete_or_the_broker_does_not_start() {
    let mut desk = Desk::new();
    desk.entry.wants_login = true;
    let mut harness = shown(desk);
    let start = harness.get_by_role_and_label(Role::Button, "Start the broker");
    assert!(start.accesskit_node().is_disabled());
    start.hover();
    harness.run();
    assert!(has(&harness, "Give the clients a user and a password first"));
    harness.get_by_label("Client password").focus();
    harness.run();
    harness.get_by_label("Client password").type_text("s");
    harness.run();
    let typed = std::mem::take(&mut harness.state_mut().actions);
    assert_eq!(typed, [Action::Demo(DemoAction::BrokerPassword(Password::new("s")))]);

    let mut desk = Desk::new();
    desk.entry.port = "70000".to_owned();
    assert!(has(&shown(desk), "A port is a number from 1 to 65535"));
}

#[test]
fn a_broker_on_the_network_is_said_above_everything() {
    let mut desk = Desk::running(Ipv4Addr::UNSPECIFIED);
    assert!(has(&shown(Desk::running(Ipv4Addr::UNSPECIFIED)), "to everybody and without a password"));
    desk.state.has_login = true;
    let harness = shown(desk);
    assert!(has(&harness, "The built-in broker is open to the network at 192.168.1.5:1883; clients need the login"));
    assert!(has(&harness, "Copy 192.168.1.5:1883") && has(&harness, "Copy 127.0.0.1:1883"));
}

#[test]
fn who_is_there_and_what_happened_is_told_and_a_client_can_be_cut_off() {
    let mut desk = Desk::running(Ipv4Addr::LOCALHOST);
    let peer = Peer { address: Some(SocketAddr::from(([127, 0, 0, 1], 50_000))), transport: Transport::Tcp };
    let client = Client {
        client_id: "mqttx_1\u{202e}".to_owned(),
        peer,
        version: Version::V5,
        user: None,
        since: Moment::from_millis(1_000),
        subscriptions: vec![("mqtt/#".parse().expect("a filter"), Qos::AtLeastOnce)],
        received: 3,
        sent: 4,
        waiting: 0,
    };
    desk.state.snapshot = Some(Snapshot { clients: vec![client], stats: Stats::default() });
    let refused = Happening::Refused {
        peer,
        client_id: Some("old".to_owned()),
        level: Some(3),
        fault: ClientFault::Version { level: 3 },
    };
    desk.state.note(opened(), refused);
    desk.state.note(opened(), Happening::Disconnected { client_id: "m".to_owned(), peer, end: End::Lost });
    let mut harness = shown(desk);
    assert!(has(&harness, "MQTT 5 · 127.0.0.1:50000 (TCP)"));
    assert!(has(&harness, "mqtt/# (1)") && has(&harness, "3 in · 4 out · 0 waiting"));
    assert!(has(&harness, "the client speaks MQTT 3.1; this broker speaks MQTT 3.1.1 and 5"));
    assert!(has(&harness, "m is gone without a good-bye"));
    let close = harness.query_all_by_role(Role::Button).find(|node| {
        node.accesskit_node()
            .label()
            .is_some_and(|label| label.starts_with("Cut off mqttx_1") && !label.contains('\u{202e}'))
    });
    close.expect("a button to cut it off, without what turns its letters").click();
    harness.run();
    let actions = std::mem::take(&mut harness.state_mut().actions);
    assert_eq!(actions, [Action::Demo(DemoAction::Kick("mqttx_1\u{202e}".to_owned()))]);
}
