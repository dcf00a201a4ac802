//! Brokers that say no, are not there, or go away: the right rung accuses, and the finding says why.

use crate::{
    Modem, file, folder,
    kit::{free_port, mosquitto::Mosquitto},
    text,
};

#[test]
fn a_port_without_a_broker_is_refused_tcp() {
    let modem = Modem::start();
    modem.check(free_port(), &["--timeout", "60"]).outcome().assert_failed("tcp", "F-058");
}

#[test]
fn a_wrong_password_is_a_refused_login_and_is_shown_nowhere() {
    let (broker, modem, folder) = (Mosquitto::with_login("tester", "right"), Modem::start(), folder());
    let password = file(&folder, "password", b"q7-wrong-secret\n");
    let outcome = modem.check(broker.port, &["--user", "tester", "--password-file", text(&password)]).outcome();
    outcome.assert_undecided(Some("mqtt"), &["F-141", "F-143", "F-144", "F-147"]);
    let said = format!("{:?}{:?}", outcome.lines, outcome.errors);
    assert!(!said.contains("q7-wrong-secret"), "the password is on the screen: {said}");
}

#[test]
fn a_login_from_this_computer_that_was_agreed_to_tells_the_brokers_own_code() {
    let (broker, modem, folder) = (Mosquitto::with_login("tester", "right"), Modem::start(), folder());
    let password = file(&folder, "password", b"q7-wrong-secret\n");
    let options =
        ["--user", "tester", "--password-file", text(&password), "--client-id", "unit-7", "--crosscheck-login"];
    let outcome = modem.check(broker.port, &options).outcome();
    outcome.assert_failed("mqtt", "F-144");
    assert_eq!(outcome.verdict["findings"][0]["certainty"], "seen", "{:#?}", outcome.verdict);
    let shown = outcome.verdict["findings"][0]["evidence"].to_string();
    assert!(shown.contains("CONNACK 5"), "{shown}");
    let said = format!("{:?}{:?}", outcome.lines, outcome.errors);
    assert!(!said.contains("q7-wrong-secret"), "the password is on the screen: {said}");
}

#[test]
fn the_right_password_opens_the_door() {
    let (broker, modem, folder) = (Mosquitto::with_login("tester", "r1ght, pass|&=%"), Modem::start(), folder());
    let password = file(&folder, "password", b"r1ght, pass|&=%\n");
    let record = folder.path().join("record");
    let options = ["--user", "tester", "--password-file", text(&password), "--save-trace", text(&record)];
    let outcome = modem.check(broker.port, &options).outcome();
    let record = std::fs::read_to_string(record).expect("a recording");
    assert!(record.contains("AT+MCONFIG=") && record.contains("CONNACK OK"), "{record}");
    let said = format!("{:?}{:?}{record}", outcome.lines, outcome.errors);
    assert!(!said.contains("r1ght"), "the password is on the screen: {said}");
    outcome.assert_ok();
}

#[test]
fn a_password_that_would_break_the_command_is_not_sent() {
    let (modem, folder) = (Modem::start(), folder());
    let password = file(&folder, "password", b"with \"quotes\"");
    let outcome = modem.check(free_port(), &["--user", "tester", "--password-file", text(&password)]).outcome();
    assert_eq!(outcome.verdict["finding"], "F-138", "{:#?}", outcome.verdict);
    assert!(outcome.verdict["rung"].is_null(), "nothing was asked of the modem: {:#?}", outcome.verdict);
}

#[test]
fn a_modem_unplugged_in_the_middle_is_a_lost_port() {
    let (broker, mut modem) = (Mosquitto::open(), Modem::start());
    let check = modem.check(broker.port, &["--subscribe", "a", "--wait-for", "never"]);
    check.wait_for_rung("subscribed", "confirmed");
    modem.process.kill();
    check.outcome().assert_failed("port", "F-020");
}

#[test]
fn a_broker_that_goes_away_ends_the_session() {
    let (broker, modem) = (Mosquitto::open(), Modem::start());
    let check = modem.check(broker.port, &["--subscribe", "a", "--wait-for", "never"]);
    check.wait_for_rung("subscribed", "confirmed");
    drop(broker);
    let outcome = check.outcome();
    outcome.assert_undecided(Some("mqtt"), &["F-149", "F-189", "F-192"]);
}

#[test]
fn an_awaited_message_that_never_comes_fails_in_time() {
    let (broker, modem) = (Mosquitto::open(), Modem::start());
    let outcome = modem.check(broker.port, &["--subscribe", "a", "--wait-for", "never", "--timeout", "15"]).outcome();
    outcome.assert_undecided(None, &["F-155", "F-156", "F-158"]);
    broker.wait_for_log("disconnected.");
}

#[test]
fn the_broker_sees_a_generated_client_id_and_an_orderly_end() {
    let (broker, modem) = (Mosquitto::open(), Modem::start());
    modem.check(broker.port, &[]).outcome().assert_ok();
    broker.wait_for_log("as air780e-");
    broker.wait_for_log("Received DISCONNECT from air780e-");
}

#[test]
fn a_check_that_is_ended_from_outside_still_gives_its_verdict_and_says_good_bye() {
    let (broker, modem) = (Mosquitto::open(), Modem::start());
    let mut check = modem.check(broker.port, &["--subscribe", "a", "--wait-for", "never"]);
    check.wait_for_rung("subscribed", "confirmed");
    assert!(!check.0.terminate().success());
    let outcome = check.outcome();
    assert_eq!(outcome.verdict["fault"], "stopped before the end");
    broker.wait_for_log("Received DISCONNECT from air780e-");
}
