//! The window's face: events into a course, and this computer's quick look where the window takes one.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use air780e_companion::{
    diagnosis::{Case, Course, Diagnosis, FailedStep, Here, diagnose, seconds_of_clock},
    here::{self, Login, Order, Surroundings, Unresolved, World},
    modem::{
        event::Event,
        request::{Connection, RequestId},
    },
    mqtt::Password,
    time::Moment,
};

use crate::{kit::now, today};

/// A session as a window had it: everything told, and what was asked for.
#[derive(Debug, Default)]
pub(crate) struct Session {
    /// Everything told, in order.
    pub(crate) events: Vec<Event>,
    /// The connections that were asked for.
    pub(crate) connects: Vec<(RequestId, Connection)>,
    /// The end.
    pub(crate) now: Moment,
    /// Everything that passed, as a recording.
    pub(crate) trace: String,
}

/// Where this computer's own try goes and what it may know.
pub(crate) struct Outside<'a> {
    /// Where the virtual network leads a host and port to. Asked only when something is tried.
    pub(crate) route: &'a dyn Fn(&str, u16) -> Option<SocketAddr>,
    /// Who resolves names.
    pub(crate) world: Arc<dyn World>,
}

/// A resolver that is sure that there is no such name.
struct Nobody;

impl World for Nobody {
    fn resolve(&self, _: &str) -> Result<Vec<IpAddr>, Unresolved> {
        Err(Unresolved::NoSuchName)
    }

    fn has_way_out(&self) -> bool {
        true
    }
}

impl<'a> Outside<'a> {
    /// A computer beside a virtual network; what that does not lead to is not there.
    pub(crate) fn routed(route: &'a dyn Fn(&str, u16) -> Option<SocketAddr>) -> Self {
        Self { route, world: Arc::new(Nobody) }
    }
}

impl Session {
    /// What the window says at the end.
    pub(crate) fn judged(&self, outside: &Outside<'_>) -> Diagnosis {
        self.judged_with(outside, false)
    }

    /// The same after a user agreed to a login from this computer, where it was the login that failed.
    pub(crate) fn judged_with(&self, outside: &Outside<'_>, logs_in: bool) -> Diagnosis {
        let mut course = Course::default();
        let mut tried = Vec::new();
        for event in &self.events {
            course.take(event);
            let Some((connection, failed)) = self.calls_for_a_look(event, logs_in) else { continue };
            let target = (connection.host.as_str(), connection.port, failed);
            if !tried.contains(&target) {
                tried.push(target);
                let login = logs_in.then(|| login(connection));
                let order = Order { login, ..self::order(connection, failed, &course, outside) };
                course.take_here(Some(Box::new(look(&order, outside))));
            }
        }
        diagnose(&Case { course: &course, now: self.now })
    }

    /// What it would say if this computer tried nothing.
    pub(crate) fn judged_blindly(&self) -> Diagnosis {
        let mut course = Course::default();
        self.events.iter().for_each(|event| course.take(event));
        diagnose(&Case { course: &course, now: self.now })
    }

    /// Whether this computer tries anything in its course.
    pub(crate) fn calls_for_looks(&self) -> bool {
        self.events.iter().any(|event| self.calls_for_a_look(event, false).is_some())
    }

    fn calls_for_a_look(&self, event: &Event, logs_in: bool) -> Option<(&Connection, FailedStep)> {
        let Event::Done { id, result: Err(fault), .. } = event else { return None };
        let (_, connection) = self.connects.iter().find(|(connect, _)| connect == id)?;
        let is_login = |failed: &FailedStep| logs_in && matches!(failed, FailedStep::Login { .. });
        let failed = FailedStep::of(fault).filter(|failed| failed.calls_for_a_look() || is_login(failed))?;
        Some((connection, failed))
    }
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

fn order(connection: &Connection, failed: FailedStep, course: &Course, outside: &Outside<'_>) -> Order {
    let Connection { host, port, security, tls, .. } = connection.clone();
    let route = (outside.route)(&host, port);
    let clock = course.status.details.clock.as_ref();
    let clocks =
        clock.and_then(|seen| Some((seconds_of_clock(&seen.value)?, course.anchor()?.at(seen.at).timestamp())));
    let was_open = matches!(failed, FailedStep::Login { .. });
    Order { route, clocks, was_open, ..Order::quick(host, port, security, tls, today()) }
}

fn look(order: &Order, outside: &Outside<'_>) -> Here {
    let begun = now();
    let clock = || begun.elapsed();
    let around = Surroundings { stop: &|| false, clock: &clock, world: Arc::clone(&outside.world) };
    here::look_telling(order, &around, &mut |_| {})
}

/// Longest time that any awaited text may take, in the module's time.
pub(crate) const PATIENCE: Duration = Duration::from_secs(200);
