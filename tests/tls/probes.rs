//! The hand-made `ClientHello` and the unrestricted probe at the listeners of the range.

use std::{net::TcpListener, time::Duration};

use air780e_companion::{
    sim::range::{Fault, Range},
    tls::{
        Alert, ClientHello, FailureCause, HelloAnswer, ServerHello, Suite, Target, TlsVersion, probe_freely,
        probe_once, probe_suites,
    },
};
use openssl::x509::X509;

use crate::bench::{LIMIT, is_silent_end, range, range_with_broker, target};

fn ask(range: &Range, fault: Fault, hello: &ClientHello<'_>) -> Result<HelloAnswer, FailureCause> {
    probe_once(&target(range.address(fault).unwrap(), LIMIT), hello)
}

fn offer() -> ClientHello<'static> {
    ClientHello::as_module(&Suite::ALL, Some("broker.test"))
}

#[test]
fn the_first_record_tells_the_faults_of_negotiation_apart() {
    let (range, _broker) = range_with_broker(&Fault::ALL);
    let accepted = |version, suite| Ok(HelloAnswer::Accepted(ServerHello { version, suite }));
    let alert = |alert| Ok(HelloAnswer::Alert(alert));
    assert_eq!(ask(&range, Fault::Good, &offer()), accepted(0x0303, 0x003D));
    assert_eq!(ask(&range, Fault::EcdheOnly, &offer()), alert(Alert::HANDSHAKE_FAILURE));
    assert_eq!(ask(&range, Fault::EcdsaCertificate, &offer()), alert(Alert::HANDSHAKE_FAILURE));
    assert_eq!(ask(&range, Fault::Tls13Only, &offer()), alert(Alert::PROTOCOL_VERSION));
    assert_eq!(ask(&range, Fault::Rc4Only, &offer()), accepted(0x0303, 0x0005));
    assert!(
        matches!(ask(&range, Fault::Tls10Only, &offer()), Ok(HelloAnswer::Accepted(hello)) if hello.version == 0x0301)
    );
    assert!(
        matches!(ask(&range, Fault::Http, &offer()), Ok(HelloAnswer::NotTls(text)) if text.starts_with(b"HTTP/1.1"))
    );
    assert!(is_silent_end(&ask(&range, Fault::PlainMqtt, &offer()).unwrap_err()));
    assert!(is_silent_end(&ask(&range, Fault::ClosesAtOnce, &offer()).unwrap_err()));
}

#[test]
fn names_versions_and_algorithms_of_the_hello_count() {
    let range = range(&[Fault::Good, Fault::SniRequired]);
    let nameless = ClientHello { server_name: None, ..offer() };
    assert_eq!(ask(&range, Fault::SniRequired, &nameless), Ok(HelloAnswer::Alert(Alert::UNRECOGNIZED_NAME)));
    assert!(matches!(ask(&range, Fault::SniRequired, &offer()), Ok(HelloAnswer::Accepted(_))));
    let old = |version| ask(&range, Fault::Good, &ClientHello { version, ..offer() });
    assert_eq!(old(TlsVersion::Ssl3), Ok(HelloAnswer::Alert(Alert::HANDSHAKE_FAILURE)));
    assert_eq!(old(TlsVersion::Tls10), Ok(HelloAnswer::Alert(Alert::PROTOCOL_VERSION)));
    assert_eq!(old(TlsVersion::Tls11), Ok(HelloAnswer::Alert(Alert::PROTOCOL_VERSION)));
    let silent_about_algorithms = ClientHello { signature_algorithms: false, ..offer() };
    assert_eq!(ask(&range, Fault::Good, &silent_about_algorithms), Ok(HelloAnswer::Alert(Alert::HANDSHAKE_FAILURE)));
}

#[test]
fn the_suite_table_has_six_rows() {
    let range = range(&[Fault::Good]);
    let probe = probe_suites(&target(range.address(Fault::Good).unwrap(), LIMIT), || true);
    assert!(matches!(probe.together, Ok(HelloAnswer::Accepted(_))));
    assert_eq!(probe.each.len(), 6);
    for row in &probe.each {
        assert_eq!(row.is_accepted(), row.suite.is_built_in(), "{}", row.suite);
        if !row.is_accepted() {
            assert_eq!(row.answer, Ok(HelloAnswer::Alert(Alert::HANDSHAKE_FAILURE)));
        }
    }
}

#[test]
fn the_suite_table_ends_when_told_to() {
    let range = range(&[Fault::Good]);
    let mut left = 2;
    let probe = probe_suites(&target(range.address(Fault::Good).unwrap(), LIMIT), || {
        left -= 1;
        left >= 0
    });
    assert_eq!(probe.each.len(), 2);
}

#[test]
fn the_free_probe_shows_what_the_module_cannot_see() {
    let range = range(&Fault::ALL);
    let free = |fault| probe_freely(&target(range.address(fault).unwrap(), LIMIT));
    let key_bits = |chain: &[Vec<u8>]| {
        let key = X509::from_der(&chain[0]).unwrap().public_key().unwrap();
        (key.rsa().is_ok(), key.bits())
    };
    assert_eq!(key_bits(free(Fault::EcdheOnly).chain()), (true, 2048));
    assert_eq!(key_bits(free(Fault::EcdsaCertificate).chain()), (false, 256));

    let modern = free(Fault::Tls13Only);
    assert_eq!(modern.tls13.as_ref().unwrap().version, Some(TlsVersion::Tls13));
    assert_eq!(modern.up_to_tls12.as_ref().unwrap_err().cause, FailureCause::PeerAlert(Alert::PROTOCOL_VERSION));
    assert_eq!(key_bits(modern.chain()), (true, 2048));
    assert!(!modern.demands_certificate);

    let demanding = free(Fault::ClientCertificate);
    assert!(demanding.demands_certificate);
    assert_eq!(demanding.certificate_request().unwrap().authorities.len(), 1);
    assert_eq!(free(Fault::FullChain).chain().len(), 2);
    assert!(free(Fault::BigChain).certificate_message().unwrap() > 6144);
    assert!(free(Fault::Http).chain().is_empty());
}

#[test]
fn closed_and_silent_ports_are_told_apart_in_time() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = port.local_addr().unwrap();
    drop(port);
    let hello = offer();
    let refused = probe_once(&Target { address, server_name: None, limit: LIMIT }, &hello);
    assert_eq!(refused, Err(FailureCause::NoConnection(std::io::ErrorKind::ConnectionRefused)));
    let range = range(&[Fault::Silent]);
    let silent = target(range.address(Fault::Silent).unwrap(), Duration::from_millis(200));
    assert_eq!(probe_once(&silent, &hello), Err(FailureCause::TimedOut));
}
