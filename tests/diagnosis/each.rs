//! Causes that no scenario plays: each with a case in which it is among what is said, and one beside it in which it is not.

use std::time::Duration;

use air780e_companion::{
    air780e::{details::ExtendedSignal, identity::Firmware},
    certs::{Concern, FileRole},
    diagnosis::{Case, Course, Here, diagnose},
    modem::{
        event::{Awaited, Event, ExchangeRecord, Fault, Refusal},
        request::RequestId,
        status::Status,
    },
    time::{Moment, Observed},
};

/// Everything that is said of `course`, named or only possible.
fn said(course: &Course) -> Vec<&'static str> {
    let diagnosis = diagnose(&Case { course, now: course.newest() });
    diagnosis.findings.iter().map(|finding| finding.id).collect()
}

fn of_fault(fault: &Fault) -> Vec<&'static str> {
    let mut course = Course::default();
    course.give_up(fault);
    said(&course)
}

fn at_rest(status: Status) -> Vec<&'static str> {
    let mut course = Course::default();
    course.status = status;
    said(&course)
}

fn record(command: &str, answer: &str, result: Result<(), Fault>) -> ExchangeRecord {
    ExchangeRecord {
        request: Some(RequestId(1)),
        step: None,
        command: command.into(),
        answer: vec![answer.to_owned()],
        sent_at: Moment::from_millis(1_000),
        accepted_at: Some(Moment::from_millis(1_010)),
        ended_at: Moment::from_millis(1_100),
        result,
        is_forgiven: false,
        data: None,
        unreadable: None,
    }
}

fn refused(command: &str, refusal: Refusal) -> Fault {
    Fault::Refused { command: command.into(), refusal }
}

fn not_opened(command: &str, seconds: u64) -> Fault {
    let after = Duration::from_secs(seconds);
    Fault::BadOutcome { command: command.into(), expected: Awaited::Link, got: "CONNECT FAIL".into(), after }
}

fn not_logged_in(got: &str) -> Fault {
    let after = Duration::from_millis(80);
    Fault::BadOutcome { command: "AT+MCONNECT=1,120".into(), expected: Awaited::Login, got: got.into(), after }
}

#[track_caller]
fn assert_told_apart(id: &str, with: &[&str], without: &[&str]) {
    assert!(with.contains(&id), "{id} is not among {with:?}");
    assert!(!without.contains(&id), "{id} is among {without:?}");
}

#[test]
fn faults_that_point_to_a_cause_or_leave_it_possible() {
    let tls = |seconds| of_fault(&not_opened("AT+SSLMIPSTART=\"broker.test\",8883", seconds));
    let plain = |seconds| of_fault(&not_opened("AT+MIPSTART=\"203.0.113.7\",1883", seconds));
    let login = |got| of_fault(&not_logged_in(got));
    let unfitting = Fault::Unfitting { command: "AT".into(), got: "+CSQ: 1".into() };
    let resolved = |number| of_fault(&Fault::NotResolved { host: "broker.test".into(), number: Some(number) });
    let refusal = |command: &str| of_fault(&refused(command, Refusal::Error));
    let filter = |bytes: usize| refusal(&format!("AT+MSUB=\"{}\",0", "a".repeat(bytes)));
    let silent = of_fault(&Fault::Silent { tries: 5 });
    assert_told_apart("F-004", &of_fault(&unfitting), &silent);
    assert_told_apart("F-006", &silent, &of_fault(&unfitting));
    assert_told_apart("F-055", &refusal("AT+CDNSGIP=\"broker.test\""), &resolved(14));
    assert_told_apart("F-056", &resolved(15), &resolved(14));
    assert_told_apart("F-061", &plain(0), &plain(60));
    assert_told_apart("F-085", &tls(60), &tls(1));
    assert_told_apart("F-087", &refusal("AT+SSLCFG=\"seclevel\",88,1"), &refusal("AT+MCONFIG=\"a\""));
    assert_told_apart("F-137", &login("CLOSED"), &login("ERROR"));
    for id in ["F-140", "F-141", "F-142", "F-145"] {
        assert_told_apart(id, &login("ERROR"), &tls(1));
    }
    assert_told_apart("F-160", &filter(300), &filter(30));
}

#[test]
fn values_that_the_module_told() {
    let seen = |rsrp, rsrq| {
        let mut status = Status::default();
        let signal = ExtendedSignal { rsrq, rsrp };
        status.details.signal = Some(Observed::new(signal, Moment::ZERO, "AT+CESQ"));
        at_rest(status)
    };
    assert_told_apart("F-033", &seen(45, 4), &seen(45, 25));
    let lost = |overwritten| at_rest(Status { overwritten, ..Status::default() });
    assert_told_apart("F-176", &lost(2), &lost(0));
    let firmware = |name: &str| {
        let firmware = Some(Observed::new(Firmware::parse(name), Moment::ZERO, "ATI"));
        at_rest(Status { firmware, ..Status::default() })
    };
    assert_told_apart("F-204", &firmware("AirM2M_780E_V1100_LTE_AT"), &firmware("AirM2M_780E_V1170_LTE_AT"));
}

#[test]
fn lines_beside_a_failure() {
    let operator = |answer: &str| {
        let mut course = Course::default();
        course.take(&Event::Exchange(Box::new(record("AT+COPS?", answer, Ok(())))));
        course.give_up(&Fault::NotRegistered { stat: 3, after: Duration::from_mins(1) });
        said(&course)
    };
    assert_told_apart("F-040", &operator("+COPS: 2"), &operator("+COPS: 0,2,\"46001\",7"));
    let acknowledged = |unreadable: Option<&str>| {
        let publish = "AT+MPUB=\"a\",1,0,\"x\"";
        let after = Duration::from_secs(15);
        let fault = Fault::TimedOut { command: publish.into(), expected: Awaited::Acknowledged, after };
        let mut course = Course::default();
        let told = record(publish, "OK", Err(fault));
        course.take(&Event::Exchange(Box::new(ExchangeRecord { unreadable: unreadable.map(str::to_owned), ..told })));
        said(&course)
    };
    assert_eq!(acknowledged(Some("PUB<81>CK"))[0], "F-017");
    assert_told_apart("F-017", &acknowledged(Some("PUB<81>CK")), &acknowledged(None));
}

#[test]
fn what_speaks_against_the_files_in_use() {
    let with = |concern: Option<(FileRole, Concern)>| {
        let mut course = Course::default();
        course.give_up(&not_opened("AT+SSLMIPSTART=\"broker.test\",8883", 1));
        let here = Here { is_tls: true, files: concern.into_iter().collect(), ..Here::default() };
        course.take_here(Some(Box::new(here)));
        said(&course)
    };
    let clean = with(None);
    let table = [
        ("F-118", FileRole::Authority, Concern::Utf16),
        ("F-124", FileRole::Authority, Concern::TooBig { bytes: 12_000 }),
        ("F-125", FileRole::Authority, Concern::Bundle { certificates: 9 }),
        ("F-126", FileRole::ClientKey, Concern::Pkcs8),
    ];
    for (id, role, concern) in table {
        assert_told_apart(id, &with(Some((role, concern))), &clean);
    }
}
