//! Saved traces: what they hide, and that they can be read again.

use crate::{Modem, file, folder, kit::mosquitto::Mosquitto, kit::process::Process, object, text};

/// A session whose client id is an IMEI, with a login, saved with `more` options.
fn saved(more: &[&str]) -> (Vec<u8>, Vec<serde_json::Value>) {
    let (broker, modem, folder) = (Mosquitto::with_login("tester", "r1ght, pass|&=%"), Modem::start(), folder());
    let password = file(&folder, "password", b"r1ght, pass|&=%\n");
    let trace = folder.path().join("session.trace");
    let mut options = vec!["--user", "tester", "--password-file", text(&password), "--save-trace", text(&trace)];
    options.extend(["--client-id", "868488076771714", "--publish", "a", "--payload", "x", "--qos", "1"]);
    options.extend(more);
    modem.check(broker.port, &options).outcome().assert_ok();
    let bytes = std::fs::read(&trace).expect("a trace");
    let (status, lines, errors) = Process::air780e(["replay", "--json", text(&trace)]).output();
    assert!(status.success(), "{errors:?}");
    (bytes, lines.iter().map(|line| object(line)).collect())
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_saved_trace_hides_password_and_identifiers_and_can_be_replayed() {
    let (bytes, lines) = saved(&[]);
    for part in ["r1ght", "pass|", "868488076771714"] {
        assert!(!holds(&bytes, part.as_bytes()), "{part} is in the trace");
    }
    let verdict = lines.last().expect("a verdict");
    assert_eq!((&verdict["kind"], &verdict["result"]), (&"verdict".into(), &"ok".into()), "{verdict}");
    assert_eq!((&verdict["published"], &verdict["confirmed"]), (&1.into(), &1.into()), "{verdict}");
    for rung in ["at", "sim", "network", "data", "tcp", "mqtt"] {
        let is_confirmed = |line: &&serde_json::Value| line["rung"] == rung && line["state"] == "confirmed";
        assert!(lines.iter().any(|line| is_confirmed(&line)), "{rung}: {lines:#?}");
    }
}

#[test]
fn identifiers_stay_when_they_are_asked_for() {
    let (bytes, _) = saved(&["--keep-identifiers"]);
    assert!(holds(&bytes, b"868488076771714"));
    assert!(!holds(&bytes, b"r1ght"));
}

#[test]
fn a_recorded_failure_gives_the_same_finding_again() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/module_restart.trace");
    let (status, lines, errors) = Process::air780e(["replay", "--json", path]).output();
    assert_eq!(status.code(), Some(1));
    let verdict = object(lines.last().expect("a verdict"));
    assert_eq!(
        (&verdict["rung"], &verdict["finding"]),
        (&"at".into(), &"F-187".into()),
        "right behind an uplink: {verdict}"
    );
    assert!(errors.iter().any(|line| line.contains("What to do: ")), "{errors:?}");
}

#[test]
fn damage_is_told_with_its_line_and_what_to_do() {
    let folder = folder();
    let table = [
        (&b"# air780e trace 1\n@ 0.000000\nAT+CSQ\n"[..], "line 3"),
        (b"# air780e trace 1\n@ 0.000000\n> AT\\r\n< \xFF\n", "line 4"),
        (b"SSCOM log", "line 1"),
    ];
    for (content, place) in table {
        let path = file(&folder, "damaged", content);
        let (status, lines, errors) = Process::air780e(["replay", "--json", text(&path)]).output();
        assert_eq!(status.code(), Some(2), "{errors:?}");
        let fault = object(lines.last().expect("a verdict"))["fault"].to_string();
        assert!(fault.contains(place) && (fault.contains("give") || fault.contains("Correct")), "{fault}");
    }
}
