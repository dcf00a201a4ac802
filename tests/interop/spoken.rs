//! What the command line prints for people follows `--lang`: every command, in usual and in failing runs, without an English
//! sentence when Chinese is asked for, and without a Chinese sign when English is.

use std::fs;

use tempfile::TempDir;

use crate::kit::process::Process;

/// Words that make a sentence English. Names, options, commands and words of the wire have none of them.
const ENGLISH: [&str; 38] = [
    "the", "is", "was", "not", "to", "and", "no", "this", "that", "with", "by", "for", "be", "has", "have", "it",
    "its", "of", "are", "within", "needs", "choose", "give", "write", "after", "from", "cannot", "without", "than",
    "there", "only", "one", "does", "or", "which", "again", "another", "came",
];

/// Two of those words in a line that is not one of the wire.
fn is_english(line: &str) -> bool {
    let spoken = line.split_once("  < ").map_or(line, |(before, _)| before);
    let names = ["clean session", "use this one", "No Local", "IP STATUS", "ERROR: "];
    let spoken = names.iter().fold(spoken.to_owned(), |text, name| text.replace(name, ""));
    let words = spoken.split(|sign: char| !(sign.is_ascii_alphanumeric() || "-_./:+".contains(sign)));
    words.filter(|word| ENGLISH.contains(&word.to_lowercase().as_str())).count() >= 2
}

fn is_chinese(line: &str) -> bool {
    line.contains(|sign: char| matches!(sign, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}'))
}

/// Everything that a command says, on both outputs.
fn said(lang: &str, arguments: &[&str]) -> Vec<String> {
    let (_, lines, errors) = Process::air780e(arguments.iter().chain(&["--lang", lang])).output();
    lines.into_iter().chain(errors).collect()
}

/// Runs commands in both languages and holds what they say.
#[track_caller]
fn hold(commands: &[&[&str]]) {
    let mut wrong = Vec::new();
    for arguments in commands {
        let chinese = said("zh", arguments);
        assert!(chinese.iter().any(|line| is_chinese(line)), "{arguments:?} says nothing in Chinese: {chinese:?}");
        wrong.extend(chinese.into_iter().filter(|line| is_english(line)).map(|line| format!("{arguments:?}: {line}")));
        let english = said("en", arguments).into_iter().filter(|line| is_chinese(line));
        wrong.extend(english.map(|line| format!("{arguments:?}: {line}")));
    }
    assert!(wrong.is_empty(), "in the wrong language:\n{}", wrong.join("\n"));
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().expect("UTF-8").to_owned()
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn an_english_sentence_is_known_from_names_and_lines_of_the_wire() {
    assert!(is_english("air780e: there is no such file; check the path"));
    assert!(is_english("  12.345 s  AT+X → was refused by the module"));
    for line in ["  1.000 s  < +CGEV: ME PDN ACT 1", "失败（TCP）：CONNECT FAIL", "/dev/ttyUSB0  接口 02  Air780E 系列"]
    {
        assert!(!is_english(line), "{line}");
    }
}

#[test]
fn checks_speak_the_language_that_was_asked_for() {
    let broker = Process::air780e(["broker", "--port", "0"]);
    let (port, folder) = (broker.line(), folder());
    let (trace, secret, no_text) = (path(&folder, "a.trace"), path(&folder, "password"), path(&folder, "no-text"));
    fs::write(&secret, "p\"w").expect("written");
    fs::write(&no_text, b"\xff").expect("written");
    let of = |more: &[&str], port: &str| -> Vec<String> {
        let fixed = ["check", "--port", "virtual", "--host", "localhost", "--mqtt-port", port, "--timeout", "20"];
        fixed.iter().chain(more).map(|&word| word.to_owned()).collect()
    };
    let sound: &[&str] = &[
        "--subscribe",
        "a/#",
        "--publish",
        "a/b",
        "--payload",
        "x",
        "--qos",
        "1",
        "--details",
        "--save-trace",
        &trace,
    ];
    let traced: &[&str] =
        &["--subscribe", "down/+", "--publish", "up", "--qos", "1", "--trace-legs", "--legs-wait", "1"];
    let usual: [&[&str]; 4] =
        [sound, traced, &["--subscribe", "a", "--wait-for", "x", "--timeout", "4"], &["--max-drops", "0"]];
    let wrong: [&[&str]; 22] = [
        &["--host", "mqtts://h:8883"],
        &["--user", "u", "--password-file", &secret],
        &["--user", "u", "--password-file", "/no/such/file"],
        &["--user", "u", "--password-file", &no_text],
        &["--client-id", "a\u{200b}"],
        &["--publish", "a/#"],
        &["--publish", ""],
        &["--publish", "a", "--payload-file", "/dev/zero"],
        &["--subscribe", "a/#/b"],
        &["--sni", "a"],
        &["--security", "server"],
        &["--security", "server", "--ca", &secret],
        &["--security", "mutual", "--ca", "Cargo.toml"],
        &["--security", "encrypted", "--ca", &secret],
        &["--apn", "iot", "--apn-user", "u"],
        &["--will-topic", "a/#"],
        &["--watch", "200"],
        &["--find-baud"],
        &["--save-trace", "/no/such/folder/x"],
        &["--save-trace", "/"],
        &["--qos", "7"],
        &["--host", "-----BEGIN PRIVATE KEY-----"],
    ];
    let commands: Vec<_> = usual.iter().chain(&wrong).map(|more| of(more, &port)).chain([of(&[], "1")]).collect();
    let commands: Vec<Vec<&str>> = commands.iter().map(|line| line.iter().map(String::as_str).collect()).collect();
    hold(&commands.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let replay: [&[&str]; 5] = [
        &["replay", &trace],
        &["replay", "tests/fixtures/connect_fail.trace"],
        &["replay", "tests/fixtures/module_restart.trace"],
        &["replay", "Cargo.toml"],
        &["replay", "/no/such/file"],
    ];
    hold(&replay);
}

#[test]
fn watches_speak_the_language_that_was_asked_for() {
    let broker = Process::air780e(["broker", "--port", "0"]);
    let (port, folder) = (broker.line(), folder());
    let weather = path(&folder, "weather");
    let made = Process::air780e(["sim", "--weather", "6h", "--seed", "3", "--journal", &weather]).output();
    assert!(made.0.success(), "{:?}", made.2);
    let target = ["--port", "virtual", "--host", "localhost", "--mqtt-port"];
    for lang in ["zh", "en"] {
        let journal = path(&folder, lang);
        let run = |port: &str, journal: &str| {
            let fixed = ["watch", "--for", "2s", "--publish-every", "1", "--lang", lang, "--journal", journal];
            let (_, lines, errors) = Process::air780e(fixed.iter().chain(&target).chain(&[port])).output();
            lines.into_iter().chain(errors).collect::<Vec<_>>()
        };
        // The last one meets a watch that is over.
        let all =
            [run(&port, &journal), run("1", &path(&folder, &format!("{lang}-closed"))), run(&port, &journal)].concat();
        let is_wrong = |line: &&String| if lang == "zh" { is_english(line) } else { is_chinese(line) };
        assert!(!all.iter().any(|line| is_wrong(&line)), "{:#?}", all.iter().filter(is_wrong).collect::<Vec<_>>());
        assert!(lang == "en" || all.iter().any(|line| is_chinese(line)), "{all:#?}");
    }
    let quiet = ["quiet", "--from", "1s", "--longest", "1s", "--port", "virtual", "--host", "localhost", "--mqtt-port"];
    let with = |port| -> Vec<&str> { quiet.iter().copied().chain([port]).collect() };
    let watch = ["watch", "--for", "2s", "--publish", "a", "--port", "virtual", "--host", "h"];
    hold(&[
        &with(&port),
        &with("1"),
        &watch,
        &["drops", &weather],
        &["drops", &weather, &weather],
        &["drops", "Cargo.toml"],
        &["drops", "/no/such/file"],
        &["watch", "--for", "40x", "--port", "virtual", "--host", "h"],
    ]);
}

#[test]
fn the_other_commands_speak_the_language_that_was_asked_for() {
    let (broker, folder) = (Process::air780e(["broker", "--port", "0"]), folder());
    let (port, users) = (broker.line(), path(&folder, "users"));
    fs::write(&users, "nobody\n").expect("written");
    let (place, made) = (format!("127.0.0.1:{port}"), path(&folder, "made"));
    hold(&[
        &["broker", "--port", &port],
        &["broker", "--port", "0", "--users", &users],
        &["broker", "--port", "0", "--users", "/"],
        &["broker", "--port", "0", "--tls-port", "0", "--cert", &users, "--key", &users],
        &["broker", "--port", "0", "--store", &users],
        &["broker", "--port", "0", "--pcapng", "/"],
        &["broker", "--port", "0", "--bind", "192.0.2.1"],
        &["broker", "--forbid-filter", "a/#/b"],
        &["ports", "--probe", "/no/such/port"],
        &["sim", "--scenario", "nothing"],
        &["sim", "--broker", "no port"],
        &["sim", "--truth", "/no/such/folder/x"],
        &["scan", &place],
        &["scan", "127.0.0.1:1"],
        &["scan", "mqtt://h"],
        &["scan", "--targets", "/no/such/file"],
        &["certs", "/no/such/file"],
        &["certs", "Cargo.toml"],
        &["certs", "new", "--out", &made, "--server-name", "broker.example"],
        &["certs", "new", "--out", &path(&folder, "other"), "--server-name", "a:b"],
        &["certs", "new", "--out", &path(&folder, "other"), "--server-name", "a", "--days", "0"],
        &["certs", "new", "--out", &users, "--server-name", "a"],
        &["doctor", "tests/doctor/one.txt"],
        &["doctor", "tests/fixtures/connect_fail.trace"],
        &["doctor", "/no/such/file"],
        &["doctor", "--format", "none", "Cargo.toml"],
        &["doctor", "--report", "x.doc", "Cargo.toml"],
        &["manual", "/no/such/folder"],
    ]);
}

#[test]
fn wrong_arguments_are_told_in_the_language_that_was_asked_for() {
    hold(&[
        &["check", "--port", "virtual"],
        &["check", "--port", "virtual", "--host", "h", "--nonsense"],
        &["check", "--port", "virtual", "--host", "h", "--mqtt-port", "70000"],
        &["check", "--port", "virtual", "--host", "h", "--security", "very"],
        &["check", "--port", "virtual", "--host", "h", "--key", "k"],
        &["check", "--port", "virtual", "--host"],
        &["nonsense"],
        &["sim", "--scenario", "a", "--broker", "b:1"],
        &["watch", "--port", "virtual", "--host", "h", "--for", "201h"],
    ]);
}

#[test]
fn what_steers_a_virtual_modem_is_told_in_the_language_that_was_asked_for() {
    for (lang, is_wrong) in [("zh", is_english as fn(&str) -> bool), ("en", is_chinese)] {
        let mut sim = Process::air780e(["sim", "--scenario", "login-refused", "--lang", lang]);
        sim.line();
        sim.feed(b"help\nexplode\nsignal 32\n");
        let ends = |line: &str| line.contains("signal 32");
        let mut seen = Vec::new();
        crate::kit::wait_for("the last complaint", || {
            seen.extend(sim.errors());
            seen.iter().any(|line| ends(line)).then_some(())
        });
        let wrong: Vec<_> = seen.iter().filter(|line| is_wrong(line)).collect();
        assert!(wrong.is_empty(), "{lang}: {wrong:#?}");
        sim.terminate();
    }
}
