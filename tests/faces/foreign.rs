//! Situations of devices, brokers and logs that nobody here has seen, each with what must be said of it first. The logs and the device
//! are written from the reference alone; every log is judged by the window's engine and by the program.

use std::{
    fmt::Write as _,
    net::{SocketAddr, TcpListener},
    path::Path,
};

use air780e_companion::{
    diagnosis::{Case, Course, FailedStep, NameFailure, diagnose},
    here::{self, Order, Surroundings, Unresolved, World},
    modem::request::{Security, TlsOptions},
    sim::range::{ClientKind, Fault, Range, RangeConfig},
    trace::Trace,
    worker::replay,
};
use serde_json::Value;

use crate::{
    device::{Device, Script, after, line},
    kit::{now, process::Process},
    recorded,
    said::Said,
    today,
};

/// What must be said first.
#[derive(Debug)]
enum Truth {
    /// One of these.
    Named(&'static [&'static str]),
    /// Nothing but that it may be any of these, among others.
    Open(&'static [&'static str]),
    /// One of these, or that it may be.
    Either(&'static [&'static str]),
}

impl Truth {
    fn holds(&self, said: &Said) -> bool {
        let is_one = |ids: &[&str]| ids.iter().any(|id| said.is(Some(id)));
        match self {
            Self::Named(ids) => is_one(ids),
            Self::Open(ids) => ids.iter().all(|id| said.leaves_open(Some(id))),
            Self::Either(ids) => is_one(ids) || ids.iter().any(|id| said.leaves_open(Some(id))),
        }
    }
}

/// An open session, up to its `CONNACK OK` at 1 s.
const SESSION: &str = "0.0 > AT+MCONFIG=unit,\"\",\"\"\n0.1 < OK\n0.2 > AT+MIPSTART=broker.q.example,1883\n0.3 < OK\n0.6 < CONNECT OK\n\
                       0.7 > AT+MCONNECT=1,120\n0.8 < OK\n1.0 < CONNACK OK\n";

#[test]
fn logs_of_foreign_devices_are_told_rightly() {
    use Truth::{Either, Named, Open};
    let table: &[(&str, &str, Truth)] = &[
        (
            "card pulled in a session, its line 0.8 s after the bearer's",
            "30.0 < +CGEV: ME PDN DEACT 1\n30.1 < CLOSED\n30.8 < +CPIN: SIM REMOVED 0\n",
            Named(&["F-021"]),
        ),
        ("closed 65 ms after MSUB", "3.0 > AT+MSUB=\"a/b\",0\n3.01 < OK\n3.075 < CLOSED\n", Either(&["F-155"])),
        ("closed 65 ms after MPUB", "3.0 > AT+MPUB=\"a/b\",0,0,\"x\"\n3.01 < OK\n3.075 < CLOSED\n", Either(&["F-171"])),
        (
            "closed right after MCONNECT, no ERROR before it",
            "!0.0 > AT+MCONFIG=unit,\"\",\"\"\n0.1 < OK\n0.2 > AT+MIPSTART=broker.q.example,1885\n0.3 < OK\n0.6 < CONNECT OK\n\
             0.7 > AT+MCONNECT=1,120\n0.8 < OK\n0.9 < CLOSED\n",
            Open(&["F-062", "F-065"]),
        ),
        (
            "closed on a plain start at a TLS port",
            "!0.0 > AT+MCONFIG=unit,\"\",\"\"\n0.1 < OK\n0.2 > AT+MIPSTART=broker.q.example,8883\n0.3 < OK\n0.6 < CONNECT OK\n\
             0.7 > AT+MCONNECT=1,120\n0.8 < OK\n0.9 < CLOSED\n",
            Named(&["F-069"]),
        ),
        (
            "module silent in a session",
            "9.0 > AT+CSQ\n9.1 < +CSQ: 22,0\n9.1 < OK\n20.0 > AT+CSQ\n30.0 > AT+CSQ\n40.0 > AT\n50.0 > AT\n60.0 > AT\n",
            Either(&["F-007", "F-188", "F-020", "F-187"]),
        ),
        (
            "flight mode left by another program",
            "!0.0 > AT+CFUN?\n0.1 < +CFUN: 4\n0.1 < OK\n1.0 > AT+CEREG?\n1.1 < +CEREG: 0,4\n1.1 < OK\n40.0 > AT+CEREG?\n\
             40.1 < +CEREG: 0,4\n40.1 < OK\n",
            Named(&["F-039"]),
        ),
        (
            "wrong access point given in this run",
            "!0.0 > AT+CPNETAPN=2,wrong.example,u,p,2\n0.1 < OK\n5.0 > AT+CGATT?\n5.1 < +CGATT: 0\n5.1 < OK\n20.0 > AT+CGATT?\n\
             20.1 < +CGATT: 0\n20.1 < OK\n35.0 > AT+CGATT?\n35.1 < +CGATT: 0\n35.1 < OK\n",
            Either(&["F-045", "F-046"]),
        ),
        (
            "signal 7, later 99",
            "!0.0 > AT+CSQ\n0.1 < +CSQ: 7,99\n0.1 < OK\n1.0 > AT+CEREG?\n1.1 < +CEREG: 0,2\n1.1 < OK\n20.0 > AT+CSQ\n\
             20.1 < +CSQ: 99,99\n20.1 < OK\n21.0 > AT+CEREG?\n21.1 < +CEREG: 0,2\n21.1 < OK\n",
            Named(&["F-031"]),
        ),
        (
            "restart that was typed a second ago",
            "30.0 > AT+RESET\n30.1 < OK\n31.0 < ^boot.rom'v'!\\n\n32.0 < RDY\n",
            Either(&["F-209"]),
        ),
        (
            "the own resolver told the name, then TLS failed",
            "!0.0 > AT+CDNSGIP=\"inside.q.example\"\n0.1 < OK\n0.3 < +CDNSGIP: 1,\"inside.q.example\",\"198.51.100.9\"\n\
             1.0 > AT+SSLCFG=\"seclevel\",88,0\n1.1 < OK\n2.0 > AT+SSLMIPSTART=\"inside.q.example\",8883\n2.1 < OK\n2.8 < CONNECT FAIL\n",
            Open(&["F-071", "F-074"]),
        ),
    ];
    let mut broken = String::new();
    for (situation, lines, truth) in table {
        let own = lines.strip_prefix('!');
        let trace = trace(&own.map_or_else(|| format!("{SESSION}{lines}"), str::to_owned));
        let window = Said::of(&recorded::watched(&trace));
        let (program, verdict) = recorded::replayed(&trace);
        println!("{situation:62} | {window:24.60} | {program:.60}");
        // What was asked for is a remark, and no trouble to anybody.
        let is_remark = situation.starts_with("restart") && window == Said::Nothing;
        // Questions alone are no failure while a window is open; a recording that ends with them is one.
        let is_asked_only = situation.starts_with("signal") && window == Said::Nothing;
        let is_right = truth.holds(&program) && (is_asked_only || truth.holds(&window));
        if !(is_remark || is_right) {
            writeln!(broken, "{situation}: {window} / {program}, {truth:?}\n{verdict}").unwrap();
        }
    }
    assert!(broken.is_empty(), "\n{broken}");
}

#[test]
fn eight_sessions_lost_to_the_same_client_id_are_no_success() {
    let mut lines = String::new();
    for one in 0..8 {
        let at = |seconds: f64| f64::from(one) * 9.0 + seconds;
        let (open, opened, login, welcome, end) = (at(0.0), at(0.3), at(0.4), at(0.6), at(4.6));
        write!(
            lines,
            "{open} > AT+MIPSTART=broker.q.example,1883\n{} < OK\n{opened} < CONNECT OK\n{login} > AT+MCONNECT=1,120\n{} < OK\n\
             {welcome} < CONNACK OK\n{end} < CLOSED\n",
            at(0.1),
            at(0.5)
        )
        .unwrap();
    }
    writeln!(lines, "73.0 > AT+MIPSTART=broker.q.example,1883\n73.1 < OK\n73.4 < CONNECT OK").unwrap();
    writeln!(lines, "73.5 > AT+MCONNECT=1,120\n73.6 < OK\n73.8 < CONNACK OK").unwrap();
    let trace = trace(&lines);
    let window = Said::of(&recorded::watched(&trace));
    let (program, verdict) = recorded::replayed(&trace);
    assert!(window.is(Some("F-149")) && program.is(Some("F-149")), "{window} / {program}: {verdict}");
}

/// A resolver that knows every name, or none, or has no network.
struct Resolver(Result<Vec<std::net::IpAddr>, Unresolved>);

impl World for Resolver {
    fn resolve(&self, _: &str) -> Result<Vec<std::net::IpAddr>, Unresolved> {
        self.0.clone()
    }

    fn has_way_out(&self) -> bool {
        true
    }
}

#[test]
fn what_this_computer_resolves_or_not_is_never_the_cause_of_a_handshake() {
    let range = RangeConfig { now: today(), upstream: None, faults: vec![Fault::EcdsaCertificate] };
    let range = Range::start(&range).unwrap();
    let listener = range.address(Fault::EcdsaCertificate).unwrap();
    let failing = "0.0 > AT+SSLCFG=\"seclevel\",88,0\n0.1 < OK\n1.0 > AT+SSLMIPSTART=\"localhost\",PORT\n1.1 < OK\n1.8 < CONNECT FAIL\n"
        .replace("PORT", &listener.port().to_string());
    let said = judged(&failing, "localhost", listener.port(), Ok(vec![listener.ip()]));
    assert!(said.is(Some("F-074")), "the key of the broker, which the handshake shows: {said}");
    let resolved = "0.0 > AT+CDNSGIP=\"inside.q.example\"\n0.1 < OK\n0.3 < +CDNSGIP: 1,\"inside.q.example\",\"198.51.100.9\"\n\
                    1.0 > AT+SSLMIPSTART=\"inside.q.example\",8883\n1.1 < OK\n1.8 < CONNECT FAIL\n";
    for answer in [Err(Unresolved::NoSuchName), Err(Unresolved::Failed(NameFailure::Temporary))] {
        let said = judged(resolved, "inside.q.example", 8_883, answer);
        let is_open = matches!(&said, Said::Undecided(ids) if !ids.iter().any(|id| id == "F-052"));
        assert!(is_open, "the module itself got the name: {said}");
    }
}

/// What the window says of `lines` once this computer has tried the same in a world with this resolver.
fn judged(lines: &str, host: &str, port: u16, answer: Result<Vec<std::net::IpAddr>, Unresolved>) -> Said {
    let trace = trace(lines);
    let mut course = Course::default();
    replay::watch(&Trace::parse(&trace).unwrap(), |_, event| course.take(&event));
    assert!(course.trouble().and_then(|trouble| FailedStep::of(&trouble.fault)).is_some());
    let order = Order::quick(host, port, Security::Encrypted, TlsOptions::default(), today());
    let begun = now();
    let clock = || begun.elapsed();
    let around = Surroundings { stop: &|| false, clock: &clock, world: std::sync::Arc::new(Resolver(answer)) };
    course.take_here(Some(Box::new(here::look_telling(&order, &around, &mut |_| {}))));
    Said::of(&diagnose(&Case { course: &course, now: course.newest() }))
}

/// `12.3 > AT`, `12.4 < OK` as this program records it.
fn trace(lines: &str) -> String {
    let mut trace = String::from("# air780e trace 1\n# port COM5\n# opened 2026-03-04T08:30:00.120+08:00\n");
    for one in lines.lines() {
        let mut parts = one.splitn(3, ' ');
        let (at, mark, text) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap_or_default());
        let at: f64 = at.parse().unwrap();
        writeln!(trace, "@ {at:.6}").unwrap();
        let text = text.replace("\\n", "\\\\n");
        if mark == ">" { writeln!(trace, "> {text}\\r") } else { writeln!(trace, "< \\r\\n{text}\\r\\n") }.unwrap();
    }
    trace
}

/// What `air780e check` says with `options`, and how long it took.
fn check(options: &[&str]) -> (Said, Value, f64) {
    let begun = now();
    let all = ["check", "--json"].iter().chain(options);
    let (_, lines, errors) = Process::air780e(all).output();
    let verdict = recorded::verdict(&lines).unwrap_or_else(|| panic!("{errors:?}"));
    (Said::of_verdict(&verdict), verdict, begun.elapsed().as_secs_f64())
}

fn at(device: &Device) -> &str {
    device.port().to_str().unwrap()
}

#[test]
fn a_host_that_is_an_address_of_the_web_is_told_before_anything_is_sent() {
    for host in ["mqtt://broker.q.example", "broker.q.example:1883"] {
        let (said, verdict, took) = check(&["--port", "/nowhere", "--host", host]);
        assert!(said.is(Some("F-057")) && verdict["rung"].is_null() && took < QUICK, "{host}: {verdict}");
    }
}

#[test]
fn files_that_cannot_work_have_their_own_cause_before_the_port_opens() {
    let range = Range::start(&RangeConfig { now: today(), upstream: None, faults: Vec::new() }).unwrap();
    let (files, folder) = (range.files(), tempfile::tempdir().unwrap());
    let (good, old) = (files.client(ClientKind::Good), files.client(ClientKind::Expired));
    let locked = openssl::pkey::PKey::private_key_from_pem(&good.key).unwrap();
    let locked = locked.private_key_to_pem_pkcs8_passphrase(openssl::symm::Cipher::aes_128_cbc(), b"x").unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (ca, cert, key) = (write("ca", files.ca()), write("cert", &good.certificate), write("key", &good.key));
    let (text, leaf) = (write("text", b"no certificate"), write("leaf", &good.certificate));
    let (expired, locked) = (write("old", &old.certificate), write("locked", &locked));
    for (ca, cert, key, id) in [
        (&text, &cert, &key, "F-122"),
        (&leaf, &cert, &key, "F-099"),
        (&ca, &expired, &key, "F-131"),
        (&ca, &cert, &locked, "F-127"),
    ] {
        let files = ["--security", "mutual", "--ca", ca, "--cert", cert, "--key", key];
        let options = ["--port", "/nowhere", "--host", "broker.q.example"];
        let (said, verdict, _) = check(&[&options[..], &files].concat());
        assert!(said.is(Some(id)) && verdict["finding"] == id, "{id}: {verdict}");
    }
}

#[test]
fn an_own_message_that_comes_back_cut_is_told_at_once() {
    let device = Device::start(Script { loops_back: Some(1_360), ..Script::default() });
    let payload = format!("{}END", "x".repeat(1_358));
    let options = ["--port", at(&device), "--host", "broker.q.example", "--subscribe", "room", "--publish", "room"];
    let (said, verdict, took) = check(&[&options[..], &["--payload", &payload, "--wait-for", "END"]].concat());
    assert!(said.is(Some("F-175")) && verdict["result"] == "failed" && took < LIMIT, "{took} s: {verdict}");
}

#[test]
fn flight_mode_of_another_program_is_named_at_once() {
    let answers = vec![
        ("AT+CFUN?", after(5, &["+CFUN: 4", "OK"])),
        ("AT+CEREG?", after(5, &["+CEREG: 0,4", "OK"])),
        ("AT+CGREG?", after(5, &["+CGREG: 0,4", "OK"])),
        ("AT+CREG?", after(5, &["+CREG: 0,4", "OK"])),
        ("AT+CGATT?", after(5, &["+CGATT: 0", "OK"])),
    ];
    let device = Device::start(Script { answers, ..Script::default() });
    let (said, verdict, took) = check(&["--port", at(&device), "--host", "broker.q.example"]);
    assert!(said.is(Some("F-039")) && took < LIMIT, "{took} s: {verdict}");
}

#[test]
fn a_prompt_of_another_program_is_left_and_named() {
    let device = Device::start(Script { is_left_open: true, ..Script::default() });
    let (_, verdict, _) = check(&["--port", at(&device), "--host", "broker.q.example"]);
    assert_eq!(verdict["result"], "ok", "it was left: {verdict}");
    assert_eq!(verdict["findings"][0]["id"], "F-013", "{verdict}");
}

#[test]
fn one_broken_byte_in_an_acknowledgement_is_no_missing_one() {
    let mut acknowledged = after(5, &["OK"]);
    acknowledged.push((60, line("PUB\u{c1}CK")));
    let device = Device::start(Script { answers: vec![("AT+MPUB=", acknowledged)], ..Script::default() });
    let options =
        ["--port", at(&device), "--host", "broker.q.example", "--publish", "a", "--payload", "x", "--qos", "1"];
    let (said, verdict, _) = check(&[&options[..], &["--timeout", "25"]].concat());
    assert!(said.is(Some("F-017")) || said.is(Some("F-005")), "{verdict}");
}

#[test]
fn a_refused_port_stops_an_encrypted_start_at_tcp() {
    let closed: SocketAddr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut failed = after(5, &["OK"]);
    failed.push((250, [line("STATE: IP STATUS"), line("CONNECT FAIL")].concat()));
    let device = Device::start(Script { answers: vec![("AT+SSLMIPSTART", failed)], ..Script::default() });
    let port = closed.port().to_string();
    let options = ["--port", at(&device), "--host", "127.0.0.1", "--mqtt-port", &port, "--security", "encrypted"];
    let (said, verdict, took) = check(&options);
    assert!(said.is(Some("F-058")) && verdict["rung"] == "tcp" && took < LIMIT, "{took} s: {verdict}");
    assert!(!Path::new("/nowhere").exists());
}

/// Nothing was tried.
const QUICK: f64 = 5.0;
/// The ordinary limit of a step, in seconds, with a loaded machine's share.
const LIMIT: f64 = 20.0;
