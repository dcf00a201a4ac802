//! Every listener of the TLS range as the module meets it: `CONNECT OK`, or `CONNECT FAIL` and nothing that says why.

use air780e_companion::{
    broker::{Server, ServerConfig},
    sim::{
        Route, VirtualSpec,
        range::{ClientKind, Fault, HOST, Range, RangeConfig, Sees},
    },
};

use crate::rig::{NOW, Rig};

fn range(faults: &[Fault]) -> Range {
    Range::start(&RangeConfig { now: NOW, upstream: None, faults: faults.to_vec() }).unwrap()
}

/// A module for which the range's name leads to the listener with `fault`.
fn spec(range: &Range, fault: Fault) -> VirtualSpec {
    let route = Route { host: HOST.to_owned(), port: None, to: range.address(fault).unwrap() };
    VirtualSpec { routes: vec![route], ..VirtualSpec::default() }
}

fn checked(rig: &mut Rig, range: &Range) {
    rig.upload("ca.crt", range.files().ca());
    rig.set_tls(&[("cacert", "ca.crt"), ("seclevel", "1"), ("sslversion", "3")]);
}

const WORKS: &str = "OK|CONNECT OK";
const FAILS: &str = "OK|STATE: IP STATUS|CONNECT FAIL";

#[test]
fn what_works_connects_and_everything_else_only_fails() {
    let broker = Server::start(ServerConfig::default()).unwrap();
    let range = Range::start(&RangeConfig::all(NOW, Some(broker.local_addr()))).unwrap();
    for fault in Fault::ALL.into_iter().filter(|fault| *fault != Fault::Silent) {
        let mut rig = Rig::new(&spec(&range, fault));
        checked(&mut rig, &range);
        let works =
            matches!(fault.facts().sees, Sees::Works | Sees::WorksWithSniElse(_) | Sees::WorksWithSniElseAlert(_));
        let expected = if works { WORKS } else { FAILS };
        let answer = rig.ask(&format!("AT+SSLMIPSTART={HOST},8883"), expected.rsplit('|').next().unwrap());
        let lines: Vec<_> = answer.split("\r\n").filter(|line| !line.is_empty()).collect();
        assert_eq!(lines.join("|"), expected, "{fault}");
    }
}

#[test]
fn a_firmware_that_names_no_server_fails_where_the_name_decides() {
    let range = range(&[Fault::SniRequired, Fault::SniChooses, Fault::Good]);
    for (fault, hostname, expected) in [
        (Fault::Good, "", WORKS),
        (Fault::SniRequired, "", FAILS),
        (Fault::SniRequired, HOST, FAILS),
        (Fault::SniChooses, HOST, FAILS),
    ] {
        let mut old = spec(&range, fault);
        old.device.identity.firmware.version = 1_160;
        let mut rig = Rig::new(&old);
        checked(&mut rig, &range);
        if !hostname.is_empty() {
            rig.set_tls(&[("hostname", hostname)]);
        }
        rig.hold(&format!("AT+SSLMIPSTART={HOST},8883"), expected);
    }
}

#[test]
fn a_silent_port_takes_as_long_as_it_was_given() {
    let range = range(&[Fault::Silent]);
    let mut short = spec(&range, Fault::Silent);
    short.device.timing.negotiation_limit_ms = 300;
    let mut rig = Rig::new(&short);
    rig.hold(&format!("AT+SSLMIPSTART={HOST},8883"), FAILS);
}

#[test]
fn the_modules_clock_decides_about_dates() {
    let range = range(&[Fault::Good, Fault::Expired]);
    let mut unset = spec(&range, Fault::Good);
    unset.device.has_network_time = false;
    let mut rig = Rig::new(&unset);
    checked(&mut rig, &range);
    let start = format!("AT+SSLMIPSTART={HOST},8883");
    rig.hold(&start, FAILS);
    rig.set_tls(&[("ignorelocaltime", "1")]);
    rig.hold(&start, WORKS);
    rig.ask("AT+MIPCLOSE", "OK");
    rig.set_tls(&[("ignorelocaltime", "0")]);
    // 2026-09-21 14:13:20 UTC is NOW.
    rig.ask("AT+CCLK=\"26/09/21,22:13:20+32\"", "OK");
    rig.hold(&start, WORKS);

    let mut rig = Rig::new(&spec(&range, Fault::Expired));
    checked(&mut rig, &range);
    rig.hold(&start, FAILS);
    rig.set_tls(&[("ignorelocaltime", "1")]);
    rig.hold(&start, WORKS);
}

#[test]
fn a_listener_that_wants_a_client_certificate_tells_good_from_bad() {
    let range = range(&[Fault::ClientCertificate]);
    for kind in ClientKind::ALL {
        let mut rig = Rig::new(&spec(&range, Fault::ClientCertificate));
        checked(&mut rig, &range);
        let files = range.files().client(kind);
        rig.upload("c.crt", &files.certificate);
        rig.upload("c.key", &files.key);
        rig.set_tls(&[("seclevel", "2"), ("clientcert", "c.crt"), ("clientkey", "c.key")]);
        let expected = if kind == ClientKind::Good { WORKS } else { FAILS };
        let answer = rig.ask(&format!("AT+SSLMIPSTART={HOST},8883"), expected.rsplit('|').next().unwrap());
        assert!(answer.ends_with("OK\r\n") == (kind == ClientKind::Good), "{kind:?}: {answer}");
    }
}

#[test]
fn settings_point_to_files_and_are_lost_by_a_restart() {
    let range = range(&[Fault::Good]);
    let mut rig = Rig::new(&spec(&range, Fault::Good));
    let start = format!("AT+SSLMIPSTART={HOST},8883");
    rig.set_tls(&[("seclevel", "1"), ("cacert", "ca.crt")]);
    rig.hold(&start, FAILS);
    rig.upload("ca.crt", range.files().ca());
    rig.hold(&start, WORKS);
    rig.ask("AT+MIPCLOSE", "OK");
    rig.set_tls(&[("sslversion", "0")]);
    rig.hold(&start, FAILS);
    rig.set_tls(&[("sslversion", "4"), ("ciphersuite", "0X0005")]);
    rig.hold(&start, FAILS);
    rig.ask("AT+RESET", "OK");
    rig.read_until("+NITZ");
    rig.ask("ATE0", "OK");
    rig.hold("AT+SSLCFG=\"ciphersuite\",88", "+SSLCFG: \"ciphersuite\",88,|OK");
    rig.ask("AT+FSFLSIZE=ca.crt", "OK");
    rig.hold(&start, WORKS);
}
