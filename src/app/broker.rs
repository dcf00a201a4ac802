//! The broker inside this program: as the user wants it, who is there, and what happens.

use std::{
    net::{IpAddr, UdpSocket},
    time::Duration,
};

use crate::{
    action::DemoAction,
    model::{Input, notices::Notice},
    settings::{BrokerEntry, SecurityCase},
    view::demo::{BrokerState, Extent, Tab},
};

use super::{App, clock::Clock, losses::Losses, session::Wanted};

/// The broker as the user wants it.
pub(super) fn wanted(app: &App) -> Wanted {
    let entry = &app.settings.broker;
    let login = entry.wants_login.then(|| (entry.user.clone(), app.broker.password.clone()));
    Wanted { ports: entry.ports().unwrap_or_default(), is_on_network: entry.is_on_network, login }
}

/// Does what the panel asks of the broker.
pub(super) fn dispatch(app: &mut App, action: DemoAction) {
    match action {
        DemoAction::Broker(entry) => {
            app.settings.broker = app.settings.broker.changed_to(*entry);
            app.save();
        }
        DemoAction::BrokerPassword(password) => app.broker.password = password,
        DemoAction::StartBroker => start(app),
        DemoAction::StopBroker => {
            app.session.stop_broker();
            app.losses = Losses::default();
            app.broker.state = BrokerState::default();
        }
        DemoAction::Kick(client_id) => {
            if !app.session.kick(&client_id) {
                app.apply(&Input::Notice(Notice::TooManyRequests));
            }
            app.broker.asked = None;
        }
        _ => {}
    }
}

/// Starts it, or starts it again as it is wanted now; whoever is there comes back by itself.
fn start(app: &mut App) {
    app.session.stop_broker();
    let wanted = wanted(app);
    if let Err(error) = app.session.own_broker(SecurityCase::Plain, None, &wanted) {
        app.broker.state = BrokerState { fault: Some(error.to_string()), ..BrokerState::default() };
    }
    follow(app);
}

/// Takes over what happened, and asks who is there while somebody looks.
pub(super) fn drive(app: &mut App) {
    follow(app);
    while let Some((at, what)) = app.session.broker_event() {
        app.losses.take(&what);
        app.broker.state.note(at, what);
    }
    if let Some(snapshot) = app.broker.answer.as_ref().and_then(|answer| answer.try_recv().ok()) {
        app.broker.state.snapshot = Some(snapshot);
        app.broker.answer = None;
    }
    let demo = &app.screen.demo;
    let is_looked_at = demo.extent == Extent::Whole && demo.tab == Tab::Broker && app.broker.state.address.is_some();
    if is_looked_at {
        if app.broker.asked.is_none_or(|asked| asked.has_run_for(LOOK_PAUSE)) {
            app.broker.asked = Some(Clock::start());
            app.broker.answer = app.session.look_at_broker();
        }
        app.ctx.request_repaint_after(LOOK_PAUSE / 2);
    }
}

/// Learns where it listens now.
fn follow(app: &mut App) {
    let (address, anchor) = app.session.broker_place();
    if address == app.broker.state.address {
        return;
    }
    let fault = app.broker.state.fault.take().filter(|_| address.is_none());
    app.broker.state = BrokerState {
        address,
        anchor,
        has_login: app.session.has_broker_login(),
        others: address.map(|address| addresses(address.port())).unwrap_or_default(),
        fault,
        ..BrokerState::default()
    };
    if let Some(address) = address {
        app.settings.broker = BrokerEntry { last_port: address.port(), ..app.settings.broker.clone() };
        app.save();
    }
}

/// Under which addresses other computers reach this one: those from which it would send. Nothing is sent.
fn addresses(port: u16) -> Vec<String> {
    let own = |bind: &str, far: &str| -> Option<IpAddr> {
        let socket = UdpSocket::bind(bind).ok()?;
        socket.connect(far).ok()?;
        Some(socket.local_addr().ok()?.ip()).filter(|ip| !ip.is_loopback() && !ip.is_unspecified())
    };
    [own("0.0.0.0:0", ANYWHERE_V4)].into_iter().flatten().map(|ip| format!("{ip}:{port}")).collect()
}

/// Between two looks at who is there.
const LOOK_PAUSE: Duration = Duration::from_secs(1);
/// An address for documentation, RFC 5737; nothing is sent there.
const ANYWHERE_V4: &str = "192.0.2.1:9";
