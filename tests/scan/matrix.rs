//! Each suite of the module, with no file, with a CA file and with all three, each of them with ten faults: the verdict is that of the
//! real handshake. Of the three suites that no OpenSSL of today completes, only the offer can be seen.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener},
    sync::{Arc, Mutex},
    thread,
    time::Instant,
};

use air780e_companion::{
    diagnosis::{Course, Reach, Scan, Suite},
    here::{Order, Surroundings, System, look_telling},
    modem::request::{Contents, FileRef, Security, TlsOptions},
    sim::range::HOST,
    tls::{
        SecurityLevel,
        authority::{Authority, DAY, Identity, KeyKind, LeafSpec, Purpose},
    },
};
use openssl::{symm::Cipher, x509::X509};

use crate::{
    kit::{free_port, process::Process, wait_for},
    tools::{Files, for_each, s_client, today},
};

/// What is wrong, certificate and key, and whether only the module refuses them.
type Pair = (&'static str, (Vec<u8>, Vec<u8>), bool);

/// One case: a suite, the module's files, and whether OpenSSL's own word about them counts.
struct Case {
    name: String,
    suite: Suite,
    port: u16,
    ca: Option<Vec<u8>>,
    pair: Option<(Vec<u8>, Vec<u8>)>,
    /// What the module's rules say where OpenSSL takes more than the module.
    refuses: bool,
}

struct Material {
    root: Authority,
    leaf: Identity,
    client: Identity,
    now: i64,
}

impl Material {
    fn new() -> Self {
        let now = today();
        let root = Authority::root("Root", KeyKind::Rsa(2048), 0, now).unwrap();
        let leaf = root.issue(&LeafSpec::server(&[HOST], now)).unwrap();
        let client = root.issue(&LeafSpec::client("device-1", now)).unwrap();
        Self { root, leaf, client, now }
    }

    fn ca(&self) -> Vec<u8> {
        self.root.certificate_pem().unwrap()
    }

    fn pair(&self) -> (Vec<u8>, Vec<u8>) {
        (self.client.chain_pem().unwrap(), self.client.key_pkcs1_pem().unwrap())
    }

    /// The CA file with each fault, and the right one.
    fn authorities(&self) -> Vec<(&'static str, Vec<u8>)> {
        let good = self.ca();
        let text = String::from_utf8(good.clone()).unwrap();
        let other = Authority::foreign_root("Elsewhere", "Other", 1, self.now).unwrap();
        let twin = Authority::root("Root", KeyKind::Rsa(2048), 2, self.now).unwrap();
        let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes);
        vec![
            ("CA", good.clone()),
            ("CA with CR LF", text.replace('\n', "\r\n").into_bytes()),
            ("CA with CR alone", text.replace('\n', "\r").into_bytes()),
            ("CA on one line", text.replace('\n', "").into_bytes()),
            ("CA with \\n", text.replace('\n', "\\n").into_bytes()),
            ("CA with a mark", [b"\xef\xbb\xbf", good.as_slice()].concat()),
            ("CA in UTF-16", [0xff, 0xfe].into_iter().chain(utf16).collect()),
            ("CA cut", good[..good.len() - 60].to_vec()),
            ("CA as DER", self.root.certificate().to_der().unwrap()),
            ("another CA", other.certificate_pem().unwrap()),
            ("twin CA", twin.certificate_pem().unwrap()),
            ("leaf as CA", self.leaf.certificate_pem().unwrap()),
        ]
    }

    /// Client certificate and key with each fault, and the right ones. With the last word true only the module refuses it.
    fn pairs(&self) -> Vec<Pair> {
        let issue = |spec: LeafSpec| self.root.issue(&spec).unwrap();
        let spec = || LeafSpec::client("device-1", self.now);
        let pair = |identity: Identity| (identity.chain_pem().unwrap(), identity.key_pem().unwrap());
        let (certificate, key) = self.pair();
        let locked = self.client.key.private_key_to_pem_pkcs8_passphrase(Cipher::aes_128_cbc(), b"x").unwrap();
        let foreign = Authority::foreign_root("Elsewhere", "Other", 1, self.now).unwrap().issue(&spec()).unwrap();
        let old = (self.now - 3_000 * DAY, self.now - 2_000 * DAY);
        let der = X509::from_pem(&certificate).unwrap().to_der().unwrap();
        let joined = String::from_utf8(certificate.clone()).unwrap().replace('\n', "").into_bytes();
        vec![
            ("pair", (certificate.clone(), key.clone()), false),
            ("key as PKCS#8", (certificate.clone(), self.client.key_pem().unwrap()), false),
            ("key of another", (certificate.clone(), self.leaf.key_pem().unwrap()), false),
            ("key behind a pass phrase", (certificate.clone(), locked), false),
            ("key cut", (certificate.clone(), key[..key.len() - 60].to_vec()), false),
            ("certificate in place of the key", (certificate.clone(), certificate.clone()), false),
            ("certificate on one line", (joined, key.clone()), false),
            ("certificate as DER", (der, key.clone()), true),
            ("expired", pair(issue(LeafSpec { valid: old, ..spec() })), false),
            ("for servers", pair(issue(LeafSpec { purpose: Purpose::Server, ..spec() })), false),
            ("of another authority", pair(foreign), false),
            ("on a curve", pair(issue(LeafSpec { key: KeyKind::P256, ..spec() })), true),
        ]
    }
}

#[test]
fn the_verdict_is_that_of_the_real_handshake_for_every_suite_and_every_file() {
    let material = Material::new();
    let files = Files::new();
    let (certificate, key) = files.identity("server", &material.leaf);
    let ca = files.put("clients.crt", &material.ca());
    let mut servers = Vec::new();
    let mut cases = Vec::new();
    for suite in Suite::ALL {
        let (open, demanding) = if suite.is_built_in() {
            let mut serve = |more: &[&str]| {
                let port = free_port();
                let place = port.to_string();
                let base = ["s_server", "-accept", &place, "-quiet", "-cert", &certificate, "-key", &key, "-tls1_2"];
                let all = [&base[..], &["-cipher", suite.openssl_name()], more].concat();
                servers.push(Process::start("openssl", "openssl", all));
                wait_for("the server", || std::net::TcpStream::connect(("127.0.0.1", port)).ok());
                port
            };
            (serve(&[]), serve(&["-Verify", "2", "-verify_return_error", "-CAfile", &ca]))
        } else {
            let port = picking(suite);
            (port, port)
        };
        let case = |name: &str, port, ca, pair, refuses| Case {
            name: format!("{suite}, {name}"),
            suite,
            port,
            ca,
            pair,
            refuses,
        };
        cases.push(case("no file", open, None, None, false));
        for (name, bytes) in material.authorities() {
            cases.push(case(name, open, Some(bytes), None, false));
        }
        for (name, pair, refuses) in material.pairs() {
            cases.push(case(name, demanding, Some(material.ca()), Some(pair), refuses));
        }
    }
    assert_eq!(cases.len(), 6 * (1 + 12 + 12));
    let wrong = Mutex::new(Vec::new());
    for_each(&cases, |case| {
        let scan = scanned(case, material.now);
        let real = real(case);
        if (scan.reach, scan.level) != real {
            let ids: Vec<_> = scan.diagnosis.findings.iter().map(|one| one.id).collect();
            let got = (scan.reach, scan.level);
            wrong.lock().unwrap().push(format!("{}: {real:?} really, {got:?} by the scan: {ids:?}", case.name));
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// What OpenSSL's client comes to with the same files, as they are.
fn real(case: &Case) -> (Reach, Option<SecurityLevel>) {
    if !case.suite.is_built_in() {
        return (Reach::Cannot, None);
    }
    let files = Files::new();
    let suites = ["-cipher", case.suite.openssl_name()];
    let ca = case.ca.as_ref().map(|bytes| files.put("ca.crt", bytes));
    let mut more = suites.map(str::to_owned).to_vec();
    if let Some((certificate, key)) = &case.pair {
        let paths = [files.put("c.crt", certificate), files.put("c.key", key)];
        more.extend(["-cert".to_owned(), paths[0].clone(), "-key".to_owned(), paths[1].clone()]);
    }
    let more: Vec<_> = more.iter().map(String::as_str).collect();
    let level = match (&case.ca, &case.pair) {
        (None, _) => SecurityLevel::Unchecked,
        (Some(_), None) => SecurityLevel::Server,
        (Some(_), Some(_)) => SecurityLevel::Mutual,
    };
    if s_client(case.port, ca.as_deref(), &more) && !case.refuses {
        (Reach::Connects, Some(level))
    } else if s_client(case.port, None, &suites) {
        (Reach::Unchecked, Some(SecurityLevel::Unchecked))
    } else {
        (Reach::Cannot, None)
    }
}

#[expect(clippy::disallowed_methods, reason = "real sockets have real limits")]
fn scanned(case: &Case, now: i64) -> Scan {
    let ca = |bytes: &Vec<u8>| FileRef::with("ca.crt", Contents::public(bytes.clone()));
    let security = match (&case.ca, &case.pair) {
        (None, _) => Security::Encrypted,
        (Some(bytes), None) => Security::Server { ca: ca(bytes) },
        (Some(bytes), Some((certificate, key))) => Security::Mutual {
            ca: ca(bytes),
            certificate: FileRef::with("c.crt", Contents::public(certificate.clone())),
            key: FileRef::with("c.key", Contents::secret(key.clone())),
        },
    };
    let address = SocketAddr::from(([127, 0, 0, 1], case.port));
    let order = Order { route: Some(address), ..Order::scan(HOST, case.port, security, TlsOptions::default(), now) };
    let begun = Instant::now();
    let around = Surroundings { stop: &|| false, clock: &|| begun.elapsed(), world: Arc::new(System) };
    let here = look_telling(&order, &around, &mut |_| {});
    let row = here.suites.iter().flat_map(|probe| &probe.each).find(|one| one.suite == case.suite).cloned();
    assert!(row.is_some_and(|one| one.is_accepted()), "{}: the suite is taken", case.name);
    assert!(here.connections <= 12, "{}: {} connections", case.name, here.connections);
    let mut course = Course::default();
    course.take_here(Some(Box::new(here)));
    Scan::of(&course).unwrap()
}

/// A server that answers an offer of `suite` with it, refuses every other, and goes no further. Ends with the process.
fn picking(suite: Suite) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let run = move || {
        for mut guest in listener.incoming().flatten() {
            let run = move || {
                let mut hello = [0; 2048];
                let count = guest.read(&mut hello).unwrap_or(0);
                guest.write_all(&answer(suite, &hello[..count])).ok();
            };
            thread::Builder::new().name("guest".to_owned()).spawn(run).unwrap();
        }
    };
    thread::Builder::new().name("picking".to_owned()).spawn(run).unwrap();
    port
}

fn answer(suite: Suite, hello: &[u8]) -> Vec<u8> {
    // Record 5, message 4, version 2, random 32, session id, then the suites with their length.
    let at = 44 + usize::from(hello.get(43).copied().unwrap_or(0));
    let offered = |bytes: &[u8]| {
        let length = usize::from(u16::from_be_bytes([bytes[0], bytes[1]]));
        bytes[2..].chunks_exact(2).take(length / 2).any(|one| one == suite.id().to_be_bytes())
    };
    if !hello.get(at..).filter(|rest| rest.len() > 2).is_some_and(offered) {
        return vec![0x15, 3, 3, 0, 2, 2, 40];
    }
    let mut record = vec![0x16, 3, 3, 0, 42, 2, 0, 0, 38, 3, 3];
    record.extend([0x5A; 32]);
    record.push(0);
    record.extend(suite.id().to_be_bytes());
    record.push(0);
    record
}
