//! The top bar: which modem, which profile, how the air is, and the one button.

use std::{borrow::Cow, time::Duration};

use crate::{
    lang::Lang,
    model::{Model, connection::Phase},
    settings::{Profile, Settings, ThemeChoice},
    time::Moment,
};

use super::{Port, connect, demo};

/// What the main button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MainButton {
    /// Open the port and a session.
    Connect,
    /// Give up connecting.
    Stop,
    /// Close the session and the port.
    Disconnect,
    /// Close the port without waiting for the module.
    CloseNow,
}

/// Signal strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignalView {
    /// Strength in dBm; `None` when the modem does not know it.
    pub dbm: Option<i16>,
    /// Bars, 0 to 4, by the vendor's reading (reference, section 4).
    pub bars: u8,
    /// How long ago it was read.
    pub age: Duration,
}

/// The top bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopBarView {
    /// The link in use, or the one that Connect will use.
    pub link: Port,
    /// Ports to choose from.
    pub ports: Vec<String>,
    /// Whether another link can be chosen now.
    pub is_link_free: bool,
    /// Firmware name by `ATI`.
    pub firmware: Option<String>,
    /// Name of the profile in use; empty for the one that was never saved.
    pub profile: String,
    /// Names of all saved profiles.
    pub profiles: Vec<String>,
    /// What the main button does.
    pub button: MainButton,
    /// Whether the port is open without a session, so that it can be closed.
    pub can_close_port: bool,
    /// Signal strength, when it was read.
    pub signal: Option<SignalView>,
    /// Whether a virtual modem is, or will be, at the other end.
    pub is_simulated: bool,
    /// Name of the open log, where it does not stand on the page in front; empty for a text that was pasted.
    pub recorded: Option<String>,
    /// Title of the demo scenario that is on: connecting means its module.
    pub playing: Option<String>,
    /// The language in use.
    pub lang: Lang,
    /// The theme chosen.
    pub theme: ThemeChoice,
}

/// The top bar at `now`.
pub fn view(
    model: &Model,
    profile: &Profile,
    settings: &Settings,
    ports: &connect::Ports,
    play: &demo::Play,
    lang: Lang,
    now: Moment,
) -> TopBarView {
    let connection = model.connection();
    let phase = connection.phase();
    let is_idle = *phase == Phase::Idle;
    let link = if is_idle { connect::link(profile, ports) } else { running(model) };
    TopBarView {
        is_simulated: link == Port::Virtual,
        recorded: None,
        link,
        ports: ports.names(),
        is_link_free: matches!(phase, Phase::Idle | Phase::Open),
        firmware: connection.status().firmware.as_ref().filter(|_| !is_idle).map(|seen| seen.value.name.clone()),
        profile: profile.name.clone(),
        profiles: settings.profiles.iter().map(|saved| saved.name.clone()).collect(),
        button: button(phase),
        can_close_port: *phase == Phase::Open,
        signal: connection.status().signal.as_ref().filter(|_| !is_idle).map(|seen| SignalView {
            dbm: seen.value.rssi_dbm(),
            bars: bars(seen.value.rssi),
            age: seen.age(now),
        }),
        playing: demo::playing(play, lang).map(Cow::into_owned),
        lang,
        theme: settings.theme,
    }
}

fn running(model: &Model) -> Port {
    let connection = model.connection();
    if connection.is_simulated() { Port::Virtual } else { Port::Serial(connection.link().to_owned()) }
}

const fn button(phase: &Phase) -> MainButton {
    match phase {
        Phase::Idle | Phase::Open => MainButton::Connect,
        Phase::Opening | Phase::Connecting => MainButton::Stop,
        Phase::Connected => MainButton::Disconnect,
        Phase::Closing => MainButton::CloseNow,
    }
}

/// Bars by the vendor's reading: 18 and more is stable, 11 to 17 may drop, 10 and less hardly connects.
const fn bars(rssi: u8) -> u8 {
    match rssi {
        1..=10 => 1,
        11..=17 => 2,
        18..=24 => 3,
        25..=31 => 4,
        _ => 0,
    }
}
