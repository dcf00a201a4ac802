//! What a check may be told beyond host and topic, and which port is the right one.

use crate::{
    Modem, folder,
    input::NoModem,
    kit::{free_port, mosquitto::Mosquitto, process::Process},
    object, text,
};

#[test]
fn the_broker_speaks_for_a_client_that_is_lost() {
    let (broker, mut modem) = (Mosquitto::open(), Modem::start());
    let listener = broker.subscribe("gone/one", 1);
    let will = ["--will-topic", "gone/one", "--will-payload", "bye", "--will-qos", "1"];
    let check = modem.check(broker.port, &[&will[..], &["--subscribe", "a", "--wait-for", "never"]].concat());
    check.wait_for_rung("subscribed", "confirmed");
    modem.process.kill();
    let (status, lines, errors) = listener.output();
    assert!(status.success(), "{errors:?}");
    assert_eq!(lines, ["627965"]);
    assert!(!check.outcome().status.success());
}

#[test]
fn watching_stays_connected_and_ends_well() {
    let (broker, modem) = (Mosquitto::open(), Modem::start());
    let check = modem.check(broker.port, &["--subscribe", "a", "--watch", "3"]);
    check.wait_for_rung("subscribed", "confirmed");
    broker.publish("a", b"seen", 1);
    let outcome = check.outcome();
    outcome.assert_ok();
    assert_eq!(outcome.received(), ["7365656e"]);
}

#[test]
fn a_port_that_comes_back_is_connected_again() {
    let (broker, folder) = (Mosquitto::open(), folder());
    let link = folder.path().join("modem");
    let start = || {
        let modem = Process::air780e(["sim", "--link", text(&link)]);
        modem.line();
        modem
    };
    let mut modem = start();
    let options = ["--subscribe", "a", "--wait-for", "after", "--reconnect", "--timeout", "60"];
    let check = crate::Check::start(text(&link), broker.port, &options);
    check.wait_for_rung("subscribed", "confirmed");
    // What a killed modem leaves behind is a link to nowhere.
    modem.kill();
    let modem = start();
    check.wait_for_rung("subscribed", "confirmed");
    broker.publish("a", b"after", 1);
    check.outcome().assert_ok();
    drop(modem);
}

#[test]
fn options_that_do_not_fit_open_no_port() {
    let modem = Modem::start();
    let outcome = modem.check(free_port(), &["--security", "server"]).outcome();
    assert_eq!(outcome.status.code(), Some(2));
    assert!(outcome.verdict["fault"].as_str().is_some_and(|fault| fault.contains("needs --ca")), "{}", outcome.verdict);
}

#[test]
fn the_port_that_answers_is_found_among_silent_and_noisy_ones() {
    let (modem, silent) = (Modem::start(), NoModem::saying(b""));
    let log = NoModem::saying(b"\x80\xf8\x00\x06\xe6\x9e\x00\x06\xe6\x9e\xff\xfe");
    let ports = [silent.port.as_str(), &log.port, &modem.port, "/dev/no-such-port"];
    let (status, lines, errors) = Process::air780e(["ports", "--probe", "--json"].iter().chain(&ports)).output();
    assert!(status.success(), "{errors:?}");
    let found: Vec<_> = lines.iter().map(|line| object(line)).collect();
    let words: Vec<_> = found.iter().map(|port| port["probe"].as_str().unwrap_or_default()).collect();
    let expected = ["silent", "no text: the log port, or another rate", "answers AT", "unusable: no such port"];
    assert_eq!(words, expected, "{found:#?}");
    assert_eq!(found[2]["at_port"], true);
}

#[test]
fn the_rate_of_a_port_is_found_before_the_check() {
    let (broker, modem) = (Mosquitto::open(), Modem::start());
    modem.check(broker.port, &["--find-baud", "--baud", "9600"]).outcome().assert_ok();
    let silent = NoModem::saying(b"");
    let outcome = crate::Check::start(&silent.port, broker.port, &["--find-baud"]).outcome();
    assert_eq!(outcome.status.code(), Some(2));
    assert!(outcome.verdict["fault"].as_str().is_some_and(|fault| fault.contains("check port, wiring and power")));
}
