//! The members of what `air780e check --json` prints, which other programs read: each keeps the meaning that it had from the beginning,
//! whatever was added since.

use serde_json::Value;

use crate::{
    device::{Device, Script, after, line},
    kit::process::Process,
};

/// What each kind of object held from the beginning: name and form. `s` text, `n` number, `b` yes or no, `l` list, `?` may be null.
const MEMBERS: &[(&str, &[(&str, &str)])] = &[
    ("notice", &[("text", "s")]),
    ("urc", &[("text", "s"), ("known", "b")]),
    (
        "exchange",
        &[
            ("command", "s"),
            ("answer", "l"),
            ("sent_ms", "n"),
            ("accept_ms", "n?"),
            ("took_ms", "n"),
            ("result", "s"),
            ("fault", "s?"),
        ],
    ),
    ("rung", &[("rung", "s"), ("state", "s")]),
    ("message", &[("topic", "s"), ("payload", "s"), ("payload_hex", "s"), ("bytes", "n"), ("announced", "n")]),
    ("publish", &[("id", "n"), ("state", "s"), ("accept_ms", "n?"), ("ack_ms", "n?"), ("fault", "s?")]),
    ("subscription", &[("filter", "s"), ("state", "s"), ("fault", "s?")]),
];

/// The same of the verdict.
const VERDICT: &[(&str, &str)] = &[
    ("result", "s"),
    ("rung", "s?"),
    ("finding", "s?"),
    ("fault", "s?"),
    ("evidence", "l?"),
    ("excluded", "l?"),
    ("published", "n"),
    ("confirmed", "n"),
    ("received", "n"),
    ("lost_in_module", "n"),
];

fn is_of(form: &str, value: &Value) -> bool {
    let is_it = match form.as_bytes()[0] {
        b's' => value.is_string(),
        b'n' => value.is_number(),
        b'b' => value.is_boolean(),
        _ => value.is_array(),
    };
    is_it || form.ends_with('?') && value.is_null()
}

/// The objects of a check at a device with these answers, the last of them the verdict, and what went to standard error.
fn objects(script: Script, options: &[&str]) -> (Vec<Value>, Vec<String>) {
    let device = Device::start(script);
    let fixed =
        ["check", "--json", "--port", device.port().to_str().unwrap(), "--host", "127.0.0.1", "--crosscheck", "off"];
    let (_, lines, errors) = Process::air780e(fixed.iter().chain(options)).output();
    let objects: Vec<Value> = lines.iter().map(|one| serde_json::from_str(one).unwrap()).collect();
    let (verdict, before) = objects.split_last().unwrap();
    assert_eq!(verdict["kind"], "verdict", "the verdict is the last line");
    assert!(
        before.iter().all(|one| one["t_ms"].is_number() && one["kind"] != "verdict"),
        "the others have a time each"
    );
    for one in before {
        let kind = one["kind"].as_str().unwrap();
        let Some((_, members)) = MEMBERS.iter().find(|(name, _)| *name == kind) else { continue };
        for (name, form) in *members {
            assert!(one.get(name).is_some_and(|value| is_of(form, value)), "{kind}.{name} is {form}: {one}");
        }
    }
    for (name, form) in VERDICT {
        assert!(verdict.get(name).is_some_and(|value| is_of(form, value)), "{name} is {form}: {verdict}");
    }
    for side in ["accept", "ack"] {
        let times = &verdict["latency_ms"][side];
        assert!(times["count"].is_u64() && ["p50", "p95", "p99", "max"].iter().all(|rank| is_of("n?", &times[rank])));
    }
    (objects, errors)
}

#[test]
fn a_check_that_succeeds_names_nothing() {
    let mut confirmed = after(5, &["OK"]);
    confirmed.push((50, line("PUBACK")));
    let script = Script { answers: vec![("AT+MPUB=", confirmed)], loops_back: Some(4_100), ..Script::default() };
    let options =
        ["--subscribe", "room", "--publish", "room", "--payload", "hello", "--qos", "1", "--wait-for", "hello"];
    let (objects, _) = objects(script, &options);
    let verdict = objects.last().unwrap();
    assert_eq!(verdict["result"], "ok", "{verdict}");
    for name in ["rung", "finding", "fault", "evidence", "excluded"] {
        assert!(verdict[name].is_null(), "{name}: {verdict}");
    }
    assert_eq!((&verdict["published"], &verdict["confirmed"], &verdict["received"]), (&1.into(), &1.into(), &1.into()));
    assert_eq!(
        (&verdict["latency_ms"]["accept"]["count"], &verdict["latency_ms"]["ack"]["count"]),
        (&1.into(), &1.into())
    );
    for kind in ["exchange", "rung", "message", "publish", "subscription", "notice"] {
        assert!(objects.iter().any(|one| one["kind"] == kind), "no {kind}");
    }
    let message = objects.iter().find(|one| one["kind"] == "message").unwrap();
    assert_eq!(
        (&message["payload"], &message["payload_hex"], &message["bytes"]),
        (&"hello".into(), &"68656c6c6f".into(), &5.into())
    );
    let state = |wanted: &str| objects.iter().any(|one| one["kind"] == "publish" && one["state"] == wanted);
    assert!(state("queued") && state("accepted") && state("confirmed"));
}

#[test]
fn a_check_that_fails_names_one_cause_with_its_rung_its_evidence_and_what_it_is_not() {
    let script = Script { answers: vec![("AT+CPIN?", after(5, &["+CPIN: SIM PIN", "OK"]))], ..Script::default() };
    let (objects, errors) = objects(script, &[]);
    let verdict = objects.last().unwrap();
    let named = (&verdict["result"], &verdict["rung"], &verdict["finding"]);
    assert_eq!(named, (&"failed".into(), &"sim".into(), &"F-023".into()), "{verdict}");
    let evidence = verdict["evidence"].as_array().unwrap();
    assert!(!evidence.is_empty() && evidence.iter().all(Value::is_string), "sentences: {verdict}");
    let of_first: Vec<_> =
        verdict["findings"][0]["evidence"].as_array().unwrap().iter().map(|one| &one["text"]).collect();
    assert_eq!(evidence.iter().collect::<Vec<_>>(), of_first, "the first finding's");
    let excluded = verdict["excluded"].as_array().unwrap();
    assert!(excluded.iter().all(|one| ["id", "key", "proof"].iter().all(|name| one[name].is_string())), "{verdict}");
    assert!(verdict["fault"].as_str().is_some_and(|fault| fault.contains("SIM PIN")), "{verdict}");
    assert!(errors.iter().any(|line| line.contains("FAILED at sim")), "people are told on standard error: {errors:?}");
}

#[test]
fn a_check_that_nothing_decides_names_nothing_and_says_what_it_may_be() {
    let mut refused = after(5, &["OK"]);
    refused.push((60, line("ERROR")));
    let script = Script { answers: vec![("AT+MCONNECT", refused)], ..Script::default() };
    let (objects, _) = objects(script, &[]);
    let verdict = objects.last().unwrap();
    assert_eq!((&verdict["result"], &verdict["rung"]), (&"failed".into(), &"mqtt".into()), "{verdict}");
    for name in ["finding", "evidence", "excluded"] {
        assert!(verdict[name].is_null(), "{name}: {verdict}");
    }
    assert_eq!(verdict["findings"], Value::Array(Vec::new()));
    let open = verdict["undecided"].as_array().unwrap();
    assert!(["F-141", "F-143", "F-144"].iter().all(|id| open.iter().any(|one| one == id)), "{verdict}");
    assert!(verdict["step"].is_string() && verdict["episodes"][0]["rung"] == "mqtt", "{verdict}");
}
