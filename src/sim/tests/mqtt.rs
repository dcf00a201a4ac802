//! Connecting, subscribing, receiving, closing (reference, sections 11 and 12).

use std::time::Duration;

use super::desk::{Desk, hold};
use crate::sim::{Chip, Device, Steer, bench};

#[test]
fn the_tutorials_plain_flow() {
    let mut desk = Desk::quiet(Device::default());
    hold(
        &mut desk,
        &[
            ("AT+MCONFIG=868488076771714,root,luat123456", "OK"),
            ("AT+MQTTSTATU", "+MQTTSTATU :0|OK"),
            ("AT+MIPSTART=broker.test,1883", "OK|CONNECT OK"),
            ("AT+MQTTSTATU", "+MQTTSTATU :2|OK"),
            ("AT+MCONNECT=1,60", "OK|CONNACK OK"),
            ("AT+MQTTSTATU", "+MQTTSTATU :1|OK"),
            ("AT+MSUB=\"mqtt/pub\",0", "OK|SUBACK"),
            ("AT+MQTTMSGSET=0", "OK"),
            (
                "AT+MPUB=\"mqtt/pub\",0,0,\"data from tcp server\"",
                "OK|+MSUB: \"mqtt/pub\",20 byte,data from tcp server",
            ),
            ("AT+MUNSUB=mqtt/pub", "OK|UNSUBACK"),
            ("AT+MDISCONNECT", "OK"),
            ("AT+MIPCLOSE", "OK"),
            ("AT+MQTTSTATU", "+MQTTSTATU :0|OK"),
        ],
    );
    assert_eq!(desk.after(Duration::from_secs(5)), "");
}

#[test]
fn every_step_in_the_wrong_place_fails_with_767() {
    let mut desk = Desk::quiet(Device::default());
    hold(
        &mut desk,
        &[
            ("AT+MCONNECT=1,60", "+CME ERROR: 767"),
            ("AT+MSUB=t,0", "+CME ERROR: 767"),
            ("AT+MUNSUB=t", "+CME ERROR: 767"),
            ("AT+MPUB=t,0,0,\"x\"", "+CME ERROR: 767"),
            ("AT+MPUBEX=t,0,0,5", "+CME ERROR: 767"),
            ("AT+MDISCONNECT", "+CME ERROR: 767"),
            ("AT+MIPCLOSE", "+CME ERROR: 767"),
        ],
    );
    desk.connect();
    hold(
        &mut desk,
        &[
            ("AT+MCONNECT=1,60", "+CME ERROR: 767"),
            ("AT+MIPSTART=broker.test,1883", "OK|ALREADY CONNECT"),
            ("AT+MQTTSTATU", "+MQTTSTATU :1|OK"),
        ],
    );
}

#[test]
fn malformed_lines_are_refused() {
    let long = "x".repeat(257);
    let table = [
        "AT+MCONFIG=a,b".to_owned(),
        format!("AT+MCONFIG={long}"),
        "AT+MCONFIG=a,b,c,3,0,\"t\",\"m\"".to_owned(),
        "AT+MCONFIG=a,b,c,0,0,t,\"m\"".to_owned(),
        "AT+MIPSTART=host".to_owned(),
        "AT+MIPSTART=host,0".to_owned(),
        "AT+MIPSTART=host,65536".to_owned(),
        "AT+MCONNECT=2,60".to_owned(),
        "AT+MCONNECT=1,0".to_owned(),
        "AT+MSUB=t".to_owned(),
        "AT+MSUB=t,3".to_owned(),
        format!("AT+MSUB={long},0"),
        "AT+MQTTMSGSET=2".to_owned(),
        "AT+MQTTMODE=2".to_owned(),
    ];
    let mut desk = Desk::quiet(Device::default());
    for line in &table {
        hold(&mut desk, &[(line, "ERROR")]);
    }
}

#[test]
fn test_forms_show_the_ranges() {
    let mut desk = Desk::quiet(Device::default());
    hold(
        &mut desk,
        &[
            ("AT+MCONNECT=?", "+MCONNECT:(0-1),(1-65535)|OK"),
            ("AT+MSUB=?", "+MSUB:<topic>,(0-2)|OK"),
            ("AT+MPUB=?", "+MPUB:<topic>,(0-2),(0-1),<message>|OK"),
            ("AT+MPUBEX=?", "+MPUBEX:<topic>,(0-2),(0-1),<len>|OK"),
            ("AT+MQTTMSGSET=?", "+MQTTMSGSET:(0,1)|OK"),
            ("AT+MQTTMSGSET?", "+MQTTMSGSET:0|OK"),
            ("AT+MQTTMODE?", "+MQTTMODE: 0|OK"),
            ("AT+MIPCLOSE=?", "OK"),
        ],
    );
}

#[test]
fn a_host_that_is_not_there_fails_after_ok() {
    let mut desk = Desk::quiet(Device::default());
    hold(
        &mut desk,
        &[
            ("AT+MIPSTART=nowhere.test,1883", "OK|STATE: IP STATUS|CONNECT FAIL"),
            ("AT+MIPSTART=broker.test,1", "OK|STATE: IP STATUS|CONNECT FAIL"),
            ("AT+MIPSTART=“broker.test”,1883", "OK|STATE: IP STATUS|CONNECT FAIL"),
            ("AT+CIPMUX=1", "OK"),
            ("AT+MIPSTART=nowhere.test,1883", "OK|7,CONNECT FAIL"),
            ("AT+MIPSTART=broker.test,1883", "OK|7,CONNECT OK"),
        ],
    );
}

#[test]
fn a_firewall_that_swallows_everything_ends_in_connect_fail_after_75_s() {
    let mut desk = Desk::quiet(Device::default());
    desk.steer(Steer::Swallow(true));
    let before = desk.now;
    hold(&mut desk, &[("AT+MIPSTART=broker.test,1883", "OK|STATE: IP STATUS|CONNECT FAIL")]);
    assert_eq!(desk.now.since(before).as_secs(), 75);
}

#[test]
fn a_refused_login_is_a_late_bare_error_and_then_closed() {
    let mut desk = Desk::with_broker(Device::default(), bench::broker(&[("root", "secret")]));
    desk.ask("ATE0", "OK");
    hold(
        &mut desk,
        &[
            ("AT+MCONFIG=id,root,wrong", "OK"),
            ("AT+MIPSTART=broker.test,1883", "OK|CONNECT OK"),
            ("AT+MCONNECT=1,60", "OK|ERROR|CLOSED"),
            ("AT+MQTTSTATU", "+MQTTSTATU :0|OK"),
            ("AT+MCONFIG=id,root,secret", "OK"),
            ("AT+MIPSTART=broker.test,1883", "OK|CONNECT OK"),
            ("AT+MCONNECT=1,60", "OK|CONNACK OK"),
        ],
    );
}

#[test]
fn a_broker_that_closes_is_reported_once() {
    let mut desk = Desk::connected(Device::default());
    desk.cut();
    assert_eq!(desk.after(Duration::from_secs(1)), "\r\nCLOSED\r\n");
    hold(&mut desk, &[("AT+MQTTSTATU", "+MQTTSTATU :0|OK"), ("AT+MPUB=t,0,0,\"x\"", "+CME ERROR: 767")]);
}

#[test]
fn keep_alive_goes_unseen_and_holds_the_session() {
    let mut desk = Desk::connected(Device::default());
    assert_eq!(desk.after(Duration::from_hours(1)), "");
    hold(&mut desk, &[("AT+MQTTSTATU", "+MQTTSTATU :1|OK")]);
}

#[test]
fn a_silent_network_is_noticed_by_the_missing_ping_answer() {
    let mut desk = Desk::connected(Device::default());
    desk.steer(Steer::Swallow(true));
    assert_eq!(desk.after(Duration::from_mins(5)), "\r\nCLOSED\r\n");
}

#[test]
fn a_lost_bearer_takes_the_session_with_it() {
    let mut desk = Desk::connected(Device::default());
    desk.steer(Steer::DropBearer { back_after: Some(Duration::from_secs(3)) });
    assert_eq!(desk.after(Duration::from_secs(1)), "\r\n+CGEV: NW PDN DEACT 1\r\n");
    hold(
        &mut desk,
        &[
            ("AT+MQTTSTATU", "+MQTTSTATU :0|OK"),
            ("AT+CGACT?", "+CGACT: 1,0|OK"),
            ("AT+MIPSTART=broker.test,1883", "OK|STATE: IP INITIAL|CONNECT FAIL"),
        ],
    );
    desk.read_until("\r\n+CGEV: ME PDN ACT 1,0\r\n");
    hold(&mut desk, &[("AT+MIPSTART=broker.test,1883", "OK|CONNECT OK")]);
}

#[test]
fn payload_bytes_arrive_as_they_are() {
    let mut desk = Desk::connected(Device::default());
    desk.ask("AT+MSUB=#,2", "SUBACK");
    desk.publish("raw", b"a\r\nOK\r\n+MSUB: \"x\",1 byte,>\"", false);
    let head = "\r\n+MSUB: \"raw\",27 byte,";
    assert_eq!(desk.after(Duration::from_secs(2)), format!("{head}a\r\nOK\r\n+MSUB: \"x\",1 byte,>\"\r\n"));
    desk.publish("long", &[b'x'; 2_000], false);
    let text = desk.after(Duration::from_secs(2));
    assert!(text.starts_with("\r\n+MSUB: \"long\",1360 byte,xxx"), "{text:.40}");
}

#[test]
fn a_retained_message_follows_suback() {
    let mut desk = Desk::connected(Device::default());
    desk.publish("kept", b"old", true);
    let answer = desk.ask("AT+MSUB=kept,1", "+MSUB: \"kept\",3 byte,old");
    assert_eq!(answer, "\r\nOK\r\n\r\nSUBACK\r\n\r\n+MSUB: \"kept\",3 byte,old\r\n");
}

#[test]
fn cached_mode_keeps_four_and_forgets_the_oldest() {
    let mut desk = Desk::connected(Device::default());
    hold(&mut desk, &[("AT+MQTTMSGSET=1", "OK"), ("AT+MSUB=c,0", "OK|SUBACK"), ("AT+MQTTMSGGET", "OK")]);
    for text in ["one", "two"] {
        desk.publish("c", text.as_bytes(), false);
    }
    assert_eq!(desk.after(Duration::from_secs(1)), "\r\n+MSUB: 0\r\n\r\n+MSUB: 1\r\n");
    let slots = "+MQTTMSGGET: 0,VALID|+MQTTMSGGET: 1,VALID|+MQTTMSGGET: 2,INVALID|+MQTTMSGGET: 3,INVALID|OK";
    hold(&mut desk, &[("AT+MQTTMSGGET?", slots)]);
    for text in ["three", "four", "five"] {
        desk.publish("c", text.as_bytes(), false);
    }
    assert_eq!(desk.after(Duration::from_secs(1)), "\r\n+MSUB: 2\r\n\r\n+MSUB: 3\r\n\r\n+MSUB: 0\r\n");
    let kept = "+MSUB: c,3 byte,two|+MSUB: c,5 byte,three|+MSUB: c,4 byte,four|+MSUB: c,4 byte,five|OK";
    hold(&mut desk, &[("AT+MQTTMSGGET", kept), ("AT+MQTTMSGGET", "OK")]);
}

#[test]
fn the_newer_chip_quotes_cached_topics_and_prints_longer_messages() {
    let mut device = Device::default();
    device.identity.chip = Chip::Ec718;
    let mut desk = Desk::connected(device);
    desk.ask("AT+MSUB=#,0", "SUBACK");
    desk.publish("long", &[b'x'; 2_000], false);
    assert!(desk.after(Duration::from_secs(2)).starts_with("\r\n+MSUB: \"long\",2000 byte,"));
    desk.ask("AT+MQTTMSGSET=1", "OK");
    desk.publish("c", b"one", false);
    desk.after(Duration::from_secs(1));
    hold(&mut desk, &[("AT+MQTTMSGGET", "+MSUB: \"c\",3 byte,one|OK")]);
}

#[test]
fn the_will_is_published_when_the_link_is_closed_without_good_bye() {
    for (closing, is_published) in [("AT+MIPCLOSE", true), ("AT+MDISCONNECT", false)] {
        let mut desk = Desk::quiet(Device::default());
        hold(
            &mut desk,
            &[
                ("AT+MCONFIG=id,\"\",\"\",1,1,\"gone\",\"bye, all\"", "OK"),
                ("AT+MIPSTART=broker.test,1883", "OK|CONNECT OK"),
                ("AT+MCONNECT=1,60", "OK|CONNACK OK"),
                (closing, "OK"),
            ],
        );
        desk.after(Duration::from_secs(5));
        if !is_published {
            desk.ask("AT+MQTTSTATU", "OK");
        }
        desk.connect();
        desk.ask("AT+MSUB=gone,0", "SUBACK");
        let expected = if is_published { "\r\n+MSUB: \"gone\",8 byte,bye, all\r\n" } else { "" };
        assert_eq!(desk.after(Duration::from_secs(1)), expected, "{closing}");
    }
}

#[test]
fn a_kept_session_delivers_before_any_new_subscription() {
    let mut desk = Desk::quiet(Device::default());
    let open: [(&str, &str); 3] = [
        ("AT+MCONFIG=keeper", "OK"),
        ("AT+MIPSTART=broker.test,1883", "OK|CONNECT OK"),
        ("AT+MCONNECT=0,60", "OK|CONNACK OK"),
    ];
    hold(&mut desk, &open);
    hold(&mut desk, &[("AT+MSUB=news,1", "OK|SUBACK"), ("AT+MIPCLOSE", "OK")]);
    desk.after(Duration::from_secs(1));
    desk.publish("news", b"while away", false);
    hold(&mut desk, &open);
    assert_eq!(desk.after(Duration::from_secs(1)), "\r\n+MSUB: \"news\",10 byte,while away\r\n");
}

/// A `PINGREQ` goes out after the keep alive; without an answer the link ends 20 s later.
#[test]
fn the_keep_alive_is_clamped_to_300_s_unless_more_is_asked_for() {
    let table =
        [(1_169, "AT+MCONNECT=1,600", 320), (1_169, "AT+MCONNECT=1,600,1", 620), (1_160, "AT+MCONNECT=1,600,1", 320)];
    for (version, line, lost_after) in table {
        let mut device = Device::default();
        device.identity.firmware.version = version;
        let mut desk = Desk::quiet(device);
        hold(&mut desk, &[("AT+MCONFIG=desk", "OK"), ("AT+MIPSTART=broker.test,1883", "OK|CONNECT OK")]);
        desk.ask(line, "CONNACK OK");
        desk.steer(Steer::Swallow(true));
        assert_eq!(desk.after(Duration::from_secs(lost_after - 5)), "", "{line} in V{version}");
        assert_eq!(desk.after(Duration::from_secs(10)), "\r\nCLOSED\r\n", "{line} in V{version}");
    }
}

#[test]
fn an_old_low_power_build_refuses_two_parameters() {
    let mut device = Device::default();
    device.identity.firmware.version = 1_155;
    device.identity.firmware.suffix = "LPAT".to_owned();
    let mut desk = Desk::quiet(device);
    hold(
        &mut desk,
        &[
            ("AT+MCONFIG=desk", "OK"),
            ("AT+MIPSTART=broker.test,1883", "OK|CONNECT OK"),
            ("AT+MCONNECT=1,60", "ERROR"),
            ("AT+MCONNECT=1,60,0", "OK|CONNACK OK"),
        ],
    );
}

#[test]
fn a_refused_subscription_still_says_suback() {
    let mut desk = Desk::with_broker(Device::default(), bench::broker_without("secret".parse().unwrap()));
    desk.ask("ATE0", "OK");
    desk.connect();
    hold(&mut desk, &[("AT+MSUB=secret,0", "OK|SUBACK")]);
}
