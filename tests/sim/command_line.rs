//! `air780e sim` from outside: scenarios, steering lines on standard input, the truth log.

use std::fs;

use crate::kit::{process::Process, wait_for};

#[test]
fn scenarios_are_listed_and_an_unknown_one_is_named() {
    let (status, lines, _) = Process::air780e(["sim", "--list-scenarios"]).output();
    assert!(status.success());
    assert!(lines.len() >= 40, "{lines:?}");
    assert!(lines.iter().all(|line| line.split('\t').count() == 4), "{lines:?}");
    let (status, _, errors) = Process::air780e(["sim", "--scenario", "no-such"]).output();
    assert!(!status.success());
    assert!(errors.iter().any(|line| line.contains("--list-scenarios")), "{errors:?}");
}

#[test]
#[cfg(unix)]
fn lines_on_standard_input_steer_a_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let truth = folder.path().join("truth.jsonl");
    let path = truth.to_str().unwrap();
    let mut modem = Process::air780e(["sim", "--scenario", "healthy-one-way", "--seed", "3", "--truth", path]);
    assert!(modem.line().starts_with("/dev/"));
    modem.wait_for_error_line(|line| line == "type: AT+SSLMIPSTART=broker.test,8883");
    modem.wait_for_error_line(|line| line.starts_with("you must see, in this order: CONNECT OK"));
    modem.wait_for_error_line(|line| line.contains("--host broker.test --mqtt-port 8883 --route 127.0.0.1:"));
    modem.feed(b"explode\nsim remove\nsignal 77\nhelp\n");
    modem.wait_for_error_line(|line| line.contains("\"explode\" is not known here"));
    modem.wait_for_error_line(|line| line.contains("write signal 0..31|99"));
    modem.wait_for_error_line(|line| line.contains("delay lognormal"));
    wait_for("the steering in the truth log", || {
        let text = fs::read_to_string(&truth).ok()?;
        (text.contains("\"line\":\"sim remove\"") && text.contains("+CPIN: SIM REMOVED 0")).then_some(())
    });
    // Standard input has ended; the modem has not.
    assert!(modem.terminate().success());
}
