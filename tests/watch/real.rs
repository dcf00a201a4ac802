//! A watch on a real port against a real broker: two clients with one id, kills and returns, brokers and cables that go and
//! come.

use std::{collections::BTreeSet, fs, path::Path, time::Duration};

use rustix::process::Signal;
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    causes,
    kit::{free_port, mosquitto::Mosquitto, now, process::Process, times, wait_for},
    millis, object,
};

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the test's paths are UTF-8")
}

/// A virtual modem that stands at `link`, as fast as it can be.
fn plug_in(link: &Path) -> Process {
    let mut modem = Process::air780e(["sim", "--baud", "921600", "--link", text(link)]);
    modem.feed(b"speed 16\n");
    modem.line();
    modem
}

/// A running `air780e watch --json`.
fn watch(link: &Path, port: u16, span: &str, journal: &Path, more: &[&str]) -> Process {
    let port = port.to_string();
    let fixed = ["watch", "--json", "--port", text(link), "--host", "127.0.0.1", "--mqtt-port", &port];
    let kept = ["--for", span, "--journal", text(journal), "--client-id", "watched"];
    Process::air780e(fixed.iter().chain(&kept).chain(more))
}

/// Waits until something of this kind is told.
#[track_caller]
fn told(watch: &Process, kind: &str) -> Value {
    let lines = watch.lines_until(|line| {
        let line = object(line);
        assert_ne!(line["kind"], "verdict", "too early: {line}: {:?}", watch.errors());
        line["kind"] == kind
    });
    object(lines.last().expect("a line"))
}

/// The verdict and the summary before it.
#[track_caller]
fn verdict(watch: Process) -> (Value, Value, Vec<String>) {
    let (status, lines, errors) = watch.output();
    let [.., summary, verdict] = &lines[..] else { panic!("{lines:?}\n{errors:?}") };
    let (summary, verdict) = (object(summary), object(verdict));
    assert_eq!((&summary["kind"], &verdict["kind"]), (&"summary".into(), &"verdict".into()));
    assert_eq!(verdict["result"] == "ok", status.success(), "{verdict} but {status}");
    (verdict, summary, errors)
}

#[test]
fn two_clients_with_one_id_end_in_their_cause() {
    let (broker, folder) = (Mosquitto::open(), folder());
    let (link, journal) = (folder.path().join("modem"), folder.path().join("journal"));
    let _modem = plug_in(&link);
    let watch = watch(&link, broker.port, "20s", &journal, &[]);
    told(&watch, "up");
    let port = broker.port.to_string();
    let double = ["-h", "127.0.0.1", "-p", &port, "-i", "watched", "-t", "a"];
    let _double = Process::start("mosquitto_sub", "mosquitto-clients", double);
    let (verdict, summary, errors) = verdict(watch);
    assert_eq!((&verdict["result"], &verdict["finding"]), (&"failed".into(), &"F-149".into()), "{verdict:#}");
    assert!(verdict["by_cause"]["F-149"].as_u64() >= Some(3), "{verdict:#}");
    let shown = summary["evidence"].as_array().expect("a list");
    let is_rhythm =
        |proof: &&Value| proof["text"].as_str().is_some_and(|text| text.starts_with("CONNACK OK → CLOSED: "));
    assert!(shown.iter().any(|proof| is_rhythm(&proof)), "{summary:#}");
    assert!(errors.iter().any(|line| line.starts_with("FAILED: ") && line.contains("F-149")), "{errors:?}");
}

#[expect(clippy::disallowed_methods, reason = "the journal of another process tells the time of day")]
fn clock() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

#[test]
fn a_check_that_stays_names_two_clients_with_one_id_too() {
    let (broker, folder) = (Mosquitto::open(), folder());
    let link = folder.path().join("modem");
    let _modem = plug_in(&link);
    let port = broker.port.to_string();
    let fixed = ["check", "--json", "--port", text(&link), "--host", "127.0.0.1", "--mqtt-port", &port];
    let check = Process::air780e(fixed.iter().chain(&["--client-id", "watched", "--reconnect", "--watch", "15"]));
    check.lines_until(|line| object(line)["rung"] == "mqtt" && object(line)["state"] == "confirmed");
    let double = ["-h", "127.0.0.1", "-p", &port, "-i", "watched", "-t", "a"];
    let _double = Process::start("mosquitto_sub", "mosquitto-clients", double);
    let (status, lines, _) = check.output();
    let verdict = object(lines.last().expect("a verdict"));
    let is_rhythm =
        |proof: &Value| proof["text"].as_str().is_some_and(|text| text.starts_with("CONNACK OK → CLOSED: "));
    let shown = verdict["findings"][0]["evidence"].as_array().is_some_and(|all| all.iter().any(is_rhythm));
    assert!(!status.success() && shown, "{verdict:#}");
    assert_eq!(verdict["findings"][0]["id"], "F-149", "{verdict:#}");
}

/// Ends the program at any moment: each time it goes on where it was, at most a second is lost, and nothing is called a drop.
#[test]
fn a_watch_that_is_killed_goes_on() {
    let kills = times(30);
    let (broker, folder) = (Mosquitto::open(), folder());
    let (link, journal) = (folder.path().join("modem"), folder.path().join("journal"));
    let _modem = plug_in(&link);
    let more = ["--publish-every", "1", "--qos", "1"];
    let mut killed_at = Vec::new();
    for kill in 0..kills {
        let mut watch = watch(&link, broker.port, "30s", &journal, &more);
        told(&watch, "run");
        let length = || fs::metadata(&journal).expect("a journal").len();
        let (begin, more) = (length(), (kill * 53 % 3 * 30) as u64);
        wait_for("the journal to grow", || (length() >= begin + more).then_some(()));
        watch.kill();
        killed_at.push(clock());
    }
    let (verdict, summary, errors) = verdict(watch(&link, broker.port, "30s", &journal, &more));
    assert_eq!(verdict["result"], "ok", "{verdict:#}\n{errors:?}");
    assert_eq!((&verdict["drops"], &summary["runs"]), (&Value::Array(vec![]), &(kills + 1).into()), "{verdict:#}");
    let gaps = summary["gaps"].as_array().expect("a list");
    assert_eq!(gaps.len(), kills, "each is shown: {summary:#}");
    for (gap, killed_at) in gaps.iter().zip(killed_at) {
        let lost = killed_at - millis(&gap["from"]);
        assert!(lost <= 1_100, "{lost} ms lost: {gap}");
    }
    assert!((30.0..32.0).contains(&verdict["watched_s"].as_f64().expect("a number")), "{verdict:#}");
}

/// A program that does not run for a while, as on a computer that sleeps: what was lost meanwhile is no drop.
#[test]
fn what_is_lost_while_nobody_watches_is_a_gap() {
    let folder = folder();
    let (link, journal) = (folder.path().join("modem"), folder.path().join("journal"));
    let port = free_port();
    let broker = Mosquitto::open_at(port);
    let _modem = plug_in(&link);
    let watch = watch(&link, port, "12s", &journal, &["--publish-every", "1", "--qos", "1"]);
    told(&watch, "up");
    watch.signal(Signal::STOP);
    drop(broker);
    let _broker = Mosquitto::open_at(port);
    let since = now();
    wait_for("a while", || (since.elapsed() >= Duration::from_secs(6)).then_some(()));
    watch.signal(Signal::CONT);
    told(&watch, "gap");
    told(&watch, "missed");
    told(&watch, "up");
    let (verdict, summary, errors) = verdict(watch);
    assert_eq!(
        (&verdict["result"], &verdict["drops"]),
        (&"ok".into(), &Value::Array(vec![])),
        "{verdict:#}\n{errors:?}"
    );
    assert!(summary["unwatched_s"].as_f64() >= Some(5.0), "{summary:#}");
}

#[test]
fn brokers_and_cables_that_go_and_come_are_told_apart() {
    const ROUNDS: usize = 6;
    let folder = folder();
    let (link, journal) = (folder.path().join("modem"), folder.path().join("journal"));
    let port = free_port();
    let mut broker = Mosquitto::open_at(port);
    let mut modem = plug_in(&link);
    let more = ["--publish-every", "1", "--qos", "1", "--max-drops", "12"];
    let watch = watch(&link, port, "45s", &journal, &more);
    told(&watch, "up");
    for round in 0..ROUNDS {
        if round % 2 == 0 {
            drop(broker);
            told(&watch, "vain");
            broker = Mosquitto::open_at(port);
        } else {
            modem.kill();
            told(&watch, "drop");
            modem = plug_in(&link);
        }
        told(&watch, "up");
    }
    let listener = broker.subscribe("air780e/watch", 100_000);
    let (verdict, summary, errors) = verdict(watch);
    assert_eq!(verdict["result"], "ok", "{verdict:#}\n{errors:?}");
    let drops = verdict["drops"].as_array().expect("a list");
    let wanted = [("F-020".to_owned(), ROUNDS / 2), ("F-189".to_owned(), ROUNDS / 2)];
    assert_eq!(causes(drops).into_iter().collect::<Vec<_>>(), wanted, "{verdict:#}");
    assert!(drops.iter().all(|drop| millis(&drop["begin"]) < millis(&drop["end"])), "{drops:?}");
    let details = summary["drops"].as_array().expect("a list");
    let of_broker = details.iter().filter(|drop| drop["by"] == "closed" && drop["helped"] == "link");
    assert_eq!(of_broker.count(), ROUNDS / 2, "{details:#?}");
    let lasts = |drop: &Value| drop["lasted_s"].as_f64() > Some(0.0);
    assert!(details.iter().all(lasts) && details.iter().any(|drop| drop["lines"][0] == "CLOSED"), "{details:#?}");
    let count = |value: &Value| value.as_u64().expect("a count");
    assert!(count(&verdict["confirmed"]) + count(&summary["unknown"]) >= count(&verdict["published"]), "{verdict:#}");
    broker.publish("air780e/watch", b"the end", 1);
    let mut got = listener.lines_until(|line| line == "74686520656e64");
    got.pop();
    let once: BTreeSet<_> = got.iter().collect();
    assert!(!got.is_empty() && once.len() == got.len(), "a message twice: {got:?}");
    let (status, lines, _) = Process::air780e(["drops", "--json", text(&journal)]).output();
    assert!(status.success());
    assert_eq!(object(lines.last().expect("a verdict")), verdict, "the journal tells the same again");
}

#[test]
fn the_longest_quiet_time_is_looked_for() {
    let (broker, folder) = (Mosquitto::open(), folder());
    let link = folder.path().join("modem");
    let mut modem = Process::air780e(["sim", "--baud", "921600", "--link", text(&link)]);
    modem.line();
    let port = broker.port.to_string();
    let quiet = |longest: &str| {
        let fixed = ["quiet", "--json", "--port", text(&link), "--host", "127.0.0.1", "--mqtt-port", &port];
        Process::air780e(fixed.iter().chain(&["--from", "1s", "--longest", longest]))
    };
    let (_, lines, errors) = quiet("3s").output();
    let verdict = object(lines.last().expect("a verdict"));
    let found = (verdict["survived_s"].as_u64(), verdict["cut_s"].as_u64(), &verdict["keep_alive_s"]);
    assert_eq!(found, (Some(3), None, &Value::Null), "{verdict:#}\n{errors:?}");
    let outcomes: Vec<_> = lines.iter().map(|line| object(line)).filter(|line| line["kind"] == "quiet").collect();
    assert!(outcomes.len() == 3 && outcomes.iter().all(|line| line["outcome"] == "survived"), "{outcomes:?}");
    // From now on nothing gets through: whatever is quiet is cut.
    let cut = quiet("100s");
    cut.lines_until(|line| object(line)["outcome"] == "survived");
    modem.feed(b"swallow on\n");
    cut.lines_until(|line| object(line)["outcome"] == "cut");
}

#[test]
fn two_journals_are_held_against_each_other() {
    let folder = folder();
    let paths = ["1", "2"].map(|seed| {
        let path = folder.path().join(seed);
        let made = Process::air780e(["sim", "--weather", "2h", "--seed", seed, "--journal", text(&path)]).output();
        assert!(made.0.success(), "{:?}", made.2);
        path
    });
    let (status, lines, _) = Process::air780e(["drops", text(&paths[0]), text(&paths[1])]).output();
    assert!(status.success());
    assert!(lines.iter().any(|line| line.contains(" against ") && line.contains("chance")), "{lines:?}");
    let (_, lines, _) = Process::air780e(["drops", "--lang", "zh", text(&paths[0]), text(&paths[1])]).output();
    assert!(lines.iter().any(|line| line.contains("对比")), "{lines:?}");
    let reports = ["r1.html", "r2.html"].map(|name| {
        let report = folder.path().join(name);
        let read = ["drops", text(&paths[0]), text(&paths[1]), "--report", text(&report)];
        assert!(Process::air780e(read).output().0.success());
        fs::read_to_string(report).expect("a report")
    });
    assert_eq!(reports[0], reports[1], "the same report byte by byte");
    assert_eq!(reports[0].matches("<svg ").count(), 2, "a picture of each");
    assert!(!reports[0].contains("<script") && reports[0].contains("断线"));
    let (status, _, errors) = Process::air780e(["drops", "Cargo.toml"]).output();
    assert_eq!(status.code(), Some(2));
    assert!(errors.iter().any(|line| line.contains("no line of a watch's journal")), "{errors:?}");
}

#[test]
fn what_cannot_be_watched_is_said_at_once() {
    let folder = folder();
    let (link, journal) = (folder.path().join("modem"), folder.path().join("journal"));
    let _modem = plug_in(&link);
    let (verdict, summary, errors) = verdict(watch(&link, free_port(), "40h", &journal, &[]));
    assert_eq!(verdict["result"], "failed", "{verdict:#}");
    assert!(summary["fault"].as_str().is_some_and(|text| text.contains("CONNECT FAIL")), "{summary:#}\n{errors:?}");
    let (status, lines, _) = watch(&link, 1, "40x", &journal, &[]).output();
    assert_eq!((status.code(), object(lines.last().expect("a verdict"))["result"].as_str()), (Some(2), Some("failed")));
}
