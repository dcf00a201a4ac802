//! The client's own credentials at the listener that demands them.

use air780e_companion::{
    sim::range::{ClientKind, Fault, HOST},
    tls::{Alert, ClientConfig, FailureCause, LocalRefusal, SecurityLevel, Stage, Suite, TlsVersion, VersionSetting},
};

use crate::bench::{assert_fails, connect, module, range};

type Judge = fn(LocalRefusal) -> bool;

#[test]
fn each_bad_client_certificate_has_its_alert() {
    let range = range(&[Fault::ClientCertificate]);
    let address = range.address(Fault::ClientCertificate).unwrap();
    let alerts = [
        (ClientKind::Expired, Alert::CERTIFICATE_EXPIRED),
        (ClientKind::OtherAuthority, Alert::UNKNOWN_CA),
        (ClientKind::ServerPurpose, Alert::UNSUPPORTED_CERTIFICATE),
        (ClientKind::Revoked, Alert::CERTIFICATE_REVOKED),
    ];
    for (kind, alert) in alerts {
        let files = range.files().client(kind);
        let config = module(&range).presenting(&files.certificate, &files.key);
        let failure = assert_fails(&config, address, "a bad client certificate");
        assert_eq!(failure.stage, Stage::AfterClientCertificate, "{kind:?}");
        assert_eq!(failure.cause, FailureCause::PeerAlert(alert), "{kind:?}");
        assert_eq!(failure.seen.client_certificate, Some(true), "{kind:?}");
    }
}

#[test]
fn good_client_certificates_pass() {
    let range = range(&[Fault::ClientCertificate]);
    let address = range.address(Fault::ClientCertificate).unwrap();
    for kind in [ClientKind::Good, ClientKind::EllipticCurve] {
        let files = range.files().client(kind);
        let config = module(&range).presenting(&files.certificate, &files.key);
        let (_, established) = connect(&config, address).unwrap();
        let request = established.seen.certificate_request.unwrap();
        assert_eq!(request.authorities.len(), 1, "the listener names the authority it accepts");
        assert!(!request.signature_algorithms.is_empty());
    }
}

#[test]
fn no_client_certificate_is_told_from_a_bad_one() {
    let range = range(&[Fault::ClientCertificate]);
    let failure = assert_fails(&module(&range), range.address(Fault::ClientCertificate).unwrap(), "no certificate");
    assert_eq!(failure.cause, FailureCause::PeerAlert(Alert::HANDSHAKE_FAILURE));
    assert_eq!(failure.seen.client_certificate, Some(false));
    assert!(failure.seen.certificate_request.is_some());
}

#[test]
fn bad_files_are_refused_before_any_packet() {
    let range = range(&[Fault::ClientCertificate]);
    let address = range.address(Fault::ClientCertificate).unwrap();
    let good = range.files().client(ClientKind::Good);
    let unpaired = range.files().client(ClientKind::WrongKey);
    let mutual = ClientConfig { level: SecurityLevel::Mutual, ..module(&range) };
    let cases: [(ClientConfig, Judge); 7] = [
        (module(&range).presenting(&unpaired.certificate, &unpaired.key), |why| why == LocalRefusal::KeyMismatch),
        (mutual.clone(), |why| why == LocalRefusal::CertificateMissing),
        (ClientConfig { certificate: Some(good.certificate.clone()), ..mutual }, |why| why == LocalRefusal::KeyMissing),
        (module(&range).presenting(b"not a certificate", &good.key), |why| matches!(why, LocalRefusal::Certificate(_))),
        (module(&range).presenting(&good.certificate, &good.certificate), |why| matches!(why, LocalRefusal::Key(_))),
        (module(&range).trusting(b"-----BEGIN NOTHING-----"), |why| matches!(why, LocalRefusal::Authority(_))),
        (module(&range).for_host("bad\0name"), |why| why == LocalRefusal::HostName),
    ];
    for (number, (config, is_right)) in cases.into_iter().enumerate() {
        let failure = assert_fails(&config, address, "bad files");
        assert_eq!((failure.stage, failure.seen.bytes_in), (Stage::Local, 0), "case {number}");
        let FailureCause::Refused(why) = failure.cause else { panic!("case {number}: {:?}", failure.cause) };
        assert!(is_right(why), "case {number}: {why:?}");
    }
}

#[test]
fn what_this_build_cannot_speak_is_said_so() {
    let range = range(&[Fault::Good]);
    let address = range.address(Fault::Good).unwrap();
    let pinned = |version, suites: &[Suite]| ClientConfig::as_module(version, suites).for_host(HOST);
    let old = pinned(VersionSetting::Only(TlsVersion::Ssl3), &Suite::ALL);
    let cause = assert_fails(&old, address, "SSL 3.0").cause;
    assert_eq!(cause, FailureCause::Refused(LocalRefusal::VersionNotBuiltIn(TlsVersion::Ssl3)));
    let weak = pinned(VersionSetting::All, &[Suite::Rc4Md5, Suite::TripleDesSha]);
    let cause = assert_fails(&weak, address, "RC4 and 3DES").cause;
    assert_eq!(cause, FailureCause::Refused(LocalRefusal::SuitesNotBuiltIn));
}

#[test]
fn a_pinned_suite_is_the_one_that_is_used() {
    let range = range(&[Fault::Good]);
    for suite in Suite::ALL.into_iter().filter(|suite| suite.is_built_in()) {
        let config = ClientConfig { suites: Some(vec![suite]), ..module(&range) };
        let (_, established) = connect(&config, range.address(Fault::Good).unwrap()).unwrap();
        assert_eq!((established.suite, established.suite_name), (suite.id(), suite.iana_name()));
    }
}
