//! What surrounds a scenario's module: a broker, a TLS listener, and the names that lead to them, over real sockets.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
};

use super::silence::Silence;
use crate::{
    broker::{CoreConfig, Server, ServerConfig, TopicRule, Users},
    mqtt::{Filter, Message, Password, Qos, Topic},
    sim::{
        Route, VirtualSpec,
        net::DEMO_HOST,
        range::{Range, RangeConfig},
        scenario::{BadScenario, BrokerPlan, FromHere, HOST, Scenario},
    },
};

/// A running broker and, where the scenario needs it, a running TLS listener. Dropping it ends both.
#[derive(Debug)]
pub struct Stage {
    spec: VirtualSpec,
    _broker: Server,
    _range: Option<Range>,
    _silence: Option<Silence>,
}

/// The port of every plain broker.
const PLAIN: u16 = 1_883;
/// The port of every TLS listener.
const ENCRYPTED: u16 = 8_883;
/// Nobody listens here.
const CLOSED: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 1);

impl Stage {
    /// Builds what `scenario` needs; certificates are made around `now`, seconds since 1970.
    pub fn start(scenario: &Scenario, seed: u64, now: i64) -> io::Result<Self> {
        let mut spec = scenario.spec(seed).map_err(io::Error::other)?;
        let core = broker_config(&scenario.name, &scenario.broker).map_err(io::Error::other)?;
        let broker = Server::start(ServerConfig { core, ..ServerConfig::default() })?;
        let plain = broker.local_addr();
        let fault = scenario.fault().map_err(io::Error::other)?;
        let start = |fault| Range::start(&RangeConfig { now, upstream: Some(plain), faults: vec![fault] });
        let range = fault.map(start).transpose()?;
        if let Some(range) = &range {
            spec.files = scenario.preset(range.files()).map_err(io::Error::other)?;
        }
        let listener = range.as_ref().and_then(|range| range.address(fault?));
        let silence = (scenario.from_here == FromHere::Silence).then(Silence::start).transpose()?;
        spec.broker = Some(plain);
        spec.routes = routes(silence.as_ref().map_or(plain, Silence::address), listener);
        spec.device.utc_at_open = Some(now);
        Ok(Self { spec, _broker: broker, _range: range, _silence: silence })
    }

    /// The module in its place.
    pub const fn spec(&self) -> &VirtualSpec {
        &self.spec
    }

    /// Where the virtual network leads `host` and `port` to; `None` for a name that it does not know.
    pub fn route(&self, host: &str, port: u16) -> Option<SocketAddr> {
        let fits = |route: &&Route| route.host == host && route.port.is_none_or(|own| own == port);
        self.spec.routes.iter().find(fits).map(|route| route.to)
    }
}

fn routes(plain: SocketAddr, listener: Option<SocketAddr>) -> Vec<Route> {
    let route = |host: &str, port, to| Route { host: host.to_owned(), port, to };
    let mut routes = Vec::new();
    for host in [HOST, DEMO_HOST, ADDRESS] {
        routes.push(route(host, Some(PLAIN), plain));
        routes.push(route(host, Some(ENCRYPTED), listener.unwrap_or(CLOSED)));
        routes.push(route(host, None, CLOSED));
    }
    routes
}

/// The broker by its number, as a documentation address; it leads to the same place.
const ADDRESS: &str = "192.0.2.1";

/// What a scenario's broker is told.
pub fn broker_config(scenario: &str, plan: &BrokerPlan) -> Result<CoreConfig, BadScenario> {
    let bad = |topic: &str| BadScenario::Topic { scenario: scenario.to_owned(), topic: topic.to_owned() };
    let admit = |all: Users, (name, word): &(String, String)| all.with(name.as_str(), Password::new(word.as_str()));
    let mut config = CoreConfig::default();
    if !plan.logins.is_empty() {
        config.users = Some(plan.logins.iter().fold(Users::default(), admit));
    }
    if let Some(filter) = &plan.forbidden {
        let filter: Filter = filter.parse().map_err(|_| bad(filter))?;
        config.rules.push(TopicRule::forbid(filter));
    }
    for (topic, payload) in &plan.retained {
        let topic: Topic = topic.parse().map_err(|_| bad(topic))?;
        let payload = payload.clone().into_bytes();
        config.retained.push(Message { topic, payload, qos: Qos::AtLeastOnce, retain: true });
    }
    Ok(config)
}
