//! Tries on loopback, with a resolver and a clock of the test's own.

use std::{
    cell::Cell,
    io::{Read, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::Arc,
    thread::JoinHandle,
    time::Duration,
};

use crossbeam_channel::{Receiver, bounded};

use super::*;
use crate::{
    broker::{CoreConfig, Server, ServerConfig},
    diagnosis::here::{LoginHere, NameFailure, NameHere, PortOutcome},
    modem::request::{Security, TlsOptions},
    mqtt::Password,
    tls::HelloAnswer,
};

/// A resolver that says one thing.
struct Says {
    answer: Result<Vec<IpAddr>, Unresolved>,
    has_way_out: bool,
    /// It answers once this channel ends.
    until: Receiver<()>,
}

impl World for Says {
    fn resolve(&self, _: &str) -> Result<Vec<IpAddr>, Unresolved> {
        self.until.recv().ok();
        self.answer.clone()
    }

    fn has_way_out(&self) -> bool {
        self.has_way_out
    }
}

fn says(answer: Result<Vec<IpAddr>, Unresolved>) -> Says {
    let (_, until) = bounded(0);
    Says { answer, has_way_out: true, until }
}

fn order(host: &str, port: u16) -> Order {
    Order::quick(host, port, Security::Plain, TlsOptions::default(), 1_790_000_000)
}

/// Tries with a clock that goes on by a millisecond a look.
fn tried(order: &Order, world: impl World + 'static) -> Here {
    let clock = Cell::new(Duration::ZERO);
    let tick = || {
        clock.set(clock.get() + Duration::from_millis(1));
        clock.get()
    };
    look_telling(order, &Surroundings { stop: &|| false, clock: &tick, world: Arc::new(world) }, &mut |_| {})
}

const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A listener that hands its first guests to `serve`, one after another.
fn serving(guests: usize, serve: impl Fn(TcpStream) + Send + 'static) -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind((LOCAL, 0)).expect("a free port");
    let address = listener.local_addr().expect("its address");
    let run = move || {
        for stream in listener.incoming().take(guests).flatten() {
            serve(stream);
        }
    };
    (address, std::thread::Builder::new().name("guests".to_owned()).spawn(run).expect("a thread"))
}

#[test]
fn only_a_resolver_that_is_sure_says_that_there_is_no_such_name() {
    let table = [
        (Err(Unresolved::NoSuchName), true, NameHere::Unknown),
        (Err(Unresolved::NoSuchName), false, NameHere::Failed(NameFailure::NoNetwork)),
        (Err(Unresolved::Failed(NameFailure::Temporary)), true, NameHere::Failed(NameFailure::Temporary)),
        (Err(Unresolved::Failed(NameFailure::Resolver(8))), true, NameHere::Failed(NameFailure::Resolver(8))),
    ];
    for (answer, has_way_out, wanted) in table {
        let here = tried(&order("broker.test", 1883), Says { has_way_out, ..says(answer.clone()) });
        assert_eq!(here.name, Some(wanted), "{answer:?}");
        assert_eq!((here.port_here, here.stage), (None, HereStage::Done), "nothing to open");
    }
}

#[test]
fn the_systems_resolver_never_calls_an_error_an_unknown_name() {
    // Without a name server it says "later", with one it knows that this name is reserved for not being there.
    let answer = System.resolve("no-such-host.invalid");
    let is_honest = match answer {
        Err(Unresolved::NoSuchName) => true,
        Err(Unresolved::Failed(failure)) => matches!(failure, NameFailure::Temporary | NameFailure::Resolver(_)),
        Ok(_) => false,
    };
    assert!(is_honest, "{answer:?}");
    assert_eq!(System.resolve("localhost").map(|list| list.contains(&LOCAL)), Ok(true));
}

#[test]
fn a_resolver_without_an_answer_is_given_up_at_its_limit() {
    let (keep, until) = bounded(0);
    let clock = Cell::new(Duration::ZERO);
    let jump = || {
        clock.set(clock.get() + Duration::from_millis(500));
        clock.get()
    };
    let world = Arc::new(Says { until, ..says(Ok(vec![LOCAL])) });
    let around = Surroundings { stop: &|| false, clock: &jump, world };
    let here = look_telling(&order("broker.test", 1883), &around, &mut |_| {});
    assert_eq!((here.name, here.stage), (Some(NameHere::Silent), HereStage::Done));
    assert!(clock.get() < Duration::from_secs(6), "{:?}", clock.get());
    drop(keep);
}

#[test]
fn a_wish_to_stop_is_heard_while_a_step_still_waits() {
    let (keep, until) = bounded(0);
    let asked = Cell::new(0);
    let stop = || {
        asked.set(asked.get() + 1);
        asked.get() > 2
    };
    let world = Arc::new(Says { until, ..says(Ok(vec![LOCAL])) });
    // The clock stands still: only the wish can end it.
    let around = Surroundings { stop: &stop, clock: &|| Duration::ZERO, world };
    let here = look_telling(&order("broker.test", 1883), &around, &mut |_| {});
    assert_eq!((here.name, here.stage, asked.get()), (None, HereStage::Stopped, 3));
    drop(keep);
}

#[test]
fn ports_are_told_apart() {
    let (closing, guests) = serving(1, drop);
    let here = tried(&order("broker.test", closing.port()), says(Ok(vec![LOCAL])));
    assert_eq!(here.port_here.expect("a port").outcome, PortOutcome::Closes);
    guests.join().expect("it ends");

    let here = tried(&order("127.0.0.1", closing.port()), says(Err(Unresolved::NoSuchName)));
    assert_eq!(here.name, Some(NameHere::Numeric));
    assert_eq!(here.port_here.expect("a port").outcome, PortOutcome::Refused, "nobody listens any more");

    let (greeting, guests) = serving(1, |mut stream| stream.write_all(b"SSH-2.0-x\r\n").expect("a greeting"));
    let here = tried(&order("127.0.0.1", greeting.port()), says(Ok(Vec::new())));
    assert_eq!(here.port_here.expect("a port").outcome, PortOutcome::Speaks(b"SSH-2.0-x\r\n".to_vec()));
    guests.join().expect("it ends");
}

#[test]
fn a_web_server_is_known_by_its_answer() {
    // It drops what is no request, as libwebsockets does.
    let (web, guests) = serving(3, |mut stream| {
        let mut first = [0; 4];
        if stream.read_exact(&mut first).is_ok() && &first == b"GET " {
            stream.write_all(b"HTTP/1.1 426 Upgrade Required\r\n\r\n").expect("an answer");
        }
    });
    let here = tried(&order("127.0.0.1", web.port()), says(Ok(Vec::new())));
    assert_eq!(here.web.as_deref(), Some("HTTP/1.1 426 Upgrade Required"));
    guests.join().expect("it ends");
}

fn broker() -> Server {
    Server::start(ServerConfig { core: CoreConfig::default(), ..ServerConfig::default() }).expect("a broker")
}

fn with_login(port: u16, is_agreed: bool) -> Order {
    let login = Login { is_agreed, ..login("unit-7") };
    Order { login: Some(login), ..order("127.0.0.1", port) }
}

#[test]
fn a_login_is_sent_with_consent_only() {
    let broker = broker();
    let port = broker.local_addr().port();
    assert_eq!(tried(&with_login(port, false), says(Ok(Vec::new()))).login, None);
    assert_eq!(tried(&with_login(port, true), says(Ok(Vec::new()))).login, Some(LoginHere::Answered(0)));
}

#[test]
fn a_login_takes_another_client_id_and_carries_user_and_password() {
    let (said, heard) = bounded(1);
    let (address, guests) = serving(4, move |mut stream| {
        let mut packet = [0; 64];
        stream.set_read_timeout(Some(Duration::from_secs(1))).expect("a limit");
        let count = stream.read(&mut packet).unwrap_or(0);
        if packet[0] == 0x10 {
            said.send(packet[..count].to_vec()).expect("a listener");
            stream.write_all(&[0x20, 2, 0, 5]).expect("a CONNACK");
        }
    });
    let mut order = with_login(address.port(), true);
    if let Some(login) = &mut order.login {
        (login.user, login.password) = (Some("u".to_owned()), Password::new("p"));
    }
    assert_eq!(tried(&order, says(Ok(Vec::new()))).login, Some(LoginHere::Answered(5)));
    let packet = heard.recv().expect("a CONNECT");
    assert_eq!(packet, b"\x10\x1b\x00\x04MQTT\x04\xc2\x00\x1e\x00\x09unit-7-pc\x00\x01u\x00\x01p");
    guests.join().expect("it ends");
}

#[test]
fn a_client_id_is_cut_between_characters() {
    let login = |id: &str| login(id);
    assert_eq!(login("").client_id(), "-pc");
    assert_eq!(login("模块模块模块模块").client_id(), "模块模块模块-pc");
    assert!(login(&"x".repeat(40)).client_id().len() == 23);
}

#[test]
fn a_plain_broker_does_not_answer_an_offer_of_tls() {
    let broker = broker();
    let here = tried(&order("127.0.0.1", broker.local_addr().port()), says(Ok(Vec::new())));
    assert!(here.is_open());
    assert!(!matches!(here.together(), Some(Ok(HelloAnswer::Accepted(_) | HelloAnswer::Alert(_)))));
    assert_eq!((here.web, here.stage), (None, HereStage::Done));
}

fn login(id: &str) -> Login {
    Login {
        is_agreed: true,
        module_id: id.to_owned(),
        user: None,
        password: Password::default(),
        filters: Vec::new(),
        as_computer: false,
    }
}
