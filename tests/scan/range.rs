//! Each listener of the range: the true finding first, before a module was tried and after.

use std::sync::Mutex;

use air780e_companion::{
    broker::{Server, ServerConfig},
    sim::range::{Fault, Range, RangeConfig},
};

use crate::tools::{Files, check_port, first, for_each, scan_port, today};

/// What a scan must say of a listener, with the CA file that fits: verdict, level, first finding.
fn expected(fault: Fault) -> (&'static str, Option<u64>, Option<&'static str>) {
    let id = fault.facts().catalogue;
    match fault {
        // A module that is held to no version takes TLS 1.0.
        Fault::Good | Fault::FullChain | Fault::TlsInsteadOfPlain | Fault::Tls10Only => ("connects", Some(1), None),
        Fault::CommonNameOnly
        | Fault::BigChain
        | Fault::WeakKey
        | Fault::Sha1
        | Fault::Sha384
        | Fault::Sha512
        | Fault::Pss
        | Fault::NoKeyEncipherment
        | Fault::SniRequired
        | Fault::SniChooses => ("connects", Some(1), id),
        Fault::Expired
        | Fault::NotYetValid
        | Fault::WrongName
        | Fault::NoIntermediate
        | Fault::ForeignAuthority
        | Fault::SelfSigned
        | Fault::TwinAuthority
        | Fault::EllipticAuthority => ("connects-unchecked", Some(0), id),
        _ => ("cannot", None, id),
    }
}

#[test]
fn each_listener_of_the_range_is_told_by_scan_and_check_alike() {
    let broker = Server::start(ServerConfig::default()).unwrap();
    let range = Range::start(&RangeConfig::all(today(), Some(broker.local_addr()))).unwrap();
    let files = Files::new();
    let (root, elliptic) =
        (files.put("root.crt", range.files().ca()), files.put("ec.crt", range.files().elliptic_ca()));
    let wrong = Mutex::new(Vec::new());
    for_each(&Fault::ALL, |fault| {
        let port = range.address(*fault).unwrap().port();
        let ca = if *fault == Fault::EllipticAuthority { &elliptic } else { &root };
        let (said, code) = scan_port(port, &["--ca", ca]);
        let (verdict, level, id) = expected(*fault);
        let got = (said["verdict"].as_str().unwrap(), said["level"].as_u64(), first(&said));
        if got != (verdict, level, id) {
            wrong.lock().unwrap().push(format!("{fault}: {verdict} {level:?} {id:?} wanted, got {got:?}"));
        }
        assert_eq!(code, i32::from(verdict != "connects"), "{fault}");
        if *fault == Fault::Silent {
            return;
        }
        let (result, finding) = check_port(port, Some(ca), &[]);
        println!("{fault}: {got:?}, check {result} {finding:?}");
        // Where the module connects there is nothing to find any more; where it does not, it is the same.
        let is_alike = if result == "ok" { verdict == "connects" } else { finding.as_deref() == first(&said) };
        if !is_alike {
            wrong.lock().unwrap().push(format!("{fault}: scan {got:?}, check {result} {finding:?}"));
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_any_file_the_chain_is_judged_by_itself() {
    let faults = [
        (Fault::Good, "connects", None),
        (Fault::ForeignAuthority, "connects", None),
        (Fault::SelfSigned, "connects", Some("F-103")),
        (Fault::Expired, "connects-unchecked", Some("F-104")),
        (Fault::NotYetValid, "connects-unchecked", Some("F-105")),
        (Fault::WrongName, "connects-unchecked", Some("F-108")),
        (Fault::EllipticAuthority, "connects-unchecked", Some("F-110")),
        (Fault::EcdheOnly, "cannot", Some("F-071")),
        (Fault::ClientCertificate, "cannot", Some("F-095")),
    ];
    let all: Vec<_> = faults.iter().map(|(fault, ..)| *fault).collect();
    let range = Range::start(&RangeConfig { now: today(), upstream: None, faults: all }).unwrap();
    for_each(&faults, |(fault, verdict, id)| {
        let (said, _) = scan_port(range.address(*fault).unwrap().port(), &[]);
        assert_eq!((said["verdict"].as_str(), first(&said)), (Some(*verdict), *id), "{fault}: {said}");
        if *fault == Fault::ClientCertificate {
            let evidence = said["findings"][0]["evidence"].to_string();
            assert!(evidence.contains("CN=Bench Root"), "whose certificate is wanted: {evidence}");
        }
        let level = if *verdict == "cannot" { None } else { Some(0) };
        assert_eq!(said["level"].as_u64(), level, "{fault}");
    });
}

#[test]
fn both_languages_say_the_verdict_first_and_the_same() {
    let range = Range::start(&RangeConfig { now: today(), upstream: None, faults: vec![Fault::EcdheOnly] }).unwrap();
    let place = format!("127.0.0.1:{}", range.address(Fault::EcdheOnly).unwrap().port());
    let lines = |lang: &str| {
        let all = ["scan", &place, "--sni", "broker.test", "--lang", lang];
        crate::kit::process::Process::air780e(all).output().1
    };
    let (english, chinese) = (lines("en"), lines("zh"));
    assert!(
        english[0].starts_with("The module cannot connect to 127.0.0.1:") && english.join("\n").is_ascii(),
        "{english:?}"
    );
    assert!(chinese[0].starts_with("模块无法"), "{chinese:?}");
    assert_eq!(english.len(), chinese.len());
    for line in ["ciphers ECDHE+AESGCM:AES256-SHA256:AES256-SHA:AES128-SHA", "F-071"] {
        assert!(english.iter().any(|one| one.contains(line)) && chinese.iter().any(|one| one.contains(line)), "{line}");
    }
}
