//! A desk with one page on it: model, screen and what the page asks, in a harness.

use std::time::Duration;

use air780e_companion::{
    action::{Action, LatencyAction, MessagesAction},
    lang::{Lang, Translator},
    model::{
        event::{Arrival, Delivery, Event, PublishUpdate},
        latency::Latency,
        messages::Messages,
        request::{Connection, RequestId, Subscription},
        status::{Session, Status, Subscribed, SubscriptionState},
    },
    mqtt::{Message, Qos},
    settings::{Profile, Template},
    time::{Moment, WallAnchor},
    ui::{self, Cx, theme},
    view,
};
use chrono::{DateTime, Local, TimeDelta, TimeZone};
use eframe::egui::{self, CentralPanel, Frame};
use egui_kittest::Harness;

/// Which page lies on the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    Messages,
    Latency,
}

/// One page with all that it needs.
pub(crate) struct Desk {
    pub(crate) page: Page,
    pub(crate) translator: Translator,
    pub(crate) messages: Messages,
    pub(crate) latency: Latency,
    pub(crate) screen: view::messages::Screen,
    pub(crate) latency_screen: view::latency::Screen,
    pub(crate) templates: Vec<Template>,
    pub(crate) added: Vec<Subscription>,
    pub(crate) profile: Option<Profile>,
    /// How much later it is than half a minute after the link opened.
    pub(crate) later: TimeDelta,
    pub(crate) actions: Vec<Action>,
    next: u64,
}

impl Desk {
    pub(crate) fn new(page: Page) -> Self {
        let mut desk = Self {
            page,
            translator: Translator::new(Lang::En),
            messages: Messages::default(),
            latency: Latency::default(),
            screen: view::messages::Screen::default(),
            latency_screen: view::latency::Screen::default(),
            templates: Vec::new(),
            added: Vec::new(),
            profile: None,
            later: TimeDelta::zero(),
            actions: Vec::new(),
            next: 1,
        };
        let anchor = WallAnchor::new(opened());
        desk.tell(&Event::Opened { port: "Virtual Air780E".to_owned(), anchor, is_simulated: true });
        desk
    }

    pub(crate) fn tell(&mut self, event: &Event) {
        self.messages.apply(event);
        self.latency.apply(event);
    }

    pub(crate) fn connect(&mut self, filters: &[(&str, Qos, SubscriptionState)]) {
        let subscriptions = filters
            .iter()
            .map(|(filter, qos, state)| Subscribed {
                filter: filter.parse().expect("a filter"),
                qos: *qos,
                state: *state,
            })
            .collect();
        let status = Status { session: Session::Connected, subscriptions, ..Status::default() };
        self.tell(&Event::Status(Box::new(status)));
    }

    /// Asks for a connection to another broker.
    pub(crate) fn reach(&mut self, host: &str, port: u16) {
        self.messages.will_reach(&Connection::new(host, port, "c"));
    }

    pub(crate) fn arrive(&mut self, millis: u64, topic: &str, payload: &[u8]) {
        let message = message(topic, payload, Qos::AtMostOnce);
        let at = Moment::from_millis(millis);
        self.tell(&Event::Message(Arrival { at, announced: payload.len(), message }));
    }

    pub(crate) fn publish(&mut self, millis: u64, message: Message, delivery: Delivery) {
        let id = RequestId(self.next);
        self.next += 1;
        self.latency.record_publish(id, message.qos);
        self.messages.record_publish(id, message);
        self.tell(&Event::Publish(PublishUpdate { at: Moment::from_millis(millis), id, delivery }));
    }

    /// What the page asked for since the last call, changes of the page itself left out.
    pub(crate) fn wishes(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.actions)
    }

    fn show(&mut self, ui: &mut egui::Ui) {
        let tokens = theme::Tokens::of(ui);
        let mut actions = Vec::new();
        let mut cx = Cx { lang: &self.translator, tokens: tokens.clone(), actions: &mut actions };
        let frame = Frame::new().fill(tokens.colors.page);
        CentralPanel::default().frame(frame).show(ui, |ui| match self.page {
            Page::Messages => {
                let now = opened() + TimeDelta::seconds(30) + self.later;
                let page = view::messages::view(&self.messages, &mut self.screen, now);
                let page = page.with_templates(&self.templates).with_lasting(&self.added, self.profile.as_ref());
                ui::messages::page_ui(ui, &mut cx, &page);
            }
            Page::Latency => {
                let page = view::latency::view(&self.latency, &mut self.latency_screen, true, Some(115_200));
                ui::latency::page_ui(ui, &mut cx, &page);
            }
        });
        for action in actions {
            self.take(action);
        }
    }

    fn take(&mut self, action: Action) {
        match action {
            Action::Messages(MessagesAction::Change(change)) => self.screen.change(change, &self.messages),
            Action::Messages(MessagesAction::PublishTyped) => {
                let view = view::messages::view(&self.messages, &mut self.screen, opened() + TimeDelta::seconds(30));
                let typed = view.draft().ok().cloned();
                self.actions.extend(typed.map(|draft| Action::Messages(MessagesAction::Publish(draft))));
            }
            Action::Latency(LatencyAction::Run(run)) => self.latency_screen.choose(run),
            Action::Latency(LatencyAction::Toggle(kind)) => self.latency_screen.toggle(kind),
            Action::Latency(LatencyAction::Look { window, columns }) => self.latency_screen.look(window, columns),
            Action::Latency(LatencyAction::Compare(compares)) => self.latency_screen.compare(compares, &self.latency),
            Action::Latency(LatencyAction::Compared(number)) => self.latency_screen.toggle_compared(number),
            Action::Latency(LatencyAction::Part(part)) => self.latency_screen.part = part,
            Action::Latency(LatencyAction::Distribution(shows)) => self.latency_screen.shows_distribution = shows,
            Action::Latency(LatencyAction::Budget(budget)) => self.latency_screen.budget = budget,
            Action::Latency(LatencyAction::BeginName(name)) => self.latency_screen.begins = name,
            Action::Latency(LatencyAction::RenameName(name)) => self.latency_screen.renames = name,
            Action::Latency(LatencyAction::AskDelete(what)) => self.latency_screen.deletes = what,
            Action::Latency(LatencyAction::ShowPlan(is_open)) => self.latency_screen.is_plan_open = is_open,
            Action::Latency(LatencyAction::Plan(form)) => self.latency_screen.plan = *form,
            other => self.actions.push(other),
        }
    }
}

/// A harness of the size of the least page: a window of 1000 × 640 without its bars.
pub(crate) fn harness(desk: Desk, size: egui::Vec2) -> Harness<'static, Desk> {
    Harness::builder()
        .with_size(size)
        .with_context_setup(theme::install)
        .build_ui_state(|ui, desk: &mut Desk| desk.show(ui), desk)
}

pub(crate) fn message(topic: &str, payload: &[u8], qos: Qos) -> Message {
    Message { topic: topic.parse().expect("a topic"), payload: payload.to_vec(), qos, retain: false }
}

pub(crate) fn confirmed(accept: u64, ack: u64) -> Delivery {
    Delivery::Confirmed { accept: Duration::from_millis(accept), ack: Duration::from_millis(ack) }
}

/// How the page tells the time `millis` after the link opened.
pub(crate) fn local_clock(millis: u64) -> String {
    WallAnchor::new(opened()).clock_text(Moment::from_millis(millis))
}

/// Noon of a fixed day wherever the tests run, so that pictures depend neither on the day nor on the place.
pub(crate) fn opened() -> DateTime<Local> {
    Local.with_ymd_and_hms(2026, 1, 2, 12, 0, 0).earliest().expect("a noon")
}
