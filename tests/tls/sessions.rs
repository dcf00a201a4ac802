//! Whole MQTT sessions through the listeners that let a client in, and plain MQTT where TLS is spoken.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
};

use air780e_companion::{
    sim::range::{ClientKind, Fault, Range, RangeConfig},
    tls::{ClientConfig, ClientHello, Suite},
};

use crate::bench::{LIMIT, NOW, connect, module, range, range_with_broker};

const CONNECT: &[u8] = b"\x10\x10\0\x04MQTT\x04\x02\0\x3c\0\x04test";
const SUBSCRIBE: &[u8] = b"\x82\x06\0\x01\0\x01a\0";

#[test]
fn a_session_runs_behind_each_listener_that_lets_in() {
    let faults = [Fault::Good, Fault::FullChain, Fault::ClientCertificate, Fault::Tls13Only];
    let (range, _broker) = range_with_broker(&faults);
    let files = range.files().client(ClientKind::Good);
    for fault in faults {
        let config = module(&range).presenting(&files.certificate, &files.key);
        let config = match fault {
            Fault::Tls13Only => ClientConfig { versions: ClientConfig::unrestricted().versions, ..config },
            _ => config,
        };
        let (mut connection, _) = connect(&config, range.address(fault).unwrap()).unwrap();
        connection.write_all(CONNECT).unwrap();
        assert_eq!(read(&mut connection, 4), b"\x20\x02\0\0", "{fault}");
        connection.write_all(SUBSCRIBE).unwrap();
        assert_eq!(read(&mut connection, 5), b"\x90\x03\0\x01\0", "{fault}");
    }
}

#[test]
fn a_message_bigger_than_every_buffer_passes_both_ways() {
    let (range, _broker) = range_with_broker(&[Fault::Good]);
    let (mut connection, _) = connect(&module(&range), range.address(Fault::Good).unwrap()).unwrap();
    connection.write_all(CONNECT).unwrap();
    connection.write_all(SUBSCRIBE).unwrap();
    assert_eq!(read(&mut connection, 9), b"\x20\x02\0\0\x90\x03\0\x01\0");
    let mut publish = b"\x30\x83\x80\x06\0\x01a".to_vec();
    publish.resize(4 + 0x1_8003, 0x55);
    connection.write_all(&publish).unwrap();
    assert_eq!(read(&mut connection, publish.len()), publish);
}

#[test]
fn plain_mqtt_at_a_tls_port_gets_no_connack() {
    let (range, _broker) = range_with_broker(&[Fault::TlsInsteadOfPlain]);
    let mut stream = TcpStream::connect(range.address(Fault::TlsInsteadOfPlain).unwrap()).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    stream.write_all(CONNECT).unwrap();
    let mut answer = Vec::new();
    // Reset or closed, as the system's timing decides.
    stream.read_to_end(&mut answer).ok();
    assert!(answer.is_empty() || answer[0] == 0x15, "{answer:?}");
}

#[test]
fn a_client_is_let_go_when_there_is_nothing_behind() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let upstream = Some(closed.local_addr().unwrap());
    drop(closed);
    let range = Range::start(&RangeConfig { now: NOW, upstream, faults: vec![Fault::Good] }).unwrap();
    let (mut connection, _) = connect(&module(&range), range.address(Fault::Good).unwrap()).unwrap();
    assert_eq!(connection.read(&mut [0; 1]).unwrap(), 0);
}

#[test]
fn hostile_bytes_disturb_nobody() {
    let (range, _broker) = range_with_broker(&Fault::ALL);
    let hello = ClientHello::as_module(&Suite::ALL, None).to_bytes(&[1; 32]).unwrap();
    let torn = &hello[..hello.len() - 3];
    let lies = [&[0x16, 3, 1, 0xFF, 0xFF][..], &[0xFF; 3000]].concat();
    for (_, address) in range.addresses() {
        for bytes in [torn, &lies, &[0; 64]] {
            let mut stream = TcpStream::connect(address).unwrap();
            // Some listeners close at once.
            stream.write_all(bytes).ok();
        }
    }
    connect(&module(&range), range.address(Fault::Good).unwrap()).unwrap();
}

#[test]
fn the_range_ends_with_its_value() {
    let range = range(&[Fault::Good, Fault::Silent]);
    let address = range.address(Fault::Silent).unwrap();
    let mut open = TcpStream::connect(address).unwrap();
    open.set_read_timeout(Some(LIMIT)).unwrap();
    drop(range);
    assert!(matches!(open.read(&mut [0; 1]), Ok(0) | Err(_)));
    assert!(TcpStream::connect(address).is_err());
}

#[track_caller]
fn read(connection: &mut impl Read, count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    connection.read_exact(&mut bytes).unwrap();
    bytes
}
