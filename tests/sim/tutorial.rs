//! The tutorial's three flows against a real mosquitto and against the embedded broker, each byte typed as the tutorial
//! types it.

use std::net::{Ipv4Addr, SocketAddr};

use air780e_companion::{
    broker::{CoreConfig, Server, ServerConfig, TlsListener, Users},
    mqtt::Password,
    sim::{
        VirtualSpec,
        range::{ClientKind, HOST, Range, RangeConfig},
    },
    tls::authority::{Authority, Identity, KeyKind, LeafSpec},
};

use crate::{
    kit::mosquitto::Mosquitto,
    rig::{NOW, Rig},
};

/// mosquitto checks clients against this computer's clock, so certificates here are made for today.
#[expect(clippy::disallowed_methods, reason = "a real broker judges dates by the real clock")]
fn today() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

/// The range for its files, and a server's certificate of its root.
fn files() -> (Range, Identity) {
    let now = today();
    let range = Range::start(&RangeConfig { now, upstream: None, faults: Vec::new() }).unwrap();
    // The range's root uses the process's key number 0.
    let root = Authority::root("Bench Root", KeyKind::Rsa(2048), 0, now).unwrap();
    (range, root.issue(&LeafSpec::server(&[HOST, "localhost", "127.0.0.1"], now)).unwrap())
}

/// A mosquitto with a certificate of the range's root, and the range for its files.
fn broker(settings: &str) -> (Mosquitto, Range) {
    let (range, server) = files();
    let (certificate, key) = (server.certificate_pem().unwrap(), server.key_pem().unwrap());
    (Mosquitto::with_tls(&certificate, &key, range.files().ca(), settings), range)
}

/// The embedded broker, plain and with TLS, that lets in only the tutorial's user; and the range for its files.
fn embedded(require_client_certificate: bool) -> (Server, Range) {
    let (range, server) = files();
    let listener = TlsListener {
        bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        ca: Some(range.files().ca().to_vec()),
        certificate: server.certificate_pem().unwrap(),
        key: server.key_pem().unwrap(),
        require_client_certificate,
    };
    let users = Some(Users::default().with("root", Password::new("luat123456")));
    let core = CoreConfig { users, ..CoreConfig::default() };
    (Server::start(ServerConfig { tls: vec![listener], core, ..ServerConfig::default() }).unwrap(), range)
}

/// Its port for TLS.
fn encrypted(server: &Server) -> u16 {
    server.tls_addr().unwrap().port()
}

fn rig(utc: i64) -> Rig {
    let mut spec = VirtualSpec::default();
    spec.device.utc_at_open = Some(utc);
    Rig::new(&spec)
}

/// From `MCONFIG` to good-bye, as in every flow of the tutorial.
fn session(rig: &mut Rig, start: &str, port: u16) {
    rig.hold("AT+MCONFIG=868488076771714,root,luat123456", "OK");
    rig.hold(&format!("AT+{start}=\"127.0.0.1\",{port}"), "OK|CONNECT OK");
    rig.hold("AT+MCONNECT=1,120", "OK|CONNACK OK");
    rig.hold("AT+MQTTSTATU", "+MQTTSTATU :1|OK");
    rig.hold("AT+MSUB=\"mqtt/pub\",1", "OK|SUBACK");
    rig.ask("AT+MPUB=\"mqtt/pub\",1,0,\"{\\22t\\22:1}\"", "PUBACK");
    assert!(rig.said.contains("OK"));
    if !rig.said.contains("+MSUB: \"mqtt/pub\",7 byte,{\"t\":1}\r\n") {
        rig.read_until("+MSUB: \"mqtt/pub\",7 byte,{\"t\":1}\r\n");
    }
    rig.ask("AT+MDISCONNECT", "OK");
}

/// The flow in which the module checks the server.
fn one_way(range: &Range, port: u16) {
    let mut rig = rig(today());
    rig.upload("ca.crt", range.files().ca());
    rig.set_tls(&[("sslversion", "4"), ("cacert", "\"ca.crt\""), ("seclevel", "1"), ("ciphersuite", "0XFFFF")]);
    session(&mut rig, "SSLMIPSTART", port);
}

/// The flow in which the broker demands the module's certificate as well; without it there is no way in.
fn mutual(range: &Range, port: u16) {
    let files = range.files();
    let mut rig = rig(today());
    rig.upload("ca.crt", files.ca());
    rig.upload("client.crt", &files.client(ClientKind::Good).certificate);
    rig.upload("client.key", &files.client(ClientKind::Good).key);
    rig.set_tls(&[("sslversion", "3"), ("ciphersuite", "0X0035"), ("seclevel", "2"), ("cacert", "\"ca.crt\"")]);
    rig.hold(&format!("AT+SSLMIPSTART=\"127.0.0.1\",{port}"), "OK|STATE: IP STATUS|CONNECT FAIL");
    rig.set_tls(&[("clientcert", "\"client.crt\""), ("clientkey", "\"client.key\"")]);
    session(&mut rig, "SSLMIPSTART", port);
}

#[test]
fn plain() {
    let broker = Mosquitto::open();
    session(&mut rig(NOW), "MIPSTART", broker.port);
    broker.wait_for_log("868488076771714");
}

#[test]
fn plain_with_the_embedded_broker() {
    let (broker, _range) = embedded(false);
    session(&mut rig(NOW), "MIPSTART", broker.local_addr().port());
}

#[test]
fn encrypted_and_nobody_checked() {
    let (broker, _range) = broker("");
    session(&mut rig(today()), "SSLMIPSTART", broker.port);
}

#[test]
fn encrypted_with_the_embedded_broker_and_nobody_checked() {
    let (broker, _range) = embedded(false);
    session(&mut rig(today()), "SSLMIPSTART", encrypted(&broker));
}

#[test]
fn the_server_checked() {
    let (broker, range) = broker("");
    one_way(&range, broker.port);
}

#[test]
fn the_embedded_broker_checked() {
    let (broker, range) = embedded(false);
    one_way(&range, encrypted(&broker));
}

#[test]
fn both_sides_checked() {
    let (broker, range) = broker("require_certificate true\n");
    mutual(&range, broker.port);
}

#[test]
fn both_sides_checked_by_the_embedded_broker() {
    let (broker, range) = embedded(true);
    mutual(&range, encrypted(&broker));
}

#[test]
fn the_embedded_broker_refuses_another_password_than_the_tutorials() {
    let (broker, _range) = embedded(false);
    let mut rig = rig(NOW);
    rig.hold("AT+MCONFIG=868488076771714,root,luat654321", "OK");
    rig.hold(&format!("AT+MIPSTART=\"127.0.0.1\",{}", broker.local_addr().port()), "OK|CONNECT OK");
    assert!(!rig.ask("AT+MCONNECT=1,120", "ERROR").contains("CONNACK OK"));
}

#[test]
fn a_file_cut_by_a_wrong_count_ends_in_connect_fail() {
    let (broker, range) = broker("");
    let mut rig = rig(today());
    let ca = range.files().ca();
    rig.upload("ca.crt", &ca[..ca.len() - 40]);
    rig.set_tls(&[("cacert", "\"ca.crt\""), ("seclevel", "1")]);
    let start = format!("AT+SSLMIPSTART=\"127.0.0.1\",{}", broker.port);
    rig.hold(&start, "OK|STATE: IP STATUS|CONNECT FAIL");
    rig.ask("AT+FSDEL=\"ca.crt\"", "OK");
    rig.upload("ca.crt", ca);
    rig.hold(&start, "OK|CONNECT OK");
}

#[test]
fn each_command_at_the_wrong_kind_of_port() {
    let (encrypted, _range) = broker("");
    let plain = Mosquitto::open();
    let mut rig = rig(today());
    rig.ask("AT+MCONFIG=wrong", "OK");
    rig.hold(&format!("AT+SSLMIPSTART=127.0.0.1,{}", plain.port), "OK|STATE: IP STATUS|CONNECT FAIL");
    rig.hold(&format!("AT+MIPSTART=127.0.0.1,{}", encrypted.port), "OK|CONNECT OK");
    rig.hold("AT+MCONNECT=1,60", "OK|CLOSED");
    rig.hold("AT+MQTTSTATU", "+MQTTSTATU :0|OK");
}
