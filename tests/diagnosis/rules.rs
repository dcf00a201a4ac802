//! The likeliest cause of each fault, and that every fault but a wanted end has one.

use std::time::Duration;

use air780e_companion::{
    air780e::signal::Signal,
    diagnosis::{FromHere, judge, judge_missing_message, judge_with_comparison},
    modem::{
        event::{Awaited, Fault, LossCause, PortFault, Refusal, ValueFault},
        status::{Evidence, Rung, RungState, Session, Status},
    },
    time::{Moment, Observed},
};

fn first(status: &Status, fault: &Fault) -> &'static str {
    judge(status, fault).first().expect("a finding").id
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
        (PortFault::Other { port: port(), detail: "?".into() }, "F-001"),
        (PortFault::WorkerDied { port: port(), detail: "?".into() }, "F-000"),
    ];
    for (fault, id) in table {
        assert_eq!(first(&Status::default(), &Fault::Port(fault.clone())), id, "{fault:?}");
    }
}

#[test]
fn between_the_cable_and_the_data_connection() {
    let minute = Duration::from_mins(1);
    let sim = |state: &str| Fault::SimNotReady { state: state.to_owned() };
    let table = [
        (Fault::Silent { tries: 5 }, "F-001"),
        (Fault::Noise { bytes: 90 }, "F-001"),
        (Fault::LuaFirmware { line: "LuatOS".into() }, "F-009"),
        (sim("SIM PIN"), "F-023"),
        (sim("SIM PUK"), "F-024"),
        (sim("SIM REMOVED"), "F-021"),
        (sim("+CME ERROR: 10"), "F-021"),
        (sim("+CME ERROR: 14"), "F-025"),
        (sim("+CME ERROR: 13"), "F-026"),
        (Fault::NoSignal { rssi: 99 }, "F-031"),
        (Fault::NoSignal { rssi: 4 }, "F-032"),
        (Fault::NotRegistered { stat: 2, after: minute }, "F-037"),
        (Fault::NotRegistered { stat: 3, after: minute }, "F-038"),
        (Fault::NotRegistered { stat: 11, after: minute }, "F-041"),
        (Fault::NotAttached { after: minute }, "F-043"),
        (refused("AT+CPIN?", Refusal::Cme(10)), "F-021"),
        (refused("AT+CEREG?", Refusal::Cme(797)), "F-039"),
    ];
    for (fault, id) in table {
        assert_eq!(first(&Status::default(), &fault), id, "{fault:?}");
    }
}

#[test]
fn a_weak_signal_explains_what_follows_from_it() {
    let status = with_signal(6);
    let searching = Fault::NotRegistered { stat: 2, after: Duration::from_mins(1) };
    assert_eq!(first(&status, &searching), "F-032");
    assert_eq!(first(&status, &Fault::SessionLost(LossCause::Closed)), "F-185");
    assert_eq!(first(&status, &not_opened("broker.test", "CONNECT FAIL", 40)), "F-032");
    assert_eq!(first(&with_signal(99), &searching), "F-037", "unknown is not weak");
}

#[test]
fn attached_without_an_address_is_another_cause_than_not_attached() {
    let attached = Some(Observed::new(true, Moment::ZERO, "AT+CGATT?"));
    let status = Status { attached, ..Status::default() };
    assert_eq!(first(&status, &Fault::NotAttached { after: Duration::from_mins(1) }), "F-044");
}

#[test]
fn how_fast_the_connection_failed_decides() {
    let status = Status::default();
    assert_eq!(first(&status, &not_opened("203.0.113.5", "CONNECT FAIL", 0)), "F-058");
    assert_eq!(first(&status, &not_opened("203.0.113.5", "CONNECT FAIL", 40)), "F-059");
    assert_eq!(first(&status, &not_opened("192.168.1.9", "CONNECT FAIL", 40)), "F-060");
    assert_eq!(first(&status, &not_opened("mqtt://broker.test", "CONNECT FAIL", 0)), "F-057");
    assert_eq!(first(&status, &not_opened("broker.test", "ALREADY CONNECT", 0)), "F-063");
    let by_name: Vec<_> = judge(&status, &not_opened("broker.test", "CONNECT FAIL", 0)).iter().map(|f| f.id).collect();
    assert!(by_name.contains(&"F-052"), "a name may not exist: {by_name:?}");
    let by_number: Vec<_> = judge(&status, &not_opened("1.2.3.4", "CONNECT FAIL", 0)).iter().map(|f| f.id).collect();
    assert!(!by_number.contains(&"F-052"), "a numeric address needs no name: {by_number:?}");
}

#[test]
fn what_this_computer_gets_splits_what_the_modem_cannot() {
    let address = "203.0.113.5".parse().expect("an address");
    let fault = not_opened("broker.test", "CONNECT FAIL", 1);
    let ids = |here: FromHere| -> Vec<&str> {
        judge_with_comparison(&Status::default(), &fault, &here).iter().map(|finding| finding.id).collect()
    };
    assert_eq!(ids(FromHere::NameUnknown { host: "broker.test".into() })[0], "F-052");
    assert_eq!(ids(FromHere::Refused { address }), ["F-058"]);
    assert_eq!(ids(FromHere::Silent { address })[0], "F-059");
    let open = ids(FromHere::Open { address });
    assert_eq!(open[0], "F-048");
    assert!(!open.contains(&"F-058") && !open.contains(&"F-052"), "{open:?} are ruled out");
    let misspelt = not_opened("mqtt://broker.test", "CONNECT FAIL", 0);
    let here = FromHere::NameUnknown { host: "mqtt://broker.test".into() };
    assert_eq!(judge_with_comparison(&Status::default(), &misspelt, &here)[0].id, "F-057");
}

#[test]
fn between_the_login_and_the_message() {
    let table = [
        (outcome("AT+MCONNECT=1,120", "CONNACK OK", "ERROR"), "F-144"),
        (outcome("AT+MCONNECT=1,120", "CONNACK OK", "CLOSED"), "F-144"),
        (timed_out("AT+MCONNECT=1,120", "CONNACK OK"), "F-148"),
        (outcome("AT+MSUB=\"a\",0", "SUBACK", "CLOSED"), "F-155"),
        (timed_out("AT+MSUB=\"a\",0", "SUBACK"), "F-154"),
        (timed_out("AT+MPUB=\"a\",1,0,\"x\"", "PUBACK"), "F-168"),
        (outcome("AT+MPUB=\"a\",1,0,\"x\"", "PUBACK", "CLOSED"), "F-171"),
        (timed_out("AT+MPUBEX=\"a\",1,0,5", ">"), "F-013"),
        (timed_out("AT+CSQ", "OK"), "F-013"),
        (refused("AT+MPUB=\"a\",0,0,\"x\"", Refusal::Cme(767)), "F-064"),
        (refused("AT+MCONFIG=\"a\"", Refusal::Error), "F-138"),
        (Fault::SessionLost(LossCause::Closed), "F-149"),
        (Fault::SessionLost(LossCause::BearerLost), "F-049"),
        (Fault::SessionLost(LossCause::ModuleRestarted), "F-188"),
        (Fault::SessionLost(LossCause::SimRemoved), "F-021"),
        (Fault::NotConnected, "F-194"),
        (Fault::Busy, "F-018"),
        (Fault::Unfitting { command: "AT".into(), got: "+CSQ: 1".into() }, "F-004"),
        (Fault::BadValue { what: "host", why: ValueFault::Blank }, "F-057"),
        (
            Fault::BadValue { what: "password", why: ValueFault::TooLong { bytes: 300, limit: 256, origin: "?" } },
            "F-139",
        ),
        (Fault::BadValue { what: "password", why: ValueFault::Quote { mark: '"' } }, "F-138"),
    ];
    for (fault, id) in table {
        assert_eq!(first(&Status::default(), &fault), id, "{fault:?}");
    }
    let connected = Status { session: Session::Connected, ..Status::default() };
    assert_eq!(first(&connected, &refused("AT+MCONNECT=1,120", Refusal::Cme(767))), "F-136");
}

#[test]
fn a_tls_port_is_known_by_its_number() {
    let mut status = Status::default();
    status.ladder.entry_mut(Rung::Tcp).evidence = Some(Evidence {
        command: "AT+MIPSTART=\"broker.test\",8883".into(),
        line: "CONNECT OK".into(),
        at: Moment::ZERO,
        took: Duration::ZERO,
    });
    assert_eq!(first(&status, &outcome("AT+MCONNECT=1,120", "CONNACK OK", "CLOSED")), "F-069");
}

#[test]
fn a_wanted_end_is_nobodys_fault() {
    assert_eq!(judge(&Status::default(), &Fault::Cancelled), []);
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
    let findings = judge(&status, &Fault::NotRegistered { stat: 2, after: Duration::from_mins(1) });
    let evidence: Vec<_> = findings.first().expect("a finding").evidence.iter().map(ToString::to_string).collect();
    assert!(evidence.iter().any(|line| line == "AT+CEREG? → +CEREG: 0,2 (0.012 s)"), "{evidence:?}");
    assert!(evidence.iter().any(|line| line == "AT+CSQ: 6 (-101 dBm)"), "{evidence:?}");
}

#[test]
fn no_cause_is_named_twice() {
    let findings = judge(&with_signal(6), &timed_out("AT+MCONNECT=1,120", "CONNACK OK"));
    let mut ids: Vec<_> = findings.iter().map(|finding| finding.id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn a_missing_message_points_to_the_topic_first() {
    let findings = judge_missing_message(&Status::default(), 30);
    assert_eq!(findings.first().expect("a finding").id, "F-158");
}
