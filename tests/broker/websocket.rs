//! MQTT within WebSockets, with a client of the same crate and with clients that mean no good.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use air780e_companion::broker::{CoreConfig, Limits, Server, ServerConfig};
use tungstenite::{
    Error, Message, WebSocket,
    client::IntoClientRequest,
    http::{HeaderValue, StatusCode},
};

use crate::support::{answers_ping, broker_with, connect, connected, is_closed};

fn broker(core: CoreConfig) -> Server {
    broker_with(ServerConfig { web: vec![([127, 0, 0, 1], 0).into()], core, ..ServerConfig::default() })
}

fn tcp(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.web_addrs()[0]).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

fn dial(server: &Server, path: &str) -> Result<WebSocket<TcpStream>, Error> {
    let mut request = format!("ws://localhost{path}").into_client_request().unwrap();
    request.headers_mut().insert("Sec-WebSocket-Protocol", HeaderValue::from_static("mqtt"));
    match tungstenite::client(request, tcp(server)) {
        Ok((socket, response)) => {
            assert_eq!(response.headers()["Sec-WebSocket-Protocol"], "mqtt");
            Ok(socket)
        }
        Err(tungstenite::HandshakeError::Failure(error)) => Err(error),
        Err(interrupted) => panic!("{interrupted}"),
    }
}

fn say(socket: &mut WebSocket<TcpStream>, bytes: &[u8]) {
    socket.send(Message::binary(bytes.to_vec())).unwrap();
}

fn hear(socket: &mut WebSocket<TcpStream>, length: usize) -> Vec<u8> {
    let mut heard = Vec::new();
    while heard.len() < length {
        heard.extend_from_slice(&socket.read().unwrap().into_data());
    }
    heard
}

fn mqtt(server: &Server, letter: u8) -> WebSocket<TcpStream> {
    let mut socket = dial(server, "/mqtt").unwrap();
    say(&mut socket, &connect(letter));
    assert_eq!(hear(&mut socket, 4), [0x20, 2, 0, 0]);
    socket
}

#[test]
fn packets_may_be_cut_and_joined_by_messages_as_they_like() {
    let server = broker(CoreConfig::default());
    let mut socket = dial(&server, "/mqtt").unwrap();
    for byte in connect(b'w') {
        say(&mut socket, &[byte]);
    }
    assert_eq!(hear(&mut socket, 4), [0x20, 2, 0, 0]);
    say(&mut socket, &[0x82, 6, 0, 1, 0, 1, b'a', 0, 0x30, 4, 0, 1, b'a', b'1', 0xc0, 0]);
    assert_eq!(hear(&mut socket, 13), [0x90, 3, 0, 1, 0, 0x30, 4, 0, 1, b'a', b'1', 0xd0, 0]);
}

#[test]
fn a_large_message_goes_both_ways() {
    let server = broker(CoreConfig::default());
    let mut socket = mqtt(&server, b'w');
    say(&mut socket, &[0x82, 6, 0, 1, 0, 1, b'a', 0]);
    hear(&mut socket, 5);
    let mut packet = vec![0x30, 0x83, 0x80, 0x30, 0, 1, b'a'];
    packet.resize(packet.len() + 0x0c_0000, b'x');
    say(&mut socket, &packet);
    assert_eq!(hear(&mut socket, packet.len()), packet);
}

#[test]
fn a_client_that_reads_late_still_gets_everything() {
    let server = broker(CoreConfig::default());
    let mut socket = mqtt(&server, b'w');
    say(&mut socket, &[0x82, 6, 0, 1, 0, 1, b'a', 0]);
    hear(&mut socket, 5);
    let mut talker = connected(&server, b't');
    let packet = [&[0x30, 0x83, 0x40, 0, 1, b'a'][..], &[b'x'; 8 * 1024]].concat();
    for _ in 0..200 {
        talker.write_all(&packet).unwrap();
    }
    assert!(answers_ping(&mut talker));
    assert_eq!(hear(&mut socket, packet.len() * 200), packet.repeat(200));
}

#[test]
fn another_path_is_not_found() {
    let server = broker(CoreConfig::default());
    for path in ["/", "/mqtt2", "/ws"] {
        match dial(&server, path) {
            Err(Error::Http(response)) => {
                assert_eq!(response.status(), StatusCode::NOT_FOUND);
                assert_eq!(response.body().as_deref(), Some(&b"MQTT is at /mqtt\n"[..]));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn what_is_no_mqtt_ends_one_connection_only() {
    let limits = Limits { connect_deadline: Duration::from_secs(1), max_packet_bytes: 1_000, ..Limits::default() };
    let server = broker(CoreConfig { limits, ..CoreConfig::default() });
    let mut good = connected(&server, b'g');
    let mut web = mqtt(&server, b'w');
    let mut text = mqtt(&server, b't');
    text.send(Message::text("hello")).unwrap();
    let mut large = mqtt(&server, b'l');
    large.send(Message::binary(vec![0; 2_000])).unwrap();
    for mut bad in [text, large] {
        assert!(matches!(bad.read(), Err(_) | Ok(Message::Close(_))));
    }
    for half in [&b""[..], b"GET /mqtt HTTP/1.1\r\n", b"\xff\xff\xff", &connect(b'p')] {
        let mut stream = tcp(&server);
        stream.write_all(half).unwrap();
        assert!(is_closed(stream), "{half:?}");
    }
    say(&mut web, &[0xc0, 0]);
    assert_eq!(hear(&mut web, 2), [0xd0, 0]);
    assert!(answers_ping(&mut good));
}

#[test]
fn a_ping_is_answered_and_a_good_bye_is_returned() {
    let server = broker(CoreConfig::default());
    let mut socket = mqtt(&server, b'w');
    socket.send(Message::Ping(b"x".to_vec().into())).unwrap();
    assert_eq!(socket.read().unwrap(), Message::Pong(b"x".to_vec().into()));
    say(&mut socket, &[0xe0, 0]);
    assert!(socket.read().is_ok_and(|message| message.is_close()));
}

#[test]
fn more_web_connections_than_allowed_are_turned_away() {
    let limits = Limits { max_web_connections: 2, ..Limits::default() };
    let server = broker(CoreConfig { limits, ..CoreConfig::default() });
    let (first, _second) = (mqtt(&server, b'1'), mqtt(&server, b'2'));
    let mut third = tcp(&server);
    assert!(matches!(third.read(&mut [0; 8]), Ok(0) | Err(_)));
    drop(first);
    crate::kit::wait_for("a place", || dial(&server, "/mqtt").ok());
}
