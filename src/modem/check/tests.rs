//! Values that break a command line, each with the field it stands in.

use super::*;
use crate::{
    modem::request::{Credentials, Security},
    mqtt::{Password, Qos},
};

fn good() -> Connection {
    Connection::new("broker.example", 1883, "unit-7")
}

fn refused_field(connection: &Connection) -> &'static str {
    match super::connection(connection).as_slice() {
        [Wrong { why: Fault::BadValue { what, why }, .. }] => {
            assert!(!why.to_string().is_empty());
            what
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_bad_value_is_refused_by_name() {
    assert_eq!(super::connection(&good()), []);
    let credentials =
        |user: &str, password: &str| Some(Credentials { user: user.to_owned(), password: Password::new(password) });
    let will = |payload: &[u8]| {
        let topic = "will".parse().expect("a topic");
        Some(Will { message: Message { topic, payload: payload.to_vec(), qos: Qos::AtMostOnce, retain: false } })
    };
    let table = [
        ("host", Connection { host: String::new(), ..good() }),
        ("host", Connection { host: "a b".into(), ..good() }),
        ("host", Connection { host: "\u{201c}broker\u{201d}".into(), ..good() }),
        ("host", Connection { host: "x".repeat(129), ..good() }),
        ("port", Connection { port: 0, ..good() }),
        ("client id", Connection { client_id: String::new(), ..good() }),
        ("client id", Connection { client_id: "a\"b".into(), ..good() }),
        ("client id", Connection { client_id: "a\r\nAT+RESET".into(), ..good() }),
        ("client id", Connection { client_id: "x".repeat(257), ..good() }),
        ("keep alive", Connection { keep_alive: 0, ..good() }),
        ("user name", Connection { credentials: credentials("a\u{ff02}", ""), ..good() }),
        ("password", Connection { credentials: credentials("a", "p\u{200b}w"), ..good() }),
        ("will message", Connection { will: will(b"a\"b"), ..good() }),
        ("will message", Connection { will: will(b"\0"), ..good() }),
        ("will message", Connection { will: will(&[b'x'; 1_361]), ..good() }),
    ];
    for (field, connection) in table {
        assert_eq!(refused_field(&connection), field, "{connection:?}");
    }
}

#[test]
fn a_refused_password_is_not_in_the_reason() {
    let password = Password::new("hush\u{1}hush");
    let connection = Connection { credentials: Some(Credentials { user: "u".into(), password }), ..good() };
    assert!(!format!("{:?}", super::connection(&connection)).contains("hush"));
}

#[test]
fn values_with_commas_bars_and_chinese_letters_pass() {
    let client_id = "id|securemode=3,signmethod=hmacmd5|设备".to_owned();
    assert_eq!(super::connection(&Connection { client_id, ..good() }), []);
}

#[test]
fn a_host_written_as_a_url_or_with_its_port_is_refused_before_anything_is_sent() {
    let hosts = [
        ("mqtts://broker.example:8883", "mqtts://"),
        ("mqtt://broker.example", "mqtt://"),
        ("HTTP://broker.example/", "HTTP://"),
        ("broker.example:1883", ":1883"),
        ("192.0.2.7:1883", ":1883"),
        ("broker.example:", ":"),
        ("broker.example/mqtt", "/"),
        ("user@broker.example", "@"),
        ("broker.example,1883", ","),
        ("'broker.example'", "'"),
        ("broker\u{3002}example", "\u{3002}"),
        ("broker.example\u{ff1a}1883", "\u{ff1a}"),
        ("broker\u{ff0e}example", "\u{ff0e}"),
        ("\u{2018}broker.example\u{2019}", "\u{2018}"),
        ("[2001:db8::1]", "["),
    ];
    for (host, found) in hosts {
        let why = ValueFault::NotAName { found: found.into() };
        let connection = Connection { host: host.into(), ..good() };
        let wrong = Wrong { part: Part::Host, why: Fault::BadValue { what: "host", why } };
        assert_eq!(super::connection(&connection), [wrong], "{host}");
    }
    for host in
        ["\"broker.example\"", "\u{201c}broker.example\u{201d}", "broker.example ", "\tbroker.example", "a\u{3000}b"]
    {
        assert_eq!(refused_field(&Connection { host: host.into(), ..good() }), "host", "{host:?}");
    }
    for host in ["broker.example", "my_broker-1", "192.0.2.7", "2001:db8::1", "b\u{fc}cher.example"] {
        assert_eq!(super::connection(&Connection { host: host.into(), ..good() }), [], "{host}");
    }
}

#[test]
fn all_that_is_wrong_is_told_each_with_its_place() {
    let named = |name: &str| FileRef { name: name.to_owned(), contents: None };
    let wanted = |filter: &str| Subscription { filter: filter.parse().expect("a filter"), qos: Qos::AtMostOnce };
    let connection = Connection {
        host: "mqtt://b".into(),
        keep_alive: 0,
        apn: Some(AccessPoint { name: String::new(), user: "u".repeat(33), ..AccessPoint::default() }),
        security: Security::Mutual { ca: named("ca"), certificate: named(""), key: named("k\"") },
        subscriptions: vec![wanted("a"), wanted("b\"c")],
        ..good()
    };
    let parts: Vec<_> = super::connection(&connection).into_iter().map(|wrong| wrong.part).collect();
    let expected = [
        Part::Host,
        Part::KeepAlive,
        Part::AccessPoint,
        Part::AccessUser,
        Part::File(1),
        Part::File(2),
        Part::Subscription(1),
    ];
    assert_eq!(parts, expected);
}
