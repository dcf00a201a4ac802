//! What the tests share: the programs they call, files, and what every answer of a scan must hold.

use std::{
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
};

use air780e_companion::{
    sim::range::HOST,
    tls::authority::{Authority, Identity},
};
use serde_json::Value;
use tempfile::TempDir;

use crate::kit::process::Process;

/// This computer's clock in seconds since 1970: real programs judge dates by it.
#[expect(clippy::disallowed_methods, reason = "a program of its own judges dates by the real clock")]
pub(crate) fn today() -> i64 {
    chrono::Utc::now().timestamp()
}

/// A folder with the files of a test.
pub(crate) struct Files(TempDir);

impl Files {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and gives its path.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Chain and key of `identity`, as paths.
    pub(crate) fn identity(&self, name: &str, identity: &Identity) -> (String, String) {
        (
            self.put(&format!("{name}.crt"), &identity.chain_pem().unwrap()),
            self.put(&format!("{name}.key"), &identity.key_pem().unwrap()),
        )
    }

    pub(crate) fn authority(&self, name: &str, authority: &Authority) -> String {
        self.put(name, &authority.certificate_pem().unwrap())
    }
}

/// What `air780e scan … --json` says, and its exit code.
pub(crate) fn scan(arguments: &[&str]) -> (Value, i32) {
    let all = ["scan", "--json"].iter().chain(arguments);
    let (status, lines, errors) = Process::air780e(all).output();
    let last = lines.last().unwrap_or_else(|| panic!("{arguments:?} printed nothing: {errors:?}"));
    let said: Value = serde_json::from_str(last).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {last}"));
    assert_whole(&said);
    (said, status.code().unwrap())
}

/// The same at a port of this computer, by the host's name.
pub(crate) fn scan_port(port: u16, arguments: &[&str]) -> (Value, i32) {
    let place = format!("127.0.0.1:{port}");
    scan(&[&[place.as_str(), "--sni", HOST], arguments].concat())
}

/// Every key is there, with a value that it may have.
pub(crate) fn assert_whole(said: &Value) {
    assert_eq!(said["kind"], "scan", "{said}");
    assert!(said["target"].is_string(), "{said}");
    let verdict = said["verdict"].as_str().unwrap();
    assert!(["connects", "connects-unchecked", "cannot", "untried"].contains(&verdict), "{said}");
    assert!(said["level"].is_null() || said["level"].as_u64().unwrap() <= 2, "{said}");
    assert_eq!(said["level"].is_null(), ["cannot", "untried"].contains(&verdict), "{said}");
    let suites = said["suites"].as_array().unwrap();
    let ids: Vec<_> = suites.iter().map(|suite| suite["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["0x0035", "0x002F", "0x0005", "0x0004", "0x000A", "0x003D"], "{said}");
    let versions = said["versions"].as_array().unwrap();
    for one in suites.iter().chain(versions) {
        assert!(["taken", "refused", "untestable"].contains(&one["answer"].as_str().unwrap()), "{one}");
        assert!(one["name"].is_string(), "{one}");
    }
    assert!(suites.iter().all(|suite| suite["detail"].is_string()), "{said}");
    for one in said["chain"].as_array().unwrap() {
        for key in ["subject", "issuer", "not_before", "not_after", "key", "signature", "sha256"] {
            assert!(one[key].is_string(), "{key}: {one}");
        }
        assert!(one["names"].is_array() && one["sha256"].as_str().unwrap().len() == 64, "{one}");
    }
    assert!(["no", "optional", "required"].contains(&said["client_certificate"].as_str().unwrap()), "{said}");
    for one in said["findings"].as_array().unwrap() {
        assert!(one["id"].is_string() && one["certainty"].is_string() && one["fix"].is_string(), "{one}");
        assert!(one["evidence"].is_array(), "{one}");
    }
    for one in said["cures"].as_array().unwrap() {
        let places = ["mosquitto", "emqx", "vernemq", "nginx", "haproxy", "hivemq", "module", "files"];
        assert!(places.contains(&one["for"].as_str().unwrap()), "{one}");
        assert!(!one["lines"].as_array().unwrap().is_empty() && one["why"].is_string(), "{one}");
    }
    assert!(!said.to_string().contains("PRIVATE KEY"), "{said}");
}

/// The number of the first finding, when one is there.
pub(crate) fn first(said: &Value) -> Option<&str> {
    said["findings"].get(0).and_then(|finding| finding["id"].as_str())
}

/// What `air780e check` at a virtual module says of the same server with the same files: its result and its finding.
pub(crate) fn check_port(port: u16, ca: Option<&str>, more: &[&str]) -> (String, Option<String>) {
    let port = port.to_string();
    let mut all = vec!["check", "--json", "--port", "virtual", "--host", "127.0.0.1", "--mqtt-port", &port];
    all.extend(["--sni", HOST, "--timeout", "90"]);
    match ca {
        Some(ca) => all.extend(["--security", "server", "--ca", ca]),
        None => all.extend(["--security", "encrypted"]),
    }
    all.extend(more);
    let (_, lines, errors) = Process::air780e(&all).output();
    let verdict: Value = serde_json::from_str(lines.last().unwrap_or_else(|| panic!("{errors:?}"))).unwrap();
    let finding = verdict["finding"].as_str().map(str::to_owned);
    (verdict["result"].as_str().unwrap().to_owned(), finding)
}

/// Whether `openssl s_client`, held to the module's versions and suites, shakes hands. Without `ca` it checks nobody.
pub(crate) fn s_client(port: u16, ca: Option<&str>, more: &[&str]) -> bool {
    let place = format!("127.0.0.1:{port}");
    let suites = "AES256-SHA256:AES256-SHA:AES128-SHA:@SECLEVEL=0";
    let mut all = vec!["s_client", "-connect", &place, "-servername", HOST, "-no_tls1_3", "-cipher", suites];
    if let Some(ca) = ca {
        all.extend(["-CAfile", ca, "-no-CApath", "-no-CAstore", "-verify_return_error", "-verify_hostname", HOST]);
    }
    all.extend(["-pass", "pass:none"]);
    all.extend(more);
    let mut process = Process::start("openssl", "openssl", all);
    process.feed(b"");
    process.output().0.success()
}

/// Does `work` for every one of `all`, some at a time: most of it is waiting.
pub(crate) fn for_each<T: Sync>(all: &[T], work: impl Fn(&T) + Sync) {
    let next = Mutex::new(all.iter());
    thread::scope(|scope| {
        for _ in 0..HANDS {
            scope.spawn(|| {
                loop {
                    let Some(one) = next.lock().unwrap().next() else { return };
                    work(one);
                }
            });
        }
    });
}

/// The value of a line `name value` in a configuration, replaced by those of `lines`; what was not there is added.
pub(crate) fn pasted(config: &str, lines: &[String]) -> String {
    let word = |line: &str| line.split_whitespace().next().unwrap_or_default().to_owned();
    let new: Vec<_> = lines.iter().map(|line| word(line)).collect();
    let kept = config.lines().filter(|line| !new.contains(&word(line))).map(str::to_owned);
    kept.chain(lines.iter().cloned()).collect::<Vec<_>>().join("\n") + "\n"
}

/// The lines of a scan's cure for `place`.
pub(crate) fn cure(said: &Value, place: &str) -> Vec<String> {
    let cures = said["cures"].as_array().unwrap();
    let found = cures.iter().find(|cure| cure["for"] == place).unwrap_or_else(|| panic!("no cure for {place}: {said}"));
    found["lines"].as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
}

pub(crate) fn exists(path: &Path) -> bool {
    path.exists()
}

const HANDS: usize = 6;
