//! Starting and stopping a broker.

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpListener,
};

use air780e_companion::{
    broker::{CoreConfig, Server, ServerConfig},
    mqtt::{Message, Qos},
};

use crate::{
    kit::LIMIT,
    support::{answers_ping, broker, connected, connection, is_closed},
};

#[test]
fn a_taken_port_is_named_with_what_to_do() {
    let occupant = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let bind = occupant.local_addr().expect("an address");
    let error = Server::start(ServerConfig { bind, ..ServerConfig::default() }).expect_err("a taken port");
    assert_eq!(error.kind(), ErrorKind::AddrInUse);
    let expected = format!(
        "port {} on 127.0.0.1 is taken by another program; stop that program or choose another port",
        bind.port()
    );
    assert_eq!(error.to_string(), expected);
}

#[test]
fn an_address_of_another_computer_is_refused_with_a_word() {
    let bind = "192.0.2.1:0".parse().expect("an address");
    let error = Server::start(ServerConfig { bind, ..ServerConfig::default() }).expect_err("a foreign address");
    assert!(error.to_string().contains("not an address of this computer"), "{error}");
}

#[test]
fn two_brokers_take_two_ports() {
    let (first, second) = (broker(CoreConfig::default()), broker(CoreConfig::default()));
    assert!(first.local_addr().ip().is_loopback());
    assert_ne!(first.local_addr().port(), second.local_addr().port());
}

#[test]
fn stopping_closes_every_connection_and_frees_the_port() {
    let server = broker(CoreConfig::default());
    let bind = server.local_addr();
    let clients = [connected(&server, b'a'), connected(&server, b'b'), connection(&server)];
    server.stop();
    for client in clients {
        assert!(is_closed(client));
    }
    Server::start(ServerConfig { bind, ..ServerConfig::default() }).expect("the port is free again");
}

#[test]
fn dropping_stops_even_in_the_middle_of_work() {
    let server = broker(CoreConfig::default());
    let _client = connected(&server, b'a');
    let topic = "a".parse().expect("a topic");
    let message = Message { topic, payload: vec![0; 1_000], qos: Qos::AtMostOnce, retain: false };
    while server.publish(message.clone()).is_ok() {}
    let (done, ended) = crossbeam_channel::bounded(1);
    let dropper = std::thread::Builder::new()
        .spawn(move || {
            drop(server);
            done.send(()).expect("the test waits");
        })
        .expect("a thread");
    ended.recv_timeout(LIMIT).expect("a stopped broker");
    dropper.join().expect("no panic");
}

#[test]
fn what_is_published_before_the_stop_still_arrives() {
    let server = broker(CoreConfig::default());
    let mut client = connected(&server, b'a');
    client.write_all(&[0x82, 6, 0, 1, 0, 1, b'a', 0]).expect("an open socket");
    client.read_exact(&mut [0; 5]).expect("a SUBACK");
    for payload in 0..100 {
        let topic = "a".parse().expect("a topic");
        server.publish(Message { topic, payload: vec![payload], qos: Qos::AtMostOnce, retain: false }).expect("taken");
    }
    server.stop();
    let mut received = Vec::new();
    client.read_to_end(&mut received).expect("an orderly end");
    let expected: Vec<u8> = (0..100).flat_map(|payload| [0x30, 4, 0, 1, b'a', payload]).collect();
    assert_eq!(received, expected);
}

#[test]
fn a_kicked_client_is_closed_and_another_is_not() {
    let server = broker(CoreConfig::default());
    let (kicked, mut other) = (connected(&server, b'a'), connected(&server, b'b'));
    server.kick("a").expect("a running broker");
    assert!(is_closed(kicked));
    assert!(answers_ping(&mut other));
}
