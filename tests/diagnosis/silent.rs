//! Every cause that a rule can name has a case of its own stage in which the rules must stay silent about it.
//!
//! All faults that a case can hold are met after all kinds of courses, with all kinds of looks from this computer. A cause that is said
//! whenever its stage is in trouble would be a default, and a default is no verdict.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    time::Duration,
};

use air780e_companion::{
    certs::{CaRelation, ChainJudgement, Concern, FileRole},
    diagnosis::{
        Case, Cause, Course, Here, LoginHere, NameHere, PortHere, PortOutcome, Unnamed, WantedTls,
        catalogue::{self, Shown, Stage},
        diagnose,
    },
    modem::{
        Modem,
        event::{Awaited, Fault, LossCause, PortFault, Refusal},
    },
    time::Moment,
    tls::{Alert, HelloAnswer, SuiteProbe, VerifyCode},
};

const HOST: &str = "broker.test";

/// Where causes are named by number with a twin that is silent: tests beside the rules, scenarios that are played against healthy ones,
/// listeners with one defect each beside a good one.
const BESIDE_THE_RULE: &[&str] =
    &["src/diagnosis/rules", "tests/diagnosis", "tests/faces", "assets/scenarios", "src/sim/range"];

#[test]
fn every_cause_has_a_case_of_its_stage_in_which_it_is_not_said() {
    let (mut said, mut silent): (BTreeMap<&str, u32>, BTreeSet<&str>) = Default::default();
    let mut cases = 0;
    for fault in faults() {
        let all: Vec<_> =
            PRELUDES.iter().flat_map(|prelude| looks().into_iter().map(|here| judged(prelude, &fault, here))).collect();
        cases += all.len();
        let stages: BTreeSet<Stage> = all.iter().flatten().filter_map(|id| Some(catalogue::by_id(id)?.stage)).collect();
        for ids in &all {
            for cause in catalogue::all().filter(|cause| stages.contains(&cause.stage)) {
                if ids.contains(&cause.id) {
                    *said.entry(cause.id).or_default() += 1;
                } else {
                    silent.insert(cause.id);
                }
            }
        }
    }
    println!("{cases} cases name {} causes", said.len());
    let defaults: Vec<_> = said.keys().filter(|id| !silent.contains(*id)).collect();
    assert!(defaults.is_empty(), "said whenever their stage is in trouble: {defaults:?}");
    let can_be_said = |cause: &&Cause| !matches!(cause.shown, Shown::Nothing(_));
    let unsaid: Vec<_> = catalogue::all().filter(can_be_said).filter(|cause| !said.contains_key(cause.id)).collect();
    let told = beside_the_rules();
    let nowhere: Vec<_> = unsaid.iter().map(|cause| cause.id).filter(|id| !told.contains(*id)).collect();
    assert!(nowhere.is_empty(), "no case names {nowhere:?}, here or beside its rule");
}

#[test]
fn in_a_healthy_course_no_cause_is_named() {
    for prelude in PRELUDES.iter().filter(|prelude| prelude.is_healthy) {
        let course = played(prelude);
        let diagnosis = diagnose(&Case { course: &course, now: course.newest() });
        assert_eq!((&diagnosis.trouble, diagnosis.cause()), (&None, None), "{:?}: {diagnosis:?}", prelude.lines);
        assert_eq!(diagnosis.episodes, [], "{:?}", prelude.lines);
    }
}

/// Sources that name causes by number, their own tests included.
fn beside_the_rules() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    for room in BESIDE_THE_RULE {
        gather(&root.join(room), &mut text);
    }
    text
}

fn gather(room: &Path, text: &mut String) {
    for entry in fs::read_dir(room).expect("a room") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, text);
        } else if path.file_name().is_some_and(|name| name != "silent.rs") {
            text.push_str(&fs::read_to_string(&path).unwrap_or_default());
        }
    }
}

/// What passed before the fault: `>` was sent.
struct Prelude {
    lines: &'static [&'static str],
    is_healthy: bool,
}

const PRELUDES: &[Prelude] = &[
    Prelude { lines: &[], is_healthy: true },
    Prelude {
        lines: &[
            ">AT+MCONFIG=\"c\",\"u\",\"p\"",
            "OK",
            ">AT+MIPSTART=\"broker.test\",1883",
            "OK",
            "CONNECT OK",
            ">AT+MCONNECT=1,120",
            "OK",
            "CONNACK OK",
            ">AT+MSUB=\"a\",1",
            "OK",
            "SUBACK",
            ">AT+MPUB=\"b\",1,0,\"x\"",
            "OK",
            "PUBACK",
        ],
        is_healthy: true,
    },
    Prelude {
        lines: &[
            ">AT+FSDEL=\"old.crt\"",
            "ERROR",
            ">AT+CGEREP=1",
            "ERROR",
            ">AT+CIPCLOSE",
            "+CME ERROR: 3",
            ">AT+MQTTSTATUS?",
            "+CME ERROR: 58",
            ">AT+SSLCFG=\"cacert\",88,\"ca.crt\"",
            "OK",
            ">AT+SSLCFG=\"seclevel\",88,1",
            "OK",
            ">AT+MCONFIG=\"c\"",
            "OK",
            ">AT+SSLMIPSTART=\"broker.test\",8883",
            "OK",
            "CONNECT OK",
            ">AT+MCONNECT=1,120",
            "OK",
            "CONNACK OK",
            "+NITZ: 2024/10/11,07:38:35+0,0",
        ],
        is_healthy: true,
    },
    Prelude {
        lines: &["^boot.rom'v'!\\n", "RDY", "^MODE: 17,17", "+E_UTRAN Service", "+CGEV: ME PDN ACT 1"],
        is_healthy: true,
    },
    Prelude { lines: &[">AT+CSQ", "+CSQ: 4,0", "OK", ">AT+CGATT?", "+CGATT: 0", "OK"], is_healthy: false },
    Prelude {
        lines: &[">AT+SSLCFG=\"seclevel\",88,2", "OK", ">AT+SSLCFG=\"ciphersuite\",88,0X002F", "OK", ">AT+FSLS", "OK"],
        is_healthy: false,
    },
    Prelude { lines: &[">AT+CFUN?", "+CFUN: 4", "OK", ">AT+CSQ", "+CSQ: 99,99", "OK"], is_healthy: false },
];

fn played(prelude: &Prelude) -> Course {
    let (mut modem, mut course, mut now) = (Modem::new(Moment::ZERO), Course::default(), Moment::ZERO);
    for line in prelude.lines {
        now += Duration::from_millis(100);
        match line.strip_prefix('>') {
            Some(line) => modem.observe(now, format!("{line}\r").as_bytes()),
            None => modem.handle_bytes(now, format!("\r\n{line}\r\n").as_bytes()),
        }
        while let Some(event) = modem.poll_event() {
            course.take(&event);
        }
    }
    course
}

fn judged(prelude: &Prelude, fault: &Fault, here: Option<Here>) -> Vec<&'static str> {
    let mut course = played(prelude);
    course.pass(course.newest() + Duration::from_secs(7));
    course.give_up(fault);
    course.take_here(here.map(Box::new));
    let diagnosis = diagnose(&Case { course: &course, now: course.newest() });
    diagnosis.findings.iter().map(|finding| finding.id).collect()
}

fn faults() -> Vec<Fault> {
    let port = || "COM3".to_owned();
    let seconds = Duration::from_secs;
    let bad = |command: &str, expected, got: &str, after| Fault::BadOutcome {
        command: command.into(),
        expected,
        got: got.into(),
        after,
    };
    let late = |command: &str, expected| Fault::TimedOut { command: command.into(), expected, after: seconds(20) };
    let refused = |command: &str, number| Fault::Refused {
        command: command.into(),
        refusal: if number == 0 { Refusal::Error } else { Refusal::Cme(number) },
    };
    let plain = "AT+MIPSTART=\"broker.test\",1883";
    let numeric = "AT+MIPSTART=\"192.168.1.9\",1883";
    let web = "AT+MIPSTART=\"203.0.113.7\",8083";
    let tls = "AT+SSLMIPSTART=\"broker.test\",8883";
    let publish = "AT+MPUB=\"a\",1,0,\"x\"";
    let mut all = vec![
        Fault::Port(PortFault::Missing { port: port() }),
        Fault::Port(PortFault::Busy { port: port() }),
        Fault::Port(PortFault::NoPermission { port: port(), group: None }),
        Fault::Port(PortFault::Unplugged { port: port() }),
        Fault::Port(PortFault::NotSerial { port: port() }),
        Fault::Port(PortFault::WorkerDied { port: port(), detail: "x".into() }),
        Fault::Silent { tries: 5 },
        Fault::Noise { bytes: 20 },
        Fault::Noise { bytes: 4_000 },
        Fault::LuaFirmware { line: "I/user.main".into() },
        Fault::NoSignal { rssi: 99 },
        Fault::NoSignal { rssi: 3 },
        Fault::RadioOff { function: 4 },
        Fault::NoService,
        Fault::NotAttached { after: seconds(60) },
        Fault::NotConnected,
        Fault::FileDiffers { name: "ca.crt".into(), expected: 1_200, found: 0 },
        Fault::FileDiffers { name: "ca.crt".into(), expected: 1_200, found: 800 },
        Fault::FileDiffers { name: "ca.crt".into(), expected: 1_200, found: 1_300 },
        Fault::SettingDiffers { setting: "cacert", expected: "a".into(), found: String::new() },
        Fault::Unfitting { command: "AT".into(), got: "+X: 1".into() },
    ];
    all.extend(
        ["SIM PIN", "SIM PUK", "SIM BUSY", "SIM FAILURE", "+CME ERROR: 10"]
            .map(|state| Fault::SimNotReady { state: state.into() }),
    );
    all.extend([2, 3, 6].map(|stat| Fault::NotRegistered { stat, after: seconds(60) }));
    all.extend([10, 11, 14, 15].map(|number| Fault::NotResolved { host: HOST.into(), number: Some(number) }));
    for line in [plain, numeric, web, tls, "AT+SSLMIPSTART=\"203.0.113.7\",8883", "AT+MIPSTART=\"mqtt://b\",1883"] {
        all.extend([1, 60].map(|after| bad(line, Awaited::Link, "CONNECT FAIL", seconds(after))));
        all.extend(["ALREADY CONNECT", "CLOSED"].map(|got| bad(line, Awaited::Link, got, seconds(1))));
        all.push(late(line, Awaited::Link));
        all.extend([0, 3, 797, 901, 910, 911, 917, 918].map(|number| refused(line, number)));
    }
    all.extend(
        ["ERROR", "CLOSED", "+CME ERROR: 767"].map(|got| bad("AT+MCONNECT=1,120", Awaited::Login, got, seconds(1))),
    );
    all.extend([0, 767].map(|number| refused("AT+MCONNECT=1,120", number)));
    all.push(late("AT+MCONNECT=1,120", Awaited::Login));
    for filter in ["a/b", "a/#/b"] {
        let line = format!("AT+MSUB=\"{filter}\",0");
        all.push(bad(&line, Awaited::Subscribed, "CLOSED", seconds(1)));
        all.push(late(&line, Awaited::Subscribed));
        all.extend([0, 767].map(|number| refused(&line, number)));
    }
    for line in [publish, "AT+MPUB=\"a/+\",1,0,\"x\"", "AT+MPUB=\"a\",1,0,\"{\"t\":1}\""] {
        all.push(bad(line, Awaited::Acknowledged, "CLOSED", seconds(1)));
        all.push(late(line, Awaited::Acknowledged));
        all.extend([0, 767].map(|number| refused(line, number)));
    }
    all.push(late("AT+MPUBEX=\"a\",1,0,5", Awaited::Prompt));
    all.push(late("AT+CSQ", Awaited::Acceptance));
    for (line, numbers) in [
        ("AT+MCONFIG=\"a\",\"b\"", &[0, 4, 765, 791][..]),
        ("AT+FSWRITE=\"ca.crt\",0,900,15", &[0, 51, 62]),
        ("AT+SSLCFG=\"seclevel\",88,1", &[0, 58]),
        ("AT+CPIN?", &[10, 11, 12, 13, 14]),
        ("AT+CDNSGIP=\"broker.test\"", &[0]),
        ("AT+CGACT=1,1", &[0, 107, 148, 149]),
        ("AT+QMTOPEN=0,\"b\",1883", &[0]),
        ("AT+CPNETAPN=2,<apn>,u,p,1 // remark", &[0]),
    ] {
        all.extend(numbers.iter().map(|number| refused(line, *number)));
    }
    all.extend(
        [
            LossCause::Closed,
            LossCause::BearerLost,
            LossCause::ModuleRestarted,
            LossCause::SimRemoved,
            LossCause::Silent,
        ]
        .map(Fault::SessionLost),
    );
    all
}

/// What this computer got: nothing, and one thing each.
fn looks() -> Vec<Option<Here>> {
    let address = "203.0.113.7:8883".parse().expect("an address");
    let at = |outcome| Some(PortHere { address, outcome, took: Duration::from_millis(20) });
    let base = || Here { host: HOST.into(), port: 8_883, is_tls: true, wanted: wanted(), ..Here::default() };
    let found = || Some(NameHere::Found(vec![address.ip()], Duration::ZERO));
    let offer = |answer| Some(SuiteProbe { together: Ok(answer), each: Vec::new() });
    vec![
        None,
        Some(Here { name: Some(NameHere::Unknown), ..base() }),
        Some(Here { name: found(), port_here: at(PortOutcome::Refused), ..base() }),
        Some(Here { name: found(), port_here: at(PortOutcome::Silent), ..base() }),
        Some(Here { name: found(), port_here: at(PortOutcome::Closes), ..base() }),
        Some(Here { name: found(), port_here: at(PortOutcome::Open), ..base() }),
        Some(Here { suites: offer(HelloAnswer::Alert(Alert::HANDSHAKE_FAILURE)), ..base() }),
        Some(Here { suites: offer(HelloAnswer::Alert(Alert::PROTOCOL_VERSION)), ..base() }),
        Some(Here { suites: offer(HelloAnswer::NotTls(b"HTTP/1.1 400".to_vec())), ..base() }),
        Some(Here { judged: Some(trusted()), ..base() }),
        Some(clocks_agree(base())),
        Some(Here { unnamed: Some(Unnamed::OtherCertificate("CN=x".into())), ..base() }),
        Some(Here { files: vec![(FileRole::ClientKey, Concern::PassPhrase)], ..base() }),
        Some(Here { files: vec![(FileRole::Authority, Concern::Binary)], ..base() }),
        Some(Here { login: Some(LoginHere::Answered(2)), is_tls: false, ..base() }),
    ]
}

/// The same chain by a module whose clock is right.
fn clocks_agree(here: Here) -> Here {
    let wanted = WantedTls { clocks: Some((1_790_000_000, 1_790_000_000)), ..wanted() };
    Here { judged: Some(trusted()), judged_by_module: Some(trusted()), wanted, ..here }
}

/// A chain that leads to the CA file, by name and dates too.
fn trusted() -> ChainJudgement {
    let relation = CaRelation::Issues;
    ChainJudgement { code: VerifyCode::OK, depth: 0, relation, is_in_order: true, sends_root: false, length: 2 }
}

fn wanted() -> WantedTls {
    WantedTls { checks_server: true, shows_certificate: true, ..WantedTls::default() }
}
