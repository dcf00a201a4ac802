//! The same steps from this computer: the modem says `CONNECT FAIL` for a wrong name, a closed port and a refused
//! handshake alike. No login and no message is sent.

use std::{net::SocketAddr, time::Instant};

use clap::ValueEnum;

use crate::{
    cli::signals::StopSignal,
    diagnosis::{FailedStep, Here},
    here::{self, Depth, Login, Order},
    modem::{event::Fault, request::Connection},
    mqtt::Password,
};

/// Whether, and how thoroughly, this computer tries the same when a connection does not open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Crosscheck {
    /// Not at all.
    Off,
    /// Name, port, and for TLS the module's suites at once, the chain and the handshake as the module: five seconds at most.
    #[default]
    Quick,
    /// The same with each suite alone, a minute at most.
    Full,
}

impl Crosscheck {
    /// How thoroughly; `None` for not at all.
    pub(in crate::cli) const fn depth(self) -> Option<Depth> {
        match self {
            Self::Off => None,
            Self::Quick => Some(Depth::Quick),
            Self::Full => Some(Depth::Full),
        }
    }
}

/// What a check knows about its own try.
pub(in crate::cli) struct Asked {
    /// How thorough it shall be.
    pub(in crate::cli) depth: Depth,
    /// Where it goes, when a virtual network leads only the module to the host.
    pub(in crate::cli) route: Option<SocketAddr>,
    /// The module's clock and this computer's in seconds since 1970, read at the same time, as far as known.
    pub(in crate::cli) clocks: Option<(i64, i64)>,
    /// Whether the user agreed to a login.
    pub(in crate::cli) logs_in: bool,
}

/// What this computer gets where `fault` stopped the module; `None` when its own try would say nothing more.
pub(in crate::cli) fn look(connection: &Connection, asked: &Asked, fault: &Fault, stop: &StopSignal) -> Option<Here> {
    let is_login = |failed: &FailedStep| asked.logs_in && matches!(failed, FailedStep::Login { .. });
    let failed = FailedStep::of(fault).filter(|failed| failed.calls_for_a_look() || is_login(failed))?;
    let Connection { host, port, security, tls, .. } = connection.clone();
    let order = Order {
        depth: asked.depth,
        route: asked.route,
        clocks: asked.clocks,
        was_open: matches!(failed, FailedStep::Login { .. }),
        login: asked.logs_in.then(|| login(connection)),
        ..Order::quick(host, port, security, tls, today())
    };
    let begun = now();
    Some(here::look(&order, &|| stop.is_asked(), &|| now().saturating_duration_since(begun)))
}

/// The module's login, for a client of another name.
fn login(connection: &Connection) -> Login {
    let credentials = connection.credentials.clone();
    let (user, password) = credentials.map_or((None, Password::default()), |known| (Some(known.user), known.password));
    Login {
        is_agreed: true,
        module_id: connection.client_id.clone(),
        user,
        password,
        filters: Vec::new(),
        as_computer: false,
    }
}

/// This computer's clock in seconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line owns the clock by which dates of certificates are judged"
)]
pub(in crate::cli) fn today() -> i64 {
    chrono::Utc::now().timestamp()
}

#[expect(clippy::disallowed_methods, reason = "the command line owns the clock of its own time limits")]
fn now() -> Instant {
    Instant::now()
}
