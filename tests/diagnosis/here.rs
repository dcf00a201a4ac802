//! What this computer gets at real listeners, each broken in one way, through `here` and `diagnose`: the broken thing comes
//! first, by a quick look. And what no look from here may say.

use std::{
    net::{IpAddr, SocketAddr},
    sync::{Arc, LazyLock},
    time::{Duration, Instant},
};

use air780e_companion::{
    air780e::verb::Awaited,
    broker::{Server, ServerConfig},
    diagnosis::{
        Case, Certainty, Course, Diagnosis, FailureCause, HelloAnswer, Here, HereStage, NameFailure, NameHere,
        PortHere, PortOutcome, Remedy, diagnose,
    },
    here::{Depth, Order, Surroundings, System, look_telling},
    lang::Lang,
    modem::{
        event::{Event, ExchangeRecord, Fault},
        request::{Contents, FileRef, RequestId, Security, TlsOptions, Version},
        status::Rung,
    },
    sim::range::{ClientKind, Fault as Defect, HOST, Range, RangeConfig},
    time::Moment,
    tls::{Alert, SuiteProbe},
};

const NOW: i64 = 1_790_000_000;
const PORT: u16 = 8_883;

/// One range for all tests, with a broker behind it: its keys take a while.
fn range() -> &'static Range {
    static RANGE: LazyLock<(Range, Server)> = LazyLock::new(|| {
        let broker = Server::start(ServerConfig::default()).expect("a broker");
        let range = Range::start(&RangeConfig::all(NOW, Some(broker.local_addr()))).expect("a range");
        (range, broker)
    });
    &RANGE.0
}

fn server(ca: &[u8]) -> Security {
    Security::Server { ca: FileRef::with("ca.crt", Contents::public(ca.to_vec())) }
}

fn mutual(range: &Range, kind: ClientKind) -> Security {
    let files = range.files().client(kind);
    Security::Mutual {
        ca: FileRef::with("ca.crt", Contents::public(range.files().ca().to_vec())),
        certificate: FileRef::with("c.crt", Contents::public(files.certificate.clone())),
        key: FileRef::with("c.key", Contents::secret(files.key.clone())),
    }
}

fn order(range: &Range, defect: Defect, security: Security) -> Order {
    let tls = TlsOptions { version: (defect == Defect::Tls10Only).then_some(Version::Tls12), ..TlsOptions::default() };
    Order { route: range.address(defect), ..Order::quick(HOST, PORT, security, tls, NOW) }
}

#[expect(clippy::disallowed_methods, reason = "real sockets have real limits")]
fn looked(order: &Order) -> (Here, Duration) {
    let begun = Instant::now();
    let around = Surroundings { stop: &|| false, clock: &|| begun.elapsed(), world: Arc::new(System) };
    let here = look_telling(order, &around, &mut |_| {});
    (here, begun.elapsed())
}

/// A course in which one dialogue failed.
fn failed(command: &str, expected: Awaited, got: &str, after: Duration) -> Course {
    let fault = Fault::BadOutcome { command: command.into(), expected, got: got.to_owned(), after };
    with_exchange(Course::default(), command, got, Err(fault))
}

fn with_exchange(course: Course, command: &str, answer: &str, result: Result<(), Fault>) -> Course {
    let record = ExchangeRecord {
        request: Some(RequestId(1)),
        step: None,
        command: command.into(),
        answer: vec![answer.to_owned()],
        sent_at: Moment::ZERO,
        accepted_at: Some(Moment::ZERO),
        ended_at: Moment::from_millis(400),
        result,
        is_forgiven: false,
        data: None,
        unreadable: None,
    };
    later(course, record)
}

/// Each dialogue comes a second after the one before.
fn later(mut course: Course, record: ExchangeRecord) -> Course {
    let begun = course.newest().since_open() + Duration::from_secs(1);
    let at = |millis| Moment::from(begun + Duration::from_millis(millis));
    let record = ExchangeRecord { sent_at: at(0), accepted_at: Some(at(10)), ended_at: at(80), ..record };
    course.take(&Event::Exchange(Box::new(record)));
    course
}

fn link_failed(after: Duration) -> Course {
    failed(&format!("AT+SSLMIPSTART=\"{HOST}\",{PORT}"), Awaited::Link, "CONNECT FAIL", after)
}

fn login_failed(port: u16) -> Course {
    let opened = with_exchange(Course::default(), &format!("AT+MIPSTART=\"{HOST}\",{port}"), "CONNECT OK", Ok(()));
    let fault = Fault::BadOutcome {
        command: "AT+MCONNECT=1,120".into(),
        expected: Awaited::Login,
        got: "CLOSED".to_owned(),
        after: Duration::from_millis(80),
    };
    with_exchange(opened, "AT+MCONNECT=1,120", "CLOSED", Err(fault))
}

fn judged(course: &Course, here: &Here) -> Diagnosis {
    let mut course = course.clone();
    course.take_here(Some(Box::new(here.clone())));
    diagnose(&Case { course: &course, now: Moment::from_millis(9_000) })
}

fn first(diagnosis: &Diagnosis) -> Option<&'static str> {
    diagnosis.findings.first().map(|finding| finding.id)
}

fn ids(diagnosis: &Diagnosis) -> Vec<String> {
    diagnosis.findings.iter().map(|finding| format!("{}{}", finding.id, &finding.certainty.key()[..1])).collect()
}

#[test]
fn each_defect_of_the_range_comes_first_by_a_quick_look() {
    let range = range();
    let mut wrong = Vec::new();
    for defect in Defect::ALL {
        let security = match defect {
            Defect::TlsInsteadOfPlain => Security::Plain,
            Defect::EllipticAuthority => server(range.files().elliptic_ca()),
            _ => server(range.files().ca()),
        };
        let is_plain = security == Security::Plain;
        let (here, took) = looked(&order(range, defect, security));
        let course = if is_plain { login_failed(PORT) } else { link_failed(Duration::from_millis(400)) };
        let diagnosis = judged(&course, &here);
        println!("{defect}: {:?} in {} ms", ids(&diagnosis), took.as_millis());
        let is_right = match defect.facts().catalogue {
            Some(id) => first(&diagnosis) == Some(id),
            None => diagnosis.findings.iter().all(|finding| finding.certainty != Certainty::Seen),
        };
        if !is_right || took > Duration::from_secs(5) || here.stage != HereStage::Done {
            wrong.push(format!("{defect}: {:?} wanted, {:?}, {took:?}", defect.facts().catalogue, ids(&diagnosis)));
        }
        let english = diagnosis.findings.iter().flat_map(|finding| &finding.evidence).filter(|fact| fact.at.is_none());
        for fact in english {
            let (english, chinese) = (fact.to(Lang::En), fact.to(Lang::ZhCn));
            let is_sentence = !chinese.is_ascii() && english != chinese && !english.contains("PC:");
            assert!(is_sentence, "{defect}: {fact:?}");
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), Defect::ALL.len(), wrong.join("\n"));
}

#[test]
fn each_kind_of_client_certificate_is_told_apart() {
    let range = range();
    for kind in ClientKind::ALL {
        let (here, _) = looked(&order(range, Defect::ClientCertificate, mutual(range, kind)));
        let diagnosis = judged(&link_failed(Duration::from_millis(400)), &here);
        match kind.catalogue() {
            Some(id) => assert_eq!(first(&diagnosis), Some(id), "{kind:?}: {:?}", ids(&diagnosis)),
            None => assert!(diagnosis.findings.iter().all(|finding| finding.certainty != Certainty::Seen), "{kind:?}"),
        }
    }
}

#[test]
fn a_full_look_fills_the_table_of_suites() {
    let range = range();
    let full = Order { depth: Depth::Full, ..order(range, Defect::EcdheOnly, server(range.files().ca())) };
    let (here, _) = looked(&full);
    assert_eq!(here.suites.as_ref().map(|probe| probe.each.len()), Some(6));
    assert_eq!(first(&judged(&link_failed(Duration::from_millis(400)), &here)), Some("F-071"));
}

#[test]
fn a_web_server_behind_tls_is_found_where_the_login_fails() {
    let mut order = order(range(), Defect::Good, Security::Encrypted);
    order.was_open = true;
    let (here, _) = looked(&order);
    assert_eq!(here.web, None, "a broker answers no question for a page");
    let web = Here { web: Some("HTTP/1.1 403 Forbidden".to_owned()), port: 443, ..here };
    let diagnosis = judged(&login_failed(443), &web);
    assert_eq!(first(&diagnosis), Some("F-062"));
    assert!(ids(&diagnosis).contains(&"F-080l".to_owned()), "{:?}", ids(&diagnosis));
}

/// A look that came as far as the name or the port.
fn here(name: NameHere, outcome: Option<PortOutcome>) -> Here {
    let address: SocketAddr = "203.0.113.7:8883".parse().expect("an address");
    Here {
        host: HOST.to_owned(),
        port: PORT,
        is_tls: true,
        stage: HereStage::Done,
        name: Some(name),
        port_here: outcome.map(|outcome| PortHere { address, outcome, took: Duration::from_millis(20) }),
        ..Here::default()
    }
}

fn found() -> NameHere {
    NameHere::Found(vec!["203.0.113.7".parse().expect("an address")], Duration::from_millis(3))
}

#[test]
fn a_step_that_this_computer_took_is_not_advised_again() {
    let step = |here: Option<&Here>| {
        let mut course = link_failed(Duration::from_millis(400));
        course.take_here(here.cloned().map(Box::new));
        let diagnosis = diagnose(&Case { course: &course, now: Moment::from_millis(9_000) });
        diagnosis.undecided.and_then(|undecided| undecided.step.remedy)
    };
    assert_eq!(step(None), Some(Remedy::Compare));
    let (works, _) = looked(&order(range(), Defect::Good, server(range().files().ca())));
    assert_eq!(step(Some(&works)), Some(Remedy::Certificates));
    let unknown = Security::Server { ca: FileRef::existing("ca.crt") };
    let (bare, _) = looked(&order(range(), Defect::Good, unknown));
    assert_eq!((bare.as_module.is_none(), step(Some(&bare))), (true, Some(Remedy::Certificates)));
}

#[test]
fn who_accepts_and_closes_is_known_where_the_login_fails() {
    let plain = |outcome| Here { is_tls: false, ..here(found(), Some(outcome)) };
    assert_eq!(first(&judged(&login_failed(PORT), &plain(PortOutcome::Closes))), Some("F-065"));
    let web = Here { web: Some("HTTP/1.1 400 Bad Request".to_owned()), ..plain(PortOutcome::Open) };
    assert_eq!(first(&judged(&login_failed(PORT), &web)), Some("F-062"));
}

#[test]
fn a_resolver_in_trouble_accuses_nobody_and_says_so() {
    let course = link_failed(Duration::from_millis(400));
    let nothing = diagnose(&Case { course: &course, now: Moment::from_millis(9_000) });
    let offline = [
        here(NameHere::Failed(NameFailure::Temporary), None),
        here(NameHere::Failed(NameFailure::NoNetwork), None),
        here(NameHere::Failed(NameFailure::Resolver(-4)), None),
        here(NameHere::Silent, None),
        here(found(), Some(PortOutcome::NoWay(std::io::ErrorKind::NetworkUnreachable))),
    ];
    for here in offline {
        let diagnosis = judged(&course, &here);
        let remarks: Vec<_> = diagnosis.remarks.iter().map(|(cause, facts)| (cause.id, facts.len())).collect();
        assert_eq!(remarks, [("F-210", 1)], "{here:?}");
        assert_eq!(first(&diagnosis), first(&nothing), "{here:?}");
        assert!(diagnosis.findings.iter().all(|finding| finding.id != "F-210"));
    }
    assert_eq!(judged(&course, &here(NameHere::Unknown, None)).remarks, []);
}

#[test]
fn a_name_that_the_module_knows_is_never_unknown() {
    let unknown = here(NameHere::Unknown, None);
    let mut course = link_failed(Duration::from_millis(400));
    assert_eq!(first(&judged(&course, &unknown)), Some("F-052"));
    assert_eq!(judged(&course, &unknown).trouble.expect("a trouble").rung, Some(Rung::Dns));
    let resolved = Event::Resolved { at: Moment::ZERO, host: HOST.to_owned(), result: Ok("192.0.2.9".to_owned()) };
    course.take(&resolved);
    let diagnosis = judged(&course, &unknown);
    assert!(diagnosis.findings.iter().all(|finding| finding.id != "F-052"), "{:?}", ids(&diagnosis));
    assert!(diagnosis.findings.iter().any(|finding| finding.id == "F-054"), "{:?}", ids(&diagnosis));
    assert_ne!(diagnosis.trouble.expect("a trouble").rung, Some(Rung::Dns));
}

#[test]
fn another_address_inside_is_a_split_name() {
    let mut course = link_failed(Duration::from_millis(400));
    let result = Ok("10.1.2.3".to_owned());
    course.take(&Event::Resolved { at: Moment::ZERO, host: HOST.to_owned(), result });
    let certainty = |here: &Here| {
        let diagnosis = judged(&course, here);
        diagnosis.findings.iter().find(|finding| finding.id == "F-054").map(|finding| finding.certainty)
    };
    assert_eq!(certainty(&here(found(), Some(PortOutcome::Open))), Some(Certainty::Likely));
    let same: IpAddr = "10.1.2.3".parse().expect("an address");
    let same = here(NameHere::Found(vec![same], Duration::ZERO), Some(PortOutcome::Open));
    assert_eq!(certainty(&same), None);
}

#[test]
fn a_quick_no_to_tls_never_points_to_the_card_while_the_port_opens_from_here() {
    let open = |together| Here {
        suites: Some(SuiteProbe { together, each: Vec::new() }),
        ..here(found(), Some(PortOutcome::Open))
    };
    let refused = open(Ok(HelloAnswer::Alert(Alert::HANDSHAKE_FAILURE)));
    let quick = judged(&link_failed(Duration::from_millis(400)), &refused);
    let named = quick.findings.iter().filter(|finding| finding.certainty != Certainty::Possible);
    assert!(named.clone().all(|finding| !["F-048", "F-045"].contains(&finding.id)), "{:?}", ids(&quick));
    let silent = open(Err(FailureCause::TimedOut));
    let slow = judged(&link_failed(Duration::from_mins(1)), &silent);
    assert!(slow.findings.iter().any(|finding| finding.id == "F-048"), "{:?}", ids(&slow));
}

#[test]
fn a_closed_port_is_the_step_that_failed_for_tls_too() {
    let diagnosis = judged(&link_failed(Duration::from_millis(400)), &here(found(), Some(PortOutcome::Refused)));
    assert_eq!(ids(&diagnosis)[0], "F-058s");
    assert_eq!(diagnosis.trouble.expect("a trouble").rung, Some(Rung::Tcp));
}

#[test]
fn own_files_are_judged_before_anything_is_opened() {
    let range = range();
    let files = range.files();
    let table: [(Security, &str); 4] = [
        (server(&files.client(ClientKind::Good).certificate), "F-099"),
        (server(&files.client(ClientKind::Good).key), "F-122"),
        (mutual(range, ClientKind::WrongKey), "F-129"),
        (mutual(range, ClientKind::Expired), "F-131"),
    ];
    for (security, id) in table {
        let here = Here {
            files: air780e_companion::here::concerns_of(&security, NOW),
            pairing: air780e_companion::here::pairing_of(&security),
            ..Here::default()
        };
        let diagnosis = judged(&Course::default(), &here);
        assert_eq!(first(&diagnosis), Some(id), "{:?}", ids(&diagnosis));
    }
}
