//! Every listener of the range against the module-like client.

use std::time::Duration;

use air780e_companion::{
    sim::range::{Fault, Range, Sees},
    tls::{
        Alert, ClientConfig, ClientContext, Established, FailureCause, SecurityLevel, Stage, TlsFailure, TlsVersion,
        Trust, VerifyCode, VersionSetting, dial,
    },
};

use crate::bench::{LIMIT, connect, is_silent_end, module, range, range_with_broker, target};

#[test]
fn each_listener_shows_exactly_its_fault() {
    let (range, _broker) = range_with_broker(&Fault::ALL);
    let mut wrong = Vec::new();
    for fault in Fault::ALL {
        let sees = fault.facts().sees;
        let with_sni = try_at(&range, fault, &module(&range));
        if !fits(sees, &with_sni) {
            wrong.push(format!("{fault}: {sees:?} wanted, got {}", brief(&with_sni)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn try_at(range: &Range, fault: Fault, config: &ClientConfig) -> Result<Established, TlsFailure> {
    let address = range.address(fault).unwrap();
    let limit = if fault == Fault::Silent { Duration::from_millis(300) } else { LIMIT };
    let context = ClientContext::new(config).unwrap();
    dial(&context, &target(address, limit)).map(|(_, established)| established)
}

fn fits(sees: Sees, got: &Result<Established, TlsFailure>) -> bool {
    match (sees, got) {
        (Sees::Works | Sees::WorksWithSniElse(_) | Sees::WorksWithSniElseAlert(_), Ok(established)) => {
            established.verify == VerifyCode::OK
        }
        (sees, Err(TlsFailure { stage, cause, .. })) => match sees {
            Sees::Refused(at, alert) => *stage == at && *cause == FailureCause::PeerAlert(alert),
            Sees::Refuses(alert) => *cause == FailureCause::OwnAlert(alert),
            Sees::Distrusts(code, alert) => {
                *stage == Stage::AfterServerCertificate
                    && *cause == FailureCause::Untrusted { code, alert: Some(alert) }
            }
            Sees::NotTls => *cause == FailureCause::NotTls,
            Sees::End => is_silent_end(cause),
            Sees::Silence => *cause == FailureCause::TimedOut,
            _ => false,
        },
        (_, Ok(_)) => false,
    }
}

fn brief(got: &Result<Established, TlsFailure>) -> String {
    match got {
        Ok(established) => format!("{} {}", established.suite_name, established.verify),
        Err(failure) => format!("{:?} {:?}", failure.stage, failure.cause),
    }
}

#[test]
fn without_sni_the_listeners_for_names_refuse() {
    let range = range(&[Fault::SniRequired, Fault::SniChooses]);
    let config = ClientConfig { sni: None, ..module(&range) };
    let refused = try_at(&range, Fault::SniRequired, &config).unwrap_err();
    assert_eq!(refused.cause, FailureCause::PeerAlert(Alert::UNRECOGNIZED_NAME));
    let refused = try_at(&range, Fault::SniChooses, &config).unwrap_err();
    assert!(matches!(refused.cause, FailureCause::Untrusted { code: VerifyCode::HOSTNAME_MISMATCH, .. }));
}

#[test]
fn with_nobody_checked_bad_certificates_pass_but_are_known() {
    let faults = [Fault::Expired, Fault::WrongName, Fault::ForeignAuthority, Fault::SelfSigned];
    let range = range(&faults);
    for fault in faults {
        let config = ClientConfig { level: SecurityLevel::Unchecked, ..module(&range) };
        let established = try_at(&range, fault, &config).unwrap();
        assert_ne!(established.verify, VerifyCode::OK, "{fault}");
        assert_eq!(established.peer_chain, established.seen.chain, "{fault}");
    }
}

#[test]
fn dates_are_checked_against_the_modules_clock() {
    let range = range(&[Fault::Good, Fault::Expired]);
    let at_1980 = ClientConfig { clock: Some(315_964_800), ..module(&range) };
    let refused = try_at(&range, Fault::Good, &at_1980).unwrap_err();
    assert!(matches!(refused.cause, FailureCause::Untrusted { code: VerifyCode::NOT_YET_VALID, .. }));
    try_at(&range, Fault::Good, &ClientConfig { ignore_dates: true, ..at_1980 }).unwrap();
    try_at(&range, Fault::Expired, &ClientConfig { ignore_dates: true, ..module(&range) }).unwrap();
}

#[test]
fn an_intermediate_as_ca_helps_only_where_it_may_end_a_chain() {
    let range = range(&[Fault::NoIntermediate]);
    let config = module(&range).trusting(range.files().intermediate_ca());
    try_at(&range, Fault::NoIntermediate, &config).unwrap_err();
    try_at(&range, Fault::NoIntermediate, &ClientConfig { trust: Trust::AnyCertificate, ..config }).unwrap();
}

#[test]
fn a_ca_of_somebody_else_fails_as_unknown() {
    let range = range(&[Fault::Good]);
    let config = module(&range).trusting(range.files().other_ca());
    let refused = try_at(&range, Fault::Good, &config).unwrap_err();
    let code = VerifyCode::ISSUER_NOT_FOUND;
    assert_eq!(refused.cause, FailureCause::Untrusted { code, alert: Some(Alert::UNKNOWN_CA) });
}

#[test]
fn old_versions_end_with_an_alert_and_a_tls10_server_takes_a_module_set_to_all() {
    let range = range(&[Fault::Good, Fault::Tls10Only]);
    for version in [TlsVersion::Tls10, TlsVersion::Tls11] {
        let config = ClientConfig { versions: (version, version), ..module(&range) };
        let refused = try_at(&range, Fault::Good, &config).unwrap_err();
        assert_eq!(refused.cause, FailureCause::PeerAlert(Alert::PROTOCOL_VERSION), "{version}");
    }
    let all = ClientConfig { versions: ClientConfig::default().versions, ..module(&range) };
    let established = try_at(&range, Fault::Tls10Only, &all).unwrap();
    assert_eq!(established.version, Some(TlsVersion::Tls10));
    assert_eq!(VersionSetting::from_number(4), Some(VersionSetting::All));
}

#[test]
fn the_big_chain_is_bigger_than_a_modules_buffer() {
    let range = range(&[Fault::BigChain, Fault::Good]);
    let size =
        |fault| connect(&module(&range), range.address(fault).unwrap()).unwrap().1.seen.certificate_message.unwrap();
    assert!(size(Fault::BigChain) > 6144);
    assert!(size(Fault::Good) < 4096);
}

#[test]
fn an_elliptic_curve_authority_is_believed_by_whoever_has_its_file() {
    let range = range(&[Fault::EllipticAuthority, Fault::Pss]);
    let right = ClientConfig { ca: Some(range.files().elliptic_ca().to_vec()), ..module(&range) };
    try_at(&range, Fault::EllipticAuthority, &right).unwrap();
    try_at(&range, Fault::Pss, &right).unwrap_err();
}
