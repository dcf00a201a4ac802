//! The likeliest cause of each fault, and that every fault but a wanted end has one.

use std::time::Duration;

use air780e_companion::{
    air780e::signal::Signal,
    diagnosis::{Case, Course, Diagnosis, diagnose},
    modem::{
        event::{Awaited, Fault, LossCause, PortFault, Refusal, ValueFault},
        status::{Evidence, Rung, RungState, Session, Status},
    },
    time::{Moment, Observed},
};

fn judged(status: &Status, fault: &Fault) -> Diagnosis {
    let mut course = Course::default();
    course.status = status.clone();
    course.give_up(fault);
    diagnose(&Case { course: &course, now: Moment::ZERO })
}

/// The cause that is named, or all between which nothing decides.
fn said(status: &Status, fault: &Fault) -> Vec<&'static str> {
    let diagnosis = judged(status, fault);
    match &diagnosis.undecided {
        Some(open) => open.causes.iter().map(|cause| cause.id).collect(),
        None => vec![diagnosis.cause().expect("a cause").id],
    }
}

fn named(status: &Status, fault: &Fault) -> &'static str {
    let said = said(status, fault);
    assert_eq!(said.len(), 1, "{fault:?} is undecided: {said:?}");
    said[0]
}

/// Nothing is named, and these are among what it may be.
fn assert_undecided(status: &Status, fault: &Fault, wanted: &[&str]) {
    let open =
        judged(status, fault).undecided.unwrap_or_else(|| panic!("{fault:?} is decided: {:?}", said(status, fault)));
    let ids: Vec<_> = open.causes.iter().map(|cause| cause.id).collect();
    assert!(wanted.iter().all(|id| ids.contains(id)), "{fault:?}: {ids:?}, not all of {wanted:?}");
    assert!(open.step.what.key().starts_with("step-"));
}

fn with_signal(rssi: u8) -> Status {
    let signal = Observed::new(Signal { rssi, ber: 99 }, Moment::ZERO, "AT+CSQ");
    Status { signal: Some(signal), ..Status::default() }
}

fn not_opened(host: &str, got: &str, seconds: u64) -> Fault {
    Fault::BadOutcome {
        command: format!("AT+MIPSTART=\"{host}\",1883").into(),
        expected: Awaited::Link,
        got: got.to_owned(),
        after: Duration::from_secs(seconds),
    }
}

fn outcome(command: &str, expected: &'static str, got: &str) -> Fault {
    Fault::BadOutcome {
        command: command.into(),
        expected: Awaited::of(expected),
        got: got.to_owned(),
        after: Duration::from_millis(200),
    }
}

fn timed_out(command: &str, expected: &'static str) -> Fault {
    Fault::TimedOut { command: command.into(), expected: Awaited::of(expected), after: Duration::from_secs(15) }
}

fn refused(command: &str, refusal: Refusal) -> Fault {
    Fault::Refused { command: command.into(), refusal }
}

#[test]
fn a_port_that_is_of_no_use() {
    let port = || "/dev/ttyUSB0".to_owned();
    let table = [
        (PortFault::Missing { port: port() }, "F-008"),
        (PortFault::Busy { port: port() }, "F-002"),
        (PortFault::NoPermission { port: port(), group: Some("dialout".into()) }, "F-003"),
        (PortFault::Unplugged { port: port() }, "F-020"),
        (PortFault::NotSerial { port: port() }, "F-001"),
        (PortFault::WorkerDied { port: port(), detail: "?".into() }, "F-000"),
    ];
    for (fault, id) in table {
        assert_eq!(named(&Status::default(), &Fault::Port(fault.clone())), id, "{fault:?}");
    }
    for (port, is_shared) in [("/dev/ttyACM0", true), ("COM5", false), ("/dev/cu.usbmodem1", false)] {
        let busy = Fault::Port(PortFault::Busy { port: port.to_owned() });
        let findings = judged(&Status::default(), &busy).findings;
        let ids: Vec<_> = findings.iter().map(|finding| finding.id).collect();
        assert_eq!(ids.contains(&"F-004"), is_shared, "{port}: {ids:?}");
    }
    let other = Fault::Port(PortFault::Other { port: port(), detail: "?".into() });
    assert_undecided(&Status::default(), &other, &["F-001", "F-020"]);
}

#[test]
fn between_the_cable_and_the_data_connection() {
    let minute = Duration::from_mins(1);
    let sim = |state: &str| Fault::SimNotReady { state: state.to_owned() };
    let table = [
        (Fault::LuaFirmware { line: "LuatOS".into() }, "F-009"),
        (sim("SIM PIN"), "F-023"),
        (sim("SIM PUK"), "F-024"),
        (sim("SIM REMOVED"), "F-021"),
        (sim("+CME ERROR: 10"), "F-021"),
        (sim("+CME ERROR: 14"), "F-025"),
        (sim("+CME ERROR: 13"), "F-026"),
        (Fault::NoSignal { rssi: 99 }, "F-031"),
        (Fault::NoSignal { rssi: 4 }, "F-032"),
        (Fault::NotRegistered { stat: 3, after: minute }, "F-038"),
        (Fault::NotRegistered { stat: 11, after: minute }, "F-041"),
        (Fault::NotAttached { after: minute }, "F-043"),
        (refused("AT+CPIN?", Refusal::Cme(10)), "F-021"),
        (refused("AT+CEREG?", Refusal::Cme(797)), "F-039"),
    ];
    for (fault, id) in table {
        assert_eq!(named(&Status::default(), &fault), id, "{fault:?}");
    }
    let open: [(Fault, &[&str]); 3] = [
        (Fault::Silent { tries: 5 }, &["F-001", "F-005", "F-008", "F-009", "F-013", "F-014"]),
        (Fault::Noise { bytes: 9_000 }, &["F-001", "F-005"]),
        (Fault::NotRegistered { stat: 2, after: minute }, &["F-027", "F-028", "F-029", "F-036", "F-037"]),
    ];
    for (fault, ids) in open {
        assert_undecided(&Status::default(), &fault, ids);
    }
}

#[test]
fn a_weak_signal_explains_what_follows_from_it() {
    let status = with_signal(6);
    let searching = Fault::NotRegistered { stat: 2, after: Duration::from_mins(1) };
    assert_eq!(named(&status, &searching), "F-032");
    assert_eq!(named(&status, &Fault::SessionLost(LossCause::Closed)), "F-185");
    assert_eq!(named(&status, &not_opened("broker.test", "CONNECT FAIL", 40)), "F-032");
    assert_eq!(named(&with_signal(99), &searching), "F-031");
    assert_undecided(&with_signal(24), &searching, &["F-027", "F-037"]);
}

#[test]
fn attached_without_an_address_is_another_cause_than_not_attached() {
    let attached = Some(Observed::new(true, Moment::ZERO, "AT+CGATT?"));
    let status = Status { attached, ..Status::default() };
    assert_eq!(named(&status, &Fault::NotAttached { after: Duration::from_mins(1) }), "F-044");
}

#[test]
fn how_fast_the_connection_failed_decides() {
    let status = Status::default();
    assert_eq!(named(&status, &not_opened("203.0.113.5", "CONNECT FAIL", 0)), "F-058");
    assert_undecided(&status, &not_opened("203.0.113.5", "CONNECT FAIL", 40), &["F-059", "F-048", "F-045"]);
    assert_eq!(named(&status, &not_opened("192.168.1.9", "CONNECT FAIL", 40)), "F-060");
    assert_eq!(named(&status, &not_opened("mqtt://broker.test", "CONNECT FAIL", 0)), "F-057");
    assert_eq!(named(&status, &not_opened("broker.test", "ALREADY CONNECT", 0)), "F-063");
    assert_undecided(&status, &not_opened("broker.test", "CONNECT FAIL", 0), &["F-052", "F-058"]);
    let by_number = said(&status, &not_opened("1.2.3.4", "CONNECT FAIL", 0));
    assert!(!by_number.contains(&"F-052"), "a numeric address needs no name: {by_number:?}");
}

#[test]
fn between_the_login_and_the_message() {
    let table = [
        (timed_out("AT+MCONNECT=1,120", "CONNACK OK"), "F-148"),
        (outcome("AT+MSUB=\"a\",0", "SUBACK", "CLOSED"), "F-155"),
        (timed_out("AT+MSUB=\"a\",0", "SUBACK"), "F-154"),
        (timed_out("AT+MPUB=\"a\",1,0,\"x\"", "PUBACK"), "F-168"),
        (outcome("AT+MPUB=\"a\",1,0,\"x\"", "PUBACK", "CLOSED"), "F-171"),
        (Fault::SessionLost(LossCause::BearerLost), "F-049"),
        (Fault::SessionLost(LossCause::SimRemoved), "F-021"),
        (Fault::BadValue { what: "host", why: ValueFault::Blank }, "F-057"),
        (
            Fault::BadValue { what: "password", why: ValueFault::TooLong { bytes: 300, limit: 256, origin: "?" } },
            "F-139",
        ),
        (Fault::BadValue { what: "password", why: ValueFault::Quote { mark: '"' } }, "F-138"),
    ];
    for (fault, id) in table {
        assert_eq!(named(&Status::default(), &fault), id, "{fault:?}");
    }
    let open: [(Fault, &[&str]); 8] = [
        // No code of a CONNACK reaches the port: what a broker may mean by its no stands side by side.
        (
            outcome("AT+MCONNECT=1,120", "CONNACK OK", "ERROR"),
            &["F-141", "F-142", "F-143", "F-144", "F-145", "F-146", "F-147"],
        ),
        (outcome("AT+MCONNECT=1,120", "CONNACK OK", "CLOSED"), &["F-062", "F-065", "F-069"]),
        (timed_out("AT+MPUBEX=\"a\",1,0,5", ">"), &["F-013", "F-165"]),
        (timed_out("AT+CSQ", "OK"), &["F-001", "F-007"]),
        (refused("AT+MCONFIG=\"a\"", Refusal::Error), &["F-138", "F-139"]),
        (Fault::SessionLost(LossCause::Closed), &["F-149", "F-182", "F-189", "F-192"]),
        (Fault::SessionLost(LossCause::ModuleRestarted), &["F-187", "F-188"]),
        (Fault::NotConnected, &["F-194", "F-064"]),
    ];
    for (fault, ids) in open {
        assert_undecided(&Status::default(), &fault, ids);
    }
    let connected = Status { session: Session::Connected, ..Status::default() };
    assert_eq!(named(&connected, &refused("AT+MCONNECT=1,120", Refusal::Cme(767))), "F-136");
}

#[test]
fn a_wanted_end_is_nobodys_fault() {
    let diagnosis = judged(&Status::default(), &Fault::Cancelled);
    assert_eq!((diagnosis.trouble, diagnosis.findings), (None, vec![]));
}

#[test]
fn a_finding_shows_what_it_rests_on() {
    let mut status = with_signal(6);
    let entry = status.ladder.entry_mut(Rung::Network);
    entry.state = RungState::Failed;
    entry.evidence = Some(Evidence {
        command: "AT+CEREG?".into(),
        line: "+CEREG: 0,2".into(),
        at: Moment::ZERO,
        took: Duration::from_millis(12),
    });
    let findings = judged(&status, &Fault::NotRegistered { stat: 2, after: Duration::from_mins(1) }).findings;
    let evidence: Vec<_> = findings.first().expect("a finding").evidence.iter().map(ToString::to_string).collect();
    assert!(evidence.iter().any(|line| line == "AT+CEREG? → +CEREG: 0,2 (0.012 s)"), "{evidence:?}");
    assert!(evidence.iter().any(|line| line == "AT+CSQ → +CSQ: 6 (-101 dBm)"), "{evidence:?}");
}

#[test]
fn no_cause_is_named_twice() {
    let findings = judged(&with_signal(6), &timed_out("AT+MCONNECT=1,120", "CONNACK OK")).findings;
    let mut ids: Vec<_> = findings.iter().map(|finding| finding.id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn a_message_that_never_came_is_undecided_between_topic_and_rights() {
    let mut course = Course::default();
    course.take_missed_message(30);
    let diagnosis = diagnose(&Case { course: &course, now: Moment::ZERO });
    let ids: Vec<_> = diagnosis.undecided.expect("nothing decides").causes.iter().map(|cause| cause.id).collect();
    assert!(["F-155", "F-156", "F-158"].iter().all(|id| ids.contains(id)), "{ids:?}");
}
