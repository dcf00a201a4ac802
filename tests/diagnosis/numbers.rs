//! Causes that only this computer, a firmware's version or a count can show: by their number, each with its silent twin.

use std::time::Duration;

use air780e_companion::{
    air780e::identity::Firmware,
    certs::{CaRelation, CertificateFacts, ChainJudgement, Concern, FileRole, PublicKey, Signature},
    diagnosis::{Case, Course, Here, VerifyCode, WantedTls, diagnose},
    modem::{
        event::{Awaited, Event, ExchangeRecord, Fault, LossCause},
        request::RequestId,
        status::{Loss, Status},
    },
    time::{Moment, Observed},
    tls::{Alert, Established, FailureCause, FreeProbe, HelloAnswer, Seen, Stage, SuiteProbe, TlsFailure, TlsVersion},
};

const LINK: &str = "AT+SSLMIPSTART=\"broker.test\",8883";
const NOW: i64 = 1_790_000_000;
const DAY: i64 = 86_400;

/// Everything that is said, named or only possible.
fn said(course: &Course) -> Vec<&'static str> {
    let diagnosis = diagnose(&Case { course, now: course.newest() });
    diagnosis.findings.iter().map(|finding| finding.id).collect()
}

/// An encrypted link that failed at once, and what this computer got.
fn failed(here: Here) -> Vec<&'static str> {
    let mut course = Course::default();
    let after = Duration::from_millis(400);
    course.give_up(&Fault::BadOutcome {
        command: LINK.into(),
        expected: Awaited::Link,
        got: "CONNECT FAIL".into(),
        after,
    });
    course.take_here(Some(Box::new(Here { host: "broker.test".into(), port: 8_883, is_tls: true, ..here })));
    said(&course)
}

fn agreed() -> Established {
    Established {
        version: Some(TlsVersion::Tls12),
        suite: 0x003D,
        suite_name: "TLS_RSA_WITH_AES_256_CBC_SHA256",
        verify: VerifyCode::OK,
        peer_chain: Vec::new(),
        seen: Seen::default(),
    }
}

fn refused(alert: Alert) -> TlsFailure {
    let cause = FailureCause::PeerAlert(alert);
    TlsFailure { stage: Stage::BeforeServerCertificate, cause, seen: Box::default() }
}

fn offer(answer: HelloAnswer) -> SuiteProbe {
    SuiteProbe { together: Ok(answer), each: Vec::new() }
}

fn leaf(begins: i64, ends: i64) -> CertificateFacts {
    CertificateFacts {
        subject: "CN=broker.test".into(),
        issuer: "O=New, CN=New CA".into(),
        common_name: Some("broker.test".into()),
        names: vec!["broker.test".into()],
        not_before: Some(begins),
        not_after: Some(ends),
        key: PublicKey::Rsa { bits: 2_048 },
        signature: Signature::Rsa(air780e_companion::certs::Digest::Sha256),
        is_authority: Some(false),
        usage: None,
        server_auth: None,
        client_auth: None,
        is_self_issued: false,
        is_altered: false,
        demands: Vec::new(),
        subject_key_id: None,
        authority_key_id: None,
        above_issuer: None,
        fingerprint: Vec::new(),
        der_bytes: 900,
    }
}

fn chain(code: VerifyCode, relation: CaRelation, is_in_order: bool) -> ChainJudgement {
    ChainJudgement { code, depth: 0, relation, is_in_order, sends_root: false, length: 2 }
}

fn wanted() -> WantedTls {
    WantedTls { checks_server: true, authority: Some("O=Old, CN=Old CA".into()), ..WantedTls::default() }
}

#[track_caller]
fn assert_told_apart(id: &str, with: &[&str], without: &[&str]) {
    assert!(with.contains(&id), "{id} is not among {with:?}");
    assert!(!without.contains(&id), "{id} is among {without:?}");
}

#[test]
fn f_077_the_same_suites_work_with_other_signature_algorithms() {
    let suites = || Some(offer(HelloAnswer::Alert(Alert::HANDSHAKE_FAILURE)));
    let with = failed(Here { suites: suites(), as_module: Some(Ok(agreed())), ..Here::default() });
    let without = failed(Here {
        suites: suites(),
        as_module: Some(Err(refused(Alert::HANDSHAKE_FAILURE))),
        chain: vec![leaf(NOW - 100 * DAY, NOW + DAY)],
        ..Here::default()
    });
    assert_told_apart("F-077", &with, &without);
    assert_eq!((with[0], without[0]), ("F-077", "F-071"));
}

#[test]
fn f_086_what_works_from_here_may_be_the_firmwares_own_fault() {
    let with = failed(Here { as_module: Some(Ok(agreed())), ..Here::default() });
    let failure = refused(Alert::UNKNOWN_CA);
    let without = failed(Here { as_module: Some(Err(failure)), ..Here::default() });
    assert_told_apart("F-086", &with, &without);
}

#[test]
fn f_100_a_new_certificate_of_another_issuer() {
    let begun = |days: i64| {
        failed(Here {
            checked_at: Some(NOW),
            wanted: wanted(),
            chain: vec![leaf(NOW - days * DAY, NOW + 60 * DAY)],
            judged: Some(chain(VerifyCode::ISSUER_NOT_FOUND, CaRelation::Unrelated, true)),
            ..Here::default()
        })
    };
    assert_told_apart("F-100", &begun(5), &begun(200));
    assert_eq!(begun(5)[0], "F-097", "the CA file is wrong either way");
}

#[test]
fn f_101_the_certificate_names_who_issued_its_issuer() {
    let above = |issuer: Option<&str>| {
        let alone =
            CertificateFacts { above_issuer: issuer.map(str::to_owned), ..leaf(NOW - 200 * DAY, NOW + 60 * DAY) };
        failed(Here {
            checked_at: Some(NOW),
            wanted: wanted(),
            chain: vec![alone],
            judged: Some(ChainJudgement {
                length: 1,
                ..chain(VerifyCode::ISSUER_NOT_FOUND, CaRelation::Unrelated, true)
            }),
            ..Here::default()
        })
    };
    let (below, own) = (above(Some("O=Old, CN=Old CA")), above(Some("O=New, CN=New CA")));
    assert_told_apart("F-101", &below, &own);
    assert_eq!((below[0], own[0]), ("F-101", "F-097"));
    assert!(!below.contains(&"F-097"), "the CA file is the right one: {below:?}");
    assert_eq!(above(None)[0], "F-097");
    assert!(above(None).contains(&"F-101"), "nothing says what stands between them");
}

#[test]
fn f_102_a_chain_out_of_order() {
    let sent = |is_in_order| {
        failed(Here {
            checked_at: Some(NOW),
            wanted: wanted(),
            chain: vec![leaf(NOW - 200 * DAY, NOW + 60 * DAY)],
            judged: Some(chain(VerifyCode::OK, CaRelation::Issues, is_in_order)),
            as_module: Some(Ok(agreed())),
            ..Here::default()
        })
    };
    assert_told_apart("F-102", &sent(false), &sent(true));
}

#[test]
fn f_211_an_intermediate_as_ca_file() {
    let checked = |code| {
        failed(Here {
            checked_at: Some(NOW),
            wanted: wanted(),
            chain: vec![leaf(NOW - 200 * DAY, NOW + 60 * DAY)],
            judged: Some(chain(code, CaRelation::Issues, true)),
            ..Here::default()
        })
    };
    // 26: the purpose of a certificate does not fit.
    assert_told_apart("F-211", &checked(VerifyCode::ISSUER_OF_AUTHORITY_NOT_FOUND), &checked(VerifyCode(26)));
}

#[test]
fn f_107_a_certificate_that_is_over_was_taken() {
    let taken = |ends: i64, ignores_clock: bool| {
        let mut course = Course::default();
        course.take(&Event::Exchange(Box::new(record(LINK, "CONNECT OK"))));
        course.take_here(Some(Box::new(Here {
            host: "broker.test".into(),
            port: 8_883,
            is_tls: true,
            checked_at: Some(NOW),
            wanted: WantedTls { ignores_clock, ..wanted() },
            chain: vec![leaf(NOW - 400 * DAY, ends)],
            ..Here::default()
        })));
        said(&course)
    };
    assert_told_apart("F-107", &taken(NOW - DAY, false), &taken(NOW + DAY, false));
    assert!(!taken(NOW - DAY, true).contains(&"F-107"), "it was told not to look");
}

#[test]
fn f_121_other_text_in_a_file() {
    let file = |bytes: Option<usize>| {
        let files = bytes.map(|bytes| (FileRole::Authority, Concern::StrayText { bytes }));
        failed(Here { files: files.into_iter().collect(), ..Here::default() })
    };
    assert_told_apart("F-121", &file(Some(40)), &file(None));
}

#[test]
fn f_151_many_short_sessions_may_get_a_device_banned() {
    let lost = |times: u64| {
        let mut course = Course::default();
        let mut status = Status::default();
        for turn in 0..times {
            let at = |seconds| Moment::from_millis((turn * 10 + seconds) * 1_000);
            let login = ExchangeRecord {
                sent_at: at(1),
                accepted_at: Some(at(1)),
                ended_at: at(2),
                ..record("AT+MCONNECT=1,120", "CONNACK OK")
            };
            course.take(&Event::Exchange(Box::new(login)));
            status.losses.push(Loss { at: at(6), cause: LossCause::Closed });
            course.take(&Event::Status(Box::new(status.clone())));
        }
        said(&course)
    };
    assert_told_apart("F-151", &lost(9), &lost(4));
}

#[test]
fn f_202_what_works_freely_fails_with_the_modules_limits() {
    let tried = |as_module| {
        failed(Here {
            free: Some(FreeProbe {
                up_to_tls12: Ok(agreed()),
                tls13: Err(refused(Alert::PROTOCOL_VERSION)),
                demands_certificate: false,
            }),
            as_module: Some(as_module),
            ..Here::default()
        })
    };
    assert_told_apart("F-202", &tried(Err(refused(Alert::UNKNOWN_CA))), &tried(Ok(agreed())));
}

#[test]
fn f_204_is_said_of_versions_with_known_faults_only() {
    let firmware = |name: &str| {
        let mut course = Course::default();
        course.status.firmware = Some(Observed::new(Firmware::parse(name), Moment::ZERO, "ATI"));
        said(&course)
    };
    assert_told_apart("F-204", &firmware("AirM2M_780E_V1130_LTE_AT"), &firmware("AirM2M_780E_V1170_LTE_AT"));
}

fn record(command: &str, answer: &str) -> ExchangeRecord {
    ExchangeRecord {
        request: Some(RequestId(1)),
        step: None,
        command: command.into(),
        answer: vec![answer.to_owned()],
        sent_at: Moment::from_millis(1_000),
        accepted_at: Some(Moment::from_millis(1_010)),
        ended_at: Moment::from_millis(1_100),
        result: Ok(()),
        is_forgiven: false,
        data: None,
        unreadable: None,
    }
}
