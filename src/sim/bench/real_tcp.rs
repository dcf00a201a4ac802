//! The host thread and its pipe over real TCP, with raw bytes: our own core takes no part.

use std::time::Duration;

use crate::{
    broker::{Server, ServerConfig},
    sim::{
        Steer,
        host::{PipeEnd, VirtualSpec, spawn_on_pipe},
        net::DEMO_HOST,
    },
};

/// Sends a line and reads until `end` has come, at most five reads of a second each.
fn ask(end: &mut PipeEnd, line: &str, awaited: &str) -> String {
    let command = format!("{line}\r");
    assert_eq!(end.write(command.as_bytes()).unwrap(), command.len());
    read_until(end, awaited)
}

fn read_until(end: &mut PipeEnd, awaited: &str) -> String {
    let mut seen = Vec::new();
    let mut quiet = 0;
    while quiet < 5 {
        let mut buffer = [0; 512];
        match end.read(&mut buffer, Duration::from_secs(1)).unwrap() {
            0 => quiet += 1,
            count => seen.extend_from_slice(&buffer[..count]),
        }
        if seen.ends_with(awaited.as_bytes()) {
            return String::from_utf8_lossy(&seen).into_owned();
        }
    }
    panic!("no {awaited:?} in {:?}", String::from_utf8_lossy(&seen));
}

#[test]
fn a_session_over_real_tcp_on_the_pipe() {
    let server = Server::start(ServerConfig::default()).unwrap();
    let spec = VirtualSpec { broker: Some(server.local_addr()), ..VirtualSpec::default() };
    let (host, mut end) = spawn_on_pipe(&spec).unwrap();
    ask(&mut end, "ATE0", "OK\r\n");
    ask(&mut end, "AT+MCONFIG=pipe", "OK\r\n");
    let opened = ask(&mut end, &format!("AT+MIPSTART={DEMO_HOST},1883"), "CONNECT OK\r\n");
    assert_eq!(opened, "\r\nOK\r\n\r\nCONNECT OK\r\n");
    assert_eq!(ask(&mut end, "AT+MCONNECT=1,60", "CONNACK OK\r\n"), "\r\nOK\r\n\r\nCONNACK OK\r\n");
    assert_eq!(ask(&mut end, "AT+MSUB=t,2", "SUBACK\r\n"), "\r\nOK\r\n\r\nSUBACK\r\n");
    let echoed = ask(&mut end, "AT+MPUB=t,0,0,\"over tcp\"", "tcp\r\n");
    assert_eq!(echoed, "\r\nOK\r\n\r\n+MSUB: \"t\",8 byte,over tcp\r\n");
    ask(&mut end, "AT+MPUB=t,2,0,\"twice\"", "PUBCOMP\r\n");
    drop(server);
    assert!(read_until(&mut end, "CLOSED\r\n").ends_with("\r\nCLOSED\r\n"));
    host.steer(Steer::RemoveSim);
    read_until(&mut end, "+NO Service\r\n");
}

#[test]
fn a_port_that_nobody_listens_on_ends_in_connect_fail() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (_host, mut end) = spawn_on_pipe(&VirtualSpec::default()).unwrap();
    ask(&mut end, "ATE0", "OK\r\n");
    let answer = ask(&mut end, &format!("AT+MIPSTART=127.0.0.1,{}", free.port()), "FAIL\r\n");
    assert_eq!(answer, "\r\nOK\r\n\r\nSTATE: IP STATUS\r\n\r\nCONNECT FAIL\r\n");
}

#[test]
fn a_name_is_looked_up_for_real() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (_host, mut end) = spawn_on_pipe(&VirtualSpec::default()).unwrap();
    ask(&mut end, "ATE0", "OK\r\n");
    ask(&mut end, &format!("AT+MIPSTART=\"localhost\",{port}"), "CONNECT OK\r\n");
}
