//! The form of the answer, and verdicts that must not be wrong: halves of logs, several ports, other modules.

use serde_json::Value;

use super::{json, page};
use crate::{
    doctor::{Findings, Judge, of_log},
    lang::Lang,
    record::{Options, Reader},
    report::{Tongues, html, markdown, text},
};

fn findings(log: &str) -> Findings {
    let (mut judge, mut reader) = (Judge::new(true), Reader::new(Options::default()));
    for bytes in log.as_bytes().chunks(97) {
        judge.push(bytes, &mut reader);
    }
    judge.finish(&mut reader);
    judge.conclude("a.txt", &reader, false)
}

fn objects(log: &str) -> Vec<Value> {
    json::lines(&findings(log), Lang::En).iter().map(|line| serde_json::from_str(line).expect("an object")).collect()
}

fn result(log: &str) -> String {
    objects(log).last().expect("a verdict")["result"].as_str().expect("a word").to_owned()
}

fn keys(object: &Value) -> Vec<&str> {
    object.as_object().expect("an object").keys().map(String::as_str).collect()
}

const CARD: &str = "[10:00:00.000]发→◇AT+CPIN?\r\n□\r\n[10:00:00.010]收←◆\r\n+CME ERROR: 10\r\n\r\n";
const LOGIN: &str = "AT+MCONFIG=\"unit\",\"u\",\"hidden77\"\r\nOK\r\nAT+MIPSTART=\"b.test\",\"1883\"\r\nOK\r\nCONNECT OK\r\nAT+MCONNECT=1,60\r\nOK\r\nCONNACK OK\r\n";

#[test]
fn every_object_has_its_form() {
    let log = format!("{CARD}[10:00:02.000]发→◇AT+MPUB=\"a\",0,0,\"x\"\r\n□\r\n[10:00:02.010]收←◆\r\nERROR\r\n\r\n");
    let all = objects(&log);
    assert_eq!(keys(&all[0]), ["devices", "encoding", "file", "format", "kind", "lines", "sessions"]);
    assert_eq!((all[0]["format"].as_str(), all[0]["lines"].as_u64()), (Some("sscom"), Some(10)));
    let episode = &all[1];
    let expected =
        ["begin", "begin_line", "device", "end", "end_line", "findings", "kind", "recovered", "rung", "undecided"];
    assert_eq!(keys(episode), expected);
    assert_eq!((episode["begin_line"].as_u64(), episode["begin"].as_str()), (Some(4), Some("10:00:00.010")));
    assert_eq!(episode["rung"], "sim");
    let finding = &episode["findings"][0];
    assert_eq!(keys(finding), ["cause", "certainty", "fix", "id", "lines"]);
    assert_eq!((finding["id"].as_str(), &finding["lines"]), (Some("F-021"), &serde_json::json!([4])));
    let message = all.iter().find(|object| object["kind"] == "message").expect("a message");
    assert_eq!(keys(message), ["bytes", "cut", "direction", "kind", "line", "state", "topic"]);
    assert_eq!((message["state"].as_str(), message["line"].as_u64()), (Some("refused"), Some(6)));
    let verdict = all.last().expect("a verdict");
    assert_eq!(keys(verdict), ["confirmed", "kind", "lines", "published", "received", "result"]);
}

#[test]
fn halves_of_logs_are_no_trouble() {
    for log in [
        // It begins in the middle of a session.
        "OK\r\n\r\nPUBACK\r\n+MSUB: \"a\",1 byte,x\r\nAT+MPUB=\"a\",1,0,\"y\"\r\nOK\r\nPUBACK\r\n",
        // It ends in the middle of a dialogue.
        &format!("{LOGIN}AT+MPUB=\"a\",1,0,\"y\"\r\nOK\r\n"),
        &format!("{LOGIN}+MSUB: \"a\",100 byte,xyz"),
        // Only what came.
        "\r\nOK\r\n\r\nCONNECT OK\r\n\r\nOK\r\n\r\nCONNACK OK\r\n\r\n+MSUB: \"a\",1 byte,x\r\n",
    ] {
        assert_eq!(result(log), "healthy", "{log}\n{:#?}", objects(log));
    }
}

#[test]
fn what_only_the_module_said_is_judged_by_itself() {
    let failed = findings("\r\nOK\r\n\r\nCONNECT FAIL\r\n");
    assert_eq!((failed.result.key(), failed.episodes.len()), ("trouble", 1));
    assert!(failed.episodes[0].undecided.is_some());
    let card = objects("\r\n+CME ERROR: 10\r\n");
    assert_eq!(card[1]["findings"][0]["id"], "F-021");
    assert_eq!(result("\r\n+CME ERROR: 10\r\n\r\nOK\r\n\r\nCONNECT OK\r\n\r\nOK\r\n\r\nCONNACK OK\r\n"), "recovered");
}

#[test]
fn ports_are_judged_apart() {
    let log = "[COM5] AT+CPIN?\r\n[COM7] AT+CPIN?\r\n[COM5] +CPIN: READY\r\n[COM7] +CME ERROR: 10\r\n[COM5] OK\r\n";
    let all = objects(log);
    assert_eq!((all[0]["devices"].as_u64(), all.len()), (Some(2), 3));
    assert_eq!((all[1]["device"].as_str(), all[1]["begin_line"].as_u64()), (Some("COM7"), Some(4)));
}

#[test]
fn other_modules_and_other_files_are_said() {
    let lua =
        "[2024-11-02 08:20:03.551][000000000.009] am_service_init 851\n[2024-11-02 08:20:03.551] I/user.main loop\n";
    let vendor = "AT+QMTOPEN=0,\"b\",1883\r\nOK\r\n+QMTOPEN: 0,0\r\n";
    for (log, word, lines) in [
        (lua, "other-firmware", vec![1, 2]),
        (vendor, "other-vendor", vec![1, 3]),
        ("Dear all,\nOK\n", "no-log", vec![]),
    ] {
        let findings = findings(log);
        assert_eq!((findings.result.key(), &findings.shown), (word, &lines), "{log}");
        assert_eq!(findings.result.exit_code(), 2);
    }
    let refused = "AT\r\nOK\r\nATI\r\nAirM2M_780E_V1169_LTE_AT\r\nOK\r\nAT+QMTOPEN=0,\"b\",1883\r\nERROR\r\n";
    assert_ne!(result(refused), "other-vendor");
}

#[test]
fn secrets_reach_no_answer() {
    let log = format!("{}AT+CGSN\r\n866000000000017\r\nOK\r\nCLOSED\r\n", LOGIN.replace("CONNACK OK", "ERROR"));
    let findings = findings(&log);
    assert_eq!(findings.result.key(), "trouble");
    let answers = [
        json::lines(&findings, Lang::En).join("\n"),
        page::page(&findings, Lang::En),
        page::page(&findings, Lang::ZhCn),
    ];
    for answer in answers {
        assert!(!answer.contains("hidden77") && !answer.contains("866000000000017"), "{answer}");
        assert!(!answer.contains("\"unit\""), "{answer}");
    }
}

#[test]
fn secrets_reach_no_report() {
    let log = format!("{}AT+CGSN\r\n866000000000017\r\nOK\r\nCLOSED\r\n", LOGIN.replace("CONNACK OK", "ERROR"));
    let (mut judge, mut reader) = (Judge::new(false).keeping_lines(), Reader::new(Options::default()));
    judge.push(log.as_bytes(), &mut reader);
    judge.finish(&mut reader);
    let report = of_log(&judge.conclude("/home/somebody/a.txt", &reader, false), &reader);
    for answer in [
        html(&report, Tongues::Both),
        markdown(&report, Tongues::One(Lang::En)),
        text(&report, Tongues::One(Lang::ZhCn)),
    ] {
        for secret in ["hidden77", "866000000000017", "\"unit\"", "somebody"] {
            assert!(!answer.contains(secret), "{secret} is in\n{answer}");
        }
        assert!(answer.contains("MCONFIG"), "{answer}");
    }
}

#[test]
fn the_page_says_when_what_why_and_what_to_do() {
    let page = page::page(&findings(CARD), Lang::En);
    for part in ["1. When: 10:00:00.010, lines 4 to", "What: ", "Why: F-021 (seen)", "| 4: ", "What to do: ", "TROUBLE"]
    {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    let page = page::page(&findings(CARD), Lang::ZhCn);
    assert!(page.contains("原因：F-021") && page.contains("处理："), "{page}");
}

#[test]
fn published_confirmed_and_received_are_counted() {
    let log = format!(
        "{LOGIN}AT+MPUB=\"a\",1,0,\"y\"\r\nOK\r\nPUBACK\r\nAT+MPUB=\"a\",0,0,\"{{\\22t\\22:1}}\"\r\nOK\r\n+MSUB: \"a\",1 byte,y\r\n"
    );
    let all = objects(&log);
    let verdict = all.last().expect("a verdict");
    let counts = ["published", "confirmed", "received"].map(|key| verdict[key].as_u64());
    assert_eq!(counts, [Some(2), Some(1), Some(1)]);
    let bytes: Vec<_> = all.iter().filter(|one| one["kind"] == "message").map(|one| one["bytes"].as_u64()).collect();
    assert_eq!(bytes, [Some(1), Some(7), Some(1)]);
}

#[test]
fn troubles_far_into_a_long_log_keep_their_lines() {
    let traffic = "AT+MPUB=\"a\",0,0,\"x\"\r\nOK\r\n".repeat(9_000);
    let log = format!("{LOGIN}{traffic}CLOSED\r\n{LOGIN}{traffic}");
    let findings = findings(&log);
    let closed = 8 + 18_000 + 1;
    let lines: Vec<_> = findings.episodes.iter().map(|episode| (episode.begin_line, episode.end_line)).collect();
    assert_eq!((lines.len(), lines[0].0, findings.published), (1, closed, 18_000));
    assert!((closed..=closed + 8).contains(&lines[0].1), "{lines:?}");
}
