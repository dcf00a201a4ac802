//! Whole courses: what happened before a failure, and what this computer got, against the likeliest finding.

use std::{net::SocketAddr, time::Duration};

use air780e_companion::{
    diagnosis::{Case, Certainty, Course, Diagnosis, Here, NameHere, PortHere, PortOutcome, WantedTls, diagnose},
    modem::{
        event::{Awaited, Event, ExchangeRecord, Fault, LossCause, Refusal, WireKind, WireLine},
        request::RequestId,
        status::{Loss, Rung, RungState, Status},
    },
    time::Moment,
    tls::{Alert, HelloAnswer, ServerHello, SuiteProbe},
};

/// A course in the making; every step comes a second after the one before.
#[derive(Default)]
struct Story {
    course: Course,
    at: u64,
}

impl Story {
    fn now(&self) -> Moment {
        Moment::from_millis(self.at)
    }

    fn later(mut self, millis: u64) -> Self {
        self.at += millis;
        self
    }

    fn typed(mut self, command: &str, answer: &str, result: Result<(), Fault>) -> Self {
        let sent_at = self.now();
        self.at += 1_000;
        let record = ExchangeRecord {
            request: Some(RequestId(self.at)),
            step: None,
            command: command.into(),
            answer: vec![answer.to_owned()],
            sent_at,
            accepted_at: Some(sent_at),
            ended_at: self.now(),
            result,
            is_forgiven: false,
            data: None,
            unreadable: None,
        };
        self.course.take(&Event::Exchange(Box::new(record)));
        self
    }

    fn works(self, command: &str, answer: &str) -> Self {
        self.typed(command, answer, Ok(()))
    }

    fn refused(self, command: &str, number: u32) -> Self {
        let fault = Fault::Refused { command: command.into(), refusal: Refusal::Cme(number) };
        self.typed(command, &format!("+CME ERROR: {number}"), Err(fault))
    }

    fn not_opened(self, command: &str, seconds: u64) -> Self {
        let got = "CONNECT FAIL".to_owned();
        let after = Duration::from_secs(seconds);
        let fault = Fault::BadOutcome { command: command.into(), expected: Awaited::Link, got, after };
        self.typed(command, "CONNECT FAIL", Err(fault))
    }

    fn hears(mut self, text: &str) -> Self {
        let line = WireLine::plain(self.now(), WireKind::Unsolicited, text.to_owned());
        self.course.take(&Event::Wire(line));
        self
    }

    fn logs_in(mut self, keep_alive: u32) -> Self {
        self = self.works("AT+MIPSTART=\"broker.test\",1883", "CONNECT OK");
        self = self.works(&format!("AT+MCONNECT=1,{keep_alive}"), "CONNACK OK");
        self.course.take(&Event::Rung { at: self.now(), rung: Rung::Mqtt, state: RungState::Confirmed });
        self
    }

    fn loses(mut self, cause: LossCause) -> Self {
        let at = self.now();
        let mut status = self.course.status.clone();
        status.losses.push(Loss { at, cause });
        self.course.take(&Event::Status(Box::new(status)));
        self.course.take(&Event::SessionLost { at, cause, asked: None });
        self
    }

    fn judged(&self, here: Option<&Here>) -> Diagnosis {
        let mut course = self.course.clone();
        course.take_here(here.cloned().map(Box::new));
        diagnose(&Case { course: &course, now: self.now() })
    }

    fn first(&self) -> (&'static str, Certainty) {
        let diagnosis = self.judged(None);
        let first = diagnosis.findings.first().expect("a finding");
        (first.id, first.certainty)
    }
}

fn excluded(diagnosis: &Diagnosis) -> Vec<&'static str> {
    diagnosis.findings[0].excluded.iter().map(|one| one.id).collect()
}

#[test]
fn the_order_of_login_and_link_is_read_from_the_clock() {
    let late = Story::default()
        .works("AT+MCONFIG=\"c\"", "OK")
        .works("AT+MIPSTART=\"b\",1883", "CONNECT OK")
        .later(5_000)
        .hears("CLOSED")
        .refused("AT+MCONNECT=1,120", 767);
    assert_eq!(late.first(), ("F-134", Certainty::Seen));
    assert!(late.judged(None).findings[0].evidence.iter().any(|fact| fact.took == Some(Duration::from_secs(5))));

    let twice = Story::default().logs_in(120).refused("AT+MCONNECT=1,120", 767);
    assert_eq!(twice.first(), ("F-136", Certainty::Seen));

    let without_link = Story::default().refused("AT+MCONNECT=1,120", 767);
    assert_eq!(without_link.first(), ("F-064", Certainty::Seen));

    let overlooked = Story::default().logs_in(120).hears("CLOSED").later(1_000).refused("AT+MPUB=\"t\",0,0,\"x\"", 767);
    assert_eq!(overlooked.first(), ("F-194", Certainty::Seen));
    let too_early = Story::default().refused("AT+MSUB=\"t\",0", 767);
    assert_eq!(too_early.first(), ("F-153", Certainty::Seen));
}

#[test]
fn a_login_before_connect_ok_is_told_by_the_stamps() {
    let mut course = Story::default();
    let link = |accepted: u64, ended: u64| ExchangeRecord {
        request: Some(RequestId(1)),
        step: None,
        command: "AT+MIPSTART=\"b\",1883".into(),
        answer: vec!["CONNECT OK".to_owned()],
        sent_at: Moment::ZERO,
        accepted_at: Some(Moment::from_millis(accepted)),
        ended_at: Moment::from_millis(ended),
        result: Ok(()),
        is_forgiven: false,
        data: None,
        unreadable: None,
    };
    course.course.take(&Event::Exchange(Box::new(link(100, 2_000))));
    course.at = 500;
    let course = course.refused("AT+MCONNECT=1,120", 767);
    assert_eq!(course.first(), ("F-135", Certainty::Seen));
}

#[test]
fn a_loss_is_read_by_the_idle_time_the_rhythm_and_what_came_before() {
    let idle = Story::default().logs_in(300).later(400_000).loses(LossCause::Closed);
    assert_eq!(idle.first().0, "F-180");
    let missed = Story::default().logs_in(60).later(100_000).loses(LossCause::Closed);
    assert_eq!(missed.first().0, "F-182");
    let fast = Story::default().logs_in(120).later(3_000).loses(LossCause::Closed);
    assert_eq!(fast.first().0, "F-149");
    assert!(excluded(&fast.judged(None)).contains(&"F-182"), "three seconds are no keep-alive");

    let mut rhythm = Story::default();
    for _ in 0..3 {
        rhythm = rhythm.logs_in(120).later(4_000).loses(LossCause::Closed).later(2_000);
    }
    assert_eq!(rhythm.first(), ("F-149", Certainty::Likely));

    let own = Story::default().logs_in(120).later(9_000).works("AT+MIPCLOSE", "OK").loses(LossCause::Closed);
    assert_eq!(own.first(), ("F-191", Certainty::Seen));

    let cell = Story::default().logs_in(120).later(9_000).hears("^MODE: 0,0").loses(LossCause::Closed);
    assert_eq!(cell.first(), ("F-185", Certainty::Seen));
}

#[test]
fn one_restart_points_to_the_supply_and_two_to_a_loop() {
    let once =
        Story::default().logs_in(120).later(9_000).hears("^boot.rom").hears("RDY").loses(LossCause::ModuleRestarted);
    assert_eq!(once.first().0, "F-187");
    let again = once.later(20_000).hears("RDY").loses(LossCause::ModuleRestarted);
    assert_eq!(again.first(), ("F-188", Certainty::Seen));
}

#[test]
fn tls_settings_that_act_nowhere_are_seen_in_the_commands() {
    let link = "AT+SSLMIPSTART=\"broker.test\",8883";
    let elsewhere = Story::default().works("AT+SSLCFG=\"seclevel\",0,1", "OK").not_opened(link, 1);
    assert_eq!(elsewhere.first(), ("F-088", Certainty::Seen));
    let lost = Story::default()
        .works("AT+SSLCFG=\"seclevel\",88,0", "OK")
        .later(500)
        .hears("RDY")
        .later(9_000)
        .not_opened(link, 1);
    assert_eq!(lost.first(), ("F-089", Certainty::Seen));
    let no_ca = Story::default().works("AT+SSLCFG=\"seclevel\",88,1", "OK").not_opened(link, 1);
    assert_eq!(no_ca.first(), ("F-094", Certainty::Likely), "it may have been set before the course began");
    let no_ca_since_the_start =
        Story::default().hears("RDY").later(9_000).works("AT+SSLCFG=\"seclevel\",88,1", "OK").not_opened(link, 1);
    assert_eq!(no_ca_since_the_start.first(), ("F-094", Certainty::Seen));
    let emptied = Story::default()
        .works("AT+SSLCFG=\"cacert\",88,\"\"", "OK")
        .works("AT+SSLCFG=\"seclevel\",88,1", "OK")
        .not_opened(link, 1);
    assert_eq!(emptied.first(), ("F-094", Certainty::Seen));
    let no_key = Story::default()
        .works("AT+SSLCFG=\"cacert\",88,\"ca.crt\"", "OK")
        .works("AT+SSLCFG=\"seclevel\",88,2", "OK")
        .not_opened(link, 1);
    assert_eq!(no_key.first(), ("F-093", Certainty::Likely));
    let unchecked = Story::default().works("AT+SSLCFG=\"seclevel\",88,0", "OK").not_opened(link, 1).judged(None);
    assert!(excluded(&unchecked).contains(&"F-097"), "nobody is checked: the CA cannot be it");
    let missing = Story::default()
        .works("AT+SSLCFG=\"cacert\",88,\"ca.crt\"", "OK")
        .works("AT+SSLCFG=\"seclevel\",88,1", "OK")
        .works("AT+FSLS", "+FSLS: other.crt")
        .not_opened(link, 1);
    assert_eq!(missing.first(), ("F-092", Certainty::Seen));
}

#[test]
fn what_the_module_resolved_clears_the_name_or_convicts_it() {
    let link = "AT+MIPSTART=\"broker.test\",1883";
    let resolved = |result| {
        let mut course = Story::default();
        course.course.take(&Event::Resolved { at: Moment::ZERO, host: "broker.test".to_owned(), result });
        course.not_opened(link, 1)
    };
    let found = resolved(Ok("203.0.113.7".to_owned()));
    assert_eq!(found.first().0, "F-058");
    assert!(excluded(&found.judged(None)).contains(&"F-052"));
    let host = || "broker.test".to_owned();
    assert_eq!(
        resolved(Err(Fault::NotResolved { host: host(), number: Some(14) })).first(),
        ("F-052", Certainty::Seen)
    );
    assert_eq!(
        resolved(Err(Fault::NotResolved { host: host(), number: Some(11) })).first(),
        ("F-053", Certainty::Seen)
    );
}

fn here(outcome: PortOutcome) -> Here {
    let address: SocketAddr = "203.0.113.7:8883".parse().expect("an address");
    Here {
        host: "broker.test".to_owned(),
        port: 8_883,
        name: Some(NameHere::Found(vec![address.ip()], Duration::ZERO)),
        port_here: Some(PortHere { address, outcome, took: Duration::from_millis(20) }),
        ..Here::default()
    }
}

#[test]
fn this_computer_splits_name_port_and_way() {
    let slow = Story::default().not_opened("AT+MIPSTART=\"broker.test\",1883", 60);
    let first = |here: &Here| slow.judged(Some(here)).findings[0].id;
    assert_eq!(first(&here(PortOutcome::Refused)), "F-058");
    assert_eq!(first(&here(PortOutcome::Silent)), "F-059");
    assert_eq!(first(&here(PortOutcome::Open)), "F-048", "open from here and silent there: the card's white list");
    assert_eq!(first(&here(PortOutcome::Closes)), "F-065");
    let unknown = Here { name: Some(NameHere::Unknown), ..Here::default() };
    let quick = Story::default().not_opened("AT+MIPSTART=\"broker.test\",1883", 1).judged(Some(&unknown));
    assert_eq!((quick.findings[0].id, quick.findings[0].certainty), ("F-052", Certainty::Likely));
    assert_eq!(slow.judged(Some(&unknown)).cause(), None, "a name that nobody knows does not take a minute to fail");
    let open = slow.judged(Some(&here(PortOutcome::Open)));
    let not = excluded(&open);
    assert!(["F-052", "F-058", "F-059"].iter().all(|id| not.contains(id)), "{not:?}");
}

#[test]
fn the_address_that_a_virtual_network_leads_to_says_nothing_of_the_mobile_network() {
    let slow = Story::default().not_opened("AT+MIPSTART=\"broker.test\",1883", 60);
    let inside: SocketAddr = "127.0.0.1:8883".parse().expect("an address");
    let name = Some(NameHere::Found(vec![inside.ip()], Duration::ZERO));
    let real = Here { name, ..Here::default() };
    assert_eq!(slow.judged(Some(&real)).findings[0].id, "F-060");
    let findings = slow.judged(Some(&Here { is_routed: true, ..real })).findings;
    assert!(findings.iter().all(|finding| finding.id != "F-060"), "{findings:?}");
}

#[test]
fn the_answer_to_the_modules_suites_decides_before_any_certificate() {
    let course = Story::default().not_opened("AT+SSLMIPSTART=\"broker.test\",8883", 1);
    let answered = |together| {
        let suites = Some(SuiteProbe { together, each: Vec::new() });
        course.judged(Some(&Here { is_tls: true, suites, ..here(PortOutcome::Open) }))
    };
    assert_eq!(answered(Ok(HelloAnswer::Alert(Alert::PROTOCOL_VERSION))).findings[0].id, "F-072");
    assert_eq!(answered(Ok(HelloAnswer::Alert(Alert::UNRECOGNIZED_NAME))).findings[0].id, "F-078");
    assert_eq!(answered(Ok(HelloAnswer::NotTls(b"HTTP/1.1 400".to_vec()))).findings[0].id, "F-062");
    assert_eq!(answered(Ok(HelloAnswer::NotTls(b"SSH-2.0-x".to_vec()))).findings[0].id, "F-083");
    let accepted = answered(Ok(HelloAnswer::Accepted(ServerHello { version: 0x0303, suite: 0x003D })));
    let not = excluded(&accepted);
    assert!(["F-071", "F-072", "F-074", "F-070"].iter().all(|id| not.contains(id)), "{not:?}");
}

#[test]
fn a_plain_login_on_a_tls_port_is_seen_from_here() {
    let fault = Fault::BadOutcome {
        command: "AT+MCONNECT=1,120".into(),
        expected: Awaited::Login,
        got: "CLOSED".to_owned(),
        after: Duration::from_millis(80),
    };
    let course = Story::default().typed("AT+MCONNECT=1,120", "CLOSED", Err(fault));
    let probe = |together| Some(SuiteProbe { together, each: Vec::new() });
    let tls = Here { suites: probe(Ok(HelloAnswer::Alert(Alert::HANDSHAKE_FAILURE))), ..here(PortOutcome::Open) };
    assert_eq!(course.judged(Some(&tls)).findings[0].id, "F-069");
    let plain = Here {
        suites: probe(Err(air780e_companion::tls::FailureCause::Closed)),
        wanted: WantedTls::default(),
        ..here(PortOutcome::Open)
    };
    let judged = course.judged(Some(&plain));
    assert!(judged.undecided.is_some(), "closed without a word, and no TLS: {:?}", judged.findings[0].id);
    assert!(excluded(&judged).contains(&"F-069"));
}

#[test]
fn differences_of_files_names_and_settings_have_causes_of_their_own() {
    let fails = |fault: Fault| {
        let mut course = Story::default();
        course.course.take(&Event::Done { at: Moment::ZERO, id: RequestId(1), result: Err(fault) });
        course.first().0
    };
    let differs = |expected, found| Fault::FileDiffers { name: "ca.crt".into(), expected, found };
    assert_eq!(fails(differs(1_200, 1_180)), "F-116");
    assert_eq!(fails(differs(1_200, 2_400)), "F-123");
    assert_eq!(fails(differs(1_200, 0)), "F-092");
    let setting =
        |found: &str| Fault::SettingDiffers { setting: "cacert", expected: "ca.crt".into(), found: found.into() };
    assert_eq!(fails(setting("")), "F-088");
    assert_eq!(fails(setting("old.crt")), "F-090");
}

#[test]
fn a_success_puts_the_trouble_right() {
    let course = Story::default().refused("AT+MPUB=\"t\",0,0,\"x\"", 3).works("AT+MPUB=\"t\",0,0,\"x\"", "OK");
    assert_eq!(course.course.trouble(), None);
    let mut back = Story::default().logs_in(120).loses(LossCause::Closed);
    assert!(back.course.trouble().is_some());
    back = back.logs_in(120);
    assert_eq!(back.course.trouble(), None);
    let revision = back.course.revision();
    back.course.take(&Event::Status(Box::new(back.course.status.clone())));
    assert_eq!(back.course.revision(), revision, "the same status again is no news");
    let _: &Status = &back.course.status;
}
