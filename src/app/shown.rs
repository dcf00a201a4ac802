//! What of the application a page looks at.

use std::collections::BTreeMap;

use crate::{
    lang::Text,
    model::{Model, connection::Phase, request::Subscription},
    settings::{Profile, Secrets, Settings},
    time::Moment,
    view::{
        self, Port, Screen,
        connect::{Keyring, Ports},
        files::LocalFiles,
    },
};

use super::{
    broker_desk::BrokerDesk, clock::Clock, closing::Closing, plan::Plan, replayed::Replayed, returning::ComebackState,
    stage::DemoPanel, watched::Watching,
};

/// The parts of the application that pages look at.
pub(super) struct Shown<'a> {
    pub(super) model: &'a Model,
    pub(super) screen: &'a mut Screen,
    pub(super) settings: &'a Settings,
    /// How far each movable border is from its side.
    pub(super) borders: &'a mut BTreeMap<String, f32>,
    pub(super) profile: &'a Profile,
    pub(super) secrets: &'a Secrets,
    pub(super) keyring: &'a Keyring,
    pub(super) ports: &'a Ports,
    pub(super) files: &'a LocalFiles,
    pub(super) plan: &'a Plan,
    /// How far closing the window is.
    pub(super) closing: Closing,
    /// Whether Connect means the scenario that is on.
    pub(super) is_staged: bool,
    /// Subscriptions beside the profile's, or beside the scenario's.
    pub(super) added: &'a [Subscription],
    /// Where the built-in broker listens for the chosen protection, while it runs.
    pub(super) own_broker: Option<String>,
    /// What that broker threw away or turned away.
    pub(super) losses: Vec<Text>,
    pub(super) folder: Option<String>,
    pub(super) clock: Clock,
    pub(super) demo_panel: &'a DemoPanel,
    pub(super) broker: &'a BrokerDesk,
    /// The ports of the open log, when all that passed them is known.
    pub(super) recorded: &'a [Replayed],
    pub(super) comeback: &'a ComebackState,
    pub(super) watching: &'a Watching,
    /// Width of the window, in points.
    pub(super) width: f32,
}

impl Shown<'_> {
    /// Now, as a moment of the running connection.
    pub(super) fn now(&self) -> Moment {
        self.clock.now(self.model.connection().newest())
    }

    /// The link in use, or the one that Connect will use.
    pub(super) fn link(&self) -> Port {
        let connection = self.model.connection();
        match connection.phase() {
            Phase::Idle => view::connect::link(self.profile, self.ports),
            _ if connection.is_simulated() => Port::Virtual,
            _ => Port::Serial(connection.link().to_owned()),
        }
    }

    /// Whether the link in use is on USB, where the line rate means nothing.
    pub(super) fn is_usb(&self) -> bool {
        matches!(view::connect::link(self.profile, self.ports), Port::Serial(name) if self.is_usb_port(&name))
    }

    fn is_usb_port(&self, name: &str) -> bool {
        self.ports.rows().iter().any(|row| row.name == name && !row.detail.is_empty())
    }
}
