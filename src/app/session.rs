//! The running connection: its worker, the broker inside this program, and the numbers of requests.

use std::net::SocketAddr;

use eframe::egui::Context;

use crate::{
    broker::{CoreConfig, Echo, Server, ServerConfig},
    link::spec::LinkSpec,
    model::{
        Generation, Input,
        event::Event,
        notices::Notice,
        request::{Request, RequestId},
    },
    mqtt::{Message, Qos},
    sim::Route,
    worker::{NotTaken, Worker},
};

use super::tasks::Tasks;

/// The running connection.
#[derive(Debug)]
pub(super) struct Session {
    ctx: Context,
    generation: Generation,
    worker: Option<(LinkSpec, Worker)>,
    broker: Option<Server>,
    next_id: u64,
    /// What shall be opened as soon as the port in use is closed.
    waiting: Option<(LinkSpec, Request)>,
}

impl Session {
    /// No connection; workers will wake `ctx`.
    pub(super) const fn new(ctx: Context) -> Self {
        Self { ctx, generation: Generation(0), worker: None, broker: None, next_id: 1, waiting: None }
    }

    /// The broker inside this program, started when it does not run yet.
    pub(super) fn own_broker(&mut self) -> std::io::Result<SocketAddr> {
        if let Some(broker) = &self.broker {
            return Ok(broker.local_addr());
        }
        let broker = Server::start(ServerConfig { core: welcoming(), ..ServerConfig::default() })?;
        let address = broker.local_addr();
        self.broker = Some(broker);
        Ok(address)
    }

    /// Where that broker listens, while it runs.
    pub(super) fn own_broker_address(&self) -> Option<SocketAddr> {
        self.broker.as_ref().map(Server::local_addr)
    }

    /// Where the virtual network in use leads `host` and `port` to, when it does.
    pub(super) fn route(&self, host: &str, port: u16) -> Option<SocketAddr> {
        let (LinkSpec::Virtual(spec), _) = self.worker.as_ref()? else { return None };
        let fits = |route: &&Route| route.host == host && route.port.is_none_or(|own| own == port);
        spec.routes.iter().find(fits).map(|route| route.to)
    }

    /// Opens `spec` and asks `request` of it. A worker on the same link is used again; one on another is closed
    /// first, without waiting for it here.
    pub(super) fn connect(&mut self, spec: LinkSpec, request: Request) -> Vec<Input> {
        match &self.worker {
            Some((open, _)) if *open == spec => self.request(request),
            Some((_, worker)) => {
                worker.stop();
                self.waiting = Some((spec, request));
                Vec::new()
            }
            None => self.open(spec, request),
        }
    }

    fn open(&mut self, spec: LinkSpec, request: Request) -> Vec<Input> {
        self.generation = Generation(self.generation.0 + 1);
        let ctx = self.ctx.clone();
        let began = Input::Began {
            generation: self.generation,
            link: spec.name().to_owned(),
            is_simulated: spec.is_simulated(),
            own_broker: self.broker.as_ref().map(|broker| broker.local_addr().to_string()),
        };
        let worker = Worker::spawn(spec.clone(), move || ctx.request_repaint());
        self.worker = Some((spec, worker));
        let mut inputs = vec![began];
        inputs.extend(self.request(request));
        inputs
    }

    /// Hands `request` to the worker. The inputs say what became of it.
    pub(super) fn request(&mut self, request: Request) -> Vec<Input> {
        let Some((_, worker)) = &self.worker else {
            return vec![Input::NotTaken { request: Box::new(request), why: Notice::NoPort }];
        };
        let id = RequestId(self.next_id);
        self.next_id += 1;
        match worker.try_request(id, request.clone()) {
            Ok(()) => vec![Input::Asked { id, request: Box::new(request) }],
            Err(NotTaken::Full) => vec![Input::NotTaken { request: Box::new(request), why: Notice::TooManyRequests }],
            Err(NotTaken::Ended) => vec![Input::NotTaken { request: Box::new(request), why: Notice::NoPort }],
        }
    }

    /// Closes the port without waiting for the modem; [`Event::Closed`] follows.
    pub(super) fn close(&mut self) {
        self.waiting = None;
        if let Some((_, worker)) = &self.worker {
            worker.stop();
        }
    }

    /// The next thing that the worker told, if there is one.
    pub(super) fn next(&mut self, tasks: &Tasks) -> Option<Vec<Input>> {
        let event = self.worker.as_ref()?.1.try_event()?;
        let is_last = matches!(event, Event::Closed { .. });
        let mut inputs = vec![Input::Told { generation: self.generation, event }];
        if is_last {
            tasks.let_go(self.worker.take());
            if let Some((spec, request)) = self.waiting.take() {
                inputs.extend(self.open(spec, request));
            }
        }
        Some(inputs)
    }
}

/// A broker that has something to show: a welcome for whoever subscribes, and an answer for whoever publishes.
fn welcoming() -> CoreConfig {
    let (Ok(welcome_to), Ok(answer_to), Ok(listen)) = ("mqtt/pub".parse(), "mqtt/pub".parse(), "mqtt/sub".parse())
    else {
        return CoreConfig::default();
    };
    let payload = "Welcome to the built-in broker · 欢迎使用内置服务器".as_bytes().to_vec();
    let welcome = Message { topic: welcome_to, payload, qos: Qos::AtMostOnce, retain: true };
    CoreConfig { retained: vec![welcome], echo: Some(Echo { from: listen, to: answer_to }), ..CoreConfig::default() }
}
