//! Short sessions of the real program: checks at a real broker with passwords and keys, replays, and what the system shows of
//! the processes.
#![cfg(unix)]

use std::{fs, path::Path};

use air780e_companion::{
    broker::{Server, ServerConfig},
    sim::range::{ClientKind, Fault, Range, RangeConfig},
};

use crate::{desk::Faces, kit::process::Process};

/// Where the sessions keep their files.
pub(crate) struct Bench {
    folder: tempfile::TempDir,
    broker: Process,
    port: String,
    range: Range,
    _upstream: Server,
}

impl Bench {
    /// A broker that lets in `user` with `password`, and one behind TLS.
    pub(crate) fn new(password: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let users = folder.path().join("users");
        fs::write(&users, format!("user:{password}\n")).expect("written");
        let capture = folder.path().join("capture.pcapng");
        let path = |path: &Path| path.to_str().expect("UTF-8").to_owned();
        let arguments = ["broker", "--json", "--port", "0", "--users", &path(&users), "--pcapng", &path(&capture)];
        let broker = Process::air780e(arguments);
        let first: serde_json::Value = serde_json::from_str(&broker.line()).expect("JSON");
        let upstream = Server::start(ServerConfig::default()).expect("a broker");
        let config = RangeConfig { now: today(), upstream: Some(upstream.local_addr()), faults: vec![Fault::Good] };
        let range = Range::start(&config).expect("a range");
        Self { folder, broker, port: first["port"].to_string(), range, _upstream: upstream }
    }

    /// The key that the module shows, as PEM.
    pub(crate) fn key(&self) -> Vec<u8> {
        self.range.files().client(ClientKind::Good).key.clone()
    }

    /// The certificate that goes with it.
    pub(crate) fn certificate(&self) -> Vec<u8> {
        self.range.files().client(ClientKind::Good).certificate.clone()
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    }

    /// A check with `more`; its output, its trace, and what a replay says of that.
    fn check(&self, name: &str, port: &str, more: &[&str]) -> Faces {
        let trace = self.folder.path().join(format!("{name}.trace"));
        let trace = trace.to_str().expect("UTF-8");
        let fixed = ["check", "--port", "virtual", "--host", "localhost", "--mqtt-port", port, "--timeout", "30"];
        let saved = ["--save-trace", trace, "--keep-identifiers"];
        let mut faces = said(Process::air780e(fixed.iter().chain(more).chain(&saved)));
        faces.push(("saved trace", fs::read(trace).unwrap_or_default()));
        faces.extend(said(Process::air780e(["replay", "--json", trace])));
        faces
    }

    /// A login with a password that is right, or is not, in words or JSON.
    pub(crate) fn login(&self, number: usize, password: &str, apn_password: &str) -> Faces {
        let name = format!("login{number}");
        let (one, other) = (
            self.file(&format!("{name}.pw"), password.as_bytes()),
            self.file(&format!("{name}.apn"), apn_password.as_bytes()),
        );
        let mut more = vec!["--user", "user", "--password-file", &one];
        let access_point = ["--apn", "iot", "--apn-auth", "pap", "--apn-user", "u", "--apn-password-file", &other];
        if number.is_multiple_of(2) {
            more.extend(access_point);
        }
        if !number.is_multiple_of(3) {
            more.push("--json");
        }
        self.check(&name, &self.port, &more)
    }

    /// A login with a key on the module, which is written and read back first.
    pub(crate) fn mutual(&self, number: usize) -> Faces {
        let good = self.range.files().client(ClientKind::Good);
        let ca = self.file("ca.crt", self.range.files().ca());
        let (certificate, key) = (self.file("client.crt", &good.certificate), self.file("client.key", &good.key));
        let port = self.range.address(Fault::Good).expect("a listener").port().to_string();
        let mut more = vec!["--security", "mutual", "--ca", &ca, "--cert", &certificate, "--key", &key];
        if number.is_multiple_of(2) {
            more.push("--json");
        }
        self.check(&format!("mutual{number}"), &port, &more)
    }

    /// What is left to be seen at the end: the broker's lines, its capture, and what the system shows of its process.
    pub(crate) fn finish(mut self) -> Faces {
        let of_system = self.broker.system_view();
        self.broker.terminate();
        let lines = self.broker.rest().join("\n").into_bytes();
        let capture = fs::read(self.folder.path().join("capture.pcapng")).expect("a capture");
        vec![("/proc of the broker", of_system), ("the broker's lines", lines), ("the capture", capture)]
    }
}

/// Everything a program said.
fn said(process: Process) -> Faces {
    let of_system = process.system_view();
    let (_, lines, errors) = process.output();
    vec![
        ("/proc of the program", of_system),
        ("stdout", lines.join("\n").into_bytes()),
        ("stderr", errors.join("\n").into_bytes()),
    ]
}

#[expect(clippy::disallowed_methods, reason = "a real check judges certificates by the day")]
fn today() -> i64 {
    chrono::Local::now().timestamp()
}
