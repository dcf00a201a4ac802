//! `air780e check --trace-legs`: the virtual module, a client on this computer and a real mosquitto.

use serde_json::Value;

use crate::kit::{mosquitto::Mosquitto, process::Process};

fn check(port: u16, more: &[&str]) -> (bool, Vec<Value>) {
    let port = port.to_string();
    let usual =
        ["check", "--port", "virtual", "--host", "127.0.0.1", "--mqtt-port", &port, "--json", "--legs-wait", "1"];
    let (status, lines, errors) = Process::air780e(usual.iter().chain(more).copied()).output();
    let lines = lines.iter().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}: {errors:?}")));
    (status.success(), lines.collect())
}

fn legs<'a>(lines: &'a [Value], way: &'a str) -> impl Iterator<Item = &'a Value> {
    lines.iter().filter(move |line| line["kind"] == "leg" && line["way"] == way)
}

#[test]
fn a_check_follows_its_messages_both_ways() {
    let broker = Mosquitto::open();
    for carrier in ["--trace-legs", "--trace-legs=topic"] {
        let more =
            ["--publish", "up", "--payload", "21.5", "--qos", "1", "--count", "3", "--subscribe", "down/+", carrier];
        let (is_ok, lines) = check(broker.port, &more);
        assert!(is_ok, "{lines:#?}");
        for way in ["out", "back"] {
            assert_eq!(legs(&lines, way).count(), 3, "{lines:#?}");
            for leg in legs(&lines, way) {
                for cell in ["left_sender", "reached_broker", "left_broker", "arrived"] {
                    assert_eq!(leg[cell]["is"], "yes", "{leg:#}");
                }
                assert!(leg["end_to_end_ms"].as_f64().is_some_and(|span| span > 0.0), "{leg:#}");
            }
        }
    }
}

/// A broker that takes messages and sends them to nobody.
fn keeper() -> Mosquitto {
    Mosquitto::start(|folder| {
        let file = folder.join("acl");
        std::fs::write(&file, "topic read #\n").expect("a file in the test's folder");
        format!("allow_anonymous true\nacl_file {}\n", file.display())
    })
}

#[test]
fn a_message_that_the_broker_keeps_to_itself_fails_the_check_and_is_placed() {
    let broker = keeper();
    let (is_ok, lines) = check(broker.port, &["--publish", "up", "--qos", "1", "--trace-legs"]);
    assert!(!is_ok);
    let leg = legs(&lines, "out").next().expect("a verdict");
    assert_eq!(leg["place"], "at-broker", "{leg:#}");
    let verdict = lines.last().expect("a verdict");
    assert_eq!(verdict["undecided"], serde_json::json!(["F-171", "F-156"]), "{verdict:#}");
    assert!(verdict["step"].as_str().is_some_and(|step| step.contains("rights")), "{verdict:#}");
    assert_eq!(
        (&leg["reached_broker"]["by"], &leg["left_broker"]["by"]),
        (&"confirmation".into(), &"empty-answer".into())
    );
}

#[test]
fn a_lost_message_is_told_in_the_language_that_was_asked_for() {
    let broker = keeper();
    let port = broker.port.to_string();
    let said = |lang: &str, qos: &str| {
        let fixed = ["check", "--port", "virtual", "--host", "127.0.0.1", "--mqtt-port", &port, "--legs-wait", "1"];
        let more = ["--publish", "up", "--trace-legs", "--lang", lang, "--qos", qos];
        let (_, lines, errors) = Process::air780e(fixed.iter().chain(&more).copied()).output();
        lines.into_iter().chain(errors).collect::<Vec<_>>()
    };
    let [first, second] = ["0", "1"].map(|qos| said("en", qos));
    for (lines, words) in [
        (&second, "left the broker: no (the broker answered without it on a connection that stood all the while)"),
        (&second, "module to this computer: 0 of 1 arrived; to the broker and back "),
        (&first, "end to end not known"),
        (&first, "1 of 1 did not arrive: 1 "),
        (&second, "module to this computer: 1 of 1 did not arrive: 1 reached the broker, which did not send them on"),
    ] {
        assert!(lines.iter().any(|line| line.contains(words)), "{words}: {lines:#?}");
    }
    for line in ["0", "1"].map(|qos| said("zh", qos)).concat() {
        let english = ["broker", "module", "computer", "arrive", "not "].into_iter().find(|word| line.contains(word));
        assert_eq!(english, None, "{line}");
    }
}
