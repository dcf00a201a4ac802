//! Sessions that are lost and come back, and messages that the module keeps until they are fetched.

use crate::{
    Check, Modem, folder,
    kit::{mosquitto::Mosquitto, process::Process},
    text,
};

#[test]
fn a_session_comes_back_when_its_broker_does() {
    let (broker, modem) = (Mosquitto::open(), Modem::start());
    let port = broker.port;
    let options = ["--subscribe", "a", "--wait-for", "after", "--reconnect", "--timeout", "150"];
    let check = modem.check(port, &options);
    check.wait_for_rung("subscribed", "confirmed");
    drop(broker);
    check.0.lines_until(|line| line.contains("try 1 to come back"));
    check.0.lines_until(|line| line.contains("in vain"));
    let broker = Mosquitto::open_at(port);
    check.0.lines_until(|line| line.contains("the session is back"));
    broker.publish("a", b"after", 1);
    let outcome = check.outcome();
    outcome.assert_ok();
    assert_eq!(outcome.received(), ["6166746572"]);
}

#[test]
fn without_that_wish_a_lost_session_is_the_end() {
    let (broker, modem) = (Mosquitto::open(), Modem::start());
    let check = modem.check(broker.port, &["--subscribe", "a", "--wait-for", "never", "--timeout", "150"]);
    check.wait_for_rung("subscribed", "confirmed");
    drop(broker);
    assert_eq!(check.outcome().verdict["rung"], "mqtt");
}

#[test]
fn kept_messages_are_fetched_byte_for_byte() {
    let (broker, modem) = (Mosquitto::open(), Modem::start());
    let check = modem.check(broker.port, &["--subscribe", "c", "--wait-for", "last", "--cached", "--qos", "1"]);
    check.wait_for_rung("subscribed", "confirmed");
    let sent: [&[u8]; 5] = [b"one", b"\r\nOK\r\n", "温度".as_bytes(), b"+MSUB: 0\r\n", b"last"];
    for payload in sent {
        broker.publish("c", payload, 1);
    }
    let outcome = check.outcome();
    outcome.assert_ok();
    let hex = |bytes: &&[u8]| bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    assert_eq!(outcome.received(), sent.iter().map(hex).collect::<Vec<_>>());
    let asked = |command: &str| outcome.lines.iter().any(|line| line["command"] == command);
    assert!(asked("AT+MQTTMSGGET?") && asked("AT+MQTTMSGGET"), "{:#?}", outcome.lines);
}

#[test]
fn a_recording_goes_on_when_the_port_comes_back() {
    let (broker, folder) = (Mosquitto::open(), folder());
    let (link, trace) = (folder.path().join("modem"), folder.path().join("trace"));
    let start = || {
        let modem = Process::air780e(["sim", "--link", text(&link)]);
        modem.line();
        modem
    };
    let mut modem = start();
    let options = ["--subscribe", "a", "--wait-for", "after", "--reconnect", "--save-trace", text(&trace)];
    let check = Check::start(text(&link), broker.port, &options);
    check.wait_for_rung("subscribed", "confirmed");
    modem.kill();
    let modem = start();
    check.wait_for_rung("subscribed", "confirmed");
    broker.publish("a", b"after", 1);
    check.outcome().assert_ok();
    drop(modem);
    let recorded = std::fs::read_to_string(&trace).expect("a trace");
    assert_eq!(recorded.matches("CONNACK OK").count(), 2, "{recorded}");
    assert_eq!(recorded.matches("# back as ").count(), 1);
    let (status, lines, errors) = Process::air780e(["replay", "--json", text(&trace)]).output();
    assert!(status.success(), "{errors:?}");
    assert!(lines.iter().any(|line| line.contains("6166746572")), "the message after the return is not replayed");
}

/// A module that was plugged in again finds its broker away: what fails then is tried again.
#[test]
fn a_first_connect_that_fails_after_the_return_is_tried_again() {
    let (broker, folder) = (Mosquitto::open(), folder());
    let (port, link) = (broker.port, folder.path().join("modem"));
    let start = || {
        let modem = Process::air780e(["sim", "--link", text(&link)]);
        modem.line();
        modem
    };
    let mut modem = start();
    let options = ["--subscribe", "a", "--wait-for", "after", "--reconnect", "--timeout", "150"];
    let check = Check::start(text(&link), port, &options);
    check.wait_for_rung("subscribed", "confirmed");
    modem.kill();
    drop(broker);
    let _modem = start();
    check.0.lines_until(|line| line.contains(" is back"));
    check.0.lines_until(|line| line.contains("connecting was in vain") && line.contains("another try follows in "));
    let broker = Mosquitto::open_at(port);
    check.wait_for_rung("subscribed", "confirmed");
    broker.publish("a", b"after", 1);
    let outcome = check.outcome();
    outcome.assert_ok();
    assert_eq!(outcome.received(), ["6166746572"]);
}
