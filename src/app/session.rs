//! The running connection: its worker, the broker inside this program, and the numbers of requests.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use chrono::{DateTime, Local};
use crossbeam_channel::{Receiver, Sender, bounded};
use eframe::egui::Context;

use crate::{
    broker::{self, CoreConfig, Echo, Server, ServerConfig, Users},
    link::{self, Link, LinkError, pipe::PipeLink, spec::LinkSpec},
    model::{
        Generation, Input,
        event::Event,
        notices::Notice,
        request::{Request, RequestId},
    },
    mqtt::{Message, Password, Qos},
    settings::SecurityCase,
    sim::{Route, Steer, host::Remote},
    time::WallAnchor,
    worker::{LinkStart, NotTaken, Worker},
};

use super::{
    clock::Clock,
    demo_files::Demo,
    leaving::Leaving,
    log::{Hears, Log},
    tasks::Tasks,
};

/// The running connection.
#[derive(Debug)]
pub(super) struct Session {
    ctx: Context,
    /// The pause between frames while only traffic changes the window.
    pause: Duration,
    generation: Generation,
    worker: Option<(LinkSpec, Worker)>,
    broker: Option<Own>,
    next_id: u64,
    /// What shall be opened as soon as the port in use is closed.
    waiting: Option<Wish>,
    /// The link of the last worker that opened, and when it first did.
    last: Option<(LinkSpec, LinkStart)>,
    leaving: Leaving,
    steering: Steering,
    /// The log of the connection.
    pub(super) log: Log,
}

/// The broker inside this program.
#[derive(Debug)]
struct Own {
    server: Server,
    events: Receiver<broker::Event>,
    anchor: WallAnchor,
    login: Option<(String, Password)>,
}

/// The broker inside this program as the user wants it.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Ports to try; the first that is free counts.
    pub(super) ports: Vec<u16>,
    /// Whether other computers reach it.
    pub(super) is_on_network: bool,
    /// Who is let in; `None` is everybody.
    pub(super) login: Option<(String, Password)>,
}

/// A link that shall be opened, and what shall be asked of it then.
#[derive(Debug)]
struct Wish {
    spec: LinkSpec,
    requests: Vec<Request>,
}

/// The hand on the virtual modem of the running connection; its worker's thread sends it once the modem lives.
#[derive(Debug)]
enum Steering {
    Awaited(Receiver<Remote>),
    Held(Remote),
    None,
}

impl Session {
    /// No connection; workers will wake `ctx`, at most once in `pause`.
    pub(super) const fn new(ctx: Context, pause: Duration) -> Self {
        Self {
            ctx,
            pause,
            generation: Generation(0),
            worker: None,
            broker: None,
            next_id: 1,
            waiting: None,
            last: None,
            leaving: Leaving::new(),
            steering: Steering::None,
            log: Log { folder: None, ended: None },
        }
    }

    /// The port of the broker inside this program for `case`; the broker is started when it does not run yet.
    ///
    /// One that runs without encryption is started anew on the same port when encryption is wanted.
    pub(super) fn own_broker(
        &mut self,
        case: SecurityCase,
        demo: Option<&Demo>,
        wanted: &Wanted,
    ) -> io::Result<SocketAddr> {
        if let Some(address) = self.own_broker_address(case) {
            return Ok(address);
        }
        let tls = demo.map(Demo::listeners).unwrap_or_default();
        if case.is_encrypted() && tls.is_empty() {
            return Err(io::Error::other("the demonstration's certificates cannot be made"));
        }
        let (ports, login) = match self.broker.take() {
            Some(Own { server, login, .. }) => (vec![server.local_addr().port()], login),
            None => (wanted.ports.clone(), wanted.login.clone()),
        };
        let ip = if wanted.is_on_network { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
        let (teller, events) = bounded(BROKER_EVENTS);
        let core = CoreConfig { users: users(login.as_ref()), max_events: BROKER_EVENTS, ..welcoming() };
        let anchor = WallAnchor::new(Clock::wall());
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for port in ports {
            let bind = SocketAddr::from((ip, port));
            let (tls, core, events_here) = (tls.clone(), core.clone(), Some(teller.clone()));
            match Server::start(ServerConfig { bind, tls, core, events: events_here, ..ServerConfig::default() }) {
                Ok(server) => {
                    self.broker = Some(Own { server, events, anchor, login });
                    let missing = || io::Error::other("the built-in broker has no such port");
                    return self.own_broker_address(case).ok_or_else(missing);
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// Ends that broker.
    pub(super) fn stop_broker(&mut self) {
        self.broker = None;
    }

    /// Where it listens as it was asked to, and the time of day at which its moments count from zero.
    pub(super) fn broker_place(&self) -> (Option<SocketAddr>, Option<WallAnchor>) {
        self.broker.as_ref().map_or((None, None), |own| (Some(own.server.local_addr()), Some(own.anchor)))
    }

    /// Whether it lets in nobody without a login.
    pub(super) fn has_broker_login(&self) -> bool {
        self.broker.as_ref().is_some_and(|own| own.login.is_some())
    }

    /// What its clients log in with.
    pub(super) fn broker_login(&self) -> Option<(String, Password)> {
        self.broker.as_ref()?.login.clone()
    }

    /// The next thing that happened there.
    pub(super) fn broker_event(&self) -> Option<(DateTime<Local>, broker::Happening)> {
        let own = self.broker.as_ref()?;
        let event = own.events.try_recv().ok()?;
        Some((own.anchor.at(event.at), event.what))
    }

    /// Asks who is there; the answer comes through the channel.
    pub(super) fn look_at_broker(&self) -> Option<Receiver<broker::Snapshot>> {
        self.broker.as_ref()?.server.look().ok()
    }

    /// Cuts a client off; `false` when that was not taken.
    pub(super) fn kick(&self, client_id: &str) -> bool {
        self.broker.as_ref().is_some_and(|own| own.server.kick(client_id).is_ok())
    }

    /// Where that broker listens for `case`, while it runs.
    pub(super) fn own_broker_address(&self, case: SecurityCase) -> Option<SocketAddr> {
        let server = &self.broker.as_ref()?.server;
        let address = match case {
            SecurityCase::Plain => Some(server.local_addr()),
            SecurityCase::Encrypted | SecurityCase::Server => server.tls_addrs().first().copied(),
            SecurityCase::Both => server.tls_addrs().get(1).copied(),
        }?;
        // Who listens everywhere is reached from here by the loopback.
        Some(if address.ip().is_unspecified() {
            SocketAddr::from((Ipv4Addr::LOCALHOST, address.port()))
        } else {
            address
        })
    }

    /// Where the virtual network in use leads `host` and `port` to, when it does.
    pub(super) fn route(&self, host: &str, port: u16) -> Option<SocketAddr> {
        let (LinkSpec::Virtual(spec), _) = self.worker.as_ref()? else { return None };
        let fits = |route: &&Route| route.host == host && route.port.is_none_or(|own| own == port);
        spec.routes.iter().find(fits).map(|route| route.to)
    }

    /// Opens `spec` and asks `requests` of it. A worker on the same link is used again; one on another, and one that ends,
    /// is closed first, without waiting for it here.
    pub(super) fn connect<A: Hears>(&mut self, spec: LinkSpec, requests: Vec<Request>, tasks: &Tasks<A>) -> Vec<Input> {
        let wish = match &self.worker {
            Some((open, worker)) if *open == spec && worker.takes_requests() => {
                return requests.into_iter().flat_map(|request| self.request(request)).collect();
            }
            Some((_, worker)) => {
                worker.stop();
                self.waiting = Some(Wish { spec, requests });
                return Vec::new();
            }
            None => Wish { spec, requests },
        };
        self.open(wish, tasks)
    }

    fn open<A: Hears>(&mut self, wish: Wish, tasks: &Tasks<A>) -> Vec<Input> {
        let Wish { spec, requests } = wish;
        self.generation = Generation(self.generation.0 + 1);
        let ctx = self.ctx.clone();
        let began = Input::Began {
            generation: self.generation,
            link: spec.name().to_owned(),
            is_simulated: spec.is_simulated(),
            own_broker: self.own_broker_address(SecurityCase::Plain).map(|address| address.to_string()),
        };
        let (hand, steering) = bounded(1);
        self.steering = Steering::Awaited(steering);
        let (name, wanted) = (spec.name().to_owned(), spec.clone());
        let leaving = self.leaving();
        let open = move || {
            leaving.wait_for(&[wanted.name()]);
            open_link(&wanted, &hand)
        };
        let record = self.log.begin(tasks, &name, spec.is_simulated());
        let pause = self.pause;
        let worker =
            Worker::spawn_on(name, spec.is_simulated(), open, record, move || ctx.request_repaint_after(pause));
        self.worker = Some((spec, worker));
        let mut inputs = vec![began];
        // A port that cannot be opened is told by the worker, which may have ended already.
        let outcomes = requests.into_iter().flat_map(|request| self.request(request));
        inputs.extend(outcomes.filter(|input| matches!(input, Input::Asked { .. })));
        inputs
    }

    /// The pause between frames while only traffic changes the window.
    pub(super) const fn pause(&self) -> Duration {
        self.pause
    }

    /// When the running link opened; every moment counts from it.
    pub(super) fn start(&self) -> Option<LinkStart> {
        self.worker.as_ref()?.1.link_start()
    }

    /// The link that was open last.
    pub(super) fn last_link(&self) -> Option<&LinkSpec> {
        self.worker.as_ref().map(|(spec, _)| spec).or_else(|| self.last.as_ref().map(|(spec, _)| spec))
    }

    /// Opens the port of the last link again, which may have another name now: its moments go on, and what is known of the
    /// connection stays known. `false` when there is none, or another one is open.
    pub(super) fn open_again<A: Hears>(&mut self, spec: LinkSpec, tasks: &Tasks<A>) -> bool {
        let Some((_, start)) = self.last.as_ref().filter(|_| self.worker.is_none() && self.waiting.is_none()) else {
            return false;
        };
        let (start, ctx, pause) = (*start, self.ctx.clone(), self.pause);
        let (name, wanted, leaving) = (spec.name().to_owned(), spec.clone(), self.leaving());
        let open = move || {
            leaving.wait_for(&[wanted.name()]);
            link::open(&wanted)
        };
        let record = self.log.begin(tasks, &name, false);
        let wake = move || ctx.request_repaint_after(pause);
        self.steering = Steering::None;
        self.worker = Some((spec, Worker::spawn_again_on(name, open, start, record, wake)));
        true
    }

    /// Whether there is a worker that takes requests.
    pub(super) fn is_open(&self) -> bool {
        self.worker.as_ref().is_some_and(|(_, worker)| worker.takes_requests())
    }

    /// Whether requests are taken: by a worker, or for the one that will be opened when the port in use is closed.
    pub(super) fn takes_requests(&self) -> bool {
        self.is_open() || self.waiting.is_some()
    }

    /// Ports that were closed and may still be held for a moment.
    pub(super) fn leaving(&mut self) -> Leaving {
        self.leaving.forget_gone();
        self.leaving.clone()
    }

    /// Hands `request` to the worker. The inputs say what became of it; what waits for a port to close is told when that
    /// has happened.
    pub(super) fn request(&mut self, request: Request) -> Vec<Input> {
        let not_taken = |request, why| vec![Input::NotTaken { request: Box::new(request), why }];
        let Some((_, worker)) = self.worker.as_ref().filter(|(_, worker)| worker.takes_requests()) else {
            return match &mut self.waiting {
                Some(wish) if wish.requests.len() < MOST_WAITING => {
                    wish.requests.push(request);
                    Vec::new()
                }
                Some(_) => not_taken(request, Notice::TooManyRequests),
                None => not_taken(request, Notice::NoPort),
            };
        };
        let id = RequestId(self.next_id);
        self.next_id += 1;
        match worker.try_request(id, request.clone()) {
            Ok(()) => vec![Input::Asked { id, request: Box::new(request) }],
            Err(NotTaken::Full) => not_taken(request, Notice::TooManyRequests),
            Err(NotTaken::Ended) => not_taken(request, Notice::NoPort),
        }
    }

    /// Does something to the virtual modem of the running connection; `false` when there is none or it takes no more
    /// orders now.
    pub(super) fn steer(&mut self, steer: Steer) -> bool {
        if let Steering::Awaited(hand) = &self.steering
            && let Ok(remote) = hand.try_recv()
        {
            self.steering = Steering::Held(remote);
        }
        matches!(&self.steering, Steering::Held(remote) if remote.steer(steer))
    }

    /// Closes the port without waiting for the modem; [`Event::Closed`] follows.
    pub(super) fn close(&mut self) {
        self.waiting = None;
        if let Some((_, worker)) = &self.worker {
            worker.stop();
        }
    }

    /// Closes the port and waits until its log is whole, both not for long.
    pub(super) fn end(&mut self) {
        self.waiting = None;
        self.worker = None;
        self.log.wait();
    }

    /// The next thing that the worker tells, waiting at most `wait` for it, when nothing shall be opened any more.
    pub(super) fn next_within(&self, wait: Duration) -> Option<Input> {
        let event = self.worker.as_ref()?.1.wait_event(wait)?;
        Some(Input::Told { generation: self.generation, event })
    }

    /// The next thing that the worker told, if there is one.
    pub(super) fn next<A: Hears>(&mut self, tasks: &Tasks<A>) -> Option<Vec<Input>> {
        let event = self.worker.as_ref()?.1.try_event()?;
        let is_last = matches!(event, Event::Closed { .. });
        let mut inputs = vec![Input::Told { generation: self.generation, event }];
        if is_last {
            if let Some((spec, worker)) = self.worker.take() {
                // A port that could not be opened again leaves the last one as it was.
                self.last = worker.link_start().map(|start| (spec.clone(), start)).or_else(|| self.last.take());
                self.leaving.note(spec.name(), worker.ended());
                tasks.let_go(worker);
            }
            if let Some(wish) = self.waiting.take() {
                inputs.extend(self.open(wish, tasks));
            }
        }
        Some(inputs)
    }
}

/// Opens the link; a virtual modem's hand goes back to the window.
fn open_link(spec: &LinkSpec, hand: &Sender<Remote>) -> Result<Box<dyn Link>, LinkError> {
    let LinkSpec::Virtual(modem) = spec else { return link::open(spec) };
    let link = PipeLink::open(modem)?;
    // There is room for this one; only a window that is gone does not take it.
    let _ = hand.try_send(link.remote());
    Ok(Box::new(link))
}

/// A broker that has something to show: a welcome for whoever subscribes, and an answer for whoever publishes.
fn welcoming() -> CoreConfig {
    let (Ok(welcome_to), Ok(answer_to), Ok(listen)) = ("mqtt/pub".parse(), "mqtt/pub".parse(), "mqtt/sub".parse())
    else {
        return CoreConfig { max_events: BROKER_EVENTS, ..CoreConfig::default() };
    };
    let payload = "Welcome to the built-in broker · 欢迎使用内置服务器".as_bytes().to_vec();
    let welcome = Message { topic: welcome_to, payload, qos: Qos::AtMostOnce, retain: true };
    let echo = Some(Echo { from: listen, to: answer_to });
    CoreConfig { retained: vec![welcome], echo, max_events: BROKER_EVENTS, ..CoreConfig::default() }
}

/// The users that the broker lets in.
fn users(login: Option<&(String, Password)>) -> Option<Users> {
    login.map(|(user, password)| Users::default().with(user.clone(), password.clone()))
}

/// Events of the broker that may wait for a frame, and again as many within it.
const BROKER_EVENTS: usize = 1_024;
/// Requests that may wait for a port to close.
const MOST_WAITING: usize = 16;

#[cfg(test)]
mod tests;
