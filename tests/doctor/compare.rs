//! Tries side by side, a log that is followed, and the report of a check: through the real program.

use std::{
    fs::{self, OpenOptions},
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

const FAILED: &str = "AT+CSTT=\"iot\"\r\nOK\r\nAT+MCONFIG=\"unit\",\"u\",\"hidden77\"\r\nOK\r\n\
                      AT+MIPSTART=\"broker.test\",\"1884\"\r\nOK\r\nCONNECT FAIL\r\n";
const GOOD: &str = "AT+CSTT=\"cmnet\"\r\nOK\r\nAT+MCONFIG=\"unit\",\"u\",\"hidden77\"\r\nOK\r\n\
                    AT+MIPSTART=\"broker.test\",\"1883\"\r\nOK\r\nCONNECT OK\r\nAT+MCONNECT=1,60\r\nOK\r\nCONNACK OK\r\n";

fn doctor(arguments: &[&str], files: &[&Path]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_air780e"));
    let output = command.args(["doctor", "--lang", "en"]).args(arguments).args(files).output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn comparison(text: &str) -> Value {
    let mut objects = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("an object"));
    objects.rfind(|object| object["kind"] == "comparison").expect("a comparison")
}

#[test]
fn two_tries_of_one_log_or_of_two_are_compared_step_by_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a log");
        path
    };
    let both = path("both.log", &format!("{FAILED}{GOOD}"));
    let (failed, good) = (path("failed.log", FAILED), path("good.log", GOOD));
    let (code, text, _) = doctor(&["--json", "--compare"], &[&both]);
    let told = comparison(&text);
    assert_eq!((code, &told["failed_line"], &told["good_line"]), (Some(1), &Value::from(5), &Value::from(12)));
    let settings: Vec<_> = told["differences"].as_array().expect("a list").iter().collect();
    let has = |failed: &str, good: &str| {
        settings
            .iter()
            .any(|one| one["kind"] == "setting" && one["failed"]["text"] == failed && one["good"]["text"] == good)
    };
    assert!(has("AT+CSTT=\"iot\"", "AT+CSTT=\"cmnet\"") && !text.contains("hidden77"), "{text}");
    assert!(text.lines().last().expect("a line").contains("\"verdict\""), "the verdict stays the last line: {text}");
    let (_, of_two, _) = doctor(&["--json", "--compare"], &[&good, &failed]);
    assert_eq!(comparison(&of_two)["differences"].as_array().map(Vec::len), Some(settings.len()));
    let (_, chosen, _) = doctor(&["--json", "--compare=2,1"], &[&both]);
    assert_eq!(comparison(&chosen), told, "the one that failed stands first");
    let (_, page, _) = doctor(&["--compare"], &[&both]);
    assert!(
        page.contains("A difference is no cause") && page.contains("✗") && page.contains("AT+CSTT=\"iot\""),
        "{page}"
    );
    let (code, _, said) = doctor(&["--compare"], &[&good]);
    assert!(code == Some(2) && said.contains("nothing to compare"), "{code:?} {said}");
}

#[test]
fn a_log_that_grows_is_told_again_when_it_is_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.log");
    fs::write(&path, "AT+CPIN?\r\n+CME ERROR: 10\r\n").expect("a log");
    let mut command = Command::new(env!("CARGO_BIN_EXE_air780e"));
    let follows = command.args(["doctor", "--json", "--follow"]).arg(&path).stdout(Stdio::piped());
    let mut child = follows.spawn().expect("it runs");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let mut verdict = || {
        let objects =
            lines.by_ref().map(|line| serde_json::from_str::<Value>(&line.expect("a line")).expect("an object"));
        objects.into_iter().find(|object| object["kind"] == "verdict").expect("a verdict")["result"].clone()
    };
    assert_eq!(verdict(), "trouble");
    let mut log = OpenOptions::new().append(true).open(&path).expect("the log");
    log.write_all(b"AT+CPIN?\r\n+CPIN: READY\r\nOK\r\nAT+CSQ\r\n+CSQ: 24,0\r\nOK\r\n").expect("it grows");
    drop(log);
    assert_eq!(verdict(), "recovered");
    child.kill().expect("it ends");
    child.wait().expect("it ended");
}

#[test]
fn a_check_leaves_a_report_that_opens_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("report.html");
    let mut command = Command::new(env!("CARGO_BIN_EXE_air780e"));
    let check =
        ["check", "--port", "virtual", "--host", "no.such.host.invalid", "--timeout", "60", "--crosscheck", "off"];
    let output = command.args(check).arg("--report").arg(&page).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(&page).expect("a report");
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(&text, options).expect("well formed");
    for words in
        ["The plan and its answers", "连接步骤及应答", "The way to the broker", "What was masked", "AT+MIPSTART"]
    {
        assert!(text.contains(words), "{words} is not in the report");
    }
    let (code, again, said) = doctor(&["--json"], &[&page]);
    assert!(code == Some(1) && again.contains("\"findings\""), "{code:?} {again} {said}");
}
